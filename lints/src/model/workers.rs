//! Workers: functions known to run for the life of the process, because `main`, or the function that `main` runs, waits for
//! them and they have an endless loop, a server, or tasks that have.

use std::collections::{BTreeMap, BTreeSet};

use crate::hir::{ExprId, ExprKind, PatSite, Stmt};
use crate::knowledge::vocabulary::Word;
use crate::knowledge::{delays, methods};
use crate::semantics::{
    Callee, Exit, ExitKind, FnId, Hold, Life, Owner, TargetKind, Typed, Workspace, called_name, head,
};
use crate::source::{Span, TextRange};

/// A function that must run for the life of the process.
#[derive(Clone, Debug)]
pub struct Worker {
    pub function: FnId,
    pub must_run: MustRun,
    pub life: Life,
}

/// Why a worker must run on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MustRun {
    /// Where it is waited for.
    pub span: Span,
    /// Its end ends the process, or what runs beside it: it is an arm of a `select!`, or what `main` does last.
    pub ends_others: bool,
}

/// A success exit of a worker, and what is wrong with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuietExit {
    /// The value, or the `return`.
    pub span: Span,
    pub reason: QuietReason,
    /// What tells so: the spawn of the tasks that are gone, the condition, the arm of the error.
    pub evidence: Span,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuietReason {
    /// All tasks that should live have ended.
    TasksGone,
    /// There is nothing to do, so it ends before it begins.
    NothingToDo,
    /// An error came up.
    AfterError,
}

/// A `select!` or `join!` in a function that the process lives in, whose arm hides the end of a worker.
#[derive(Clone, Debug)]
pub struct HiddenEnd {
    pub function: FnId,
    /// The macro.
    pub span: Span,
    /// The future of the arm, and the loop or server it lives in.
    pub arms: Vec<(Span, Life)>,
    /// The success that follows.
    pub exit: Span,
}

/// How deep the functions that `main` runs are followed.
const DEPTH: u32 = 3;

/// The functions the process lives in: each `main`, and the functions it waits for that live on.
pub(super) fn process_functions(workspace: &Workspace<'_>) -> Vec<FnId> {
    let mains = workspace.function_ids().filter(|&id| is_main(workspace, id));
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
    let blocks = main_run(typed).into_iter().filter(|&id| is_blocked_on(typed, id));
    std::iter::once(typed.body.root).chain(blocks).collect()
}

