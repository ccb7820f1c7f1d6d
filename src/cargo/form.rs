//! Whether a manifest is made of what is known here, each in the form that cargo wants.

use cargo_metadata::semver::VersionReq;
use toml::{Table, Value};

/// What a value looks like.
#[derive(Clone, Copy)]
pub enum Form {
    Text,
    Texts,
    Flag,
    TextOrFlag,
    TextsOrFlag,
    Table,
    Any,
}

use Form::{Any, Flag, Text, TextOrFlag, Texts, TextsOrFlag};

/// The keys of `[package]` that a workspace may have for its members.
const INHERITED: &[(&str, Form)] = &[
    ("authors", Texts),
    ("categories", Texts),
    ("description", Text),
    ("documentation", Text),
    ("edition", Text),
    ("exclude", Texts),
    ("homepage", Text),
    ("include", Texts),
    ("keywords", Texts),
    ("license", Text),
    ("license-file", Text),
    ("publish", TextsOrFlag),
    ("readme", TextOrFlag),
    ("repository", Text),
    ("rust-version", Text),
    ("version", Text),
];

/// The others. Those for what is not stable are missing, as everywhere here.
const PACKAGE: &[(&str, Form)] = &[
    ("autobenches", Flag),
    ("autobins", Flag),
    ("autoexamples", Flag),
    ("autolib", Flag),
    ("autotests", Flag),
    ("build", TextOrFlag),
    ("default-run", Text),
    ("links", Text),
    ("metadata", Any),
    ("name", Text),
    ("resolver", Text),
    ("workspace", Text),
];

const WORKSPACE: &[(&str, Form)] = &[
    ("default-members", Texts),
    ("dependencies", Form::Table),
    ("exclude", Texts),
    ("lints", Form::Table),
    ("members", Texts),
    ("metadata", Any),
    ("package", Form::Table),
    ("resolver", Text),
];

const TARGET: &[(&str, Form)] = &[
    ("bench", Flag),
    ("crate-type", Texts),
    ("crate_type", Texts),
    ("doc", Flag),
    ("doc-scrape-examples", Flag),
    ("doctest", Flag),
    ("edition", Text),
    ("harness", Flag),
    ("name", Text),
    ("path", Text),
    ("proc-macro", Flag),
    ("proc_macro", Flag),
    ("required-features", Texts),
    ("test", Flag),
];

const DEPENDENCY: &[(&str, Form)] = &[
    ("branch", Text),
    ("default-features", Flag),
    ("default_features", Flag),
    ("features", Texts),
    ("git", Text),
    ("optional", Flag),
    ("package", Text),
    ("path", Text),
    ("rev", Text),
    ("tag", Text),
    ("version", Text),
];

const PROFILE: &[(&str, Form)] = &[
    ("codegen-units", Any),
    ("debug", Any),
    ("debug-assertions", Flag),
    ("incremental", Flag),
    ("inherits", Text),
    ("lto", TextOrFlag),
    ("opt-level", Any),
    ("overflow-checks", Flag),
    ("panic", Text),
    ("rpath", Flag),
    ("split-debuginfo", Text),
    ("strip", TextOrFlag),
];

/// What a nightly cargo must be asked for that changes how packages are built, and not which there are.
const UNSTABLE: &[&str] = &["codegen-backend", "panic-immediate-abort", "profile-rustflags", "trim-paths"];

const NOT_FOR_PROFILES: &[&str] = &[
    "build",
    "check",
    "clean",
    "config",
    "doc",
    "fetch",
    "fix",
    "install",
    "metadata",
    "package",
    "publish",
    "report",
    "root",
    "run",
    "rust",
    "rustc",
    "rustdoc",
    "target",
    "tmp",
    "uninstall",
];

/// What stands in a manifest beside `[workspace]`, `[profile]` and `[patch]` takes a package.
pub fn needs_package(manifest: &Table) -> bool {
    manifest.keys().any(|key| !matches!(key.as_str(), "cargo-features" | "workspace" | "profile" | "patch"))
}

/// The tables of dependencies that a manifest or a platform in it may have.
pub const DEPENDENCIES: [&str; 5] =
    ["dependencies", "dev-dependencies", "dev_dependencies", "build-dependencies", "build_dependencies"];

