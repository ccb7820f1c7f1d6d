//! Loops that cannot be stopped: nothing asks them to, or what does is not seen while they wait.

use super::loops::{Loop, is_asked_for, is_failure};
use super::{Model, Task};
use crate::hir::{ExprId, ExprKind, LoopKind, PatSite, Stmt};
use crate::knowledge::delays::delay;
use crate::knowledge::errors::{Says, error_type};
use crate::knowledge::methods;
use crate::knowledge::spawners::OnDrop;
use crate::knowledge::streams::channel_kind;
use crate::knowledge::transparent::{WrappedOutput, wrapper};
use crate::semantics::{Fact, Fate, FnId, Ty, Typed, Use, Workspace, called_name, head};
use crate::source::{FileId, Span};

/// A loop that goes on when it should stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unstoppable {
    /// The loop, or the wait that does not see the signal.
    pub span: Span,
    pub why: WhyUnstoppable,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhyUnstoppable {
    /// Nothing can end it but a failure, or nothing at all.
    NoSignal { spawned: Option<Span> },
    /// It looks at this signal, but not while it waits.
    Blind { signal: Span },
    /// It looks at this signal, but not on each way back to its head.
    Unchecked { signal: Span, way: Span },
}

/// How many callers deep it is looked for what races a function.
const DEPTH: u32 = 3;

/// The loops of a file that cannot be stopped, in order of place.
pub(super) fn unstoppable(model: &Model<'_>, file: FileId) -> Vec<Unstoppable> {
    let mut found: Vec<Unstoppable> =
        model.loops(file).iter().filter_map(|it| Unstoppable::of(model, it)).collect();
    found.sort_by_key(|it| it.span);
    found.dedup_by_key(|it| it.span);
    found
}

impl Unstoppable {
    fn of(model: &Model<'_>, it: &Loop) -> Option<Unstoppable> {
        let workspace = model.workspace;
        let typed = workspace.typed(it.function)?;
        // `main` ends with the process, what returns `!` says itself that it has no end, and whoever has started a command
        // stops that.
        let is_whole = it.run == typed.body.root;
        if workspace.function(it.function).is_test
            || (is_whole && (model.is_main(it.function) || promises_no_end(workspace, it.function)))
        {
            return None;
        }
        let found = match goes_round(typed, it.id) {
            true => Self::endless(model, typed, it),
            false => Self::blind_in_callee(model, typed, it),
        };
        found.filter(|_| !model.is_of_command(it.function))
    }

    fn endless(model: &Model<'_>, typed: Typed<'_>, it: &Loop) -> Option<Unstoppable> {
        let workspace = model.workspace;
        let signal =
            it.ways.out.iter().find_map(|way| way.paths.iter().find_map(|path| path.place(Fact::Asked)));
        let leaves_otherwise = it.ways.out.iter().any(|way| {
            let asked = way.paths.iter().any(|path| path.has(Fact::Asked));
            !asked && !is_failure(way.kind, &way.paths)
        });
        if leaves_otherwise {
            return None;
        }
        match signal {
            Some(signal) => {
                if is_stopped_from_outside(model, it.function, it.id, DEPTH) {
                    return None;
                }
                Self::blind(workspace, typed, it, signal)
                    .or_else(|| Self::unchecked(workspace, typed, it, signal))
            }
            None => {
                let paths = || it.ways.back.iter().flat_map(|way| way.paths.iter());
                let waits = [Fact::Wait, Fact::Message, Fact::Delay];
                let goes_on = paths().any(|path| waits.iter().any(|&fact| path.has(fact)))
                    && paths().any(|path| !path.has(Fact::Stop))
                    && !it.ways.out.iter().any(|way| is_asked_for(&way.paths));
                if !goes_on || is_stopped_from_outside(model, it.function, it.id, DEPTH) {
                    return None;
                }
                let spawned = task_around(model, it.function, it.id).map(|task| task.span);
                Some(Unstoppable { span: it.span, why: WhyUnstoppable::NoSignal { spawned } })
            }
        }
    }

    /// It waits for something that may never come, and does not look at the signal meanwhile.
    fn blind(workspace: &Workspace<'_>, typed: Typed<'_>, it: &Loop, signal: ExprId) -> Option<Unstoppable> {
        let wait = blind_wait(typed, it.id)?;
        let at = |id| workspace.span(it.function, head(typed.body, id));
        Some(Unstoppable { span: at(wait), why: WhyUnstoppable::Blind { signal: at(signal) } })
    }

