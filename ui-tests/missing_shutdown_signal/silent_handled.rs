//! SIGTERM is handled in a function that is called on an unknown value.

use tokio::signal::unix::{SignalKind, signal};

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let app = platform::build(Service);
    app.serve_until_stopped().await
}

struct Service;

impl Service {
    async fn serve_until_stopped(&self) -> std::io::Result<()> {
        let mut terminate = signal(SignalKind::terminate())?;
        let listener = tokio::net::TcpListener::bind("0.0.0.0:80").await?;
        let stopped = async move { _ = terminate.recv().await };
        axum::serve(listener, axum::Router::new()).with_graceful_shutdown(stopped).await
    }
}
