//! From files to one program: the module tree of each crate, the tables of items, and the names that `use` brings in.

mod names;
mod places;

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use rustc_hash::{FxHashMap, FxHashSet};

use self::names::{DeclaredNames, OpenImport};
use self::places::{Place, normalize};
use super::calls::CallSites;
use super::facts::PerFunction;
use super::macros;
use super::mentions::Mentions;
use super::reach::Graph;
use super::uses::FieldUses;
use super::{
    Adt, AdtId, AdtKind, Alias, AliasId, Crate, CrateId, CrateInput, Def, Dependency, FnId, Function, Impl,
    ImplId, Memory, Methods, MissingModule, Module, ModuleId, Owner, TargetKind, Trait, TraitId, Value,
    ValueId, Words, Workspace,
};
use crate::ParsedFile;
use crate::hir::{self, Import, ImportKind, Item, ItemKind, Name, Visibility};
use crate::knowledge::methods::{names_dev_folder, names_dev_tool, names_folder_of_dev_programs};
use crate::source::words::{Word, WordSet};
use crate::source::{FileId, Span};

impl<'a> Workspace<'a> {
    /// Links files, numbered in the order given, into crates. Never fails: what is missing is in `missing_modules`.
    ///
    /// A file belongs to the first crate that reaches it, libraries first and test targets last; later crates see the same
    /// module. Of the loose crates only those are kept whose root no other file declares as a module.
    pub fn link(files: &'a [ParsedFile], crates: &[CrateInput]) -> Self {
        Self::link_with(files, crates, in_turn)
    }

    /// As `link`, with work that may be done at the same time.
    pub fn link_with(files: &'a [ParsedFile], crates: &[CrateInput], join: Join) -> Self {
        let mut linker = Linker::with_items(files, crates);
        linker.connect(join);
        linker.prepare_facts();
        linker.workspace
    }

    /// Links files again, with what is known of the same files before the inside of some functions changed.
    pub fn link_remembering(files: &'a [ParsedFile], crates: &[CrateInput], memory: Memory) -> Self {
        let mut linker = Linker::with_items(files, crates);
        match memory.of_same_functions(&linker.workspace) {
            Some(memory) => {
                linker.workspace.mentions =
                    Mentions::of(&linker.workspace.functions, &linker.renames, linker.known_crates());
                linker.workspace.calls = CallSites::of(&linker.workspace.functions);
                linker.prepare_facts();
                linker.workspace.remember(memory);
            }
            None => {
                linker.connect(in_turn);
                linker.prepare_facts();
            }
        }
        linker.workspace
    }
}

/// Does two pieces of work, at the same time or one after the other.
pub type Join = fn(&mut (dyn FnMut() + Send), &mut (dyn FnMut() + Send));

fn in_turn(first: &mut (dyn FnMut() + Send), second: &mut (dyn FnMut() + Send)) {
    first();
    second();
}

/// Which files the crates reach: what can be told before any name is looked up.
#[derive(Debug)]
pub struct ModuleTree {
    /// Modules whose file was not given.
    pub missing: Vec<MissingModule>,
    /// By file.
    pub reached: Vec<bool>,
}

impl ModuleTree {
    pub fn of(files: &[ParsedFile], crates: &[CrateInput]) -> Self {
        let mut linker = Linker::new(files, crates);
        linker.only_modules = true;
        linker.add_crates();
        let reached = linker.workspace.file_modules.iter().map(Option::is_some).collect();
        Self { missing: linker.workspace.missing_modules, reached }
    }
}

struct Linker<'a, 'c> {
    inputs: &'c [CrateInput],
    /// By paths as they are written: to hash a path by its parts takes long.
    by_path: FxHashMap<OsString, FileId>,
    /// Which linked crate an input became. Loose crates whose root is another's module become none.
    linked: Vec<Option<CrateId>>,
    /// By modules.
    declared: Vec<DeclaredNames>,
    imports: Vec<OpenImport<'a>>,
    /// What may be the name of a crate.
    crate_words: WordSet,
    /// `use a::original as name;`
    renames: Vec<(Name, Name)>,
    /// `extern crate original as name;`
    extern_crates: Vec<(ModuleId, Name, Name)>,
    /// `macro_rules! name { .. }`.
    macros: Vec<(Name, Span)>,
    /// A crate, and one that has a file of it as a module, too.
    sharing: Vec<(CrateId, CrateId)>,
    /// The files around the module being added, outermost first: a `mod` that leads to one of them is a cycle.
    open_files: Vec<FileId>,
    /// Items that lead to no file are left out.
    only_modules: bool,
    /// The folder that holds all files.
    folder: PathBuf,
    workspace: Workspace<'a>,
}

