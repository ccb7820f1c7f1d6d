//! Loops that read from a connection which can go silent without being lost, and never notice.
//!
//! A peer that is cut off, or hangs, sends no end and no error: the next value never comes. Something has to bound the wait,
//! to ask the peer from time to time, or to look how long ago the last value came.

use crate::hir::{Body, ExprId, ExprKind, PatId, PatKind};
use crate::knowledge::silence::{self, names_liveness, silent};
use crate::knowledge::timeouts::names_timeout;
use crate::knowledge::{delays, methods};
use crate::model::Model;
use crate::model::subscriptions::{made_by, source_of};
use crate::semantics::{FnId, Ty, Typed, Workspace, called_name, head};
use crate::source::Span;

/// A loop that would wait for ever for a peer that is gone without a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SilentRead {
    /// The call that waits for the next value.
    pub read: Span,
    pub looped: Span,
    /// Where a limit of time runs out and nothing is done about it; None where there is no limit.
    pub ignored: Option<Span>,
}

/// Such loops of functions of one file, in order of place.
pub(super) fn silent_reads(model: &Model<'_>, functions: impl Iterator<Item = FnId>) -> Vec<SilentRead> {
    let workspace = model.workspace;
    let mut found = Vec::new();
    for function in functions {
        let is_out = workspace.function(function).is_test
            || model.is_for_developers(function)
            || model.lies_among_commands(function);
        if is_out {
            continue;
        }
        let Some(typed) = workspace.typed_if(function, Body::has_loop) else { continue };
        let place = Place { workspace, function, typed };
        let mut reads = typed.body.calls().filter_map(|call| place.silent_read(call)).peekable();
        // Few functions have any, and these answers take a look at much of the program.
        if reads.peek().is_none() || workspace.is_for_one_peer(function) || model.is_of_command(function) {
            continue;
        }
        found.extend(reads);
    }
    found.sort_by_key(|it: &SilentRead| it.read);
    // One loop, one finding.
    found.dedup_by_key(|it| it.looped);
    // The other half of the connection may be looked after next door.
    let file = found.first().map(|it| it.read.file);
    let neighbours = file.map_or(&[][..], |file| workspace.functions_in(file));
    if neighbours.iter().any(|&it| looks_after_peer(workspace, it)) {
        found.clear();
    }
    found
}

#[derive(Clone, Copy)]
struct Place<'w, 'a> {
    workspace: &'w Workspace<'a>,
    function: FnId,
    typed: Typed<'w>,
}

impl Place<'_, '_> {
    fn silent_read(&self, call: ExprId) -> Option<SilentRead> {
        let (typed, body) = (self.typed, self.typed.body);
        let (receiver, row) = self.silent_client(call)?;
        // What waits until one thing has come has somebody who waits for it.
        let looped = typed.loops_around(call).next().filter(|&it| !typed.waits_for_an_answer(it))?;
        let is_bounded = self.workspace.names_anywhere(row.unless)
            || self.is_served(receiver, row)
            || self.is_raced_with_timer(call, looped);
        if is_bounded {
            return None;
        }
        let ignored = match self.limited(call, looped) {
            Some(limited) => Some(self.ignored_expiry(limited)?),
            None => None,
        };
        let span = |id: ExprId| self.workspace.span(self.function, head(body, id));
        Some(SilentRead {
            read: span(call),
            looped: span(looped),
            ignored: ignored.map(|pat| self.workspace.span(self.function, body.pat(pat).range)),
        })
    }

    /// What a call reads from, where it reads from a client that is silent about a peer that is.
    fn silent_client(&self, call: ExprId) -> Option<(ExprId, &'static silence::Silent)> {
        let ExprKind::MethodCall { receiver, name, .. } = self.typed.body.kind(call) else { return None };
        if !methods::is_receive(name) && *name != "message" {
            return None;
        }
        let row = match source_of(self.workspace, self.typed, call) {
            Some(source) => silent(source.client)?,
            None => self.silent_subscription(*receiver)?,
        };
        Some((*receiver, row))
    }

