//! Workers whose first end is seen, and work that ends.

use std::time::Duration;

use anyhow::Result;
use futures::future::{join_all, select_all};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

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

async fn selected() -> Result<()> {
    let reader = tokio::spawn(follow());
    let writer = tokio::spawn(follow());
    tokio::select! {
        ended = reader => ended?,
        ended = writer => ended?,
    }
}

async fn set() -> Result<()> {
    let mut workers = JoinSet::new();
    workers.spawn(follow());
    workers.spawn(follow());
    while let Some(ended) = workers.join_next().await {
        ended??;
    }
    Ok(())
}

async fn first_of_all() -> Result<()> {
    let workers = vec![tokio::spawn(follow()), tokio::spawn(follow())];
    let (ended, _, _) = select_all(workers).await;
    ended?
}

/// Without tasks in between the first error is seen at once.
async fn futures_and_no_handles() -> Result<()> {
    tokio::try_join!(follow(), follow())?;
    Ok(())
}

/// The error of each reaches `try_join!` as such.
async fn flattened() -> Result<()> {
    let reader = tokio::spawn(follow());
    let writer = tokio::spawn(follow());
    tokio::try_join!(async { reader.await? }, async { writer.await? })?;
    Ok(())
}

async fn work(step: u64) -> u64 {
    tokio::time::sleep(Duration::from_secs(step)).await;
    step
}

/// Work that ends is joined for its results.
async fn work_that_ends() -> Result<u64> {
    let (one, two) = tokio::join!(tokio::spawn(work(1)), tokio::spawn(work(2)));
    let mut sum = one? + two?;
    for step in join_all((0..10).map(|step| tokio::spawn(work(step)))).await {
        sum += step?;
    }
    Ok(sum)
}

/// There is only one.
async fn alone() -> Result<()> {
    let worker = tokio::spawn(turn());
    Ok(worker.await?)
}

async fn guarded(stop: CancellationToken) {
    let _guard = stop.drop_guard();
    turn().await
}

/// The end of one is the end of all.
async fn with_guards(stop: CancellationToken) -> Result<()> {
    let reader = tokio::spawn(guarded(stop.clone()));
    let writer = tokio::spawn(guarded(stop));
    let (read, written) = tokio::join!(reader, writer);
    read?;
    Ok(written?)
}

/// The end of the first is the end of the other; that of the other is another matter.
async fn ended_in_between() -> Result<()> {
    let reader = tokio::spawn(follow());
    let writer = tokio::spawn(follow()); //~ dropped_join_handle
    let ended = reader.await?;
    writer.abort();
    if let Err(error) = writer.await {
        tracing::info!("the writer has ended: {error}");
    }
    ended
}

async fn stopped_in_between(stop: CancellationToken) -> Result<()> {
    let reader = tokio::spawn(follow());
    let writer = tokio::spawn(follow()); //~ dropped_join_handle
    let ended = reader.await?;
    stop.cancel();
    writer.await??;
    ended
}

/// One that lives on, after one that is soon done.
async fn set_up_first() -> Result<()> {
    let worker = tokio::spawn(follow());
    let step = tokio::spawn(work(1));
    step.await?;
    worker.await?
}
