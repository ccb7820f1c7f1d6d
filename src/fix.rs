//! Changes to files: suggestions that are applied, and suppressions that are added.
//!
//! The rules are those of rustfix: a suggestion is applied as a whole or not at all, one that overlaps another waits for
//! the next round, and a file whose new text reads worse than the old one is left as it is.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use similar::TextDiff;
use taskguard_lints::framework::{Applicability, Level, Suggestion};
use taskguard_lints::source::{FileId, LineIndex, SourceFile, TextRange};
use toml::de::DeTable;

use crate::check::Report;
use crate::cli::Changes;
use crate::config::{Config, LevelsOfRules};
use crate::emit::{Message, Place, printed_path};
use crate::files;

/// How often files are fixed and read again: what overlapped in one round is applied in the next.
pub const ROUNDS: usize = 8;

/// A new text for a file.
#[derive(Debug)]
pub struct Change {
    pub path: PathBuf,
    old: String,
    new: String,
    /// How many findings it settles.
    pub findings: usize,
}

/// What is to be changed, and why some of it is not.
#[derive(Debug, Default)]
pub struct Plan {
    pub changes: Vec<Change>,
    pub refused: Vec<Message>,
}

impl Change {
    /// Writes the new text, unless somebody else has changed the file since it was read.
    pub fn write(&self) -> Result<(), Box<Message>> {
        if fs::read(&self.path).ok().as_deref() != Some(self.old.as_bytes()) {
            let text = "this file has changed while it was checked, and is left as it is";
            return Err(Box::new(Message::problem(&self.path, text)));
        }
        files::write(&self.path, self.new.as_bytes())
    }

    /// As `git diff` prints it.
    pub fn diff(&self, base: &Path) -> String {
        let name = printed_path(base, &self.path);
        let diff = TextDiff::from_lines(&self.old, &self.new);
        diff.unified_diff().header(&format!("a/{name}"), &format!("b/{name}")).to_string()
    }
}

/// The suggestions of the findings that can be applied: those that are right by all means, or also those that may not be.
pub fn suggestions(report: &Report, also_unsafe: bool) -> Plan {
    let is_wanted = |suggestion: &&Suggestion| match suggestion.applicability {
        Applicability::MachineApplicable => true,
        Applicability::MaybeIncorrect => also_unsafe,
        Applicability::HasPlaceholders => false,
    };
    let mut edits = Edits::default();
    for message in &report.messages {
        // Several suggestions of one finding are different ways to the same end.
        let mut wanted = message.suggestions.iter().filter(is_wanted);
        wanted.any(|suggestion| edits.take(suggestion));
    }
    edits.plan(report)
}

/// Lints about suppressions: one more suppression is no answer to them.
pub const ABOUT_SUPPRESSIONS: [&str; 3] =
    ["unused_suppression", "suppression_without_reason", "unknown_lint"];

/// Where a suppression is put.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Position {
    /// On a line of its own: it covers what begins below.
    Above,
    /// At the end of the line, which it covers as a whole: for what begins in the middle of a line.
    Behind,
}

