//! Tasks: what is spawned where, what it runs, and what becomes of its handle.

use crate::hir::{ExprId, ExprKind, LoopKind, PatKind, PatSite, Stmt};
use crate::knowledge::errors::errs_when_other_side_is_gone;
use crate::knowledge::handles::handle;
use crate::knowledge::macros::Meaning;
use crate::knowledge::servers::{ServeKind, serve};
use crate::knowledge::spawners::{OnDrop, Scope, Spawner, Starts, spawner};
use crate::knowledge::stop::stops_others;
use crate::knowledge::transparent::{WrappedOutput, wrapper};
use crate::knowledge::vocabulary::Word;
use crate::knowledge::{methods, streams};
use crate::semantics::{
    Callee, Def, Drop, Failure, Fate, FnId, Hold, Leak, Life, LifeKind, Ty, Typed, Use, WRAPPERS, Workspace,
    called_name, is_harmless, never_fails,
};
use crate::source::Span;

/// Something that runs on its own: a spawned future, a blocking task, a thread.
#[derive(Clone, Debug)]
pub struct Task {
    /// Where it is spawned, or where a function of the workspace is called that spawns it for its caller.
    pub function: FnId,
    pub spawn: ExprId,
    /// The callee of the spawn: `tokio::spawn`.
    pub span: Span,
    pub spawner: &'static Spawner,
    /// Where a function of the workspace spawns it for its caller.
    pub inner_spawn: Option<Span>,
    pub body: TaskBody,
    /// What a wrapper is given to run, where it hands on in an `Ok` what that gives.
    pub carried: Option<TaskBody>,
    /// Every end that its handle comes to; empty where there is none to follow.
    pub handle: Vec<Use>,
}

/// What a task runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TaskBody {
    /// An async block or closure of this function.
    Run(FnId, ExprId),
    Function(FnId),
    /// The n-th parameter of this function: the callers say what runs.
    Param(FnId, u32),
    /// No error leaves it: an adaptor deals with them, or it is a future of a library that gives none.
    Infallible,
    Unknown,
}

/// How it comes that nobody learns how a task ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unwatched<'t> {
    /// The handle is dropped.
    Dropped(&'t Use, Drop),
    /// It is kept, but all that is ever done with it is to abort it or to look whether it still runs.
    NeverAwaited(&'t Use),
    /// It is awaited only when the service is being stopped.
    TooLate(&'t Use),
}

/// An error that ends a task which should live on, and why it should.
#[derive(Clone, Debug)]
pub struct LethalLeak {
    pub leak: Leak,
    pub life: Life,
}

/// The tasks that start in some functions of a file.
pub(super) fn tasks_in(workspace: &Workspace<'_>, functions: impl Iterator<Item = FnId>) -> Vec<Task> {
    let mut tasks = Vec::new();
    let said = workspace.words();
    let starting = workspace.starting(WRAPPERS);
    for function in functions.filter(|&id| starting.contains(id)) {
        // What a spawner of the project starts, it sees to the end of.
        if said.of_function(function, Word::Spawner) {
            continue;
        }
        let Some(typed) = workspace.typed(function) else { continue };
        for call in typed.body.calls() {
            match typed.types.callee(call) {
                callee if said.of_callee(callee, Word::Spawner) => {}
                Callee::External(path) => {
                    let spawner = spawner(path).filter(|row| row.scope == Scope::Service);
                    tasks.extend(
                        spawner.and_then(|spawner| Task::spawned(workspace, function, typed, call, spawner)),
                    );
                }
                &Callee::Function(callee) => {
                    tasks.extend(Task::through_wrapper(workspace, function, typed, call, callee, WRAPPERS))
                }
                _ => {}
            }
        }
    }
    // What a wrapper spawns belongs to those who call it.
    tasks.retain(|task| !task.belongs_to_callers(workspace));
    tasks.sort_by_key(|task| task.span);
    tasks
}

/// A call of a library that starts a task, outside of the functions that are there to start them for others.
#[derive(Clone, Copy, Debug)]
pub struct RawSpawn {
    pub span: Span,
    pub spawner: &'static Spawner,
}

/// The raw spawns in some functions of a file. Where the project says which functions are there for it, or that this call is
/// not to be used, only those that it names count as such; else all that take a future or give their caller the handle.
pub(super) fn raw_spawns(workspace: &Workspace<'_>, functions: impl Iterator<Item = FnId>) -> Vec<RawSpawn> {
    let mut found = Vec::new();
    let said = workspace.words();
    let starting = workspace.starting(0);
    for function in functions.filter(|&id| starting.contains(id)) {
        if said.of_function(function, Word::Spawner) {
            continue;
        }
        let Some(typed) = workspace.typed(function) else { continue };
        for call in typed.body.calls() {
            let Some(path) = typed.types.external(call) else { continue };
            let Some(spawner) = spawner(&path).filter(|row| row.scope == Scope::Service) else { continue };
            let is_unwanted = spawner.paths.iter().any(|path| said.disallowed(path).is_some());
            let is_for_others = match is_unwanted || !said.spawners().is_empty() {
                true => workspace.function(function).hir.attrs.allows_disallowed && is_unwanted,
                false => workspace.spawns_for_others(function),
            };
            if spawner.argument.is_some() && !is_for_others {
                let span = workspace.span(function, crate::semantics::head(typed.body, call));
                found.push(RawSpawn { span, spawner });
            }
        }
    }
    found.sort_by_key(|it| it.span);
    found
}

impl Unwatched<'_> {
    /// What became of the handle, for the place of the spawn.
    pub fn description(&self) -> &'static str {
        match self {
            Unwatched::Dropped(_, Drop::Statement | Drop::Underscore | Drop::Ignored) => {
                "its handle is dropped at once"
            }
            Unwatched::Dropped(_, Drop::Unused(_)) => "its handle is never used",
            Unwatched::Dropped(_, Drop::Explicit) => "its handle is dropped",
            Unwatched::Dropped(_, Drop::UnreadField(..)) => "its handle is stored where nobody reads it",
            Unwatched::NeverAwaited(_) => "nobody waits for it",
            Unwatched::TooLate(_) => "it is waited for only when the service is being stopped",
        }
    }

    /// The place where the handle is lost, if it is not that of the spawn.
    pub fn evidence(&self) -> Option<(Span, String)> {
        match self {
            Unwatched::Dropped(_, Drop::Statement | Drop::Underscore | Drop::Ignored) => None,
            Unwatched::Dropped(it, Drop::Unused(_)) => {
                Some((it.span, "nothing is ever done with the handle".to_owned()))
            }
            Unwatched::Dropped(it, Drop::Explicit) => {
                Some((it.span, "the handle is dropped here".to_owned()))
            }
            Unwatched::Dropped(it, Drop::UnreadField(_, field)) => {
                Some((it.span, format!("the handle goes into the field `{field}`")))
            }
            Unwatched::NeverAwaited(it) => {
                Some((it.span, "this does not tell how the task ended".to_owned()))
            }
            Unwatched::TooLate(it) => Some((it.span, "the only place that waits for it".to_owned())),
        }
    }
}

