//! Loops that turn for ever, and the one item that ends them: an accepted socket, a handshake, a message, a poll.

use crate::hir::{BinaryOp, BlockKind, Body, ExprId, ExprKind, LoopKind, PatId, PatKind, Stmt};
use crate::knowledge::decoders::decoder;
use crate::knowledge::errors::{Says, error_type};
use crate::knowledge::methods;
use crate::knowledge::names::YIELD;
use crate::knowledge::servers::{ServeKind, serve};
use crate::knowledge::streams::{Meaning, Source, source};
use crate::model::Model;
use crate::model::subscriptions::{made_by, source_of};
use crate::semantics::{Callee, Failure, FnId, Leak, Ty, Typed, Workspace, called_name, head};
use crate::source::Span;

/// A failure of one item that ends a loop which should go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FatalItem {
    /// The `?`, the `expect`, the pattern of the error.
    pub span: Span,
    pub item: Item,
    pub by: EndedBy,
    /// The loop.
    pub turns: Span,
    /// The place in the function called where the error comes from.
    pub inner: Option<Span>,
}

/// What failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Item {
    Connection,
    Handshake,
    Message,
    Poll,
}

/// How the failure ends the loop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EndedBy {
    Question,
    Panic,
    /// The arm or branch for the error leaves.
    Branch,
    /// `while let Ok(..)`.
    Pattern,
}

/// A loop that reads from a connection and ends with it, without a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EndedRead {
    /// The loop.
    pub span: Span,
    /// The call that waits for the next value.
    pub read: Span,
    /// Where the stream is made.
    pub made: Span,
}

/// The items of a file that end the loops they are taken in.
pub(super) fn fatal_items(model: &Model<'_>, functions: impl Iterator<Item = FnId>) -> Vec<FatalItem> {
    let workspace = model.workspace;
    let mut found = Vec::new();
    for function in functions {
        let is_out = workspace.function(function).is_test
            || model.is_for_developers(function)
            || only_fails(workspace, function);
        if is_out {
            continue;
        }
        let Some(typed) = workspace.typed_if(function, Body::has_loop) else { continue };
        let place = Place { model, workspace, function, typed };
        found.extend(typed.body.expr_ids().filter_map(|id| place.fatal_item(id)));
    }
    found.sort_by_key(|item: &FatalItem| item.span);
    found.dedup_by_key(|item| item.span);
    found
}

/// The loops of a file that end with a connection, without a word.
pub(super) fn ended_reads(model: &Model<'_>, functions: impl Iterator<Item = FnId>) -> Vec<EndedRead> {
    let workspace = model.workspace;
    let mut found = Vec::new();
    for function in functions {
        let is_out = workspace.function(function).is_test
            || model.is_for_developers(function)
            || model.lies_among_commands(function);
        if is_out {
            continue;
        }
        let Some(typed) = workspace.typed_if(function, Body::has_loop) else { continue };
        let place = Place { model, workspace, function, typed };
        let mut ends = typed.body.expr_ids().filter_map(|id| place.ended_read(id)).peekable();
        // Few functions have any, and these answers take a look at much of the program.
        if ends.peek().is_none()
            || workspace.is_for_one_peer(function)
            || model.is_of_command(function)
            || workspace.is_called_again(function)
        {
            continue;
        }
        found.extend(ends);
    }
    found
}

#[derive(Clone, Copy)]
struct Place<'w, 'a> {
    model: &'w Model<'a>,
    workspace: &'w Workspace<'a>,
    function: FnId,
    typed: Typed<'w>,
}

impl Place<'_, '_> {
    fn span(&self, id: ExprId) -> Span {
        self.workspace.span(self.function, head(self.typed.body, id))
    }

