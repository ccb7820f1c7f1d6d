//! Whether an error can leave a function, closure or future without anybody having been told.
//!
//! This is the fact that separates a lost task that matters from the many that do not. An `Err` counts when it leaves
//! through `?`, `return`, or the tail, unless on its way it was logged, reported or sent, or only says that a receiver is
//! gone. Calls are followed through the workspace, a few levels deep; a method of an unknown type is never guessed.

use super::flow::{Exit, ExitKind, Typed};
use super::{Callee, FnId, Impl, Ty, Workspace};
use crate::hir::{ExprId, ExprKind, PatId, PatKind};
use crate::knowledge::errors::{self, Says};
use crate::knowledge::methods::{self, ErrorAdaptor};
use crate::knowledge::names;
use crate::knowledge::servers::serve;
use crate::knowledge::spawners::spawner;
use crate::knowledge::stop::{StopKind, stop};
use crate::knowledge::transparent::{WrappedOutput, Wrapper, wrapper, wrapping_method};
use crate::knowledge::types::output_of;
use crate::knowledge::vocabulary::Word;
use crate::source::Span;

/// Whether errors leave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// None can, or each is told to somebody first.
    Never,
    /// They can, here.
    Leaves(Vec<Leak>),
    /// It depends on what cannot be seen.
    Unknown,
}

/// An error on its way out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leak {
    pub function: FnId,
    /// The `?`, the `return`, the tail.
    pub at: ExprId,
    pub span: Span,
    /// The call that fails, where it is one of a library: `tokio::net::TcpListener::bind`.
    pub source: Option<crate::hir::Name>,
    /// The place in the function called where the error comes from.
    pub inner: Option<Box<Leak>>,
}

/// How many calls deep errors are followed.
pub const DEPTH: usize = 3;

impl<'a> Workspace<'a> {
    /// Whether errors leave a function.
    pub fn failure_of(&self, function: FnId) -> &Failure {
        self.failure_at(function, DEPTH)
    }

    /// As `failure_of`, following at most `depth` calls. Computed once for each function and depth; a computation asks
    /// only for smaller depths, so a cycle of calls ends.
    fn failure_at(&self, function: FnId, depth: usize) -> &Failure {
        self.call_facts.of(function).failures[depth].get_or_init(|| self.compute_failure(function, depth))
    }

    fn compute_failure(&self, function: FnId, depth: usize) -> Failure {
        let output = self.output_of(function);
        let result = match &output {
            Ty::Future(output) => (**output).clone(),
            other => other.clone(),
        };
        let Some((_, error)) = result.as_result() else {
            return if result.is_known() { Failure::Never } else { Failure::Unknown };
        };
        if is_harmless(&error) || self.function(function).hir.attrs.logs_err {
            return Failure::Never;
        }
        let Some(typed) = self.typed(function) else { return Failure::Unknown };
        if matches!(output, Ty::Future(_)) && !self.is_async(function) {
            return self.failure_of_returned_futures(function, typed, depth);
        }
        self.failure_of_run_at(function, typed.body.root, depth)
    }

    /// `fn run() -> impl Future<Output = Result<..>>`: the futures it returns are what runs.
    fn failure_of_returned_futures(&self, function: FnId, typed: Typed<'_>, depth: usize) -> Failure {
        let exits = typed.exits(typed.body.root);
        let futures = exits.iter().filter_map(|exit| match exit.kind {
            ExitKind::Tail => Some(exit.at),
            ExitKind::Return(value) => value,
            ExitKind::Question(_) | ExitKind::Bail | ExitKind::End => None,
        });
        Failure::any(
            futures.map(|future| self.value_failure_seen_through(function, typed, future, future, depth)),
        )
    }

    /// Whether errors leave a run of a function: its body, a closure, an async block.
    pub fn failure_of_run(&self, function: FnId, run: ExprId) -> Failure {
        self.failure_of_run_at(function, run, DEPTH)
    }

