//! Where does an error end in a success?
//!
//! An error is named in an arm or thrown away by a pattern, at most logged, and control goes on to an exit of the run that
//! says all is well. Who uses the error for anything but a log line, keeps it, sends it, waits or tries something else has
//! dealt with it; so has who looks at a stop signal, or at what kind of error it is.

use rustc_hash::FxHashMap;

use super::failure::{called_name, is_harmless, is_io};
use super::flow::{Exit, ExitKind, Typed};
use super::{Callee, FnId, Ty, Workspace};
use crate::hir::{Block, ExprId, ExprKind, Loop, LoopKind, PatId, PatKind, Stmt};
use crate::knowledge::errors::errs_when_other_side_is_gone;
use crate::knowledge::macros::Meaning;
use crate::knowledge::methods;
use crate::knowledge::servers::{ServeKind, serve};
use crate::source::TextRange;

/// An error that ends in a success.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Swallowed {
    /// What can fail.
    pub operand: ExprId,
    /// Where the error is named or thrown away: the pattern, the adaptor.
    pub at: TextRange,
    pub by: Swallow,
    /// The success that follows.
    pub exit: Exit,
    /// The outermost endless loop that is left on the way.
    pub leaves: Option<ExprId>,
    /// Whether another loop, which is not endless itself, is left with it: the way out was meant for that one.
    pub from_inner_loop: bool,
    /// The way ends in a `return` of the branch itself.
    pub returns: bool,
    /// What an `if let Ok(..)` without `else` passes over.
    pub passes_over: Option<ExprId>,
}

/// How an error is swallowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Swallow {
    /// In an arm or branch for it.
    Named,
    /// It does not match `if let Ok(..)`, `let Ok(..) else`.
    Unmatched,
    /// In a closure: `unwrap_or_else(|error| log)`.
    Adaptor,
    /// The value is dropped: `let _ = server.await`.
    Dropped,
    /// `Ok(_)` is also `Ok(Err(..))`.
    InnerError,
}

/// Where control goes with an error in hand.
#[derive(Clone, Copy)]
enum Start {
    /// Into the arm or branch.
    Into(ExprId),
    /// On after the expression.
    After(ExprId),
}

struct Branch {
    operand: ExprId,
    at: TextRange,
    by: Swallow,
    start: Start,
    /// The bindings of the error.
    pat: Option<PatId>,
}

impl<'a> Workspace<'a> {
    /// The errors that end in a success of a run of a function: its body, a closure, an async block.
    pub fn swallowed(&self, function: FnId, run: ExprId) -> Vec<Swallowed> {
        let Some(typed) = self.typed(function) else { return Vec::new() };
        let mut ways = Ways {
            workspace: self,
            function,
            typed,
            run,
            after: FxHashMap::default(),
            rest: FxHashMap::default(),
            ways_out: FxHashMap::default(),
        };
        let here = typed.body.descendants_here(run).filter(|&id| id == run || !typed.body.is_own_body(id));
        let branches: Vec<Branch> = here.flat_map(|id| branches(typed, id)).collect();
        branches.into_iter().filter_map(|branch| ways.follow(branch)).collect()
    }
}

