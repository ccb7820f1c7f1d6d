//! Manifests read leniently, for when cargo cannot read them: by convention, and never failing.
//!
//! One broken manifest makes cargo refuse its whole workspace; the code of the others is there to be checked all the same.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use taskguard_lints::framework::snippets::Version;
use toml::{Table, Value};

use crate::glob::is_like;
use crate::workspace::{
    Package, PackageDependency, Target, TargetInfo, normalized, package_id, rank, target_kind,
};

/// The manifest of the workspace that a manifest belongs to: itself, unless one around it is a workspace's.
pub fn workspace_root(manifest: &Path) -> PathBuf {
    let own = fs::read_to_string(manifest).unwrap_or_default();
    if is_workspace(&own) {
        return manifest.to_owned();
    }
    let around = manifest.ancestors().skip(2).map(|folder| folder.join("Cargo.toml"));
    let root = around.into_iter().find(|manifest| {
        // By its text, since it may be the one that does not parse.
        fs::read_to_string(manifest).is_ok_and(|text| is_workspace(&text))
    });
    root.unwrap_or_else(|| manifest.to_owned())
}

fn is_workspace(manifest: &str) -> bool {
    manifest.lines().any(|line| line.trim_start().starts_with("[workspace"))
}

/// The manifests of a workspace among those below its root.
pub fn members(root: &Path, below: Vec<PathBuf>) -> Vec<PathBuf> {
    let folder = root.parent().unwrap_or(root);
    let table = read(root);
    let list = |key: &str| {
        let patterns = table.as_ref().and_then(|table| table.get("workspace")?.get(key)?.as_array());
        patterns
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .map(|pattern| normalized(&folder.join(pattern)))
            .collect::<Vec<_>>()
    };
    let (members, excluded) = (list("members"), list("exclude"));
    let is_member = |manifest: &PathBuf| {
        let Some(package) = manifest.parent() else { return false };
        let other_workspace =
            manifest != root && fs::read_to_string(manifest).is_ok_and(|text| is_workspace(&text));
        let listed = table.is_none() || members.iter().any(|pattern| fits(pattern, package));
        manifest == root
            || listed && !other_workspace && !excluded.iter().any(|folder| package.starts_with(folder))
    };
    below.into_iter().filter(is_member).collect()
}

/// Whether a folder fits a pattern, component by component.
fn fits(pattern: &Path, folder: &Path) -> bool {
    let (pattern, folder): (Vec<_>, Vec<_>) = (pattern.iter().collect(), folder.iter().collect());
    let alike = |(pattern, name): (&&std::ffi::OsStr, &&std::ffi::OsStr)| {
        is_like(&pattern.to_string_lossy(), &name.to_string_lossy())
    };
    pattern.len() == folder.len() && pattern.iter().zip(&folder).all(alike)
}

/// The packages of some manifests of a workspace; one that cannot be read is taken to be what its folder looks like.
pub fn packages(root: &Path, manifests: &[PathBuf]) -> Vec<Package> {
    let table = read(root);
    let workspace = table.as_ref().and_then(|table| table.get("workspace")?.as_table());
    let shared = Shared { folder: root.parent().unwrap_or(root), workspace };
    manifests.iter().filter_map(|manifest| package(manifest, &shared)).collect()
}

/// What `workspace = true` stands for.
pub struct Shared<'a> {
    pub folder: &'a Path,
    /// The table `[workspace]`.
    pub workspace: Option<&'a Table>,
}

impl Shared<'_> {
    fn get(&self, table: &str, key: &str) -> Option<&Value> {
        self.workspace?.get(table)?.get(key)
    }
}

/// None for a manifest that is a workspace's only.
fn package(manifest: &Path, shared: &Shared<'_>) -> Option<Package> {
    let folder = manifest.parent()?;
    let table = read(manifest);
    let table = match &table {
        Some(table) if !table.contains_key("package") && table.contains_key("workspace") => return None,
        Some(table) => table,
        None => &Table::new(),
    };
    let text = |key: &str| table.get("package")?.get(key)?.as_str().map(str::to_owned);
    let folder_name = || folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let name = text("name").unwrap_or_else(folder_name);
    let shared_version = || shared.get("package", "version")?.as_str().map(str::to_owned);
    let version = text("version").or_else(shared_version).unwrap_or_else(|| "0.0.0".to_owned());
    let shared_rust = || shared.get("package", "rust-version")?.as_str().map(str::to_owned);
    Some(Package {
        id: package_id(folder, &name, &version),
        targets: targets(folder, table, &name),
        dependencies: dependencies(folder, table, shared),
        enabled: features(table),
        rust_version: text("rust-version").or_else(shared_rust).and_then(|text| version_of(&text)),
        aborts_on_panic: false,
        manifest: manifest.to_owned(),
        name,
        version,
        selected: true,
    })
}

