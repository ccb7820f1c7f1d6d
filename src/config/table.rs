//! What one configuration table says, with the place of each value. The only code that walks TOML for settings.
//!
//! The same keys are understood in `taskguard.toml` and in the metadata of a manifest. Whatever is not understood is an
//! error at its place: a setting that is read by nobody is worse than none.

use std::collections::BTreeMap;
use std::ops::Range;

use taskguard_lints::framework::{self, Group, Level, Profile, normalize_lint_name};
use taskguard_lints::knowledge::vocabulary::Word;
use taskguard_lints::source::TextRange;
use toml::Spanned;
use toml::de::{DeArray, DeString, DeTable, DeValue};

/// A key, what it takes, and what it is for.
pub struct Key {
    pub name: &'static str,
    pub takes: Takes,
    pub about: &'static str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    Profile,
    /// A table of levels by lint, group, `all` or `warnings`.
    Levels,
    Overrides,
    /// A list of patterns for paths of files.
    Patterns,
    /// A list of paths of functions or types.
    Words(Word),
    /// A list of names of macros.
    Macros,
}

pub const KEYS: &[Key] = &[
    Key {
        name: "profile",
        takes: Takes::Profile,
        about: "The kind of program: turns on the lints that were made for it.",
    },
    Key {
        name: "lints",
        takes: Takes::Levels,
        about: "Levels: `allow`, `warn`, `deny` or `forbid`, by lint, by group, or for `all`. The narrower name decides, wherever it \
                stands; `warnings` stands for all that warn in the end.",
    },
    Key {
        name: "overrides",
        takes: Takes::Overrides,
        about: "Levels for some of the files. Of several that speak of a file the last decides.",
    },
    Key {
        name: "spawners",
        takes: Takes::Words(Word::Spawner),
        about: "Functions, of the workspace or of a library, that start tasks for others and see to how they end.",
    },
    Key {
        name: "supervisors",
        takes: Takes::Words(Word::Supervisor),
        about: "Functions that are given a handle and see to how its task ends.",
    },
    Key {
        name: "must-run",
        takes: Takes::Words(Word::MustRun),
        about: "Functions that must run for the life of the process.",
    },
    Key {
        name: "shutdown-signals",
        takes: Takes::Words(Word::ShutdownSignal),
        about: "Functions and types that wait for, or carry, the wish to stop.",
    },
    Key {
        name: "known-safe-calls",
        takes: Takes::Words(Word::KnownSafeCall),
        about: "Functions whose failure may go unnoticed.",
    },
    Key { name: LOG_MACROS, takes: Takes::Macros, about: "Macros that tell a person of something, by name." },
];

pub const LOG_MACROS: &str = "log-macros";

pub const OVERRIDE_KEYS: &[Key] = &[
    Key {
        name: "paths",
        takes: Takes::Patterns,
        about: "The files and folders meant, with `*`, `?` and `**`, relative to the folder of the workspace or package.",
    },
    Key { name: "lints", takes: Takes::Levels, about: "Levels for these files, as in `lints` above." },
];

/// Stands for whatever warns when all else has been said.
pub const WARNINGS: &str = "warnings";

/// The settings of one table.
#[derive(Debug, Default)]
pub struct Table {
    pub profile: Option<At<Profile>>,
    pub levels: Vec<LevelSetting>,
    pub overrides: Vec<Override>,
    pub words: Vec<(Word, At<String>)>,
    pub log_macros: Vec<At<String>>,
}

/// A value and where it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct At<T> {
    pub value: T,
    pub range: TextRange,
}

#[derive(Clone, Debug)]
pub struct LevelSetting {
    /// As written.
    pub name: String,
    pub level: Level,
    /// The place of the name.
    pub range: TextRange,
}

#[derive(Clone, Debug, Default)]
pub struct Override {
    pub paths: Vec<String>,
    /// Wide names first, so that narrow ones decide.
    pub levels: Vec<LevelSetting>,
}

/// Why something in a table cannot be understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    pub range: TextRange,
    pub text: String,
    pub help: Option<String>,
}

/// Reads a table, and all that is wrong with it.
pub fn read(table: &DeTable<'_>) -> (Table, Vec<Complaint>) {
    let mut reader = Reader::default();
    let mut settings = Table::default();
    for (key, value) in in_order(table) {
        match reader.key(key, KEYS) {
            Some("profile") => settings.profile = reader.profile(value),
            Some("lints") => settings.levels = reader.levels(value),
            Some("overrides") => settings.overrides = reader.overrides(value),
            Some(LOG_MACROS) => settings.log_macros = reader.macros(value),
            Some(key) => {
                let word = Word::ALL.into_iter().find(|word| word.key() == key);
                settings.words.extend(word.into_iter().flat_map(|word| reader.words(word, value)));
            }
            None => {}
        }
    }
    (settings, reader.complaints)
}

