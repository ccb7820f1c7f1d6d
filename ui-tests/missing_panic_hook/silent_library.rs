//! A library that is known installs the hook: this one to send panics away.

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let _guard = sentry::init("https://key@sentry.example/1");
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