impl TaskBody {
    fn failure(self, workspace: &Workspace<'_>) -> Failure {
        match self {
            TaskBody::Run(function, run) => workspace.failure_of_run(function, run),
            TaskBody::Function(function) if workspace.words().of_function(function, Word::KnownSafeCall) => {
                Failure::Never
            }
            TaskBody::Function(function) => workspace.failure_of(function).clone(),
            TaskBody::Infallible => Failure::Never,
            TaskBody::Param(..) | TaskBody::Unknown => Failure::Unknown,
        }
    }
}

impl Task {
    fn spawned(
        workspace: &Workspace<'_>,
        function: FnId,
        typed: Typed<'_>,
        call: ExprId,
        spawner: &'static Spawner,
    ) -> Option<Task> {
        let argument = spawned_argument(typed, call, spawner.argument?)?;
        let body = body_of(workspace, function, typed, argument);
        let handle = match typed.body.kind(call) {
            // What comes back can only abort: whoever asks the collection learns how the task ended.
            ExprKind::MethodCall { receiver, .. } if spawner.starts == Starts::Owned => {
                workspace.uses_of_collection(function, call, *receiver)
            }
            _ => workspace.uses_of_value(function, call),
        };
        let handle = match body {
            TaskBody::Param(..) => handle,
            _ => follow_to_only_caller(workspace, function, handle),
        };
        Some(Task {
            function,
            spawn: call,
            span: workspace.span(function, crate::semantics::head(typed.body, call)),
            spawner,
            inner_spawn: None,
            carried: match body {
                TaskBody::Run(_, run) => carried_param(function, typed, run),
                _ => None,
            },
            body,
            handle,
        })
    }

    /// The task that a call of a function of the workspace starts for its caller, if it does.
    fn through_wrapper(
        workspace: &Workspace<'_>,
        function: FnId,
        typed: Typed<'_>,
        call: ExprId,
        callee: FnId,
        depth: u32,
    ) -> Option<Task> {
        let inner = workspace.spawn_for_caller(callee, depth)?;
        let given = |index| {
            let argument = call_argument(workspace, typed, call, callee, index)?;
            Some(body_of(workspace, function, typed, argument))
        };
        let body = match inner.body {
            TaskBody::Param(_, index) => given(index as usize)?,
            body => body,
        };
        let carried = match inner.carried {
            Some(TaskBody::Param(_, index)) => given(index as usize),
            carried => carried,
        };
        // Unless the wrapper gives the handle back, what it does with it is what becomes of it.
        let mut handle: Vec<Use> =
            inner.handle.iter().filter(|it| it.fate != Fate::Returned).cloned().collect();
        if handle.len() < inner.handle.len() {
            handle.extend(workspace.uses_of_value(function, call));
        }
        Some(Task {
            function,
            spawn: call,
            span: workspace.span(function, crate::semantics::head(typed.body, call)),
            spawner: inner.spawner,
            inner_spawn: Some(inner.inner_spawn.unwrap_or(inner.span)),
            body,
            carried,
            handle,
        })
    }

