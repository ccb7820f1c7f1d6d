//! Which functions may have something in them, by the words of their text: whoever searches the program asks here first,
//! so that the other bodies are not parsed.

use rustc_hash::FxHashMap;

use super::{AdtId, AdtKind, FnId, Function, Ty, ValueId, Workspace};
use crate::hir::{self, Item, ItemKind, Name};
use crate::knowledge::handles;
use crate::knowledge::types::{crate_of, crates_with, last_name, other_names};
use crate::source::words::{Word, WordSet};

/// The functions of the workspace by their words.
#[derive(Debug, Default)]
pub(super) struct Mentions {
    /// The words with their functions, in groups of words that begin with the same bits, each in order of functions.
    entries: Vec<(Word, FnId)>,
    /// Where in `entries` each group starts, and the end of the last.
    starts: Vec<u32>,
    bits: u32,
    /// The functions whose words are not known: they may have any.
    any: Vec<FnId>,
    /// By the true name, the other names that imports give.
    aliases: FxHashMap<Word, Vec<Word>>,
    /// The crates that packages depend on, and what imports begin with. None where there may be others, since there is code
    /// of no package.
    crates: Option<WordSet>,
}

impl Mentions {
    pub fn of(functions: &[Function<'_>], renames: &[(Name, Name)], crates: Option<WordSet>) -> Self {
        let ids = (0..functions.len() as u32).map(FnId);
        let any = ids.clone().filter(|id| words(functions, *id).is_none()).collect();
        let known = || ids.clone().filter_map(|id| Some((id, words(functions, id)?)));
        let count: usize = known().map(|(_, words)| words.len()).sum();
        // About sixteen words a group.
        let bits = (count / 16).max(2).ilog2().clamp(1, 24);
        let mut starts = vec![0u32; (1 << bits) + 1];
        for word in known().flat_map(|(_, words)| words) {
            starts[word.slot(bits) + 1] += 1;
        }
        for group in 1..starts.len() {
            starts[group] += starts[group - 1];
        }
        let mut next = starts.clone();
        let mut entries = vec![(Word::default(), FnId(0)); count];
        for (id, words) in known() {
            for &word in words {
                let at = &mut next[word.slot(bits)];
                entries[*at as usize] = (word, id);
                *at += 1;
            }
        }
        let mut aliases: FxHashMap<Word, Vec<Word>> = FxHashMap::default();
        let imported = renames.iter().map(|(original, name)| (original.as_str(), name.as_str()));
        for (original, name) in imported.chain(other_names()) {
            aliases.entry(Word::of(original)).or_default().push(Word::of(name));
        }
        Self { entries, starts, bits, any, aliases, crates }
    }

    fn functions(&self, word: Word) -> impl Iterator<Item = FnId> {
        let group = word.slot(self.bits);
        let range = match self.starts.get(group..group + 2) {
            Some(bounds) => bounds[0] as usize..bounds[1] as usize,
            None => 0..0,
        };
        self.entries[range].iter().filter(move |(it, _)| *it == word).map(|&(_, id)| id)
    }
}

/// The words of a function; those of the outermost one for functions in bodies.
fn words<'a>(functions: &[Function<'a>], id: FnId) -> Option<&'a [Word]> {
    let mut function = &functions[id.index()];
    while let Some(outer) = function.inside {
        function = &functions[outer.index()];
    }
    function.hir.words()
}

impl Workspace<'_> {
    /// The functions with any of these words, in order, for all that is known.
    pub fn functions_mentioning(&self, words: impl IntoIterator<Item = Word>) -> Vec<FnId> {
        let mut functions = self.mentions.any.clone();
        for word in words {
            functions.extend(self.mentions.functions(word));
        }
        functions.sort_unstable();
        functions.dedup();
        functions
    }

    /// Whether a function has any of these words, for all that is known.
    pub fn may_mention_any(&self, id: FnId, words: &WordSet) -> bool {
        self::words(&self.functions, id).is_none_or(|own| own.iter().any(|word| words.contains(word)))
    }

    /// Whether a function has a word, for all that is known.
    pub fn may_mention(&self, id: FnId, word: Word) -> bool {
        self::words(&self.functions, id).is_none_or(|own| own.contains(&word))
    }

    /// Adds the last name of a library item to a set of words, unless nothing in the workspace speaks of a crate that
    /// has it.
    pub fn add_library_word(&self, path: &str, words: &mut WordSet) {
        let may_use = |name: &str| {
            matches!(name, "std" | "core" | "alloc")
                || self.mentions.crates.as_ref().is_none_or(|crates| crates.contains(&Word::of(name)))
                || self.mentions.functions(Word::of(name)).next().is_some()
        };
        if !self.mentions.any.is_empty() || may_use(crate_of(path)) || crates_with(path).any(may_use) {
            self.add_word(last_name(path), words);
        }
    }

    /// Adds a name to a set of words, and the names that imports give to it.
    pub fn add_word(&self, name: &str, words: &mut WordSet) {
        let mut open = vec![Word::of(name)];
        while let Some(word) = open.pop() {
            if words.insert(word) {
                open.extend(self.mentions.aliases.get(&word).into_iter().flatten());
            }
        }
    }
}

