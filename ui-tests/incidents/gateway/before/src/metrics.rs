//! Numbers for those who watch.

use std::sync::atomic::{AtomicU64, Ordering};

use anyhow::{Context, Result};
use axum::Router;
use axum::routing::get;
use tokio::net::TcpListener;

pub static STARTED: AtomicU64 = AtomicU64::new(0);

/// Serves the numbers on a port of their own.
pub async fn serve(address: &str) -> Result<()> {
    let listener = TcpListener::bind(address).await.with_context(|| format!("cannot bind {address}"))?;
    let page = || async { format!("started {}\n", STARTED.load(Ordering::Relaxed)) };
    axum::serve(listener, Router::new().route("/metrics", get(page))).await?;
    Ok(())
}
