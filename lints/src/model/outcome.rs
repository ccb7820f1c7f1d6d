//! What becomes of the outcome of a task once somebody has waited for it.

use std::cell::RefCell;
use std::collections::BTreeMap;

use crate::hir::{Body, ExprId, ExprKind, LocalId, Loop, LoopKind, MacroContent, PatId, PatKind, Stmt};
use crate::knowledge::handles::{Output, handle};
use crate::knowledge::macros::Meaning;
use crate::knowledge::sinks::{Effect, sink};
use crate::knowledge::spawners::{Returns, Spawner, Starts};
use crate::knowledge::{methods, names};
use crate::model::search::waiting_for_tasks;
use crate::model::workers::{exit_range, success_after};
use crate::model::{Model, Task};
use crate::semantics::{Failure, Fate, FnId, Leak, Life, Ty, Typed, Workspace, head};
use crate::source::{FileId, Span};

/// A place that waits for tasks, and what it does with the answer.
#[derive(Clone, Debug)]
pub struct Wait {
    pub function: FnId,
    pub at: ExprId,
    pub span: Span,
    pub outcome: Outcome,
    /// The tasks waited for, as far as they are known.
    pub tasks: Vec<Task>,
    /// The success that the function reports after the wait, if it can report only that.
    pub then_success: Option<Span>,
}

/// What is made of the answer: whether the task panicked, and what it returned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing: neither a panic nor an error is seen.
    Discarded,
    /// A panic is seen, an error that the task returned is not.
    OnlyPanic,
    /// An error is seen or handed on.
    Looked,
    /// The loop that drains the tasks ends at the first one that failed.
    EndsAtFailure,
    Unknown,
}

/// Which part of the answer a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Layer {
    /// `Result<T, JoinError>`, or several of them.
    Join,
    /// The `T`.
    Task,
}

/// Every place that waits for tasks, by file.
pub(super) fn waits(model: &Model<'_>) -> Vec<Vec<Wait>> {
    let workspace = model.workspace;
    let mut by_place: BTreeMap<(FnId, ExprId), Vec<Task>> = BTreeMap::new();
    for file in (0..workspace.files().len() as u32).map(FileId) {
        for task in model.tasks(file) {
            for it in task.handle.iter().filter(|it| it.fate == Fate::Awaited) {
                by_place.entry((it.function, it.at)).or_default().push(task.clone());
            }
        }
    }
    let mut waits = vec![Vec::new(); workspace.files().len()];
    for place in handles_waited_for(model) {
        by_place.entry(place).or_default();
    }
    for ((function, at), tasks) in by_place {
        let Some(typed) = workspace.typed(function) else { continue };
        let span = workspace.span(function, head(typed.body, at));
        let is_bare = gives_bare_output(typed, at, &tasks)
            || !tasks.is_empty() && tasks.iter().all(|task| is_flattened(workspace, task));
        let outcome = Reader::new(typed).outcome(at, is_bare);
        let then_success =
            success_after(typed, at).map(|exit| workspace.span(function, exit_range(typed, exit)));
        waits[span.file.0 as usize].push(Wait { function, at, span, outcome, tasks, then_success });
    }
    for of_file in &mut waits {
        of_file.sort_by_key(|wait| wait.span);
    }
    waits
}

/// The places that wait for something whose type is the handle of a task, wherever that was spawned.
fn handles_waited_for(model: &Model<'_>) -> Vec<(FnId, ExprId)> {
    let workspace = model.workspace;
    let mut places = Vec::new();
    let candidates = waiting_for_tasks(workspace);
    for function in model.functions().filter(|&id| candidates.contains(id)) {
        let Some(typed) =
            workspace.typed_if(function, |body| body.exprs.iter().any(|expr| may_wait_for_task(&expr.kind)))
        else {
            continue;
        };
        places
            .extend(typed.body.expr_ids().filter(|&id| waits_for_handle(typed, id)).map(|id| (function, id)));
    }
    places
}

