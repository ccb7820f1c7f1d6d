//! The future that ends on Ctrl-C is given to a server, which does no more than to end with it.

use std::future::Future;

#[tokio::main]
async fn main() {
    serve(80, async move {
        let _ = tokio::signal::ctrl_c().await;
        tracing::info!("stopping");
    })
    .await;
}

async fn serve(port: u16, shutdown: impl Future<Output = ()>) {
    let shutdown = Box::pin(shutdown);
    serve_until(port, shutdown).await
}

async fn serve_until(port: u16, shutdown: impl Future<Output = ()>) {
    let listener = tokio::net::TcpListener::bind(("0.0.0.0", port)).await.expect("the port is free");
    tokio::select! {
        _ = async { axum::serve(listener, axum::Router::new()).await } => {}
        () = shutdown => {
            return;
        }
    }
}
