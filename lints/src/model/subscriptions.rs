//! Subscriptions: loops that take what the client of a broker, a database or a feed gives, and end for good although more
//! would come, or although the connection was lost.

use crate::hir::{Body, ExprId, ExprKind, Loop, LoopKind, PatId, PatKind, PatSite, Stmt};
use crate::knowledge::streams::{Gives, Meaning, Source, polls_closure, source, source_made_by};
use crate::knowledge::transparent::wrapper;
use crate::model::{Model, Task};
use crate::semantics::{
    Branch, Callee, ERR, FnId, Kind, Leaving, NONE, SOME_ERR, Ty, Typed, Workspace, head,
};
use crate::source::Span;

/// A loop over a subscription that ends for good, in a task that should live, with nobody noticing.
#[derive(Clone, Debug)]
pub struct SubscriptionEnd {
    pub function: FnId,
    /// Where the end or error leaves the loop: the pattern, the `?`, the arm.
    pub way: Span,
    /// The call that takes the next value.
    pub taken: Span,
    pub looped: Span,
    /// The task that dies with the loop.
    pub task: Span,
    pub why: EndReason,
    /// What is known of the values.
    pub source: &'static Source,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EndReason {
    /// An error after which more would come.
    ErrorThatPasses,
    /// The connection is lost, and that is not told.
    Lost,
}

/// How many calls lie between a loop and the task that it runs in, and between that and `main`.
const DEPTH: u32 = 6;

/// The loops over subscriptions in a file that end for good, in order of place.
pub(super) fn ends_in(model: &Model<'_>, functions: impl Iterator<Item = FnId>) -> Vec<SubscriptionEnd> {
    let workspace = model.workspace;
    let mut ends = Vec::new();
    for function in functions {
        if workspace.function(function).is_test {
            continue;
        }
        let Some(typed) = workspace.typed_if(function, Body::has_loop) else { continue };
        let place = Place { model, workspace, function, typed };
        ends.extend(typed.body.calls().filter_map(|call| place.end_at(call)));
    }
    ends.sort_by_key(|end: &SubscriptionEnd| end.way);
    ends.dedup_by_key(|end| end.way);
    ends
}

#[derive(Clone, Copy)]
struct Place<'m, 'a> {
    model: &'m Model<'a>,
    workspace: &'a Workspace<'a>,
    function: FnId,
    typed: Typed<'a>,
}

/// A value that may be the end or an error, and as which kind.
struct Danger {
    value: ExprId,
    kind: Kind,
    why: EndReason,
}

