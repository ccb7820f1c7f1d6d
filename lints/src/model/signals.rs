//! Which signals of the operating system a program waits for, and what it does when they come.
//!
//! What is asked is whether something that is done on Ctrl-C is left undone when the process is stopped in the way in which
//! containers, orchestrators and init systems do it. A signal that cannot be told counts as SIGTERM, and so does a call into a
//! library that may wait for it.

use std::collections::BTreeSet;

use rustc_hash::{FxHashMap, FxHashSet};

use super::Model;
use super::process::{Service, is_command};
use super::workers;
use crate::hir::{ExprId, ExprKind, Literal, LocalId, MacroContent, PatKind, Path, Stmt};
use crate::knowledge::macros::Meaning;
use crate::knowledge::spawners::spawner;
use crate::knowledge::stop::{
    Signal, StopKind, TERMINATE_NAMES, TURN_ON_TERMINATION, WITH_TERMINATION, attribute_handles_signals,
    may_handle_signals, may_wait_for_signal, named_signal, sends_signal, sounds_like_signal, stop,
    words_of_waits,
};
use crate::knowledge::transparent::wrapper;
use crate::knowledge::{self, attended, methods};
use crate::semantics::{Callee, CrateId, Def, FnId, FunctionSet, Typed, Workspace, called_name, head};
use crate::source::Span;

/// Places that wait for Ctrl-C in services that nothing else stops, where something is done when it comes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InterruptOnly {
    /// In order; at least one.
    pub places: BTreeSet<Span>,
    /// The `main`s of the services.
    pub mains: Vec<FnId>,
}

/// A call that waits for a signal, or says what is to happen then.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Waiting {
    function: FnId,
    call: ExprId,
}

/// How many callers, and functions that get it, a signal is followed to what is done when it comes.
const DEPTH: u32 = 6;

/// How many calls deep a function is looked into that may do no more than to tell.
const TELLING_DEPTH: u32 = 4;

/// What the functions of a program have to do with signals.
#[derive(Debug)]
pub(super) struct Signals {
    /// The calls that wait for Ctrl-C only.
    interrupts: FxHashMap<FnId, Vec<ExprId>>,
    /// The functions that name SIGTERM.
    name_terminate: FunctionSet,
    /// The crates in which something handles SIGTERM: what does so for another operating system or through a macro may not
    /// be seen to be reached.
    know_terminate: FxHashSet<CrateId>,
}

impl Signals {
    pub fn of(workspace: &Workspace<'_>) -> Self {
        let in_service = |id: &FnId| !workspace.function(*id).is_test;
        let waiting = workspace.functions_naming(words_of_waits());
        let interrupts = waiting.iter().filter(in_service).map(|id| (id, interrupts(workspace, id)));
        let naming = workspace.functions_naming(TERMINATE_NAMES.iter().copied());
        let naming = naming.iter().filter(|id| in_service(id) && names_terminate(workspace, *id));
        let name_terminate: FunctionSet = naming.collect();
        let krate = |id| workspace.crate_of(workspace.function(id).scope);
        Self {
            interrupts: interrupts.filter(|(_, calls)| !calls.is_empty()).collect(),
            know_terminate: name_terminate.iter().map(krate).collect(),
            name_terminate,
        }
    }

    fn knows_terminate_nearby(&self, workspace: &Workspace<'_>, function: FnId) -> bool {
        self.know_terminate.contains(&workspace.crate_of(workspace.function(function).scope))
    }

    /// Whether SIGTERM is handled by something that a service may run, or may be.
    fn terminate(&self, workspace: &Workspace<'_>, service: &Service) -> bool {
        self.knows_terminate_nearby(workspace, service.main)
            || service.may_run_any(workspace, |id| self.knows_terminate(workspace, id))
    }

    /// Whether a function handles SIGTERM, or may.
    fn knows_terminate(&self, workspace: &Workspace<'_>, function: FnId) -> bool {
        self.name_terminate.contains(function)
            || !workspace.function(function).is_test && handles_terminate(workspace, function)
    }

    /// Whether a service waits for any signal, or may.
    pub fn may_be_heard(&self, workspace: &Workspace<'_>, service: &Service) -> bool {
        self.knows_terminate_nearby(workspace, service.main)
            || service.may_run_any(workspace, |id| {
                self.interrupts.contains_key(&id) || self.knows_terminate(workspace, id)
            })
    }

