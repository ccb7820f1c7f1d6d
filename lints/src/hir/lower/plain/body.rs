//! Bodies of functions: what stands between operators.
//!
//! An expression is read as the parser reads it, and made in the order in which its tree would be lowered: inside before
//! outside, and what a pattern takes its value from before the pattern.

use std::ops::{Deref, DerefMut};

use super::Sum;
use super::operators::Precedence;
use crate::hir::function::{Code, Declares};
use crate::hir::lower::builder::{BodyBuilder, LARGEST_TABLE};
use crate::hir::lower::reader::{Reader, is_keyword, is_word};
use crate::hir::*;
use crate::source::TextRange;

/// What is nested deeper is left to the parser.
const DEEPEST: u32 = 200;

/// The signature and the body of a function that has one.
pub(in crate::hir::lower) fn plain_function(code: &Code) -> Option<(Box<Signature>, Box<Body>)> {
    if matches!(code.declares, Declares::InBody) {
        return None;
    }
    let mut reader = BodyReader::new(code);
    match reader.function() {
        Some((signature, root)) => Some((Box::new(signature), Box::new(reader.builder.finish(root)))),
        None => {
            reader.builder.abandon();
            None
        }
    }
}

pub(super) struct BodyReader<'t> {
    reader: Reader<'t>,
    pub builder: BodyBuilder,
    /// The items that have been lowered by themselves and not been come to yet. Each is one token.
    pub items: &'t [Item],
    depth: u32,
    /// How many bytes there are to be read.
    len: usize,
}

impl<'t> Deref for BodyReader<'t> {
    type Target = Reader<'t>;

    fn deref(&self) -> &Reader<'t> {
        &self.reader
    }
}

impl<'t> DerefMut for BodyReader<'t> {
    fn deref_mut(&mut self) -> &mut Reader<'t> {
        &mut self.reader
    }
}

/// Whether the name of a struct and a brace are a value: not before the block of an `if`, `match` or loop.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Structs {
    May,
    MayNot,
}

/// An expression that has been read.
#[derive(Clone, Copy)]
pub(super) struct Read {
    pub id: ExprId,
    pub form: Form,
}

/// What the form of an expression says of what may be behind it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// `a..b`, without parentheses: no operator.
    Range,
    /// `a < b`, without parentheses: no other comparison.
    Comparison,
    /// Ends with its block: nothing, where a statement or an arm of a `match` may end.
    Block,
    Other,
}

impl Read {
    pub fn other(id: ExprId) -> Self {
        Self { id, form: Form::Other }
    }
}

impl<'t> BodyReader<'t> {
    fn new(code: &'t Code) -> Self {
        let items = code.items();
        let reader = Reader::with_parts(&code.file.text, code.range, items.iter().map(|item| item.range));
        Self { reader, builder: BodyBuilder::new(), items, depth: 0, len: code.range.len() }
    }

    fn function(&mut self) -> Option<(Signature, ExprId)> {
        let mut params = Vec::new();
        let signature = self.signature(|at| params.push(at))?;
        let behind = self.at;
        for param in params {
            self.at = param;
            let pat = self.bind(Self::pat)?;
            self.mark(b':')?;
            self.builder.body.params.push(pat);
        }
        self.at = behind;
        let brace = self.last_place();
        self.skip_inner_attributes()?;
        let root = self.block_content(BlockKind::Plain, None, brace)?;
        self.is_at_end().then_some((signature, root))
    }

    /// Reads what is in a scope of its own: the names that are bound inside are gone afterwards.
    pub fn scoped<T>(&mut self, inside: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let outer = self.builder.scope.len();
        let read = inside(self)?;
        self.builder.scope.truncate(outer);
        Some(read)
    }

    /// Reads what may hold the like of itself.
    pub fn nested<T>(&mut self, inside: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        self.depth += 1;
        let read = if self.depth > DEEPEST { None } else { inside(self) };
        self.depth -= 1;
        read
    }

