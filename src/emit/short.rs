//! One line a message: `src/main.rs:3:5: warning[taskguard::dropped_join_handle]: ...`.

use std::io::{self, Write};

use super::{Message, Place, Sources, printed_path};

pub fn print(out: &mut dyn Write, sources: &Sources<'_>, messages: &[Message]) -> io::Result<()> {
    for message in messages {
        writeln!(out, "{}", line(sources, message))?;
    }
    out.flush()
}

fn line(sources: &Sources<'_>, message: &Message) -> String {
    let code = message.code().map(|code| format!("[{code}]")).unwrap_or_default();
    let place = match &message.place {
        Place::Nowhere => String::new(),
        Place::Path(path) => format!("{}:1:1: ", printed_path(&sources.base, path)),
        Place::Span(span) => {
            let start = sources.start(*span);
            format!("{}:{}:{}: ", sources.name(span.file), start.line, start.column)
        }
    };
    // A message of several lines would look like several messages.
    let text = message.text.replace('\n', " ");
    format!("{place}{}{code}: {text}", message.severity.name())
}
