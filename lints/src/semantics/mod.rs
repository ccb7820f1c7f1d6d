//! What names mean, what types expressions have, how bodies end, and what becomes of values.

mod calls;
mod facts;
mod failure;
mod flow;
mod infer;
mod life;
mod link;
mod macros;
mod memory;
mod mentions;
mod reach;
mod resolve;
mod rows;
mod split;
mod swallow;
mod ty;
mod unused;
mod uses;
mod ways;
mod words;

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use rustc_hash::{FxHashMap, FxHashSet};

use crate::ParsedFile;
use crate::hir::{self, Name, Visibility};
use crate::knowledge::names;
use crate::source::{FileId, Span, TextRange};
use facts::{BodyFacts, CallFacts, PerFunction};

pub use failure::{Failure, Leak, called_name, is_harmless, never_fails};
pub use flow::{Exit, ExitKind, Typed};
pub use infer::{BodyTypes, Callee};
pub use life::{Hold, Life, LifeKind};
pub use link::{Join, ModuleTree, common_folder};
pub use memory::Memory;
pub use mentions::FunctionSet;
pub use reach::{Edge, Reach, Sureness};
pub use resolve::Def;
pub use split::{Branch, ERR, Kind, Leaving, NONE, SOME_ERR, Takes};
pub use swallow::{Swallow, Swallowed};
pub use ty::Ty;
pub use uses::{Drop, Fate, Use, head};
pub use ways::{Fact, LoopWays, Path, Paths, Returns, Side, Way, WayKind, Ways};
pub use words::Words;

/// How many functions deep the spawn is looked for that a function does for its callers.
pub const WRAPPERS: u32 = 3;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);

        impl $name {
            fn index(self) -> usize {
                self.0 as usize
            }
        }
    )*};
}

ids! {
    /// A crate of the workspace: one target of a package.
    CrateId;
    /// A module, or the scope of the items declared inside a function body.
    ModuleId;
    /// A function or method that has a place in the source.
    FnId;
    /// A struct, union or enum.
    AdtId;
    TraitId;
    ImplId;
    /// A type alias.
    AliasId;
    /// A constant or static.
    ValueId;
}

/// A crate to link: one target of a package.
#[derive(Clone, Debug)]
pub struct CrateInput {
    /// As code names it: `-` is `_`.
    pub name: Name,
    pub kind: TargetKind,
    pub root: FileId,
    /// What the names of dependencies stand for, the package's own library included for its other targets.
    pub dependencies: Vec<(Name, Dependency)>,
    pub build: Build,
}

/// What a manifest says of how a crate is built, as far as it changes what the code does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Build {
    /// A panic ends the process: `panic = "abort"` in a profile that is shipped.
    pub aborts_on_panic: bool,
    /// The features that are asked of dependencies, with the true name of the dependency: `(ctrlc, termination)`.
    pub features: Vec<(Name, Name)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TargetKind {
    Lib,
    Bin,
    Example,
    Test,
    Bench,
    BuildScript,
    /// A file of no package: a path given by hand or a folder without a manifest.
    Loose,
}

