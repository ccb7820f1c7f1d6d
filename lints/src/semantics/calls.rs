//! Who calls a function.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use super::failure::called_name;
use super::{Callee, FnId, Function, Workspace};
use crate::hir::{Body, ExprId, ExprKind, Name};
use crate::source::words::Word;

/// The calls of the workspace, by the last name of what they call, each collected when it is first asked for.
#[derive(Debug, Default)]
pub(super) struct CallSites {
    /// Every name that some function of the workspace has.
    by_name: FxHashMap<Name, OnceLock<Vec<(FnId, ExprId)>>>,
}

impl CallSites {
    pub fn of(functions: &[Function<'_>]) -> Self {
        Self { by_name: functions.iter().map(|function| (function.hir.name, OnceLock::new())).collect() }
    }

    pub fn is_declared(&self, name: Name) -> bool {
        self.by_name.contains_key(&name)
    }
}

impl Workspace<'_> {
    /// The calls of something with this name, in order of function and place.
    fn calls_named(&self, name: Name) -> &[(FnId, ExprId)] {
        let Some(calls) = self.calls.by_name.get(&name) else { return &[] };
        calls.get_or_init(|| {
            let mut calls = Vec::new();
            for function in self.functions_mentioning([Word::of(&name)]) {
                let Some(body) = self.body(function) else { continue };
                let named = body.calls().filter(|&call| last_name(body, call) == Some(name));
                calls.extend(named.map(|call| (function, call)));
            }
            calls
        })
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
        let all = self.calls_named(self.function(of).hir.name);
        let is_of = |&(function, call): &(FnId, ExprId)| {
            self.typed(function).is_some_and(
                |typed| matches!(typed.types.callee(call), Callee::Function(callee) if *callee == of),
            )
        };
        all.iter().copied().filter(is_of).collect()
    }

    /// Whether a call somewhere may be of a function without it being certain.
    pub fn may_be_called_elsewhere(&self, of: FnId) -> bool {
        let all = self.calls_named(self.function(of).hir.name);
        all.iter().any(|&(function, call)| {
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

    /// The last name of what a call calls.
    pub fn called_name(&self, function: FnId, call: ExprId) -> Option<Name> {
        called_name(self.typed(function)?, call)
    }
}
