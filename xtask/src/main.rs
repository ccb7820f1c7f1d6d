//! `cargo xtask new-lint NAME FAMILY`: makes the files of a lint, and enters it into the list. docs/adding-a-lint.md goes on
//! from there.

use std::fs;
use std::io;
use std::path::Path;
use std::process::ExitCode;

/// What a lint begins with. The tests of `taskguard-lints` compile it, so that it is never out of date.
const LINT: &str = include_str!("../new_lint.rs");

const FIRES: &str = "\
//! The pattern, as small as it can be.

fn start() {
    tokio::spawn(async {}); //~ NAME
}
";

const SILENT: &str = "\
//! What only looks like it: accepted repairs, and what cannot be known.

fn start() {}
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let ["new-lint", name, family] = arguments[..] else {
        eprintln!("usage: cargo xtask new-lint NAME FAMILY");
        return ExitCode::from(2);
    };
    match new_lint(name, family) {
        Ok(made) => {
            made.iter().for_each(|path| println!("{path}"));
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Makes the files of a lint in the workspace that the current folder is the root of, and says which.
fn new_lint(name: &str, family: &str) -> Result<[String; 4], String> {
    let is_snake_case = name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    if !is_snake_case {
        return Err(format!("`{name}` is no name: lower case with underscores, as after `allow`"));
    }
    let list = "lints/src/lib.rs".to_owned();
    let [lint, fires, silent] = [
        format!("lints/src/{name}.rs"),
        format!("ui-tests/{name}/fires.rs"),
        format!("ui-tests/{name}/silent.rs"),
    ];
    if Path::new(&lint).exists() {
        return Err(format!("there is a lint `{name}`"));
    }
    let text = fs::read_to_string(&list).map_err(|error| format!("cannot read {list}: {error}"))?;
    let entered = entered(&text, name, family)?;
    let write = |path: &str, text: &str| {
        let written = create_folder_of(path).and_then(|()| fs::write(path, text));
        written.map_err(|error| format!("cannot write {path}: {error}"))
    };
    write(&lint, LINT)?;
    write(&fires, &FIRES.replace("NAME", name))?;
    write(&silent, SILENT)?;
    write(&list, &entered)?;
    Ok([lint, fires, silent, list])
}

fn create_folder_of(path: &str) -> io::Result<()> {
    Path::new(path).parent().map_or(Ok(()), fs::create_dir_all)
}

/// The text of `lib.rs` with one more lint: a `mod` line, and a line in `lints!`, each at its place in the alphabet.
fn entered(text: &str, name: &str, family: &str) -> Result<String, String> {
    let mut words = family.chars();
    let family: String = words.next().iter().map(char::to_ascii_uppercase).chain(words).collect();
    let is_mod = |line: &str| line.starts_with("mod ") && line.ends_with(';');
    let is_entry = |line: &str| line.starts_with("    ") && line.ends_with(',') && line.contains(": ");
    let (before, list) = text.split_once("\nlints! {\n").ok_or("lints/src/lib.rs has no list `lints!`")?;
    let (list, after) = list.split_once("\n}").ok_or("the list `lints!` has no end")?;
    if !list.lines().any(|line| line.ends_with(&format!(": {family},"))) {
        let mut families: Vec<&str> =
            list.lines().filter_map(|line| line.rsplit_once(": ")).map(|(_, it)| it).collect();
        families.sort();
        families.dedup();
        let families = families.join(" ").to_lowercase();
        return Err(format!("the families are {}", families.trim_end_matches(',')));
    }
    let mods = with_line(before, is_mod, &format!("mod {name};"));
    let list = with_line(list, is_entry, &format!("    {name}: {family},"));
    Ok(format!("{mods}\nlints! {{\n{list}\n}}{after}"))
}

/// A text with one more line, at its place in the alphabet among the first that are of a kind.
fn with_line(text: &str, is_of_kind: impl Fn(&str) -> bool, line: &str) -> String {
    let mut lines: Vec<&str> = text.split('\n').collect();
    let first = lines.iter().position(|line| is_of_kind(line)).unwrap_or(lines.len());
    let smaller = lines[first..].iter().take_while(|other| is_of_kind(other) && **other < line).count();
    lines.insert(first + smaller, line);
    lines.join("\n")
}
