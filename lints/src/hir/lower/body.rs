//! Expressions, statements and patterns, with the scopes of local names.

use std::ops::{Deref, DerefMut};

use proc_macro2::Span;
use syn::spanned::Spanned as _;

use super::builder::{Bindings, BodyBuilder, LARGEST_TABLE, NamePat};
use super::types::{Slice, name};
use crate::hir::*;
use crate::source::TextRange;

/// Expressions deeper than this are opaque. The nesting that the index allows stays below it: a level of brackets is a few
/// levels of expressions.
const MAX_DEPTH: u32 = 8_000;

fn is_large_table(expr: &syn::Expr) -> bool {
    literals(expr).is_some_and(|count| count > LARGEST_TABLE)
}

/// How many literals there are in an expression, if it is made of nothing else.
fn literals(expr: &syn::Expr) -> Option<usize> {
    match expr {
        syn::Expr::Lit(_) => Some(1),
        syn::Expr::Unary(it) => literals(&it.expr),
        syn::Expr::Reference(it) => literals(&it.expr),
        syn::Expr::Array(it) => it.elems.iter().map(literals).sum(),
        syn::Expr::Tuple(it) => it.elems.iter().map(literals).sum(),
        _ => None,
    }
}

/// A body being made of what the parser read.
pub(super) struct BodyLowering<'a> {
    pub slice: &'a Slice<'a>,
    pub builder: BodyBuilder,
    depth: u32,
}

impl Deref for BodyLowering<'_> {
    type Target = BodyBuilder;

    fn deref(&self) -> &BodyBuilder {
        &self.builder
    }
}

impl DerefMut for BodyLowering<'_> {
    fn deref_mut(&mut self) -> &mut BodyBuilder {
        &mut self.builder
    }
}

/// The body of a function.
pub(super) fn function_body<'p>(
    slice: &Slice<'_>,
    params: impl Iterator<Item = &'p syn::Pat>,
    block: &syn::Block,
) -> Body {
    let mut lowering = BodyLowering::new(slice);
    for param in params {
        let pat = lowering.bind(param);
        lowering.body.params.push(pat);
    }
    let root = lowering.block(block, BlockKind::Plain, None, block.brace_token.span.open());
    lowering.builder.finish(root)
}

/// The initializer of a constant.
pub(super) fn value_body(slice: &Slice<'_>, value: &syn::Expr) -> Body {
    let mut lowering = BodyLowering::new(slice);
    let root = lowering.expr(value);
    lowering.builder.finish(root)
}

impl<'a> BodyLowering<'a> {
    fn new(slice: &'a Slice<'a>) -> Self {
        Self { slice, builder: BodyBuilder::new(), depth: 0 }
    }

    /// Runs something in a scope of its own: the names it binds are gone afterwards.
    pub fn scoped<T>(&mut self, inside: impl FnOnce(&mut Self) -> T) -> T {
        let outer = self.scope.len();
        let result = inside(self);
        self.scope.truncate(outer);
        result
    }

    fn exprs<'e>(&mut self, exprs: impl IntoIterator<Item = &'e syn::Expr>) -> Vec<ExprId> {
        exprs.into_iter().map(|expr| self.expr(expr)).collect()
    }

    fn optional(&mut self, expr: Option<&syn::Expr>) -> Option<ExprId> {
        expr.map(|expr| self.expr(expr))
    }

    /// From a token to the end of an expression, or of the token where there is none.
    fn starting_at(&self, token: Span, last: Option<ExprId>) -> TextRange {
        self.reaching(self.slice.range(token), last)
    }
}

