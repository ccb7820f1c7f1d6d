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
    tokio::join!(pauses(listener()), helped(listener()), quic(endpoint()));
    _ = leaves(listener()).await;
}