    /// Whether the function around the spawn only does it for others.
    fn belongs_to_callers(&self, workspace: &Workspace<'_>) -> bool {
        let returned = self.handle.iter().any(|it| it.fate == Fate::Returned && it.function == self.function);
        let is_wrapper = returned || matches!(self.body, TaskBody::Param(of, _) if of == self.function);
        is_wrapper && workspace.is_called(self.function)
    }

    /// Whether errors leave the task with nobody having been told.
    pub fn failure(&self, workspace: &Workspace<'_>) -> Failure {
        self.body.failure(workspace)
    }

    /// Whether errors are in the `Ok` that the task gives.
    pub fn carried_failure(&self, workspace: &Workspace<'_>) -> Failure {
        self.carried.map_or(Failure::Unknown, |carried| carried.failure(workspace))
    }

    /// Whether it runs this block or closure.
    pub fn runs(&self, function: FnId, run: ExprId) -> bool {
        self.body == TaskBody::Run(function, run)
    }

    /// Whether it runs this function.
    pub fn calls(&self, function: FnId) -> bool {
        self.body == TaskBody::Function(function)
    }

    /// Whether it is spawned once, not again and again: outside of loops.
    pub fn is_spawned_once(&self, workspace: &Workspace<'_>) -> bool {
        let Some(typed) = workspace.typed(self.function) else { return false };
        !typed.body.ancestors(self.spawn).any(|outer| matches!(typed.body.kind(outer), ExprKind::Loop(_)))
    }

    /// Whether only one peer or one object loses by its failure: it is spawned for each accepted connection, where the
    /// stream of one is dealt with, or in a `drop`.
    pub fn is_for_one_peer(&self, workspace: &Workspace<'_>) -> bool {
        if workspace.function(self.function).hir.name == "drop" || workspace.takes_stream(self.function) {
            return true;
        }
        if let TaskBody::Function(function) = self.body
            && workspace.takes_stream(function)
        {
            return true;
        }
        let Some(typed) = workspace.typed(self.function) else { return false };
        if self.reads_what_callback_is_given(typed) {
            return true;
        }
        let accepts = |id: ExprId| {
            let serves = typed.types.external(id).and_then(|path| serve(&path));
            serves.is_some_and(|row| row.kind == ServeKind::Accept)
        };
        typed.body.ancestors(self.spawn).any(|outer| {
            matches!(typed.body.kind(outer), ExprKind::Loop(_))
                && typed.body.descendants_here(outer).any(accepts)
        })
    }

    /// Whether it reads in a loop from what a closure around the spawn is given: `|session, mut messages| { spawn(async move {
    /// while let Some(message) = messages.next().await { .. } }) }` is called for each session.
    fn reads_what_callback_is_given(&self, typed: Typed<'_>) -> bool {
        let TaskBody::Run(function, run) = self.body else { return false };
        let is_given = |receiver: ExprId| match typed.body.kind(receiver) {
            ExprKind::Local(local) => match typed.body.pat_site(typed.body.local(*local).pat) {
                PatSite::ClosureParam(closure, _) => {
                    let given_to = typed.body.parent(closure).map(|outer| typed.body.kind(outer));
                    typed.is_inside(self.spawn, closure)
                        && !typed.is_called_at_once(closure)
                        && matches!(given_to, Some(ExprKind::Call { .. } | ExprKind::MethodCall { .. }))
                }
                _ => false,
            },
            _ => false,
        };
        function == self.function
            && typed.body.descendants_here(run).any(|id| match typed.body.kind(id) {
                ExprKind::MethodCall { receiver, name, .. } => {
                    streams::reads_items(name) && is_given(*receiver) && typed.is_in_loop(id)
                }
                _ => false,
            })
    }

    /// Whether it is one of many: spawned for each turn of a loop that goes on by itself. What a `for` starts for each host
    /// of a list is not.
    pub fn is_one_of_many(&self, workspace: &Workspace<'_>) -> bool {
        let Some(typed) = workspace.typed(self.function) else { return false };
        let turns = |outer| match typed.body.kind(outer) {
            ExprKind::Loop(it) => !matches!(it.kind, LoopKind::For { .. }),
            _ => false,
        };
        typed.body.ancestors(self.spawn).any(turns)
    }

    /// The loop that starts one more of these tasks at each turn, around the spawn or around a call of the function it is in.
    /// A `for` starts one for each item of a list, once, and a loop that is left when it has worked starts only one.
    pub fn spawned_again(&self, workspace: &Workspace<'_>) -> Option<Span> {
        let around = |function: FnId, at: ExprId| {
            let typed = workspace.typed(function)?;
            typed.body.ancestors(at).find_map(|outer| match typed.body.kind(outer) {
                ExprKind::Loop(it)
                    if !matches!(it.kind, LoopKind::For { .. }) && typed.breaks_of(outer).is_empty() =>
                {
                    Some(workspace.span(function, it.keyword))
                }
                _ => None,
            })
        };
        let mut callers = workspace.callers(self.function);
        around(self.function, self.spawn).or_else(|| callers.find_map(|(caller, call)| around(caller, call)))
    }

