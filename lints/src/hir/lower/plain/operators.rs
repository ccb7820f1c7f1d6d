//! Operators: prefixes, what stands between expressions, and what stands behind one.

use super::Sum;
use super::body::{BodyReader, Form, Read, Structs};
use crate::hir::*;

/// How strongly an operator holds, weakest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Precedence {
    Jump,
    Assign,
    Range,
    Or,
    And,
    Compare,
    BitOr,
    BitXor,
    BitAnd,
    Shift,
    Sum,
    Product,
    Cast,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum OperatorKind {
    Binary(BinaryOp),
    Assign { compound: bool },
    Range,
    Cast,
}

#[derive(Clone, Copy)]
struct Operator {
    kind: OperatorKind,
    precedence: Precedence,
    /// How many tokens it is.
    len: usize,
}

impl Operator {
    fn binary(op: BinaryOp, precedence: Precedence, len: usize) -> Option<Self> {
        Some(Self { kind: OperatorKind::Binary(op), precedence, len })
    }

    fn other(precedence: Precedence, len: usize) -> Option<Self> {
        Self::binary(BinaryOp::Other, precedence, len)
    }

    fn compare(len: usize) -> Option<Self> {
        Self::binary(BinaryOp::Compare, Precedence::Compare, len)
    }

    fn compound(len: usize) -> Option<Self> {
        let kind = OperatorKind::Assign { compound: true };
        Some(Self { kind, precedence: Precedence::Assign, len })
    }

    /// The operator at the start of a text; None where there is none.
    fn at(text: &[u8]) -> Option<Self> {
        let &first = text.first()?;
        let second = text.get(1).copied().unwrap_or_default();
        match (first, second) {
            (b'=', b'=') => Self::compare(2),
            (b'=', b'>') | (b'-', b'>') | (b'<', b'-') => None,
            (b'=', _) => {
                let kind = OperatorKind::Assign { compound: false };
                Some(Self { kind, precedence: Precedence::Assign, len: 1 })
            }
            (b'<' | b'>' | b'!', b'=') => Self::compare(2),
            (b'<', b'<') | (b'>', b'>') => match text.get(2) {
                Some(b'=') => Self::compound(3),
                _ => Self::other(Precedence::Shift, 2),
            },
            (b'<' | b'>', _) => Self::compare(1),
            (b'+' | b'-' | b'*' | b'/' | b'%' | b'^' | b'&' | b'|', b'=') => Self::compound(2),
            (b'&', b'&') => Self::binary(BinaryOp::And, Precedence::And, 2),
            (b'|', b'|') => Self::binary(BinaryOp::Or, Precedence::Or, 2),
            (b'+' | b'-', _) => Self::other(Precedence::Sum, 1),
            (b'*' | b'/' | b'%', _) => Self::other(Precedence::Product, 1),
            (b'^', _) => Self::other(Precedence::BitXor, 1),
            (b'&', _) => Self::other(Precedence::BitAnd, 1),
            (b'|', _) => Self::other(Precedence::BitOr, 1),
            (b'.', b'.') => Some(Self { kind: OperatorKind::Range, precedence: Precedence::Range, len: 2 }),
            _ => None,
        }
    }
}

