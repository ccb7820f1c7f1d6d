//! The targets of a package: those that its manifest lists, and those that its folder shows.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use toml::{Table, Value};

use super::form;
use crate::workspace::{Target, TargetInfo, normalized, rank, target_kind};

/// As cargo orders them: by kind, and in a kind by name.
pub fn read(folder: &Path, manifest: &Table, package: &str, edition: &str) -> Option<Vec<Target>> {
    let reader = Reader { folder, manifest, package, edition };
    let mut targets = Vec::from_iter(reader.library()?);
    let has_library = !targets.is_empty();
    for kind in [BIN, EXAMPLE, TEST, BENCH] {
        targets.extend(reader.of_kind(&kind)?);
    }
    let has_target = has_library || !targets.is_empty();
    targets.extend(reader.build_script()?);
    targets.sort_by_key(|target| rank(target.kind));
    has_target.then_some(targets)
}

struct Reader<'a> {
    folder: &'a Path,
    manifest: &'a Table,
    /// The name of the package.
    package: &'a str,
    edition: &'a str,
}

struct Kind {
    name: &'static str,
    home: &'static str,
    /// The key that says whether the home is looked into.
    auto: &'static str,
}

const BIN: Kind = Kind { name: "bin", home: "src/bin", auto: "autobins" };
const EXAMPLE: Kind = Kind { name: "example", home: "examples", auto: "autoexamples" };
const TEST: Kind = Kind { name: "test", home: "tests", auto: "autotests" };
const BENCH: Kind = Kind { name: "bench", home: "benches", auto: "autobenches" };

/// A target before its file and its properties are settled.
struct Draft<'a> {
    name: String,
    path: Option<PathBuf>,
    table: Option<&'a Table>,
}

impl<'a> Reader<'a> {
    fn library(&self) -> Option<Option<Target>> {
        let listed = self.manifest.get("lib").and_then(Value::as_table);
        let is_there = || self.folder.join("src/lib.rs").exists();
        if listed.is_none() && (self.says("autolib") == Some(false) || !is_there()) {
            return Some(None);
        }
        let text = |key: &str| listed.and_then(|listed| listed.get(key)?.as_str());
        let name = text("name").map_or_else(|| self.package.replace('-', "_"), str::to_owned);
        let path = match text("path") {
            Some(path) => PathBuf::from(path),
            // In edition 2015 it could be elsewhere.
            None => is_there().then(|| PathBuf::from("src/lib.rs"))?,
        };
        if name.contains('-') {
            return None;
        }
        let draft = Draft { name, path: Some(path), table: listed };
        self.target("lib", draft).map(Some)
    }

    fn of_kind(&self, kind: &Kind) -> Option<Vec<Target>> {
        let listed = self.manifest.get(kind.name).and_then(Value::as_array);
        let auto = self.says(kind.auto);
        let mut drafts = Vec::new();
        for table in listed.into_iter().flatten().filter_map(Value::as_table) {
            let text = |key: &str| table.get(key).and_then(Value::as_str);
            let path = text("path").map(PathBuf::from);
            drafts.push(Draft { name: text("name")?.to_owned(), path, table: Some(table) });
        }
        if auto != Some(false) || drafts.iter().any(|draft| draft.path.is_none()) {
            let found = self.found(kind);
            let others = others(&found, &drafts, self.folder);
            // Before edition 2018, to list one was to list all.
            let takes_all = listed.is_none() || self.edition > "2015";
            for draft in drafts.iter_mut().filter(|draft| draft.path.is_none()) {
                let mut fitting = found.iter().filter(|(name, _)| *name == draft.name);
                // One that is not there, or there twice, is an error, or allowed in edition 2015.
                let (Some((_, path)), None) = (fitting.next(), fitting.next()) else { return None };
                draft.path = Some(path.clone());
            }
            if auto.unwrap_or(takes_all) {
                drafts.extend(others);
            }
            drafts.sort_by(|a, b| a.name.cmp(&b.name));
        }
        let mut names = HashSet::new();
        if !drafts.iter().all(|draft| names.insert(draft.name.clone())) {
            return None;
        }
        drafts.into_iter().map(|draft| self.target(kind.name, draft)).collect()
    }

    /// The targets that the folder shows: their names and their paths in the folder.
    fn found(&self, kind: &Kind) -> Vec<(String, PathBuf)> {
        let mut found = Vec::new();
        if kind.name == "bin" && self.folder.join("src/main.rs").exists() {
            found.push((self.package.to_owned(), PathBuf::from("src/main.rs")));
        }
        let entries = fs::read_dir(self.folder.join(kind.home)).into_iter().flatten().flatten();
        for entry in entries {
            let file_name = entry.file_name();
            let Some(name) = file_name.to_str().filter(|name| !name.starts_with('.')) else { continue };
            let path = Path::new(kind.home).join(name);
            if entry.file_type().is_ok_and(|file_type| file_type.is_dir()) {
                let main = path.join("main.rs");
                if self.folder.join(&main).exists() {
                    found.push((name.to_owned(), main));
                }
            } else if let Some(stem) = name.strip_suffix(".rs") {
                found.push((stem.to_owned(), path));
            }
        }
        found
    }

