//! What stays known of a program when the inside of some functions changes.
//!
//! What names mean follows from what the program declares. The types in a body, what it calls, and where it may live on follow
//! from the body and from what the program declares. Everything else that is found out about a function may follow from other
//! bodies too, and is found out anew.

use rustc_hash::FxHashMap;

use super::facts::{BodyFacts, PerFunction};
use super::{AdtId, Def, FnId, ImplId, Methods, Module, Workspace};
use crate::source::FileId;

/// What was found out about a program. Taken out of one workspace, it is true in the next that is linked of files which
/// declare the same.
#[derive(Default)]
pub struct Memory {
    file_functions: Vec<Vec<FnId>>,
    names: Names,
    body_facts: PerFunction<BodyFacts>,
}

/// What the names of a program mean.
#[derive(Default)]
struct Names {
    modules: Vec<Module>,
    /// What each alias stands for.
    aliases: Vec<Option<Def>>,
    /// The type that each `impl` is for, and its trait.
    impls: Vec<(Option<AdtId>, Option<Def>)>,
    impls_of: FxHashMap<AdtId, Vec<ImplId>>,
    /// The `impl`s of each trait.
    impls_of_traits: Vec<Vec<ImplId>>,
    methods: Methods,
}

impl Memory {
    /// The functions of a file are others now.
    pub fn forget(&mut self, file: FileId) {
        for function in self.file_functions.get(file.0 as usize).into_iter().flatten() {
            self.body_facts.forget(*function);
        }
    }

    /// The memory, if there is any of a program with the functions of this one.
    pub(super) fn of_same_functions(self, workspace: &Workspace<'_>) -> Option<Self> {
        let is_same = !self.file_functions.is_empty() && self.file_functions == workspace.file_functions;
        is_same.then_some(self)
    }
}

impl Workspace<'_> {
    /// What is known at the end of a workspace.
    pub fn into_memory(self) -> Memory {
        let names = Names {
            modules: self.modules,
            aliases: self.aliases.iter().map(|alias| alias.target).collect(),
            impls: self.impls.iter().map(|it| (it.adt, it.trait_)).collect(),
            impls_of: self.impls_of,
            impls_of_traits: self.traits.into_iter().map(|it| it.impls).collect(),
            methods: self.methods,
        };
        let Self { file_functions, body_facts, .. } = self;
        Memory { file_functions, names, body_facts }
    }

    /// Takes up what was known in a workspace that declares the same.
    pub(super) fn remember(&mut self, memory: Memory) {
        let Memory { names, body_facts, .. } = memory;
        self.modules = names.modules;
        for (alias, target) in self.aliases.iter_mut().zip(names.aliases) {
            alias.target = target;
        }
        for (it, (adt, trait_)) in self.impls.iter_mut().zip(names.impls) {
            (it.adt, it.trait_) = (adt, trait_);
        }
        for (it, impls) in self.traits.iter_mut().zip(names.impls_of_traits) {
            it.impls = impls;
        }
        self.impls_of = names.impls_of;
        self.methods = names.methods;
        self.body_facts = body_facts;
    }
}
