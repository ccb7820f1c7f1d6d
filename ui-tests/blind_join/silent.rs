//! Waits that look, and waits for tasks that were ended just before.

use anyhow::Result;
use tokio::task::{JoinHandle, JoinSet};

async fn work() {
    tokio::task::yield_now().await;
}

async fn handed_on(worker: JoinHandle<()>) -> Result<()> {
    worker.await?;
    Ok(())
}

async fn logged(worker: JoinHandle<()>) {
    if let Err(error) = worker.await {
        tracing::error!("the worker panicked: {error}");
    }
}

async fn logged_as_it_is(worker: JoinHandle<()>) {
    let ended = worker.await;
    tracing::info!("the worker has ended: {ended:?}");
}

async fn unwrapped(worker: JoinHandle<()>) {
    worker.await.unwrap();
}

async fn returned(worker: JoinHandle<()>) -> Result<(), tokio::task::JoinError> {
    worker.await
}

async fn drained() -> Result<()> {
    let mut workers = JoinSet::new();
    workers.spawn(work());
    while let Some(ended) = workers.join_next().await {
        ended?;
    }
    Ok(())
}

async fn aborted_then_awaited(worker: JoinHandle<()>) {
    worker.abort();
    let _ = worker.await;
}

async fn aborted_set() {
    let mut workers = JoinSet::new();
    workers.spawn(work());
    workers.abort_all();
    while workers.join_next().await.is_some() {}
}

struct Service {
    worker: JoinHandle<()>,
}

impl Service {
    async fn shutdown(self) {
        self.worker.abort();
        let _ = self.worker.await;
    }
}

/// Its end is waited for, not its outcome.
async fn meant(worker: JoinHandle<()>) {
    // A panic is ignored: the hook has told of it.
    let _ = worker.await;
}

/// Over soon, and without an error to tell.
async fn short_work() {
    let pause = tokio::spawn(async { work().await });
    let _ = pause.await;
}

/// A pause is all that it is.
async fn a_pause() {
    let pause = tokio::spawn(tokio::time::sleep(std::time::Duration::from_secs(1)));
    let _ = pause.await;
}

/// This one raises the panics of its tasks.
async fn joined_as_a_whole(workers: JoinSet<()>) {
    workers.join_all().await;
}

/// What is thrown away is not what a task gave.
async fn other_futures(queue: &mut tokio::sync::mpsc::Receiver<u64>) {
    let _ = queue.recv().await;
    let _ = work().await;
    let _ = ["a", "b"].join(", ");
}

/// Reaps what has ended by now.
fn reaps(workers: &mut JoinSet<()>) {
    while workers.try_join_next().is_some() {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn works() {
        let _ = tokio::spawn(work()).await;
    }
}
