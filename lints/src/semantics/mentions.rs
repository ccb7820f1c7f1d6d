//! Which functions may have something in them, by the words of their text: whoever searches the program asks here first,
//! so that the other bodies are not parsed.

use std::ops::{BitAnd, BitOr};

use rustc_hash::{FxHashMap, FxHashSet};

use super::{AdtId, AdtKind, Def, FnId, Function, Owner, Ty, ValueId, Workspace};
use crate::hir::{self, Item, ItemKind, Name};
use crate::knowledge::canonical;
use crate::knowledge::signatures::sources_of;
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

/// Some functions of a workspace. Those of two sets, or of either, are `one & other` and `one | other`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FunctionSet {
    /// A bit for each function; what is beyond the end is not in the set.
    bits: Vec<u64>,
}

impl FunctionSet {
    pub fn contains(&self, id: FnId) -> bool {
        self.bits.get(id.index() / 64).is_some_and(|bits| bits >> (id.index() % 64) & 1 == 1)
    }

    pub fn insert(&mut self, id: FnId) {
        let at = id.index() / 64;
        if at >= self.bits.len() {
            self.bits.resize(at + 1, 0);
        }
        self.bits[at] |= 1 << (id.index() % 64);
    }

    pub fn is_empty(&self) -> bool {
        self.bits.iter().all(|&bits| bits == 0)
    }

    pub fn retain(&mut self, is_kept: impl Fn(FnId) -> bool) {
        let dropped: Vec<FnId> = self.iter().filter(|&id| !is_kept(id)).collect();
        dropped.into_iter().for_each(|id| self.bits[id.index() / 64] &= !(1 << (id.index() % 64)));
    }

    /// In order.
    pub fn iter(&self) -> impl Iterator<Item = FnId> {
        let places = |(at, &bits): (usize, &u64)| {
            let ones = (0..64u32).filter(move |bit| bits >> bit & 1 == 1);
            ones.map(move |bit| FnId(at as u32 * 64 + bit))
        };
        self.bits.iter().enumerate().filter(|(_, bits)| **bits != 0).flat_map(places)
    }
}

impl Extend<FnId> for FunctionSet {
    fn extend<I: IntoIterator<Item = FnId>>(&mut self, ids: I) {
        ids.into_iter().for_each(|id| self.insert(id));
    }
}

impl FromIterator<FnId> for FunctionSet {
    fn from_iter<I: IntoIterator<Item = FnId>>(ids: I) -> Self {
        let mut set = Self::default();
        set.extend(ids);
        set
    }
}

impl BitAnd for FunctionSet {
    type Output = Self;

    fn bitand(mut self, other: Self) -> Self {
        self.bits.truncate(other.bits.len());
        self.bits.iter_mut().zip(other.bits).for_each(|(mine, theirs)| *mine &= theirs);
        self
    }
}

impl BitOr for FunctionSet {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        let (mut long, short) =
            if self.bits.len() < other.bits.len() { (other, self) } else { (self, other) };
        long.bits.iter_mut().zip(short.bits).for_each(|(mine, theirs)| *mine |= theirs);
        long
    }
}

impl Workspace<'_> {
    /// The functions with any of these words, for all that is known.
    pub fn functions_with(&self, words: &WordSet) -> FunctionSet {
        let known = words.iter().flat_map(|word| self.mentions.functions(*word));
        self.mentions.any.iter().copied().chain(known).collect()
    }

    /// The functions with any of these names, or a name that an import gives to one, for all that is known.
    pub fn functions_naming<'n>(&self, names: impl IntoIterator<Item = &'n str>) -> FunctionSet {
        let mut words = WordSet::default();
        names.into_iter().for_each(|name| self.add_word(name, &mut words));
        self.functions_with(&words)
    }

    /// The functions that name any of these items of libraries, for all that is known.
    pub fn functions_naming_library<'n>(&self, paths: impl IntoIterator<Item = &'n str>) -> FunctionSet {
        let mut words = WordSet::default();
        paths.into_iter().for_each(|path| self.add_library_word(path, &mut words));
        self.functions_with(&words)
    }

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

