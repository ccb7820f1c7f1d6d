//! Loops that go round too fast: at once after a connection has ended, after an error, after the end of a channel.

use super::workers;
use crate::hir::{Body, ExprId, ExprKind, LocalId, LoopKind, Name, PatKind, PatSite, Stmt};
use crate::knowledge::delays::{DelayKind, delay, needs_backoff};
use crate::knowledge::macros::Meaning;
use crate::knowledge::{self, methods, streams};
use crate::semantics::{
    Branch, Callee, ERR, Fact, FnId, Kind, LoopWays, NONE, Path, Paths, SOME_ERR, Takes, Ty, Typed, WayKind,
    Workspace, called_name, head,
};
use crate::source::Span;

/// A loop of a function, with the ways through it.
#[derive(Clone, Debug)]
pub struct Loop {
    pub function: FnId,
    pub id: ExprId,
    /// `loop`, `while`, `for`.
    pub span: Span,
    /// The function body, closure or async block that it is part of.
    pub run: ExprId,
    pub ways: LoopWays,
}

/// A way back to the head of a loop that makes no pause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AtOnce {
    pub why: WhyAtOnce,
    /// The call that has connected, failed, or told of the end.
    pub call: Span,
    /// What pauses on another way.
    pub pause: Option<Span>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhyAtOnce {
    /// A connection that was made has ended without an error.
    CleanClose,
    /// One error pauses, another does not.
    OtherError,
    /// No error pauses.
    Error,
    /// How long to pause is asked for, and never slept.
    ForgottenBackoff,
}

/// The loops of a file, in order of place.
pub(super) fn loops_in(workspace: &Workspace<'_>, functions: impl Iterator<Item = FnId>) -> Vec<Loop> {
    let mut found = Vec::new();
    for function in functions {
        let Some(typed) = workspace.typed_if(function, Body::has_loop) else { continue };
        let mut inlined: Vec<ExprId> = Vec::new();
        let runs = typed.body.expr_ids().filter(|&id| id == typed.body.root || typed.body.is_own_body(id));
        // Outer before inner, so that what is awaited on the spot is known before it is come to.
        let mut runs: Vec<ExprId> = runs.collect();
        runs.sort_by_key(|&run| (typed.range(run).start, std::cmp::Reverse(typed.range(run).end)));
        for run in runs {
            if inlined.contains(&run) || typed.loops(run).next().is_none() && run != typed.body.root {
                continue;
            }
            let Some(ways) = workspace.ways_of_run(function, run) else { continue };
            inlined.extend(ways.inlined);
            found.extend(ways.loops.into_iter().filter_map(|ways| {
                let ExprKind::Loop(it) = typed.body.kind(ways.id) else { return None };
                let span = workspace.span(function, it.keyword);
                Some(Loop { function, id: ways.id, span, run, ways })
            }));
        }
    }
    found.sort_by_key(|it| it.span);
    found.dedup_by_key(|it| it.span);
    found
}

impl Loop {
    /// `loop`, `while true`, `while !stopping()`, `while let Err(..) = send()`: it goes round until something inside leaves
    /// it, or what it tries succeeds.
    fn goes_on(&self, typed: Typed<'_>) -> bool {
        let ExprKind::Loop(it) = typed.body.kind(self.id) else { return false };
        match it.kind {
            LoopKind::Loop => true,
            LoopKind::While(condition) => match *typed.body.kind(condition) {
                ExprKind::Let { pat, .. } => {
                    typed.takes(pat, ERR) != Takes::None && typed.takes(pat, &["Ok"]) == Takes::None
                }
                // Any other condition ends the loop by itself: nothing is left, or the time is over.
                _ => typed.is_unconditional(it) || typed.speaks_of_stop(condition),
            },
            LoopKind::For { .. } => false,
        }
    }

    fn paths_back(&self) -> impl Iterator<Item = &Path> {
        self.ways.back.iter().flat_map(|way| way.paths.iter())
    }