/// Expressions.
impl BodyLowering<'_> {
    pub fn expr(&mut self, expr: &syn::Expr) -> ExprId {
        if self.depth > MAX_DEPTH {
            let range = self.slice.range(expr.span());
            return self.add(ExprKind::Opaque, range);
        }
        self.depth += 1;
        let id = self.expr_inside(expr);
        self.depth -= 1;
        let attrs = attrs_of(expr);
        if !attrs.is_empty() {
            self.suppress(attrs, self.extent(id));
        }
        id
    }

    fn expr_inside(&mut self, expr: &syn::Expr) -> ExprId {
        match expr {
            syn::Expr::Paren(it) => {
                let id = self.expr(&it.expr);
                self.extents[id.0 as usize] = self.slice.range(it.paren_token.span.join());
                id
            }
            syn::Expr::Group(it) => self.expr(&it.expr),
            syn::Expr::Path(it) => self.path(it.qself.as_ref(), &it.path),
            syn::Expr::Lit(it) => self.literal(&it.lit),
            syn::Expr::Call(it) => self.call(it),
            syn::Expr::MethodCall(it) => self.method_call(it),
            syn::Expr::Field(it) => self.field(it),
            syn::Expr::Await(it) => {
                let base = self.expr(&it.base);
                self.suffix(ExprKind::Await(base), base, it.await_token.span)
            }
            syn::Expr::Try(it) => {
                let inner = self.expr(&it.expr);
                self.suffix(ExprKind::Try(inner), inner, it.question_token.span)
            }
            syn::Expr::Index(it) => {
                let (base, index) = (self.expr(&it.expr), self.expr(&it.index));
                self.suffix(ExprKind::Index { base, index }, base, it.bracket_token.span.close())
            }
            syn::Expr::Reference(it) => {
                let (inner, mutable) = (self.expr(&it.expr), it.mutability.is_some());
                self.prefix(ExprKind::Ref { mutable, inner }, it.and_token.span, inner)
            }
            syn::Expr::RawAddr(it) => {
                let mutable = matches!(it.mutability, syn::PointerMutability::Mut(_));
                let inner = self.expr(&it.expr);
                self.prefix(ExprKind::Ref { mutable, inner }, it.and_token.span, inner)
            }
            syn::Expr::Unary(it) => {
                let inner = self.expr(&it.expr);
                let kind = match it.op {
                    syn::UnOp::Deref(_) => ExprKind::Deref(inner),
                    _ => ExprKind::Unary(inner),
                };
                self.prefix(kind, it.op.span(), inner)
            }
            syn::Expr::Binary(it) => self.binary(it),
            syn::Expr::Assign(it) => {
                let (place, value) = (self.expr(&it.left), self.expr(&it.right));
                self.between(ExprKind::Assign { place, value, compound: false }, place, value)
            }
            syn::Expr::Cast(it) => {
                let inner = self.expr(&it.expr);
                let ty = self.slice.ty(&it.ty);
                self.suffix(ExprKind::Cast { inner, ty }, inner, it.ty.span())
            }
            syn::Expr::Range(it) => self.range(it),
            syn::Expr::Tuple(it) => {
                let parts = self.exprs(&it.elems);
                self.spanned(ExprKind::Tuple(parts), it.paren_token.span.join())
            }
            // A table that a program wrote. Its numbers tell nobody anything.
            syn::Expr::Array(it) if self.slice.range.len() > LARGEST_TABLE && is_large_table(expr) => {
                self.spanned(ExprKind::Array(Vec::new()), it.bracket_token.span.join())
            }
            syn::Expr::Array(it) => {
                let parts = self.exprs(&it.elems);
                self.spanned(ExprKind::Array(parts), it.bracket_token.span.join())
            }
            syn::Expr::Repeat(it) => {
                let parts = vec![self.expr(&it.expr), self.expr(&it.len)];
                self.spanned(ExprKind::Array(parts), it.bracket_token.span.join())
            }
            syn::Expr::Struct(it) => self.structure(it),
            syn::Expr::Block(it) => {
                let start = it.label.as_ref().map(|label| label.name.span());
                let span = start.unwrap_or(it.block.brace_token.span.open());
                self.block(&it.block, BlockKind::Plain, label(it.label.as_ref()), span)
            }
            syn::Expr::Unsafe(it) => self.block(&it.block, BlockKind::Plain, None, it.unsafe_token.span),
            syn::Expr::Const(it) => self.block(&it.block, BlockKind::Plain, None, it.const_token.span),
            syn::Expr::Async(it) => self.block(&it.block, BlockKind::Async, None, it.async_token.span),
            syn::Expr::TryBlock(it) => self.block(&it.block, BlockKind::Try, None, it.try_token.span),
            syn::Expr::If(it) => self.if_(it),
            syn::Expr::Let(it) => {
                let value = self.expr(&it.expr);
                let pat = self.bind(&it.pat);
                self.prefix(ExprKind::Let { pat, value }, it.let_token.span, value)
            }
            syn::Expr::Match(it) => self.match_(it),
            syn::Expr::Loop(it) => self.loop_(it),
            syn::Expr::While(it) => self.while_(it),
            syn::Expr::ForLoop(it) => self.for_(it),
            syn::Expr::Break(it) => {
                let value = self.optional(it.expr.as_deref());
                let mut range = self.starting_at(it.break_token.span, value);
                if let Some(label) = &it.label {
                    range = range.cover(self.slice.range(label.span()));
                }
                self.add(ExprKind::Break { label: it.label.as_ref().map(lifetime), value }, range)
            }
            syn::Expr::Continue(it) => {
                let last = it.label.as_ref().map_or(it.continue_token.span, |label| label.span());
                let range = self.slice.cover(it.continue_token.span, last);
                self.add(ExprKind::Continue { label: it.label.as_ref().map(lifetime) }, range)
            }
            syn::Expr::Return(it) => {
                let value = self.optional(it.expr.as_deref());
                let range = self.starting_at(it.return_token.span, value);
                self.add(ExprKind::Return(value), range)
            }
            syn::Expr::Closure(it) => self.closure(it),
            syn::Expr::Macro(it) => self.macro_call(&it.mac),
            syn::Expr::Yield(it) => self.yield_(it),
            // `_ = value`: a place without a name, so that what is thrown away can be told from what is kept.
            syn::Expr::Infer(it) => {
                let range = self.slice.range(it.underscore_token.span);
                self.add(ExprKind::Path(Path::of_name(Name::from("_"), range)), range)
            }
            syn::Expr::Verbatim(tokens) => self.verbatim(tokens),
            _ => self.spanned(ExprKind::Opaque, expr.span()),
        }
    }

    fn spanned(&mut self, kind: ExprKind, span: Span) -> ExprId {
        let range = self.slice.range(span);
        self.add(kind, range)
    }

    /// An expression that ends with a token behind another.
    fn suffix(&mut self, kind: ExprKind, first: ExprId, last: Span) -> ExprId {
        let range = self.extent(first).cover(self.slice.range(last));
        self.add(kind, range)
    }

    fn prefix(&mut self, kind: ExprKind, first: Span, last: ExprId) -> ExprId {
        let range = self.starting_at(first, Some(last));
        self.add(kind, range)
    }

    fn path(&mut self, qself: Option<&syn::QSelf>, path: &syn::Path) -> ExprId {
        let plain = path.get_ident().filter(|_| qself.is_none()).map(|ident| self.slice.named(ident));
        if let Some((name, range)) = plain
            && let Some(local) = self.local_kind(name)
        {
            return self.add(local, range);
        }
        let path = self.slice.path(qself, path);
        let range = path.range;
        self.add(ExprKind::Path(path), range)
    }

    fn literal(&mut self, lit: &syn::Lit) -> ExprId {
        let literal = match lit {
            syn::Lit::Bool(lit) => Literal::Bool(lit.value),
            syn::Lit::Int(lit) => Literal::Int(Name::from(lit.base10_digits())),
            syn::Lit::Str(lit) => Literal::Str(Name::from(&lit.value())),
            _ => Literal::Other,
        };
        self.spanned(ExprKind::Literal(literal), lit.span())
    }

    fn call(&mut self, it: &syn::ExprCall) -> ExprId {
        let callee = self.expr(&it.func);
        let args = self.exprs(&it.args);
        self.suffix(ExprKind::Call { callee, args }, callee, it.paren_token.span.close())
    }

    fn method_call(&mut self, it: &syn::ExprMethodCall) -> ExprId {
        let receiver = self.expr(&it.receiver);
        let args = self.exprs(&it.args);
        let generics = it.turbofish.as_ref().map(|args| Box::new(self.slice.generic_args(args)));
        let (name, name_range) = self.slice.named(&it.method);
        let kind = ExprKind::MethodCall { receiver, name, name_range, generics, args };
        self.suffix(kind, receiver, it.paren_token.span.close())
    }

    fn field(&mut self, it: &syn::ExprField) -> ExprId {
        let base = self.expr(&it.base);
        let (name, range) = self.slice.member(&it.member);
        let range = self.extent(base).cover(range);
        self.add(ExprKind::Field { base, name }, range)
    }

    fn binary(&mut self, it: &syn::ExprBinary) -> ExprId {
        let (left, right) = (self.expr(&it.left), self.expr(&it.right));
        let kind = match binary_op(&it.op) {
            Some(op) => ExprKind::Binary { op, left, right },
            None => ExprKind::Assign { place: left, value: right, compound: true },
        };
        self.between(kind, left, right)
    }

    fn range(&mut self, it: &syn::ExprRange) -> ExprId {
        let (start, end) = (self.optional(it.start.as_deref()), self.optional(it.end.as_deref()));
        let range = self.starting_at(it.limits.span(), end);
        let range = start.map_or(range, |start| range.cover(self.extent(start)));
        self.add(ExprKind::Range { start, end }, range)
    }

    fn structure(&mut self, it: &syn::ExprStruct) -> ExprId {
        let path = self.slice.path(it.qself.as_ref(), &it.path);
        let field = |field: &syn::FieldValue| (self.slice.member(&field.member).0, self.expr(&field.expr));
        let fields = it.fields.iter().map(field).collect();
        let base = self.optional(it.rest.as_deref());
        let range = path.range.cover(self.slice.range(it.brace_token.span.close()));
        self.add(ExprKind::Struct { path: Box::new(path), fields, base }, range)
    }

    fn if_(&mut self, it: &syn::ExprIf) -> ExprId {
        // What the condition binds is seen in the first block only.
        let (condition, then) = self.scoped(|this| {
            let condition = this.expr(&it.cond);
            (condition, this.plain_block(&it.then_branch))
        });
        let otherwise = self.optional(it.else_branch.as_ref().map(|(_, block)| &**block));
        let range = self.starting_at(it.if_token.span, otherwise.or(Some(then)));
        self.add(ExprKind::If { condition, then, otherwise }, range)
    }

    fn match_(&mut self, it: &syn::ExprMatch) -> ExprId {
        let scrutinee = self.expr(&it.expr);
        let arms = it.arms.iter().map(|arm| self.scoped(|this| this.arm(arm))).collect();
        let range = self.slice.cover(it.match_token.span, it.brace_token.span.close());
        self.add(ExprKind::Match { scrutinee, arms }, range)
    }

    fn arm(&mut self, arm: &syn::Arm) -> Arm {
        let (pat, guard) = match &arm.pat {
            syn::Pat::Guard(guarded) => (&*guarded.pat, Some(&*guarded.guard)),
            pat => (pat, None),
        };
        let pat = self.bind(pat);
        let guard = self.optional(guard);
        let body = self.expr(&arm.body);
        if let Some(attr) = arm.attrs.first() {
            let start = self.slice.range(attr.pound_token.span);
            self.suppress(&arm.attrs, start.cover(self.extent(body)));
        }
        Arm { pat, guard, body }
    }

    fn loop_(&mut self, it: &syn::ExprLoop) -> ExprId {
        let body = self.plain_block(&it.body);
        self.add_loop(LoopKind::Loop, it.label.as_ref(), it.loop_token.span, body)
    }

    fn while_(&mut self, it: &syn::ExprWhile) -> ExprId {
        let (condition, body) = self.scoped(|this| (this.expr(&it.cond), this.plain_block(&it.body)));
        self.add_loop(LoopKind::While(condition), it.label.as_ref(), it.while_token.span, body)
    }

    fn for_(&mut self, it: &syn::ExprForLoop) -> ExprId {
        let iterable = self.expr(&it.expr);
        let (pat, body) = self.scoped(|this| (this.bind(&it.pat), this.plain_block(&it.body)));
        self.add_loop(LoopKind::For { pat, iterable }, it.label.as_ref(), it.for_token.span, body)
    }

    fn add_loop(&mut self, kind: LoopKind, name: Option<&syn::Label>, keyword: Span, body: ExprId) -> ExprId {
        let start = name.map_or(keyword, |label| label.name.span());
        let range = self.starting_at(start, Some(body));
        let keyword = self.slice.range(keyword);
        self.add(ExprKind::Loop(Loop { kind, label: label(name), body, keyword }), range)
    }

    fn closure(&mut self, it: &syn::ExprClosure) -> ExprId {
        let first = [
            it.lifetimes.as_ref().map(|it| it.for_token.span),
            it.constness.map(|it| it.span),
            it.asyncness.map(|it| it.span),
            it.capture.map(|it| it.span),
        ];
        let first = first.into_iter().flatten().next().unwrap_or(it.inputs_begin.span);
        let (params, body) = self.scoped(|this| {
            let params = it.inputs.iter().map(|input| this.closure_param(input)).collect();
            (params, this.expr(&it.body))
        });
        let output = self.slice.output(&it.output);
        let closure = Closure { params, output, is_async: it.asyncness.is_some(), body };
        self.prefix(ExprKind::Closure(Box::new(closure)), first, body)
    }

    fn closure_param(&mut self, input: &syn::Pat) -> (PatId, Option<Type>) {
        match input {
            syn::Pat::Type(typed) => (self.bind(&typed.pat), Some(self.slice.ty(&typed.ty))),
            pat => (self.bind(pat), None),
        }
    }

    /// `yield value`, as a call of a macro of that name: what the value is made of is part of the program.
    fn yield_(&mut self, it: &syn::ExprYield) -> ExprId {
        let Some(value) = self.optional(it.expr.as_deref()) else {
            return self.spanned(ExprKind::Opaque, it.yield_token.span);
        };
        let path = Path::of_name(Name::from("yield"), self.slice.range(it.yield_token.span));
        let call = MacroCall { path, content: MacroContent::Args(vec![value]) };
        self.prefix(ExprKind::Macro(Box::new(call)), it.yield_token.span, value)
    }

    /// Syntax that the parser passes on as tokens. Where they name locals it is kept as a macro that cannot be read.
    fn verbatim(&mut self, tokens: &proc_macro2::TokenStream) -> ExprId {
        let range = self.slice.range(tokens.span());
        let mentions = self.mentions(tokens);
        if mentions.is_empty() {
            return self.add(ExprKind::Opaque, range);
        }
        let path = Path::of_name(Name::from("verbatim"), range);
        let content = MacroContent::Opaque { mentions };
        self.add(ExprKind::Macro(Box::new(MacroCall { path, content })), range)
    }
}

