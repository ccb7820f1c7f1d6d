//! Annotations of GitHub Actions: `::warning file=src/main.rs,line=3::the handle is dropped`.

use std::io::{self, Write};

use super::{Emission, Message, Severity};

pub fn print(out: &mut dyn Write, emission: &Emission<'_>) -> io::Result<()> {
    // Of each kind ten are shown a step: errors must not be lost behind warnings. The order among equals stays.
    let (errors, warnings): (Vec<_>, Vec<_>) =
        emission.messages().partition(|message| message.severity == Severity::Error);
    for message in errors.into_iter().chain(warnings) {
        writeln!(out, "{}", annotation(emission, message))?;
    }
    Ok(())
}

fn annotation(emission: &Emission<'_>, message: &Message) -> String {
    let title = message.code().unwrap_or_else(|| "taskguard".to_owned());
    let mut properties = vec![("title", title)];
    if let Some(spot) = emission.spot(message) {
        properties.push(("file", spot.path));
        properties.push(("line", spot.start.line.to_string()));
        properties.push(("endLine", spot.end.line.to_string()));
        // Columns of several lines are refused.
        if spot.start.line == spot.end.line {
            properties.push(("col", spot.start.column.to_string()));
            properties.push(("endColumn", spot.end.column.to_string()));
        }
    }
    let properties: Vec<_> =
        properties.iter().map(|(name, value)| format!("{name}={}", property(value))).collect();
    format!("::{} {}::{}", message.severity.name(), properties.join(","), data(&emission.text(message)))
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(value: &str) -> String {
    data(value).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_runner_reads_as_its_own_is_escaped() {
        assert_eq!(property("a,b:c%\n"), "a%2Cb%3Ac%25%0A");
        assert_eq!(data("::error::a, b%0A\r\n"), "::error::a, b%250A%0D%0A");
    }
}
