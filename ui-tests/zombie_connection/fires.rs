//! Readers that would wait for ever for a peer that is gone without a word.

use std::time::Duration;

use crossbeam_channel::RecvTimeoutError;
use futures::{SinkExt, StreamExt};
use solana_client::pubsub_client::PubsubClient;
use tokio_tungstenite::tungstenite::{Error, Message};
use tracing::{info, warn};

/// Nothing but the peer can end this wait.
pub async fn follow(url: &str) -> Result<(), Error> {
    let (mut socket, _) = tokio_tungstenite::connect_async(url).await?;
    while let Some(message) = socket.next().await { //~ zombie_connection
        info!("{:?}", message?);
    }
    Err(Error::ConnectionClosed)
}

/// That the process is to stop is no news of the peer. Its own questions are answered.
pub async fn follow_until(url: &str, mut stop: tokio::sync::oneshot::Receiver<()>) -> Result<(), Error> {
    let (socket, _) = tokio_tungstenite::connect_async(url).await?;
    let (mut writer, mut reader) = socket.split();
    loop {
        tokio::select! {
            _ = &mut stop => return Ok(()),
            message = reader.next() => match message { //~ zombie_connection
                Some(Ok(Message::Text(text))) => info!("{text}"),
                Some(Ok(Message::Ping(payload))) => writer.send(Message::Pong(payload)).await?,
                Some(Ok(_)) => {}
                Some(Err(error)) => return Err(error),
                None => return Err(Error::ConnectionClosed),
            },
        }
    }
}

pub async fn news(client: redis::Client) -> redis::RedisResult<()> {
    let mut pubsub = client.get_async_pubsub().await?;
    pubsub.subscribe("news").await?;
    let mut messages = pubsub.into_on_message();
    while let Some(message) = messages.next().await { //~ zombie_connection
        info!("{message:?}");
    }
    warn!("the news have ended");
    Ok(())
}

pub async fn updates(mut updates: tonic::Streaming<Update>) -> Result<(), tonic::Status> {
    while let Some(update) = updates.message().await? { //~ zombie_connection
        info!("{update:?}");
    }
    warn!("the updates have ended");
    Ok(())
}

/// There is a limit, and nothing is done when it runs out.
pub fn slots(url: &str) {
    loop {
        match PubsubClient::slot_subscribe(url) {
            Ok(subscription) => loop {
                match subscription.1.recv_timeout(Duration::from_millis(100)) { //~ zombie_connection
                    Ok(slot) => info!("{slot:?}"),
                    Err(RecvTimeoutError::Timeout) => {}
                    Err(RecvTimeoutError::Disconnected) => break,
                }
            },
            Err(error) => warn!("{error}"),
        }
        std::thread::sleep(Duration::from_secs(1));
    }
}

#[derive(Clone, Debug)]
pub struct Update;
