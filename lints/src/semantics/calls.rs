//! Who calls a function.

use rustc_hash::FxHashMap;

use super::failure::called_name;
use super::{Callee, FnId, Workspace};
use crate::hir::{ExprId, ExprKind, Name};

/// Every call of the workspace, by the last name of what it calls.
#[derive(Debug, Default)]
pub(super) struct CallSites {
    by_name: FxHashMap<Name, Vec<(FnId, ExprId)>>,
}

impl CallSites {
    /// Collects the calls whose name some function of the workspace has.
    pub fn collect(workspace: &Workspace<'_>) -> Self {
        let mut sites = CallSites::default();
        for function in workspace.function_ids() {
            let Some(body) = workspace.body(function) else { continue };
            for id in body.calls() {
                let name = match body.kind(id) {
                    ExprKind::MethodCall { name, .. } => *name,
                    ExprKind::Call { callee, .. } => match body.kind(*callee) {
                        ExprKind::Path(path) => path.last().name,
                        _ => continue,
                    },
                    _ => continue,
                };
                if workspace.declares_function(name) {
                    sites.by_name.entry(name).or_default().push((function, id));
                }
            }
        }
        sites
    }
}

impl<'a> Workspace<'a> {
    /// The calls that are known to be of a function, in order of place.
    pub fn callers(&self, of: FnId) -> Vec<(FnId, ExprId)> {
        let all = self.calls.by_name.get(&self.function(of).hir.name).map_or(&[][..], Vec::as_slice);
        let is_of = |&(function, call): &(FnId, ExprId)| {
            self.typed(function).is_some_and(
                |typed| matches!(typed.types.callee(call), Callee::Function(callee) if *callee == of),
            )
        };
        all.iter().copied().filter(is_of).collect()
    }

    /// Whether a call somewhere may be of a function without it being certain.
    pub fn may_be_called_elsewhere(&self, of: FnId) -> bool {
        let all = self.calls.by_name.get(&self.function(of).hir.name).map_or(&[][..], Vec::as_slice);
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
