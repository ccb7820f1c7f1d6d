//! The walk through a body in order of evaluation. See the module around it.

use rustc_hash::FxHashMap;

use super::{Fact, LoopWays, Path, Paths, Returns, Side, Way, WayKind, Ways};
use crate::hir::{
    BinaryOp, BlockKind, ExprId, ExprKind, Literal, LocalId, Loop, LoopKind, MacroContent, PatId, PatKind,
    Select, Stmt,
};
use crate::knowledge::macros::Meaning;
use crate::knowledge::methods::{self, ErrorAdaptor};
use crate::knowledge::names;
use crate::semantics::{Callee, Ty, Typed, Workspace};

/// Walks through a run. Calls of functions of the workspace are followed `depth` deep.
pub(super) fn ways(workspace: &Workspace<'_>, typed: Typed<'_>, run: ExprId, depth: usize) -> Ways {
    let mut walk = Walk {
        workspace,
        typed,
        depth,
        is_async: typed.awaits(run),
        frames: Vec::new(),
        sources: FxHashMap::default(),
        ways: Ways::default(),
    };
    walk.ways.returns = walk.run(run, Paths::start());
    walk.ways
}

/// How deep the sides of a variable's value are told apart: `Ok(Some(Err(..)))`. Nothing takes a value further apart, and one
/// that is wrapped again and again would have no end.
const TOLD_APART: usize = 3;

/// The ways to where an expression has its value: apart for the two sides of the value where they can be told apart.
#[derive(Clone, Debug)]
pub(super) enum After {
    One(Paths),
    /// `Ok` and `Err`, `Some` and `None`, true and false. What the inner value tells is in the good side.
    Two(Box<After>, Box<After>),
}

impl After {
    pub fn two(good: Paths, bad: Paths) -> After {
        After::Two(Box::new(After::One(good)), Box::new(After::One(bad)))
    }

    pub fn never() -> After {
        After::One(Paths::none())
    }

    pub fn all(self) -> Paths {
        match self {
            After::One(paths) => paths,
            After::Two(good, bad) => good.all().or(bad.all()),
        }
    }

    /// Both sides; where they are not told apart, each has all the ways.
    pub fn sides(self) -> (After, After) {
        match self {
            After::One(paths) => (After::One(paths.clone()), After::One(paths)),
            After::Two(good, bad) => (*good, *bad),
        }
    }

    pub fn map(self, change: &impl Fn(Paths) -> Paths) -> After {
        match self {
            After::One(paths) => After::One(change(paths)),
            After::Two(good, bad) => After::Two(Box::new(good.map(change)), Box::new(bad.map(change))),
        }
    }

    /// The most that any side has of something.
    fn most_on_a_side<T: Ord>(&self, of: &impl Fn(&Paths) -> T) -> T {
        match self {
            After::One(paths) => of(paths),
            After::Two(good, bad) => good.most_on_a_side(of).max(bad.most_on_a_side(of)),
        }
    }

    /// Sides within sides are told apart so deep, and no deeper.
    fn up_to_depth(self, depth: usize) -> After {
        match (self, depth.checked_sub(1)) {
            (After::Two(good, bad), Some(depth)) => {
                After::Two(Box::new(good.up_to_depth(depth)), Box::new(bad.up_to_depth(depth)))
            }
            (value, _) => After::One(value.all()),
        }
    }

    pub fn with(self, fact: Fact, place: ExprId) -> After {
        self.map(&|paths| paths.with(fact, place))
    }

    fn swapped(self) -> After {
        match self {
            After::One(_) => self,
            After::Two(good, bad) => After::Two(bad, good),
        }
    }

    /// Of an `Option<Result>` the `Result<Option>`, and the other way round.
    fn transposed(self) -> After {
        match self {
            After::One(_) => self,
            After::Two(good, outer) => {
                let (value, inner) = good.sides();
                After::Two(Box::new(After::Two(Box::new(value), outer)), Box::new(inner))
            }
        }
    }

    pub fn or(self, other: After) -> After {
        match (self, other) {
            (After::Two(good, bad), After::Two(other_good, other_bad)) => {
                After::Two(Box::new(good.or(*other_good)), Box::new(bad.or(*other_bad)))
            }
            (After::One(paths), other) | (other, After::One(paths)) if paths.is_empty() => other,
            (one, other) => After::One(one.all().or(other.all())),
        }
    }
}

