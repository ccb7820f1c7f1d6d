//! Blocks and statements.

use super::Sum;
use super::body::{BodyReader, Form, Read, Structs};
use super::operators::Precedence;
use crate::hir::lower::attrs::plain_attributes;
use crate::hir::lower::builder::Bindings;
use crate::hir::lower::reader::is_keyword;
use crate::hir::*;
use crate::source::TextRange;

impl BodyReader<'_> {
    pub fn plain_block(&mut self) -> Option<ExprId> {
        self.block(BlockKind::Plain, None, self.place())
    }

    /// A block that starts at a place: its brace, which comes next, or the keyword or label before it.
    pub fn block(&mut self, kind: BlockKind, label: Option<Name>, start: TextRange) -> Option<ExprId> {
        self.mark(b'{')?;
        self.block_content(kind, label, start)
    }

    /// As `block`, from behind the brace.
    pub fn block_content(
        &mut self,
        kind: BlockKind,
        label: Option<Name>,
        start: TextRange,
    ) -> Option<ExprId> {
        let (stmts, tail) = self.scoped(Self::statements)?;
        self.mark(b'}')?;
        let range = self.since(start);
        Some(self.builder.add(ExprKind::Block(Block { kind, label, stmts, tail }), range))
    }

    /// Statements up to a closing bracket, and the expression behind them. What they bind stays in the scope of the caller.
    pub fn statements(&mut self) -> Option<(Vec<Stmt>, Option<ExprId>)> {
        let mut stmts = Vec::new();
        loop {
            while self.skip_mark(b';') {}
            if self.is_at_close() {
                return Some((stmts, None));
            }
            self.skip_plain_attributes()?;
            if self.is_at_item() {
                self.items = &self.items[1..];
                self.at += 1;
                stmts.push(Stmt::Item);
                continue;
            }
            if self.peek() == "let" {
                stmts.push(Stmt::Let(Box::new(self.let_()?)));
                continue;
            }
            let it = if self.is_at_macro_in_braces() {
                self.block_or_more()?
            } else {
                self.expr_before_boundary()?
            };
            if self.skip_mark(b';') {
                stmts.push(Stmt::Expr(it.id));
            } else if self.is_at_close() {
                return Some((stmts, Some(it.id)));
            } else if it.form == Form::Block {
                stmts.push(Stmt::Expr(it.id));
            } else {
                return None;
            }
        }
    }

    fn is_at_item(&self) -> bool {
        self.items.first().is_some_and(|item| item.range == self.place())
    }

    /// `path! { .. }`
    fn is_at_macro_in_braces(&self) -> bool {
        let first = if self.is_joined(b"::") { 2 } else { 0 };
        let mut at = first;
        while self.byte_behind(at + 1) == b':' {
            at += 3;
        }
        let is_macro = self.byte_behind(at + 1) == b'!' && self.byte_behind(at + 2) == b'{';
        is_macro && (at > 0 || !is_keyword(self.peek()))
    }

    /// An expression that ends with its block where it may: at the start of a statement, and as an arm of a `match`.
    pub fn expr_before_boundary(&mut self) -> Option<Read> {
        let is_block = match self.byte() {
            b'{' => true,
            b'\'' => self.is_lifetime(),
            b'a'..=b'z' => {
                matches!(
                    self.peek().as_bytes(),
                    b"if" | b"match" | b"while" | b"for" | b"loop" | b"unsafe" | b"const"
                )
            }
            _ => false,
        };
        if is_block { self.block_or_more() } else { self.expr_where(Structs::May) }
    }

    /// What ends with a block, and goes on only with a dot or `?`.
    fn block_or_more(&mut self) -> Option<Read> {
        let atom = self.atom(Structs::May)?;
        let goes_on = match self.byte() {
            b'.' => !self.is_joined(b".."),
            byte => byte == b'?',
        };
        if !goes_on {
            return Some(Read { form: Form::Block, ..atom });
        }
        let more = self.trailers(atom)?;
        self.operators(more, Structs::May, Precedence::Jump)
    }

    /// Attributes that say nothing of what is inside of a body.
    pub fn skip_plain_attributes(&mut self) -> Option<()> {
        if self.byte() == b'#' { plain_attributes(self).map(drop) } else { Some(()) }
    }

    /// The `#![..]` behind the brace of a function, which belong to that.
    pub fn skip_inner_attributes(&mut self) -> Option<()> {
        while self.byte() == b'#' && self.byte_behind(1) == b'!' && self.byte_behind(2) == b'[' {
            self.at += 2;
            self.skip_group()?;
        }
        Some(())
    }

    fn let_(&mut self) -> Option<Let> {
        let start = self.place();
        self.at += 1;
        let pattern = self.at;
        self.skip_to_value()?;
        let end = self.at;
        // Neither the value nor the `else` block sees what the pattern binds.
        let init = if self.skip_mark(b'=') { Some(self.expr()?) } else { None };
        let ends_with_brace = self.last() == "}";
        let otherwise = match init.is_some() && self.skip("else") {
            true if ends_with_brace => return None,
            true => Some(self.plain_block()?),
            false => None,
        };
        let (pat, ty) = self.at_place(pattern, end, |this| this.typed_pat(Self::pat))?;
        self.mark(b';')?;
        Some(Let { pat, ty, init, otherwise, range: self.since(start) })
    }

    /// Passes over a pattern and its type, up to the `=` or `;` behind them.
    pub fn skip_to_value(&mut self) -> Option<()> {
        let mut angles = 0u32;
        loop {
            match self.byte() {
                b'=' if angles == 0 && self.byte_before() != b'.' => return Some(()),
                b';' => return Some(()),
                b'<' => angles += 1,
                b'>' if self.byte_before() != b'-' => angles = angles.checked_sub(1)?,
                _ => {}
            }
            self.skip_tree()?;
        }
    }

    /// A pattern and the type behind its colon. The names that it binds are in scope afterwards.
    pub fn typed_pat(
        &mut self,
        pat: impl FnOnce(&mut Self, &mut Bindings) -> Option<PatId>,
    ) -> Option<(PatId, Option<Type>)> {
        let pat = self.bind(pat)?;
        if self.byte() != b':' {
            return Some((pat, None));
        }
        self.expect_colon()?;
        Some((pat, Some(self.ty(Sum::May)?)))
    }
}
