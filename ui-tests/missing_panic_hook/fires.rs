//! A panic of the worker is a line on standard error; the service runs on without it.

#[tokio::main]
async fn main() -> std::io::Result<()> { //~ missing_panic_hook
    start_workers();
    let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
    let stopped = async move { _ = terminate.recv().await };
    let listener = tokio::net::TcpListener::bind("0.0.0.0:80").await?;
    axum::serve(listener, axum::Router::new()).with_graceful_shutdown(stopped).await
}

fn start_workers() {
    tokio::spawn(async { //~ unsupervised_worker
        loop {
            tokio::time::sleep(std::time::Duration::from_secs(60)).await;
            refresh();
        }
    });
}

fn refresh() {}
