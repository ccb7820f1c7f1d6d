//! Whether something is meant to run as long as the process: an endless loop, a server, an accept loop.

use super::failure::{called_name, is_harmless};
use super::flow::{ExitKind, Typed};
use super::{AdtId, Branch, Callee, ERR, FnId, Ty, Workspace};
use crate::hir::{ExprId, ExprKind, LocalId, Name, PatKind, Type};
use crate::knowledge::methods::{HandleMethod, handle_method};
use crate::knowledge::names::EXIT_CODE;
use crate::knowledge::servers::{ServeKind, opens_datagram_socket, serve};
use crate::knowledge::spawners::spawner;
use crate::knowledge::transparent::wrapper;
use crate::knowledge::{delays, methods};
use crate::source::Span;

/// How many calls and spawns deep a reason to live is looked for.
pub(super) const DEPTH: usize = 5;

/// How many calls deep a panic is looked for.
const PANIC_DEPTH: usize = 3;

/// Why a run is believed to live on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Life {
    pub kind: LifeKind,
    pub function: FnId,
    /// Where, in the run asked about: the loop, the call that serves, the call of the function that lives, the spawn
    /// of a task that lives and is waited for.
    pub at: ExprId,
    pub span: Span,
    /// The reason inside the function called.
    pub inner: Option<Box<Life>>,
    pub hold: Hold,
}

/// How a run holds what lives in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hold {
    /// It is the run's own loop, or a function that the run calls.
    Runs,
    /// It is spawned here and waited for.
    WaitsFor,
    /// It is spawned here and left alone: the run itself does not live on.
    Starts,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LifeKind {
    /// It binds or serves a listener: this library function.
    Server(Name),
    /// An endless loop that waits.
    Loop,
}

impl Life {
    fn serves(&self) -> bool {
        matches!(self.kind, LifeKind::Server(_))
    }

    /// How good a reason it is: to serve is better than to loop, to do it oneself better than to start it.
    fn rank(&self) -> u32 {
        let kind = match self.kind {
            LifeKind::Server(_) => 1,
            LifeKind::Loop => 0,
        };
        match self.hold {
            Hold::Runs | Hold::WaitsFor => 2 + kind,
            Hold::Starts => kind,
        }
    }

    /// From the run asked about inwards to the loop or server itself.
    pub fn chain(&self) -> impl Iterator<Item = &Life> {
        std::iter::successors(Some(self), |life| life.inner.as_deref())
    }

    /// The loop or server itself.
    pub fn origin(&self) -> &Life {
        self.inner.as_deref().map_or(self, Life::origin)
    }
}