/// The ways that an error of this expression takes.
fn branches(typed: Typed<'_>, id: ExprId) -> Vec<Branch> {
    let body = typed.body;
    let branch = |operand, pat: PatId, by, start| Branch {
        operand,
        at: body.pat(pat).range,
        by,
        start,
        pat: Some(pat),
    };
    match body.kind(id) {
        ExprKind::Match { scrutinee, arms } => {
            let looks_closer = arms.iter().any(|arm| looks_at_kind(typed, arm.pat, arm.guard.is_some()));
            let arms = arms.iter().filter(|arm| arm.guard.is_none() && !looks_closer);
            arms.filter_map(|arm| {
                let by = match error_in(typed, arm.pat) {
                    true => Swallow::Named,
                    false => covers_inner_error(typed, *scrutinee, arm.pat).then_some(Swallow::InnerError)?,
                };
                Some(branch(*scrutinee, arm.pat, by, Start::Into(arm.body)))
            })
            .collect()
        }
        ExprKind::If { condition, then, otherwise } => {
            let ExprKind::Let { pat, value } = *body.kind(*condition) else { return Vec::new() };
            if error_in(typed, pat) {
                return vec![branch(value, pat, Swallow::Named, Start::Into(*then))];
            }
            match ok_in(typed, pat) {
                true => {
                    let start = otherwise.map_or(Start::After(id), Start::Into);
                    vec![branch(value, pat, Swallow::Unmatched, start)]
                }
                false => Vec::new(),
            }
        }
        ExprKind::Block(block) => {
            let mut found = Vec::new();
            for stmt in &block.stmts {
                match stmt {
                    Stmt::Let(it) => match (it.init, it.otherwise) {
                        (Some(init), Some(otherwise)) if ok_in(typed, it.pat) => {
                            found.push(branch(init, it.pat, Swallow::Unmatched, Start::Into(otherwise)));
                        }
                        (Some(init), None) if is_ignored(typed, it.pat) && !hands_error_on(typed, init) => {
                            found.push(branch(init, it.pat, Swallow::Dropped, Start::After(init)));
                        }
                        _ => {}
                    },
                    Stmt::Expr(expr) => found.extend(adapted(typed, *expr)),
                    Stmt::Item => {}
                }
            }
            found.extend(block.tail.and_then(|tail| adapted(typed, tail)));
            found
        }
        _ => Vec::new(),
    }
}

/// `serve().await.unwrap_or_else(|error| log);`, `serve().await.ok();`.
fn adapted(typed: Typed<'_>, statement: ExprId) -> Option<Branch> {
    let ExprKind::MethodCall { receiver, name, name_range, args, .. } = typed.body.kind(statement) else {
        return None;
    };
    let by = match name.as_str() {
        "unwrap_or_else" if typed.types.of(statement).is_unit() || logs_only(typed, args) => Swallow::Adaptor,
        "ok" if args.is_empty() => Swallow::Dropped,
        _ => return None,
    };
    let is_fatal = args.iter().any(|&arg| typed.is_fatal(arg) || sends(typed, arg));
    let start = Start::After(statement);
    (!is_fatal).then_some(Branch { operand: *receiver, at: *name_range, by, start, pat: None })
}

fn logs_only(typed: Typed<'_>, args: &[ExprId]) -> bool {
    args.iter().any(|&arg| typed.logs(arg))
}

fn sends(typed: Typed<'_>, id: ExprId) -> bool {
    typed.body.descendants(id).any(
        |id| matches!(typed.body.kind(id), ExprKind::MethodCall { name, .. } if methods::names_send(name)),
    )
}

/// `Err(error)`, `Err(_)`, `Some(Err(error))`, `Ok(Err(error))`: any error, whatever it says.
fn error_in(typed: Typed<'_>, pat: PatId) -> bool {
    match &typed.body.pat(pat).kind {
        PatKind::TupleStruct { path, fields } => match (path.last().name.as_str(), &fields[..]) {
            ("Err", [inner]) => is_plain(typed, *inner),
            ("Some" | "Ok", [inner]) => error_in(typed, *inner),
            _ => false,
        },
        _ => false,
    }
}

/// `Ok(value)`, `Ok(Some(value))`, `Some(Ok(value))`.
fn ok_in(typed: Typed<'_>, pat: PatId) -> bool {
    match &typed.body.pat(pat).kind {
        PatKind::TupleStruct { path, fields } => match (path.last().name.as_str(), &fields[..]) {
            ("Ok", [_]) => true,
            ("Some", [inner]) => ok_in(typed, *inner),
            _ => false,
        },
        _ => false,
    }
}

/// A pattern that takes whatever there is: a name, `_`, `..`.
fn is_plain(typed: Typed<'_>, pat: PatId) -> bool {
    match &typed.body.pat(pat).kind {
        PatKind::Wild | PatKind::Rest => true,
        PatKind::Bind { sub, .. } => sub.is_none(),
        _ => false,
    }
}