    /// A way back on which a connection is made again without a pause.
    pub fn reconnects_at_once(&self, workspace: &Workspace<'_>) -> Option<AtOnce> {
        let typed = workspace.typed(self.function).filter(|&typed| self.goes_on(typed))?;
        // What is called and pauses inside has its own way with its errors.
        let pauses =
            |path: &&Path| path.has(Fact::Delay) && path.place(Fact::Delay) != path.place(Fact::Error);
        let pause = self.paths_back().find(|path| path.has(Fact::Error) && pauses(path));
        // What ended was read inside of this loop's turn: a source that the loop itself asks is no connection.
        let inner_end =
            |path: &Path| path.place(Fact::End).is_some_and(|place| around(typed, place) != Some(self.id));
        // The end of what the loop itself asks is a spin, and told as such.
        let own_end = |path: &Path| {
            path.place(Fact::End)
                .is_some_and(|place| around(typed, place) == Some(self.id) && is_call_here(typed, place))
        };
        let at_once = |path: &&Path| makes_no_pause(path) && !path.has(Fact::Message) && !own_end(path);
        let connects = |path: &Path| {
            let call = path.place(Fact::Connected);
            call.and_then(|call| called_name(typed, call)).is_some_and(|name| methods::names_connect(&name))
        };
        let closed = |path: &&Path| {
            !path.has(Fact::Error)
                && path.has(Fact::Connected)
                && match pause {
                    // The very call that pauses when it fails, or a plain `connect`.
                    Some(pause) => pause.place(Fact::Error) == path.place(Fact::Connected) || connects(path),
                    None => connects(path) && inner_end(path),
                }
        };
        let ended = |path: &&Path| {
            pause.is_some() && !path.has(Fact::Error) && inner_end(path) && path.has(Fact::Wait)
        };
        if pause.is_none() && self.retries_at_once(workspace).is_some() {
            return None;
        }
        if let Some(path) = self.paths_back().filter(at_once).find(|path| closed(path) || ended(path)) {
            let call = path.place(Fact::Connected).or_else(|| path.place(Fact::Wait))?;
            return Some(self.at_once(workspace, typed, WhyAtOnce::CleanClose, call, pause));
        }
        let pause = pause?;
        // What an inner loop does for each of its items is not what this loop tries again.
        let failed = self.paths_back().filter(at_once).find(|path| {
            path.place(Fact::Error).is_some_and(|place| {
                Some(place) == pause.place(Fact::Error)
                    && around(typed, place) == Some(self.id)
                    && retries(workspace, typed, place)
            })
        })?;
        let call = failed.place(Fact::Error)?;
        Some(self.at_once(workspace, typed, WhyAtOnce::OtherError, call, Some(pause)))
    }

    /// A way back on which something that failed is tried again without a pause, where no way pauses.
    pub fn retries_at_once(&self, workspace: &Workspace<'_>) -> Option<AtOnce> {
        let typed = workspace.typed(self.function).filter(|&typed| self.goes_on(typed))?;
        if let Some(call) = self.forgotten_backoff(typed) {
            return Some(self.at_once(workspace, typed, WhyAtOnce::ForgottenBackoff, call, None));
        }
        let errors = || self.paths_back().filter(|path| path.has(Fact::Error));
        if errors().any(|path| path.has(Fact::Delay)) || self.counts(typed) {
            return None;
        }
        let failed = errors().find(|path| {
            makes_no_pause(path)
                && !path.has(Fact::Message)
                && path.place(Fact::Error).is_some_and(|place| {
                    retries(workspace, typed, place) && !notes(typed, place, self.id, &[ERR])
                })
        })?;
        let call = failed.place(Fact::Error)?;
        Some(self.at_once(workspace, typed, WhyAtOnce::Error, call, None))
    }