impl Typed<'_> {
    /// Whether a loop has no way out but a panic.
    fn turns_for_ever(self, id: ExprId) -> bool {
        let stays = |id: ExprId, within: ExprId| match self.body.kind(id) {
            ExprKind::Break { label, .. } => self
                .body
                .target_of_jump(id, *label)
                .is_some_and(|target| target != within && self.is_inside(target, within)),
            _ => true,
        };
        matches!(self.body.kind(id), ExprKind::Loop(it) if self.is_unconditional(it))
            && self.body.descendants_here(id).all(|inner| stays(inner, id))
    }

    /// Whether a loop does again and again, as one chooses, what another branch does once: `match period { None =>
    /// ask().await, Some(period) => loop { ask().await?; sleep(period).await } }`. The program is a command.
    fn repeats_by_choice(self, id: ExprId) -> bool {
        let mut inner = id;
        for outer in self.body.ancestors(id) {
            let others: Vec<ExprId> = match self.body.kind(outer) {
                ExprKind::If { condition, then, otherwise } if *condition != inner => {
                    otherwise.iter().copied().chain([*then]).collect()
                }
                ExprKind::Match { scrutinee, arms } if *scrutinee != inner => {
                    arms.iter().map(|arm| arm.body).collect()
                }
                _ if self.body.is_own_body(outer) => return false,
                _ => Vec::new(),
            };
            let does_once = |&other: &ExprId| {
                other != inner
                    && self.only_call(other).is_some_and(|callee| {
                        self.body.descendants_here(id).any(
                            |call| matches!(self.types.callee(call), Callee::Function(it) if *it == callee),
                        )
                    })
            };
            if others.iter().any(does_once) {
                return true;
            }
            inner = outer;
        }
        false
    }

    /// The function of the workspace whose call is all that a branch does.
    fn only_call(self, mut branch: ExprId) -> Option<FnId> {
        loop {
            branch = match self.body.kind(branch) {
                ExprKind::Block(block) if block.stmts.is_empty() => block.tail?,
                ExprKind::Await(inner) | ExprKind::Try(inner) => *inner,
                _ => match self.types.callee(branch) {
                    Callee::Function(callee) => return Some(*callee),
                    _ => return None,
                },
            };
        }
    }

    /// Whether a part of a body does nothing but to serve, or else panics: it has one server that gives no error, and what
    /// else may fail there is unwrapped.
    fn only_serves_or_panics(self, part: ExprId) -> bool {
        let mut served = None;
        for id in self.body.descendants_here(part) {
            let row = self.types.external(id).and_then(|path| serve(&path));
            match (self.body.kind(id), row) {
                (ExprKind::Loop(_), _) => return false,
                (_, Some(row)) if !row.can_fail => served = Some(id),
                (_, Some(_)) if !self.is_unwrapped(id) => return false,
                _ => {}
            }
        }
        served.is_some_and(|served| {
            self.body.descendants_here(part).all(|id| !self.may_leave(id) || self.is_inside(served, id))
        })
    }

    /// `call().await.unwrap()`.
    fn is_unwrapped(self, call: ExprId) -> bool {
        let awaited = self.body.parent(call).filter(|&it| matches!(self.body.kind(it), ExprKind::Await(_)));
        matches!(self.branch_of(awaited.unwrap_or(call), ERR), Some(Branch::Panic(_)))
    }
}

impl<'a> Workspace<'a> {
    /// Why a function lives as long as the process, if it does.
    pub fn life_of(&self, function: FnId) -> Option<&Life> {
        self.mission_of(function).filter(|life| life.hold != Hold::Starts)
    }

    /// As `life_of`; also where the function only starts what lives on.
    pub fn mission_of(&self, function: FnId) -> Option<&Life> {
        self.life_at(function, DEPTH)
    }

    /// As for failures: a computation asks only for smaller depths.
    fn life_at(&self, function: FnId, depth: usize) -> Option<&Life> {
        let life = self.call_facts.of(function).lives[depth].get_or_init(|| {
            let typed = self.typed(function)?;
            match self.output_of(function) {
                Ty::Future(_) if !self.is_async(function) => {
                    self.life_of_returned_future(function, typed, depth).or_else(|| {
                        // A library's future that serves, whichever branch makes it.
                        self.life_of_run_at(function, typed, typed.body.root, depth).filter(Life::serves)
                    })
                }
                _ => self.life_of_run_at(function, typed, typed.body.root, depth),
            }
        });
        life.as_ref()
    }

    /// `fn run() -> impl Future`: the future it returns is what runs.
    fn life_of_returned_future(&self, function: FnId, typed: Typed<'_>, depth: usize) -> Option<Life> {
        let exits = typed.exits(typed.body.root).into_iter();
        let mut futures = exits.filter_map(|exit| match exit.kind {
            ExitKind::Tail => Some(exit.at),
            ExitKind::Return(value) => value,
            ExitKind::Question(_) | ExitKind::Bail | ExitKind::End => None,
        });
        let future = futures.next().filter(|_| futures.next().is_none())?;
        let future = self.unwrapped(typed, future)?;
        let life = self.life_of_spawned(function, typed, future, depth.checked_sub(1)?)?;
        match typed.body.is_own_body(future) {
            true => Some(life),
            false => {
                let span = self.span(function, typed.range(future));
                let (kind, hold) = (life.kind, life.hold);
                Some(Life { kind, function, at: future, span, inner: Some(Box::new(life)), hold })
            }
        }
    }

