//! Loops that connect again at once on one way, and pause on another.

use std::time::Duration;

use futures::StreamExt;
use tokio::net::TcpStream;
use tokio::time::sleep;
use tokio_tungstenite::connect_async;
use tracing::{error, info, warn};

/// The pause stands in the arm of the error alone.
async fn follow(url: String) {
    loop { //~ reconnect_without_delay
        if let Err(error) = run_connection(&url).await {
            error!("the feed has failed: {error}");
            sleep(Duration::from_secs(5)).await;
        }
    }
}

async fn run_connection(url: &str) -> anyhow::Result<()> {
    let (socket, _) = connect_async(url).await?;
    let (_, mut messages) = socket.split();
    while let Some(message) = messages.next().await {
        info!("{:?}", message?);
    }
    Ok(())
}

/// A connection that could not be made pauses; one that ends is made again at once.
async fn relay(url: String) {
    loop { //~ reconnect_without_delay
        let mut socket = match connect_async(&url).await {
            Ok((socket, _)) => socket,
            Err(error) => {
                warn!("cannot connect: {error}");
                sleep(Duration::from_secs(1)).await;
                continue;
            }
        };
        while let Some(Ok(message)) = socket.next().await { //~ zombie_connection
            info!("{message:?}");
        }
    }
}

/// Only one kind of error pauses, the others fall through.
async fn poll(mut events: rumqttc::EventLoop) {
    loop { //~ reconnect_without_delay
        match events.poll().await {
            Ok(event) => info!("{event:?}"),
            Err(error) => {
                error!("{error}");
                if let rumqttc::ConnectionError::Io(_) = error {
                    sleep(Duration::from_secs(1)).await;
                }
            }
        }
    }
}

/// A watch that ends is begun again, and so is one that could not be begun, but only that pauses.
async fn watch(bucket: Bucket) {
    loop { //~ reconnect_without_delay
        let mut entries = match bucket.watch_all().await {
            Ok(entries) => entries,
            Err(error) => {
                error!("cannot watch: {error}");
                sleep(Duration::from_secs(1)).await;
                continue;
            }
        };
        loop {
            match entries.next().await {
                None => break,
                Some(entry) => info!("{entry:?}"),
            }
        }
    }
}

#[tokio::main]
async fn main() {
    tokio::join!(follow(url()), relay(url()), poll(events()), watch(bucket()));
    drop(TcpStream::connect("localhost:1").await);
}
