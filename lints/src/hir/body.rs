//! Bodies: expressions, statements and patterns of one function, with ids.

use crate::hir::{AttributeSuppression, GenericArgs, Item, Name, Path, Type};
use crate::source::TextRange;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);
    };
}

id!(/// An expression of a body.
    ExprId);
id!(/// A pattern of a body.
    PatId);
id!(/// A binding of a body: a parameter, a `let`, a name in a match arm.
    LocalId);

/// What a function, constant or static runs.
#[derive(Debug, Default)]
pub struct Body {
    pub exprs: Vec<Expr>,
    pub pats: Vec<Pat>,
    pub locals: Vec<Local>,
    /// The patterns of the parameters, without the receiver.
    pub params: Vec<PatId>,
    /// The body block, or the initializer of a constant.
    pub root: ExprId,
    /// Items declared inside, in order of appearance. In a function only those that could not be lowered without the
    /// body; [`Function::items`](super::Function::items) gives all.
    pub items: Vec<Item>,
    /// Suppressing attributes of statements, arms and expressions, each with what it stands on.
    pub suppressions: Vec<(TextRange, AttributeSuppression)>,
    /// The parent of each expression; the root is its own.
    pub(super) parents: Vec<ExprId>,
    /// The calls and method calls, in order of id.
    pub(super) calls: Box<[ExprId]>,
    /// The fields named, in order of id.
    pub(super) fields: Box<[ExprId]>,
    /// The places where locals are named, in order of id.
    pub(super) mentions: Box<[(LocalId, ExprId)]>,
    /// Where the pattern that a pattern is part of (or itself) takes its value from.
    pub(super) pat_sites: Vec<PatSite>,
}

impl Default for ExprId {
    fn default() -> Self {
        ExprId(u32::MAX)
    }
}

#[derive(Debug)]
pub struct Expr {
    pub kind: ExprKind,
    pub range: TextRange,
}

