//! What a run is told to do: the levels of the lints for each file, and how much code is looked at.
//!
//! What is said later wins: the defaults, the profile, `[workspace.metadata.taskguard]`, `[package.metadata.taskguard]`,
//! the configuration file, the command line. In a table the wide names come before the narrow ones, and its overrides after both.

mod files;
mod schema;
mod show;
mod table;
mod trap;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use taskguard_lints::LINTS;
use taskguard_lints::framework::snippets::Version;
use taskguard_lints::framework::{self, Level, Levels, Profile, UnknownLint};
use taskguard_lints::knowledge::vocabulary::{Vocabulary, Word};
use taskguard_lints::source::{FileId, SourceFile, Span, TextRange};

use crate::cli::{LevelFlag, Options, ProfileFlag};
use crate::emit::{Failure, Message};
use crate::glob;
use crate::workspace::Project;
use table::{Table, WARNINGS};

pub use files::{NAMES as FILE_NAMES, may_be_in};
pub use schema::schema;
pub use show::{init, list, print};
pub use trap::findings as findings_in_manifests;

#[derive(Debug)]
pub struct Config {
    /// Check tests, benches, examples and `#[cfg(test)]` code too.
    pub test_code: bool,
    /// What the code allows is reported too, with the reason it gives.
    pub audit: bool,
    /// As the command line says.
    profile: Option<Profile>,
    flags: Vec<LevelFlag>,
    /// The files that the tables stand in.
    sources: Vec<SourceFile>,
    tables: Vec<PlacedTable>,
    /// What the `clippy.toml` of the workspaces do not want to be called directly, and why.
    disallowed: Vec<(String, Option<String>)>,
    /// The libraries that the project is built with, as far as it matters.
    versions: Vec<(String, Version)>,
    /// What to say of configurations that nobody reads.
    ignored: Vec<Message>,
}

/// A table, and for which files it speaks.
#[derive(Debug)]
struct PlacedTable {
    rank: Rank,
    /// The workspaces or the package for which it speaks, by their folders.
    folders: Vec<PathBuf>,
    /// What its patterns are relative to.
    base: PathBuf,
    /// Which of the sources it stands in.
    source: usize,
    table: Table,
}

/// Which tables are overruled by which: the later ones win.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Workspace,
    Package,
    File,
}

/// The tables and overrides that speak of a file, by their places: files with the same ones have the same levels.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Rules {
    tables: Vec<(usize, Vec<usize>)>,
}

/// One thing said of levels, and who says it.
struct Step<'a> {
    name: &'a str,
    level: Level,
    origin: Origin<'a>,
}

#[derive(Clone, Copy)]
enum Origin<'a> {
    /// The group of the lint.
    Default,
    Profile,
    CommandLine,
    Table {
        source: &'a SourceFile,
        range: TextRange,
    },
}

impl Config {
    /// Reads the configuration of a project, if there is one, and the options, which overrule it. Fails on whatever is not understood.
    pub fn load(options: &Options, project: Option<&Project>) -> Result<Self, Failure> {
        let mut levels = Levels::default();
        for flag in options.levels.iter().filter(|flag| flag.name != WARNINGS) {
            levels.set(&flag.name, flag.level).map_err(unknown_lint)?;
        }
        let profile = options.profile.and_then(|flag| match flag {
            ProfileFlag::Ours(profile) => Some(profile),
            ProfileFlag::OfCargo => None,
        });
        let files = match project {
            Some(project) if !options.no_config => files::read(project, options.config_file.as_deref())?,
            Some(_) | None => files::Files::default(),
        };
        let files::Files { sources, mut tables, disallowed, versions, ignored, .. } = files;
        let versions = versions.into_iter().collect();
        tables.sort_by_key(|table| table.rank);
        let flags = options.levels.clone();
        let Options { test_code, no_suppressions: audit, .. } = *options;
        Ok(Self { test_code, audit, profile, flags, sources, tables, disallowed, versions, ignored })
    }

    /// What the project says of its own functions, wherever it says it.
    pub fn vocabulary(&self) -> Vocabulary {
        let words = self.tables.iter().flat_map(|placed| &placed.table.words);
        let macros = self.tables.iter().flat_map(|placed| &placed.table.log_macros);
        Vocabulary {
            paths: words.map(|(word, path)| (*word, path.value.clone())).collect(),
            log_macros: macros.map(|name| name.value.clone()).collect(),
            disallowed: self.disallowed.clone(),
            versions: self.versions.clone(),
        }
    }

