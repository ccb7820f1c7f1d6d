//! Waits for other machines that nothing bounds, at the places where one silent machine stops the service: in the answer to a
//! probe, at start-up, and in the handshake with a peer that has connected.
//!
//! A call is known to wait by a row of knowledge, or because it runs a function of the workspace that does. Whatever is called
//! something with "timeout", on the way to the wait or around it, is believed to bound it, and so is a `select!`.

use rustc_hash::{FxHashMap, FxHashSet};

use super::process::Service;
use super::workers;
use crate::hir::{Body, ExprId, ExprKind, Literal};
use crate::knowledge::timeouts::{
    HANDLER_TAKERS, UNBOUNDED, Unbounded, WaitsFor, attribute_of_handler, names_probe, names_timeout,
    takes_handler, unbounded,
};
use crate::knowledge::transparent::wrapper;
use crate::semantics::{Callee, Def, FnId, FunctionSet, Owner, Typed, Workspace, called_name, head};
use crate::source::{Span, TextRange};

/// A wait that may never end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnboundedWait {
    /// The call that is awaited.
    pub span: Span,
    pub phase: Phase,
    /// The call into a library that waits, where it is in a function further down.
    pub origin: Option<Span>,
    /// Further such waits of the same function.
    pub others: Vec<Span>,
}

/// What stands still while it waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// The answer to a health or readiness probe.
    Probe,
    /// The start of the service.
    StartUp,
    /// A task, or the loop that accepts connections, held by a peer that says nothing.
    Handshake,
}

/// How many calls deep a wait is looked for.
const DEPTH: u32 = 3;

/// All such waits of the program, in order of place.
pub(super) fn unbounded_waits(workspace: &Workspace<'_>, services: &[Service]) -> Vec<UnboundedWait> {
    let mut waits = Waits { workspace, bounded: bounded_rows(workspace), of_functions: FxHashMap::default() };
    let mut found = Vec::new();
    let handshakes = UNBOUNDED.iter().filter(|row| row.waits_for == WaitsFor::Handshake);
    let shaking = workspace.functions_naming_library(handshakes.flat_map(|row| row.paths).copied());
    let probes = probes(workspace);
    for function in workspace.function_ids().filter(|&id| !workspace.function(id).is_test) {
        if shaking.contains(function) {
            let handshakes = waits.handshakes(function);
            found.extend(waits.report(function, Phase::Handshake, handshakes));
        }
        if probes.contains(function) {
            let asked = waits.of_run(function, workspace.body(function).map(|body| body.root), DEPTH);
            found.extend(waits.report(function, Phase::Probe, asked));
        } else {
            for arm in probe_arms(workspace, function) {
                let asked = waits.of_run(function, Some(arm), DEPTH);
                found.extend(waits.report(function, Phase::Probe, asked));
            }
        }
    }
    let mut seen = FxHashSet::default();
    for service in services {
        waits.of_process(service.main, &mut seen, &mut found);
    }
    found.sort_by_key(|wait| (wait.span, wait.phase));
    found.dedup_by_key(|wait| wait.span);
    found
}

