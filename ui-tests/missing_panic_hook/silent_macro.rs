//! A macro of an unknown library that speaks of panics.

#[tokio::main]
async fn main() -> std::io::Result<()> {
    platform::install_panic_handler!();
    let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
    let server = tokio::spawn(serve());
    tokio::select! {
        ended = server => ended?,
        _ = terminate.recv() => Ok(()),
    }
}

async fn serve() -> std::io::Result<()> {
    let listener = tokio::net::TcpListener::bind("0.0.0.0:80").await?;
    axum::serve(listener, axum::Router::new()).await
}
