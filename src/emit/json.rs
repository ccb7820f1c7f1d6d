//! Messages as lines of JSON, exactly as cargo prints those of rustc, so that editors and CI read ours as they read its.
//!
//! Offsets are bytes of the file on disk, columns count characters from 1, and each span carries the text of its lines:
//! editors need all three.

use std::io::{self, Write};
use std::path::Path;

use serde::Serialize;
use taskguard_lints::framework::{Applicability, Label, Suggestion};
use taskguard_lints::source::{FileId, Span};

use super::{Message, Place, Sources, human, printed_path};
use crate::workspace::{Project, TargetInfo, package_id};

/// Where a lint is explained on the web, in the book; its name follows.
pub(super) const DOCUMENTATION: &str = concat!(env!("CARGO_PKG_HOMEPAGE"), "/lints.html#");

pub struct Emitter<'a> {
    pub sources: &'a Sources<'a>,
    /// The text inside carries colours.
    pub colours: bool,
    /// To which package and target a file belongs; None asks for those of the run.
    pub owners: &'a dyn Fn(Option<&Path>) -> Owner,
}

/// The package and target that a message is of. Editors forget and replace messages a package at a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owner {
    pub package_id: String,
    pub manifest_path: String,
    pub target: TargetInfo,
}

impl Owner {
    /// The package and target around a path.
    pub fn of(project: &Project, path: Option<&Path>) -> Self {
        let path = path.unwrap_or(&project.root);
        let Some((package, target)) = project.owner(path) else { return Self::synthesized(Some(path)) };
        Self {
            package_id: package.id.clone(),
            manifest_path: package.manifest.to_string_lossy().into_owned(),
            target: target.info.clone(),
        }
    }

    /// The owner of a path that is in no package.
    pub fn synthesized(path: Option<&Path>) -> Self {
        let path = path.unwrap_or(Path::new("/"));
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        Self {
            package_id: package_id(path, &name, "0.0.0"),
            manifest_path: path.to_string_lossy().into_owned(),
            target: TargetInfo::new("bin", name, path),
        }
    }
}