    fn fatal_item(&self, id: ExprId) -> Option<FatalItem> {
        let body = self.typed.body;
        let (value, by, at) = match body.kind(id) {
            ExprKind::Try(inner) => (*inner, EndedBy::Question, id),
            ExprKind::MethodCall { receiver, name, .. } if *name == "unwrap" || *name == "expect" => {
                (*receiver, EndedBy::Panic, id)
            }
            ExprKind::Match { scrutinee, arms } => {
                // Who tells errors apart knows which are fatal.
                if arms.iter().filter(|arm| names_error(self.typed, arm.pat)).count() != 1 {
                    return None;
                }
                let arm = arms.iter().find(|arm| arm.guard.is_none() && takes_error(self.typed, arm.pat))?;
                return self.found_in_branch(*scrutinee, arm.pat, arm.body);
            }
            ExprKind::If { condition, then, otherwise } => {
                let ExprKind::Let { pat, value } = *body.kind(*condition) else { return None };
                return match (takes_error(self.typed, pat), takes_ok(self.typed, pat), otherwise) {
                    (true, ..) => self.found_in_branch(value, pat, *then),
                    (_, true, Some(otherwise)) => self.found_in_branch(value, pat, *otherwise),
                    _ => None,
                };
            }
            ExprKind::Block(block) => {
                return block.stmts.iter().find_map(|stmt| match stmt {
                    Stmt::Let(it) if takes_ok(self.typed, it.pat) => {
                        self.found_in_branch(it.init?, it.pat, it.otherwise?)
                    }
                    _ => None,
                });
            }
            // `while let Ok(..) = listener.accept().await`.
            ExprKind::Loop(it) => {
                let LoopKind::While(condition) = it.kind else { return None };
                let ExprKind::Let { pat, value } = *body.kind(condition) else { return None };
                if !takes_ok(self.typed, pat) {
                    return None;
                }
                let (item, inner) = self.item(value)?;
                if self.is_run_again(id) {
                    return None;
                }
                let turns = self.workspace.span(self.function, it.keyword);
                let span = self.workspace.span(self.function, body.pat(pat).range);
                return self.is_worth_living(id, item).then_some(FatalItem {
                    span,
                    item,
                    by: EndedBy::Pattern,
                    turns,
                    inner,
                });
            }
            _ => return None,
        };
        self.found(value, by, at)
    }

    fn found(&self, value: ExprId, by: EndedBy, at: ExprId) -> Option<FatalItem> {
        let turns = self.loop_ended(at, value, by)?;
        let (item, inner) = self.item(value)?;
        if !self.is_worth_living(turns, item) {
            return None;
        }
        let span = match self.typed.body.kind(at) {
            ExprKind::Try(_) => {
                let end = self.typed.range(at).end;
                self.workspace.span(self.function, crate::source::TextRange { start: end - 1, end })
            }
            _ => self.span(at),
        };
        let ExprKind::Loop(it) = self.typed.body.kind(turns) else { return None };
        Some(FatalItem { span, item, by, turns: self.workspace.span(self.function, it.keyword), inner })
    }

    /// The arm or branch for the error of an item leaves the loop.
    fn found_in_branch(&self, value: ExprId, pat: PatId, branch: ExprId) -> Option<FatalItem> {
        let at = self.way_out(branch)?;
        let span = self.workspace.span(self.function, self.typed.body.pat(pat).range);
        Some(FatalItem { span, ..self.found(value, EndedBy::Branch, at)? })
    }

    /// The `break` or `return` that a branch certainly ends in, unless it looks at more than the error.
    fn way_out(&self, branch: ExprId) -> Option<ExprId> {
        let body = self.typed.body;
        match body.kind(branch) {
            ExprKind::Break { .. } | ExprKind::Return(_) => Some(branch),
            ExprKind::Block(block) => {
                let looks = body.descendants_here(branch).any(|id| match body.kind(id) {
                    ExprKind::If { .. } | ExprKind::Match { .. } | ExprKind::Loop(_) => true,
                    // Who reads the stream gets the error.
                    ExprKind::Macro(call) => call.path.last().name == YIELD,
                    _ => false,
                });
                let last = block.tail.or(match block.stmts.last() {
                    Some(Stmt::Expr(last)) => Some(*last),
                    _ => None,
                })?;
                (!looks).then(|| self.way_out(last)).flatten()
            }
            _ => None,
        }
    }