    /// The endless loop of the task that nothing outside can end: without a way out, a stop signal, or a `select!`.
    pub fn unstoppable_loop(&self, workspace: &Workspace<'_>) -> Option<Span> {
        let life = self.life(workspace)?;
        if life.chain().any(|outer| is_raced(workspace, outer)) {
            return None;
        }
        let inner = life.origin();
        let typed = workspace.typed(inner.function)?;
        let ExprKind::Loop(_) = typed.body.kind(inner.at) else { return None };
        let has_way_out = typed.body.descendants_here(inner.at).any(|id| {
            matches!(
                typed.body.kind(id),
                ExprKind::Break { .. } | ExprKind::Return(_) | ExprKind::Select(_) | ExprKind::Try(_)
            )
        });
        (!has_way_out && !typed.speaks_of_stop(inner.at)).then_some(inner.span)
    }

    /// A method of the type around the spawn that is there to stop it: `stop`, `shutdown`, `close`, `Drop::drop`.
    pub fn stop_method(&self, workspace: &Workspace<'_>) -> Option<Span> {
        let adt = workspace.self_adt(self.function)?;
        let stop = workspace.stop_methods(adt).next()?;
        Some(workspace.span(stop, workspace.function(stop).hir.name_range))
    }

    /// Why the task is believed to live as long as the process, if it does.
    pub fn life(&self, workspace: &Workspace<'_>) -> Option<Life> {
        self.mission(workspace).filter(|life| life.hold != Hold::Starts)
    }

    /// As `life`; also where the task only starts what lives on.
    fn mission(&self, workspace: &Workspace<'_>) -> Option<Life> {
        match self.body {
            TaskBody::Run(function, run) => workspace.mission_of_run(function, run),
            TaskBody::Function(function) => workspace.mission_of(function).cloned(),
            TaskBody::Param(..) | TaskBody::Infallible | TaskBody::Unknown => None,
        }
    }