impl Emitter<'_> {
    /// Prints the messages and the line with which cargo ends, unless a cargo beside us prints its own.
    pub fn print(&self, out: &mut dyn Write, messages: &[Message], success: Option<bool>) -> io::Result<()> {
        for message in messages {
            let owner = self.owner(message);
            let line = Line {
                reason: "compiler-message",
                package_id: &owner.package_id,
                manifest_path: &owner.manifest_path,
                target: &owner.target,
                message: self.diagnostic(message),
            };
            serde_json::to_writer(&mut *out, &line)?;
            out.write_all(b"\n")?;
        }
        if let Some(success) = success {
            writeln!(out, r#"{{"reason":"build-finished","success":{success}}}"#)?;
        }
        out.flush()
    }

    fn owner(&self, message: &Message) -> Owner {
        match &message.place {
            Place::Nowhere => (self.owners)(None),
            Place::Path(path) => (self.owners)(Some(path)),
            Place::Span(span) => (self.owners)(Some(self.sources.file(span.file).path())),
        }
    }

    fn diagnostic(&self, message: &Message) -> Diagnostic {
        Diagnostic {
            message_type: Some("diagnostic"),
            message: message.text.clone(),
            code: message.code().map(|code| Code { code, explanation: None }),
            level: message.severity.name(),
            spans: self.spans(message),
            children: self.children(message),
            rendered: Some(human::render(self.sources, message, self.colours)),
        }
    }

    /// The place itself, and what else is said about the same file: a span in another file would be put into this one.
    fn spans(&self, message: &Message) -> Vec<DiagnosticSpan> {
        let span = match &message.place {
            Place::Nowhere => return Vec::new(),
            // Without a span an editor drops the message, so it is shown at the top of the file.
            Place::Path(path) => return vec![DiagnosticSpan::top_of(printed_path(&self.sources.base, path))],
            Place::Span(span) => *span,
        };
        let primary = DiagnosticSpan { label: message.label.clone(), ..self.span(span) };
        let near = message.labels.iter().filter(|label| label.span.file == span.file);
        let secondary = near.map(|label| DiagnosticSpan {
            is_primary: false,
            label: Some(label.message.clone()),
            ..self.span(label.span)
        });
        std::iter::once(primary).chain(secondary).collect()
    }

    fn children(&self, message: &Message) -> Vec<Diagnostic> {
        let home = self.file_of(message);
        let far = message.labels.iter().filter(|label| Some(label.span.file) != home);
        let far =
            far.map(|label: &Label| Diagnostic::child("note", &label.message, vec![self.span(label.span)]));
        let notes = message.notes.iter().map(|note| Diagnostic::child("note", note, Vec::new()));
        let helps = message.helps.iter().map(|help| Diagnostic::child("help", help, Vec::new()));
        let suggestions = message.suggestions.iter().map(|suggestion| self.suggestion(suggestion));
        let link = message.lint.map(|lint| {
            let text = format!("for further information visit {DOCUMENTATION}{lint}");
            Diagnostic::child("help", &text, Vec::new())
        });
        far.chain(notes).chain(helps).chain(suggestions).chain(link).collect()
    }

    fn file_of(&self, message: &Message) -> Option<FileId> {
        match message.place {
            Place::Span(span) => Some(span.file),
            Place::Path(_) | Place::Nowhere => None,
        }
    }

    fn suggestion(&self, suggestion: &Suggestion) -> Diagnostic {
        let spans = suggestion.edits.iter().map(|edit| DiagnosticSpan {
            suggested_replacement: Some(edit.replacement.clone()),
            suggestion_applicability: Some(applicability(suggestion.applicability)),
            ..self.span(edit.span)
        });
        Diagnostic::child("help", &suggestion.message, spans.collect())
    }

    fn span(&self, span: Span) -> DiagnosticSpan {
        let range = self.sources.range(span);
        let start = self.sources.line_column(span.file, range.start);
        let end = self.sources.line_column(span.file, range.end);
        let text = self.sources.text(span.file);
        let lines = self.sources.lines_of(span).map(|(line, line_range)| {
            let text = &text[line_range.as_usize()];
            DiagnosticSpanLine {
                text: text.to_owned(),
                highlight_start: if line + 1 == start.line { start.column } else { 1 },
                highlight_end: if line + 1 == end.line { end.column } else { text.chars().count() + 1 },
            }
        });
        DiagnosticSpan {
            file_name: self.sources.name(span.file),
            byte_start: range.start,
            byte_end: range.end,
            line_start: start.line,
            line_end: end.line,
            column_start: start.column,
            column_end: end.column,
            is_primary: true,
            text: lines.collect(),
            ..DiagnosticSpan::top_of(String::new())
        }
    }
}

fn applicability(applicability: Applicability) -> &'static str {
    match applicability {
        Applicability::MachineApplicable => "MachineApplicable",
        Applicability::MaybeIncorrect => "MaybeIncorrect",
        Applicability::HasPlaceholders => "HasPlaceholders",
    }
}

#[derive(Serialize)]
struct Line<'a> {
    reason: &'static str,
    package_id: &'a str,
    manifest_path: &'a str,
    target: &'a TargetInfo,
    message: Diagnostic,
}

#[derive(Serialize)]
struct Diagnostic {
    #[serde(rename = "$message_type", skip_serializing_if = "Option::is_none")]
    message_type: Option<&'static str>,
    message: String,
    code: Option<Code>,
    level: &'static str,
    spans: Vec<DiagnosticSpan>,
    children: Vec<Diagnostic>,
    rendered: Option<String>,
}

impl Diagnostic {
    fn child(level: &'static str, message: &str, spans: Vec<DiagnosticSpan>) -> Self {
        let message = message.to_owned();
        Self { message_type: None, message, code: None, level, spans, children: Vec::new(), rendered: None }
    }
}

