//! Spawns in the functions that are there for it, and calls of those.

use std::future::Future;

use tokio::task::JoinHandle;

async fn greet() {
    println!("hello");
}

/// Takes a future, and tells how it ended.
fn spawn_logged<F>(name: &'static str, task: F) -> JoinHandle<()>
where
    F: Future<Output = ()> + Send + 'static,
{
    tokio::spawn(async move {
        task.await;
        println!("{name} has ended");
    })
}

/// Gives its caller the handle.
fn start() -> JoinHandle<()> {
    tokio::spawn(greet())
}

fn with_impl(task: impl Future<Output = ()> + Send + 'static) {
    tokio::spawn(task);
}

struct Tasks {
    runtime: tokio::runtime::Handle,
}

impl Tasks {
    fn spawn<F: Future<Output = ()> + Send + 'static>(&self, task: F) -> JoinHandle<()> {
        self.runtime.spawn(task)
    }
}

async fn callers(tasks: Tasks) {
    spawn_logged("greeting", greet()).await.ok();
    for greeting in [start(), start()] {
        greeting.await.ok();
    }
    with_impl(greet());
    tasks.spawn(greet()).await.ok();
}

/// Called so, and no spawn.
fn process() -> std::io::Result<()> {
    std::process::Command::new("date").spawn()?.wait()?;
    Ok(())
}

fn suppressed() {
    // taskguard: allow(raw_spawn) -- before the logger is there
    tokio::spawn(greet());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn greets() {
        tokio::spawn(greet());
    }
}