    /// Adds what ends with the token read last.
    pub fn add_since(&mut self, kind: ExprKind, start: TextRange) -> ExprId {
        let range = self.since(start);
        self.builder.add(kind, range)
    }

    /// Adds what begins with an expression and ends with the token read last.
    pub fn add_behind(&mut self, kind: ExprKind, first: ExprId) -> ExprId {
        let first = self.builder.extent(first);
        self.add_since(kind, first)
    }

    /// Adds what begins with a token and ends with an expression.
    pub fn add_before(&mut self, kind: ExprKind, start: TextRange, last: ExprId) -> ExprId {
        let range = self.builder.reaching(start, Some(last));
        self.builder.add(kind, range)
    }

    pub fn is_at_close(&self) -> bool {
        matches!(self.byte(), b')' | b']' | b'}' | 0)
    }

    /// What is between commas, up to a closing bracket, which is read, too.
    pub fn list<T>(&mut self, close: u8, one: impl Fn(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let mut list = Vec::new();
        while !self.skip_mark(close) {
            list.push(one(self)?);
            if !self.skip_mark(b',') {
                self.mark(close)?;
                break;
            }
        }
        Some(list)
    }
}

/// Expressions.
impl BodyReader<'_> {
    pub fn expr(&mut self) -> Option<ExprId> {
        self.expr_where(Structs::May).map(|it| it.id)
    }

    /// The condition, value or iterable before a block.
    fn head(&mut self) -> Option<ExprId> {
        self.expr_where(Structs::MayNot).map(|it| it.id)
    }

    pub fn atom(&mut self, structs: Structs) -> Option<Read> {
        self.nested(|this| this.atom_inside(structs))
    }

    fn atom_inside(&mut self, structs: Structs) -> Option<Read> {
        match self.byte() {
            b'(' => self.parenthesized(),
            b'[' => self.array(),
            b'{' => self.block(BlockKind::Plain, None, self.place()),
            b'|' => self.closure(structs),
            b'\'' if self.is_lifetime() => self.labelled(),
            b'"' | b'\'' | b'0'..=b'9' => self.literal(),
            b'.' => return self.range(None, structs),
            b'<' | b':' => return self.long_path(structs),
            _ => return self.word(structs),
        }
        .map(Read::other)
    }

    fn word(&mut self, structs: Structs) -> Option<Read> {
        let start = self.place();
        match self.peek().as_bytes() {
            b"if" => self.if_(),
            b"match" => self.match_(),
            b"while" | b"for" | b"loop" => self.loop_(None, start),
            b"unsafe" | b"const" => {
                self.at += 1;
                self.block(BlockKind::Plain, None, start)
            }
            b"async" => self.async_(structs),
            b"move" => self.closure(structs),
            b"let" => self.let_condition(structs),
            b"return" => {
                self.at += 1;
                let value = self.value()?;
                let range = self.builder.reaching(start, value);
                Some(self.builder.add(ExprKind::Return(value), range))
            }
            b"break" => self.break_(structs),
            b"continue" => {
                self.at += 1;
                let label = if self.is_lifetime() { Some(self.label()?) } else { None };
                Some(self.add_since(ExprKind::Continue { label }, start))
            }
            b"yield" => self.yield_(),
            b"true" | b"false" => self.literal(),
            b"_" => {
                self.at += 1;
                Some(self.builder.add(ExprKind::Path(Path::of_name(Name::from("_"), start)), start))
            }
            _ if self.is_at_prefixed_literal() => self.literal(),
            _ => return self.name_expr(structs),
        }
        .map(Read::other)
    }

