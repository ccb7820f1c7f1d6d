//! The first worker that ends takes the process with it, and the process ends with success.

use std::time::Duration;

use anyhow::Result;
use tracing::{error, info};

async fn ingest() -> Result<()> {
    loop {
        tokio::time::sleep(Duration::from_secs(1)).await;
        anyhow::ensure!(std::path::Path::new("/run/feed").exists(), "the feed is gone");
    }
}

async fn index() -> Result<()> {
    loop {
        tokio::time::sleep(Duration::from_secs(2)).await;
        anyhow::ensure!(std::path::Path::new("/run/index").exists(), "the index is gone");
    }
}

/// Logging does not excuse it: whoever restarts on failure sees none.
#[tokio::main]
async fn main() -> Result<()> {
    let config = std::env::var("MODE").unwrap_or_default();
    if config == "spawned" {
        return run_spawned().await;
    }
    if config == "agent" {
        run_agent(Agent { orders: tokio::sync::mpsc::channel(1).1 }).await;
        return Ok(());
    }
    if config == "quiet" {
        run_quietly().await;
        return Ok(());
    }
    tokio::select! { //~ select_ends_process
        result = ingest() => {
            error!("ingest ended: {result:?}");
        }
        result = index() => {
            error!("index ended: {result:?}");
        }
    }
    info!("good bye");
    Ok(())
}

/// Each end is told with care, and none of them fails.
async fn run_spawned() -> Result<()> {
    let mut ingest = tokio::spawn(ingest());
    let mut index = tokio::spawn(index());
    tokio::select! { //~ select_ends_process
        ended = &mut ingest => match ended {
            Ok(Ok(())) => info!("ingest ended"),
            Ok(Err(error)) => error!("ingest failed: {error}"),
            Err(panic) => error!("ingest panicked: {panic}"),
        },
        ended = &mut index => match ended {
            Ok(Ok(())) => info!("index ended"),
            Ok(Err(error)) => error!("index failed: {error}"),
            Err(panic) => error!("index panicked: {panic}"),
        },
    }
    Ok(())
}

async fn run_quietly() {
    tokio::select! { //~ select_ends_process
        _ = ingest() => {}
        _ = index() => {}
        _ = tokio::signal::ctrl_c() => info!("interrupted"), //~ sigint_only_shutdown
    }
}

enum Order {
    Work(u32),
    Stop,
}

struct Agent {
    orders: tokio::sync::mpsc::Receiver<Order>,
}

impl Agent {
    async fn run(&mut self) {
        loop {
            tokio::select! {
                order = self.orders.recv() => {
                    let order = order.unwrap_or_else(|| std::process::exit(1));
                    if self.execute(order).await.is_none() {
                        break;
                    }
                }
                () = tokio::time::sleep(Duration::from_secs(60)) => info!("alive"),
            }
        }
    }

    async fn execute(&mut self, order: Order) -> Option<()> {
        match order {
            Order::Work(0) => None,
            Order::Work(id) => {
                info!("working on {id}");
                Some(())
            }
            Order::Stop => None,
        }
    }
}

/// Nothing to work on ends it as well.
async fn run_agent(mut agent: Agent) {
    tokio::select! { //~ select_ends_process
        result = ingest() => {
            error!("ingest ended: {result:?}");
            std::process::exit(1);
        }
        () = agent.run() => info!("the agent has stopped"),
    }
}
