//! Who calls a function.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use super::facts::PerFunction;
use super::failure::called_name;
use super::{Callee, FnId, Function, FunctionSet, Typed, Workspace};
use crate::hir::{Body, ExprId, ExprKind, Name};

/// Calls, collected when they are first asked for, in order of function and place.
type Calls = OnceLock<Vec<(FnId, ExprId)>>;

/// The calls that may be of a function.
#[derive(Debug, Default)]
pub(super) struct CallSites {
    /// By every name that some function of the workspace has: there may be thousands of one name.
    by_name: FxHashMap<Name, Calls>,
    /// Of those that are not called wherever their name stands.
    near: PerFunction<Calls>,
}

impl CallSites {
    pub fn of(functions: &[Function<'_>]) -> Self {
        Self {
            by_name: functions.iter().map(|function| (function.hir.name, Calls::new())).collect(),
            near: PerFunction::new(functions.len()),
        }
    }

    pub fn is_declared(&self, name: Name) -> bool {
        self.by_name.contains_key(&name)
    }
}

impl Workspace<'_> {
    /// The calls of something with the name of a function, and with as many arguments, where that may be called.
    fn calls_named_as(&self, of: FnId) -> impl Iterator<Item = (FnId, ExprId)> {
        let hir = self.function(of).hir;
        let calls = match self.is_called_near(of) {
            true => Some(self.calls.near.of(of)),
            false => self.calls.by_name.get(&hir.name),
        };
        let collect = || self.calls_in(self.functions_calling(of), hir.name);
        let all = calls.map_or(&[][..], |calls| calls.get_or_init(collect));
        let params = hir.params.len();
        let with_receiver = params + usize::from(hir.receiver.is_some());
        all.iter().copied().filter(move |&(function, call)| {
            self.body(function).is_some_and(|body| match body.kind(call) {
                ExprKind::MethodCall { args, .. } => args.len() == params,
                ExprKind::Call { args, .. } => args.len() == with_receiver,
                _ => false,
            })
        })
    }

    fn calls_in(&self, functions: FunctionSet, name: Name) -> Vec<(FnId, ExprId)> {
        let mut calls = Vec::new();
        for function in functions.iter() {
            let Some(body) = self.body(function) else { continue };
            let named = body.calls().filter(|&call| last_name(body, call) == Some(name));
            calls.extend(named.map(|call| (function, call)));
        }
        calls
    }
}

fn last_name(body: &Body, call: ExprId) -> Option<Name> {
    match body.kind(call) {
        ExprKind::MethodCall { name, .. } => Some(*name),
        ExprKind::Call { callee, .. } => match body.kind(*callee) {
            ExprKind::Path(path) => Some(path.last().name),
            _ => None,
        },
        _ => None,
    }
}

impl<'a> Workspace<'a> {
    /// The calls that are known to be of a function, in order of place.
    pub fn callers(&self, of: FnId) -> Vec<(FnId, ExprId)> {
        let is_of = |&(function, call): &(FnId, ExprId)| {
            self.typed(function).is_some_and(
                |typed| matches!(typed.types.callee(call), Callee::Function(callee) if *callee == of),
            )
        };
        self.calls_named_as(of).filter(is_of).collect()
    }

    /// Whether a call somewhere may be of a function without it being certain.
    pub fn may_be_called_elsewhere(&self, of: FnId) -> bool {
        self.calls_named_as(of).any(|(function, call)| {
            self.typed(function).is_some_and(|typed| match typed.types.callee(call) {
                Callee::OneOf(candidates) | Callee::UnknownMethod(candidates) => candidates.contains(&of),
                Callee::Function(_)
                | Callee::External(_)
                | Callee::Constructor
                | Callee::Value
                | Callee::Unknown => false,
            })
        })
    }

    /// How many arguments of a call stand before those that become the parameters of the function it calls:
    /// `Type::method(receiver, argument)` counts the receiver among them.
    pub fn arguments_before_params(&self, typed: Typed<'_>, call: ExprId, callee: FnId) -> usize {
        let is_path_call = matches!(typed.body.kind(call), ExprKind::Call { .. });
        usize::from(is_path_call && self.function(callee).hir.receiver.is_some())
    }

    /// The last name of what a call calls.
    pub fn called_name(&self, function: FnId, call: ExprId) -> Option<Name> {
        called_name(self.typed(function)?, call)
    }
}
