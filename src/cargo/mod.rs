//! What cargo would say of a workspace, found out without starting it: its members, their targets, their dependencies.
//!
//! Cargo takes a tenth of a second to say it, and longer where a `rust-toolchain` file stands in its way. The rules here are
//! those of `cargo metadata --no-deps`. None means that there is no vouching for the answer: something is broken, or is
//! written in a way not known here. Then cargo has the word, on what is wrong as well.

mod dependencies;
mod form;
mod package;
mod targets;

use std::collections::{BTreeSet, HashMap, HashSet};
use std::ffi::OsStr;
use std::path::{Component, Path, PathBuf};
use std::rc::Rc;
use std::{env, fs};

use toml::{Table, Value};

use crate::glob::is_like;
use crate::manifest;
use crate::workspace::{Package, normalized};

/// The root folder of a manifest's workspace and its packages.
pub fn workspace(manifests: &mut Manifests, manifest: &Path) -> Option<(PathBuf, Vec<Package>)> {
    let (root, members) = match manifests.root_of(manifest)? {
        Some(root) => {
            let members = members(manifests, &root, manifest)?;
            (root, members)
        }
        None => (manifest.to_owned(), BTreeSet::from([manifest.to_owned()])),
    };
    let aborts_on_panic = manifest::lets_panics_abort(&manifests.load(&root)?.table);
    let mut packages = Vec::new();
    for member in &members {
        let Some(mut package) = manifests.load(member)?.package.clone() else { continue };
        package.aborts_on_panic = aborts_on_panic;
        packages.push(package);
    }
    Some((root.parent()?.to_owned(), packages))
}

/// A manifest that cargo would accept.
struct Manifest {
    table: Rc<Table>,
    /// None for a virtual manifest.
    package: Option<Package>,
    workspace: Option<Workspace>,
    /// `package.workspace`.
    pointer: Option<String>,
}

/// What the table `[workspace]` says of members.
struct Workspace {
    folder: PathBuf,
    members: Option<Vec<String>>,
    default_members: Option<Vec<String>>,
    exclude: Vec<String>,
}

/// What `workspace = true` stands for in a manifest: the one of its workspace.
struct Shared {
    folder: PathBuf,
    table: Rc<Table>,
}

impl Shared {
    fn get(&self, section: &str, key: &str) -> Option<&Value> {
        self.workspace()?.get(section)?.get(key)
    }

    fn workspace(&self) -> Option<&Table> {
        self.table.get("workspace")?.as_table()
    }
}

impl Workspace {
    fn new(folder: &Path, table: &Table) -> Self {
        let list = |key: &str| table.get(key).map(form::texts);
        Self {
            folder: folder.to_owned(),
            members: list("members"),
            default_members: list("default-members"),
            exclude: list("exclude").unwrap_or_default(),
        }
    }

    /// By the texts of paths, as cargo does it.
    fn excludes(&self, manifest: &Path) -> bool {
        let is_in = |list: &[String]| list.iter().any(|path| manifest.starts_with(self.folder.join(path)));
        is_in(&self.exclude) && !self.members.as_deref().is_some_and(is_in)
    }
}

/// The manifests that were looked at, each read once.
#[derive(Default)]
pub struct Manifests {
    /// None for those that there is no vouching for, and those that are just being read.
    loaded: HashMap<PathBuf, Option<Rc<Manifest>>>,
    is_there: HashMap<PathBuf, bool>,
}

impl Manifests {
    fn load(&mut self, path: &Path) -> Option<Rc<Manifest>> {
        if let Some(known) = self.loaded.get(path) {
            return known.clone();
        }
        self.loaded.insert(path.to_owned(), None);
        let manifest = Rc::new(self.read(path)?);
        self.loaded.insert(path.to_owned(), Some(manifest.clone()));
        Some(manifest)
    }

