//! Messages with the code they speak of, for people. The only user of codespan-reporting.

use std::io::{self, Write};
use std::ops::Range;
use std::path::Path;

use anstyle::{AnsiColor, Style};
use codespan_reporting::diagnostic::{Diagnostic, Label, LabelStyle, Severity as CodespanSeverity};
use codespan_reporting::files::{Error, Files};
use codespan_reporting::term::{self, Config, DisplayStyle, WriteStyle};
use taskguard_lints::framework::Suggestion;
use taskguard_lints::source::{FileId, Span};

use super::{Message, Place, Severity, Sources, printed_path};

/// Lines longer than this are generated or data: showing them shows nothing.
const LONGEST_LINE: usize = 1_000;

/// One message as text that ends with a line break.
pub fn render(sources: &Sources<'_>, message: &Message, colours: bool) -> String {
    let mut out = Styled { bytes: Vec::new(), colours };
    let config = Config { display_style: display_style(sources, message), ..Config::default() };
    let rendered = term::emit_to_write_style(&mut out, &config, sources, &diagnostic(sources, message));
    if rendered.is_err() {
        // Not to be expected, but a finding must not be lost to its picture.
        out.bytes.clear();
        out.bytes.extend_from_slice(format!("{}: {}\n", message.severity.name(), message.text).as_bytes());
    }
    let text = String::from_utf8_lossy(&out.bytes);
    let text = text.trim_end_matches('\n');
    match (&message.place, text.split_once('\n')) {
        (Place::Path(path), Some((header, notes))) => {
            format!("{header}\n{}\n{notes}\n", locus(sources, path, colours))
        }
        (Place::Path(path), None) => format!("{text}\n{}\n", locus(sources, path, colours)),
        (Place::Nowhere | Place::Span(_), _) => format!("{text}\n"),
    }
}

/// Where a message is from, in the way of codespan, for a file that has no code to show.
fn locus(sources: &Sources<'_>, path: &Path, colours: bool) -> String {
    let name = printed_path(&sources.base, path);
    if colours {
        format!("  {}┌─{} {name}", BORDER.render(), anstyle::Reset.render())
    } else {
        format!("  ┌─ {name}")
    }
}

fn diagnostic(sources: &Sources<'_>, message: &Message) -> Diagnostic<FileId> {
    let severity = match message.severity {
        Severity::Error => CodespanSeverity::Error,
        Severity::Warning => CodespanSeverity::Warning,
    };
    let label =
        |style, span: Span, text: &str| Label::new(style, span.file, sources.range(span)).with_message(text);
    let primary = match message.place {
        Place::Span(span) => {
            Some(label(LabelStyle::Primary, span, message.label.as_deref().unwrap_or_default()))
        }
        Place::Path(_) | Place::Nowhere => None,
    };
    let secondary =
        message.labels.iter().map(|other| label(LabelStyle::Secondary, other.span, &other.message));
    Diagnostic {
        severity,
        code: message.code(),
        message: message.text.clone(),
        labels: primary.into_iter().chain(secondary).collect(),
        notes: notes(sources, message),
    }
}

/// What stands below the code, each with `=` before it.
fn notes(sources: &Sources<'_>, message: &Message) -> Vec<String> {
    let notes = message.notes.iter().map(|note| format!("note: {note}"));
    let helps = message.helps.iter().map(|help| format!("help: {help}"));
    let suggestions = message.suggestions.iter().map(|suggestion| suggested(sources, suggestion));
    let explain = message.lint.map(|lint| format!("help: run `cargo taskguard --explain {lint}`"));
    notes.chain(helps).chain(suggestions).chain(explain).collect()
}

fn suggested(sources: &Sources<'_>, suggestion: &Suggestion) -> String {
    match &*suggestion.edits {
        [edit] if edit.replacement.is_empty() => {
            let removed = &sources.text(edit.span.file)[sources.range(edit.span)];
            // "remove the comment" need not be said twice.
            let remove = if suggestion.message.starts_with("remove ") { "" } else { "remove " };
            format!("help: {}: {remove}`{}`", suggestion.message, removed.trim())
        }
        [edit] if !edit.replacement.trim().contains('\n') => {
            format!("help: {}: `{}`", suggestion.message, edit.replacement.trim())
        }
        edits => {
            let mut text = format!("help: {}:", suggestion.message);
            for edit in edits {
                let line = sources.start(edit.span).line;
                for part in edit.replacement.trim_matches('\n').lines() {
                    text.push_str(&format!("\n{line:>4} + {part}"));
                }
            }
            text
        }
    }
}

fn display_style(sources: &Sources<'_>, message: &Message) -> DisplayStyle {
    let primary = match message.place {
        Place::Span(span) => Some(span),
        Place::Path(_) | Place::Nowhere => None,
    };
    let mut spans = message.labels.iter().map(|label| label.span).chain(primary);
    let unprintable = spans.any(|span| sources.lines_of(span).any(|(_, range)| range.len() > LONGEST_LINE));
    if unprintable { DisplayStyle::Medium } else { DisplayStyle::Rich }
}

impl<'a> Files<'a> for Sources<'_> {
    type FileId = FileId;
    type Name = String;
    type Source = &'a str;

    fn name(&'a self, id: FileId) -> Result<String, Error> {
        Ok(Sources::name(self, id))
    }

    fn source(&'a self, id: FileId) -> Result<&'a str, Error> {
        Ok(self.text(id))
    }

    fn line_index(&'a self, id: FileId, byte_index: usize) -> Result<usize, Error> {
        Ok(self.lines(id).line(byte_index as u32))
    }

    fn line_range(&'a self, id: FileId, line_index: usize) -> Result<Range<usize>, Error> {
        let lines = self.lines(id);
        if line_index >= lines.line_count() {
            return Err(Error::LineTooLarge { given: line_index, max: lines.line_count() - 1 });
        }
        Ok(lines.line_range(self.text(id), line_index).as_usize())
    }
}