    /// A name and what makes more of it: a longer path, a macro, a struct.
    fn name_expr(&mut self, structs: Structs) -> Option<Read> {
        let (name, range) = self.segment()?;
        let id = match self.byte() {
            b':' if self.is_joined(b"::") => {
                self.at -= 1;
                return self.long_path(structs);
            }
            // Before anything else it is a visibility.
            _ if name == "crate" => return None,
            b'!' if !self.is_joined(b"!=") => self.macro_call(Path::of_name(name, range))?,
            b'{' if structs == Structs::May => self.structure(Path::of_name(name, range))?,
            _ => self.add_name(name, range),
        };
        Some(Read::other(id))
    }

    pub fn add_name(&mut self, name: Name, range: TextRange) -> ExprId {
        let local = self.builder.local_kind(name);
        let kind = local.unwrap_or_else(|| ExprKind::Path(Path::of_name(name, range)));
        self.builder.add(kind, range)
    }

    fn long_path(&mut self, structs: Structs) -> Option<Read> {
        let path = self.expr_path()?;
        let id = match self.byte() {
            b'!' if !self.is_joined(b"!=") => {
                let is_plain = path.self_ty.is_none() && path.segments.iter().all(|it| it.args.is_none());
                is_plain.then_some(())?;
                self.macro_call(path)?
            }
            b'{' if structs == Structs::May => self.structure(path)?,
            _ => {
                let range = path.range;
                self.builder.add(ExprKind::Path(path), range)
            }
        };
        Some(Read::other(id))
    }

    /// A path of a value: what is behind `<` are arguments only behind `::`.
    pub fn expr_path(&mut self) -> Option<Path> {
        match self.byte() {
            b'<' => self.qualified_path(Reader::turbofish),
            _ => self.path_with(Reader::turbofish),
        }
    }

    /// `(a)`, `(a, b)`, `()`.
    fn parenthesized(&mut self) -> Option<ExprId> {
        let start = self.place();
        self.at += 1;
        let parts = self.list(b')', Self::expr)?;
        if let [only] = *parts
            && !self.has_comma_before_last()
        {
            let range = self.since(start);
            self.builder.extents[only.0 as usize] = range;
            return Some(only);
        }
        Some(self.add_since(ExprKind::Tuple(parts), start))
    }

    /// `[a, b]`, `[a; len]`.
    fn array(&mut self) -> Option<ExprId> {
        let start = self.place();
        let before = self.builder.body.exprs.len();
        self.at += 1;
        let mut parts = Vec::new();
        while !self.skip_mark(b']') {
            parts.push(self.expr()?);
            if parts.len() == 1 && self.skip_mark(b';') {
                parts.push(self.expr()?);
                self.mark(b']')?;
                break;
            }
            if !self.skip_mark(b',') {
                self.mark(b']')?;
                break;
            }
        }
        // Of a table that a program wrote no more is kept than that it is there.
        let is_large = self.len > LARGEST_TABLE && self.builder.body.exprs.len() - before > LARGEST_TABLE;
        (!is_large).then(|| self.add_since(ExprKind::Array(parts), start))
    }

    /// The braces behind the path of a struct, and what is in them.
    fn structure(&mut self, path: Path) -> Option<ExprId> {
        let start = path.range;
        self.mark(b'{')?;
        let (mut fields, mut base) = (Vec::new(), None);
        while !self.skip_mark(b'}') {
            if self.skip_joined(b"..") {
                if self.byte() != b'}' {
                    base = Some(self.expr()?);
                }
                self.mark(b'}')?;
                break;
            }
            fields.push(self.field_value()?);
            if !self.skip_mark(b',') {
                self.mark(b'}')?;
                break;
            }
        }
        Some(self.add_since(ExprKind::Struct { path: Box::new(path), fields, base }, start))
    }

    fn field_value(&mut self) -> Option<(Name, ExprId)> {
        self.skip_plain_attributes()?;
        let (name, range) = self.member()?;
        if self.byte() == b':' {
            self.expect_colon()?;
            return Some((name, self.expr()?));
        }
        self.last().starts_with(|first: char| !first.is_ascii_digit()).then_some(())?;
        Some((name, self.add_name(name, range)))
    }

