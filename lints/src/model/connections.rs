//! Connections: who drives the half of a client that moves its bytes, and who learns of the error that ends it.
//!
//! A client of a library or of the workspace comes in halves: one to speak through, one that has to be driven, perhaps one
//! that tells of errors. The halves are told apart by their types.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::hir::{ExprId, ExprKind, LocalId, Name, PatId, PatKind, Stmt};
use crate::knowledge::drivers::{DRIVERS, Drive, Driver, DriverError, Kept, driver, kept};
use crate::knowledge::hooks::{Hooked, hooked};
use crate::knowledge::methods;
use crate::knowledge::spawners::spawner;
use crate::knowledge::streams::{is_receiver, is_sender, is_sender_to};
use crate::knowledge::transparent::wrapper;
use crate::model::outcome::is_thrown_away;
use crate::model::{Model, Task};
use crate::semantics::{
    Callee, Failure, FnId, FunctionSet, Ty, Typed, Workspace, called_name, head, is_harmless,
};
use crate::source::Span;
use crate::source::words::WordSet;

/// A connection whose loss nobody would notice.
#[derive(Clone, Debug)]
pub struct ConnectionLoss {
    pub function: FnId,
    /// The place that loses it.
    pub span: Span,
    /// The call that opens it.
    pub opened: Span,
    pub loss: Loss,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loss {
    /// The half that moves the bytes is dropped, or kept and never driven.
    Undriven { drive: Drive, then: &'static str },
    /// It is driven, and the error that ends it goes nowhere. With the place that waits for it, and the place in the
    /// workspace where the error comes up, if these are others.
    ErrorThrownAway { waited: Option<Span>, origin: Option<Span> },
    /// The half that tells of errors is not listened to any more, with the last place that listens.
    Unheard(Option<Span>),
    /// A service opens it, and nothing in the program hears of its loss or makes it good.
    Unhooked(&'static Hooked),
    /// What does the work is dropped while the work should go on.
    LetGo(&'static Kept),
}

/// A half of a client that has just been opened.
struct Half {
    part: PatId,
    opened: ExprId,
    kind: HalfKind,
    /// The parts of the pattern that are no such halves: what the client is used through.
    clients: Vec<PatId>,
}

enum HalfKind {
    /// Of a library.
    Driver(&'static Driver),
    /// Of the workspace: a future, or a value with a method that runs until the connection is lost. Whether it can fail.
    Own { fails: bool },
    /// The end of a channel that tells of errors.
    Errors,
}

/// The functions that may take the halves of a connection from the call that opens it: a library's halves, or those of a
/// function of the workspace.
pub(super) fn openings(workspace: &Workspace<'_>) -> FunctionSet {
    let whole = DRIVERS.iter().filter(|row| row.of.is_none()).flat_map(|row| row.types);
    let mut found = workspace.functions_with_values(&whole.copied().collect::<Vec<_>>());
    for row in DRIVERS {
        if let Some(of) = row.of {
            found =
                found | workspace.functions_with_values(&[of]) & workspace.functions_with_values(row.types);
        }
    }
    // What tests open is theirs.
    let is_of_service = |id: FnId| !workspace.function(id).is_test;
    found.retain(|id| is_of_service(id) && workspace.function(id).hir.may_take_tuple_apart());
    // There may be thousands of one name.
    let mut takers: FxHashMap<Name, FunctionSet> = FxHashMap::default();
    let giving = workspace.functions_giving_tuples();
    for id in giving.iter().filter(|&id| is_of_service(id) && gives_halves(workspace, id)) {
        let name = workspace.function(id).hir.name;
        let takers = takers.entry(name).or_insert_with(|| tuple_takers(workspace, name));
        if takers.is_empty() {
            continue;
        }
        found = found | workspace.functions_calling(id) & takers.clone();
    }
    found
}

/// The functions that may take a tuple apart which a function of this name gives.
fn tuple_takers(workspace: &Workspace<'_>, name: Name) -> FunctionSet {
    let mut words = WordSet::default();
    workspace.add_word(&name, &mut words);
    let mut takers = workspace.functions_with(&words);
    takers.retain(|taker| {
        let taker = workspace.function(taker);
        !taker.is_test && taker.hir.may_take_tuple_from(&words)
    });
    takers
}

/// Whether something in what a function gives may be a half of a connection of the workspace's own.
fn gives_halves(workspace: &Workspace<'_>, function: FnId) -> bool {
    fn has_halves(workspace: &Workspace<'_>, ty: &Ty) -> bool {
        let is_half = |part: &Ty| match part {
            Ty::External(path, _) => is_receiver(path),
            Ty::Param(_) | Ty::Future(_) => true,
            Ty::Adt(adt, _) => workspace.future_impl(*adt).is_some() || workspace.runner_of(*adt).is_some(),
            _ => false,
        };
        match ty {
            Ty::Tuple(parts) => parts.iter().any(|part| is_half(part) || has_halves(workspace, part)),
            Ty::External(_, args) | Ty::Adt(_, args) => args.iter().any(|arg| has_halves(workspace, arg)),
            Ty::Future(inner) | Ty::Slice(inner) | Ty::Callable(inner) => has_halves(workspace, inner),
            Ty::Unknown | Ty::Never | Ty::Object(_) | Ty::Param(_) => false,
        }
    }
    has_halves(workspace, &workspace.output_of(function))
}

/// The connections of a file whose loss nobody would notice.
pub(super) fn losses_in(model: &Model<'_>, functions: impl Iterator<Item = FnId>) -> Vec<ConnectionLoss> {
    let workspace = model.workspace;
    let mut losses = Vec::new();
    for function in functions.filter(|&id| !workspace.function(id).is_test) {
        let opens = |body: &crate::hir::Body| {
            body.pats.iter().any(|pat| matches!(pat.kind, PatKind::Tuple(_))) && body.calls().next().is_some()
        };
        let Some(typed) = workspace.typed_if(function, opens) else { continue };
        let place = Place { model, workspace, function, typed };
        losses.extend(place.halves().into_iter().filter_map(|half| place.loss(&half)));
    }
    losses.sort_by_key(|loss| loss.span);
    losses
}

/// A function that is looked at.
#[derive(Clone, Copy)]
struct Place<'m, 'a> {
    model: &'m Model<'a>,
    workspace: &'a Workspace<'a>,
    function: FnId,
    typed: Typed<'a>,
}

impl<'a> Place<'_, 'a> {
    fn span(&self, id: ExprId) -> Span {
        self.workspace.span(self.function, head(self.typed.body, id))
    }

    /// The halves that patterns take from calls: `let (client, connection) = connect().await?;`.
    fn halves(&self) -> Vec<Half> {
        let body = self.typed.body;
        let mut halves = Vec::new();
        for id in body.expr_ids() {
            match body.kind(id) {
                ExprKind::Block(block) => {
                    for stmt in &block.stmts {
                        if let Stmt::Let(it) = stmt
                            && let Some(init) = it.init
                        {
                            self.add_halves(it.pat, init, self.typed.types.of(init), &mut halves);
                        }
                    }
                }
                ExprKind::Let { pat, value } => {
                    self.add_halves(*pat, *value, self.typed.types.of(*value), &mut halves)
                }
                ExprKind::Match { scrutinee, arms } => {
                    let ty = self.typed.types.of(*scrutinee);
                    arms.iter().for_each(|arm| self.add_halves(arm.pat, *scrutinee, ty, &mut halves));
                }
                _ => {}
            }
        }
        halves
    }

    fn add_halves(&self, pat: PatId, value: ExprId, ty: &Ty, halves: &mut Vec<Half>) {
        match (&self.typed.body.pat(pat).kind, ty) {
            (PatKind::TupleStruct { path, fields }, ty) => {
                let inner = match path.last().name.as_str() {
                    "Ok" => ty.as_result().map(|(ok, _)| ok),
                    "Some" => ty.as_option(),
                    _ => None,
                };
                if let (Some(inner), [field]) = (inner, &fields[..]) {
                    self.add_halves(*field, value, &inner, halves);
                }
            }
            (PatKind::Tuple(parts), Ty::Tuple(types)) if parts.len() == types.len() => {
                let Some(opened) = self.opening_call(value) else { return };
                let kinds = parts.iter().zip(types.iter());
                let kinds: Vec<_> =
                    kinds.map(|(&part, ty)| (part, self.kind_of_half(ty, types, opened, part))).collect();
                let is_client = |(part, kind): &(PatId, Option<HalfKind>)| kind.is_none().then_some(*part);
                let clients: Vec<PatId> = kinds.iter().filter_map(is_client).collect();
                halves.extend(kinds.into_iter().filter_map(|(part, kind)| {
                    Some(Half { part, opened, kind: kind?, clients: clients.clone() })
                }));
            }
            _ => {}
        }
    }

    /// The call whose value this is: awaited, unwrapped, given a time limit.
    fn opening_call(&self, mut value: ExprId) -> Option<ExprId> {
        loop {
            value = match self.typed.body.kind(value) {
                ExprKind::Await(inner) | ExprKind::Try(inner) | ExprKind::Ref { inner, .. } => *inner,
                ExprKind::MethodCall { receiver, name, .. }
                    if methods::error_adaptor(name).is_some()
                        || matches!(name.as_str(), "unwrap" | "expect") =>
                {
                    *receiver
                }
                ExprKind::Call { .. } | ExprKind::MethodCall { .. } => {
                    match self.typed.types.external(value).and_then(|path| wrapper(&path)) {
                        Some(row) => self.workspace.wrapped_future(self.typed, value, row)?,
                        None => return Some(value),
                    }
                }
                _ => return None,
            };
        }
    }

    fn kind_of_half(&self, ty: &Ty, all: &[Ty], opened: ExprId, part: PatId) -> Option<HalfKind> {
        if let Ty::External(path, args) = ty
            && let Some(row) = driver(path, &args.iter().map(path_of).collect::<Vec<_>>())
        {
            return Some(HalfKind::Driver(row));
        }
        let &Callee::Function(opens) = self.typed.types.callee(opened) else { return None };
        if methods::names_teardown(&self.workspace.function(opens).hir.name)
            || !gives_halves(self.workspace, opens)
        {
            return None;
        }
        match ty {
            _ if self.is_driven(ty) => {
                let speaks = all.iter().any(|client| speaks_to(self.workspace, client, ty));
                speaks.then(|| HalfKind::Own { fails: self.fails(ty) && !self.polls_to_no_error(ty) })
            }
            Ty::External(path, _) if is_receiver(path) && self.is_named_for_errors(part) => {
                Some(HalfKind::Errors)
            }
            _ => None,
        }
    }

    /// Whether a value moves bytes as long as it is driven: a value of the workspace that has a method that takes it and runs
    /// on, or a future that can fail. One that cannot only tells that something has happened.
    fn is_driven(&self, ty: &Ty) -> bool {
        match ty {
            Ty::Future(_) => self.fails(ty),
            Ty::Adt(adt, _) => {
                self.workspace.runner_of(*adt).is_some()
                    || self.workspace.future_impl(*adt).is_some() && self.fails(ty)
            }
            _ => false,
        }
    }

    fn fails(&self, ty: &Ty) -> bool {
        let output = match ty {
            Ty::Adt(adt, _) if self.workspace.future_impl(*adt).is_none() => {
                let runner = self.workspace.runner_of(*adt);
                runner.map(|runner| self.workspace.awaited(&self.workspace.output_of(runner)))
            }
            _ => Some(self.workspace.awaited(ty)),
        };
        let error = output.and_then(|output| output.as_result()).map(|(_, error)| error);
        error.is_some_and(|error| !is_harmless(&error))
    }

    /// Whether it is a future written by hand that never gives the error of its type.
    fn polls_to_no_error(&self, ty: &Ty) -> bool {
        let Ty::Adt(adt, _) = ty else { return false };
        self.workspace.future_impl(*adt).is_some_and(|it| self.workspace.polls_to_no_error(it))
    }

    fn is_named_for_errors(&self, part: PatId) -> bool {
        match &self.typed.body.pat(part).kind {
            PatKind::Bind { local, .. } => names_errors(&self.typed.body.local(*local).name),
            _ => false,
        }
    }

    fn loss(&self, half: &Half) -> Option<ConnectionLoss> {
        let body = self.typed.body;
        let at = |span, loss| {
            Some(ConnectionLoss { function: self.function, span, opened: self.span(half.opened), loss })
        };
        let here = self.workspace.span(self.function, body.pat(half.part).range);
        let local = match body.pat(half.part).kind {
            PatKind::Wild => None,
            PatKind::Bind { local, sub: None, .. } => Some(local),
            _ => return None,
        };
        let is_used = local.is_some_and(|local| body.uses_of(local).next().is_some());
        match (&half.kind, local.filter(|_| is_used)) {
            (HalfKind::Driver(row), None) => {
                at(here, Loss::Undriven { drive: row.drive, then: row.undriven })
            }
            // Who keeps it under a name knows that it is there: what it is for is this project's own affair.
            (HalfKind::Own { .. }, None) if local.is_none() => {
                let then = "nothing goes on behind the client";
                at(here, Loss::Undriven { drive: Drive::Await, then })
            }
            // Each call of a client that is done with here tells of its own failure.
            _ if !self.lives_on(half) => None,
            (HalfKind::Errors, None) => at(here, Loss::Unheard(None)),
            (HalfKind::Driver(Driver { error: DriverError::OnlyThere, .. }), Some(local))
            | (HalfKind::Own { fails: true }, Some(local)) => {
                let (span, loss) = self.thrown_away(local)?;
                at(span, loss)
            }
            (HalfKind::Errors, Some(local)) => {
                let last = self.last_heard(local)?;
                at(here, Loss::Unheard(Some(last)))
            }
            (HalfKind::Driver(_) | HalfKind::Own { .. }, _) => None,
        }
    }

    /// Whether the client is used after the function, or beside it: it is returned, kept, moved into a task.
    fn lives_on(&self, half: &Half) -> bool {
        let body = self.typed.body;
        let run = body.own_body_of(half.opened);
        let bound = half.clients.iter().filter_map(|&part| match body.pat(part).kind {
            PatKind::Bind { local, .. } => Some(local),
            _ => None,
        });
        bound
            .flat_map(|local| body.uses_of(local))
            .any(|mention| body.own_body_of(mention) != run || self.is_handed_on(mention))
    }

    /// Whether a value goes somewhere else as a whole: it is not only borrowed, called or dropped.
    fn is_handed_on(&self, mention: ExprId) -> bool {
        let body = self.typed.body;
        match body.parent(mention).map(|outer| (outer, body.kind(outer))) {
            Some((outer, ExprKind::MethodCall { receiver, name, .. })) if *receiver == mention => {
                *name == "clone" && self.is_handed_on(outer)
            }
            Some((_, ExprKind::Ref { .. } | ExprKind::Macro(_) | ExprKind::Field { .. })) => false,
            Some((outer, ExprKind::Call { .. })) => {
                called_name(self.typed, outer).is_none_or(|name| name != "drop")
            }
            Some((_, ExprKind::Block(block))) => block.tail == Some(mention),
            Some(_) => true,
            None => false,
        }
    }

    /// Where the error of a half that is driven goes nowhere: the spawn of a task that nobody watches, or the place that
    /// waits for the half. Only where everything that is done with the half is that.
    fn thrown_away(&self, local: LocalId) -> Option<(Span, Loss)> {
        let mut uses = self.typed.body.uses_of(local);
        let only = uses.next().filter(|_| uses.next().is_none())?;
        let body = self.typed.body;
        let mut value = only;
        loop {
            let outer = body.parent(value)?;
            match body.kind(outer) {
                ExprKind::Await(_) => return self.awaited_in_vain(outer),
                ExprKind::Ref { .. } => value = outer,
                ExprKind::MethodCall { receiver, .. } if *receiver == value => {
                    match self.typed.types.callee(outer) {
                        // `driver.run()`.
                        Callee::Function(callee) if self.workspace.life_of(*callee).is_some() => {
                            value = outer
                        }
                        Callee::External(path) if wrapper(path).is_some() => value = outer,
                        _ => return None,
                    }
                }
                ExprKind::Call { .. } | ExprKind::MethodCall { .. } => {
                    let path = self.typed.types.external(outer)?;
                    if spawner(&path).is_some() {
                        let task = self.task(|task| task.spawn == outer)?;
                        let origin = self.origin(task);
                        let loss = Loss::ErrorThrownAway { waited: None, origin };
                        return self.is_lost(task).then_some((task.span, loss));
                    }
                    wrapper(&path)?;
                    value = outer;
                }
                _ => return None,
            }
        }
    }

    fn awaited_in_vain(&self, awaited: ExprId) -> Option<(Span, Loss)> {
        let body = self.typed.body;
        if self.typed.is_in_loop(awaited) {
            return None;
        }
        let waited = self.span(awaited);
        let run = body.own_body_of(awaited)?;
        let task = self.task(|task| task.runs(self.function, run));
        if is_thrown_away(self.typed, awaited) {
            let goes_on = self.typed.after(awaited).into_iter().any(|later| self.does_something(later));
            // Where nobody runs on beside it, whoever waits sees that it has ended.
            let loss = Loss::ErrorThrownAway { waited: Some(waited), origin: None };
            return task.filter(|_| !goes_on).map(|task| (task.span, loss));
        }
        let task = task.filter(|task| self.is_lost(task))?;
        let Failure::Leaves(leaks) = task.failure(self.workspace) else { return None };
        let leaves = leaks.iter().any(|leak| {
            leak.function == self.function && self.typed.range(leak.at).contains(self.typed.range(awaited))
        });
        let loss = Loss::ErrorThrownAway { waited: Some(waited), origin: self.origin(task) };
        leaves.then_some((task.span, loss))
    }

    /// Where an error comes up, in a function that the task calls, that nobody is told of.
    fn origin(&self, task: &Task) -> Option<Span> {
        match task.failure(self.workspace) {
            Failure::Leaves(leaks) => {
                let inner = leaks.iter().find(|leak| leak.inner.is_some())?;
                Some(inner.origin().span)
            }
            Failure::Never | Failure::Unknown => None,
        }
    }

    fn task(&self, is_it: impl Fn(&Task) -> bool) -> Option<&Task> {
        let file = self.workspace.function(self.function).file;
        self.model.tasks(file).iter().find(|task| task.function == self.function && is_it(task))
    }

    /// Whether nobody learns how a task ended. One that is spawned again and again belongs to a connection that is opened
    /// again and again.
    fn is_lost(&self, task: &Task) -> bool {
        task.is_lost(self.workspace) && task.is_spawned_once(self.workspace)
    }

    fn does_something(&self, id: ExprId) -> bool {
        self.typed.body.descendants(id).any(|id| {
            matches!(
                self.typed.body.kind(id),
                ExprKind::Call { .. }
                    | ExprKind::MethodCall { .. }
                    | ExprKind::Macro(_)
                    | ExprKind::Assign { .. }
            )
        })
    }

    /// The last place that listens to errors, where all that is done with them is to look once: none is listened to in a
    /// loop, handed on, or taken into a task.
    fn last_heard(&self, errors: LocalId) -> Option<Span> {
        let body = self.typed.body;
        let uses: Vec<ExprId> = body.uses_of(errors).collect();
        let run = body.own_body_of(uses[0]);
        let looks_once = uses.iter().all(|&id| {
            let is_receiver_of_call = matches!(body.parent(id).map(|outer| body.kind(outer)),
                Some(ExprKind::MethodCall { receiver, name, .. })
                    if *receiver == id && (methods::is_receive(name) || *name == "try_recv"));
            is_receiver_of_call && !self.typed.is_in_loop(id) && body.own_body_of(id) == run
        });
        let last = *uses.last()?;
        (looks_once && run.is_none()).then(|| self.span(body.parent(last).unwrap_or(last)))
    }
}

/// The connections that services open in a file, of clients that tell of their loss through a hook only.
pub(super) fn unhooked(model: &Model<'_>, functions: impl Iterator<Item = FnId>) -> Vec<ConnectionLoss> {
    let workspace = model.workspace;
    let mut losses = Vec::new();
    for function in functions.filter(|&id| !workspace.function(id).is_test) {
        let Some(typed) = workspace.typed(function) else { continue };
        for call in typed.body.calls() {
            let Some(row) = typed.types.external(call).and_then(|path| hooked(&path)) else { continue };
            // Whose hook it is is not followed.
            if workspace.names_anywhere(row.hears) || !model.is_run_by_service(function) {
                continue;
            }
            let span = workspace.span(function, head(typed.body, call));
            losses.push(ConnectionLoss { function, span, opened: span, loss: Loss::Unhooked(row) });
        }
    }
    losses
}

/// How deep in a value the ends of its channels are looked for.
const ENDS_DEPTH: u32 = 4;

/// Whether what one value asks for comes to another: it sends into a channel that the other receives from. Without that they
/// may know each other, as a cache and its cleaner do, and each goes on without the other. What a future without a name
/// receives from is not known.
fn speaks_to(workspace: &Workspace<'_>, client: &Ty, driver: &Ty) -> bool {
    let (mut senders, mut receivers) = (Vec::new(), Vec::new());
    ends_in(workspace, client, &is_sender, ENDS_DEPTH, &mut senders);
    if matches!(driver, Ty::Future(_)) {
        return !senders.is_empty();
    }
    ends_in(workspace, driver, &is_receiver, ENDS_DEPTH, &mut receivers);
    senders.iter().any(|(sender, sent)| {
        let takes = |(receiver, taken): &(Name, Arc<[Ty]>)| is_sender_to(sender, receiver) && sent == taken;
        receivers.iter().any(takes)
    })
}

/// The ends of channels in a value, with what goes through them.
fn ends_in(
    workspace: &Workspace<'_>,
    ty: &Ty,
    is_end: &impl Fn(&str) -> bool,
    depth: u32,
    found: &mut Vec<(Name, Arc<[Ty]>)>,
) {
    let Some(depth) = depth.checked_sub(1) else { return };
    match ty {
        Ty::External(path, args) if is_end(path) => found.push((*path, args.clone())),
        Ty::External(_, args) => args.iter().for_each(|it| ends_in(workspace, it, is_end, depth, found)),
        Ty::Tuple(parts) => parts.iter().for_each(|it| ends_in(workspace, it, is_end, depth, found)),
        Ty::Adt(..) => {
            let fields = workspace.fields_of(ty);
            fields.iter().for_each(|it| ends_in(workspace, it, is_end, depth, found));
        }
        Ty::Slice(inner) => ends_in(workspace, inner, is_end, depth, found),
        Ty::Unknown | Ty::Never | Ty::Future(_) | Ty::Callable(_) | Ty::Object(_) | Ty::Param(_) => {}
    }
}

/// The values of a file that do their work as long as they are kept, and are dropped where the function ends that makes them.
pub(super) fn let_go(model: &Model<'_>, functions: impl Iterator<Item = FnId>) -> Vec<ConnectionLoss> {
    let workspace = model.workspace;
    let mut losses = Vec::new();
    for function in functions.filter(|&id| !workspace.function(id).is_test) {
        let Some(typed) = workspace.typed(function) else { continue };
        let place = Place { model, workspace, function, typed };
        losses.extend(place.made().into_iter().filter_map(|(pat, made, row)| {
            let ends = place.is_dropped_at_end(pat);
            ends.then(|| {
                let span = workspace.span(function, typed.body.pat(pat).range);
                ConnectionLoss { function, span, opened: place.span(made), loss: Loss::LetGo(row) }
            })
        }));
    }
    losses
}

impl Place<'_, '_> {
    /// The values that have to be kept, where a `let` binds one: with the call that makes it.
    fn made(&self) -> Vec<(PatId, ExprId, &'static Kept)> {
        let body = self.typed.body;
        let blocks = body.expr_ids().filter_map(|id| match body.kind(id) {
            ExprKind::Block(block) => Some(&block.stmts),
            _ => None,
        });
        let lets = blocks.flatten().filter_map(|stmt| match stmt {
            Stmt::Let(it) => Some((it.pat, it.init?)),
            Stmt::Expr(_) | Stmt::Item => None,
        });
        let made = lets.filter_map(|(pat, init)| {
            let call = self.opening_call(init)?;
            Some((pat, call, kept(&self.typed.types.external(call)?)?))
        });
        made.collect()
    }

    /// Whether a value is dropped where it is bound, or when its function ends right after its last use: all that is done
    /// with it is to call methods on it and to lend it.
    fn is_dropped_at_end(&self, pat: PatId) -> bool {
        let (typed, body) = (self.typed, self.typed.body);
        let local = match body.pat(pat).kind {
            PatKind::Wild => return true,
            PatKind::Bind { local, sub: None, .. } => local,
            _ => return false,
        };
        let uses: Vec<ExprId> = body.uses_of(local).collect();
        let Some(&last) = uses.last() else { return false };
        let is_lent = |&mention: &ExprId| match body.parent(mention).map(|outer| body.kind(outer)) {
            Some(ExprKind::MethodCall { receiver, name, .. }) => {
                *receiver == mention && methods::error_adaptor(name).is_none()
            }
            Some(ExprKind::Ref { .. }) => true,
            _ => false,
        };
        let run = body.own_body_of(last).unwrap_or(body.root);
        let waits = |id: ExprId| {
            body.descendants_here(id).any(|id| match body.kind(id) {
                ExprKind::Await(_) | ExprKind::Loop(_) => true,
                ExprKind::Call { .. } | ExprKind::MethodCall { .. } => {
                    !typed.is_ok(id) && typed.types.external(id).is_none_or(|path| spawner(&path).is_none())
                }
                _ => false,
            })
        };
        run == body.root
            && !self.model.is_main(self.function)
            && uses.iter().all(is_lent)
            && uses.iter().all(|&mention| !typed.is_in_loop(mention))
            && !typed.after(last).into_iter().any(waits)
    }
}

/// What the tables know of the calls of a function, and by which row: for tests of the tables.
#[cfg(test)]
pub(super) fn known_in(model: &Model<'_>, function: FnId) -> Vec<(Span, &'static str)> {
    let workspace = model.workspace;
    let Some(typed) = workspace.typed(function) else { return Vec::new() };
    let place = Place { model, workspace, function, typed };
    let halves = place.halves().into_iter().filter_map(|half| match half.kind {
        HalfKind::Driver(row) => Some((place.span(half.opened), row.types[0])),
        HalfKind::Own { .. } | HalfKind::Errors => None,
    });
    let made = place.made().into_iter().map(|(_, call, row)| (place.span(call), row.makers[0]));
    let calls = typed.body.calls().filter_map(|call| {
        let row = hooked(&typed.types.external(call)?)?;
        Some((place.span(call), row.opens[0]))
    });
    halves.chain(made).chain(calls).collect()
}

fn path_of(ty: &Ty) -> Option<&str> {
    match ty {
        Ty::External(path, _) => Some(path.as_str()),
        _ => None,
    }
}

fn names_errors(name: &str) -> bool {
    name.split('_').any(|word| word.starts_with("err"))
}
