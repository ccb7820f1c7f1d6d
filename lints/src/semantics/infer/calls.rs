//! What calls call, and what they give.

use super::{Callee, Infer};
use crate::hir::{ExprId, ExprKind, GenericArgs, Name, Path, Type};
use crate::knowledge::signatures::{Bound, Signature, extension, signature};
use crate::knowledge::spawners::{Returns, Spawner, spawner};
use crate::knowledge::transparent::{WrappedOutput, Wrapper, wrapper, wrapping_method};
use crate::knowledge::{self, handles, methods, names};
use crate::semantics::resolve::external_name;
use crate::semantics::rows::Given;
use crate::semantics::ty::{ITERATOR, OPTION, RESULT, VEC};
use crate::semantics::{AdtId, AdtKind, Def, FnId, Owner, TraitId, Ty};

impl Infer<'_, '_> {
    pub(super) fn call(&mut self, id: ExprId, callee: ExprId, args: &[ExprId]) -> Ty {
        let ExprKind::Path(path) = self.body.kind(callee) else {
            let callee = self.expr(callee);
            self.all(args);
            self.types.callees.insert(id, Callee::Value);
            return match callee {
                Ty::Callable(output) => (*output).clone(),
                _ => Ty::Unknown,
            };
        };
        let def = self.workspace.resolve_value_path(self.function, path).or_else(|| self.associated(path));
        let types = self.all(args);
        let (callee, ty) = match def {
            Some(Def::Function(function)) => {
                let values = self.type_arguments(function, path.last().args.as_deref(), &types);
                (self.function_callee(function), self.workspace.output_of(function).substitute(&values))
            }
            Some(Def::Adt(adt) | Def::Variant(adt, _)) => {
                (Callee::Constructor, self.constructed(adt, def, &types))
            }
            Some(Def::External(name)) => (Callee::External(name), self.external_call(name, path, &types)),
            // A derived `Pool::default()`.
            None if methods::is_derived_constructor(&path.last().name) => {
                (Callee::Unknown, self.type_before_method(path).unwrap_or_default())
            }
            Some(Def::Module(_) | Def::Trait(_) | Def::Alias(_) | Def::Value(_)) | None => {
                (Callee::Unknown, Ty::Unknown)
            }
        };
        self.types.callees.insert(id, callee);
        ty
    }

    /// A trait method is one of its implementations, as far as they are in the workspace.
    fn function_callee(&self, function: FnId) -> Callee {
        let Owner::Trait(id) = self.workspace.function(function).owner else {
            return Callee::Function(function);
        };
        let name = self.workspace.function(function).hir.name;
        let trait_ = self.workspace.trait_(id);
        let mut all: Vec<FnId> = trait_
            .impls
            .iter()
            .filter_map(|&it| self.workspace.impl_(it).methods.get(&name).copied())
            .collect();
        if self.workspace.function(function).hir.has_body() {
            all.push(function);
        }
        match all[..] {
            [] => Callee::Unknown,
            [only] => Callee::Function(only),
            _ => Callee::OneOf(all),
        }
    }

    /// `T::method` where `T` is a library type seen through an alias, a bound, or `Self`.
    fn associated(&self, path: &Path) -> Option<Def> {
        let name = path.last().name;
        match self.type_before_method(path)? {
            Ty::External(of, _) => Some(Def::External(external_name(&format!("{of}::{name}")))),
            Ty::Object(id) => self.workspace.trait_(id).methods.get(&name).map(|&id| Def::Function(id)),
            _ => None,
        }
    }

    /// The `T` of `T::method`.
    fn type_before_method(&self, path: &Path) -> Option<Ty> {
        let (_, before) = path.segments.split_last().filter(|(_, before)| !before.is_empty())?;
        Some(self.written(&Type::Path(Path {
            global: path.global,
            self_ty: None,
            segments: before.into(),
            range: path.range,
        })))
    }

