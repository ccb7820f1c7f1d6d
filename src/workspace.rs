//! What there is to check: packages, their targets and dependencies, and the source files around them.
//!
//! Manifests are read by `cargo` as cargo reads them. Where it cannot vouch for the answer, cargo itself is asked, without
//! network and without resolving dependencies. What that cannot read is reported, and read leniently by `manifest`. Which
//! of the files belong to the program is not answered here: that takes their `mod`s.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::ffi::OsStr;
use std::io;
use std::path::{Component, Path, PathBuf};

use cargo_metadata::{DependencyKind, MetadataCommand};
use serde::Serialize;
use taskguard_lints::framework::snippets::Version;
use taskguard_lints::semantics::TargetKind;

use crate::cargo::Manifests;
use crate::cli::Options;
use crate::emit::Message;
use crate::glob::is_like;
use crate::tree::{Entry, Kind, Listing, Tree};
use crate::{cargo, manifest, uri};

/// Everything a run looks at, and what of it is reported.
#[derive(Debug)]
pub struct Project {
    pub cwd: PathBuf,
    /// What paths are relative to in machine output: the root of the workspace, or where several are checked the
    /// current folder.
    pub root: PathBuf,
    /// The folders of the workspaces that are checked, or where there is none the current folder.
    pub workspaces: Vec<PathBuf>,
    pub packages: Vec<Package>,
    /// Source files in the folders of the packages and those given by hand, sorted. Not all belong to the program.
    pub files: Vec<PathBuf>,
    /// Files and folders named on the command line; findings elsewhere are not reported.
    pub by_hand: Vec<PathBuf>,
    pub problems: Vec<Message>,
    /// The target whose root is in a folder, and for the folder of a package its first target.
    owners: HashMap<PathBuf, (usize, usize)>,
}

/// A package as its manifest describes it.
#[derive(Clone, Debug)]
pub struct Package {
    /// As `cargo metadata` prints it.
    pub id: String,
    pub name: String,
    pub version: String,
    pub manifest: PathBuf,
    pub targets: Vec<Target>,
    pub dependencies: Vec<PackageDependency>,
    /// What its own features enable in dependencies: `(ctrlc, termination)` for `x = ["ctrlc/termination"]`.
    pub enabled: Vec<(String, String)>,
    /// The oldest Rust that it is to be built with.
    pub rust_version: Option<Version>,
    /// A panic ends the process that it is built into.
    pub aborts_on_panic: bool,
    /// Its findings are reported; otherwise it is read for what it tells of the others.
    pub selected: bool,
}

#[derive(Clone, Debug)]
pub struct Target {
    pub kind: TargetKind,
    pub root: PathBuf,
    pub info: TargetInfo,
}

/// A target as cargo's messages describe it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TargetInfo {
    pub kind: Vec<String>,
    pub crate_types: Vec<String>,
    pub name: String,
    pub src_path: String,
    pub edition: String,
    pub doc: bool,
    pub doctest: bool,
    pub test: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackageDependency {
    /// The name of the package.
    pub name: String,
    /// What this package calls it, where it is not its own name.
    pub rename: Option<String>,
    /// Its folder, where it is on this disk.
    pub folder: Option<PathBuf>,
    /// For the build script only.
    pub for_build: bool,
    /// The features that are asked of it.
    pub features: Vec<String>,
}

impl Package {
    pub fn folder(&self) -> &Path {
        self.manifest.parent().unwrap_or(&self.manifest)
    }
}

impl TargetInfo {
    pub fn new(kind: &str, name: String, root: &Path) -> Self {
        let crate_type = if matches!(kind, "lib" | "proc-macro") { kind } else { "bin" };
        Self {
            kind: vec![kind.to_owned()],
            crate_types: vec![crate_type.to_owned()],
            name,
            src_path: root.to_string_lossy().into_owned(),
            edition: "2021".to_owned(),
            doc: matches!(kind, "lib" | "bin"),
            doctest: kind == "lib",
            test: matches!(kind, "lib" | "bin" | "test"),
        }
    }
}