    /// The method of a type that takes the value itself and then lives on: `async fn run(self)`.
    pub fn runner_of(&self, adt: AdtId) -> Option<FnId> {
        let takes_itself = |function: FnId| {
            let receiver = self.function(function).hir.receiver.as_ref();
            matches!(receiver, Some(Type::Path(path)) if path.as_name().is_some_and(|name| name == "Self"))
        };
        let methods = self.impls_of(adt).flat_map(|it| it.methods.values().copied());
        let runners = methods.filter(|&method| {
            takes_itself(method) && self.is_async(method) && self.life_of(method).is_some()
        });
        runners.min()
    }

    /// Why a run of a function lives as long as the process, if it does. A server is the better reason.
    pub fn life_of_run(&self, function: FnId, run: ExprId) -> Option<Life> {
        self.mission_of_run(function, run).filter(|life| life.hold != Hold::Starts)
    }

    /// As `life_of_run`; also where the run only starts what lives on.
    pub fn mission_of_run(&self, function: FnId, run: ExprId) -> Option<Life> {
        self.life_of_run_at(function, self.typed(function)?, run, DEPTH)
    }

    /// Why a run turns for ever, if it has an endless loop of its own: the outermost.
    pub fn turning_life(&self, function: FnId, run: ExprId) -> Option<Life> {
        let typed = self.typed(function)?;
        let (at, it) = typed.loops(run).find(|&(id, _)| typed.turns_on(id) && self.waits(typed, id))?;
        let span = self.span(function, it.keyword);
        Some(Life { kind: LifeKind::Loop, function, at, span, inner: None, hold: Hold::Runs })
    }

    fn life_of_run_at(&self, function: FnId, typed: Typed<'_>, run: ExprId, depth: usize) -> Option<Life> {
        let mut found: Option<Life> = None;
        let places = match run == typed.body.root {
            true => {
                let known = &self.body_facts.of(function).life_places;
                known.get_or_init(|| self.places_of_life(typed, run))
            }
            false => &self.places_of_life(typed, run),
        };
        for &at in places {
            let life = match typed.body.kind(at) {
                ExprKind::Loop(it) => {
                    let span = self.span(function, it.keyword);
                    Some(Life { kind: LifeKind::Loop, function, at, span, inner: None, hold: Hold::Runs })
                }
                _ => self.life_of_call(function, typed, at, depth),
            };
            let Some(life) = life else { continue };
            if found.as_ref().is_none_or(|known| life.rank() > known.rank()) {
                found = Some(life);
            }
        }
        found
    }

    /// Where a run may have a reason to live, whatever is found out about other bodies: its endless loops, and calls that
    /// serve, that spawn, or that run another function.
    fn places_of_life(&self, typed: Typed<'_>, run: ExprId) -> Vec<ExprId> {
        let mut places = typed.evaluated(run);
        let blocks: Vec<ExprId> = places.iter().copied().filter(|&id| typed.is_blocked_on(id)).collect();
        places.extend(blocks.into_iter().flat_map(|block| typed.evaluated(block)));
        places.retain(|&at| match typed.body.kind(at) {
            ExprKind::Loop(_) => {
                typed.is_endless(at)
                    && self.waits(typed, at)
                    && !typed.asks_person(at)
                    && !typed.repeats_by_choice(at)
            }
            ExprKind::Call { .. } | ExprKind::MethodCall { .. } => match typed.types.callee(at) {
                // Only what is awaited runs here; a future that is made and handed on runs elsewhere.
                Callee::Function(callee) => self.runs_here(typed, at, *callee),
                Callee::External(path) => serve(path).is_some() || typed.starts_task(at),
                _ => typed.starts_task(at),
            },
            _ => false,
        });
        places
    }