fn may_wait_for_task(kind: &ExprKind) -> bool {
    match kind {
        ExprKind::Await(_) | ExprKind::Select(_) => true,
        ExprKind::MethodCall { name, .. } => *name == "join",
        _ => false,
    }
}

fn waits_for_handle(typed: Typed<'_>, id: ExprId) -> bool {
    let is_handle = |of: ExprId| typed.types.of(of).is_handle();
    match typed.body.kind(id) {
        ExprKind::Await(inner) => is_handle(*inner),
        ExprKind::MethodCall { receiver, name, .. } => *name == "join" && is_handle(*receiver),
        _ => is_handle(id) && is_select_arm(typed.body, id),
    }
}

/// Whether a wait gives what the task returned and nothing around it, since a panic goes on in whoever waits: `async_std`.
fn gives_bare_output(typed: Typed<'_>, at: ExprId, tasks: &[Task]) -> bool {
    let handle_of = match typed.body.kind(at) {
        ExprKind::Await(inner) => *inner,
        _ => at,
    };
    match typed.types.of(handle_of) {
        Ty::External(path, _) => handle(path).is_some_and(|row| row.output == Output::Awaited),
        Ty::Unknown => !tasks.is_empty() && tasks.iter().all(|task| resumes_panic(task.spawner)),
        _ => false,
    }
}

/// Whether the panic of a task is made into an error like those that it returns, before anybody waits:
/// `spawn(..).map(|joined| match joined { Ok(result) => result, Err(panic) => Err(panic.into()) })`.
fn is_flattened(workspace: &Workspace<'_>, task: &Task) -> bool {
    let Some(typed) = workspace.typed(task.function) else { return false };
    let flattens = |closure: ExprId| match typed.body.kind(closure) {
        ExprKind::Closure(it) => match typed.body.kind(it.body) {
            ExprKind::Match { arms, .. } => {
                arms.iter().any(|arm| typed.is_err(arm.body))
                    && arms.iter().any(|arm| matches!(typed.body.kind(arm.body), ExprKind::Local(_)))
            }
            ExprKind::MethodCall { name, args, .. } => {
                *name == "unwrap_or_else"
                    && args.iter().any(|&arg| match typed.body.kind(arg) {
                        ExprKind::Closure(inner) => typed.is_err(inner.body),
                        _ => false,
                    })
            }
            _ => false,
        },
        _ => false,
    };
    let mut inner = task.spawn;
    for outer in typed.body.ancestors(task.spawn) {
        match typed.body.kind(outer) {
            ExprKind::MethodCall { receiver, name, args, .. } if *receiver == inner => {
                if *name == "map" && args.iter().any(|&arg| flattens(arg)) {
                    return true;
                }
            }
            _ => return false,
        }
        inner = outer;
    }
    false
}

fn resumes_panic(spawner: &Spawner) -> bool {
    match spawner.returns {
        Returns::Handle(path) | Returns::ResultOfHandle(path) => {
            handle(path).is_some_and(|row| row.output == Output::Awaited)
        }
        Returns::Nothing | Returns::AbortHandle | Returns::Other => false,
    }
}

fn is_select_arm(body: &Body, id: ExprId) -> bool {
    matches!(body.parent(id).map(|outer| body.kind(outer)),
        Some(ExprKind::Select(select)) if select.arms.iter().any(|arm| arm.future == id))
}

/// Whether an error in the value of an expression is thrown away where it stands: `let _ = value;`, `value.ok();`.
pub(super) fn is_thrown_away(typed: Typed<'_>, value: ExprId) -> bool {
    Reader::new(typed).value(value, Layer::Task) == Outcome::OnlyPanic
}

struct Reader<'t> {
    typed: Typed<'t>,
    /// The variables that have been followed: an answer may go round, as in `answer = answer.map(..)`.
    followed: RefCell<Vec<(LocalId, Layer)>>,
}

impl<'t> Reader<'t> {
    fn new(typed: Typed<'t>) -> Self {
        Self { typed, followed: RefCell::default() }
    }

    fn body(&self) -> &Body {
        self.typed.body
    }

