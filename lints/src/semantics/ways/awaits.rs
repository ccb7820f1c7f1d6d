//! What a call or an await puts on the ways through it.

use super::walk::{After, Walk};
use super::{Fact, Paths};
use crate::hir::{ExprId, ExprKind, PatSite, Stmt};
use crate::knowledge::delays::{self, DelayKind, delay};
use crate::knowledge::spawners::spawner;
use crate::knowledge::stop::{self, StopKind};
use crate::knowledge::streams::{self, ChannelKind, Meaning, channel_kind, source};
use crate::knowledge::transparent::{WrappedOutput, wrapper, wrapping_method};
use crate::knowledge::vocabulary::Word;
use crate::knowledge::{clients, methods};
use crate::semantics::{Callee, FnId, Ty, called_name};

/// What is waited for when something is received.
enum Receive {
    /// The next message of a channel or stream; nothing once it has ended.
    Message,
    /// The next connection: an error is none of an end.
    Connection,
}

impl Walk<'_, '_> {
    /// A future is evaluated, and awaited to its end.
    pub(super) fn awaited(&mut self, future: ExprId, paths: Paths) -> After {
        let body = self.typed.body;
        match body.kind(future) {
            ExprKind::Block(block) if block.kind.is_own_body() => self.inlined(future, paths),
            ExprKind::Ref { inner, .. } | ExprKind::Deref(inner) => self.awaited(*inner, paths),
            ExprKind::Local(local) => match self.initial_value(*local) {
                // Made before, awaited here.
                Some(made) if made != future => self.run_of_value(made, paths),
                _ => self.run_of_value(future, paths),
            },
            ExprKind::Call { args, .. } => {
                let (future_arg, given) = (self.wrapped(future), args.clone());
                match future_arg {
                    Some((inner, output)) => {
                        let others = given.into_iter().filter(|&arg| arg != inner);
                        let paths = self.in_order(others, paths);
                        self.awaited_in(future, inner, output, paths)
                    }
                    None => {
                        let paths = self.given(given, paths);
                        self.run_of_call(future, paths, true)
                    }
                }
            }
            ExprKind::MethodCall { receiver, args, .. } => {
                let (receiver, given) = (*receiver, args.clone());
                match self.wrapped(future) {
                    Some((inner, output)) => {
                        let others = std::iter::once(receiver).chain(given).filter(|&it| it != inner);
                        let others: Vec<ExprId> = others.filter(|&it| !body.is_own_body(it)).collect();
                        let paths = self.in_order(others, paths);
                        self.awaited_in(future, inner, output, paths)
                    }
                    None => {
                        let paths = self.eval(receiver, paths).all();
                        let paths = self.given(given, paths);
                        self.run_of_call(future, paths, true)
                    }
                }
            }
            _ => {
                let paths = self.eval(future, paths).all();
                self.run_of_value(future, paths)
            }
        }
    }

    /// The future that a call wraps, and what becomes of its output.
    fn wrapped(&self, call: ExprId) -> Option<(ExprId, WrappedOutput)> {
        let row = match self.typed.types.callee(call) {
            Callee::External(path) => wrapper(path)?,
            Callee::UnknownMethod(_) | Callee::Unknown => wrapping_method(&called_name(self.typed, call)?)
                .filter(|row| row.output == WrappedOutput::Same)?,
            _ => return None,
        };
        Some((self.workspace.wrapped_future(self.typed, call, row)?, row.output))
    }

    fn awaited_in(&mut self, call: ExprId, inner: ExprId, output: WrappedOutput, paths: Paths) -> After {
        let value = self.awaited(inner, paths.clone());
        let two = |good: After, bad: Paths| After::Two(Box::new(good), Box::new(After::One(bad)));
        match output {
            WrappedOutput::Same => value,
            WrappedOutput::HandlesError | WrappedOutput::Mapped => After::One(value.all()),
            // The time is over.
            WrappedOutput::Timeout => {
                two(value, paths.with(Fact::Delay, call).with(Fact::Wait, call).with(Fact::Error, call))
            }
            WrappedOutput::Option | WrappedOutput::Abortable => {
                let paths = paths.with(Fact::Stop, call);
                let value = value.with(Fact::Stop, call);
                two(value, paths.with(Fact::Asked, call))
            }
            WrappedOutput::CatchesPanic => two(value, paths.with(Fact::Error, call)),
        }
    }

