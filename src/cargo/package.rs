//! A package as cargo reads it from a manifest whose form is right.

use std::path::Path;

use cargo_metadata::semver;
use taskguard_lints::framework::snippets::Version;
use toml::{Table, Value};

use super::{Shared, dependencies, form, targets};
use crate::manifest;
use crate::workspace::{Package, package_id};

/// The editions, and the first Rust that knows each.
const EDITIONS: [(&str, Version); 4] =
    [("2015", (1, 0)), ("2018", (1, 31)), ("2021", (1, 56)), ("2024", (1, 85))];

pub fn read(path: &Path, table: &Table, shared: Option<&Shared>) -> Option<Package> {
    let folder = path.parent()?;
    let package = table.get("package")?.as_table()?;
    for (key, value) in package {
        let is_there = !form::is_inherited(value) || shared?.get("package", key).is_some();
        is_there.then_some(())?;
    }
    let text = |key: &str| match package.get(key) {
        Some(value) if form::is_inherited(value) => shared?.get("package", key)?.as_str(),
        value => value?.as_str(),
    };
    let name = text("name").filter(|name| form::is_name(name))?;
    let version = match text("version") {
        Some(version) => semver::Version::parse(version.trim()).ok()?.to_string(),
        None if package.get("publish").is_none_or(|publish| *publish == Value::Boolean(false)) => {
            "0.0.0".to_owned()
        }
        None => return None,
    };
    let rust_version = match text("rust-version") {
        Some(version) => Some(rust_version(version)?),
        None => None,
    };
    let edition = text("edition").unwrap_or("2015");
    let (_, first) = EDITIONS.into_iter().find(|(known, _)| *known == edition)?;
    let is_too_old = package.contains_key("edition") && rust_version.is_some_and(|version| version < first);
    (!is_too_old && has_one_resolver(table, package) && lints_are_there(table, shared)).then_some(())?;

    let targets = targets::read(folder, table, name, edition)?;
    let has_script = targets.iter().any(|target| target.info.kind == ["custom-build"]);
    (has_script || !package.contains_key("links")).then_some(())?;
    if let Some(default) = text("default-run") {
        targets.iter().find(|target| target.info.kind == ["bin"] && target.info.name == default)?;
    }
    let dependencies = dependencies::read(folder, table, edition, shared)?;
    Some(Package {
        id: id(folder, name, &version)?,
        targets,
        dependencies,
        enabled: manifest::features(table),
        rust_version,
        aborts_on_panic: false,
        manifest: path.to_owned(),
        name: name.to_owned(),
        version,
        selected: true,
    })
}

fn id(folder: &Path, name: &str, version: &str) -> Option<String> {
    // Not all versions of cargo write these alike.
    let path = folder.to_str()?;
    folder.file_name()?;
    (!path.contains(['^', '|'])).then(|| package_id(folder, name, version))
}

/// One to three numbers. Minor is zero where it is not said.
fn rust_version(text: &str) -> Option<Version> {
    let is_number = |part: &&str| {
        !part.is_empty()
            && part.chars().all(|c| c.is_ascii_digit())
            && (*part == "0" || !part.starts_with('0'))
    };
    let parts: Vec<&str> = text.split('.').collect();
    let numbers: Vec<u64> =
        parts.iter().filter(|part| is_number(part)).flat_map(|part| part.parse()).collect();
    match &*numbers {
        [major, rest @ ..] if numbers.len() == parts.len() && rest.len() <= 2 => {
            Some((*major, rest.first().copied().unwrap_or(0)))
        }
        _ => None,
    }
}

fn has_one_resolver(table: &Table, package: &Table) -> bool {
    let resolvers =
        [table.get("workspace").and_then(|workspace| workspace.get("resolver")), package.get("resolver")];
    let resolvers: Vec<_> = resolvers.into_iter().flatten().filter_map(Value::as_str).collect();
    matches!(&*resolvers, [] | ["1" | "2" | "3"])
}

/// `[lints] workspace = true` takes lints of the workspace, and leaves no room for others.
fn lints_are_there(table: &Table, shared: Option<&Shared>) -> bool {
    let Some(lints) = table.get("lints").and_then(Value::as_table) else { return true };
    match lints.get("workspace") {
        Some(Value::Boolean(true)) => {
            let is_there =
                shared.and_then(Shared::workspace).is_some_and(|workspace| workspace.contains_key("lints"));
            is_there && lints.len() == 1
        }
        Some(_) => false,
        None => true,
    }
}
