//! What is told is how to cut the shutdown short.

use std::time::Duration;

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let worker = tokio::spawn(follow());
    tokio::select! {
        ended = worker => ended.map_err(std::io::Error::other),
        _ = tokio::signal::ctrl_c() => { //~ sigint_only_shutdown
            println!("Stopping; press Ctrl+C to exit immediately");
            leave().await
        }
    }
}

async fn follow() {
    loop {
        tokio::time::sleep(Duration::from_secs(1)).await;
        turn().await;
    }
}

async fn turn() {}

async fn leave() -> std::io::Result<()> {
    std::fs::write("prices", "")
}
