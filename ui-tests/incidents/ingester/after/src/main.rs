//! Copies events of many hosts into a queue.

mod config;
mod queue;
mod subscriber;

use anyhow::{Result, anyhow, bail};
use tokio::signal::unix::{SignalKind, signal};
use tokio::task::JoinSet;
use tracing::{error, info, warn};

use crate::config::{Config, Mode};
use crate::queue::Queue;
use crate::subscriber::Subscriber;

#[tokio::main]
async fn main() -> Result<()> {
    tracing_subscriber::fmt::init();
    let default_hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        error!("panic: {info}");
        default_hook(info);
    }));

    let config = Config::from_env()?;
    let queue = Queue::connect(&config.queue).await?;
    let mut terminate = signal(SignalKind::terminate())?;

    match config.mode {
        Mode::All => {
            tokio::select! {
                result = run_firehose(config.clone(), queue.clone()) => {
                    error!("firehose ended: {result:?}");
                    return Err(anyhow!("firehose ended"));
                }
                result = run_backfill(config.clone(), queue.clone()) => {
                    error!("backfill ended: {result:?}");
                    return Err(anyhow!("backfill ended"));
                }
                result = run_labeler(config.clone(), queue.clone()) => {
                    error!("labeler ended: {result:?}");
                    return Err(anyhow!("labeler ended"));
                }
                _ = tokio::signal::ctrl_c() => info!("interrupted"),
                _ = terminate.recv() => info!("terminated"),
            }
        }
        // ANCHOR: select
        Mode::Live => {
            tokio::select! {
                result = run_firehose(config.clone(), queue.clone()) => {
                    error!("firehose ended: {result:?}");
                    return Err(anyhow!("firehose ended"));
                }
                result = run_labeler(config.clone(), queue.clone()) => {
                    error!("labeler ended: {result:?}");
                    return Err(anyhow!("labeler ended"));
                }
                _ = tokio::signal::ctrl_c() => info!("interrupted"),
                _ = terminate.recv() => info!("terminated"),
            }
        }
        // ANCHOR_END: select
    }

    info!("ingester ends");
    Ok(())
}

/// Events as they happen.
async fn run_firehose(config: Config, queue: Queue) -> Result<()> {
    if config.firehose_hosts.is_empty() {
        bail!("no firehose hosts configured");
    }
    let tasks = subscribe(config.firehose_hosts, "firehose", &queue);
    report_ends(tasks, "firehose").await;
    bail!("all firehose tasks ended")
}

/// Events of the past.
async fn run_backfill(config: Config, queue: Queue) -> Result<()> {
    let tasks = subscribe(config.backfill_hosts, "backfill", &queue);
    report_ends(tasks, "backfill").await;
    bail!("all backfill tasks ended")
}

/// Labels that moderators put on events.
async fn run_labeler(config: Config, queue: Queue) -> Result<()> {
    if config.labeler_hosts.is_empty() {
        warn!("no labeler hosts, labels are not ingested");
        std::future::pending::<()>().await;
    }
    let tasks = subscribe(config.labeler_hosts, "labels", &queue);
    report_ends(tasks, "labels").await;
    bail!("all labeler tasks ended")
}

/// A task for each host.
fn subscribe(hosts: Vec<String>, topic: &'static str, queue: &Queue) -> JoinSet<()> {
    let mut tasks = JoinSet::new();
    for host in hosts {
        let subscriber = Subscriber::new(host, topic, queue.clone());
        tasks.spawn(async move {
            subscriber.run().await;
        });
    }
    tasks
}

// ANCHOR: ends
/// None of them should ever end.
async fn report_ends(mut tasks: JoinSet<()>, topic: &str) {
    while let Some(ended) = tasks.join_next().await {
        match ended {
            Ok(()) => error!("a task of {topic} ended"),
            Err(panic) => error!("a task of {topic} died: {panic}"),
        }
    }
}
// ANCHOR_END: ends