    /// Why one of those calls lives on.
    fn life_of_call(&self, function: FnId, typed: Typed<'_>, at: ExprId, depth: usize) -> Option<Life> {
        let span = self.span(function, typed.range(at));
        // Who waits for tasks that live, lives as long as they do.
        if let Some(value) = typed.started(at) {
            let value = self.unwrapped(typed, value)?;
            let inner = self.life_of_spawned(function, typed, value, depth.checked_sub(1)?)?;
            let hold = if self.waits_for_tasks(typed, at) { Hold::WaitsFor } else { Hold::Starts };
            return Some(Life { kind: inner.kind, function, at, span, inner: Some(Box::new(inner)), hold });
        }
        match typed.types.callee(at) {
            Callee::External(path)
                if serve(path).is_some_and(|row| row.kind != ServeKind::Connection)
                    && !opens_datagram_socket(path) =>
            {
                Some(Life {
                    kind: LifeKind::Server(*path),
                    function,
                    at,
                    span,
                    inner: None,
                    hold: Hold::Runs,
                })
            }
            Callee::Function(callee) if depth > 0 => {
                let inner = self.life_at(*callee, depth - 1)?;
                if inner.hold != Hold::Starts && self.turns_for_answer(*callee, inner) {
                    return None;
                }
                // Who calls what only starts something, only starts something.
                let hold = if inner.hold == Hold::Starts { Hold::Starts } else { Hold::Runs };
                Some(Life {
                    kind: inner.kind,
                    function,
                    at,
                    span,
                    inner: Some(Box::new(inner.clone())),
                    hold,
                })
            }
            _ => None,
        }
    }

    /// Why a future that is waited for lives on: a call, an async block, the handle of a task, one of several.
    pub fn life_of_future(&self, function: FnId, typed: Typed<'_>, future: ExprId) -> Option<Life> {
        let body = typed.body;
        match body.kind(future) {
            ExprKind::Ref { inner, .. } => self.life_of_future(function, typed, *inner),
            ExprKind::Block(_) if body.is_own_body(future) => self.life_of_run(function, future),
            ExprKind::Local(local) => self.life_of_future(function, typed, body.plain_init(*local)?),
            ExprKind::MethodCall { receiver, name, .. }
                if handle_method(name) == Some(HandleMethod::Waits) && !self.is_own(typed, future) =>
            {
                match body.kind(*receiver) {
                    ExprKind::Local(set) => self
                        .life_in_collection(function, typed, *set)
                        .or_else(|| self.life_of_future(function, typed, *receiver)),
                    _ => self.life_of_future(function, typed, *receiver),
                }
            }
            ExprKind::Call { .. } | ExprKind::MethodCall { .. } => {
                self.life_of_awaited_call(function, typed, future)
            }
            ExprKind::Macro(_) => {
                let inner = *body.children(future).first()?;
                self.life_of_future(function, typed, inner)
            }
            _ => None,
        }
    }

    fn is_own(&self, typed: Typed<'_>, call: ExprId) -> bool {
        matches!(typed.types.callee(call), Callee::Function(_) | Callee::OneOf(_))
    }

    /// Why one of the tasks that are spawned into a collection lives on.
    fn life_in_collection(&self, function: FnId, typed: Typed<'_>, set: LocalId) -> Option<Life> {
        let body = typed.body;
        body.uses_of(set).find_map(|mention| {
            let call = body.parent(mention)?;
            match body.kind(call) {
                ExprKind::MethodCall { receiver, .. } if *receiver == mention => {
                    let argument = spawner(&typed.types.external(call)?)?.argument?;
                    let value = self.spawned_value(typed, call, argument)?;
                    let inner = self.life_of_spawned(function, typed, value, DEPTH)?;
                    let span = self.span(function, typed.range(call));
                    let (kind, inner) = (inner.kind, Some(Box::new(inner)));
                    Some(Life { kind, function, at: call, span, inner, hold: Hold::WaitsFor })
                }
                _ => None,
            }
        })
    }

    /// Whether a value that can fail is the outcome of what the run lives in: `serve(app).await`, `task.join()`.
    pub fn is_lived_in(&self, function: FnId, typed: Typed<'_>, value: ExprId) -> bool {
        self.life_of_value(function, typed, value).is_some()
    }

