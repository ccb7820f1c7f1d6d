//! Workers: functions known to run for the life of the process, because `main`, or the function that `main` runs, waits for
//! them and they have an endless loop, a server, or tasks that have.

use std::collections::{BTreeMap, BTreeSet};

use crate::hir::{ExprId, ExprKind, PatId, PatKind, Stmt};
use crate::knowledge::vocabulary::Word;
use crate::knowledge::{delays, methods};
use crate::model::{Model, Outcome, Task, TaskBody};
use crate::semantics::{
    Callee, Exit, ExitKind, Fate, FnId, Life, Owner, Swallow, Swallowed, TargetKind, Ty, Typed, Workspace,
    called_name, head,
};
use crate::source::{Span, TextRange};

/// A function, or an async block of one, that must run for the life of the process.
#[derive(Clone, Debug)]
pub struct Worker {
    pub function: FnId,
    /// Its body, or the block.
    pub run: ExprId,
    pub must_run: MustRun,
    /// What it lives in; of a `main` it may not be known.
    pub life: Option<Life>,
}

/// Why a worker must run on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MustRun {
    /// Where it is waited for or spawned; of `main`, its name.
    pub span: Span,
    pub because: Because,
    /// Its end ends the process, or what runs beside it: it is an arm of a `select!`, or what `main` does last.
    pub ends_others: bool,
}

/// How a worker is known to be one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Because {
    /// `main`, or what `main` runs, waits for it.
    WaitedFor,
    /// The project says so.
    Named,
    /// It is `main`.
    IsMain,
    /// It is a task with an endless loop, spawned once.
    Spawned,
}

/// A success exit of a worker, and what is wrong with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuietExit {
    /// The value, or the `return`.
    pub span: Span,
    pub reason: QuietReason,
    /// What tells so: the spawn of the tasks that are gone, the condition, the pattern of the error.
    pub evidence: Span,
    /// It is a `return` in the branch itself.
    pub is_in_branch: bool,
    /// The worker had not begun by then.
    pub is_start_up: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuietReason {
    /// All tasks that should live have ended.
    TasksGone,
    /// There is nothing to do, so it ends before it begins.
    NothingToDo,
    /// An error came up.
    AfterError,
    /// What is taken for a success may hold an error.
    InnerError,
}

/// An error that a function names or throws away, and then reports success to its caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MaskedError {
    /// Where the error is named or thrown away.
    pub at: Span,
    /// The success.
    pub exit: Span,
    /// It is a `return` in the branch itself.
    pub is_in_branch: bool,
}