    /// What the generic parameters of a called function stand for, as far as what is written or the arguments tell.
    fn type_arguments(&self, function: FnId, written: Option<&GenericArgs>, args: &[Ty]) -> Vec<(Name, Ty)> {
        let hir = self.workspace.function(function).hir;
        let scope = self.workspace.type_scope(function);
        let mut values = Vec::new();
        if let Some(written) = written {
            let params = hir.generics.params.iter().map(|param| param.name);
            values.extend(params.zip(written.types.iter().map(|ty| self.written(ty))));
        }
        for (param, arg) in hir.params.iter().zip(args) {
            unify(&self.workspace.ty(scope, param), arg, &mut values);
        }
        values
    }

    fn constructed(&self, adt: AdtId, def: Option<Def>, args: &[Ty]) -> Ty {
        let kind = self.workspace.adt(adt).kind;
        let fields = match (kind, def) {
            (AdtKind::Struct(it), _) => &it.fields,
            (AdtKind::Enum(it), Some(Def::Variant(_, index))) => &it.variants[index as usize].fields,
            (AdtKind::Enum(_), _) => return Ty::Adt(adt, [].into()),
        };
        let params = &kind.generics().params;
        let mut values = Vec::new();
        for (field, arg) in fields.iter().zip(args) {
            // A field of a plain parameter type tells what the parameter is.
            if let Type::Path(path) = &field.ty
                && let Some(name) = path.as_name()
                && params.iter().any(|param| param.name == name)
            {
                values.push((name, arg.clone()));
            }
        }
        Ty::Adt(adt, params.iter().map(|param| Ty::Param(param.name).substitute(&values)).collect())
    }

    fn external_call(&mut self, name: Name, path: &Path, args: &[Ty]) -> Ty {
        let first = || args.first().cloned().unwrap_or_default();
        match name.as_str() {
            names::SOME => return Ty::external(OPTION, [first()]),
            names::OK => return Ty::external(RESULT, [first(), Ty::Unknown]),
            names::ERR => return Ty::external(RESULT, [Ty::Unknown, first()]),
            _ => {}
        }
        if let Some(row) = spawner(&name) {
            return self.spawned(row, args);
        }
        if let Some(row) = wrapper(&name) {
            return self.wrapped(row, args.get(row.future.unwrap_or(0)));
        }
        match signature(&name) {
            Some(row) => {
                let is_pointer = name.rsplit_once("::").is_some_and(|(of, _)| knowledge::is_pointer(of));
                let type_args = self.type_args_of_path(row.params, path, args, is_pointer);
                self.signature_ty(row, &type_args, None, args)
            }
            None => Ty::Unknown,
        }
    }

    /// The type parameters of a library function: written (`Vec::<T>::new`), or told by its only argument.
    fn type_args_of_path(&self, params: &[&str], path: &Path, args: &[Ty], is_pointer: bool) -> Vec<Ty> {
        let written = path.segments.iter().rev().find_map(|segment| segment.args.as_ref());
        match (written, params, args) {
            (Some(written), ..) if !written.types.is_empty() => {
                written.types.iter().map(|ty| self.written(ty)).collect()
            }
            // `Mutex::new(x)`; `Arc::clone(&x)`, where the pointer is seen through.
            (_, [_], [only]) if is_pointer || path.last().name.starts_with("new") => vec![only.clone()],
            // `Option::unwrap(x)`.
            (_, _, [Ty::External(_, inner)]) => inner.to_vec(),
            _ => Vec::new(),
        }
    }

    /// What a row of the signature table says a call gives.
    pub(super) fn signature_ty(
        &self,
        row: Signature,
        type_args: &[Ty],
        receiver: Option<&Ty>,
        args: &[Ty],
    ) -> Ty {
        let output =
            self.workspace.row_ty(row.output, &Given { params: row.params, type_args, receiver, args });
        if row.is_async { Ty::future(output) } else { output }
    }

