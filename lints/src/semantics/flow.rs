//! How a body ends, which loops never do, and what is certain to run before a place.
//!
//! A *run* is what runs in one go: the body of a function, of a closure, or of an async block. `return` and `?` leave the
//! run they are in.

use crate::hir::{
    BinaryOp, BlockKind, Body, ExprId, ExprKind, Literal, Loop, LoopKind, MacroContent, PatId, PatKind, Stmt,
};
use crate::knowledge::attended::{asks_for_line, prints, reads_lines};
use crate::knowledge::macros::{LogLevel, Meaning};
use crate::knowledge::spawners::spawner;
use crate::knowledge::stop::sounds_like_signal;
use crate::knowledge::transparent::wrapper;
use crate::knowledge::vocabulary::Word;
use crate::knowledge::{methods, names};
use crate::source::TextRange;

use super::{BodyTypes, Ty, called_name};

/// A place where control leaves a run with a value or an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exit {
    pub kind: ExitKind,
    /// The value, `?` expression, or macro.
    pub at: ExprId,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExitKind {
    /// The value of the tail, or of one of its branches.
    Tail,
    /// `return value`; the place is the `return`.
    Return(Option<ExprId>),
    /// `operand?`.
    Question(ExprId),
    /// `bail!(..)`, or `ensure!(..)`, which leaves only sometimes.
    Bail,
    /// The end of a block without value.
    End,
}

/// A body with the types of its expressions: what most questions of this layer are asked of.
#[derive(Clone, Copy)]
pub struct Typed<'b> {
    pub body: &'b Body,
    pub types: &'b BodyTypes,
}

impl<'b> Typed<'b> {
    /// The expression that a run evaluates: the body of a closure, the block itself of an async block or function.
    fn block_of(self, run: ExprId) -> ExprId {
        match self.body.kind(run) {
            ExprKind::Closure(closure) => closure.body,
            _ => run,
        }
    }

    /// Every way out of a run, in order of place.
    pub fn exits(self, run: ExprId) -> Vec<Exit> {
        let mut exits = Vec::new();
        for id in self.body.descendants_here(run) {
            match self.body.kind(id) {
                ExprKind::Return(value) => exits.push(Exit { kind: ExitKind::Return(*value), at: id }),
                ExprKind::Try(operand) if !self.inside_try_block(id, run) => {
                    exits.push(Exit { kind: ExitKind::Question(*operand), at: id })
                }
                ExprKind::Macro(call) => match self.types.words().meaning(call) {
                    Meaning::Return | Meaning::Ensure => exits.push(Exit { kind: ExitKind::Bail, at: id }),
                    _ => {}
                },
                _ => {}
            }
        }
        self.tails(self.block_of(run), &mut exits);
        exits.sort_by_key(|exit| self.body.range(exit.at));
        exits
    }

    fn inside_try_block(self, id: ExprId, run: ExprId) -> bool {
        let outer = self.body.ancestors(id).take_while(|&outer| outer != run);
        outer.into_iter().any(
            |outer| matches!(self.body.kind(outer), ExprKind::Block(block) if block.kind == BlockKind::Try),
        )
    }

    /// The expressions whose value is the value of this one.
    fn tails(self, id: ExprId, exits: &mut Vec<Exit>) {
        match self.body.kind(id) {
            ExprKind::Block(block) => match block.tail {
                // A future that is made and handed on: its own exits are another matter.
                Some(tail) if self.body.is_own_body(tail) => {
                    exits.push(Exit { kind: ExitKind::Tail, at: tail })
                }
                Some(tail) => self.tails(tail, exits),
                None if self.leaves_before_end(block) => {}
                None => exits.push(Exit { kind: ExitKind::End, at: id }),
            },
            ExprKind::If { then, otherwise, .. } => match otherwise {
                Some(otherwise) => {
                    self.tails(*then, exits);
                    self.tails(*otherwise, exits);
                }
                None => exits.push(Exit { kind: ExitKind::End, at: id }),
            },
            ExprKind::Match { arms, .. } => arms.iter().for_each(|arm| self.tails(arm.body, exits)),
            ExprKind::Select(select) => {
                select.arms.iter().for_each(|arm| self.tails(arm.handler, exits));
                select.otherwise.into_iter().for_each(|handler| self.tails(handler, exits));
            }
            ExprKind::Loop(it) => {
                let breaks = self.breaks_of(id);
                match it.kind {
                    LoopKind::Loop => {
                        for at in breaks {
                            match self.body.kind(at) {
                                ExprKind::Break { value: Some(value), .. } => self.tails(*value, exits),
                                _ => exits.push(Exit { kind: ExitKind::End, at: id }),
                            }
                        }
                    }
                    LoopKind::While(_) | LoopKind::For { .. } => {
                        if !self.is_while_true(it) {
                            exits.push(Exit { kind: ExitKind::End, at: id });
                        }
                    }
                }
            }
            ExprKind::Return(_) | ExprKind::Break { .. } | ExprKind::Continue { .. } | ExprKind::Try(_) => {
                if let ExprKind::Try(_) = self.body.kind(id) {
                    exits.push(Exit { kind: ExitKind::Tail, at: id });
                }
            }
            ExprKind::Macro(call) => match (&call.content, self.types.words().meaning(call)) {
                (_, Meaning::Return | Meaning::Panic) => {}
                (MacroContent::Code(block), Meaning::None) => self.tails(*block, exits),
                _ => exits.push(Exit { kind: ExitKind::Tail, at: id }),
            },
            _ if *self.types.of(id) == Ty::Never => {}
            _ => exits.push(Exit { kind: ExitKind::Tail, at: id }),
        }
    }