/// What catches a jump.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Target {
    Back(ExprId),
    Out(ExprId),
    Return(Side),
    /// `?` leaves a `try` block, or the run.
    Question(Side),
}

/// Something that jumps lead to, or out of.
struct Frame {
    catches: Catches,
    caught: Vec<(Target, Way)>,
    passing: Vec<(Target, Way)>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Catches {
    Loop(ExprId),
    Block(ExprId),
    Try,
    Run,
}

impl Catches {
    fn catches(self, target: Target) -> bool {
        match (self, target) {
            (Catches::Loop(id), Target::Back(of) | Target::Out(of)) => id == of,
            (Catches::Block(id), Target::Out(of)) => id == of,
            (Catches::Try, Target::Question(_)) => true,
            (Catches::Run, Target::Return(_) | Target::Question(_)) => true,
            _ => false,
        }
    }
}

pub(super) struct Walk<'w, 'a> {
    pub workspace: &'w Workspace<'a>,
    pub typed: Typed<'w>,
    pub depth: usize,
    /// Whether the run awaits anything.
    pub is_async: bool,
    frames: Vec<Frame>,
    /// The ways on which the value of a variable had its sides when it was made.
    sources: FxHashMap<LocalId, After>,
    ways: Ways,
}

impl Walk<'_, '_> {
    /// Walks through a run that begins here.
    fn run(&mut self, run: ExprId, paths: Paths) -> Returns {
        self.frames.push(Frame { catches: Catches::Run, caught: Vec::new(), passing: Vec::new() });
        let value = match self.typed.body.kind(run) {
            ExprKind::Closure(closure) => self.eval(closure.body, paths),
            ExprKind::Block(block) => self.stmts(block, paths),
            _ => self.eval(run, paths),
        };
        self.jump_with(value, run, WayKind::Return, Target::Return);
        let frame = self.frames.pop().expect("it was pushed above");
        let mut returns = Returns::default();
        for (target, way) in frame.caught {
            self.ways.steps += 1;
            let (Target::Return(side) | Target::Question(side)) = target else { continue };
            let paths = match side {
                Side::Good => &mut returns.good,
                Side::Bad => &mut returns.bad,
                Side::Either => &mut returns.either,
            };
            *paths = std::mem::take(paths).or(way.paths);
        }
        returns
    }

    /// An async block that is awaited where it is written.
    pub(super) fn inlined(&mut self, block: ExprId, paths: Paths) -> After {
        self.ways.inlined.push(block);
        let returns = self.run(block, paths);
        let good = returns.good.or(returns.either.clone());
        match returns.bad.is_empty() && returns.either.is_empty() {
            true => After::One(good),
            false => After::two(good, returns.bad.or(returns.either)),
        }
    }

    pub(super) fn eval(&mut self, id: ExprId, paths: Paths) -> After {
        self.ways.steps += 1;
        if paths.is_empty() {
            return After::never();
        }
        let after = self.eval_kind(id, paths);
        match self.typed.body.kind(id) {
            ExprKind::Call { .. } | ExprKind::MethodCall { .. } | ExprKind::Await(_)
                if *self.typed.types.of(id) == Ty::Never =>
            {
                After::never()
            }
            _ => after,
        }
    }

