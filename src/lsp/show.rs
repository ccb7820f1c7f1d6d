//! What the editor shows of messages.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use gen_lsp_types::{
    Code, CodeDescription, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag,
    Location, Range, Uri,
};
use taskguard_lints::source::{FileId, SourceFile, Span};

use super::text::Lines;
use crate::emit::{Message, Place, Severity, documentation};

/// The texts that places are in.
pub type SourceOf<'a, 's> = &'a dyn Fn(FileId) -> &'s SourceFile;

/// The messages about one file.
pub fn diagnostics(
    source: SourceOf<'_, '_>,
    uri: &dyn Fn(&Path) -> Uri,
    messages: &[Message],
) -> Vec<Diagnostic> {
    let mut places = Places { source, lines: HashMap::new() };
    messages.iter().map(|message| diagnostic(&mut places, uri, message)).collect()
}

/// The file that a message is about, if it is about one.
pub fn path(source: SourceOf<'_, '_>, message: &Message) -> Option<PathBuf> {
    match &message.place {
        Place::Nowhere => None,
        Place::Path(path) => Some(path.clone()),
        Place::Span(span) => Some(source(span.file).path.clone()),
    }
}

struct Places<'a, 's> {
    source: SourceOf<'a, 's>,
    lines: HashMap<FileId, Lines<'s>>,
}

impl Places<'_, '_> {
    fn range(&mut self, span: Span) -> Range {
        let lines = self.lines.entry(span.file).or_insert_with(|| Lines::new(&(self.source)(span.file).text));
        lines.range(span.range)
    }

    fn location(&mut self, uri: &dyn Fn(&Path) -> Uri, span: Span) -> Location {
        Location { uri: uri((self.source)(span.file).path()), range: self.range(span) }
    }
}

fn diagnostic(places: &mut Places<'_, '_>, uri: &dyn Fn(&Path) -> Uri, message: &Message) -> Diagnostic {
    let range = match &message.place {
        Place::Span(span) => places.range(*span),
        Place::Nowhere | Place::Path(_) => Range::default(),
    };
    let related = message.labels.iter().map(|label| DiagnosticRelatedInformation {
        location: places.location(uri, label.span),
        message: label.message.clone(),
    });
    let related: Vec<_> = related.collect();
    Diagnostic {
        range,
        severity: Some(severity(message)),
        code: message.lint.map(|lint| Code::String(lint.to_owned())),
        code_description: message.lint.map(|lint| CodeDescription { href: Uri(documentation(lint)) }),
        source: Some("taskguard".to_owned()),
        message: text(message).into(),
        tags: (message.lint == Some("unused_suppression")).then(|| vec![DiagnosticTag::Unnecessary]),
        related_information: (!related.is_empty()).then_some(related),
        data: None,
    }
}

fn severity(message: &Message) -> DiagnosticSeverity {
    match (message.lint, message.severity) {
        (Some(_), Severity::Error) => DiagnosticSeverity::Error,
        (Some(_), Severity::Warning) => DiagnosticSeverity::Warning,
        // What cannot be read is half typed, most of the time, and others say it with more knowledge.
        (None, _) => DiagnosticSeverity::Information,
    }
}

/// The message and what else is said of it. Other places have their own.
fn text(message: &Message) -> String {
    let label = message.label.iter().cloned();
    let notes = message.notes.iter().map(|note| format!("note: {note}"));
    let helps = message.helps.iter().map(|help| format!("help: {help}"));
    let lines = std::iter::once(message.text.clone()).chain(label).chain(notes).chain(helps);
    lines.collect::<Vec<_>>().join("\n")
}