    /// The places that wait for Ctrl-C and for no other signal, where something is done when it comes: in most programs
    /// there is none, and no more need be asked.
    fn lost(&self, workspace: &Workspace<'_>) -> Vec<Waiting> {
        let all = self.interrupts.iter();
        let all =
            all.flat_map(|(&function, calls)| calls.iter().map(move |&call| Waiting { function, call }));
        let mut lost: Vec<Waiting> = all
            .filter(|it| !self.knows_terminate_nearby(workspace, it.function))
            .filter(|&it| acts(workspace, it))
            .collect();
        lost.sort();
        lost
    }
}

/// A cheap look before the types are asked for.
fn may_wait(workspace: &Workspace<'_>, function: FnId) -> bool {
    workspace.body(function).is_some_and(|body| {
        body.calls().any(|call| match body.kind(call) {
            ExprKind::Call { callee, .. } => match body.kind(*callee) {
                ExprKind::Path(path) => {
                    let (owner, name) = last_two(path);
                    may_wait_for_signal(owner, name)
                }
                _ => false,
            },
            _ => false,
        })
    })
}

fn last_two(path: &Path) -> (Option<&str>, &str) {
    let owner = path.segments.len().checked_sub(2).map(|index| path.segments[index].name.as_str());
    (owner, path.last().name.as_str())
}

/// What waits for Ctrl-C only, service by service; those that share a place are one.
pub(super) fn interrupt_only(model: &Model<'_>) -> Vec<InterruptOnly> {
    let (workspace, signals) = (model.workspace, model.signals());
    let mut lost = signals.lost(workspace);
    lost.retain(|&it| {
        !model.lies_in_dev_command(it.function)
            && belongs_to_service(workspace, it, &|function| model.serving.leads_to_service(function))
    });
    if lost.is_empty() {
        return Vec::new();
    }
    let mut found: Vec<InterruptOnly> = Vec::new();
    for service in model.services() {
        // The loops of a command wait for answers.
        let is_command = is_command(model, service.main);
        let own = lost.iter().filter(|&&it| {
            service.may_run(workspace).contains(it.function)
                && (!(is_command || it.is_before_person(workspace))
                    || belongs_to_service(workspace, it, &|function| model.serving.leads_to_server(function)))
        });
        let places: BTreeSet<Span> = own.map(|it| it.span(workspace)).collect();
        if places.is_empty() || signals.terminate(workspace, service) {
            continue;
        }
        match found.iter_mut().find(|it| !it.places.is_disjoint(&places)) {
            Some(known) => {
                known.mains.push(service.main);
                known.places.extend(places);
            }
            None => found.push(InterruptOnly { places, mains: vec![service.main] }),
        }
    }
    found
}

impl Waiting {
    fn span(self, workspace: &Workspace<'_>) -> Span {
        let typed = workspace.typed(self.function).expect("a call is in a body");
        workspace.span(self.function, head(typed.body, self.call))
    }

    /// Whether a person sits before what waits, and looks at it: they are told which keys end it, or it does nothing but to
    /// show what comes.
    fn is_before_person(self, workspace: &Workspace<'_>) -> bool {
        workspace
            .typed(self.function)
            .is_some_and(|typed| invites_interrupt(typed) || only_shows(workspace, typed, self.call))
    }
}

/// Whether a function says which keys end it.
fn invites_interrupt(typed: Typed<'_>) -> bool {
    let says = |id: ExprId| match typed.body.kind(id) {
        ExprKind::Literal(Literal::Str(text)) => attended::invites_interrupt(text),
        _ => false,
    };
    let is_told = |id: ExprId| {
        typed.body.ancestors(id).any(|outer| match typed.body.kind(outer) {
            ExprKind::Macro(call) => {
                matches!(typed.types.words().meaning(call), Meaning::Log(_) | Meaning::Print)
            }
            _ => false,
        })
    };
    typed.body.expr_ids().any(|id| says(id) && is_told(id))
}