/// Major and minor of `1.20.1`.
pub fn version_of(text: &str) -> Option<Version> {
    let mut parts = text.split('.').map(str::parse);
    Some((parts.next()?.ok()?, parts.next()?.ok()?))
}

/// Whether a manifest is there and is TOML.
pub fn can_be_read(manifest: &Path) -> bool {
    read(manifest).is_some()
}

fn read(manifest: &Path) -> Option<Table> {
    fs::read_to_string(manifest).ok()?.parse().ok()
}

/// The targets that a manifest names and those that its folder shows, as far as their files are there.
fn targets(folder: &Path, table: &Table, package: &str) -> Vec<Target> {
    let mut targets = Targets { folder, table, package, found: Vec::new(), roots: BTreeSet::new() };
    targets.add_library();
    targets.add_kind("bin", "src/bin", "autobins");
    targets.add_kind("example", "examples", "autoexamples");
    targets.add_kind("test", "tests", "autotests");
    targets.add_kind("bench", "benches", "autobenches");
    targets.add_build_script();
    targets.found.sort_by_key(|target| rank(target.kind));
    targets.found
}

struct Targets<'a> {
    folder: &'a Path,
    table: &'a Table,
    /// The name of the package.
    package: &'a str,
    found: Vec<Target>,
    roots: BTreeSet<PathBuf>,
}

impl Targets<'_> {
    fn add_library(&mut self) {
        let library = self.table.get("lib").and_then(Value::as_table);
        let value = |key: &str| library.and_then(|library| library.get(key));
        let text = |key: &str| value(key).and_then(Value::as_str);
        let is_macro = value("proc-macro").or(value("proc_macro")) == Some(&Value::Boolean(true));
        let name = text("name").unwrap_or(self.package).replace('-', "_");
        self.add(if is_macro { "proc-macro" } else { "lib" }, &name, text("path").unwrap_or("src/lib.rs"));
    }

    /// Adds the targets of a kind that are listed, then those that are found, unless the package says not to look.
    fn add_kind(&mut self, kind: &str, home: &str, auto: &str) {
        let listed = self.table.get(kind).and_then(Value::as_array).into_iter().flatten();
        for target in listed {
            let text = |key: &str| target.get(key).and_then(Value::as_str);
            let name = text("name").unwrap_or(self.package);
            match text("path") {
                Some(path) => self.add(kind, name, path),
                None => self.add_by_name(kind, home, name),
            }
        }
        let package = self.table.get("package");
        let looks = package.and_then(|package| package.get(auto)) != Some(&Value::Boolean(false));
        if looks && kind == "bin" {
            self.add(kind, self.package, "src/main.rs");
        }
        if looks {
            self.add_all_in(kind, home);
        }
    }

    fn add_build_script(&mut self) {
        let given = self.table.get("package").and_then(|package| package.get("build")?.as_str());
        let path = given.unwrap_or("build.rs");
        let stem = path.rsplit('/').next().unwrap_or(path).trim_end_matches(".rs");
        self.add("custom-build", &format!("build-script-{stem}"), path);
    }

    /// Adds the files of a folder, and the `main.rs` of the folders in it.
    fn add_all_in(&mut self, kind: &str, home: &str) {
        let Ok(entries) = fs::read_dir(self.folder.join(home)) else { return };
        let mut names: Vec<_> =
            entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        for name in names {
            self.add_by_name(kind, home, name.trim_end_matches(".rs"));
        }
    }

    fn add_by_name(&mut self, kind: &str, home: &str, name: &str) {
        self.add(kind, name, &format!("{home}/{name}.rs"));
        self.add(kind, name, &format!("{home}/{name}/main.rs"));
        if kind == "bin" && name == self.package {
            self.add(kind, name, "src/main.rs");
        }
    }

    /// Adds a target if its file is there and no target has it yet.
    fn add(&mut self, kind: &str, name: &str, path: &str) {
        let root = normalized(&self.folder.join(path));
        if root.is_file() && self.roots.insert(root.clone()) {
            let info = TargetInfo::new(kind, name.to_owned(), &root);
            self.found.push(Target { kind: target_kind(kind), root, info });
        }
    }
}

fn dependencies(folder: &Path, table: &Table, shared: &Shared<'_>) -> Vec<PackageDependency> {
    let platforms = table.get("target").and_then(Value::as_table);
    let platforms = platforms.into_iter().flat_map(Table::values).filter_map(Value::as_table);
    let mut found = Vec::new();
    for table in std::iter::once(table).chain(platforms) {
        for (key, for_build) in [
            ("dependencies", false),
            ("dev-dependencies", false),
            ("dev_dependencies", false),
            ("build-dependencies", true),
            ("build_dependencies", true),
        ] {
            let entries = table.get(key).and_then(Value::as_table).into_iter().flatten();
            found.extend(entries.map(|(key, value)| dependency(folder, key, value, for_build, shared)));
        }
    }
    found
}