    fn leaves_before_end(self, block: &crate::hir::Block) -> bool {
        block.stmts.iter().any(|stmt| match stmt {
            Stmt::Expr(expr) => self.never_completes(*expr),
            Stmt::Let(it) => it.init.is_some_and(|init| self.never_completes(init)),
            Stmt::Item => false,
        })
    }

    /// `Ok(..)`, `return Ok(..)`, or the end of a run that gives nothing.
    pub fn is_success(self, exit: Exit) -> bool {
        match exit.kind {
            ExitKind::Tail => self.is_ok(exit.at) || self.types.of(exit.at).is_unit(),
            ExitKind::Return(Some(value)) => self.is_ok(value) || self.types.of(value).is_unit(),
            ExitKind::Return(None) | ExitKind::End => true,
            ExitKind::Question(_) | ExitKind::Bail => false,
        }
    }

    /// Whether control is certain not to go past an expression: it returns, jumps, panics, exits, or loops for ever.
    pub fn never_completes(self, id: ExprId) -> bool {
        match self.body.kind(id) {
            ExprKind::Return(_) | ExprKind::Break { .. } | ExprKind::Continue { .. } => true,
            ExprKind::Block(block) if !block.kind.is_own_body() && block.label.is_none() => {
                self.leaves_before_end(block) || block.tail.is_some_and(|tail| self.never_completes(tail))
            }
            ExprKind::If { condition, then, otherwise } => {
                self.never_completes(*condition)
                    || (self.never_completes(*then) && otherwise.is_some_and(|it| self.never_completes(it)))
            }
            ExprKind::Match { scrutinee, arms } => {
                self.never_completes(*scrutinee)
                    || (!arms.is_empty() && arms.iter().all(|arm| self.never_completes(arm.body)))
            }
            ExprKind::Loop(it) => self.is_unconditional(it) && self.breaks_of(id).is_empty(),
            ExprKind::Macro(call) => {
                matches!(self.types.words().meaning(call), Meaning::Panic | Meaning::Return)
            }
            ExprKind::Await(inner) | ExprKind::Try(inner) => {
                self.never_completes(*inner) || *self.types.of(id) == Ty::Never
            }
            ExprKind::Call { .. } | ExprKind::MethodCall { .. } => *self.types.of(id) == Ty::Never,
            _ => false,
        }
    }

    /// Whether this is a closure that the adaptor it is given to calls there and then: `iter.map(|x| ..)`.
    pub fn is_called_at_once(self, closure: ExprId) -> bool {
        let adaptor = self.body.parent(closure).map(|outer| self.body.kind(outer));
        matches!(self.body.kind(closure), ExprKind::Closure(_))
            && matches!(adaptor, Some(ExprKind::MethodCall { name, .. }) if methods::closure_use(name).is_some())
    }

    /// The run that an expression is part of; closures of adaptors belong to the run around them.
    pub fn run_of(self, id: ExprId) -> ExprId {
        let outer = self
            .body
            .ancestors(id)
            .find(|&outer| self.body.is_own_body(outer) && !self.is_called_at_once(outer));
        outer.unwrap_or(self.body.root)
    }

    /// Whether a future made in place is what the function gives, boxed or not: `async move { .. }.boxed()` at its end.
    pub fn is_given_back(self, future: ExprId) -> bool {
        let mut inner = future;
        for outer in self.body.ancestors(future) {
            let goes_on = match self.body.kind(outer) {
                ExprKind::Return(_) => return self.run_of(outer) == self.body.root,
                ExprKind::Block(block) => block.tail == Some(inner) && !block.kind.is_own_body(),
                ExprKind::If { condition, .. } => *condition != inner,
                ExprKind::Match { scrutinee, .. } => *scrutinee != inner,
                ExprKind::MethodCall { .. } | ExprKind::Call { .. } => {
                    self.types.external(outer).is_some_and(|path| wrapper(&path).is_some())
                }
                _ => false,
            };
            if !goes_on {
                return false;
            }
            inner = outer;
        }
        future != self.body.root
    }

