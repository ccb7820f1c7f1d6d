//! Output: what is printed, in which format, and where.
//!
//! Findings and problems go to stdout; the summary, and failures that leave nothing to report, go to stderr.

mod agent;
mod checkstyle;
mod format;
mod github;
mod gitlab;
mod human;
mod json;
mod jsonl;
mod junit;
mod line_hash;
mod markdown;
mod rdjson;
mod sarif;
mod short;
mod statistics;
mod xml;

pub use format::{Format, Output, clash};

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, HashMap};
use std::io::{self, Write};
use std::ops::Range;
use std::path::{Component, Path, PathBuf};

use anstream::AutoStream;
use taskguard_lints::LINTS;
use taskguard_lints::framework::{Diagnostic, Group, Label, Level, Suggestion};
use taskguard_lints::source::{FileId, LineColumn, LineIndex, SourceFile, Span, TextRange};

use self::format::Target;
use crate::check::{Report, Summary};
use crate::cli::{Color, Options};
use crate::fingerprint::Fingerprint;
use crate::timings::Timings;
use crate::{files, git};

/// One thing to tell: a finding of a lint, or why something could not be checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    pub severity: Severity,
    /// The lint whose finding it is; None for problems.
    pub lint: Option<&'static str>,
    pub text: String,
    pub place: Place,
    /// What to say at the place itself.
    pub label: Option<String>,
    /// Other places and what is there.
    pub labels: Vec<Label>,
    pub notes: Vec<String>,
    pub helps: Vec<String>,
    pub suggestions: Vec<Suggestion>,
    /// Of findings, once all are there.
    pub fingerprint: Option<Fingerprint>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    Error,
    Warning,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    Nowhere,
    /// A file or folder as a whole, whose text may not be known.
    Path(PathBuf),
    Span(Span),
}

impl Message {
    /// Why taskguard cannot do its work.
    pub fn failure(text: impl Into<String>) -> Self {
        Self::new(Severity::Error, text.into(), Place::Nowhere)
    }

    /// Why a file or folder is not checked, or not as a whole.
    pub fn problem(path: impl Into<PathBuf>, text: impl Into<String>) -> Self {
        Self::new(Severity::Error, text.into(), Place::Path(path.into()))
    }

    /// Why a part of a file is not checked.
    pub fn problem_at(span: Span, text: impl Into<String>) -> Self {
        Self::new(Severity::Error, text.into(), Place::Span(span))
    }

    /// As a warning: nothing is lost by it.
    pub fn harmless(self) -> Self {
        Self { severity: Severity::Warning, ..self }
    }

    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.helps.push(help.into());
        self
    }

    /// Something that should have been checked was not.
    pub fn is_problem(&self) -> bool {
        self.lint.is_none() && self.severity == Severity::Error
    }

    /// `taskguard::dropped_join_handle`.
    fn code(&self) -> Option<String> {
        self.lint.map(|lint| format!("taskguard::{lint}"))
    }

    fn new(severity: Severity, text: String, place: Place) -> Self {
        Self {
            severity,
            lint: None,
            text,
            place,
            label: None,
            labels: Vec::new(),
            notes: Vec::new(),
            helps: Vec::new(),
            suggestions: Vec::new(),
            fingerprint: None,
        }
    }
}

impl From<Diagnostic> for Message {
    fn from(diagnostic: Diagnostic) -> Self {
        let severity = match diagnostic.level {
            Level::Allow | Level::Warn => Severity::Warning,
            Level::Deny | Level::Forbid => Severity::Error,
        };
        Self {
            severity,
            lint: Some(diagnostic.lint),
            text: diagnostic.message,
            place: Place::Span(diagnostic.span),
            label: diagnostic.label,
            labels: diagnostic.labels,
            notes: diagnostic.notes,
            helps: diagnostic.helps,
            suggestions: diagnostic.suggestions,
            fingerprint: None,
        }
    }
}

/// Why there is nothing to report: what to say, and the texts that it points into, by the places of their numbers.
#[derive(Debug)]
pub struct Failure {
    pub messages: Vec<Message>,
    pub sources: Vec<SourceFile>,
}

impl From<Message> for Failure {
    fn from(message: Message) -> Self {
        Self { messages: vec![message], sources: Vec::new() }
    }
}