/// Bytes, with escape codes for colours where they are wanted.
struct Styled {
    bytes: Vec<u8>,
    colours: bool,
}

impl Styled {
    fn set(&mut self, style: Style) -> io::Result<()> {
        if self.colours { write!(self.bytes, "{}", style.render()) } else { Ok(()) }
    }
}

impl Write for Styled {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.bytes.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl WriteStyle for Styled {
    fn set_header(&mut self, severity: CodespanSeverity) -> io::Result<()> {
        self.set(of_severity(severity).bold())
    }

    fn set_header_message(&mut self) -> io::Result<()> {
        self.reset()?;
        self.set(Style::new().bold())
    }

    fn set_line_number(&mut self) -> io::Result<()> {
        self.set(BORDER)
    }

    fn set_note_bullet(&mut self) -> io::Result<()> {
        self.set(BORDER)
    }

    fn set_source_border(&mut self) -> io::Result<()> {
        self.set(BORDER)
    }

    fn set_label(&mut self, severity: CodespanSeverity, style: LabelStyle) -> io::Result<()> {
        self.set(match style {
            LabelStyle::Primary => of_severity(severity),
            LabelStyle::Secondary => BORDER,
        })
    }

    fn reset(&mut self) -> io::Result<()> {
        if self.colours { write!(self.bytes, "{}", anstyle::Reset.render()) } else { Ok(()) }
    }
}

const BORDER: Style = AnsiColor::Blue.on_default();

fn of_severity(severity: CodespanSeverity) -> Style {
    match severity {
        CodespanSeverity::Bug | CodespanSeverity::Error => AnsiColor::Red.on_default(),
        CodespanSeverity::Warning => AnsiColor::Yellow.on_default(),
        CodespanSeverity::Note => AnsiColor::Green.on_default(),
        CodespanSeverity::Help => AnsiColor::Cyan.on_default(),
    }
}

#[cfg(test)]
mod tests {
    use taskguard_lints::framework::{Applicability, Edit};
    use taskguard_lints::source::{SourceFile, TextRange};

    use super::*;

    fn rendered(text: &str, message: impl FnOnce(&dyn Fn(&str) -> Span) -> Message) -> String {
        let file = taskguard_lints::read(SourceFile::new("/w/src/main.rs", text));
        let files = [file];
        let sources = Sources::new(files.iter().map(|file| &file.source), Path::new("/w"));
        let at = |part: &str| {
            let start = text.find(part).expect("the text is in the file");
            Span::new(FileId(0), TextRange::new(start, start + part.len()))
        };
        render(&sources, &message(&at), false)
    }

    #[test]
    fn the_place_is_underlined_behind_tabs_and_wide_characters() {
        let text = "fn main() {\r\n\tlet _é = \"🦀\"; spawn(a);\r\n}\r\n";
        let shown = rendered(text, |at| Message {
            lint: Some("dropped_join_handle"),
            label: Some("here".to_owned()),
            ..Message::problem_at(at("spawn(a)"), "it is dropped").note("one").help("two")
        });
        let expected = "\
error[taskguard::dropped_join_handle]: it is dropped
  ┌─ src/main.rs:2:16
  │
2 │     let _é = \"🦀\"; spawn(a);
  │                    ^^^^^^^^ here
  │
  = note: one
  = help: two
  = help: run `cargo taskguard --explain dropped_join_handle`
";
        assert_eq!(shown, expected);
    }

    #[test]
    fn a_suggestion_shows_what_to_write() {
        let suggest = |replacement: &str| {
            rendered("fn main() {\n    spawn(a);\n}\n", |at| {
                let edit = Edit { span: at("spawn(a);"), replacement: replacement.to_owned() };
                let suggestion = Suggestion {
                    message: "keep it".to_owned(),
                    edits: vec![edit],
                    applicability: Applicability::MaybeIncorrect,
                };
                Message { suggestions: vec![suggestion], ..Message::problem_at(at("spawn(a);"), "dropped") }
            })
        };
        assert!(suggest("let a = spawn(a);").contains("= help: keep it: `let a = spawn(a);`\n"));
        assert!(suggest("").contains("= help: keep it: remove `spawn(a);`\n"));
        let lines = suggest("let a = spawn(a);\n    a.await;\n");
        assert!(
            lines.contains("keep it:\n       2 + let a = spawn(a);\n       2 +     a.await;\n"),
            "{lines}"
        );
    }

    #[test]
    fn a_line_too_long_to_read_is_not_shown() {
        let text = format!("fn main() {{ let _ = \"{}\"; }}\n", "x".repeat(50_000));
        let shown = rendered(&text, |at| Message::problem_at(at("main"), "odd").note("one"));
        assert_eq!(shown, "src/main.rs:1:4: error: odd\n = note: one\n");
    }

    #[test]
    fn a_message_of_a_whole_file_names_it() {
        let shown = rendered("", |_| Message::problem("/w/x.rs", "cannot be read").note("one"));
        assert_eq!(shown, "error: cannot be read\n  ┌─ x.rs\n = note: one\n");
    }

    #[test]
    fn the_end_of_an_empty_file_is_a_place() {
        let shown = rendered("", |at| Message::problem_at(at(""), "odd"));
        assert!(shown.starts_with("error: odd\n  ┌─ src/main.rs:1:1\n"), "{shown}");
    }
}