    fn eval_kind(&mut self, id: ExprId, paths: Paths) -> After {
        let body = self.typed.body;
        match body.kind(id) {
            ExprKind::Literal(Literal::Bool(true)) => After::two(paths, Paths::none()),
            ExprKind::Literal(Literal::Bool(false)) => After::two(Paths::none(), paths),
            ExprKind::Local(local) => self.variable(*local, paths),
            ExprKind::Path(path) if path.last().name == "None" => After::two(Paths::none(), paths),
            ExprKind::Receiver
            | ExprKind::Path(_)
            | ExprKind::Literal(_)
            | ExprKind::Opaque
            | ExprKind::Closure(_) => After::One(paths),
            ExprKind::Call { callee, args } => self.call(id, *callee, args, paths),
            ExprKind::MethodCall { receiver, name, args, .. } => {
                self.method_call(id, *receiver, name, args, paths)
            }
            ExprKind::Ref { inner, .. } | ExprKind::Deref(inner) => self.eval(*inner, paths),
            ExprKind::Unary(_) | ExprKind::Let { .. } => self.condition(id, paths),
            ExprKind::Binary { op: BinaryOp::And | BinaryOp::Or, .. } => self.condition(id, paths),
            ExprKind::Assign { place, value, .. } => {
                let value = self.eval(*value, paths);
                if let ExprKind::Local(local) = body.kind(*place) {
                    self.learn(*local, &value);
                    return After::One(value.all());
                }
                After::One(self.eval(*place, value.all()).all())
            }
            ExprKind::Await(inner) => self.awaited(*inner, paths),
            ExprKind::Try(inner) => self.question(id, *inner, paths),
            ExprKind::Block(block) => match block.kind {
                BlockKind::Async | BlockKind::Stream { .. } => After::One(paths),
                BlockKind::Plain if block.label.is_none() => self.stmts(block, paths),
                BlockKind::Plain => self.catching(Catches::Block(id), |walk| walk.stmts(block, paths)),
                BlockKind::Try => self.catching(Catches::Try, |walk| walk.stmts(block, paths)),
            },
            ExprKind::If { condition, then, otherwise } => {
                let (yes, no) = self.condition(*condition, paths).sides();
                let then = self.eval(*then, yes.all());
                let otherwise = match otherwise {
                    Some(otherwise) => self.eval(*otherwise, no.all()),
                    None => After::One(no.all()),
                };
                then.or(otherwise)
            }
            ExprKind::Match { scrutinee, arms } => {
                let mut rest = self.watched(*scrutinee, paths);
                let mut after = After::never();
                for arm in arms {
                    let (matched, others) = self.split(rest, arm.pat);
                    rest = others;
                    let held = match arm.guard {
                        Some(guard) => {
                            let (yes, no) = self.condition(guard, matched).sides();
                            rest = rest.or_unmatched(no.all());
                            yes.all()
                        }
                        None => matched,
                    };
                    after = after.or(self.eval(arm.body, held));
                }
                after
            }
            ExprKind::Loop(it) => self.a_loop(id, it, paths),
            ExprKind::Break { label, value } => {
                let paths = self.optional(*value, paths);
                if let Some(target) = body.target_of_jump(id, *label) {
                    self.jump(Target::Out(target), Way { kind: WayKind::Break, at: id, paths });
                }
                After::never()
            }
            ExprKind::Continue { label } => {
                if let Some(target) = body.target_of_jump(id, *label) {
                    self.jump(Target::Back(target), Way { kind: WayKind::Continue, at: id, paths });
                }
                After::never()
            }
            ExprKind::Return(value) => {
                let value = match value {
                    Some(value) => self.eval(*value, paths),
                    None => After::two(paths, Paths::none()),
                };
                self.jump_with(value, id, WayKind::Return, Target::Return);
                After::never()
            }
            ExprKind::Select(select) => self.select(select, paths),
            ExprKind::Join { fallible, futures } => {
                let mut paths = paths;
                let mut failed = Paths::none();
                for &future in futures {
                    let after = self.awaited(future, paths);
                    paths = match fallible {
                        true => {
                            let (good, bad) = self.as_result(id, after).sides();
                            failed = failed.or(bad.all());
                            good.all()
                        }
                        false => after.all(),
                    };
                }
                if *fallible { After::two(paths, failed) } else { After::One(paths) }
            }
            ExprKind::Macro(call) => self.macro_call(id, call, paths),
            ExprKind::Binary { .. }
            | ExprKind::Field { .. }
            | ExprKind::Index { .. }
            | ExprKind::Cast { .. }
            | ExprKind::Range { .. }
            | ExprKind::Struct { .. }
            | ExprKind::Tuple(_)
            | ExprKind::Array(_) => {
                let mut parts = Vec::new();
                body.for_each_child(id, |child| parts.push(child));
                After::One(self.in_order(parts, paths))
            }
        }
    }

    pub(super) fn in_order(&mut self, ids: impl IntoIterator<Item = ExprId>, paths: Paths) -> Paths {
        ids.into_iter().fold(paths, |paths, id| self.eval(id, paths).all())
    }

    fn optional(&mut self, value: Option<ExprId>, paths: Paths) -> Paths {
        self.in_order(value, paths)
    }

    fn stmts(&mut self, block: &crate::hir::Block, mut paths: Paths) -> After {
        for stmt in &block.stmts {
            match stmt {
                Stmt::Let(it) => {
                    let Some(init) = it.init else { continue };
                    let value = self.watched(init, paths);
                    match it.otherwise {
                        Some(otherwise) => {
                            let (matched, rest) = self.split(value, it.pat);
                            // The block of `let .. else` never completes.
                            self.eval(otherwise, rest.all());
                            paths = matched;
                        }
                        None => paths = self.split(value, it.pat).0,
                    }
                }
                Stmt::Expr(expr) => paths = self.eval(*expr, paths).all(),
                Stmt::Item => {}
            }
        }
        match block.tail {
            Some(tail) => self.eval(tail, paths),
            None => After::two(paths, Paths::none()),
        }
    }

