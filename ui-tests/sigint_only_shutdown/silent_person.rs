//! A person sits before it, who is told which keys to press.

use std::time::Duration;

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let prices = tokio::spawn(follow());
    println!("Following the prices, press Ctrl+C to stop");
    tokio::select! {
        ended = prices => ended.map_err(std::io::Error::other),
        _ = tokio::signal::ctrl_c() => leave().await,
    }
}

async fn follow() {
    loop {
        tokio::time::sleep(Duration::from_secs(1)).await;
        tracing::info!("a price");
        turn().await;
    }
}

async fn turn() {}

async fn leave() -> std::io::Result<()> {
    std::fs::write("prices", "")
}
