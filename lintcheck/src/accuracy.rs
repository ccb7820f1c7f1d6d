//! How much of what is found is worth acting on, per lint, from the verdicts of readers.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde::Deserialize;
use taskguard_lints::framework::Group;
use taskguard_lints::{LINTS, NamedLint};

use crate::ledger::{Entry, Ledger, Reading, Verdict};
use crate::sources::Sources;
use crate::unread::Unread;

/// How often readers found a lint worth acting on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Precision {
    pub right: usize,
    pub worth: usize,
    pub benign: usize,
}

/// From how many readings on the admission rule is applied as it stands.
const ENOUGH: usize = 25;

/// Of the normal distribution, for an interval of 95 %.
const Z: f64 = 1.96;

impl Precision {
    pub fn read(self) -> usize {
        self.right + self.worth + self.benign
    }

    /// How many of the findings are worth acting on, from 0 to 1; not a number where none was read.
    pub fn share(self) -> f64 {
        (self.right + self.worth) as f64 / self.read() as f64
    }

    /// The lowest and highest share that the readings are compatible with: the interval of Wilson, which holds for few
    /// readings and for shares near one.
    pub fn interval(self) -> (f64, f64) {
        let (n, share, z2) = (self.read() as f64, self.share(), Z * Z);
        let middle = (share + z2 / (2.0 * n)) / (1.0 + z2 / n);
        let half = Z / (1.0 + z2 / n) * (share * (1.0 - share) / n + z2 / (4.0 * n * n)).sqrt();
        ((middle - half).max(0.0), (middle + half).min(1.0))
    }

    /// Whether the readings carry the group that a lint is in. Few readings prove nothing: then what was read must not
    /// speak against it.
    pub fn carries(self, group: Group) -> bool {
        let (wanted, at_least) = match group {
            Group::Correctness => (0.97, 0.90),
            Group::Suspicious => (0.90, 0.80),
            Group::Pedantic | Group::Restriction | Group::Nursery => return true,
        };
        match self.read() {
            0 => true,
            ENOUGH.. => self.share() >= wanted && self.interval().0 >= at_least,
            _ => self.interval().1 >= wanted,
        }
    }

    fn add(&mut self, verdict: Verdict) {
        let count = match verdict {
            Verdict::Right => &mut self.right,
            Verdict::Worth => &mut self.worth,
            Verdict::Benign => &mut self.benign,
        };
        *count += 1;
    }
}

/// What was read of the findings of today, by lint; all lints, also those of which nothing was read.
pub fn precisions(ledger: &Ledger) -> BTreeMap<&'static str, Precision> {
    let mut precisions: BTreeMap<&str, Precision> =
        LINTS.iter().map(|lint| (lint.name, Precision::default())).collect();
    for (entry, reading) in readings(ledger).filter(|(entry, _)| entry.place.is_some()) {
        if let Some(precision) = precisions.get_mut(&*entry.lint) {
            precision.add(reading.verdict);
        }
    }
    precisions
}

fn readings(ledger: &Ledger) -> impl Iterator<Item = (&Entry, &Reading)> {
    ledger.entries().filter_map(|entry| Some((entry, entry.reading.as_ref()?)))
}

/// `measured.toml`: what is measured by other means than reading findings.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Measured {
    date: String,
    recall: BTreeMap<String, Recall>,
    endurance: Vec<String>,
}

/// How many known defects of a class are found.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Recall {
    defects: usize,
    by_default: usize,
    with_all_lints: usize,
    repairs: usize,
    silent_repairs: usize,
}

