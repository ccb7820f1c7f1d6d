//! Copies events of many hosts into a queue.

mod config;
mod queue;
mod subscriber;

use anyhow::Result;
use tokio::task::JoinHandle;
use tracing::{error, info, warn};

use crate::config::{Config, Mode};
use crate::queue::Queue;
use crate::subscriber::Subscriber;

#[tokio::main]
async fn main() -> Result<()> { //~ missing_panic_hook
    tracing_subscriber::fmt::init();
    let config = Config::from_env()?;
    let queue = Queue::connect(&config.queue).await?;

    match config.mode {
        Mode::All => {
            tokio::select! { //~ select_ends_process missing_shutdown_signal
                result = run_firehose(config.clone(), queue.clone()) => {
                    error!("firehose ended: {result:?}");
                }
                result = run_backfill(config.clone(), queue.clone()) => {
                    error!("backfill ended: {result:?}");
                }
                result = run_labeler(config.clone(), queue.clone()) => {
                    error!("labeler ended: {result:?}");
                }
            }
        }
        // ANCHOR: select
        Mode::Live => {
            tokio::select! { //~ select_ends_process
                result = run_firehose(config.clone(), queue.clone()) => {
                    error!("firehose ended: {result:?}");
                }
                result = run_labeler(config.clone(), queue.clone()) => {
                    error!("labeler ended: {result:?}");
                }
            }
        }
        // ANCHOR_END: select
    }

    info!("ingester ends");
    Ok(())
}

/// Events as they happen.
async fn run_firehose(config: Config, queue: Queue) -> Result<()> {
    let mut tasks: Vec<JoinHandle<()>> = Vec::new();
    for host in config.firehose_hosts {
        let queue = queue.clone();
        tasks.push(tokio::spawn(async move {
            let subscriber = Subscriber::new(host.clone(), "firehose", queue);
            if let Err(error) = subscriber.run().await {
                error!("firehose of {host}: {error:#}");
            }
        }));
    }
    info!("{} firehose tasks", tasks.len());

    for task in tasks {
        let _ = task.await; //~ discarded_task_result
    }
    Ok(()) //~ worker_returns_ok
}

/// Events of the past.
async fn run_backfill(config: Config, queue: Queue) -> Result<()> {
    let mut tasks: Vec<JoinHandle<()>> = Vec::new();
    for host in config.backfill_hosts {
        let queue = queue.clone();
        tasks.push(tokio::spawn(async move {
            let subscriber = Subscriber::new(host.clone(), "backfill", queue);
            if let Err(error) = subscriber.run().await {
                error!("backfill of {host}: {error:#}");
            }
        }));
    }
    info!("{} backfill tasks", tasks.len());

    for task in tasks {
        let _ = task.await; //~ discarded_task_result
    }
    Ok(()) //~ worker_returns_ok
}

// ANCHOR: labeler
/// Labels that moderators put on events.
async fn run_labeler(config: Config, queue: Queue) -> Result<()> {
    if config.labeler_hosts.is_empty() {
        warn!("no labeler hosts, labels are not ingested");
        return Ok(()); //~ worker_returns_ok
    }
    let mut tasks: Vec<JoinHandle<()>> = Vec::new();
    for host in config.labeler_hosts {
        let queue = queue.clone();
        tasks.push(tokio::spawn(async move {
            let subscriber = Subscriber::new(host.clone(), "labels", queue);
            if let Err(error) = subscriber.run().await {
                error!("labels of {host}: {error:#}");
            }
        }));
    }
    info!("{} labeler tasks", tasks.len());

    for task in tasks {
        let _ = task.await; //~ discarded_task_result
    }
    Ok(()) //~ worker_returns_ok
}
// ANCHOR_END: labeler
