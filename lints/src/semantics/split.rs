//! Where a value is taken apart, and where control goes with one kind of it: with the error, with the end.

use crate::hir::{Arm, ExprId, ExprKind, Loop, LoopKind, PatId, PatKind, Stmt};
use crate::knowledge;
use crate::knowledge::macros::Meaning;
use crate::knowledge::methods::{self, ErrorAdaptor};

use crate::source::TextRange;

use super::{Exit, ExitKind, Typed, head};

/// A kind of value, by the variants around it, the outermost first: `Some(Err(_))` is `["Some", "Err"]`.
pub type Kind = &'static [&'static str];

pub const ERR: Kind = &["Err"];
pub const NONE: Kind = &["None"];
pub const SOME_ERR: Kind = &["Some", "Err"];

/// Where control goes with a kind of value that is not told apart further.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Branch {
    /// Past the end of this `while let`.
    PastLoop(ExprId),
    /// Into an arm, or into the `else` of a `let` or an `if let`.
    Handler { pat: Option<PatId>, body: ExprId },
    /// Out of the run as its error: the `?`.
    Question(ExprId),
    /// A panic: the `unwrap` or `expect`.
    Panic(ExprId),
}

/// How a handler leaves what is around it, where it does so in every case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leaving {
    /// With a `break` of this loop.
    Loop {
        target: ExprId,
        at: ExprId,
    },
    /// With a `return` that is no error.
    Run(ExprId),
    /// With an error for whoever called.
    Error(ExprId),
    Panic,
}

/// How much of a kind of value a pattern takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Takes {
    None,
    Some,
    All,
}