    /// The name or number of a field.
    pub fn member(&mut self) -> Option<(Name, TextRange)> {
        let (token, range) = (self.peek(), self.place());
        if !token.starts_with(|first: char| first.is_ascii_digit()) {
            return self.name();
        }
        let is_index = token.len() < 9
            && token.bytes().all(|byte| byte.is_ascii_digit())
            && (token.len() == 1 || !token.starts_with('0'));
        self.at += 1;
        is_index.then(|| (Name::from(token), range))
    }

    /// `async {}`, `async move {}`, or a closure.
    fn async_(&mut self, structs: Structs) -> Option<ExprId> {
        let start = self.place();
        let has_move = self.peek_behind(1) == "move";
        if self.byte_behind(1 + usize::from(has_move)) != b'{' {
            return self.closure(structs);
        }
        self.at += 1 + usize::from(has_move);
        self.block(BlockKind::Async, None, start)
    }

    fn closure(&mut self, structs: Structs) -> Option<ExprId> {
        let start = self.place();
        let is_async = self.skip("async");
        self.skip("move");
        self.mark(b'|')?;
        let (params, output, body) = self.scoped(|this| {
            let params = this.list(b'|', |this| this.typed_pat(Self::pat))?;
            if this.skip_joined(b"->") {
                let output = this.ty(Sum::May)?;
                let body = this.block(BlockKind::Plain, None, this.place())?;
                return Some((params, Some(output), body));
            }
            Some((params, None, this.expr_where(structs)?.id))
        })?;
        let closure = Closure { params, output, is_async, body };
        Some(self.add_before(ExprKind::Closure(Box::new(closure)), start, body))
    }
}

/// Jumps.
impl BodyReader<'_> {
    /// What a `return` or `yield` gives, if it gives something.
    fn value(&mut self) -> Option<Option<ExprId>> {
        if self.is_value_next() { self.expr().map(Some) } else { Some(None) }
    }

    /// Whether the next token begins an expression.
    fn is_value_next(&self) -> bool {
        let second = *self.ahead().get(1).unwrap_or(&0);
        match self.byte() {
            b'a' => self.peek() != "as",
            b'A'..=b'Z' | b'b'..=b'z' | b'_' | 0x80.. => true,
            b'(' | b'[' | b'{' | b'"' | b'\'' | b'0'..=b'9' | b'#' => true,
            b'!' | b'*' | b'|' | b'&' => second != b'=',
            b'-' => !matches!(second, b'=' | b'>'),
            b'.' => second == b'.',
            b':' => second == b':',
            b'<' => second != b'=' && !self.is_joined(b"<<="),
            _ => false,
        }
    }

    fn break_(&mut self, structs: Structs) -> Option<ExprId> {
        let start = self.place();
        self.at += 1;
        let label = if self.is_lifetime() { Some(self.label()?) } else { None };
        (label.is_none() || self.byte() != b':').then_some(())?;
        let mut range = self.since(start);
        let has_value = self.is_value_next() && (structs == Structs::May || self.byte() != b'{');
        let value = if has_value { Some(self.expr()?) } else { None };
        range = self.builder.reaching(range, value);
        Some(self.builder.add(ExprKind::Break { label, value }, range))
    }

    /// `yield value`, as a call of a macro of that name.
    fn yield_(&mut self) -> Option<ExprId> {
        let start = self.place();
        self.at += 1;
        let Some(value) = self.value()? else {
            return Some(self.builder.add(ExprKind::Opaque, start));
        };
        let path = Path::of_name(Name::from("yield"), start);
        let call = MacroCall { path, content: MacroContent::Args(vec![value]) };
        Some(self.add_before(ExprKind::Macro(Box::new(call)), start, value))
    }
}