    /// How it comes that nobody learns how the task ended, if it is certain that nobody does.
    pub fn unwatched(&self, workspace: &Workspace<'_>) -> Option<Unwatched<'_>> {
        let mut dropped = None;
        let mut aborted = None;
        let mut late = None;
        for it in &self.handle {
            match it.fate {
                Fate::Dropped(drop) => dropped = dropped.or(Some(Unwatched::Dropped(it, drop))),
                Fate::Aborted | Fate::LookedAt => aborted = aborted.or(Some(Unwatched::NeverAwaited(it))),
                Fate::Awaited
                    if is_waited_for_in_teardown(workspace, it)
                        || self.is_waited_for_after_stop(workspace, it) =>
                {
                    late = late.or(Some(Unwatched::TooLate(it)))
                }
                Fate::LetGo | Fate::Awaited | Fate::Returned | Fate::Unknown => return None,
            }
        }
        match (dropped, late) {
            (Some(Unwatched::Dropped(it, Drop::Unused(local))), _)
                if cancels_when_dropped(workspace, it, local) =>
            {
                None
            }
            // A variable that keeps a task alive until the end of its block is the purpose of such handles.
            (Some(Unwatched::Dropped(_, Drop::Unused(_) | Drop::UnreadField(..))), _)
                if self.spawner.on_drop == OnDrop::Cancel =>
            {
                None
            }
            (_, Some(late)) => Some(late),
            (Some(dropped), None) => Some(dropped),
            (None, None) => aborted,
        }
    }

    /// Whether it is waited for in the function that spawned it, but only once the stop has been asked for.
    fn is_waited_for_after_stop(&self, workspace: &Workspace<'_>, it: &Use) -> bool {
        let Some(typed) = workspace.typed(it.function).filter(|_| it.function == self.function) else {
            return false;
        };
        // The arm of a `select!` watches it while it runs.
        if matches!(typed.body.parent(it.at).map(|outer| typed.body.kind(outer)), Some(ExprKind::Select(_))) {
            return false;
        }
        if is_first_wait_of_given_future(typed, it.at) {
            return false;
        }
        let spawned = typed.range(self.spawn).end;
        typed.is_stop_between(spawned, it.at) && !is_waited_for_at_once(typed, spawned, it.at)
    }

    /// Whether the task, or the function it calls, sees to it that its end is noticed: it catches panics, holds a guard that
    /// stops others, or ends the process.
    pub fn is_guarded(&self, workspace: &Workspace<'_>) -> bool {
        match self.body {
            TaskBody::Run(function, run) => {
                let Some(typed) = workspace.typed(function) else { return false };
                guards(typed, run)
                    || holds_telltale(workspace, typed, run)
                    || typed.body.descendants(run).any(|call| match typed.types.callee(call) {
                        &Callee::Function(callee) => {
                            workspace.typed(callee).is_some_and(|inner| guards(inner, inner.body.root))
                        }
                        _ => false,
                    })
            }
            TaskBody::Function(function) => workspace.typed(function).is_some_and(|typed| {
                guards(typed, typed.body.root) || holds_telltale(workspace, typed, typed.body.root)
            }),
            TaskBody::Infallible | TaskBody::Param(..) | TaskBody::Unknown => false,
        }
    }

    /// Whether it certainly runs on, unwatched: the handle of something that is not owned by a collection or a scope.
    pub fn is_unsupervised(&self, workspace: &Workspace<'_>) -> bool {
        self.spawner.dropped_is_finding && self.unwatched(workspace).is_some() && !self.is_guarded(workspace)
    }

    /// Whether nobody ever waits for it. What ends by itself may well be asked once all is over.
    pub fn is_lost(&self, workspace: &Workspace<'_>) -> bool {
        self.is_unsupervised(workspace) && !matches!(self.unwatched(workspace), Some(Unwatched::TooLate(_)))
    }

    /// Whether nobody waits for it while it works. What ends by itself may well be asked once all is over; what has to be told
    /// to stop goes on until then.
    pub fn is_unattended(&self, workspace: &Workspace<'_>) -> bool {
        self.is_lost(workspace) || (self.is_unsupervised(workspace) && self.is_told_to_stop(workspace))
    }

    /// Whether it is given something that tells it to stop, or looks at it.
    fn is_told_to_stop(&self, workspace: &Workspace<'_>) -> bool {
        workspace.typed(self.function).is_some_and(|typed| typed.holds_stop(self.spawn))
    }

    /// Whether it asks a person for a line.
    pub fn asks_person(&self, workspace: &Workspace<'_>) -> bool {
        match self.body {
            TaskBody::Run(function, run) => workspace.typed(function).is_some_and(|it| it.prompts(run)),
            TaskBody::Function(function) => {
                workspace.typed(function).is_some_and(|it| it.prompts(it.body.root))
            }
            TaskBody::Infallible | TaskBody::Param(..) | TaskBody::Unknown => false,
        }
    }

    /// An `unwrap` or `expect` on the result of something that was waited for: a failure of the outside world is a panic.
    pub fn panic_on_io(&self, workspace: &Workspace<'_>) -> Option<Span> {
        let (function, run) = match self.body {
            TaskBody::Run(function, run) => (function, run),
            TaskBody::Function(function) => (function, workspace.body(function)?.root),
            TaskBody::Infallible | TaskBody::Param(..) | TaskBody::Unknown => return None,
        };
        let typed = workspace.typed(function)?;
        typed.body.descendants_here(run).find_map(|id| match typed.body.kind(id) {
            ExprKind::MethodCall { receiver, name, name_range, .. }
                if matches!(name.as_str(), "unwrap" | "expect")
                    && waits_for_the_outside(typed, *receiver) =>
            {
                Some(workspace.span(function, *name_range))
            }
            _ => None,
        })
    }

    /// An error that nobody is told of and that ends this task for good although it should live on: it serves, or has an
    /// endless loop, and the error comes up inside or before.
    pub fn lethal_leak(&self, workspace: &Workspace<'_>) -> Option<LethalLeak> {
        let Failure::Leaves(leaks) = self.failure(workspace) else { return None };
        let life = self.mission(workspace)?;
        if self.is_guarded(workspace) {
            return None;
        }
        leaks.into_iter().find(|leak| ends(workspace, leak, &life)).map(|leak| LethalLeak { leak, life })
    }
}

/// A function that returns the handle to its only caller is not there to spawn for others: the handle is followed on.
fn follow_to_only_caller(workspace: &Workspace<'_>, function: FnId, handle: Vec<Use>) -> Vec<Use> {
    let is_returned = |it: &Use| it.fate == Fate::Returned && it.function == function;
    if !handle.iter().any(is_returned) {
        return handle;
    }
    match workspace.only_caller(function).filter(|&(caller, _)| caller != function) {
        Some((caller, call)) => {
            let mut all: Vec<Use> = handle.into_iter().filter(|it| !is_returned(it)).collect();
            all.extend(workspace.uses_of_value(caller, call));
            all
        }
        None => handle,
    }
}

/// Whether a method that stops the owner of a handle waits for it, or a function that is only called to stop: one that
/// takes the handle may as well be the end of the work.
fn is_waited_for_in_teardown(workspace: &Workspace<'_>, it: &Use) -> bool {
    let is_late = |(caller, call): (FnId, ExprId)| {
        workspace.is_teardown(caller)
            || workspace.typed(caller).is_some_and(|typed| typed.is_after_stop_request(call))
    };
    workspace.is_teardown(it.function)
        && (workspace.function(it.function).hir.receiver.is_some()
            || workspace.callers(it.function).any(is_late))
}

/// Whether a wait is the first of a future that the function gives back: whoever has that has the task, and can wait for it
/// when it likes. `async move { stop.notify_one(); task.await? }.boxed()`.
fn is_first_wait_of_given_future(typed: Typed<'_>, wait: ExprId) -> bool {
    let run = typed.run_of(wait);
    let place = typed.range(wait);
    let waits_before = |id: ExprId| match typed.body.kind(id) {
        ExprKind::Await(_) | ExprKind::Select(_) | ExprKind::Join { .. } => {
            typed.range(id).start < place.start && id != wait
        }
        _ => false,
    };
    typed.is_given_back(run) && !typed.body.descendants_here(run).any(waits_before)
}

/// Whether nothing comes between the start of a task and the wait for it but requests that others stop, and log lines:
/// `io.stop_io().await; input.await??`. Then the task is what is waited for all along.
fn is_waited_for_at_once(typed: Typed<'_>, spawned: u32, wait: ExprId) -> bool {
    let run = typed.body.own_body_of(wait).unwrap_or(typed.body.root);
    let end = typed.range(wait).start;
    let mut between = typed.body.descendants_here(run).filter(|&id| {
        let range = typed.range(id);
        spawned <= range.start && range.end <= end
    });
    between.all(|id| match typed.body.kind(id) {
        ExprKind::Await(call) => {
            is_method(typed, *call) && called_name(typed, *call).is_some_and(|name| stops_others(&name))
        }
        ExprKind::MethodCall { name, .. } => {
            stops_others(name) || methods::stops_tasks(name) || *name == "clone"
        }
        ExprKind::Macro(call) => {
            matches!(typed.types.words().meaning(call), Meaning::Log(_) | Meaning::Print)
        }
        ExprKind::Call { .. } | ExprKind::Loop(_) | ExprKind::Select(_) | ExprKind::Join { .. } => false,
        _ => true,
    })
}

/// Whether an error comes up inside or before what makes a run live on. Both are followed into the function they share.
fn ends(workspace: &Workspace<'_>, leak: &Leak, life: &Life) -> bool {
    // One of several functions that may be called lives, another fails: that tells nothing.
    if leak.function != life.function {
        return false;
    }
    let Some(typed) = workspace.typed(leak.function) else { return false };
    let (error, living) = (typed.range(leak.at), typed.range(life.at));
    if let Some(inner_life) = &life.inner
        && error.contains(living)
    {
        return match &leak.inner {
            Some(inner_leak) => ends(workspace, inner_leak, inner_life),
            None => true,
        };
    }
    match life.kind {
        // What a server returns after it has stopped serving is another matter, but its own error is not.
        // That of `serve(bind(address).await?)` comes up among its arguments.
        LifeKind::Server(_) => error.start <= living.start || living.contains(error),
        LifeKind::Loop => error.start < living.start || living.contains(error),
    }
}

impl Workspace<'_> {
    /// Whether a function starts a task for its caller, found out through so many wrappers.
    pub(super) fn starts_for_caller(&self, function: FnId, depth: u32) -> bool {
        self.spawn_for_caller(function, depth).is_some()
    }