/// Whether a signal ends a loop that does nothing but to show what comes meanwhile: `select! { Some(event) = events.next() =>
/// info!("{event:?}"), _ = ctrl_c() => break }`.
fn only_shows(workspace: &Workspace<'_>, typed: Typed<'_>, waiting: ExprId) -> bool {
    let body = typed.body;
    let shows =
        |handler: ExprId| typed.logs(handler) && !does(workspace, typed, handler, TELLING_DEPTH, &|_| true);
    let only_shows_beside = |signal: ExprId| {
        let select = body.ancestors(signal).find_map(|outer| match body.kind(outer) {
            ExprKind::Select(select) => Some((outer, select)),
            _ => None,
        });
        select.is_some_and(|(id, select)| {
            let mut others = select.arms.iter().filter(|arm| !typed.is_inside(signal, arm.future)).peekable();
            others.peek().is_some() && is_all_of_a_loop(typed, id) && others.all(|arm| shows(arm.handler))
        })
    };
    let bound = body.ancestors(waiting).find_map(|outer| match body.kind(outer) {
        ExprKind::Block(block) => Some(block.stmts.iter().find_map(|stmt| match stmt {
            Stmt::Let(it) if it.init.is_some_and(|init| typed.is_inside(waiting, init)) => {
                bound_local(typed, it.pat)
            }
            _ => None,
        })),
        _ => None,
    });
    only_shows_beside(waiting)
        || bound.flatten().is_some_and(|local| body.uses_of(local).any(only_shows_beside))
}

/// Whether a loop consists of an expression.
fn is_all_of_a_loop(typed: Typed<'_>, id: ExprId) -> bool {
    let Some(outer) = typed.body.parent(id) else { return false };
    match typed.body.kind(outer) {
        ExprKind::Loop(_) => true,
        ExprKind::Block(block) => {
            block.stmts.len() + usize::from(block.tail.is_some()) == 1 && is_all_of_a_loop(typed, outer)
        }
        _ => false,
    }
}

/// The calls of a function that wait for Ctrl-C only.
fn interrupts(workspace: &Workspace<'_>, function: FnId) -> Vec<ExprId> {
    let Some(typed) = Some(function).filter(|&it| may_wait(workspace, it)).and_then(|it| workspace.typed(it))
    else {
        return Vec::new();
    };
    let calls = typed.body.calls();
    calls.filter(|&call| signal_of(workspace, typed, call) == Some(Signal::Interrupt)).collect()
}

/// The signal that a call waits for.
fn signal_of(workspace: &Workspace<'_>, typed: Typed<'_>, call: ExprId) -> Option<Signal> {
    let Callee::External(path) = typed.types.callee(call) else { return None };
    match stop(path)?.kind {
        StopKind::Signal(Signal::Interrupt) => {
            let krate = path.split("::").next().unwrap_or_default();
            let both = WITH_TERMINATION
                .iter()
                .any(|&(of, feature)| of == krate && has_feature(workspace, of, feature))
                || TURN_ON_TERMINATION
                    .iter()
                    .any(|&(by, of)| of == krate && workspace.crates().any(|it| it.depends_on(by)));
            Some(if both { Signal::Terminate } else { Signal::Interrupt })
        }
        StopKind::Signal(Signal::Chosen) => Some(chosen_signal(typed, call)),
        StopKind::Signal(Signal::Terminate) => Some(Signal::Terminate),
        _ => None,
    }
}

/// Whether a feature of a dependency is on: features of one build are shared by all of its crates.
fn has_feature(workspace: &Workspace<'_>, of: &str, feature: &str) -> bool {
    workspace
        .crates()
        .any(|krate| krate.build.features.iter().any(|(name, it)| *name == of && *it == feature))
}

/// The signal among the arguments. One that cannot be told may be SIGTERM.
fn chosen_signal(typed: Typed<'_>, call: ExprId) -> Signal {
    let named = typed.body.descendants(call).filter_map(|id| match typed.body.kind(id) {
        ExprKind::Path(path) => {
            let (owner, name) = last_two(path);
            named_signal(owner, name)
        }
        _ => None,
    });
    let named: Vec<Signal> = named.collect();
    match named.contains(&Signal::Terminate) {
        false if named.contains(&Signal::Interrupt) => Signal::Interrupt,
        _ => Signal::Terminate,
    }
}

/// Whether a function handles SIGTERM by what it calls, or may.
fn handles_terminate(workspace: &Workspace<'_>, function: FnId) -> bool {
    let hir = workspace.function(function).hir;
    if hir.attrs.paths.iter().any(|path| attribute_handles_signals(path)) {
        return true;
    }
    let Some(typed) = workspace.typed(function) else { return false };
    typed.body.calls().any(|call| may_handle_terminate(workspace, typed, call))
}

