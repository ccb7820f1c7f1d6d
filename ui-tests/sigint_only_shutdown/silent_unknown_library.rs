//! A library of the company waits for what it takes to be a stop: SIGTERM may well be among it.

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let listener = tokio::net::TcpListener::bind("0.0.0.0:80").await?;
    let server = axum::serve(listener, axum::Router::new()).with_graceful_shutdown(platform::shutdown_signal());
    tokio::select! {
        result = server => result,
        _ = tokio::signal::ctrl_c() => {
            flush().await;
            Ok(())
        }
    }
}

async fn flush() {}