/// The id that cargo gives to a package in a folder.
pub fn package_id(folder: &Path, name: &str, version: &str) -> String {
    let path = folder.to_string_lossy();
    let path = if cfg!(windows) { path.replace('\\', "/") } else { path.into_owned() };
    let slash = if path.starts_with('/') { "" } else { "/" };
    let path = uri::encoded_but(&path, "!$&'()*+,:;=@[]|^");
    if folder.file_name().is_some_and(|last| last == name) {
        format!("path+file://{slash}{path}#{version}")
    } else {
        format!("path+file://{slash}{path}#{name}@{version}")
    }
}

/// Hears of source files in the folders that are asked for.
pub type Tell<'a> = &'a dyn Fn(Vec<PathBuf>);

/// Finds what the options ask to check. Fails where there is nothing at all to look at; what is wrong with a part of it
/// is among the problems.
pub fn discover(options: &Options) -> Result<Project, Box<Message>> {
    discover_telling(options, &|_| {})
}

/// As `discover`, and tells of source files as soon as it sees that there are any.
pub fn discover_telling(options: &Options, tell: Tell<'_>) -> Result<Project, Box<Message>> {
    let cwd = std::env::current_dir()
        .map_err(|error| Message::failure(format!("cannot tell the current folder: {error}")))?;
    discover_from(cwd, options, tell)
}

/// As `discover_telling`, from another folder than the current one.
pub fn discover_from(cwd: PathBuf, options: &Options, tell: Tell<'_>) -> Result<Project, Box<Message>> {
    let mut discovery = Discovery::default();
    let by_hand = discovery.existing(&cwd, &options.paths);
    if options.paths.is_empty() || options.manifest_path.is_some() {
        discovery.load(&starting_manifest(&cwd, options.manifest_path.as_deref())?);
    }
    for path in &by_hand {
        discovery.load_around(path, tell);
    }
    discovery.packages.sort_by(|a, b| a.manifest.cmp(&b.manifest));
    select(&mut discovery, options)?;

    let folders = discovery.packages.iter().map(|package| package.folder().to_owned()).collect();
    let files = discovery.source_files(folders, &by_hand);
    let root = match &*discovery.roots {
        [only] if options.paths.is_empty() || cwd.starts_with(only) => only.clone(),
        _ => cwd.clone(),
    };
    let owners = owners(&discovery.packages);
    let Discovery { packages, problems, roots: mut workspaces, .. } = discovery;
    if workspaces.is_empty() {
        workspaces.push(root.clone());
    }
    Ok(Project { cwd, root, workspaces, packages, files, by_hand, problems, owners })
}

impl Project {
    /// The package and target that a file is taken to belong to: the target with this root, else the one whose root is
    /// in the nearest folder around the file.
    pub fn owner(&self, path: &Path) -> Option<(&Package, &Target)> {
        let &(package, target) = path.ancestors().find_map(|around| self.owners.get(around))?;
        let package = &self.packages[package];
        Some((package, &package.targets[target]))
    }

    /// The folder of the workspace that a file is in; of several that of the innermost. A file in none goes with the first.
    pub fn workspace_around(&self, path: &Path) -> Option<&Path> {
        let around = self.workspaces.iter().filter(|workspace| path.starts_with(workspace));
        let innermost = around.max_by_key(|workspace| workspace.as_os_str().len());
        innermost.or(self.workspaces.first()).map(PathBuf::as_path)
    }

    /// Whether findings in a file are reported, as far as packages and paths decide it.
    pub fn is_selected(&self, path: &Path) -> bool {
        let by_hand = self.by_hand.is_empty() || self.by_hand.iter().any(|given| path.starts_with(given));
        by_hand && self.owner(path).is_none_or(|(package, _)| package.selected)
    }

    /// Whether a file itself, not a folder around it, was named on the command line.
    pub fn is_given_by_hand(&self, path: &Path) -> bool {
        self.by_hand.iter().any(|given| given == path)
    }
}

fn owners(packages: &[Package]) -> HashMap<PathBuf, (usize, usize)> {
    let mut owners = HashMap::new();
    for (index, package) in packages.iter().enumerate() {
        for (target_index, target) in package.targets.iter().enumerate() {
            owners.entry(target.root.clone()).or_insert((index, target_index));
            let folder = target.root.parent().unwrap_or(&target.root);
            // A root beside the manifest (`build.rs`) says nothing of the other files there.
            if folder != package.folder() {
                owners.entry(folder.to_owned()).or_insert((index, target_index));
            }
        }
    }
    for (index, package) in packages.iter().enumerate().filter(|(_, package)| !package.targets.is_empty()) {
        owners.entry(package.folder().to_owned()).or_insert((index, 0));
    }
    owners
}