    /// A call is evaluated: a function that is not async runs, of an async one only the future is made.
    pub(super) fn called(&mut self, call: ExprId, paths: Paths) -> After {
        match self.typed.types.of(call) {
            Ty::Future(_) => After::One(paths),
            _ => self.run_of_call(call, paths, false),
        }
    }

    fn run_of_call(&mut self, call: ExprId, paths: Paths, awaited: bool) -> After {
        // `token.cancelled().await`, `shutdown.notified().await`.
        if awaited
            && self.typed.looks_at_stop(call).is_some()
            && !matches!(self.typed.types.callee(call), Callee::Function(_))
        {
            return After::One(paths.with(Fact::Wait, call).with(Fact::Stop, call).with(Fact::Asked, call));
        }
        let paths = match self.is_given_stop(call) {
            // It may well race with it.
            true if !matches!(self.typed.types.callee(call), Callee::Function(_)) => {
                paths.with(Fact::Stop, call)
            }
            _ => paths,
        };
        if self.is_called_stop(call) {
            let paths = paths.with(Fact::Stop, call);
            return After::One(match awaited {
                true => paths.with(Fact::Wait, call).with(Fact::Asked, call),
                false => paths,
            });
        }
        match self.typed.types.callee(call) {
            &Callee::Function(callee) => self.run_of_function(call, callee, paths),
            Callee::External(path) => self.run_of_library(call, path, paths, awaited),
            Callee::UnknownMethod(candidates) => {
                let known = candidates.is_empty()
                    || called_name(self.typed, call).is_some_and(|name| methods::is_common_method(&name));
                self.run_by_name(call, paths, awaited, known)
            }
            Callee::Unknown => {
                let name = called_name(self.typed, call);
                let known = name.is_some_and(|name| !self.workspace.declares_function(name));
                self.run_by_name(call, paths, awaited, known)
            }
            // Which one it is, is decided when it runs.
            Callee::OneOf(all) if all.len() <= 16 => all
                .iter()
                .map(|&callee| self.run_of_function(call, callee, paths.clone()))
                .reduce(After::or)
                .unwrap_or(After::One(paths)),
            Callee::OneOf(_) | Callee::Value => self.run_by_name(call, paths, awaited, false),
            Callee::Constructor => After::One(paths),
        }
    }

    /// Whether the project says that a call waits for its wish to stop: of what is called, or of what it is called on.
    fn is_called_stop(&self, call: ExprId) -> bool {
        let words = self.typed.types.words();
        words.of_callee(self.typed.types.callee(call), Word::ShutdownSignal)
            || matches!(self.typed.body.kind(call), ExprKind::MethodCall { receiver, .. } if self.is_stop_value(*receiver))
    }

    /// Whether the project says of the type of a value that it is its wish to stop.
    fn is_stop_value(&self, value: ExprId) -> bool {
        match self.typed.body.kind(value) {
            ExprKind::Ref { inner, .. } => self.is_stop_value(*inner),
            _ => self.typed.types.words().of_type(self.typed.types.of(value), Word::ShutdownSignal),
        }
    }

    /// A value is awaited of which only the type is known: a handle, a pinned sleep, a field.
    fn run_of_value(&mut self, value: ExprId, paths: Paths) -> After {
        match self.typed.types.of(value) {
            _ if self.is_stop_value(value) => {
                After::One(paths.with(Fact::Stop, value).with(Fact::Wait, value).with(Fact::Asked, value))
            }
            Ty::External(name, _) if delay(name).is_some() || delays::is_delay_type(name) => {
                After::One(paths.with(Fact::Delay, value).with(Fact::Wait, value))
            }
            _ => match self.typed.body.kind(value) {
                ExprKind::Call { .. } | ExprKind::MethodCall { .. } => self.run_of_call(value, paths, true),
                ExprKind::Block(block) if block.kind.is_own_body() => self.unseen(value, paths, true),
                _ if matches!(self.typed.types.of(value), Ty::External(name, _) if is_one_shot(name)) => {
                    self.message(value, paths, Receive::Message)
                }
                _ => self.unseen(value, paths, true),
            },
        }
    }