#[derive(Serialize)]
struct Code {
    code: String,
    explanation: Option<String>,
}

#[derive(Serialize)]
struct DiagnosticSpan {
    file_name: String,
    byte_start: usize,
    byte_end: usize,
    line_start: usize,
    line_end: usize,
    column_start: usize,
    column_end: usize,
    is_primary: bool,
    text: Vec<DiagnosticSpanLine>,
    label: Option<String>,
    suggested_replacement: Option<String>,
    suggestion_applicability: Option<&'static str>,
    /// No finding of ours is inside a macro's expansion.
    expansion: Option<()>,
}

impl DiagnosticSpan {
    fn top_of(file_name: String) -> Self {
        Self {
            file_name,
            byte_start: 0,
            byte_end: 0,
            line_start: 1,
            line_end: 1,
            column_start: 1,
            column_end: 1,
            is_primary: true,
            text: Vec::new(),
            label: None,
            suggested_replacement: None,
            suggestion_applicability: None,
            expansion: None,
        }
    }
}

#[derive(Serialize)]
struct DiagnosticSpanLine {
    text: String,
    highlight_start: usize,
    highlight_end: usize,
}

#[cfg(test)]
mod tests {
    use cargo_metadata::diagnostic::{Applicability as CargoApplicability, DiagnosticLevel};
    use taskguard_lints::ParsedFile;
    use taskguard_lints::framework::{Diagnostic as Finding, Edit, Level};
    use taskguard_lints::source::{SourceFile, TextRange};

    use super::*;

    const MAIN: &str = "fn main() {\r\n\tlet _é = \"🦀\"; spawn(a);\r\n}\r\n";
    const OTHER: &str = "fn a() {\n    loop {}\n}\n";

    fn files() -> Vec<ParsedFile> {
        let files = [("/w/src/a.rs", OTHER), ("/w/src/main.rs", MAIN)];
        files.map(|(path, text)| taskguard_lints::read(SourceFile::new(path, text))).into()
    }

    /// The place of some text in one of the files.
    fn at(files: &[ParsedFile], file: u32, text: &str) -> Span {
        let source = &files[file as usize].source.text;
        let start = source.find(text).expect("the text is in the file");
        Span::new(FileId(file), TextRange::new(start, start + text.len()))
    }

    fn finding(files: &[ParsedFile]) -> Message {
        let mut finding = Finding {
            lint: "dropped_join_handle",
            level: Level::Warn,
            span: at(files, 1, "spawn(a)"),
            message: "the handle of this task is dropped".to_owned(),
            label: None,
            labels: Vec::new(),
            notes: Vec::new(),
            helps: Vec::new(),
            suggestions: Vec::new(),
        };
        let edits = vec![Edit { span: at(files, 1, "spawn"), replacement: "let handle = spawn".to_owned() }];
        finding
            .labelled("a panic in it is lost")
            .label(at(files, 0, "loop {}"), "it runs until here")
            .label(at(files, 1, "_é"), "not this")
            .note("nobody waits for it")
            .suggest("keep the handle", edits, Applicability::MaybeIncorrect);
        finding.into()
    }

    fn print(files: &[ParsedFile], messages: &[Message], success: bool) -> Vec<cargo_metadata::Message> {
        let sources = Sources::new(files.iter().map(|file| &file.source), Path::new("/w"));
        let emitter = Emitter { sources: &sources, colours: false, owners: &Owner::synthesized };
        let mut out = Vec::new();
        emitter.print(&mut out, messages, Some(success)).unwrap();
        cargo_metadata::Message::parse_stream(&*out).map(Result::unwrap).collect()
    }