    /// What is made of the answer at a place that waits.
    fn outcome(&self, at: ExprId, is_bare: bool) -> Outcome {
        let body = self.body();
        if self.leaves_nothing_to_look_at(at) {
            return Outcome::Looked;
        }
        let layer = if is_bare { Layer::Task } else { Layer::Join };
        // The arm of a `select!`: its pattern takes the answer.
        let arm = match body.parent(at).map(|outer| body.kind(outer)) {
            Some(ExprKind::Select(select)) => select.arms.iter().find(|arm| arm.future == at),
            _ => None,
        };
        let seen = match arm {
            Some(arm) => self.pattern(arm.pat, layer),
            None => self.value(at, layer),
        };
        match seen {
            // No panic either: it never gets here.
            Outcome::OnlyPanic if is_bare => Outcome::Discarded,
            seen => seen,
        }
    }

    /// `set.join_all().await` raises the panics of its tasks; `set.try_join_next()` only reaps what has ended.
    fn leaves_nothing_to_look_at(&self, at: ExprId) -> bool {
        let call = match self.body().kind(at) {
            ExprKind::Await(call) => *call,
            _ => at,
        };
        match self.body().kind(call) {
            ExprKind::MethodCall { name, .. } => matches!(name.as_str(), "join_all" | "try_join_next"),
            _ => false,
        }
    }

    /// What is made of the value of an expression.
    fn value(&self, id: ExprId, layer: Layer) -> Outcome {
        let body = self.body();
        let Some(outer) = body.parent(id) else { return Outcome::Looked };
        match body.kind(outer) {
            ExprKind::Block(block) => {
                if block.tail == Some(id) {
                    return if block.kind.is_own_body() { Outcome::Looked } else { self.value(outer, layer) };
                }
                for stmt in &block.stmts {
                    match stmt {
                        Stmt::Expr(expr) if *expr == id => return self.unseen(layer),
                        Stmt::Let(it) if it.init == Some(id) => return self.pattern(it.pat, layer),
                        _ => {}
                    }
                }
                Outcome::Unknown
            }
            // The second `?` hands the error on.
            ExprKind::Try(_) if layer == Layer::Task => Outcome::Looked,
            ExprKind::Try(_) => self.value(outer, Layer::Task),
            ExprKind::Await(_) | ExprKind::Ref { .. } => self.value(outer, layer),
            ExprKind::MethodCall { receiver, name, args, .. } if *receiver == id => {
                self.method(outer, name, args, layer)
            }
            ExprKind::Let { pat, value } if *value == id => self.condition(outer, *pat, layer),
            ExprKind::Match { scrutinee, arms } if *scrutinee == id => {
                let mut worst = None;
                for arm in arms {
                    let seen = self.pattern(arm.pat, layer);
                    match seen {
                        Outcome::Looked => return Outcome::Looked,
                        other => worst = worst.or(Some(other)),
                    }
                    // A nested match or use of what `Ok(inner)` binds counts as a look.
                }
                match (layer, arms.iter().any(|arm| self.names_error(arm.pat))) {
                    (Layer::Join, true) => Outcome::OnlyPanic,
                    _ => worst.unwrap_or(Outcome::Unknown),
                }
            }
            ExprKind::If { .. } | ExprKind::Match { .. } => self.value(outer, layer),
            ExprKind::Loop(it) => match it.kind {
                LoopKind::For { pat, iterable } if iterable == id => self.pattern(pat, layer),
                _ => Outcome::Unknown,
            },
            ExprKind::Call { callee, .. } if *callee != id => match self.typed.types.external(outer) {
                Some(path) if sink(&path).is_some_and(|row| row.effect == Effect::Abandons) => {
                    self.unseen(layer)
                }
                _ => Outcome::Looked,
            },
            ExprKind::Macro(call) => match (&call.content, self.typed.types.words().meaning(call)) {
                (MacroContent::Args(_), Meaning::Pin) => self.value(outer, layer),
                _ => Outcome::Looked,
            },
            ExprKind::Assign { value, place, .. } if *value == id => match body.kind(*place) {
                // `_ = value`.
                ExprKind::Path(path) if path.as_name().is_some_and(|name| name == "_") => self.unseen(layer),
                ExprKind::Local(local) => self.local(*local, layer),
                _ => Outcome::Looked,
            },
            _ => Outcome::Looked,
        }
    }