impl<'a> Place<'_, 'a> {
    fn end_at(&self, call: ExprId) -> Option<SubscriptionEnd> {
        let body = self.typed.body;
        let ExprKind::MethodCall { name, .. } = body.kind(call) else { return None };
        if !TAKING.contains(&name.as_str()) {
            return None;
        }
        let source = source_of(self.workspace, self.typed, call)?;
        let taken = body.parent(call).filter(|&outer| matches!(body.kind(outer), ExprKind::Await(_)))?;
        self.dangers(taken, name, source).into_iter().find_map(|danger| {
            let way = self.typed.branch_of(danger.value, danger.kind)?;
            let looped = self.ended_loop(danger.value, way)?;
            if self.is_meant(looped, way, danger.why) {
                return None;
            }
            let task = self.dead_task(looped)?;
            let span = |range| self.workspace.span(self.function, range);
            Some(SubscriptionEnd {
                function: self.function,
                way: span(self.typed.range_of_way(danger.value, way)),
                taken: span(head(body, call)),
                looped: span(head(body, looped)),
                task,
                why: danger.why,
                source,
            })
        })
    }

    /// The values of a call that takes the next: itself, what is behind a `?`, what a pattern binds of it.
    fn dangers(&self, taken: ExprId, method: &str, source: &Source) -> Vec<Danger> {
        let gives = match (method, source.gives) {
            ("try_next", Gives::OptionOfResult) => Gives::ResultOfOption,
            ("select_next_some", _) => return Vec::new(),
            (_, gives) => gives,
        };
        let mut found = Vec::new();
        let mut add = |value, kind, meaning| {
            let why = match meaning {
                Meaning::GoesOn | Meaning::Either => EndReason::ErrorThatPasses,
                Meaning::Lost => EndReason::Lost,
                Meaning::Impossible | Meaning::End => return,
            };
            found.push(Danger { value, kind, why });
        };
        match gives {
            Gives::Value => {}
            Gives::Option => add(taken, NONE, source.on_none),
            Gives::Result => add(taken, ERR, source.on_err),
            Gives::OptionOfResult => {
                add(taken, SOME_ERR, source.on_err);
                self.items_of(taken).into_iter().for_each(|item| add(item, ERR, source.on_err));
                add(taken, NONE, source.on_none);
            }
            Gives::ResultOfOption => {
                add(taken, ERR, source.on_err);
                let body = self.typed.body;
                if let Some(inner) =
                    body.parent(taken).filter(|&it| matches!(body.kind(it), ExprKind::Try(_)))
                {
                    add(inner, NONE, source.on_none);
                }
            }
        }
        found
    }

    /// The uses of what `Some(item)` binds of a value.
    fn items_of(&self, value: ExprId) -> Vec<ExprId> {
        let body = self.typed.body;
        let pats: Vec<PatId> = match body.parent(value).map(|outer| body.kind(outer)) {
            Some(ExprKind::Let { pat, .. }) => vec![*pat],
            Some(ExprKind::Match { arms, .. }) => arms.iter().map(|arm| arm.pat).collect(),
            Some(ExprKind::Block(block)) => {
                let of = |stmt: &Stmt| match stmt {
                    Stmt::Let(it) if it.init == Some(value) => Some(it.pat),
                    _ => None,
                };
                block.stmts.iter().filter_map(of).collect()
            }
            Some(ExprKind::Select(select)) => {
                select.arms.iter().filter(|arm| arm.future == value).map(|arm| arm.pat).collect()
            }
            _ => Vec::new(),
        };
        let bound = pats.into_iter().filter_map(|pat| match &body.pat(pat).kind {
            PatKind::TupleStruct { path, fields } if path.last().name == "Some" => match fields[..] {
                [only] => match body.pat(only).kind {
                    PatKind::Bind { local, sub: None, .. } => Some(local),
                    _ => None,
                },
                _ => None,
            },
            _ => None,
        });
        bound.flat_map(|local| body.uses_of(local).collect::<Vec<_>>()).collect()
    }

    /// The loop that is left, the outermost if several are.
    fn ended_loop(&self, value: ExprId, way: Branch) -> Option<ExprId> {
        let turns = |&id: &ExprId| {
            matches!(
                self.typed.body.kind(id),
                ExprKind::Loop(Loop { kind: LoopKind::Loop | LoopKind::While(_), .. })
            )
        };
        let outermost = || self.typed.loops_around(value).filter(turns).last();
        match way {
            Branch::PastLoop(id) => Some(id),
            Branch::Question(_) => outermost(),
            Branch::Panic(_) => None,
            Branch::Handler { body, .. } => match self.typed.leaving(body)? {
                Leaving::Loop { target, .. } => Some(target).filter(turns),
                Leaving::Run(_) | Leaving::Error(_) => outermost(),
                Leaving::Panic => None,
            },
        }
    }

    /// Whether the end of a loop is asked for, told, or followed by something.
    fn is_meant(&self, looped: ExprId, way: Branch, why: EndReason) -> bool {
        let typed = self.typed;
        if typed.is_in_loop(looped) {
            return true;
        }
        let handler = match way {
            Branch::Handler { body, .. } => Some(body),
            Branch::PastLoop(_) | Branch::Question(_) | Branch::Panic(_) => None,
        };
        let stays = match way {
            Branch::PastLoop(_) => true,
            Branch::Handler { body, .. } => matches!(typed.leaving(body), Some(Leaving::Loop { .. })),
            Branch::Question(_) | Branch::Panic(_) => false,
        };
        let later = if stays { typed.after(looped) } else { Vec::new() };
        let then: Vec<ExprId> = handler.into_iter().chain(later).collect();
        then.iter().any(|&it| acts(typed, it) || (why == EndReason::Lost && typed.logs(it)))
    }

    /// The task that is over when a loop is, if nobody learns of that and the task should have lived on.
    fn dead_task(&self, looped: ExprId) -> Option<Span> {
        let run = self.typed.body.own_body_of(looped).unwrap_or(self.typed.body.root);
        self.model.forgotten_task(self.function, run, DEPTH).map(|task| task.span)
    }
}