    fn macro_call(&mut self, id: ExprId, call: &crate::hir::MacroCall, paths: Paths) -> After {
        let meaning = self.typed.types.words().meaning(call);
        let after = match &call.content {
            MacroContent::Args(args) => After::One(self.in_order(args.iter().copied(), paths)),
            MacroContent::Opaque { .. } if meaning == Meaning::None => {
                After::One(paths).with(Fact::Unseen, id)
            }
            MacroContent::Opaque { .. } => After::One(paths),
            MacroContent::Code(block) => self.eval(*block, paths),
            MacroContent::Matches { value, pat, guard } => {
                let value = self.watched(*value, paths);
                let (matched, rest) = self.split(value, *pat);
                match guard {
                    Some(guard) => {
                        let (yes, no) = self.condition(*guard, matched).sides();
                        After::two(yes.all(), rest.all().or(no.all()))
                    }
                    None => After::two(matched, rest.all()),
                }
            }
        };
        match meaning {
            Meaning::Panic => After::never(),
            Meaning::Return => {
                let paths = after.all().with(Fact::Error, id);
                self.jump(Target::Return(Side::Bad), Way { kind: WayKind::Return(Side::Bad), at: id, paths });
                After::never()
            }
            Meaning::Ensure => {
                let paths = after.all();
                let failed = paths.clone().with(Fact::Error, id);
                self.jump(
                    Target::Return(Side::Bad),
                    Way { kind: WayKind::Return(Side::Bad), at: id, paths: failed },
                );
                After::One(paths)
            }
            _ => after,
        }
    }

    fn question(&mut self, id: ExprId, inner: ExprId, paths: Paths) -> After {
        let value = self.eval(inner, paths);
        let value = match self.typed.types.of(inner).as_option() {
            Some(_) => value,
            None => self.as_result(id, value),
        };
        let (good, bad) = value.sides();
        let way = Way { kind: WayKind::Question, at: id, paths: bad.all() };
        self.jump(Target::Question(Side::Bad), way);
        good
    }

    /// A value whose bad side is an error that came up here.
    pub(super) fn result(&self, id: ExprId, value: After) -> After {
        let (good, bad) = value.sides();
        let bad = bad.all().with(Fact::Error, id);
        After::Two(Box::new(good), Box::new(After::One(bad)))
    }

    /// A value that is known to be a `Result` only from what is done with it. Where its sides are told apart already, it has
    /// been said before what its bad side is.
    fn as_result(&self, id: ExprId, value: After) -> After {
        match value {
            After::One(_) => self.result(id, value),
            After::Two(..) => value,
        }
    }

    fn call(&mut self, id: ExprId, callee: ExprId, args: &[ExprId], paths: Paths) -> After {
        match self.typed.types.external(id).as_deref() {
            Some(names::OK | names::SOME) => {
                let value = args.first().map(|&arg| self.eval(arg, paths.clone()));
                return After::Two(Box::new(value.unwrap_or(After::One(paths))), Box::new(After::never()));
            }
            Some(names::ERR) => {
                let paths = self.in_order(args.iter().copied(), paths).with(Fact::Error, id);
                return After::two(Paths::none(), paths);
            }
            _ => {}
        }
        let paths = match self.typed.body.kind(callee) {
            ExprKind::Path(_) => paths,
            _ => self.eval(callee, paths).all(),
        };
        let paths = self.given(args.iter().copied(), paths);
        self.called(id, paths)
    }

    /// What a function is given. One that gets the answer of a channel as it came sees its end, and decides what is done.
    pub(super) fn given(&mut self, args: impl IntoIterator<Item = ExprId>, paths: Paths) -> Paths {
        args.into_iter().fold(paths, |paths, arg| {
            let (good, bad) = match self.eval(arg, paths) {
                After::One(paths) => return paths,
                After::Two(good, bad) => (good.all(), bad.all()),
            };
            let ended = bad.only(|path| path.has(Fact::End)).with(Fact::Unseen, arg);
            good.or(bad.only(|path| !path.has(Fact::End))).or(ended)
        })
    }

