//! The types of the expressions of a body, and what each call calls, in one walk in order of evaluation.

mod calls;

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::ty::{ITERATOR, OPTION, RESULT, VEC};
use super::{Def, FnId, Ty, Words, Workspace};
use crate::hir::{
    BlockKind, Body, ExprId, ExprKind, Literal, LocalId, LoopKind, MacroContent, Name, PatId, PatKind, Path,
    Stmt,
};
use crate::knowledge::is_pointer;
use crate::knowledge::macros::Meaning;
use crate::knowledge::names;
use crate::knowledge::signatures::signature;

/// What a call calls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Callee {
    Function(FnId),
    /// A trait method: one of these, which are all implementations in the workspace.
    OneOf(Vec<FnId>),
    /// A function or method of a library, by canonical path: `tokio::spawn`, `std::vec::Vec::push`.
    External(Name),
    /// A method of a type that is not known. The functions of the workspace that have its name and a receiver.
    UnknownMethod(Vec<FnId>),
    /// A tuple struct or variant.
    Constructor,
    /// A local variable, a field, the result of another call.
    Value,
    Unknown,
}

/// What was found out about a body.
#[derive(Debug, Default)]
pub struct BodyTypes {
    exprs: Vec<Ty>,
    locals: Vec<Ty>,
    callees: FxHashMap<ExprId, Callee>,
    words: Arc<Words>,
}

impl BodyTypes {
    /// What the project says of its functions.
    pub fn words(&self) -> &Words {
        &self.words
    }

    pub fn of(&self, expr: ExprId) -> &Ty {
        &self.exprs[expr.0 as usize]
    }

    pub fn local(&self, local: LocalId) -> &Ty {
        &self.locals[local.0 as usize]
    }

    /// What a `Call` or `MethodCall` calls.
    pub fn callee(&self, call: ExprId) -> &Callee {
        self.callees.get(&call).unwrap_or(&Callee::Unknown)
    }

    /// The library function that a call calls.
    pub fn external(&self, call: ExprId) -> Option<Name> {
        match self.callee(call) {
            Callee::External(name) => Some(*name),
            _ => None,
        }
    }
}

/// Infers the types of a body. Linear in its size.
pub fn infer(workspace: &Workspace<'_>, function: FnId, body: &Body) -> BodyTypes {
    let types = BodyTypes {
        exprs: vec![Ty::Unknown; body.exprs.len()],
        locals: vec![Ty::Unknown; body.locals.len()],
        callees: FxHashMap::with_capacity_and_hasher(body.calls().count(), Default::default()),
        words: workspace.words.clone(),
    };
    let mut cx = Infer { workspace, function, body, types };
    let params = &workspace.function(function).hir.params;
    let scope = workspace.type_scope(function);
    for (&pat, ty) in body.params.iter().zip(params) {
        cx.bind(pat, workspace.ty(scope, ty));
    }
    cx.expr(body.root);
    cx.types
}

struct Infer<'w, 'a> {
    workspace: &'w Workspace<'a>,
    function: FnId,
    body: &'w Body,
    types: BodyTypes,
}

impl Infer<'_, '_> {
    fn written(&self, ty: &crate::hir::Type) -> Ty {
        self.workspace.ty(self.workspace.type_scope(self.function), ty)
    }

    fn expr(&mut self, id: ExprId) -> Ty {
        let ty = self.compute(id);
        self.types.exprs[id.0 as usize] = ty.clone();
        ty
    }

    fn all(&mut self, ids: &[ExprId]) -> Vec<Ty> {
        ids.iter().map(|&id| self.expr(id)).collect()
    }