/// A `select!` or `join!` in a function that the process lives in, whose arm hides the end of a worker.
#[derive(Clone, Debug)]
pub struct HiddenEnd {
    pub function: FnId,
    pub by: HiddenBy,
    /// The macro.
    pub span: Span,
    /// The future of the arm, and the loop or server it lives in.
    pub arms: Vec<(Span, Life)>,
    /// The success that follows.
    pub exit: Span,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HiddenBy {
    /// The first that ends takes the others with it.
    Select,
    /// One that has ended is not seen before all have.
    Join,
}

/// How deep the functions that `main` runs are followed.
const DEPTH: u32 = 3;

/// The functions the process lives in: each `main`, and the functions it waits for that live on.
pub(super) fn process_functions(model: &Model<'_>) -> Vec<FnId> {
    let workspace = model.workspace;
    let mains = workspace.function_ids().filter(|&id| is_main(workspace, id) && !model.is_for_developers(id));
    let mut found = Vec::new();
    for main in mains {
        add_process_function(workspace, main, DEPTH, &mut found);
    }
    found
}

/// The functions that one process lives in, its `main` first.
pub(super) fn functions_of_process(workspace: &Workspace<'_>, main: FnId) -> Vec<FnId> {
    let mut found = Vec::new();
    add_process_function(workspace, main, DEPTH, &mut found);
    found
}

/// What a function itself runs, run by run: its body, and the async blocks it blocks on.
pub(super) fn own_runs(typed: Typed<'_>) -> Vec<ExprId> {
    let blocks = main_run(typed).into_iter().filter(|&id| typed.is_blocked_on(id));
    std::iter::once(typed.body.root).chain(blocks).collect()
}

/// The `select!`s with which a function itself waits for what it runs: not those in loops, nor races with a timer.
pub(super) fn selects(typed: Typed<'_>) -> impl Iterator<Item = ExprId> {
    main_run(typed).into_iter().filter(move |&id| match typed.body.kind(id) {
        ExprKind::Select(select) => {
            let is_timer =
                |future: ExprId| called_name(typed, future).is_some_and(|name| delays::is_delay_name(&name));
            !typed.is_in_loop(id) && !select.arms.iter().any(|arm| is_timer(arm.future))
        }
        _ => false,
    })
}

pub(super) fn is_main(workspace: &Workspace<'_>, id: FnId) -> bool {
    let function = workspace.function(id);
    let module = workspace.module(function.scope);
    let krate = workspace.krate(module.krate);
    let is_binary = matches!(krate.kind, TargetKind::Bin | TargetKind::Loose);
    let at_root = function.owner == Owner::Module
        && function.inside.is_none()
        && workspace.named_module(function.scope) == krate.root;
    is_binary
        && at_root
        && function.hir.name == "main"
        && !function.is_test
        && !methods::names_dev_tool(&krate.name)
}

fn add_process_function(workspace: &Workspace<'_>, function: FnId, depth: u32, found: &mut Vec<FnId>) {
    if found.contains(&function) {
        return;
    }
    found.push(function);
    let Some(typed) = workspace.typed(function) else { return };
    if depth == 0 {
        return;
    }
    for call in main_run(typed) {
        if let &Callee::Function(callee) = typed.types.callee(call)
            && workspace.runs_here(typed, call, callee)
            && workspace.life_of(callee).is_some()
        {
            add_process_function(workspace, callee, depth - 1, found);
        }
    }
}

/// The functions that live as long as the process: those it lives in, and those that live in what they spawn.
pub(super) fn lifelong_functions(workspace: &Workspace<'_>, process: &[FnId]) -> BTreeSet<FnId> {
    let mut found = BTreeSet::new();
    let mut open: Vec<FnId> = process.to_vec();
    while let Some(function) = open.pop() {
        let Some(typed) = workspace.typed(function).filter(|_| found.insert(function)) else { continue };
        open.extend(typed.body.calls().filter_map(|call| match typed.types.callee(call) {
            &Callee::Function(callee) => workspace.life_of(callee).map(|_| callee),
            _ => None,
        }));
    }
    found
}

/// What a function itself runs: its body, and the async blocks it blocks on.
fn main_run(typed: Typed<'_>) -> Vec<ExprId> {
    let body = typed.body;
    let mut all: Vec<ExprId> = body.descendants_here(body.root).collect();
    let blocks: Vec<ExprId> = all.iter().copied().filter(|&id| typed.is_blocked_on(id)).collect();
    for block in blocks {
        all.extend(body.descendants_here(block).skip(1));
    }
    all
}

/// The workers of the program, by function and run: those that are waited for, the mains, and the tasks spawned for life.
pub(super) fn workers<'t>(
    workspace: &Workspace<'_>,
    process: &[FnId],
    tasks: impl Iterator<Item = &'t Task>,
) -> Workers {
    let mut workers = BTreeMap::new();
    for &function in process {
        let Some(typed) = workspace.typed(function) else { continue };
        for at in main_run(typed) {
            match typed.body.kind(at) {
                ExprKind::Select(select) if !typed.is_in_loop(at) => {
                    for arm in &select.arms {
                        add_workers(workspace, function, typed, arm.future, true, &mut workers);
                    }
                }
                ExprKind::Await(inner) => {
                    let last = is_last(typed, at);
                    add_workers(workspace, function, typed, *inner, last, &mut workers);
                }
                ExprKind::Join { futures, fallible } => {
                    futures.iter().for_each(|&future| {
                        add_workers(workspace, function, typed, future, *fallible, &mut workers)
                    });
                }
                _ => {}
            }
        }
        if is_main(workspace, function) {
            add_main(workspace, function, typed, &mut workers);
        }
    }
    for task in tasks {
        add_spawned(workspace, task, &mut workers);
    }
    add_named(workspace, &mut workers);
    workers
}

/// Adds the functions of which the project itself says that they must run.
fn add_named(workspace: &Workspace<'_>, workers: &mut Workers) {
    let named = workspace.function_ids().filter(|&id| workspace.words().of_function(id, Word::MustRun));
    for function in named {
        let Some(life) = workspace.life_of(function) else { continue };
        let name = workspace.function(function).hir.name_range;
        let Some(body) = workspace.body(function) else { continue };
        let span = workspace.span(function, name);
        let must_run = MustRun { span, because: Because::Named, ends_others: true };
        let (run, life) = (body.root, Some(life.clone()));
        workers.insert((function, run), Worker { function, run, must_run, life });
    }
}