    /// The words of the tables that speak of a file: key, who says it, and what.
    fn words(&self, rules: &Rules) -> Vec<(&'static str, Origin<'_>, &str)> {
        let mut words = Vec::new();
        for placed in rules.tables.iter().map(|(index, _)| &self.tables[*index]) {
            let paths = placed.table.words.iter().map(|(word, path)| (word.key(), path));
            let macros = placed.table.log_macros.iter().map(|name| (table::LOG_MACROS, name));
            let said = paths.chain(macros);
            words.extend(said.map(|(key, name)| (key, self.origin(placed, name.range), &*name.value)));
        }
        words
    }

    /// What to say of paths that name nothing, where the numbers of the configuration's texts begin with `first`.
    pub fn unknown_words(&self, unknown: &[(Word, String)], first: usize) -> Vec<Message> {
        let mut messages = Vec::new();
        for placed in &self.tables {
            for (word, path) in &placed.table.words {
                if unknown.iter().any(|(unknown, name)| unknown == word && *name == path.value) {
                    let span = Span::new(FileId((first + placed.source) as u32), path.range);
                    let text = format!("nothing in the workspace is named `{}`", path.value);
                    messages.push(Message::problem_at(span, text).harmless());
                }
            }
        }
        messages
    }

    /// What to say of configurations that nobody reads.
    pub fn ignored(&self) -> &[Message] {
        &self.ignored
    }

    /// The texts that the configuration stands in.
    pub fn sources(&self) -> &[SourceFile] {
        &self.sources
    }

    /// Lets the tables speak of another tree as they do of this one.
    pub fn move_to(&mut self, place_there: &dyn Fn(&Path) -> PathBuf) {
        for table in &mut self.tables {
            table.base = place_there(&table.base);
            table.folders.iter_mut().for_each(|folder| *folder = place_there(folder));
        }
    }

    /// What speaks of a file, or of a folder as a whole.
    pub fn rules(&self, project: &Project, path: &Path) -> Rules {
        let workspace = project.workspace_around(path);
        let package = project.owner(path).map(|(package, _)| package.folder());
        let speaks = |table: &PlacedTable| {
            let folder = if table.rank == Rank::Package { package } else { workspace };
            folder.is_some_and(|folder| table.folders.iter().any(|of| of == folder))
        };
        let tables = self.tables.iter().enumerate().filter(|(_, table)| speaks(table));
        Rules { tables: tables.map(|(index, table)| (index, table.overrides_of(path))).collect() }
    }

    /// The levels that some rules and the command line give.
    pub fn levels(&self, rules: &Rules) -> Levels {
        self.levels_and_origins(rules).0
    }

    /// The profile that applies, and who chose it.
    fn profile(&self, rules: &Rules) -> Option<(Profile, Origin<'_>)> {
        if let Some(profile) = self.profile {
            return Some((profile, Origin::CommandLine));
        }
        let tables = rules.tables.iter().rev().map(|(index, _)| &self.tables[*index]);
        tables.into_iter().find_map(|placed| {
            let profile = placed.table.profile.as_ref()?;
            Some((profile.value, self.origin(placed, profile.range)))
        })
    }

    /// The level of each lint of `LINTS`, and who set it.
    fn levels_and_origins(&self, rules: &Rules) -> (Levels, Vec<Origin<'_>>) {
        let mut levels = Levels::default();
        let mut origins = vec![Origin::Default; LINTS.len()];
        if let Some((profile, _)) = self.profile(rules) {
            let before = levels.clone();
            levels.choose(profile);
            let chosen = (0..LINTS.len()).filter(|&lint| levels.of(lint) != before.of(lint));
            chosen.for_each(|lint| origins[lint] = Origin::Profile);
        }
        let steps = self.steps(rules);
        for step in steps.iter().filter(|step| step.name != WARNINGS) {
            let named = framework::lints_named(step.name).unwrap_or_default();
            for lint in named.into_iter().filter(|&lint| levels.of(lint) != Level::Forbid) {
                origins[lint] = step.origin;
            }
            levels.set(step.name, step.level).expect("names are looked at when they are read");
        }
        // As in rustc, `warnings` is no group but stands for whatever warns in the end, wherever it is named.
        if let Some(last) = steps.iter().rfind(|step| step.name == WARNINGS) {
            let level = if last.level == Level::Forbid { Level::Deny } else { last.level };
            let warning = (0..LINTS.len()).filter(|&lint| levels.of(lint) == Level::Warn);
            for lint in warning.collect::<Vec<_>>() {
                origins[lint] = last.origin;
                levels.set(LINTS[lint].name, level).expect("it is the name of a lint");
            }
        }
        (levels, origins)
    }

