//! Code for benchmarks: a service of any size, the same in every run. What is in it is what is in real ones: mostly
//! functions that nothing is looked for in, some that wait, a few that start tasks or turn for ever.

use std::fmt::Write as _;

/// The lines of a file, about.
pub const LINES: usize = 150;

/// The files of a service of about so many lines: path and text.
pub fn service(lines: usize) -> Vec<(String, String)> {
    let count = (lines / LINES).max(1);
    let modules: String = (0..count).map(|index| format!("mod part_{index};\n")).collect();
    let main = format!(
        "//! A service.\n\n{modules}\n#[tokio::main]\nasync fn main() -> anyhow::Result<()> {{\n    \
         let config = part_0::Config0::default();\n    part_0::run_0(config).await\n}}\n"
    );
    let parts = (0..count).map(|index| (format!("src/part_{index}.rs"), part(index, count)));
    std::iter::once(("src/main.rs".to_owned(), main)).chain(parts).collect()
}

fn part(index: usize, count: usize) -> String {
    let other = (index * 7 + 1) % count;
    let mut text = HEAD.replace("OTHER", &other.to_string()).replace("NUMBER", &index.to_string());
    for function in 0..6 {
        let template = PLAIN[(index + function) % PLAIN.len()];
        let name = format!("step_{index}_{function}");
        _ = write!(text, "{}", template.replace("NAME", &name).replace("NUMBER", &index.to_string()));
    }
    // Every eighth file has a worker of its own.
    let worker = if index.is_multiple_of(8) { WORKER } else { HELPER };
    text + &worker.replace("NUMBER", &index.to_string())
}

const HEAD: &str = r#"//! Part NUMBER of the service.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use tracing::{debug, error, info, warn};

use crate::part_OTHER::ConfigOTHER;

/// What part NUMBER is told from outside.
#[derive(Clone, Debug, Default)]
pub struct ConfigNUMBER {
    pub name: String,
    pub limits: HashMap<String, u64>,
    pub pause: Option<Duration>,
    other: Option<Arc<ConfigOTHER>>,
}

#[derive(Debug)]
pub enum StateNUMBER {
    Idle,
    Busy { since: u64, items: Vec<String> },
    Failed(String),
}

impl ConfigNUMBER {
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }

    pub fn limit(&self, key: &str) -> u64 {
        self.limits.get(key).copied().unwrap_or(100)
    }

    pub fn with_other(mut self, other: Arc<ConfigOTHER>) -> Self {
        self.other = Some(other);
        self
    }
}

"#;

const PLAIN: &[&str] = &[
    r#"/// Adds up what is given, as far as it is allowed.
pub fn NAME(values: &[u64], config: &ConfigNUMBER) -> u64 {
    let limit = config.limit("sum");
    let mut sum = 0;
    for value in values {
        if *value > limit {
            debug!(value, limit, "too much");
            continue;
        }
        sum += value * 2 + 1;
    }
    sum
}

"#,
    r#"/// Tells what a state is called.
pub fn NAME(state: &StateNUMBER) -> String {
    match state {
        StateNUMBER::Idle => "idle".to_owned(),
        StateNUMBER::Busy { since, items } if items.is_empty() => format!("busy since {since}"),
        StateNUMBER::Busy { since, items } => format!("busy since {since} with {}", items.join(", ")),
        StateNUMBER::Failed(why) => format!("failed: {why}"),
    }
}

"#,
    r#"pub fn NAME(lines: &str) -> Result<HashMap<String, u64>> {
    let mut found = HashMap::new();
    for (number, line) in lines.lines().enumerate() {
        let Some((key, value)) = line.split_once('=') else { bail!("line {number} has no value") };
        let value = value.trim().parse().with_context(|| format!("line {number}"))?;
        found.insert(key.trim().to_owned(), value);
    }
    Ok(found)
}

"#,
    r#"pub async fn NAME(path: &str) -> Result<Vec<String>> {
    let text = tokio::fs::read_to_string(path).await.context("cannot be read")?;
    let lines: Vec<String> = text.lines().map(|line| line.trim().to_owned()).filter(|it| !it.is_empty()).collect();
    info!(count = lines.len(), "read");
    Ok(lines)
}

"#,
];

const HELPER: &str = r#"pub async fn run_NUMBER(config: ConfigNUMBER) -> Result<()> {
    let text = tokio::fs::read_to_string(&config.name).await?;
    if text.is_empty() {
        warn!("there is nothing in {}", config.name);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_have_a_default() {
        assert_eq!(ConfigNUMBER::new("a").limit("b"), 100);
    }
}
"#;

const WORKER: &str = r#"pub async fn run_NUMBER(config: ConfigNUMBER) -> Result<()> {
    let (sender, mut receiver) = tokio::sync::mpsc::channel::<String>(16);
    let pause = config.pause.unwrap_or(Duration::from_secs(1));
    let producer = tokio::spawn(async move {
        loop {
            tokio::time::sleep(pause).await;
            if sender.send("tick".to_owned()).await.is_err() {
                return;
            }
        }
    });
    tokio::select! {
        result = producer => result.context("the producer is gone")?,
        _ = consume_NUMBER(&mut receiver) => {}
    }
    Ok(())
}

async fn consume_NUMBER(receiver: &mut tokio::sync::mpsc::Receiver<String>) {
    while let Some(item) = receiver.recv().await {
        if let Err(error) = handle_NUMBER(&item).await {
            error!(%error, "an item is lost");
        }
    }
}

async fn handle_NUMBER(item: &str) -> Result<()> {
    tokio::fs::write("last", item).await?;
    Ok(())
}
"#;