    /// Why the run waits at a value for the life of something.
    pub fn life_of_value(&self, function: FnId, typed: Typed<'_>, value: ExprId) -> Option<Life> {
        match typed.body.kind(value) {
            ExprKind::Await(inner) => self.life_of_future(function, typed, *inner),
            ExprKind::Try(inner) => self.life_of_value(function, typed, *inner),
            ExprKind::Join { futures, .. } => {
                futures.iter().find_map(|&future| self.life_of_future(function, typed, future))
            }
            ExprKind::MethodCall { receiver, name, .. } if methods::error_adaptor(name).is_some() => {
                self.life_of_value(function, typed, *receiver)
            }
            ExprKind::MethodCall { name, .. } if *name == "join" => {
                self.life_of_future(function, typed, value)
            }
            ExprKind::Call { .. } | ExprKind::MethodCall { .. } => match typed.types.callee(value) {
                // A function that blocks.
                Callee::Function(callee) if !matches!(self.output_of(*callee), Ty::Future(_)) => {
                    self.life_of_future(function, typed, value)
                }
                _ => None,
            },
            _ => None,
        }
    }

    /// Why a call whose future or handle is waited for lives on.
    pub fn life_of_awaited_call(&self, function: FnId, typed: Typed<'_>, call: ExprId) -> Option<Life> {
        let span = self.span(function, typed.range(call));
        let life = |kind, inner, hold| Some(Life { kind, function, at: call, span, inner, hold });
        match typed.types.callee(call) {
            Callee::Function(callee) => {
                let inner = self.life_of(*callee).filter(|inner| !self.turns_for_answer(*callee, inner))?;
                life(inner.kind, Some(Box::new(inner.clone())), Hold::Runs)
            }
            Callee::External(path) => match (spawner(path), serve(path), wrapper(path)) {
                (Some(row), ..) => {
                    let value = self.spawned_value(typed, call, row.argument?)?;
                    let inner = self.life_of_spawned(function, typed, value, DEPTH)?;
                    life(inner.kind, Some(Box::new(inner)), Hold::WaitsFor)
                }
                (_, Some(row), _) if row.kind != ServeKind::Connection && row.kind != ServeKind::Bind => {
                    life(LifeKind::Server(*path), None, Hold::Runs)
                }
                (_, _, Some(row)) => {
                    self.life_of_awaited_call(function, typed, self.wrapped_future(typed, call, row)?)
                }
                _ => None,
            },
            _ => None,
        }
    }

    /// Whether what lives ends only when it is told to: it does nothing but to serve, with a server that gives no error, or to
    /// accept in a loop that nothing leaves.
    pub fn only_serves(&self, life: &Life) -> bool {
        life.chain().all(|link| {
            self.typed(link.function)
                .is_some_and(|typed| self.part_only_serves(typed, typed.run_of(link.at), link))
        })
    }

    /// As `only_serves`, of a part of a body alone: nothing else in it can go wrong.
    fn part_only_serves(&self, typed: Typed<'_>, part: ExprId, life: &Life) -> bool {
        let body = typed.body;
        let serves = match life.kind {
            LifeKind::Server(path) => serve(&path).is_some_and(|row| !row.can_fail),
            LifeKind::Loop => return false,
        };
        let lasting = match serves || life.inner.is_some() {
            true => Some(life.at),
            false => std::iter::once(life.at)
                .chain(body.ancestors(life.at))
                .take_while(|&outer| outer != part)
                .find(|&outer| {
                    typed.turns_for_ever(outer) && !self.may_panic_in_calls(typed, outer, PANIC_DEPTH)
                }),
        };
        lasting.is_some_and(|lasting| {
            let may_end =
                |id| typed.may_give_up(id) || !serves && matches!(body.kind(id), ExprKind::Index { .. });
            body.descendants_here(part)
                .all(|id| !may_end(id) || (id != lasting && typed.is_inside(lasting, id)))
        })
    }