/// Whether a table holds levels and nothing else.
pub fn are_levels(table: &DeTable<'_>) -> bool {
    let is_level = |value: &DeValue<'_>| {
        value.as_str().is_some_and(|name| Level::ALL.iter().any(|level| level.name() == name))
    };
    table
        .iter()
        .all(|(name, value)| framework::lints_named(name.get_ref()).is_some() && is_level(value.get_ref()))
}

/// The entries of a table as they are written, so that what is wrong is told from the top.
fn in_order<'t, 'i>(
    table: &'t DeTable<'i>,
) -> impl Iterator<Item = (&'t Spanned<DeString<'i>>, &'t Spanned<DeValue<'i>>)> {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    entries.into_iter()
}

#[derive(Default)]
struct Reader {
    complaints: Vec<Complaint>,
}

impl Reader {
    /// The known key of this name.
    fn key(&mut self, key: &Spanned<DeString<'_>>, known: &[Key]) -> Option<&'static str> {
        let name = key.get_ref();
        if let Some(known) = known.iter().find(|known| known.name == name) {
            return Some(known.name);
        }
        let names: Vec<&str> = known.iter().map(|known| known.name).collect();
        let help = nearest(name, &names)
            .map(|near| format!("did you mean `{near}`?"))
            .or_else(|| {
                framework::lints_named(name)
                    .map(|_| format!("levels go into a table: `[lints]` and `{name} = \"warn\"`"))
            })
            .unwrap_or_else(|| format!("known keys are {}", quoted(&names)));
        self.complain(key.span(), format!("unknown key `{name}`"), Some(help));
        None
    }

    fn profile(&mut self, value: &Spanned<DeValue<'_>>) -> Option<At<Profile>> {
        let names = Profile::ALL.map(Profile::name);
        let name = self.string(value, "the name of a profile")?;
        let Ok(profile) = name.parse() else {
            self.complain(value.span(), format!("unknown profile `{name}`"), Some(one_of(name, &names)));
            return None;
        };
        Some(At { value: profile, range: range(value.span()) })
    }

    fn levels(&mut self, value: &Spanned<DeValue<'_>>) -> Vec<LevelSetting> {
        let Some(table) = self.table(value, "a table of levels: `dropped_join_handle = \"deny\"`") else {
            return Vec::new();
        };
        let mut seen = BTreeMap::new();
        let mut levels = Vec::new();
        for (key, value) in in_order(table) {
            let name = key.get_ref();
            let normal = normalize_lint_name(name);
            if normal != WARNINGS && framework::lints_named(name).is_none() {
                let near = framework::unknown(name).suggestion;
                let help = near.map_or_else(list_names_them, |near| format!("did you mean `{near}`?"));
                self.complain(key.span(), format!("unknown lint `{name}`"), Some(help));
            } else if let Some(level) = self.level(value) {
                if seen.insert(normal, ()).is_some() {
                    self.complain(key.span(), format!("the level of `{name}` is set twice"), None);
                }
                levels.push(LevelSetting { name: name.to_string(), level, range: range(key.span()) });
            }
        }
        levels.sort_by_key(|setting| narrowness(&setting.name));
        levels
    }

    fn level(&mut self, value: &Spanned<DeValue<'_>>) -> Option<Level> {
        let name = self.string(value, "a level: `\"allow\"`, `\"warn\"`, `\"deny\"` or `\"forbid\"`")?;
        let level = Level::ALL.into_iter().find(|level| level.name() == name);
        if level.is_none() {
            let help = one_of(name, &Level::ALL.map(Level::name));
            self.complain(value.span(), format!("unknown level `{name}`"), Some(help));
        }
        level
    }

    fn overrides(&mut self, value: &Spanned<DeValue<'_>>) -> Vec<Override> {
        let Some(array) = self.array(value, "a list of tables: `[[overrides]]`") else { return Vec::new() };
        let tables = array.iter().filter_map(|value| {
            let table = self.table(value, "a table with `paths` and `lints`")?;
            Some(self.one_override(value.span(), table))
        });
        tables.collect()
    }

    fn one_override(&mut self, place: Range<usize>, table: &DeTable<'_>) -> Override {
        let mut settings = Override::default();
        let mut names = Vec::new();
        for (key, value) in in_order(table) {
            let name = self.key(key, OVERRIDE_KEYS);
            names.push(key.get_ref().as_ref());
            match name {
                Some("paths") => settings.paths = self.patterns(value),
                Some("lints") => settings.levels = self.levels(value),
                Some(_) | None => {}
            }
        }
        for key in OVERRIDE_KEYS.iter().filter(|key| !names.contains(&key.name)) {
            self.complain(place.clone(), format!("this override has no `{}`", key.name), None);
        }
        settings
    }

    fn patterns(&mut self, value: &Spanned<DeValue<'_>>) -> Vec<String> {
        const WHAT: &str = "a list of paths: `[\"crates/api\", \"**/tests/**\"]`";
        let Some(array) = self.array(value, WHAT) else { return Vec::new() };
        let mut patterns = Vec::new();
        for value in array.iter() {
            let Some(pattern) = self.string(value, "a path") else { continue };
            let leads_out = pattern.starts_with('/') || pattern.split('/').any(|part| part == "..");
            if leads_out {
                let help = "paths are relative to the folder of the workspace or package, and below it";
                self.complain(
                    value.span(),
                    format!("`{pattern}` leads out of the folder"),
                    Some(help.to_owned()),
                );
            }
            patterns.push(pattern.to_owned());
        }
        patterns
    }

    fn words(&mut self, word: Word, value: &Spanned<DeValue<'_>>) -> Vec<(Word, At<String>)> {
        let example = format!("a list of paths: `{} = [\"my_crate::module::name\"]`", word.key());
        let is_path = |path: &str| path.contains("::") && path.split("::").all(is_name);
        let help = "a path begins with the name of a crate: `my_crate::module::name`";
        let paths = self.names(value, &example, is_path, help);
        paths.into_iter().map(|path| (word, path)).collect()
    }

    fn macros(&mut self, value: &Spanned<DeValue<'_>>) -> Vec<At<String>> {
        let help = "a macro is named without its path and without `!`";
        self.names(value, "a list of names: `log-macros = [\"audit\"]`", is_name, help)
    }

    fn names(
        &mut self,
        value: &Spanned<DeValue<'_>>,
        what: &str,
        is_right: impl Fn(&str) -> bool,
        help: &str,
    ) -> Vec<At<String>> {
        let Some(array) = self.array(value, what) else { return Vec::new() };
        let mut names = Vec::new();
        for value in array.iter() {
            let Some(name) = self.string(value, "a name") else { continue };
            if is_right(name) {
                names.push(At { value: name.to_owned(), range: range(value.span()) });
            } else {
                let text = format!("`{name}` is no name of this kind");
                self.complain(value.span(), text, Some(help.to_owned()));
            }
        }
        names
    }

    fn string<'v>(&mut self, value: &'v Spanned<DeValue<'_>>, what: &str) -> Option<&'v str> {
        let string = value.get_ref().as_str();
        string.or_else(|| self.expected(value, what))
    }

    fn array<'v, 'i>(&mut self, value: &'v Spanned<DeValue<'i>>, what: &str) -> Option<&'v DeArray<'i>> {
        let array = value.get_ref().as_array();
        array.or_else(|| self.expected(value, what))
    }

    fn table<'v, 'i>(&mut self, value: &'v Spanned<DeValue<'i>>, what: &str) -> Option<&'v DeTable<'i>> {
        let table = value.get_ref().as_table();
        table.or_else(|| self.expected(value, what))
    }

    fn expected<T>(&mut self, value: &Spanned<DeValue<'_>>, what: &str) -> Option<T> {
        let found = value.get_ref().type_str();
        self.complain(value.span(), format!("expected {what}, found {}", with_article(found)), None);
        None
    }

    fn complain(&mut self, place: Range<usize>, text: String, help: Option<String>) {
        self.complaints.push(Complaint { range: range(place), text, help });
    }
}

pub fn range(place: Range<usize>) -> TextRange {
    TextRange::new(place.start, place.end)
}

/// How much a name stands for: `all`, then groups, then single lints.
fn narrowness(name: &str) -> u8 {
    let name = normalize_lint_name(name);
    match name.parse::<Group>() {
        _ if name == "all" || name == WARNINGS => 0,
        Ok(_) => 1,
        Err(()) => 2,
    }
}

fn is_name(name: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    name.starts_with(|c: char| is_part(c) && !c.is_numeric()) && name.chars().all(is_part)
}

fn with_article(what: &str) -> String {
    let article = if what.starts_with(['a', 'e', 'i', 'o']) { "an" } else { "a" };
    format!("{article} {what}")
}

fn list_names_them() -> String {
    "`cargo taskguard --list` names them all".to_owned()
}

/// Which of some names is meant, or all of them.
fn one_of(name: &str, known: &[&str]) -> String {
    match nearest(name, known) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("it is one of {}", quoted(known)),
    }
}

