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
                    return; //~ worker_returns_ok
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

/// It gives up, and says so, at the level of the whole task.
async fn refresh_until_it_fails() {
    let mut ticker = tokio::time::interval(Duration::from_secs(60));
    loop {
        ticker.tick().await;
        if let Err(error) = get(0).await {
            tracing::error!("no more refreshing: {error}");
            return;
        }
    }
}

/// One peer: what comes after it is the next.
async fn talk(mut lines: tokio::sync::mpsc::Receiver<u32>) {
    loop {
        let Some(first) = lines.recv().await else { return };
        for page in first..10 {
            let Ok(_) = get(page).await else { continue };
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

fn work() -> tokio::task::JoinHandle<Result<()>> {
    tokio::spawn(async {
        loop {
            get(1).await?;
        }
    })
}

#[tokio::main]
async fn main() {
    tokio::spawn(refresh_pages()); //~ unsupervised_worker
    tokio::spawn(refresh_other_pages()); //~ unsupervised_worker
    tokio::spawn(refresh_until_it_fails()); //~ unsupervised_worker
    tokio::spawn(talk(tokio::sync::mpsc::channel(1).1)); //~ unsupervised_worker
    let respawned = tokio::spawn(async {
        loop {
            match work().await { //~ discarded_task_result
                Ok(_) => { //~ worker_returns_ok
                    warn!("the work is done");
                    break;
                }
                Err(panic) => warn!("once more: {panic}"),
            }
        }
    });
    drop(respawned);
    refresh_in_rounds().await;
}