/// The `select!`s with which a function itself waits for what it runs: not those in loops, nor races with a timer.
pub(super) fn selects(typed: Typed<'_>) -> impl Iterator<Item = ExprId> {
    main_run(typed).into_iter().filter(move |&id| match typed.body.kind(id) {
        ExprKind::Select(select) => {
            let is_timer =
                |future: ExprId| called_name(typed, future).is_some_and(|name| delays::is_delay_name(&name));
            !in_loop(typed, id) && !select.arms.iter().any(|arm| is_timer(arm.future))
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
    let blocks: Vec<ExprId> = all.iter().copied().filter(|&id| is_blocked_on(typed, id)).collect();
    for block in blocks {
        all.extend(body.descendants_here(block).skip(1));
    }
    all
}

/// `block_on(async { .. })`.
fn is_blocked_on(typed: Typed<'_>, id: ExprId) -> bool {
    let body = typed.body;
    if !body.is_own_body(id) {
        return false;
    }
    match body.parent(id).map(|call| body.kind(call)) {
        Some(ExprKind::MethodCall { name, .. }) => methods::blocks_on(name),
        Some(ExprKind::Call { callee, .. }) => {
            matches!(body.kind(*callee), ExprKind::Path(path) if methods::blocks_on(&path.last().name))
        }
        _ => false,
    }
}

/// The workers of the program, by function.
pub(super) fn workers(workspace: &Workspace<'_>, process: &[FnId]) -> BTreeMap<FnId, Worker> {
    let mut workers = BTreeMap::new();
    for &function in process {
        let Some(typed) = workspace.typed(function) else { continue };
        for at in main_run(typed) {
            match typed.body.kind(at) {
                ExprKind::Select(select) if !in_loop(typed, at) => {
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
    }
    add_named(workspace, &mut workers);
    workers
}

/// Adds the functions of which the project itself says that they must run.
fn add_named(workspace: &Workspace<'_>, workers: &mut BTreeMap<FnId, Worker>) {
    let named = workspace.function_ids().filter(|&id| workspace.words().of_function(id, Word::MustRun));
    for function in named {
        let Some(life) = workspace.life_of(function) else { continue };
        let name = workspace.function(function).hir.name_range;
        let must_run = MustRun { span: workspace.span(function, name), ends_others: true };
        workers.insert(function, Worker { function, must_run, life: life.clone() });
    }
}

fn in_loop(typed: Typed<'_>, id: ExprId) -> bool {
    typed
        .body
        .ancestors(id)
        .take_while(|&outer| !typed.body.is_own_body(outer))
        .any(|outer| matches!(typed.body.kind(outer), ExprKind::Loop(_)))
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
    workers: &mut BTreeMap<FnId, Worker>,
) {
    let Some(life) = life_of_future(workspace, function, typed, future) else { return };
    let must_run = MustRun { span: workspace.span(function, typed.range(future)), ends_others };
    // What lives inside what must live must live too, as long as it is the same run.
    for inner in life.chain().skip_while(|inner| inner.function == function) {
        let Some(own) = workspace.life_of(inner.function) else { continue };
        // What stops a service waits for its tasks as well, and has to end.
        if workspace.is_teardown(inner.function) {
            break;
        }
        let worker = Worker { function: inner.function, must_run, life: own.clone() };
        let known = workers.entry(inner.function).or_insert_with(|| worker.clone());
        // The stronger reason.
        if must_run.ends_others && !known.must_run.ends_others {
            *known = worker;
        }
    }
}

/// Why a future that is waited for lives on: a call, an async block, or the handle of a task.
fn life_of_future(
    workspace: &Workspace<'_>,
    function: FnId,
    typed: Typed<'_>,
    future: ExprId,
) -> Option<Life> {
    let body = typed.body;
    match body.kind(future) {
        ExprKind::Ref { inner, .. } => life_of_future(workspace, function, typed, *inner),
        ExprKind::Block(_) if body.is_own_body(future) => workspace.life_of_run(function, future),
        ExprKind::Local(local) => {
            let (pat, site) = body.outer_pat_site(body.local(*local).pat);
            let PatSite::Let(block, index) = site else { return None };
            let ExprKind::Block(block) = body.kind(block) else { return None };
            match &block.stmts[index as usize] {
                Stmt::Let(it) if it.pat == pat && pat == body.local(*local).pat => {
                    life_of_future(workspace, function, typed, it.init?)
                }
                _ => None,
            }
        }
        ExprKind::Call { .. } | ExprKind::MethodCall { .. } => {
            workspace.life_of_awaited_call(function, typed, future)
        }
        ExprKind::Macro(_) => {
            body.children(future).first().and_then(|&inner| life_of_future(workspace, function, typed, inner))
        }
        _ => None,
    }
}

impl Worker {
    /// The ways in which the worker ends as if nothing had happened although something is wrong or missing.
    pub fn quiet_exits(&self, workspace: &Workspace<'_>) -> Vec<QuietExit> {
        let Some(typed) = workspace.typed(self.function) else { return Vec::new() };
        let exits = typed.exits(typed.body.root);
        exits.into_iter().filter_map(|exit| self.quiet_exit(workspace, typed, exit)).collect()
    }

    fn quiet_exit(&self, workspace: &Workspace<'_>, typed: Typed<'_>, exit: Exit) -> Option<QuietExit> {
        if !is_success(typed, exit) || gives_something(typed, exit) {
            return None;
        }
        let body = typed.body;
        let (place, living) = (typed.range(exit.at), typed.range(self.life.at));
        let quiet = |reason, evidence| {
            Some(QuietExit { span: workspace.span(self.function, exit_range(typed, exit)), reason, evidence })
        };
        if self.life.hold == Hold::WaitsFor
            && place.start > living.end
            && !drains_loudly(typed, living, place)
            && !is_after_stop(typed, exit.at)
        {
            return quiet(QuietReason::TasksGone, workspace.span(self.function, head(body, self.life.at)));
        }
        let is_return = matches!(exit.kind, ExitKind::Return(_));
        if let Some(arm) = typed.error_arm_around(exit.at, body.root).filter(|_| is_return)
            && typed.logs(arm)
            && !typed.is_asked_to_stop(exit.at, body.root)
        {
            return quiet(QuietReason::AfterError, workspace.span(self.function, typed.range(arm)));
        }
        if is_return && self.must_run.ends_others && place.end <= living.start {
            let condition = guard_around(typed, exit.at)?;
            if finds_nothing(typed, condition) {
                return quiet(
                    QuietReason::NothingToDo,
                    workspace.span(self.function, typed.range(condition)),
                );
            }
        }
        None
    }
}

/// Whether a loop between the spawns and the exit panics or exits as soon as a task has ended.
fn drains_loudly(typed: Typed<'_>, spawned: TextRange, exit: TextRange) -> bool {
    typed.loops(typed.body.root).any(|(id, it)| {
        let place = typed.range(id);
        spawned.end <= place.start && place.end <= exit.start && typed.is_fatal(it.body)
    })
}

/// A condition that something is missing: `hosts.is_empty()`, `config.port.is_none()`, `peers.len() == 0`. Other conditions
/// choose what to do.
fn finds_nothing(typed: Typed<'_>, condition: ExprId) -> bool {
    typed.body.descendants_here(condition).any(|id| match typed.body.kind(id) {
        ExprKind::MethodCall { name, .. } => matches!(name.as_str(), "is_empty" | "is_none" | "len"),
        _ => false,
    })
}

/// Whether a loop before a place is left when a stop is asked for.
fn is_after_stop(typed: Typed<'_>, place: ExprId) -> bool {
    let body = typed.body;
    body.descendants_here(body.root).any(|id| {
        matches!(body.kind(id), ExprKind::Break { .. })
            && typed.range(id).end <= typed.range(place).start
            && typed.is_asked_to_stop(id, body.root)
    })
}

/// The condition of the `if` that a place is the body of, or what a `let .. else` looks at.
fn guard_around(typed: Typed<'_>, place: ExprId) -> Option<ExprId> {
    let mut inner = place;
    for outer in typed.body.ancestors(place) {
        match typed.body.kind(outer) {
            ExprKind::If { condition, then, .. } if *then == inner => return Some(*condition),
            ExprKind::Block(block) => {
                let guard = block.stmts.iter().find_map(|stmt| match stmt {
                    Stmt::Let(it) if it.otherwise == Some(inner) => it.init,
                    _ => None,
                });
                if guard.is_some() {
                    return guard;
                }
            }
            _ => return None,
        }
        inner = outer;
    }
    None
}

/// `Ok(..)`, `return Ok(..)`, or the end of a function that returns nothing.
fn is_success(typed: Typed<'_>, exit: Exit) -> bool {
    match exit.kind {
        ExitKind::Tail => typed.is_ok(exit.at) || typed.types.of(exit.at).is_unit(),
        ExitKind::Return(Some(value)) => typed.is_ok(value) || typed.types.of(value).is_unit(),
        ExitKind::Return(None) | ExitKind::End => true,
        ExitKind::Question(_) | ExitKind::Bail => false,
    }
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

/// The selects that hide the end of a worker.
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
    let ExprKind::Select(select) = typed.body.kind(at) else { return None };
    if in_loop(typed, at) || select.arms.iter().any(|arm| is_deadline(typed, arm.future)) {
        return None;
    }
    let exit = success_after(typed, at)?;
    let arms: Vec<(Span, Life)> = select
        .arms
        .iter()
        .filter(|arm| !typed.speaks_of_stop(arm.future) && hides(typed, arm.handler))
        .filter_map(|arm| {
            let life = life_of_future(workspace, function, typed, arm.future)?;
            Some((workspace.span(function, typed.range(arm.future)), life))
        })
        .collect();
    if arms.is_empty() {
        return None;
    }
    Some(HiddenEnd {
        function,
        span: workspace.span(function, select.path.range),
        arms,
        exit: workspace.span(function, exit_range(typed, exit)),
    })
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

/// The success exit that control reaches after a place, if it can reach only success.
pub(super) fn success_after(typed: Typed<'_>, at: ExprId) -> Option<Exit> {
    let run = typed.body.own_body_of(at).unwrap_or(typed.body.root);
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
            let is_arm = place.contains(typed.range(exit.at)) && is_success(typed, *exit);
            is_later(exit.at) || exit.at == at || is_arm
        }
        ExitKind::Return(_) | ExitKind::Bail => is_later(exit.at),
        // Tearing down may fail; that is not about the worker.
        ExitKind::Question(_) => false,
    });
    let first = after.next()?;
    let all_success = is_success(typed, first) && after.all(|exit| is_success(typed, exit));
    let is_fatal = later.iter().any(|&root| typed.is_fatal(root));
    (all_success && !is_fatal).then_some(first)
}
