//! Loops that nothing can stop.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use futures::StreamExt;
use tokio::net::TcpListener;
use tokio::sync::mpsc;
use tokio::time::{interval, sleep};
use tracing::{error, info};

static STOP: AtomicBool = AtomicBool::new(false);

fn start_ticker() {
    tokio::spawn(async { //~ unsupervised_worker
        let mut beat = interval(Duration::from_secs(1));
        loop { //~ uncancellable_loop
            beat.tick().await;
            info!("beat");
        }
    });
}

/// An error of the listener is no wish to stop.
async fn serve(listener: TcpListener) -> std::io::Result<()> {
    loop { //~ uncancellable_loop
        let (socket, _) = listener.accept().await?; //~ fatal_item_error
        info!("{socket:?}");
    }
}

/// Work alone.
fn start_worker(mut jobs: mpsc::Receiver<String>) {
    tokio::spawn(async move { //~ unsupervised_worker
        let mut beat = interval(Duration::from_secs(1));
        loop { //~ uncancellable_loop
            tokio::select! {
                _ = beat.tick() => info!("flush"),
                Some(job) = jobs.recv() => info!("{job}"), //~ deaf_select_arm
            }
        }
    });
}

/// The flag is not seen while the next connection does not come.
async fn polls_a_flag(listener: TcpListener) {
    loop {
        if STOP.load(Ordering::Relaxed) {
            break;
        }
        let Ok((socket, _)) = listener.accept().await else { break }; //~ uncancellable_loop worker_returns_ok
        info!("{socket:?}");
    }
}

/// The flag is looked at when something came, and not when that failed.
async fn looks_on_one_arm(mut queue: Queue) {
    loop { //~ uncancellable_loop
        match queue.take_batch().await {
            Ok(batch) => {
                if STOP.load(Ordering::SeqCst) {
                    break;
                }
                info!("{batch:?}");
            }
            Err(error) => {
                error!("{error:?}");
                sleep(Duration::from_millis(10)).await;
            }
        }
    }
}

/// A wait stands before the `select!` that would see the signal.
async fn waits_before(start: tokio::sync::Notify, shutdown: tokio::sync::Notify, mut jobs: mpsc::Receiver<String>) {
    loop {
        start.notified().await; //~ uncancellable_loop
        tokio::select! {
            _ = shutdown.notified() => break,
            Some(job) = jobs.recv() => info!("{job}"),
        }
    }
}

/// The outer loop looks at the flag, and the inner one waits for a peer.
async fn follows(url: String) {
    while !STOP.load(Ordering::Relaxed) {
        if let Err(error) = read(&url).await {
            error!("{error}");
        }
        sleep(Duration::from_secs(1)).await;
    }
}

async fn read(url: &str) -> anyhow::Result<()> {
    let (mut socket, _) = tokio_tungstenite::connect_async(url).await?;
    while let Some(message) = socket.next().await { //~ uncancellable_loop zombie_connection
        info!("{:?}", message?);
    }
    Ok(())
}

/// A test that ends it with its runtime ends nothing in the service.
async fn cleans_up() {
    loop { //~ uncancellable_loop
        sleep(Duration::from_secs(1)).await;
        info!("cleaned");
    }
}

#[cfg(test)]
mod tests {
    #[tokio::test]
    async fn cleans() {
        let task = tokio::spawn(super::cleans_up());
        tokio::time::timeout(super::Duration::from_secs(2), super::cleans_up()).await.unwrap_err();
        task.abort();
    }
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    start_ticker();
    start_worker(jobs());
    polls_a_flag(listener()).await;
    looks_on_one_arm(queue()).await;
    waits_before(notify(), notify(), jobs()).await;
    follows(url()).await;
    cleans_up().await;
    serve(listener()).await
}