    /// Whether a function takes a future or closure, or starts a task whose handle it gives to its caller.
    fn spawns_for_others(&self, function: FnId) -> bool {
        self.starts_for_caller(function, WRAPPERS) || self.wraps_param(function).is_some()
    }

    /// What a function spawns for its caller: a future it is given, or a task whose handle it returns.
    fn spawn_for_caller(&self, function: FnId, depth: u32) -> Option<Task> {
        let depth = depth.checked_sub(1)?;
        // A future that it is given, a handle that it returns: a test has neither.
        if !self.starting(depth).contains(function) || !self.function(function).hir.may_take_or_give() {
            return None;
        }
        // Every call of a function asks, and most functions start nothing. A computation asks only for smaller depths.
        let mut found = None;
        let starts = *self.spawn_cell(function, depth).get_or_init(|| {
            found = self.compute_spawn_for_caller(function, depth);
            found.is_some()
        });
        found.or_else(|| starts.then(|| self.compute_spawn_for_caller(function, depth)).flatten())
    }

    fn compute_spawn_for_caller(&self, function: FnId, depth: u32) -> Option<Task> {
        let typed = self.typed(function)?;
        typed.body.descendants(typed.body.root).find_map(|call| {
            let task = match typed.types.callee(call) {
                Callee::External(path) => {
                    let spawner = spawner(path).filter(|row| row.scope == Scope::Service)?;
                    Task::spawned(self, function, typed, call, spawner)?
                }
                &Callee::Function(callee) if callee != function => {
                    Task::through_wrapper(self, function, typed, call, callee, depth)?
                }
                _ => return None,
            };
            let returned = task.handle.iter().any(|it| it.fate == Fate::Returned && it.function == function);
            let given = matches!(task.body, TaskBody::Param(of, _) if of == function);
            (returned || given).then_some(task)
        })
    }

    /// Whether a function runs when something is being stopped: by its name, or because it is `Drop::drop`.
    pub fn is_teardown(&self, function: FnId) -> bool {
        methods::names_teardown(&self.function(function).hir.name)
    }
}

/// Whether what lives on is an arm of a `select!`, or part of a call about a stop: `stop.run_until_cancelled(run())`.
fn is_raced(workspace: &Workspace<'_>, life: &Life) -> bool {
    let Some(typed) = workspace.typed(life.function) else { return false };
    typed.body.ancestors(life.at).any(|outer| match typed.body.kind(outer) {
        ExprKind::Select(_) => true,
        ExprKind::Call { .. } | ExprKind::MethodCall { .. } => {
            typed.types.external(outer).is_none_or(|path| spawner(&path).is_none())
                && typed.speaks_of_stop(outer)
        }
        _ => false,
    })
}