    fn method_call(
        &mut self,
        id: ExprId,
        receiver: ExprId,
        name: &str,
        args: &[ExprId],
        paths: Paths,
    ) -> After {
        let value = self.eval(receiver, paths);
        if matches!(self.typed.types.of(id), Ty::Future(_)) {
            let paths = self.in_order(args.iter().copied(), value.all());
            return self.called(id, paths);
        }
        // A method of the workspace on a `Result`, such as one that adds context, leaves its sides what they are.
        if matches!(self.typed.types.callee(id), Callee::Function(_)) {
            return match value {
                After::One(paths) => {
                    let paths = self.in_order(args.iter().copied(), paths);
                    self.called(id, paths)
                }
                After::Two(good, bad) => {
                    After::two(self.called(id, good.all()).all(), self.called(id, bad.all()).all())
                }
            };
        }
        // A closure runs when the adaptor calls it; other arguments come first.
        let value = match args.iter().any(|&arg| !self.typed.body.is_own_body(arg)) {
            true => value.map_in_order(self, args),
            false => value,
        };
        match name {
            "is_ok" | "is_some" | "ok" | "copied" | "cloned" | "as_ref" | "as_mut" | "as_deref" | "take" => {
                value
            }
            "transpose" => value.transposed(),
            "is_err" => self.as_result(id, value).swapped(),
            "is_none" | "err" => value.swapped(),
            "unwrap" | "expect" => {
                let (good, _) = value.sides();
                good
            }
            "unwrap_or" | "unwrap_or_default" => After::One(value.all()),
            "map_err" | "inspect_err" | "or_else" | "unwrap_or_else" if args.len() == 1 => {
                let (good, bad) = value.sides();
                // `unwrap_or_else(|e| panic!(..))`.
                if let ExprKind::Closure(closure) = self.typed.body.kind(args[0])
                    && self.typed.never_completes(closure.body)
                {
                    return good;
                }
                match name {
                    "unwrap_or_else" => After::One(good.all().or(bad.all())),
                    _ => After::Two(Box::new(good), Box::new(bad)),
                }
            }
            _ => match methods::error_adaptor(name) {
                Some(ErrorAdaptor::Keeps) => match value {
                    After::One(_) => value,
                    After::Two(good, bad) => After::two(good.all(), bad.all()),
                },
                Some(ErrorAdaptor::Makes) => self.result(id, value),
                Some(ErrorAdaptor::Replaces) => After::One(value.all()),
                None => match value {
                    After::One(paths) => self.called(id, paths),
                    After::Two(good, bad) => {
                        After::two(self.called(id, good.all()).all(), self.called(id, bad.all()).all())
                    }
                },
            },
        }
    }

    /// A condition: a stop signal that it looks at lies on both its sides.
    fn condition(&mut self, id: ExprId, paths: Paths) -> After {
        match self.typed.body.kind(id) {
            ExprKind::Unary(inner) => self.condition(*inner, paths).swapped(),
            ExprKind::Binary { op: BinaryOp::And, left, right } => {
                let (yes, no) = self.condition(*left, paths).sides();
                let (both, other) = self.condition(*right, yes.all()).sides();
                After::two(both.all(), no.all().or(other.all()))
            }
            ExprKind::Binary { op: BinaryOp::Or, left, right } => {
                let (yes, no) = self.condition(*left, paths).sides();
                let (other, neither) = self.condition(*right, no.all()).sides();
                After::two(yes.all().or(other.all()), neither.all())
            }
            ExprKind::Let { pat, value } => {
                let value = self.watched(*value, paths);
                let (matched, rest) = self.split(value, *pat);
                After::two(matched, rest.all())
            }
            _ => self.watched(id, paths),
        }
    }

    /// A value that is looked at: where it is a stop signal, that lies on the ways from here.
    fn watched(&mut self, id: ExprId, paths: Paths) -> After {
        let value = self.eval(id, paths);
        let Some(asked_when) = self.typed.looks_at_stop(id) else { return value };
        let (good, bad) = value.sides();
        let (mut good, mut bad) = (good.with(Fact::Stop, id), bad.with(Fact::Stop, id));
        if asked_when {
            good = good.with(Fact::Asked, id);
        } else {
            bad = bad.with(Fact::Asked, id);
        }
        After::Two(Box::new(good), Box::new(bad))
    }