type Workers = BTreeMap<(FnId, ExprId), Worker>;

/// A `main` is the worker that must run most of all, with what it blocks on.
fn add_main(workspace: &Workspace<'_>, main: FnId, typed: Typed<'_>, workers: &mut Workers) {
    let span = workspace.span(main, workspace.function(main).hir.name_range);
    let must_run = MustRun { span, because: Because::IsMain, ends_others: true };
    let body = typed.body;
    let blocks = body.descendants_here(body.root).filter(|&id| typed.is_blocked_on(id));
    for run in std::iter::once(body.root).chain(blocks.filter(|&id| is_last(typed, id))) {
        let life = workspace.life_of_run(main, run);
        workers.entry((main, run)).or_insert(Worker { function: main, run, must_run, life });
    }
}

/// A task that turns for ever, spawned once and not for a peer.
fn add_spawned(workspace: &Workspace<'_>, task: &Task, workers: &mut Workers) {
    let (function, run) = match task.body {
        TaskBody::Run(function, run) => (function, run),
        TaskBody::Function(function) => match workspace.body(function) {
            Some(body) => (function, body.root),
            None => return,
        },
        TaskBody::Infallible | TaskBody::Param(..) | TaskBody::Unknown => return,
    };
    // Who waits for it may start it again.
    let is_awaited = task.handle.iter().any(|it| it.fate == Fate::Awaited);
    if is_awaited || !task.is_spawned_once(workspace) || task.is_for_one_peer(workspace) {
        return;
    }
    let life = workspace.turning_life(function, run);
    if life.is_none() {
        return;
    }
    let must_run = MustRun { span: task.span, because: Because::Spawned, ends_others: false };
    workers.entry((function, run)).or_insert(Worker { function, run, must_run, life });
}

/// Whether nothing else is waited for after a place in its run.
fn is_last(typed: Typed<'_>, at: ExprId) -> bool {
    typed.after(at).into_iter().all(|later| !typed.awaits(later))
}

/// Adds the functions that a future lives in.
fn add_workers(
    workspace: &Workspace<'_>,
    function: FnId,
    typed: Typed<'_>,
    future: ExprId,
    ends_others: bool,
    workers: &mut Workers,
) {
    let Some(life) = workspace.life_of_future(function, typed, future) else { return };
    let must_run = MustRun {
        span: workspace.span(function, typed.range(future)),
        because: Because::WaitedFor,
        ends_others,
    };
    // What lives inside what must live must live too, as long as it is the same run.
    for inner in life.chain().skip_while(|inner| inner.function == function) {
        let Some(own) = workspace.life_of(inner.function) else { continue };
        // What stops a service waits for its tasks as well, and has to end.
        if workspace.is_teardown(inner.function) {
            break;
        }
        let Some(body) = workspace.body(inner.function) else { continue };
        let worker = Worker { function: inner.function, run: body.root, must_run, life: Some(own.clone()) };
        let known = workers.entry((inner.function, body.root)).or_insert_with(|| worker.clone());
        // The stronger reason.
        if must_run.ends_others && !known.must_run.ends_others {
            *known = worker;
        }
    }
}

impl QuietExit {
    /// Whether two exits of one worker have one cause: all that goes wrong before it begins, or the same tasks that are gone.
    pub fn is_of_cause(&self, other: &QuietExit) -> bool {
        self.reason == other.reason
            && match self.reason {
                QuietReason::AfterError => self.is_start_up && other.is_start_up,
                QuietReason::TasksGone => self.evidence == other.evidence,
                QuietReason::NothingToDo | QuietReason::InnerError => false,
            }
    }
}

impl Worker {
    /// The ways in which the worker ends as if nothing had happened although something is wrong or missing.
    pub fn quiet_exits(&self, model: &Model<'_>) -> Vec<QuietExit> {
        let workspace = model.workspace;
        let Some(typed) = workspace.typed(self.function) else { return Vec::new() };
        let mut found: Vec<QuietExit> = Vec::new();
        // An error says more than that the tasks are gone.
        let after_errors = workspace.swallowed(self.function, self.run).into_iter();
        found.extend(after_errors.filter_map(|it| self.after_error(workspace, typed, it)));
        if matches!(self.must_run.because, Because::WaitedFor | Because::Named) {
            let exits = typed.exits(self.run).into_iter();
            found.extend(exits.filter_map(|exit| self.quiet_exit(model, typed, exit)));
        }
        let mut seen = BTreeSet::new();
        found.retain(|exit| seen.insert(exit.span));
        found.sort_by_key(|exit| exit.span);
        found
    }

