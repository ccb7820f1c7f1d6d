//! Listeners whose errors leave, pause, or are of one peer only.

use std::time::Duration;

use tokio::net::TcpListener;
use tracing::{error, info};

async fn pauses(listener: TcpListener) {
    loop {
        match listener.accept().await {
            Ok((socket, _)) => info!("{socket:?}"),
            Err(error) => {
                error!("cannot accept: {error}");
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
    }
}

async fn leaves(listener: TcpListener) -> std::io::Result<()> {
    loop {
        let (socket, _) = listener.accept().await?; //~ fatal_item_error
        info!("{socket:?}");
    }
}

/// A helper pauses.
async fn helped(listener: TcpListener) {
    loop {
        match listener.accept().await {
            Ok((socket, _)) => info!("{socket:?}"),
            Err(error) => on_accept_error(error).await,
        }
    }
}

async fn on_accept_error(error: std::io::Error) {
    error!("{error}");
    tokio::time::sleep(Duration::from_millis(100)).await;
}

/// A helper pauses after those errors that come back at once.
async fn helped_where_needed(listener: TcpListener) {
    loop {
        match listener.accept().await {
            Ok((socket, _)) => info!("{socket:?}"),
            Err(error) => {
                error!("{error}");
                back_off(&error).await;
            }
        }
    }
}

async fn back_off(error: &std::io::Error) {
    if let Some(pause) = pause_after(error) {
        tokio::time::sleep(pause).await;
    }
}

fn pause_after(error: &std::io::Error) -> Option<Duration> {
    (error.kind() != std::io::ErrorKind::ConnectionAborted).then_some(Duration::from_secs(1))
}

/// Only what passes is tried again at once.
async fn tells_them_apart(listener: TcpListener) -> std::io::Result<()> {
    loop {
        match listener.accept().await {
            Ok((socket, _)) => info!("{socket:?}"),
            Err(error) if error.kind() == std::io::ErrorKind::ConnectionAborted => error!("{error}"),
            Err(error) => return Err(error),
        }
    }
}

/// The error is that of one connection.
async fn quic(endpoint: quinn::Endpoint) {
    while let Some(incoming) = endpoint.accept().await {
        match incoming.accept() {
            Ok(connecting) => info!("{connecting:?}"),
            Err(error) => error!("{error}"),
        }
    }
}

#[tokio::main]
async fn main() {
    tokio::join!(pauses(listener()), helped(listener()), helped_where_needed(listener()), quic(endpoint()));
    _ = tells_them_apart(listener()).await;
    _ = leaves(listener()).await;
}
