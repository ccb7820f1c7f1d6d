//! The lints on real files, and the habits of the project as tests.
//!
//! - `ui-tests/<lint>/*.rs`: every lint runs on every file, two broad policies apart; the findings are those that
//!   `//~ lint_name` marks name. What a user sees of them is in the `.stderr` file beside it, which `cargo bless` writes.
//! - `ui-tests/incidents/<name>/{before,after}`: small services as they were when they failed, and after the repair.
//! - `book`: the pages that are made of something else, and the examples on those that are not.
//! - `editing`: programs that change, as an editor changes them.
//! - tidy tests: documentation, names, direction of imports, style of messages.

mod book;
mod cases;
mod driver;
mod editing;
mod incidents;
mod marks;
mod skipping;
mod snapshot;
mod tidy;

use std::path::{Path, PathBuf};

/// The folder of the workspace.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The entries of a folder in the order of their names.
fn entries(folder: &Path) -> Vec<PathBuf> {
    let read = std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = read.map(|entry| entry.expect("the folder can be read").path()).collect();
    paths.sort();
    paths
}

/// The Rust files below a folder.
fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let (folders, files): (Vec<_>, Vec<_>) = entries(folder).into_iter().partition(|path| path.is_dir());
    let here = files.into_iter().filter(|path| path.extension().is_some_and(|extension| extension == "rs"));
    here.chain(folders.iter().flat_map(|folder| rust_files(folder))).collect()
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A path as messages show it: from the folder of the workspace, with `/`.
fn shown(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string().replace('\\', "/")
}

/// Fails with all complaints at once, so that one run tells the whole story.
#[track_caller]
fn assert_none(complaints: Vec<String>) {
    assert!(complaints.is_empty(), "\n\n{}\n", complaints.join("\n"));
}