/// A suppression, with this reason, for the line of each finding in code.
pub fn suppressed(report: &Report, config: &Config, reason: &str, position: Position) -> Plan {
    let mut levels = LevelsOfRules::new(config);
    let mut lints: BTreeMap<(FileId, u32), Vec<&'static str>> = BTreeMap::new();
    for message in &report.messages {
        let (Some(lint), Place::Span(span)) = (message.lint, &message.place) else { continue };
        let Some(file) = report.files.get(span.file.0 as usize) else { continue };
        let is_forbidden =
            levels.of(config.rules(&report.project, file.source.path())).of_name(lint) == Some(Level::Forbid);
        if !is_forbidden && !ABOUT_SUPPRESSIONS.contains(&lint) {
            lints.entry((span.file, span.range.start)).or_default().push(lint);
        }
    }
    let mut by_line: BTreeMap<(FileId, usize), (TextRange, Vec<&'static str>)> = BTreeMap::new();
    let mut index: Option<(FileId, LineIndex)> = None;
    for ((file, place), lints) in lints {
        let text = &report.files[file.0 as usize].source.text;
        let (_, lines) = match index.take() {
            Some(known) if known.0 == file => index.insert(known),
            _ => index.insert((file, LineIndex::new(text))),
        };
        let line = lines.line(place);
        let range = lines.line_range(text, line);
        by_line.entry((file, line)).or_insert((range, Vec::new())).1.extend(lints);
    }
    let mut edits = Edits::default();
    for ((file, _), (line, mut lints)) in by_line {
        let text = &report.files[file.0 as usize].source.text;
        let findings = lints.len();
        lints.sort_unstable();
        lints.dedup();
        let comment = format!("// taskguard: allow({}) -- {reason}", lints.join(", "));
        let (at, comment) = commented(text, line, &comment, position);
        edits.insert(file, at, comment, findings);
    }
    edits.plan(report)
}

/// What to put where, for a comment to stand above or behind a line.
pub fn commented(text: &str, line: TextRange, comment: &str, position: Position) -> (u32, String) {
    match position {
        Position::Above => {
            // A byte order mark stays in front of all.
            let bom = if line.start == 0 && text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
            let start = line.start + bom as u32;
            (start, line_above(text, start as usize, comment))
        }
        Position::Behind => (line.end, format!(" {comment}")),
    }
}

/// A comment on a line of its own, indented and ended as the line that starts here.
fn line_above(text: &str, start: usize, comment: &str) -> String {
    let line = text[start..].split_inclusive('\n').next().unwrap_or_default();
    let code = line.trim_start_matches([' ', '\t']);
    let indent = &line[..line.len() - code.len()];
    let end = if line.ends_with("\r\n") { "\r\n" } else { "\n" };
    format!("{indent}{comment}{end}")
}

/// Edits of several files, none overlapping another.
#[derive(Default)]
struct Edits {
    files: BTreeMap<FileId, FileEdits>,
}

#[derive(Default)]
struct FileEdits {
    /// By start: the end, and the text to put there.
    edits: BTreeMap<u32, (u32, String)>,
    findings: usize,
}

impl FileEdits {
    /// Whether an edit can be made beside those that were taken. The very same edit can.
    fn has_room_for(&self, start: u32, end: u32, replacement: &str) -> bool {
        if self.edits.get(&start).is_some_and(|(known_end, known)| *known_end == end && known == replacement)
        {
            return true;
        }
        // Two texts put in at one place would have no order.
        let touches = |(&other_start, (other_end, _)): (&u32, &(u32, String))| {
            let both_empty_or_meet = start == other_start || end == other_start && start == end;
            both_empty_or_meet || start < *other_end && other_start < end
        };
        let before = self.edits.range(..=start).next_back();
        let after = self.edits.range(start..).next();
        !before.into_iter().chain(after).any(touches)
    }
}

impl Edits {
    /// Takes all edits of a suggestion, or none.
    fn take(&mut self, suggestion: &Suggestion) -> bool {
        let has_room = |file: FileId, start, end, text: &str| {
            self.files.get(&file).is_none_or(|edits| edits.has_room_for(start, end, text))
        };
        let edits = || suggestion.edits.iter();
        let fits = edits().all(|edit| {
            has_room(edit.span.file, edit.span.range.start, edit.span.range.end, &edit.replacement)
        });
        let Some(first) = suggestion.edits.first().filter(|_| fits) else { return false };
        for edit in edits() {
            let file = self.files.entry(edit.span.file).or_default();
            file.edits.insert(edit.span.range.start, (edit.span.range.end, edit.replacement.clone()));
        }
        self.files.entry(first.span.file).or_default().findings += 1;
        true
    }

    fn insert(&mut self, file: FileId, at: u32, text: String, findings: usize) {
        let file = self.files.entry(file).or_default();
        file.edits.insert(at, (at, text));
        file.findings += findings;
    }

    fn plan(self, report: &Report) -> Plan {
        let sources: Vec<&SourceFile> = report.sources().collect();
        let mut plan = Plan::default();
        for (file, edits) in self.files {
            let source = sources[file.0 as usize];
            let (path, old) = (source.path.clone(), source.text.to_string());
            match edited(&old, &edits.edits).filter(|new| reads_as_well(&path, &old, new)) {
                Some(new) => plan.changes.push(Change { path, old, new, findings: edits.findings }),
                None => {
                    let text = "the suggestions for this file would break it, and are not applied";
                    plan.refused.push(Message::problem(path, text));
                }
            }
        }
        plan
    }
}

/// The text with its edits. None where they do not fit into it.
fn edited(text: &str, edits: &BTreeMap<u32, (u32, String)>) -> Option<String> {
    let mut new = String::with_capacity(text.len());
    let mut done = 0;
    for (&start, (end, replacement)) in edits {
        new.push_str(text.get(done..start as usize)?);
        new.push_str(replacement);
        done = *end as usize;
    }
    new.push_str(text.get(done..)?);
    Some(new)
}

/// Whether nothing that could be read before cannot be read any more.
fn reads_as_well(path: &Path, old: &str, new: &str) -> bool {
    if path.extension().is_some_and(|extension| extension == "toml") {
        return DeTable::parse(old).is_err() || DeTable::parse(new).is_ok();
    }
    let problems = |text: &str| {
        let read = taskguard_lints::read_without_skipping(SourceFile::new(path, text));
        read.hir.problems().len() + read.directive_errors.len()
    };
    problems(new) <= problems(old)
}

/// Fails where a change could not be taken back: outside of version control, or beside changes that are not committed.
pub fn guard(options: &Changes, folders: &[PathBuf]) -> Result<(), Box<Message>> {
    folders.iter().try_for_each(|folder| guard_folder(options, folder))
}

fn guard_folder(options: &Changes, folder: &Path) -> Result<(), Box<Message>> {
    let failure = |text: String, help: &str| Err(Box::new(Message::problem(folder, text).help(help)));
    let status = Command::new("git").arg("-C").arg(folder).args(["status", "--porcelain"]).output();
    let Some(status) = status.ok().filter(|output| output.status.success()) else {
        if options.allow_no_vcs {
            return Ok(());
        }
        let text = "there is no git repository here, so that what `--fix` does could not be taken back";
        return failure(text.to_owned(), "`--allow-no-vcs` changes files all the same");
    };
    let status = String::from_utf8_lossy(&status.stdout).into_owned();
    // Two letters and the path: what is staged, and what is changed beside that.
    let is_staged = |line: &&str| !line.starts_with([' ', '?']);
    let is_dirty = |line: &&str| !line[1..].starts_with(' ');
    let dirty: Vec<_> = status.lines().filter(|line| line.len() > 3).filter(is_dirty).collect();
    let staged: Vec<_> = status.lines().filter(|line| line.len() > 3).filter(is_staged).collect();
    let listed = |lines: &[&str]| {
        let paths: Vec<_> = lines.iter().take(10).map(|line| format!("`{}`", &line[3..])).collect();
        let more = if lines.len() > 10 { format!(" and {} more", lines.len() - 10) } else { String::new() };
        format!("{}{more}", paths.join(", "))
    };
    if !options.allow_dirty && !dirty.is_empty() {
        let text = format!("there are changes that are not committed: {}", listed(&dirty));
        return failure(text, "commit them, or pass `--allow-dirty`");
    }
    if !options.allow_dirty && !options.allow_staged && !staged.is_empty() {
        let text = format!("there are staged changes that are not committed: {}", listed(&staged));
        return failure(text, "commit them, or pass `--allow-staged`");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use taskguard_lints::framework::Edit;
    use taskguard_lints::source::{Span, TextRange};

    use super::*;

    fn suggestion(edits: &[(usize, usize, &str)]) -> Suggestion {
        let edit = |&(start, end, text): &(usize, usize, &str)| Edit {
            span: Span::new(FileId(0), TextRange::new(start, end)),
            replacement: text.to_owned(),
        };
        Suggestion {
            message: String::new(),
            edits: edits.iter().map(edit).collect(),
            applicability: Applicability::MachineApplicable,
        }
    }

    #[test]
    fn a_suggestion_is_taken_as_a_whole_or_not_at_all() {
        let mut edits = Edits::default();
        assert!(edits.take(&suggestion(&[(2, 4, "X"), (6, 6, "Y")])));
        assert!(!edits.take(&suggestion(&[(0, 1, "no"), (3, 5, "no")])), "the second part overlaps");
        assert!(!edits.take(&suggestion(&[(6, 6, "no")])), "something is put in there already");
        assert!(edits.take(&suggestion(&[(6, 6, "Y"), (8, 9, "Z")])), "the same edit is no other");
        assert!(edits.take(&suggestion(&[(4, 5, "W")])), "ranges may touch");
        assert!(!edits.take(&suggestion(&[])));
        let file = &edits.files[&FileId(0)];
        assert_eq!(edited("0123456789", &file.edits).unwrap(), "01XW5Y67Z9");
        assert_eq!(file.findings, 3);
    }

    #[test]
    fn edits_that_do_not_fit_are_none() {
        assert_eq!(edited("é", &BTreeMap::from([(1, (2, "e".to_owned()))])), None);
        assert_eq!(edited("a", &BTreeMap::from([(5, (6, "b".to_owned()))])), None);
    }

    #[test]
    fn a_text_that_reads_worse_is_told() {
        let (rust, toml) = (Path::new("a.rs"), Path::new("Cargo.toml"));
        assert!(reads_as_well(rust, "fn a() {}", "fn b() {}"));
        assert!(!reads_as_well(rust, "fn a() {}", "fn b( {}"));
        assert!(reads_as_well(rust, "fn a( {}", "fn b( {}"), "it was broken before");
        assert!(!reads_as_well(toml, "[a]\n", "[a\n"));
    }

    #[test]
    fn comments_are_indented_and_ended_as_the_line_below() {
        assert_eq!(line_above("\tx();\r\n", 0, "// a"), "\t// a\r\n");
        assert_eq!(line_above("fn f() {\n    x() }", 9, "// a"), "    // a\n");
    }
}