/// The folder that holds all files.
pub fn common_folder(files: &[ParsedFile]) -> PathBuf {
    let mut folders = files.iter().filter_map(|file| file.source.path.parent());
    let first = folders.next().unwrap_or(Path::new(""));
    folders.fold(first.to_owned(), |mut common, folder| {
        while !folder.starts_with(&common) && common.pop() {}
        common
    })
}

/// Whether the root of a crate lies in a folder of the project that is named after tests, benchmarks, examples or the like:
/// `tests/components/echo/src/lib.rs`.
fn is_for_developers(root: &Path, folder: &Path, kind: TargetKind) -> bool {
    let folders = root.strip_prefix(folder).ok().and_then(Path::parent);
    let names = match kind {
        TargetKind::Bin | TargetKind::Loose => names_folder_of_dev_programs,
        _ => names_dev_folder,
    };
    folders.is_some_and(|folders| folders.iter().any(|name| names(&name.to_string_lossy())))
}

impl<'a, 'c> Linker<'a, 'c> {
    fn new(files: &'a [ParsedFile], inputs: &'c [CrateInput]) -> Self {
        let ids = (0..files.len() as u32).map(FileId);
        let by_path =
            files.iter().map(|file| normalize(&file.source.path).into_os_string()).zip(ids).collect();
        let workspace = Workspace {
            files,
            crates: Vec::new(),
            modules: Vec::new(),
            functions: Vec::new(),
            adts: Vec::new(),
            traits: Vec::new(),
            impls: Vec::new(),
            aliases: Vec::new(),
            values: Vec::new(),
            file_modules: vec![None; files.len()],
            file_functions: vec![Vec::new(); files.len()],
            impls_of: FxHashMap::default(),
            methods: Methods::default(),
            field_uses: FieldUses::default(),
            calls: CallSites::default(),
            type_names: OnceLock::new(),
            mentions: Mentions::default(),
            declarations: OnceLock::new(),
            missing_modules: Vec::new(),
            module_cycles: Vec::new(),
            words: Default::default(),
            body_facts: PerFunction::default(),
            call_facts: PerFunction::default(),
            graph: Graph::default(),
            spawns: Default::default(),
            starting: Default::default(),
        };
        Self {
            inputs,
            by_path,
            linked: vec![None; inputs.len()],
            declared: Vec::new(),
            imports: Vec::new(),
            crate_words: crate_words(inputs),
            renames: Vec::new(),
            extern_crates: Vec::new(),
            macros: Vec::new(),
            sharing: Vec::new(),
            open_files: Vec::new(),
            only_modules: false,
            folder: common_folder(files),
            workspace,
        }
    }

    /// With all crates, of which no name has been looked up.
    fn with_items(files: &'a [ParsedFile], inputs: &'c [CrateInput]) -> Self {
        let mut linker = Self::new(files, inputs);
        linker.add_crates();
        linker.connect_crates();
        linker.find_linked_crates();
        linker
    }

    fn add_crates(&mut self) {
        for index in self.order_of_crates() {
            self.add_crate(index);
        }
    }

    /// Libraries before binaries before tests, and loose files that others declare after those that nobody does.
    fn order_of_crates(&self) -> Vec<usize> {
        let declared = self.files_declared_by_loose_files();
        let mut order: Vec<usize> = (0..self.inputs.len()).collect();
        order.sort_by_key(|&index| {
            let input = &self.inputs[index];
            let rank = match input.kind {
                TargetKind::Lib => 0,
                TargetKind::Bin => 1,
                TargetKind::Loose => 2 + u32::from(declared.contains(&input.root)),
                TargetKind::Example | TargetKind::Test | TargetKind::Bench | TargetKind::BuildScript => 4,
            };
            (rank, index)
        });
        order
    }

