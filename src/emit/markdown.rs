//! A table for the summary of a job (`$GITHUB_STEP_SUMMARY`).

use std::io::{self, Write};

use super::{Emission, Message, documentation};

/// GitHub refuses a summary above 1 MiB. Rows are below 1 KiB.
const MOST_ROWS: usize = 500;

pub fn print(out: &mut dyn Write, emission: &Emission<'_>) -> io::Result<()> {
    let summary = &emission.report.summary;
    writeln!(out, "### taskguard\n\n{}\n", escaped(&summary.to_string()))?;
    let messages: Vec<&Message> = emission.messages().collect();
    if messages.is_empty() {
        return Ok(());
    }
    writeln!(out, "| place | lint | what |\n|---|---|---|")?;
    for message in messages.iter().take(MOST_ROWS) {
        writeln!(out, "{}", row(emission, message))?;
    }
    if messages.len() > MOST_ROWS {
        writeln!(out, "\n{} more are in the log of the step.", messages.len() - MOST_ROWS)?;
    }
    writeln!(out)
}

fn row(emission: &Emission<'_>, message: &Message) -> String {
    let place = emission.spot(message).map(|spot| format!("`{}:{}`", cell(&spot.path), spot.start.line));
    let lint = message.lint.map(|lint| format!("[{lint}]({})", documentation(lint)));
    let text: String = escaped(&message.text).chars().take(400).collect();
    format!("| {} | {} | {} |", place.unwrap_or_default(), lint.unwrap_or_default(), text)
}

/// Text for a cell in which code stays code: a `|` would end the cell even there.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace(['\n', '\r'], " ")
}

fn escaped(text: &str) -> String {
    cell(text).replace('<', "&lt;").replace('>', "&gt;")
}