    /// The loop that turns for ever and is ended by a failure here.
    fn loop_ended(&self, at: ExprId, value: ExprId, by: EndedBy) -> Option<ExprId> {
        let typed = self.typed;
        let body = typed.body;
        let turns = body
            .ancestors(value)
            .take_while(|&outer| !body.is_own_body(outer))
            .find(|&outer| typed.is_endless(outer) || self.waits_for_next(outer, value))?;
        let leaves = match (by, body.kind(at)) {
            (EndedBy::Branch, ExprKind::Break { label, .. }) => {
                let target = body.target_of_jump(at, *label)?;
                typed.is_inside(turns, target)
            }
            _ => true,
        };
        // What turns around it takes up the next.
        let is_turned = body
            .ancestors(turns)
            .take_while(|&outer| !body.is_own_body(outer))
            .any(|outer| matches!(body.kind(outer), ExprKind::Loop(_)) && by == EndedBy::Branch);
        // The `?` of a `try_stream!` gives the error to whoever reads the stream.
        let is_yielded = by == EndedBy::Question
            && body.own_body_of(turns).is_some_and(|run| {
                matches!(body.kind(run), ExprKind::Block(block) if block.kind == BlockKind::Stream { fallible: true })
            });
        let is_made_again = body.own_body_of(turns).is_some_and(|run| {
            body.ancestors(run).any(|outer| matches!(body.kind(outer), ExprKind::Loop(_)))
        });
        (leaves && !is_turned && !is_yielded && !is_made_again && !self.is_run_again(turns)).then_some(turns)
    }

    /// Whether some caller runs a loop anew when it has ended. What runs in a task of its own is not waited for by the caller.
    fn is_run_again(&self, turns: ExprId) -> bool {
        let spawned = self.typed.body.own_body_of(turns).is_some_and(|run| {
            let file = self.workspace.function(self.function).file;
            let given = self.typed.body.parent(run).and_then(|call| called_name(self.typed, call));
            self.model.tasks(file).iter().any(|task| task.runs(self.function, run))
                || given.is_some_and(|name| name.contains("spawn"))
        });
        !spawned && self.workspace.is_called_again(self.function)
    }

    /// `while let Some(event) = events.try_next().await?`.
    fn waits_for_next(&self, id: ExprId, value: ExprId) -> bool {
        match self.typed.body.kind(id) {
            ExprKind::Loop(it) => {
                matches!(it.kind, LoopKind::While(condition) if self.typed.is_inside(value, condition))
            }
            _ => false,
        }
    }

    /// Whether a loop is there for more than one peer: one that accepts always is.
    fn is_worth_living(&self, turns: ExprId, item: Item) -> bool {
        if self.typed.waits_for_an_answer(turns) {
            return false;
        }
        match item {
            Item::Connection => true,
            // Inline in an accept loop; a client makes its own handshake.
            Item::Handshake => self.takes_connections(turns),
            Item::Poll => !self.workspace.is_for_one_peer(self.function),
            Item::Message => {
                !self.workspace.is_for_one_peer(self.function)
                    && self.typed.awaits(turns)
                    && self.waits_for_items(turns)
            }
        }
    }

    fn takes_connections(&self, turns: ExprId) -> bool {
        self.typed
            .body
            .descendants_here(turns)
            .any(|id| self.item(id).is_some_and(|(item, _)| item == Item::Connection))
    }

    /// Whether one message after the other comes from outside.
    fn waits_for_items(&self, turns: ExprId) -> bool {
        self.typed.body.descendants_here(turns).any(|id| match self.typed.body.kind(id) {
            ExprKind::Await(inner) => called_name(self.typed, *inner)
                .is_some_and(|name| methods::is_receive(&name) && name != "tick"),
            _ => false,
        })
    }