impl From<Box<Message>> for Failure {
    fn from(message: Box<Message>) -> Self {
        Self::from(*message)
    }
}

impl Severity {
    fn name(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        }
    }
}

/// Where a lint is explained on the web.
pub fn documentation(lint: &str) -> String {
    format!("{}{lint}", json::DOCUMENTATION)
}

fn group(lint: &str) -> Group {
    LINTS.iter().find(|named| named.name == lint).map_or(Group::Nursery, |named| named.lint.group)
}

/// Gives each output of a run what a check found. Tells what could not be written; the other outputs are there then.
pub fn report(options: &Options, report: &Report) -> Option<Failure> {
    let (outputs, notice) = format::outputs(options, &|name| std::env::var(name).ok());
    if let Some(notice) = notice.filter(|_| !options.quiet) {
        unless_closed(writeln!(io::stderr(), "{notice}"));
    }
    let written = outputs.iter().map(|output| write(options, output, report));
    let written: Vec<_> = written.chain([step_summary(options, report)]).collect();
    if outputs.iter().any(|output| output.format.has_summary()) {
        summary(options, &report.summary);
    }
    let messages: Vec<Message> = written.into_iter().filter_map(|it| it.err()).map(|it| *it).collect();
    (!messages.is_empty()).then(|| Failure { messages, sources: Vec::new() })
}

fn write(options: &Options, output: &Output, report: &Report) -> Result<(), Box<Message>> {
    let emission = Emission::new(options, report, output.format);
    match &output.target {
        Target::Stdout => {
            let stream = AutoStream::new(io::stdout(), colour_choice(options, &io::stdout()));
            // Only text for people is stripped of colours: elsewhere they would be a part of it.
            let mut out: Box<dyn Write> = match output.format {
                Format::Human => Box::new(buffered(stream)),
                _ => Box::new(buffered(io::stdout())),
            };
            printed(emission.print(output.format, &mut *out).and_then(|()| out.flush()))
        }
        Target::Stderr => {
            let mut out = buffered(AutoStream::new(io::stderr(), colour_choice(options, &io::stderr())));
            printed(emission.print(output.format, &mut out).and_then(|()| out.flush()))
        }
        Target::File(path) => {
            let mut bytes = Vec::new();
            printed(emission.print(output.format, &mut bytes))?;
            let bytes = match output.format {
                Format::Human => anstream::adapter::strip_bytes(&bytes).into_vec(),
                _ => bytes,
            };
            files::write(path, &bytes)
        }
    }
}

/// Adds a table to what GitHub shows of a job.
fn step_summary(options: &Options, report: &Report) -> Result<(), Box<Message>> {
    let Some(path) = std::env::var_os("GITHUB_STEP_SUMMARY").filter(|path| !path.is_empty()) else {
        return Ok(());
    };
    let mut table = Vec::new();
    let written =
        markdown::print(&mut table, &Emission::new(options, report, Format::Github)).and_then(|()| {
            // Other steps have written to it.
            std::fs::OpenOptions::new().create(true).append(true).open(&path)?.write_all(&table)
        });
    written.map_err(|error| {
        let path = Path::new(&path).display();
        Box::new(Message::failure(format!("cannot write the summary of the step to `{path}`: {error}")))
    })
}

/// Lets output end early and in peace when its reader has: `cargo taskguard | head`.
fn printed(result: io::Result<()>) -> Result<(), Box<Message>> {
    match result {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Box::new(Message::failure(format!("cannot write the output: {error}"))))
        }
        _ => Ok(()),
    }
}

impl Format {
    fn has_summary(self) -> bool {
        matches!(self, Format::Human | Format::Short | Format::Github | Format::Gitlab | Format::Statistics)
    }

    /// What paths in this format are relative to: people are in a folder, editors in a workspace, CI in a repository.
    fn base(self, report: &Report) -> PathBuf {
        let project = &report.project;
        match self {
            Format::Human | Format::Short | Format::Agent | Format::Statistics => project.cwd.clone(),
            Format::Json { .. } | Format::JsonLines => project.root.clone(),
            Format::Github
            | Format::Gitlab
            | Format::Sarif
            | Format::Junit
            | Format::Checkstyle
            | Format::Rdjson => git::root_around(&project.root).unwrap_or_else(|| project.root.clone()),
        }
    }
}