    fn failure_of_run_at(&self, function: FnId, run: ExprId, depth: usize) -> Failure {
        let Some(typed) = self.typed(function) else { return Failure::Unknown };
        let exits = typed.exits(run);
        if typed.body.is_own_body(run) {
            if gives_no_result(typed, run, &exits) {
                return Failure::Never;
            }
            if !self.gives_result(typed, &exits) {
                return Failure::Unknown;
            }
        }
        Failure::any(exits.into_iter().map(|exit| self.exit_failure(function, typed, exit, depth)))
    }

    /// Whether a closure or async block, whose output no signature declares, is known to give a `Result`, or nothing that
    /// could be one.
    fn gives_result(&self, typed: Typed<'_>, exits: &[Exit]) -> bool {
        exits.iter().all(|exit| exit.kind == ExitKind::End)
            || exits.iter().any(|exit| match exit.kind {
                ExitKind::Question(_) | ExitKind::Bail => true,
                ExitKind::Tail => typed.types.of(exit.at).is_known(),
                ExitKind::Return(value) => value.is_none_or(|value| typed.types.of(value).is_known()),
                ExitKind::End => false,
            })
    }

    fn exit_failure(&self, function: FnId, typed: Typed<'_>, exit: Exit, depth: usize) -> Failure {
        let leak = || Failure::Leaves(vec![self.leak(function, typed, exit.at, None)]);
        match exit.kind {
            ExitKind::End => Failure::Never,
            _ if is_for_other_side_gone(typed, exit.at) => Failure::Never,
            _ if typed.told_just_before(exit.at) && !comes_up_in(typed, exit) => Failure::Never,
            _ if is_said_on_stop(typed, exit) => Failure::Never,
            ExitKind::Bail => leak(),
            ExitKind::Question(operand) => self.value_failure(function, typed, operand, exit.at, depth),
            ExitKind::Return(None) => Failure::Never,
            ExitKind::Return(Some(value)) => self.value_failure(function, typed, value, exit.at, depth),
            ExitKind::Tail => self.value_failure(function, typed, exit.at, exit.at, depth),
        }
    }

    /// Whether a value may be an error that nobody was told of. `at` is where it leaves.
    pub(super) fn value_failure(
        &self,
        function: FnId,
        typed: Typed<'_>,
        value: ExprId,
        at: ExprId,
        depth: usize,
    ) -> Failure {
        let body = typed.body;
        let leak = || Failure::Leaves(vec![self.leak(function, typed, at, None)]);
        if typed.is_ok(value) {
            return Failure::Never;
        }
        if typed.is_err(value) {
            return if self.is_harmless_value(typed, value) { Failure::Never } else { leak() };
        }
        match typed.types.of(value) {
            ty @ Ty::External(..) => match ty.as_result() {
                Some((_, error)) if is_harmless(&error) => return Failure::Never,
                Some(_) => {}
                // An `Option` under `?`, a value that is no Result.
                None => return Failure::Never,
            },
            Ty::Tuple(_) | Ty::Slice(_) | Ty::Adt(..) | Ty::Never => return Failure::Never,
            Ty::Unknown | Ty::Future(_) | Ty::Callable(_) | Ty::Object(_) | Ty::Param(_) => {}
        }
        match body.kind(value) {
            // `task.await??`: what the task returned.
            ExprKind::Try(inner)
                if typed.types.of(*inner).as_result().is_some_and(|(_, it)| is_harmless(&it)) =>
            {
                match spawned_and_awaited(typed, *inner) {
                    Some(future) => self.value_failure_seen_through(function, typed, future, at, depth),
                    None => Failure::Unknown,
                }
            }
            // A future of a library in a variable: `connection.await`.
            ExprKind::Await(inner) if is_library_future(typed, *inner) => leak(),
            ExprKind::Await(inner) | ExprKind::Try(inner) => {
                self.value_failure_seen_through(function, typed, *inner, at, depth)
            }
            ExprKind::Call { .. } => self.call_failure(function, typed, value, at, depth),
            // `run().await.context("..").log_err(&context)`.
            ExprKind::MethodCall { name, .. } if methods::logs_error(name) => Failure::Never,
            ExprKind::MethodCall { receiver, name, args, .. } => match methods::error_adaptor(name) {
                Some(ErrorAdaptor::Keeps) => {
                    // `map_err(|e| { error!(..); e })` tells.
                    if typed.deals_with_error(args) {
                        return Failure::Never;
                    }
                    self.value_failure_seen_through(function, typed, *receiver, at, depth)
                }
                Some(ErrorAdaptor::Replaces) => {
                    if typed.deals_with_error(args) {
                        Failure::Never
                    } else {
                        Failure::Unknown
                    }
                }
                Some(ErrorAdaptor::Makes) => leak(),
                None => self.call_failure(function, typed, value, at, depth),
            },
            // Only a plain `let x = value;` of which nothing else is known to look at.
            ExprKind::Local(local) => match body.plain_init(*local) {
                Some(init) if body.uses_of(*local).count() == 1 => {
                    self.value_failure(function, typed, init, at, depth)
                }
                _ => Failure::Unknown,
            },
            ExprKind::Join { futures, .. } => Failure::any(
                futures
                    .iter()
                    .map(|&future| self.value_failure_seen_through(function, typed, future, at, depth)),
            ),
            _ => Failure::Unknown,
        }
    }