/// `_`, `_result` that nothing uses.
fn is_ignored(typed: Typed<'_>, pat: PatId) -> bool {
    match typed.body.pat(pat).kind {
        PatKind::Wild => true,
        PatKind::Bind { local, .. } => typed.body.uses_of(local).next().is_none(),
        _ => false,
    }
}

/// `work()?`, `try_join!(..)?`: the error has left already, unless another one is in what is left.
fn hands_error_on(typed: Typed<'_>, value: ExprId) -> bool {
    matches!(typed.body.kind(value), ExprKind::Try(_)) && typed.types.of(value).as_result().is_none()
}

/// An arm for one kind of error, or under a condition: whoever wrote it knows which errors there are.
fn looks_at_kind(typed: Typed<'_>, pat: PatId, has_guard: bool) -> bool {
    match &typed.body.pat(pat).kind {
        PatKind::TupleStruct { path, fields } => match (path.last().name.as_str(), &fields[..]) {
            ("Err", [inner]) => has_guard || !is_plain(typed, *inner),
            ("Some" | "Ok", [inner]) => looks_at_kind(typed, *inner, has_guard),
            _ => false,
        },
        PatKind::Or(parts) => parts.iter().any(|&part| looks_at_kind(typed, part, has_guard)),
        _ => false,
    }
}

/// `Ok(_)` for a `Result` in a `Result`.
fn covers_inner_error(typed: Typed<'_>, scrutinee: ExprId, pat: PatId) -> bool {
    let PatKind::TupleStruct { path, fields } = &typed.body.pat(pat).kind else { return false };
    let [inner] = fields[..] else { return false };
    let Some((ok, _)) = typed.types.of(scrutinee).as_result() else { return false };
    path.last().name == "Ok"
        && is_ignored(typed, inner)
        && ok.as_result().is_some_and(|(_, error)| !is_harmless(&error))
}

/// Follows control with an error in hand.
struct Ways<'w, 'a> {
    workspace: &'w Workspace<'a>,
    function: FnId,
    typed: Typed<'w>,
    run: ExprId,
    /// Where control gets to after an expression.
    after: FxHashMap<(ExprId, Care), Option<End>>,
    /// Where it gets to from the n-th statement of a block on.
    rest: FxHashMap<(ExprId, usize, Care), Option<End>>,
    /// The ways out of a loop that is meant to turn on, those aside that are no end of its work.
    ways_out: FxHashMap<ExprId, Option<Vec<ExprId>>>,
}

/// Where control gets to.
#[derive(Clone, Copy)]
enum End {
    At(Exit),
    /// The value of the expression is the value of the run.
    WithValue,
}

/// How closely to look at what comes before the exit.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Care {
    /// It may be work that the error has nothing to do with: only what tells or tidies up may come.
    Strict,
    /// The work is over: whatever comes is the end of the run.
    Lenient,
}

/// How control passes a statement.
enum Passes {
    On,
    To(Exit),
    Not,
}

/// How a piece of code is left.
enum Leaves {
    /// At its end, with this value.
    AtEnd(ExprId),
    /// To the exit.
    By(Exit),
    /// By `break`, out of this loop or block.
    Out(ExprId),
    /// Otherwise, or it deals with the error.
    Otherwise,
}

impl Ways<'_, '_> {
    fn follow(&mut self, branch: Branch) -> Option<Swallowed> {
        let (origin, first) = match branch.start {
            Start::Into(into) => (into, self.through(into)),
            Start::After(after) => (after, Leaves::AtEnd(after)),
        };
        if (branch.by != Swallow::InnerError && !self.can_really_fail(branch.operand))
            || self.is_about_stop(origin)
            || branch.pat.is_some_and(|pat| self.is_used(pat))
        {
            return None;
        }
        let lives = self.lives(branch.operand);
        // What is dropped without a name is a matter of taste, but for the service itself.
        if branch.by == Swallow::Dropped && (!lives || self.makes_itself_heard(branch.operand)) {
            return None;
        }
        // Who has asked it to stop knows that it ends.
        if lives && self.typed.is_after_stop_request(branch.operand) {
            return None;
        }
        let leaves = self.endless_loop_left(origin, &first);
        let care = if lives || leaves.is_some() { Care::Lenient } else { Care::Strict };
        let returns = matches!(first, Leaves::By(_));
        let exit = match first {
            Leaves::By(exit) => exit,
            Leaves::Out(target) => self.exit_after(target, target, care)?,
            Leaves::AtEnd(value) => self.exit_after(origin, value, care)?,
            Leaves::Otherwise => return None,
        };
        let from_inner_loop = leaves.is_some_and(|outer| self.is_in_inner_loop(origin, outer));
        let passes_over = match (branch.start, self.typed.body.kind(origin)) {
            (Start::After(_), ExprKind::If { then, .. }) => Some(*then),
            _ => None,
        };
        let Branch { operand, at, by, .. } = branch;
        Some(Swallowed { operand, at, by, exit, leaves, from_inner_loop, returns, passes_over })
    }

