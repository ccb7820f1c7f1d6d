//! What a panic does: whether it ends the process, or only the task or thread that it comes up in.

use super::{Model, workers};
use crate::hir::{ExprId, ExprKind};
use crate::knowledge::panic_hooks::{self, HookKind, panic_hook, that_install};
use crate::semantics::{Callee, FnId, Reach, Sureness, Typed, Workspace};

/// A program, and what a panic does to it.
#[derive(Debug)]
pub(super) struct Program {
    may_run: Reach,
    ends_with_panic: bool,
}

/// The programs of the workspace, if any of them installs a hook that ends the process.
pub(super) fn programs_with_hooks(model: &Model<'_>) -> Vec<Program> {
    let workspace = model.workspace;
    let candidates = workspace.functions_naming_library(that_install());
    let hooked: Vec<FnId> = candidates.iter().filter(|&id| installs_end(workspace, id)).collect();
    if hooked.is_empty() {
        return Vec::new();
    }
    let mains = workspace
        .function_ids()
        .filter(|&id| workers::is_main(workspace, id) && !model.is_for_developers(id));
    let program = |main: FnId| {
        let certain = workspace.reach(main, Sureness::Known);
        Program {
            may_run: workspace.reach(main, Sureness::Perhaps),
            ends_with_panic: hooked.iter().any(|&id| certain.contains(id)),
        }
    };
    mains.map(program).collect()
}

/// Whether a panic in a function ends every process that may run it, loudly: where it aborts, or where `main` installs a hook
/// that exits.
pub(super) fn panic_ends_process(model: &Model<'_>, function: FnId) -> bool {
    let workspace = model.workspace;
    let krate = workspace.krate(workspace.crate_of(workspace.function(function).scope));
    if krate.build.aborts_on_panic {
        return true;
    }
    let mut programs = model.programs().iter().filter(|it| it.may_run.contains(function)).peekable();
    programs.peek().is_some() && programs.all(|it| it.ends_with_panic)
}

/// Whether a function installs a hook that ends the process.
fn installs_end(workspace: &Workspace<'_>, function: FnId) -> bool {
    let Some(typed) = workspace.typed(function).filter(|_| !workspace.is_test(function)) else {
        return false;
    };
    typed.body.calls().any(|call| match (typed.types.callee(call), typed.body.kind(call)) {
        (Callee::External(path), ExprKind::Call { args, .. }) => {
            panic_hook(path).is_some_and(|row| row.kind == HookKind::Installs)
                && args.iter().any(|&hook| ends_process(workspace, function, typed, hook))
        }
        _ => false,
    })
}

/// Whether a closure or function that is given as a hook ends the process, itself or in a function it calls.
fn ends_process(workspace: &Workspace<'_>, function: FnId, typed: Typed<'_>, hook: ExprId) -> bool {
    let hook = match typed.body.kind(hook) {
        ExprKind::Local(local) => typed.body.plain_init(*local).unwrap_or(hook),
        _ => hook,
    };
    let ends = |typed: Typed<'_>, part: ExprId| {
        typed.body.descendants(part).any(|id| match typed.types.callee(id) {
            Callee::External(path) => panic_hooks::ends_process(path),
            _ => false,
        })
    };
    ends(typed, hook)
        || workspace
            .edges(function)
            .iter()
            .filter(|edge| typed.is_inside(edge.at, hook))
            .any(|edge| workspace.typed(edge.to).is_some_and(|inner| ends(inner, inner.body.root)))
}
