//! What the arms of a `select!` in a loop do to the futures they wait for: which arm is skipped for ever once its channel
//! is closed, and which loses what it has half read when another arm is taken.

use crate::hir::{ExprId, ExprKind, Loop, LoopKind, PatKind, Select, SelectArm};
use crate::knowledge::cancel::{self, Loss};
use crate::knowledge::streams::{self, Meaning};
use crate::semantics::{Callee, FnId, Ty, Typed, Workspace, head};
use crate::source::Span;

/// An arm of a `select!` in a loop that nobody leaves: once its channel is closed, it is skipped for ever.
#[derive(Clone, Debug)]
pub struct DeafArm {
    pub function: FnId,
    /// The pattern that does not take the end.
    pub pattern: Span,
    /// The call that receives.
    pub receive: Span,
    /// The whole future, for a suggestion.
    pub future: Span,
    /// The `else` that can never run, because another arm takes whatever comes.
    pub dead_else: Option<Span>,
    pub looped: Span,
}

/// A `select!` in a loop that drops the future of an arm half done when another arm is taken.
#[derive(Clone, Debug)]
pub struct TornSelect {
    pub function: FnId,
    /// The macro.
    pub span: Span,
    /// The calls in its arms; for one of the workspace, also the call inside that it is about.
    pub calls: Vec<(Span, Option<Span>)>,
    /// The future of an arm after which the loop goes on.
    pub other: Span,
}

fn selects_in_loops(typed: Typed<'_>) -> impl Iterator<Item = (ExprId, &Select, ExprId)> {
    typed.body.expr_ids().filter_map(move |id| match typed.body.kind(id) {
        ExprKind::Select(select) => {
            let looped = typed.loops_around(id).next()?;
            let turns = matches!(
                typed.body.kind(looped),
                ExprKind::Loop(Loop { kind: LoopKind::Loop | LoopKind::While(_), .. })
            );
            turns.then_some((id, &**select, looped))
        }
        _ => None,
    })
}

fn has_select(body: &crate::hir::Body) -> bool {
    body.expr_ids().any(|id| matches!(body.kind(id), ExprKind::Select(_)))
}

/// The arms of a function that are skipped for ever once their channel is closed.
pub(super) fn deaf_arms(workspace: &Workspace<'_>, function: FnId) -> Vec<DeafArm> {
    let Some(typed) = workspace.typed_if(function, has_select) else { return Vec::new() };
    let mut found = Vec::new();
    for (_, select, looped) in selects_in_loops(typed) {
        let ExprKind::Loop(it) = typed.body.kind(looped) else { continue };
        let always_taken = select.arms.iter().any(|arm| arm.guard.is_none() && typed.is_irrefutable(arm.pat));
        if !typed.is_unconditional(it) || (select.otherwise.is_some() && !always_taken) {
            continue;
        }
        let mut deaf = select.arms.iter().filter(|arm| is_deaf(typed, arm)).peekable();
        if deaf.peek().is_none() || has_way_out(typed, looped, select.otherwise) {
            continue;
        }
        found.extend(deaf.map(|arm| DeafArm {
            function,
            pattern: workspace.span(function, typed.body.pat(arm.pat).range),
            receive: workspace.span(function, head(typed.body, arm.future)),
            future: workspace.span(function, typed.range(arm.future)),
            dead_else: select.otherwise.map(|id| workspace.span(function, typed.range(id))),
            looped: workspace.span(function, head(typed.body, looped)),
        }));
    }
    found
}

/// `Some(x) = receiver.recv()`, where None is the end.
fn is_deaf(typed: Typed<'_>, arm: &SelectArm) -> bool {
    let variant = match &typed.body.pat(arm.pat).kind {
        PatKind::TupleStruct { path, .. } => path.last().name,
        _ => return false,
    };
    let ExprKind::MethodCall { receiver, .. } = typed.body.kind(arm.future) else { return false };
    let called = typed.types.external(arm.future).and_then(|name| streams::source(&name));
    let source = called.or_else(|| match typed.types.of(*receiver) {
        Ty::External(path, _) => streams::source(path),
        _ => None,
    });
    source.is_some_and(|source| {
        let meaning = match variant.as_str() {
            "Some" => source.on_none,
            "Ok" => source.on_err,
            _ => return false,
        };
        matches!(meaning, Meaning::End | Meaning::Lost | Meaning::Either)
    })
}

/// Whether a loop is left anywhere but in an `else` that cannot run.
fn has_way_out(typed: Typed<'_>, looped: ExprId, dead: Option<ExprId>) -> bool {
    typed.body.descendants_here(looped).any(|id| {
        let leaves = match typed.body.kind(id) {
            ExprKind::Return(_) => true,
            ExprKind::Break { label, .. } => {
                typed.body.target_of_jump(id, *label).is_none_or(|target| typed.is_inside(looped, target))
            }
            _ => false,
        };
        leaves && !dead.is_some_and(|dead| typed.is_inside(id, dead))
    })
}

