//! A bare `return` that was meant for one page and ends the whole periodic task.

use std::time::Duration;

use anyhow::Result;
use tracing::warn;

async fn get(page: u32) -> Result<String> {
    anyhow::bail!("page {page} is gone")
}

async fn refresh_pages() {
    let mut ticker = tokio::time::interval(Duration::from_secs(60));
    loop {
        ticker.tick().await;
        for page in 0..10 {
            match get(page).await {
                Ok(text) => tracing::debug!(len = text.len()),
                Err(error) => {
                    warn!("page {page}: {error}");
                    // FIXME: a task that is spawned for life is not taken for a worker yet.
                    return;
                }
            }
        }
    }
}

/// `continue` goes on with the next page.
async fn refresh_other_pages() {
    let mut ticker = tokio::time::interval(Duration::from_secs(60));
    loop {
        ticker.tick().await;
        for page in 10..20 {
            if let Err(error) = get(page).await {
                warn!("page {page}: {error}");
                continue;
            }
        }
    }
}

/// The `return` leaves the inner block, which is one round.
async fn refresh_in_rounds() {
    let mut ticker = tokio::time::interval(Duration::from_secs(60));
    loop {
        ticker.tick().await;
        let round = async {
            for page in 20..30 {
                if let Err(error) = get(page).await {
                    warn!("page {page}: {error}");
                    return;
                }
            }
        };
        round.await;
    }
}

#[tokio::main]
async fn main() {
    tokio::spawn(refresh_pages()); //~ unsupervised_worker
    tokio::spawn(refresh_other_pages()); //~ unsupervised_worker
    refresh_in_rounds().await;
}