/// Blocks and statements.
impl BodyLowering<'_> {
    fn plain_block(&mut self, block: &syn::Block) -> ExprId {
        self.block(block, BlockKind::Plain, None, block.brace_token.span.open())
    }

    /// A block that starts at a span: its brace, or the keyword or label before it.
    fn block(&mut self, block: &syn::Block, kind: BlockKind, label: Option<Name>, start: Span) -> ExprId {
        let range = self.slice.cover(start, block.brace_token.span.close());
        self.scoped(|this| this.statements(&block.stmts, kind, label, range))
    }

    /// A block made of statements. What they bind stays in the scope of the caller.
    pub fn statements(
        &mut self,
        statements: &[syn::Stmt],
        kind: BlockKind,
        label: Option<Name>,
        range: TextRange,
    ) -> ExprId {
        let mut block = Block { kind, label, stmts: Vec::new(), tail: None };
        for (index, statement) in statements.iter().enumerate() {
            let is_last = index + 1 == statements.len();
            match statement {
                syn::Stmt::Local(local) => {
                    let local = self.let_(local);
                    block.stmts.push(Stmt::Let(Box::new(local)));
                }
                syn::Stmt::Item(item) => {
                    let items = super::nested_item(self.slice, item);
                    block.stmts.extend(items.into_iter().map(|item| self.add_item(item)));
                }
                // A lone semicolon.
                syn::Stmt::Expr(syn::Expr::Verbatim(tokens), _) if tokens.is_empty() => {}
                syn::Stmt::Expr(expr, semicolon) => {
                    let first = self.body.suppressions.len();
                    let id = self.expr(expr);
                    self.widen_suppressions(first, self.extent(id));
                    match semicolon {
                        None if is_last => block.tail = Some(id),
                        _ => block.stmts.push(Stmt::Expr(id)),
                    }
                }
                syn::Stmt::Macro(call) => {
                    let id = self.macro_call(&call.mac);
                    self.suppress(&call.attrs, self.extent(id));
                    match call.semi_token {
                        None if is_last => block.tail = Some(id),
                        _ => block.stmts.push(Stmt::Expr(id)),
                    }
                }
            }
        }
        self.add(ExprKind::Block(block), range)
    }

    pub fn add_item(&mut self, item: Item) -> Stmt {
        self.body.items.push(item);
        Stmt::Item
    }

    fn let_(&mut self, it: &syn::Local) -> Let {
        // Neither the value nor the `else` block sees what the pattern binds.
        let init = self.optional(it.init.as_ref().map(|init| &*init.expr));
        let otherwise = it.init.as_ref().and_then(|init| init.diverge.as_ref());
        let otherwise = self.optional(otherwise.map(|(_, block)| &**block));
        let (pat, ty) = self.closure_param(&it.pat);
        let range = self.slice.cover(it.let_token.span, it.semi_token.span);
        self.suppress(&it.attrs, range);
        Let { pat, ty, init, otherwise, range }
    }

    /// Notes the suppressions among the attributes of something in the body.
    fn suppress(&mut self, attrs: &[syn::Attribute], range: TextRange) {
        let suppressions = self.slice.attributes(attrs).suppressions;
        self.body.suppressions.extend(
            suppressions.into_iter().map(|suppression| (range.cover(suppression.attribute), suppression)),
        );
    }

    /// The parser hangs the attributes of a statement on its leftmost expression; they stand for all of it.
    fn widen_suppressions(&mut self, first: usize, statement: TextRange) {
        for (range, suppression) in &mut self.body.suppressions[first..] {
            if suppression.attribute.end <= statement.start || suppression.attribute.start == statement.start
            {
                *range = range.cover(statement);
            }
        }
    }
}

