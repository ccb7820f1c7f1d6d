//! Which functions may have something in them, by the words of their text: whoever searches the program asks here first,
//! so that the other bodies are not parsed.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::ops::{BitAnd, BitOr};
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::ty::TypeScope;
use super::{
    Adt, AdtId, AdtKind, Def, FnId, Function, Impl, ImplId, ModuleId, Owner, TraitId, Ty, ValueId, Workspace,
};
use crate::hir::{self, Item, ItemKind, Name, Visibility};
use crate::knowledge::canonical;
use crate::knowledge::signatures::sources_of;
use crate::knowledge::types::{crate_of, crates_with, last_name, other_names};
use crate::source::words::{Word, WordSet};

/// The functions of the workspace by their words.
#[derive(Debug, Default)]
pub(super) struct Mentions {
    /// The words of functions, in groups of words that begin with the same bits, each in order of functions: the other
    /// bits of the word, and the function in what is left of 32.
    entries: Vec<u32>,
    /// Where in `entries` each group starts, and the end of the last.
    starts: Vec<u32>,
    /// How many the number of a function takes.
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
        let bits = functions.len().max(1).ilog2() + 1;
        let mut starts = vec![0u32; (1 << bits) + 1];
        for word in known().flat_map(|(_, words)| words) {
            starts[word.slot(bits) + 1] += 1;
        }
        for group in 1..starts.len() {
            starts[group] += starts[group - 1];
        }
        let mut next = starts.clone();
        let mut entries = vec![0; starts[1 << bits] as usize];
        for (id, words) in known() {
            for &word in words {
                let at = &mut next[word.slot(bits)];
                entries[*at as usize] = word.rest(bits) | id.0;
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
        let functions = self.entries[range].iter().map(move |entry| entry ^ word.rest(self.bits));
        functions.filter(|function| function >> self.bits == 0).map(FnId)
    }
}

/// The words of a function; those of the one that it is in where its own are not known.
fn words<'a>(functions: &[Function<'a>], id: FnId) -> Option<&'a [Word]> {
    let mut function = &functions[id.index()];
    loop {
        if let Some(words) = function.hir.words() {
            return Some(words);
        }
        function = &functions[function.inside?.index()];
    }
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
        self.bits.iter().zip(0u32..).flat_map(|(&bits, at)| {
            let with_lowest = |bits: u64| (bits != 0).then_some(bits);
            let left = std::iter::successors(with_lowest(bits), move |&bits| with_lowest(bits & (bits - 1)));
            left.map(move |bits| FnId(at * 64 + bits.trailing_zeros()))
        })
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

    /// Whether a function has a word, for all that is known.
    pub fn may_mention(&self, id: FnId, word: Word) -> bool {
        self::words(&self.functions, id).is_none_or(|own| own.contains(&word))
    }

    /// Adds the last name of a library item to a set of words, unless nothing in the workspace speaks of a crate that
    /// has it.
    pub fn add_library_word(&self, path: &str, words: &mut WordSet) {
        if self.may_use_crate(crate_of(path)) || crates_with(path).any(|name| self.may_use_crate(name)) {
            self.add_word(last_name(path), words);
        }
    }

    /// Whether something in the workspace may speak of a crate, for all that is known.
    pub fn may_use_crate(&self, name: &str) -> bool {
        !self.mentions.any.is_empty()
            || matches!(name, "std" | "core" | "alloc")
            || self.mentions.crates.as_ref().is_none_or(|crates| crates.contains(&Word::of(name)))
            || self.mentions.functions(Word::of(name)).next().is_some()
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
    /// The names of a type of the workspace: its own, those of aliases, and what `impl`s call it.
    fn names_of(&self, adt: AdtId) -> impl Iterator<Item = &'_ str> {
        let others = self.type_names.get_or_init(|| self.other_names_of_types()).get(&adt);
        let names = others.into_iter().flatten().chain([&self.adt(adt).name]);
        names.map(|name| name.as_str())
    }

    fn other_names_of_types(&self) -> FxHashMap<AdtId, Vec<Name>> {
        let declared = self.aliases.iter().map(|alias| (alias.target, alias.name));
        let associated = self.impls_with_types().flat_map(|it| {
            it.hir.items.iter().filter_map(|item| match &item.kind {
                ItemKind::TypeAlias { ty: Some(ty), .. } => {
                    Some((self.adt_of_type(it.scope, ty).map(Def::Adt), item.name))
                }
                _ => None,
            })
        });
        let mut names: FxHashMap<AdtId, Vec<Name>> = FxHashMap::default();
        for (target, name) in declared.chain(associated) {
            if let Some(Def::Adt(adt)) = target {
                names.entry(adt).or_default().push(name);
            }
        }
        names
    }

    /// The functions that may call a function by its name; one without receiver needs the type, too. A private one is
    /// called where it is in sight.
    pub fn functions_calling(&self, of: FnId) -> FunctionSet {
        let function = self.function(of);
        let mut calling = self.functions_naming([function.hir.name.as_str()]);
        let is_near = self.is_called_near(of);
        if is_near && function.visibility == Visibility::Private {
            self.keep_inside(&mut calling, function.scope);
        } else {
            let may_call = self.may_call(of);
            calling.retain(|caller| may_call(self.crate_of(self.function(caller).scope)));
        }
        let Owner::Impl(id) = function.owner else { return calling };
        let Some(adt) = self.impl_(id).adt.filter(|_| is_near) else { return calling };
        if calling.is_empty() || function.hir.receiver.is_some() {
            return calling;
        }
        let own = self.impls_of(adt).flat_map(|it| it.methods.values().copied());
        calling & (self.functions_naming(self.names_of(adt)) | own.collect())
    }

    /// Whether a call of a function needs more than its name: a private one to be in sight, one of a type without receiver
    /// the name of the type.
    pub(super) fn is_called_near(&self, of: FnId) -> bool {
        let function = self.function(of);
        let is_private = function.visibility == Visibility::Private;
        match function.owner {
            Owner::Impl(id) => {
                self.impl_(id).hir.trait_.is_none() && (is_private || function.hir.receiver.is_none())
            }
            Owner::Trait(_) => false,
            Owner::Module => is_private,
        }
    }

    /// The functions that may name a field of a type. A private one is named where it is in sight; those of an `enum` are as
    /// visible as that.
    pub(super) fn functions_naming_field(&self, adt: AdtId, field: Name) -> FunctionSet {
        let adt = self.adt(adt);
        let mut naming = self.functions_naming([field.as_str()]);
        if let AdtKind::Struct(it) = adt.kind
            && it.fields.iter().any(|it| it.name == field && it.visibility == Visibility::Private)
        {
            self.keep_inside(&mut naming, adt.scope);
        }
        naming
    }

    /// Keeps the functions that see what is private in a scope.
    fn keep_inside(&self, functions: &mut FunctionSet, scope: ModuleId) {
        let mut home = scope;
        while let (true, Some(parent)) = (self.module(home).is_block, self.module(home).parent) {
            home = parent;
        }
        functions.retain(|id| {
            let mut around =
                std::iter::successors(Some(self.function(id).scope), |&it| self.module(it).parent);
            around.any(|module| module == home)
        });
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
            wanted: &sources.types,
            types: WordSet::default(),
            futures: FxHashSet::default(),
            functions: FunctionSet::default(),
        };
        sources.types.iter().for_each(|path| self.add_library_word(path, &mut trail.types));
        trail.add(self.functions_that_may_call(sources.calls.iter().map(String::as_str)));
        trail.follow();
        trail.functions
    }

    /// The words for types of libraries, and for the aliases that speak of them.
    fn words_for_types<'n>(&self, paths: impl IntoIterator<Item = &'n str>) -> WordSet {
        let mut words = WordSet::default();
        paths.into_iter().for_each(|path| self.add_library_word(path, &mut words));
        let mut before = 0;
        while words.len() > before {
            before = words.len();
            for (name, ty) in self.written_aliases() {
                if ty.has_name(&|name| words.contains(&Word::of(&name))) {
                    self.add_word(&name, &mut words);
                }
            }
        }
        words
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

    /// The functions that may call any of these functions of libraries, on a value or on a type. What makes a value is called
    /// on its type, and has a name that thousands of functions have.
    pub fn functions_that_may_call<'n>(&self, paths: impl IntoIterator<Item = &'n str>) -> FunctionSet {
        let (makers, others): (Vec<&str>, Vec<&str>) =
            paths.into_iter().partition(|path| matches!(last_name(path), "new" | "default"));
        self.functions_calling_library(makers) | self.functions_naming_library(others)
    }

    /// The functions that may name a type of a library, or an alias of it.
    fn functions_naming_type(&self, of: &str) -> FunctionSet {
        self.functions_with(&self.words_for_types([of]))
    }

    /// The aliases of types, those in `impl`s included, and what they stand for as written.
    fn written_aliases(&self) -> impl Iterator<Item = (Name, &hir::Type)> {
        let items = self.impls_with_types().flat_map(|it| &it.hir.items);
        let associated = items.filter_map(|item| match &item.kind {
            ItemKind::TypeAlias { ty: Some(ty), .. } => Some((item.name, ty)),
            _ => None,
        });
        self.aliases.iter().filter_map(|alias| Some((alias.name, alias.ty?))).chain(associated)
    }

    fn impls_with_types(&self) -> impl Iterator<Item = &Impl<'_>> {
        self.declarations().impls_with_types.iter().map(|&id| self.impl_(id))
    }

    pub(super) fn declarations(&self) -> &Declarations {
        self.declarations.get_or_init(|| Declarations::of(self))
    }
}

