//! What was found, and what readers made of it: a line a finding, so that two changes of it merge.
//!
//! Findings that were read stay when they are not found any more: if a benign one comes back, the reason why it is benign is
//! there, and what was right and is gone shows what a change of a lint has cost.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use taskguard_lints::LINTS;
use taskguard_lints::framework::Group;

use crate::run::Finding;

/// `findings.tsv`: entries by fingerprint.
pub struct Ledger {
    entries: BTreeMap<String, Entry>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The package or repository.
    pub source: String,
    pub lint: String,
    /// `src/main.rs:12`, or nothing where it is not found any more.
    pub place: Option<String>,
    pub fingerprint: String,
    /// Nothing where nobody has read it.
    pub reading: Option<Reading>,
}

/// What readers said who have read the code around a finding, as the maintainer of that code would.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    pub verdict: Verdict,
    /// What a second reader said who did not know the first verdict.
    pub second: Option<Verdict>,
    /// For what is benign: what taskguard did not see, in words that findings have in common.
    pub cause: String,
    /// Why, in one line.
    pub reason: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// True, and a defect to be mended now.
    Right,
    /// True, and worth acting on.
    Worth,
    /// Not true, or not worth acting on.
    Benign,
}

/// What a run has changed.
#[derive(Default)]
pub struct Change {
    pub new: Vec<Entry>,
    pub gone: Vec<Entry>,
}

const HEADER: &str = "# source\tlint\tplace\tfingerprint\tverdict\tsecond reader\tcause\treason";

/// The place of a finding that is gone.
const NOWHERE: &str = "-";

impl Ledger {
    /// A file that is not there is empty.
    pub fn read(path: &Path) -> Result<Self> {
        let text = match fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(error).with_context(|| format!("cannot read {}", path.display())),
        };
        Self::parse(&text).with_context(|| format!("cannot read {}", path.display()))
    }

    pub fn parse(text: &str) -> Result<Self> {
        let mut entries = BTreeMap::new();
        for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.starts_with('#')) {
            let entry = Entry::parse(line).with_context(|| format!("line {}", index + 1))?;
            if let Some(other) = entries.insert(entry.fingerprint.clone(), entry) {
                bail!("line {}: {} is there twice", index + 1, other.fingerprint);
            }
        }
        Ok(Self { entries })
    }

    pub fn write(&self, path: &Path) -> Result<()> {
        fs::write(path, self.to_string()).with_context(|| format!("cannot write {}", path.display()))
    }

    /// In the order of fingerprints, which is none.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.entries.values()
    }

    /// Takes in what was found in some sources, by name.
    pub fn update(&mut self, runs: BTreeMap<String, Vec<Finding>>) -> Change {
        let mut change = Change::default();
        let mut found = BTreeSet::new();
        let sources: BTreeSet<String> = runs.keys().cloned().collect();
        let findings = runs.into_iter().flat_map(|(source, findings)| {
            findings.into_iter().map(move |finding| (source.clone(), finding))
        });
        for (source, finding) in findings {
            let Finding { lint, place, fingerprint } = finding;
            // Some packages are published, and lie in one of the repositories too.
            if !found.insert(fingerprint.clone()) {
                continue;
            }
            match self.entries.get_mut(&fingerprint) {
                Some(known) if known.place.is_some() && known.source != source => {}
                Some(known) => {
                    if known.place.replace(place).is_none() {
                        change.new.push(known.clone());
                    }
                }
                None if is_policy(&lint) => {}
                None => {
                    let place = Some(place);
                    let entry =
                        Entry { source, lint, place, fingerprint: fingerprint.clone(), reading: None };
                    change.new.push(entry.clone());
                    self.entries.insert(fingerprint, entry);
                }
            }
        }
        self.entries.retain(|fingerprint, entry| {
            let is_gone = sources.contains(&entry.source) && !found.contains(fingerprint);
            if is_gone && entry.place.is_some() {
                change.gone.push(entry.clone());
                entry.place = None;
            }
            entry.place.is_some() || entry.reading.is_some()
        });
        change
    }
}

/// What a policy finds is no defect, and is everywhere: only what was read of it is kept.
fn is_policy(lint: &str) -> bool {
    LINTS.iter().any(|it| it.name == lint && it.lint.group == Group::Restriction)
}

impl fmt::Display for Ledger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut entries: Vec<&Entry> = self.entries().collect();
        entries.sort_by_key(|it| (&it.source, &it.lint, &it.fingerprint));
        writeln!(f, "{HEADER}")?;
        entries.into_iter().try_for_each(|entry| writeln!(f, "{entry}"))
    }
}

impl Entry {
    fn parse(line: &str) -> Result<Self> {
        let fields: Vec<&str> = line.split('\t').collect();
        let (found, reading) = match fields[..] {
            [source, lint, place, fingerprint] => ([source, lint, place, fingerprint], None),
            [source, lint, place, fingerprint, verdict, second, cause, reason] => {
                let reading = Reading::parse(verdict, second, cause, reason)?;
                ([source, lint, place, fingerprint], Some(reading))
            }
            _ => bail!("{} columns, not 4 or 8", fields.len()),
        };
        let [source, lint, place, fingerprint] = found.map(str::to_owned);
        Ok(Self { source, lint, place: (place != NOWHERE).then_some(place), fingerprint, reading })
    }
}

impl Reading {
    pub fn parse(verdict: &str, second: &str, cause: &str, reason: &str) -> Result<Self> {
        let verdict: Verdict = verdict.parse()?;
        if reason.is_empty() {
            bail!("a verdict has a reason");
        }
        if (verdict == Verdict::Benign) == cause.is_empty() {
            bail!("what is benign has a cause, and nothing else has");
        }
        let second = if second.is_empty() { None } else { Some(second.parse()?) };
        Ok(Self { verdict, second, cause: cause.to_owned(), reason: reason.to_owned() })
    }
}

impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { source, lint, place, fingerprint, reading } = self;
        write!(f, "{source}\t{lint}\t{}\t{fingerprint}", place.as_deref().unwrap_or(NOWHERE))?;
        match reading {
            Some(Reading { verdict, second, cause, reason }) => {
                let second = second.map_or("", Verdict::word);
                write!(f, "\t{}\t{second}\t{cause}\t{reason}", verdict.word())
            }
            None => Ok(()),
        }
    }
}

impl Verdict {
    const ALL: [Self; 3] = [Self::Right, Self::Worth, Self::Benign];

    pub fn is_worth_acting_on(self) -> bool {
        self != Self::Benign
    }

    fn word(self) -> &'static str {
        match self {
            Self::Right => "right",
            Self::Worth => "worth",
            Self::Benign => "benign",
        }
    }
}

impl std::str::FromStr for Verdict {
    type Err = anyhow::Error;

    fn from_str(word: &str) -> Result<Self> {
        let known = Self::ALL.into_iter().find(|verdict| verdict.word() == word);
        known.with_context(|| format!("`{word}` is no verdict: right, worth or benign"))
    }
}
