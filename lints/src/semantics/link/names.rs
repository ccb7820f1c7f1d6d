//! What the names mean, once all that declares one is there: tables of them, imports, aliases, the types that `impl`s are for.

use rustc_hash::{FxBuildHasher, FxHashMap};

use super::{Join, Linker};
use crate::hir::{Import, ImportKind, Name};
use crate::semantics::{AliasId, Def, ImplId, ModuleId};

/// An import that is not resolved yet, and the module it is in.
pub type OpenImport<'a> = (ModuleId, &'a Import);

/// The names that a module declares, in order: tables of them are made when it is known how many there are.
#[derive(Default)]
pub struct DeclaredNames {
    pub types: Vec<(Name, Def)>,
    pub values: Vec<(Name, Def)>,
    /// How many names its imports may add.
    pub imports: usize,
}

impl DeclaredNames {
    /// Of types and of values. Of several of one name the first is meant.
    fn tables(&self) -> [FxHashMap<Name, Def>; 2] {
        [&self.types, &self.values].map(|names| {
            let room = names.len() + self.imports;
            let mut table = FxHashMap::with_capacity_and_hasher(room, FxBuildHasher);
            for &(name, def) in names {
                table.entry(name).or_insert(def);
            }
            table
        })
    }
}

/// What an import brings in: as a type or module, and as a value.
type Imported = (Option<Def>, Option<Def>);

impl<'a> Linker<'a, '_> {
    /// What follows from nothing but what is declared outside of functions.
    pub fn resolve_names(&mut self, join: Join) {
        self.make_tables(join);
        self.define_extern_crates();
        self.resolve_imports(join);
        self.resolve_aliases();
        self.connect_impls(join);
    }

    fn define_extern_crates(&mut self) {
        for (module, original, name) in std::mem::take(&mut self.extern_crates) {
            let krate = self.workspace.crate_of(module);
            let def = match original.as_str() {
                "self" => Def::Module(self.workspace.krate(krate).root),
                _ => self.workspace.extern_crate(krate, original).unwrap_or(Def::External(original)),
            };
            self.define_type(module, name, def);
        }
    }

    /// Resolves the imports until no more can be: an import may go through another one.
    fn resolve_imports(&mut self, join: Join) {
        // A name that is brought into a module from the workspace hides a crate of that name.
        let (rooted, others): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.imports).into_iter().partition(|(_, import)| is_rooted(import));
        let mut open = self.import_round(rooted, join);
        open.extend(others);
        loop {
            let before = open.len();
            open = self.import_round(open, join);
            if open.len() == before {
                break;
            }
        }
        let may_be_crate = |&(module, import): &OpenImport<'_>| {
            let first = import.path.segments.first();
            first.is_some_and(|first| self.workspace.may_be_crate(module, first.name))
        };
        if open.iter().any(may_be_crate) {
            for (module, import) in open {
                let meaning = self.workspace.resolve_import(module, &import.path, true);
                self.import(module, import, meaning);
            }
        }
    }

    /// Resolves imports in what is known now, all at the same time. Gives those of which it cannot be told yet.
    fn import_round(&mut self, imports: Vec<OpenImport<'a>>, join: Join) -> Vec<OpenImport<'a>> {
        let workspace = &self.workspace;
        let mut meanings = vec![(None, None); imports.len()];
        fill(join, &imports, &mut meanings, &|&(module, import): &OpenImport<'_>| {
            workspace.resolve_import(module, &import.path, false)
        });
        let all = imports.into_iter().zip(meanings);
        let open = all.filter(|&((module, import), meaning)| !self.import(module, import, meaning));
        open.map(|(import, _)| import).collect()
    }

    /// Makes the tables of names, when it is known how many there are.
    fn make_tables(&mut self, join: Join) {
        let declared = std::mem::take(&mut self.declared);
        let mut tables = Vec::new();
        tables.resize_with(declared.len(), <[FxHashMap<Name, Def>; 2]>::default);
        fill(join, &declared, &mut tables, &|names| names.tables());
        for (module, [types, values]) in self.workspace.modules.iter_mut().zip(tables) {
            (module.types, module.values) = (types, values);
        }
    }

    fn define_type(&mut self, module: ModuleId, name: Name, def: Def) {
        self.workspace.modules[module.index()].types.entry(name).or_insert(def);
    }

    fn define_value(&mut self, module: ModuleId, name: Name, def: Def) {
        self.workspace.modules[module.index()].values.entry(name).or_insert(def);
    }

    /// Brings in what an import means, if that is known.
    fn import(&mut self, module: ModuleId, import: &Import, (types, values): Imported) -> bool {
        let Some(any) = types.or(values) else { return false };
        match import.kind {
            ImportKind::Glob => {
                let globs = &mut self.workspace.modules[module.index()].globs;
                if !globs.contains(&any) {
                    globs.push(any);
                }
            }
            ImportKind::Name(name) => {
                if let Some(def) = types {
                    self.define_type(module, name, def);
                }
                if let Some(def) = values {
                    self.define_value(module, name, def);
                }
            }
        }
        true
    }

    /// Resolves aliases until no more can be: one may stand for another. Those that go in a circle stay without target.
    fn resolve_aliases(&mut self) {
        let mut open: Vec<AliasId> = (0..self.workspace.aliases.len() as u32).map(AliasId).collect();
        loop {
            let before = open.len();
            open.retain(|&id| {
                let target = self.workspace.target_of_alias(id);
                self.workspace.aliases[id.index()].target = target;
                target.is_none()
            });
            if open.len() == before {
                return;
            }
        }
    }

    /// What each `impl` is for.
    fn connect_impls(&mut self, join: Join) {
        let workspace = &self.workspace;
        let mut found = vec![(None, None); workspace.impls.len()];
        fill(join, &workspace.impls, &mut found, &|it| {
            let trait_ = it.hir.trait_.as_ref();
            let trait_ = trait_.and_then(|path| workspace.resolve_type_path(it.scope, path));
            (workspace.adt_of_type(it.scope, &it.hir.self_ty), trait_)
        });
        for (id, (adt, trait_)) in (0u32..).map(ImplId).zip(found) {
            let it = &mut self.workspace.impls[id.index()];
            (it.adt, it.trait_) = (adt, trait_);
            if let Some(adt) = adt {
                self.workspace.impls_of.entry(adt).or_default().push(id);
            }
            if let Some(Def::Trait(of)) = trait_ {
                self.workspace.traits[of.index()].impls.push(id);
            }
        }
    }
}

/// Whether an import begins in the crate it is in.
fn is_rooted(import: &Import) -> bool {
    let first = import.path.segments.first().filter(|_| !import.path.global);
    first.is_some_and(|first| matches!(first.name.as_str(), "crate" | "self" | "super"))
}

/// Fills in what becomes of each, of the halves at the same time.
fn fill<T: Sync, R: Send>(join: Join, all: &[T], made: &mut [R], of: &(dyn Fn(&T) -> R + Sync)) {
    const FEW: usize = 256;
    if all.len() <= FEW {
        all.iter().zip(made).for_each(|(one, what)| *what = of(one));
        return;
    }
    let middle = all.len() / 2;
    let ((first, second), (first_made, second_made)) = (all.split_at(middle), made.split_at_mut(middle));
    join(&mut || fill(join, first, first_made, of), &mut || fill(join, second, second_made, of));
}