/// The `select!`s of a function that drop a future half done.
pub(super) fn torn_selects(workspace: &Workspace<'_>, function: FnId) -> Vec<TornSelect> {
    let Some(typed) = workspace.typed_if(function, has_select) else { return Vec::new() };
    let mut found = Vec::new();
    for (id, select, looped) in selects_in_loops(typed) {
        // Where every other arm leaves the loop, nobody comes back for the rest.
        let going_on: Vec<&SelectArm> =
            select.arms.iter().filter(|arm| typed.leaving(arm.handler).is_none()).take(2).collect();
        let mut calls = Vec::new();
        let mut other = None;
        for arm in &select.arms {
            let Some(after) = going_on.iter().find(|it| it.future != arm.future) else { continue };
            let Some((call, inner)) = half_done(workspace, typed, arm.future, looped) else { continue };
            calls.push((workspace.span(function, head(typed.body, call)), inner));
            other = other.or(Some(workspace.span(function, typed.range(after.future))));
        }
        let Some(other) = other else { continue };
        found.push(TornSelect {
            function,
            span: workspace.span(function, head(typed.body, id)),
            calls,
            other,
        });
    }
    found
}

/// The call in a future that keeps what it has half done in itself.
fn half_done(
    workspace: &Workspace<'_>,
    typed: Typed<'_>,
    future: ExprId,
    looped: ExprId,
) -> Option<(ExprId, Option<Span>)> {
    typed.body.descendants(future).find_map(|id| match typed.types.callee(id) {
        Callee::Function(callee) => Some((id, Some(half_done_inside(workspace, *callee, DEPTH)?))),
        _ => {
            let loss = loss_of(typed, id)?;
            let is_kept = loss == Loss::UnlessBufferIsKept && !clears_buffer(typed, id, looped);
            (!is_kept).then_some((id, None))
        }
    })
}

/// How many calls deep it is looked for.
const DEPTH: u32 = 2;

/// The call inside a function that does so, on something that the caller keeps.
fn half_done_inside(workspace: &Workspace<'_>, function: FnId, depth: u32) -> Option<Span> {
    if !workspace.is_async(function) {
        return None;
    }
    let typed = workspace.typed(function)?;
    typed.body.descendants_here(typed.body.root).find_map(|id| match typed.types.callee(id) {
        Callee::Function(callee) if depth > 0 && *callee != function => {
            let is_awaited =
                matches!(typed.body.parent(id).map(|id| typed.body.kind(id)), Some(ExprKind::Await(_)));
            is_awaited.then(|| half_done_inside(workspace, *callee, depth - 1)).flatten()
        }
        _ => {
            let loss = loss_of(typed, id)?;
            let ExprKind::MethodCall { receiver, .. } = typed.body.kind(id) else { return None };
            let outlives = loss == Loss::Always && is_of_caller(typed, *receiver);
            outlives.then(|| workspace.span(function, head(typed.body, id)))
        }
    })
}

/// What is lost when a call of a library is dropped half done.
fn loss_of(typed: Typed<'_>, call: ExprId) -> Option<Loss> {
    let ExprKind::MethodCall { name, .. } = typed.body.kind(call) else { return None };
    match typed.types.callee(call) {
        Callee::External(_) => cancel::loss(name),
        Callee::UnknownMethod(candidates) if candidates.is_empty() => cancel::loss(name),
        _ => None,
    }
}

/// `self.stream`, or a parameter.
fn is_of_caller(typed: Typed<'_>, receiver: ExprId) -> bool {
    match typed.body.kind(receiver) {
        ExprKind::Receiver => true,
        ExprKind::Field { base, .. } => is_of_caller(typed, *base),
        ExprKind::Ref { inner, .. } | ExprKind::Deref(inner) => is_of_caller(typed, *inner),
        ExprKind::Local(local) => {
            let (pat, site) = typed.body.outer_pat_site(typed.body.local(*local).pat);
            pat == typed.body.local(*local).pat && matches!(site, crate::hir::PatSite::Param(_))
        }
        _ => false,
    }
}

/// Whether the buffer that a call reads into is made or cleared anew on each turn of the loop.
fn clears_buffer(typed: Typed<'_>, call: ExprId, looped: ExprId) -> bool {
    let body = typed.body;
    let ExprKind::MethodCall { args, .. } = body.kind(call) else { return false };
    args.iter().any(|&arg| {
        let buffer = match body.kind(arg) {
            ExprKind::Ref { inner, .. } => body.kind(*inner),
            other => other,
        };
        let ExprKind::Local(buffer) = buffer else { return false };
        let is_made_inside = typed.range(looped).contains(body.local(*buffer).range);
        let is_cleared = body.uses_of(*buffer).any(|at| {
            let before = typed.range(looped).contains(typed.range(at))
                && typed.range(at).end <= typed.range(call).start;
            let clears = matches!(
                body.parent(at).map(|id| body.kind(id)),
                Some(ExprKind::MethodCall { name, .. }) if *name == "clear"
            );
            before && clears
        });
        is_made_inside || is_cleared
    })
}