/// What the declarations of the workspace are written with.
#[derive(Debug, Default)]
pub(super) struct Declarations {
    by_word: FxHashMap<Word, Vec<Declaration>>,
    impls_with_types: Vec<ImplId>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Declaration {
    Impl(ImplId),
    Trait(TraitId),
    Adt(AdtId),
    Value(ValueId),
}

impl Declarations {
    fn of(workspace: &Workspace<'_>) -> Self {
        let mut all = Self::default();
        for (it, id) in workspace.impls.iter().zip(0u32..) {
            let id = ImplId(id);
            let words = TypeWords::default().of_type(&it.hir.self_ty);
            all.add(Declaration::Impl(id), words.of_generics(&it.hir.generics).of_items(&it.hir.items));
            if it.hir.items.iter().any(|item| matches!(item.kind, ItemKind::TypeAlias { ty: Some(_), .. })) {
                all.impls_with_types.push(id);
            }
        }
        for (it, id) in workspace.traits.iter().zip(0u32..) {
            let words = TypeWords::default().of_generics(&it.hir.generics);
            all.add(Declaration::Trait(TraitId(id)), words.of_items(&it.hir.items));
        }
        for (adt, id) in workspace.adts.iter().zip(0u32..) {
            let words = TypeWords::default().of_generics(adt.kind.generics());
            all.add(
                Declaration::Adt(AdtId(id)),
                adt.kind.fields().fold(words, |words, it| words.of_type(&it.ty)),
            );
        }
        for (value, id) in workspace.values.iter().zip(0u32..) {
            all.add(Declaration::Value(ValueId(id)), TypeWords::default().of_type(value.ty));
        }
        all
    }