/// What the formats are made of.
pub struct Emission<'a> {
    report: &'a Report,
    sources: Sources<'a>,
    /// The output is for GitHub.
    for_github: bool,
    /// Findings that were there before are told from new ones.
    is_compared: bool,
    /// A cargo beside us prints to the same stream.
    is_chained: bool,
    /// The hashes of the lines of files, where they are wanted.
    line_hashes: Option<RefCell<HashMap<FileId, Vec<String>>>>,
}

/// A place as it is printed.
pub struct Spot {
    path: String,
    start: LineColumn,
    end: LineColumn,
    range: Range<usize>,
}

impl<'a> Emission<'a> {
    fn new(options: &Options, report: &'a Report, format: Format) -> Self {
        let for_github = std::env::var("GITHUB_ACTIONS").is_ok_and(|value| value == "true");
        let is_compared = options.baseline.is_some() || options.since.is_some();
        Self {
            report,
            sources: Sources::new(report.sources(), format.base(report)),
            for_github,
            is_compared,
            is_chained: options.chain.is_some(),
            line_hashes: options.sarif_line_hash.then(RefCell::default),
        }
    }

    fn print(&self, format: Format, out: &mut dyn Write) -> io::Result<()> {
        match format {
            Format::Human => {
                for message in self.messages() {
                    writeln!(out, "{}", human::render(&self.sources, message, true))?;
                }
                Ok(())
            }
            Format::Short => short::print(out, &self.sources, &self.report.messages),
            Format::Json { colours } => {
                let owners = |path: Option<&Path>| json::Owner::of(&self.report.project, path);
                let emitter = json::Emitter { sources: &self.sources, colours, owners: &owners };
                let success = !self.messages().any(|message| message.severity == Severity::Error);
                emitter.print(out, &self.report.messages, (!self.is_chained).then_some(success))
            }
            Format::JsonLines => jsonl::print(out, self),
            Format::Github => github::print(out, self),
            Format::Gitlab => gitlab::print(out, self),
            Format::Sarif => sarif::print(out, self),
            Format::Junit => junit::print(out, self),
            Format::Checkstyle => checkstyle::print(out, self),
            Format::Rdjson => rdjson::print(out, self),
            Format::Agent => agent::print(out, self),
            Format::Statistics => statistics::print(out, self),
        }
    }

    fn messages(&self) -> impl Iterator<Item = &'a Message> + use<'a> {
        self.report.messages.iter()
    }

    fn findings(&self) -> impl Iterator<Item = &'a Message> + use<'a> {
        self.messages().filter(|message| message.lint.is_some())
    }

    /// The messages of each file, in the order of paths; those of no file are of the root.
    fn by_file(&self) -> BTreeMap<String, Vec<&'a Message>> {
        let mut files: BTreeMap<String, Vec<&Message>> = BTreeMap::new();
        for message in self.messages() {
            files.entry(self.spot_or_root(message).path).or_default().push(message);
        }
        files
    }

    /// The message with all that is said about the place, as lines of text.
    fn text(&self, message: &Message) -> String {
        let label = message.label.iter().map(|label| format!("here: {label}"));
        let labels = message.labels.iter().map(|label| {
            let spot = self.spot_of(label.span);
            format!("{}:{}: {}", spot.path, spot.start.line, label.message)
        });
        let notes = message.notes.iter().map(|note| format!("note: {note}"));
        let helps = message.helps.iter().map(|help| format!("help: {help}"));
        let lines =
            std::iter::once(message.text.clone()).chain(label).chain(labels).chain(notes).chain(helps);
        lines.collect::<Vec<_>>().join("\n")
    }

    /// The message with the code, as people see it.
    fn rendered(&self, message: &Message) -> String {
        human::render(&self.sources, message, false)
    }

    fn fingerprint(&self, message: &Message) -> String {
        match &message.fingerprint {
            Some(fingerprint) => fingerprint.word(),
            // What could not be checked is known by where it is and what was said.
            None => Fingerprint::of_problem(&self.spot_or_root(message).path, &message.text).word(),
        }
    }

    /// The hash of the line where the place of a message begins, if it is wanted.
    fn line_hash(&self, message: &Message) -> Option<String> {
        let mut known = self.line_hashes.as_ref()?.borrow_mut();
        let Place::Span(span) = &message.place else { return None };
        let hashes =
            known.entry(span.file).or_insert_with(|| line_hash::line_hashes(self.sources.text(span.file)));
        hashes.get(self.sources.start(*span).line - 1).cloned()
    }

    fn spot(&self, message: &Message) -> Option<Spot> {
        match &message.place {
            Place::Span(span) => Some(self.spot_of(*span)),
            Place::Path(path) => Some(self.top_of(path)),
            Place::Nowhere => None,
        }
    }

    /// The place of a message; for one that has none, the manifest of the workspace.
    fn spot_or_root(&self, message: &Message) -> Spot {
        self.spot(message).unwrap_or_else(|| self.top_of(&self.report.project.root.join("Cargo.toml")))
    }

    fn spot_of(&self, span: Span) -> Spot {
        let range = self.sources.range(span);
        Spot {
            path: self.sources.name(span.file),
            start: self.sources.line_column(span.file, range.start),
            end: self.sources.line_column(span.file, range.end),
            range,
        }
    }

    fn top_of(&self, path: &Path) -> Spot {
        let top = LineColumn { line: 1, column: 1 };
        Spot { path: printed_path(&self.sources.base, path), start: top, end: top, range: 0..0 }
    }
}

