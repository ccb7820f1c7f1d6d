//! Forwards requests to the services behind it.

mod forward;
mod metrics;
mod routes;

use std::sync::atomic::Ordering;

use anyhow::{Context, Result, anyhow};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;
use tracing::{error, info};

use crate::routes::Routes;

#[tokio::main]
async fn main() -> Result<()> {
    tracing_subscriber::fmt::init();
    std::panic::set_hook(Box::new(|panic| error!("{panic}")));
    metrics::STARTED.fetch_add(1, Ordering::Relaxed);
    let mut metrics = tokio::spawn(metrics::serve("0.0.0.0:9100"));

    let registry = std::env::var("REGISTRY").context("REGISTRY is not set")?;
    let routes = Routes::load(registry).await?;
    let mut refresh = tokio::spawn(routes.clone().refresh());

    let listener = TcpListener::bind("0.0.0.0:8080").await.context("cannot bind port 8080")?;
    let stop = CancellationToken::new();
    let server = axum::serve(listener, forward::router(routes))
        .with_graceful_shutdown(stop.clone().cancelled_owned())
        .into_future();
    tokio::pin!(server);

    // ANCHOR: watch
    tokio::select! {
        result = &mut server => {
            result?;
            return Err(anyhow!("the server ended"));
        }
        result = &mut metrics => {
            result??;
            return Err(anyhow!("the metrics ended"));
        }
        result = &mut refresh => {
            let ended = result?;
            match ended {}
        }
        result = asked_to_stop() => result?,
    }
    // ANCHOR_END: watch
    info!("stopping, answering what is left");
    stop.cancel();
    server.await?;
    info!("all requests are answered");
    Ok(())
}

// ANCHOR: stop
/// Ctrl-C in a terminal, SIGTERM from whoever runs services.
async fn asked_to_stop() -> Result<()> {
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        result = tokio::signal::ctrl_c() => result?,
        _ = terminate.recv() => {}
    }
    Ok(())
}
// ANCHOR_END: stop