    /// What a spawner gives for a future or closure.
    fn spawned(&self, row: &Spawner, args: &[Ty]) -> Ty {
        let output = match row.argument.and_then(|index| args.get(index)) {
            Some(Ty::Callable(output)) => (**output).clone(),
            Some(future) => self.workspace.awaited(future),
            None => Ty::Unknown,
        };
        match row.returns {
            Returns::Handle(path) => Ty::external(path, [output]),
            Returns::ResultOfHandle(path) => {
                Ty::external(RESULT, [Ty::external(path, [output]), Ty::Unknown])
            }
            Returns::Nothing => Ty::unit(),
            Returns::AbortHandle => Ty::external(names::ABORT_HANDLE, []),
            Returns::Other => Ty::Unknown,
        }
    }

    /// What a function that takes a future gives, which is a future too.
    fn wrapped(&self, row: &Wrapper, inner: Option<&Ty>) -> Ty {
        let inner = inner.cloned().unwrap_or_default();
        let output = || self.workspace.awaited(&inner);
        let result = |error: &str| Ty::future(Ty::external(RESULT, [output(), Ty::external(error, [])]));
        match row.output {
            WrappedOutput::Same => inner,
            WrappedOutput::Timeout => result(names::ELAPSED),
            WrappedOutput::CatchesPanic => result(names::ANY),
            WrappedOutput::Abortable => result(names::ABORTED),
            WrappedOutput::Option => Ty::future(Ty::external(OPTION, [output()])),
            WrappedOutput::HandlesError | WrappedOutput::Mapped => Ty::Unknown,
        }
    }

    pub(super) fn method_call(
        &mut self,
        id: ExprId,
        receiver: ExprId,
        name: Name,
        generics: Option<&GenericArgs>,
        args: &[ExprId],
    ) -> Ty {
        let receiver_ty = self.expr(receiver);
        self.bind_closures(&receiver_ty, name, args);
        let types = self.all(args);
        let (callee, ty) = self.method(&receiver_ty, name, generics, &types);
        self.types.callees.insert(id, callee);
        if methods::adds_to_collection(&name) {
            self.learn_from_insertion(receiver, &types);
        } else if let Some(output) = self.spawned_into(&receiver_ty, name, &types) {
            self.learn_from_insertion(receiver, &[output]);
        }
        ty
    }

    /// What the closures of adaptors are given: the value, the error, or one item.
    fn bind_closures(&mut self, receiver: &Ty, name: Name, args: &[ExprId]) {
        let given = match (receiver.as_result(), receiver) {
            (Some((_, error)), _)
                if matches!(name.as_str(), "map_err" | "or_else" | "unwrap_or_else" | "inspect_err") =>
            {
                error
            }
            (Some((ok, _)), _) => ok,
            (None, Ty::Future(output)) => (**output).clone(),
            (None, other) => self.workspace.item(other),
        };
        for &arg in args {
            if let ExprKind::Closure(closure) = self.body.kind(arg)
                && let [(pat, None)] = closure.params[..]
            {
                self.bind(pat, given.clone());
            }
        }
    }

    /// `Vec<_>` becomes `Vec<T>` with the first `push`.
    fn learn_from_insertion(&mut self, receiver: ExprId, added: &[Ty]) {
        self.refine(receiver, |old| match &old {
            Ty::External(path, params) if params.len() == added.len() || params.is_empty() => {
                old.clone().or(Ty::External(*path, added.into()))
            }
            _ => old,
        });
    }

    /// What the task gives that a method of a `JoinSet` spawns into it.
    fn spawned_into(&self, set: &Ty, name: Name, args: &[Ty]) -> Option<Ty> {
        let Ty::External(path, params) = set else { return None };
        let inserting = handles::collection(path)?.inserting;
        let &(_, index) =
            inserting.iter().find(|(method, _)| name == *method).filter(|_| params.len() == 1)?;
        Some(match args.get(index)? {
            Ty::Callable(output) => (**output).clone(),
            future => self.workspace.awaited(future),
        })
    }