/// What is known of the values that a call takes one of, where these come from a client.
pub(super) fn source_of(
    workspace: &Workspace<'_>,
    typed: Typed<'_>,
    call: ExprId,
) -> Option<&'static Source> {
    let ExprKind::MethodCall { receiver, name, .. } = typed.body.kind(call) else { return None };
    let of_client = |row: &&'static Source| !row.client.is_empty();
    if let Some(row) = typed.types.external(call).and_then(|path| source(&path)) {
        return Some(row).filter(of_client);
    }
    match typed.types.of(*receiver) {
        Ty::External(path, args) => {
            // The half of a socket, or what only wraps the stream.
            let inner = args.first().and_then(path_of);
            if let Some(row) = source(path).or_else(|| inner.and_then(source)) {
                return Some(row).filter(of_client);
            }
        }
        Ty::Adt(..) => return None,
        _ => {}
    }
    // `recv` is a method of many things, `next` of streams.
    if !matches!(name.as_str(), "next" | "try_next") {
        return None;
    }
    let made = made_by(workspace, typed, *receiver)?;
    let row = match (typed.types.callee(made), typed.body.kind(made)) {
        (Callee::External(path), _) => source(path),
        (Callee::UnknownMethod(candidates), ExprKind::MethodCall { name, .. }) if candidates.is_empty() => {
            source_made_by(name)
        }
        _ => None,
    };
    row.filter(of_client)
}

/// The call that a stream comes from, adaptors taken off. One that deals with errors hides it.
pub(super) fn made_by(workspace: &Workspace<'_>, typed: Typed<'_>, stream: ExprId) -> Option<ExprId> {
    let body = typed.body;
    match body.kind(stream) {
        ExprKind::Ref { inner, .. }
        | ExprKind::Await(inner)
        | ExprKind::Try(inner)
        | ExprKind::Field { base: inner, .. } => made_by(workspace, typed, *inner),
        ExprKind::Macro(_) => made_by(workspace, typed, *body.children(stream).first()?),
        ExprKind::Local(local) => {
            let (pat, site) = body.outer_pat_site(body.local(*local).pat);
            let init = match site {
                PatSite::Let(block, index) => match body.kind(block) {
                    ExprKind::Block(block) => match &block.stmts[index as usize] {
                        Stmt::Let(it) => it.init?,
                        Stmt::Expr(_) | Stmt::Item => return None,
                    },
                    _ => return None,
                },
                PatSite::Arm(matched, _) => match body.kind(matched) {
                    ExprKind::Match { scrutinee, .. } => *scrutinee,
                    _ => return None,
                },
                PatSite::Condition(condition) => match body.kind(condition) {
                    ExprKind::Let { value, .. } => *value,
                    _ => return None,
                },
                _ => return None,
            };
            // `let Ok(stream) = .. else`.
            let is_whole = match &body.pat(pat).kind {
                PatKind::Bind { .. } => pat == body.local(*local).pat,
                PatKind::TupleStruct { path, fields } => {
                    matches!(path.last().name.as_str(), "Ok" | "Some")
                        && fields[..] == [body.local(*local).pat]
                }
                _ => false,
            };
            // `let stream = stream.boxed();` names the one before.
            made_by(workspace, typed, Some(init).filter(|_| is_whole)?)
        }
        ExprKind::MethodCall { .. }
            if typed.types.external(stream).is_some_and(|path| source(&path).is_some()) =>
        {
            Some(stream)
        }
        ExprKind::MethodCall { receiver, name, args, .. }
            if matches!(
                name.as_str(),
                "boxed"
                    | "boxed_local"
                    | "fuse"
                    | "applied_objects"
                    | "touched_objects"
                    | "unwrap"
                    | "expect"
                    | "map_err"
                    | "context"
            ) || (args.is_empty() && *name == "into_stream") =>
        {
            made_by(workspace, typed, *receiver)
        }
        ExprKind::Call { .. } | ExprKind::MethodCall { .. } => {
            let external = typed.types.external(stream);
            if external.as_deref().is_some_and(polls_closure) {
                let is_source =
                    |id: &ExprId| typed.types.external(*id).is_some_and(|path| source(&path).is_some());
                return body.descendants(stream).filter(|id| *id != stream).find(is_source);
            }
            match external.as_deref().and_then(wrapper) {
                Some(row) => made_by(workspace, typed, workspace.wrapped_future(typed, stream, row)?),
                None => Some(stream),
            }
        }
        _ => None,
    }
}

