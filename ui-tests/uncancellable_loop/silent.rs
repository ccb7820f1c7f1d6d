//! Loops that can be stopped, and those of which nobody knows.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::{mpsc, oneshot};
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::{interval, sleep};
use tokio_util::sync::CancellationToken;
use tracing::info;

static STOP: AtomicBool = AtomicBool::new(false);

async fn raced(token: CancellationToken) {
    loop {
        tokio::select! {
            _ = token.cancelled() => break,
            _ = sleep(Duration::from_secs(1)) => info!("turn"),
        }
    }
}

async fn by_oneshot(mut stop: oneshot::Receiver<()>) {
    let mut beat = interval(Duration::from_secs(1));
    loop {
        tokio::select! {
            _ = &mut stop => break,
            _ = beat.tick() => info!("turn"),
        }
    }
}

/// The channel closes when the others go.
async fn by_channel(mut jobs: mpsc::Receiver<String>) {
    loop {
        match jobs.recv().await {
            Some(job) => info!("{job}"),
            None => break,
        }
    }
}

/// The flag is looked at every hundred milliseconds.
async fn short_waits(listener: TcpListener) {
    loop {
        if STOP.load(Ordering::Relaxed) {
            break;
        }
        tokio::select! {
            Ok(accepted) = listener.accept() => info!("{accepted:?}"),
            _ = sleep(Duration::from_millis(100)) => continue,
        }
    }
}

/// Who calls it races it.
async fn turns() {
    loop {
        sleep(Duration::from_secs(1)).await;
    }
}

async fn races_it(token: CancellationToken) {
    tokio::select! {
        _ = turns() => unreachable!(),
        _ = token.cancelled() => {}
    }
}

async fn until_cancelled(token: CancellationToken) {
    token.run_until_cancelled(more_turns()).await;
}

async fn more_turns() {
    loop {
        sleep(Duration::from_secs(1)).await;
    }
}

/// A function of the project waits for the stop.
async fn shutdown_requested() {
    tokio::signal::ctrl_c().await.unwrap();
}

async fn by_helper() {
    loop {
        tokio::select! {
            _ = shutdown_requested() => break,
            _ = sleep(Duration::from_secs(1)) => info!("turn"),
        }
    }
}

/// The handle is aborted.
struct Ticker {
    task: JoinHandle<()>,
}

impl Ticker {
    fn start() -> Self {
        let task = tokio::spawn(async { //~ unsupervised_worker
            loop {
                sleep(Duration::from_secs(1)).await;
            }
        });
        Self { task }
    }
}

impl Drop for Ticker {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// The set ends its tasks when it goes.
fn in_a_set(set: &mut JoinSet<()>) {
    set.spawn(async {
        loop {
            sleep(Duration::from_secs(1)).await;
        }
    });
}

/// The loop ends when it has found something.
async fn finds(mut jobs: mpsc::Receiver<u8>) -> Option<u8> {
    loop {
        let job = jobs.recv().await?;
        if job > 3 {
            return Some(job);
        }
    }
}

/// It says itself that it has no end.
async fn for_ever() -> std::convert::Infallible {
    loop {
        sleep(Duration::from_secs(1)).await;
        info!("still here");
    }
}

/// `main` is ended with the process.
#[tokio::main]
async fn main() {
    let ticker = Ticker::start();
    let mut set = JoinSet::new();
    in_a_set(&mut set);
    tokio::join!(raced(token()), by_oneshot(stop()), by_channel(jobs()), short_waits(listener()));
    tokio::join!(races_it(token()), until_cancelled(token()), by_helper(), finds(jobs()));
    for_ever().await;
    drop(ticker);
    loop {
        sleep(Duration::from_secs(1)).await;
        info!("alive");
    }
}
