//! Forwards requests to the services behind it.

mod forward;
mod metrics;
mod routes;

use std::sync::atomic::Ordering;

use anyhow::{Context, Result};
use tokio::net::TcpListener;
use tracing::info;

use crate::routes::Routes;

// ANCHOR: main
#[tokio::main]
async fn main() -> Result<()> { //~ missing_panic_hook
    tracing_subscriber::fmt::init();
    metrics::STARTED.fetch_add(1, Ordering::Relaxed);
    tokio::spawn(metrics::serve("0.0.0.0:9100")); //~ dropped_join_handle

    let registry = std::env::var("REGISTRY").context("REGISTRY is not set")?;
    let routes = Routes::load(registry).await?;
    let _refresh = tokio::spawn(routes.clone().refresh()); //~ dropped_join_handle

    let listener = TcpListener::bind("0.0.0.0:8080").await.context("cannot bind port 8080")?;
    axum::serve(listener, forward::router(routes)).with_graceful_shutdown(interrupted()).await?;
    info!("all requests are answered");
    Ok(())
}
// ANCHOR_END: main

/// The time to stop taking requests.
async fn interrupted() {
    tokio::signal::ctrl_c().await.expect("signals can be handled"); //~ sigint_only_shutdown
    info!("stopping, answering what is left");
}