    /// What a run evaluates, closures of adaptors included.
    pub fn evaluated(self, run: ExprId) -> Vec<ExprId> {
        let mut all: Vec<ExprId> = self.body.descendants_here(run).collect();
        let mut next = 0;
        while let Some(&id) = all.get(next) {
            if id != run && self.is_called_at_once(id) {
                all.extend(self.body.descendants_here(id).skip(1));
            }
            next += 1;
        }
        all
    }

    /// Whether a call starts a task: of a library, or a function that the project calls a spawner.
    pub fn starts_task(self, call: ExprId) -> bool {
        self.types.external(call).is_some_and(|path| spawner(&path).is_some()) || self.calls_spawner(call)
    }

    fn calls_spawner(self, call: ExprId) -> bool {
        let words = self.types.words();
        !words.spawners().is_empty() && words.of_callee(self.types.callee(call), Word::Spawner)
    }

    /// What a call that starts a task is given to run. Of a function that the project calls a spawner it is the argument that
    /// can.
    pub fn started(self, call: ExprId) -> Option<ExprId> {
        let (ExprKind::Call { args, .. } | ExprKind::MethodCall { args, .. }) = self.body.kind(call) else {
            return None;
        };
        if let Some(row) = self.types.external(call).and_then(|path| spawner(&path)) {
            return args.get(row.argument?).copied();
        }
        let can_run = |arg: &ExprId| matches!(self.types.of(*arg), Ty::Future(_) | Ty::Callable(_));
        args.iter().copied().find(can_run).filter(|_| self.calls_spawner(call))
    }

    /// The call that blocks until the async block is done: `runtime.block_on(async { .. })`.
    pub fn call_that_blocks_on(self, block: ExprId) -> Option<ExprId> {
        let call = self.body.parent(block).filter(|_| self.body.is_own_body(block))?;
        called_name(self, call).filter(|name| methods::blocks_on(name)).map(|_| call)
    }

    pub fn is_blocked_on(self, block: ExprId) -> bool {
        self.call_that_blocks_on(block).is_some()
    }

    /// What is evaluated after an expression when it completes, up to the end of its run: the statements behind it in the
    /// blocks around it. What comes round again in a loop is not among it.
    pub fn after(self, id: ExprId) -> Vec<ExprId> {
        let mut later = Vec::new();
        let mut inner = id;
        for outer in self.body.ancestors(id) {
            if let ExprKind::Block(block) = self.body.kind(outer) {
                let end = self.range(inner).end;
                let stmts = block.stmts.iter().flat_map(|stmt| match stmt {
                    Stmt::Let(it) => it.init,
                    Stmt::Expr(expr) => Some(*expr),
                    Stmt::Item => None,
                });
                later.extend(stmts.chain(block.tail).filter(|&stmt| self.range(stmt).start >= end));
            }
            if self.body.is_own_body(outer) {
                break;
            }
            inner = outer;
        }
        later
    }

    /// Whether what comes next leaves the run with a failure: `return Err(..)`, `bail!(..)`, a panic.
    pub fn fails_after(self, id: ExprId) -> bool {
        let later = self.after(id);
        let leaving =
            later.iter().copied().find(|&next| self.never_completes(next)).or(later.last().copied());
        leaving.is_some_and(|next| match self.body.kind(next) {
            ExprKind::Macro(call) => {
                matches!(self.types.words().meaning(call), Meaning::Panic | Meaning::Return)
            }
            _ => self.returns_error(next) || self.is_err(next),
        })
    }

    /// Whether two places are never both run by one run of the code: they lie in different arms or branches, or in one that
    /// leaves and behind it.
    pub fn exclude_each_other(self, a: ExprId, b: ExprId) -> bool {
        let path: Vec<ExprId> = std::iter::once(a).chain(self.body.ancestors(a)).collect();
        let mut inner = b;
        for outer in std::iter::once(b).chain(self.body.ancestors(b)) {
            if let Some(at) = path.iter().position(|&id| id == outer) {
                let branches = at > 0 && inner != outer && self.are_branches(outer, path[at - 1], inner);
                return branches || self.leaves_between(a, outer, b) || self.leaves_between(b, outer, a);
            }
            inner = outer;
        }
        false
    }