fn may_handle_terminate(workspace: &Workspace<'_>, typed: Typed<'_>, call: ExprId) -> bool {
    match typed.types.callee(call) {
        Callee::External(path) => match stop(path) {
            Some(row) => {
                row.kind == StopKind::HandlesSignals
                    || signal_of(workspace, typed, call) == Some(Signal::Terminate)
            }
            None => is_free_function(typed, call) && may_handle_signals(path),
        },
        Callee::Unknown => {
            is_free_function(typed, call)
                && called_name(typed, call).is_some_and(|name| sounds_like_signal(&name))
        }
        Callee::Function(_)
        | Callee::OneOf(_)
        | Callee::UnknownMethod(_)
        | Callee::Constructor
        | Callee::Value => false,
    }
}

fn is_free_function(typed: Typed<'_>, call: ExprId) -> bool {
    matches!(typed.body.kind(call), ExprKind::Call { .. })
}

/// Whether a function names SIGTERM other than to send it.
fn names_terminate(workspace: &Workspace<'_>, function: FnId) -> bool {
    let Some(body) = workspace.body(function) else { return false };
    body.expr_ids().any(|id| {
        let ExprKind::Path(path) = body.kind(id) else { return false };
        let (owner, name) = last_two(path);
        let is_sent = || {
            body.ancestors(id).any(|outer| match body.kind(outer) {
                ExprKind::MethodCall { name, .. } => sends_signal(name),
                ExprKind::Call { callee, .. } => match body.kind(*callee) {
                    ExprKind::Path(path) => sends_signal(&path.last().name),
                    _ => false,
                },
                _ => false,
            })
        };
        named_signal(owner, name) == Some(Signal::Terminate) && !is_sent()
    })
}

/// Whether what waits is part of something that serves, rather than of a command of the same program: going from it towards
/// `main`, some function does both in one run.
fn belongs_to_service(
    workspace: &Workspace<'_>,
    waiting: Waiting,
    leads_to_service: &dyn Fn(FnId) -> bool,
) -> bool {
    let mut seen = FxHashSet::default();
    let mut open = vec![(waiting.function, waiting.call)];
    while let Some((function, place)) = open.pop() {
        let Some(typed) = workspace.typed(function) else { continue };
        if serves_beside(workspace, function, typed, place, leads_to_service) {
            return true;
        }
        if seen.insert(function) {
            open.extend_from_slice(workspace.places_that_name(function));
        }
    }
    false
}

fn serves_beside(
    workspace: &Workspace<'_>,
    function: FnId,
    typed: Typed<'_>,
    place: ExprId,
    leads_to_service: &dyn Fn(FnId) -> bool,
) -> bool {
    if !leads_to_service(function) {
        return false;
    }
    let own = workspace.mission_of(function).map(|life| life.at);
    let called =
        workspace.edges(function).iter().filter(|edge| leads_to_service(edge.to)).map(|edge| edge.at);
    own.into_iter().chain(called).any(|at| at != place && !typed.exclude_each_other(place, at))
}

/// Whether something is done when the signal comes that the end of the process would not do as well.
fn acts(workspace: &Workspace<'_>, waiting: Waiting) -> bool {
    let Some(typed) = workspace.typed(waiting.function) else { return false };
    let row = typed.types.external(waiting.call).and_then(|path| stop(&path));
    let is_chosen = row.is_some_and(|row| row.kind == StopKind::Signal(Signal::Chosen));
    match typed.body.kind(waiting.call) {
        // What is to happen is an argument.
        ExprKind::Call { args, .. } if !is_chosen && !args.is_empty() => {
            args.iter().any(|&arg| match typed.body.kind(arg) {
                ExprKind::Closure(closure) => does_something(workspace, typed, closure.body),
                ExprKind::Path(path) => match workspace.resolve_value_path(waiting.function, path) {
                    Some(Def::Function(handler)) => !only_tells(workspace, handler, TELLING_DEPTH),
                    _ => false,
                },
                _ => does_something(workspace, typed, arg),
            })
        }
        _ => acts_after(workspace, waiting.function, waiting.call, DEPTH),
    }
}

