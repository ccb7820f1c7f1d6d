//! The loops of the rules and of the delivery.

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Result, bail};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use tracing::{error, info, warn};

use crate::alerts::{self, Alerts};
use crate::rules::{self, Rule};

pub struct Scheduler {
    rules_file: String,
    chat: String,
    alerts: Arc<Alerts>,
}

impl Scheduler {
    pub fn new(rules_file: String, chat: String) -> Self {
        Self { rules_file, chat, alerts: Arc::default() }
    }

    /// Runs the rules, and runs them anew when their file changes, until it is told to stop.
    pub async fn run(self, stop: CancellationToken) -> Result<()> {
        let mut delivery = tokio::spawn(deliver(self.chat.clone(), self.alerts.clone()));
        let mut rules = JoinSet::new();
        let mut modified = None;
        loop {
            let now = tokio::fs::metadata(&self.rules_file).await?.modified()?;
            if modified != Some(now) {
                modified = Some(now);
                rules.shutdown().await;
                self.start_rules(&mut rules).await?;
            }
            // ANCHOR: run
            tokio::select! {
                () = stop.cancelled() => break,
                ended = &mut delivery => {
                    ended??;
                    bail!("nothing is delivered any more");
                }
                Some(ended) = rules.join_next() => ended?,
                () = tokio::time::sleep(Duration::from_secs(10)) => {}
            }
            // ANCHOR_END: run
        }
        rules.shutdown().await;
        delivery.abort();
        Ok(())
    }

    async fn start_rules(&self, running: &mut JoinSet<()>) -> Result<()> {
        let rules = rules::load(&self.rules_file).await?;
        info!("{} rules", rules.len());
        for rule in rules {
            running.spawn(evaluate(rule, self.alerts.clone()));
        }
        Ok(())
    }
}

/// One rule, until its set is shut down.
async fn evaluate(rule: Rule, alerts: Arc<Alerts>) {
    loop {
        match rule.measure().await {
            Ok(value) if value > rule.limit => {
                alerts.add(&format!("{}: {value} is above {}", rule.name, rule.limit)).await;
            }
            Ok(_) => {}
            Err(error) => warn!("{}: {error:#}", rule.name),
        }
        tokio::time::sleep(rule.every).await;
    }
}

// ANCHOR: deliver
/// Delivers alerts, one after another.
async fn deliver(chat: String, alerts: Arc<Alerts>) -> Result<()> {
    loop {
        match alerts.next().await {
            Ok(alert) => deliver_one(&chat, &alert).await,
            Err(error) => error!("an alert is lost: {error:#}"),
        }
    }
}
// ANCHOR_END: deliver

/// Tries five times, with longer and longer pauses.
async fn deliver_one(chat: &str, alert: &str) {
    for attempt in 0..5 {
        let sent = tokio::time::timeout(Duration::from_secs(10), alerts::send(chat, alert)).await;
        match sent {
            Ok(Ok(())) => return,
            Ok(Err(error)) => warn!("not delivered: {error:#}"),
            Err(_) => warn!("not delivered: no answer"),
        }
        tokio::time::sleep(Duration::from_secs(1 << attempt)).await;
    }
    error!("given up on an alert: {alert}");
}
