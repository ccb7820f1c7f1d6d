//! The same end by other means: `join!`, a server, a select in what main awaits.

use std::time::Duration;

use anyhow::Result;
use tokio::net::TcpListener;
use tracing::{error, info};

async fn collect() -> Result<()> {
    loop {
        tokio::time::sleep(Duration::from_secs(1)).await;
        anyhow::ensure!(std::path::Path::new("/run/meter").exists(), "the meter is gone");
    }
}

struct App {
    listener: TcpListener,
}

impl App {
    /// The `run` that main awaits.
    async fn run(self) -> Result<()> {
        tokio::select! { //~ select_ends_process
            served = axum::serve(self.listener, axum::Router::new()) => {
                if let Err(error) = served {
                    error!("server error: {error}");
                }
            }
            collected = collect() => info!("collecting ended: {collected:?}"),
        }
        Ok(())
    }
}

#[tokio::main]
async fn main() -> Result<()> {
    let listener = TcpListener::bind("0.0.0.0:8080").await?;
    App { listener }.run().await?;
    let (left, right) = tokio::join!(collect(), collect());
    //~^ select_ends_process
    if left.is_err() || right.is_err() {
        error!("collecting ended");
    }
    Ok(())
}