/// Whether something is done once a future is over.
fn acts_after(workspace: &Workspace<'_>, function: FnId, future: ExprId, depth: u32) -> bool {
    let Some(typed) = workspace.typed(function) else { return false };
    let body = typed.body;
    let mut inner = future;
    for outer in body.ancestors(future) {
        match body.kind(outer) {
            _ if reacts(workspace, function, outer, inner) => return true,
            ExprKind::MethodCall { receiver, .. } if *receiver == inner => {}
            ExprKind::Call { .. } | ExprKind::MethodCall { .. } => match typed.types.callee(outer) {
                Callee::External(path) if wrapper(path).is_some() => {}
                Callee::External(path) if spawner(path).is_some() => return false,
                Callee::External(path) if stop(path).is_some() => return true,
                &Callee::Function(callee) => {
                    let is_spawner = methods::spawns_what_it_is_given(&workspace.function(callee).hir.name);
                    return !is_spawner && acts_in(workspace, typed, outer, callee, inner, depth);
                }
                // It gets the signal to do something with it.
                Callee::OneOf(_) => return true,
                _ => return called_name(typed, outer).is_some_and(|name| methods::names_stop(&name)),
            },
            ExprKind::Block(block) => {
                let bound = block.stmts.iter().find_map(|stmt| match stmt {
                    Stmt::Let(it) if it.init == Some(inner) => bound_local(typed, it.pat),
                    _ => None,
                });
                if let Some(local) = bound {
                    return depth > 0
                        && body
                            .uses_of(local)
                            .any(|mention| acts_after(workspace, function, mention, depth - 1));
                }
            }
            _ => {}
        }
        if matches!(body.kind(outer), ExprKind::Closure(_)) {
            return false;
        }
        inner = outer;
    }
    let mut callers = workspace.places_that_name(function).iter();
    depth > 0
        && callers.any(|&(caller, call)| {
            !workspace.function(caller).is_test && acts_after(workspace, caller, call, depth - 1)
        })
}

/// Whether a function that a future is given to does something once it is over, or its callers do behind it.
fn acts_in(
    workspace: &Workspace<'_>,
    typed: Typed<'_>,
    call: ExprId,
    callee: FnId,
    future: ExprId,
    depth: u32,
) -> bool {
    let (ExprKind::Call { args, .. } | ExprKind::MethodCall { args, .. }) = typed.body.kind(call) else {
        return true;
    };
    let before = workspace.arguments_before_params(typed, call, callee);
    let index = args.iter().position(|&arg| arg == future).and_then(|index| index.checked_sub(before));
    let Some(inner) = workspace.typed(callee).filter(|_| depth > 0) else { return true };
    let param = index.and_then(|index| inner.body.params.get(index).copied());
    let Some(local) = param.and_then(|pat| bound_local(inner, pat)) else { return true };
    inner
        .body
        .uses_of(local)
        .any(|mention| !is_followed(inner, mention) || acts_after(workspace, callee, mention, depth - 1))
}

/// Whether all that happens to a future at a mention is that it is waited for, or that it is given to what may do so:
/// `future.await`, `_ = &mut future => ..`, `pin!(future)`, `run(future)`.
fn is_followed(typed: Typed<'_>, mention: ExprId) -> bool {
    let body = typed.body;
    let mut inner = mention;
    for outer in body.ancestors(mention) {
        match body.kind(outer) {
            ExprKind::Await(_) => return true,
            ExprKind::Select(select) => return select.arms.iter().any(|arm| arm.future == inner),
            ExprKind::Macro(call) => return typed.types.words().meaning(call) == Meaning::Pin,
            ExprKind::Ref { .. } => {}
            ExprKind::MethodCall { receiver, .. } if *receiver == inner => {}
            ExprKind::Call { .. } | ExprKind::MethodCall { .. } => match typed.types.callee(outer) {
                Callee::External(path) if wrapper(path).is_some() => {}
                Callee::External(path) => return stop(path).is_some(),
                Callee::Function(_) => return true,
                _ => return false,
            },
            ExprKind::Block(block) => {
                let bound = block.stmts.iter().find_map(|stmt| match stmt {
                    Stmt::Let(it) if it.init == Some(inner) => bound_local(typed, it.pat),
                    _ => None,
                });
                return bound
                    .is_some_and(|local| body.uses_of(local).all(|mention| is_followed(typed, mention)));
            }
            _ => return false,
        }
        inner = outer;
    }
    false
}