pub fn check_manifest(manifest: &Table) -> Option<()> {
    for (key, value) in manifest {
        let holds = match key.as_str() {
            "cargo-features" => {
                value.as_array()?.iter().all(|it| UNSTABLE.contains(&it.as_str().unwrap_or_default()))
            }
            "package" => value.as_table()?.iter().all(|(key, value)| is_of_package(key, value)),
            "workspace" => is_workspace(value.as_table()?),
            "features" => value.as_table()?.values().all(|value| fits(value, Texts)),
            "lib" => is_made_of(value, TARGET),
            "bin" | "example" | "test" | "bench" => {
                value.as_array()?.iter().all(|target| is_made_of(target, TARGET))
            }
            "target" => value.as_table()?.values().all(is_platform),
            "lints" => value.as_table()?.iter().all(|(tool, lints)| {
                if tool == "workspace" { fits(lints, Flag) } else { are_lints(tool, lints) }
            }),
            "profile" => value.as_table()?.iter().all(|(name, profile)| is_profile(name, profile)),
            "patch" => value.as_table()?.iter().all(|(source, patches)| is_patch(source, patches)),
            "badges" => value.as_table()?.values().all(|badge| {
                badge.as_table().is_some_and(|badge| badge.values().all(|value| fits(value, Text)))
            }),
            key if DEPENDENCIES.contains(&key) => are_dependencies(value),
            _ => false,
        };
        holds.then_some(())?;
    }
    Some(())
}

/// The texts of a list.
pub fn texts(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

/// A name of a package, in plain letters.
pub fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-')
}

/// A name of a feature, in plain letters.
pub fn is_feature(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || "_-+.".contains(c))
}

/// Whether a value is `{ workspace = true }`.
pub fn is_inherited(value: &Value) -> bool {
    value.get("workspace") == Some(&Value::Boolean(true))
}

/// Whether what is asked for is said in a way that can be looked for: versions, and one place at most.
pub fn is_source(dependency: &Value) -> bool {
    let Some(table) = dependency.as_table() else {
        return dependency.as_str().is_some_and(|version| VersionReq::parse(version).is_ok());
    };
    let text = |key: &str| table.get(key).and_then(Value::as_str);
    let revisions = ["branch", "tag", "rev"].into_iter().filter(|key| table.contains_key(*key)).count();
    let has_place = match (text("git"), text("path")) {
        (Some(_), Some(_)) => false,
        (Some(git), None) => is_address(git) && revisions <= 1,
        (None, Some(path)) => revisions == 0 && !path.is_empty(),
        (None, None) => revisions == 0 && table.contains_key("version"),
    };
    has_place && text("version").is_none_or(|version| VersionReq::parse(version).is_ok())
}

/// An address of the usual kind: a host with a path.
fn is_address(text: &str) -> bool {
    let rest =
        ["https://", "http://", "ssh://", "git://"].iter().find_map(|scheme| text.strip_prefix(scheme));
    rest.is_some_and(|rest| {
        rest.starts_with(|c: char| c.is_ascii_alphanumeric())
            && rest.chars().all(|c| c.is_ascii_alphanumeric() || "-._~/@+".contains(c))
    })
}

fn fits(value: &Value, form: Form) -> bool {
    let is_list = || value.as_array().is_some_and(|list| list.iter().all(Value::is_str));
    match form {
        Text => value.is_str(),
        Texts => is_list(),
        Flag => value.is_bool(),
        TextOrFlag => value.is_str() || value.is_bool(),
        TextsOrFlag => is_list() || value.is_bool(),
        Form::Table => value.is_table(),
        Any => true,
    }
}

fn is_known(known: &[(&str, Form)], key: &str, value: &Value) -> bool {
    known.iter().any(|(name, form)| *name == key && fits(value, *form))
}

fn is_made_of(value: &Value, known: &[(&str, Form)]) -> bool {
    value.as_table().is_some_and(|table| table.iter().all(|(key, value)| is_known(known, key, value)))
}

fn is_of_package(key: &str, value: &Value) -> bool {
    let may_be_inherited = INHERITED.iter().any(|(name, _)| *name == key);
    is_known(PACKAGE, key, value)
        || is_known(INHERITED, key, value)
        || may_be_inherited && is_inherited(value) && value.as_table().is_some_and(|table| table.len() == 1)
}