fn quoted(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

fn nearest<'n>(name: &str, known: &[&'n str]) -> Option<&'n str> {
    let likeness = known.iter().map(|known| (strsim::jaro_winkler(name, known), *known));
    let nearest = likeness.max_by(|a, b| a.0.total_cmp(&b.0));
    nearest.filter(|&(likeness, _)| likeness > 0.8).map(|(_, known)| known)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complaints(text: &str) -> Vec<String> {
        let table = DeTable::parse(text).unwrap();
        let complaints = read(table.get_ref()).1;
        let line = |complaint: Complaint| {
            let help = complaint.help.map(|help| format!(" ({help})")).unwrap_or_default();
            format!("{}: {}{help}", &text[complaint.range.as_usize()], complaint.text)
        };
        complaints.into_iter().map(line).collect()
    }

    #[test]
    fn narrow_names_come_last_wherever_they_stand() {
        let text = "[lints]\ndropped-join-handle = \"deny\"\nall = \"allow\"\nsuspicious = \"warn\"\n";
        let table = DeTable::parse(text).unwrap();
        let (table, complaints) = read(table.get_ref());
        let names: Vec<_> = table.levels.iter().map(|setting| &*setting.name).collect();
        assert_eq!((names, complaints), (vec!["all", "suspicious", "dropped-join-handle"], vec![]));
    }

    #[test]
    fn what_is_not_understood_is_told_at_its_place() {
        assert_eq!(complaints("lint = {}"), ["lint: unknown key `lint` (did you mean `lints`?)"]);
        assert_eq!(
            complaints("zzz = 1"),
            [
                "zzz: unknown key `zzz` (known keys are `profile`, `lints`, `overrides`, `spawners`, `supervisors`, `must-run`, `shutdown-signals`, `known-safe-calls`, `log-macros`)"
            ]
        );
        assert_eq!(
            complaints("blind_join = \"deny\""),
            [
                "blind_join: unknown key `blind_join` (levels go into a table: `[lints]` and `blind_join = \"warn\"`)"
            ]
        );
        assert_eq!(
            complaints("[lints]\ndroped_join_handle = \"deny\"\nall = \"denied\"\nnursery = 1"),
            [
                "droped_join_handle: unknown lint `droped_join_handle` (did you mean `dropped_join_handle`?)",
                "\"denied\": unknown level `denied` (did you mean `deny`?)",
                "1: expected a level: `\"allow\"`, `\"warn\"`, `\"deny\"` or `\"forbid\"`, found an integer",
            ]
        );
        assert_eq!(
            complaints("[lints]\nblind_join = \"deny\"\nzzz.x = \"warn\"\nblind-join = \"warn\""),
            [
                "zzz: unknown lint `zzz` (`cargo taskguard --list` names them all)",
                "blind-join: the level of `blind-join` is set twice",
            ]
        );
        assert_eq!(
            complaints("profile = \"servis\""),
            ["\"servis\": unknown profile `servis` (did you mean `service`?)"]
        );
        assert_eq!(
            complaints("profile = \"zzz\""),
            ["\"zzz\": unknown profile `zzz` (it is one of `service`)"]
        );
        assert_eq!(
            complaints("must-run = [\"run\", \"a::\", 1]\nlog-macros = [\"audit!\"]\nspawners = \"a::b\""),
            [
                "\"run\": `run` is no name of this kind (a path begins with the name of a crate: `my_crate::module::name`)",
                "\"a::\": `a::` is no name of this kind (a path begins with the name of a crate: `my_crate::module::name`)",
                "1: expected a name, found an integer",
                "\"audit!\": `audit!` is no name of this kind (a macro is named without its path and without `!`)",
                "\"a::b\": expected a list of paths: `spawners = [\"my_crate::module::name\"]`, found a string",
            ]
        );
        assert_eq!(
            complaints("overrides = 1"),
            ["1: expected a list of tables: `[[overrides]]`, found an integer"]
        );
        assert_eq!(
            complaints("overrides = [{ paths = [\"../a\", 2], level = 1 }]"),
            [
                "\"../a\": `../a` leads out of the folder (paths are relative to the folder of the workspace or package, and below it)",
                "2: expected a path, found an integer",
                "level: unknown key `level` (known keys are `paths`, `lints`)",
                "{ paths = [\"../a\", 2], level = 1 }: this override has no `lints`",
            ]
        );
    }
}