    /// A future or inner value on its way to being a Result: its own type says nothing yet.
    fn value_failure_seen_through(
        &self,
        function: FnId,
        typed: Typed<'_>,
        value: ExprId,
        at: ExprId,
        depth: usize,
    ) -> Failure {
        match typed.body.kind(value) {
            ExprKind::Block(block) if block.kind.is_own_body() => {
                self.failure_of_run_at(function, value, depth)
            }
            ExprKind::Ref { inner, .. } => {
                self.value_failure_seen_through(function, typed, *inner, at, depth)
            }
            ExprKind::MethodCall { receiver, name, .. }
                if wrapping_method(name).is_some_and(|it| it.output == WrappedOutput::Same) =>
            {
                self.value_failure_seen_through(function, typed, *receiver, at, depth)
            }
            _ => self.value_failure(function, typed, value, at, depth),
        }
    }

    fn call_failure(
        &self,
        function: FnId,
        typed: Typed<'_>,
        call: ExprId,
        at: ExprId,
        depth: usize,
    ) -> Failure {
        let name = called_name(typed, call);
        // `tokio::fs::read(path)` and `socket.recv(&mut buffer)` only share the name.
        let is_method = matches!(typed.body.kind(call), ExprKind::MethodCall { .. });
        if is_method
            && name.is_some_and(|name| errors::errs_when_other_side_is_gone(&name))
            && !is_io(typed.types.of(call))
        {
            return Failure::Never;
        }
        if self.words().of_callee(typed.types.callee(call), Word::KnownSafeCall) {
            return Failure::Never;
        }
        // A handle's error is a panic of the task, which is told on its own.
        if typed.starts_task(call) {
            return Failure::Never;
        }
        let external = |source| Failure::Leaves(vec![self.leak(function, typed, at, source)]);
        match typed.types.callee(call) {
            Callee::Function(callee) => self.callee_failure(function, typed, *callee, at, depth),
            Callee::OneOf(all) => {
                // Which one it is, is decided when it runs: one that fails is enough.
                Failure::any(
                    all.iter().map(|&callee| self.callee_failure(function, typed, callee, at, depth)),
                )
            }
            Callee::External(path) if never_fails(path) => Failure::Never,
            Callee::External(path) => match wrapper(path) {
                Some(wrapper) => match self.wrapped_future(typed, call, wrapper) {
                    Some(inner) => self.value_failure_seen_through(function, typed, inner, at, depth),
                    None => Failure::Unknown,
                },
                None => external(Some(*path)),
            },
            // Nothing in the workspace has the name, so it is of a library.
            Callee::UnknownMethod(candidates) if candidates.is_empty() => external(None),
            Callee::Unknown => match name {
                Some(name) if !self.declares_function(name) => external(None),
                _ => Failure::Unknown,
            },
            Callee::UnknownMethod(_) | Callee::Constructor | Callee::Value => Failure::Unknown,
        }
    }

