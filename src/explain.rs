//! What there is to know of the lints themselves: the list, and the documentation of one.

use std::io::{self, Write};

use taskguard_lints::framework::{self, Levels};
use taskguard_lints::{LINTS, NamedLint};

use crate::config::unknown_lint;
use crate::emit::{self, Message};

/// Prints every lint: name, group, level in this run, and what it finds.
pub fn list(levels: &Levels) {
    let mut lints: Vec<&NamedLint> = LINTS.iter().collect();
    lints.sort_by_key(|lint| lint.name);
    let width = lints.iter().map(|lint| lint.name.len()).max().unwrap_or_default();
    let line = |lint: &NamedLint| {
        let level = levels.of_name(lint.name).map_or("", |level| level.name());
        let group = lint.lint.group.name();
        format!("{:width$}  {group:11}  {level:6}  {}\n", lint.name, lint.summary())
    };
    print(&lints.into_iter().map(line).collect::<String>());
}

/// Prints the documentation of a lint.
pub fn explain(name: &str) -> Result<(), Box<Message>> {
    let wanted = framework::normalize_lint_name(name);
    let Some(lint) = LINTS.iter().find(|lint| lint.name == wanted) else {
        return Err(unknown_lint(framework::unknown(name)));
    };
    print(&text(lint));
    Ok(())
}

/// The documentation of a lint under its name, as Markdown.
pub fn text(lint: &NamedLint) -> String {
    format!("# {} ({})\n\n{}", lint.name, lint.lint.group, lint.documentation())
}

/// Prints a text that was asked for.
pub fn print(text: &str) {
    emit::unless_closed(io::stdout().lock().write_all(text.as_bytes()));
}
