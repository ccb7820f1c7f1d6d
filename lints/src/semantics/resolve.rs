//! What a path means: an item of the workspace, or a path into a library.
//!
//! Names are looked up as Rust does: the items of a body, its module, glob imports, dependencies, the prelude. Paths into
//! libraries come out canonical: the true name of the crate first, re-exports and `core`/`alloc` brought to one spelling.

use rustc_hash::FxHashSet;

use super::{
    AdtId, AdtKind, AliasId, CrateId, Dependency, FnId, ModuleId, Owner, TargetKind, TraitId, ValueId,
    Workspace,
};
use crate::hir::{self, Name, Path, Segment, Type};
use crate::knowledge;

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Def {
    Module(ModuleId),
    Function(FnId),
    Adt(AdtId),
    Variant(AdtId, u32),
    Trait(TraitId),
    Alias(AliasId),
    Value(ValueId),
    /// A canonical path into a library.
    External(Name),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Namespace {
    Types,
    Values,
}

/// A path into a library, canonical.
pub(super) fn external(path: &str) -> Def {
    Def::External(external_name(path))
}

fn member_of_library(path: Name, name: Name) -> Def {
    external(&[path.as_str(), "::", name.as_str()].concat())
}

pub(super) fn external_name(path: &str) -> Name {
    Name::from(&knowledge::canonical(path))
}

impl<'a> Workspace<'a> {
    /// What a path in type position means. `Self` and generic parameters are not names of a module and give None.
    pub fn resolve_type_path(&self, scope: ModuleId, path: &Path) -> Option<Def> {
        self.resolve(scope, Owner::Module, path, Namespace::Types)
    }

    /// What a path in value position (a callee, a constant, a pattern) means to a function.
    pub fn resolve_value_path(&self, function: FnId, path: &Path) -> Option<Def> {
        let function = self.function(function);
        self.resolve(function.scope, function.owner, path, Namespace::Values)
    }

    /// What a `use` path means as a type or module, and as a value.
    pub(super) fn resolve_import(
        &self,
        module: ModuleId,
        path: &Path,
        last_chance: bool,
    ) -> (Option<Def>, Option<Def>) {
        let Some((last, before)) = path.segments.split_last() else { return (None, None) };
        if before.is_empty() && !path.global {
            let as_type = self.first_segment(module, last.name, last_chance);
            return (as_type, self.lookup(module, last.name, Namespace::Values));
        }
        let outer = self.resolve_module_path(module, path.global, before, last_chance);
        match outer {
            None => (None, None),
            // `use a::b::{self}`.
            Some(_) if last.name == "self" => (outer, None),
            // What a name of a library means is not known, so it is taken for both.
            Some(Def::External(path)) => {
                let def = Some(member_of_library(path, last.name));
                (def, def)
            }
            Some(outer) => {
                let member = |namespace| self.member(outer, last.name, namespace);
                (member(Namespace::Types), member(Namespace::Values))
            }
        }
    }

    fn resolve(&self, scope: ModuleId, owner: Owner, path: &Path, namespace: Namespace) -> Option<Def> {
        let (last, before) = path.segments.split_last()?;
        if let Some(self_ty) = &path.self_ty {
            return self.member(Def::Adt(self.adt_of_type_in(scope, owner, self_ty)?), last.name, namespace);
        }
        if before.is_empty() && !path.global {
            if last.name == "Self" {
                return Some(Def::Adt(self.owner_adt(owner)?));
            }
            return self
                .lookup(scope, last.name, namespace)
                .or_else(|| {
                    (namespace == Namespace::Types)
                        .then(|| self.extern_crate(self.crate_of(scope), last.name))
                        .flatten()
                })
                .or_else(|| prelude(last.name));
        }
        let outer = match before {
            [only] if only.name == "Self" => Def::Adt(self.owner_adt(owner)?),
            _ => self.resolve_module_path(scope, path.global, before, true)?,
        };
        self.member(outer, last.name, namespace)
    }

    fn owner_adt(&self, owner: Owner) -> Option<AdtId> {
        match owner {
            Owner::Impl(id) => self.impl_(id).adt,
            Owner::Module | Owner::Trait(_) => None,
        }
    }

    /// The part of a path before its last name.
    fn resolve_module_path(
        &self,
        scope: ModuleId,
        global: bool,
        segments: &[Segment],
        last_chance: bool,
    ) -> Option<Def> {
        let (first, rest) = segments.split_first()?;
        let mut def = if global {
            self.extern_crate(self.crate_of(scope), first.name).unwrap_or_else(|| external(&first.name))
        } else {
            self.first_segment(scope, first.name, last_chance)?
        };
        for segment in rest {
            def = match (segment.name.as_str(), def) {
                ("super", Def::Module(module)) => Def::Module(self.parent_module(module)?),
                _ => self.member(def, segment.name, Namespace::Types)?,
            };
        }
        Some(def)
    }

    fn first_segment(&self, scope: ModuleId, name: Name, last_chance: bool) -> Option<Def> {
        match name.as_str() {
            "crate" | "$crate" => Some(Def::Module(self.krate(self.crate_of(scope)).root)),
            "self" => Some(Def::Module(self.named_module(scope))),
            "super" => self.parent_module(self.named_module(scope)).map(Def::Module),
            _ => self
                .lookup(scope, name, Namespace::Types)
                .or_else(|| self.extern_crate(self.crate_of(scope), name))
                .or_else(|| prelude(name))
                .or_else(|| (last_chance && self.may_be_crate(scope, name)).then(|| external(&name))),
        }
    }

    /// Whether a name that nothing declares may be that of a crate: the dependencies of a file without package are not known.
    pub(super) fn may_be_crate(&self, scope: ModuleId, name: Name) -> bool {
        let krate = self.krate(self.crate_of(scope));
        let looks_like_one = name.starts_with(|first: char| first.is_ascii_lowercase());
        looks_like_one && (krate.kind == TargetKind::Loose || krate.dependencies.is_empty())
    }

    /// The module that is named in paths: not the scope of a body.
    pub fn named_module(&self, mut module: ModuleId) -> ModuleId {
        while let (true, Some(parent)) = (self.module(module).is_block, self.module(module).parent) {
            module = parent;
        }
        module
    }

    fn parent_module(&self, module: ModuleId) -> Option<ModuleId> {
        self.module(self.named_module(module)).parent.map(|parent| self.named_module(parent))
    }

    /// A crate by the name that code uses for it.
    pub(super) fn extern_crate(&self, krate: CrateId, name: Name) -> Option<Def> {
        match self.krate(krate).dependencies.get(&name) {
            Some(&Dependency::Linked(index)) => Some(Def::Module(self.krate(CrateId(index as u32)).root)),
            Some(&Dependency::External(real)) => Some(external(&real)),
            None => {
                matches!(name.as_str(), "std" | "core" | "alloc").then_some(Def::External(Name::from("std")))
            }
        }
    }

    /// A name as code in a scope sees it, dependencies and prelude apart.
    fn lookup(&self, mut scope: ModuleId, name: Name, namespace: Namespace) -> Option<Def> {
        loop {
            if let Some(def) = self.lookup_in(scope, name, namespace, &mut FxHashSet::default()) {
                return Some(def);
            }
            let module = self.module(scope);
            match module.parent {
                Some(parent) if module.is_block => scope = parent,
                _ => return None,
            }
        }
    }

    /// A name that a module declares or imports.
    fn lookup_in(
        &self,
        id: ModuleId,
        name: Name,
        namespace: Namespace,
        seen: &mut FxHashSet<ModuleId>,
    ) -> Option<Def> {
        let module = self.module(id);
        let own = match namespace {
            Namespace::Types => &module.types,
            Namespace::Values => &module.values,
        };
        if let Some(&def) = own.get(&name) {
            return Some(def);
        }
        if module.globs.is_empty() || !seen.insert(id) {
            return None;
        }
        module.globs.iter().find_map(|&glob| match glob {
            Def::Module(of) => self.lookup_in(of, name, namespace, seen),
            Def::Adt(_) => self.variant(glob, name),
            // What a library exports is known only where a table has it.
            Def::External(path) => {
                let full = external_name(&[path.as_str(), "::", name.as_str()].concat());
                knowledge::is_known(&full).then_some(Def::External(full))
            }
            Def::Function(_) | Def::Variant(..) | Def::Trait(_) | Def::Alias(_) | Def::Value(_) => None,
        })
    }

    /// What a path of names leads to, as a type or module and as a value.
    pub(super) fn members_of(&self, root: Def, names: &[Name]) -> Vec<Def> {
        let Some((&last, before)) = names.split_last() else { return Vec::new() };
        let step = |def, &name| self.member(def, name, Namespace::Types);
        let Some(outer) = before.iter().try_fold(root, step) else { return Vec::new() };
        let both = [Namespace::Types, Namespace::Values];
        both.into_iter().filter_map(|namespace| self.member(outer, last, namespace)).collect()
    }

    /// `outer::name`.
    fn member(&self, outer: Def, name: Name, namespace: Namespace) -> Option<Def> {
        match outer {
            Def::Module(module) => match name.as_str() {
                "self" => Some(outer),
                _ => self.lookup_in(module, name, namespace, &mut FxHashSet::default()),
            },
            Def::External(path) => Some(member_of_library(path, name)),
            Def::Adt(adt) => self
                .variant(outer, name)
                .or_else(|| self.methods(adt, name).first().map(|&id| Def::Function(id))),
            Def::Trait(id) => self.trait_(id).methods.get(&name).map(|&id| Def::Function(id)),
            Def::Alias(id) => self.member(
                self.alias(id).target.filter(|target| !matches!(target, Def::Alias(_)))?,
                name,
                namespace,
            ),
            Def::Function(_) | Def::Variant(..) | Def::Value(_) => None,
        }
    }

    fn variant(&self, of: Def, name: Name) -> Option<Def> {
        let Def::Adt(id) = of else { return None };
        let AdtKind::Enum(it) = self.adt(id).kind else { return None };
        let index = it.variants.iter().position(|variant| variant.name == name)?;
        Some(Def::Variant(id, index as u32))
    }

    /// The struct or enum of the workspace that a type is, seen through references and smart pointers.
    pub(super) fn adt_of_type(&self, scope: ModuleId, ty: &Type) -> Option<AdtId> {
        self.adt_of_type_in(scope, Owner::Module, ty)
    }

    fn adt_of_type_in(&self, scope: ModuleId, owner: Owner, ty: &Type) -> Option<AdtId> {
        match self.def_of_type(scope, owner, ty)? {
            Def::Adt(id) => Some(id),
            _ => None,
        }
    }

    pub(super) fn def_of_type(&self, scope: ModuleId, owner: Owner, ty: &Type) -> Option<Def> {
        match ty {
            Type::Ref(inner) => self.def_of_type(scope, owner, inner),
            Type::Path(path) => match self.resolve(scope, owner, path, Namespace::Types)? {
                Def::External(name) if knowledge::is_pointer(&name) => {
                    self.def_of_type(scope, owner, path.last().args.as_ref()?.types.first()?)
                }
                Def::Alias(id) => self.alias(id).target,
                def => Some(def),
            },
            Type::Dyn(bounds) | Type::Impl(bounds) => {
                bounds.iter().find_map(|bound| match self.resolve(scope, owner, bound, Namespace::Types) {
                    Some(def @ Def::Trait(_)) => Some(def),
                    _ => None,
                })
            }
            Type::Tuple(_) | Type::Slice(_) | Type::Never | Type::Infer | Type::Fn { .. } | Type::Other => {
                None
            }
        }
    }

    /// What an alias stands for, as far as the aliases it names are known themselves.
    pub(super) fn target_of_alias(&self, id: AliasId) -> Option<Def> {
        let alias = self.alias(id);
        self.def_of_type(alias.scope, Owner::Module, alias.ty?)
    }

    /// The generic parameters a function sees: its own and those of the `impl` or trait around it.
    pub fn generics_of(&self, function: FnId) -> impl Iterator<Item = &'a hir::Generics> {
        let function = self.function(function);
        let outer = match function.owner {
            Owner::Module => None,
            Owner::Impl(id) => Some(&self.impl_(id).hir.generics),
            Owner::Trait(id) => Some(&self.trait_(id).hir.generics),
        };
        std::iter::once(&function.hir.generics).chain(outer).map(|generics| &**generics)
    }
}

fn prelude(name: Name) -> Option<Def> {
    knowledge::prelude(&name).map(|path| Def::External(Name::from(path)))
}