    /// A way back on which a channel or stream has ended, which it tells again at once.
    pub fn spins_on_end(&self, workspace: &Workspace<'_>) -> Option<Span> {
        let typed = workspace.typed(self.function)?;
        let path = self.paths_back().find(|path| {
            path.has(Fact::End) && makes_no_pause(path) && !path.has(Fact::Message) && !path.has(Fact::Wait)
        })?;
        let call = path.place(Fact::End)?;
        // A source that an inner loop reads to its end is made anew each turn; `for` goes on to the next one.
        let is_for =
            matches!(typed.body.kind(self.id), ExprKind::Loop(it) if matches!(it.kind, LoopKind::For { .. }));
        if is_for || around(typed, call) != Some(self.id) {
            return None;
        }
        // Where the loop itself keeps the other side, or a place that all can reach, it does not end; and where the end is
        // written down, what comes next is decided by that.
        if !is_call_here(typed, call)
            || keeps_sender(typed, call, self.id)
            || owner_keeps_sender(workspace, self.function, typed, call)
            || notes(typed, call, self.id, &[NONE, ERR])
        {
            return None;
        }
        Some(workspace.span(self.function, head(typed.body, call)))
    }

    /// A way back on which no connection could be accepted, which fails again at once when no more files can be opened.
    pub fn spins_on_accept(&self, workspace: &Workspace<'_>) -> Option<Span> {
        let typed = workspace.typed(self.function)?;
        let accept = self.paths_back().find_map(|path| {
            let place = path.place(Fact::Error).filter(|&place| accepts_socket(typed, place))?;
            (makes_no_pause(path) && !path.has(Fact::Message)).then_some(place)
        })?;
        // Who pauses after some errors, or leaves after some, tells those apart that come back at once.
        let pauses =
            self.paths_back().any(|path| path.place(Fact::Error) == Some(accept) && path.has(Fact::Delay));
        (!pauses && !tells_errors_apart(typed, accept))
            .then(|| workspace.span(self.function, head(typed.body, accept)))
    }

    fn at_once(
        &self,
        workspace: &Workspace<'_>,
        typed: Typed<'_>,
        why: WhyAtOnce,
        call: ExprId,
        pause: Option<&Path>,
    ) -> AtOnce {
        let span = |id| workspace.span(self.function, head(typed.body, id));
        let pause = pause.and_then(|path| path.place(Fact::Delay));
        AtOnce { why, call: span(call), pause: pause.map(span) }
    }

    /// Whether the tries are counted: something is added to that is also compared.
    fn counts(&self, typed: Typed<'_>) -> bool {
        let body = typed.body;
        let counted = body.descendants_here(self.id).filter_map(|id| match body.kind(id) {
            ExprKind::Assign { place, compound: true, .. } => place_name(typed, *place),
            _ => None,
        });
        let counted: Vec<Name> = counted.collect();
        !counted.is_empty()
            && body.descendants_here(self.id).any(|id| match body.kind(id) {
                ExprKind::Binary { op: crate::hir::BinaryOp::Compare, left, right } => {
                    [left, right].into_iter().any(|&side| {
                        body.descendants_here(side)
                            .any(|id| place_name(typed, id).is_some_and(|name| counted.contains(&name)))
                    })
                }
                _ => false,
            })
    }

    /// `if let Some(pause) = backoff.next() { warn!("again in {pause:?}"); continue; }`: the call that says how long to
    /// pause, where nothing but the log ever learns of it.
    fn forgotten_backoff(&self, typed: Typed<'_>) -> Option<ExprId> {
        let body = typed.body;
        if self.paths_back().any(|path| path.has(Fact::Delay)) {
            return None;
        }
        body.descendants_here(self.id).find(|&call| {
            let ExprKind::MethodCall { receiver, name, .. } = body.kind(call) else { return false };
            let asks = matches!(name.as_str(), "next" | "next_backoff" | "next_delay")
                && place_name(typed, *receiver)
                    .is_some_and(|name| name.to_ascii_lowercase().contains("backoff"));
            asks && !matches!(typed.types.of(call), Ty::Future(_))
                && !matches!(body.parent(call).map(|outer| body.kind(outer)), Some(ExprKind::Await(_)))
                && bound_to(typed, call)
                    .is_some_and(|local| body.uses_of(local).all(|it| is_only_logged(typed, it)))
        })
    }
}