    fn unchecked(
        workspace: &Workspace<'_>,
        typed: Typed<'_>,
        it: &Loop,
        signal: ExprId,
    ) -> Option<Unstoppable> {
        // A look inside of an inner loop is there for what that does.
        let around =
            typed.body.ancestors(signal).find(|&outer| matches!(typed.body.kind(outer), ExprKind::Loop(_)));
        if around != Some(it.id) {
            return None;
        }
        let way = it.ways.back.iter().find(|way| way.paths.iter().any(|path| !path.has(Fact::Stop)))?;
        let path = way.paths.iter().find(|path| !path.has(Fact::Stop))?;
        let place = path.place(Fact::Error).or(path.place(Fact::Wait)).or(path.place(Fact::Message))?;
        let at = |id| workspace.span(it.function, head(typed.body, id));
        let why = WhyUnstoppable::Unchecked { signal: at(signal), way: at(place) };
        Some(Unstoppable { span: it.span, why })
    }

    /// An inner loop that waits for a peer, in a function whose caller looks at a flag only between its calls.
    fn blind_in_callee(model: &Model<'_>, typed: Typed<'_>, it: &Loop) -> Option<Unstoppable> {
        let workspace = model.workspace;
        let looks = it
            .ways
            .back
            .iter()
            .chain(&it.ways.out)
            .any(|way| way.paths.iter().any(|path| path.has(Fact::Stop)));
        if looks || it.run != typed.body.root {
            return None;
        }
        let wait = blind_wait(typed, it.id).filter(|&wait| !is_channel(typed, wait))?;
        let signal = workspace.callers(it.function).find_map(|(caller, call)| {
            let outer = workspace.typed(caller)?;
            if is_raced(outer, call) {
                return None;
            }
            let around =
                outer.body.ancestors(call).find(|&id| matches!(outer.body.kind(id), ExprKind::Loop(_)))?;
            let all = workspace.ways_of_run(caller, outer.run_of(around))?.loops;
            let ways = all.into_iter().find(|it| it.id == around)?;
            let signal =
                ways.out.iter().find_map(|way| way.paths.iter().find_map(|path| path.place(Fact::Asked)))?;
            // A signal that is waited for is seen where it is raced; a flag is seen only where it is looked at.
            let is_flag = !matches!(outer.types.of(signal), Ty::Future(_))
                && !outer
                    .body
                    .descendants_here(signal)
                    .any(|id| matches!(outer.body.kind(id), ExprKind::Await(_)))
                && !matches!(
                    outer.body.parent(signal).map(|it| outer.body.kind(it)),
                    Some(ExprKind::Select(_))
                );
            is_flag.then(|| workspace.span(caller, head(outer.body, signal)))
        })?;
        let span = workspace.span(it.function, head(typed.body, wait));
        Some(Unstoppable { span, why: WhyUnstoppable::Blind { signal } })
    }
}

/// `-> !`, `-> Infallible`, `-> Result<Infallible, Error>`.
fn promises_no_end(workspace: &Workspace<'_>, function: FnId) -> bool {
    let is_never = |ty: &Ty| match ty {
        Ty::Never => true,
        Ty::External(name, _) => error_type(name).is_some_and(|row| row.says == Says::Impossible),
        _ => false,
    };
    let output = match workspace.output_of(function) {
        Ty::Future(output) => (*output).clone(),
        other => other,
    };
    is_never(&output) || output.as_result().is_some_and(|(ok, _)| is_never(&ok))
}

/// `loop`, `while true`, `while !stop.load(..)`.
fn goes_round(typed: Typed<'_>, id: ExprId) -> bool {
    let ExprKind::Loop(it) = typed.body.kind(id) else { return false };
    match it.kind {
        LoopKind::Loop => true,
        LoopKind::While(condition) => {
            typed.is_unconditional(it)
                || (!matches!(typed.body.kind(condition), ExprKind::Let { .. })
                    && typed.speaks_of_stop(condition))
        }
        LoopKind::For { .. } => false,
    }
}

/// The await of a loop that may last for ever, and is raced with nothing that ends it.
fn blind_wait(typed: Typed<'_>, within: ExprId) -> Option<ExprId> {
    let body = typed.body;
    body.descendants_here(within).find(|&id| {
        let ExprKind::MethodCall { name, .. } = body.kind(id) else { return false };
        let awaited = body.parent(id).is_some_and(|outer| match body.kind(outer) {
            ExprKind::Await(_) => true,
            ExprKind::Select(select) => select.arms.iter().any(|arm| arm.future == id),
            _ => false,
        });
        let lasts = methods::is_receive(name) || *name == "accept";
        let is_timer = typed.types.external(id).is_some_and(|path| delay(&path).is_some()) || *name == "tick";
        lasts && awaited && !is_timer && typed.looks_at_stop(id).is_none() && !is_bounded(typed, id, within)
    })
}