fn starting_manifest(cwd: &Path, given: Option<&Path>) -> Result<PathBuf, Box<Message>> {
    let Some(given) = given else {
        return manifest_around(cwd).ok_or_else(|| {
            let text = format!("cannot find `Cargo.toml` in `{}` or any folder around it", cwd.display());
            Box::new(Message::failure(text).help("name the files or folders to check: `cargo taskguard .`"))
        });
    };
    let given = normalized(&cwd.join(given));
    let manifest = if given.is_dir() { given.join("Cargo.toml") } else { given };
    if !manifest.is_file() {
        return Err(Box::new(Message::failure(format!(
            "manifest path `{}` does not exist",
            manifest.display()
        ))));
    }
    Ok(manifest)
}

fn manifest_around(folder: &Path) -> Option<PathBuf> {
    folder.ancestors().map(|around| around.join("Cargo.toml")).find(|manifest| manifest.is_file())
}

#[derive(Default)]
struct Discovery {
    tree: Tree,
    manifests: Manifests,
    packages: Vec<Package>,
    /// The folders of the workspaces found.
    roots: Vec<PathBuf>,
    /// Manifests that were read, or belong to a workspace that could not be.
    seen: HashSet<PathBuf>,
    /// By the manifests of their roots.
    refused: HashMap<PathBuf, Refused>,
    problems: Vec<Message>,
}

/// A workspace that cargo could not read.
struct Refused {
    members: Vec<PathBuf>,
    /// All of its manifests are TOML.
    are_readable: bool,
}

impl Discovery {
    /// The paths given by hand that there are, absolute.
    fn existing(&mut self, cwd: &Path, paths: &[PathBuf]) -> Vec<PathBuf> {
        let mut existing = Vec::new();
        for path in paths {
            let path = normalized(&cwd.join(path));
            match path.metadata() {
                Ok(_) if path.ends_with("Cargo.toml") => existing.extend(path.parent().map(Path::to_owned)),
                Ok(_) => existing.push(path),
                Err(error) => self.problems.push(Message::problem(path, format!("cannot be read: {error}"))),
            }
        }
        existing
    }

    /// Reads the packages below a path, or where there are none the one around it.
    fn load_around(&mut self, path: &Path, tell: Tell<'_>) {
        let mut below = Vec::new();
        if path.is_dir() {
            let folders = self.folders_below(path);
            tell(folders.iter().flat_map(|folder| self.sources_in(folder)).collect());
            below = self.manifests_in(folders);
        }
        let around = if below.is_empty() { manifest_around(path) } else { None };
        for manifest in below.into_iter().chain(around) {
            self.load(&manifest);
        }
    }

    /// A folder and those below it in which there may be packages, from the outside in.
    fn folders_below(&mut self, folder: &Path) -> Vec<PathBuf> {
        let folders = self.tree.list_below(folder.to_owned(), &|folder, listing| {
            let entered = listing.folders().filter(|entry| !is_skipped(entry));
            entered.map(|entry| folder.join(&entry.name)).collect()
        });
        for folder in &folders {
            if let Err(error) = self.tree.list(folder) {
                self.problems.push(unreadable(folder, &error));
            }
        }
        folders
    }

    /// The manifests in some folders, in their order.
    fn manifests_in(&mut self, folders: Vec<PathBuf>) -> Vec<PathBuf> {
        let has_manifest =
            |folder: &PathBuf| self.tree.list(folder).is_ok_and(|listing| listing.has_manifest);
        folders.into_iter().filter(has_manifest).map(|folder| folder.join("Cargo.toml")).collect()
    }

    fn sources_in(&mut self, folder: &Path) -> Vec<PathBuf> {
        let listing = self.tree.list(folder);
        let entries = listing.iter().flat_map(|listing| &listing.entries);
        let sources = entries.filter(|entry| entry.kind == Kind::File && is_source(&entry.name));
        sources.map(|entry| folder.join(&entry.name)).collect()
    }