    fn are_branches(self, of: ExprId, a: ExprId, b: ExprId) -> bool {
        let is_branch = |id: ExprId| match self.body.kind(of) {
            ExprKind::If { then, otherwise, .. } => *then == id || *otherwise == Some(id),
            ExprKind::Match { arms, .. } => arms.iter().any(|arm| arm.body == id),
            _ => false,
        };
        a != b && is_branch(a) && is_branch(b)
    }

    /// Whether the first place lies in a branch, inside of what is around both, that never comes to the second.
    fn leaves_between(self, first: ExprId, around: ExprId, second: ExprId) -> bool {
        let mut inner = first;
        for outer in self.body.ancestors(first).take_while(|&outer| outer != around) {
            if self.range(inner).end <= self.range(second).start
                && matches!(self.body.kind(outer), ExprKind::If { .. } | ExprKind::Match { .. })
                && !self.is_head(outer, inner)
                && self.never_completes(inner)
            {
                return true;
            }
            inner = outer;
        }
        false
    }

    /// The condition of an `if`, the scrutinee of a `match`.
    fn is_head(self, outer: ExprId, inner: ExprId) -> bool {
        match self.body.kind(outer) {
            ExprKind::If { condition, .. } => *condition == inner,
            ExprKind::Match { scrutinee, .. } => *scrutinee == inner,
            _ => false,
        }
    }

    /// The `break`s that leave a loop.
    pub fn breaks_of(self, of: ExprId) -> Vec<ExprId> {
        let inside = self.body.descendants_here(of);
        inside
            .filter(|&id| match self.body.kind(id) {
                ExprKind::Break { label, .. } => self.body.target_of_jump(id, *label) == Some(of),
                _ => false,
            })
            .collect()
    }

    /// `loop`, `while true`.
    pub fn is_unconditional(self, it: &Loop) -> bool {
        matches!(it.kind, LoopKind::Loop) || self.is_while_true(it)
    }

    fn is_while_true(self, it: &Loop) -> bool {
        matches!(it.kind, LoopKind::While(condition) if matches!(self.body.kind(condition), ExprKind::Literal(Literal::Bool(true))))
    }

    /// The loops of a run, its own ones only, outer before inner.
    pub fn loops(self, run: ExprId) -> impl Iterator<Item = (ExprId, &'b Loop)> {
        self.body.descendants_here(run).filter_map(move |id| match self.body.kind(id) {
            ExprKind::Loop(it) => Some((id, it)),
            _ => None,
        })
    }

    /// Whether a loop is meant to turn as long as the process lives: unconditional, and left only with an error, or where
    /// something outside asks it to stop or is gone.
    pub fn is_endless(self, id: ExprId) -> bool {
        self.ends_of_work(id).is_some_and(|ends| ends.is_empty())
    }

    /// `loop`, `while true`, `while !stopping()`.
    pub fn turns_on(self, id: ExprId) -> bool {
        let ExprKind::Loop(it) = self.body.kind(id) else { return false };
        match it.kind {
            LoopKind::Loop => true,
            LoopKind::While(condition) => self.is_while_true(it) || self.is_stop_flag(condition),
            LoopKind::For { .. } => false,
        }
    }

    /// The ways out of an unconditional loop that are neither an error nor a stop: there its work is done.
    pub fn ends_of_work(self, id: ExprId) -> Option<Vec<ExprId>> {
        if !self.turns_on(id) {
            return None;
        }
        let mut ways_out = self.breaks_of(id);
        ways_out.extend(
            self.body
                .descendants_here(id)
                .filter(|&inner| matches!(self.body.kind(inner), ExprKind::Return(_))),
        );
        // `break 'outer` leaves this loop too.
        ways_out.extend(self.body.descendants_here(id).filter(|&inner| {
            match self.body.kind(inner) {
                ExprKind::Break { label: label @ Some(_), .. }
                | ExprKind::Continue { label: label @ Some(_) } => self
                    .body
                    .target_of_jump(inner, *label)
                    .is_some_and(|target| target != id && !self.is_inside(target, id)),
                _ => false,
            }
        }));
        ways_out.retain(|&out| {
            !self.returns_error(out)
                && !self.is_asked_to_stop(out, id)
                && self.error_arm_around(out, id).is_none()
        });
        Some(ways_out)
    }

    /// The arm or branch for an error that a place lies in, inside a loop or run: `Err(e) => ..`, `if let Err(e) = ..`.
    pub fn error_arm_around(self, place: ExprId, within: ExprId) -> Option<ExprId> {
        let mut inner = place;
        for outer in self.body.ancestors(place).take_while(|&outer| outer != within) {
            match self.body.kind(outer) {
                ExprKind::Match { arms, .. }
                    if arms.iter().any(|arm| arm.body == inner && self.matches_error(arm.pat)) =>
                {
                    return Some(inner);
                }
                ExprKind::If { condition, then, .. } if *then == inner => {
                    if let ExprKind::Let { pat, .. } = self.body.kind(*condition)
                        && self.matches_error(*pat)
                    {
                        return Some(inner);
                    }
                }
                _ => {}
            }
            inner = outer;
        }
        None
    }

