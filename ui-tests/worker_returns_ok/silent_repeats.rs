//! A command that asks once, or again and again if it is told to.

use std::time::Duration;

use anyhow::{Result, bail};

#[tokio::main]
async fn main() -> Result<()> {
    if let Err(error) = run(std::env::args().nth(1)).await {
        println!("error: {error}");
    }
    Ok(())
}

async fn run(period: Option<String>) -> Result<()> {
    match period {
        None => ask().await,
        Some(period) => {
            let period = Duration::from_secs(period.parse()?);
            loop {
                ask().await?;
                tokio::time::sleep(period).await;
            }
        }
    }
}

async fn ask() -> Result<()> {
    bail!("no answer")
}