    fn files_declared_by_loose_files(&self) -> FxHashSet<FileId> {
        let mut declared = FxHashSet::default();
        for input in self.inputs.iter().filter(|input| input.kind == TargetKind::Loose) {
            let parsed = self.workspace.file(input.root);
            // Whether a file is a root or a module is what is being asked, so its children are looked for as if it were either.
            for place in [Place::of_root(&parsed.source.path), Place::of_module(&parsed.source.path)] {
                self.declared_files(&parsed.hir.items, &place, &mut declared);
            }
            declared.remove(&input.root);
        }
        declared
    }

    fn declared_files(&self, items: &[Item], place: &Place, declared: &mut FxHashSet<FileId>) {
        for item in items {
            let ItemKind::Module(module) = &item.kind else { continue };
            match &module.items {
                Some(inner) => self.declared_files(inner, &place.inline(item), declared),
                None => declared.extend(self.files_of(item, place).iter().map(|&(file, _)| file)),
            }
        }
    }

    fn add_crate(&mut self, index: usize) {
        let input = &self.inputs[index];
        if input.kind == TargetKind::Loose && self.workspace.is_reached(input.root) {
            return;
        }
        let id = CrateId(self.workspace.crates.len() as u32);
        self.linked[index] = Some(id);
        let root = match self.workspace.file_modules[input.root.0 as usize] {
            // Two targets with one root file.
            Some(module) => module,
            None => {
                let is_test = input.kind.is_test()
                    || names_dev_tool(&input.name)
                    || is_for_developers(
                        &self.workspace.file(input.root).source.path,
                        &self.folder,
                        input.kind,
                    );
                let root = self.new_module(id, None, Name::from(""), is_test);
                self.workspace.crates.push(Crate {
                    name: input.name,
                    kind: input.kind,
                    root,
                    build: input.build.clone(),
                    dependencies: FxHashMap::default(),
                    linked: FxHashSet::default(),
                });
                let place = Place::of_root(&self.workspace.file(input.root).source.path);
                self.add_file(input.root, root, &place);
                self.workspace.crates[id.index()].dependencies = input.dependencies.iter().copied().collect();
                return;
            }
        };
        let dependencies = input.dependencies.iter().copied().collect();
        self.workspace.crates.push(Crate {
            name: input.name,
            kind: input.kind,
            root,
            build: input.build.clone(),
            dependencies,
            linked: FxHashSet::default(),
        });
    }

    fn new_module(
        &mut self,
        krate: CrateId,
        parent: Option<ModuleId>,
        name: Name,
        is_test: bool,
    ) -> ModuleId {
        let is_test = is_test || names_dev_tool(&name);
        let id = ModuleId(self.workspace.modules.len() as u32);
        self.workspace.modules.push(Module {
            krate,
            parent,
            name,
            is_block: false,
            is_test,
            types: FxHashMap::default(),
            values: FxHashMap::default(),
            globs: Vec::new(),
        });
        self.declared.push(DeclaredNames::default());
        id
    }

    fn add_file(&mut self, file: FileId, module: ModuleId, place: &Place) {
        self.workspace.file_modules[file.0 as usize] = Some(module);
        let parsed = self.workspace.file(file);
        if parsed.hir.attrs.cfg_test {
            self.workspace.modules[module.index()].is_test = true;
        }
        self.open_files.push(file);
        if self.only_modules {
            for &item in &parsed.hir.with_modules {
                self.add_item(&parsed.hir.items[item as usize], module, file, place, Owner::Module, None);
            }
        } else {
            self.add_items(&parsed.hir.items, module, file, place, Owner::Module, None);
        }
        self.open_files.pop();
    }

    fn add_items(
        &mut self,
        items: &'a [Item],
        module: ModuleId,
        file: FileId,
        place: &Place,
        owner: Owner,
        inside: Option<FnId>,
    ) {
        for item in items {
            self.add_item(item, module, file, place, owner, inside);
        }
    }

