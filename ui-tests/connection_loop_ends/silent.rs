//! Loops whose end is taken up, told, or meant.

use std::time::Duration;

use anyhow::{Result, bail};
use futures::StreamExt;
use futures::stream::BoxStream;
use tokio::sync::mpsc;
use tracing::{info, warn};

async fn subscribe_prices(url: &str) -> Result<BoxStream<'static, u64>> {
    bail!("{url} does not answer")
}

pub async fn subscribes_again(url: &str) -> Result<()> {
    loop {
        let mut prices = subscribe_prices(url).await?;
        while let Some(price) = prices.next().await {
            info!(price);
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}

pub async fn says_so(url: &str) -> Result<()> {
    let mut prices = subscribe_prices(url).await?;
    while let Some(price) = prices.next().await {
        info!(price);
    }
    warn!("no more prices");
    Ok(())
}

pub async fn fails(url: &str) -> Result<()> {
    let mut prices = subscribe_prices(url).await?;
    while let Some(price) = prices.next().await {
        info!(price);
    }
    bail!("no more prices")
}

/// Its caller takes it up.
async fn once(url: &str) -> Result<()> {
    let mut prices = subscribe_prices(url).await?;
    while let Some(price) = prices.next().await {
        info!(price);
    }
    Ok(())
}

pub async fn again(url: &str) {
    loop {
        if let Err(error) = once(url).await {
            warn!("{error}");
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}

/// A channel ends when nobody sends any more.
pub async fn until_closed(mut prices: mpsc::Receiver<u64>) {
    while let Some(price) = prices.recv().await {
        info!(price);
    }
}

/// A list ends.
pub async fn all_pages(url: &str) -> Result<()> {
    let mut pages = pages_of(url).await?;
    while let Some(page) = pages.next().await {
        info!(page);
    }
    Ok(())
}

async fn pages_of(url: &str) -> Result<BoxStream<'static, u64>> {
    bail!("{url} does not answer")
}

pub struct Backup;

impl Backup {
    /// What goes on in this process: nothing is opened.
    fn subscribe_to_progress(&self) -> BoxStream<'static, u64> {
        futures::stream::empty().boxed()
    }

    pub async fn until_done(&self) {
        let mut progress = self.subscribe_to_progress();
        while let Some(percent) = progress.next().await {
            info!(percent);
        }
    }
}

/// The function goes on when the prices end, or after a while.
pub async fn for_a_while(url: &str) -> Result<()> {
    let mut prices = subscribe_prices(url).await?;
    let reader = async {
        while let Some(price) = prices.next().await {
            info!(price);
        }
    };
    tokio::select! {
        () = reader => {}
        () = tokio::time::sleep(Duration::from_secs(10)) => {}
    }
    Ok(())
}