/// The innermost loop around a place.
fn around(typed: Typed<'_>, place: ExprId) -> Option<ExprId> {
    typed.body.ancestors(place).find(|&outer| matches!(typed.body.kind(outer), ExprKind::Loop(_)))
}

/// Whether nothing on a way takes time, as far as can be seen, and nobody has asked to stop.
fn makes_no_pause(path: &Path) -> bool {
    ![Fact::Delay, Fact::Unseen, Fact::Asked].into_iter().any(|fact| path.has(fact))
}

/// Whether a call makes a connection, or takes something from one: what fails again when it is tried again at once.
fn retries(workspace: &Workspace<'_>, typed: Typed<'_>, place: ExprId) -> bool {
    let mut call = place;
    loop {
        match typed.body.kind(call) {
            ExprKind::Await(inner) | ExprKind::Try(inner) | ExprKind::Ref { inner, .. } => call = *inner,
            ExprKind::MethodCall { receiver, name, .. } if methods::error_adaptor(name).is_some() => {
                call = *receiver
            }
            _ => break,
        }
    }
    let awaited = typed.body.ancestors(call).take(4).any(|outer| {
        matches!(typed.body.kind(outer), ExprKind::Await(_) | ExprKind::Select(_) | ExprKind::Join { .. })
    });
    if !awaited || accepts_socket(typed, call) || receives_datagram(typed, call) {
        return false;
    }
    // What gives no `Result` has dealt with its errors itself.
    if let &Callee::Function(callee) = typed.types.callee(call) {
        let output = match workspace.output_of(callee) {
            Ty::Future(output) => (*output).clone(),
            other => other,
        };
        if output.is_known() && output.as_result().is_none() && output.as_option().is_none() {
            return false;
        }
    }
    let connects = |paths: &Paths| paths.iter().any(|path| path.has(Fact::Connected));
    called_name(typed, call).is_some_and(|name| methods::names_connect(&name) || methods::names_poll(&name))
        || match typed.types.callee(call) {
            &Callee::Function(callee) => {
                let returns = workspace.returns_of(callee);
                connects(&returns.good) || connects(&returns.bad) || connects(&returns.either)
            }
            _ => false,
        }
}

/// `listener.accept()` of a listener of sockets.
fn accepts_socket(typed: Typed<'_>, call: ExprId) -> bool {
    let ExprKind::MethodCall { receiver, name, .. } = typed.body.kind(call) else { return false };
    *name == "accept"
        && match typed.types.external(call) {
            Some(path) => ["TcpListener", "UnixListener"].iter().any(|of| path.contains(of)),
            None => {
                matches!(typed.types.callee(call), Callee::UnknownMethod(_))
                    && place_name(typed, *receiver).is_some_and(|name| name.ends_with("listener"))
            }
        }
}

/// `socket.recv_from(&mut buffer)`: an error is that of one datagram, and the next call waits for another.
fn receives_datagram(typed: Typed<'_>, call: ExprId) -> bool {
    match typed.types.external(call) {
        Some(path) => path.contains("UdpSocket") || path.ends_with("::recv_from"),
        None => called_name(typed, call).is_some_and(|name| name == "recv_from"),
    }
}

/// The last name of a variable or field.
fn place_name(typed: Typed<'_>, place: ExprId) -> Option<Name> {
    match typed.body.kind(place) {
        ExprKind::Local(local) => Some(typed.body.local(*local).name),
        ExprKind::Field { name, .. } => Some(*name),
        ExprKind::Ref { inner, .. } | ExprKind::Deref(inner) => place_name(typed, *inner),
        _ => None,
    }
}