impl Typed<'_> {
    /// Where control goes when this value is of a kind, if what is around the value takes it apart and makes no
    /// difference among values of that kind.
    pub fn branch_of(self, value: ExprId, kind: Kind) -> Option<Branch> {
        let parent = self.body.parent(value)?;
        match self.body.kind(parent) {
            ExprKind::Try(_) => (kind.len() == 1).then_some(Branch::Question(parent)),
            ExprKind::MethodCall { receiver, name, .. } if *receiver == value && kind.len() == 1 => {
                match name.as_str() {
                    "unwrap" | "expect" => Some(Branch::Panic(parent)),
                    "ok" if kind == ERR => self.branch_of(parent, NONE),
                    name if kind == ERR && methods::error_adaptor(name) == Some(ErrorAdaptor::Keeps) => {
                        self.branch_of(parent, ERR)
                    }
                    _ => None,
                }
            }
            ExprKind::Match { scrutinee, arms } if *scrutinee == value => self.branch_into_arm(arms, kind),
            ExprKind::Let { pat, .. } => self.branch_past_condition(parent, *pat, kind),
            ExprKind::Block(block) => block.stmts.iter().find_map(|stmt| match stmt {
                Stmt::Let(it) if it.init == Some(value) && self.takes(it.pat, kind) == Takes::None => {
                    Some(Branch::Handler { pat: Some(it.pat), body: it.otherwise? })
                }
                _ => None,
            }),
            _ => None,
        }
    }

    fn branch_into_arm(self, arms: &[Arm], kind: Kind) -> Option<Branch> {
        let first = arms.iter().position(|arm| self.takes(arm.pat, kind) != Takes::None)?;
        let arm = &arms[first];
        if arm.guard.is_some() || self.takes(arm.pat, kind) != Takes::All {
            return None;
        }
        let is_only_for_kind =
            self.names(arm.pat, kind[0]) || arms[..first].iter().any(|arm| self.is_for_the_good(arm, kind));
        is_only_for_kind.then_some(Branch::Handler { pat: Some(arm.pat), body: arm.body })
    }

    /// An arm for every value that is not of the kind and not an end: `Ok(x)`, `Some(Ok(x))`.
    fn is_for_the_good(self, arm: &Arm, kind: Kind) -> bool {
        let good: Kind = match kind {
            ["Some", "Err"] => &["Some", "Ok"],
            ["None"] => &["Some"],
            _ => &["Ok"],
        };
        arm.guard.is_none() && self.takes(arm.pat, good) == Takes::All
    }

    fn branch_past_condition(self, condition: ExprId, pat: PatId, kind: Kind) -> Option<Branch> {
        let is_wanted = self.takes(pat, kind) == Takes::None;
        let mut inner = condition;
        for outer in self.body.ancestors(condition) {
            match self.body.kind(outer) {
                ExprKind::Binary { .. } if is_wanted => inner = outer,
                ExprKind::Loop(Loop { kind: LoopKind::While(head), .. }) if *head == inner => {
                    return is_wanted.then_some(Branch::PastLoop(outer));
                }
                ExprKind::If { condition, then, otherwise } if *condition == inner => {
                    return match is_wanted {
                        true => Some(Branch::Handler { pat: None, body: (*otherwise)? }),
                        false => (self.takes(pat, kind) == Takes::All)
                            .then_some(Branch::Handler { pat: Some(pat), body: *then }),
                    };
                }
                _ => return None,
            }
        }
        None
    }

    /// How much of a kind of value a pattern takes.
    pub fn takes(self, pat: PatId, kind: Kind) -> Takes {
        match &self.body.pat(pat).kind {
            PatKind::Wild | PatKind::Bind { sub: None, .. } | PatKind::Rest => Takes::All,
            PatKind::Bind { sub: Some(inner), .. } | PatKind::Ref(inner) => self.takes(*inner, kind),
            PatKind::Or(parts) => {
                parts.iter().map(|&part| self.takes(part, kind)).max().unwrap_or(Takes::None)
            }
            PatKind::TupleStruct { path, fields } => match (kind, &fields[..]) {
                ([first, ..], _) if path.last().name != *first => Takes::None,
                ([_], fields) => match fields.iter().all(|&field| self.is_irrefutable(field)) {
                    true => Takes::All,
                    false => Takes::Some,
                },
                ([_, ..], [only]) => self.takes(*only, &kind[1..]),
                _ => Takes::None,
            },
            PatKind::Path(path) => match kind {
                [only] if path.last().name == *only => Takes::All,
                _ => Takes::None,
            },
            PatKind::Tuple(_)
            | PatKind::Struct { .. }
            | PatKind::Literal
            | PatKind::Slice(_)
            | PatKind::Opaque => Takes::None,
        }
    }

    /// Whether a pattern takes every value, as far as its form tells.
    pub fn is_irrefutable(self, pat: PatId) -> bool {
        match &self.body.pat(pat).kind {
            PatKind::Wild | PatKind::Rest => true,
            PatKind::Bind { sub, .. } => sub.is_none_or(|sub| self.is_irrefutable(sub)),
            PatKind::Ref(inner) => self.is_irrefutable(*inner),
            PatKind::Tuple(parts) => parts.iter().all(|&part| self.is_irrefutable(part)),
            PatKind::Or(parts) => parts.iter().any(|&part| self.is_irrefutable(part)),
            // A struct pattern, or one of several variants: the form does not tell.
            PatKind::Struct { .. }
            | PatKind::TupleStruct { .. }
            | PatKind::Path(_)
            | PatKind::Literal
            | PatKind::Slice(_)
            | PatKind::Opaque => false,
        }
    }

    /// Whether a pattern names a variant as its outermost one.
    fn names(self, pat: PatId, variant: &str) -> bool {
        match &self.body.pat(pat).kind {
            PatKind::TupleStruct { path, .. } | PatKind::Path(path) => path.last().name == *variant,
            PatKind::Bind { sub: Some(inner), .. } | PatKind::Ref(inner) => self.names(*inner, variant),
            PatKind::Or(parts) => parts.iter().all(|&part| self.names(part, variant)),
            _ => false,
        }
    }

    /// How a handler leaves what is around it; None where it may complete, or go on with the next turn of a loop.
    pub fn leaving(self, handler: ExprId) -> Option<Leaving> {
        if !self.never_completes(handler) {
            return None;
        }
        let mut found = None;
        for id in self.body.descendants_here(handler) {
            let leaving = match self.body.kind(id) {
                ExprKind::Continue { label } => match self.body.target_of_jump(id, *label) {
                    Some(target) if self.is_inside(target, handler) => continue,
                    _ => return None,
                },
                ExprKind::Break { label, .. } => match self.body.target_of_jump(id, *label) {
                    Some(target) if self.is_inside(target, handler) => continue,
                    Some(target) => Leaving::Loop { target, at: id },
                    None => return None,
                },
                ExprKind::Return(_) if self.returns_error(id) => Leaving::Error(id),
                ExprKind::Return(_) => Leaving::Run(id),
                ExprKind::Macro(call) => match knowledge::macro_meaning(&call.path.last().name) {
                    Meaning::Return => Leaving::Error(id),
                    Meaning::Panic => Leaving::Panic,
                    _ => continue,
                },
                _ => continue,
            };
            // A quiet way out says more than a loud one.
            if matches!(found, None | Some(Leaving::Error(_) | Leaving::Panic)) {
                found = Some(leaving);
            }
        }
        found
    }

    /// `if let Ok(found) = look_here() { return Ok(found) }`, and then what can fail itself: another way to the same end. Of the
    /// first one nothing need be told.
    pub fn goes_another_way_past(self, condition: ExprId) -> bool {
        let body = self.body;
        let outer =
            body.ancestors(condition).find(|&outer| !matches!(body.kind(outer), ExprKind::Binary { .. }));
        let Some((id, ExprKind::If { then, otherwise: None, .. })) = outer.map(|id| (id, body.kind(id)))
        else {
            return false;
        };
        let given = match self.leaving(*then) {
            Some(Leaving::Run(at)) => match body.kind(at) {
                ExprKind::Return(Some(value)) => *value,
                _ => return false,
            },
            _ => return false,
        };
        let is_result = self.is_ok(given) || self.types.of(given).as_result().is_some();
        let end = self.range(id).end;
        let can_fail = |exit: &Exit| match exit.kind {
            ExitKind::Question(_) | ExitKind::Bail => true,
            ExitKind::Tail | ExitKind::Return(Some(_)) => is_result && !self.is_success(*exit),
            ExitKind::Return(None) | ExitKind::End => false,
        };
        self.exits(self.run_of(id)).iter().any(|exit| self.range(exit.at).start >= end && can_fail(exit))
    }

    /// What to point at where a value goes a way: the pattern, the `?`, the call that panics.
    pub fn range_of_way(self, value: ExprId, way: Branch) -> TextRange {
        let body = self.body;
        match way {
            Branch::PastLoop(_) => match body.parent(value).map(|parent| body.kind(parent)) {
                Some(ExprKind::Let { pat, .. }) => body.pat(*pat).range,
                _ => self.range(value),
            },
            Branch::Handler { pat: Some(pat), .. } => body.pat(pat).range,
            Branch::Handler { pat: None, body: handler } => self.range(handler),
            Branch::Question(at) => {
                let end = self.range(at).end;
                TextRange { start: end - 1, end }
            }
            Branch::Panic(at) => head(body, at),
        }
    }

    /// `loop`, `while`: not a walk over a number of things.
    pub fn turns_until_left(self, id: ExprId) -> bool {
        matches!(self.body.kind(id), ExprKind::Loop(Loop { kind: LoopKind::Loop | LoopKind::While(_), .. }))
    }

    /// The loops around an expression in its run, the innermost first.
    pub fn loops_around(self, id: ExprId) -> impl Iterator<Item = ExprId> {
        self.body
            .ancestors(id)
            .take_while(move |&outer| !self.body.is_own_body(outer))
            .filter(move |&outer| matches!(self.body.kind(outer), ExprKind::Loop(_)))
    }

    /// Whether an expression is done again and again in its run.
    pub fn is_in_loop(self, id: ExprId) -> bool {
        self.loops_around(id).next().is_some()
    }
}