    fn build_script(&self) -> Option<Option<Target>> {
        let path = match self.manifest.get("package")?.get("build") {
            Some(Value::Boolean(false)) => return Some(None),
            Some(Value::String(path)) => normalized(Path::new(path)),
            None if !self.folder.join("build.rs").is_file() => return Some(None),
            _ => PathBuf::from("build.rs"),
        };
        let name = format!("build-script-{}", path.file_stem()?.to_str()?);
        self.target("custom-build", Draft { name, path: Some(path), table: None }).map(Some)
    }

    fn target(&self, kind: &str, draft: Draft<'_>) -> Option<Target> {
        let value = |key: &str| draft.table.and_then(|table| table.get(key));
        let is_set = |key: &str| value(key).and_then(Value::as_bool);
        let has_old_key = value("crate_type").is_some() || value("proc_macro").is_some();
        let edition = value("edition").and_then(Value::as_str).unwrap_or(self.edition);
        let is_odd = draft.name.trim().is_empty()
            || has_old_key && self.edition >= "2024"
            || !["2015", "2018", "2021", "2024"].contains(&edition);
        if is_odd {
            return None;
        }

        let given = value("crate-type").or(value("crate_type")).map(form::texts);
        let is_macro = is_set("proc-macro").or(is_set("proc_macro"));
        let (kinds, crate_types) = match kind {
            "lib" => {
                let types = library_types(given, is_macro == Some(true))?;
                (types.clone(), types)
            }
            "bin" => {
                let is_reserved = ["deps", "examples", "build", "incremental"].contains(&&*draft.name);
                let has_types = given.is_some_and(|types| !types.is_empty());
                (!is_reserved && !has_types && is_macro != Some(true)).then_some(())?;
                (one("bin"), one("bin"))
            }
            "example" => {
                let types = given.map(crate_types).unwrap_or_default();
                let is_program = types.iter().all(|name| name == "bin");
                (one("example"), if is_program { one("bin") } else { types })
            }
            kind => (one(kind), one("bin")),
        };
        let may_have_doctests = kind == "lib"
            && crate_types.iter().any(|name| matches!(name.as_str(), "lib" | "rlib" | "proc-macro"));
        let root = self.folder.join(normalized(&draft.path?));
        let info = TargetInfo {
            kind: kinds,
            crate_types,
            name: draft.name.clone(),
            src_path: root.to_str()?.to_owned(),
            edition: edition.to_owned(),
            doc: is_set("doc").unwrap_or(matches!(kind, "lib" | "bin")),
            doctest: is_set("doctest").unwrap_or(true) && may_have_doctests,
            test: is_set("test").unwrap_or(matches!(kind, "lib" | "bin" | "test")),
        };
        Some(Target { kind: target_kind(kind), root, info })
    }

    fn says(&self, key: &str) -> Option<bool> {
        self.manifest.get("package")?.get(key)?.as_bool()
    }
}

/// What the folder shows beside what is listed.
fn others<'a>(found: &[(String, PathBuf)], listed: &[Draft<'_>], folder: &Path) -> Vec<Draft<'a>> {
    let is_other = |(name, path): &&(String, PathBuf)| {
        let has_path =
            |draft: &Draft<'_>| draft.path.as_ref().is_some_and(|it| folder.join(it) == folder.join(path));
        !listed.iter().any(|draft| draft.name == *name || has_path(draft))
    };
    let drafts = found.iter().filter(is_other).map(|(name, path)| Draft {
        name: name.clone(),
        path: Some(path.clone()),
        table: None,
    });
    drafts.collect()
}

fn library_types(given: Option<Vec<String>>, is_macro: bool) -> Option<Vec<String>> {
    let Some(given) = given else { return Some(one(if is_macro { "proc-macro" } else { "lib" })) };
    let has = |name: &str| given.iter().any(|given| given == name);
    let is_odd = has("dylib") && has("cdylib") || has("proc-macro") && given.len() > 1;
    (!is_odd).then(|| crate_types(given))
}

fn crate_types(given: Vec<String>) -> Vec<String> {
    let written = |name: String| if name == "procmacro" { "proc-macro".to_owned() } else { name };
    given.into_iter().map(written).collect()
}

fn one(word: &str) -> Vec<String> {
    vec![word.to_owned()]
}
