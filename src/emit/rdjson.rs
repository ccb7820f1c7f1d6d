//! The format of reviewdog, which turns suggestions into suggested changes. Its columns count bytes.

use std::io::{self, Write};

use serde_json::{Value, json};
use taskguard_lints::framework::{Applicability, Edit, Suggestion};
use taskguard_lints::source::Span;

use super::{Emission, Message, Place, Severity, documentation};

pub fn print(out: &mut dyn Write, emission: &Emission<'_>) -> io::Result<()> {
    let diagnostics: Vec<Value> = emission.messages().map(|message| diagnostic(emission, message)).collect();
    let result = json!({
        "source": { "name": "taskguard", "url": env!("CARGO_PKG_REPOSITORY") },
        "diagnostics": diagnostics,
    });
    serde_json::to_writer_pretty(&mut *out, &result)?;
    writeln!(out)
}

fn diagnostic(emission: &Emission<'_>, message: &Message) -> Value {
    let mut location = json!({ "path": emission.spot_or_root(message).path });
    if let Place::Span(span) = message.place {
        location["range"] = byte_range(emission, span);
    }
    let related: Vec<Value> = message
        .labels
        .iter()
        .map(|label| {
            let path = emission.spot_of(label.span).path;
            let location = json!({ "path": path, "range": byte_range(emission, label.span) });
            json!({ "message": label.message, "location": location })
        })
        .collect();
    let mut value = json!({
        "message": emission.text(message),
        "location": location,
        "severity": match message.severity {
            Severity::Error => "ERROR",
            Severity::Warning => "WARNING",
        },
        "related_locations": related,
    });
    if let Some(lint) = message.lint {
        value["code"] = json!({ "value": format!("taskguard::{lint}"), "url": documentation(lint) });
    }
    let suggestions: Vec<Value> =
        message.suggestions.iter().filter_map(|it| suggestion(emission, message, it)).collect();
    if !suggestions.is_empty() {
        value["suggestions"] = suggestions.into();
    }
    value
}

/// A suggestion there has no file of its own, and one range: others cannot be told.
fn suggestion(emission: &Emission<'_>, message: &Message, suggestion: &Suggestion) -> Option<Value> {
    let [Edit { span, replacement }] = &*suggestion.edits else { return None };
    let is_here = matches!(message.place, Place::Span(place) if place.file == span.file);
    let is_whole = suggestion.applicability != Applicability::HasPlaceholders;
    (is_here && is_whole).then(|| json!({ "range": byte_range(emission, *span), "text": replacement }))
}

fn byte_range(emission: &Emission<'_>, span: Span) -> Value {
    let range = emission.sources.range(span);
    let position = |offset: usize| {
        let lines = emission.sources.lines(span.file);
        let line = lines.line(offset as u32);
        let start = lines.line_range(emission.sources.text(span.file), line).start as usize;
        json!({ "line": line + 1, "column": offset - start + 1 })
    };
    json!({ "start": position(range.start), "end": position(range.end) })
}