    fn compute(&mut self, id: ExprId) -> Ty {
        let body = self.body;
        match body.kind(id) {
            ExprKind::Local(local) => self.types.locals[local.0 as usize].clone(),
            ExprKind::Receiver => self.workspace.self_ty(self.function),
            ExprKind::Path(path) => self.path(path),
            ExprKind::Literal(literal) => match literal {
                Literal::Bool(_) => Ty::external("bool", []),
                Literal::Str(_) => Ty::external("str", []),
                Literal::Int(_) | Literal::Other => Ty::external("number", []),
            },
            ExprKind::Call { callee, args } => self.call(id, *callee, args),
            ExprKind::MethodCall { receiver, name, generics, args, .. } => {
                self.method_call(id, *receiver, *name, generics.as_deref(), args)
            }
            ExprKind::Field { base, name } => {
                let base = self.expr(*base);
                self.workspace.field_ty(&base, *name)
            }
            ExprKind::Index { base, index } => {
                let base = self.expr(*base);
                self.expr(*index);
                match &base {
                    // `v[1..]`.
                    _ if matches!(body.kind(*index), ExprKind::Range { .. }) => base,
                    Ty::External(_, args) if args.len() == 2 => args[1].clone(),
                    _ => self.workspace.item(&base),
                }
            }
            ExprKind::Ref { inner, .. } | ExprKind::Deref(inner) | ExprKind::Unary(inner) => {
                self.expr(*inner)
            }
            ExprKind::Binary { left, right, .. } => {
                self.expr(*left);
                self.expr(*right);
                Ty::Unknown
            }
            ExprKind::Assign { place, value, .. } => {
                let value = self.expr(*value);
                self.expr(*place);
                self.refine(*place, |old| old.or(value));
                Ty::unit()
            }
            ExprKind::Cast { inner, ty } => {
                self.expr(*inner);
                self.written(ty)
            }
            ExprKind::Range { start, end } => {
                start.iter().chain(end).for_each(|&part| _ = self.expr(part));
                Ty::external(ITERATOR, [Ty::external("number", [])])
            }
            ExprKind::Await(inner) => {
                let inner = self.expr(*inner);
                self.workspace.awaited(&inner)
            }
            ExprKind::Try(inner) => match self.expr(*inner) {
                Ty::External(name, args) if name == RESULT || name == OPTION => {
                    args.first().cloned().unwrap_or_default()
                }
                _ => Ty::Unknown,
            },
            ExprKind::Block(block) => self.block(id, block),
            ExprKind::If { condition, then, otherwise } => {
                self.expr(*condition);
                let then = self.expr(*then);
                match otherwise {
                    Some(otherwise) => then.or(self.expr(*otherwise)),
                    None => Ty::unit(),
                }
            }
            ExprKind::Let { pat, value } => {
                let value = self.expr(*value);
                self.bind(*pat, value);
                Ty::external("bool", [])
            }
            ExprKind::Match { scrutinee, arms } => {
                let value = self.expr(*scrutinee);
                let mut ty = Ty::Never;
                for arm in arms {
                    self.bind(arm.pat, value.clone());
                    arm.guard.into_iter().for_each(|guard| _ = self.expr(guard));
                    ty = ty.or(self.expr(arm.body));
                }
                ty
            }
            ExprKind::Loop(it) => {
                match &it.kind {
                    LoopKind::Loop => {}
                    LoopKind::While(condition) => _ = self.expr(*condition),
                    LoopKind::For { pat, iterable } => {
                        let iterable = self.expr(*iterable);
                        let item = self.workspace.item(&iterable);
                        self.bind(*pat, item);
                    }
                }
                self.expr(it.body);
                match it.kind {
                    LoopKind::Loop => self.break_value(id),
                    LoopKind::While(_) | LoopKind::For { .. } => Ty::unit(),
                }
            }
            ExprKind::Break { value, .. } | ExprKind::Return(value) => {
                value.iter().for_each(|&value| _ = self.expr(value));
                Ty::Never
            }
            ExprKind::Continue { .. } => Ty::Never,
            ExprKind::Closure(closure) => {
                for (pat, ty) in &closure.params {
                    if let Some(ty) = ty {
                        let ty = self.written(ty);
                        self.bind(*pat, ty);
                    }
                }
                let body_ty = self.expr(closure.body);
                let output =
                    closure.output.as_ref().map(|ty| self.written(ty)).unwrap_or(Ty::Unknown).or(body_ty);
                let output = self.with_returns(closure.body, output);
                Ty::callable(if closure.is_async { Ty::future(output) } else { output })
            }
            ExprKind::Struct { path, fields, base } => {
                fields.iter().for_each(|&(_, value)| _ = self.expr(value));
                base.iter().for_each(|&base| _ = self.expr(base));
                self.struct_ty(path)
            }
            ExprKind::Tuple(parts) => Ty::Tuple(self.all(parts).into()),
            ExprKind::Array(parts) => {
                let item = self.all(parts).into_iter().fold(Ty::Unknown, Ty::or);
                Ty::Slice(item.into())
            }
            ExprKind::Select(select) => {
                let mut ty = Ty::Never;
                for arm in &select.arms {
                    let future = self.expr(arm.future);
                    let output = self.workspace.awaited(&future);
                    self.bind(arm.pat, output);
                    arm.guard.into_iter().for_each(|guard| _ = self.expr(guard));
                    ty = ty.or(self.expr(arm.handler));
                }
                select
                    .otherwise
                    .into_iter()
                    .for_each(|handler| ty = std::mem::take(&mut ty).or(self.expr(handler)));
                ty
            }
            ExprKind::Join { fallible, futures } => {
                let outputs =
                    self.all(futures).iter().map(|future| self.workspace.awaited(future)).collect::<Vec<_>>();
                if !fallible {
                    return Ty::Tuple(outputs.into());
                }
                let (oks, errors): (Vec<Ty>, Vec<Ty>) =
                    outputs.iter().map(|output| output.as_result().unwrap_or_default()).unzip();
                Ty::external(RESULT, [Ty::Tuple(oks.into()), errors.into_iter().fold(Ty::Unknown, Ty::or)])
            }
            ExprKind::Macro(call) => self.macro_call(call),
            ExprKind::Opaque => Ty::Unknown,
        }
    }