impl TargetKind {
    /// Whether the target is run by developers only.
    pub fn is_test(self) -> bool {
        match self {
            TargetKind::Example | TargetKind::Test | TargetKind::Bench | TargetKind::BuildScript => true,
            TargetKind::Lib | TargetKind::Bin | TargetKind::Loose => false,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dependency {
    /// Another crate being linked, by its index in the input.
    Linked(usize),
    /// A crate from elsewhere, by its true name (`tokio` for `tk = { package = "tokio" }`).
    External(Name),
}

/// `mod name;` whose file is not among the files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissingModule {
    pub declared: Span,
    pub name: Name,
    /// Where the file may be, best first.
    pub candidates: Vec<PathBuf>,
    /// Behind a `#[cfg(..)]`, where it need not exist.
    pub under_cfg: bool,
}

/// The linked program: every item of every reached file, and what their names mean.
///
/// Immutable once linked. Ids are given in the order of crates, files and items, so they are the same in every run.
#[derive(Debug)]
pub struct Workspace<'a> {
    files: &'a [ParsedFile],
    crates: Vec<Crate>,
    modules: Vec<Module>,
    functions: Vec<Function<'a>>,
    adts: Vec<Adt<'a>>,
    traits: Vec<Trait<'a>>,
    impls: Vec<Impl<'a>>,
    aliases: Vec<Alias<'a>>,
    values: Vec<Value<'a>>,
    /// The module whose items a file holds; None for files that no root leads to.
    file_modules: Vec<Option<ModuleId>>,
    /// The functions of each file, in order of place.
    file_functions: Vec<Vec<FnId>>,
    /// The `impl`s of each type of the workspace.
    impls_of: FxHashMap<AdtId, Vec<ImplId>>,
    methods: Methods,
    field_uses: uses::FieldUses,
    calls: calls::CallSites,
    mentions: mentions::Mentions,
    declarations: OnceLock<mentions::Declarations>,
    type_names: OnceLock<FxHashMap<AdtId, Vec<Name>>>,
    missing_modules: Vec<MissingModule>,
    module_cycles: Vec<Span>,
    /// What the project says of its functions.
    words: Arc<Words>,
    body_facts: PerFunction<BodyFacts>,
    call_facts: PerFunction<CallFacts>,
    graph: reach::Graph,
    /// Whether a function starts a task for its callers, by how many wrappers deep it is looked for.
    spawns: [Vec<OnceLock<bool>>; WRAPPERS as usize],
    /// The functions that may start tasks, by how many wrappers deep they do.
    starting: [OnceLock<FunctionSet>; WRAPPERS as usize + 1],
}

/// Everything of the workspace that is declared in an `impl` or a trait.
#[derive(Debug, Default)]
struct Methods {
    of_types: FxHashMap<(AdtId, Name), Vec<FnId>>,
    /// Methods of workspace traits implemented for types from elsewhere, and for every type.
    foreign: FxHashMap<Name, Vec<FnId>>,
    by_name: FxHashMap<Name, Vec<FnId>>,
}

#[derive(Debug)]
pub struct Crate {
    pub name: Name,
    pub kind: TargetKind,
    pub root: ModuleId,
    pub build: Build,
    dependencies: FxHashMap<Name, Dependency>,
    /// The crates of the workspace that it can call, itself included.
    linked: FxHashSet<CrateId>,
}

impl Crate {
    /// Whether a library is among what its manifest asks for.
    pub fn depends_on(&self, library: &str) -> bool {
        self.dependencies.values().any(|it| matches!(it, Dependency::External(name) if name == library))
    }
}

#[derive(Debug)]
pub struct Module {
    pub krate: CrateId,
    /// The module around it; for the scope of a body, the module of its function.
    pub parent: Option<ModuleId>,
    /// Empty for the root and for the scope of a body.
    pub name: Name,
    /// The scope of the items of a function body, which also sees all names around it.
    is_block: bool,
    /// Test code: `#[cfg(test)]`, or part of a test target.
    pub is_test: bool,
    types: FxHashMap<Name, Def>,
    values: FxHashMap<Name, Def>,
    globs: Vec<Def>,
}

#[derive(Debug)]
pub struct Function<'a> {
    pub hir: &'a hir::Function,
    pub range: TextRange,
    pub file: FileId,
    /// Where its names are looked up: its module, or the scope of its own nested items.
    pub scope: ModuleId,
    pub owner: Owner,
    /// The function whose body it is declared in.
    pub inside: Option<FnId>,
    pub visibility: Visibility,
    pub is_test: bool,
}

/// What an associated item belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    Module,
    Impl(ImplId),
    Trait(TraitId),
}

#[derive(Debug)]
pub struct Adt<'a> {
    pub name: Name,
    pub name_span: Span,
    pub scope: ModuleId,
    pub kind: AdtKind<'a>,
    pub is_pub: bool,
}

#[derive(Clone, Copy, Debug)]
pub enum AdtKind<'a> {
    Struct(&'a hir::Struct),
    Enum(&'a hir::Enum),
}

#[derive(Debug)]
pub struct Trait<'a> {
    pub name: Name,
    pub hir: &'a hir::Trait,
    pub scope: ModuleId,
    pub methods: FxHashMap<Name, FnId>,
    pub impls: Vec<ImplId>,
}

#[derive(Debug)]
pub struct Impl<'a> {
    pub hir: &'a hir::Impl,
    pub scope: ModuleId,
    /// The type of the workspace it is for, if it is for one.
    pub adt: Option<AdtId>,
    pub trait_: Option<Def>,
    pub methods: FxHashMap<Name, FnId>,
}

#[derive(Debug)]
pub struct Alias<'a> {
    pub name: Name,
    pub generics: &'a hir::Generics,
    pub ty: Option<&'a hir::Type>,
    pub scope: ModuleId,
    /// The item or library type it stands for, seen through pointers; never another alias.
    pub target: Option<Def>,
}

