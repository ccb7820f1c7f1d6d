//! `--watch`: the check, again after each change.

use std::collections::BTreeSet;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

use notify::event::{AccessKind, AccessMode};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use crate::config;
use crate::emit::{self, Message};
use crate::workspace::Project;

/// Editors write several files, and one file several times: this long nothing may happen before the check runs.
const QUIET: Duration = Duration::from_millis(50);

/// Runs the check until the process is ended, each time after something has changed. The check is given the means to tell
/// which project it is about to look at.
pub fn watch(mut check: impl FnMut(&mut (dyn FnMut(&Project) + Send))) -> Result<(), Box<Message>> {
    let cannot = |error: notify::Error| Message::failure(format!("cannot watch the files: {error}"));
    let (sender, changes) = mpsc::channel();
    let mut watcher = notify::recommended_watcher(move |event| {
        // The receiver lives as long as the watcher.
        let _ = sender.send(event);
    })
    .map_err(cannot)?;
    let mut watched = BTreeSet::new();
    loop {
        clear_screen();
        // Watched before it is read: what changes in between leads to another check.
        check(&mut |project| follow(&mut watcher, &mut watched, folders(project)));
        if watched.is_empty() {
            return Err(Box::new(Message::failure("there is nothing to watch")));
        }
        wait(&changes)?;
    }
}

fn clear_screen() {
    if io::stdout().is_terminal() {
        emit::unless_closed(io::stdout().lock().write_all(b"\x1b[2J\x1b[H"));
    }
}

/// The folders in which a change matters. Each by itself: a recursive watch would follow what is built.
fn folders(project: &Project) -> BTreeSet<PathBuf> {
    let of_files = project.files.iter().filter_map(|file| file.parent());
    let of_packages = project.packages.iter().map(|package| package.folder());
    let of_workspaces = project.workspaces.iter().map(PathBuf::as_path);
    let all = of_files.chain(of_packages).chain(of_workspaces);
    let mut folders: BTreeSet<PathBuf> = all.map(Path::to_owned).collect();
    folders.extend(project.workspaces.iter().map(|folder| folder.join(".config")));
    folders.retain(|folder| folder.is_dir());
    folders
}

fn follow(watcher: &mut RecommendedWatcher, watched: &mut BTreeSet<PathBuf>, wanted: BTreeSet<PathBuf>) {
    for gone in watched.difference(&wanted) {
        // It may be gone from the disk, and its watch with it.
        let _ = watcher.unwatch(gone);
    }
    // One that cannot be watched is tried again after the next change elsewhere.
    let is_watched = |folder: &PathBuf| {
        watched.contains(folder) || watcher.watch(folder, RecursiveMode::NonRecursive).is_ok()
    };
    *watched = wanted.into_iter().filter(is_watched).collect();
}

/// Returns some quiet after the next change that matters.
fn wait(changes: &Receiver<notify::Result<Event>>) -> Result<(), Box<Message>> {
    let ended = |_| Box::new(Message::failure("the files cannot be watched any more"));
    while !changes.recv().map_err(ended)?.is_ok_and(|event| matters(&event)) {}
    while changes.recv_timeout(QUIET).is_ok() {}
    Ok(())
}

fn matters(event: &Event) -> bool {
    let is_change = match event.kind {
        EventKind::Access(kind) => kind == AccessKind::Close(AccessMode::Write),
        EventKind::Any
        | EventKind::Create(_)
        | EventKind::Modify(_)
        | EventKind::Remove(_)
        | EventKind::Other => true,
    };
    is_change && event.paths.iter().any(|path| is_input(path))
}

/// Whether a run reads this, or may find something to read in it.
fn is_input(path: &Path) -> bool {
    let is_rust = path.extension().is_some_and(|extension| extension == "rs");
    let is_build = path.file_name().is_some_and(|name| name == "target");
    is_rust || config::may_be_in(path) || path.is_dir() && !is_build
}

#[cfg(test)]
mod tests {
    use notify::event::{CreateKind, ModifyKind};

    use super::*;

    #[test]
    fn what_a_run_reads_matters_and_reading_does_not() {
        let event = |kind, path: &str| matters(&Event::new(kind).add_path(path.into()));
        assert!(event(EventKind::Modify(ModifyKind::Any), "/w/src/main.rs"));
        assert!(event(EventKind::Create(CreateKind::Any), "/w/.config/taskguard.toml"));
        assert!(event(EventKind::Access(AccessKind::Close(AccessMode::Write)), "/w/Cargo.toml"));
        assert!(!event(EventKind::Access(AccessKind::Open(AccessMode::Any)), "/w/src/main.rs"));
        assert!(!event(EventKind::Modify(ModifyKind::Any), "/w/Cargo.lock"));
        assert!(!event(EventKind::Modify(ModifyKind::Any), "/w/src/.main.rs.swp"));
    }
}
