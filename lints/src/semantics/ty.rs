//! Types, as far as the text tells them.
//!
//! References, `Box`, `Arc`, `Rc`, `Pin` and lock guards are seen through: a question is asked of the value, wherever it lies.
//! What is not known is `Unknown`, and `Unknown` answers no question.

use std::sync::Arc;

use super::rows::Given;
use super::{AdtId, AdtKind, AliasId, Def, FnId, ModuleId, Owner, TraitId, Workspace};
use crate::hir::{self, Name, Path, Type};
use crate::knowledge::bounds::{BoundKind, bound_kind};
use crate::knowledge::handles::{self, Output};
use crate::knowledge::{self, types};

#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum Ty {
    #[default]
    Unknown,
    Never,
    /// The empty one is `()`.
    Tuple(Arc<[Ty]>),
    /// Arrays and slices.
    Slice(Arc<Ty>),
    /// A type of the workspace.
    Adt(AdtId, Arc<[Ty]>),
    /// A type of a library, by canonical path.
    External(Name, Arc<[Ty]>),
    /// Something that gives this when awaited: an async block, a call of an `async fn`, `impl Future`.
    Future(Arc<Ty>),
    /// Something that gives this when called: a closure, a function.
    Callable(Arc<Ty>),
    /// `dyn Trait`, `impl Trait`, or a parameter bounded by a trait of the workspace.
    Object(TraitId),
    /// A generic parameter of which nothing else is known.
    Param(Name),
}

pub use crate::knowledge::names::{ITERATOR, OPTION, RESULT, VEC};

impl Ty {
    pub fn unit() -> Ty {
        Ty::Tuple(Arc::new([]))
    }

    pub fn external(path: &str, args: impl Into<Arc<[Ty]>>) -> Ty {
        Ty::External(Name::from(path), args.into())
    }

    pub fn future(output: Ty) -> Ty {
        Ty::Future(Arc::new(output))
    }

    pub fn callable(output: Ty) -> Ty {
        Ty::Callable(Arc::new(output))
    }

    pub fn is_unit(&self) -> bool {
        matches!(self, Ty::Tuple(parts) if parts.is_empty())
    }

    pub fn is_known(&self) -> bool {
        !matches!(self, Ty::Unknown | Ty::Param(_))
    }

    /// The type arguments, if it is this library type.
    pub fn args_of(&self, path: &str) -> Option<&[Ty]> {
        match self {
            Ty::External(name, args) if *name == path => Some(args),
            _ => None,
        }
    }

    pub fn is(&self, path: &str) -> bool {
        self.args_of(path).is_some()
    }

    /// The success and error types of a `Result`.
    pub fn as_result(&self) -> Option<(Ty, Ty)> {
        let args = self.args_of(RESULT)?;
        Some((args.first().cloned().unwrap_or_default(), args.get(1).cloned().unwrap_or_default()))
    }

    pub fn as_option(&self) -> Option<Ty> {
        Some(self.args_of(OPTION)?.first().cloned().unwrap_or_default())
    }

    /// Whether it is the handle of a task or thread.
    pub fn is_handle(&self) -> bool {
        matches!(self, Ty::External(name, _) if handles::handle(name).is_some_and(|row| row.output != Output::None))
    }

    /// Whether the handle of a task may be in there, for all that is known.
    pub fn may_hold_handle(&self) -> bool {
        match self {
            Ty::External(name, args) => {
                handles::handle(name).is_some() || args.iter().any(Ty::may_hold_handle)
            }
            Ty::Tuple(parts) => parts.iter().any(Ty::may_hold_handle),
            Ty::Slice(inner) | Ty::Future(inner) => inner.may_hold_handle(),
            Ty::Unknown | Ty::Param(_) | Ty::Object(_) => true,
            Ty::Adt(..) | Ty::Callable(_) | Ty::Never => false,
        }
    }