    /// A way has come from one of those that made the value: of several that it may have come from, the one that tells most.
    fn variable(&self, local: LocalId, paths: Paths) -> After {
        let Some(made) = self.sources.get(&local) else { return After::One(paths) };
        let most = |of: &Paths, path: &Path| {
            of.iter().filter(|from| path.comes_from(from)).map(|from| from.facts().count()).max()
        };
        made.clone()
            .map(&|of| paths.only(|path| most(&of, path) >= made.most_on_a_side(&|side| most(side, path))))
    }

    fn learn(&mut self, local: LocalId, value: &After) {
        match value {
            After::Two(..) => _ = self.sources.insert(local, value.clone().up_to_depth(TOLD_APART)),
            After::One(_) => _ = self.sources.remove(&local),
        }
    }

    /// Divides the ways of a value into those on which a pattern matches and the others.
    fn split(&mut self, value: After, pat: PatId) -> (Paths, After) {
        self.ways.steps += 1;
        let body = self.typed.body;
        match &body.pat(pat).kind {
            PatKind::Wild | PatKind::Rest => (value.all(), After::never()),
            PatKind::Bind { local, sub: None, .. } => {
                self.learn(*local, &value);
                (value.all(), After::never())
            }
            PatKind::Bind { sub: Some(inner), .. } | PatKind::Ref(inner) => self.split(value, *inner),
            PatKind::TupleStruct { path, fields } => {
                let field = match fields[..] {
                    [field] => Some(field),
                    _ => None,
                };
                match path.last().name.as_str() {
                    "Ok" | "Some" | "Ready" | "Break" => {
                        let (good, bad) = match value {
                            After::One(paths) => {
                                let mut bad = paths.clone();
                                if path.last().name == "Ok" {
                                    bad = bad.with(Fact::Error, self.place_of(pat));
                                }
                                (After::One(paths), After::One(bad))
                            }
                            After::Two(good, bad) => (*good, *bad),
                        };
                        let (matched, rest) = self.split_field(good, field);
                        (matched, After::Two(Box::new(rest), Box::new(bad)))
                    }
                    "Err" => {
                        let (good, bad) = match value {
                            After::One(paths) => {
                                let place = self.place_of(pat);
                                (After::One(paths.clone()), After::One(paths.with(Fact::Error, place)))
                            }
                            After::Two(good, bad) => (*good, *bad),
                        };
                        let (matched, rest) = self.split_error(bad, field);
                        (matched, After::Two(Box::new(good), Box::new(rest)))
                    }
                    "Lagged" | "Closed" => self.split_error(value, Some(pat)),
                    _ => (self.decided(value.clone().all(), pat), value),
                }
            }
            PatKind::Path(path) | PatKind::Struct { path, .. }
                if matches!(path.last().name.as_str(), "Lagged" | "Closed") =>
            {
                self.split_error(value, Some(pat))
            }
            PatKind::Path(path) if path.last().name == "None" => {
                let (good, bad) = value.sides();
                (bad.all(), After::Two(Box::new(good), Box::new(After::never())))
            }
            PatKind::Or(parts) => {
                let mut matched = Paths::none();
                let mut rest = value;
                for &part in parts {
                    let (one, others) = self.split(rest, part);
                    matched = matched.or(one);
                    rest = others;
                }
                (matched, rest)
            }
            PatKind::Tuple(parts) if parts.iter().all(|&part| is_irrefutable(self.typed, part)) => {
                (value.all(), After::never())
            }
            PatKind::Path(_) | PatKind::Struct { .. } => (self.decided(value.clone().all(), pat), value),
            PatKind::Tuple(_) | PatKind::Literal | PatKind::Slice(_) | PatKind::Opaque => {
                (value.clone().all(), value)
            }
        }
    }

    /// The ways on which an error or an end, or what is around it, has been named by its variant: what is done then is decided
    /// on.
    fn decided(&self, paths: Paths, pat: PatId) -> Paths {
        let is_told = |path: &Path| path.has(Fact::Error) || path.has(Fact::End);
        paths.only(is_told).with(Fact::Unseen, self.place_of(pat)).or(paths.only(|path| !is_told(path)))
    }

    fn split_field(&mut self, value: After, field: Option<PatId>) -> (Paths, After) {
        match field {
            Some(field) => self.split(value, field),
            None => (value.all(), After::never()),
        }
    }

