//! Where configuration is found, and what is read from there.
//!
//! A workspace has one configuration file, in its folder, in `.config` there, or in a folder around it that is part of the
//! same repository. The manifests of the workspace and of its packages may hold tables of their own.

use std::collections::BTreeMap;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use taskguard_lints::framework::snippets::{self, Version};
use taskguard_lints::source::{FileId, SourceFile, Span};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::table::{self, Complaint};
use super::{PlacedTable, Rank};
use crate::emit::{Failure, Message};
use crate::manifest::version_of;
use crate::workspace::{Project, normalized};

/// The names of a configuration file, relative to the folder it speaks for.
pub const NAMES: [&str; 3] = ["taskguard.toml", ".taskguard.toml", ".config/taskguard.toml"];

/// Whether a file is one that settings are read from, by its name.
pub fn may_be_in(path: &Path) -> bool {
    path.ends_with("Cargo.toml") || NAMES.iter().any(|name| path.ends_with(name))
}

/// The configuration of a project as it is written.
#[derive(Default)]
pub struct Files {
    pub sources: Vec<SourceFile>,
    pub tables: Vec<PlacedTable>,
    /// What `clippy.toml` does not want to be called directly, and why.
    pub disallowed: Vec<(String, Option<String>)>,
    /// Rust, and the libraries of the lock files whose version matters to what is proposed, the oldest of each.
    pub versions: BTreeMap<String, Version>,
    /// Configurations that nobody reads.
    pub ignored: Vec<Message>,
    complaints: Vec<Message>,
}

/// Reads the configuration of a project: the file that was named, else those that are found, and the manifests.
pub fn read(project: &Project, named: Option<&Path>) -> Result<Files, Failure> {
    let mut files = Files::default();
    match named {
        Some(named) => {
            let path = normalized(&project.cwd.join(named));
            files.add_file(&path, &project.root, &project.workspaces)?;
        }
        None => {
            for workspace in &project.workspaces {
                files.add_found(workspace)?;
            }
            files.add_ignored(project);
        }
    }
    let roots = project.workspaces.iter().map(|folder| (folder.as_path(), Rank::Workspace));
    let packages = project.packages.iter().map(|package| (package.folder(), Rank::Package));
    for (folder, rank) in roots.chain(packages) {
        files.add_metadata(folder, rank);
    }
    for workspace in &project.workspaces {
        files.add_disallowed(workspace);
        files.add_versions(workspace);
    }
    for version in project.packages.iter().filter_map(|package| package.rust_version) {
        files.add_version(snippets::RUST, version);
    }
    if files.complaints.is_empty() {
        Ok(files)
    } else {
        Err(Failure { messages: files.complaints, sources: files.sources })
    }
}

impl Files {
    /// Adds the configuration file of a workspace, if there is one.
    fn add_found(&mut self, workspace: &Path) -> Result<(), Failure> {
        let Some((folder, names)) = folders_to_search(workspace).into_iter().find_map(|folder| {
            let names: Vec<_> =
                NAMES.iter().map(|name| folder.join(name)).filter(|path| path.is_file()).collect();
            (!names.is_empty()).then_some((folder, names))
        }) else {
            return Ok(());
        };
        if let [first, second, ..] = &*names {
            let text = format!("there is another configuration in `{}`", shown(second, &folder));
            let help = format!("keep one of `{}` and `{}`", shown(first, &folder), shown(second, &folder));
            return Err(Message::problem(first, text).help(help).into());
        }
        self.add_file(&names[0], &folder, &[workspace.to_owned()])
    }

    /// Adds a configuration file for some workspaces.
    fn add_file(&mut self, path: &Path, base: &Path, workspaces: &[PathBuf]) -> Result<(), Failure> {
        // Workspaces of one repository may share theirs.
        if let Some(known) = self.tables.iter_mut().find(|table| self.sources[table.source].path == path) {
            known.folders.extend_from_slice(workspaces);
            return Ok(());
        }
        let text = fs::read_to_string(path).map_err(|error| {
            Failure::from(Message::problem(path, format!("cannot read this configuration: {error}")))
        })?;
        let source = self.add_source(path, &text);
        match DeTable::parse(&text) {
            Ok(table) => self.add_table(table.get_ref(), Rank::File, workspaces.to_vec(), base, source),
            Err(error) => {
                let place = error.span().unwrap_or_default();
                let text = format!("this is not TOML: {}", error.message());
                self.complain(source, Complaint { range: table::range(place), text, help: None });
            }
        }
        Ok(())
    }

    /// Adds the table for us in the metadata of the manifest in a folder. What is no TOML is told of elsewhere.
    fn add_metadata(&mut self, folder: &Path, rank: Rank) {
        let path = folder.join("Cargo.toml");
        let text = fs::read_to_string(&path).unwrap_or_default();
        if !text.contains("taskguard") {
            return;
        }
        let Ok(manifest) = DeTable::parse(&text) else { return };
        let section = if rank == Rank::Workspace { "workspace" } else { "package" };
        let Some(table) = get(manifest.get_ref(), &[section, "metadata", "taskguard"]) else { return };
        let known = self.sources.iter().position(|source| source.path == path);
        let source = known.unwrap_or_else(|| self.add_source(&path, &text));
        match table.get_ref().as_table() {
            Some(table) => self.add_table(table, rank, vec![folder.to_owned()], folder, source),
            None => {
                let text = "expected a table of settings".to_owned();
                self.complain(source, Complaint { range: table::range(table.span()), text, help: None });
            }
        }
    }

