//! Workers whose end is seen only when all others have ended, which they never do.

use std::time::Duration;

use anyhow::Result;
use futures::future::join_all;

async fn turn() {
    loop {
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}

async fn follow() -> Result<()> {
    loop {
        poll().await?;
    }
}

async fn poll() -> Result<()> {
    anyhow::bail!("the feed is gone")
}

async fn joined() {
    let reader = tokio::spawn(turn());
    let writer = tokio::spawn(turn());
    let (read, written) = tokio::join!(reader, writer); //~ join_masks_failure
    tracing::error!("{read:?} {written:?}");
}

async fn joined_with_errors() -> Result<()> {
    let reader = tokio::spawn(follow());
    let writer = tokio::spawn(follow());
    let (read, written) = tokio::join!(reader, writer); //~ join_masks_failure
    read??;
    written?
}

async fn joined_all() -> Result<()> {
    let mut workers = Vec::new();
    workers.push(tokio::spawn(follow()));
    workers.push(tokio::spawn(follow()));
    for ended in join_all(workers).await { //~ join_masks_failure
        ended??;
    }
    Ok(())
}

async fn one_after_another() -> Result<()> {
    let mut workers = Vec::new();
    workers.push(tokio::spawn(follow()));
    workers.push(tokio::spawn(turn_then_ok()));
    for worker in workers {
        worker.await??; //~ join_masks_failure
    }
    Ok(())
}

async fn turn_then_ok() -> Result<()> {
    turn().await;
    Ok(())
}

/// The writer may die long before the reader does.
async fn line_by_line() -> Result<()> {
    let reader = tokio::spawn(follow());
    let writer = tokio::spawn(follow());
    let closer = tokio::spawn(turn_then_ok());
    reader.await??; //~ join_masks_failure
    writer.await??;
    closer.await?
}

/// Not looked at either, which is the lesser fault.
async fn joined_blind() {
    let reader = tokio::task::Builder::new().name("reader").spawn(turn()).expect("a runtime is there");
    let writer = tokio::task::Builder::new().name("writer").spawn(turn()).expect("a runtime is there");
    join_all([reader, writer]).await; //~ join_masks_failure
}