/// The rows whose bound is set somewhere in the program, by the first of their paths: which client is whose is not followed.
fn bounded_rows(workspace: &Workspace<'_>) -> FxHashSet<&'static str> {
    let bounds: FxHashMap<&str, &'static Unbounded> =
        UNBOUNDED.iter().flat_map(|row| row.unless.iter().map(move |&path| (path, row))).collect();
    let mut bounded = FxHashSet::default();
    for function in workspace.functions_that_may_call(bounds.keys().copied()).iter() {
        let Some(typed) = workspace.typed(function) else { continue };
        let set = typed.body.calls().filter_map(|call| typed.types.external(call));
        bounded.extend(set.filter_map(|path| bounds.get(path.as_str())).map(|row| row.paths[0]));
    }
    bounded
}

/// A wait of a function itself: where it awaits, and what it waits for there.
#[derive(Clone, Copy, Debug)]
struct Wait {
    function: FnId,
    call: ExprId,
    waits_for: WaitsFor,
    /// Where the library is called.
    origin: (FnId, ExprId),
}

struct Waits<'w, 'a> {
    workspace: &'w Workspace<'a>,
    bounded: FxHashSet<&'static str>,
    /// The first wait of each function, by how many calls are followed.
    of_functions: FxHashMap<(FnId, u32), Option<Wait>>,
}

impl Waits<'_, '_> {
    /// The waits of a run of a function.
    fn of_run(&mut self, function: FnId, run: Option<ExprId>, depth: u32) -> Vec<Wait> {
        let Some((typed, run)) = self.workspace.typed(function).zip(run) else { return Vec::new() };
        let awaited = typed.evaluated(run).into_iter().filter_map(|id| match typed.body.kind(id) {
            ExprKind::Await(inner) if !is_bounded(typed, id) => Some(*inner),
            _ => None,
        });
        awaited
            .collect::<Vec<_>>()
            .into_iter()
            .filter_map(|id| self.of_awaited(function, typed, id, depth))
            .collect()
    }

    /// What an awaited expression waits for, its wrappers taken off.
    fn of_awaited(&mut self, function: FnId, typed: Typed<'_>, future: ExprId, depth: u32) -> Option<Wait> {
        let mut call = future;
        while !called_name(typed, call).is_some_and(|name| names_timeout(&name)) {
            match typed.types.callee(call) {
                Callee::External(path) => match (unbounded(path), wrapper(path)) {
                    (Some(row), _) if self.bounded.contains(row.paths[0]) || has_timeout(typed, call) => {
                        return None;
                    }
                    (Some(row), _) => {
                        let origin = (function, call);
                        return Some(Wait { function, call, waits_for: row.waits_for, origin });
                    }
                    (None, Some(row)) => call = self.workspace.wrapped_future(typed, call, row)?,
                    (None, None) => return None,
                },
                &Callee::Function(callee) if depth > 0 => {
                    let inner = self.of_function(callee, depth - 1)?;
                    return Some(Wait { function, call, ..inner });
                }
                _ => return None,
            }
        }
        None
    }

    /// The first wait of a function.
    fn of_function(&mut self, function: FnId, depth: u32) -> Option<Wait> {
        if let Some(&known) = self.of_functions.get(&(function, depth)) {
            return known;
        }
        let root = self.workspace.body(function).map(|body| body.root);
        let first = self.of_run(function, root, depth).into_iter().next();
        self.of_functions.insert((function, depth), first);
        first
    }

    /// The handshakes that a function waits for itself, whichever of its runs does.
    fn handshakes(&mut self, function: FnId) -> Vec<Wait> {
        let Some(typed) = self.workspace.typed(function) else { return Vec::new() };
        let awaited = typed.body.expr_ids().filter_map(|id| match typed.body.kind(id) {
            ExprKind::Await(inner) if !is_bounded(typed, id) => Some(*inner),
            _ => None,
        });
        let waits =
            awaited.collect::<Vec<_>>().into_iter().filter_map(|id| self.of_awaited(function, typed, id, 0));
        let mut waits: Vec<Wait> = waits.filter(|wait| wait.waits_for == WaitsFor::Handshake).collect();
        if !waits.is_empty() && self.is_bounded_by_callers(function) {
            waits.clear();
        }
        waits
    }

    /// Whether some caller, a few calls up, gives the function a limit of time.
    fn is_bounded_by_callers(&self, function: FnId) -> bool {
        let mut seen = FxHashSet::from_iter([function]);
        let mut open = vec![function];
        for _ in 0..DEPTH {
            let mut outer = Vec::new();
            for &(caller, at) in open.iter().flat_map(|&it| self.workspace.places_that_name(it)) {
                if self.workspace.typed(caller).is_some_and(|typed| is_bounded(typed, at)) {
                    return true;
                }
                outer.extend(Some(caller).filter(|&caller| seen.insert(caller)));
            }
            open = outer;
        }
        false
    }

    /// The waits of a function that the process lives in: those before what it serves with, and the connections that it makes
    /// itself at any time.
    fn of_process(&mut self, function: FnId, seen: &mut FxHashSet<FnId>, found: &mut Vec<UnboundedWait>) {
        let Some(typed) = self.workspace.typed(function).filter(|_| seen.insert(function)) else { return };
        let Some(life) = self.workspace.mission_of(function).map(|life| life.at) else { return };
        let starts = typed.range(life).start;
        let waits = self.of_own_runs(function, typed).into_iter();
        let waits = waits.filter(|wait| {
            typed.range(wait.call).end <= starts
                || wait.origin == (function, wait.call) && wait.waits_for == WaitsFor::Connection
        });
        self.start_up(function, typed, waits.collect(), seen, found);
        // What it lives in has a start of its own.
        if let &Callee::Function(callee) = typed.types.callee(life)
            && self.workspace.runs_here(typed, life, callee)
        {
            self.of_process(callee, seen, found);
        }
    }

    fn of_own_runs(&mut self, function: FnId, typed: Typed<'_>) -> Vec<Wait> {
        let runs = workers::own_runs(typed).into_iter();
        runs.flat_map(|run| self.of_run(function, Some(run), DEPTH)).collect()
    }

    /// Reports waits of the start at the last place that belongs to the start alone.
    fn start_up(
        &mut self,
        function: FnId,
        typed: Typed<'_>,
        waits: Vec<Wait>,
        seen: &mut FxHashSet<FnId>,
        found: &mut Vec<UnboundedWait>,
    ) {
        let mut own = Vec::new();
        for wait in waits.into_iter().filter(|wait| wait.waits_for != WaitsFor::Handshake) {
            match typed.types.callee(wait.call) {
                &Callee::Function(callee) if self.workspace.places_that_name(callee).len() == 1 => {
                    if let Some(typed) = self.workspace.typed(callee).filter(|_| seen.insert(callee)) {
                        let inner = self.of_own_runs(callee, typed);
                        self.start_up(callee, typed, inner, seen, found);
                    }
                }
                _ => own.push(wait),
            }
        }
        found.extend(self.report(function, Phase::StartUp, own));
    }

    /// One finding for the waits of one function.
    fn report(&self, function: FnId, phase: Phase, waits: Vec<Wait>) -> Option<UnboundedWait> {
        let span = |(function, call): (FnId, ExprId)| {
            let typed = self.workspace.typed(function).expect("a wait is in a body");
            self.workspace.span(function, head(typed.body, call))
        };
        let (first, others) = waits.split_first()?;
        let origin = Some(first.origin).filter(|&origin| origin != (function, first.call));
        Some(UnboundedWait {
            span: span((first.function, first.call)),
            phase,
            origin: origin.map(span),
            others: others.iter().map(|wait| span((wait.function, wait.call))).collect(),
        })
    }
}

/// Whether something around a place bounds how long it takes: a call that speaks of a timeout, or a `select!`.
fn is_bounded(typed: Typed<'_>, place: ExprId) -> bool {
    typed.body.ancestors(place).any(|outer| match typed.body.kind(outer) {
        ExprKind::Select(_) => true,
        ExprKind::Call { .. } | ExprKind::MethodCall { .. } => {
            called_name(typed, outer).is_some_and(|name| names_timeout(&name))
        }
        _ => false,
    })
}

/// `client.get(url).timeout(limit).send()`.
fn has_timeout(typed: Typed<'_>, mut call: ExprId) -> bool {
    while let ExprKind::MethodCall { receiver, name, .. } = typed.body.kind(call) {
        if names_timeout(name) {
            return true;
        }
        call = *receiver;
    }
    false
}

/// The functions that answer health or readiness probes.
fn probes(workspace: &Workspace<'_>) -> FunctionSet {
    let routing = workspace.functions_naming(HANDLER_TAKERS.iter().copied());
    let named = workspace.function_ids().filter(|&function| is_named_probe(workspace, function, &routing));
    let mut probes: FunctionSet = named.collect();
    for function in routing.iter().filter(|&id| workspace.function(id).hir.may_have_string(names_probe)) {
        let Some(typed) = workspace.typed(function) else { continue };
        let routed = workspace.edges(function).iter().filter(|edge| is_route_to(typed, edge.at, false));
        probes.extend(routed.map(|edge| edge.to));
    }
    probes
}

/// Whether a function answers probes by its name and by what is done with it, in one of these functions, which may route.
fn is_named_probe(workspace: &Workspace<'_>, function: FnId, routing: &FunctionSet) -> bool {
    let it = workspace.function(function);
    if let Owner::Impl(of) = it.owner
        && let Some(Def::External(of)) = workspace.impl_(of).trait_
    {
        return of.ends_with("::Health") && it.hir.name == "check";
    }
    if !names_probe(&it.hir.name) {
        return false;
    }
    let routes = |place: FnId| {
        let mut named = workspace.edges(place).iter().filter(|edge| edge.to == function);
        workspace.typed(place).is_some_and(|typed| named.any(|edge| is_route_to(typed, edge.at, true)))
    };
    it.hir.attrs.paths.iter().any(|path| attribute_of_handler(path))
        || (workspace.functions_naming([it.hir.name.as_str()]) & routing.clone()).iter().any(routes)
}

/// The arms of a function that answer probes, where it looks at the path itself: `(&Method::GET, "/healthz") => ..`.
fn probe_arms(workspace: &Workspace<'_>, function: FnId) -> Vec<ExprId> {
    // A path is told from other texts by its first letter.
    let is_path = |text: &str| text.contains("\"/") && names_probe(text);
    if !workspace.function(function).hir.text().is_none_or(is_path) {
        return Vec::new();
    }
    let has_match = |body: &Body| body.exprs.iter().any(|expr| matches!(expr.kind, ExprKind::Match { .. }));
    let Some(typed) = workspace.typed_if(function, has_match) else { return Vec::new() };
    let text = |range: TextRange| {
        let span = workspace.span(function, range);
        workspace.file(span.file).source.slice(span.range)
    };
    let arms = typed.body.expr_ids().filter_map(|id| match typed.body.kind(id) {
        ExprKind::Match { arms, .. } => Some(arms),
        _ => None,
    });
    arms.flatten().filter(|arm| is_path(text(typed.body.pat(arm.pat).range))).map(|arm| arm.body).collect()
}

/// Whether a function that is named at a place is given to a route there, and the route or the function is called after
/// probes.
fn is_route_to(typed: Typed<'_>, at: ExprId, is_named: bool) -> bool {
    if !matches!(typed.body.kind(at), ExprKind::Path(_)) {
        return false;
    }
    let mut inner = at;
    for outer in typed.body.ancestors(at) {
        // What is called on a route makes another one.
        let (ExprKind::Call { args, .. } | ExprKind::MethodCall { args, .. }) = typed.body.kind(outer) else {
            return false;
        };
        if !args.contains(&inner) {
            return false;
        }
        let takes = called_name(typed, outer).is_some_and(|name| takes_handler(&name));
        if takes && (is_named || has_probe_path(typed, outer, at)) {
            return true;
        }
        inner = outer;
    }
    false
}

/// Whether a path such as `/healthz` is among the arguments of a call, or in the chain that it is called on.
fn has_probe_path(typed: Typed<'_>, call: ExprId, handler: ExprId) -> bool {
    let is_probe_path = |id: ExprId| matches!(typed.body.kind(id), ExprKind::Literal(Literal::Str(text)) if names_probe(text));
    match typed.body.kind(call) {
        ExprKind::Call { args, .. } => args.iter().any(|&arg| arg != handler && is_probe_path(arg)),
        ExprKind::MethodCall { receiver, name, args, .. } => {
            let in_chain = matches!(name.as_str(), "and_then" | "then" | "map" | "to");
            args.iter().any(|&arg| is_probe_path(arg))
                || in_chain && typed.body.descendants_here(*receiver).any(is_probe_path)
        }
        _ => false,
    }
}