    fn run_of_function(&mut self, call: ExprId, callee: FnId, paths: Paths) -> After {
        let Some(depth) = self.depth.checked_sub(1) else { return self.unseen(call, paths, true) };
        let returns = self.workspace.returns_at(callee, depth);
        // `alerts.next()` of the project's own queue: that something has come is a message, however it is waited for.
        let is_receive = called_name(self.typed, call)
            .is_some_and(|name| methods::is_receive(&name) || methods::names_wait(&name));
        let came = |paths: Paths| if is_receive { paths.with(Fact::Message, call) } else { paths };
        let output = self.output_of_call(call);
        let has_sides = output.as_result().is_some() || output.as_option().is_some() || output.is("bool");
        if !has_sides && output.is_known() {
            return After::One(paths.then(&returns.all().at(call)));
        }
        if !has_sides && returns.bad.is_empty() {
            return After::One(paths.then(&returns.all().at(call)));
        }
        let good = returns.good.clone().or(returns.either.clone()).at(call);
        let bad = returns.bad.clone().or(returns.either.clone()).at(call);
        let (good, bad) = (came(paths.then(&good)), paths.then(&bad));
        let both = After::two(good, bad);
        match output.as_option().is_some() || output.is("bool") {
            true => both,
            false => self.result(call, both),
        }
    }

    fn run_of_library(&mut self, call: ExprId, path: &str, paths: Paths, awaited: bool) -> After {
        if let Some(row) = delay(path) {
            let passes = match row.kind {
                DelayKind::Sleep | DelayKind::Tick | DelayKind::Retries => awaited,
                DelayKind::Blocks | DelayKind::RetriesBlocking => true,
                DelayKind::MakesTimer | DelayKind::Policy | DelayKind::Adapter => false,
            };
            if passes {
                return self.delayed(call, row.kind, paths);
            }
        }
        if stop::stop(path).is_some_and(|row| row.kind == StopKind::Waits) && awaited {
            return After::One(paths.with(Fact::Wait, call).with(Fact::Stop, call).with(Fact::Asked, call));
        }
        if let Some(row) = spawner(path) {
            return match awaited {
                true => self.run_of_task(call, row.argument, paths),
                false => After::One(paths),
            };
        }
        let receives =
            path.rsplit("::").next().is_some_and(|name| name == "accept" || methods::is_receive(name));
        if awaited && !receives && clients::clients(path).next().is_some() {
            return self.connects(call, paths);
        }
        self.run_by_name(call, paths, awaited, true)
    }

    /// A task is waited for: how long that takes is known only where nothing in it can make it wait.
    fn run_of_task(&self, spawn: ExprId, argument: Option<usize>, paths: Paths) -> After {
        let body = self.typed.body;
        let task = argument.and_then(|index| match body.kind(spawn) {
            ExprKind::Call { args, .. } | ExprKind::MethodCall { args, .. } => args.get(index).copied(),
            _ => None,
        });
        let is_plain = |task: ExprId| {
            body.is_own_body(task)
                && body.descendants(task).all(|id| match self.typed.types.callee(id) {
                    Callee::External(path) => delay(path).is_none(),
                    _ => called_name(self.typed, id)
                        .is_none_or(|name| !methods::names_pause(&name) && !methods::names_connect(&name)),
                })
        };
        match task.is_some_and(is_plain) {
            true => After::One(paths.with(Fact::Wait, spawn)),
            false => self.unseen(spawn, paths, true),
        }
    }

    fn delayed(&self, call: ExprId, kind: DelayKind, paths: Paths) -> After {
        let paths = paths.with(Fact::Delay, call).with(Fact::Wait, call);
        match kind {
            DelayKind::Retries | DelayKind::RetriesBlocking => {
                self.result(call, After::two(paths.clone(), paths))
            }
            _ => After::One(paths),
        }
    }

