//! JUnit's XML: a suite a file, a failed test a finding. What could not be checked is an error, in the same sense.

use std::io::{self, Write};

use super::{Emission, Message, xml};

pub fn print(out: &mut dyn Write, emission: &Emission<'_>) -> io::Result<()> {
    let files = emission.by_file();
    let all: Vec<&Message> = emission.messages().collect();
    let (tests, failures, errors) = counts(&all);
    let time = format!("{:.3}", emission.report.summary.time.as_secs_f64());
    let attributes = [
        ("name", "taskguard"),
        ("tests", &*tests),
        ("failures", &*failures),
        ("errors", &*errors),
        ("time", &*time),
    ];
    let text = xml::document("testsuites", &attributes, |root| {
        if files.is_empty() {
            // A report without any test is taken for one that went wrong.
            let attributes = [("name", "taskguard"), ("tests", "1"), ("failures", "0"), ("errors", "0")];
            root.child("testsuite", &attributes, |suite| {
                suite.child("testcase", &[("name", "no findings"), ("classname", "taskguard")], |_| {});
            });
        }
        for (path, messages) in &files {
            let (tests, failures, errors) = counts(messages);
            let attributes =
                [("name", &**path), ("tests", &*tests), ("failures", &*failures), ("errors", &*errors)];
            root.child("testsuite", &attributes, |suite| {
                messages.iter().for_each(|message| case(suite, emission, path, message));
            });
        }
    });
    out.write_all(text.as_bytes())
}

fn case(suite: &mut xml::Element<'_>, emission: &Emission<'_>, path: &str, message: &Message) {
    let spot = emission.spot_or_root(message);
    let name = message.code().unwrap_or_else(|| "taskguard".to_owned());
    let name = format!("{name} at {}:{}", spot.start.line, spot.start.column);
    let (file, line) = (spot.path, spot.start.line.to_string());
    let attributes = [("name", &*name), ("classname", path), ("file", &*file), ("line", &*line)];
    suite.child("testcase", &attributes, |case| {
        let kind = if message.lint.is_some() { "failure" } else { "error" };
        let attributes = [("message", &*message.text), ("type", message.severity.name())];
        case.child(kind, &attributes, |failure| failure.text(&emission.rendered(message)));
    });
}

/// Tests, failures and errors. Without any, there is one test, that passes.
fn counts(messages: &[&Message]) -> (String, String, String) {
    let failures = messages.iter().filter(|message| message.lint.is_some()).count();
    (messages.len().max(1).to_string(), failures.to_string(), (messages.len() - failures).to_string())
}