    fn matches_error(self, pat: PatId) -> bool {
        match &self.body.pat(pat).kind {
            PatKind::TupleStruct { path, fields } => {
                path.last().name == "Err" || fields.iter().any(|&field| self.matches_error(field))
            }
            _ => false,
        }
    }

    /// Whether an expression is, or lies in, another.
    pub fn is_inside(self, inner: ExprId, outer: ExprId) -> bool {
        inner == outer || self.body.ancestors(inner).any(|id| id == outer)
    }

    /// `return Err(..)`.
    pub fn returns_error(self, id: ExprId) -> bool {
        match self.body.kind(id) {
            ExprKind::Return(Some(value)) => self.is_err(*value),
            _ => false,
        }
    }

    /// `break Err(..)`.
    pub fn breaks_with_error(self, id: ExprId) -> bool {
        match self.body.kind(id) {
            ExprKind::Break { value: Some(value), .. } => self.is_err(*value),
            _ => false,
        }
    }

    /// `Err(..)`, `Err(..)?`, `x.into_err()` is not looked through.
    pub fn is_err(self, id: ExprId) -> bool {
        match self.body.kind(id) {
            ExprKind::Call { .. } => self.types.external(id).is_some_and(|name| name == names::ERR),
            _ => false,
        }
    }

    /// `Ok(..)`.
    pub fn is_ok(self, id: ExprId) -> bool {
        match self.body.kind(id) {
            ExprKind::Call { .. } => self.types.external(id).is_some_and(|name| name == names::OK),
            _ => false,
        }
    }

    /// Whether a way out of a loop is taken because of a stop signal or because the other side of a channel is gone: it lies
    /// in an arm of a `select!`, in an arm or branch for the end of a channel, or under a condition that names a stop.
    pub fn is_asked_to_stop(self, out: ExprId, of: ExprId) -> bool {
        let mut inner = out;
        for outer in self.body.ancestors(out).take_while(|&outer| outer != of) {
            match self.body.kind(outer) {
                ExprKind::Select(_) => return true,
                ExprKind::If { condition, .. } if *condition != inner && self.speaks_of_stop(*condition) => {
                    return true;
                }
                ExprKind::Match { scrutinee, .. }
                    if *scrutinee != inner
                        && (self.speaks_of_stop(*scrutinee)
                            || (self.receives(*scrutinee) && !self.accepts(*scrutinee))) =>
                {
                    return true;
                }
                ExprKind::Block(block) => {
                    // `let Some(x) = rx.recv().await else { break };`
                    let in_else = block.stmts.iter().any(|stmt| match stmt {
                        Stmt::Let(it) => {
                            it.otherwise == Some(inner)
                                && it
                                    .init
                                    .is_some_and(|init| self.receives(init) || self.speaks_of_stop(init))
                        }
                        Stmt::Expr(_) | Stmt::Item => false,
                    });
                    if in_else {
                        return true;
                    }
                }
                _ => {}
            }
            inner = outer;
        }
        false
    }

    /// Whether a loop is left when its work is done: in an arm of a `select!` that waits neither for a stop nor for the end of
    /// a channel.
    pub fn is_left_by_work(self, of: ExprId) -> bool {
        let is_in_arm_for_work = |out: ExprId| {
            let mut inner = out;
            self.body.ancestors(out).take_while(|&outer| outer != of).any(|outer| {
                let handler = std::mem::replace(&mut inner, outer);
                match self.body.kind(outer) {
                    ExprKind::Select(select) => select.arms.iter().any(|arm| {
                        arm.handler == handler
                            && !self.speaks_of_stop(arm.future)
                            && !self.receives(arm.future)
                    }),
                    _ => false,
                }
            })
        };
        let returns = self
            .body
            .descendants_here(of)
            .filter(|&id| matches!(self.body.kind(id), ExprKind::Return(_)) && !self.returns_error(id));
        self.breaks_of(of)
            .into_iter()
            .chain(returns)
            .any(|out| self.error_arm_around(out, of).is_none() && is_in_arm_for_work(out))
    }

    /// Whether a loop asks a person for the next line: it lives as long as the person wants, who sees what goes wrong.
    pub fn asks_person(self, id: ExprId) -> bool {
        self.body.descendants_here(id).any(|id| match self.body.kind(id) {
            ExprKind::MethodCall { .. } | ExprKind::Call { .. } => {
                called_name(self, id).is_some_and(|name| asks_for_line(&name))
            }
            _ => false,
        })
    }