/// Whether something is done by what is around a future because it is over.
fn reacts(workspace: &Workspace<'_>, function: FnId, outer: ExprId, future: ExprId) -> bool {
    let Some(typed) = workspace.typed(function) else { return false };
    let does = |id: ExprId| does_something(workspace, typed, id);
    match typed.body.kind(outer) {
        ExprKind::Select(select) => {
            let handler = select.arms.iter().find(|arm| arm.future == future).map(|arm| arm.handler);
            does_more_than_end(workspace, function, typed, handler, outer)
        }
        ExprKind::Await(_) => does_more_than_end(workspace, function, typed, None, outer),
        ExprKind::If { condition, then, otherwise } if *condition == future => {
            does(*then) || otherwise.is_some_and(does)
        }
        ExprKind::Match { scrutinee, arms } if *scrutinee == future => arms.iter().any(|arm| does(arm.body)),
        // Another turn of the loop is what comes after.
        ExprKind::Loop(it) => it.body != future && does(it.body),
        _ => false,
    }
}

fn bound_local(typed: Typed<'_>, pat: crate::hir::PatId) -> Option<LocalId> {
    match typed.body.pat(pat).kind {
        PatKind::Bind { local, .. } => Some(local),
        _ => None,
    }
}

/// Whether anything is done in the handler of a signal, or behind an expression in its run. Where the process ends right
/// after it, others that are asked to stop, or sent anything, have no time for it.
fn does_more_than_end(
    workspace: &Workspace<'_>,
    function: FnId,
    typed: Typed<'_>,
    handler: Option<ExprId>,
    id: ExprId,
) -> bool {
    let later: Vec<ExprId> = handler.into_iter().chain(typed.after(id)).collect();
    let ends = workers::is_main(workspace, function)
        && typed.run_of(id) == typed.body.root
        && !later.iter().any(|&it| typed.awaits(it));
    let only_asks = |call: ExprId| {
        typed.asks_to_stop(call)
            || matches!(typed.body.kind(call), ExprKind::MethodCall { name, .. } if methods::names_send(name))
    };
    let counts = |call: ExprId| !ends || !only_asks(call);
    later.into_iter().any(|it| does(workspace, typed, it, TELLING_DEPTH, &counts))
}

/// Whether an expression does something but to look, to print and to end. What is only kept in memory is gone with a
/// process that ends at once.
fn does_something(workspace: &Workspace<'_>, typed: Typed<'_>, id: ExprId) -> bool {
    let body = typed.body;
    let ends = !typed.awaits(id) && body.descendants_here(id).any(|it| typed.is_process_exit(it));
    let only_stores =
        |call: ExprId| matches!(body.kind(call), ExprKind::MethodCall { name, .. } if *name == "store");
    does(workspace, typed, id, TELLING_DEPTH, &|call| !ends || !only_stores(call))
}

/// Whether all that a function does is to tell something.
fn only_tells(workspace: &Workspace<'_>, function: FnId, depth: u32) -> bool {
    let Some(typed) = workspace.typed(function).filter(|_| depth > 0) else { return false };
    let tells = |id: ExprId| match typed.body.kind(id) {
        ExprKind::Macro(call) => {
            matches!(knowledge::macro_meaning(&call.path.last().name), Meaning::Log(_) | Meaning::Print)
        }
        _ => false,
    };
    typed.body.expr_ids().any(tells) && !does(workspace, typed, typed.body.root, depth - 1, &|_| true)
}

fn does(
    workspace: &Workspace<'_>,
    typed: Typed<'_>,
    id: ExprId,
    depth: u32,
    counts: &impl Fn(ExprId) -> bool,
) -> bool {
    let body = typed.body;
    let mut open = vec![id];
    while let Some(id) = open.pop() {
        match body.kind(id) {
            ExprKind::Macro(call) => match knowledge::macro_meaning(&call.path.last().name) {
                Meaning::Log(_) | Meaning::Print | Meaning::Panic | Meaning::Return => continue,
                _ if matches!(call.content, MacroContent::Opaque { .. }) => return true,
                _ => {}
            },
            ExprKind::Call { .. } | ExprKind::MethodCall { .. } => {
                let is_nothing = called_name(typed, id)
                    .is_some_and(|name| methods::leaves_nothing_done(&name))
                    || matches!(typed.types.callee(id), &Callee::Function(called) if only_tells(workspace, called, depth));
                if !is_nothing && counts(id) {
                    return true;
                }
            }
            // To count is not to do anything.
            ExprKind::Assign { compound: false, .. } => return true,
            _ => {}
        }
        body.for_each_child(id, |child| open.push(child));
    }
    false
}