    fn read(&mut self, path: &Path) -> Option<Manifest> {
        let folder = path.parent()?;
        let text = fs::read_to_string(path).ok()?;
        let table: Rc<Table> = Rc::new(text.parse().ok()?);
        form::check_manifest(&table)?;
        let workspace = table.get("workspace").and_then(Value::as_table);
        let workspace = workspace.map(|workspace| Workspace::new(folder, workspace));
        let pointer =
            table.get("package").and_then(|package| Some(package.get("workspace")?.as_str()?.to_owned()));
        if workspace.is_some() && pointer.is_some() {
            return None;
        }
        let shared = if workspace.is_some() {
            Some(Shared { folder: folder.to_owned(), table: table.clone() })
        } else if text.contains("workspace") {
            self.shared_above(path, pointer.as_deref())?
        } else {
            None
        };
        let package = match table.get("package").and_then(Value::as_table) {
            Some(_) => Some(package::read(path, &table, shared.as_ref())?),
            None if workspace.is_none() || form::needs_package(&table) => return None,
            None => None,
        };
        Some(Manifest { table, package, workspace, pointer })
    }

    /// What the manifest of the workspace around another one gives to it, if there is a workspace.
    fn shared_above(&mut self, path: &Path, pointer: Option<&str>) -> Option<Option<Shared>> {
        let root = match pointer {
            Some(pointer) => Some(pointed(path, pointer)?),
            None => self.root_above(path)?,
        };
        let Some(root) = root else { return Some(None) };
        let manifest = self.load(&root)?;
        manifest.workspace.as_ref()?;
        Some(Some(Shared { folder: root.parent()?.to_owned(), table: manifest.table.clone() }))
    }

    /// The manifest of the workspace that a manifest belongs to, which may be itself. `Some(None)` where there is none.
    fn root_of(&mut self, path: &Path) -> Option<Option<PathBuf>> {
        match self.root_by(path, path)? {
            Some(root) => Some(Some(root)),
            None => self.root_above(path),
        }
    }

    fn root_above(&mut self, path: &Path) -> Option<Option<PathBuf>> {
        let home = cargo_home();
        let mut last: Option<&Path> = None;
        for folder in path.ancestors().skip(2) {
            if folder.ends_with("target/package") || last.is_some_and(|last| home.as_deref() == Some(last)) {
                break;
            }
            last = Some(folder);
            let manifest = folder.join("Cargo.toml");
            if self.is_there(&manifest)
                && let Some(root) = self.root_by(&manifest, path)?
            {
                return Some(Some(root));
            }
        }
        Some(None)
    }

    /// The root that one manifest names for another.
    fn root_by(&mut self, manifest: &Path, for_manifest: &Path) -> Option<Option<PathBuf>> {
        let loaded = self.load(manifest)?;
        Some(match (&loaded.workspace, &loaded.pointer) {
            (Some(workspace), _) if !workspace.excludes(for_manifest) => Some(manifest.to_owned()),
            (None, Some(pointer)) => Some(pointed(manifest, pointer)?),
            (Some(_), _) | (None, None) => None,
        })
    }

    fn is_there(&mut self, path: &Path) -> bool {
        if let Some(known) = self.is_there.get(path) {
            return *known;
        }
        let is_there = path.exists();
        self.is_there.insert(path.to_owned(), is_there);
        is_there
    }
}

/// The manifest that `package.workspace` means.
fn pointed(manifest: &Path, pointer: &str) -> Option<PathBuf> {
    Some(normalized(&manifest.parent()?.join(pointer).join("Cargo.toml")))
}

/// Where cargo keeps what it has fetched. What is there belongs to no workspace around it.
fn cargo_home() -> Option<PathBuf> {
    match env::var_os("CARGO_HOME").filter(|home| !home.is_empty()) {
        Some(home) => Some(env::current_dir().ok()?.join(home)),
        None => Some(env::home_dir()?.join(".cargo")),
    }
}