/// What the features of a package enable in its dependencies.
pub fn features(table: &Table) -> Vec<(String, String)> {
    let lists = table.get("features").and_then(Value::as_table).into_iter().flat_map(Table::values);
    let features = lists.filter_map(Value::as_array).flatten().filter_map(Value::as_str);
    features.filter_map(enabled).collect()
}

/// The dependency and its feature in `dependency/feature` and `dependency?/feature`.
pub fn enabled(feature: &str) -> Option<(String, String)> {
    let (dependency, feature) = feature.split_once('/')?;
    Some((dependency.trim_end_matches('?').to_owned(), feature.to_owned()))
}

/// Whether a panic ends the process that a workspace ships. What is built with another profile than `release` is known to
/// those who build it.
pub fn aborts_on_panic(root: &Path) -> bool {
    read(root).is_some_and(|table| lets_panics_abort(&table))
}

/// As `aborts_on_panic`, for a manifest that was read.
pub fn lets_panics_abort(root: &Table) -> bool {
    let release = root.get("profile").and_then(|profiles| profiles.get("release"));
    release.and_then(|release| release.get("panic")?.as_str()) == Some("abort")
}

pub fn dependency(
    folder: &Path,
    key: &str,
    value: &Value,
    for_build: bool,
    shared: &Shared<'_>,
) -> PackageDependency {
    let inherited = value.get("workspace").and_then(Value::as_bool).unwrap_or(false);
    let own_features = list(value, "features");
    let mut features = Vec::new();
    let (folder, value) = match shared.get("dependencies", key) {
        Some(shared_value) if inherited => {
            features.extend(list(shared_value, "features"));
            (shared.folder, shared_value)
        }
        _ => (folder, value),
    };
    features.extend(own_features);
    let text = |key: &str| value.get(key).and_then(Value::as_str);
    let package = text("package");
    PackageDependency {
        name: package.unwrap_or(key).to_owned(),
        rename: package.map(|_| key.to_owned()),
        folder: text("path").map(|path| normalized(&folder.join(path))),
        for_build,
        features,
    }
}