/// Whether a wait is raced with a stop, a timer, or is given a time.
fn is_bounded(typed: Typed<'_>, id: ExprId, within: ExprId) -> bool {
    let body = typed.body;
    body.ancestors(id).take_while(|&outer| outer != within).any(|outer| match body.kind(outer) {
        ExprKind::Select(select) => {
            let of = select.arms.iter().find(|arm| typed.range(arm.future).contains(typed.range(id)));
            of.is_some_and(|own| {
                select.arms.iter().any(|arm| arm.future != own.future && ends_a_wait(typed, arm.future))
                    || select.otherwise.is_some()
            })
        }
        ExprKind::Call { .. } | ExprKind::MethodCall { .. } => {
            called_name(typed, outer).is_some_and(|name| name.contains("timeout") || name.contains("until"))
                || typed
                    .types
                    .external(outer)
                    .and_then(|path| wrapper(&path))
                    .is_some_and(|row| row.output != WrappedOutput::Same)
        }
        _ => false,
    })
}

/// Whether an arm of a `select!` ends the wait of the others: a stop signal, or a timer.
fn ends_a_wait(typed: Typed<'_>, future: ExprId) -> bool {
    let body = typed.body;
    let name = called_name(typed, future);
    let is_signal = |path: &str| {
        use crate::knowledge::stop::{StopKind, stop};
        delay(path).is_some()
            || stop(path).is_some_and(|row| matches!(row.kind, StopKind::Waits | StopKind::Signal(_)))
    };
    match body.kind(future) {
        ExprKind::Ref { inner, .. } => ends_a_wait(typed, *inner),
        _ => {
            typed.looks_at_stop(future).is_some()
                || name.is_some_and(|name| methods::names_pause(&name) || methods::names_stop(&name))
                || typed.types.external(future).is_some_and(|path| is_signal(&path))
                || matches!(typed.types.of(future), Ty::External(name, _) if crate::knowledge::delays::is_delay_type(name))
                || matches!(body.kind(future), ExprKind::Local(local) if methods::names_pause(&body.local(*local).name))
        }
    }
}

/// Whether a receiver is that of a channel of this program, whose senders go when it stops.
fn is_channel(typed: Typed<'_>, call: ExprId) -> bool {
    let ExprKind::MethodCall { receiver, .. } = typed.body.kind(call) else { return false };
    matches!(typed.types.of(*receiver), Ty::External(name, _) if channel_kind(name).is_some())
}

/// Whether something around a place ends it: another arm of a `select!`, a call that is given a stop or a time.
fn is_raced(typed: Typed<'_>, id: ExprId) -> bool {
    let body = typed.body;
    let mut inner = id;
    for outer in body.ancestors(id) {
        match body.kind(outer) {
            ExprKind::Select(select)
                if select.arms.len() > 1 && select.arms.iter().any(|arm| arm.future == inner) =>
            {
                return true;
            }
            ExprKind::Call { .. } | ExprKind::MethodCall { .. } => {
                let is_spawn = typed.starts_task(outer);
                let row = typed.types.external(outer).and_then(|path| wrapper(&path));
                let ends = row.is_some_and(|row| {
                    matches!(
                        row.output,
                        WrappedOutput::Timeout | WrappedOutput::Abortable | WrappedOutput::Option
                    )
                });
                if ends
                    || (!is_spawn && called_name(typed, outer).is_some_and(|name| methods::names_race(&name)))
                {
                    return true;
                }
            }
            _ => {}
        }
        inner = outer;
    }
    false
}