    /// Whether the handle of a task is in there.
    pub fn holds_handle(&self) -> bool {
        match self {
            Ty::External(name, args) => handles::handle(name).is_some() || args.iter().any(Ty::holds_handle),
            Ty::Tuple(parts) => parts.iter().any(Ty::holds_handle),
            Ty::Slice(inner) => inner.holds_handle(),
            Ty::Unknown
            | Ty::Never
            | Ty::Adt(..)
            | Ty::Future(_)
            | Ty::Callable(_)
            | Ty::Object(_)
            | Ty::Param(_) => false,
        }
    }

    /// The better known of two types that must be the same.
    pub fn or(self, other: Ty) -> Ty {
        match (self, other) {
            (Ty::Unknown | Ty::Never, other) => other,
            (one, Ty::Unknown | Ty::Never) => one,
            (Ty::External(a, mine), Ty::External(b, theirs)) if a == b && mine.len() == theirs.len() => {
                Ty::External(
                    a,
                    mine.iter()
                        .zip(theirs.iter())
                        .map(|(mine, theirs)| mine.clone().or(theirs.clone()))
                        .collect(),
                )
            }
            (Ty::Future(mine), Ty::Future(theirs)) => Ty::future((*mine).clone().or((*theirs).clone())),
            (Ty::Tuple(mine), Ty::Tuple(theirs)) if mine.len() == theirs.len() => Ty::Tuple(
                mine.iter()
                    .zip(theirs.iter())
                    .map(|(mine, theirs)| mine.clone().or(theirs.clone()))
                    .collect(),
            ),
            (one, _) => one,
        }
    }

    /// The type with its generic parameters replaced; those without a value become unknown.
    pub fn substitute(&self, values: &[(Name, Ty)]) -> Ty {
        let all = |parts: &[Ty]| parts.iter().map(|part| part.substitute(values)).collect::<Arc<[Ty]>>();
        match self {
            Ty::Param(name) => {
                values.iter().find(|(param, _)| param == name).map(|(_, ty)| ty.clone()).unwrap_or_default()
            }
            Ty::Tuple(parts) => Ty::Tuple(all(parts)),
            Ty::Slice(item) => Ty::Slice(Arc::new(item.substitute(values))),
            Ty::Adt(id, args) => Ty::Adt(*id, all(args)),
            Ty::External(name, args) => Ty::External(*name, all(args)),
            Ty::Future(output) => Ty::future(output.substitute(values)),
            Ty::Callable(output) => Ty::callable(output.substitute(values)),
            Ty::Unknown | Ty::Never | Ty::Object(_) => self.clone(),
        }
    }
}

/// Where a type is written: the names it may use.
#[derive(Clone, Copy)]
pub struct TypeScope<'a> {
    pub module: ModuleId,
    pub owner: Owner,
    /// The generic parameters in sight, the innermost first.
    pub generics: [Option<&'a hir::Generics>; 2],
}

/// How many aliases and bounds a written type is followed through.
const DEPTH: u32 = 12;

