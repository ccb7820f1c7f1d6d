//! The dependencies of a package, and what its features may say of them.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use cargo_metadata::cargo_platform::Platform;
use toml::{Table, Value};

use super::{Shared, form};
use crate::manifest;
use crate::workspace::PackageDependency;

/// In the order of cargo: those for all platforms, then platform by platform.
pub fn read(
    folder: &Path,
    table: &Table,
    edition: &str,
    shared: Option<&Shared>,
) -> Option<Vec<PackageDependency>> {
    let mut reader = Reader { folder, edition, shared, found: Vec::new(), names: HashMap::new() };
    reader.add(table, [Kind::Normal, Kind::Dev, Kind::Build])?;
    for (platform, table) in table.get("target").and_then(Value::as_table).into_iter().flatten() {
        platform.parse::<Platform>().ok()?;
        reader.add(table.as_table()?, [Kind::Normal, Kind::Build, Kind::Dev])?;
    }
    features_hold(table, &reader.names)?;
    Some(reader.found)
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Normal,
    Dev,
    Build,
}

struct Reader<'a> {
    folder: &'a Path,
    edition: &'a str,
    shared: Option<&'a Shared>,
    found: Vec<PackageDependency>,
    names: HashMap<&'a str, Named>,
}

/// A dependency by what this package calls it; several may have one name.
struct Named {
    source: Source,
    is_optional: bool,
}

/// Where it comes from: a folder, a repository at some revision, or neither of them.
type Source = (Option<PathBuf>, Option<[Option<String>; 4]>);

impl<'a> Reader<'a> {
    fn add(&mut self, table: &'a Table, kinds: [Kind; 3]) -> Option<()> {
        for kind in kinds {
            let (new, old) = match kind {
                Kind::Normal => ("dependencies", None),
                Kind::Dev => ("dev-dependencies", Some("dev_dependencies")),
                Kind::Build => ("build-dependencies", Some("build_dependencies")),
            };
            let old = old.and_then(|old| table.get(old));
            (old.is_none() || self.edition < "2024").then_some(())?;
            for (key, value) in table.get(new).or(old).and_then(Value::as_table).into_iter().flatten() {
                self.add_dependency(key, value, kind)?;
            }
        }
        Some(())
    }

    fn add_dependency(&mut self, key: &'a str, value: &Value, kind: Kind) -> Option<()> {
        let inherited = match form::is_inherited(value) {
            true => Some(self.shared?.get("dependencies", key)?),
            false => None,
        };
        let given = inherited.unwrap_or(value);
        let is_set = |value: &Value, key: &str| value.get(key).and_then(Value::as_bool);
        let is_new = self.edition >= "2024";
        let has_old_key = [value, given].iter().any(|value| value.get("default_features").is_some());
        // What the workspace turns on, members of these editions may not turn off.
        let turns_off = inherited.is_some()
            && is_set(value, "default-features") == Some(false)
            && is_set(given, "default-features") != Some(false);
        let is_optional = is_set(value, "optional") == Some(true);
        let is_sound = form::is_source(given)
            && given.get("package").and_then(Value::as_str).is_none_or(form::is_name)
            && !(is_new && (has_old_key || turns_off))
            && !(is_optional && kind == Kind::Dev);
        is_sound.then_some(())?;

        let shared = manifest::Shared {
            folder: self.shared.map_or(self.folder, |shared| &shared.folder),
            workspace: self.shared.and_then(Shared::workspace),
        };
        let dependency = manifest::dependency(self.folder, key, value, kind == Kind::Build, &shared);
        let asks_right = |feature: &String| !feature.contains('/') && !feature.starts_with("dep:");
        dependency.features.iter().all(asks_right).then_some(())?;

        let text = |key: &str| given.get(key).and_then(Value::as_str).map(str::to_owned);
        let repository = text("git").map(|git| [Some(git), text("branch"), text("tag"), text("rev")]);
        let source = (dependency.folder.clone(), repository);
        let named = self.names.entry(key).or_insert_with(|| Named { source: source.clone(), is_optional });
        named.is_optional |= is_optional;
        (named.source == source).then_some(())?;
        self.found.push(dependency);
        Some(())
    }
}

/// Whether features name features and dependencies that there are.
fn features_hold(table: &Table, dependencies: &HashMap<&str, Named>) -> Option<()> {
    let features = table.get("features").and_then(Value::as_table);
    let is_feature = |name: &str| features.is_some_and(|features| features.contains_key(name));
    let is_optional = |name: &str| dependencies.get(name).is_some_and(|named| named.is_optional);
    let lists = || features.into_iter().flat_map(Table::values).filter_map(Value::as_array).flatten();
    let texts: Vec<&str> = lists().filter_map(Value::as_str).collect();
    let is_hidden = |name: &str| texts.iter().any(|text| text.strip_prefix("dep:") == Some(name));
    for text in &texts {
        let holds = match (text.split_once('/'), text.strip_prefix("dep:")) {
            (Some((_, feature)), _) if feature.contains('/') => false,
            (Some((dependency, _)), _) => match dependency.strip_suffix('?') {
                Some(dependency) => is_optional(dependency),
                None => dependencies.contains_key(dependency),
            },
            (None, Some(dependency)) => is_optional(dependency),
            (None, None) => is_feature(text) || is_optional(text) && !is_hidden(text),
        };
        holds.then_some(())?;
    }
    // An optional dependency beside a feature of its name is one that this feature, or another, has to turn on.
    let is_used = |name: &str| {
        let is_it = |text: &&str| {
            let dependency = text.split_once('/').map(|(dependency, _)| dependency);
            let dependency = dependency.map(|dependency| dependency.strip_suffix('?').unwrap_or(dependency));
            dependency == Some(name) || text.strip_prefix("dep:") == Some(name)
        };
        !is_feature(name) || texts.iter().any(is_it)
    };
    let names_hold = features.into_iter().flat_map(Table::keys).all(|name| form::is_feature(name));
    let optional = dependencies.iter().filter(|(_, named)| named.is_optional);
    let all_are_used = optional.into_iter().all(|(name, _)| is_used(name) && form::is_feature(name));
    (names_hold && all_are_used).then_some(())
}
