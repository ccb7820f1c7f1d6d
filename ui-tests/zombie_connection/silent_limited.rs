//! Each client that does not notice a silent peer, read within a limit of time.

use std::time::Duration;

use futures::StreamExt;
use reqwest_eventsource::EventSource;
use solana_client::pubsub_client::PubsubClient;
use tokio::time::timeout;
use tracing::{error, info};

const LIMIT: Duration = Duration::from_secs(60);

pub async fn news(client: redis::Client) -> redis::RedisResult<()> {
    let mut pubsub = client.get_async_pubsub().await?;
    pubsub.subscribe("news").await?;
    let mut messages = pubsub.into_on_message();
    while let Ok(Some(message)) = timeout(LIMIT, messages.next()).await {
        info!("{message:?}");
    }
    error!("the news have ended");
    Ok(())
}

pub async fn notes(mut listener: sqlx::postgres::PgListener) {
    while let Ok(Ok(note)) = timeout(LIMIT, listener.recv()).await {
        info!("{note:?}");
    }
    error!("the notes have ended");
}

pub async fn updates(mut updates: tonic::Streaming<String>) {
    while let Ok(Ok(Some(update))) = timeout(LIMIT, updates.message()).await {
        info!("{update}");
    }
    error!("the updates have ended");
}

pub async fn events(mut events: EventSource) {
    while let Ok(Some(event)) = timeout(LIMIT, events.next()).await {
        info!("{event:?}");
    }
    error!("the events have ended");
}

pub async fn heads(mut heads: jsonrpsee::core::client::Subscription<u64>) {
    while let Ok(Some(head)) = timeout(LIMIT, heads.next()).await {
        info!("{head:?}");
    }
    error!("the heads have ended");
}

pub fn slots(url: &str) {
    let Ok(subscription) = PubsubClient::slot_subscribe(url) else { return };
    while let Ok(slot) = subscription.1.recv_timeout(LIMIT) {
        info!("{slot:?}");
    }
    error!("the slots have ended");
}
