//! Output: what is printed, in which format, and where.
//!
//! Findings and problems go to stdout; the summary, and failures that leave nothing to report, go to stderr.

mod human;
mod json;
mod short;

use std::cell::OnceCell;
use std::io::{self, Write};
use std::ops::Range;
use std::path::{Component, Path, PathBuf};

use anstream::AutoStream;
use taskguard_lints::framework::{Diagnostic, Label, Level, Suggestion};
use taskguard_lints::source::{FileId, LineColumn, LineIndex, SourceFile, Span, TextRange};

use crate::check::{Report, Summary};
use crate::cli::{Color, Format, Options};
use crate::timings::Timings;

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

/// Prints what a check found, in the format that was asked for.
pub fn report(options: &Options, report: &Report) {
    match options.message_format {
        Format::Human => {
            let sources = Sources::new(report.sources(), &report.project.cwd);
            unless_closed(print_human(options, &sources, &report.messages));
            summary(options, &report.summary);
        }
        Format::Short => {
            let sources = Sources::new(report.sources(), &report.project.cwd);
            unless_closed(short::print(&mut buffered(io::stdout()), &sources, &report.messages));
            summary(options, &report.summary);
        }
        Format::Json { colours } => {
            let sources = Sources::new(report.sources(), &report.project.root);
            let owners = |path: Option<&Path>| json::Owner::of(&report.project, path);
            let emitter = json::Emitter { sources: &sources, colours, owners: &owners };
            let success = !report.messages.iter().any(|message| message.severity == Severity::Error);
            unless_closed(emitter.print(&mut buffered(io::stdout()), &report.messages, success));
        }
    }
}

/// Prints why there is nothing to report. Editors learn it as a diagnostic on the file that is wrong, or on the manifest.
pub fn failure(options: &Options, failure: &Failure) {
    let cwd = std::env::current_dir().unwrap_or_default();
    let sources = Sources::new(&failure.sources, &cwd);
    let stderr = AutoStream::new(io::stderr(), colour_choice(options, &io::stderr()));
    let texts: Vec<_> =
        failure.messages.iter().map(|message| human::render(&sources, message, true)).collect();
    unless_closed(buffered(stderr).write_all(texts.join("\n").as_bytes()));
    if let Format::Json { colours } = options.message_format {
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
        unless_closed(emitter.print(&mut buffered(io::stdout()), &messages, false));
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

fn print_human(options: &Options, sources: &Sources<'_>, messages: &[Message]) -> io::Result<()> {
    let stdout = AutoStream::new(io::stdout(), colour_choice(options, &io::stdout()));
    let mut out = buffered(stdout);
    for message in messages {
        out.write_all(human::render(sources, message, true).as_bytes())?;
        out.write_all(b"\n")?;
    }
    out.flush()
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
    let head = format!("{files} files, {bytes} bytes, {functions} functions checked");
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
    base: &'a Path,
    lines: Vec<OnceCell<LineIndex>>,
}

impl<'a> Sources<'a> {
    /// The files in the order of their numbers.
    pub fn new(files: impl IntoIterator<Item = &'a SourceFile>, base: &'a Path) -> Self {
        let files: Vec<_> = files.into_iter().collect();
        let lines = files.iter().map(|_| OnceCell::new()).collect();
        Self { files, base, lines }
    }

    fn file(&self, id: FileId) -> &'a SourceFile {
        self.files[id.0 as usize]
    }

    fn text(&self, id: FileId) -> &'a str {
        &self.file(id).text
    }

    fn lines(&self, id: FileId) -> &LineIndex {
        self.lines[id.0 as usize].get_or_init(|| LineIndex::new(self.text(id)))
    }

    fn name(&self, id: FileId) -> String {
        printed_path(self.base, self.file(id).path())
    }

    /// The bytes of a span. A span of ours that is off is still printed, somewhere near.
    fn range(&self, span: Span) -> Range<usize> {
        let text = self.text(span.file);
        let start = text.floor_char_boundary(span.range.start as usize);
        let end = text.ceil_char_boundary(span.range.end as usize);
        start..end.max(start)
    }

    fn start(&self, span: Span) -> LineColumn {
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