    /// Whether its error says more than that the other side of a channel is gone, or that the time is over.
    fn can_really_fail(&self, operand: ExprId) -> bool {
        let typed = self.typed;
        let mut value = operand;
        loop {
            let ty = typed.types.of(value);
            let result = ty.as_option().unwrap_or_else(|| ty.clone());
            if result.as_result().is_some_and(|(_, error)| is_harmless(&error) || is_time_over(&error)) {
                return false;
            }
            match typed.body.kind(value) {
                ExprKind::Await(inner) | ExprKind::Try(inner) | ExprKind::Ref { inner, .. } => value = *inner,
                ExprKind::MethodCall { receiver, name, .. } if methods::error_adaptor(name).is_some() => {
                    value = *receiver
                }
                ExprKind::Call { .. } | ExprKind::MethodCall { .. } => {
                    let is_method = matches!(typed.body.kind(value), ExprKind::MethodCall { .. });
                    let waits = called_name(typed, value)
                        .is_some_and(|name| is_method && errs_when_other_side_is_gone(&name));
                    let never_fails = typed.types.external(value).is_some_and(|path| {
                        serve(&path).is_some_and(|row| !row.can_fail || row.kind == ServeKind::Connection)
                    });
                    return !never_fails
                        && !self.gives_only_ok(value)
                        && !self.parses_literals(value)
                        && (!waits || is_io(ty));
                }
                ExprKind::Local(local) => match typed.body.plain_init(*local) {
                    Some(init) => value = init,
                    None => return true,
                },
                _ => return true,
            }
        }
    }

    /// A call of a function of the project that says `Ok` wherever it ends.
    fn gives_only_ok(&self, call: ExprId) -> bool {
        match self.typed.types.callee(call) {
            Callee::Function(callee) => self.workspace.typed(*callee).is_some_and(|inner| {
                let is_plain_ok = |value: ExprId| {
                    let given = self.workspace.argument(inner, value, 0);
                    inner.is_ok(value) && given.is_some_and(|it| inner.types.of(it).as_result().is_none())
                };
                let exits = inner.exits(inner.body.root);
                !exits.is_empty()
                    && exits.into_iter().all(|exit| match exit.kind {
                        ExitKind::Tail => is_plain_ok(exit.at),
                        ExitKind::Return(Some(value)) => is_plain_ok(value),
                        ExitKind::Return(None) | ExitKind::Question(_) | ExitKind::Bail | ExitKind::End => {
                            false
                        }
                    })
            }),
            _ => false,
        }
    }

    /// `EnvFilter::try_new("info")`, `"0.0.0.0:80".parse()`: whoever wrote the text has seen that it is right.
    fn parses_literals(&self, call: ExprId) -> bool {
        let body = self.typed.body;
        let is_literal = |&id: &ExprId| matches!(body.kind(id), ExprKind::Literal(_));
        called_name(self.typed, call).is_some_and(|name| methods::names_parse(&name))
            && match body.kind(call) {
                ExprKind::Call { args, .. } => !args.is_empty() && args.iter().all(is_literal),
                ExprKind::MethodCall { receiver, args, .. } => {
                    is_literal(receiver) && args.iter().all(is_literal)
                }
                _ => false,
            }
    }