    /// A call of which the name is known, and whether code of the workspace may be behind it.
    fn run_by_name(&mut self, call: ExprId, paths: Paths, awaited: bool, is_library: bool) -> After {
        let Some(name) = called_name(self.typed, call) else { return self.unseen(call, paths, awaited) };
        if delays::is_delay_name(&name) && awaited && is_library {
            return self.delayed(call, DelayKind::Sleep, paths);
        }
        if methods::names_pause(&name) {
            return self.unseen(call, paths, awaited);
        }
        let is_method = matches!(self.typed.body.kind(call), ExprKind::MethodCall { .. });
        if is_method && name == "accept" && (awaited || self.typed.types.of(call).as_result().is_some()) {
            return self.message(call, paths, Receive::Connection);
        }
        if is_method && methods::is_receive(&name) && (awaited || methods::blocks_for_message(&name)) {
            return self.message(call, paths, Receive::Message);
        }
        // Bytes that a peer has sent.
        if is_method && awaited && is_library && methods::names_read(&name) {
            return match self.library_call(call, paths, awaited) {
                After::One(paths) => After::One(paths.with(Fact::Message, call)),
                After::Two(good, bad) => After::Two(Box::new(good.with(Fact::Message, call)), bad),
            };
        }
        if awaited && methods::names_connect(&name) {
            let after = self.connects(call, paths);
            return if is_library { after } else { after.with(Fact::Unseen, call) };
        }
        match is_library || (!awaited && self.is_async) {
            true => self.library_call(call, paths, awaited),
            // A thread may well be made to sleep anywhere; async code waits where it awaits.
            false => self.unseen(call, paths, awaited),
        }
    }

    fn library_call(&self, call: ExprId, paths: Paths, awaited: bool) -> After {
        let paths = if awaited { paths.with(Fact::Wait, call) } else { paths };
        // `rx.try_recv()`: its error says "not now".
        let tries = !awaited && called_name(self.typed, call).is_some_and(|name| name.starts_with("try_"));
        match self.output_of_call(call).as_result() {
            Some(_) if tries => After::two(paths.clone(), paths),
            Some(_) => self.result(call, After::two(paths.clone(), paths)),
            None => After::One(paths),
        }
    }

    fn connects(&self, call: ExprId, paths: Paths) -> After {
        let paths = paths.with(Fact::Wait, call);
        let output = self.output_of_call(call);
        let connected = paths.clone().with(Fact::Connected, call);
        match output.is_known() && output.as_result().is_none() && output.as_option().is_none() {
            true => After::One(connected),
            false => self.result(call, After::two(connected, paths)),
        }
    }

    /// The next message, which may be a `Result` itself.
    fn message(&self, call: ExprId, paths: Paths, what: Receive) -> After {
        let came = paths.clone().with(Fact::Message, call);
        if called_name(self.typed, call).is_some_and(|name| methods::counts_messages(&name)) {
            return After::One(came);
        }
        let output = self.output_of_call(call);
        let item = output.as_option().or_else(|| output.as_result().map(|(ok, _)| ok));
        if item.is_none() && output.is_known() {
            return After::One(came);
        }
        let Some(told) = self.told_by_failure(call, &output, what) else { return After::One(came) };
        // `Ok(None)` is the end, `Err` is none.
        let gives_end_inside = match output.as_result() {
            Some((ok, _)) => ok.as_option().is_some(),
            None => {
                !output.is_known()
                    && called_name(self.typed, call).is_some_and(|it| streams::gives_result_of_option(&it))
            }
        };
        if gives_end_inside {
            let good = After::two(came, paths.clone().with(Fact::End, call));
            return After::Two(Box::new(good), Box::new(After::One(paths.with(told, call))));
        }
        let ended = paths.with(told, call);
        let came = match item.unwrap_or_default().as_result() {
            Some(_) => self.result(call, After::two(came.clone(), came)),
            None => After::One(came),
        };
        After::Two(Box::new(came), Box::new(After::One(ended)))
    }

    /// What it says that nothing was received: the end, an error of the moment; nothing where that cannot be.
    fn told_by_failure(&self, call: ExprId, output: &Ty, what: Receive) -> Option<Fact> {
        if matches!(what, Receive::Connection) {
            return Some(Fact::Error);
        }
        let receiver = match self.typed.body.kind(call) {
            ExprKind::MethodCall { receiver, .. } => *receiver,
            _ => call,
        };
        // Signals of the operating system do not end.
        let is_signal = |path: &str| path.contains("::signal::");
        if self.typed.types.external(call).is_some_and(|path| is_signal(&path))
            || self.is_named_signal(receiver)
        {
            return None;
        }
        if matches!(self.typed.types.of(receiver), Ty::External(name, _) if channel_kind(name).is_some()) {
            return Some(Fact::End);
        }
        let by_type = match self.typed.types.of(receiver) {
            Ty::External(name, _) => source(name),
            _ => None,
        };
        if let Some(row) = self.typed.types.external(call).and_then(|path| source(&path)).or(by_type) {
            let meaning = if output.as_option().is_some() { row.on_none } else { row.on_err };
            return match meaning {
                Meaning::Impossible => None,
                Meaning::End | Meaning::Lost => Some(Fact::End),
                Meaning::GoesOn | Meaning::Either => Some(Fact::Error),
            };
        }
        let name = called_name(self.typed, call)?;
        if name == "next" && self.names_timer(receiver) {
            return None;
        }
        let gives_option = output.as_option().is_some() || matches!(name.as_str(), "next" | "join_next");
        Some(if gives_option { Fact::End } else { Fact::Error })
    }