#[derive(Debug)]
pub enum ExprKind {
    /// A local variable, parameter, or a name bound by a pattern.
    Local(LocalId),
    /// `self`.
    Receiver,
    Path(Path),
    Literal(Literal),
    Call {
        callee: ExprId,
        args: Vec<ExprId>,
    },
    MethodCall {
        receiver: ExprId,
        name: Name,
        name_range: TextRange,
        generics: Option<Box<GenericArgs>>,
        args: Vec<ExprId>,
    },
    Field {
        base: ExprId,
        name: Name,
    },
    Index {
        base: ExprId,
        index: ExprId,
    },
    /// `&x`, `&mut x`.
    Ref {
        mutable: bool,
        inner: ExprId,
    },
    Deref(ExprId),
    /// `!x`, `-x`.
    Unary(ExprId),
    Binary {
        op: BinaryOp,
        left: ExprId,
        right: ExprId,
    },
    /// `place = value`; `place += value` when `compound`.
    Assign {
        place: ExprId,
        value: ExprId,
        compound: bool,
    },
    Cast {
        inner: ExprId,
        ty: Type,
    },
    Range {
        start: Option<ExprId>,
        end: Option<ExprId>,
    },
    Await(ExprId),
    /// `inner?`.
    Try(ExprId),
    Block(Block),
    If {
        condition: ExprId,
        then: ExprId,
        otherwise: Option<ExprId>,
    },
    /// `let pat = value` as a condition.
    Let {
        pat: PatId,
        value: ExprId,
    },
    Match {
        scrutinee: ExprId,
        arms: Vec<Arm>,
    },
    Loop(Loop),
    Break {
        label: Option<Name>,
        value: Option<ExprId>,
    },
    Continue {
        label: Option<Name>,
    },
    Return(Option<ExprId>),
    Closure(Box<Closure>),
    Struct {
        path: Box<Path>,
        fields: Vec<(Name, ExprId)>,
        base: Option<ExprId>,
    },
    Tuple(Vec<ExprId>),
    Array(Vec<ExprId>),
    Select(Box<Select>),
    /// `join!(..)`, `try_join!(..)` when `fallible`.
    Join {
        fallible: bool,
        futures: Vec<ExprId>,
    },
    Macro(Box<MacroCall>),
    /// Something no question is asked of (`yield`, inline assembly, verbatim syntax).
    Opaque,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Literal {
    Bool(bool),
    Int(Name),
    Str(Name),
    Other,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BinaryOp {
    And,
    Or,
    Compare,
    Other,
}

#[derive(Debug)]
pub struct Block {
    pub kind: BlockKind,
    pub label: Option<Name>,
    pub stmts: Vec<Stmt>,
    /// The value of the block: its last expression without a semicolon.
    pub tail: Option<ExprId>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    Plain,
    /// `async { .. }`, `async move { .. }`: a future; `return` and `?` leave it, not the function.
    Async,
    /// `stream! { .. }`: as `Async`, but yields items. `fallible` is `try_stream!`, whose `?` yields an error as the last item.
    Stream {
        fallible: bool,
    },
    /// `try { .. }`.
    Try,
}

impl BlockKind {
    /// Whether `return` and `?` inside leave this block rather than the function around it.
    pub fn is_own_body(self) -> bool {
        matches!(self, BlockKind::Async | BlockKind::Stream { .. })
    }
}

#[derive(Debug)]
pub enum Stmt {
    Let(Box<Let>),
    Expr(ExprId),
    /// An item stands here; which one is for [`Function::items`](super::Function::items) to say.
    Item,
}

#[derive(Debug)]
pub struct Let {
    pub pat: PatId,
    pub ty: Option<Type>,
    pub init: Option<ExprId>,
    /// The block of `let .. else`.
    pub otherwise: Option<ExprId>,
    pub range: TextRange,
}

#[derive(Debug)]
pub struct Arm {
    pub pat: PatId,
    pub guard: Option<ExprId>,
    pub body: ExprId,
}

#[derive(Debug)]
pub struct Loop {
    pub kind: LoopKind,
    pub label: Option<Name>,
    /// A block.
    pub body: ExprId,
    /// `loop`, `while` or `for`.
    pub keyword: TextRange,
}

#[derive(Debug)]
pub enum LoopKind {
    Loop,
    /// The condition may hold `Let` expressions.
    While(ExprId),
    For {
        pat: PatId,
        iterable: ExprId,
    },
}

#[derive(Debug)]
pub struct Closure {
    pub params: Vec<(PatId, Option<Type>)>,
    pub output: Option<Type>,
    pub is_async: bool,
    pub body: ExprId,
}

/// `tokio::select!`, `futures::select!`, `futures::select_biased!`.
#[derive(Debug)]
pub struct Select {
    pub path: Path,
    pub biased: bool,
    pub arms: Vec<SelectArm>,
    /// `else =>`, `complete =>` or `default =>`.
    pub otherwise: Option<ExprId>,
}

#[derive(Debug)]
pub struct SelectArm {
    pub pat: PatId,
    pub future: ExprId,
    pub guard: Option<ExprId>,
    pub handler: ExprId,
}

#[derive(Debug)]
pub struct MacroCall {
    pub path: Path,
    pub content: MacroContent,
}

#[derive(Debug)]
pub enum MacroContent {
    /// Expressions, evaluated in order: `info!("{e}", x = %y)`, `vec![a, b]`, `assert!(x)`, `pin!(f)`. Names captured in
    /// a format string are among them.
    Args(Vec<ExprId>),
    /// Statements, as one block: the fallback for macros that hold code.
    Code(ExprId),
    /// `matches!(value, pat if guard)`.
    Matches { value: ExprId, pat: PatId, guard: Option<ExprId> },
    /// Could not be read. The locals that its tokens name may be used in any way.
    Opaque { mentions: Vec<ExprId> },
}

#[derive(Debug)]
pub struct Pat {
    pub kind: PatKind,
    pub range: TextRange,
}

#[derive(Debug)]
pub enum PatKind {
    /// `_`.
    Wild,
    Bind {
        local: LocalId,
        by_ref: bool,
        sub: Option<PatId>,
    },
    Tuple(Vec<PatId>),
    TupleStruct {
        path: Path,
        fields: Vec<PatId>,
    },
    Struct {
        path: Path,
        fields: Vec<(Name, PatId)>,
    },
    /// A unit variant or a constant.
    Path(Path),
    Or(Vec<PatId>),
    Ref(PatId),
    /// A literal or a range.
    Literal,
    Slice(Vec<PatId>),
    /// `..`.
    Rest,
    Opaque,
}

/// A binding.
#[derive(Debug)]
pub struct Local {
    pub name: Name,
    pub range: TextRange,
    pub mutable: bool,
    /// The `Bind` pattern that makes it. In `A(x) | B(x)` the first.
    pub pat: PatId,
}

/// Where a pattern takes its value from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PatSite {
    /// The n-th parameter of the function, without the receiver.
    Param(u32),
    /// The n-th parameter of this closure.
    ClosureParam(ExprId, u32),
    /// `let` statement: block and index of the statement.
    Let(ExprId, u32),
    /// A `Let` expression.
    Condition(ExprId),
    /// The n-th arm of this match.
    Arm(ExprId, u32),
    For(ExprId),
    SelectArm(ExprId, u32),
    /// `matches!`.
    Matches(ExprId),
    /// Part of the pattern named.
    Within(PatId),
}

impl Body {
    pub fn expr(&self, id: ExprId) -> &Expr {
        &self.exprs[id.0 as usize]
    }

