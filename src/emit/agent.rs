//! Short text for language models: every finding with its evidence, nothing twice, no pictures.

use std::io::{self, Write};

use super::{Emission, Message};

pub fn print(out: &mut dyn Write, emission: &Emission<'_>) -> io::Result<()> {
    // Findings of one lint share their help: it is printed once.
    let mut helps: Vec<&str> = Vec::new();
    for message in emission.messages() {
        write!(out, "{}", head(emission, message))?;
        for label in &message.labels {
            let spot = emission.spot_of(label.span);
            writeln!(
                out,
                "  {}:{}:{} {}",
                spot.path,
                spot.start.line,
                spot.start.column,
                one_line(&label.message)
            )?;
        }
        for note in &message.notes {
            writeln!(out, "  note: {}", one_line(note))?;
        }
        for help in &message.helps {
            match helps.iter().position(|known| known == help) {
                Some(known) => writeln!(out, "  help {}, as above", known + 1)?,
                None => {
                    helps.push(help);
                    writeln!(out, "  help {}: {}", helps.len(), help.replace('\n', "\n    "))?;
                }
            }
        }
        for suggestion in &message.suggestions {
            writeln!(out, "  fix: {}", one_line(&suggestion.message))?;
            for edit in &suggestion.edits {
                let spot = emission.spot_of(edit.span);
                let (start, end) = (spot.start, spot.end);
                let place =
                    format!("{}:{}:{}-{}:{}", spot.path, start.line, start.column, end.line, end.column);
                writeln!(out, "    {place} -> {:?}", edit.replacement)?;
            }
        }
    }
    let summary = &emission.report.summary;
    let counts = [(summary.errors, "errors"), (summary.warnings, "warnings"), (summary.problems, "problems")];
    let counts = counts.map(|(count, what)| format!("{count} {what}"));
    writeln!(out, "{} in {} files", counts.join(", "), summary.files)?;
    if summary.errors + summary.warnings > 0 {
        writeln!(out, "explain a lint: cargo taskguard --explain LINT")?;
        writeln!(out, "where a finding is fine: // taskguard: allow(LINT) -- why")?;
    }
    Ok(())
}

fn head(emission: &Emission<'_>, message: &Message) -> String {
    let place = emission.spot(message).map(|spot| {
        let start = spot.start;
        format!("{}:{}:{} ", spot.path, start.line, start.column)
    });
    let lint = message.lint.map(|lint| format!(" {lint}")).unwrap_or_default();
    let label = message.label.as_deref().map(|label| format!(" ({})", one_line(label))).unwrap_or_default();
    let place = place.unwrap_or_default();
    format!("{place}{}{lint}: {}{label}\n", message.severity.name(), one_line(&message.text))
}

fn one_line(text: &str) -> String {
    text.replace('\n', " ")
}
