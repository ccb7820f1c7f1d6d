//! A command, with a ticker beside it that ends when it is done.

use std::time::Duration;

#[tokio::main]
async fn main() -> Result<(), String> {
    let ticker = tokio::spawn(async { //~ unsupervised_worker
        loop {
            tokio::time::sleep(Duration::from_secs(1)).await;
            eprint!(".");
        }
    });
    let done = copy().await;
    ticker.abort();
    done
}

async fn copy() -> Result<(), String> {
    let socket = tokio::net::UdpSocket::bind("0.0.0.0:0").await.map_err(|error| error.to_string())?;
    socket.send(b"copy").await.map_err(|error| error.to_string())?;
    Ok(())
}

/// Not the `main` of a program.
mod other {
    pub async fn main() -> std::io::Result<()> {
        let listener = tokio::net::TcpListener::bind("0.0.0.0:80").await?;
        axum::serve(listener, axum::Router::new()).await
    }
}