    /// Whether a function of the workspace that a part of a body calls may panic.
    fn may_panic_in_calls(&self, typed: Typed<'_>, part: ExprId, depth: usize) -> bool {
        let Some(depth) = depth.checked_sub(1) else { return true };
        let panics = |callee: FnId| {
            self.typed(callee).is_none_or(|inner| {
                let mut all = inner.body.descendants_here(inner.body.root);
                all.any(|id| inner.may_panic(id) || matches!(inner.body.kind(id), ExprKind::Index { .. }))
                    || self.may_panic_in_calls(inner, inner.body.root, depth)
            })
        };
        typed.body.descendants_here(part).any(|id| match typed.types.callee(id) {
            &Callee::Function(callee) => self.runs_here(typed, id, callee) && panics(callee),
            Callee::OneOf(all) => all.iter().any(|&callee| panics(callee)),
            Callee::UnknownMethod(candidates) => !candidates.is_empty(),
            _ => false,
        })
    }

    /// As `only_serves`, of a future that a function waits for. What is made for it in the same function is no part of it. A
    /// panic in what is not spawned is one of the function itself, and no quiet end.
    pub fn ends_when_told(&self, typed: Typed<'_>, future: ExprId, life: &Life) -> bool {
        let is_part = life.chain().all(|link| link.hold == Hold::Runs);
        match &life.inner {
            Some(inner) if is_part && inner.inner.is_none() => {
                self.typed(inner.function).is_some_and(|typed| {
                    typed.only_serves_or_panics(typed.run_of(inner.at))
                        || self.only_serves(inner)
                        || self.is_left_on_order(typed, inner.at)
                })
            }
            Some(inner) => self.only_serves(inner),
            None => {
                self.part_only_serves(typed, future, life) || (is_part && typed.only_serves_or_panics(future))
            }
        }
    }

    /// Whether all ways out of a loop are taken because a function of the project says that it was told to stop:
    /// `if self.handle(message).await.is_none() { break }`.
    fn is_left_on_order(&self, typed: Typed<'_>, looped: ExprId) -> bool {
        if !matches!(typed.body.kind(looped), ExprKind::Loop(_)) {
            return false;
        }
        let body = typed.body;
        let mut outs = typed.breaks_of(looped);
        outs.extend(body.descendants_here(looped).filter(|&id| typed.may_leave(id)));
        let is_on_order = |out: ExprId| {
            body.ancestors(out).take_while(|&outer| outer != looped).any(|outer| match body.kind(outer) {
                ExprKind::If { condition, then, .. } => {
                    typed.is_inside(out, *then) && self.asks_for_order(typed, *condition)
                }
                _ => false,
            })
        };
        !outs.is_empty() && outs.into_iter().all(is_on_order)
    }

    /// Whether a condition asks a function of the project for a `None` that it gives for a message to stop, and nothing else.
    fn asks_for_order(&self, typed: Typed<'_>, condition: ExprId) -> bool {
        let ExprKind::MethodCall { receiver, name, .. } = typed.body.kind(condition) else { return false };
        let call = match typed.body.kind(*receiver) {
            ExprKind::Await(call) => *call,
            _ => *receiver,
        };
        let &Callee::Function(callee) = typed.types.callee(call) else { return false };
        let Some(typed) = self.typed(callee).filter(|_| *name == "is_none") else { return false };
        let says = |value: ExprId| match typed.body.kind(value) {
            ExprKind::Path(path) if path.last().name == "None" => Some(true),
            ExprKind::Call { .. } if called_name(typed, value).is_some_and(|name| name == "Some") => {
                Some(false)
            }
            _ => None,
        };
        let exits: Vec<_> = typed
            .exits(typed.body.root)
            .into_iter()
            .map(|exit| match exit.kind {
                ExitKind::Tail | ExitKind::Return(None) => (exit.at, says(exit.at)),
                ExitKind::Return(Some(value)) => (exit.at, says(value)),
                ExitKind::Question(_) | ExitKind::Bail | ExitKind::End => (exit.at, None),
            })
            .collect();
        exits.iter().any(|&(_, says)| says == Some(true))
            && exits.into_iter().all(|(at, says)| match says {
                Some(true) => is_in_arm_for_stop(typed, at),
                Some(false) => true,
                None => false,
            })
    }

    /// The argument of a call that is spawned, wrappers taken off.
    fn spawned_value(&self, typed: Typed<'_>, call: ExprId, argument: usize) -> Option<ExprId> {
        match typed.body.kind(call) {
            ExprKind::Call { args, .. } | ExprKind::MethodCall { args, .. } => {
                self.unwrapped(typed, *args.get(argument)?)
            }
            _ => None,
        }
    }