    fn unseen(&self, layer: Layer) -> Outcome {
        match layer {
            Layer::Join => Outcome::Discarded,
            // What got here came through a `?` or `unwrap` that saw the panic.
            Layer::Task => Outcome::OnlyPanic,
        }
    }

    fn method(&self, call: ExprId, name: &str, args: &[ExprId], layer: Layer) -> Outcome {
        match name {
            "ok" | "is_ok" | "is_err" | "is_some" | "is_none" if self.is_statement_or_ignored(call) => {
                self.unseen(layer)
            }
            "unwrap_or" if layer == Layer::Join && self.is_result(call) => self.value(call, Layer::Task),
            // `for result in try_join_all(tasks).await.unwrap_or_default() { .. }`.
            "unwrap_or_default" if layer == Layer::Join && self.item_of_walk(call).is_some() => {
                self.item_of_walk(call).map_or(Outcome::Unknown, |item| self.pattern(item, Layer::Task))
            }
            "ok" | "unwrap_or_default" | "unwrap_or" => match self.is_statement_or_ignored(call) {
                true => self.unseen(layer),
                // A default takes the place of what was lost.
                false if name == "unwrap_or_default" || name == "unwrap_or" => Outcome::Discarded,
                false => self.value(call, layer),
            },
            "unwrap" | "expect" => match layer {
                Layer::Join => self.value(call, Layer::Task),
                Layer::Task => Outcome::Looked,
            },
            // `unwrap_or_else(|_| default)`: what went wrong is not even named.
            "unwrap_or_else"
                if layer == Layer::Join
                    && args.iter().any(|&arg| self.ignores_its_argument(arg))
                    && !self.is_result(call) =>
            {
                Outcome::Discarded
            }
            // Only the panic is replaced: what the task returned is still there to be looked at.
            "unwrap_or_else" if layer == Layer::Join => {
                let seen = self.value(call, Layer::Task);
                match self.typed.deals_with_error(args) {
                    true => Outcome::OnlyPanic.or_looked(seen),
                    false => seen,
                }
            }
            "map_err" | "inspect_err" | "context" | "with_context" | "wrap_err" | "map_or_else"
            | "unwrap_or_else" | "or_else" => match self.typed.deals_with_error(args) {
                true if layer == Layer::Join => Outcome::OnlyPanic.or_looked(self.value(call, layer)),
                true => Outcome::Looked,
                false => self.value(call, layer),
            },
            // `.ok().and_then(Result::ok)`.
            "and_then" if layer == Layer::Join && args.iter().any(|&arg| self.is_to_option(arg)) => {
                self.value(call, layer)
            }
            "flatten" | "and_then" => Outcome::Looked,
            "await" => self.value(call, layer),
            _ => Outcome::Looked,
        }
    }

    fn is_result(&self, id: ExprId) -> bool {
        self.typed.types.of(id).as_result().is_some()
    }

    /// The pattern of a `for` that goes through a value.
    fn item_of_walk(&self, id: ExprId) -> Option<PatId> {
        let outer = self.body().parent(id)?;
        match self.body().kind(outer) {
            ExprKind::Loop(it) => match it.kind {
                LoopKind::For { pat, iterable } if iterable == id => Some(pat),
                _ => None,
            },
            ExprKind::MethodCall { receiver, name, .. } if *receiver == id && *name == "into_iter" => {
                self.item_of_walk(outer)
            }
            _ => None,
        }
    }

    /// `Result::ok` as a function.
    fn is_to_option(&self, function: ExprId) -> bool {
        matches!(self.body().kind(function), ExprKind::Path(path) if path.last().name == "ok")
    }

