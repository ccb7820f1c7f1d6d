//! The XML of Checkstyle, which many CI servers read: findings by file.

use std::io::{self, Write};

use super::{Emission, xml};

pub fn print(out: &mut dyn Write, emission: &Emission<'_>) -> io::Result<()> {
    let text = xml::document("checkstyle", &[("version", "4.3")], |root| {
        for (path, messages) in emission.by_file() {
            root.child("file", &[("name", &path)], |file| {
                for message in messages {
                    let spot = emission.spot_or_root(message);
                    let (line, column) = (spot.start.line.to_string(), spot.start.column.to_string());
                    let source = message.code().unwrap_or_else(|| "taskguard".to_owned());
                    let attributes = [
                        ("line", &*line),
                        ("column", &*column),
                        ("severity", message.severity.name()),
                        ("message", &*emission.text(message)),
                        ("source", &*source),
                    ];
                    file.child("error", &attributes, |_| {});
                }
            });
        }
    });
    out.write_all(text.as_bytes())
}
