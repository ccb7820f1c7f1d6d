//! A server that drains its connections on Ctrl-C, which nobody presses in a cluster.

use std::net::SocketAddr;

use tokio_util::sync::CancellationToken;

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let token = CancellationToken::new();
    let worker = tokio::spawn(refresh(token.clone()));
    serve(([0, 0, 0, 0], 80).into(), token).await?;
    worker.await.expect("the refresher does not panic");
    Ok(())
}

async fn serve(address: SocketAddr, token: CancellationToken) -> std::io::Result<()> {
    let listener = tokio::net::TcpListener::bind(address).await?;
    axum::serve(listener, axum::Router::new()).with_graceful_shutdown(stopped(token)).await
}

async fn stopped(token: CancellationToken) {
    tokio::signal::ctrl_c().await.expect("Ctrl-C can be handled"); //~ sigint_only_shutdown
    tracing::info!("stopping");
    token.cancel();
}

async fn refresh(token: CancellationToken) {
    loop {
        tokio::select! {
            () = token.cancelled() => return,
            // The same again, which makes it no second finding.
            _ = tokio::signal::ctrl_c() => store().await,
            () = tokio::time::sleep(std::time::Duration::from_secs(60)) => store().await,
        }
    }
}

async fn store() {}