    /// Whether its error panics when it is dropped without having been looked at.
    fn makes_itself_heard(&self, operand: ExprId) -> bool {
        let call = match self.typed.body.kind(operand) {
            ExprKind::Await(call) => *call,
            _ => operand,
        };
        self.typed
            .types
            .external(call)
            .is_some_and(|path| serve(&path).is_some_and(|row| row.panics_when_dropped))
    }

    /// Whether the way lies under a condition that speaks of stopping.
    fn is_about_stop(&self, place: ExprId) -> bool {
        let (typed, body) = (self.typed, self.typed.body);
        let mut inner = place;
        for outer in body.ancestors(place) {
            let stops = match body.kind(outer) {
                ExprKind::If { condition, .. } => *condition != inner && typed.speaks_of_stop(*condition),
                ExprKind::Match { scrutinee, .. } => *scrutinee != inner && typed.speaks_of_stop(*scrutinee),
                ExprKind::Select(select) => {
                    select.arms.iter().any(|arm| arm.handler == inner && typed.speaks_of_stop(arm.future))
                }
                _ => false,
            };
            if stops {
                return true;
            }
            if outer == self.run {
                return false;
            }
            inner = outer;
        }
        false
    }

    /// Whether something of a pattern is used for more than a log line.
    fn is_used(&self, pat: PatId) -> bool {
        let body = self.typed.body;
        let mut open = vec![pat];
        while let Some(pat) = open.pop() {
            if let PatKind::TupleStruct { path, .. } = &body.pat(pat).kind
                && path.last().name == "Ok"
            {
                // What the success binds is of no interest.
                body.for_each_sub_pat(pat, |inner| {
                    if error_in(self.typed, inner) {
                        open.push(inner)
                    }
                });
                continue;
            }
            if let PatKind::Bind { local, .. } = body.pat(pat).kind
                && body.uses_of(local).any(|at| !self.is_logged(at))
            {
                return true;
            }
            body.for_each_sub_pat(pat, |inner| open.push(inner));
        }
        false
    }

    /// Whether a mention is part of a log line.
    fn is_logged(&self, mention: ExprId) -> bool {
        self.typed.body.ancestors(mention).any(|outer| match self.typed.body.kind(outer) {
            ExprKind::Macro(call) => {
                matches!(self.typed.types.words().meaning(call), Meaning::Log(_) | Meaning::Print)
            }
            _ => false,
        })
    }

    /// How a branch is left, if nothing in it deals with the error.
    fn through(&self, id: ExprId) -> Leaves {
        let body = self.typed.body;
        match body.kind(id) {
            ExprKind::Block(block) if !block.kind.is_own_body() => {
                let stmts = block.stmts.iter().filter_map(|stmt| match stmt {
                    Stmt::Let(it) => it.init,
                    Stmt::Expr(expr) => Some(*expr),
                    Stmt::Item => None,
                });
                for stmt in stmts {
                    match self.through(stmt) {
                        Leaves::AtEnd(_) => {}
                        leaves => return leaves,
                    }
                }
                block.tail.map_or(Leaves::AtEnd(id), |tail| self.through(tail))
            }
            ExprKind::Return(value) => {
                let exit = Exit { kind: ExitKind::Return(*value), at: id };
                if self.typed.is_success(exit) { Leaves::By(exit) } else { Leaves::Otherwise }
            }
            ExprKind::Break { label, value: None } => match body.target_of_jump(id, *label) {
                Some(target) => Leaves::Out(target),
                None => Leaves::Otherwise,
            },
            _ if self.is_quiet(id) => Leaves::AtEnd(id),
            _ => Leaves::Otherwise,
        }
    }