    /// Reads the workspace of a manifest, unless that was done before.
    fn load(&mut self, manifest: &Path) {
        if self.seen.contains(manifest) {
            return;
        }
        let (root, packages) = cargo::workspace(&mut self.manifests, manifest).unwrap_or_else(|| {
            let (root, mut packages) =
                from_cargo(manifest).unwrap_or_else(|error| self.without_cargo(manifest, &error));
            // Profiles are a matter of the workspace's root, and cargo does not tell of them.
            let aborts_on_panic = manifest::aborts_on_panic(&root.join("Cargo.toml"));
            packages.iter_mut().for_each(|package| package.aborts_on_panic = aborts_on_panic);
            (root, packages)
        });
        self.seen.insert(manifest.to_owned());
        self.seen.insert(root.join("Cargo.toml"));
        self.seen.extend(packages.iter().map(|package| package.manifest.clone()));
        // A workspace may be entered by several of its manifests: by one that it does not list, for example.
        if !self.roots.contains(&root) {
            self.roots.push(root);
        }
        for package in packages {
            if self.packages.iter().all(|known| known.manifest != package.manifest) {
                self.packages.push(package);
            }
        }
    }

    fn without_cargo(&mut self, manifest: &Path, error: &str) -> (PathBuf, Vec<Package>) {
        let root = manifest::workspace_root(manifest);
        let folder = root.parent().unwrap_or(&root).to_owned();
        let mut packages = Vec::new();
        // A workspace that is entered again, by a manifest that it does not list, has its packages already.
        let refused = match self.refused.remove(&root) {
            Some(refused) => refused,
            None => {
                let folders = self.folders_below(&folder);
                let members = manifest::members(&root, self.manifests_in(folders));
                self.seen.extend(members.iter().cloned());
                packages = manifest::packages(&root, &members);
                let are_readable = members.iter().chain([&root]).all(|it| manifest::can_be_read(it));
                Refused { members, are_readable }
            }
        };
        self.problems.push(broken_manifest(&root, &refused, error));
        self.refused.insert(root, refused);
        (folder, packages)
    }

    /// The source files in some folders, each folder walked once, and those given by hand.
    fn source_files(&mut self, mut folders: BTreeSet<PathBuf>, by_hand: &[PathBuf]) -> Vec<PathBuf> {
        let packages = folders.clone();
        let mut files: Vec<PathBuf> = by_hand.iter().filter(|path| path.is_file()).cloned().collect();
        folders.extend(by_hand.iter().filter(|path| is_loose(path, &packages)).cloned());
        let mut walked: Option<&Path> = None;
        for folder in &folders {
            if walked.is_some_and(|walked| folder.starts_with(walked)) {
                continue;
            }
            walked = Some(folder);
            self.add_files_in(folder, &folders, &mut files);
        }
        // A manifest may put a root anywhere.
        let walked: HashSet<&Path> = files.iter().map(PathBuf::as_path).collect();
        let roots = self.packages.iter().flat_map(|package| &package.targets).map(|target| &target.root);
        let others = roots.filter(|root| !walked.contains(root.as_path()) && root.symlink_metadata().is_ok());
        let others: Vec<PathBuf> = others.cloned().collect();
        files.extend(others);
        files.sort();
        files.dedup();
        files
    }

    /// Adds the files of a folder, those in other packages' folders apart, unless these are asked for as well.
    fn add_files_in(&mut self, folder: &Path, asked: &BTreeSet<PathBuf>, files: &mut Vec<PathBuf>) {
        let leads_to_asked = |folder: &Path| {
            asked.range(folder.to_owned()..).next().is_some_and(|next| next.starts_with(folder))
        };
        let is_other = |folder: &Path, listing: &Listing| listing.has_manifest && !leads_to_asked(folder);
        let folders = self.tree.list_below(folder.to_owned(), &|folder, listing| {
            if is_other(folder, listing) {
                return Vec::new();
            }
            let inner = listing.folders().map(|entry| (entry, folder.join(&entry.name)));
            let entered = inner.filter(|(entry, path)| !is_skipped(entry) || leads_to_asked(path));
            entered.map(|(_, path)| path).collect()
        });
        for folder in &folders {
            let listing = match self.tree.list(folder) {
                Ok(listing) if is_other(folder, &listing) => continue,
                Ok(listing) => listing,
                Err(error) => {
                    self.problems.push(unreadable(folder, &error));
                    continue;
                }
            };
            for entry in listing.entries.iter().filter(|entry| entry.kind != Kind::Folder) {
                let path = folder.join(&entry.name);
                if entry.kind == Kind::Link && path.is_dir() {
                    self.tell_of_circle(&path);
                } else if is_source(&entry.name) {
                    files.push(path);
                }
            }
        }
    }