    fn diagnostic(files: &[ParsedFile], message: Message) -> cargo_metadata::diagnostic::Diagnostic {
        match print(files, &[message], true).swap_remove(0) {
            cargo_metadata::Message::CompilerMessage(message) => message.message,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_finding_reads_back_as_a_compiler_message() {
        let files = files();
        let diagnostic = diagnostic(&files, finding(&files));
        assert_eq!(diagnostic.code.unwrap().code, "taskguard::dropped_join_handle");
        assert_eq!(diagnostic.level, DiagnosticLevel::Warning);
        let [primary, secondary] = &*diagnostic.spans else { panic!("{:?}", diagnostic.spans) };
        assert_eq!(primary.file_name, "src/main.rs");
        assert_eq!((primary.line_start, primary.column_start, primary.column_end), (2, 16, 24));
        assert_eq!(&MAIN[primary.byte_start as usize..primary.byte_end as usize], "spawn(a)");
        assert_eq!(primary.text[0].text, "\tlet _é = \"🦀\"; spawn(a);");
        assert_eq!((primary.text[0].highlight_start, primary.text[0].highlight_end), (16, 24));
        assert!(primary.is_primary && !secondary.is_primary);
        assert_eq!(secondary.label.as_deref(), Some("not this"));
        assert!(
            diagnostic.rendered.unwrap().starts_with("warning[taskguard::dropped_join_handle]: the handle")
        );
    }

    #[test]
    fn places_in_other_files_and_suggestions_are_children() {
        let files = files();
        let children = diagnostic(&files, finding(&files)).children;
        let [far, note, suggestion, link] = &*children else { panic!("{children:?}") };
        assert_eq!((&*far.message, &*far.spans[0].file_name), ("it runs until here", "src/a.rs"));
        assert_eq!((note.level, note.spans.len()), (DiagnosticLevel::Note, 0));
        assert_eq!(suggestion.spans[0].suggested_replacement.as_deref(), Some("let handle = spawn"));
        assert_eq!(suggestion.spans[0].suggestion_applicability, Some(CargoApplicability::MaybeIncorrect));
        assert!(link.message.ends_with("#dropped_join_handle"));
    }

    #[test]
    fn a_span_of_several_lines_has_the_text_of_each() {
        let files = files();
        let span = Span::new(FileId(0), TextRange::new(7, OTHER.len() - 1));
        let diagnostic = diagnostic(&files, Message::problem_at(span, "odd"));
        let lines: Vec<_> = diagnostic.spans[0]
            .text
            .iter()
            .map(|line| (&*line.text, line.highlight_start, line.highlight_end))
            .collect();
        assert_eq!(lines, [("fn a() {", 8, 9), ("    loop {}", 1, 12), ("}", 1, 2)]);
        assert_eq!((diagnostic.code, diagnostic.level), (None, DiagnosticLevel::Error));
    }

    #[test]
    fn a_problem_of_a_whole_file_has_a_place_that_editors_can_show() {
        let files = files();
        let diagnostic = diagnostic(&files, Message::problem("/w/src/b.rs", "cannot be read"));
        assert_eq!(diagnostic.spans[0].file_name, "src/b.rs");
        assert_eq!((diagnostic.spans[0].line_start, diagnostic.spans[0].column_end), (1, 1));
        assert!(diagnostic.spans[0].is_primary);
    }

    #[test]
    fn the_last_line_tells_how_it_ended() {
        let files = files();
        let messages = print(&files, &[finding(&files)], false);
        let [_, cargo_metadata::Message::BuildFinished(end)] = &*messages else { panic!("{messages:?}") };
        assert!(!end.success);
    }

    #[test]
    fn spans_that_are_off_are_printed_all_the_same() {
        let files = files();
        let inside_e_acute = MAIN.find('é').unwrap() + 1;
        for range in
            [TextRange::new(inside_e_acute, inside_e_acute), TextRange::new(MAIN.len() + 5, MAIN.len() + 9)]
        {
            let span = Span::new(FileId(1), range);
            assert_eq!(diagnostic(&files, Message::problem_at(span, "odd")).spans.len(), 1);
        }
    }
}
