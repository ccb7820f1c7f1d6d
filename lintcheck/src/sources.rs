//! The code that is run over: packages, fetched by cargo, which checks what it fetches; and repositories, fetched by git.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;

/// `sources.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sources {
    subset: Vec<String>,
    /// Versions by name.
    packages: BTreeMap<String, String>,
    /// Commits by `owner/name`.
    repositories: BTreeMap<String, String>,
}

/// A package or a repository whose code is on this machine.
pub struct Source {
    pub name: String,
    pub folder: PathBuf,
}

impl Sources {
    pub fn read(path: &Path) -> Result<Self> {
        let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
        let sources: Self =
            toml::from_str(&text).with_context(|| format!("cannot read {}", path.display()))?;
        match sources.subset.iter().find(|name| !sources.packages.contains_key(*name)) {
            Some(name) => {
                bail!("{}: the subset names `{name}`, which is no package of the list", path.display())
            }
            None => Ok(sources),
        }
    }

    pub fn subset(&self) -> &[String] {
        &self.subset
    }

    pub fn fetch_packages(&self) -> Result<()> {
        self.packages.iter().try_for_each(|(name, version)| package(name, version).map(drop))
    }

    pub fn packages(&self) -> usize {
        self.packages.len()
    }

    pub fn repositories(&self) -> usize {
        self.repositories.len()
    }

    pub fn has(&self, name: &str) -> bool {
        self.packages.contains_key(name) || self.repositories.contains_key(name)
    }

    /// The sources of these names, or all where none is given; fetched where they are not there yet.
    pub fn fetch(&self, names: &[String]) -> Result<Vec<Source>> {
        if let Some(unknown) = names.iter().find(|name| !self.has(name)) {
            bail!("`{unknown}` is not in the list");
        }
        let is_wanted = |name: &String| names.is_empty() || names.contains(name);
        let packages = self.packages.iter().filter(|(name, _)| is_wanted(name));
        let packages = packages.map(|(name, version)| (name, package(name, version)));
        let repositories = self.repositories.iter().filter(|(name, _)| is_wanted(name));
        let repositories = repositories.map(|(name, commit)| (name, repository(name, commit)));
        packages
            .chain(repositories)
            .map(|(name, folder)| Ok(Source { name: name.clone(), folder: folder? }))
            .collect()
    }
}

fn package(name: &str, version: &str) -> Result<PathBuf> {
    if let Some(folder) = unpacked(name, version)? {
        return Ok(folder);
    }
    // The one command of cargo that fetches a package without all that it depends on.
    let package = format!("{name}@{version}");
    let fetched = run("cargo", [OsStr::new("info"), "--quiet".as_ref(), package.as_ref()]);
    fetched.with_context(|| format!("cannot fetch {package}"))?;
    unpacked(name, version)?.with_context(|| format!("cargo did not unpack {package} into its cache"))
}

/// Where cargo keeps the code of a package, if it does.
fn unpacked(name: &str, version: &str) -> Result<Option<PathBuf>> {
    let folder = format!("{name}-{version}");
    let Ok(registries) = fs::read_dir(registries()?) else { return Ok(None) };
    Ok(registries.flatten().map(|registry| registry.path().join(&folder)).find(|path| path.is_dir()))
}

/// Where cargo unpacks what it fetches, a folder a registry.
pub fn registries() -> Result<PathBuf> {
    let cargo_home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    Ok(cargo_home.map_or_else(|| Ok(home()?.join(".cargo")), anyhow::Ok)?.join("registry/src"))
}

fn home() -> Result<PathBuf> {
    std::env::home_dir().context("there is no home folder")
}

/// Only what taskguard reads is fetched: the rest of some repositories is large.
fn repository(name: &str, commit: &str) -> Result<PathBuf> {
    // Outside of our own workspace, which a repository without a manifest would be taken for a part of.
    let cache = home()?.join(".cache/taskguard-lintcheck");
    let folder = cache.join(format!("{}@{commit}", name.replace('/', "+")));
    if folder.is_dir() {
        return Ok(folder);
    }
    let unfinished = folder.with_extension("part");
    let _ = fs::remove_dir_all(&unfinished);
    fs::create_dir_all(&unfinished).with_context(|| format!("cannot create {}", unfinished.display()))?;
    let git = |args: &[&str]| {
        let args = ["-C".as_ref(), unfinished.as_os_str()].into_iter().chain(args.iter().map(OsStr::new));
        run("git", args).with_context(|| format!("cannot fetch {name} at {commit}"))
    };
    git(&["init", "--quiet"])?;
    git(&["remote", "add", "origin", &format!("https://github.com/{name}")])?;
    git(&["sparse-checkout", "set", "--no-cone", "*.rs", "Cargo.toml", "Cargo.lock"])?;
    git(&["fetch", "--quiet", "--depth", "1", "--filter", "blob:none", "origin", commit])?;
    git(&["checkout", "--quiet", "FETCH_HEAD"])?;
    fs::rename(&unfinished, &folder).with_context(|| format!("cannot create {}", folder.display()))?;
    Ok(folder)
}

fn run(program: &str, args: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Result<()> {
    let status = Command::new(program).args(args).stdout(Stdio::null()).status();
    let status = status.with_context(|| format!("cannot run {program}"))?;
    ensure!(status.success(), "{program} ended with {status}");
    Ok(())
}