    fn add(&mut self, declaration: Declaration, words: TypeWords) {
        for word in words.0.into_inner() {
            let declarations = self.by_word.entry(word).or_default();
            if declarations.last() != Some(&declaration) {
                declarations.push(declaration);
            }
        }
    }

    /// Those with any of these words in their types.
    fn written_with(&self, words: &WordSet) -> BTreeSet<Declaration> {
        words.iter().filter_map(|word| self.by_word.get(word)).flatten().copied().collect()
    }
}

/// The words of the types in a declaration.
#[derive(Default)]
struct TypeWords(RefCell<Vec<Word>>);

impl TypeWords {
    fn of_type(self, ty: &hir::Type) -> Self {
        ty.has_name(&|name| self.is_last(name));
        self
    }

    /// The types in the arguments of bounds.
    fn of_generics(self, generics: &hir::Generics) -> Self {
        let bounds = generics.params.iter().flat_map(|param| &param.bounds);
        bounds.for_each(|bound| _ = bound.has_name_in_args(&|name| self.is_last(name)));
        self
    }

    /// The types of constants.
    fn of_items(self, items: &[Item]) -> Self {
        items.iter().fold(self, |words, item| match &item.kind {
            ItemKind::Value { ty, .. } => words.of_type(ty),
            _ => words,
        })
    }