    fn block(&mut self, id: ExprId, block: &crate::hir::Block) -> Ty {
        for stmt in &block.stmts {
            match stmt {
                Stmt::Let(it) => {
                    let init = it.init.map(|init| self.expr(init)).unwrap_or_default();
                    let ty = match &it.ty {
                        Some(ty) => self.written(ty).or(init),
                        None => init,
                    };
                    self.bind(it.pat, ty);
                    it.otherwise.into_iter().for_each(|otherwise| _ = self.expr(otherwise));
                }
                Stmt::Expr(expr) => _ = self.expr(*expr),
                Stmt::Item => {}
            }
        }
        let tail = match block.tail {
            Some(tail) => self.expr(tail),
            None if self.ends_in_leaving(block) => Ty::Never,
            None => Ty::unit(),
        };
        match block.kind {
            BlockKind::Async => Ty::future(self.with_returns(id, tail)),
            BlockKind::Stream { .. } => Ty::external(names::STREAM, [Ty::Unknown]),
            BlockKind::Try => Ty::Unknown,
            BlockKind::Plain if block.label.is_some() => Ty::Unknown.or(tail),
            BlockKind::Plain => tail,
        }
    }

    /// A block whose last statement never gives control back has any type.
    fn ends_in_leaving(&self, block: &crate::hir::Block) -> bool {
        match block.stmts.last() {
            Some(&Stmt::Expr(last)) => *self.types.of(last) == Ty::Never,
            _ => false,
        }
    }

    /// The output of a closure or async block: its tail, made more precise by what its `return`s give.
    fn with_returns(&self, own_body: ExprId, tail: Ty) -> Ty {
        let returns = self.body.descendants_here(own_body).filter_map(|id| match self.body.kind(id) {
            ExprKind::Return(value) => {
                Some(value.map(|value| self.types.of(value).clone()).unwrap_or_else(Ty::unit))
            }
            _ => None,
        });
        returns.fold(tail, Ty::or)
    }

    fn break_value(&self, of: ExprId) -> Ty {
        let mut ty = Ty::Never;
        for id in self.body.descendants_here(of) {
            let ExprKind::Break { label, value } = self.body.kind(id) else { continue };
            if self.body.target_of_jump(id, *label) == Some(of) {
                ty = ty.or(value.map(|value| self.types.of(value).clone()).unwrap_or_else(Ty::unit));
            }
        }
        ty
    }

    fn path(&mut self, path: &Path) -> Ty {
        match self.workspace.resolve_value_path(self.function, path) {
            Some(Def::Function(id)) => Ty::callable(self.workspace.output_of(id).substitute(&[])),
            Some(Def::Value(id)) => self.workspace.value_ty(id),
            Some(Def::Adt(id) | Def::Variant(id, _)) => Ty::Adt(id, [].into()),
            Some(Def::External(name)) if name == names::NONE => Ty::external(OPTION, [Ty::Unknown]),
            Some(Def::External(name)) => match signature(&name) {
                Some(row) => Ty::callable(self.signature_ty(row, &[], None, &[])),
                None => Ty::Unknown,
            },
            Some(Def::Module(_) | Def::Trait(_) | Def::Alias(_)) | None => Ty::Unknown,
        }
    }

    fn struct_ty(&self, path: &Path) -> Ty {
        if path.as_name().is_some_and(|name| name == "Self") {
            return self.workspace.self_ty(self.function);
        }
        let scope = self.workspace.type_scope(self.function);
        let whole = self.workspace.ty(scope, &crate::hir::Type::Path(path.clone()));
        if whole.is_known() {
            return whole;
        }
        match self.workspace.resolve_value_path(self.function, path) {
            Some(Def::Adt(id) | Def::Variant(id, _)) => Ty::Adt(id, [].into()),
            _ => Ty::Unknown,
        }
    }