/// The names of types of the workspace.
impl Workspace<'_> {
    /// The other names of types of the workspace: those of aliases, and of what `impl`s call a type.
    pub fn aliases_of_types(&self) -> FxHashMap<AdtId, Vec<Name>> {
        let declared = self.aliases.iter().map(|alias| (alias.target, alias.name));
        let associated = self.impls.iter().flat_map(|it| {
            it.hir.items.iter().filter_map(|item| match &item.kind {
                ItemKind::TypeAlias { ty: Some(ty), .. } => {
                    Some((self.adt_of_type(it.scope, ty).map(Def::Adt), item.name))
                }
                _ => None,
            })
        });
        let mut aliases: FxHashMap<AdtId, Vec<Name>> = FxHashMap::default();
        for (target, name) in declared.chain(associated) {
            if let Some(Def::Adt(adt)) = target {
                aliases.entry(adt).or_default().push(name);
            }
        }
        aliases
    }

    /// The functions that may call a function by its name; one without receiver needs the type, too.
    pub fn functions_calling(&self, of: FnId, aliases: &FxHashMap<AdtId, Vec<Name>>) -> FunctionSet {
        let function = self.function(of);
        let named = self.functions_naming([function.hir.name.as_str()]);
        let inherent = match function.owner {
            Owner::Impl(id) if self.impl_(id).hir.trait_.is_none() => self.impl_(id).adt,
            Owner::Impl(_) | Owner::Trait(_) | Owner::Module => None,
        };
        let Some(adt) = inherent.filter(|_| function.hir.receiver.is_none()) else { return named };
        let names = aliases.get(&adt).into_iter().flatten().chain([&self.adt(adt).name]);
        let own = self.impls_of(adt).flat_map(|it| it.methods.values().copied());
        named & (self.functions_naming(names.map(|name| name.as_str())) | own.collect())
    }

    /// The functions of whose output a tuple may be a part.
    pub fn functions_giving_tuples(&self) -> FunctionSet {
        let written = self.function_ids().filter(|&id| self.function(id).hir.may_give_tuple());
        let aliases = self.written_aliases().filter(|(_, ty)| ty.has_tuple()).map(|(name, _)| name);
        let aliases: Vec<Name> = aliases.collect();
        written.collect::<FunctionSet>() | self.functions_naming(aliases.iter().map(|name| name.as_str()))
    }
}

/// Values of library types, and where they can come from.
impl Workspace<'_> {
    /// The functions in which an expression may have one of these library types, for all that is known: in no other
    /// one is a word of the types, of library functions that give them, or of what is declared with such a type:
    /// aliases, fields, variants, constants, functions.
    pub fn functions_with_values(&self, of: &[&'static str]) -> FunctionSet {
        let sources = sources_of(of);
        let mut trail = Trail {
            workspace: self,
            types: WordSet::default(),
            values: WordSet::default(),
            functions: FunctionSet::default(),
            wanted: &sources.types,
        };
        for path in &sources.types {
            self.add_library_word(path, &mut trail.types);
        }
        for path in &sources.calls {
            match path.strip_suffix("::new") {
                Some(_) => trail.functions.extend(self.functions_calling_library([path.as_str()]).iter()),
                None => self.add_library_word(path, &mut trail.values),
            }
        }
        let mut before = 0;
        while trail.types.len() > before {
            before = trail.types.len();
            trail.follow();
        }
        trail.values.extend(&trail.types);
        self.functions_with(&trail.values) | trail.functions
    }
}