    fn callee_failure(
        &self,
        function: FnId,
        typed: Typed<'_>,
        callee: FnId,
        at: ExprId,
        depth: usize,
    ) -> Failure {
        if depth == 0 {
            return Failure::Unknown;
        }
        match self.failure_at(callee, depth - 1) {
            Failure::Leaves(inner) => {
                let all = inner.iter().map(|inner| Leak {
                    inner: Some(Box::new(inner.clone())),
                    ..self.leak(function, typed, at, inner.source)
                });
                Failure::Leaves(all.collect())
            }
            other => other.clone(),
        }
    }

    /// Whether a future that is written by hand gives no error, whatever its type says: each `Ready` of its `poll`, and of
    /// what that calls, is one of `Ok`.
    pub fn polls_to_no_error(&self, future: &Impl<'_>) -> bool {
        let poll = future.methods.iter().find(|(name, _)| **name == "poll");
        poll.is_some_and(|(_, &poll)| self.readies_no_error(poll, DEPTH))
    }

    fn readies_no_error(&self, function: FnId, depth: usize) -> bool {
        let (Some(typed), Some(depth)) = (self.typed(function), depth.checked_sub(1)) else { return false };
        typed.exits(typed.body.root).into_iter().all(|exit| match exit.kind {
            ExitKind::Tail => self.is_ready_without_error(typed, exit.at, depth),
            ExitKind::Return(Some(value)) => self.is_ready_without_error(typed, value, depth),
            ExitKind::Return(None) | ExitKind::Question(_) | ExitKind::Bail | ExitKind::End => false,
        })
    }

    fn is_ready_without_error(&self, typed: Typed<'_>, value: ExprId, depth: usize) -> bool {
        match (typed.body.kind(value), typed.types.callee(value)) {
            (ExprKind::Path(path), _) => path.last().name == "Pending",
            (_, &Callee::Function(callee)) => self.readies_no_error(callee, depth),
            (ExprKind::Call { args, .. }, _) => {
                called_name(typed, value).is_some_and(|name| name == "Ready")
                    && args.iter().all(|&arg| typed.is_ok(arg))
            }
            _ => false,
        }
    }

    /// The n-th argument of a call, the receiver of a method counted first.
    pub fn argument(&self, typed: Typed<'_>, call: ExprId, index: usize) -> Option<ExprId> {
        match typed.body.kind(call) {
            ExprKind::Call { args, .. } => args.get(index).copied(),
            ExprKind::MethodCall { receiver, args, .. } => match index {
                0 => Some(*receiver),
                _ => args.get(index - 1).copied(),
            },
            _ => None,
        }
    }

    /// The future that a call wraps.
    pub fn wrapped_future(&self, typed: Typed<'_>, call: ExprId, wrapper: &Wrapper) -> Option<ExprId> {
        match (typed.body.kind(call), wrapper.future) {
            (ExprKind::MethodCall { receiver, .. }, None) => Some(*receiver),
            (ExprKind::MethodCall { args, .. }, Some(index)) => args.get(index).copied(),
            (ExprKind::Call { args, .. }, index) => args.get(index.unwrap_or(0)).copied(),
            _ => None,
        }
    }

    /// `Err(())`, `Err(Error::ShuttingDown)`.
    fn is_harmless_value(&self, typed: Typed<'_>, err: ExprId) -> bool {
        self.argument(typed, err, 0)
            .is_some_and(|error| is_harmless(typed.types.of(error)) || typed.speaks_of_stop(error))
    }