    fn method(&self, receiver: &Ty, name: Name, generics: Option<&GenericArgs>, args: &[Ty]) -> (Callee, Ty) {
        let workspace = self.workspace;
        let known = match receiver {
            Ty::Adt(id, type_args) => workspace.methods(*id, name).first().map(|&function| {
                let mut values = self.receiver_arguments(function, type_args);
                values.extend(self.type_arguments(function, generics, args));
                (self.function_callee(function), workspace.output_of(function).substitute(&values))
            }),
            Ty::Object(id) => self.trait_method(*id, name, 0).map(|function| {
                let values = self.type_arguments(function, generics, args);
                (self.function_callee(function), workspace.output_of(function).substitute(&values))
            }),
            Ty::External(path, type_args) => {
                Some(self.external_method(receiver, *path, type_args, name, generics, args))
            }
            Ty::Slice(item) => Some(self.external_method(
                receiver,
                Name::from(VEC),
                std::slice::from_ref(item),
                name,
                generics,
                args,
            )),
            Ty::Future(_) => self.extension_method(receiver, name, args),
            Ty::Unknown | Ty::Never | Ty::Tuple(_) | Ty::Callable(_) | Ty::Param(_) => None,
        };
        known
            .or_else(|| self.wrapping_method(receiver, name))
            .unwrap_or_else(|| self.method_by_name(receiver, name))
    }

    fn external_method(
        &self,
        receiver: &Ty,
        path: Name,
        type_args: &[Ty],
        name: Name,
        generics: Option<&GenericArgs>,
        args: &[Ty],
    ) -> (Callee, Ty) {
        let full = external_name(&format!("{path}::{name}"));
        if let Some(row) = spawner(&full) {
            return (Callee::External(full), self.spawned(row, args));
        }
        if let Some(row) = signature(&full) {
            return (Callee::External(full), self.signature_ty(row, type_args, Some(receiver), args));
        }
        if name == "clone" {
            return (Callee::External(Name::from(names::CLONE)), receiver.clone());
        }
        if name == "collect" && path == ITERATOR {
            let written = generics.and_then(|generics| generics.types.first()).map(|ty| self.written(ty));
            let item = self.workspace.item(receiver);
            return (Callee::External(full), written.unwrap_or_default().or(Ty::external(VEC, [item])));
        }
        if let Some(found) = self.extension_method(receiver, name, args) {
            return found;
        }
        // A trait of the workspace may give a library type this method.
        match self.workspace.foreign_methods(name) {
            &[only] => (Callee::Function(only), self.workspace.output_of(only).substitute(&[])),
            [] => (Callee::External(full), with_context(receiver, &name)),
            several => (Callee::UnknownMethod(several.to_vec()), Ty::Unknown),
        }
    }

    /// A method of an extension trait for futures, streams, iterators.
    fn extension_method(&self, receiver: &Ty, name: Name, args: &[Ty]) -> Option<(Callee, Ty)> {
        if let Some(found) = self.wrapping_method(receiver, name) {
            return Some(found);
        }
        let bound = match receiver {
            Ty::Future(_) => Bound::Future,
            _ if receiver.is(ITERATOR) => Bound::Iterator,
            _ if self.workspace.item(receiver).is_known() => Bound::Stream,
            _ => return None,
        };
        let row = extension(bound, &name)?;
        let of = match bound {
            Bound::Future => names::FUTURE_EXT,
            Bound::Iterator => ITERATOR,
            _ => names::STREAM_EXT,
        };
        Some((
            Callee::External(external_name(&format!("{of}::{name}"))),
            self.signature_ty(row, &[], Some(receiver), args),
        ))
    }