/// Prints why there is nothing to report. Editors learn it as a diagnostic on the file that is wrong, or on the manifest.
pub fn failure(options: &Options, failure: &Failure) {
    complain(options, failure);
    let cwd = std::env::current_dir().unwrap_or_default();
    let sources = Sources::new(&failure.sources, &*cwd);
    if let Some(Format::Json { colours }) = format::of_stdout(options) {
        let manifest = options.manifest_path.clone().unwrap_or_else(|| PathBuf::from("Cargo.toml"));
        let placed = |message: &Message| {
            let place = match &message.place {
                Place::Nowhere => Place::Path(cwd.join(&manifest)),
                place => place.clone(),
            };
            Message { place, ..message.clone() }
        };
        let messages: Vec<_> = failure.messages.iter().map(placed).collect();
        let emitter = json::Emitter { sources: &sources, colours, owners: &json::Owner::synthesized };
        unless_closed(emitter.print(
            &mut buffered(io::stdout()),
            &messages,
            options.chain.is_none().then_some(false),
        ));
    }
}

/// Lets output end early and in peace when its reader has: `cargo taskguard | head`.
pub fn unless_closed(result: io::Result<()>) {
    match result {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            // Where stdout is broken, stderr may be too; there is nowhere else to say so.
            let _ = writeln!(io::stderr(), "error: cannot write the output: {error}");
        }
        _ => {}
    }
}

/// Says on stderr what could not be checked.
pub fn problems(options: &Options, report: &Report) {
    let sources = Sources::new(report.sources(), &*report.project.cwd);
    let mut stderr = AutoStream::new(io::stderr(), colour_choice(options, &io::stderr()));
    for problem in report.messages.iter().filter(|message| message.is_problem()) {
        unless_closed(writeln!(stderr, "{}", human::render(&sources, problem, true)));
    }
}

/// Says on stderr what went wrong.
pub fn complain(options: &Options, failure: &Failure) {
    let cwd = std::env::current_dir().unwrap_or_default();
    let sources = Sources::new(&failure.sources, cwd);
    let stderr = AutoStream::new(io::stderr(), colour_choice(options, &io::stderr()));
    let texts: Vec<_> =
        failure.messages.iter().map(|message| human::render(&sources, message, true)).collect();
    unless_closed(buffered(stderr).write_all(texts.join("\n").as_bytes()));
}

/// Says what was done besides, unless only findings are wanted.
pub fn note(options: &Options, text: &str) {
    if !options.quiet {
        unless_closed(writeln!(io::stderr(), "{text}"));
    }
}

fn summary(options: &Options, summary: &Summary) {
    if !options.quiet {
        unless_closed(writeln!(io::stderr(), "{}", summary.lines(options.verbose > 0)));
    }
}

/// Prints how much was read, and what the time went into.
pub fn timings(report: &Report, timings: &Timings) {
    let bytes: usize = report.files.iter().map(|file| file.source.text.len()).sum();
    let (files, functions) = (report.files.len(), report.summary.functions);
    let lowered = report.summary.lowered;
    let head = format!(
        "{files} files, {bytes} bytes, {functions} functions checked; parsed {} functions, {} bytes",
        lowered.functions, lowered.bytes
    );
    unless_closed(write!(io::stderr(), "{head}\n{timings}"));
}

