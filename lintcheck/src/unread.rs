//! What was found in code that nobody had read, and what readers made of it before anything was mended for it: how far to
//! trust a lint on the next project.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;

use crate::ledger::Reading;

/// What was drawn, in the order of batches.
pub struct Unread {
    pub batches: Vec<Batch>,
}

pub struct Batch {
    /// When it was read.
    pub date: String,
    /// The commit of each repository, those with nothing to find included.
    pub repositories: BTreeMap<String, String>,
    /// What was made of each finding that warns by default, with its lint.
    pub readings: Vec<(String, Reading)>,
}

/// `unread.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Drawn {
    batch: Vec<DrawnBatch>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DrawnBatch {
    date: String,
    repositories: BTreeMap<String, String>,
}

impl Unread {
    /// What a folder says in `unread.toml` (what was drawn) and `unread.tsv` (what was found).
    pub fn read(folder: &Path) -> Result<Self> {
        let text = |name: &str| {
            let path = folder.join(name);
            fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))
        };
        Self::parse(&text("unread.toml")?, &text("unread.tsv")?).context("cannot read lintcheck/unread")
    }

    pub fn parse(drawn: &str, found: &str) -> Result<Self> {
        let drawn: Drawn = toml::from_str(drawn)?;
        let batch =
            |it: DrawnBatch| Batch { date: it.date, repositories: it.repositories, readings: Vec::new() };
        let mut batches: Vec<Batch> = drawn.batch.into_iter().map(batch).collect();
        for (index, line) in found.lines().enumerate().filter(|(_, line)| !line.starts_with('#')) {
            Self::add(&mut batches, line).with_context(|| format!("line {}", index + 1))?;
        }
        Ok(Self { batches })
    }

    fn add(batches: &mut [Batch], line: &str) -> Result<()> {
        let [source, lint, _place, verdict, cause, reason] = line.split('\t').collect::<Vec<_>>()[..] else {
            bail!("not six columns");
        };
        let reading = Reading::parse(verdict, "", cause, reason)?;
        let mut drawn = batches.iter_mut().filter(|batch| batch.repositories.contains_key(source));
        let batch = drawn.next().with_context(|| format!("{source} was not drawn"))?;
        ensure!(drawn.next().is_none(), "{source} was drawn twice: the second time it had been read");
        batch.readings.push((lint.to_owned(), reading));
        Ok(())
    }
}
