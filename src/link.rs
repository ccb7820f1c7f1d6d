//! From packages and files to one linked program.
//!
//! Most modules are among the files of the packages. One that is not (`#[path = "../../shared/mod.rs"]`, a folder behind a
//! link) is looked for on the disk, read, and the program linked again.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};

use taskguard_lints::ParsedFile;
use taskguard_lints::hir::Name;
use taskguard_lints::semantics::{
    Build, CrateInput, Dependency, MissingModule, ModuleTree, TargetKind, Workspace,
};
use taskguard_lints::source::FileId;

use crate::emit::Message;
use crate::read::Reading;
use crate::timings::Timings;
use crate::workspace::{Package, PackageDependency, Project, Target};

/// The files and crates of a program, ready to be linked, and what could not be read.
pub struct Loaded {
    pub files: Vec<ParsedFile>,
    pub crates: Vec<CrateInput>,
    pub unread: Unread,
}

/// The files that could not be read, and why.
#[derive(Default)]
pub struct Unread(HashMap<PathBuf, Message>);

/// How often modules outside of the packages may lead to further ones. Code has one or two such steps; what has more goes
/// round in circles through a link.
const MAX_ROUNDS: usize = 16;

/// Reads the program of a project.
pub fn load(project: &Project, reading: &Reading<'_>, timings: &mut Timings) -> Loaded {
    let mut outside: HashSet<PathBuf> = HashSet::new();
    let mut unread = HashMap::new();
    // Files that are linted though no target leads to them.
    let mut loose = BTreeSet::new();
    let mut files = reading.files(&project.files);
    let mut rounds = 0;
    loop {
        timings.end("read and lower");
        unread.extend(files.unread);
        files.parsed.sort_by(|a, b| a.source.path.cmp(&b.source.path));
        let crates = crates(project, &loose, &files.parsed);
        let tree = ModuleTree::of(&files.parsed, &crates);
        let is_known = |path: &PathBuf| outside.contains(path) || project.files.binary_search(path).is_ok();
        let more = if rounds < MAX_ROUNDS { modules_elsewhere(&tree, &is_known) } else { BTreeSet::new() };
        let unreached = unreached_by_hand(project, &files.parsed, &tree, &loose);
        timings.end("tree");
        if more.is_empty() && unreached.is_empty() {
            return Loaded { files: files.parsed, crates, unread: Unread(unread) };
        }
        rounds += 1;
        let more: Vec<PathBuf> = more.into_iter().collect();
        loose.extend(unreached);
        let known = files.parsed;
        files = reading.files(&more);
        outside.extend(more);
        files.parsed.extend(known);
    }
}

impl Unread {
    /// What of the selected code is not in the program: roots and modules that are not there or cannot be read.
    pub fn problems(
        &self,
        project: &Project,
        workspace: &Workspace<'_>,
        in_scope: &dyn Fn(FileId) -> bool,
    ) -> Vec<Message> {
        let missing = workspace.missing_modules().iter().filter(|module| in_scope(module.declared.file));
        let missing = missing.filter_map(|module| self.missing_module(project, module));
        let cycles = workspace.module_cycles().iter().filter(|span| in_scope(span.file));
        let cycles =
            cycles.map(|&span| Message::problem_at(span, "this module leads back to a file around it"));
        self.missing_roots(project, workspace).into_iter().chain(missing).chain(cycles).collect()
    }

    fn missing_roots(&self, project: &Project, workspace: &Workspace<'_>) -> Vec<Message> {
        let read: HashSet<&Path> = workspace.files().iter().map(|file| file.source.path()).collect();
        let targets = project.packages.iter().flat_map(|package| &package.targets);
        let shipped = targets.filter(|target| matches!(target.kind, TargetKind::Lib | TargetKind::Bin));
        let lost =
            shipped.filter(|target| !read.contains(&*target.root) && project.is_selected(&target.root));
        let lost = lost.map(|target| self.0.get(&target.root).cloned().unwrap_or_else(|| no_root(target)));
        // Files in no package are their own roots.
        let is_own_root = |path: &Path| project.is_given_by_hand(path) || project.owner(path).is_none();
        let own_roots = self.0.iter().filter(|(path, _)| project.is_selected(path) && is_own_root(path));
        lost.chain(own_roots.map(|(_, message)| message.clone())).collect()
    }

    fn missing_module(&self, project: &Project, module: &MissingModule) -> Option<Message> {
        if let Some(message) = module.candidates.iter().find_map(|path| self.0.get(path)) {
            return Some(message.clone());
        }
        if module.under_cfg {
            return None;
        }
        if module.candidates.iter().any(|path| path.is_file()) {
            let text = format!("module `{}` is too far outside: does a link lead back here?", module.name);
            return Some(Message::problem_at(module.declared, text));
        }
        let text = format!("the file of module `{}` is not there", module.name);
        let shortened = |path: &Path| path.strip_prefix(&project.root).unwrap_or(path).display().to_string();
        let places: Vec<_> = module.candidates.iter().map(|path| format!("`{}`", shortened(path))).collect();
        Some(Message::problem_at(module.declared, text).help(format!("create {}", places.join(" or "))))
    }
}