    /// Modules behind a link are found by their declarations; a walk into it might never end.
    fn tell_of_circle(&mut self, link: &Path) {
        let target = link.canonicalize().unwrap_or_default();
        let around = link.parent().and_then(|folder| folder.canonicalize().ok());
        if around.is_some_and(|around| around.starts_with(&target)) {
            let text = "this link leads back to a folder around it and is not followed";
            self.problems.push(Message::problem(link, text).harmless());
        }
    }
}

/// A folder given by hand with no package in it or around it.
fn is_loose(path: &Path, packages: &BTreeSet<PathBuf>) -> bool {
    let has_package = packages.iter().any(|package| package.starts_with(path));
    path.is_dir() && !has_package
}

/// Folders that hold what was built, and what is not for people.
fn is_skipped(folder: &Entry) -> bool {
    is_hidden(&folder.name) || folder.name == "target" || folder.name == "node_modules"
}

fn is_source(name: &OsStr) -> bool {
    !is_hidden(name) && Path::new(name).extension().is_some_and(|extension| extension == "rs")
}

fn is_hidden(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}

fn unreadable(folder: &Path, why: &io::Error) -> Message {
    Message::problem(folder, format!("cannot read this folder: {why}"))
}

/// What to say where cargo refuses a workspace, at the member that it blames if it names one.
fn broken_manifest(root: &Path, refused: &Refused, error: &str) -> Message {
    let is_named = |manifest: &&PathBuf| error.contains(&format!("`{}`", manifest.display()));
    let blamed = refused.members.iter().filter(|manifest| *manifest != root).rfind(is_named);
    let problem = match blamed {
        Some(manifest) => Message::problem(manifest, "cargo cannot read this manifest"),
        None => Message::problem(root, "cargo cannot read this manifest or one that belongs to it"),
    };
    let problem = problem.note(error.trim());
    // What cargo objects to (a package outside of its workspace, a feature it does not know) says nothing of the code.
    if refused.are_readable {
        problem.note("the targets were found without cargo, from the manifests and folders").harmless()
    } else {
        let note =
            "the packages are checked all the same, as far as their manifests and folders tell of them";
        problem.note(note)
    }
}

/// The root folder of a manifest's workspace and its packages, as cargo sees them, or why it cannot.
pub fn from_cargo(manifest: &Path) -> Result<(PathBuf, Vec<Package>), String> {
    let here = manifest.parent().unwrap_or(manifest);
    let metadata = metadata(manifest, here).or_else(|error| {
        // A `rust-toolchain` file may ask for a toolchain that is not there. To read a manifest, another one will do.
        if !error.contains("is not installed") {
            return Err(error);
        }
        let by_another = |why| format!("{}\n\nAnother toolchain cannot read it either: {why}", error.trim());
        metadata(manifest, &std::env::temp_dir()).map_err(by_another)
    })?;
    let packages = metadata.packages.iter().map(package_from_cargo).collect();
    Ok((metadata.workspace_root.into_std_path_buf(), packages))
}

fn metadata(manifest: &Path, from: &Path) -> Result<cargo_metadata::Metadata, String> {
    let mut command = MetadataCommand::new();
    command.manifest_path(manifest).current_dir(from).no_deps().other_options(["--offline".to_owned()]);
    // Checking a folder is no reason to download a toolchain.
    command.env("RUSTUP_AUTO_INSTALL", "0");
    // What goes wrong in cargo is said in words.
    command.env("RUST_BACKTRACE", "0");
    command.exec().map_err(|error| match error {
        cargo_metadata::Error::CargoMetadata { stderr } => stderr,
        error => error.to_string(),
    })
}