    fn leak(&self, function: FnId, typed: Typed<'_>, at: ExprId, source: Option<crate::hir::Name>) -> Leak {
        let range = typed.range(at);
        // The `?` itself rather than the chain it ends.
        let range = match typed.body.kind(at) {
            ExprKind::Try(_) => crate::source::TextRange { start: range.end - 1, end: range.end },
            _ => range,
        };
        Leak { function, at, span: self.span(function, range), source, inner: None }
    }
}

/// Whether a closure or async block is known to give something that is no `Result`, so that what any of its exits gives is none
/// either: `return Default::default()`. What is declared holds; where nothing is, a `?` says otherwise.
fn gives_no_result(typed: Typed<'_>, run: ExprId, exits: &[Exit]) -> bool {
    let is_declared = matches!(typed.body.kind(run), ExprKind::Closure(it) if it.output.is_some());
    let (Ty::Callable(output) | Ty::Future(output)) = typed.types.of(run) else { return false };
    let leaves_early = |exit: &Exit| matches!(exit.kind, ExitKind::Question(_) | ExitKind::Bail);
    let is_other =
        output.is_known() && !matches!(**output, Ty::Never | Ty::Future(_)) && output.as_result().is_none();
    is_other && (is_declared || !exits.iter().any(leaves_early))
}

/// The last name of what is called.
pub fn called_name(typed: Typed<'_>, call: ExprId) -> Option<crate::hir::Name> {
    match typed.body.kind(call) {
        ExprKind::MethodCall { name, .. } => Some(*name),
        ExprKind::Call { callee, .. } => match typed.body.kind(*callee) {
            ExprKind::Path(path) => Some(path.last().name),
            _ => None,
        },
        _ => None,
    }
}

/// Whether a place is in an arm that is only come to when the other side of a channel is gone, or a semaphore closed:
/// `Err(RecvError::Closed) => bail!(..)`, `Ok(Err(_)) => return Err(..)` around `acquire()`.
fn is_for_other_side_gone(typed: Typed<'_>, place: ExprId) -> bool {
    let body = typed.body;
    let outers = body.ancestors(place).take_while(|&outer| !body.is_own_body(outer));
    outers.into_iter().any(|outer| match body.kind(outer) {
        ExprKind::Match { scrutinee, arms } => arms
            .iter()
            .filter(|arm| typed.is_inside(place, arm.body))
            .any(|arm| says_other_side_gone(typed, arm.pat, typed.types.of(*scrutinee))),
        _ => false,
    })
}

/// Whether a pattern takes nothing but an error that says so.
fn says_other_side_gone(typed: Typed<'_>, pat: PatId, ty: &Ty) -> bool {
    let PatKind::TupleStruct { path, fields } = &typed.body.pat(pat).kind else { return false };
    let [inner] = fields[..] else { return false };
    match (path.last().name.as_str(), ty.as_result(), ty.as_option()) {
        ("Ok", Some((value, _)), _) => says_other_side_gone(typed, inner, &value),
        ("Some", _, Some(value)) => says_other_side_gone(typed, inner, &value),
        ("Err", Some((_, Ty::External(error, _))), _) => errors::error_type(&error).is_some_and(|row| {
            let names_end = matches!(&typed.body.pat(inner).kind,
                PatKind::Path(path) if errors::tells_gap_from_end(&path.last().name));
            row.says.other_side_gone() || (row.says == Says::ValuesMissed && names_end)
        }),
        _ => false,
    }
}

/// Whether an error is made in the arm of a `select!` for the wish to stop: whoever has it wants no more.
fn is_said_on_stop(typed: Typed<'_>, exit: Exit) -> bool {
    let is_made = match exit.kind {
        ExitKind::Bail => true,
        ExitKind::Return(Some(value)) => typed.is_err(value),
        ExitKind::Tail => typed.is_err(exit.at),
        ExitKind::Return(None) | ExitKind::Question(_) | ExitKind::End => false,
    };
    let mut inner = exit.at;
    is_made
        && typed.body.ancestors(exit.at).any(|outer| {
            let handler = std::mem::replace(&mut inner, outer);
            match typed.body.kind(outer) {
                ExprKind::Select(select) => select
                    .arms
                    .iter()
                    .any(|arm| arm.handler == handler && typed.names_wish_to_stop(arm.future)),
                _ => false,
            }
        })
}

