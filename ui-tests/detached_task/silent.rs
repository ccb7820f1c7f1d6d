//! Tasks that have an owner.

use anyhow::Result;
use tokio::task::{JoinHandle, JoinSet};

async fn greet() {
    println!("hello");
}

async fn awaited() -> Result<()> {
    tokio::spawn(greet()).await?;
    let later = tokio::spawn(greet());
    println!("greeting");
    Ok(later.await?)
}

async fn selected() -> Result<()> {
    let mut greeting = tokio::spawn(greet());
    tokio::select! {
        ended = &mut greeting => Ok(ended?),
        interrupted = tokio::signal::ctrl_c() => Ok(interrupted?),
    }
}

fn returned() -> JoinHandle<()> {
    tokio::spawn(greet())
}

async fn pushed_then_awaited(names: Vec<String>) -> Result<()> {
    let mut greetings = Vec::new();
    for name in names {
        greetings.push(tokio::spawn(async move { println!("hello {name}") }));
    }
    for greeting in greetings {
        greeting.await?;
    }
    Ok(())
}

async fn drained() -> Result<()> {
    let mut greetings = JoinSet::new();
    greetings.spawn(greet());
    while let Some(greeted) = greetings.join_next().await {
        greeted?;
    }
    Ok(())
}

/// `abort` says that the outcome does not matter, and waiting for the end is all that is left.
async fn aborted_then_awaited() {
    let greeting = tokio::spawn(greet());
    greeting.abort();
    if let Err(error) = greeting.await {
        println!("{error}");
    }
}

async fn supervise(task: JoinHandle<()>) {
    if let Err(error) = task.await {
        println!("{error}");
    }
}

async fn handed_to_a_supervisor() {
    supervise(tokio::spawn(greet())).await;
}

/// What the guard does is known: it ends the task with its owner.
struct Greeter {
    greeting: tokio_util::task::AbortOnDropHandle<()>,
}

impl Greeter {
    fn new() -> Self {
        Self { greeting: tokio_util::task::AbortOnDropHandle::new(tokio::spawn(greet())) }
    }

    async fn greeted(self) -> Result<()> {
        Ok(self.greeting.await?)
    }
}

fn scoped_threads(names: &[String]) {
    std::thread::scope(|scope| {
        for name in names {
            scope.spawn(move || println!("hello {name}"));
        }
    });
}

fn suppressed() {
    // taskguard: allow(detached_task) -- nobody misses a greeting
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

/// What ends by itself may well be asked once all is over.
struct Import {
    task: JoinHandle<()>,
}

impl Import {
    fn start() -> Self {
        Self { task: tokio::spawn(greet()) }
    }

    async fn shutdown(self) -> Result<()> {
        Ok(self.task.await?)
    }
}
