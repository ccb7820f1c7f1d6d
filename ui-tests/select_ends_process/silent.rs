//! Selects that fail when a worker does, and selects that are not the end of anything.

use std::time::Duration;

use anyhow::{Result, anyhow, bail};
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;
use tracing::{error, info, warn};

async fn ingest() -> Result<()> {
    loop {
        tokio::time::sleep(Duration::from_secs(1)).await;
        anyhow::ensure!(std::path::Path::new("/run/feed").exists(), "the feed is gone");
    }
}

async fn index() -> Result<()> {
    loop {
        tokio::time::sleep(Duration::from_secs(2)).await;
        anyhow::ensure!(std::path::Path::new("/run/index").exists(), "the index is gone");
    }
}

async fn run_with_question_mark() -> Result<()> {
    tokio::select! {
        result = ingest() => result?,
        result = index() => result?,
    }
    Ok(())
}

/// The repair of the ingester.
async fn run_with_errors() -> Result<()> {
    tokio::select! {
        result = ingest() => {
            error!("ingest ended: {result:?}");
            return Err(anyhow!("ingest ended"));
        }
        result = index() => {
            error!("index ended: {result:?}");
            bail!("index ended");
        }
    }
}

async fn run_to_a_value() -> Result<()> {
    tokio::select! {
        result = ingest() => result,
        result = index() => result,
    }
}

async fn run_to_a_value_and_tidy_up() -> Result<()> {
    let result = tokio::select! {
        result = ingest() => result,
        result = index() => result,
        _ = tokio::signal::ctrl_c() => Ok(()),
    };
    info!("good bye");
    result
}

/// The answer is kept outside of the arms.
async fn run_and_note_the_failure() -> Result<()> {
    let mut failure = None;
    tokio::select! {
        result = ingest() => failure = result.err(),
        result = index() => failure = result.err(),
    }
    match failure {
        Some(error) => Err(error),
        None => Ok(()),
    }
}

async fn run_or_exit() {
    tokio::select! {
        result = ingest() => {
            error!("ingest ended: {result:?}");
            std::process::exit(1);
        }
        result = index() => panic!("index ended: {result:?}"),
    }
}

fn give_up(reason: &str) -> ! {
    error!("{reason}");
    std::process::abort()
}

async fn run_or_give_up() {
    tokio::select! {
        _ = ingest() => give_up("ingest ended"),
        _ = index() => give_up("index ended"),
    }
}

/// Arms that are signals end the process because somebody asked.
async fn wait_for_a_signal(stop: &CancellationToken) -> Result<()> {
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        _ = tokio::signal::ctrl_c() => info!("interrupted"),
        _ = terminate.recv() => info!("terminated"),
        () = stop.cancelled() => info!("stopped"),
    }
    Ok(())
}

/// Workers fail, signals do not.
async fn run_until_stopped(stop: CancellationToken) -> Result<()> {
    tokio::select! {
        result = ingest() => result?,
        () = stop.cancelled() => info!("stopped"),
    }
    Ok(())
}

/// The end of the drain is the end of patience.
async fn drain(stop: CancellationToken) -> Result<()> {
    let mut last = tokio::spawn(async { tokio::time::sleep(Duration::from_secs(3)).await });
    stop.cancel();
    tokio::select! {
        _ = &mut last => info!("drained"),
        () = tokio::time::sleep(Duration::from_secs(10)) => warn!("giving up on the rest"),
    }
    Ok(())
}

/// Whatever arm it is, the loop goes on.
async fn run_for_ever() -> Result<()> {
    loop {
        tokio::select! {
            result = ingest() => warn!("ingest ended, starting again: {result:?}"),
            result = index() => warn!("index ended, starting again: {result:?}"),
        }
        tokio::time::sleep(Duration::from_secs(5)).await;
    }
}

/// The first answer wins: neither arm is a worker.
async fn fastest_mirror() -> Result<()> {
    async fn ask(mirror: &str) -> usize {
        tokio::time::sleep(Duration::from_millis(10)).await;
        mirror.len()
    }
    tokio::select! {
        size = ask("a.example") => info!(size),
        size = ask("b.example") => info!(size),
    }
    Ok(())
}

/// Each answer is handed on.
async fn join_and_hand_on() -> Result<()> {
    let (ingested, indexed) = tokio::join!(ingest(), index());
    ingested?;
    indexed
}

async fn join_and_fail() -> Result<()> {
    let (ingested, indexed) = tokio::join!(ingest(), index());
    if ingested.is_err() || indexed.is_err() {
        bail!("a worker has ended");
    }
    Ok(())
}

enum Order {
    Work(u32),
    Stop(String),
}

struct Agent {
    orders: tokio::sync::mpsc::Receiver<Order>,
}

impl Agent {
    async fn run(&mut self) {
        loop {
            tokio::select! {
                order = self.orders.recv() => {
                    let order = order.unwrap_or_else(|| std::process::exit(1));
                    if self.execute(order).await.is_none() {
                        break;
                    }
                }
                () = tokio::time::sleep(Duration::from_secs(60)) => info!("alive"),
            }
        }
    }

    async fn execute(&mut self, order: Order) -> Option<()> {
        match order {
            Order::Work(id) => {
                info!("working on {id}");
                Some(())
            }
            Order::Stop(reason) => {
                info!("stopping: {reason}");
                None
            }
        }
    }
}

/// It ends when it is told to.
async fn run_until_the_server_says_so(orders: tokio::sync::mpsc::Receiver<Order>) {
    let mut agent = Agent { orders };
    tokio::select! {
        result = ingest() => {
            error!("ingest ended: {result:?}");
            std::process::exit(1);
        }
        () = agent.run() => info!("the agent has stopped"),
    }
}

/// What is left to wait for after the stop.
async fn join_after_the_stop(stop: CancellationToken) -> Result<()> {
    let ingest = ingest();
    let index = index();
    stop.cancelled().await;
    let _ = tokio::join!(ingest, index);
    Ok(())
}

/// A library function that no main awaits.
pub async fn not_run_by_main() {
    tokio::select! {
        result = ingest() => warn!("ingest ended: {result:?}"),
        result = index() => warn!("index ended: {result:?}"),
    }
}

#[tokio::main]
async fn main() -> Result<()> {
    let stop = CancellationToken::new();
    fastest_mirror().await?;
    match std::env::args().nth(1).as_deref() {
        Some("a") => run_with_question_mark().await?,
        Some("b") => run_with_errors().await?,
        Some("c") => run_to_a_value().await?,
        Some("d") => run_to_a_value_and_tidy_up().await?,
        Some("e") => run_and_note_the_failure().await?,
        Some("f") => run_or_exit().await,
        Some("g") => run_or_give_up().await,
        Some("h") => run_until_stopped(stop.clone()).await?,
        Some("i") => join_and_hand_on().await?,
        Some("j") => join_and_fail().await?,
        Some("l") => run_until_the_server_says_so(tokio::sync::mpsc::channel(1).1).await,
        Some("k") => join_after_the_stop(stop.clone()).await?,
        _ => run_for_ever().await?,
    }
    wait_for_a_signal(&stop).await?;
    drain(stop).await
}