    /// Adds the methods that the `clippy.toml` of a workspace disallows. What is wrong with it is Clippy's to say.
    fn add_disallowed(&mut self, workspace: &Path) {
        let paths = ["clippy.toml", ".clippy.toml"].map(|name| workspace.join(name));
        let Some(text) = paths.iter().find_map(|path| fs::read_to_string(path).ok()) else { return };
        let Ok(table) = DeTable::parse(&text) else { return };
        let list = get(table.get_ref(), &["disallowed-methods"]).and_then(|value| value.get_ref().as_array());
        for entry in list.into_iter().flat_map(|list| list.iter()).map(Spanned::get_ref) {
            let text = |key: &str| Some(entry.as_table()?.get(key)?.get_ref().as_str()?.to_owned());
            let Some(path) = entry.as_str().map(str::to_owned).or_else(|| text("path")) else { continue };
            let replacement = || text("replacement").map(|name| format!("use `{name}`"));
            self.disallowed.push((path, text("reason").or_else(replacement)));
        }
    }

    /// Adds the versions that the lock file of a workspace names.
    fn add_versions(&mut self, workspace: &Path) {
        let lock = fs::read_to_string(workspace.join("Cargo.lock")).unwrap_or_default();
        for library in snippets::libraries() {
            // Cargo writes these two lines for every package, and lock files are long: they are not worth a parser.
            let head = format!("\nname = \"{library}\"\nversion = \"");
            for version in lock.split(&head).skip(1).filter_map(|rest| version_of(rest.split('"').next()?)) {
                self.add_version(library, version);
            }
        }
    }

    fn add_version(&mut self, of: &str, version: Version) {
        let oldest = self.versions.entry(of.to_owned()).or_insert(version);
        *oldest = version.min(*oldest);
    }

    /// Tells of configurations in folders where none is looked for: that of a package is one.
    fn add_ignored(&mut self, project: &Project) {
        let searched: Vec<PathBuf> =
            project.workspaces.iter().flat_map(|workspace| folders_to_search(workspace)).collect();
        let selected = project.packages.iter().filter(|package| package.selected);
        let folders = selected.map(|package| package.folder());
        let paths = folders.filter(|folder| !searched.iter().any(|known| known == folder));
        let paths =
            paths.flat_map(|folder| NAMES.map(|name| folder.join(name))).filter(|path| path.is_file());
        self.ignored.extend(paths.map(|path| {
            Message::problem(path, "this configuration is not read: it is in the folder of a package")
                .harmless()
                .help("write its settings into `[package.metadata.taskguard]` of the `Cargo.toml` there")
        }));
    }

    fn add_table(
        &mut self,
        table: &DeTable<'_>,
        rank: Rank,
        folders: Vec<PathBuf>,
        base: &Path,
        source: usize,
    ) {
        let (table, complaints) = table::read(table);
        complaints.into_iter().for_each(|complaint| self.complain(source, complaint));
        self.tables.push(PlacedTable { rank, folders, base: base.to_owned(), source, table });
    }

    fn add_source(&mut self, path: &Path, text: &str) -> usize {
        self.sources.push(SourceFile::new(path, text));
        self.sources.len() - 1
    }

    fn complain(&mut self, source: usize, complaint: Complaint) {
        let span = Span::new(FileId(source as u32), complaint.range);
        let message = Message::problem_at(span, complaint.text);
        self.complaints.push(match complaint.help {
            Some(help) => message.help(help),
            None => message,
        });
    }
}

/// The folder of a workspace and, where it is part of a repository, the folders around it up to that of the repository.
fn folders_to_search(workspace: &Path) -> Vec<PathBuf> {
    let repository = workspace.ancestors().position(|folder| folder.join(".git").exists());
    workspace.ancestors().take(repository.unwrap_or(0) + 1).map(Path::to_owned).collect()
}

fn get<'t, 'i>(table: &'t DeTable<'i>, path: &[&str]) -> Option<&'t Spanned<DeValue<'i>>> {
    get_with_key(table, path).map(|(_, value)| value)
}

/// The value behind a path of keys, and the place of the last of them.
pub fn get_with_key<'t, 'i>(
    table: &'t DeTable<'i>,
    path: &[&str],
) -> Option<(Range<usize>, &'t Spanned<DeValue<'i>>)> {
    let (first, rest) = path.split_first()?;
    let (key, value) = table.get_key_value(*first)?;
    if rest.is_empty() { Some((key.span(), value)) } else { get_with_key(value.get_ref().as_table()?, rest) }
}

fn shown(path: &Path, folder: &Path) -> String {
    path.strip_prefix(folder).unwrap_or(path).display().to_string()
}