/// The texts of a list.
fn list(table: &Value, key: &str) -> Vec<String> {
    let values = table.get(key).and_then(Value::as_array).into_iter().flatten();
    values.filter_map(Value::as_str).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::cargo::tests::folder;
    use crate::workspace;

    /// What is asked of a package, in a form that can be compared: its targets and its dependencies.
    fn known(package: &Package) -> (String, BTreeSet<String>, BTreeSet<String>) {
        let target = |target: &Target| {
            format!("{:?} {} {}", target.info.kind, target.info.name.replace('-', "_"), target.root.display())
        };
        // A rename to its own name is none.
        let rename =
            |dependency: &PackageDependency| dependency.rename.clone().unwrap_or(dependency.name.clone());
        let dependency = |dependency: &PackageDependency| {
            let folder = dependency.folder.as_deref().unwrap_or(Path::new(""));
            let build = dependency.for_build;
            let features: BTreeSet<_> = dependency.features.iter().collect();
            let name = &dependency.name;
            format!("{name} {features:?} as {} in {} build {build}", rename(dependency), folder.display())
        };
        let enabled: BTreeSet<_> = package.enabled.iter().collect();
        let id = format!("{} {} {enabled:?}", package.id, package.version);
        (
            id,
            package.targets.iter().map(target).collect(),
            package.dependencies.iter().map(dependency).collect(),
        )
    }

    #[track_caller]
    fn assert_read_as_by_cargo(manifest: &Path) {
        let (_, mut by_cargo) = workspace::from_cargo(manifest).unwrap();
        by_cargo.sort_by(|a, b| a.manifest.cmp(&b.manifest));
        let root = workspace_root(manifest);
        let manifests: Vec<_> = by_cargo.iter().map(|package| package.manifest.clone()).collect();
        let by_us = packages(&root, &manifests);
        assert_eq!(
            by_us.iter().map(known).collect::<Vec<_>>(),
            by_cargo.iter().map(known).collect::<Vec<_>>()
        );
    }

    #[test]
    fn our_own_manifests_are_read_as_cargo_reads_them() {
        assert_read_as_by_cargo(&Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml"));
    }

    #[test]
    fn odd_manifests_are_read_as_cargo_reads_them() {
        let dir = folder(&[
            (
                "Cargo.toml",
                "[workspace]\nmembers = [\"crates/*\"]\n[workspace.dependencies]\ntk = { package = \"tokio\", version = \"1\", features = [\"rt\"] }\n\
                 odd = { path = \"crates/odd\" }\n[package]\nname = \"root\"\nversion = \"1.2.3\"\n\
                 [build-dependencies]\ncc = \"1\"\n[dependencies]\nodd.workspace = true\n\
                 [target.'cfg(unix)'.dependencies]\nlibc = \"0.2\"\n",
            ),
            ("src/main.rs", ""),
            ("src/lib.rs", ""),
            ("build.rs", ""),
            ("tests/a.rs", ""),
            ("tests/b/main.rs", ""),
            ("tests/common/mod.rs", ""),
            ("benches/fast.rs", ""),
            (
                "crates/odd/Cargo.toml",
                "[package]\nname = \"odd-one\"\nversion = \"0.1.0\"\nedition = \"2021\"\n[lib]\nname = \"odd\"\npath = \"lib/x.rs\"\n\
                 [[bin]]\nname = \"tool\"\npath = \"tool.rs\"\n[[bin]]\nname = \"other\"\n\
                 [features]\ndefault = [\"fast\", \"tk/time\"]\nfast = []\n\
                 [dependencies]\ntk = { workspace = true, features = [\"sync\"] }\n[dev-dependencies]\nroot = { path = \"../..\", version = \"1\" }\n",
            ),
            ("crates/odd/lib/x.rs", ""),
            ("crates/odd/tool.rs", ""),
            ("crates/odd/src/bin/other/main.rs", ""),
            ("crates/odd/src/bin/third.rs", ""),
            ("crates/odd/examples/e.rs", ""),
            (
                "crates/derive/Cargo.toml",
                "[package]\nname = \"derive\"\nversion = \"0.1.0\"\n[lib]\nproc-macro = true\n",
            ),
            ("crates/derive/src/lib.rs", ""),
        ]);
        assert_read_as_by_cargo(&dir.path().canonicalize().unwrap().join("Cargo.toml"));
    }

    #[test]
    fn panics_that_abort_are_those_of_what_is_shipped() {
        let dir = folder(&[
            ("a/Cargo.toml", "[profile.release]\npanic = \"abort\"\n"),
            ("b/Cargo.toml", "[profile.dev]\npanic = \"abort\"\n[profile.release]\nlto = true\n"),
            ("c/Cargo.toml", "[profile.production]\ninherits = \"release\"\npanic = \"abort\"\n"),
            ("d/Cargo.toml", "[profile\n"),
        ]);
        let aborts = |name: &str| aborts_on_panic(&dir.path().join(name).join("Cargo.toml"));
        assert_eq!(["a", "b", "c", "d", "gone"].map(aborts), [true, false, false, false, false]);
    }

    #[test]
    fn members_are_those_that_the_root_lists() {
        let dir = folder(&[
            ("Cargo.toml", "[workspace]\nmembers = [\"crates/*\", \"tool\"]\nexclude = [\"crates/out\"]\n"),
            ("crates/in/Cargo.toml", ""),
            ("crates/out/Cargo.toml", ""),
            ("crates/own/Cargo.toml", "[workspace]\n"),
            ("crates/in/deeper/Cargo.toml", ""),
            ("fuzz/Cargo.toml", ""),
            ("tool/Cargo.toml", ""),
        ]);
        let root = dir.path().join("Cargo.toml");
        let all = ["", "crates/in", "crates/out", "crates/own", "crates/in/deeper", "fuzz", "tool"];
        let below = || all.map(|folder| dir.path().join(folder).join("Cargo.toml")).to_vec();
        let expected = ["", "crates/in", "tool"].map(|folder| dir.path().join(folder).join("Cargo.toml"));
        assert_eq!(members(&root, below()), expected);
        assert_eq!(workspace_root(&below()[1]), root);
        // Of a root that does not parse, everything around may be a member, other workspaces apart.
        fs::write(&root, "[workspace\nmembers = [").unwrap();
        assert_eq!(members(&root, below()).len(), 6);
        assert_eq!(workspace_root(&below()[1]), root);
    }

    #[test]
    fn what_is_no_manifest_is_what_its_folder_looks_like() {
        let dir =
            folder(&[("svc/Cargo.toml", "[package\n"), ("svc/src/main.rs", ""), ("svc/src/lib.rs", "")]);
        let manifest = dir.path().join("svc/Cargo.toml");
        let [package] = &*packages(&manifest, std::slice::from_ref(&manifest)) else {
            panic!("one manifest, one package")
        };
        assert_eq!((&*package.name, package.targets.len()), ("svc", 2));
    }
}
