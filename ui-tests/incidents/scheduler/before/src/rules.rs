//! Rules and what they measure.

use std::time::Duration;

use anyhow::{Context, Result};

/// One rule: when a value is above the limit, somebody should know.
#[derive(Clone, Debug)]
pub struct Rule {
    pub name: String,
    pub file: String,
    pub limit: f64,
    pub every: Duration,
}

impl Rule {
    pub async fn measure(&self) -> Result<f64> {
        let text = tokio::fs::read_to_string(&self.file).await.with_context(|| self.file.clone())?;
        text.trim().parse().with_context(|| format!("{} holds no number", self.file))
    }
}

/// Reads the rules: one a line, `name file limit seconds`.
pub async fn load(path: &str) -> Result<Vec<Rule>> {
    let text = tokio::fs::read_to_string(path).await.with_context(|| format!("cannot read {path}"))?;
    text.lines().map(parse).collect()
}

fn parse(line: &str) -> Result<Rule> {
    let mut words = line.split_whitespace();
    let mut next = || words.next().with_context(|| format!("incomplete rule: {line}"));
    Ok(Rule {
        name: next()?.to_owned(),
        file: next()?.to_owned(),
        limit: next()?.parse()?,
        every: Duration::from_secs(next()?.parse()?),
    })
}
