//! The spawn is in one function, the blind wait in another.

use anyhow::Result;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

async fn replay(from: u64) -> Result<()> {
    anyhow::ensure!(from > 0, "nothing to replay");
    Ok(())
}

fn start_replay() -> JoinHandle<Result<()>> {
    tokio::spawn(replay(1))
}

async fn waits_for_a_spawner() {
    let replay = start_replay();
    let _ = replay.await; //~ discarded_task_result
}

async fn waits_for_a_spawner_at_once() {
    let _ = start_replay().await; //~ discarded_task_result
}

struct Importer {
    replay: JoinHandle<Result<()>>,
}

impl Importer {
    fn new() -> Self {
        Self { replay: tokio::spawn(replay(7)) }
    }

    /// No tear-down: the import is over when this returns.
    async fn finished(&mut self) {
        let _ = (&mut self.replay).await; //~ discarded_task_result
    }
}

/// A watcher that takes over and then looks away.
fn watched_blindly() {
    let replay = tokio::spawn(replay(3));
    tokio::spawn(async move {
        let _ = replay.await; //~ discarded_task_result
        tracing::info!("replay ended");
    });
}

/// Here the wait is what runs the program, and the cancellation comes after it.
async fn cancelled_afterwards(stop: CancellationToken) {
    let replay = tokio::spawn(replay(3));
    let _ = replay.await; //~ discarded_task_result
    stop.cancel();
}