    fn add_item(
        &mut self,
        item: &'a Item,
        module: ModuleId,
        file: FileId,
        place: &Place,
        owner: Owner,
        inside: Option<FnId>,
    ) {
        if self.only_modules && !item.holds_module() {
            return;
        }
        let is_test = self.workspace.module(module).is_test || item.attrs.cfg_test || item.attrs.is_test;
        match &item.kind {
            ItemKind::Function(function) => {
                let id = self.add_function(item, function, module, file, place, owner, inside, is_test);
                match owner {
                    Owner::Module => self.declare_value(module, item.name, Def::Function(id)),
                    Owner::Impl(of) => _ = self.workspace.impls[of.index()].methods.insert(item.name, id),
                    Owner::Trait(of) => _ = self.workspace.traits[of.index()].methods.insert(item.name, id),
                }
            }
            ItemKind::Struct(it) => {
                let def = Def::Adt(self.add_adt(item, file, module, AdtKind::Struct(it)));
                self.declare_type(module, item.name, def);
                self.declare_value(module, item.name, def);
            }
            ItemKind::Enum(it) => {
                let def = Def::Adt(self.add_adt(item, file, module, AdtKind::Enum(it)));
                self.declare_type(module, item.name, def);
            }
            ItemKind::Trait(it) => {
                let id = TraitId(self.workspace.traits.len() as u32);
                let methods = FxHashMap::default();
                self.workspace.traits.push(Trait {
                    name: item.name,
                    hir: it,
                    scope: module,
                    methods,
                    impls: Vec::new(),
                });
                self.declare_type(module, item.name, Def::Trait(id));
                self.add_items(&it.items, module, file, place, Owner::Trait(id), inside);
            }
            ItemKind::Impl(it) => {
                let id = ImplId(self.workspace.impls.len() as u32);
                let methods = FxHashMap::default();
                self.workspace.impls.push(Impl { hir: it, scope: module, adt: None, trait_: None, methods });
                if is_test && !self.workspace.module(module).is_test {
                    // `#[cfg(test)] impl`: its functions are test code although their module is not.
                    let first = self.workspace.functions.len();
                    self.add_items(&it.items, module, file, place, Owner::Impl(id), inside);
                    self.workspace.functions[first..].iter_mut().for_each(|function| function.is_test = true);
                } else {
                    self.add_items(&it.items, module, file, place, Owner::Impl(id), inside);
                }
            }
            ItemKind::Module(it) => self.add_module(item, it, module, file, place, is_test),
            ItemKind::Use(imports) => {
                self.imports.extend(imports.iter().map(|import| (module, import)));
                self.declared[module.index()].imports += imports.len();
                self.renames.extend(imports.iter().filter_map(renamed));
                let first = |import: &Import| import.path.segments.first().map(|it| Word::of(&it.name));
                self.crate_words.extend(imports.iter().filter_map(first));
            }
            ItemKind::TypeAlias { generics, ty } => {
                // Associated types are read from their `impl`.
                if owner == Owner::Module {
                    let id = AliasId(self.workspace.aliases.len() as u32);
                    self.workspace.aliases.push(Alias {
                        name: item.name,
                        generics,
                        ty: ty.as_ref(),
                        scope: module,
                        target: None,
                    });
                    self.declare_type(module, item.name, Def::Alias(id));
                }
            }
            ItemKind::Value { ty, .. } => {
                if owner == Owner::Module {
                    let id = ValueId(self.workspace.values.len() as u32);
                    self.workspace.values.push(Value { name: item.name, ty, scope: module });
                    self.declare_value(module, item.name, Def::Value(id));
                }
            }
            ItemKind::ExternCrate { original } => {
                self.crate_words.insert(Word::of(original));
                self.extern_crates.push((module, *original, item.name));
            }
            ItemKind::Macro { path } => {
                if path.last().name == "macro_rules" {
                    self.macros.push((item.name, Span::new(file, item.range)));
                }
            }
        }
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "the place of an item is all of these, and this is where they meet"
    )]
    fn add_function(
        &mut self,
        item: &'a Item,
        hir: &'a hir::Function,
        module: ModuleId,
        file: FileId,
        place: &Place,
        owner: Owner,
        inside: Option<FnId>,
        is_test: bool,
    ) -> FnId {
        let id = FnId(self.workspace.functions.len() as u32);
        let nested = hir.items();
        let scope = if nested.is_empty() {
            module
        } else {
            let scope =
                self.new_module(self.workspace.crate_of(module), Some(module), Name::from(""), is_test);
            self.workspace.modules[scope.index()].is_block = true;
            scope
        };
        self.workspace.functions.push(Function {
            hir,
            range: item.range,
            file,
            scope,
            owner,
            inside,
            visibility: item.visibility,
            is_test,
        });
        self.workspace.file_functions[file.0 as usize].push(id);
        self.add_items(nested, scope, file, place, Owner::Module, Some(id));
        id
    }

    fn add_adt(&mut self, item: &Item, file: FileId, scope: ModuleId, kind: AdtKind<'a>) -> AdtId {
        let id = AdtId(self.workspace.adts.len() as u32);
        let name_span = Span::new(file, item.name_range);
        self.workspace.adts.push(Adt {
            name: item.name,
            name_span,
            scope,
            kind,
            is_pub: item.visibility == Visibility::Public,
        });
        id
    }

    fn add_module(
        &mut self,
        item: &'a Item,
        it: &'a hir::Module,
        parent: ModuleId,
        file: FileId,
        place: &Place,
        is_test: bool,
    ) {
        if let Some(items) = &it.items {
            let krate = self.workspace.crate_of(parent);
            let module = self.new_module(krate, Some(parent), item.name, is_test);
            self.declare_type(parent, item.name, Def::Module(module));
            self.add_items(items, module, file, &place.inline(item), Owner::Module, None);
            return;
        }
        let found = self.files_of(item, place);
        if found.is_empty() {
            let declared = Span::new(file, item.name_range);
            let candidates = place.choices(item).into_iter().flat_map(|choice| choice.candidates).collect();
            let missing = MissingModule { declared, name: item.name, candidates, under_cfg: item.attrs.cfg };
            self.workspace.missing_modules.push(missing);
        }
        for (found, below) in found {
            self.add_module_file(item, found, &below, parent, file, is_test);
        }
    }

    /// The files that a module has, by any configuration, and where their children are.
    fn files_of(&self, item: &Item, place: &Place) -> Vec<(FileId, Place)> {
        let mut found: Vec<(FileId, Place)> = Vec::new();
        for choice in place.choices(item) {
            let known =
                choice.candidates.iter().find_map(|path| Some((*self.by_path.get(path.as_os_str())?, path)));
            let Some((file, path)) = known.filter(|&(file, _)| found.iter().all(|it| it.0 != file)) else {
                continue;
            };
            // A file named by `#[path]` keeps its children beside it, as `mod.rs` does.
            let below = if choice.is_named { Place::of_root(path) } else { Place::of_module(path) };
            found.push((file, below));
        }
        found
    }

    fn add_module_file(
        &mut self,
        item: &'a Item,
        found: FileId,
        below: &Place,
        parent: ModuleId,
        file: FileId,
        is_test: bool,
    ) {
        if self.open_files.contains(&found) {
            self.workspace.module_cycles.push(Span::new(file, item.name_range));
        } else if let Some(shared) = self.workspace.file_modules[found.0 as usize] {
            self.declare_type(parent, item.name, Def::Module(shared));
            self.sharing.push((self.workspace.crate_of(parent), self.workspace.crate_of(shared)));
        } else {
            let module = self.new_module(self.workspace.crate_of(parent), Some(parent), item.name, is_test);
            self.declare_type(parent, item.name, Def::Module(module));
            self.add_file(found, module, below);
        }
    }

    fn declare_type(&mut self, module: ModuleId, name: Name, def: Def) {
        self.declared[module.index()].types.push((name, def));
    }

    fn declare_value(&mut self, module: ModuleId, name: Name, def: Def) {
        self.declared[module.index()].values.push((name, def));
    }

    /// Dependencies point to inputs; from here on they point to linked crates.
    fn connect_crates(&mut self) {
        for krate in &mut self.workspace.crates {
            for dependency in krate.dependencies.values_mut() {
                if let Dependency::Linked(input) = *dependency {
                    let linked = self.linked.get(input).copied().flatten();
                    *dependency = match linked {
                        Some(id) => Dependency::Linked(id.index()),
                        None => Dependency::External(
                            self.inputs.get(input).map_or(Name::from("?"), |input| input.name),
                        ),
                    };
                }
            }
        }
    }

    /// Which crates can be called from each. One that is asked for by the name of a crate here may be that.
    fn find_linked_crates(&mut self) {
        let crates = &self.workspace.crates;
        let ids = (0..crates.len() as u32).map(CrateId);
        let mut callable: Vec<FxHashSet<CrateId>> = Vec::new();
        for (id, krate) in ids.clone().zip(crates) {
            let mut direct = FxHashSet::default();
            for dependency in krate.dependencies.values() {
                match dependency {
                    Dependency::Linked(index) => _ = direct.insert(CrateId(*index as u32)),
                    Dependency::External(name) => {
                        let namesakes = ids.clone().filter(|it| crates[it.index()].name == *name);
                        direct.extend(namesakes.filter(|it| crates[it.index()].kind == TargetKind::Lib));
                    }
                }
            }
            // A file that several crates have belongs to the first of them.
            let shared = self.sharing.iter().filter(|(with, _)| *with == id).map(|&(_, first)| first);
            direct.extend(shared.chain([self.workspace.crate_of(krate.root)]));
            callable.push(direct);
        }
        for (id, krate) in ids.zip(&mut self.workspace.crates) {
            let mut open = vec![id];
            while let Some(id) = open.pop() {
                if krate.linked.insert(id) {
                    open.extend(&callable[id.index()]);
                }
            }
        }
    }

    /// What the names mean, and beside it which words the functions have. All of it follows from what is declared.
    fn connect(&mut self, join: Join) {
        let mut crates = self.known_crates();
        let renames = std::mem::take(&mut self.renames);
        // What is declared outside of functions tells what the names mean.
        let functions = std::mem::take(&mut self.workspace.functions);
        let mut mentions = Mentions::default();
        let mut calls = CallSites::default();
        join(&mut || self.resolve_names(join), &mut || {
            mentions = Mentions::of(&functions, &renames, crates.take());
            calls = CallSites::of(&functions);
        });
        self.workspace.functions = functions;
        self.workspace.mentions = mentions;
        self.workspace.calls = calls;
        let mut methods = Methods::default();
        let workspace = &self.workspace;
        join(&mut || methods = Methods::of(workspace), &mut || _ = workspace.declarations());
        self.workspace.methods = methods;
    }

    /// What may be the name of a crate, unless it may be any.
    fn known_crates(&self) -> Option<WordSet> {
        let knows_all = self.inputs.iter().all(|input| input.kind != TargetKind::Loose);
        knows_all.then(|| self.crate_words.clone())
    }

    fn prepare_facts(&mut self) {
        let count = self.workspace.functions.len();
        self.workspace.field_uses = FieldUses::new(self.workspace.adts.len());
        self.workspace.words = Words::of_macros(macros::endings(&self.workspace, &self.macros)).into();
        self.workspace.body_facts = PerFunction::new(count);
        self.workspace.call_facts = PerFunction::new(count);
        self.workspace.graph = Graph::of(count);
        self.workspace.spawns = std::array::from_fn(|_| empty(count));
    }
}