    pub fn kind(&self, id: ExprId) -> &ExprKind {
        &self.expr(id).kind
    }

    pub fn range(&self, id: ExprId) -> TextRange {
        self.expr(id).range
    }

    pub fn pat(&self, id: PatId) -> &Pat {
        &self.pats[id.0 as usize]
    }

    pub fn local(&self, id: LocalId) -> &Local {
        &self.locals[id.0 as usize]
    }

    pub fn expr_ids(&self) -> impl Iterator<Item = ExprId> + use<> {
        (0..self.exprs.len() as u32).map(ExprId)
    }

    /// Whether anything is done again and again here, in closures too.
    pub fn has_loop(&self) -> bool {
        self.exprs.iter().any(|expr| matches!(expr.kind, ExprKind::Loop(_)))
    }

    /// All calls and method calls, in order of id.
    pub fn calls(&self) -> impl Iterator<Item = ExprId> + '_ {
        self.calls.iter().copied()
    }

    /// All expressions that name a field, in order of id.
    pub fn fields(&self) -> impl Iterator<Item = ExprId> + '_ {
        self.fields.iter().copied()
    }

    /// Where a local is named, in order of id.
    pub fn uses_of(&self, local: LocalId) -> impl Iterator<Item = ExprId> + '_ {
        self.mentions.iter().filter(move |&&(named, _)| named == local).map(|&(_, at)| at)
    }

    /// The expression around this one; None for the root.
    pub fn parent(&self, id: ExprId) -> Option<ExprId> {
        let parent = self.parents[id.0 as usize];
        (parent != id).then_some(parent)
    }

    /// The expressions around this one, innermost first.
    pub fn ancestors(&self, id: ExprId) -> impl Iterator<Item = ExprId> + '_ {
        std::iter::successors(self.parent(id), |&id| self.parent(id))
    }

    pub fn pat_site(&self, id: PatId) -> PatSite {
        self.pat_sites[id.0 as usize]
    }

    /// The value of a variable that is bound by `let variable = value;`, in no larger pattern.
    pub fn plain_init(&self, local: LocalId) -> Option<ExprId> {
        let PatSite::Let(block, index) = self.pat_site(self.local(local).pat) else { return None };
        let ExprKind::Block(block) = self.kind(block) else { return None };
        match block.stmts.get(index as usize)? {
            Stmt::Let(it) => it.init,
            Stmt::Expr(_) | Stmt::Item => None,
        }
    }

    /// As `plain_init`; of a variable that is the pattern of an arm of a `select!`, the future of the arm.
    pub fn plain_source(&self, local: LocalId) -> Option<ExprId> {
        let PatSite::SelectArm(select, index) = self.pat_site(self.local(local).pat) else {
            return self.plain_init(local);
        };
        let ExprKind::Select(select) = self.kind(select) else { return None };
        Some(select.arms.get(index as usize)?.future)
    }

    /// The site of the outermost pattern that this one is part of.
    pub fn outer_pat_site(&self, mut id: PatId) -> (PatId, PatSite) {
        loop {
            match self.pat_site(id) {
                PatSite::Within(outer) => id = outer,
                site => return (id, site),
            }
        }
    }

    /// What an expression is made of, in order of evaluation, as far as the text tells.
    pub fn children(&self, id: ExprId) -> Vec<ExprId> {
        let mut children = Vec::new();
        self.for_each_child(id, |child| children.push(child));
        children
    }

    pub fn for_each_child(&self, id: ExprId, mut visit: impl FnMut(ExprId)) {
        match self.kind(id) {
            ExprKind::Local(_)
            | ExprKind::Receiver
            | ExprKind::Path(_)
            | ExprKind::Literal(_)
            | ExprKind::Continue { .. }
            | ExprKind::Opaque => {}
            ExprKind::Call { callee, args } => {
                visit(*callee);
                args.iter().copied().for_each(visit);
            }
            ExprKind::MethodCall { receiver, args, .. } => {
                visit(*receiver);
                args.iter().copied().for_each(visit);
            }
            ExprKind::Field { base: inner, .. }
            | ExprKind::Ref { inner, .. }
            | ExprKind::Deref(inner)
            | ExprKind::Unary(inner)
            | ExprKind::Cast { inner, .. }
            | ExprKind::Await(inner)
            | ExprKind::Try(inner)
            | ExprKind::Let { value: inner, .. } => visit(*inner),
            ExprKind::Index { base: first, index: second }
            | ExprKind::Binary { left: first, right: second, .. }
            | ExprKind::Assign { value: first, place: second, .. } => {
                visit(*first);
                visit(*second);
            }
            ExprKind::Range { start, end } => start.iter().chain(end).copied().for_each(visit),
            ExprKind::Block(block) => {
                for stmt in &block.stmts {
                    match stmt {
                        Stmt::Let(it) => it.init.iter().chain(&it.otherwise).copied().for_each(&mut visit),
                        Stmt::Expr(expr) => visit(*expr),
                        Stmt::Item => {}
                    }
                }
                block.tail.into_iter().for_each(visit);
            }
            ExprKind::If { condition, then, otherwise } => {
                visit(*condition);
                visit(*then);
                otherwise.iter().copied().for_each(visit);
            }
            ExprKind::Match { scrutinee, arms } => {
                visit(*scrutinee);
                for arm in arms {
                    arm.guard.into_iter().for_each(&mut visit);
                    visit(arm.body);
                }
            }
            ExprKind::Loop(it) => {
                match it.kind {
                    LoopKind::Loop => {}
                    LoopKind::While(head) | LoopKind::For { iterable: head, .. } => visit(head),
                }
                visit(it.body);
            }
            ExprKind::Break { value, .. } | ExprKind::Return(value) => value.iter().copied().for_each(visit),
            ExprKind::Closure(closure) => visit(closure.body),
            ExprKind::Struct { fields, base, .. } => {
                fields.iter().map(|&(_, value)| value).for_each(&mut visit);
                base.iter().copied().for_each(visit);
            }
            ExprKind::Tuple(parts) | ExprKind::Array(parts) | ExprKind::Join { futures: parts, .. } => {
                parts.iter().copied().for_each(visit)
            }
            ExprKind::Select(select) => {
                for arm in &select.arms {
                    arm.guard.into_iter().for_each(&mut visit);
                    visit(arm.future);
                    visit(arm.handler);
                }
                select.otherwise.into_iter().for_each(visit);
            }
            ExprKind::Macro(call) => match &call.content {
                MacroContent::Args(parts) | MacroContent::Opaque { mentions: parts } => {
                    parts.iter().copied().for_each(visit)
                }
                MacroContent::Code(block) => visit(*block),
                MacroContent::Matches { value, guard, .. } => {
                    visit(*value);
                    guard.iter().copied().for_each(visit);
                }
            },
        }
    }

    /// An expression and all it is made of, outside before inside; closures and async blocks included.
    pub fn descendants(&self, id: ExprId) -> Descendants<'_> {
        Descendants { body: self, root: id, stack: vec![id], skip_own_bodies: false }
    }

    /// As `descendants`, without what runs at another time: closures and async blocks are named but not entered, except
    /// the one asked about.
    pub fn descendants_here(&self, id: ExprId) -> Descendants<'_> {
        Descendants { body: self, root: id, stack: vec![id], skip_own_bodies: true }
    }

    /// Whether this is a closure, an async block or a stream block.
    pub fn is_own_body(&self, id: ExprId) -> bool {
        match self.kind(id) {
            ExprKind::Closure(_) => true,
            ExprKind::Block(block) => block.kind.is_own_body(),
            _ => false,
        }
    }

    /// The loop or labelled block that a `break` or `continue` at this expression is for.
    pub fn target_of_jump(&self, jump: ExprId, label: Option<Name>) -> Option<ExprId> {
        for outer in self.ancestors(jump) {
            match (self.kind(outer), label) {
                (ExprKind::Loop(_), None) => return Some(outer),
                (
                    ExprKind::Loop(Loop { label: Some(own), .. })
                    | ExprKind::Block(Block { label: Some(own), .. }),
                    Some(label),
                ) if *own == label => {
                    return Some(outer);
                }
                _ if self.is_own_body(outer) => return None,
                _ => {}
            }
        }
        None
    }

    /// The closure or async block that runs this expression; None when it is the function itself.
    pub fn own_body_of(&self, id: ExprId) -> Option<ExprId> {
        self.ancestors(id).find(|&outer| self.is_own_body(outer))
    }
}