fn is_workspace(table: &Table) -> bool {
    let section = |key: &str| table.get(key).and_then(Value::as_table).into_iter().flatten();
    table.iter().all(|(key, value)| is_known(WORKSPACE, key, value))
        && section("package").all(|(key, value)| is_known(INHERITED, key, value))
        && section("lints").all(|(tool, lints)| are_lints(tool, lints))
        && section("dependencies").all(|(name, value)| {
            let is_optional = value.get("optional") == Some(&Value::Boolean(true));
            is_name(name) && is_dependency(value) && !is_inherited(value) && !is_optional
        })
}

fn is_platform(value: &Value) -> bool {
    value.as_table().is_some_and(|table| {
        table.iter().all(|(key, value)| DEPENDENCIES.contains(&key.as_str()) && are_dependencies(value))
    })
}

fn are_dependencies(value: &Value) -> bool {
    value
        .as_table()
        .is_some_and(|table| table.iter().all(|(name, value)| is_name(name) && is_dependency(value)))
}

fn is_dependency(value: &Value) -> bool {
    let is_made_so = |table: &Table| {
        table.iter().all(|(key, value)| {
            is_known(DEPENDENCY, key, value) || key == "workspace" && *value == Value::Boolean(true)
        })
    };
    value.is_str() || value.as_table().is_some_and(is_made_so)
}

fn are_lints(tool: &str, lints: &Value) -> bool {
    let is_level = |value: &Value| {
        value.as_str().is_some_and(|level| matches!(level, "forbid" | "deny" | "warn" | "allow"))
    };
    let is_lint = |(name, value): (&String, &Value)| {
        let is_table = || {
            value.get("level").is_some_and(is_level)
                && value.get("priority").is_none_or(|priority| {
                    priority.as_integer().is_some_and(|priority| i8::try_from(priority).is_ok())
                })
                && value.get("check-cfg").is_none_or(|list| fits(list, Texts))
        };
        !name.contains(':') && (is_level(value) || is_table())
    };
    !tool.is_empty() && lints.as_table().is_some_and(|lints| lints.iter().all(is_lint))
}

fn is_profile(name: &str, profile: &Value) -> bool {
    let is_plain = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
    let lower = name.to_ascii_lowercase();
    let is_reserved =
        NOT_FOR_PROFILES.contains(&&*lower) || lower == "build-override" || lower.starts_with("cargo");
    let Some(table) = profile.as_table() else { return false };
    let overrides = |key: &str, value: &Value| match key {
        "build-override" => is_layer(value),
        "package" => value.as_table().is_some_and(|packages| {
            packages.iter().all(|(name, layer)| (name == "*" || is_name(name)) && is_layer(layer))
        }),
        _ => false,
    };
    let is_sound = |(key, value): (&String, &Value)| is_profile_value(key, value) || overrides(key, value);
    is_plain && !is_reserved && table.iter().all(is_sound)
}

/// What a profile has for some of the packages.
fn is_layer(value: &Value) -> bool {
    value.as_table().is_some_and(|table| {
        table.iter().all(|(key, value)| {
            !matches!(key.as_str(), "panic" | "lto" | "rpath" | "inherits") && is_profile_value(key, value)
        })
    })
}

fn is_profile_value(key: &str, value: &Value) -> bool {
    let text = value.as_str();
    let number = value.as_integer();
    is_known(PROFILE, key, value)
        && match key {
            "codegen-units" => number.is_some_and(|number| u32::try_from(number).is_ok()),
            "debug" => {
                let words = ["none", "limited", "full", "line-tables-only", "line-directives-only"];
                value.is_bool()
                    || number.is_some_and(|number| (0..=2).contains(&number))
                    || text.is_some_and(|text| words.contains(&text))
            }
            "opt-level" => number.is_some() || matches!(text, Some("s" | "z")),
            "panic" => matches!(text, Some("unwind" | "abort")),
            "lto" => !matches!(text, Some("true" | "false")),
            _ => true,
        }
}

fn is_patch(source: &str, patches: &Value) -> bool {
    (source == "crates-io" || is_address(source))
        && patches.as_table().is_some_and(|patches| {
            patches.iter().all(|(name, patch)| {
                is_name(name) && is_dependency(patch) && !is_inherited(patch) && is_source(patch)
            })
        })
}
