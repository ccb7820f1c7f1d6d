//! What the editor asks for: explanations, and changes that settle a finding.

use std::collections::HashMap;
use std::path::Path;

use gen_lsp_types::{
    CodeAction, CodeActionKind, CodeActionParams, Contents, Diagnostic, DocumentChange, Edit, Hover,
    HoverParams, MarkupContent, MarkupKind, OptionalVersionedTextDocumentIdentifier, Position, Range,
    SnippetTextEdit, StringValue, TextDocumentEdit, TextDocumentIdentifier, TextEdit, Uri, WorkspaceEdit,
};
use serde::Serialize;
use serde_json::Value;
use taskguard_lints::framework::{self, Applicability, Levels, Suggestion, suppress};
use taskguard_lints::source::{FileId, LineIndex, SourceFile, Span, TextRange};
use taskguard_lints::{LINTS, ParsedFile};

use super::text::Lines;
use super::{Desk, Question};
use crate::emit::{Message, Place};
use crate::fix::{self, Position as Beside};
use crate::live::View;
use crate::{explain, uri};

/// A question about a file.
pub enum Asked {
    Hover(Position),
    /// What can be done about the findings in a range.
    Actions(Range),
}

impl Asked {
    /// The question of a request, and the file that it is about. None for requests that nobody here answers.
    pub fn of(method: &str, params: Value) -> Option<serde_json::Result<(Uri, Self)>> {
        match method {
            "textDocument/hover" => Some(serde_json::from_value(params).map(|params: HoverParams| {
                let at = params.text_document_position_params;
                (at.text_document.uri, Asked::Hover(at.position))
            })),
            "textDocument/codeAction" => Some(
                serde_json::from_value(params)
                    .map(|params: CodeActionParams| (params.text_document.uri, Asked::Actions(params.range))),
            ),
            _ => None,
        }
    }
}

/// The answer to a question about a file that has been checked as it is.
pub fn answer(desk: &Desk<'_>, view: View<'_>, question: &Question) -> Value {
    let parsed = view.files.iter().find(|file| file.source.path() == question.about);
    let Some(parsed) = parsed else { return Value::Null };
    let shown = desk.shown.get(&question.about);
    let shown: Vec<(&Message, &Diagnostic)> =
        shown.map(|shown| shown.messages.iter().zip(&shown.diagnostics).collect()).unwrap_or_default();
    match &question.asked {
        Asked::Hover(position) => json(hover(parsed, &shown, *position)),
        Asked::Actions(range) => {
            let touches = |diagnostic: &Diagnostic| {
                diagnostic.range.start <= range.end && range.start <= diagnostic.range.end
            };
            let near = shown.into_iter().filter(|(_, diagnostic)| touches(diagnostic));
            let actions =
                near.flat_map(|(message, diagnostic)| actions(desk, view, parsed, message, diagnostic));
            json(actions.collect::<Vec<_>>())
        }
    }
}

fn json(answer: impl Serialize) -> Value {
    serde_json::to_value(answer).unwrap_or_default()
}

/// The documentation of the lints that have found something at a position, or that a suppression there names.
fn hover(parsed: &ParsedFile, shown: &[(&Message, &Diagnostic)], position: Position) -> Option<Hover> {
    let is_here = |range: &Range| range.start <= position && position <= range.end;
    let found = shown.iter().filter(|(_, diagnostic)| is_here(&diagnostic.range));
    let found = found.filter_map(|(message, diagnostic)| Some((message.lint?.to_owned(), diagnostic.range)));
    let lines = Lines::new(&parsed.source.text);
    let named = parsed.directives.iter().flat_map(|directive| &directive.lints);
    let named = named.map(|(name, place)| (framework::normalize_lint_name(name), lines.range(*place)));
    let mut here: Vec<(String, Range)> = found.chain(named).filter(|(_, range)| is_here(range)).collect();
    here.dedup_by(|a, b| a.0 == b.0);
    let range = here.first()?.1;
    let texts =
        here.iter().filter_map(|(name, _)| LINTS.iter().find(|lint| lint.name == name)).map(explain::text);
    let value = texts.collect::<Vec<_>>().join("\n\n---\n\n");
    let contents = Contents::MarkupContent(MarkupContent { kind: MarkupKind::Markdown, value });
    Some(Hover { contents, range: Some(range) })
}

/// What can be done about a finding.
fn actions(
    desk: &Desk<'_>,
    view: View<'_>,
    parsed: &ParsedFile,
    message: &Message,
    diagnostic: &Diagnostic,
) -> Vec<CodeAction> {
    let fixes = message.suggestions.iter().map(|suggestion| CodeAction {
        is_preferred: Some(suggestion.applicability == Applicability::MachineApplicable),
        ..action(suggestion.message.clone(), diagnostic, fix(desk, view, suggestion))
    });
    let allowed = allow(desk, view, parsed, message).map(|(title, edit)| action(title, diagnostic, edit));
    fixes.chain(allowed).collect()
}