    /// The error of a `broadcast` receiver may only say that messages were missed: that is no end.
    fn split_error(&mut self, error: After, field: Option<PatId>) -> (Paths, After) {
        let Some(field) = field else { return (error.all(), After::never()) };
        let goes_on = |paths: Paths| {
            let place = paths.iter().find_map(|path| path.place(Fact::End));
            let paths = paths.without(Fact::End).without(Fact::Error);
            place.map_or(paths.clone(), |place| paths.with(Fact::Message, place))
        };
        match names_variant(self.typed, field) {
            Some("Lagged") => {
                let paths = error.all();
                (goes_on(paths.clone()), After::One(paths))
            }
            Some("Closed") => {
                let paths = error.all();
                (paths.clone(), After::One(goes_on(paths)))
            }
            // What happens to an error named by its variant is decided on, and knows more than can be seen here.
            Some(_) => (error.clone().all().with(Fact::Unseen, self.place_of(field)), error),
            None => self.split(error, field),
        }
    }

    /// The expression that a pattern belongs to: a place to point at.
    fn place_of(&self, pat: PatId) -> ExprId {
        use crate::hir::PatSite;
        match self.typed.body.outer_pat_site(pat).1 {
            PatSite::Arm(of, index) => match self.typed.body.kind(of) {
                ExprKind::Match { arms, .. } => arms[index as usize].body,
                _ => of,
            },
            PatSite::Let(of, _)
            | PatSite::ClosureParam(of, _)
            | PatSite::Condition(of)
            | PatSite::For(of)
            | PatSite::SelectArm(of, _)
            | PatSite::Matches(of) => of,
            PatSite::Param(_) | PatSite::Within(_) => self.typed.body.root,
        }
    }

    fn select(&mut self, select: &Select, paths: Paths) -> After {
        let stop = select.arms.iter().find(|arm| self.waits_for_stop(arm.future)).map(|arm| arm.future);
        let paths = match stop {
            Some(stop) => paths.with(Fact::Stop, stop),
            None => paths,
        };
        let mut after = After::never();
        let mut nothing_left = Paths::none();
        for arm in &select.arms {
            let start = match arm.guard {
                Some(guard) => {
                    let (yes, no) = self.condition(guard, paths.clone()).sides();
                    nothing_left = nothing_left.or(no.all());
                    yes.all()
                }
                None => paths.clone(),
            };
            let mut value = self.awaited(arm.future, start);
            // The guard is what turns the arm off once its source has ended.
            if arm.guard.is_some() {
                value = value.map(&|paths| paths.without(Fact::End));
            }
            if self.waits_for_stop(arm.future) {
                value = value.with(Fact::Asked, arm.future);
            }
            let (matched, rest) = self.split(value, arm.pat);
            nothing_left = nothing_left.or(rest.all());
            after = after.or(self.eval(arm.handler, matched));
        }
        // `default =>` and `complete =>` can run at any time, `else =>` once no arm is left.
        match select.otherwise {
            Some(otherwise) if nothing_left.is_empty() => {
                let ready = if select.path.segments.iter().any(|it| it.name == "tokio") {
                    Paths::none()
                } else {
                    paths
                };
                after.or(self.eval(otherwise, ready))
            }
            Some(otherwise) => after.or(self.eval(otherwise, nothing_left)),
            None => after,
        }
    }

    fn a_loop(&mut self, id: ExprId, it: &Loop, entry: Paths) -> After {
        let entry = match it.kind {
            LoopKind::For { iterable, .. } => self.eval(iterable, entry).all(),
            LoopKind::Loop | LoopKind::While(_) => entry,
        };
        self.frames.push(Frame { catches: Catches::Loop(id), caught: Vec::new(), passing: Vec::new() });
        let mut out = Vec::new();
        let mut leave = |at, paths: Paths| out.push(Way { kind: WayKind::Condition, at, paths });
        let start = match it.kind {
            LoopKind::Loop => Paths::start(),
            LoopKind::While(condition) => {
                let (yes, no) = self.condition(condition, Paths::start()).sides();
                leave(condition, no.all());
                yes.all()
            }
            LoopKind::For { iterable, .. } => {
                leave(iterable, Paths::start());
                Paths::start()
            }
        };
        let end = self.eval(it.body, start).all();
        let frame = self.frames.pop().expect("it was pushed above");
        let mut back = vec![Way { kind: WayKind::Turn, at: it.body, paths: end }];
        for (target, way) in frame.caught {
            match target {
                Target::Back(_) => back.push(way),
                _ => out.push(way),
            }
        }
        back.retain(|way| !way.paths.is_empty());
        out.retain(|way| !way.paths.is_empty());
        self.ways.steps += back.len() + out.len() + frame.passing.len();

        // What lies on any number of turns.
        let turn = back.iter().fold(Paths::none(), |all, way| all.or(way.paths.clone()));
        let mut turns = Paths::start();
        loop {
            let more = turns.clone().or(turns.then(&turn));
            if more.0.len() == turns.0.len() {
                break;
            }
            turns = more;
        }
        let before = entry.then(&turns);
        let after = out.iter().fold(Paths::none(), |all, way| all.or(way.paths.clone()));
        for (target, way) in frame.passing {
            let kind = match way.kind {
                WayKind::Return(_) | WayKind::Question => way.kind,
                _ => WayKind::Outer,
            };
            out.push(Way { kind, ..way.clone() });
            self.jump(target, Way { paths: before.then(&way.paths), ..way });
        }
        self.ways.loops.push(LoopWays { id, back, out });
        After::One(before.then(&after))
    }

