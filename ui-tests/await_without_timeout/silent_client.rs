//! A client that is built with a limit needs none at its calls; and a function that is only named after health is no probe.

use std::time::Duration;

#[tokio::main]
async fn main() -> Result<(), reqwest::Error> {
    let client = reqwest::Client::builder().timeout(Duration::from_secs(5)).build()?;
    client.get("http://registry/routes").send().await?;
    let app = axum::Router::new()
        .route("/peers", axum::routing::get(peers))
        .route("/health", axum::routing::get(health));
    let listener = tokio::net::TcpListener::bind("0.0.0.0:80").await.expect("the port is free");
    axum::serve(listener, app).await.expect("it serves");
    Ok(())
}

async fn health() -> &'static str {
    "well"
}

/// Another route of the same router.
async fn peers() -> &'static str {
    match tokio::net::TcpStream::connect("peer:80").await {
        Ok(_) => "one",
        Err(_) => "none",
    }
}

pub async fn health_of_peer() -> bool {
    tokio::net::TcpStream::connect("peer:80").await.is_ok()
}
