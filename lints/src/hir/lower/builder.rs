//! A body while it is made: what the parser's trees and the plain reader are lowered to.
//!
//! Expressions are made inside before outside, patterns as well; names are in scope from when they are bound.

use std::cell::Cell;

use super::captures::captured_names;
use crate::hir::*;
use crate::source::TextRange;

/// Arrays with more literals, and nothing else in them, have no expressions for their elements.
pub(super) const LARGEST_TABLE: usize = 10_000;

/// The names that a pattern binds. They can be seen once the whole pattern is read.
pub(super) type Bindings = Vec<(Name, LocalId)>;

#[derive(Default)]
pub(super) struct BodyBuilder {
    pub body: Body,
    /// The range of each expression with the parentheses around it, for the ranges of what it is part of.
    pub extents: Vec<TextRange>,
    /// The names that can be seen, innermost last.
    pub scope: Bindings,
}

/// Which names in a format string count.
#[derive(Clone, Copy)]
pub(super) enum Captures {
    /// All of them: it is a format string.
    All,
    /// Those of locals: it may be one.
    Locals,
}

/// A name in a pattern.
pub(super) struct NamePat {
    pub name: Name,
    pub named: TextRange,
    /// Where its `ref` or `mut` begins.
    pub first: Option<TextRange>,
    pub by_ref: bool,
    pub mutable: bool,
    /// What is behind its `@`.
    pub sub: Option<PatId>,
}

thread_local! {
    /// Room for the expressions of the body being made, kept from one to the next: what stays of a body has the size it
    /// needs.
    static BUFFERS: Cell<(Vec<Expr>, Vec<TextRange>)> = const { Cell::new((Vec::new(), Vec::new())) };
}

impl BodyBuilder {
    pub fn new() -> Self {
        let (exprs, extents) = BUFFERS.take();
        Self { body: Body { exprs, ..Body::default() }, extents, scope: Vec::new() }
    }

    /// Gives the room back that a body would have been made in.
    pub fn abandon(mut self) {
        self.body.exprs.clear();
        self.extents.clear();
        BUFFERS.set((self.body.exprs, self.extents));
    }

    pub fn finish(mut self, root: ExprId) -> Body {
        let exprs = self.body.exprs.drain(..).collect();
        let buffer = std::mem::replace(&mut self.body.exprs, exprs);
        self.extents.clear();
        BUFFERS.set((buffer, self.extents));
        self.body.root = root;
        self.body.seal();
        self.body
    }

    pub fn add(&mut self, kind: ExprKind, range: TextRange) -> ExprId {
        let id = ExprId(self.body.exprs.len() as u32);
        self.body.exprs.push(Expr { kind, range });
        self.extents.push(range);
        id
    }

    /// Takes back the expression made last, to be part of another in its place.
    pub fn take_last(&mut self) -> Option<ExprKind> {
        self.extents.pop();
        self.body.exprs.pop().map(|expr| expr.kind)
    }

    pub fn extent(&self, id: ExprId) -> TextRange {
        self.extents[id.0 as usize]
    }

    /// From a token to the end of an expression, or of the token where there is none.
    pub fn reaching(&self, token: TextRange, last: Option<ExprId>) -> TextRange {
        last.map_or(token, |last| token.cover(self.extent(last)))
    }

    /// An expression from the first of two to the last.
    pub fn between(&mut self, kind: ExprKind, first: ExprId, last: ExprId) -> ExprId {
        let range = self.extent(first).cover(self.extent(last));
        self.add(kind, range)
    }

    /// The innermost local of a name.
    fn lookup(&self, name: Name) -> Option<LocalId> {
        self.scope.iter().rev().find(|&&(known, _)| known == name).map(|&(_, local)| local)
    }

    /// What a plain name stands for, if it is a local or `self`.
    pub fn local_kind(&self, name: Name) -> Option<ExprKind> {
        if name == "self" {
            return Some(ExprKind::Receiver);
        }
        self.lookup(name).map(ExprKind::Local)
    }

    pub fn add_pat(&mut self, kind: PatKind, range: TextRange) -> PatId {
        let id = PatId(self.body.pats.len() as u32);
        self.body.pats.push(Pat { kind, range });
        id
    }

    pub fn name_pat(&mut self, it: NamePat, bindings: &mut Bindings) -> PatId {
        let NamePat { name, named, first, by_ref, mutable, sub } = it;
        // A name like a type's is that of a constant or a variant: nobody binds `None`.
        if sub.is_none() && !by_ref && !mutable && name.starts_with(char::is_uppercase) {
            return self.add_pat(PatKind::Path(Path::of_name(name, named)), named);
        }
        let range = first.map_or(named, |first| first.cover(named));
        let range = sub.map_or(range, |sub| range.cover(self.body.pat(sub).range));
        // In `A(x) | B(x)` both make the same binding.
        let known = bindings.iter().find(|&&(known, _)| known == name).map(|&(_, local)| local);
        let local = known.unwrap_or(LocalId(self.body.locals.len() as u32));
        let pat = self.add_pat(PatKind::Bind { local, by_ref, sub }, range);
        if known.is_none() {
            self.body.locals.push(Local { name, range: named, mutable, pat });
            bindings.push((name, local));
        }
        pat
    }

    /// The names that a string literal captures as a format string, as expressions.
    pub fn captures(
        &mut self,
        (text, literal): (&str, TextRange),
        named: &[Name],
        which: Captures,
        lowered: &mut Vec<ExprId>,
    ) {
        for within in captured_names(text) {
            let start = literal.start as usize;
            let range = TextRange::new(start + within.start, start + within.end);
            let name = Name::from(&text[within]);
            if named.contains(&name) {
                continue;
            }
            match (self.local_kind(name), which) {
                (Some(kind), _) => lowered.push(self.add(kind, range)),
                (None, Captures::All) => {
                    lowered.push(self.add(ExprKind::Path(Path::of_name(name, range)), range));
                }
                (None, Captures::Locals) => {}
            }
        }
    }
}
