//! docs/adding-a-lint.md, walked through: from a tree without the lint that it tells of, its commands and its files lead to
//! the tree that is here, which the other tests compile and run.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

fn read(path: impl AsRef<Path>) -> String {
    let path = path.as_ref();
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn xtask(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask")).current_dir(folder).args(arguments).output().unwrap()
}

const LIST: &str = "lints/src/lib.rs";

/// A folder with the list of lints, one of them taken out.
fn without(lint: &str) -> TempDir {
    let folder = TempDir::new().unwrap();
    let is_other =
        |line: &&str| *line != format!("mod {lint};") && !line.starts_with(&format!("    {lint}: "));
    let list: String =
        read(root().join(LIST)).lines().filter(is_other).flat_map(|line| [line, "\n"]).collect();
    fs::create_dir_all(folder.path().join("lints/src")).unwrap();
    fs::write(folder.path().join(LIST), list).unwrap();
    folder
}

/// The lints of the list, each with its family.
fn lints() -> Vec<(String, String)> {
    let text = read(root().join(LIST));
    let list = text.split_once("\nlints! {\n").unwrap().1.split_once("\n}").unwrap().0;
    let entries = list.lines().map(|line| line.trim().trim_end_matches(',').split_once(": ").unwrap());
    entries.map(|(name, family)| (name.to_owned(), family.to_lowercase())).collect()
}

#[test]
fn the_walk_leads_to_the_lint_that_is_here() {
    let page = read(root().join("docs/adding-a-lint.md"));
    let command =
        page.lines().find_map(|line| line.strip_prefix("cargo xtask ")).expect("it says how to begin");
    let arguments: Vec<&str> = command.split_whitespace().collect();
    let lint = arguments[1];
    let folder = without(lint);
    let output = xtask(folder.path(), &arguments);
    assert!(output.status.success(), "{output:?}");
    let made = String::from_utf8(output.stdout).unwrap();
    let made: Vec<PathBuf> = made.lines().map(PathBuf::from).collect();
    assert_eq!(made.len(), 4, "{made:?}");

    // What the page shows goes into the files that were made, and all of them are shown.
    let included =
        page.split("{{#include ../").skip(1).map(|it| PathBuf::from(it.split("}}").next().unwrap()));
    let included: Vec<PathBuf> = included.collect();
    for path in &included {
        fs::write(folder.path().join(path), read(root().join(path))).unwrap();
    }
    for path in made {
        let is_shown = included.contains(&path) || path == Path::new(LIST);
        assert!(is_shown, "the page does not show {}", path.display());
        assert_eq!(read(folder.path().join(&path)), read(root().join(&path)), "{}", path.display());
    }
}

#[test]
fn every_lint_is_entered_where_it_stands() {
    let lints = lints();
    assert!(lints.len() > 30, "{lints:?}");
    for (lint, family) in lints {
        let folder = without(&lint);
        let output = xtask(folder.path(), &["new-lint", &lint, &family]);
        assert!(output.status.success(), "{output:?}");
        let entered = read(folder.path().join(LIST));
        assert!(entered == read(root().join(LIST)), "{lint} is not entered where it stands:\n{entered}");
    }
}

#[test]
fn what_cannot_be_a_lint_is_refused() {
    let folder = without("none");
    fs::write(folder.path().join("lints/src/blind_join.rs"), "").unwrap();
    let refused = |arguments: &[&str], why: &str| {
        let output = xtask(folder.path(), arguments);
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success() && said.contains(why), "{arguments:?}: {said}");
    };
    refused(&["new-lint", "blind_join", "tasks"], "there is a lint `blind_join`");
    refused(&["new-lint", "Blind-Wait", "tasks"], "is no name");
    refused(&["new-lint", "../x", "tasks"], "is no name");
    refused(&["new-lint", "blind_wait", "trees"], "the families are connections, ends, loops");
    refused(&["new-lint", "blind_wait"], "usage");
    assert_eq!(read(folder.path().join(LIST)), read(root().join(LIST)));
}