fn package_from_cargo(package: &cargo_metadata::Package) -> Package {
    let dependencies = package.dependencies.iter().map(|dependency| PackageDependency {
        name: dependency.name.clone(),
        rename: dependency.rename.clone(),
        folder: dependency.path.clone().map(Into::into),
        for_build: dependency.kind == DependencyKind::Build,
        features: dependency.features.clone(),
    });
    let mut targets: Vec<Target> = package.targets.iter().map(target_from_cargo).collect();
    targets.sort_by_key(|target| rank(target.kind));
    Package {
        id: package.id.repr.clone(),
        name: package.name.to_string(),
        version: package.version.to_string(),
        manifest: package.manifest_path.clone().into(),
        targets,
        dependencies: dependencies.collect(),
        enabled: package
            .features
            .values()
            .flatten()
            .filter_map(|feature| manifest::enabled(feature))
            .collect(),
        rust_version: package.rust_version.as_ref().map(|version| (version.major, version.minor)),
        aborts_on_panic: false,
        selected: true,
    }
}

fn target_from_cargo(target: &cargo_metadata::Target) -> Target {
    let root: PathBuf = target.src_path.clone().into();
    let info = TargetInfo {
        kind: target.kind.iter().map(ToString::to_string).collect(),
        crate_types: target.crate_types.iter().map(ToString::to_string).collect(),
        name: target.name.clone(),
        src_path: target.src_path.to_string(),
        edition: target.edition.to_string(),
        doc: target.doc,
        doctest: target.doctest,
        test: target.test,
    };
    Target { kind: target_kind(info.kind.first().map_or("lib", String::as_str)), root, info }
}

/// The kind of a target by cargo's word for it.
pub fn target_kind(kind: &str) -> TargetKind {
    match kind {
        "bin" => TargetKind::Bin,
        "example" => TargetKind::Example,
        "test" => TargetKind::Test,
        "bench" => TargetKind::Bench,
        "custom-build" => TargetKind::BuildScript,
        // `proc-macro`, `cdylib` and the like, which a manifest may add to.
        _ => TargetKind::Lib,
    }
}

/// Whose file a file is, when several targets could have it: that of the earlier kind.
pub fn rank(kind: TargetKind) -> u8 {
    match kind {
        TargetKind::Lib => 0,
        TargetKind::Bin => 1,
        TargetKind::Example => 2,
        TargetKind::Test => 3,
        TargetKind::Bench => 4,
        TargetKind::BuildScript => 5,
        TargetKind::Loose => 6,
    }
}

/// Marks the packages that `-p` and `--exclude` choose.
fn select(discovery: &mut Discovery, options: &Options) -> Result<(), Box<Message>> {
    let packages = &mut discovery.packages;
    let wanted = |specs: &[String], package: &Package| specs.iter().any(|spec| matches(spec, package));
    for spec in &options.packages {
        if !packages.iter().any(|package| matches(spec, package)) {
            return Err(Box::new(unknown_package(spec, packages)));
        }
    }
    for spec in &options.exclude {
        if !packages.iter().any(|package| matches(spec, package)) {
            discovery.problems.push(unknown_package(spec, packages).harmless());
        }
    }
    for package in packages {
        let chosen = options.packages.is_empty() || options.workspace || wanted(&options.packages, package);
        package.selected = chosen && !wanted(&options.exclude, package);
    }
    Ok(())
}

/// Whether a package is meant: by its id, its name, a pattern of names, or `name@version`.
fn matches(spec: &str, package: &Package) -> bool {
    let name =
        spec.strip_suffix(&package.version).and_then(|spec| spec.strip_suffix(['@', ':'])).unwrap_or(spec);
    spec == package.id || is_like(name, &package.name)
}

fn unknown_package(spec: &str, packages: &[Package]) -> Message {
    let message = Message::failure(format!("no package fits `{spec}`"));
    let likeness = |name: &str| strsim::jaro_winkler(spec, name);
    let names = packages.iter().map(|package| package.name.as_str());
    match names.max_by(|a, b| likeness(a).total_cmp(&likeness(b))).filter(|name| likeness(name) > 0.8) {
        Some(near) => message.help(format!("did you mean `{near}`?")),
        None => message,
    }
}

/// A path without `.` and `..`, as far as its text tells.
pub fn normalized(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir if normal.file_name().is_some() => {
                normal.pop();
            }
            Component::ParentDir | Component::Normal(_) | Component::RootDir | Component::Prefix(_) => {
                normal.push(component);
            }
        }
    }
    normal
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_lose_their_detours() {
        assert_eq!(normalized(Path::new("/w/./a/../b//c.rs")), Path::new("/w/b/c.rs"));
        assert_eq!(normalized(Path::new("/w/a/../../../x")), Path::new("/../x"));
    }
}
