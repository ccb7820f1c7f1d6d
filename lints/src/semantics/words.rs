//! What the project itself says of a function, type or macro.

use rustc_hash::{FxHashMap, FxHashSet};

use super::resolve::{external, external_name};
use super::{Callee, Def, FnId, Ty, Workspace};
use crate::hir::{MacroCall, Name};
use crate::knowledge;
use crate::knowledge::macros::{LogLevel, Meaning};
use crate::knowledge::vocabulary::{Vocabulary, Word};

/// The vocabulary of a project, with what its paths stand for.
#[derive(Debug, Default)]
pub struct Words {
    said: FxHashSet<(Def, Word)>,
    log_macros: FxHashSet<Name>,
    /// Macros of the project that never come back.
    ending_macros: FxHashSet<Name>,
    disallowed: FxHashMap<Name, Option<String>>,
    /// As written.
    spawners: Vec<String>,
    unknown: Vec<(Word, String)>,
    versions: FxHashMap<String, (u64, u64)>,
}

impl Words {
    /// What the project says by its macros that never come back.
    pub(super) fn of_macros(ending_macros: FxHashSet<Name>) -> Self {
        Self { ending_macros, ..Self::default() }
    }

    fn resolve(workspace: &Workspace<'_>, vocabulary: &Vocabulary) -> Self {
        let mut words = Self::of_macros(workspace.words.ending_macros.clone());
        for (word, path) in &vocabulary.paths {
            let found = workspace.defs_named(path);
            if found.is_empty() {
                words.unknown.push((*word, path.clone()));
            }
            words.said.extend(found.into_iter().map(|def| (def, *word)));
            if *word == Word::Spawner {
                words.spawners.push(path.clone());
            }
        }
        words.log_macros = vocabulary.log_macros.iter().map(Name::from).collect();
        let disallowed = vocabulary.disallowed.iter();
        words.disallowed = disallowed.map(|(path, why)| (external_name(path), why.clone())).collect();
        words.versions = vocabulary.versions.iter().cloned().collect();
        words
    }

    /// The version of a library that the project is built with, major and minor.
    pub fn version(&self, library: &str) -> Option<(u64, u64)> {
        self.versions.get(library).copied()
    }

    /// Whether the project says this of a function of its own.
    pub fn of_function(&self, function: FnId, word: Word) -> bool {
        self.said.contains(&(Def::Function(function), word))
    }

    /// Whether the project says this of what a call calls.
    pub fn of_callee(&self, callee: &Callee, word: Word) -> bool {
        match callee {
            Callee::Function(function) => self.of_function(*function, word),
            Callee::External(path) => self.said.contains(&(Def::External(*path), word)),
            Callee::OneOf(all) => !all.is_empty() && all.iter().all(|&it| self.of_function(it, word)),
            Callee::UnknownMethod(_) | Callee::Constructor | Callee::Value | Callee::Unknown => false,
        }
    }

    /// Whether the project says this of the type of a value.
    pub fn of_type(&self, ty: &Ty, word: Word) -> bool {
        match ty {
            Ty::Adt(adt, _) => self.said.contains(&(Def::Adt(*adt), word)),
            Ty::External(path, _) => self.said.contains(&(Def::External(*path), word)),
            _ => false,
        }
    }

    /// What it means that a macro is called.
    pub fn meaning(&self, call: &MacroCall) -> Meaning {
        let name = call.path.last().name;
        if self.log_macros.contains(&name) {
            return Meaning::Log(LogLevel::Dynamic);
        }
        if self.ending_macros.contains(&name) {
            return Meaning::Panic;
        }
        knowledge::macro_meaning(&name)
    }

    /// Why the project does not want a library function to be called directly, if it does not.
    pub fn disallowed(&self, path: &str) -> Option<Option<&str>> {
        self.disallowed.get(&external_name(path)).map(Option::as_deref)
    }

    /// The functions that start tasks for others, as they are written.
    pub fn spawners(&self) -> &[String] {
        &self.spawners
    }

    /// Paths into the workspace that lead nowhere.
    pub fn unknown(&self) -> &[(Word, String)] {
        &self.unknown
    }
}

impl<'a> Workspace<'a> {
    /// The program as the project speaks of it. To be said before anything is asked.
    pub fn knowing(mut self, vocabulary: &Vocabulary) -> Self {
        self.words = Words::resolve(&self, vocabulary).into();
        self
    }

    pub fn words(&self) -> &Words {
        &self.words
    }

    /// What a path from the outside stands for: in each crate of the workspace that has the name, else in a library. A name in
    /// the namespace of types and one in that of values are two things.
    fn defs_named(&self, path: &str) -> Vec<Def> {
        let segments: Vec<Name> = path.split("::").map(Name::from).collect();
        let roots: Vec<Def> = self
            .crates()
            .filter(|krate| krate.name == segments[0])
            .map(|krate| Def::Module(krate.root))
            .collect();
        if roots.is_empty() {
            return vec![external(path)];
        }
        let mut found: Vec<Def> =
            roots.into_iter().flat_map(|root| self.members_of(root, &segments[1..])).collect();
        let mut seen = FxHashSet::default();
        found.retain(|def| seen.insert(*def));
        found
    }
}