/// Whether code holds something that makes its end, or its panic, known to others.
fn guards(typed: Typed<'_>, within: ExprId) -> bool {
    typed.body.descendants(within).any(|id| match typed.body.kind(id) {
        ExprKind::MethodCall { name, .. } => methods::guards_task(name),
        // `catch_unwind(|| async { .. })` guards the making of the future, not its run.
        ExprKind::Call { .. } if makes_future(typed, id) => false,
        ExprKind::Call { callee, .. } => match typed.body.kind(*callee) {
            ExprKind::Path(path) => {
                path.segments.iter().any(|segment| methods::guards_task(&segment.name))
                    || (typed.is_process_exit(id) && !in_loop(typed, id, within))
            }
            _ => false,
        },
        ExprKind::Macro(call) => methods::guards_task(&call.path.last().name),
        _ => false,
    })
}

/// An exit in a loop is taken at one turn of it, not when the task ends.
fn in_loop(typed: Typed<'_>, id: ExprId, within: ExprId) -> bool {
    typed
        .body
        .ancestors(id)
        .take_while(|&outer| outer != within)
        .any(|outer| matches!(typed.body.kind(outer), ExprKind::Loop(_)))
}

/// Whether a run keeps a value of the workspace whose `drop` tells that it is gone.
fn holds_telltale(workspace: &Workspace<'_>, typed: Typed<'_>, run: ExprId) -> bool {
    let tells_when_dropped = |local| match typed.types.local(local) {
        Ty::Adt(adt, _) => workspace.stop_methods(*adt).any(|method| {
            workspace.function(method).hir.name == "drop"
                && workspace.typed(method).is_some_and(|drop| drop.tells(drop.body.root))
        }),
        _ => false,
    };
    typed.body.descendants_here(run).any(|id| match typed.body.kind(id) {
        ExprKind::Block(block) => block.stmts.iter().any(|stmt| match stmt {
            Stmt::Let(it) => match typed.body.pat(it.pat).kind {
                PatKind::Bind { local, .. } => tells_when_dropped(local),
                _ => false,
            },
            _ => false,
        }),
        _ => false,
    })
}

/// Whether a call is given a closure whose value is a future.
fn makes_future(typed: Typed<'_>, call: ExprId) -> bool {
    let is_async = |id| matches!(typed.body.kind(id), ExprKind::Block(block) if block.kind.is_own_body());
    typed.body.descendants(call).any(|id| match typed.body.kind(id) {
        ExprKind::Closure(closure) => is_async(closure.body),
        _ => false,
    })
}

/// Whether a value comes from an `await` on something that can fail for reasons outside the program.
fn waits_for_the_outside(typed: Typed<'_>, id: ExprId) -> bool {
    match typed.body.kind(id) {
        // An `Option` is the end of something, and the other side of a channel is no outside.
        ExprKind::Await(_) if !may_be_error_of_outside(typed.types.of(id)) => false,
        ExprKind::Await(inner) => match crate::semantics::called_name(typed, *inner) {
            // `tokio::fs::write(path, text)` shares its name with a lock's method only.
            Some(name) => {
                let says_gone = is_method(typed, *inner) && errs_when_other_side_is_gone(&name);
                let never_fails = typed.types.external(*inner).is_some_and(|path| never_fails(&path));
                !says_gone && !never_fails && !typed.types.of(*inner).holds_handle()
            }
            None => false,
        },
        ExprKind::MethodCall { receiver, name, .. } => {
            methods::error_adaptor(name).is_some() && waits_for_the_outside(typed, *receiver)
        }
        _ => false,
    }
}

fn may_be_error_of_outside(ty: &Ty) -> bool {
    match ty.as_result() {
        Some((_, error)) => !is_harmless(&error),
        None => !ty.is_known(),
    }
}

/// Whether a variable is a handle that ends its task: to keep one until the end of a block is what they are for.
fn cancels_when_dropped(workspace: &Workspace<'_>, it: &Use, local: crate::hir::LocalId) -> bool {
    let Some(typed) = workspace.typed(it.function) else { return false };
    match typed.types.local(local) {
        Ty::External(name, _) => handle(name).is_some_and(|row| row.on_drop == OnDrop::Cancel),
        _ => false,
    }
}

fn is_method(typed: Typed<'_>, call: ExprId) -> bool {
    matches!(typed.body.kind(call), ExprKind::MethodCall { .. })
}

/// What a spawned expression runs: wrappers are seen through.
fn body_of(workspace: &Workspace<'_>, function: FnId, typed: Typed<'_>, value: ExprId) -> TaskBody {
    let body = typed.body;
    match body.kind(value) {
        ExprKind::Block(block) if block.kind.is_own_body() => {
            match only_param_awaited(function, typed, value) {
                Some(param) => param,
                None => TaskBody::Run(function, value),
            }
        }
        ExprKind::Block(block) => match block.tail {
            Some(tail) => body_of(workspace, function, typed, tail),
            None => TaskBody::Unknown,
        },
        ExprKind::Closure(_) => TaskBody::Run(function, value),
        ExprKind::Ref { inner, .. } => body_of(workspace, function, typed, *inner),
        ExprKind::Path(path) => match workspace.resolve_value_path(function, path) {
            Some(Def::Function(callee)) => TaskBody::Function(callee),
            _ => TaskBody::Unknown,
        },
        ExprKind::Local(local) => match body.outer_pat_site(body.local(*local).pat) {
            (pat, PatSite::Param(index)) if pat == body.local(*local).pat => TaskBody::Param(function, index),
            (pat, PatSite::Let(block, index))
                if pat == body.local(*local).pat && !body.local(*local).mutable =>
            {
                let ExprKind::Block(block) = body.kind(block) else { return TaskBody::Unknown };
                match &block.stmts[index as usize] {
                    Stmt::Let(it) => {
                        it.init.map_or(TaskBody::Unknown, |init| body_of(workspace, function, typed, init))
                    }
                    _ => TaskBody::Unknown,
                }
            }
            _ => TaskBody::Unknown,
        },
        ExprKind::Call { .. } | ExprKind::MethodCall { .. } => call_body(workspace, function, typed, value),
        _ => TaskBody::Unknown,
    }
}