/// The variable that `let` or `if let Some(..)` binds to what a call gives.
fn bound_to(typed: Typed<'_>, call: ExprId) -> Option<LocalId> {
    let body = typed.body;
    let pat = match body.kind(body.parent(call)?) {
        ExprKind::Let { pat, .. } => *pat,
        ExprKind::Block(block) => block.stmts.iter().find_map(|stmt| match stmt {
            Stmt::Let(it) if it.init == Some(call) => Some(it.pat),
            _ => None,
        })?,
        _ => return None,
    };
    let pat = match &body.pat(pat).kind {
        PatKind::TupleStruct { fields, .. } => *fields.first()?,
        _ => pat,
    };
    match body.pat(pat).kind {
        PatKind::Bind { local, .. } => Some(local),
        _ => None,
    }
}

fn is_only_logged(typed: Typed<'_>, id: ExprId) -> bool {
    typed.body.ancestors(id).take(3).any(|outer| match typed.body.kind(outer) {
        ExprKind::Macro(call) => {
            matches!(knowledge::macro_meaning(&call.path.last().name), Meaning::Log(_) | Meaning::Print)
        }
        _ => false,
    })
}

/// Whether an end was told by a call written here, rather than somewhere inside a function that is called.
fn is_call_here(typed: Typed<'_>, call: ExprId) -> bool {
    !matches!(typed.types.callee(call), Callee::Function(_) | Callee::OneOf(_))
}

/// Whether the other side of a channel cannot go: the loop, or what is after it, names the sender that was made with the
/// receiver, or the receiver was taken from something that all can reach.
fn keeps_sender(typed: Typed<'_>, call: ExprId, within: ExprId) -> bool {
    let body = typed.body;
    let ExprKind::MethodCall { receiver, .. } = body.kind(call) else { return false };
    let mut receiver = *receiver;
    while let ExprKind::Ref { inner, .. } | ExprKind::Deref(inner) = body.kind(receiver) {
        receiver = *inner;
    }
    let ExprKind::Local(local) = body.kind(receiver) else { return false };
    let (pat, PatSite::Let(block_id, index)) = body.outer_pat_site(body.local(*local).pat) else {
        return false;
    };
    let ExprKind::Block(block) = body.kind(block_id) else { return false };
    let Stmt::Let(it) = &block.stmts[index as usize] else { return false };
    let is_mentioned = |local: LocalId| {
        body.uses_of(local).any(|at| at == within || body.ancestors(at).any(|outer| outer == within))
    };
    // Never given away, it is there until the run ends.
    let stays = |local: LocalId| {
        typed.run_of(block_id) == typed.run_of(within)
            && body.uses_of(local).all(|at| match body.parent(at).map(|outer| body.kind(outer)) {
                Some(ExprKind::Ref { .. } | ExprKind::Field { .. }) => {
                    typed.run_of(at) == typed.run_of(within)
                }
                Some(ExprKind::MethodCall { receiver, .. }) => {
                    *receiver == at && typed.run_of(at) == typed.run_of(within)
                }
                _ => false,
            })
    };
    match &body.pat(pat).kind {
        // `let (tx, mut rx) = channel(8);`
        PatKind::Tuple(parts) => parts.iter().any(|&part| match body.pat(part).kind {
            PatKind::Bind { local: other, .. } => other != *local && (is_mentioned(other) || stays(other)),
            _ => false,
        }),
        _ => it.init.is_some_and(|init| {
            comes_from_global(typed, init) || subscribes_here(typed, init, within) || never_ends(typed, init)
        }),
    }
}

/// `self.status.subscribe()`: what it is made from has the sender, and is held as long as the run of the loop, which it was made
/// in, or which speaks of it.
fn subscribes_here(typed: Typed<'_>, init: ExprId, within: ExprId) -> bool {
    let is_channel =
        matches!(typed.types.of(init), Ty::External(name, _) if streams::channel_kind(name).is_some());
    let mut value = init;
    let root = loop {
        match typed.body.kind(value) {
            ExprKind::MethodCall { receiver: inner, .. }
            | ExprKind::Field { base: inner, .. }
            | ExprKind::Ref { inner, .. }
            | ExprKind::Deref(inner) => value = *inner,
            ExprKind::Receiver => break None,
            ExprKind::Local(local) => break Some(*local),
            _ => return false,
        }
    };
    let is_spoken_of = |local: LocalId| {
        typed.body.uses_of(local).any(|at| typed.body.ancestors(at).any(|outer| outer == within))
    };
    is_channel
        && value != init
        && (typed.run_of(init) == typed.run_of(within) || root.is_some_and(is_spoken_of))
}