fn action(title: String, diagnostic: &Diagnostic, edit: WorkspaceEdit) -> CodeAction {
    CodeAction {
        title,
        kind: Some(CodeActionKind::QuickFix),
        diagnostics: Some(vec![diagnostic.clone()]),
        is_preferred: None,
        disabled: None,
        edit: Some(edit),
        command: None,
        data: None,
        tags: None,
    }
}

fn fix(desk: &Desk<'_>, view: View<'_>, suggestion: &Suggestion) -> WorkspaceEdit {
    let mut changes: HashMap<Uri, Vec<TextEdit>> = HashMap::new();
    for edit in &suggestion.edits {
        let source = view.source(edit.span.file);
        let range = Lines::new(&source.text).range(edit.span.range);
        let edits = changes.entry(uri_of(desk, source.path())).or_default();
        edits.push(TextEdit { range, new_text: edit.replacement.clone() });
    }
    WorkspaceEdit { changes: Some(changes), document_changes: None, change_annotations: None }
}

fn uri_of(desk: &Desk<'_>, path: &Path) -> Uri {
    desk.buffers.get(path).map_or_else(|| Uri(uri::of_file(path)), |buffer| buffer.uri.clone())
}

/// A suppression of a finding: a comment above its line, or where that does not reach it, behind. The reason is for the
/// user to write, and as long as there is none `suppression_without_reason` asks for it.
fn allow(
    desk: &Desk<'_>,
    view: View<'_>,
    parsed: &ParsedFile,
    message: &Message,
) -> Option<(String, WorkspaceEdit)> {
    let (Some(lint), Place::Span(span)) = (message.lint, &message.place) else { return None };
    let is_of_file = view.source(span.file).path() == parsed.source.path();
    if !is_of_file || fix::ABOUT_SUPPRESSIONS.contains(&lint) {
        return None;
    }
    let levels = view.config.levels(&view.config.rules(view.project, parsed.source.path()));
    let text = &*parsed.source.text;
    let lines = LineIndex::new(text);
    let line = lines.line_range(text, lines.line(span.range.start));
    let comment = format!("// taskguard: allow({lint}) -- ");
    let (at, comment) = [Beside::Above, Beside::Behind]
        .into_iter()
        .map(|beside| fix::commented(text, line, &comment, beside))
        .find(|(at, comment)| is_allowed(parsed, message, lint, &levels, *at, comment))?;
    let range = Lines::new(text).range(TextRange { start: at, end: at });
    let uri = uri_of(desk, parsed.source.path());
    let edit = if desk.client.snippets {
        let (before, after) = comment.split_at(comment.trim_end_matches(['\r', '\n']).len());
        let value = format!("{}${{1:why the finding is fine}}{after}", escaped(before));
        let edit = SnippetTextEdit { range, snippet: StringValue { value }, annotation_id: None };
        let version = desk.buffers.get(parsed.source.path()).map(|buffer| buffer.version);
        let text_document = OptionalVersionedTextDocumentIdentifier {
            version,
            text_document_identifier: TextDocumentIdentifier { uri },
        };
        let change = TextDocumentEdit { text_document, edits: vec![Edit::SnippetTextEdit(edit)] };
        let document_changes = Some(vec![DocumentChange::TextDocumentEdit(change)]);
        WorkspaceEdit { changes: None, document_changes, change_annotations: None }
    } else {
        let changes = HashMap::from([(uri, vec![TextEdit { range, new_text: comment }])]);
        WorkspaceEdit { changes: Some(changes), document_changes: None, change_annotations: None }
    };
    Some((format!("allow `{lint}` here, with a reason"), edit))
}

/// Whether a text put in at a place makes the code allow a finding.
fn is_allowed(
    parsed: &ParsedFile,
    message: &Message,
    lint: &'static str,
    levels: &Levels,
    at: u32,
    comment: &str,
) -> bool {
    let Place::Span(span) = &message.place else { return false };
    let mut text = parsed.source.text.to_string();
    text.insert_str(at as usize, comment);
    let moved = |place: u32| if place < at { place } else { place + comment.len() as u32 };
    let range = TextRange { start: moved(span.range.start), end: moved(span.range.end) };
    let finding = framework::Diagnostic {
        lint,
        level: levels.of_name(lint).unwrap_or(framework::Level::Warn),
        span: Span::new(FileId(0), range),
        message: String::new(),
        label: None,
        labels: Vec::new(),
        notes: Vec::new(),
        helps: Vec::new(),
        suggestions: Vec::new(),
    };
    let commented = taskguard_lints::read(SourceFile::new(parsed.source.path(), text));
    let outcome = suppress::apply(FileId(0), &commented, vec![finding], levels);
    !outcome.suppressed.is_empty()
}

/// Text that is no part of a snippet's own language.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('$', "\\$").replace('}', "\\}")
}