/// Whether an error comes up in the very expression that it leaves by, so that nothing before it can have told of it.
fn comes_up_in(typed: Typed<'_>, exit: Exit) -> bool {
    let mut value = match exit.kind {
        ExitKind::Tail => exit.at,
        ExitKind::Question(operand) => operand,
        ExitKind::Return(Some(value)) => value,
        ExitKind::Return(None) | ExitKind::Bail | ExitKind::End => return false,
    };
    loop {
        match typed.body.kind(value) {
            ExprKind::Await(_) => return true,
            ExprKind::Try(inner) => value = *inner,
            ExprKind::MethodCall { receiver, name, .. } if methods::error_adaptor(name).is_some() => {
                value = *receiver
            }
            // `return fail(error)` may well make the error that was told before.
            ExprKind::Call { .. } | ExprKind::MethodCall { .. } => {
                return matches!(exit.kind, ExitKind::Question(_)) && !typed.is_err(value);
            }
            _ => return false,
        }
    }
}

/// The `future` of `spawn(future).await`.
fn spawned_and_awaited(typed: Typed<'_>, value: ExprId) -> Option<ExprId> {
    let ExprKind::Await(call) = *typed.body.kind(value) else { return None };
    let argument = spawner(&typed.types.external(call)?)?.argument?;
    match typed.body.kind(call) {
        ExprKind::Call { args, .. } | ExprKind::MethodCall { args, .. } => args.get(argument).copied(),
        _ => None,
    }
}

/// A variable that holds a future of a library. What the awaited value is has been asked before.
fn is_library_future(typed: Typed<'_>, future: ExprId) -> bool {
    matches!(typed.body.kind(future), ExprKind::Local(_))
        && matches!(typed.types.of(future), Ty::External(path, _) if output_of(path).is_some())
}

/// Whether a call of a library has no error in practice, whatever its type says: a server that goes on after every failed
/// accept, a handler of signals.
pub fn never_fails(path: &str) -> bool {
    path == names::PENDING
        || serve(path).is_some_and(|row| !row.can_fail)
        || stop(path).is_some_and(|row| matches!(row.kind, StopKind::Signal(_)))
}

/// Whether a call gives, at once or when awaited, an I/O error.
pub(super) fn is_io(ty: &Ty) -> bool {
    match ty {
        Ty::Future(output) => is_io(output),
        ty => ty.as_result().is_some_and(|(_, error)| error.is(names::IO_ERROR)),
    }
}

/// Whether an error of this type says nothing that anybody could act on: `()`, `!`, `Infallible`, "the receiver is gone", "this
/// is no request".
pub fn is_harmless(error: &Ty) -> bool {
    match error {
        Ty::Never => true,
        Ty::External(name, _) => errors::error_type(name).is_some_and(|row| {
            row.says.other_side_gone()
                || matches!(row.says, Says::Impossible | Says::TaskDied | Says::Misbuilt)
        }),
        other => other.is_unit(),
    }
}

impl Failure {
    /// Whether errors leave in any of several ways.
    fn any(ways: impl Iterator<Item = Failure>) -> Failure {
        let mut leaks = Vec::new();
        let mut unknown = false;
        for way in ways {
            match way {
                Failure::Never => {}
                Failure::Leaves(found) => leaks.extend(found),
                Failure::Unknown => unknown = true,
            }
        }
        match (leaks.is_empty(), unknown) {
            (false, _) => Failure::Leaves(leaks),
            (true, true) => Failure::Unknown,
            (true, false) => Failure::Never,
        }
    }
}

impl Leak {
    /// The place in the innermost function that the error comes from.
    pub fn origin(&self) -> &Leak {
        self.inner.as_deref().map_or(self, Leak::origin)
    }
}