    /// A channel that a client fills: it comes with the subscription.
    fn silent_subscription(&self, receiver: ExprId) -> Option<&'static silence::Silent> {
        let made = made_by(self.workspace, self.typed, receiver)?;
        silence::silent_subscription(&self.typed.types.external(made)?)
    }

    /// Whether the peer came to us: it is for the peer to keep the connection alive.
    fn is_served(&self, receiver: ExprId, row: &silence::Silent) -> bool {
        let Some((both, dialled)) = row.sides else { return false };
        let dials = || {
            let mut calls = self.typed.body.calls();
            calls.any(|call| called_name(self.typed, call).is_some_and(|name| methods::names_dial(&name)))
        };
        let ty = self.typed.types.of(receiver);
        holds(ty, both) && !holds(ty, &[dialled]) && !dials()
    }

    /// Whether a timer beats beside the read, or the peer is asked.
    fn is_raced_with_timer(&self, call: ExprId, looped: ExprId) -> bool {
        let body = self.typed.body;
        let around = body.ancestors(call).take_while(|&outer| outer != looped);
        around.into_iter().any(|outer| match body.kind(outer) {
            ExprKind::Select(select) => select.arms.iter().any(|arm| {
                !self.typed.is_inside(call, arm.future)
                    && body.descendants_here(arm.future).any(|id| match body.kind(id) {
                        ExprKind::Call { .. } | ExprKind::MethodCall { .. } => {
                            called_name(self.typed, id).is_some_and(|name| delays::is_delay_name(&name))
                        }
                        _ => false,
                    })
            }),
            _ => false,
        })
    }

    /// The value that is given within a limit of time: `timeout(limit, stream.next()).await`, `receiver.recv_timeout(limit)`.
    fn limited(&self, call: ExprId, looped: ExprId) -> Option<ExprId> {
        let body = self.typed.body;
        let has_limit = |id: ExprId| called_name(self.typed, id).is_some_and(|name| names_timeout(&name));
        let around = body.ancestors(call).take_while(|&outer| outer != looped);
        let limited = std::iter::once(call).chain(around).find(|&id| {
            matches!(body.kind(id), ExprKind::Call { .. } | ExprKind::MethodCall { .. }) && has_limit(id)
        })?;
        Some(match body.parent(limited) {
            Some(outer) if matches!(body.kind(outer), ExprKind::Await(_)) => outer,
            _ => limited,
        })
    }

    /// The pattern for the limit that has run out, where its arm does nothing.
    fn ignored_expiry(&self, limited: ExprId) -> Option<PatId> {
        let (typed, body) = (self.typed, self.typed.body);
        let ExprKind::Match { scrutinee, arms } = body.kind(body.parent(limited)?) else { return None };
        let names_expiry = |pat: PatId| match &body.pat(pat).kind {
            PatKind::Path(path) => names_timeout(&path.last().name) || path.last().name == "Elapsed",
            PatKind::Wild | PatKind::Bind { .. } => true,
            _ => false,
        };
        let arm = arms.iter().find(|arm| match &body.pat(arm.pat).kind {
            PatKind::TupleStruct { path, fields } => {
                path.last().name == "Err" && matches!(fields[..], [only] if names_expiry(only))
            }
            _ => false,
        })?;
        let acts = body.descendants_here(arm.body).any(|id| {
            matches!(
                body.kind(id),
                ExprKind::Call { .. }
                    | ExprKind::MethodCall { .. }
                    | ExprKind::Assign { .. }
                    | ExprKind::Break { .. }
                    | ExprKind::Return(_)
                    | ExprKind::Try(_)
                    | ExprKind::Macro(_)
            )
        });
        (*scrutinee == limited && !acts && !typed.never_completes(arm.body)).then_some(arm.pat)
    }
}

/// The clients that the loops of a function read from: for tests of the tables.
#[cfg(test)]
pub(super) fn known_in(workspace: &Workspace<'_>, function: FnId) -> Vec<(Span, &'static str)> {
    let Some(typed) = workspace.typed(function) else { return Vec::new() };
    let place = Place { workspace, function, typed };
    let calls = typed.body.calls().filter(|&call| typed.is_in_loop(call));
    let known = calls.filter_map(|call| {
        let (_, row) = place.silent_client(call)?;
        Some((workspace.span(function, head(typed.body, call)), row.client))
    });
    known.collect()
}

/// Whether a type is one of a library's, or is made of one.
fn holds(ty: &Ty, paths: &[&str]) -> bool {
    match ty {
        Ty::External(path, args) => {
            paths.contains(&path.as_str()) || args.iter().any(|arg| holds(arg, paths))
        }
        _ => false,
    }
}

/// Whether a function does something about a peer that is silent: it pings, counts the time, has a limit by name.
fn looks_after_peer(workspace: &Workspace<'_>, function: FnId) -> bool {
    let Some(body) = workspace.body(function) else { return false };
    names_liveness(&workspace.function(function).hir.name)
        || body.expr_ids().any(|id| match body.kind(id) {
            ExprKind::Local(local) => names_liveness(&body.local(*local).name),
            ExprKind::Field { name, .. } | ExprKind::MethodCall { name, .. } => names_liveness(name),
            ExprKind::Path(path) => path.segments.iter().any(|segment| names_liveness(&segment.name)),
            _ => false,
        })
}