    /// Takes a name; there is no last one.
    fn is_last(&self, name: Name) -> bool {
        self.0.borrow_mut().push(Word::of(&name));
        false
    }
}

/// Where values come from that are declared with a type that is looked for.
struct Trail<'w> {
    workspace: &'w Workspace<'w>,
    /// The types by their canonical paths.
    wanted: &'w FxHashSet<&'static str>,
    /// The words for them, and for what stands for them.
    types: WordSet,
    /// The types of the workspace that give it when awaited.
    futures: FxHashSet<AdtId>,
    /// What is found.
    functions: FunctionSet,
}

impl Trail<'_> {
    /// Goes through the declarations.
    fn follow(&mut self) {
        let workspace = self.workspace;
        let mut before = 0;
        while self.types.len() > before {
            before = self.types.len();
            self.follow_names();
        }
        self.add(workspace.functions_with(&self.types));
        let mut members = FunctionSet::default();
        for declaration in workspace.declarations().written_with(&self.types) {
            match declaration {
                Declaration::Impl(id) => {
                    let it = workspace.impl_(id);
                    self.associated(&it.hir.items);
                    let is_for_wanted = || {
                        let any = it.methods.values().next();
                        self.speaks_of(&it.hir.self_ty, &[])
                            && any.is_some_and(|&any| self.may_give(&workspace.self_ty(any)))
                    };
                    if !self.bounded(&it.hir.generics).is_empty() || is_for_wanted() {
                        members.extend(it.methods.values().copied());
                    }
                }
                Declaration::Trait(id) => {
                    let it = workspace.trait_(id);
                    self.associated(&it.hir.items);
                    if !self.bounded(&it.hir.generics).is_empty() {
                        members.extend(it.methods.values().copied());
                    }
                }
                Declaration::Adt(id) => self.parts(id, workspace.adt(id)),
                Declaration::Value(id) => {
                    let value = workspace.value(id);
                    if self.speaks_of(value.ty, &[]) && self.may_give(&workspace.value_ty(id)) {
                        self.add(workspace.functions_naming([value.name.as_str()]));
                    }
                }
            }
        }
        let mut speaking = workspace.functions_with(&self.types);
        speaking.retain(|id| workspace.function(id).hir.signature_may_mention(&self.types));
        for id in (speaking | members.clone()).iter() {
            let function = workspace.function(id);
            let Some(output) = &function.hir.output else { continue };
            let mut params = self.bounded(&function.hir.generics);
            match function.owner {
                Owner::Impl(id) => params.extend(self.bounded(&workspace.impl_(id).hir.generics)),
                Owner::Trait(id) => params.extend(self.bounded(&workspace.trait_(id).hir.generics)),
                Owner::Module => {}
            }
            if self.speaks_of(output, &params) && self.may_give(&workspace.output_of(id)) {
                self.add(workspace.functions_calling(id));
            }
        }
        self.add(members);
    }

    /// Adds the names of types that are what is wanted, or give it when awaited.
    fn follow_names(&mut self) {
        let workspace = self.workspace;
        for alias in &workspace.aliases {
            let Some(ty) = alias.ty else { continue };
            let generics = [Some(alias.generics), None];
            let scope = TypeScope { module: alias.scope, owner: Owner::Module, generics };
            if self.speaks_of(ty, &[]) && self.may_give(&workspace.ty(scope, ty)) {
                workspace.add_word(&alias.name, &mut self.types);
            }
        }
        for it in workspace.impls_with_types() {
            let Some(adt) = it.adt.filter(|adt| !self.futures.contains(adt)) else { continue };
            let output = it.hir.items.iter().find_map(|item| match &item.kind {
                ItemKind::TypeAlias { ty, .. } if item.name == "Output" => ty.as_ref(),
                _ => None,
            });
            if output.is_some_and(|ty| self.speaks_of(ty, &[]))
                && self.may_give(&workspace.awaited(&Ty::Adt(adt, Arc::new([]))))
            {
                self.futures.insert(adt);
                workspace.add_word(&workspace.adt(adt).name, &mut self.types);
            }
        }
    }

    fn add(&mut self, functions: FunctionSet) {
        self.functions = std::mem::take(&mut self.functions) | functions;
    }

    /// Whether what is wanted may come out of a value of this type. A type that is not known here stays unknown.
    fn may_give(&self, ty: &Ty) -> bool {
        match ty {
            Ty::Param(_) => true,
            Ty::External(path, args) => {
                self.wanted.contains(canonical(path).as_ref()) || args.iter().any(|arg| self.may_give(arg))
            }
            Ty::Adt(adt, parts) => self.futures.contains(adt) || parts.iter().any(|it| self.may_give(it)),
            Ty::Tuple(parts) => parts.iter().any(|part| self.may_give(part)),
            Ty::Slice(inner) | Ty::Future(inner) | Ty::Callable(inner) => self.may_give(inner),
            Ty::Unknown | Ty::Never | Ty::Object(_) => false,
        }
    }

    /// Whether a type is written with what is wanted, or with one of these parameters.
    fn speaks_of(&self, ty: &hir::Type, params: &[Name]) -> bool {
        ty.has_name(&|name| params.contains(&name) || self.types.contains(&Word::of(&name)))
    }

    /// The parameters that are bound by what gives what is wanted: `F: Fn() -> Wanted`.
    fn bounded(&self, generics: &hir::Generics) -> Vec<Name> {
        // What is bound by is a trait; the types are in its arguments.
        let wanted = |name: Name| self.types.contains(&Word::of(&name));
        let bounded = |param: &&hir::TypeParam| param.bounds.iter().any(|it| it.has_name_in_args(&wanted));
        generics.params.iter().filter(bounded).map(|param| param.name).collect()
    }

    /// The fields of a type. Those of variants have the name of their variant beside them where they are used.
    fn parts(&mut self, id: AdtId, adt: &Adt<'_>) {
        let params = self.bounded(adt.kind.generics());
        let workspace = self.workspace;
        let gives = |trail: &Self, field: &&hir::Field| {
            trail.speaks_of(&field.ty, &params) && trail.may_give(&workspace.member_ty(id, &[], &field.ty))
        };
        match adt.kind {
            AdtKind::Struct(it) => {
                for field in it.fields.iter().filter(|field| gives(self, field)).collect::<Vec<_>>() {
                    let mut naming = workspace.functions_naming_field(id, field.name);
                    if field.name.starts_with(|first: char| first.is_ascii_digit()) {
                        // A pattern need not number the fields of tuples: `Self(field)`.
                        let own = workspace.impls_of(id).flat_map(|it| it.methods.values().copied());
                        naming = naming | workspace.functions_naming(workspace.names_of(id)) | own.collect();
                    }
                    self.add(naming);
                }
            }
            AdtKind::Enum(it) => {
                for variant in &it.variants {
                    if variant.fields.iter().any(|field| gives(self, &field)) {
                        self.add(workspace.functions_naming([variant.name.as_str()]));
                    }
                }
            }
        }
    }

    fn associated(&mut self, items: &[Item]) {
        for item in items {
            if let ItemKind::Value { ty, .. } = &item.kind
                && self.speaks_of(ty, &[])
            {
                self.add(self.workspace.functions_naming([item.name.as_str()]));
            }
        }
    }
}
