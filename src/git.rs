//! What is asked of git: where the repository is, and what its files were in another revision.
//!
//! Objects are read as they are stored: nothing is checked out, no index or worktree is touched, and no filter runs.

use std::io::{self, BufRead, BufReader, Write};
use std::path::{Component, Path, PathBuf};
use std::process::{Command, Stdio};
use std::{fs, thread};

use crate::emit::Message;

/// The root of the repository around a path, if it is in one. A worktree has a file named `.git`.
pub fn root_around(path: &Path) -> Option<PathBuf> {
    path.ancestors().find(|around| around.join(".git").exists()).map(Path::to_owned)
}

/// The files of a revision.
pub struct Tree {
    root: PathBuf,
    /// As the user named the revision.
    revision: String,
    commit: String,
}

/// A file of a tree that says something of the program.
struct Entry {
    object: String,
    path: PathBuf,
    is_link: bool,
}

impl Tree {
    /// The commit at which the branch of the working copy left a revision; for unrelated ones the revision itself.
    pub fn of_branch_point(root: &Path, revision: &str) -> Result<Self, Box<Message>> {
        let root = root.to_owned();
        let asked = format!("{revision}^{{commit}}");
        let commit = ask(&root, &["rev-parse", "--verify", "--quiet", "--end-of-options", &asked])?;
        let Some(commit) = commit else {
            let text = format!("git does not know the revision `{revision}`");
            let help =
                "a shallow clone has only the last commit: fetch more (`fetch-depth: 0` of actions/checkout)";
            return Err(Box::new(Message::failure(text).help(help)));
        };
        let base = ask(&root, &["merge-base", &commit, "HEAD"])?;
        Ok(Self { root, revision: revision.to_owned(), commit: base.unwrap_or(commit) })
    }

    /// `main (1234567)`.
    pub fn name(&self) -> String {
        format!("{} ({})", self.revision, self.commit.get(..7).unwrap_or(&self.commit))
    }

    /// Writes the sources and manifests of the tree to a folder.
    pub fn write(&self, folder: &Path) -> Result<(), Box<Message>> {
        let entries = self.entries()?;
        self.write_all(&entries, folder).map_err(|error| {
            Box::new(Message::failure(format!("cannot read the files of {} from git: {error}", self.name())))
        })
    }

    fn entries(&self) -> Result<Vec<Entry>, Box<Message>> {
        let list = ask(&self.root, &["ls-tree", "-r", "-z", "--full-tree", &self.commit])?;
        let list =
            list.ok_or_else(|| Message::failure(format!("git cannot list the files of {}", self.name())))?;
        let mut entries: Vec<Entry> = list.split('\0').filter_map(entry).collect();
        // Nothing is written through a link of the tree.
        entries.sort_by_key(|entry| entry.is_link);
        Ok(entries)
    }

    fn write_all(&self, entries: &[Entry], folder: &Path) -> io::Result<()> {
        let mut git = git(&self.root)
            .args(["cat-file", "--batch"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let objects: String = entries.iter().flat_map(|entry| [&*entry.object, "\n"]).collect();
        let mut input = git.stdin.take().expect("it is piped");
        // Git answers while it is asked: who only asks and then listens waits for ever.
        let asking = thread::spawn(move || input.write_all(objects.as_bytes()));
        let mut output = BufReader::new(git.stdout.take().expect("it is piped"));
        let written = entries.iter().try_for_each(|entry| write_entry(entry, folder, &mut output));
        drop(output);
        let asked = asking.join().unwrap_or_else(|_| Err(io::ErrorKind::Other.into()));
        let status = git.wait();
        written.and(asked).and(status).map(|_| ())
    }
}

/// Source files, manifests and configuration; what is in a folder of another repository is not in the tree.
fn entry(line: &str) -> Option<Entry> {
    let (head, path) = line.split_once('\t')?;
    let mut head = head.split(' ');
    let (mode, kind, object) = (head.next()?, head.next()?, head.next()?);
    let path = PathBuf::from(path);
    let is_link = mode == "120000";
    let tells = is_link || path.extension().is_some_and(|extension| extension == "rs" || extension == "toml");
    // Git refuses such paths; a tree may have been made without it.
    let stays = path.components().all(|part| matches!(part, Component::Normal(_)));
    (kind == "blob" && tells && stays).then(|| Entry { object: object.to_owned(), path, is_link })
}

fn write_entry(entry: &Entry, folder: &Path, from_git: &mut impl BufRead) -> io::Result<()> {
    let mut head = String::new();
    from_git.read_line(&mut head)?;
    let size = head.trim_end().rsplit(' ').next().and_then(|size| size.parse::<usize>().ok());
    let size = size.ok_or_else(|| io::Error::other(format!("`{}` is missing", entry.path.display())))?;
    let mut bytes = vec![0; size];
    from_git.read_exact(&mut bytes)?;
    from_git.read_exact(&mut [0])?;
    let path = folder.join(&entry.path);
    if let Some(around) = path.parent() {
        fs::create_dir_all(around)?;
    }
    if entry.is_link { link(&bytes, &path) } else { fs::write(path, bytes) }
}

#[cfg(unix)]
fn link(target: &[u8], path: &Path) -> io::Result<()> {
    use std::os::unix::ffi::OsStrExt;
    std::os::unix::fs::symlink(Path::new(std::ffi::OsStr::from_bytes(target)), path)
}

/// Elsewhere git writes the target of a link as the text of a file.
#[cfg(not(unix))]
fn link(target: &[u8], path: &Path) -> io::Result<()> {
    fs::write(path, target)
}

/// What git says on stdout, without the last line break; None if it says no.
fn ask(root: &Path, args: &[&str]) -> Result<Option<String>, Box<Message>> {
    let output = git(root).args(args).stdin(Stdio::null()).output();
    let output = output.map_err(|error| Message::failure(format!("cannot run git: {error}")))?;
    let text = String::from_utf8_lossy(&output.stdout);
    Ok(output.status.success().then(|| text.trim_end_matches('\n').to_owned()))
}

fn git(root: &Path) -> Command {
    let mut command = Command::new("git");
    command.arg("-C").arg(root);
    // A hook runs with variables that point git at the repository it belongs to, and `-C` must win.
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"] {
        command.env_remove(name);
    }
    command
}
