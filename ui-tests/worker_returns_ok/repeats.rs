//! A worker that may be told to do something else instead.

use std::time::Duration;

use anyhow::{Result, bail};

#[tokio::main]
async fn main() -> Result<()> {
    if let Err(error) = run(std::env::args().nth(1)).await { //~ worker_returns_ok
        println!("error: {error}");
    }
    Ok(())
}

async fn run(version: Option<String>) -> Result<()> {
    match version {
        Some(version) => move_to(&version).await,
        None => loop {
            ask().await?;
            tokio::time::sleep(Duration::from_secs(1)).await;
        },
    }
}

async fn move_to(_version: &str) -> Result<()> {
    Ok(())
}

async fn ask() -> Result<()> {
    bail!("no answer")
}
