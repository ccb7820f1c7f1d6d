//! Watches numbers and tells when they are too high.

mod alerts;
mod rules;
mod scheduler;

use anyhow::{Context, Result};

use crate::scheduler::Scheduler;

#[tokio::main]
async fn main() -> Result<()> { //~ missing_panic_hook missing_shutdown_signal
    tracing_subscriber::fmt::init();
    let rules = std::env::var("RULES").context("RULES is not set")?;
    let chat = std::env::var("CHAT").context("CHAT is not set")?;
    Scheduler::new(rules, chat).run().await
}