    fn ignores_its_argument(&self, closure: ExprId) -> bool {
        match self.body().kind(closure) {
            ExprKind::Closure(it) => {
                it.params.iter().all(|&(pat, _)| matches!(self.body().pat(pat).kind, PatKind::Wild))
                    && !self.typed.tells(closure)
                    && !self.typed.is_fatal(closure)
                    && !self.typed.is_err(it.body)
            }
            _ => false,
        }
    }

    fn is_statement_or_ignored(&self, id: ExprId) -> bool {
        let body = self.body();
        let Some(outer) = body.parent(id) else { return false };
        match body.kind(outer) {
            ExprKind::Block(block) => block.stmts.iter().any(|stmt| match stmt {
                Stmt::Expr(expr) => *expr == id,
                Stmt::Let(it) => it.init == Some(id) && matches!(body.pat(it.pat).kind, PatKind::Wild),
                Stmt::Item => false,
            }),
            // `while set.join_next().await.is_some() {}`.
            ExprKind::Loop(it) => matches!(it.kind, LoopKind::While(condition) if condition == id),
            _ => false,
        }
    }

    /// `if let pat = value`, `while let pat = value`.
    fn condition(&self, let_: ExprId, pat: PatId, layer: Layer) -> Outcome {
        // `while let Some(_) = set.join_next().await { panic!(..) }` makes itself heard.
        let seen = match self.pattern(pat, layer) {
            Outcome::Discarded
                if self.body_of_condition(let_).is_some_and(|body| self.typed.is_fatal(body)) =>
            {
                Outcome::Looked
            }
            Outcome::Discarded | Outcome::OnlyPanic if self.typed.goes_another_way_past(let_) => {
                Outcome::Looked
            }
            seen => seen,
        };
        let is_while = self.body().ancestors(let_).find_map(|outer| match self.body().kind(outer) {
            ExprKind::Loop(it) => Some(matches!(it.kind, LoopKind::While(_))),
            ExprKind::If { .. } => Some(false),
            _ => None,
        });
        match (is_while, layer) {
            (Some(true), Layer::Join) if self.requires_ok(pat) => Outcome::EndsAtFailure,
            _ => seen,
        }
    }

    /// The block that runs when a condition holds.
    fn body_of_condition(&self, condition: ExprId) -> Option<ExprId> {
        self.body().ancestors(condition).find_map(|outer| match self.body().kind(outer) {
            ExprKind::Loop(it) => Some(it.body),
            ExprKind::If { then, .. } => Some(*then),
            _ => None,
        })
    }

    /// `Some(Ok(..))`.
    fn requires_ok(&self, pat: PatId) -> bool {
        match &self.body().pat(pat).kind {
            PatKind::TupleStruct { path, fields } => match (path.last().name.as_str(), &fields[..]) {
                ("Some", [inner]) => self.requires_ok(*inner),
                ("Ok", _) => true,
                _ => false,
            },
            _ => false,
        }
    }

    fn names_error(&self, pat: PatId) -> bool {
        match &self.body().pat(pat).kind {
            PatKind::TupleStruct { path, fields } => match (path.last().name.as_str(), &fields[..]) {
                ("Err", _) => true,
                (_, [inner]) => self.names_error(*inner),
                _ => false,
            },
            _ => false,
        }
    }

    /// What a pattern takes of the answer.
    fn pattern(&self, pat: PatId, layer: Layer) -> Outcome {
        match &self.body().pat(pat).kind {
            PatKind::Wild => self.unseen(layer),
            PatKind::Bind { local, .. } => self.local(*local, layer),
            PatKind::TupleStruct { path, fields } => match (path.last().name.as_str(), &fields[..]) {
                ("Some", [inner]) => self.pattern(*inner, layer),
                ("Ok", [inner]) if layer == Layer::Join => self.pattern(*inner, Layer::Task),
                // `Err(e)` of the join is the panic; of the task it is the error.
                ("Err", _) if layer == Layer::Join => Outcome::OnlyPanic,
                ("Err", _) => Outcome::Looked,
                ("Ok", _) => self.unseen(Layer::Task),
                _ => Outcome::Looked,
            },
            PatKind::Tuple(parts) => {
                let seen = parts.iter().map(|&part| self.pattern(part, layer));
                seen.reduce(Outcome::or_looked).unwrap_or(Outcome::Unknown)
            }
            PatKind::Ref(inner) => self.pattern(*inner, layer),
            PatKind::Path(_) | PatKind::Literal | PatKind::Rest => self.unseen(layer),
            _ => Outcome::Looked,
        }
    }

