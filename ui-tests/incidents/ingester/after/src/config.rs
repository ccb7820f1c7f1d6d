//! What the environment says.

use anyhow::{Context, Result};

/// Hosts to read from, by kind of event.
#[derive(Clone, Debug)]
pub struct Config {
    pub firehose_hosts: Vec<String>,
    pub backfill_hosts: Vec<String>,
    pub labeler_hosts: Vec<String>,
    pub queue: String,
    pub mode: Mode,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Everything.
    All,
    /// Without the backfill, which is done once.
    Live,
}

impl Config {
    pub fn from_env() -> Result<Self> {
        Ok(Self {
            firehose_hosts: hosts("FIREHOSE_HOSTS"),
            backfill_hosts: hosts("BACKFILL_HOSTS"),
            labeler_hosts: hosts("LABELER_HOSTS"),
            queue: std::env::var("QUEUE").context("QUEUE is not set")?,
            mode: if std::env::var("MODE").as_deref() == Ok("live") { Mode::Live } else { Mode::All },
        })
    }
}

fn hosts(variable: &str) -> Vec<String> {
    let list = std::env::var(variable).unwrap_or_default();
    list.split(',').map(str::trim).filter(|host| !host.is_empty()).map(str::to_owned).collect()
}