/// Whether somebody else can end what runs at a place: who races it, who aborts its task, who cannot be seen.
fn is_stopped_from_outside(model: &Model<'_>, function: FnId, id: ExprId, depth: u32) -> bool {
    let workspace = model.workspace;
    let Some(typed) = workspace.typed(function) else { return true };
    if is_raced(typed, id) {
        return true;
    }
    let body = typed.body;
    for outer in body.ancestors(id).chain([id]) {
        if let Some(task) = task_of_spawn(model, function, outer) {
            return is_ended(workspace, task);
        }
    }
    // Handed to something that is no spawn: who runs it is not known.
    let run = typed.run_of(id);
    let awaited = body
        .parent(run)
        .is_some_and(|outer| matches!(body.kind(outer), ExprKind::Await(_) | ExprKind::Join { .. }));
    if run != body.root && !awaited && !typed.is_blocked_on(run) {
        return true;
    }
    if model.is_main(function) {
        return false;
    }
    let Some(depth) = depth.checked_sub(1) else { return true };
    // A test stops what it runs with its runtime, which says nothing of the service.
    let is_test = |of: FnId| workspace.function(of).is_test;
    let mut callers = workspace.callers_among(function, |caller| !is_test(caller)).peekable();
    let tasks: Vec<&Task> = model.tasks_of_function(function).filter(|it| !is_test(it.function)).collect();
    tasks.iter().any(|task| is_ended(workspace, task))
        || (tasks.is_empty() && callers.peek().is_none())
        || callers
            .any(|(caller, call)| caller != function && is_stopped_from_outside(model, caller, call, depth))
}

fn task_around<'m>(model: &'m Model<'_>, function: FnId, id: ExprId) -> Option<&'m Task> {
    let typed = model.workspace.typed(function)?;
    typed.body.ancestors(id).find_map(|outer| task_of_spawn(model, function, outer))
}

fn task_of_spawn<'m>(model: &'m Model<'_>, function: FnId, spawn: ExprId) -> Option<&'m Task> {
    let file = model.workspace.function(function).file;
    model.tasks(file).iter().find(|task| task.function == function && task.spawn == spawn)
}

/// Whether somebody aborts a task, owns it so that it ends with the owner, or has its handle without being seen.
fn is_ended(workspace: &Workspace<'_>, task: &Task) -> bool {
    if task.spawner.on_drop == OnDrop::Cancel {
        return true;
    }
    task.handle.iter().any(|it| match it.fate {
        Fate::Aborted => !is_taken_by_key(workspace, it),
        Fate::Returned => true,
        Fate::Unknown => !is_forgotten_in_static(workspace, it),
        Fate::Dropped(_) | Fate::LetGo | Fate::Awaited | Fate::LookedAt => false,
    })
}

/// `if let Some(task) = tasks.remove(&id) { task.abort() }`: one of them is ended, when somebody says which.
fn is_taken_by_key(workspace: &Workspace<'_>, it: &Use) -> bool {
    let Some(typed) = workspace.typed(it.function) else { return false };
    let body = typed.body;
    let removes = |id: ExprId| {
        body.descendants_here(id)
            .any(|id| matches!(body.kind(id), ExprKind::MethodCall { name, args, .. } if *name == "remove" && !args.is_empty()))
    };
    let ExprKind::MethodCall { receiver, .. } = body.kind(it.at) else { return false };
    if removes(*receiver) {
        return true;
    }
    let ExprKind::Local(local) = body.kind(*receiver) else { return false };
    match body.outer_pat_site(body.local(*local).pat).1 {
        PatSite::Condition(of) | PatSite::Arm(of, _) => {
            body.children(of).first().is_some_and(|&value| removes(value))
        }
        PatSite::Let(block, index) => match body.kind(block) {
            ExprKind::Block(block) => match &block.stmts[index as usize] {
                Stmt::Let(it) => it.init.is_some_and(removes),
                _ => false,
            },
            _ => false,
        },
        _ => false,
    }
}

/// Whether a handle goes into a static of which no function that aborts anything speaks.
fn is_forgotten_in_static(workspace: &Workspace<'_>, it: &Use) -> bool {
    let Some(typed) = workspace.typed(it.function) else { return false };
    let body = typed.body;
    let place = body.ancestors(it.at).chain([it.at]).find_map(|outer| match body.kind(outer) {
        ExprKind::Assign { place, .. } => Some(*place),
        _ => None,
    });
    let Some(place) = place else { return false };
    let name = body.descendants_here(place).find_map(|id| match body.kind(id) {
        ExprKind::Path(path) => Some(path.last().name),
        _ => None,
    });
    let Some(name) = name else { return false };
    !workspace.function_ids().filter_map(|function| workspace.body(function)).any(|body| {
        let aborts = body.calls().any(
            |call| matches!(body.kind(call), ExprKind::MethodCall { name, .. } if methods::ends_task(name)),
        );
        aborts
            && body
                .expr_ids()
                .any(|id| matches!(body.kind(id), ExprKind::Path(path) if path.last().name == name))
    })
}