    /// A block that some jumps lead to the end of.
    fn catching(&mut self, catches: Catches, walk: impl FnOnce(&mut Self) -> After) -> After {
        self.frames.push(Frame { catches, caught: Vec::new(), passing: Vec::new() });
        let end = walk(self).all();
        let frame = self.frames.pop().expect("it was pushed above");
        self.ways.steps += frame.passing.len() + frame.caught.len();
        frame.passing.into_iter().for_each(|(target, way)| self.jump(target, way));
        After::One(frame.caught.into_iter().fold(end, |all, (_, way)| all.or(way.paths)))
    }

    fn jump(&mut self, target: Target, way: Way) {
        if way.paths.is_empty() {
            return;
        }
        // What no frame is there for lies outside of the run.
        let Some(frame) = self.frames.last_mut() else { return };
        match frame.catches.catches(target) {
            true => frame.caught.push((target, way)),
            false if frame.catches == Catches::Run => {}
            false => frame.passing.push((target, way)),
        }
    }

    fn jump_with(&mut self, value: After, at: ExprId, kind: fn(Side) -> WayKind, target: fn(Side) -> Target) {
        let mut leave = |side, paths| self.jump(target(side), Way { kind: kind(side), at, paths });
        match value {
            After::One(paths) => leave(Side::Either, paths),
            After::Two(good, bad) => {
                leave(Side::Good, good.all());
                leave(Side::Bad, bad.all());
            }
        }
    }
}

impl After {
    /// These, and ways on which nothing is known of the value any more.
    fn or_unmatched(self, more: Paths) -> After {
        match self {
            After::One(paths) => After::One(paths.or(more)),
            After::Two(good, bad) => {
                // Which side they are of is not known; they stay on both.
                After::Two(Box::new(good.or_unmatched(more.clone())), Box::new(bad.or_unmatched(more)))
            }
        }
    }

    /// As if the arguments were evaluated on each side.
    fn map_in_order(self, walk: &mut Walk<'_, '_>, args: &[ExprId]) -> After {
        match self {
            After::One(paths) => After::One(walk.in_order(args.iter().copied(), paths)),
            // An argument that waits is rare here, and would be walked twice.
            two => two,
        }
    }
}

fn is_irrefutable(typed: Typed<'_>, pat: PatId) -> bool {
    match &typed.body.pat(pat).kind {
        PatKind::Wild | PatKind::Rest | PatKind::Bind { sub: None, .. } => true,
        PatKind::Bind { sub: Some(inner), .. } | PatKind::Ref(inner) => is_irrefutable(typed, *inner),
        PatKind::Tuple(parts) => parts.iter().all(|&part| is_irrefutable(typed, part)),
        _ => false,
    }
}

/// The variant that the pattern of an error names.
fn names_variant<'t>(typed: Typed<'t>, pat: PatId) -> Option<&'t str> {
    match &typed.body.pat(pat).kind {
        PatKind::TupleStruct { path, .. } | PatKind::Path(path) | PatKind::Struct { path, .. } => {
            Some(path.last().name.as_str())
        }
        PatKind::Bind { sub: Some(inner), .. } | PatKind::Ref(inner) => names_variant(typed, *inner),
        PatKind::Or(parts) => {
            let mut all = parts.iter().filter_map(|&part| names_variant(typed, part));
            let first = all.next()?;
            // `Closed | Other`: either.
            if all.all(|other| other == first) { Some(first) } else { Some("") }
        }
        _ => None,
    }
}