    /// A future with its wrappers taken off.
    fn unwrapped(&self, typed: Typed<'_>, mut value: ExprId) -> Option<ExprId> {
        while let Callee::External(path) = typed.types.callee(value)
            && let Some(row) = wrapper(path)
        {
            value = self.wrapped_future(typed, value, row)?;
        }
        Some(value)
    }

    fn life_of_spawned(&self, function: FnId, typed: Typed<'_>, value: ExprId, depth: usize) -> Option<Life> {
        let life = match (typed.body.is_own_body(value), typed.types.callee(value)) {
            (true, _) => self.life_of_run_at(function, typed, value, depth),
            (false, Callee::Function(callee)) => self.life_at(*callee, depth).cloned(),
            (false, _) => None,
        };
        life.filter(|life| life.hold != Hold::Starts)
    }

    /// Whether the run that a spawn is in waits for tasks.
    fn waits_for_tasks(&self, typed: Typed<'_>, spawn: ExprId) -> bool {
        typed.evaluated(typed.run_of(spawn)).into_iter().any(|id| self.waits_for_task(typed, id))
    }

    /// Whether an expression waits for the end of a task or thread.
    pub fn waits_for_task(&self, typed: Typed<'_>, id: ExprId) -> bool {
        match typed.body.kind(id) {
            ExprKind::Await(inner) => typed.types.of(*inner).holds_handle() || self.is_join(typed, *inner),
            ExprKind::MethodCall { .. } => self.is_join(typed, id),
            ExprKind::Select(select) => {
                select.arms.iter().any(|arm| typed.types.of(arm.future).holds_handle())
            }
            ExprKind::Join { futures, .. } => {
                futures.iter().any(|&future| typed.types.of(future).holds_handle())
            }
            _ => false,
        }
    }

    /// `join_all(handles)`, `set.join_next()`, `thread.join()`.
    fn is_join(&self, typed: Typed<'_>, id: ExprId) -> bool {
        match typed.body.kind(id) {
            ExprKind::MethodCall { receiver, name, .. } => {
                handle_method(name) == Some(HandleMethod::Waits)
                    && (name.contains("join_") || typed.types.of(*receiver).holds_handle())
            }
            ExprKind::Call { args, .. } => args.iter().any(|&arg| typed.types.of(arg).holds_handle()),
            _ => false,
        }
    }

    /// Whether a function gives something back, so that it ends when it has that; what it is must be known.
    pub fn gives_something(&self, function: FnId) -> bool {
        let output = match self.output_of(function) {
            Ty::Future(output) => (*output).clone(),
            output => output,
        };
        let output = output.as_result().map_or(output.clone(), |(ok, _)| ok);
        match &output {
            Ty::External(path, _) => *path != EXIT_CODE && !is_harmless(&output),
            Ty::Tuple(parts) => !parts.is_empty(),
            Ty::Adt(..) | Ty::Slice(_) => true,
            Ty::Unknown | Ty::Never | Ty::Future(_) | Ty::Callable(_) | Ty::Object(_) | Ty::Param(_) => false,
        }
    }

    /// Whether who waits for a function that turns waits for its answer: it fails or gives something, and tries until it does.
    fn turns_for_answer(&self, function: FnId, life: &Life) -> bool {
        let output = match self.output_of(function) {
            Ty::Future(output) => (*output).clone(),
            output => output,
        };
        life.kind == LifeKind::Loop && output.as_result().is_some() && self.gives_something(function)
    }

    /// Whether a function deals with one peer, or with what one peer asked for: its end is not that of the service.
    pub fn is_for_one_peer(&self, function: FnId) -> bool {
        let hir = self.function(function).hir;
        let of_owner =
            self.self_adt(function).is_some_and(|adt| methods::names_one_peer(&self.adt(adt).name));
        methods::deals_with_one_peer(&hir.name) || of_owner || hir.params.iter().any(is_one_peer)
    }