fn call_body(workspace: &Workspace<'_>, function: FnId, typed: Typed<'_>, call: ExprId) -> TaskBody {
    if let ExprKind::MethodCall { name, args, .. } = typed.body.kind(call)
        && methods::error_adaptor(name).is_some()
    {
        // The adaptor's closure deals with the error, or what it does cannot be told.
        return match typed.deals_with_error(args) {
            true => TaskBody::Infallible,
            false => TaskBody::Unknown,
        };
    }
    match typed.types.callee(call) {
        &Callee::Function(callee) => match workspace.wraps_param(callee) {
            // A function of the workspace that takes a future and gives one: what it adds is looked at by nobody here.
            Some(_) => TaskBody::Unknown,
            None => TaskBody::Function(callee),
        },
        Callee::External(path) => match wrapper(path) {
            Some(wrapper) if wrapper.output == WrappedOutput::Same => {
                match workspace.wrapped_future(typed, call, wrapper) {
                    Some(inner) => body_of(workspace, function, typed, inner),
                    None => TaskBody::Unknown,
                }
            }
            Some(_) => TaskBody::Unknown,
            None => {
                let output = workspace.awaited(typed.types.of(call));
                match output.is_known() && output.as_result().is_none() {
                    true => TaskBody::Infallible,
                    false => TaskBody::Unknown,
                }
            }
        },
        Callee::OneOf(_)
        | Callee::UnknownMethod(_)
        | Callee::Constructor
        | Callee::Value
        | Callee::Unknown => TaskBody::Unknown,
    }
}

/// `async move { param.await }` and the like: the task is the parameter, if all it adds comes before or goes unseen.
fn only_param_awaited(function: FnId, typed: Typed<'_>, block: ExprId) -> Option<TaskBody> {
    let ExprKind::Block(it) = typed.body.kind(block) else { return None };
    let ExprKind::Await(inner) = typed.body.kind(it.tail?) else { return None };
    let ExprKind::Local(local) = typed.body.kind(*inner) else { return None };
    match typed.body.outer_pat_site(typed.body.local(*local).pat) {
        (_, PatSite::Param(index)) => Some(TaskBody::Param(function, index)),
        _ => None,
    }
}

/// `async move { select! { result = param => Ok(result), .. } }`: the parameter whose value a task gives in an `Ok`.
fn carried_param(function: FnId, typed: Typed<'_>, run: ExprId) -> Option<TaskBody> {
    let body = typed.body;
    let is_handed_on = |pat, handler| match (&body.pat(pat).kind, body.kind(handler)) {
        (PatKind::Bind { local: bound, .. }, ExprKind::Call { args, .. }) if typed.is_ok(handler) => {
            args.iter().any(|&arg| matches!(body.kind(arg), ExprKind::Local(local) if local == bound))
        }
        _ => false,
    };
    let arms = body.descendants_here(run).filter_map(|id| match body.kind(id) {
        ExprKind::Select(select) => Some(&select.arms),
        _ => None,
    });
    let future = arms.flatten().find(|arm| is_handed_on(arm.pat, arm.handler))?.future;
    let ExprKind::Local(local) = body.kind(future) else { return None };
    match body.outer_pat_site(body.local(*local).pat) {
        (_, PatSite::Param(index)) => Some(TaskBody::Param(function, index)),
        _ => None,
    }
}

impl Workspace<'_> {
    /// The parameter whose future or closure a function takes in, if it has one.
    fn wraps_param(&self, function: FnId) -> Option<usize> {
        let scope = self.type_scope(function);
        let params = &self.function(function).hir.params;
        params.iter().position(|param| matches!(self.ty(scope, param), Ty::Future(_)))
    }
}

/// The n-th argument of a call, the receiver of a method not counted.
fn spawned_argument(typed: Typed<'_>, call: ExprId, index: usize) -> Option<ExprId> {
    match typed.body.kind(call) {
        ExprKind::Call { args, .. } | ExprKind::MethodCall { args, .. } => args.get(index).copied(),
        _ => None,
    }
}

/// The argument that becomes the n-th parameter of a function of the workspace.
fn call_argument(
    workspace: &Workspace<'_>,
    typed: Typed<'_>,
    call: ExprId,
    callee: FnId,
    param: usize,
) -> Option<ExprId> {
    let before = workspace.arguments_before_params(typed, call, callee);
    spawned_argument(typed, call, param + before)
}