/// Patterns.
impl BodyLowering<'_> {
    /// A whole pattern; the names it binds are in scope afterwards.
    pub fn bind(&mut self, pat: &syn::Pat) -> PatId {
        let mut bindings = Bindings::new();
        let id = self.pat(pat, &mut bindings);
        self.scope.append(&mut bindings);
        id
    }

    pub fn wild(&mut self, range: TextRange) -> PatId {
        self.add_pat(PatKind::Wild, range)
    }

    fn pats<'p>(
        &mut self,
        pats: impl IntoIterator<Item = &'p syn::Pat>,
        bindings: &mut Bindings,
    ) -> Vec<PatId> {
        pats.into_iter().map(|pat| self.pat(pat, bindings)).collect()
    }

    fn pat(&mut self, pat: &syn::Pat, bindings: &mut Bindings) -> PatId {
        let kind = match pat {
            syn::Pat::Ident(it) => return self.name_pat(it, bindings),
            syn::Pat::Paren(it) => return self.pat(&it.pat, bindings),
            syn::Pat::Type(it) => return self.pat(&it.pat, bindings),
            syn::Pat::Guard(it) => return self.pat(&it.pat, bindings),
            syn::Pat::Wild(_) => PatKind::Wild,
            syn::Pat::Rest(_) => PatKind::Rest,
            syn::Pat::Lit(_) | syn::Pat::Range(_) => PatKind::Literal,
            syn::Pat::Path(it) => PatKind::Path(self.slice.path(it.qself.as_ref(), &it.path)),
            syn::Pat::Tuple(it) => PatKind::Tuple(self.pats(&it.elems, bindings)),
            syn::Pat::Slice(it) => PatKind::Slice(self.pats(&it.elems, bindings)),
            syn::Pat::Or(it) => PatKind::Or(self.pats(&it.cases, bindings)),
            syn::Pat::Reference(it) => PatKind::Ref(self.pat(&it.pat, bindings)),
            syn::Pat::TupleStruct(it) => {
                let path = self.slice.path(it.qself.as_ref(), &it.path);
                PatKind::TupleStruct { path, fields: self.pats(&it.elems, bindings) }
            }
            syn::Pat::Struct(it) => {
                let path = self.slice.path(it.qself.as_ref(), &it.path);
                let fields = it.fields.iter();
                let fields =
                    fields.map(|field| (self.slice.member(&field.member).0, self.pat(&field.pat, bindings)));
                PatKind::Struct { path, fields: fields.collect() }
            }
            _ => PatKind::Opaque,
        };
        let range = self.slice.range(pat.span());
        self.add_pat(kind, range)
    }

    fn name_pat(&mut self, it: &syn::PatIdent, bindings: &mut Bindings) -> PatId {
        let (name, named) = self.slice.named(&it.ident);
        let (by_ref, mutable) = (it.by_ref.is_some(), it.mutability.is_some());
        let sub = it.subpat.as_ref().map(|(_, sub)| self.pat(sub, bindings));
        let first = it.by_ref.map(|it| it.span).or(it.mutability.map(|it| it.span));
        let first = first.map(|first| self.slice.range(first));
        self.builder.name_pat(NamePat { name, named, first, by_ref, mutable, sub }, bindings)
    }
}

