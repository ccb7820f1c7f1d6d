//! Functions of the project that spawn count as what they wrap.

use std::future::Future;

use anyhow::Result;
use tokio::task::JoinHandle;

async fn next_block() -> Result<u64> {
    Ok(tokio::fs::read_to_string("/run/block").await?.parse()?)
}

async fn follow_chain() -> Result<()> {
    let mut height = 0;
    loop {
        height = next_block().await?.max(height);
    }
}

fn spawn_named<F>(name: &'static str, future: F) -> JoinHandle<F::Output>
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    tracing::debug!(name, "starting");
    tokio::spawn(future)
}

fn start() {
    spawn_named("chain", follow_chain()); //~ dropped_join_handle
}

/// Called once only: the place of the spawn says more than that of the call.
fn spawn_chain() -> JoinHandle<Result<()>> {
    tokio::spawn(follow_chain()) //~ dropped_join_handle
}

fn start_chain() {
    spawn_chain();
}

/// The message handle goes back to the caller, the task's own handle is gone a line above.
struct Handle {
    commands: tokio::sync::mpsc::Sender<u64>,
}

fn start_actor() -> Handle {
    let (commands, mut inbox) = tokio::sync::mpsc::channel(8);
    tokio::spawn(async move {
        //~^ dropped_join_handle
        let mut height = 0;
        loop {
            if let Some(command) = inbox.recv().await {
                height = command;
            }
            height = next_block().await?.max(height);
        }
        #[allow(unreachable_code)]
        anyhow::Ok(())
    });
    Handle { commands }
}