impl Methods {
    /// Those of a workspace of which it is known what each `impl` is for.
    fn of(workspace: &Workspace<'_>) -> Self {
        let mut all = Self::default();
        // What an `impl` leaves to its trait is a method of the type too.
        for it in &workspace.impls {
            let (Some(adt), Some(Def::Trait(of))) = (it.adt, it.trait_) else { continue };
            for (&name, &id) in &workspace.trait_(of).methods {
                if !it.methods.contains_key(&name) && workspace.function(id).hir.has_body() {
                    all.of_types.entry((adt, name)).or_default().push(id);
                }
            }
        }
        for id in workspace.function_ids() {
            let function = workspace.function(id);
            let name = function.hir.name;
            match function.owner {
                Owner::Module => continue,
                Owner::Trait(_) => {}
                Owner::Impl(of) => match workspace.impl_(of).adt {
                    Some(adt) => all.of_types.entry((adt, name)).or_default().push(id),
                    None => all.foreign.entry(name).or_default().push(id),
                },
            }
            all.by_name.entry(name).or_default().push(id);
        }
        all
    }
}

/// The names of the crates that others depend on.
fn crate_words(inputs: &[CrateInput]) -> WordSet {
    let dependencies = inputs.iter().flat_map(|input| &input.dependencies);
    let external = dependencies.filter_map(|(_, dependency)| match dependency {
        Dependency::External(name) => Some(Word::of(name)),
        Dependency::Linked(_) => None,
    });
    external.collect()
}

/// The true name and the other one that an import gives.
fn renamed(import: &Import) -> Option<(Name, Name)> {
    let original = import.path.last().name;
    match import.kind {
        // What is called `_` has no name.
        ImportKind::Name(name) if name != original && name != "_" => Some((original, name)),
        ImportKind::Name(_) | ImportKind::Glob => None,
    }
}

fn empty<T>(count: usize) -> Vec<OnceLock<T>> {
    std::iter::repeat_with(OnceLock::new).take(count).collect()
}