/// Whether a stream is made so that it never ends, whichever way it is made.
fn never_ends(typed: Typed<'_>, value: ExprId) -> bool {
    let body = typed.body;
    let row =
        |path: &str| streams::source(path).is_some_and(|row| row.on_none == streams::Meaning::Impossible);
    if matches!(typed.types.of(value), Ty::External(name, _) if row(name)) {
        return true;
    }
    match body.kind(value) {
        ExprKind::Match { arms, .. } => arms.iter().all(|arm| never_ends(typed, arm.body)),
        ExprKind::If { then, otherwise: Some(otherwise), .. } => {
            never_ends(typed, *then) && never_ends(typed, *otherwise)
        }
        ExprKind::Block(block) => block.tail.is_some_and(|tail| never_ends(typed, tail)),
        ExprKind::Call { args, .. } => {
            typed.types.external(value).is_some_and(|path| row(&path))
                || matches!(args[..], [only] if never_ends(typed, only))
        }
        _ => false,
    }
}

/// Whether what the loop is a method of has a sender of the kind and the values of the receiver: it may well be the other
/// side, and then that does not go before the loop does.
fn owner_keeps_sender(workspace: &Workspace<'_>, function: FnId, typed: Typed<'_>, call: ExprId) -> bool {
    let ExprKind::MethodCall { receiver, .. } = typed.body.kind(call) else { return false };
    let Ty::External(receiver, values) = typed.types.of(*receiver) else { return false };
    let owner = workspace.self_ty(function);
    let mut fields = workspace.fields_of(&owner).into_iter();
    fields.any(|field| {
        matches!(&field, Ty::External(sender, of) if of == values && streams::is_sender_to(sender, receiver))
    })
}

/// Whether the branch that is taken for a kind of answer writes something down: `None => state = State::Draining`.
fn notes(typed: Typed<'_>, call: ExprId, within: ExprId, kinds: &[Kind]) -> bool {
    let body = typed.body;
    let is_of_call = |value: ExprId| match body.kind(value) {
        ExprKind::Local(local) => match body.outer_pat_site(body.local(*local).pat).1 {
            PatSite::SelectArm(select, index) => match body.kind(select) {
                ExprKind::Select(select) => typed.is_inside(call, select.arms[index as usize].future),
                _ => false,
            },
            PatSite::Let(block, index) => match body.kind(block) {
                ExprKind::Block(block) => match &block.stmts[index as usize] {
                    Stmt::Let(it) => it.init.is_some_and(|init| typed.is_inside(call, init)),
                    _ => false,
                },
                _ => false,
            },
            _ => false,
        },
        _ => typed.is_inside(call, value),
    };
    let writes = |branch: ExprId| {
        body.descendants_here(branch)
            .any(|id| matches!(body.kind(id), ExprKind::Assign { compound: false, .. }))
    };
    let values = body.descendants_here(within).filter(|&id| is_of_call(id));
    let mut branches =
        values.flat_map(|value| kinds.iter().filter_map(move |&kind| typed.branch_of(value, kind)));
    branches.any(|branch| matches!(branch, Branch::Handler { body, .. } if writes(body)))
}