fn buffered<W: Write>(to: W) -> io::BufWriter<W> {
    io::BufWriter::with_capacity(1 << 16, to)
}

fn colour_choice(options: &Options, stream: &impl anstream::stream::RawStream) -> anstream::ColorChoice {
    match options.color() {
        Color::Auto => AutoStream::choice(stream),
        Color::Always => anstream::ColorChoice::Always,
        Color::Never => anstream::ColorChoice::Never,
    }
}

/// The texts that messages point into, with lines and names as they are printed.
pub struct Sources<'a> {
    files: Vec<&'a SourceFile>,
    /// What printed paths are relative to.
    base: PathBuf,
    lines: Vec<OnceCell<LineIndex>>,
}

impl<'a> Sources<'a> {
    /// The files in the order of their numbers.
    pub fn new(files: impl IntoIterator<Item = &'a SourceFile>, base: impl Into<PathBuf>) -> Self {
        let files: Vec<_> = files.into_iter().collect();
        let lines = files.iter().map(|_| OnceCell::new()).collect();
        Self { files, base: base.into(), lines }
    }

    pub fn file(&self, id: FileId) -> &'a SourceFile {
        self.files[id.0 as usize]
    }

    pub fn text(&self, id: FileId) -> &'a str {
        &self.file(id).text
    }

    fn lines(&self, id: FileId) -> &LineIndex {
        self.lines[id.0 as usize].get_or_init(|| LineIndex::new(self.text(id)))
    }

    pub fn name(&self, id: FileId) -> String {
        printed_path(&self.base, self.file(id).path())
    }

    /// The bytes of a span. A span of ours that is off is still printed, somewhere near.
    fn range(&self, span: Span) -> Range<usize> {
        let text = self.text(span.file);
        let start = text.floor_char_boundary(span.range.start as usize);
        let end = text.ceil_char_boundary(span.range.end as usize);
        start..end.max(start)
    }

    pub fn start(&self, span: Span) -> LineColumn {
        self.line_column(span.file, self.range(span).start)
    }

    fn line_column(&self, file: FileId, offset: usize) -> LineColumn {
        self.lines(file).line_column(self.text(file), offset as u32)
    }

    /// The lines that a span touches, counted from 0, with their bytes.
    fn lines_of(&self, span: Span) -> impl Iterator<Item = (usize, TextRange)> + '_ {
        let range = self.range(span);
        let lines = self.lines(span.file);
        let text = self.text(span.file);
        let (first, last) = (lines.line(range.start as u32), lines.line(range.end as u32));
        (first..=last).map(move |line| (line, lines.line_range(text, line)))
    }
}

/// A path for people and machines: relative where it is near, and with `/` everywhere.
pub fn printed_path(base: &Path, path: &Path) -> String {
    let near = relative_path(base, path);
    let printed = near.as_deref().unwrap_or(path).to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' { printed.into_owned() } else { printed.replace('\\', "/") }
}

/// A path as seen from a folder. None if the two have nothing in common but the disk and the first folder on it.
fn relative_path(base: &Path, path: &Path) -> Option<PathBuf> {
    let (up, common) = base.ancestors().enumerate().find(|(_, around)| path.starts_with(around))?;
    if up > 0 && common.components().count() <= 2 {
        return None;
    }
    let below = path.strip_prefix(common).ok()?;
    let relative: PathBuf = std::iter::repeat_n(Component::ParentDir, up).chain(below.components()).collect();
    Some(if relative.as_os_str().is_empty() { PathBuf::from(".") } else { relative })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_relative_where_they_are_near() {
        let printed = |base: &str, path: &str| printed_path(Path::new(base), Path::new(path));
        assert_eq!(printed("/home/me/w", "/home/me/w/src/lib.rs"), "src/lib.rs");
        assert_eq!(printed("/home/me/w/api", "/home/me/w/db/lib.rs"), "../db/lib.rs");
        assert_eq!(printed("/home/me/w", "/home/me/w"), ".");
        assert_eq!(printed("/home/me/w", "/usr/share/x.rs"), "/usr/share/x.rs");
        assert_eq!(printed("/", "/x.rs"), "x.rs");
        assert_eq!(printed("/home/me/w", "/home/me/west/x.rs"), "../west/x.rs");
    }
}