    /// As `asks_person`, by whatever means: of what reads from the terminal, and prints before.
    pub fn prompts(self, id: ExprId) -> bool {
        let prints = |id: ExprId| matches!(self.body.kind(id), ExprKind::Macro(call) if prints(&call.path.last().name));
        let reads = |id: ExprId| self.types.external(id).is_some_and(|path| reads_lines(&path));
        self.asks_person(id)
            || (self.body.descendants_here(id).any(reads) && self.body.descendants_here(id).any(prints))
    }

    /// Whether an expression waits for a message of a channel or stream.
    pub fn receives(self, id: ExprId) -> bool {
        self.body.descendants_here(id).any(|id| match self.body.kind(id) {
            ExprKind::MethodCall { name, .. } => methods::is_receive(name),
            _ => false,
        })
    }

    /// A condition that only looks whether to stop: no pattern, no comparison of data.
    fn is_stop_flag(self, condition: ExprId) -> bool {
        let is_plain = self
            .body
            .descendants_here(condition)
            .all(|id| !matches!(self.body.kind(id), ExprKind::Let { .. } | ExprKind::Binary { .. }));
        is_plain && self.speaks_of_stop(condition)
    }

    /// `token.cancel()`, `stop_tx.send(())`, `stop.store(true, ..)`.
    pub fn asks_to_stop(self, id: ExprId) -> bool {
        match self.body.kind(id) {
            ExprKind::MethodCall { name, receiver, args, .. } if *name == "store" => {
                args.first().is_some_and(|&value| match self.body.kind(value) {
                    ExprKind::Literal(Literal::Bool(value)) => self.looks_at_stop(*receiver) == Some(*value),
                    _ => false,
                })
            }
            ExprKind::MethodCall { name, receiver, .. } => {
                methods::stops_tasks(name) || (methods::names_send(name) && self.speaks_of_stop(*receiver))
            }
            _ => false,
        }
    }

    /// Whether a stop was waited for, or asked for, before a place of a run, or before the block that the run is.
    pub fn is_after_stop_request(self, place: ExprId) -> bool {
        std::iter::successors(Some(place), |&inner| self.body.own_body_of(inner))
            .any(|inner| self.is_stop_between(0, inner))
    }

    /// Whether the run that a place is part of waits for a stop, or asks for one, behind an offset and before the place.
    pub fn is_stop_between(self, offset: u32, place: ExprId) -> bool {
        let run = self.body.own_body_of(place).unwrap_or(self.body.root);
        let end = self.range(place).start;
        self.body.descendants_here(run).any(|id| {
            let range = self.range(id);
            offset <= range.start
                && range.end <= end
                && (self.asks_to_stop(id) || self.waits_for_stop(id, place))
        })
    }

    /// `ctrl_c().await`, `token.cancelled().await`, a `select!` with an arm for one of these that leads on to a place,
    /// `while !stop.load(..) { .. }`.
    fn waits_for_stop(self, id: ExprId, place: ExprId) -> bool {
        match self.body.kind(id) {
            ExprKind::Loop(it) => match it.kind {
                LoopKind::While(condition) => {
                    self.asks_whether_to_stop(condition)
                        && self.breaks_of(id).into_iter().all(|out| self.is_asked_to_stop(out, id))
                }
                LoopKind::Loop | LoopKind::For { .. } => false,
            },
            ExprKind::Await(inner) => self.is_stop_signal(*inner),
            ExprKind::Select(select) => {
                let mut arms = select.arms.iter();
                arms.any(|arm| self.is_stop_signal(arm.future) && self.leads_on(arm.handler, place))
            }
            _ => false,
        }
    }

    /// A condition that is nothing but a look at a token or flag that others set.
    fn asks_whether_to_stop(self, condition: ExprId) -> bool {
        self.is_stop_flag(condition)
            && self.body.descendants_here(condition).any(|id| match self.body.kind(id) {
                ExprKind::MethodCall { receiver, name, .. } => {
                    *name == "is_cancelled" || (*name == "load" && self.looks_at_stop(*receiver).is_some())
                }
                _ => false,
            })
    }

    /// Whether a future is waited for together with a signal, so that what comes behind comes after that signal:
    /// `join!(handle_signals(), work())`.
    pub fn is_joined_with_signal(self, future: ExprId) -> bool {
        let is_signal = |of: ExprId| {
            self.is_stop_signal(of) || called_name(self, of).is_some_and(|name| sounds_like_signal(&name))
        };
        std::iter::once(future).chain(self.body.ancestors(future)).any(|outer| match self.body.kind(outer) {
            ExprKind::Join { futures, .. } => futures.iter().any(|&of| is_signal(of)),
            _ => false,
        })
    }

