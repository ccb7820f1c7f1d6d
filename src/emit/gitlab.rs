//! GitLab's code quality report: one JSON array.

use std::io::{self, Write};

use serde_json::json;

use super::{Emission, Severity};

pub fn print(out: &mut dyn Write, emission: &Emission<'_>) -> io::Result<()> {
    let issues: Vec<_> = emission
        .messages()
        .map(|message| {
            let spot = emission.spot_or_root(message);
            json!({
                "description": message.text,
                "check_name": message.code().unwrap_or_else(|| "taskguard".to_owned()),
                // Issues of the same fingerprint would become one.
                "fingerprint": emission.fingerprint(message),
                "severity": match message.severity {
                    Severity::Error => "critical",
                    Severity::Warning => "major",
                },
                "content": { "body": emission.text(message) },
                "location": {
                    "path": spot.path,
                    "positions": {
                        "begin": { "line": spot.start.line, "column": spot.start.column },
                        "end": { "line": spot.end.line, "column": spot.end.column },
                    },
                },
            })
        })
        .collect();
    serde_json::to_writer_pretty(&mut *out, &issues)?;
    writeln!(out)
}
