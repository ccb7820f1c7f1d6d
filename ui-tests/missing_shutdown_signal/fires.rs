//! Nothing but a kill ends this service.

#[tokio::main]
async fn main() -> std::io::Result<()> { //~ missing_shutdown_signal
    let listener = tokio::net::TcpListener::bind("0.0.0.0:80").await?;
    axum::serve(listener, axum::Router::new()).await
}