    /// All that is said of levels, in the order in which it applies.
    fn steps(&self, rules: &Rules) -> Vec<Step<'_>> {
        let mut steps = Vec::new();
        for (index, overrides) in &rules.tables {
            let placed = &self.tables[*index];
            let overriding = overrides.iter().flat_map(|index| &placed.table.overrides[*index].levels);
            steps.extend(placed.table.levels.iter().chain(overriding).map(|setting| Step {
                name: &setting.name,
                level: setting.level,
                origin: self.origin(placed, setting.range),
            }));
        }
        let flags = self.flags.iter();
        steps.extend(flags.map(|flag| Step {
            name: &flag.name,
            level: flag.level,
            origin: Origin::CommandLine,
        }));
        steps
    }

    fn origin(&self, placed: &PlacedTable, range: TextRange) -> Origin<'_> {
        Origin::Table { source: &self.sources[placed.source], range }
    }
}

impl PlacedTable {
    /// Which of its overrides speak of a path.
    fn overrides_of(&self, path: &Path) -> Vec<usize> {
        let Ok(path) = path.strip_prefix(&self.base) else { return Vec::new() };
        let overrides = self.table.overrides.iter().enumerate();
        let speaks = |paths: &[String]| paths.iter().any(|pattern| glob::covers(pattern, path));
        overrides.filter(|(_, it)| speaks(&it.paths)).map(|(index, _)| index).collect()
    }
}

/// The levels of many files, each set of rules resolved once.
pub struct LevelsOfRules<'a> {
    config: &'a Config,
    known: HashMap<Rules, Arc<Levels>>,
}

impl<'a> LevelsOfRules<'a> {
    pub fn new(config: &'a Config) -> Self {
        Self { config, known: HashMap::new() }
    }

    pub fn of(&mut self, rules: Rules) -> Arc<Levels> {
        if let Some(levels) = self.known.get(&rules) {
            return levels.clone();
        }
        let levels = Arc::new(self.config.levels(&rules));
        self.known.insert(rules, levels.clone());
        levels
    }
}

/// What to say of a name that is no lint.
pub fn unknown_lint(unknown: UnknownLint) -> Box<Message> {
    let message = Message::failure(format!("unknown lint: `{}`", unknown.name));
    Box::new(match unknown.suggestion {
        Some(near) => message.help(format!("did you mean `{near}`?")),
        None => message.help("`cargo taskguard --list` names them all"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(flags: &[(Level, &str)]) -> Config {
        let mut options = Options::parse_from(["cargo-taskguard".into()]).unwrap();
        let flag = |&(level, name): &(Level, &str)| LevelFlag { level, name: name.to_owned() };
        options.levels = flags.iter().map(flag).collect();
        Config::load(&options, None).unwrap()
    }

    fn level_of(lint: &str, flags: &[(Level, &str)]) -> Option<Level> {
        config(flags).levels(&Rules::default()).of_name(lint)
    }

    #[test]
    fn warnings_are_those_of_the_end_of_the_line() {
        let lint = "worker_returns_ok";
        let deny_then_warn = [(Level::Deny, "warnings"), (Level::Warn, "all")];
        assert_eq!(level_of(lint, &deny_then_warn), Some(Level::Deny));
        let denied_and_taken_back =
            [(Level::Warn, lint), (Level::Deny, "warnings"), (Level::Warn, "warnings")];
        assert_eq!(level_of(lint, &denied_and_taken_back), Some(Level::Warn));
        let allowed = [(Level::Warn, lint), (Level::Allow, "warnings")];
        assert_eq!(level_of(lint, &allowed), Some(Level::Allow));
        let denied = [(Level::Deny, lint), (Level::Allow, "warnings")];
        assert_eq!(level_of(lint, &denied), Some(Level::Deny));
    }

    #[test]
    fn an_unknown_name_is_an_error_with_a_hint() {
        let mut options = Options::parse_from(["cargo-taskguard".into()]).unwrap();
        options.levels.push(LevelFlag { level: Level::Deny, name: "worker_return_ok".to_owned() });
        let failure = Config::load(&options, None).unwrap_err();
        assert_eq!(failure.messages[0].text, "unknown lint: `worker_return_ok`");
        assert_eq!(failure.messages[0].helps, ["did you mean `worker_returns_ok`?"]);
    }
}
