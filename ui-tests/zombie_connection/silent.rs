//! Readers that notice, clients that do, and peers that came to us.

use std::time::Duration;

use futures::StreamExt;
use tokio_tungstenite::tungstenite::Error;
use tracing::{info, warn};

/// Each wait has a limit.
pub async fn within(url: &str) -> Result<(), Error> {
    let (mut socket, _) = tokio_tungstenite::connect_async(url).await?;
    loop {
        match tokio::time::timeout(Duration::from_secs(60), socket.next()).await {
            Ok(Some(message)) => info!("{:?}", message?),
            Ok(None) => return Err(Error::ConnectionClosed),
            Err(_) => {
                warn!("nothing for a minute");
                return Ok(());
            }
        }
    }
}

/// A timer looks after it.
pub async fn beside_a_timer(url: &str) -> Result<(), Error> {
    let (mut socket, _) = tokio_tungstenite::connect_async(url).await?;
    loop {
        tokio::select! {
            message = socket.next() => match message {
                Some(message) => info!("{:?}", message?),
                None => return Err(Error::ConnectionClosed),
            },
            _ = tokio::time::sleep(Duration::from_secs(60)) => return Ok(()),
        }
    }
}

/// The client asks the broker itself.
pub async fn news(mut news: async_nats::Subscriber) {
    while let Some(message) = news.next().await {
        info!("{message:?}");
    }
}

/// The peer came to us, and has to care that we are there.
pub async fn serve(stream: tokio::net::TcpStream) -> Result<(), Error> {
    let mut socket = tokio_tungstenite::accept_async(stream).await?;
    while let Some(message) = socket.next().await {
        info!("{:?}", message?);
    }
    Ok(())
}

/// One answer, no loop.
pub async fn one(url: &str) -> Result<(), Error> {
    let (mut socket, _) = tokio_tungstenite::connect_async(url).await?;
    if let Some(message) = socket.next().await {
        info!("{:?}", message?);
    }
    Ok(())
}

/// It waits until one thing has come, and so does whoever called it.
pub async fn until_confirmed(mut answers: tonic::Streaming<Answer>) -> Result<(), tonic::Status> {
    while let Some(answer) = answers.message().await? {
        if answer.is_confirmed {
            break;
        }
        info!("seen");
    }
    Ok(())
}

pub struct Answer {
    is_confirmed: bool,
}

/// A channel of the process itself.
pub async fn prices(mut prices: tokio::sync::mpsc::Receiver<u64>) {
    while let Some(price) = prices.recv().await {
        info!(price);
    }
}
