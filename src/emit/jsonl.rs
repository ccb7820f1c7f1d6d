//! Our own format: a JSON object a line, `docs/schemas/jsonl.schema.json` says of which shape. The last line is the summary.

use std::io::{self, Write};

use serde::Serialize;
use taskguard_lints::framework::Applicability;
use taskguard_lints::source::Span;

use super::{Emission, Message, Spot, documentation};
use crate::check::Allowed;

/// Raised when a program that reads the lines would have to change.
const VERSION: u32 = 1;

pub fn print(out: &mut dyn Write, emission: &Emission<'_>) -> io::Result<()> {
    for message in &emission.report.messages {
        line(out, &Line::of(emission, message))?;
    }
    for Allowed { message, reason } in &emission.report.suppressed {
        let finding = message.lint.map(|lint| finding(emission, lint, message));
        finding
            .map_or(Ok(()), |finding| line(out, &Line::Suppressed { reason: reason.as_deref(), finding }))?;
    }
    for Allowed { message, reason } in &emission.report.known {
        let finding = message.lint.map(|lint| finding(emission, lint, message));
        finding.map_or(Ok(()), |finding| line(out, &Line::Known { reason: reason.as_deref(), finding }))?;
    }
    let summary = &emission.report.summary;
    let last = Line::Summary {
        version: VERSION,
        files: summary.files,
        functions: summary.functions,
        tasks: summary.tasks,
        errors: summary.errors,
        warnings: summary.warnings,
        suppressed: summary.suppressed,
        known: summary.known,
        stale: summary.stale,
        problems: summary.problems,
        unreached: summary.unreached,
    };
    line(out, &last)
}

fn line(out: &mut dyn Write, line: &Line<'_>) -> io::Result<()> {
    serde_json::to_writer(&mut *out, line)?;
    out.write_all(b"\n")
}

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
enum Line<'a> {
    Finding(Finding<'a>),
    /// A finding that the code allows.
    Suppressed {
        reason: Option<&'a str>,
        #[serde(flatten)]
        finding: Finding<'a>,
    },
    /// A finding that was there before.
    Known {
        reason: Option<&'a str>,
        #[serde(flatten)]
        finding: Finding<'a>,
    },
    /// Something that was not checked, or is odd about the project.
    Problem {
        level: &'static str,
        message: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        place: Option<PlaceLine>,
        notes: &'a [String],
        helps: &'a [String],
    },
    Summary {
        version: u32,
        files: usize,
        functions: usize,
        tasks: usize,
        errors: usize,
        warnings: usize,
        suppressed: usize,
        known: usize,
        stale: usize,
        problems: usize,
        unreached: usize,
    },
}

#[derive(Serialize)]
struct Finding<'a> {
    lint: &'a str,
    group: &'static str,
    level: &'static str,
    message: &'a str,
    place: PlaceLine,
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<&'a str>,
    evidence: Vec<Evidence<'a>>,
    notes: &'a [String],
    helps: &'a [String],
    suggestions: Vec<Suggestion<'a>>,
    item: &'a str,
    fingerprint: String,
    url: String,
}

#[derive(Serialize)]
struct Evidence<'a> {
    message: &'a str,
    place: PlaceLine,
}

#[derive(Serialize)]
struct Suggestion<'a> {
    message: &'a str,
    applicability: &'static str,
    edits: Vec<Edit<'a>>,
}

#[derive(Serialize)]
struct Edit<'a> {
    place: PlaceLine,
    replacement: &'a str,
}

/// Lines and columns count from 1, columns in characters; offsets are bytes of the file; ends are exclusive.
#[derive(Serialize)]
struct PlaceLine {
    path: String,
    start: Position,
    end: Position,
}

#[derive(Serialize)]
struct Position {
    line: usize,
    column: usize,
    offset: usize,
}

impl<'a> Line<'a> {
    fn of(emission: &Emission<'_>, message: &'a Message) -> Self {
        match message.lint {
            Some(lint) => Line::Finding(finding(emission, lint, message)),
            None => Line::Problem {
                level: message.severity.name(),
                message: &message.text,
                place: emission.spot(message).map(PlaceLine::of),
                notes: &message.notes,
                helps: &message.helps,
            },
        }
    }
}

fn finding<'a>(emission: &Emission<'_>, lint: &'static str, message: &'a Message) -> Finding<'a> {
    let place = |span: Span| PlaceLine::of(emission.spot_of(span));
    let evidence = message.labels.iter();
    let suggestions = message.suggestions.iter().map(|suggestion| Suggestion {
        message: &suggestion.message,
        applicability: match suggestion.applicability {
            Applicability::MachineApplicable => "machine-applicable",
            Applicability::MaybeIncorrect => "maybe-incorrect",
            Applicability::HasPlaceholders => "has-placeholders",
        },
        edits: (suggestion.edits.iter())
            .map(|edit| Edit { place: place(edit.span), replacement: &edit.replacement })
            .collect(),
    });
    Finding {
        lint,
        group: super::group(lint).name(),
        level: message.severity.name(),
        message: &message.text,
        place: PlaceLine::of(emission.spot_or_root(message)),
        label: message.label.as_deref(),
        evidence: evidence
            .map(|label| Evidence { message: &label.message, place: place(label.span) })
            .collect(),
        notes: &message.notes,
        helps: &message.helps,
        suggestions: suggestions.collect(),
        item: message.fingerprint.as_ref().map_or("", |fingerprint| &fingerprint.item),
        fingerprint: emission.fingerprint(message),
        url: documentation(lint),
    }
}

impl PlaceLine {
    fn of(spot: Spot) -> Self {
        let start = Position { line: spot.start.line, column: spot.start.column, offset: spot.range.start };
        let end = Position { line: spot.end.line, column: spot.end.column, offset: spot.range.end };
        Self { path: spot.path, start, end }
    }
}