/// See [`Body::descendants`].
pub struct Descendants<'a> {
    body: &'a Body,
    root: ExprId,
    stack: Vec<ExprId>,
    skip_own_bodies: bool,
}

impl Iterator for Descendants<'_> {
    type Item = ExprId;

    fn next(&mut self) -> Option<ExprId> {
        let id = self.stack.pop()?;
        if id == self.root || !self.skip_own_bodies || !self.body.is_own_body(id) {
            let first = self.stack.len();
            let stack = &mut self.stack;
            self.body.for_each_child(id, |child| stack.push(child));
            self.stack[first..].reverse();
        }
        Some(id)
    }
}

impl Body {
    /// Fills in what can be derived: the parent of each expression, the site of each pattern, and where the expressions
    /// are that are often looked for.
    pub(super) fn seal(&mut self) {
        let mut parents: Vec<ExprId> = self.expr_ids().collect();
        let mut sites = vec![PatSite::Within(PatId(u32::MAX)); self.pats.len()];
        let (mut calls, mut fields, mut mentions) = (Vec::new(), Vec::new(), Vec::new());
        let mut site = |pat: PatId, site: PatSite| sites[pat.0 as usize] = site;
        for (index, &pat) in self.params.iter().enumerate() {
            site(pat, PatSite::Param(index as u32));
        }
        for id in self.expr_ids() {
            self.for_each_child(id, |child| parents[child.0 as usize] = id);
            match self.kind(id) {
                ExprKind::Block(block) => {
                    for (index, stmt) in block.stmts.iter().enumerate() {
                        if let Stmt::Let(it) = stmt {
                            site(it.pat, PatSite::Let(id, index as u32));
                        }
                    }
                }
                ExprKind::Call { .. } | ExprKind::MethodCall { .. } => calls.push(id),
                ExprKind::Field { .. } => fields.push(id),
                ExprKind::Local(local) => mentions.push((*local, id)),
                ExprKind::Let { pat, .. } => site(*pat, PatSite::Condition(id)),
                ExprKind::Match { arms, .. } => {
                    for (index, arm) in arms.iter().enumerate() {
                        site(arm.pat, PatSite::Arm(id, index as u32));
                    }
                }
                ExprKind::Loop(Loop { kind: LoopKind::For { pat, .. }, .. }) => site(*pat, PatSite::For(id)),
                ExprKind::Closure(closure) => {
                    for (index, &(pat, _)) in closure.params.iter().enumerate() {
                        site(pat, PatSite::ClosureParam(id, index as u32));
                    }
                }
                ExprKind::Select(select) => {
                    for (index, arm) in select.arms.iter().enumerate() {
                        site(arm.pat, PatSite::SelectArm(id, index as u32));
                    }
                }
                ExprKind::Macro(call) => {
                    if let MacroContent::Matches { pat, .. } = call.content {
                        site(pat, PatSite::Matches(id));
                    }
                }
                _ => {}
            }
        }
        for outer in 0..self.pats.len() as u32 {
            self.for_each_sub_pat(PatId(outer), |inner| {
                sites[inner.0 as usize] = PatSite::Within(PatId(outer))
            });
        }
        (self.calls, self.fields, self.mentions) = (calls.into(), fields.into(), mentions.into());
        self.parents = parents;
        self.pat_sites = sites;
    }

    pub fn for_each_sub_pat(&self, id: PatId, mut visit: impl FnMut(PatId)) {
        match &self.pat(id).kind {
            PatKind::Wild | PatKind::Path(_) | PatKind::Literal | PatKind::Rest | PatKind::Opaque => {}
            PatKind::Bind { sub, .. } => sub.iter().copied().for_each(visit),
            PatKind::Ref(inner) => visit(*inner),
            PatKind::Tuple(parts)
            | PatKind::Or(parts)
            | PatKind::Slice(parts)
            | PatKind::TupleStruct { fields: parts, .. } => {
                parts.iter().copied().for_each(visit);
            }
            PatKind::Struct { fields, .. } => fields.iter().map(|&(_, pat)| pat).for_each(visit),
        }
    }
}
