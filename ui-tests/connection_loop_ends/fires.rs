//! Loops that end with their connection, in silence.

use anyhow::Result;
use futures::StreamExt;
use futures::stream::BoxStream;
use tracing::info;

async fn subscribe_prices(url: &str) -> Result<BoxStream<'static, u64>> {
    anyhow::bail!("{url} does not answer")
}

pub async fn run(url: &str) -> Result<()> {
    let mut prices = subscribe_prices(url).await?;
    while let Some(price) = prices.next().await { //~ connection_loop_ends
        info!(price);
    }
    Ok(())
}

pub async fn follow(client: redis::Client) -> Result<()> {
    let mut pubsub = client.get_async_pubsub().await?;
    pubsub.subscribe("prices").await?;
    let mut messages = pubsub.into_on_message();
    while let Some(message) = messages.next().await { //~ connection_loop_ends zombie_connection
        info!("{message:?}");
    }
    Ok(())
}