/// Words of types and of what has those types.
impl Workspace<'_> {
    /// The words without which a function has no handle of a task: the names of the handles and of what gives them, and
    /// those of all that is declared with such a type: aliases, fields, variants, constants, functions.
    pub fn words_leading_to_handles(&self) -> WordSet {
        let mut trail = Trail { workspace: self, types: WordSet::default(), values: WordSet::default() };
        for path in handles::handle_paths() {
            self.add_library_word(&path, &mut trail.types);
        }
        let mut before = 0;
        while trail.types.len() > before {
            before = trail.types.len();
            trail.follow();
        }
        trail.values.extend(&trail.types);
        trail.values
    }
}

/// Whether a handle may come out of a value of this type. A type that is not known here stays unknown.
fn may_give_handle(ty: &Ty) -> bool {
    match ty {
        Ty::Param(_) => true,
        Ty::External(_, args) => ty.is_handle() || args.iter().any(may_give_handle),
        Ty::Adt(_, parts) | Ty::Tuple(parts) => parts.iter().any(may_give_handle),
        Ty::Slice(inner) | Ty::Future(inner) | Ty::Callable(inner) => may_give_handle(inner),
        Ty::Unknown | Ty::Never | Ty::Object(_) => false,
    }
}

struct Trail<'w> {
    workspace: &'w Workspace<'w>,
    types: WordSet,
    values: WordSet,
}

impl Trail<'_> {
    /// Goes through all declarations once.
    fn follow(&mut self) {
        let workspace = self.workspace;
        for alias in &workspace.aliases {
            self.alias(alias.name, alias.ty);
        }
        for it in &workspace.impls {
            self.generics(&it.hir.generics);
            self.associated(&it.hir.items);
        }
        for it in &workspace.traits {
            self.generics(&it.hir.generics);
            self.associated(&it.hir.items);
        }
        for (index, adt) in workspace.adts.iter().enumerate() {
            let id = AdtId(index as u32);
            self.generics(adt.kind.generics());
            match adt.kind {
                AdtKind::Struct(it) => self.fields(id, adt.name, &it.fields),
                AdtKind::Enum(it) => {
                    it.variants.iter().for_each(|variant| self.fields(id, variant.name, &variant.fields));
                }
            }
        }
        for (index, value) in workspace.values.iter().enumerate() {
            self.value(value.name, value.ty, || workspace.value_ty(ValueId(index as u32)));
        }
        for id in workspace.functions_mentioning(self.types.iter().copied().collect::<Vec<_>>()) {
            let function = workspace.function(id).hir;
            self.generics(&function.generics);
            if let Some(output) = &function.output {
                self.value(function.name, output, || workspace.output_of(id));
            }
        }
    }

    fn speaks_of(&self, ty: &hir::Type) -> bool {
        ty.has_name(&|name| self.types.contains(&Word::of(&name)))
    }

    fn generics(&mut self, generics: &hir::Generics) {
        let wanted = |name: Name| self.types.contains(&Word::of(&name));
        let params: Vec<Name> = generics.params_with_name(&wanted).collect();
        for param in params {
            self.workspace.add_word(&param, &mut self.types);
        }
    }

    fn alias(&mut self, name: Name, ty: Option<&hir::Type>) {
        if ty.is_some_and(|ty| self.speaks_of(ty)) {
            self.workspace.add_word(&name, &mut self.types);
        }
    }

    /// Something of a type, as it is written and as it is.
    fn value(&mut self, name: Name, written: &hir::Type, ty: impl FnOnce() -> Ty) {
        if self.speaks_of(written) && may_give_handle(&ty()) {
            self.workspace.add_word(&name, &mut self.values);
        }
    }

    /// The fields of a struct or variant. Those of tuples are had by a pattern with its name, too.
    fn fields(&mut self, id: AdtId, owner: Name, fields: &[hir::Field]) {
        for field in fields.iter().filter(|field| self.speaks_of(&field.ty)).collect::<Vec<_>>() {
            let ty = || self.workspace.member_ty(id, &[], &field.ty);
            if may_give_handle(&ty()) {
                self.workspace.add_word(&field.name, &mut self.values);
                self.workspace.add_word(&owner, &mut self.values);
            }
        }
    }

    fn associated(&mut self, items: &[Item]) {
        for item in items {
            match &item.kind {
                ItemKind::TypeAlias { ty, .. } => self.alias(item.name, ty.as_ref()),
                ItemKind::Value { ty, .. } => self.value(item.name, ty, || Ty::Param(item.name)),
                ItemKind::Function(_)
                | ItemKind::Struct(_)
                | ItemKind::Enum(_)
                | ItemKind::Impl(_)
                | ItemKind::Trait(_)
                | ItemKind::Module(_)
                | ItemKind::Use(_)
                | ItemKind::ExternCrate { .. }
                | ItemKind::Macro { .. } => {}
            }
        }
    }
}
