//! Patterns.

use super::body::BodyReader;
use crate::hir::lower::builder::{Bindings, NamePat};
use crate::hir::lower::reader::is_keyword;
use crate::hir::*;
use crate::source::TextRange;

impl BodyReader<'_> {
    /// A whole pattern; the names it binds are in scope afterwards.
    pub fn bind(&mut self, pat: impl FnOnce(&mut Self, &mut Bindings) -> Option<PatId>) -> Option<PatId> {
        let mut bindings = Bindings::new();
        let id = pat(self, &mut bindings)?;
        self.builder.scope.append(&mut bindings);
        Some(id)
    }

    /// `a`, `a | b`, `| a`.
    pub fn alternatives(&mut self, bindings: &mut Bindings) -> Option<PatId> {
        let start = self.place();
        let has_leading = self.skip_mark(b'|');
        let first = self.pat(bindings)?;
        if !has_leading && !self.is_alternative() {
            return Some(first);
        }
        let mut cases = vec![first];
        while self.is_alternative() {
            self.at += 1;
            cases.push(self.pat(bindings)?);
        }
        Some(self.add_pat_since(PatKind::Or(cases), start))
    }

    fn is_alternative(&self) -> bool {
        self.byte() == b'|' && !self.is_joined(b"||") && !self.is_joined(b"|=")
    }

    /// A pattern without alternatives, parentheses apart.
    pub fn pat(&mut self, bindings: &mut Bindings) -> Option<PatId> {
        self.nested(|this| this.pat_inside(bindings))
    }

    fn pat_inside(&mut self, bindings: &mut Bindings) -> Option<PatId> {
        let start = self.place();
        let kind = match self.byte() {
            b'(' => return self.tuple_pat(bindings),
            b'[' => {
                self.at += 1;
                PatKind::Slice(self.list_of_pats(b']', bindings)?)
            }
            b'&' => {
                self.at += 1;
                self.skip("mut");
                PatKind::Ref(self.pat(bindings)?)
            }
            b'.' => self.rest_or_range()?,
            b'"' | b'\'' | b'-' | b'0'..=b'9' => self.literal_or_range()?,
            b'<' | b':' => self.path_pat(bindings)?,
            _ => return self.word_pat(bindings),
        };
        Some(self.add_pat_since(kind, start))
    }

    fn add_pat_since(&mut self, kind: PatKind, start: TextRange) -> PatId {
        let range = self.since(start);
        self.builder.add_pat(kind, range)
    }

    fn list_of_pats(&mut self, close: u8, bindings: &mut Bindings) -> Option<Vec<PatId>> {
        let mut list = Vec::new();
        while !self.skip_mark(close) {
            let start = self.byte();
            let pat = self.alternatives(bindings)?;
            let is_literal = matches!(self.builder.body.pat(pat).kind, PatKind::Literal);
            // In a slice `a..` and `..b` are errors.
            if close == b']' && is_literal && (start == b'.' || self.last() == ".") {
                return None;
            }
            list.push(pat);
            if !self.skip_mark(b',') {
                self.mark(close)?;
                break;
            }
        }
        Some(list)
    }

    /// `(a, b)`, and `(a)`, which is `a`.
    fn tuple_pat(&mut self, bindings: &mut Bindings) -> Option<PatId> {
        let start = self.place();
        self.at += 1;
        let parts = self.list_of_pats(b')', bindings)?;
        if let [only] = *parts
            && !self.has_comma_before_last()
            && !matches!(self.builder.body.pat(only).kind, PatKind::Rest)
        {
            return Some(only);
        }
        Some(self.add_pat_since(PatKind::Tuple(parts), start))
    }

    fn word_pat(&mut self, bindings: &mut Bindings) -> Option<PatId> {
        let start = self.place();
        let word = self.peek();
        let kind = match word.as_bytes() {
            b"_" => {
                self.at += 1;
                PatKind::Wild
            }
            b"ref" | b"mut" => return self.name_pat(bindings),
            b"true" | b"false" => self.literal_or_range()?,
            _ if self.is_at_prefixed_literal() => self.literal_or_range()?,
            b"Self" | b"super" | b"crate" => self.path_pat(bindings)?,
            b"self" if self.ahead_of(1).starts_with(b"::") => self.path_pat(bindings)?,
            _ if is_keyword(word) => return None,
            _ => match self.byte_behind(1) {
                b'!' => return None,
                b'{' | b'(' => self.path_pat(bindings)?,
                b':' if self.ahead_of(1).starts_with(b"::") => self.path_pat(bindings)?,
                b'.' if self.ahead_of(1).starts_with(b"..") => self.path_pat(bindings)?,
                _ => return self.name_pat(bindings),
            },
        };
        Some(self.add_pat_since(kind, start))
    }

    /// `ref mut name @ sub`.
    fn name_pat(&mut self, bindings: &mut Bindings) -> Option<PatId> {
        let start = self.place();
        let (by_ref, mutable) = (self.skip("ref"), self.skip("mut"));
        let first = (by_ref || mutable).then_some(start);
        let (name, named) = self.name()?;
        let sub = if self.skip_mark(b'@') { Some(self.pat(bindings)?) } else { None };
        Some(self.builder.name_pat(NamePat { name, named, first, by_ref, mutable, sub }, bindings))
    }

    /// A path, and what it is the start of.
    fn path_pat(&mut self, bindings: &mut Bindings) -> Option<PatKind> {
        let path = self.expr_path()?;
        match self.byte() {
            b'!' => None,
            b'{' => {
                self.at += 1;
                Some(PatKind::Struct { path, fields: self.field_pats(bindings)? })
            }
            b'(' => {
                self.at += 1;
                Some(PatKind::TupleStruct { path, fields: self.list_of_pats(b')', bindings)? })
            }
            b'.' if self.is_joined(b"..") => self.range_end(),
            _ => Some(PatKind::Path(path)),
        }
    }

    fn field_pats(&mut self, bindings: &mut Bindings) -> Option<Vec<(Name, PatId)>> {
        let mut fields = Vec::new();
        while !self.skip_mark(b'}') {
            self.skip_plain_attributes()?;
            if self.skip_joined(b"..") {
                self.mark(b'}')?;
                break;
            }
            fields.push(self.field_pat(bindings)?);
            if !self.skip_mark(b',') {
                self.mark(b'}')?;
                break;
            }
        }
        Some(fields)
    }

    fn field_pat(&mut self, bindings: &mut Bindings) -> Option<(Name, PatId)> {
        let start = self.place();
        let (by_ref, mutable) = (self.skip("ref"), self.skip("mut"));
        let first = (by_ref || mutable).then_some(start);
        let is_number = self.byte().is_ascii_digit();
        let (name, named) = if first.is_some() { self.name()? } else { self.member()? };
        if first.is_none() && (is_number || self.byte() == b':') {
            self.expect_colon()?;
            return Some((name, self.alternatives(bindings)?));
        }
        let pat = NamePat { name, named, first, by_ref, mutable, sub: None };
        Some((name, self.builder.name_pat(pat, bindings)))
    }

    fn literal_or_range(&mut self) -> Option<PatKind> {
        self.literal_bound()?;
        if self.is_joined(b"..") { self.range_end() } else { Some(PatKind::Literal) }
    }

    fn literal_bound(&mut self) -> Option<()> {
        if self.skip_mark(b'-') {
            self.byte().is_ascii_digit().then_some(())?;
        }
        self.literal_kind().map(drop)
    }

    /// `..`, `..b`, `..=b`.
    fn rest_or_range(&mut self) -> Option<PatKind> {
        let is_closed = self.is_joined(b"..=");
        if self.is_joined(b"...") || !self.is_joined(b"..") {
            return None;
        }
        self.at += 2 + usize::from(is_closed);
        match self.range_bound()? {
            true => Some(PatKind::Literal),
            false => (!is_closed).then_some(PatKind::Rest),
        }
    }

    /// What is behind the start of a range.
    fn range_end(&mut self) -> Option<PatKind> {
        let is_closed = self.is_joined(b"..=") || self.is_joined(b"...");
        self.at += 2 + usize::from(is_closed);
        let has_end = self.range_bound()?;
        (has_end || !is_closed).then_some(PatKind::Literal)
    }

    /// Whether a bound of a range came next.
    fn range_bound(&mut self) -> Option<bool> {
        match self.byte() {
            b')' | b']' | b'}' | 0 | b'|' | b'=' | b',' | b';' => Some(false),
            b':' if !self.is_joined(b"::") => Some(false),
            b'i' if self.peek() == "if" => Some(false),
            b'"' | b'\'' | b'-' | b'0'..=b'9' => self.literal_bound().map(|()| true),
            _ if self.is_at_prefixed_literal() => self.literal_bound().map(|()| true),
            _ => self.expr_path().map(|_| true),
        }
    }
}