/// Branches and loops.
impl BodyReader<'_> {
    fn if_(&mut self) -> Option<ExprId> {
        let start = self.place();
        self.at += 1;
        let (condition, then) = self.scoped(|this| Some((this.head()?, this.plain_block()?)))?;
        let otherwise = match self.skip("else") {
            true if self.peek() == "if" => Some(self.nested(Self::if_)?),
            true => Some(self.plain_block()?),
            false => None,
        };
        let kind = ExprKind::If { condition, then, otherwise };
        Some(self.add_before(kind, start, otherwise.unwrap_or(then)))
    }

    /// `let pattern = value`. The value is made first.
    fn let_condition(&mut self, structs: Structs) -> Option<ExprId> {
        let start = self.place();
        self.at += 1;
        let pattern = self.at;
        self.skip_to_value()?;
        let equals = self.at;
        self.mark(b'=')?;
        let value = self.unary(structs)?;
        let value = self.operators(value, structs, Precedence::Compare)?.id;
        let pat = self.at_place(pattern, equals, |this| this.bind(Self::alternatives))?;
        Some(self.add_before(ExprKind::Let { pat, value }, start, value))
    }

    /// Reads what was passed over, from one place to another, and comes back.
    pub fn at_place<T>(
        &mut self,
        start: usize,
        end: usize,
        read: impl FnOnce(&mut Self) -> Option<T>,
    ) -> Option<T> {
        let behind = std::mem::replace(&mut self.at, start);
        let read = read(self)?;
        (self.at == end).then_some(())?;
        self.at = behind;
        Some(read)
    }

    fn match_(&mut self) -> Option<ExprId> {
        let start = self.place();
        self.at += 1;
        let scrutinee = self.head()?;
        self.mark(b'{')?;
        let mut arms = Vec::new();
        while !self.skip_mark(b'}') {
            arms.push(self.scoped(Self::arm)?);
        }
        Some(self.add_since(ExprKind::Match { scrutinee, arms }, start))
    }

    fn arm(&mut self) -> Option<Arm> {
        self.skip_plain_attributes()?;
        let pat = self.bind(Self::alternatives)?;
        let guard = if self.skip("if") { Some(self.expr()?) } else { None };
        self.skip_joined(b"=>").then_some(())?;
        let body = self.expr_before_boundary()?;
        let ends = self.skip_mark(b',') || self.byte() == b'}' || body.form == Form::Block;
        ends.then_some(Arm { pat, guard, body: body.id })
    }

    /// A loop or block behind its label.
    fn labelled(&mut self) -> Option<ExprId> {
        let start = self.place();
        let label = Some(self.label()?);
        self.expect_colon()?;
        match self.byte() {
            b'{' => self.block(BlockKind::Plain, label, start),
            _ => self.loop_(label, start),
        }
    }

    /// A label without its quote.
    fn label(&mut self) -> Option<Name> {
        let label = self.peek().strip_prefix('\'')?;
        self.at += 1;
        (is_word(label) && !is_keyword(label)).then(|| Name::from(label))
    }

    fn loop_(&mut self, label: Option<Name>, start: TextRange) -> Option<ExprId> {
        let keyword = self.place();
        let (kind, body) = match self.next()? {
            "loop" => (LoopKind::Loop, self.plain_block()?),
            "while" => self.scoped(|this| Some((LoopKind::While(this.head()?), this.plain_block()?)))?,
            "for" => self.for_()?,
            _ => return None,
        };
        Some(self.add_before(ExprKind::Loop(Loop { kind, label, body, keyword }), start, body))
    }

    fn for_(&mut self) -> Option<(LoopKind, ExprId)> {
        let pattern = self.at;
        while self.peek() != "in" {
            self.skip_tree()?;
        }
        let end = self.at;
        self.at += 1;
        let iterable = self.head()?;
        self.scoped(|this| {
            let pat = this.at_place(pattern, end, |this| this.bind(Self::alternatives))?;
            Some((LoopKind::For { pat, iterable }, this.plain_block()?))
        })
    }
}

#[cfg(test)]
mod tests;