/// What functions call of libraries, and what stands for a type.
impl Workspace<'_> {
    /// The functions that may call any of these functions of libraries. One that belongs to a type, whose name may be any
    /// (`new`, `open`), needs a name of the type, too.
    pub fn functions_calling_library<'n>(&self, paths: impl IntoIterator<Item = &'n str>) -> FunctionSet {
        let sets = paths.into_iter().map(|path| {
            let mut words = WordSet::default();
            self.add_library_word(path, &mut words);
            let calling = self.functions_with(&words);
            match path.rsplit_once("::").map(|(owner, _)| owner) {
                Some(owner) if last_name(owner).starts_with(char::is_uppercase) => {
                    calling & self.functions_naming_type(owner)
                }
                _ => calling,
            }
        });
        sets.reduce(|all, set| all | set).unwrap_or_default()
    }

    /// The functions that may name a type of a library, or an alias of it.
    fn functions_naming_type(&self, of: &str) -> FunctionSet {
        let mut types = WordSet::default();
        self.add_library_word(of, &mut types);
        let mut before = 0;
        while types.len() > before {
            before = types.len();
            for (name, ty) in self.written_aliases() {
                if ty.has_name(&|name| types.contains(&Word::of(&name))) {
                    self.add_word(&name, &mut types);
                }
            }
        }
        self.functions_with(&types)
    }

    /// The aliases of types, those in `impl`s included, and what they stand for as written.
    fn written_aliases(&self) -> impl Iterator<Item = (Name, &hir::Type)> {
        let associated = self.impls.iter().flat_map(|it| &it.hir.items).filter_map(|item| match &item.kind {
            ItemKind::TypeAlias { ty: Some(ty), .. } => Some((item.name, ty)),
            _ => None,
        });
        self.aliases.iter().filter_map(|alias| Some((alias.name, alias.ty?))).chain(associated)
    }
}

struct Trail<'w> {
    workspace: &'w Workspace<'w>,
    /// The types by their canonical paths.
    wanted: &'w FxHashSet<&'static str>,
    types: WordSet,
    values: WordSet,
    /// Those whose `self` is what is wanted.
    functions: FunctionSet,
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
            if self.speaks_of(&it.hir.self_ty)
                && it.methods.values().next().is_some_and(|&method| self.may_give(&workspace.self_ty(method)))
            {
                self.functions.extend(it.methods.values().copied());
            }
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
        for id in workspace.functions_with(&self.types).iter() {
            let function = workspace.function(id).hir;
            if !function.signature_may_mention(&self.types) {
                continue;
            }
            self.generics(&function.generics);
            if let Some(output) = &function.output {
                self.value(function.name, output, || workspace.output_of(id));
            }
        }
    }

    /// Whether what is wanted may come out of a value of this type. A type that is not known here stays unknown.
    fn may_give(&self, ty: &Ty) -> bool {
        match ty {
            Ty::Param(_) => true,
            Ty::External(path, args) => {
                self.wanted.contains(canonical(path).as_ref()) || args.iter().any(|arg| self.may_give(arg))
            }
            Ty::Adt(_, parts) | Ty::Tuple(parts) => parts.iter().any(|part| self.may_give(part)),
            Ty::Slice(inner) | Ty::Future(inner) | Ty::Callable(inner) => self.may_give(inner),
            Ty::Unknown | Ty::Never | Ty::Object(_) => false,
        }
    }

    fn speaks_of(&self, ty: &hir::Type) -> bool {
        ty.has_name(&|name| self.types.contains(&Word::of(&name)))
    }

    fn generics(&mut self, generics: &hir::Generics) {
        // What is bound by is a trait; the types are in its arguments.
        let wanted = |name: Name| self.types.contains(&Word::of(&name));
        let bounded = |param: &&hir::TypeParam| param.bounds.iter().any(|it| it.has_name_in_args(&wanted));
        let params: Vec<Name> = generics.params.iter().filter(bounded).map(|param| param.name).collect();
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
        if self.speaks_of(written) && self.may_give(&ty()) {
            self.workspace.add_word(&name, &mut self.values);
        }
    }

    /// The fields of a struct or variant. Those of tuples are had by a pattern with its name, too.
    fn fields(&mut self, id: AdtId, owner: Name, fields: &[hir::Field]) {
        for field in fields.iter().filter(|field| self.speaks_of(&field.ty)).collect::<Vec<_>>() {
            let ty = || self.workspace.member_ty(id, &[], &field.ty);
            if self.may_give(&ty()) {
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