impl<'a> Workspace<'a> {
    /// The scope of the types that a function writes.
    pub fn type_scope(&self, function: FnId) -> TypeScope<'a> {
        let mut generics = self.generics_of(function);
        let function = self.function(function);
        TypeScope {
            module: function.scope,
            owner: function.owner,
            generics: [generics.next(), generics.next()],
        }
    }

    /// What a call of a function gives: the future itself for an `async fn`. Generic parameters stay parameters.
    pub fn output_of(&self, function: FnId) -> Ty {
        let hir = self.function(function).hir;
        let scope = self.type_scope(function);
        let output = match &hir.output {
            Some(ty) => self.ty(scope, ty),
            None => Ty::unit(),
        };
        if self.is_async(function) { Ty::future(output) } else { output }
    }

    /// The type of `self` in a function.
    pub fn self_ty(&self, function: FnId) -> Ty {
        self.self_ty_in(self.type_scope(function), 0)
    }

    fn self_ty_in(&self, scope: TypeScope<'a>, depth: u32) -> Ty {
        match scope.owner {
            Owner::Module => Ty::Unknown,
            Owner::Trait(id) => Ty::Object(id),
            Owner::Impl(id) => self.ty_in(scope, &self.impl_(id).hir.self_ty, depth + 1),
        }
    }

    /// The declared type of a field, with the type arguments of the value it is read from.
    pub fn field_ty(&self, of: &Ty, field: Name) -> Ty {
        match of {
            Ty::Tuple(parts) => {
                field.parse::<usize>().ok().and_then(|index| parts.get(index)).cloned().unwrap_or_default()
            }
            Ty::Adt(id, args) => {
                let AdtKind::Struct(it) = self.adt(*id).kind else { return Ty::Unknown };
                let Some(field) = it.fields.iter().find(|candidate| candidate.name == field) else {
                    return Ty::Unknown;
                };
                self.member_ty(*id, args, &field.ty)
            }
            _ => Ty::Unknown,
        }
    }

    /// The declared types of all fields of a struct, with the type arguments of the value.
    pub fn fields_of(&self, of: &Ty) -> Vec<Ty> {
        match of {
            Ty::Adt(id, args) => match self.adt(*id).kind {
                AdtKind::Struct(it) => {
                    it.fields.iter().map(|field| self.member_ty(*id, args, &field.ty)).collect()
                }
                AdtKind::Enum(_) => Vec::new(),
            },
            _ => Vec::new(),
        }
    }

    /// The declared type of a field of a variant.
    pub fn variant_field_ty(&self, id: AdtId, variant: u32, args: &[Ty], field: Name) -> Ty {
        let AdtKind::Enum(it) = self.adt(id).kind else { return Ty::Unknown };
        let field = it.variants[variant as usize].fields.iter().find(|candidate| candidate.name == field);
        field.map(|field| self.member_ty(id, args, &field.ty)).unwrap_or_default()
    }

    pub(super) fn member_ty(&self, id: AdtId, args: &[Ty], ty: &Type) -> Ty {
        let adt = self.adt(id);
        let generics = adt.kind.generics();
        let scope = TypeScope { module: adt.scope, owner: Owner::Module, generics: [Some(generics), None] };
        let values: Vec<(Name, Ty)> =
            generics.params.iter().map(|param| param.name).zip(args.iter().cloned()).collect();
        self.ty(scope, ty).substitute(&values)
    }

    /// The type of a constant or static.
    pub fn value_ty(&self, id: super::ValueId) -> Ty {
        let value = self.value(id);
        self.ty(TypeScope { module: value.scope, owner: Owner::Module, generics: [None, None] }, value.ty)
    }

    /// A type as written.
    pub fn ty(&self, scope: TypeScope<'a>, ty: &Type) -> Ty {
        self.ty_in(scope, ty, 0)
    }

    fn ty_in(&self, scope: TypeScope<'a>, ty: &Type, depth: u32) -> Ty {
        if depth > DEPTH {
            return Ty::Unknown;
        }
        let depth = depth + 1;
        match ty {
            Type::Ref(inner) => self.ty_in(scope, inner, depth),
            Type::Tuple(parts) => {
                Ty::Tuple(parts.iter().map(|part| self.ty_in(scope, part, depth)).collect())
            }
            Type::Slice(item) => Ty::Slice(Arc::new(self.ty_in(scope, item, depth))),
            Type::Never => Ty::Never,
            Type::Fn { output, .. } => Ty::callable(self.ty_in(scope, output, depth)),
            Type::Impl(bounds) | Type::Dyn(bounds) => self.bounded(scope, bounds, depth).unwrap_or_default(),
            Type::Path(path) => self.path_ty(scope, path, depth),
            Type::Infer | Type::Other => Ty::Unknown,
        }
    }

    fn path_ty(&self, scope: TypeScope<'a>, path: &Path, depth: u32) -> Ty {
        if path.self_ty.is_some() {
            return Ty::Unknown;
        }
        if let Some(name) = path.as_name() {
            if name == "Self" {
                return self.self_ty_in(scope, depth);
            }
            for generics in scope.generics.into_iter().flatten() {
                if let Some(param) = generics.params.iter().find(|param| param.name == name) {
                    return self.bounded(scope, &param.bounds, depth).unwrap_or(Ty::Param(name));
                }
            }
        }
        let args = || -> Vec<Ty> {
            let written = path.last().args.as_ref().map_or(&[][..], |args| &args.types);
            written.iter().map(|arg| self.ty_in(scope, arg, depth)).collect()
        };
        match self.resolve_type_path(scope.module, path) {
            Some(Def::Adt(id)) => Ty::Adt(id, args().into()),
            Some(Def::Alias(id)) => self.alias_ty(id, args(), depth),
            Some(Def::Trait(id)) => Ty::Object(id),
            Some(Def::External(name)) => self.library_ty(name, args()),
            None if path.as_name().is_some_and(is_primitive) => Ty::external(&path.last().name, []),
            Some(Def::Module(_) | Def::Function(_) | Def::Variant(..) | Def::Value(_)) | None => Ty::Unknown,
        }
    }

    fn alias_ty(&self, id: AliasId, args: Vec<Ty>, depth: u32) -> Ty {
        let alias = self.alias(id);
        let Some(ty) = alias.ty else { return Ty::Unknown };
        let scope =
            TypeScope { module: alias.scope, owner: Owner::Module, generics: [Some(alias.generics), None] };
        let values: Vec<(Name, Ty)> =
            alias.generics.params.iter().map(|param| param.name).zip(args).collect();
        self.ty_in(scope, ty, depth).substitute(&values)
    }

    /// A library type: pointers are seen through, aliases replaced by what they stand for.
    pub fn library_ty(&self, name: Name, args: Vec<Ty>) -> Ty {
        if knowledge::is_pointer(&name) {
            return args.into_iter().next().unwrap_or_default();
        }
        match types::type_alias(&name) {
            Some(row) => {
                self.row_ty(row.text, &Given { params: row.params, type_args: &args, ..Given::default() })
            }
            // `sqlx::Result<T>`, `crate_of_theirs::Result<T>`: whatever the error, it is a Result.
            None if name.ends_with("::Result") && name != RESULT => {
                let mut args = args.into_iter();
                Ty::external(RESULT, [args.next().unwrap_or_default(), args.next().unwrap_or_default()])
            }
            None => Ty::External(name, args.into()),
        }
    }

    /// What is known of a value by the traits it implements.
    fn bounded(&self, scope: TypeScope<'a>, bounds: &[Path], depth: u32) -> Option<Ty> {
        let mut found = None;
        for bound in bounds {
            let args = bound.last().args.as_deref();
            let binding = |wanted: &str| {
                let (_, ty) = args?.bindings.iter().find(|(name, _)| *name == wanted)?;
                Some(self.ty_in(scope, ty, depth))
            };
            let of = match self.resolve_type_path(scope.module, bound) {
                Some(Def::Trait(id)) => Some(Ty::Object(id)),
                Some(Def::External(name)) => match bound_kind(&name) {
                    Some(BoundKind::Future) => Some(Ty::future(binding("Output").unwrap_or_default())),
                    Some(BoundKind::TryFuture) => {
                        let parts = [binding("Ok").unwrap_or_default(), binding("Error").unwrap_or_default()];
                        Some(Ty::future(Ty::external(RESULT, parts)))
                    }
                    Some(BoundKind::Callable) => {
                        Some(Ty::callable(binding("Output").unwrap_or_else(Ty::unit)))
                    }
                    Some(BoundKind::AsyncCallable) => {
                        Some(Ty::callable(Ty::future(binding("Output").unwrap_or_else(Ty::unit))))
                    }
                    Some(BoundKind::Iterator) => {
                        Some(Ty::external(ITERATOR, [binding("Item").unwrap_or_default()]))
                    }
                    Some(BoundKind::Stream) => {
                        Some(Ty::External(name, [binding("Item").unwrap_or_default()].into()))
                    }
                    None => None,
                },
                _ => None,
            };
            // `impl Future + Trait`: what can be awaited or called is the better answer.
            match (&found, of) {
                (None, Some(ty)) | (Some(Ty::Object(_)), Some(ty @ (Ty::Future(_) | Ty::Callable(_)))) => {
                    found = Some(ty)
                }
                _ => {}
            }
        }
        found
    }

    /// What iterating over a value gives, one at a time; for a stream or channel, what it yields.
    pub fn item(&self, ty: &Ty) -> Ty {
        match ty {
            Ty::Slice(item) => (**item).clone(),
            Ty::External(name, args) => match (types::item_of(name), bound_kind(name)) {
                (Some(row), _) => {
                    self.row_ty(row.text, &Given { params: row.params, type_args: args, ..Given::default() })
                }
                (None, Some(BoundKind::Iterator | BoundKind::Stream)) => {
                    args.first().cloned().unwrap_or_default()
                }
                (None, _) => Ty::Unknown,
            },
            _ => Ty::Unknown,
        }
    }

    /// What awaiting a value gives.
    pub fn awaited(&self, ty: &Ty) -> Ty {
        match ty {
            Ty::Future(output) => (**output).clone(),
            Ty::External(name, args) => {
                match (types::output_of(name), handles::handle(name).map(|row| row.output)) {
                    (Some(row), _) => self
                        .row_ty(row.text, &Given { params: row.params, type_args: args, ..Given::default() }),
                    (None, Some(Output::AwaitedResult)) => {
                        Ty::external(RESULT, [args.first().cloned().unwrap_or_default(), Ty::Unknown])
                    }
                    (None, Some(Output::Awaited)) => args.first().cloned().unwrap_or_default(),
                    (None, Some(Output::JoinedResult | Output::None) | None) => Ty::Unknown,
                }
            }
            Ty::Adt(id, _) => self.future_output_of_adt(*id),
            // A tuple or array cannot be awaited; the rest is not known.
            Ty::Unknown
            | Ty::Never
            | Ty::Tuple(_)
            | Ty::Slice(_)
            | Ty::Callable(_)
            | Ty::Object(_)
            | Ty::Param(_) => Ty::Unknown,
        }
    }

    /// `type Output` of the `impl Future` of a type of the workspace.
    fn future_output_of_adt(&self, id: AdtId) -> Ty {
        let Some(it) = self.future_impl(id) else { return Ty::Unknown };
        let output = it.hir.items.iter().find_map(|item| match &item.kind {
            hir::ItemKind::TypeAlias { ty: Some(ty), .. } if item.name == "Output" => Some(ty),
            _ => None,
        });
        let scope =
            TypeScope { module: it.scope, owner: Owner::Module, generics: [Some(&it.hir.generics), None] };
        output.map(|ty| self.ty(scope, ty)).unwrap_or_default()
    }

    /// The `impl Future` of a type of the workspace.
    pub fn future_impl(&self, id: AdtId) -> Option<&super::Impl<'a>> {
        self.impls_of(id).find(|it| {
            let is_future = |name: Name| bound_kind(&name) == Some(BoundKind::Future);
            matches!(it.trait_, Some(Def::External(name)) if is_future(name))
        })
    }
}

/// A type that no path leads to.
fn is_primitive(name: Name) -> bool {
    matches!(
        name.as_str(),
        "bool"
            | "char"
            | "str"
            | "u8"
            | "u16"
            | "u32"
            | "u64"
            | "u128"
            | "usize"
            | "i8"
            | "i16"
            | "i32"
            | "i64"
            | "i128"
            | "isize"
            | "f32"
            | "f64"
    )
}
