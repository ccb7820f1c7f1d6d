//! Baselines: findings that were there before somebody began to use taskguard, kept in a file.
//!
//! The file is made of the findings and of nothing else: an entry a line, sorted, without line numbers and dates. Two
//! branches that change it merge, by `merge=union` even where their lines are neighbours. Entries of what a run does not
//! look at are left alone.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{fs, io};

use taskguard_lints::framework::Level;

use crate::check::Report;
use crate::cli::{BaselineVerb, Options};
use crate::config::Config;
use crate::emit::{Message, Place, Sources, printed_path};
use crate::fingerprint::Fingerprint;
use crate::{files, git, known};

const NAME: &str = "taskguard-baseline.txt";
const HEADER: &str =
    "# taskguard baseline 1. Written by `cargo taskguard baseline update`: lint, file, item, tokens.";
/// What the header of any version begins with.
const MARK: &str = "# taskguard baseline ";
const VERSION: &str = "1";

#[derive(Debug)]
pub struct Baseline {
    path: PathBuf,
    /// The path as it is printed.
    name: String,
    /// Several that are equal are several findings.
    entries: Vec<Fingerprint>,
}

/// Does what a verb asks, after a check. Gives what to print.
pub fn run(
    verb: BaselineVerb,
    options: &Options,
    config: &Config,
    report: &Report,
) -> Result<String, Box<Message>> {
    let path = path(options, report);
    if verb == BaselineVerb::Create {
        return create(Baseline::new(path, report, known::fingerprints(&report.messages).cloned().collect()));
    }
    let old = Baseline::read(&path, report)?;
    let now: Vec<&Fingerprint> = known::fingerprints(&report.messages).collect();
    let before = &old.entries;
    let met = known::meet(before, &now, &|path| is_gone(report, path));
    let mut place = vec![None; before.len()];
    let pairs = met.iter().enumerate().filter_map(|(now, before)| before.map(|before| (before, now)));
    pairs.for_each(|(before, now)| place[before] = Some(now));
    let is_kept = |index: usize| !is_judged(report, config, &before[index]);
    match verb {
        BaselineVerb::Create => unreachable!("it was done above"),
        BaselineVerb::Show => Ok(show(report, before, &place, &is_kept)),
        BaselineVerb::Update => {
            // What is known keeps its line, so that the file changes no more than the findings do.
            let same = |now: &Fingerprint, index: Option<usize>| {
                index
                    .map(|index| &before[index])
                    .filter(|entry| entry.path == now.path && entry.item == now.item)
                    .cloned()
            };
            let current =
                now.iter().zip(&met).map(|(&now, &met)| same(now, met).unwrap_or_else(|| now.clone()));
            let unmet = (0..before.len()).filter(|&index| place[index].is_none() && is_kept(index));
            let entries = current.chain(unmet.map(|index| before[index].clone())).collect();
            old.replaced_by(entries)
        }
        BaselineVerb::Prune => {
            let kept = (0..before.len()).filter(|&index| place[index].is_some() || is_kept(index));
            let entries = kept.map(|index| before[index].clone()).collect();
            old.replaced_by(entries)
        }
    }
}

/// Hides the findings of a baseline. Gives what to say of its entries that are not found any more.
pub fn apply(
    path: &Path,
    options: &Options,
    config: &Config,
    report: &mut Report,
) -> Result<Vec<Message>, Box<Message>> {
    let baseline = Baseline::read(&report.project.cwd.join(path), report)?;
    let before = baseline.entries;
    // Files that are there are not renamed ones.
    let gone: BTreeSet<String> =
        before.iter().map(|it| it.path.clone()).filter(|path| is_gone(report, path)).collect();
    let why = format!("it is in the baseline `{}`", baseline.name);
    let unmet = known::hide(report, &before, &why, &|path| gone.contains(path));
    let stale: Vec<_> = unmet.into_iter().filter(|it| is_judged(report, config, it)).collect();
    report.summary.stale = stale.len();
    let said = stale.into_iter().map(|entry| {
        let item = if entry.item.is_empty() { String::new() } else { format!(", in `{}`", entry.item) };
        let text = format!("stale entry: `{}` is not found in `{}`{item} any more", entry.lint, entry.path);
        let message = Message::problem(&baseline.path, text).help("run `cargo taskguard baseline prune`");
        if options.deny_stale { message } else { message.harmless() }
    });
    Ok(said.collect())
}

fn path(options: &Options, report: &Report) -> PathBuf {
    match &options.baseline {
        Some(path) => report.project.cwd.join(path),
        None => report.project.root.join(NAME),
    }
}

fn is_gone(report: &Report, path: &str) -> bool {
    !report.project.root.join(path).exists()
}