/// The manifests of the members of a workspace, entered by one of them: what the root lists, and what they depend on in
/// the root's folder.
fn members(manifests: &mut Manifests, root: &Path, current: &Path) -> Option<BTreeSet<PathBuf>> {
    let root_manifest = manifests.load(root)?;
    let workspace = root_manifest.workspace.as_ref()?;
    let listed = expanded(&workspace.folder, workspace.members.as_deref().unwrap_or_default())?;
    let mut found = BTreeSet::new();
    let mut open: Vec<(PathBuf, bool)> = vec![(root.to_owned(), false)];
    open.extend(listed.iter().map(|folder| (folder.join("Cargo.toml"), false)));
    while let Some((manifest, is_dependency)) = open.pop() {
        if found.contains(&manifest) {
            continue;
        }
        let is_outside = is_dependency && !manifest.parent()?.starts_with(&workspace.folder);
        if is_outside && manifests.root_of(&manifest)?.as_deref() != Some(root)
            || workspace.excludes(&manifest)
        {
            continue;
        }
        let loaded = manifests.load(&manifest)?;
        found.insert(manifest);
        let dependencies = loaded.package.iter().flat_map(|package| &package.dependencies);
        let folders = dependencies.filter_map(|dependency| dependency.folder.as_ref());
        open.extend(folders.map(|folder| (folder.join("Cargo.toml"), true)));
    }
    let is_sound = found.contains(current)
        && agree(manifests, root, &found)?
        && defaults_are_members(workspace, &listed, &found)?;
    is_sound.then_some(found)
}

/// Whether all members have names of their own, and take the same manifest, and no other of them, for their root.
fn agree(manifests: &mut Manifests, root: &Path, members: &BTreeSet<PathBuf>) -> Option<bool> {
    let mut names = HashSet::new();
    let mut roots = 0;
    for member in members {
        let loaded = manifests.load(member)?;
        roots += usize::from(loaded.workspace.is_some());
        let is_new = loaded.package.as_ref().is_none_or(|package| names.insert(package.name.clone()));
        if !is_new || manifests.root_of(member)?.as_deref() != Some(root) {
            return Some(false);
        }
    }
    Some(roots == 1)
}

fn defaults_are_members(
    workspace: &Workspace,
    listed: &BTreeSet<PathBuf>,
    members: &BTreeSet<PathBuf>,
) -> Option<bool> {
    let defaults = expanded(&workspace.folder, workspace.default_members.as_deref().unwrap_or_default())?;
    Some(defaults.iter().all(|folder| {
        members.contains(&folder.join("Cargo.toml")) || listed.contains(folder) && workspace.excludes(folder)
    }))
}

/// The folders that patterns stand for. A pattern that fits nothing stands for itself.
fn expanded(root: &Path, patterns: &[String]) -> Option<BTreeSet<PathBuf>> {
    // Cargo takes the path of the root for a part of the pattern.
    if is_pattern(root.as_os_str()) {
        return None;
    }
    let mut folders = BTreeSet::new();
    for pattern in patterns {
        let mut found = vec![root.to_owned()];
        for component in Path::new(pattern).components() {
            found = match component {
                Component::Normal(name) if is_pattern(name) => fitting(&found, name.to_str()?)?,
                component => found.into_iter().map(|folder| folder.join(component)).collect(),
            };
        }
        folders.extend(found.iter().filter(|folder| folder.is_dir()).map(|folder| normalized(folder)));
        if found.is_empty() || !found.iter().any(|folder| folder.exists()) {
            folders.insert(normalized(&root.join(pattern)));
        }
    }
    Some(folders)
}

fn is_pattern(name: &OsStr) -> bool {
    name.to_string_lossy().contains(['*', '?', '[', ']'])
}

/// What is in some folders and fits a pattern for names.
fn fitting(folders: &[PathBuf], pattern: &str) -> Option<Vec<PathBuf>> {
    if pattern.contains("**") || pattern.contains(['[', ']']) {
        return None;
    }
    let mut found = Vec::new();
    for folder in folders {
        // A file, or what is not there, has nothing in it.
        for entry in fs::read_dir(folder).into_iter().flatten() {
            let entry = entry.ok()?;
            if is_like(pattern, entry.file_name().to_str()?) {
                found.push(entry.path());
            }
        }
    }
    Some(found)
}

#[cfg(test)]
pub mod tests;