    /// An error that ends in a success, where that ends what the worker is for.
    fn after_error(&self, workspace: &Workspace<'_>, typed: Typed<'_>, it: Swallowed) -> Option<QuietExit> {
        if gives_something(typed, it.exit) {
            return None;
        }
        let is_for_life = self.must_run.because != Because::Spawned;
        let ends_work = match is_for_life {
            true => {
                (self.life.is_some() && it.leaves.is_some())
                    || workspace.is_lived_in(self.function, typed, it.operand)
            }
            // A task that gives up and says so in the log may mean it; one that meant to give up one page does not.
            false => {
                it.leaves.is_some() && (it.by == Swallow::InnerError || (it.from_inner_loop && it.returns))
            }
        };
        let is_start_up = is_for_life && self.never_begins(workspace, typed, it);
        let reason = match it.by {
            Swallow::InnerError => QuietReason::InnerError,
            Swallow::Named | Swallow::Unmatched | Swallow::Adaptor | Swallow::Dropped => {
                QuietReason::AfterError
            }
        };
        (ends_work || is_start_up).then(|| QuietExit {
            span: workspace.span(self.function, exit_range(typed, it.exit)),
            reason,
            evidence: workspace.span(self.function, it.at),
            is_in_branch: it.returns,
            is_start_up,
        })
    }

    /// Whether the worker has not begun by the time that an error ends it.
    fn never_begins(&self, workspace: &Workspace<'_>, typed: Typed<'_>, it: Swallowed) -> bool {
        let Some(life) = &self.life else {
            // All that a `main` waits for lies where the error does not get to.
            return it.passes_over.is_some_and(|skipped| {
                typed.body.descendants_here(skipped).any(|id| workspace.waits_for_task(typed, id))
            });
        };
        let living = typed.range(life.at);
        let is_before = it.returns && typed.range(it.exit.at).end <= living.start;
        // To bind a listener is part of it.
        let binds = it.returns && typed.range(it.operand).contains(living);
        let is_passed_over = it.passes_over.is_some_and(|skipped| typed.range(skipped).contains(living));
        self.must_run.ends_others && it.by != Swallow::Dropped && (is_before || binds || is_passed_over)
    }

    fn quiet_exit(&self, model: &Model<'_>, typed: Typed<'_>, exit: Exit) -> Option<QuietExit> {
        if !typed.is_success(exit) || gives_something(typed, exit) {
            return None;
        }
        let workspace = model.workspace;
        let span = workspace.span(self.function, exit_range(typed, exit));
        let is_in_branch = matches!(exit.kind, ExitKind::Return(_));
        let quiet =
            |reason, evidence| Some(QuietExit { span, reason, evidence, is_in_branch, is_start_up: false });
        if let Some(spawn) = self.tasks_gone(model, typed, exit) {
            return quiet(QuietReason::TasksGone, spawn);
        }
        let living = typed.range(self.life.as_ref()?.at);
        if is_in_branch && self.must_run.ends_others && typed.range(exit.at).end <= living.start {
            let missing = nothing_to_do(typed, exit.at)?;
            return quiet(QuietReason::NothingToDo, workspace.span(self.function, missing));
        }
        None
    }

    /// The spawn of a task that should live, whose end was waited for before an exit, with its failure unseen.
    fn tasks_gone(&self, model: &Model<'_>, typed: Typed<'_>, exit: Exit) -> Option<Span> {
        let place = typed.range(exit.at);
        let file = model.workspace.function(self.function).file;
        let mut waits = model.waits(file).iter().filter(|wait| {
            wait.function == self.function
                && typed.range(wait.at).end <= place.start
                && matches!(wait.outcome, Outcome::Discarded | Outcome::OnlyPanic | Outcome::EndsAtFailure)
                && is_on_the_way(typed, wait.at, exit.at)
                && !wait.is_teardown(model.workspace)
                && !typed.is_after_stop_request(wait.at)
                && !typed.is_joined_with_signal(wait.at)
        });
        waits.find_map(|wait| Some(wait.living_task(model.workspace)?.0.span))
    }
}

