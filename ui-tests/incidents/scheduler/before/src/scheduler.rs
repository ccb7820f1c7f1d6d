//! The loops of the rules and of the delivery.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Result;
use tracing::{info, warn};

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

    /// Runs the rules, and runs them anew when their file changes.
    pub async fn run(self) -> Result<()> {
        // ANCHOR: spawn
        tokio::spawn(deliver(self.chat.clone(), self.alerts.clone())); //~ dropped_join_handle
        // ANCHOR_END: spawn

        let mut modified = None;
        loop {
            //~^ uncancellable_loop
            let now = tokio::fs::metadata(&self.rules_file).await?.modified()?;
            if modified != Some(now) {
                modified = Some(now);
                self.start_rules().await?;
            }
            tokio::time::sleep(Duration::from_secs(10)).await;
        }
    }

    async fn start_rules(&self) -> Result<()> {
        let rules = rules::load(&self.rules_file).await?;
        info!("{} rules", rules.len());
        for rule in rules {
            // Each change of the rules stacks one more.
            tokio::spawn(evaluate(rule, self.alerts.clone())); //~ task_outlives_stop
        }
        Ok(())
    }
}

/// One rule, for ever.
async fn evaluate(rule: Rule, alerts: Arc<Alerts>) {
    loop {
        //~^ uncancellable_loop
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
        let alert = alerts.next().await?;
        while let Err(error) = alerts::send(&chat, &alert).await {
            //~^ retry_without_backoff
            warn!("not delivered, trying again: {error:#}");
        }
    }
}
// ANCHOR_END: deliver