/// Whether the run would have found a finding if it was still there: its lint ran, on its file, which could be read.
fn is_judged(report: &Report, config: &Config, entry: &Fingerprint) -> bool {
    let path = report.project.root.join(&entry.path);
    let has_problem = |message: &Message| match &message.place {
        _ if !message.is_problem() => false,
        Place::Path(odd) => path.starts_with(odd),
        Place::Span(span) => {
            report.sources().nth(span.file.0 as usize).is_some_and(|source| source.path() == path)
        }
        Place::Nowhere => true,
    };
    let levels = config.levels(&config.rules(&report.project, &path));
    levels.of_name(&entry.lint).is_none_or(|level| level != Level::Allow)
        && report.project.is_selected(&path)
        && !report.messages.iter().any(has_problem)
}

fn show(
    report: &Report,
    before: &[Fingerprint],
    place: &[Option<usize>],
    is_kept: &dyn Fn(usize) -> bool,
) -> String {
    let sources = Sources::new(report.sources(), &*report.project.cwd);
    let found: Vec<&Message> = report.messages.iter().filter(|it| it.fingerprint.is_some()).collect();
    let mut text = String::new();
    for (index, entry) in before.iter().enumerate() {
        let state = match place[index].map(|now| &found[now].place) {
            Some(Place::Span(span)) => {
                let start = sources.start(*span);
                format!("{}:{}:{}", sources.name(span.file), start.line, start.column)
            }
            _ if is_kept(index) => format!("{} (not checked)", entry.path),
            _ => format!("{} (stale)", entry.path),
        };
        let _ = writeln!(text, "{state} {} {}", entry.lint, entry.item);
    }
    text
}

fn create(baseline: Baseline) -> Result<String, Box<Message>> {
    if baseline.path.exists() {
        let text = format!("the baseline `{}` is there already", baseline.name);
        return Err(Box::new(
            Message::failure(text).help("`cargo taskguard baseline update` takes what is found now"),
        ));
    }
    files::write(&baseline.path, baseline.text().as_bytes())?;
    let mut text = format!("{}: {}\n", baseline.name, counted(baseline.entries.len()));
    if let Some(attributes) = let_git_merge(&baseline.path)? {
        let _ = writeln!(text, "{}: git merges the lines of two branches", attributes.display());
    }
    Ok(text)
}

/// Tells git to take the lines of both sides, unless it is told something already. Gives the file that was changed.
fn let_git_merge(baseline: &Path) -> Result<Option<PathBuf>, Box<Message>> {
    let (Some(folder), Some(name)) = (baseline.parent(), baseline.file_name()) else { return Ok(None) };
    let path = folder.join(".gitattributes");
    let name = name.to_string_lossy();
    let old = fs::read_to_string(&path).unwrap_or_default();
    let is_odd = name.contains(|c: char| c.is_whitespace() || "\"*?[]!#".contains(c));
    if git::root_around(folder).is_none() || is_odd || old.contains(&*name) || path.exists() && old.is_empty()
    {
        return Ok(None);
    }
    let line_break = if old.is_empty() || old.ends_with('\n') { "" } else { "\n" };
    files::write(&path, format!("{old}{line_break}/{name} merge=union\n").as_bytes())?;
    Ok(Some(path))
}

fn counted(entries: usize) -> String {
    format!("{entries} {}", if entries == 1 { "entry" } else { "entries" })
}

impl Baseline {
    fn new(path: PathBuf, report: &Report, entries: Vec<Fingerprint>) -> Self {
        let name = printed_path(&report.project.cwd, &path);
        Self { path, name, entries }
    }

    fn read(path: &Path, report: &Report) -> Result<Self, Box<Message>> {
        let mut baseline = Self::new(path.to_owned(), report, Vec::new());
        let text = fs::read_to_string(path).map_err(|error| {
            let message = Message::failure(format!("cannot read the baseline `{}`: {error}", baseline.name));
            Box::new(match error.kind() {
                io::ErrorKind::NotFound => message.help("`cargo taskguard baseline create` writes one"),
                _ => message,
            })
        })?;
        baseline.entries = parse(&text).map_err(|(line, why)| {
            let text = format!("the baseline `{}` cannot be understood at line {line}: {why}", baseline.name);
            Message::failure(text)
        })?;
        Ok(baseline)
    }

    fn replaced_by(&self, entries: Vec<Fingerprint>) -> Result<String, Box<Message>> {
        let new = Self { path: self.path.clone(), name: self.name.clone(), entries };
        let (lines_before, lines) = (self.lines(), new.lines());
        let added = lines.difference(&lines_before).count();
        let removed = lines_before.difference(&lines).count();
        // Also when nothing changed: two branches may have left the lines out of order.
        files::write(&new.path, new.text().as_bytes())?;
        Ok(format!("{}: {}, {added} added, {removed} removed\n", new.name, counted(lines.len())))
    }

    fn text(&self) -> String {
        let lines = self.lines();
        std::iter::once(HEADER)
            .chain(lines.iter().map(String::as_str))
            .flat_map(|line| [line, "\n"])
            .collect()
    }