/// Whether control that gets to a place comes from another: that lies in no branch of its own, and hands no failure on.
fn is_on_the_way(typed: Typed<'_>, from: ExprId, to: ExprId) -> bool {
    let body = typed.body;
    let mut inner = from;
    for outer in body.ancestors(from).take_while(|&outer| !typed.is_inside(to, outer)) {
        let passes = match body.kind(outer) {
            ExprKind::Select(_) | ExprKind::Try(_) | ExprKind::Closure(_) => false,
            ExprKind::If { condition, .. } => *condition == inner,
            ExprKind::Match { scrutinee, .. } => *scrutinee == inner,
            ExprKind::Loop(it) => !typed.is_fatal(it.body),
            _ => true,
        };
        if !passes {
            return false;
        }
        inner = outer;
    }
    // Both in one run.
    body.own_body_of(from) == body.own_body_of(to)
}

/// A condition that something is missing: `hosts.is_empty()`, `config.port.is_none()`, `peers.len() == 0`. Other conditions
/// choose what to do.
fn finds_nothing(typed: Typed<'_>, condition: ExprId) -> bool {
    typed.body.descendants_here(condition).any(|id| match typed.body.kind(id) {
        ExprKind::MethodCall { name, .. } => matches!(name.as_str(), "is_empty" | "is_none" | "len"),
        _ => false,
    })
}

/// What says that there is nothing to do at a place: the condition of the `if` that it is the body of, or what a `let .. else`
/// does not find.
fn nothing_to_do(typed: Typed<'_>, place: ExprId) -> Option<TextRange> {
    let mut inner = place;
    for outer in typed.body.ancestors(place) {
        match typed.body.kind(outer) {
            ExprKind::If { condition, then, .. } if *then == inner => {
                return finds_nothing(typed, *condition).then(|| typed.range(*condition));
            }
            ExprKind::Block(block) => {
                let guard = block.stmts.iter().find_map(|stmt| match stmt {
                    Stmt::Let(it) if it.otherwise == Some(inner) => Some(it),
                    _ => None,
                });
                if let Some(guard) = guard {
                    // Without a word it is an option that is not chosen.
                    let is_missed = wants_some(typed, guard.pat) && typed.complains(inner);
                    let init = guard.init.filter(|&init| is_missed && !typed.awaits(init))?;
                    return Some(typed.range(init));
                }
            }
            _ => return None,
        }
        inner = outer;
    }
    None
}

/// `Some(..)`.
fn wants_some(typed: Typed<'_>, pat: PatId) -> bool {
    matches!(&typed.body.pat(pat).kind, PatKind::TupleStruct { path, .. } if path.last().name == "Some")
}

/// `Ok(value)`: a function that has something to give is there to give it, not to live on.
fn gives_something(typed: Typed<'_>, exit: Exit) -> bool {
    let value = match exit.kind {
        ExitKind::Tail => exit.at,
        ExitKind::Return(Some(value)) => value,
        ExitKind::Return(None) | ExitKind::End | ExitKind::Question(_) | ExitKind::Bail => return false,
    };
    match typed.body.kind(value) {
        ExprKind::Call { args, .. } => args.first().is_some_and(|&arg| !typed.types.of(arg).is_unit()),
        _ => false,
    }
}

/// The value; for the end of a block, its closing brace.
pub(super) fn exit_range(typed: Typed<'_>, exit: Exit) -> TextRange {
    let range = typed.range(exit.at);
    match exit.kind {
        ExitKind::End => TextRange { start: range.end - 1, end: range.end },
        _ => range,
    }
}

/// The errors that functions of a file mask, leaving an endless loop, although they could hand them on.
pub(super) fn masked_errors(
    workspace: &Workspace<'_>,
    functions: impl Iterator<Item = FnId>,
) -> Vec<MaskedError> {
    let mut found = Vec::new();
    for function in functions {
        if workspace.function(function).is_test || !could_fail(workspace, function) {
            continue;
        }
        let Some(typed) = workspace.typed(function) else { continue };
        // What is logged in passing, or instead of a step of a piece of work, is tolerated: of 20 such functions that were
        // read, all left their caller nothing to decide.
        let errors = workspace.swallowed(function, typed.body.root).into_iter();
        let ends_work = |it: &Swallowed| it.leaves.is_some_and(|left| !typed.asks_person(left));
        let mut errors = errors.filter(|it| ends_work(it) && !gives_something(typed, it.exit)).peekable();
        if errors.peek().is_none()
            || workspace.is_for_one_peer(function)
            || workspace.is_called_again(function)
        {
            continue;
        }
        found.extend(errors.map(|it| MaskedError {
            at: workspace.span(function, it.at),
            exit: workspace.span(function, exit_range(typed, it.exit)),
            is_in_branch: it.returns,
        }));
    }
    found
}

