//! Workers that log what goes wrong, and that nobody watches all the same.

use std::time::Duration;

use anyhow::Result;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

async fn refresh() -> Result<()> {
    Ok(())
}

fn periodic() {
    tokio::spawn(async {
        //~^ unsupervised_worker
        loop {
            if let Err(error) = refresh().await {
                tracing::warn!("not refreshed: {error}");
            }
            tokio::time::sleep(Duration::from_secs(60)).await;
        }
    });
}

async fn run() {
    let mut ticker = tokio::time::interval(Duration::from_secs(1));
    loop {
        ticker.tick().await;
        tracing::info!("alive");
    }
}

fn in_a_function() {
    tokio::spawn(run()); //~ unsupervised_worker
}

async fn serve_metrics(address: String) -> std::io::Result<()> {
    let listener = TcpListener::bind(address).await?;
    axum::serve(listener, axum::Router::new()).await
}

/// The error is told, and then the port is closed until somebody looks.
fn server(address: String) {
    tokio::spawn(async move {
        //~^ unsupervised_worker
        if let Err(error) = serve_metrics(address).await {
            tracing::error!("no metrics: {error}");
        }
    });
}

fn on_a_thread() {
    std::thread::spawn(|| {
        //~^ unsupervised_worker
        loop {
            tracing::info!("alive");
            std::thread::sleep(Duration::from_secs(1));
        }
    });
}

struct Service {
    _worker: JoinHandle<()>,
}

impl Service {
    fn start() -> Self {
        Self { _worker: tokio::spawn(run()) } //~ unsupervised_worker
    }
}

#[tokio::main]
async fn main() {
    periodic();
    tokio::spawn(run()); //~ unsupervised_worker
    tokio::signal::ctrl_c().await.ok();
}