    /// Whether a piece of code does nothing about an error: it tells a person, tidies up, computes.
    fn is_quiet(&self, id: ExprId) -> bool {
        let body = self.typed.body;
        body.descendants_here(id).all(|id| match body.kind(id) {
            ExprKind::Await(inner) => {
                called_name(self.typed, *inner).is_some_and(|name| methods::names_teardown(&name))
            }
            ExprKind::Return(_)
            | ExprKind::Break { .. }
            | ExprKind::Continue { .. }
            | ExprKind::Try(_)
            | ExprKind::Assign { .. }
            | ExprKind::Select(_)
            | ExprKind::Join { .. }
            | ExprKind::Loop(_)
            | ExprKind::Opaque => false,
            ExprKind::MethodCall { name, .. } => {
                // To stop the others is to tidy up.
                (!methods::names_send(name) || methods::stops_tasks(name))
                    && *name != "join"
                    && *name != "push"
                    && *self.typed.types.of(id) != Ty::Never
                    && !self.lives(id)
            }
            ExprKind::Call { .. } => {
                *self.typed.types.of(id) != Ty::Never && !self.typed.is_err(id) && !self.lives(id)
            }
            ExprKind::Macro(call) => !matches!(
                self.typed.types.words().meaning(call),
                Meaning::Panic | Meaning::Return | Meaning::Ensure
            ),
            _ => true,
        })
    }

    /// Whether what comes after the work is over says that something is wrong, or goes on with other work.
    fn is_the_end(&self, id: ExprId) -> bool {
        let (typed, body) = (self.typed, self.typed.body);
        body.descendants_here(id).all(|id| match body.kind(id) {
            ExprKind::Return(_) => {
                let exit = Exit { kind: exit_of_return(typed, id), at: id };
                typed.is_success(exit)
            }
            ExprKind::Call { .. } | ExprKind::MethodCall { .. } => {
                !typed.is_err(id) && *typed.types.of(id) != Ty::Never && !self.lives(id)
            }
            ExprKind::Loop(_) => !typed.is_endless(id),
            ExprKind::Macro(_) => !typed.is_fatal(id) && !typed.leaves_by_macro(id),
            // Other work of the program.
            ExprKind::Await(inner) => {
                !self.lives(*inner)
                    && (!matches!(typed.types.callee(*inner), Callee::Function(_))
                        || called_name(typed, *inner).is_some_and(|name| methods::names_teardown(&name)))
            }
            _ => true,
        })
    }

    /// The success that control gets to after an expression with a value.
    fn exit_after(&mut self, id: ExprId, value: ExprId, care: Care) -> Option<Exit> {
        match self.after(id, care)? {
            End::At(exit) => Some(exit),
            End::WithValue if self.typed.types.of(value).is_unit() => {
                Some(Exit { kind: ExitKind::End, at: self.run })
            }
            End::WithValue => {
                let exit = Exit { kind: ExitKind::Tail, at: value };
                self.typed.is_success(exit).then_some(exit)
            }
        }
    }

    fn after(&mut self, id: ExprId, care: Care) -> Option<End> {
        if let Some(&known) = self.after.get(&(id, care)) {
            return known;
        }
        let end = self.compute_after(id, care);
        self.after.insert((id, care), end);
        end
    }

    fn compute_after(&mut self, id: ExprId, care: Care) -> Option<End> {
        if id == self.run {
            return Some(End::WithValue);
        }
        let body = self.typed.body;
        let outer = body.parent(id)?;
        match body.kind(outer) {
            ExprKind::Block(block) => self.after_in_block(outer, block, id, care),
            // The value of a branch is the value of the whole.
            ExprKind::If { condition, .. } if *condition != id => self.after(outer, care),
            ExprKind::Match { scrutinee, .. } if *scrutinee != id => self.after(outer, care),
            ExprKind::Select(select) if select.arms.iter().any(|arm| arm.handler == id) => {
                self.after(outer, care)
            }
            // The body of the run, where that is a closure.
            ExprKind::Closure(_) if outer == self.run => Some(End::WithValue),
            // The end of a turn: the loop goes on.
            _ => None,
        }
    }

    fn after_in_block(&mut self, outer: ExprId, block: &Block, id: ExprId, care: Care) -> Option<End> {
        if block.tail == Some(id) {
            return self.after(outer, care);
        }
        let index = block.stmts.iter().position(|stmt| match stmt {
            Stmt::Let(it) => {
                it.otherwise == Some(id) || (it.init == Some(id) && is_ignored(self.typed, it.pat))
            }
            Stmt::Expr(expr) => *expr == id,
            Stmt::Item => false,
        })?;
        // What follows is looked at once for all branches before it.
        let mut next = index + 1;
        let end = loop {
            if let Some(&known) = self.rest.get(&(outer, next, care)) {
                break known;
            }
            let Some(stmt) = block.stmts.get(next) else { break self.after_statements(outer, block, care) };
            match self.after_statement(stmt, care) {
                Passes::On => next += 1,
                Passes::To(exit) => break Some(End::At(exit)),
                Passes::Not => break None,
            }
        };
        for passed in index + 1..=next {
            self.rest.insert((outer, passed, care), end);
        }
        end
    }