/// Whether a function can report a failure to its caller.
fn could_fail(workspace: &Workspace<'_>, function: FnId) -> bool {
    let output = workspace.output_of(function);
    let output = match &output {
        Ty::Future(output) => output,
        output => output,
    };
    output.as_result().is_some()
}

/// The selects and joins that hide the end of a worker.
pub(super) fn hidden_ends(workspace: &Workspace<'_>, process: &[FnId]) -> Vec<HiddenEnd> {
    let mut found = Vec::new();
    for &function in process {
        let Some(typed) = workspace.typed(function) else { continue };
        for at in main_run(typed) {
            found.extend(hidden_end(workspace, function, typed, at));
        }
    }
    found
}

fn hidden_end(workspace: &Workspace<'_>, function: FnId, typed: Typed<'_>, at: ExprId) -> Option<HiddenEnd> {
    if let ExprKind::Join { fallible: false, futures } = typed.body.kind(at) {
        return hidden_by_join(workspace, function, typed, at, futures);
    }
    let ExprKind::Select(select) = typed.body.kind(at) else { return None };
    if typed.is_in_loop(at) || select.arms.iter().any(|arm| is_deadline(typed, arm.future)) {
        return None;
    }
    let exit = success_after(typed, at)?;
    let arms: Vec<(Span, Life)> = select
        .arms
        .iter()
        .filter(|arm| !typed.speaks_of_stop(arm.future) && hides(typed, arm.handler))
        .filter_map(|arm| {
            let life = workspace.life_of_future(function, typed, arm.future)?;
            let can_die = !workspace.ends_when_told(typed, arm.future, &life);
            can_die.then(|| (workspace.span(function, typed.range(arm.future)), life))
        })
        .collect();
    if arms.is_empty() {
        return None;
    }
    Some(HiddenEnd {
        function,
        by: HiddenBy::Select,
        span: workspace.span(function, select.path.range),
        arms,
        exit: workspace.span(function, exit_range(typed, exit)),
    })
}

/// A `join!` whose answers hold failures that are not handed on.
fn hidden_by_join(
    workspace: &Workspace<'_>,
    function: FnId,
    typed: Typed<'_>,
    at: ExprId,
    futures: &[ExprId],
) -> Option<HiddenEnd> {
    let is_asked_for =
        typed.is_after_stop_request(at) || futures.iter().any(|&future| typed.is_joined_with_signal(future));
    if typed.is_in_loop(at) || hands_on(typed, at) || is_asked_for {
        return None;
    }
    let exit = success_after(typed, at)?;
    let arms: Vec<(Span, Life)> = futures
        .iter()
        .filter(|&&future| workspace.awaited(typed.types.of(future)).as_result().is_some())
        .filter_map(|&future| {
            let life = workspace.life_of_future(function, typed, future)?;
            Some((workspace.span(function, typed.range(future)), life))
        })
        .collect();
    let span = workspace.span(function, head(typed.body, at));
    let exit = workspace.span(function, exit_range(typed, exit));
    (!arms.is_empty()).then_some(HiddenEnd { function, by: HiddenBy::Join, span, arms, exit })
}

/// Whether the value of a `join!` goes anywhere but into log lines and conditions.
fn hands_on(typed: Typed<'_>, at: ExprId) -> bool {
    let body = typed.body;
    let Some(outer) = body.parent(at) else { return true };
    let ExprKind::Block(block) = body.kind(outer) else { return true };
    let is_statement = block.stmts.iter().any(|stmt| matches!(stmt, Stmt::Expr(it) if *it == at));
    let bound = block.stmts.iter().find_map(|stmt| match stmt {
        Stmt::Let(it) if it.init == Some(at) => Some(it.pat),
        _ => None,
    });
    let Some(bound) = bound else { return !is_statement };
    let mut open = vec![bound];
    while let Some(pat) = open.pop() {
        if let PatKind::Bind { local, .. } = body.pat(pat).kind
            && body.uses_of(local).any(|mention| !is_only_looked_at(typed, mention))
        {
            return true;
        }
        body.for_each_sub_pat(pat, |inner| open.push(inner));
    }
    false
}