/// Writes the documents that are made of the verdicts.
pub fn write(root: &Path) -> Result<()> {
    for (path, text) in documents(root)? {
        let path = root.join(path);
        fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}

/// The documents that are made of the verdicts, by path.
pub fn documents(root: &Path) -> Result<[(&'static str, String); 2]> {
    let folder = root.join("lintcheck");
    let ledger = Ledger::read(&folder.join("findings.tsv"))?;
    let sources = Sources::read(&folder.join("sources.toml"))?;
    let path = folder.join("measured.toml");
    let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let measured = toml::from_str(&text).with_context(|| format!("cannot read {}", path.display()))?;
    let unread = Unread::read(&folder)?;
    Ok([
        ("docs/accuracy.md", page(&ledger, &sources, &unread, &measured)?),
        ("src/precision.tsv", table(&ledger)),
    ])
}

/// For output formats that say how far to trust a lint.
fn table(ledger: &Ledger) -> String {
    let mut text = "# lint\tfindings read\tworth acting on; made by `cargo lintcheck accuracy`\n".to_owned();
    for (lint, it) in precisions(ledger).into_iter().filter(|(_, it)| it.read() > 0) {
        text += &format!("{lint}\t{}\t{}\n", it.read(), it.right + it.worth);
    }
    text
}

fn page(ledger: &Ledger, sources: &Sources, unread: &Unread, measured: &Measured) -> Result<String> {
    let mut page = INTRODUCTION.to_owned();
    let (packages, repositories) = (sources.packages(), sources.repositories());
    let (version, date) = (env!("CARGO_PKG_VERSION"), &measured.date);
    writeln!(page, "Version {version}, {date}: {packages} packages and {repositories} repositories.\n")?;
    write_precision(&mut page, ledger)?;
    write_unread(&mut page, unread)?;
    write_agreement(&mut page, ledger)?;
    write_causes(&mut page, ledger)?;
    write_recall(&mut page, &measured.recall)?;
    write!(page, "{ENDURANCE}")?;
    measured.endurance.iter().try_for_each(|line| writeln!(page, "- {line}"))?;
    Ok(page)
}

fn write_precision(page: &mut String, ledger: &Ledger) -> Result<()> {
    *page +=
        "| lint | group | read | right | worth | benign | precision | 95 % interval | carries its group |\n";
    *page += "|---|---|---:|---:|---:|---:|---:|---|---|\n";
    let precisions = precisions(ledger);
    let mut lints: Vec<&NamedLint> = LINTS.iter().filter(|lint| lint.lint.is_on_code()).collect();
    lints.sort_by_key(|lint| (lint.lint.group, lint.name));
    for lint in &lints {
        let (it, group) = (precisions[lint.name], lint.lint.group);
        let carries = match (it.read(), it.carries(group)) {
            _ if !matches!(group, Group::Correctness | Group::Suspicious) => "",
            (ENOUGH.., true) => "yes",
            (_, true) => "too few to tell",
            (_, false) => "no",
        };
        writeln!(page, "| `{}` | {} | {} | {carries} |", lint.name, group.name(), cells(it))?;
    }
    let by_default = lints.iter().filter(|lint| lint.lint.group == Group::Suspicious);
    let sum = by_default.map(|lint| precisions[lint.name]).fold(Precision::default(), |sum, it| Precision {
        right: sum.right + it.right,
        worth: sum.worth + it.worth,
        benign: sum.benign + it.benign,
    });
    writeln!(page, "| all that warn by default | | {} | |", cells(sum))?;
    let gone: Vec<&Reading> =
        readings(ledger).filter(|(entry, _)| entry.place.is_none()).map(|(_, reading)| reading).collect();
    if !gone.is_empty() {
        let worth = gone.iter().filter(|reading| reading.verdict.is_worth_acting_on()).count();
        writeln!(
            page,
            "\nOther {} findings were read that changes of the lints have removed since: {} benign ones, and {worth} that were\nworth acting on.",
            gone.len(),
            gone.len() - worth
        )?;
    }
    Ok(())
}

/// What to expect of code that the lints were not mended for, by batch and by lint.
fn write_unread(page: &mut String, unread: &Unread) -> Result<()> {
    *page += UNREAD;
    let mut lints: BTreeMap<&str, Precision> = BTreeMap::new();
    let mut causes: BTreeMap<&str, usize> = BTreeMap::new();
    for (batch, number) in unread.batches.iter().zip(1..) {
        let mut sum = Precision::default();
        for (lint, reading) in &batch.readings {
            sum.add(reading.verdict);
            lints.entry(lint).or_default().add(reading.verdict);
            if reading.verdict == Verdict::Benign {
                *causes.entry(&reading.cause).or_default() += 1;
            }
        }
        let (date, repositories) = (&batch.date, batch.repositories.len());
        writeln!(page, "| batch {number} ({date}), {repositories} repositories | {} |", cells(sum))?;
    }
    lints.iter().try_for_each(|(lint, it)| writeln!(page, "| `{lint}` in all of them | {} |", cells(*it)))?;
    let mut causes: Vec<(usize, &str)> = causes.into_iter().map(|(cause, count)| (count, cause)).collect();
    causes.sort_by_key(|&(count, cause)| (std::cmp::Reverse(count), cause));
    let causes: Vec<String> = causes.iter().map(|(count, cause)| format!("{cause} ({count})")).collect();
    writeln!(page, "\nWhy the benign ones are benign: {}.", causes.join(", "))?;
    Ok(())
}

fn cells(it: Precision) -> String {
    let Precision { right, worth, benign } = it;
    if it.read() == 0 {
        return "0 | | | | |".to_owned();
    }
    let ((lowest, highest), share) = (it.interval(), percent(it.share()));
    let interval = format!("{} to {}", percent(lowest), percent(highest));
    format!("{} | {right} | {worth} | {benign} | {share} | {interval}", it.read())
}

fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}

/// How far two readers who do not know of each other come to the same verdict.
fn write_agreement(page: &mut String, ledger: &Ledger) -> Result<()> {
    let pairs = readings(ledger).filter_map(|(_, reading)| Some((reading.verdict, reading.second?)));
    let pairs = pairs.map(|(one, other)| (one.is_worth_acting_on(), other.is_worth_acting_on()));
    let pairs: Vec<(bool, bool)> = pairs.collect();
    if pairs.is_empty() {
        return Ok(());
    }
    let share = |is_meant: fn(&(bool, bool)) -> bool| {
        pairs.iter().filter(|pair| is_meant(pair)).count() as f64 / pairs.len() as f64
    };
    let (first, second, agreed) =
        (share(|pair| pair.0), share(|pair| pair.1), share(|pair| pair.0 == pair.1));
    let by_chance = first * second + (1.0 - first) * (1.0 - second);
    writeln!(
        page,
        "\n## Agreement\n\n{} findings, drawn at random, were read a second time by readers who did not know the first verdict. On\nwhether to act, both agree in {}; Cohen's kappa is {:.2}. The first found {} worth acting on, the second {}.",
        pairs.len(),
        percent(agreed),
        (agreed - by_chance) / (1.0 - by_chance),
        percent(first),
        percent(second)
    )?;
    Ok(())
}

/// Why findings of today are benign, most common first.
fn write_causes(page: &mut String, ledger: &Ledger) -> Result<()> {
    let mut causes: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
    let lints: BTreeMap<&str, Group> = LINTS.iter().map(|lint| (lint.name, lint.lint.group)).collect();
    for (entry, reading) in readings(ledger) {
        // Policies say nothing of the code that could be wrong.
        let is_policy = lints.get(&*entry.lint) == Some(&Group::Restriction);
        if entry.place.is_some() && reading.verdict == Verdict::Benign && !is_policy {
            *causes.entry(&reading.cause).or_default().entry(&entry.lint).or_default() += 1;
        }
    }
    let mut causes: Vec<_> =
        causes.into_iter().map(|(cause, it)| (it.values().sum::<usize>(), cause, it)).collect();
    causes.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
    if causes.is_empty() {
        return Ok(());
    }
    *page += CAUSES;
    for (count, cause, lints) in causes {
        let lints: Vec<String> = lints.iter().map(|(lint, count)| format!("`{lint}` {count}")).collect();
        writeln!(page, "| {cause} | {count} | {} |", lints.join(", "))?;
    }
    Ok(())
}

fn write_recall(page: &mut String, classes: &BTreeMap<String, Recall>) -> Result<()> {
    *page += RECALL;
    let mut sum = Recall::default();
    for (class, it) in classes {
        sum.defects += it.defects;
        sum.by_default += it.by_default;
        sum.with_all_lints += it.with_all_lints;
        sum.repairs += it.repairs;
        sum.silent_repairs += it.silent_repairs;
        writeln!(page, "| `{class}` | {} |", recall_cells(it))?;
    }
    writeln!(page, "| all | {} |", recall_cells(&sum))?;
    Ok(())
}

fn recall_cells(it: &Recall) -> String {
    let Recall { defects, by_default, with_all_lints, repairs, silent_repairs } = it;
    format!("{defects} | {by_default} | {with_all_lints} | {silent_repairs} of {repairs}")
}

const INTRODUCTION: &str = "\
# Accuracy

<!-- Made by `cargo lintcheck accuracy` from lintcheck/findings.tsv, lintcheck/unread.tsv and
lintcheck/measured.toml. -->

A finding is believed, or it is noise. So taskguard runs with all lints on over published packages at exact versions and
public services at exact commits ([`sources.toml`](../lintcheck/sources.toml)). Of what it finds, everything that warns by
default and a random part of the rest is read in its context and judged as the maintainer of that code would: *right* (true,
and a defect to be mended now), *worth* acting on, or *benign*. Precision is the share of the first two. Each verdict stands
with its reason in [`findings.tsv`](../lintcheck/findings.tsv); `cargo lintcheck` runs everything again and says what has
changed.

A lint of the group `suspicious`, which warns by default, must be worth acting on in nine of ten cases, and the lower end of
the interval must be at least 80 %. A test holds it to that from 25 readings on; with fewer, what was read must not speak
against it. The other groups are silent until asked for; `restriction` holds policies, whose findings are no claims that
something is wrong.

Lints are mended for what is learnt from these readings. So a table that was made after that is kinder to them than code would
be that nobody has read; what a mend has removed is counted below it.

## Precision

";

const UNREAD: &str = "
## On code that nobody had read

What to expect of the next project. Public services are drawn without a look at their code, run over once with the lints as they
are, and all that warns by default is read before anything is mended for it ([`unread.tsv`](../lintcheck/unread.tsv),
[`unread.toml`](../lintcheck/unread.toml)). What was wrong in one batch has been mended for before the next.

| | read | right | worth | benign | precision | 95 % interval |
|---|---:|---:|---:|---:|---:|---|
";

const CAUSES: &str = "
## Where findings are wrong

Why the benign findings of the table above, policies apart, are benign, by what taskguard did not see.

| cause | findings | of |
|---|---:|---|
";

const RECALL: &str = "
## Recall

Known defects of public repositories, each with the commit that repaired it: how many are found in the commit before, and
how many of the repaired places are silent afterwards. These repositories were there while the lints were written.

| class of defect | defects | found by default | found with all lints | silent repairs |
|---|---:|---:|---:|---:|
";

const ENDURANCE: &str = "
## At scale

What `cargo lintcheck endure` and the fuzzer of the lints (`lints/tests/fuzz.rs`) last said:

";