#[derive(Debug)]
pub struct Value<'a> {
    pub name: Name,
    pub ty: &'a hir::Type,
    pub scope: ModuleId,
}

impl<'a> Workspace<'a> {
    /// Modules whose file was not given: the driver looks for them and links again.
    pub fn missing_modules(&self) -> &[MissingModule] {
        &self.missing_modules
    }

    /// `mod` declarations that lead back to a file around them.
    pub fn module_cycles(&self) -> &[Span] {
        &self.module_cycles
    }

    pub fn file(&self, id: FileId) -> &'a ParsedFile {
        &self.files[id.0 as usize]
    }

    pub fn files(&self) -> &'a [ParsedFile] {
        self.files
    }

    /// Whether a target's root leads to the file.
    pub fn is_reached(&self, file: FileId) -> bool {
        self.file_modules[file.0 as usize].is_some()
    }

    /// Whether the file is only reached as test code: test, bench and example targets, build scripts, `#[cfg(test)]` modules.
    pub fn is_test_file(&self, file: FileId) -> bool {
        self.file_modules[file.0 as usize].is_some_and(|module| self.module(module).is_test)
    }

    /// Whether the crate of a function is one for browsers, where all tasks share one thread.
    pub fn runs_in_browser(&self, function: FnId) -> bool {
        let krate = self.krate(self.crate_of(self.function(function).scope));
        krate.dependencies.keys().any(|name| *name == names::WASM_BINDGEN)
    }

    pub fn krate(&self, id: CrateId) -> &Crate {
        &self.crates[id.index()]
    }

    pub fn crates(&self) -> impl Iterator<Item = &Crate> {
        self.crates.iter()
    }

    pub fn module(&self, id: ModuleId) -> &Module {
        &self.modules[id.index()]
    }

    pub fn function(&self, id: FnId) -> &Function<'a> {
        &self.functions[id.index()]
    }

    pub fn function_ids(&self) -> impl Iterator<Item = FnId> + use<> {
        (0..self.functions.len() as u32).map(FnId)
    }

    /// The functions of a file, in order of place, nested ones included.
    pub fn functions_in(&self, file: FileId) -> &[FnId] {
        &self.file_functions[file.0 as usize]
    }

    pub fn adt(&self, id: AdtId) -> &Adt<'a> {
        &self.adts[id.index()]
    }

    pub fn trait_(&self, id: TraitId) -> &Trait<'a> {
        &self.traits[id.index()]
    }

    pub fn impl_(&self, id: ImplId) -> &Impl<'a> {
        &self.impls[id.index()]
    }

    /// The `impl`s of a type of the workspace.
    pub fn impls_of(&self, adt: AdtId) -> impl Iterator<Item = &Impl<'a>> {
        self.impls_of.get(&adt).into_iter().flatten().map(|&id| self.impl_(id))
    }

    pub fn alias(&self, id: AliasId) -> &Alias<'a> {
        &self.aliases[id.index()]
    }

    pub fn value(&self, id: ValueId) -> &Value<'a> {
        &self.values[id.index()]
    }

    pub fn crate_of(&self, module: ModuleId) -> CrateId {
        self.module(module).krate
    }

    /// Which crates may call a function: a method of a trait those that can name the trait, others those that can name what
    /// is declared beside them. What code of no package can name is not known.
    pub(super) fn may_call(&self, of: FnId) -> impl Fn(CrateId) -> bool {
        let function = self.function(of);
        let home = match function.owner {
            Owner::Trait(it) => Some(self.trait_(it).scope),
            Owner::Impl(it) => match (&self.impl_(it).hir.trait_, self.impl_(it).trait_) {
                (None, _) => Some(function.scope),
                (Some(_), Some(Def::Trait(it))) => Some(self.trait_(it).scope),
                (Some(_), _) => None,
            },
            Owner::Module => Some(function.scope),
        };
        let is_loose = |krate| self.krate(krate).kind == TargetKind::Loose;
        let home = home.map(|scope| self.crate_of(scope)).filter(|&home| !is_loose(home));
        move |krate| home.is_none_or(|home| self.krate(krate).linked.contains(&home) || is_loose(krate))
    }

    /// The body of a function that has one and could be parsed.
    pub fn body(&self, id: FnId) -> Option<&'a hir::Body> {
        self.function(id).hir.body()
    }

    /// The body of a function with its types.
    pub fn typed(&self, id: FnId) -> Option<Typed<'_>> {
        let body = self.body(id)?;
        let types = self.body_facts.of(id).types.get_or_init(|| infer::infer(self, id, body));
        Some(Typed { body, types })
    }

    /// Whether a function starts a task for its callers; the model finds it out.
    pub(crate) fn spawn_cell(&self, function: FnId, depth: u32) -> &OnceLock<bool> {
        &self.spawns[depth as usize][function.index()]
    }

    pub(crate) fn starting_cell(&self, wrappers: u32) -> &OnceLock<FunctionSet> {
        &self.starting[wrappers as usize]
    }

    /// Whether a function is test code.
    pub fn is_test(&self, id: FnId) -> bool {
        let function = self.function(id);
        function.is_test || self.module(function.scope).is_test
    }

    /// As `typed`, for bodies that have what is looked for: those without are not typed in vain.
    pub fn typed_if(&self, id: FnId, has: impl FnOnce(&hir::Body) -> bool) -> Option<Typed<'_>> {
        has(self.body(id)?).then(|| self.typed(id)).flatten()
    }

    /// Whether a type has a field that others can read.
    pub fn has_public_fields(&self, adt: AdtId) -> bool {
        match self.adt(adt).kind {
            AdtKind::Struct(it) => it.fields.iter().any(|field| field.visibility == Visibility::Public),
            AdtKind::Enum(_) => true,
        }
    }

    /// Whether any function of the workspace has this name.
    pub fn declares_function(&self, name: Name) -> bool {
        self.calls.is_declared(name)
    }

    /// Whether a call of the function gives a future: not where an attribute such as `#[tokio::main]` makes it block.
    pub fn is_async(&self, id: FnId) -> bool {
        let hir = self.function(id).hir;
        let blocks =
            hir.attrs.paths.iter().any(|path| matches!(path.rsplit("::").next(), Some("main" | "test")));
        hir.is_async && !blocks
    }

    /// A place in the file of a function.
    pub fn span(&self, id: FnId, range: TextRange) -> Span {
        Span::new(self.function(id).file, range)
    }

    /// The name of a function in its declaration.
    pub fn name_span(&self, id: FnId) -> Span {
        self.span(id, self.function(id).hir.name_range)
    }

    /// The methods called `name` of a type of the workspace, those of the traits it implements included.
    pub fn methods(&self, adt: AdtId, name: Name) -> &[FnId] {
        self.methods.of_types.get(&(adt, name)).map_or(&[], Vec::as_slice)
    }

    /// The methods of a type that are there to end something: `stop`, `shutdown`, `close`, `Drop::drop`.
    pub fn stop_methods(&self, adt: AdtId) -> impl Iterator<Item = FnId> {
        let names = ["stop", "shutdown", "close", "terminate", "disconnect", "drop"];
        names.into_iter().filter_map(move |name| self.methods(adt, Name::from(name)).first().copied())
    }

    /// The methods called `name` that workspace traits give to types from elsewhere.
    pub fn foreign_methods(&self, name: Name) -> &[FnId] {
        self.methods.foreign.get(&name).map_or(&[], Vec::as_slice)
    }

    /// Every method of the workspace called `name`.
    pub fn methods_named(&self, name: Name) -> &[FnId] {
        self.methods.by_name.get(&name).map_or(&[], Vec::as_slice)
    }

    /// The type that an `impl` around a function is for, when it is of the workspace.
    pub fn self_adt(&self, function: FnId) -> Option<AdtId> {
        match self.function(function).owner {
            Owner::Impl(id) => self.impl_(id).adt,
            Owner::Module | Owner::Trait(_) => None,
        }
    }
}

impl<'a> AdtKind<'a> {
    /// The fields, of variants too.
    fn fields(self) -> impl Iterator<Item = &'a hir::Field> {
        let (fields, variants): (&[hir::Field], &[hir::Variant]) = match self {
            AdtKind::Struct(it) => (&it.fields, &[]),
            AdtKind::Enum(it) => (&[], &it.variants),
        };
        fields.iter().chain(variants.iter().flat_map(|variant| &variant.fields))
    }

    pub fn generics(self) -> &'a hir::Generics {
        match self {
            AdtKind::Struct(it) => &it.generics,
            AdtKind::Enum(it) => &it.generics,
        }
    }
}

#[cfg(test)]
pub(crate) mod testing;

#[cfg(test)]
mod tests;
