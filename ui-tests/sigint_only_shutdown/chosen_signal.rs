//! A signal that is chosen by hand, and is that of the terminal.

use tokio::signal::unix::{SignalKind, signal};

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let mut interrupt = signal(SignalKind::interrupt())?;
    //~^ sigint_only_shutdown
    tokio::select! {
        result = serve() => result,
        _ = interrupt.recv() => {
            flush().await;
            Ok(())
        }
    }
}

async fn serve() -> std::io::Result<()> {
    let listener = tokio::net::TcpListener::bind("0.0.0.0:80").await?;
    axum::serve(listener, axum::Router::new()).await
}

async fn flush() {}