/// `METRICS.subscribe()`, `config().watch()`: a chain of calls that begins at a static or a function without arguments.
fn comes_from_global(typed: Typed<'_>, mut value: ExprId) -> bool {
    loop {
        match typed.body.kind(value) {
            ExprKind::MethodCall { receiver: inner, .. }
            | ExprKind::Field { base: inner, .. }
            | ExprKind::Ref { inner, .. }
            | ExprKind::Deref(inner)
            | ExprKind::Await(inner)
            | ExprKind::Try(inner) => value = *inner,
            ExprKind::Path(_) => return true,
            ExprKind::Call { args, .. } => return args.is_empty(),
            _ => return false,
        }
    }
}

/// How many callers an async function is followed up to what blocks on it.
const DEPTH: u32 = 4;

/// The calls of a file that make a thread of the runtime sleep, in a loop of an async run.
pub(super) fn blocking_sleeps(
    workspace: &Workspace<'_>,
    functions: impl Iterator<Item = FnId>,
) -> Vec<(Span, Span)> {
    let mut found = Vec::new();
    for function in functions {
        let Some(typed) = workspace.typed_if(function, |body| body.calls().next().is_some()) else {
            continue;
        };
        for call in typed.body.calls() {
            let blocks = typed
                .types
                .external(call)
                .and_then(|path| delay(&path))
                .is_some_and(|row| row.kind == DelayKind::Blocks);
            if !blocks
                || !runs_async(workspace, function, typed, call)
                || has_thread_of_its_own(workspace, function, typed, call, DEPTH)
            {
                continue;
            }
            let around = typed.body.ancestors(call).take_while(|&outer| !typed.body.is_own_body(outer));
            let around = around.into_iter().find_map(|outer| match typed.body.kind(outer) {
                ExprKind::Loop(it) => Some(it.keyword),
                _ => None,
            });
            if let Some(keyword) = around {
                found.push((
                    workspace.span(function, head(typed.body, call)),
                    workspace.span(function, keyword),
                ));
            }
        }
    }
    found.sort();
    found
}

/// The calls of a file that make a stream which asks again at once after an error, where nothing puts pauses into it.
pub(super) fn streams_without_backoff(
    workspace: &Workspace<'_>,
    functions: impl Iterator<Item = FnId>,
) -> Vec<Span> {
    let mut found = Vec::new();
    for function in functions {
        let Some(typed) = workspace.typed_if(function, |body| body.calls().next().is_some()) else {
            continue;
        };
        let needs = |&call: &ExprId| typed.types.external(call).is_some_and(|path| needs_backoff(&path));
        for call in typed.body.calls().filter(needs) {
            if !workspace.function(function).is_test && !is_slowed(workspace, typed, call, NAMES) {
                found.push(workspace.span(function, head(typed.body, call)));
            }
        }
    }
    found.sort();
    found
}

/// How many names a stream may be given one after the other.
const NAMES: u32 = 4;

/// Whether a stream gets pauses: where it is made, by a name for it, or in a function of the workspace that it is given to; or
/// whether its errors end what reads it. Where it goes anywhere else, that is not known, and taken to be so.
fn is_slowed(workspace: &Workspace<'_>, typed: Typed<'_>, stream: ExprId, names: u32) -> bool {
    let body = typed.body;
    let names_backoff = |name: &str| name.contains("backoff") || name.contains("retry");
    let mut inner = stream;
    loop {
        if let Some(local) = bound_to(typed, inner) {
            return names
                .checked_sub(1)
                .is_none_or(|names| body.uses_of(local).any(|it| is_slowed(workspace, typed, it, names)));
        }
        let Some(outer) = body.parent(inner) else { return true };
        match body.kind(outer) {
            ExprKind::MethodCall { receiver, name, .. } if *receiver == inner && names_backoff(name) => {
                return true;
            }
            ExprKind::MethodCall { receiver, .. } if *receiver == inner => {}
            ExprKind::Await(_) => return error_leaves(typed, outer),
            ExprKind::Call { .. } | ExprKind::MethodCall { .. } => match typed.types.callee(outer) {
                &Callee::Function(callee) => {
                    return workspace.body(callee).is_none_or(|callee| {
                        callee.expr_ids().any(|id| match callee.kind(id) {
                            ExprKind::MethodCall { name, .. } => names_backoff(name),
                            ExprKind::Path(path) => names_backoff(&path.last().name),
                            _ => false,
                        })
                    });
                }
                // `Box::pin(stream)`, `reflector(writer, stream)`: whatever becomes of that.
                Callee::External(_) => {}
                _ => return true,
            },
            ExprKind::Return(_) => return true,
            // What the function gives to its caller.
            ExprKind::Block(block) if block.tail == Some(inner) => {}
            ExprKind::Block(_) | ExprKind::Loop(_) => return false,
            _ => {}
        }
        inner = outer;
    }
}