fn label(label: Option<&syn::Label>) -> Option<Name> {
    label.map(|label| lifetime(&label.name))
}

/// A label without its quote.
fn lifetime(lifetime: &syn::Lifetime) -> Name {
    name(&lifetime.ident)
}

/// The operator; None for those that assign.
fn binary_op(op: &syn::BinOp) -> Option<BinaryOp> {
    use syn::BinOp::*;
    match op {
        And(_) => Some(BinaryOp::And),
        Or(_) => Some(BinaryOp::Or),
        Eq(_) | Lt(_) | Le(_) | Ne(_) | Ge(_) | Gt(_) => Some(BinaryOp::Compare),
        AddAssign(_) | SubAssign(_) | MulAssign(_) | DivAssign(_) | RemAssign(_) | BitXorAssign(_)
        | BitAndAssign(_) | BitOrAssign(_) | ShlAssign(_) | ShrAssign(_) => None,
        _ => Some(BinaryOp::Other),
    }
}

fn attrs_of(expr: &syn::Expr) -> &[syn::Attribute] {
    macro_rules! attrs {
        ($($variant:ident)*) => {
            match expr {
                $(syn::Expr::$variant(it) => &it.attrs,)*
                _ => &[],
            }
        };
    }
    attrs!(Array Assign Async Await Binary Block Break Call Cast Closure Const Continue Field ForLoop Group If Index
        Infer Let Lit Loop Macro Match MethodCall Paren Path Range RawAddr Reference Repeat Return Struct Try TryBlock
        Tuple Unary Unsafe While Yield)
}