    fn local(&self, local: LocalId, layer: Layer) -> Outcome {
        if self.followed.borrow().contains(&(local, layer)) {
            return self.unseen(layer);
        }
        self.followed.borrow_mut().push((local, layer));
        let seen: Vec<Outcome> = self.body().uses_of(local).map(|id| self.value(id, layer)).collect();
        seen.into_iter().reduce(Outcome::or_looked).unwrap_or(self.unseen(layer))
    }
}

impl Outcome {
    /// What two looks at one answer see together.
    fn or_looked(self, other: Outcome) -> Outcome {
        match (self, other) {
            (Outcome::Looked, _) | (_, Outcome::Looked) => Outcome::Looked,
            (Outcome::Unknown, _) | (_, Outcome::Unknown) => Outcome::Unknown,
            (Outcome::EndsAtFailure, _) | (_, Outcome::EndsAtFailure) => Outcome::EndsAtFailure,
            (Outcome::OnlyPanic, _) | (_, Outcome::OnlyPanic) => Outcome::OnlyPanic,
            (Outcome::Discarded, Outcome::Discarded) => Outcome::Discarded,
        }
    }
}

impl Wait {
    /// Whether it is one of several things that a `select!` waits for: the others may be a stop, and what is left is
    /// ended after it.
    pub fn is_select_arm(&self, workspace: &Workspace<'_>) -> bool {
        workspace.typed(self.function).is_some_and(|typed| is_select_arm(typed.body, self.at))
    }

    /// Whether it lies in the arm of a `select!` for a stop signal.
    fn is_in_stop_arm(&self, typed: Typed<'_>) -> bool {
        let mut inner = self.at;
        for outer in typed.body.ancestors(self.at) {
            if let ExprKind::Select(select) = typed.body.kind(outer)
                && select.arms.iter().any(|arm| arm.handler == inner && typed.speaks_of_stop(arm.future))
            {
                return true;
            }
            inner = outer;
        }
        false
    }

    /// Whether the tasks were ended just before: nothing is to be learnt of them.
    pub fn is_after_abort(&self, workspace: &Workspace<'_>) -> bool {
        let Some(typed) = workspace.typed(self.function) else { return false };
        let place = typed.range(self.at);
        typed.evaluated(typed.run_of(self.at)).into_iter().any(|id| match typed.body.kind(id) {
            ExprKind::MethodCall { name, .. } => {
                typed.range(id).end <= place.start && methods::ends_task(name)
            }
            _ => false,
        })
    }

    /// Whether all that is waited for are tasks that end by themselves, or when they are told to, and have no error to tell of.
    /// A blocking task or a thread is another matter: it has no other way to tell of a panic.
    pub fn is_for_nothing(&self, workspace: &Workspace<'_>) -> bool {
        let tells_nothing = |task: &Task| {
            task.asks_person(workspace)
                || matches!(task.failure(workspace), Failure::Never)
                    && task.life(workspace).is_none_or(|life| workspace.only_serves(&life))
                    && !matches!(task.spawner.starts, Starts::BlockingTask | Starts::Thread)
        };
        !self.tasks.is_empty() && self.tasks.iter().all(tells_nothing)
    }

    /// An error that leaves one of the tasks unlogged. Whoever is asked for a line sees when there is no answer.
    pub fn lost_error(&self, workspace: &Workspace<'_>) -> Option<(&Task, Leak)> {
        let unattended = self.tasks.iter().filter(|task| !task.asks_person(workspace));
        let first = |failure| match failure {
            Failure::Leaves(leaks) => leaks.into_iter().next(),
            Failure::Never | Failure::Unknown => None,
        };
        unattended.into_iter().find_map(|task| {
            let leak = first(task.failure(workspace)).or_else(|| match self.outcome {
                Outcome::Discarded => first(task.carried_failure(workspace)),
                _ => None,
            })?;
            Some((task, leak))
        })
    }