    /// What a value is the outcome of, if it is that of one item, with the place in the function called.
    fn item(&self, value: ExprId) -> Option<(Item, Option<Span>)> {
        let typed = self.typed;
        match typed.body.kind(value) {
            ExprKind::Await(inner) | ExprKind::Try(inner) => self.item(*inner),
            ExprKind::MethodCall { receiver, name, .. }
                if methods::error_adaptor(name).is_some() || matches!(name.as_str(), "fuse" | "by_ref") =>
            {
                self.item(*receiver)
            }
            ExprKind::MethodCall { name, .. } if matches!(name.as_str(), "next" | "try_next") => {
                source_of(self.workspace, typed, value)
                    .filter(|row| goes_on_after_error(row))
                    .map(|_| (Item::Poll, None))
            }
            ExprKind::Local(local) => {
                // The answer of a `select!` arm, or of the statement before.
                let (pat, site) = typed.body.outer_pat_site(typed.body.local(*local).pat);
                if pat != typed.body.local(*local).pat {
                    return None;
                }
                match site {
                    crate::hir::PatSite::SelectArm(select, index) => {
                        let ExprKind::Select(select) = typed.body.kind(select) else { return None };
                        self.item(select.arms[index as usize].future)
                    }
                    crate::hir::PatSite::Let(block, index) => {
                        let ExprKind::Block(block) = typed.body.kind(block) else { return None };
                        match &block.stmts[index as usize] {
                            Stmt::Let(it) => match typed.body.kind(it.init?) {
                                ExprKind::Await(init) => self.item(*init),
                                _ => None,
                            },
                            _ => None,
                        }
                    }
                    _ => None,
                }
            }
            ExprKind::Call { .. } | ExprKind::MethodCall { .. } => match typed.types.callee(value) {
                Callee::External(path) => Some((item_of(path)?, None)),
                Callee::Function(callee) => self.item_of_function(*callee),
                _ => None,
            },
            _ => None,
        }
    }

    /// A function of the workspace that hands on the error of one item.
    fn item_of_function(&self, callee: FnId) -> Option<(Item, Option<Span>)> {
        let name = &self.workspace.function(callee).hir.name;
        let wanted = match name.as_str() {
            "accept" => Item::Connection,
            name if methods::is_receive(name) => Item::Poll,
            _ => return None,
        };
        let Failure::Leaves(leaks) = self.workspace.failure_of(callee) else { return None };
        leaks.iter().map(Leak::origin).find_map(|leak| {
            let item = item_of(&leak.source?)?;
            (item == wanted).then_some((item, Some(leak.span)))
        })
    }

    fn ended_read(&self, id: ExprId) -> Option<EndedRead> {
        let (typed, body) = (self.typed, self.typed.body);
        let ExprKind::Loop(it) = body.kind(id) else { return None };
        let LoopKind::While(condition) = it.kind else { return None };
        let ExprKind::Let { value, .. } = *body.kind(condition) else { return None };
        let ExprKind::Await(read) = *body.kind(strip_question(typed, value)) else { return None };
        let ExprKind::MethodCall { receiver, name, .. } = body.kind(read) else { return None };
        if !matches!(name.as_str(), "next" | "try_next" | "message" | "recv") {
            return None;
        }
        let made = made_by(self.workspace, typed, *receiver)?;
        let hands_errors_on = matches!(body.kind(value), ExprKind::Try(_));
        if !self.is_lost_at_end(read, made, hands_errors_on) || !self.ends_quietly(id) || self.is_raced(id) {
            return None;
        }
        let span = self.workspace.span(self.function, it.keyword);
        Some(EndedRead { span, read: self.span(read), made: self.span(made) })
    }

    /// Whether the end of a stream is the loss of a connection: by what is known of it, or by the function that made it.
    fn is_lost_at_end(&self, read: ExprId, made: ExprId, hands_errors_on: bool) -> bool {
        if let Some(row) = source_of(self.workspace, self.typed, read) {
            return row.on_none == Meaning::Lost || (row.on_err == Meaning::Lost && !hands_errors_on);
        }
        // The project's own subscription: a stream that is no channel.
        let Callee::Function(callee) = self.typed.types.callee(made) else { return false };
        let name = &self.workspace.function(*callee).hir.name;
        let opens = ["subscribe", "connect"].iter().any(|word| name.contains(word));
        opens && self.gives_stream(*callee)
    }