impl BodyReader<'_> {
    fn operator(&self) -> Option<Operator> {
        match self.byte() {
            b')' | b';' | b',' | b'{' | b'}' => None,
            b'a' if self.peek() == "as" => {
                Some(Operator { kind: OperatorKind::Cast, precedence: Precedence::Cast, len: 1 })
            }
            _ => Operator::at(self.ahead()),
        }
    }

    pub fn expr_where(&mut self, structs: Structs) -> Option<Read> {
        let first = self.unary(structs)?;
        self.operators(first, structs, Precedence::Jump)
    }

    /// The operators behind an expression that hold at least as strongly as the weakest, each with what is on its right.
    pub fn operators(&mut self, mut left: Read, structs: Structs, weakest: Precedence) -> Option<Read> {
        while left.form != Form::Range
            && let Some(operator) = self.operator().filter(|it| it.precedence >= weakest)
        {
            left = match operator.kind {
                OperatorKind::Range => self.range(Some(left.id), structs)?,
                OperatorKind::Cast => self.cast(left.id)?,
                OperatorKind::Assign { compound } => {
                    self.at += operator.len;
                    let value = self.right_side(structs, operator.precedence)?;
                    let kind = ExprKind::Assign { place: left.id, value, compound };
                    Read::other(self.builder.between(kind, left.id, value))
                }
                OperatorKind::Binary(op) => {
                    let form = if op == BinaryOp::Compare { Form::Comparison } else { Form::Other };
                    if form == Form::Comparison && left.form == form {
                        return None;
                    }
                    self.at += operator.len;
                    let right = self.right_side(structs, operator.precedence)?;
                    let kind = ExprKind::Binary { op, left: left.id, right };
                    Read { id: self.builder.between(kind, left.id, right), form }
                }
            };
        }
        Some(left)
    }

    /// What is on the right of an operator: all that holds more strongly, or as strongly in `a = b = c`.
    fn right_side(&mut self, structs: Structs, precedence: Precedence) -> Option<ExprId> {
        self.nested(|this| {
            let mut right = this.unary(structs)?;
            while let Some(next) = this.operator().map(|it| it.precedence) {
                let before = this.at;
                if next > precedence || next == precedence && precedence == Precedence::Assign {
                    right = this.operators(right, structs, next)?;
                }
                if this.at == before {
                    break;
                }
            }
            Some(right.id)
        })
    }

    fn cast(&mut self, inner: ExprId) -> Option<Read> {
        self.at += 1;
        let ty = self.ty(Sum::MayNot)?;
        // `a as B.c`, `a as B?` are errors.
        let goes_on =
            matches!(self.byte(), b'?' | b'[' | b'(') || self.byte() == b'.' && !self.is_joined(b"..");
        (!goes_on).then(|| Read::other(self.add_behind(ExprKind::Cast { inner, ty }, inner)))
    }

    /// `..`, `..=` and the end of the range, if it has one.
    pub fn range(&mut self, start: Option<ExprId>, structs: Structs) -> Option<Read> {
        let first = self.place();
        if self.is_joined(b"...") || !self.skip_joined(b"..") {
            return None;
        }
        let is_closed = self.byte() == b'=' && self.byte_before() == b'.';
        self.at += usize::from(is_closed);
        let limits = self.since(first);
        let has_end = is_closed || !self.is_range_over(structs);
        let end = if has_end { Some(self.right_side(structs, Precedence::Range)?) } else { None };
        let range = self.builder.reaching(limits, end);
        let range = start.map_or(range, |start| range.cover(self.builder.extent(start)));
        let id = self.builder.add(ExprKind::Range { start, end }, range);
        Some(Read { id, form: Form::Range })
    }

    /// Whether nothing is behind the `..` of a range.
    fn is_range_over(&self, structs: Structs) -> bool {
        let second = *self.ahead().get(1).unwrap_or(&0);
        match self.byte() {
            b',' | b';' | b'?' | b'=' | b'+' | b'/' | b'%' | b'^' | b'>' => true,
            b'.' => second != b'.',
            b'{' => structs == Structs::MayNot,
            b'!' | b'-' | b'*' | b'&' | b'|' => second == b'=',
            b'<' => second == b'=' || self.is_joined(b"<<="),
            b'a' => self.peek() == "as",
            _ => self.is_at_close(),
        }
    }

    /// An expression with what stands before and behind it.
    pub fn unary(&mut self, structs: Structs) -> Option<Read> {
        match self.byte() {
            b'#' => {
                self.skip_plain_attributes()?;
                (!self.is_joined(b"..")).then_some(())?;
                self.unary(structs)
            }
            b'&' | b'*' | b'!' | b'-' => self.nested(|this| this.prefixed(structs)).map(Read::other),
            _ => {
                let atom = self.atom(structs)?;
                self.trailers(atom)
            }
        }
    }

    fn prefixed(&mut self, structs: Structs) -> Option<ExprId> {
        let start = self.place();
        let prefix = self.byte();
        self.at += 1;
        let mutable = prefix == b'&' && self.reference();
        let inner = self.unary(structs)?.id;
        let kind = match prefix {
            b'&' => ExprKind::Ref { mutable, inner },
            b'*' => ExprKind::Deref(inner),
            _ => ExprKind::Unary(inner),
        };
        Some(self.add_before(kind, start, inner))
    }

    /// What belongs to a `&`: `mut`, `raw mut`, `raw const`. Whether it is for changes.
    fn reference(&mut self) -> bool {
        let is_raw = self.peek() == "raw" && matches!(self.peek_behind(1), "mut" | "const");
        self.at += usize::from(is_raw);
        let mutable = self.skip("mut");
        self.at += usize::from(is_raw && !mutable);
        mutable
    }

    /// Calls, fields, `?` and the like behind an expression.
    pub fn trailers(&mut self, mut it: Read) -> Option<Read> {
        while it.form != Form::Range {
            let id = match self.byte() {
                b'(' => {
                    self.at += 1;
                    let (callee, args) = (it.id, self.list(b')', Self::expr)?);
                    self.add_behind(ExprKind::Call { callee, args }, callee)
                }
                b'[' => {
                    self.at += 1;
                    let (base, index) = (it.id, self.expr()?);
                    self.mark(b']')?;
                    self.add_behind(ExprKind::Index { base, index }, base)
                }
                b'?' => {
                    self.at += 1;
                    self.add_behind(ExprKind::Try(it.id), it.id)
                }
                b'.' if !self.is_joined(b"..") => {
                    self.at += 1;
                    self.member_of(it.id)?
                }
                _ => break,
            };
            it = Read::other(id);
        }
        Some(it)
    }

    /// What is behind a dot: `await`, a field, a method.
    fn member_of(&mut self, base: ExprId) -> Option<ExprId> {
        if self.skip("await") {
            return Some(self.add_behind(ExprKind::Await(base), base));
        }
        let is_number = self.byte().is_ascii_digit();
        let (name, name_range) = self.member()?;
        let generics = if is_number { None } else { self.turbofish()? };
        if is_number || generics.is_none() && self.byte() != b'(' {
            return Some(self.add_behind(ExprKind::Field { base, name }, base));
        }
        self.mark(b'(')?;
        let args = self.list(b')', Self::expr)?;
        let kind = ExprKind::MethodCall { receiver: base, name, name_range, generics, args };
        Some(self.add_behind(kind, base))
    }
}