    /// The tasks waited for that are meant to live as long as the process.
    pub fn living_tasks(&self, workspace: &Workspace<'_>) -> Vec<(&Task, Life)> {
        self.tasks.iter().filter_map(|task| Some((task, task.life(workspace)?))).collect()
    }

    /// Whether it waits for all of several tasks: `join!`, `join_all`, one after another in a loop.
    pub fn waits_for_all(&self, workspace: &Workspace<'_>) -> bool {
        let Some(typed) = workspace.typed(self.function) else { return false };
        let body = typed.body;
        match body.kind(self.at) {
            ExprKind::Join { .. } => true,
            ExprKind::Await(inner) => {
                let combines = typed
                    .types
                    .external(*inner)
                    .is_some_and(|path| sink(&path).is_some_and(|row| row.waits_for_all()));
                let one_by_one = body.ancestors(self.at).any(|outer| {
                    matches!(body.kind(outer), ExprKind::Loop(Loop { kind: LoopKind::For { .. }, .. }))
                });
                combines || one_by_one
            }
            _ => false,
        }
    }

    /// Whether the function ends with the first of several tasks that ends, as its last act: `let _ = select_all(tasks).await;`.
    /// Whoever runs it learns of that by its end; of `main`, nobody learns.
    pub fn ends_function_with_first(&self, model: &Model<'_>) -> bool {
        let Some(typed) = model.workspace.typed(self.function) else { return false };
        let ExprKind::Await(inner) = typed.body.kind(self.at) else { return false };
        let is_first_of = typed.types.external(*inner).is_some_and(|path| path == names::SELECT_ALL);
        is_first_of
            && typed.run_of(self.at) == typed.body.root
            && typed.after(self.at).is_empty()
            && !typed.is_in_loop(self.at)
            && !model.is_main(self.function)
    }