/// `result.is_err()`, `error!("{result:?}")`, `if let Err(error) = result { log }`.
fn is_only_looked_at(typed: Typed<'_>, mention: ExprId) -> bool {
    let body = typed.body;
    match body.parent(mention).map(|outer| (outer, body.kind(outer))) {
        Some((_, ExprKind::MethodCall { name, receiver, .. })) => {
            *receiver == mention && matches!(name.as_str(), "is_err" | "is_ok" | "ok")
        }
        Some((outer, ExprKind::Macro(_))) => typed.logs(outer),
        Some((_, ExprKind::Let { value, .. })) => *value == mention,
        Some((_, ExprKind::Ref { .. })) => false,
        _ => false,
    }
}

/// An arm that waits for a time.
fn is_deadline(typed: Typed<'_>, future: ExprId) -> bool {
    typed.body.descendants_here(future).any(|id| {
        typed.types.external(id).is_some_and(|path| crate::knowledge::delays::delay(&path).is_some())
            || called_name(typed, id).is_some_and(|name| name.contains("sleep") || name.contains("timeout"))
    })
}

/// Whether a handler neither fails nor hands anything on.
fn hides(typed: Typed<'_>, handler: ExprId) -> bool {
    if typed.never_completes(handler) || typed.is_fatal(handler) {
        return false;
    }
    let leaves = typed.body.descendants_here(handler).any(|id| {
        matches!(
            typed.body.kind(id),
            ExprKind::Try(_) | ExprKind::Return(_) | ExprKind::Break { .. } | ExprKind::Assign { .. }
        ) || typed.is_err(id)
            || typed.leaves_by_macro(id)
    });
    !leaves && gives_nothing(typed, handler)
}

/// Whether the value of a handler is `()`.
fn gives_nothing(typed: Typed<'_>, handler: ExprId) -> bool {
    match typed.body.kind(handler) {
        ExprKind::Block(block) => block.tail.is_none_or(|tail| gives_nothing(typed, tail)),
        ExprKind::Tuple(parts) => parts.is_empty(),
        ExprKind::Macro(_) => typed.types.of(handler).is_unit(),
        ExprKind::If { then, otherwise, .. } => {
            gives_nothing(typed, *then) && otherwise.is_none_or(|it| gives_nothing(typed, it))
        }
        ExprKind::Match { arms, .. } => arms.iter().all(|arm| gives_nothing(typed, arm.body)),
        _ => typed.types.of(handler).is_unit(),
    }
}

/// The success exit that control reaches after a place, if it can reach only success. Out of a block that is blocked on it
/// goes on behind that.
pub(super) fn success_after(typed: Typed<'_>, at: ExprId) -> Option<Exit> {
    let run = typed.body.own_body_of(at).unwrap_or(typed.body.root);
    let exit = success_in_run(typed, run, at)?;
    match typed.call_that_blocks_on(run).filter(|&call| !typed.after(call).is_empty()) {
        Some(call) => success_after(typed, call),
        None => Some(exit),
    }
}

fn success_in_run(typed: Typed<'_>, run: ExprId, at: ExprId) -> Option<Exit> {
    let later = typed.after(at);
    let place = typed.range(at);
    let is_later = |id: ExprId| later.iter().any(|&root| typed.range(root).contains(typed.range(id)));
    let mut after = typed.exits(run).into_iter().filter(|exit| match exit.kind {
        // The end of a block around the place, or of an arm of it.
        ExitKind::End => {
            let range = typed.range(exit.at);
            is_later(exit.at) || range.contains(place) || place.contains(range)
        }
        ExitKind::Tail => {
            let is_arm = place.contains(typed.range(exit.at)) && typed.is_success(*exit);
            is_later(exit.at) || exit.at == at || is_arm
        }
        ExitKind::Return(_) | ExitKind::Bail => is_later(exit.at),
        // Tearing down may fail; that is not about the worker.
        ExitKind::Question(_) => false,
    });
    let first = after.next()?;
    let all_success = typed.is_success(first) && after.all(|exit| typed.is_success(exit));
    let is_fatal = later.iter().any(|&root| typed.is_fatal(root));
    (all_success && !is_fatal).then_some(first)
}