fn no_root(target: &Target) -> Message {
    let kind = target.info.kind.first().map_or("target", String::as_str);
    let text = format!("the root of {kind} `{}` is not there", target.info.name);
    Message::problem(&target.root, text)
}

/// Files of missing modules that are on the disk and were not tried before.
fn modules_elsewhere(tree: &ModuleTree, is_known: &dyn Fn(&PathBuf) -> bool) -> BTreeSet<PathBuf> {
    let new = |path: &&PathBuf| !is_known(path) && path.symlink_metadata().is_ok();
    tree.missing.iter().filter_map(|module| module.candidates.iter().find(new)).cloned().collect()
}

/// The files at or below paths given by hand to which nothing leads. Of a folder, all or none: files that nothing leads to
/// beside others that something does lead to are not part of the program.
fn unreached_by_hand(
    project: &Project,
    parsed: &[ParsedFile],
    tree: &ModuleTree,
    loose: &BTreeSet<PathBuf>,
) -> Vec<PathBuf> {
    let files: Vec<(&Path, bool)> =
        parsed.iter().zip(&tree.reached).map(|(file, &reached)| (file.source.path(), reached)).collect();
    let mut unreached = Vec::new();
    for given in &project.by_hand {
        let below = || files.iter().filter(|(path, _)| path.starts_with(given));
        if below().all(|&(path, reached)| !reached && !loose.contains(path)) {
            unreached.extend(below().map(|(path, _)| path.to_path_buf()));
        }
    }
    unreached
}

/// Every target whose root could be read, as a crate to link.
fn crates(project: &Project, loose: &BTreeSet<PathBuf>, files: &[ParsedFile]) -> Vec<CrateInput> {
    let ids: HashMap<&Path, FileId> =
        (0u32..).zip(files).map(|(id, file)| (file.source.path(), FileId(id))).collect();
    let mut targets = Vec::new();
    let mut libraries = HashMap::new();
    for package in &project.packages {
        for target in package.targets.iter() {
            let Some(&root) = ids.get(&*target.root) else { continue };
            if target.kind == TargetKind::Lib {
                libraries.insert(package.folder(), (crate_name(&target.info.name), targets.len()));
            }
            targets.push((package, target, root));
        }
    }
    let of_targets = targets.iter().map(|&(package, target, root)| CrateInput {
        name: crate_name(&target.info.name),
        kind: target.kind,
        root,
        dependencies: dependencies(package, target.kind, &libraries),
        build: build(package),
    });
    let of_loose = loose.iter().filter_map(|path| {
        let owner = project.owner(path).map(|(package, _)| package);
        Some(CrateInput {
            name: crate_name(&path.file_stem()?.to_string_lossy()),
            kind: TargetKind::Loose,
            root: *ids.get(&**path)?,
            dependencies: owner
                .map(|package| dependencies(package, TargetKind::Loose, &libraries))
                .unwrap_or_default(),
            build: owner.map(build).unwrap_or_default(),
        })
    });
    of_targets.chain(of_loose).collect()
}

/// What the names of a target's dependencies stand for. Those of tests are given to all but the build script, since unit
/// tests use them too.
fn dependencies(
    package: &Package,
    kind: TargetKind,
    libraries: &HashMap<&Path, (Name, usize)>,
) -> Vec<(Name, Dependency)> {
    let is_build = kind == TargetKind::BuildScript;
    let declared = package.dependencies.iter().filter(|dependency| dependency.for_build == is_build);
    let mut found: Vec<(Name, Dependency)> = Vec::new();
    for dependency in declared {
        let library = dependency.folder.as_deref().and_then(|folder| libraries.get(folder));
        let own_name = library.map_or_else(|| crate_name(&dependency.name), |&(name, _)| name);
        let name = dependency.rename.as_deref().map_or(own_name, crate_name);
        let target = library.map_or(Dependency::External(own_name), |&(_, index)| Dependency::Linked(index));
        if found.iter().all(|&(known, _)| known != name) {
            found.push((name, target));
        }
    }
    let own = libraries.get(package.folder()).filter(|_| !is_build && kind != TargetKind::Lib);
    found.extend(own.map(|&(name, index)| (name, Dependency::Linked(index))));
    found
}

/// What the manifest of a package says of how it is built.
fn build(package: &Package) -> Build {
    let asked = package.dependencies.iter().flat_map(|dependency| {
        dependency.features.iter().map(|feature| (crate_name(&dependency.name), Name::from(feature)))
    });
    let true_name = |name: &str| {
        let renamed = |dependency: &&PackageDependency| dependency.rename.as_deref() == Some(name);
        let renamed = package.dependencies.iter().find(renamed);
        crate_name(renamed.map_or(name, |dependency| &dependency.name))
    };
    let enabled = package.enabled.iter().map(|(name, feature)| (true_name(name), Name::from(feature)));
    Build { aborts_on_panic: package.aborts_on_panic, features: asked.chain(enabled).collect() }
}

fn crate_name(name: &str) -> Name {
    Name::from(&name.replace('-', "_"))
}