    /// The waits that come only once this one is over, for tasks that are meant to live on like its own: when one of theirs
    /// dies before, nobody looks. Not where they are told to stop in between.
    pub fn next_in_line<'w>(
        &self,
        workspace: &Workspace<'_>,
        waits: impl Iterator<Item = &'w Wait>,
    ) -> Vec<&'w Wait> {
        let Some(typed) = workspace.typed(self.function) else { return Vec::new() };
        if self.is_select_arm(workspace) || self.living_tasks(workspace).is_empty() {
            return Vec::new();
        }
        let later = typed.after(self.at);
        let is_later = |at| later.iter().any(|&place| typed.range(place).contains(typed.range(at)));
        let own = waits.filter(|next| next.function == self.function && is_later(next.at));
        own.filter(|next| {
            typed.run_of(next.at) == typed.run_of(self.at)
                && !next.is_select_arm(workspace)
                && !next.is_teardown(workspace)
                && !next.is_after_abort(workspace)
                && !next.living_tasks(workspace).is_empty()
        })
        .collect()
    }

    /// A task waited for that is meant to live as long as the process, and may fail to.
    pub fn living_task(&self, workspace: &Workspace<'_>) -> Option<(&Task, Life)> {
        let mut living = self.tasks.iter().filter_map(|task| Some((task, task.life(workspace)?)));
        living.find(|(_, life)| !workspace.only_serves(life))
    }

    /// Whether the tasks are being torn down: their outcome is no longer of interest. In a function that stops or drops
    /// something, or after an abort or a stop signal in this one.
    pub fn is_teardown(&self, workspace: &Workspace<'_>) -> bool {
        if workspace.is_teardown(self.function) {
            return true;
        }
        let Some(typed) = workspace.typed(self.function) else { return false };
        self.is_in_stop_arm(typed) || typed.is_after_stop_request(self.at)
    }

    /// Whether the owner of the tasks is going: a `drop`, which can tell nobody, or a tear-down. A thread has nothing but
    /// its answer to tell of a panic, so that of one is looked at in a tear-down too.
    pub fn is_end_of_owner(&self, workspace: &Workspace<'_>) -> bool {
        if workspace.function(self.function).hir.name == "drop" {
            return true;
        }
        let Some(typed) = workspace.typed(self.function) else { return false };
        let is_thread =
            matches!(typed.body.kind(self.at), ExprKind::MethodCall { name, .. } if *name == "join");
        !is_thread && self.is_teardown(workspace)
    }

    /// Whether all that can follow is a failure, which says by itself that not all went well.
    pub fn fails_anyway(&self, workspace: &Workspace<'_>) -> bool {
        let Some(typed) = workspace.typed(self.function) else { return false };
        if typed.fails_after(self.at) || self.is_one_of_two_ways(workspace) {
            return true;
        }
        // To find the callers takes more than to look at the output.
        if !gives_nothing(workspace, self.function) {
            return false;
        }
        workspace.is_always_called(self.function, |_, outer, call| outer.fails_after(call))
    }

    /// Whether it is made into a `None`, which those who call take for a miss: they go another way, which has an error of its
    /// own, or hand the answer on as it is.
    fn is_one_of_two_ways(&self, workspace: &Workspace<'_>) -> bool {
        if !self.becomes_option(workspace) {
            return false;
        }
        let uses = misses(workspace, self.function);
        let goes_another_way = |&(caller, miss): &(FnId, Miss)| match miss {
            Miss::GoesAnotherWay => true,
            Miss::HandedOn => {
                misses(workspace, caller).into_iter().any(|(_, miss)| miss == Miss::GoesAnotherWay)
            }
            Miss::Other => false,
        };
        uses.iter().any(goes_another_way) && uses.iter().all(|&(_, miss)| miss != Miss::Other)
    }

    /// Whether the function gives an `Option`, and the wait decides which.
    fn becomes_option(&self, workspace: &Workspace<'_>) -> bool {
        let gives_option = match workspace.output_of(self.function) {
            Ty::Future(output) => output.as_option().is_some(),
            output => output.as_option().is_some(),
        };
        let Some(typed) = workspace.typed(self.function).filter(|_| gives_option) else { return false };
        let Some(outer) = typed.body.parent(self.at) else { return false };
        matches!(typed.body.kind(outer), ExprKind::Match { .. })
            && typed.exits(typed.body.root).into_iter().any(|exit| typed.is_inside(exit.at, outer))
    }
}

/// What a caller makes of a `None`.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Miss {
    GoesAnotherWay,
    /// `Ok(self.read(key).await)`.
    HandedOn,
    Other,
}

/// What the callers of a function make of a `None`.
fn misses(workspace: &Workspace<'_>, function: FnId) -> Vec<(FnId, Miss)> {
    let callers = workspace.callers(function);
    callers
        .map(|(caller, call)| {
            (caller, workspace.typed(caller).map_or(Miss::Other, |typed| Miss::of(typed, call)))
        })
        .collect()
}

impl Miss {
    fn of(typed: Typed<'_>, call: ExprId) -> Miss {
        let body = typed.body;
        let is_value = |&outer: &ExprId| matches!(body.kind(outer), ExprKind::Await(_) | ExprKind::Try(_));
        let value = body.ancestors(call).take_while(is_value).last().unwrap_or(call);
        let Some(outer) = body.parent(value) else { return Miss::Other };
        match body.kind(outer) {
            ExprKind::Let { .. } if typed.goes_another_way_past(outer) => Miss::GoesAnotherWay,
            ExprKind::Call { .. } if typed.is_ok(outer) => Miss::HandedOn,
            _ => Miss::Other,
        }
    }
}

fn gives_nothing(workspace: &Workspace<'_>, function: FnId) -> bool {
    match workspace.output_of(function) {
        Ty::Future(output) => output.is_unit(),
        output => output.is_unit(),
    }
}
