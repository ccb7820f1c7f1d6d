//! Watches numbers and tells when they are too high.

mod alerts;
mod rules;
mod scheduler;

use anyhow::{Context, Result};
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;
use tracing::{error, info};

use crate::scheduler::Scheduler;

#[tokio::main]
async fn main() -> Result<()> {
    tracing_subscriber::fmt::init();
    std::panic::set_hook(Box::new(|panic| error!("{panic}")));
    let rules = std::env::var("RULES").context("RULES is not set")?;
    let chat = std::env::var("CHAT").context("CHAT is not set")?;

    let stop = CancellationToken::new();
    let mut terminate = signal(SignalKind::terminate())?;
    let scheduler = Scheduler::new(rules, chat).run(stop.clone());
    tokio::pin!(scheduler);
    tokio::select! {
        result = &mut scheduler => return result,
        _ = tokio::signal::ctrl_c() => info!("interrupted"),
        _ = terminate.recv() => info!("terminated"),
    }
    stop.cancel();
    scheduler.await
}
