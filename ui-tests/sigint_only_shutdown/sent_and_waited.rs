//! The server is sent something on Ctrl-C, and waited for.

use tokio::net::TcpListener;
use tokio::sync::oneshot;

struct Told;

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let listener = TcpListener::bind("0.0.0.0:80").await?;
    let (sender, receiver) = oneshot::channel();
    let server = tokio::spawn(async move { //~ unsupervised_worker
        axum::serve(listener, axum::Router::new())
            .with_graceful_shutdown(async move { _ = receiver.await })
            .await
    });
    tokio::signal::ctrl_c().await.expect("Ctrl-C can be handled"); //~ sigint_only_shutdown
    let _ = sender.send(Told);
    server.await?
}
