//! Loops that go on at once when a source has ended.

use tokio::sync::{broadcast, mpsc, watch};
use tokio::task::JoinSet;
use tracing::{info, warn};

async fn without_else(mut jobs: mpsc::Receiver<String>) {
    loop {
        if let Some(job) = jobs.recv().await { //~ closed_channel_spin
            info!("{job}");
        }
    }
}

async fn only_logs(mut jobs: mpsc::UnboundedReceiver<String>) {
    loop {
        let Some(job) = jobs.recv().await else { //~ closed_channel_spin
            warn!("no job");
            continue;
        };
        info!("{job}");
    }
}

/// `Lagged` goes on rightly, and `Closed` with it.
async fn any_error(mut events: broadcast::Receiver<String>) {
    loop {
        match events.recv().await { //~ closed_channel_spin
            Ok(event) => info!("{event}"),
            Err(error) => warn!("{error}"),
        }
    }
}

async fn ignores_the_answer(mut config: watch::Receiver<u8>, mut jobs: mpsc::Receiver<String>) {
    loop {
        tokio::select! {
            _ = config.changed() => info!("reload"), //~ closed_channel_spin
            job = jobs.recv() => match job {
                Some(job) => info!("{job}"),
                None => return,
            },
        }
    }
}

/// An empty set says `None` at once.
async fn empty_set(mut tasks: JoinSet<()>, mut jobs: mpsc::Receiver<String>) {
    loop {
        tokio::select! {
            ended = tasks.join_next() => info!("{ended:?}"), //~ closed_channel_spin
            Some(job) = jobs.recv() => info!("{job}"), //~ deaf_select_arm
        }
    }
}

#[tokio::main]
async fn main() {
    tokio::join!(without_else(jobs()), only_logs(more()), any_error(events()), ignores_the_answer(config(), jobs()), empty_set(set(), jobs()));
}
