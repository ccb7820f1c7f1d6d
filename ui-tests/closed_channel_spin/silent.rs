//! Loops that notice the end, or that cannot see one.

use std::time::Duration;

use tokio::sync::{broadcast, mpsc, watch};
use tracing::{info, warn};

async fn leaves(mut jobs: mpsc::Receiver<String>) {
    loop {
        let Some(job) = jobs.recv().await else { break };
        info!("{job}");
    }
}

async fn looks_later(mut jobs: mpsc::Receiver<String>) {
    loop {
        let job = jobs.recv().await;
        if job.is_none() {
            return;
        }
        info!("{job:?}");
    }
}

async fn leaves_when_closed(mut events: broadcast::Receiver<String>) {
    loop {
        match events.recv().await {
            Ok(event) => info!("{event}"),
            Err(broadcast::error::RecvError::Lagged(missed)) => warn!("{missed} missed"),
            Err(broadcast::error::RecvError::Closed) => break,
        }
    }
}

/// The arm is off once the channel has ended: another matter.
async fn refutable(mut jobs: mpsc::Receiver<String>, mut more: mpsc::Receiver<String>) {
    loop {
        tokio::select! {
            Some(job) = jobs.recv() => info!("{job}"),
            Some(job) = more.recv() => info!("{job}"),
            else => break,
        }
    }
}

async fn looks_in_the_arm(mut config: watch::Receiver<u8>) {
    let mut beat = tokio::time::interval(Duration::from_secs(1));
    loop {
        tokio::select! {
            changed = config.changed() => {
                if changed.is_err() {
                    break;
                }
                info!("reload");
            }
            _ = beat.tick() => info!("beat"),
        }
    }
}

/// Each turn waits for something else first.
async fn beats(mut config: watch::Receiver<u8>) {
    let mut beat = tokio::time::interval(Duration::from_secs(1));
    loop {
        beat.tick().await;
        _ = config.changed().await;
    }
}

/// The sender is here.
async fn keeps_the_sender() {
    let (sender, mut receiver) = mpsc::channel(8);
    loop {
        tokio::select! {
            done = receiver.recv() => info!("{done:?}"),
            job = next_job() => drop(tokio::spawn(work(job, sender.clone()))),
        }
    }
}

/// A pause at the end makes it slow, and slow is not a spin.
async fn slow(mut jobs: mpsc::Receiver<String>) {
    loop {
        if let Some(job) = jobs.recv().await {
            info!("{job}");
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}

/// The answer is looked at behind the `select!`.
async fn looks_behind(mut jobs: mpsc::Receiver<String>, token: tokio_util::sync::CancellationToken) {
    loop {
        let job = tokio::select! {
            _ = token.cancelled() => None,
            job = jobs.recv() => job,
        };
        let Some(job) = job else { break };
        info!("{job}");
    }
}

/// The arm is turned off by its guard.
async fn turns_it_off(mut jobs: mpsc::Receiver<String>, mut more: mpsc::Receiver<String>) {
    let mut ended = false;
    loop {
        tokio::select! {
            job = jobs.recv(), if !ended => match job {
                Some(job) => info!("{job}"),
                None => ended = true,
            },
            Some(job) = more.recv() => info!("{job}"),
            else => break,
        }
    }
}

/// Signals do not end.
async fn signals() -> std::io::Result<()> {
    let mut reload = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::hangup())?;
    loop {
        reload.recv().await;
        info!("reload");
    }
}

/// Each receiver once.
async fn one_after_another(all: Vec<watch::Receiver<u8>>) {
    for mut one in all {
        _ = one.changed().await;
    }
}

/// The inner loop reads a stream to its end, and each turn makes a new one.
async fn read_again(pages: Pages) {
    for page in 0..9 {
        let mut rows = pages.rows(page);
        while let Some(row) = rows.next().await {
            info!("{row:?}");
        }
    }
}

async fn work(_job: u8, done: mpsc::Sender<u8>) {
    _ = done.send(1).await;
}

async fn next_job() -> u8 {
    std::future::pending().await
}

#[tokio::main]
async fn main() {
    tokio::join!(leaves(jobs()), looks_later(jobs()), leaves_when_closed(events()), refutable(jobs(), jobs()));
    drop((looks_behind(jobs(), token()), turns_it_off(jobs(), jobs()), signals()));
    drop((one_after_another(all()), read_again(pages())));
    tokio::join!(looks_in_the_arm(config()), beats(config()), keeps_the_sender(), slow(jobs()));
}

/// What it is subscribed to is there as long as the loop.
struct Owner {
    state: watch::Sender<u8>,
    wishes: mpsc::Sender<String>,
    waiting: mpsc::Receiver<String>,
}

impl Owner {
    async fn subscribes(&self) {
        let mut state = self.state.subscribe();
        loop {
            _ = state.changed().await;
            info!("changed");
        }
    }

    /// The owner has both sides.
    async fn has_both_sides(&mut self) {
        loop {
            if let Some(wish) = self.waiting.recv().await {
                _ = self.wishes.try_send(wish);
            }
        }
    }

    async fn passes_on(mut wishes: mpsc::Receiver<String>) {
        loop {
            if on_wish(wishes.recv().await) {
                break;
            }
        }
    }
}

fn on_wish(wish: Option<String>) -> bool {
    wish.is_none()
}

/// The sender is only lent, and stays until the end.
async fn lends_the_sender() {
    let (sender, mut receiver) = mpsc::channel(8);
    let worker = work(1, sender.clone());
    tokio::pin!(worker);
    loop {
        tokio::select! {
            done = receiver.recv() => info!("{done:?}"),
            _ = &mut worker => break,
        }
    }
}

/// What comes next is decided by what is written down.
async fn writes_it_down(mut jobs: mpsc::Receiver<String>) {
    let mut state = 0;
    loop {
        match state {
            0 => match jobs.recv().await {
                Some(job) => info!("{job}"),
                None => state = 1,
            },
            _ => break,
        }
    }
}

/// Timers do not end, whatever they are called.
async fn timers(mut wanted: mpsc::Receiver<u8>) {
    let mut beats = tokio_stream::wrappers::IntervalStream::new(tokio::time::interval(Duration::from_secs(1)));
    loop {
        tokio::select! {
            _ = beats.next() => info!("beat"),
            wish = wanted.recv() => match wish {
                Some(wish) => info!("{wish}"),
                None => break,
            },
        }
    }
}