    fn macro_call(&mut self, call: &crate::hir::MacroCall) -> Ty {
        match &call.content {
            MacroContent::Args(args) | MacroContent::Opaque { mentions: args } => {
                let types = self.all(args);
                match self.types.words().meaning(call) {
                    Meaning::Collection => Ty::external(VEC, [types.into_iter().fold(Ty::Unknown, Ty::or)]),
                    Meaning::Panic | Meaning::Return => Ty::Never,
                    Meaning::Format => Ty::external(names::STRING, []),
                    Meaning::Pin => types.into_iter().next().unwrap_or_default(),
                    Meaning::Log(_) | Meaning::Print | Meaning::Assert | Meaning::Ensure => Ty::unit(),
                    Meaning::None => Ty::Unknown,
                }
            }
            MacroContent::Code(block) => {
                let ty = self.expr(*block);
                if self.types.words().meaning(call) == Meaning::None { ty } else { Ty::Unknown }
            }
            MacroContent::Matches { value, pat, guard } => {
                let value = self.expr(*value);
                self.bind(*pat, value);
                guard.iter().for_each(|&guard| _ = self.expr(guard));
                Ty::external("bool", [])
            }
        }
    }

    /// Learns more of a variable from what is put into it.
    fn refine(&mut self, place: ExprId, better: impl FnOnce(Ty) -> Ty) {
        if let ExprKind::Local(local) = self.body.kind(place) {
            let slot = &mut self.types.locals[local.0 as usize];
            *slot = better(std::mem::take(slot));
        }
    }

    fn bind(&mut self, pat: PatId, ty: Ty) {
        let body = self.body;
        match &body.pat(pat).kind {
            PatKind::Bind { local, sub, .. } => {
                let slot = &mut self.types.locals[local.0 as usize];
                *slot = std::mem::take(slot).or(ty.clone());
                sub.iter().for_each(|&sub| self.bind(sub, ty.clone()));
            }
            PatKind::Tuple(parts) => {
                if let Ty::Tuple(types) = &ty {
                    parts.iter().zip(types.iter()).for_each(|(&part, ty)| self.bind(part, ty.clone()));
                }
            }
            PatKind::TupleStruct { path, fields } => {
                match self.workspace.resolve_value_path(self.function, path) {
                    Some(Def::External(name)) => {
                        let inner = match name.as_str() {
                            names::SOME => ty.as_option(),
                            names::OK => ty.as_result().map(|(ok, _)| ok),
                            names::ERR => ty.as_result().map(|(_, error)| error),
                            // `State(state): State<Service>`: the type is that of the service already.
                            pointer => is_pointer(pointer).then(|| ty.clone()),
                        };
                        if let (Some(inner), [field]) = (inner, &fields[..]) {
                            self.bind(*field, inner);
                        }
                    }
                    Some(def @ (Def::Adt(_) | Def::Variant(..))) => {
                        for (index, &field) in fields.iter().enumerate() {
                            let field_ty = self.field_of(def, &ty, Name::from(&index.to_string()));
                            self.bind(field, field_ty);
                        }
                    }
                    _ => {}
                }
            }
            PatKind::Struct { path, fields } => {
                let def = match self.struct_ty(path) {
                    Ty::Adt(id, _) => match self.workspace.resolve_value_path(self.function, path) {
                        Some(variant @ Def::Variant(..)) => Some(variant),
                        _ => Some(Def::Adt(id)),
                    },
                    _ => None,
                };
                for &(name, field) in fields {
                    let field_ty = def.map(|def| self.field_of(def, &ty, name)).unwrap_or_default();
                    self.bind(field, field_ty);
                }
            }
            PatKind::Or(parts) => parts.iter().for_each(|&part| self.bind(part, ty.clone())),
            PatKind::Ref(inner) => self.bind(*inner, ty),
            PatKind::Slice(parts) => parts.iter().for_each(|&part| self.bind(part, self.workspace.item(&ty))),
            PatKind::Wild | PatKind::Path(_) | PatKind::Literal | PatKind::Rest | PatKind::Opaque => {}
        }
    }

    fn field_of(&self, def: Def, ty: &Ty, name: Name) -> Ty {
        let args = match ty {
            Ty::Adt(_, args) => args.clone(),
            _ => [].into(),
        };
        match def {
            Def::Variant(id, variant) => self.workspace.variant_field_ty(id, variant, &args, name),
            Def::Adt(id) => self.workspace.field_ty(&Ty::Adt(id, args), name),
            _ => Ty::Unknown,
        }
    }
}