    /// Whether a function is given the stream of one peer: a socket that is connected, or whatever reads and writes bytes.
    pub fn takes_stream(&self, function: FnId) -> bool {
        let hir = self.function(function).hir;
        let reads_bytes = |name: Name| methods::names_byte_stream(&name);
        hir.params.iter().any(is_stream) || hir.generics.params_with_name(&reads_bytes).next().is_some()
    }

    /// Whether a function is given the socket of one peer, or whatever reads and writes its bytes.
    pub fn is_given_socket(&self, function: FnId) -> bool {
        let names_socket = |name: Name| methods::names_connected_socket(&name);
        let hir = self.function(function).hir;
        self.takes_stream(function) || hir.params.iter().any(|param| param.has_name(&names_socket))
    }

    /// Whether some caller calls it again when it has ended: in a loop, or by a wrapper that tries again.
    pub fn is_called_again(&self, function: FnId) -> bool {
        self.callers(function).any(|(caller, call)| {
            self.typed(caller).is_some_and(|typed| {
                typed.body.ancestors(call).any(|outer| match typed.body.kind(outer) {
                    ExprKind::Loop(_) => true,
                    ExprKind::Call { .. } | ExprKind::MethodCall { .. } => {
                        called_name(typed, outer).is_some_and(|name| methods::tries_again(&name))
                    }
                    _ => false,
                })
            })
        })
    }

    /// Whether a call runs the function where it is written: it is awaited, or not async.
    pub fn runs_here(&self, typed: Typed<'_>, call: ExprId, callee: FnId) -> bool {
        if !matches!(self.output_of(callee), Ty::Future(_)) {
            return true;
        }
        let body = typed.body;
        for outer in body.ancestors(call) {
            match body.kind(outer) {
                ExprKind::Await(_) | ExprKind::Select(_) | ExprKind::Join { .. } => return true,
                ExprKind::MethodCall { .. } | ExprKind::Call { .. }
                    if called_name(typed, outer).is_some_and(|name| methods::blocks_on(&name)) =>
                {
                    return true;
                }
                // Adaptors and wrappers around the future on its way to the await.
                ExprKind::MethodCall { .. } | ExprKind::Call { .. } | ExprKind::Ref { .. } => {}
                _ => return false,
            }
        }
        false
    }

    /// Whether a loop waits: a loop that computes is another matter.
    fn waits(&self, typed: Typed<'_>, id: ExprId) -> bool {
        typed.awaits(id)
            || typed.body.descendants_here(id).any(|id| match typed.body.kind(id) {
                ExprKind::MethodCall { name, .. } => methods::is_receive(name),
                _ => typed.types.external(id).is_some_and(|path| delays::delay(&path).is_some()),
            })
    }
}

fn is_one_peer(ty: &Type) -> bool {
    match ty {
        Type::Ref(inner) => is_one_peer(inner),
        Type::Path(path) => methods::names_one_peer(&path.last().name),
        _ => is_stream(ty),
    }
}

fn is_stream(ty: &Type) -> bool {
    match ty {
        Type::Ref(inner) => is_stream(inner),
        Type::Path(path) => methods::names_socket(&path.last().name),
        Type::Impl(bounds) | Type::Dyn(bounds) => {
            bounds.iter().any(|bound| methods::names_byte_stream(&bound.last().name))
        }
        _ => false,
    }
}

/// Whether a place lies in the arm for a message that says to stop: `Command::Stop(_) => ..`.
fn is_in_arm_for_stop(typed: Typed<'_>, place: ExprId) -> bool {
    let names_stop = |pat| match &typed.body.pat(pat).kind {
        PatKind::TupleStruct { path, .. } | PatKind::Struct { path, .. } | PatKind::Path(path) => {
            methods::names_stop(&path.last().name)
        }
        _ => false,
    };
    typed.body.ancestors(place).any(|outer| match typed.body.kind(outer) {
        ExprKind::Match { arms, .. } => {
            arms.iter().any(|arm| typed.is_inside(place, arm.body) && names_stop(arm.pat))
        }
        _ => false,
    })
}