    /// Whether a function waits for a stream and may fail to get it. What is to be had at once is inside the program.
    fn gives_stream(&self, callee: FnId) -> bool {
        let Ty::Future(output) = self.workspace.output_of(callee) else { return false };
        match output.as_result() {
            Some((Ty::External(name, _), _)) => {
                name.rsplit("::").next().is_some_and(|name| name.contains("Stream"))
            }
            _ => false,
        }
    }

    /// Whether a `select!` of the function waits for the run that a loop is in: the function goes on when the loop ends.
    fn is_raced(&self, id: ExprId) -> bool {
        let body = self.typed.body;
        let Some(run) = body.own_body_of(id) else { return false };
        let bound = body.parent(run).and_then(|outer| match body.kind(outer) {
            ExprKind::Block(block) => block.stmts.iter().find_map(|stmt| match stmt {
                Stmt::Let(it) if it.init == Some(run) => Some(it.pat),
                _ => None,
            }),
            _ => None,
        });
        let local = bound.and_then(|pat| match body.pat(pat).kind {
            PatKind::Bind { local, .. } => Some(local),
            _ => None,
        });
        let mentions = local.into_iter().flat_map(|local| body.uses_of(local));
        mentions.chain([run]).any(|mention| {
            body.ancestors(mention).any(|outer| match body.kind(outer) {
                ExprKind::Select(select) => {
                    select.arms.iter().any(|arm| self.typed.is_inside(mention, arm.future))
                }
                _ => false,
            })
        })
    }

    /// Whether nothing follows the loop that tells of its end, fails, or takes it up again.
    fn ends_quietly(&self, id: ExprId) -> bool {
        let (typed, body) = (self.typed, self.typed.body);
        let is_turned = body.ancestors(id).any(|outer| matches!(body.kind(outer), ExprKind::Loop(_)));
        let inside = body.descendants_here(id).any(|inner| match body.kind(inner) {
            ExprKind::Break { .. } | ExprKind::Return(_) => typed.is_asked_to_stop(inner, id),
            _ => false,
        });
        !is_turned
            && !inside
            && typed.after(id).into_iter().all(|later| {
                !typed.tells(later)
                    && !typed.is_fatal(later)
                    && !typed.awaits(later)
                    && body.descendants_here(later).all(|id| !typed.is_err(id) && !typed.leaves_by_macro(id))
            })
    }
}

fn strip_question(typed: Typed<'_>, value: ExprId) -> ExprId {
    match typed.body.kind(value) {
        ExprKind::Try(inner) => *inner,
        _ => value,
    }
}

/// What the failure of a function of a library is about.
fn item_of(path: &str) -> Option<Item> {
    if serve(path).is_some_and(|row| row.kind == ServeKind::Accept && row.can_fail) {
        return Some(Item::Connection);
    }
    if path.ends_with("TlsAcceptor::accept") {
        return Some(Item::Handshake);
    }
    if decoder(path).is_some() {
        return Some(Item::Message);
    }
    let row = source(path)?;
    (goes_on_after_error(row) && !row.client.is_empty()).then_some(Item::Poll)
}