    /// `flush_timer`, `self.ping_interval`: a stream of ticks, which has no end.
    fn names_timer(&self, stream: ExprId) -> bool {
        match self.typed.body.kind(stream) {
            ExprKind::Local(local) => {
                methods::names_timer(&self.typed.body.local(*local).name)
                    || self
                        .initial_value(*local)
                        .and_then(|made| called_name(self.typed, made))
                        .is_some_and(|name| methods::names_timer(&name))
            }
            ExprKind::Field { name, .. } => methods::names_timer(name),
            ExprKind::Ref { inner, .. } | ExprKind::Deref(inner) => self.names_timer(*inner),
            _ => false,
        }
    }

    /// `sigterm`, `sig_int`.
    fn is_named_signal(&self, receiver: ExprId) -> bool {
        matches!(self.typed.body.kind(receiver), ExprKind::Local(local) if self.typed.body.local(*local).name.starts_with("sig"))
    }

    fn unseen(&self, at: ExprId, paths: Paths, awaited: bool) -> After {
        let paths = if awaited { paths.with(Fact::Wait, at) } else { paths };
        After::One(paths.with(Fact::Unseen, at))
    }

    /// What a call gives, awaited where that is needed.
    fn output_of_call(&self, call: ExprId) -> Ty {
        match self.typed.types.of(call) {
            Ty::Future(output) => (**output).clone(),
            other => other.clone(),
        }
    }

    /// What a variable that is awaited was made by: `let sleep = sleep(d); sleep.await`.
    fn initial_value(&self, local: crate::hir::LocalId) -> Option<ExprId> {
        let body = self.typed.body;
        let (pat, PatSite::Let(block, index)) = body.outer_pat_site(body.local(local).pat) else {
            return None;
        };
        let ExprKind::Block(block) = body.kind(block) else { return None };
        match &block.stmts[index as usize] {
            Stmt::Let(it) if it.pat == pat && pat == body.local(local).pat => it.init,
            _ => None,
        }
    }

    /// Whether a call is given a stop signal.
    fn is_given_stop(&self, call: ExprId) -> bool {
        match self.typed.body.kind(call) {
            ExprKind::Call { args, .. } | ExprKind::MethodCall { args, .. } => {
                args.iter().any(|&arg| self.typed.looks_at_stop(arg).is_some())
            }
            _ => false,
        }
    }

    /// Whether a future completes because stopping is asked for: a token, a channel named so, a function that waits for one.
    pub(super) fn waits_for_stop(&self, future: ExprId) -> bool {
        if self.typed.looks_at_stop(future).is_some() || self.is_stop_value(future) {
            return true;
        }
        let call = match self.typed.body.kind(future) {
            ExprKind::Ref { inner, .. } | ExprKind::Await(inner) => return self.waits_for_stop(*inner),
            _ => future,
        };
        match self.typed.types.callee(call) {
            _ if self.is_called_stop(call) => true,
            &Callee::Function(callee) if self.depth > 0 => {
                let returns = self.workspace.returns_at(callee, self.depth - 1);
                returns.all().all_have(Fact::Asked)
            }
            Callee::External(path) => {
                stop::stop(path).is_some_and(|row| matches!(row.kind, StopKind::Waits | StopKind::Signal(_)))
            }
            _ => false,
        }
    }
}

/// `oneshot::Receiver` is awaited itself.
fn is_one_shot(name: &str) -> bool {
    channel_kind(name) == Some(ChannelKind::Oneshot)
}
