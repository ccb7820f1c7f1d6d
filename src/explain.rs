//! The documentation of a lint: what its source says, and what is known of it beside that.

use std::io::{self, Write};

use taskguard_lints::framework::{self, Family};
use taskguard_lints::{LINTS, NamedLint};

use crate::config::unknown_lint;
use crate::emit::Message;

/// Of a lint, how many findings in published code were read and how many of them were worth acting on; see
/// docs/accuracy.md.
pub const READINGS: &str = include_str!("precision.tsv");

/// Prints the documentation of a lint.
pub fn explain(name: &str) -> Result<(), Box<Message>> {
    let wanted = framework::normalize_lint_name(name);
    let Some(lint) = LINTS.iter().find(|lint| lint.name == wanted) else {
        return Err(unknown_lint(framework::unknown(name)));
    };
    print(&text(lint))
}

/// The documentation of a lint under its name, as Markdown. The page of lints in the book is made of it.
pub fn text(lint: &NamedLint) -> String {
    let documentation = lint.documentation();
    let documentation = documentation.trim_end();
    format!("# {}\n\n{}\n\n{documentation}\n\n{}", lint.name, facts(lint), options(lint))
}

/// Group, family, level, profile and precision in one line.
fn facts(lint: &NamedLint) -> String {
    let group = lint.lint.group;
    let mut facts = vec![group.name().to_owned(), lint.family.name().to_owned()];
    facts.push(format!("`{}` by default", group.default_level()));
    facts.extend(lint.lint.profile.map(|profile| format!("`warn` in the profile `{}`", profile.name())));
    facts.push(match readings(lint.name) {
        Some((read, worth)) => format!("{worth} of {read} findings in published code were worth acting on"),
        None => "no findings in published code were read yet".to_owned(),
    });
    facts.join(" · ")
}

fn options(lint: &NamedLint) -> String {
    let name = lint.name;
    let words: &[&str] = match lint.family {
        Family::Tasks => &["spawners", "supervisors", "known-safe-calls", "log-macros"],
        Family::Ends => &["must-run", "shutdown-signals", "known-safe-calls", "log-macros"],
        Family::Loops => &["shutdown-signals", "log-macros"],
        Family::Connections => &["log-macros"],
        Family::Process | Family::Taskguard => &[],
    };
    let mut text = format!(
        "## Options\n\n\
         `{name} = \"deny\"` under `[lints]` in `taskguard.toml`, or `-D {name}`, sets its level; \
         `// taskguard: allow({name}) -- why` is for one place.\n"
    );
    if !words.is_empty() {
        let words = words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>();
        text += &format!("What a project says of its own functions counts: {}.\n", words.join(", "));
    }
    text
}

/// How many findings of a lint were read in published code, and how many of them were worth acting on.
pub fn readings(lint: &str) -> Option<(usize, usize)> {
    let line = READINGS.lines().find_map(|line| line.strip_prefix(lint)?.strip_prefix('\t'))?;
    let (read, worth) = line.split_once('\t')?;
    Some((read.parse().ok()?, worth.parse().ok()?))
}

/// Prints a text that was asked for.
pub fn print(text: &str) -> Result<(), Box<Message>> {
    match io::stdout().lock().write_all(text.as_bytes()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Box::new(Message::failure(format!("cannot write the output: {error}"))))
        }
        _ => Ok(()),
    }
}