    /// The lines of the file, sorted. Equal entries are numbered: two branches may both add the first of them.
    fn lines(&self) -> BTreeSet<String> {
        let mut lines = BTreeSet::new();
        for line in self.entries.iter().map(line) {
            let numbered = (2..).map(|number| format!("{line} {number}"));
            let free = std::iter::once(line.clone()).chain(numbered).find(|line| !lines.contains(line));
            lines.extend(free);
        }
        lines
    }
}

fn line(entry: &Fingerprint) -> String {
    let item = if entry.item.is_empty() { "-" } else { &entry.item };
    let Fingerprint { lint, path, identity, context, .. } = entry;
    format!("{lint} {} {item} {identity:08x}-{context:08x}", escaped(path))
}

/// A path without the characters that stand between the parts of a line.
fn escaped(path: &str) -> String {
    let mut text = String::new();
    for c in path.chars() {
        match c {
            '%' | ' ' | '\t' | '\n' | '\r' => {
                let _ = write!(text, "%{:02x}", u32::from(c));
            }
            c => text.push(c),
        }
    }
    text
}

fn unescaped(text: &str) -> Option<String> {
    let mut parts = text.split('%');
    let mut path = parts.next()?.to_owned();
    for part in parts {
        let code = u8::from_str_radix(part.get(..2)?, 16).ok()?;
        path.push(char::from(code));
        path.push_str(&part[2..]);
    }
    Some(path)
}

/// The entries of a file, or the line at which it is no baseline, and why.
fn parse(text: &str) -> Result<Vec<Fingerprint>, (usize, String)> {
    let mut lines = text.lines().enumerate().map(|(index, line)| (index + 1, line.trim_end()));
    let version = lines.next().and_then(|(_, first)| first.strip_prefix(MARK));
    match version.map(|version| version.split('.').next().unwrap_or_default()) {
        Some(VERSION) => {}
        Some(other) => return Err((1, format!("this version of taskguard does not know version {other}"))),
        None => return Err((1, format!("expected `{MARK}{VERSION}`"))),
    }
    let mut entries = Vec::new();
    // A line that both branches have added is one entry.
    let mut seen = BTreeSet::new();
    for (number, line) in lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#')) {
        if ["<<<<<<<", "=======", ">>>>>>>", "|||||||"].iter().any(|mark| line.starts_with(mark)) {
            return Err((
                number,
                "two branches were merged with a conflict: keep the lines of both".to_owned(),
            ));
        }
        let entry = entry(line).ok_or_else(|| (number, "expected lint, file, item and tokens".to_owned()))?;
        if seen.insert(line) {
            entries.push(entry);
        }
    }
    Ok(entries)
}

fn entry(line: &str) -> Option<Fingerprint> {
    let parts: Vec<&str> = line.split(' ').collect();
    let (lint, path, item, tokens) = match parts[..] {
        [lint, path, item, tokens] => (lint, path, item, tokens),
        [lint, path, item, tokens, number] if number.parse::<usize>().is_ok() => (lint, path, item, tokens),
        _ => return None,
    };
    let (identity, context) = tokens.split_once('-')?;
    let hash = |text: &str| u32::from_str_radix(text, 16).ok().filter(|_| text.len() == 8);
    Some(Fingerprint {
        lint: (!lint.is_empty()).then(|| lint.to_owned())?,
        path: unescaped(path)?,
        item: if item == "-" { String::new() } else { item.to_owned() },
        identity: hash(identity)?,
        context: hash(context)?,
        ordinal: 0,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        for (path, item) in [("src/a b%c\t.rs", ""), ("é.rs", "A::f")] {
            let entry = Fingerprint {
                lint: "blind_join".to_owned(),
                path: path.to_owned(),
                item: item.to_owned(),
                identity: 7,
                context: u32::MAX,
                ordinal: 0,
            };
            assert_eq!(super::entry(&line(&entry)), Some(entry));
        }
    }

    #[test]
    fn what_is_no_baseline_is_told_by_its_line() {
        let wrong = |text: &str| parse(text).unwrap_err();
        assert_eq!(wrong("").0, 1);
        assert_eq!(wrong("{}").0, 1);
        assert!(wrong("# taskguard baseline 2.").1.contains("version 2"));
        let file = |line: &str| format!("{HEADER}\na b.rs f 00000001-00000002\n\n# more\n{line}\n");
        assert_eq!(parse(&file("a b.rs - 00000001-00000002 2")).unwrap().len(), 2);
        assert_eq!(parse(&file("a b.rs f 00000001-00000002")).unwrap().len(), 1, "lines of two branches");
        for line in
            ["a b.rs f 1-2", "a b.rs f", "a b%.rs f 00000001-00000002", "a b f 00000001-00000002 x", "x"]
        {
            assert_eq!(wrong(&file(line)).0, 5, "{line}");
        }
        assert!(wrong(&file("<<<<<<< HEAD")).1.contains("conflict"));
    }
}