    /// Whether control comes from a handler to a place behind it: it goes on, or breaks a loop that the place is not in.
    fn leads_on(self, handler: ExprId, place: ExprId) -> bool {
        let leaves_to_place = |id: ExprId| match self.body.kind(id) {
            ExprKind::Break { label, .. } => {
                self.body.target_of_jump(id, *label).is_some_and(|target| !self.is_inside(place, target))
            }
            _ => false,
        };
        !self.never_completes(handler) || self.body.descendants_here(handler).any(leaves_to_place)
    }

    /// Whether a future is there when a stop is asked for. It may be a block that makes the signal and waits for it.
    fn is_stop_signal(self, future: ExprId) -> bool {
        self.looks_at_stop(future) == Some(true)
            || (self.body.is_own_body(future)
                && self.body.descendants_here(future).any(|id| match self.body.kind(id) {
                    ExprKind::Await(inner) => self.looks_at_stop(*inner) == Some(true),
                    _ => false,
                }))
    }

    /// Whether an expression waits for a connection: its error is no end of anything.
    pub fn accepts(self, id: ExprId) -> bool {
        self.body
            .descendants_here(id)
            .any(|id| matches!(self.body.kind(id), ExprKind::MethodCall { name, .. } if *name == "accept"))
    }

    /// Whether an expression is a stop signal, or what is read from one: `token`, `stop.load(..)`, `rx_stop.try_recv()`. The
    /// answer is whether it says "stop" where it is true, `Ok` or `Some`: `running.load(..)` says so where it is false. What
    /// is given to a call tells nothing: `run(token.clone())` runs on.
    pub fn looks_at_stop(self, id: ExprId) -> Option<bool> {
        let says = |name: &str| methods::names_stop(name).then(|| !methods::names_running(name));
        let here = match self.body.kind(id) {
            ExprKind::Local(local) => says(&self.body.local(*local).name),
            ExprKind::Field { name, .. } | ExprKind::MethodCall { name, .. } => says(name),
            ExprKind::Path(path) => says(&path.last().name),
            _ => None,
        };
        here.or_else(|| match self.body.kind(id) {
            ExprKind::Await(inner)
            | ExprKind::Try(inner)
            | ExprKind::Deref(inner)
            | ExprKind::Ref { inner, .. }
            | ExprKind::Field { base: inner, .. }
            | ExprKind::MethodCall { receiver: inner, .. }
            | ExprKind::Call { callee: inner, .. } => self.looks_at_stop(*inner),
            ExprKind::Binary { op: BinaryOp::Compare, left, right } => {
                self.looks_at_stop(*left).or_else(|| self.looks_at_stop(*right))
            }
            ExprKind::Macro(call) => match &call.content {
                MacroContent::Matches { value, .. } => self.looks_at_stop(*value),
                _ => None,
            },
            _ => None,
        })
    }

    /// Whether an expression names a stop signal.
    pub fn speaks_of_stop(self, id: ExprId) -> bool {
        self.body.descendants_here(id).any(|id| match self.body.kind(id) {
            ExprKind::Local(local) => methods::names_stop(&self.body.local(*local).name),
            ExprKind::Field { name, .. } | ExprKind::MethodCall { name, .. } => methods::names_stop(name),
            ExprKind::Path(path) => path.segments.iter().any(|segment| methods::names_stop(&segment.name)),
            _ => false,
        }) || self.is_called_stop(id)
    }

    /// Whether an expression names the wish that something stop, rather than that something has ended.
    pub fn names_wish_to_stop(self, id: ExprId) -> bool {
        self.body.descendants_here(id).any(|id| match self.body.kind(id) {
            ExprKind::Local(local) => methods::names_wish_to_stop(&self.body.local(*local).name),
            ExprKind::Field { name, .. } | ExprKind::MethodCall { name, .. } => {
                methods::names_wish_to_stop(name)
            }
            ExprKind::Path(path) => methods::names_wish_to_stop(&path.last().name),
            _ => false,
        }) || self.is_called_stop(id)
    }

    /// As `speaks_of_stop`; also where that is in a block or closure inside.
    pub fn holds_stop(self, id: ExprId) -> bool {
        self.body
            .descendants(id)
            .any(|inner| (inner == id || self.body.is_own_body(inner)) && self.speaks_of_stop(inner))
    }

    /// Whether the project says that something here waits for, or is, its wish to stop.
    fn is_called_stop(self, id: ExprId) -> bool {
        let words = self.types.words();
        self.body.descendants_here(id).any(|id| {
            words.of_callee(self.types.callee(id), Word::ShutdownSignal)
                || words.of_type(self.types.of(id), Word::ShutdownSignal)
        })
    }

