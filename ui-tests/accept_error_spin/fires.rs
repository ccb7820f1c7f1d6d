//! Listeners that are asked again at once.

use tokio::net::TcpListener;
use tracing::{error, info};

async fn logs(listener: TcpListener) {
    loop {
        match listener.accept().await { //~ accept_error_spin
            Ok((socket, peer)) => info!("{peer} {socket:?}"),
            Err(error) => error!("cannot accept: {error}"),
        }
    }
}

/// A stop signal beside it changes nothing.
async fn beside_a_signal(listener: TcpListener, token: tokio_util::sync::CancellationToken) {
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted, //~ accept_error_spin
            _ = token.cancelled() => return,
        };
        let Ok((socket, _)) = accepted else { continue };
        info!("{socket:?}");
    }
}

#[tokio::main]
async fn main() {
    tokio::join!(logs(listener()), beside_a_signal(listener(), token()));
}
