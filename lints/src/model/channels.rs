//! What loops make of what they receive: which loops an error of a channel ends that is no end of the channel.

use std::collections::BTreeSet;

use crate::hir::{Body, ExprId, ExprKind, Literal, PatKind, Path, Stmt};
use crate::knowledge::errors::{self, Says};
use crate::knowledge::methods;
use crate::model::Model;
use crate::semantics::{
    Branch, Callee, ERR, FnId, Kind, Leaving, SOME_ERR, Ty, Typed, Workspace, called_name, head,
};
use crate::source::Span;

/// A loop that ends for good when it falls behind the channel it reads.
#[derive(Clone, Debug)]
pub struct LagEnd {
    pub function: FnId,
    /// The call that receives, or the variable that holds what was received.
    pub received: Span,
    /// Where any error leaves the loop: the pattern, the arm, the `?`, the `expect`.
    pub way: Span,
    /// The keyword of the loop that ends.
    pub looped: Span,
    pub kind: LagKind,
    /// The call that receives, waited for, if the value comes straight from it.
    pub call: Option<Span>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LagKind {
    /// The receiver of a channel: an error is a gap or the end.
    Receiver,
    /// A stream made of one: every error is a gap.
    Stream,
}

/// The loops of a function that end for good when they fall behind.
pub(super) fn lag_ends(model: &Model<'_>, function: FnId) -> Vec<LagEnd> {
    let workspace = model.workspace;
    let Some(typed) = workspace.typed_if(function, Body::has_loop) else { return Vec::new() };
    let mut ends: Vec<LagEnd> = Vec::new();
    for value in typed.body.expr_ids() {
        let Some((kind, lag)) = lagging(typed.types.of(value)) else { continue };
        let Some(way) = typed.branch_of(value, kind) else { continue };
        let Some(looped) = ended_loop(typed, value, way) else { continue };
        if speaks_of_gaps(typed, looped)
            || comes_without_gaps(workspace, typed, value, DEPTH)
            || starts_afresh(typed, looped)
            || is_stop_channel(typed, value)
            || ends_loudly(typed, looped, way)
            || asks_others_to_stop(typed, way)
            || is_missed_answer(typed, looped)
            || (workspace.runs_in_browser(function) && waits_only_for(typed, looped, value))
            || is_entered_again(workspace, function, typed, looped)
            || ends_one_socket(workspace, function, way)
            || (panics(typed, way) && model.panic_ends_process(function))
            || names_gap_in_log(typed, way)
            || model.is_of_named_command(function)
        {
            continue;
        }
        ends.push(LagEnd {
            function,
            received: workspace.span(function, head(typed.body, value)),
            way: workspace.span(function, typed.range_of_way(value, way)),
            looped: workspace.span(function, head(typed.body, looped)),
            kind: lag,
            call: is_call(typed, value).then(|| workspace.span(function, typed.range(value))),
        });
    }
    // One report for one loop: what is looked at again further down has left it before.
    let mut seen = BTreeSet::new();
    ends.retain(|end| seen.insert(end.looped));
    ends
}

/// Whether a value of a type may say that values were missed, and as which kind of value.
fn lagging(ty: &Ty) -> Option<(Kind, LagKind)> {
    let misses = |result: &Ty| match result.as_result()?.1 {
        Ty::External(path, _) if errors::error_type(&path)?.says == Says::ValuesMissed => {
            Some(if errors::is_only_gaps(&path) { LagKind::Stream } else { LagKind::Receiver })
        }
        _ => None,
    };
    match ty.as_option() {
        Some(item) => Some((SOME_ERR, misses(&item)?)),
        None => Some((ERR, misses(ty)?)),
    }
}

/// The loop that an error ends, the outermost if it ends several.
fn ended_loop(typed: Typed<'_>, value: ExprId, way: Branch) -> Option<ExprId> {
    let all = || typed.loops_around(value).filter(|&id| typed.turns_until_left(id)).last();
    // Who waits for one value in a loop, and fails loudly when there is an error, has said what it wants.
    let worker = || all().filter(|&id| typed.is_endless(id));
    match way {
        Branch::PastLoop(id) => Some(id),
        Branch::Question(out) if is_put_into_words(typed, out) => None,
        Branch::Question(_) | Branch::Panic(_) => worker(),
        Branch::Handler { body, .. } => match typed.leaving(body)? {
            // `break Err(error)`: whoever gets the value of the loop is told.
            Leaving::Loop { at, .. } if typed.breaks_with_error(at) => None,
            Leaving::Loop { target, .. } => {
                matches!(typed.body.kind(target), ExprKind::Loop(_)).then_some(target)
            }
            Leaving::Run(_) => all(),
            Leaving::Panic => worker(),
            // Whoever called is told, in words chosen for it.
            Leaving::Error(_) => None,
        },
    }
}

/// `events.recv().await.context("the client is too slow")?`: whoever called is told, in words chosen for it.
fn is_put_into_words(typed: Typed<'_>, out: ExprId) -> bool {
    let inner = |id: ExprId| match typed.body.kind(id) {
        ExprKind::Try(inner) | ExprKind::Await(inner) => Some(*inner),
        ExprKind::MethodCall { receiver, .. } => Some(*receiver),
        _ => None,
    };
    std::iter::successors(Some(out), |&id| inner(id)).any(|id| match typed.body.kind(id) {
        ExprKind::MethodCall { name, .. } => methods::error_adaptor(name).is_some(),
        _ => false,
    })
}

/// Whether code in a loop names a gap or the end: then both have been thought of.
fn speaks_of_gaps(typed: Typed<'_>, looped: ExprId) -> bool {
    let body = typed.body;
    let place = typed.range(looped);
    let names = |path: &Path| errors::tells_gap_from_end(&path.last().name);
    let in_pattern = body.pats.iter().any(|pat| {
        place.contains(pat.range)
            && match &pat.kind {
                PatKind::TupleStruct { path, .. } | PatKind::Struct { path, .. } | PatKind::Path(path) => {
                    names(path)
                }
                _ => false,
            }
    });
    in_pattern
        || body.descendants(looped).any(|id| match body.kind(id) {
            ExprKind::Path(path) => names(path),
            ExprKind::MethodCall { name, .. } => errors::tells_gap_from_end(name),
            _ => false,
        })
}

/// Whether a value is what a function of the project gives that deals with gaps itself: its error is the end.
fn comes_without_gaps(workspace: &Workspace<'_>, typed: Typed<'_>, value: ExprId, depth: u32) -> bool {
    let Some(depth) = depth.checked_sub(1) else { return false };
    let deals_with_gaps = |callee: FnId| {
        workspace.typed(callee).is_some_and(|inner| {
            speaks_of_gaps(inner, inner.body.root)
                || inner.body.calls().any(|call| {
                    // What it only hands on.
                    lagging(&workspace.awaited(inner.types.of(call))).is_some()
                        && comes_without_gaps(workspace, inner, call, depth)
                })
        })
    };
    match typed.body.kind(value) {
        ExprKind::Await(inner) => comes_without_gaps(workspace, typed, *inner, depth + 1),
        ExprKind::Local(local) => typed
            .body
            .plain_source(*local)
            .is_some_and(|source| comes_without_gaps(workspace, typed, source, depth)),
        ExprKind::Call { .. } | ExprKind::MethodCall { .. } => match typed.types.callee(value) {
            Callee::Function(callee) => deals_with_gaps(*callee),
            // Of an unknown type, what is called by a name that only the project has may be any of these.
            Callee::OneOf(all) | Callee::UnknownMethod(all) => {
                !all.is_empty() && all.iter().all(|&callee| deals_with_gaps(callee))
            }
            _ => false,
        },
        _ => false,
    }
}

/// Whether the loop subscribes anew: `events = events.resubscribe()`, `events.subscribe().recv()`.
fn starts_afresh(typed: Typed<'_>, looped: ExprId) -> bool {
    typed.body.descendants_here(looped).any(|id| match typed.body.kind(id) {
        ExprKind::Assign { value, compound: false, .. } => {
            called_name(typed, *value).is_some_and(|name| name.contains("subscribe"))
        }
        ExprKind::MethodCall { receiver, name, .. } if name == "recv" => {
            called_name(typed, *receiver).is_some_and(|name| name.contains("subscribe"))
        }
        _ => false,
    })
}

/// Whether what is received is the wish to stop, or a variable for it: `said = stop_rx.recv() => match said { .. }`.
fn is_stop_channel(typed: Typed<'_>, value: ExprId) -> bool {
    let source = match typed.body.kind(value) {
        // Of a whole `select!`, other arms may speak of it.
        ExprKind::Local(local) => typed.body.plain_source(*local).filter(|&source| {
            matches!(typed.body.kind(source), ExprKind::Await(_) | ExprKind::MethodCall { .. })
        }),
        _ => None,
    };
    typed.speaks_of_stop(value) || source.is_some_and(|source| typed.speaks_of_stop(source))
}

/// Whether the end of a loop is an error of its run: what is behind it fails, or hands an error to whoever listens.
fn ends_loudly(typed: Typed<'_>, looped: ExprId, way: Branch) -> bool {
    let stays_in_run = match way {
        Branch::PastLoop(_) => true,
        Branch::Handler { body, .. } => matches!(typed.leaving(body), Some(Leaving::Loop { .. })),
        Branch::Question(_) | Branch::Panic(_) => false,
    };
    stays_in_run
        && typed.after(looped).into_iter().any(|later| {
            typed.is_err(later)
                || hands_on_error(typed, later)
                || matches!(typed.leaving(later), Some(Leaving::Error(_) | Leaving::Panic))
        })
}

/// `match timeout(limit, async { while let Ok(event) = .. { if .. { return true } } false }).await { Ok(true) => .., _ => Err(..) }`:
/// a loop that waits for an answer, where all but one of the outcomes fail. The one is that there was an answer.
fn is_missed_answer(typed: Typed<'_>, looped: ExprId) -> bool {
    let body = typed.body;
    let run = typed.run_of(looped);
    let gives_answer = |id: ExprId| matches!(body.kind(id), ExprKind::Return(Some(_)));
    if run == body.root
        || !body.descendants_here(looped).any(gives_answer)
        || !matches!(body.kind(run), ExprKind::Block(block) if block.tail.is_some_and(|tail| tail != looped))
    {
        return false;
    }
    let fails = |arm: ExprId| {
        let tail = match body.kind(arm) {
            ExprKind::Block(block) => block.tail.unwrap_or(arm),
            _ => arm,
        };
        typed.is_err(tail) || matches!(typed.leaving(arm), Some(Leaving::Error(_) | Leaving::Panic))
    };
    let is_matched = |future: ExprId| {
        let outer = body.ancestors(future).find(|&outer| {
            !matches!(
                body.kind(outer),
                ExprKind::Await(_) | ExprKind::Call { .. } | ExprKind::MethodCall { .. }
            )
        });
        match outer.map(|outer| body.kind(outer)) {
            Some(ExprKind::Match { scrutinee, arms }) => {
                typed.is_inside(future, *scrutinee)
                    && arms.len() > 1
                    && arms.iter().filter(|arm| !fails(arm.body)).count() == 1
            }
            _ => false,
        }
    };
    let bound = body.ancestors(run).next().and_then(|outer| match body.kind(outer) {
        ExprKind::Block(block) => block.stmts.iter().find_map(|stmt| match stmt {
            Stmt::Let(it) if it.init == Some(run) => match body.pat(it.pat).kind {
                PatKind::Bind { local, .. } => Some(local),
                _ => None,
            },
            _ => None,
        }),
        _ => None,
    });
    match bound {
        Some(local) => body.uses_of(local).all(is_matched),
        None => is_matched(run),
    }
}

/// Whether a loop waits for nothing but the next value: then nobody else can fill a channel between two of them, where there
/// is one thread.
fn waits_only_for(typed: Typed<'_>, looped: ExprId, value: ExprId) -> bool {
    let place = typed.range(value);
    typed.body.descendants_here(looped).all(|id| match typed.body.kind(id) {
        ExprKind::Await(_) => typed.range(id).contains(place) || place.contains(typed.range(id)),
        ExprKind::Select(_) | ExprKind::Join { .. } => false,
        _ => true,
    })
}

/// `Err(error) => { shutdown.trigger(error); return }`: the rest does not go on without this loop.
fn asks_others_to_stop(typed: Typed<'_>, way: Branch) -> bool {
    match way {
        Branch::Handler { body, .. } => typed.body.descendants_here(body).any(|id| typed.asks_to_stop(id)),
        Branch::PastLoop(_) | Branch::Question(_) | Branch::Panic(_) => false,
    }
}

/// `Err(_) => { warn!("the subscription lagged"); break }`: that it falls behind is known, and told.
fn names_gap_in_log(typed: Typed<'_>, way: Branch) -> bool {
    let Branch::Handler { body, .. } = way else { return false };
    // A line that nobody looks at tells nobody.
    typed.complains(body)
        && typed.body.descendants_here(body).any(|id| match typed.body.kind(id) {
            ExprKind::Literal(Literal::Str(text)) => errors::tells_of_gap(text),
            _ => false,
        })
}

/// `update?` in a function that is given the socket of one peer: with the error it is that connection that ends, and whoever
/// opened it opens another.
fn ends_one_socket(workspace: &Workspace<'_>, function: FnId, way: Branch) -> bool {
    matches!(way, Branch::Question(_)) && workspace.is_given_socket(function)
}

/// Whether control goes this way with a panic.
fn panics(typed: Typed<'_>, way: Branch) -> bool {
    match way {
        Branch::Panic(_) => true,
        Branch::Handler { body, .. } => matches!(typed.leaving(body), Some(Leaving::Panic)),
        Branch::PastLoop(_) | Branch::Question(_) => false,
    }
}

/// `updates.send(Err(Status::unavailable("..")))`: who listens is told.
fn hands_on_error(typed: Typed<'_>, id: ExprId) -> bool {
    typed.body.descendants_here(id).any(|id| match typed.body.kind(id) {
        ExprKind::MethodCall { name, args, .. } => {
            methods::names_send(name) && args.iter().any(|&arg| typed.is_err(arg))
        }
        _ => false,
    })
}

/// How many callers deep it is looked for who comes again.
const DEPTH: u32 = 3;

/// Whether a loop that has ended is come to again: it lies in another loop, in what a loop calls, or in what is tried again.
fn is_entered_again(workspace: &Workspace<'_>, function: FnId, typed: Typed<'_>, looped: ExprId) -> bool {
    typed.is_in_loop(looped)
        || (typed.run_of(looped) == typed.body.root && is_called_again(workspace, function, DEPTH))
}

fn is_called_again(workspace: &Workspace<'_>, function: FnId, depth: u32) -> bool {
    let Some(depth) = depth.checked_sub(1) else { return false };
    let mut callers = workspace.callers_among(function, |id| !workspace.function(id).is_test).peekable();
    let comes_again = |(caller, call): (FnId, ExprId)| {
        workspace.typed(caller).is_some_and(|typed| {
            typed.loops_around(call).any(|id| typed.turns_until_left(id))
                || typed
                    .body
                    .ancestors(call)
                    .any(|outer| called_name(typed, outer).is_some_and(|name| methods::tries_again(&name)))
                || (caller != function
                    && typed.run_of(call) == typed.body.root
                    && workspace.runs_here(typed, call, function)
                    && is_called_again(workspace, caller, depth))
        })
    };
    // Of a connection, one of the two ends connects again: the other only takes what comes.
    match workspace.is_given_socket(function) {
        true => callers.any(comes_again),
        false => callers.peek().is_some() && callers.all(comes_again),
    }
}

fn is_call(typed: Typed<'_>, value: ExprId) -> bool {
    match typed.body.kind(value) {
        ExprKind::Await(inner) => is_call(typed, *inner),
        ExprKind::MethodCall { .. } => true,
        _ => false,
    }
}
