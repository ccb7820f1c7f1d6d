//! What a server gives when it ends is no answer.

use anyhow::Result;

#[tokio::main]
async fn main() -> Result<()> {
    if let Err(error) = serve().await { //~ worker_returns_ok
        eprintln!("{error}");
    }
    Ok(())
}

async fn serve() -> Result<u64> {
    let listener = tokio::net::TcpListener::bind("0.0.0.0:80").await?;
    axum::serve(listener, axum::Router::new()).await?;
    Ok(1)
}
