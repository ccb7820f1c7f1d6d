//! Who calls a function.

use std::sync::OnceLock;

use rustc_hash::FxHashSet;

use super::failure::called_name;
use super::{Callee, FnId, Function, Workspace};
use crate::hir::{Body, ExprId, ExprKind, Name};

/// The calls that may be of a function, each function's collected when they are first asked for.
#[derive(Debug, Default)]
pub(super) struct CallSites {
    of: Vec<OnceLock<Vec<(FnId, ExprId)>>>,
    /// Every name that some function of the workspace has.
    names: FxHashSet<Name>,
}

impl CallSites {
    pub fn of(functions: &[Function<'_>]) -> Self {
        Self {
            of: functions.iter().map(|_| OnceLock::new()).collect(),
            names: functions.iter().map(|function| function.hir.name).collect(),
        }
    }

    pub fn is_declared(&self, name: Name) -> bool {
        self.names.contains(&name)
    }
}

impl Workspace<'_> {
    /// The calls of something with the name of a function, and as many arguments, where that may be called; in order of
    /// function and place.
    fn calls_named_as(&self, of: FnId) -> &[(FnId, ExprId)] {
        self.calls.of[of.index()].get_or_init(|| {
            let hir = self.function(of).hir;
            let arguments = (hir.params.len(), hir.params.len() + usize::from(hir.receiver.is_some()));
            let may_be_of = |body: &Body, call: ExprId| {
                last_name(body, call) == Some(hir.name)
                    && match body.kind(call) {
                        ExprKind::MethodCall { args, .. } => args.len() == arguments.0,
                        ExprKind::Call { args, .. } => args.len() == arguments.1,
                        _ => false,
                    }
            };
            let mut calls = Vec::new();
            for function in self.functions_calling(of).iter() {
                let Some(body) = self.body(function) else { continue };
                let named = body.calls().filter(|&call| may_be_of(body, call));
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
        let all = self.calls_named_as(of);
        let is_of = |&(function, call): &(FnId, ExprId)| {
            self.typed(function).is_some_and(
                |typed| matches!(typed.types.callee(call), Callee::Function(callee) if *callee == of),
            )
        };
        all.iter().copied().filter(is_of).collect()
    }

    /// Whether a call somewhere may be of a function without it being certain.
    pub fn may_be_called_elsewhere(&self, of: FnId) -> bool {
        let all = self.calls_named_as(of);
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
