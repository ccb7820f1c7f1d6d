//! `main` is the worker that must run most of all.

use anyhow::Result;
use tokio::sync::mpsc;

struct Server {
    requests: mpsc::Receiver<String>,
}

impl Server {
    async fn run(mut self) -> Result<()> {
        loop {
            match self.requests.recv().await {
                Some(request) => tracing::info!(request),
                None => anyhow::bail!("nobody sends requests any more"),
            }
        }
    }
}

async fn start() -> Result<Server> {
    std::fs::create_dir_all("/run/requests")?;
    let (_requests, inbox) = mpsc::channel(8);
    Ok(Server { requests: inbox })
}

/// Where the start fails, the process ends with success.
#[tokio::main]
async fn main() -> Result<()> {
    if let Ok(server) = start().await { //~ worker_returns_ok
        server.run().await?;
    }
    Ok(())
}