    fn after_statement(&self, stmt: &Stmt, care: Care) -> Passes {
        let parts = match stmt {
            Stmt::Let(it) => [it.init, it.otherwise],
            Stmt::Expr(expr) => [Some(*expr), None],
            Stmt::Item => [None, None],
        };
        if let [Some(only), None] = parts
            && let ExprKind::Return(value) = *self.typed.body.kind(only)
        {
            let exit = Exit { kind: ExitKind::Return(value), at: only };
            return if self.typed.is_success(exit) { Passes::To(exit) } else { Passes::Not };
        }
        match parts.into_iter().flatten().all(|part| self.passes(part, care)) {
            true => Passes::On,
            false => Passes::Not,
        }
    }

    /// The end after the last statement of a block.
    fn after_statements(&mut self, outer: ExprId, block: &Block, care: Care) -> Option<End> {
        if !block.tail.is_none_or(|tail| self.passes(tail, care)) {
            return None;
        }
        match (self.after(outer, care)?, block.tail) {
            (End::At(exit), _) => Some(End::At(exit)),
            (End::WithValue, None) => Some(End::At(Exit { kind: ExitKind::End, at: self.run })),
            (End::WithValue, Some(tail)) => {
                let exit = Exit { kind: ExitKind::Tail, at: tail };
                self.typed.is_success(exit).then_some(End::At(exit))
            }
        }
    }

    fn passes(&self, id: ExprId, care: Care) -> bool {
        match care {
            Care::Strict => self.is_quiet(id),
            Care::Lenient => self.is_the_end(id),
        }
    }

    /// Whether what can fail is what the run lives in.
    fn lives(&self, operand: ExprId) -> bool {
        self.workspace.is_lived_in(self.function, self.typed, operand)
    }

    /// The outermost endless loop that a branch leaves.
    fn endless_loop_left(&mut self, origin: ExprId, first: &Leaves) -> Option<ExprId> {
        let target = match first {
            Leaves::By(_) => self.run,
            Leaves::Out(target) => *target,
            Leaves::AtEnd(_) | Leaves::Otherwise => return None,
        };
        let typed = self.typed;
        let mut found = None;
        for outer in typed.body.ancestors(origin) {
            let ways_out = self.ways_out.entry(outer).or_insert_with(|| typed.ends_of_work(outer));
            let is_inside = |out: &ExprId| typed.is_inside(*out, origin);
            if ways_out.as_ref().is_some_and(|ways_out| ways_out.iter().all(is_inside)) {
                found = Some(outer);
            }
            if outer == target || outer == self.run {
                break;
            }
        }
        found
    }

    /// Whether a loop that comes to an end by itself lies between a place and an endless loop.
    fn is_in_inner_loop(&self, place: ExprId, outer: ExprId) -> bool {
        let body = self.typed.body;
        body.ancestors(place).take_while(|&it| it != outer).any(|it| match body.kind(it) {
            ExprKind::Loop(Loop { kind: LoopKind::Loop, .. }) => !self.typed.breaks_of(it).is_empty(),
            ExprKind::Loop(_) => true,
            _ => false,
        })
    }
}

fn exit_of_return(typed: Typed<'_>, id: ExprId) -> ExitKind {
    match *typed.body.kind(id) {
        ExprKind::Return(value) => ExitKind::Return(value),
        _ => ExitKind::End,
    }
}

fn is_time_over(error: &Ty) -> bool {
    use crate::knowledge::errors::{Says, error_type};
    match error {
        Ty::External(name, _) => error_type(name)
            .is_some_and(|row| matches!(row.says, Says::TimeOver | Says::Poisoned | Says::NotNow)),
        _ => false,
    }
}
