//! The configuration as its users see it: what applies to a file and who says so, and a first file to start from.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use taskguard_lints::source::LineIndex;
use taskguard_lints::{LINTS, NamedLint};

use super::{Config, Origin, files};
use crate::emit::{self, Message, printed_path};
use crate::explain;
use crate::workspace::{Project, normalized};

/// Prints every lint: name, group, level, who set it, and what it finds. As it is in a project, where there is one.
pub fn list(config: &Config, project: Option<&Project>) -> Result<(), Box<Message>> {
    let rules = project.map(|project| config.rules(project, &project.root)).unwrap_or_default();
    let (levels, origins) = config.levels_and_origins(&rules);
    let base = project.map(|project| &*project.cwd).unwrap_or(Path::new(""));
    let origins: Vec<String> = origins.into_iter().map(|origin| shown_origin(origin, base)).collect();
    let widest = |texts: &mut dyn Iterator<Item = &str>| texts.map(str::len).max().unwrap_or_default();
    let name = widest(&mut LINTS.iter().map(|lint| lint.name));
    let origin = widest(&mut origins.iter().map(String::as_str));
    let line = |(index, lint): (usize, &NamedLint)| {
        let (group, level, from) = (lint.lint.group.name(), levels.of(index).name(), &origins[index]);
        format!("{:name$}  {group:11}  {level:6}  {from:origin$}  {}\n", lint.name, lint.summary())
    };
    explain::print(&LINTS.iter().enumerate().map(line).collect::<String>())
}

/// Prints the settings that apply to a file, or where none is given to the folder of the project, each with its origin.
/// The output is itself a configuration.
pub fn print(config: &Config, project: &Project, file: Option<&Path>) -> Result<(), Box<Message>> {
    let path = file.map_or_else(|| project.root.clone(), |file| normalized(&project.cwd.join(file)));
    if !path.exists() {
        return Err(Box::new(Message::problem(path, "there is no such file")));
    }
    let rules = config.rules(project, &path);
    let mut lines = vec![(format!("# what applies to {}", printed_path(&project.cwd, &path)), String::new())];
    let origin = |origin| shown_origin(origin, &project.cwd);
    match config.profile(&rules) {
        Some((profile, from)) => lines.push((format!("profile = \"{}\"", profile.name()), origin(from))),
        None => lines.push(("# profile".to_owned(), "none chosen".to_owned())),
    }
    lines.push(("\n[lints]".to_owned(), String::new()));
    let (levels, origins) = config.levels_and_origins(&rules);
    for (index, (lint, from)) in LINTS.iter().zip(origins).enumerate() {
        let from = match from {
            Origin::Default => format!("default of {}", lint.lint.group),
            from => origin(from),
        };
        lines.push((format!("{} = \"{}\"", lint.name, levels.of(index)), from));
    }
    for (key, from, value) in config.words(&rules) {
        lines.push((format!("# {key}: {value}"), origin(from)));
    }
    let width = lines.iter().map(|(setting, _)| setting.chars().count()).max().unwrap_or_default();
    let line = |(setting, from): (String, String)| match &*from {
        "" => format!("{setting}\n"),
        from => format!("{setting:width$}  # {from}\n"),
    };
    let text: String = lines.into_iter().map(line).collect();
    explain::print(&text)
}

fn shown_origin(origin: Origin<'_>, base: &Path) -> String {
    match origin {
        Origin::Default => "default".to_owned(),
        Origin::Profile => "profile".to_owned(),
        Origin::CommandLine => "command line".to_owned(),
        Origin::Table { source, range } => {
            let line = LineIndex::new(&source.text).line(range.start) + 1;
            format!("{}:{line}", printed_path(base, &source.path))
        }
    }
}

/// Writes a configuration to start from into the folder of a project. One that is there is left alone.
pub fn init(project: &Project) -> Result<(), Box<Message>> {
    let there = files::NAMES.iter().map(|name| project.root.join(name)).find(|path| path.exists());
    if let Some(path) = there {
        return Err(Box::new(Message::problem(path, "there is a configuration already")));
    }
    let path = project.root.join(files::NAMES[0]);
    create(&path).map_err(|error| {
        Box::new(Message::problem(&path, format!("cannot write this configuration: {error}")))
    })?;
    let text = format!("wrote {}\n", printed_path(&project.cwd, &path));
    emit::unless_closed(io::stderr().lock().write_all(text.as_bytes()));
    Ok(())
}

fn create(path: &PathBuf) -> io::Result<()> {
    // Whoever has written one in the meantime keeps it.
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    file.write_all(TEMPLATE.as_bytes())
}

pub const TEMPLATE: &str = "\
# Settings of `cargo taskguard` for this workspace. `cargo taskguard --list` names the lints and their groups;
# `cargo taskguard --print-config FILE` shows what applies to a file, and why.

# The kind of program. `service`, for one that should run for months, turns on the lints that were made for it.
# profile = \"service\"

# What the project says of its own functions, by path.
# start tasks for others, and see to how they end:
# spawners = [\"my_crate::rt::spawn_logged\"]
# are given a handle, and see to how its task ends:
# supervisors = [\"my_crate::rt::watch\"]
# must run for the life of the process:
# must-run = [\"my_crate::worker::run\"]
# wait for, or carry, the wish to stop:
# shutdown-signals = [\"my_crate::Stop\"]
# may fail unnoticed:
# known-safe-calls = [\"my_crate::metrics::flush\"]
# macros that tell a person of something:
# log-macros = [\"audit\"]

# Levels by lint, by group, or for `all`: allow, warn, deny, forbid. The narrower name decides.
[lints]
# correctness = \"deny\"
# suspicious = \"warn\"
# raw_spawn = \"warn\"

# Levels for some of the files. Of several that speak of a file the last decides.
# [[overrides]]
# paths = [\"crates/tools\", \"**/examples/**\"]
# lints = { suspicious = \"allow\" }
";

#[cfg(test)]
mod tests {
    use toml::de::DeTable;

    use super::*;
    use crate::config::table::{self, KEYS};

    #[test]
    fn the_template_is_a_configuration_also_with_its_examples_taken_in() {
        let is_setting = |line: &&str| {
            line.starts_with('[') || line.split_once(" = ").is_some_and(|(key, _)| !key.contains(' '))
        };
        let taken_in = |line: &'static str| line.strip_prefix("# ").filter(is_setting).unwrap_or(line);
        let taken_in: Vec<_> = TEMPLATE.lines().map(taken_in).collect();
        assert!(taken_in.contains(&"profile = \"service\""));
        for text in [TEMPLATE.to_owned(), taken_in.join("\n")] {
            let table = DeTable::parse(&text).unwrap_or_else(|error| panic!("{error}\n{text}"));
            assert_eq!(table::read(table.get_ref()).1, [], "{text}");
        }
    }

    #[test]
    fn the_template_shows_every_key() {
        let missing: Vec<_> = KEYS.iter().map(|key| key.name).filter(|key| !TEMPLATE.contains(key)).collect();
        assert_eq!(missing, [""; 0]);
    }
}