impl Typed<'_> {
    /// Whether a loop is over when the right thing has come: some way out of it lies under a condition that looks at neither a
    /// failure nor a wish to stop.
    pub(super) fn waits_for_an_answer(self, turns: ExprId) -> bool {
        let (typed, body) = (self, self.body);
        let mut ways_out = typed.breaks_of(turns);
        ways_out
            .extend(body.descendants_here(turns).filter(|&id| matches!(body.kind(id), ExprKind::Return(_))));
        ways_out.into_iter().any(|out| {
            let inside = || body.ancestors(out).take_while(|&outer| outer != turns);
            !typed.returns_error(out)
                && typed.error_arm_around(out, turns).is_none()
                && inside().any(|outer| match body.kind(outer) {
                    ExprKind::If { condition, .. } => !self.looks_at_an_end(*condition),
                    ExprKind::Match { arms, .. } => arms.iter().any(|arm| {
                        typed.is_inside(out, arm.body)
                            && arm.guard.is_some_and(|it| !self.looks_at_an_end(it))
                    }),
                    _ => false,
                })
                && !inside().any(|outer| match body.kind(outer) {
                    ExprKind::If { condition, .. } => self.asks_for_stop(*condition),
                    _ => false,
                })
        })
    }

    /// A condition that looks at a stop signal. A call that gets the item looks at the item, whatever its name.
    fn asks_for_stop(self, condition: ExprId) -> bool {
        match self.body.kind(condition) {
            ExprKind::Binary { op: BinaryOp::And | BinaryOp::Or, left, right } => {
                self.asks_for_stop(*left) || self.asks_for_stop(*right)
            }
            ExprKind::Unary(inner) => self.asks_for_stop(*inner),
            ExprKind::Call { args, .. } if !args.is_empty() => false,
            _ => self.looks_at_stop(condition).is_some(),
        }
    }

    /// A condition that looks at a failure, an end, or a wish to stop.
    fn looks_at_an_end(self, condition: ExprId) -> bool {
        let (typed, body) = (self, self.body);
        self.asks_for_stop(condition)
            || body.descendants_here(condition).any(|id| match body.kind(id) {
                ExprKind::MethodCall { name, .. } => {
                    methods::names_send(name)
                        || matches!(name.as_str(), "is_err" | "is_ok" | "is_none" | "is_some" | "is_empty")
                }
                ExprKind::Let { pat, .. } => names_error(typed, *pat) || names_none(typed, *pat),
                _ => false,
            })
    }
}

fn goes_on_after_error(row: &Source) -> bool {
    matches!(row.on_err, Meaning::GoesOn | Meaning::Either)
}

/// `Result<Infallible, _>`: it says itself that it ends with an error, and who calls it knows.
fn only_fails(workspace: &Workspace<'_>, function: FnId) -> bool {
    let output = workspace.awaited(&workspace.output_of(function));
    output.as_result().is_some_and(|(ok, _)| match ok {
        Ty::Never => true,
        Ty::External(path, _) => error_type(&path).is_some_and(|row| row.says == Says::Impossible),
        _ => false,
    })
}

/// `Err(..)`, `Some(Err(..))`: whatever error it is.
fn takes_error(typed: Typed<'_>, pat: PatId) -> bool {
    match &typed.body.pat(pat).kind {
        PatKind::TupleStruct { path, fields } => match (path.last().name.as_str(), &fields[..]) {
            ("Err", [inner]) => matches!(typed.body.pat(*inner).kind, PatKind::Wild | PatKind::Bind { .. }),
            ("Some", [inner]) => takes_error(typed, *inner),
            _ => false,
        },
        _ => false,
    }
}

/// `Err(..)` of any kind.
fn names_error(typed: Typed<'_>, pat: PatId) -> bool {
    match &typed.body.pat(pat).kind {
        PatKind::TupleStruct { path, fields } => {
            path.last().name == "Err" || fields.iter().any(|&field| names_error(typed, field))
        }
        PatKind::Or(parts) => parts.iter().any(|&part| names_error(typed, part)),
        _ => false,
    }
}

/// `None`.
fn names_none(typed: Typed<'_>, pat: PatId) -> bool {
    matches!(&typed.body.pat(pat).kind, PatKind::Path(path) if path.last().name == "None")
}

/// `Ok(..)`, `Some(Ok(..))`.
fn takes_ok(typed: Typed<'_>, pat: PatId) -> bool {
    match &typed.body.pat(pat).kind {
        PatKind::TupleStruct { path, fields } => match (path.last().name.as_str(), &fields[..]) {
            ("Ok", [_]) => true,
            ("Some", [inner]) => takes_ok(typed, *inner),
            _ => false,
        },
        _ => false,
    }
}