/// What is known of the values that the calls of a function take: for tests of the tables.
#[cfg(test)]
pub(super) fn known_in(workspace: &Workspace<'_>, function: FnId) -> Vec<(Span, &'static Source)> {
    let Some(typed) = workspace.typed(function) else { return Vec::new() };
    let takes = |&call: &ExprId| match typed.body.kind(call) {
        ExprKind::MethodCall { name, .. } => TAKING.contains(&name.as_str()) && typed.is_in_loop(call),
        _ => false,
    };
    let known = typed.body.calls().filter(takes).filter_map(|call| {
        let span = workspace.span(function, head(typed.body, call));
        Some((span, source_of(workspace, typed, call)?))
    });
    known.collect()
}

/// Methods that take the next value.
pub(super) const TAKING: &[&str] =
    &["next", "try_next", "recv", "try_recv", "poll", "message", "accept_bi", "accept_uni", "next_event"];

fn path_of(ty: &Ty) -> Option<&str> {
    match ty {
        Ty::External(path, _) => Some(path.as_str()),
        _ => None,
    }
}

/// Whether code does more than to tell a person: it calls, sends or sets something, panics, exits.
fn acts(typed: Typed<'_>, id: ExprId) -> bool {
    typed.is_fatal(id)
        || typed.body.descendants_here(id).any(|id| match typed.body.kind(id) {
            ExprKind::Assign { .. } => true,
            ExprKind::Call { .. } => !typed.is_ok(id) && !typed.is_err(id) && !within_log(typed, id),
            ExprKind::MethodCall { .. } => !within_log(typed, id),
            _ => false,
        })
}

fn within_log(typed: Typed<'_>, id: ExprId) -> bool {
    typed.body.ancestors(id).any(|outer| matches!(typed.body.kind(outer), ExprKind::Macro(_)))
}

impl<'a> Model<'a> {
    /// The task that a run is, or that waits for it and then has nothing else to do, if it is started once, when the
    /// process starts, and nobody learns that it ends.
    pub(super) fn forgotten_task(&self, function: FnId, run: ExprId, depth: u32) -> Option<&Task> {
        let workspace = self.workspace;
        let typed = workspace.typed(function)?;
        let is_function = run == typed.body.root;
        let file = workspace.function(function).file;
        let of_run = |task: &&Task| !is_function && task.runs(function, run);
        if let Some(task) = self.tasks(file).iter().find(of_run) {
            return self.is_forgotten(task).then_some(task);
        }
        if !is_function || depth == 0 {
            return None;
        }
        let (caller, call) = workspace.only_caller(function).filter(|&(caller, _)| caller != function)?;
        let file = workspace.function(caller).file;
        let spawned = self.tasks(file).iter().find(|task| task.function == caller && task.calls(function));
        if let Some(task) = spawned {
            return self.is_forgotten(task).then_some(task);
        }
        // Waited for in a run that has nothing else to do.
        let outer = workspace.typed(caller)?;
        if !workspace.runs_here(outer, call, function) || outer.is_in_loop(call) {
            return None;
        }
        let statement = statement_of(outer, call);
        let goes_on = outer.after(call).into_iter().chain([statement]).any(|it| {
            outer.body.descendants_here(it).any(|id| {
                id != call
                    && !outer.body.ancestors(call).any(|around| around == id)
                    && !outer.body.ancestors(id).any(|around| around == call)
                    && acts(outer, id)
            })
        });
        if goes_on {
            return None;
        }
        let run = outer.body.own_body_of(call).unwrap_or(outer.body.root);
        self.forgotten_task(caller, run, depth - 1)
    }

    fn is_forgotten(&self, task: &Task) -> bool {
        let workspace = self.workspace;
        task.is_lost(workspace)
            && task.is_spawned_once(workspace)
            && !task.is_for_one_peer(workspace)
            && self.runs_at_start(task.function, DEPTH)
    }

    /// Whether a function runs when the process starts, once: `main`, and what it calls outside of loops.
    fn runs_at_start(&self, function: FnId, depth: u32) -> bool {
        let workspace = self.workspace;
        if self.is_main(function) {
            return true;
        }
        if depth == 0 {
            return false;
        }
        workspace.is_always_called(function, |caller, typed, call| {
            caller != function && !typed.is_in_loop(call) && self.runs_at_start(caller, depth - 1)
        })
    }
}

/// The statement that an expression is part of, in the innermost block around it.
fn statement_of(typed: Typed<'_>, id: ExprId) -> ExprId {
    let mut inner = id;
    for outer in typed.body.ancestors(id) {
        if matches!(typed.body.kind(outer), ExprKind::Block(_)) {
            break;
        }
        inner = outer;
    }
    inner
}