/// `stream.try_next().await?`, `Some(Err(error)) => return Err(error)`.
fn error_leaves(typed: Typed<'_>, read: ExprId) -> bool {
    [ERR, SOME_ERR].into_iter().any(|kind| match typed.branch_of(read, kind) {
        Some(Branch::Handler { body, .. }) => typed.leaving(body).is_some(),
        Some(Branch::Question(_) | Branch::Panic(_) | Branch::PastLoop(_)) => true,
        None => false,
    })
}

/// Whether code runs on a thread of an async runtime: in an async function, block or closure.
fn runs_async(workspace: &Workspace<'_>, function: FnId, typed: Typed<'_>, id: ExprId) -> bool {
    match typed.body.own_body_of(id).map(|run| typed.body.kind(run)) {
        Some(ExprKind::Closure(closure)) => closure.is_async,
        Some(_) => true,
        None => workspace.is_async(function),
    }
}

/// Whether a place of an async run holds no thread of the runtime: the run is blocked on, or `main`, or is only awaited by
/// such a run.
fn has_thread_of_its_own(
    workspace: &Workspace<'_>,
    function: FnId,
    typed: Typed<'_>,
    place: ExprId,
    depth: u32,
) -> bool {
    let body = typed.body;
    for outer in body.ancestors(place).take_while(|&outer| !body.is_own_body(outer)) {
        match body.kind(outer) {
            // The others would wait for it.
            ExprKind::Select(_) | ExprKind::Join { .. } => return false,
            ExprKind::Call { .. } | ExprKind::MethodCall { .. }
                if called_name(typed, outer).is_some_and(|name| methods::blocks_on(&name)) =>
            {
                return true;
            }
            _ => {}
        }
    }
    if let Some(run) = body.own_body_of(place) {
        return typed.is_blocked_on(run);
    }
    if workers::is_main(workspace, function) {
        return true;
    }
    depth > 0
        && !workspace.may_be_called_elsewhere(function)
        && workspace.is_always_called(function, |caller, typed, call| {
            workspace.runs_here(typed, call, function)
                && has_thread_of_its_own(workspace, caller, typed, call, depth - 1)
        })
}

/// Whether a way leaves because something asked for it, or because a channel has ended: not for an error.
pub(super) fn is_asked_for(paths: &Paths) -> bool {
    paths.iter().any(|path| path.has(Fact::Asked) || (path.has(Fact::End) && !path.has(Fact::Error)))
}

/// Whether a way out is taken for an error only.
pub(super) fn is_failure(kind: WayKind, paths: &Paths) -> bool {
    matches!(kind, WayKind::Question) || paths.all_have(Fact::Error)
}

/// Whether the answer of a call is matched with more than one arm for its errors, some under a condition.
fn tells_errors_apart(typed: Typed<'_>, call: ExprId) -> bool {
    let matched = typed.body.ancestors(call).find_map(|outer| match typed.body.kind(outer) {
        ExprKind::Match { scrutinee, arms } if typed.is_inside(call, *scrutinee) => Some(arms),
        _ => None,
    });
    matched.is_some_and(|arms| {
        let of_errors = || arms.iter().filter(|arm| typed.takes(arm.pat, ERR) != Takes::None);
        of_errors().count() > 1 && of_errors().any(|arm| arm.guard.is_some())
    })
}
