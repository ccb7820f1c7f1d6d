//! What is new since a revision: both trees are checked as a whole, and their findings compared.
//!
//! A filter by changed lines would miss what a change in one file does to another, and bring back what was only moved.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use crate::check::{self, Report};
use crate::cli::Options;
use crate::config::Config;
use crate::emit::Message;
use crate::fingerprint::Fingerprint;
use crate::read::{self, Parsed, Reading};
use crate::timings::Timings;
use crate::{git, known, parallel, workspace};

/// Hides the findings that were there in the tree that the working copy comes from: where its branch left a revision.
pub fn apply(
    revision: &str,
    options: &Options,
    report: &mut Report,
    timings: &mut Timings,
) -> Result<(), Box<Message>> {
    let Some(root) = git::root_around(&report.project.root) else {
        let text = format!("`{}` is not in a git checkout", report.project.root.display());
        return Err(Box::new(Message::failure(text).help("`--since` compares with a revision of git")));
    };
    let tree = git::Tree::of_branch_point(&root, revision)?;
    // Where nothing is found nothing can be new.
    if known::fingerprints(&report.messages).next().is_none() {
        return Ok(());
    }
    let folder = tempfile::TempDir::with_prefix("taskguard-")
        .map_err(|error| Message::failure(format!("cannot create a folder for temporary files: {error}")))?;
    // A name for the folder may lead through a link; those that cargo tells do not.
    let there = folder.path().canonicalize().unwrap_or_else(|_| folder.path().to_owned());
    tree.write(&there)?;
    timings.end("extract");
    let moved = Move { from: &root, to: &there };
    let before = fingerprints_of(&moved, options, report, timings);
    let now_there = |path: &str| report.project.root.join(path).exists();
    let gone: HashSet<&str> = before.iter().map(|it| &*it.path).filter(|path| !now_there(path)).collect();
    let why = format!("it was there in {}", tree.name());
    known::hide(report, &before, &why, &|path| gone.contains(path));
    Ok(())
}

/// The findings of the earlier tree. None where there was nothing to check.
fn fingerprints_of(
    moved: &Move<'_>,
    options: &Options,
    report: &mut Report,
    timings: &mut Timings,
) -> Vec<Fingerprint> {
    let cwd = moved.path(&report.project.cwd);
    let paths: Vec<PathBuf> = options
        .paths
        .iter()
        .map(|path| moved.path(&report.project.cwd.join(path)))
        .filter(|path| path.exists())
        .collect();
    if paths.is_empty() && !options.paths.is_empty() {
        return Vec::new();
    }
    let mut earlier = options.clone();
    earlier.paths = paths;
    earlier.manifest_path =
        options.manifest_path.as_ref().map(|path| moved.path(&report.project.cwd.join(path)));
    // A package may have had another name: what it had is looked for in all of them.
    earlier.packages.clear();
    earlier.exclude.clear();
    // The settings of now are for both trees: a finding is not new because a lint is.
    let Ok(mut config) = Config::load(options, Some(&report.project)) else { return Vec::new() };
    config.move_to(&|path| moved.path(path));
    let Ok(project) = workspace::discover_from(cwd, &earlier, &|_| {}) else { return Vec::new() };
    let reading = Reading::new(Parsed::out_of(&mut report.files), &read::text_on_disk, options.no_skip);
    let check = || check::check(&reading, project, &config, timings);
    let Ok(checked) = parallel::on_threads(options.threads, check) else { return Vec::new() };
    known::fingerprints(&checked.messages).cloned().collect()
}

/// Where the paths of one tree are in the other.
struct Move<'a> {
    from: &'a Path,
    to: &'a Path,
}

impl Move<'_> {
    /// Paths outside of the repository are where they were.
    fn path(&self, path: &Path) -> PathBuf {
        path.strip_prefix(self.from).map_or_else(|_| path.to_owned(), |below| self.to.join(below))
    }
}