    /// `.instrument(span)`, `.boxed()`: methods that say by their name that they wrap a future. Not where the workspace has
    /// a method of that name and the receiver is not known to be a future.
    fn wrapping_method(&self, receiver: &Ty, name: Name) -> Option<(Callee, Ty)> {
        let row = wrapping_method(&name)?;
        if !matches!(receiver, Ty::Future(_)) && !self.workspace.methods_named(name).is_empty() {
            return None;
        }
        if matches!(row.output, WrappedOutput::HandlesError | WrappedOutput::Mapped) {
            return None;
        }
        let path = row.paths.iter().find(|path| path.rsplit("::").next() == Some(name.as_str()))?;
        Some((Callee::External(Name::from(path)), self.wrapped(row, Some(receiver))))
    }

    fn method_by_name(&self, receiver: &Ty, name: Name) -> (Callee, Ty) {
        if name == "clone" {
            return (Callee::External(Name::from(names::CLONE)), receiver.clone());
        }
        // Only traits give methods to what is no type of the workspace.
        if let Ty::Future(_) | Ty::Callable(_) | Ty::Tuple(_) = receiver {
            return match self.workspace.foreign_methods(name) {
                &[only] => (Callee::Function(only), self.workspace.output_of(only).substitute(&[])),
                several => (Callee::UnknownMethod(several.to_vec()), Ty::Unknown),
            };
        }
        let candidates = self.workspace.methods_named(name).to_vec();
        // A name that a single function of the workspace has says something of the type; never of what is called.
        let ty = match candidates[..] {
            [only] if !receiver.is_known() && !methods::is_common_method(&name) => {
                self.workspace.output_of(only).substitute(&[])
            }
            _ => Ty::Unknown,
        };
        (Callee::UnknownMethod(candidates), ty)
    }

    fn trait_method(&self, id: TraitId, name: Name, depth: u32) -> Option<FnId> {
        let trait_ = self.workspace.trait_(id);
        if let Some(&function) = trait_.methods.get(&name) {
            return Some(function);
        }
        // Supertraits cannot go in a circle in code that compiles, but this code need not compile.
        let above = trait_.hir.supertraits.iter().filter(|_| depth < 8);
        above.into_iter().find_map(|path| match self.workspace.resolve_type_path(trait_.scope, path)? {
            Def::Trait(above) => self.trait_method(above, name, depth + 1),
            _ => None,
        })
    }

    fn receiver_arguments(&self, function: FnId, args: &[Ty]) -> Vec<(Name, Ty)> {
        let mut values = Vec::new();
        if let Ty::Adt(_, params) = self.workspace.self_ty(function) {
            params.iter().zip(args).for_each(|(param, arg)| unify(param, arg, &mut values));
        }
        values
    }
}

/// What is left of a `Result`, or made of an `Option`, by a method that says more of the error. Which error it is then, is for
/// the crate to say whose trait is in scope.
fn with_context(of: &Ty, name: &str) -> Ty {
    if !methods::adds_context(name) {
        return Ty::Unknown;
    }
    match of.as_result().map(|(ok, _)| ok).or_else(|| of.as_option()) {
        Some(ok) => Ty::external(RESULT, [ok, Ty::Unknown]),
        None => Ty::Unknown,
    }
}

/// What the parameters in a declared type must be for an argument of a known type.
fn unify(declared: &Ty, given: &Ty, values: &mut Vec<(Name, Ty)>) {
    let mut all = |mine: &[Ty], theirs: &[Ty]| {
        mine.iter().zip(theirs).for_each(|(mine, theirs)| unify(mine, theirs, values))
    };
    match (declared, given) {
        (Ty::Param(name), given) => values.push((*name, given.clone())),
        (Ty::External(a, mine), Ty::External(b, theirs)) if a == b => all(mine, theirs),
        (Ty::Adt(a, mine), Ty::Adt(b, theirs)) if a == b => all(mine, theirs),
        (Ty::Tuple(mine), Ty::Tuple(theirs)) => all(mine, theirs),
        (Ty::Future(mine), Ty::Future(theirs))
        | (Ty::Callable(mine), Ty::Callable(theirs))
        | (Ty::Slice(mine), Ty::Slice(theirs)) => unify(mine, theirs, values),
        _ => {}
    }
}