    /// Whether an expression, or what runs inside it, tells a person of something: a log macro, a print, a report.
    pub fn logs(self, id: ExprId) -> bool {
        self.body.descendants(id).any(|id| match self.body.kind(id) {
            ExprKind::Macro(call) => {
                matches!(self.types.words().meaning(call), Meaning::Log(_) | Meaning::Print)
            }
            ExprKind::MethodCall { name, .. } => methods::names_report(name),
            // Called, or handed to an adaptor that calls it: `map_err(report)`.
            ExprKind::Path(path) => methods::names_report(&path.last().name),
            _ => false,
        })
    }

    /// Whether an expression is certain to end the process or the thread: a panic, `exit`, `abort`.
    pub fn is_fatal(self, id: ExprId) -> bool {
        self.body.descendants(id).any(|id| match self.body.kind(id) {
            ExprKind::Macro(call) => self.types.words().meaning(call) == Meaning::Panic,
            ExprKind::Call { .. } => *self.types.of(id) == Ty::Never,
            _ => false,
        })
    }

    /// Whether a run may end at an expression with a failure: `?`, `unwrap()`, `return`, a macro that leaves or panics.
    pub fn may_give_up(self, id: ExprId) -> bool {
        self.may_leave(id) || self.may_panic(id)
    }

    /// `?`, `return`, `bail!(..)`.
    pub fn may_leave(self, id: ExprId) -> bool {
        matches!(self.body.kind(id), ExprKind::Try(_) | ExprKind::Return(_)) || self.leaves_by_macro(id)
    }

    /// `unwrap()`, `expect(..)`, `panic!(..)`.
    pub fn may_panic(self, id: ExprId) -> bool {
        match self.body.kind(id) {
            ExprKind::MethodCall { name, .. } => matches!(name.as_str(), "unwrap" | "expect"),
            ExprKind::Macro(call) => self.types.words().meaning(call) == Meaning::Panic,
            _ => false,
        }
    }

    /// `std::process::exit(1)`, `abort()`: a call that never comes back.
    pub fn is_process_exit(self, id: ExprId) -> bool {
        matches!(self.body.kind(id), ExprKind::Call { .. }) && *self.types.of(id) == Ty::Never
    }

    /// Whether a statement before this place, in the innermost block around it, logs or hands the error on.
    pub fn told_just_before(self, id: ExprId) -> bool {
        let mut inner = id;
        for outer in self.body.ancestors(id) {
            if let ExprKind::Block(block) = self.body.kind(outer) {
                let place = self.body.range(inner);
                return block.stmts.iter().any(|stmt| match stmt {
                    Stmt::Expr(expr) => self.body.range(*expr).end <= place.start && self.tells(*expr),
                    Stmt::Let(it) => {
                        it.range.end <= place.start && it.init.is_some_and(|init| self.tells(init))
                    }
                    Stmt::Item => false,
                });
            }
            if self.body.is_own_body(outer) {
                return false;
            }
            inner = outer;
        }
        false
    }

    /// Whether a closure given to an adaptor of errors deals with them: it tells somebody, or does not come back.
    pub fn deals_with_error(self, args: &[ExprId]) -> bool {
        args.iter().any(|&arg| self.tells(arg) || self.is_fatal(arg))
    }

    /// Whether something is logged as a warning or an error, or printed.
    pub fn complains(self, id: ExprId) -> bool {
        self.body.descendants(id).any(|id| match self.body.kind(id) {
            ExprKind::Macro(call) => match self.types.words().meaning(call) {
                Meaning::Log(level) => matches!(level, LogLevel::Warn | LogLevel::Error),
                Meaning::Print => true,
                _ => false,
            },
            _ => false,
        })
    }

    /// Logs, or sends to somebody.
    pub fn tells(self, id: ExprId) -> bool {
        self.logs(id)
            || self.body.descendants(id).any(|id| match self.body.kind(id) {
                ExprKind::MethodCall { name, .. } => methods::names_send(name),
                _ => false,
            })
    }

    /// `bail!(..)`, `ensure!(..)`.
    pub fn leaves_by_macro(self, id: ExprId) -> bool {
        match self.body.kind(id) {
            ExprKind::Macro(call) => {
                matches!(self.types.words().meaning(call), Meaning::Return | Meaning::Ensure)
            }
            _ => false,
        }
    }

    /// Whether a run can wait: it has an `await` of its own.
    pub fn awaits(self, id: ExprId) -> bool {
        self.body.descendants_here(id).any(|id| {
            matches!(self.body.kind(id), ExprKind::Await(_) | ExprKind::Select(_) | ExprKind::Join { .. })
        })
    }

    pub fn range(self, id: ExprId) -> TextRange {
        self.body.range(id)
    }
}
