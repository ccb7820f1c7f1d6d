//! Types, signatures, the items that are made of them, and the bodies of functions, read without the parser.
//!
//! What is read is what the parser's tree would be lowered to, or None where anything is out of the ordinary. Tests read
//! the sources of every crate in cargo's cache both ways.

mod body;
mod literals;
mod macros;
mod operators;
mod patterns;
mod statements;

pub(super) use self::body::plain_function;
use super::reader::Reader;
use super::types::add_where;
use super::{LARGEST_VALUE, assignment};
use crate::hir::*;
use crate::source::TextRange;
use crate::source::index::{self, ITEM_WORDS, IndexedKind};

/// Whether `A + B` may stand for a type: not behind `&`, nor behind the arrow of a bound.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sum {
    May,
    MayNot,
}

/// An item of one of the kinds that are read here, from behind its attributes to its end, or to the brace of an `impl`, trait
/// or module, whose content is not read.
pub(super) fn plain_item(text: &str, range: TextRange, kind: IndexedKind) -> Option<Item> {
    match kind {
        IndexedKind::Const | IndexedKind::Static => return plain_value(text, range),
        IndexedKind::Macro | IndexedKind::MacroRules => return plain_macro(text, range),
        _ => {}
    }
    let mut reader = Reader::new(text, range);
    let unnamed = (Name::from(""), TextRange { start: range.start, end: range.start });
    let visibility = reader.visibility()?;
    let ((name, name_range), kind) = match kind {
        IndexedKind::Struct => reader.structure("struct")?,
        IndexedKind::Union => reader.structure("union")?,
        IndexedKind::Enum => reader.enumeration()?,
        IndexedKind::TypeAlias => reader.alias()?,
        IndexedKind::Trait => reader.trait_head()?,
        IndexedKind::Module => reader.module_head()?,
        IndexedKind::Impl if visibility == Visibility::Private => (unnamed, reader.impl_head()?),
        _ => return None,
    };
    let attrs = Rare::default();
    reader.is_at_end().then_some(Item { name, name_range, range, attrs, visibility, kind })
}

/// A constant or static. Its value is left alone: of what is in there, only items and suppressions are asked for, and where
/// there may be some it is for the parser to find them.
fn plain_value(text: &str, range: TextRange) -> Option<Item> {
    if range.len() > LARGEST_VALUE {
        return None;
    }
    let equals = assignment(text[range.as_usize()].as_bytes()).map(|at| range.start + at as u32);
    let mut reader = Reader::new(text, TextRange { end: equals.unwrap_or(range.end), ..range });
    let visibility = reader.visibility()?;
    if !reader.skip("static") {
        reader.expect("const")?;
    }
    reader.skip("mut");
    let name_range = reader.place();
    let name = if reader.skip("_") { Name::from("_") } else { reader.name()?.0 };
    reader.expect_colon()?;
    let ty = reader.ty(Sum::May)?;
    match equals {
        Some(equals) => {
            let mut tokens = index::tokens(&text[..range.end as usize], equals);
            let holds = |word: &str| word == "#" || word == "macro_rules" || ITEM_WORDS.contains(&word);
            (!tokens.any(|token| holds(&text[token.as_usize()]))).then_some(())?;
        }
        None => reader.expect(";")?,
    }
    let (attrs, kind) = (Rare::default(), ItemKind::Value { ty, body: None });
    reader.is_at_end().then_some(Item { name, name_range, range, attrs, visibility, kind })
}

/// A call of a macro, or a `macro_rules!`. What is in its brackets may be long, and nobody asks for it.
fn plain_macro(text: &str, range: TextRange) -> Option<Item> {
    let mut tokens = index::tokens(&text[..range.end as usize], range.start);
    let open = tokens.find(|token| matches!(text.as_bytes()[token.start as usize], b'(' | b'[' | b'{'))?;
    let mut reader = Reader::new(text, TextRange { end: open.start, ..range });
    let path = reader.path_with(|_| Some(None))?;
    reader.expect("!")?;
    let unnamed = (Name::from(""), TextRange { start: range.start, end: range.start });
    let (name, name_range) = if reader.is_at_end() { unnamed } else { reader.name()? };
    let (attrs, visibility, kind) = (Rare::default(), Visibility::Private, ItemKind::Macro { path });
    reader.is_at_end().then_some(Item { name, name_range, range, attrs, visibility, kind })
}

/// The signature of a function, from its visibility to its brace or semicolon, which is read, too.
pub(super) fn plain_signature(text: &str, head: TextRange) -> Option<Signature> {
    let mut reader = Reader::new(text, head);
    let signature = reader.signature(|_| {})?;
    reader.is_at_end().then_some(signature)
}

type Named = (Name, TextRange);

/// Items.
impl Reader<'_> {
    fn structure(&mut self, keyword: &str) -> Option<(Named, ItemKind)> {
        self.expect(keyword)?;
        let named = self.name()?;
        let mut generics = self.generics()?;
        self.conditions(&mut generics)?;
        let is_closed = self.peek() == "{";
        let fields = self.fields()?;
        if !is_closed {
            self.conditions(&mut generics)?;
            self.expect(";")?;
        }
        Some((named, ItemKind::Struct(Struct { generics: generics.into(), fields })))
    }

    fn enumeration(&mut self) -> Option<(Named, ItemKind)> {
        self.expect("enum")?;
        let named = self.name()?;
        let mut generics = self.generics()?;
        self.conditions(&mut generics)?;
        self.expect("{")?;
        let mut variants = Vec::new();
        while !self.skip("}") {
            self.skip_attributes()?;
            let (name, _) = self.name()?;
            variants.push(Variant { name, fields: self.fields()? });
            if self.skip("=") {
                self.skip_value()?;
            }
            if !self.skip(",") {
                self.expect("}")?;
                break;
            }
        }
        variants.shrink_to_fit();
        Some((named, ItemKind::Enum(Enum { generics: generics.into(), variants })))
    }

    /// The fields of a struct or variant, if it has any.
    fn fields(&mut self) -> Option<Vec<Field>> {
        let close = match self.peek() {
            "{" => "}",
            "(" => ")",
            _ => return Some(Vec::new()),
        };
        self.next();
        let mut fields = Vec::new();
        while !self.skip(close) {
            self.skip_attributes()?;
            let visibility = self.visibility()?;
            let field = if close == "}" {
                let (name, name_range) = self.name()?;
                self.expect_colon()?;
                Field { name, name_range, ty: self.ty(Sum::May)?, visibility }
            } else {
                let start = self.place();
                let ty = self.ty(Sum::May)?;
                Field {
                    name: Name::from(&fields.len().to_string()),
                    name_range: self.since(start),
                    ty,
                    visibility,
                }
            };
            fields.push(field);
            if !self.skip(",") {
                self.expect(close)?;
                break;
            }
        }
        fields.shrink_to_fit();
        Some(fields)
    }

    /// What stands behind a `=`, up to the comma or bracket that ends it.
    fn skip_value(&mut self) -> Option<()> {
        loop {
            match self.peek() {
                "," | ")" | "]" | "}" => return Some(()),
                _ => self.skip_tree()?,
            }
        }
    }

    fn skip_attributes(&mut self) -> Option<()> {
        while self.skip("#") {
            (self.peek() == "[").then_some(())?;
            self.skip_group()?;
        }
        Some(())
    }

    fn alias(&mut self) -> Option<(Named, ItemKind)> {
        self.expect("type")?;
        let named = self.name()?;
        let mut generics = self.generics()?;
        if self.skip(":") {
            self.bounds(Sum::May)?;
        }
        self.conditions(&mut generics)?;
        let ty = match self.skip("=") {
            true => Some(self.ty(Sum::May)?),
            false => None,
        };
        self.conditions(&mut generics)?;
        self.expect(";")?;
        Some((named, ItemKind::TypeAlias { generics: generics.into(), ty }))
    }

    fn impl_head(&mut self) -> Option<ItemKind> {
        self.skip("default");
        self.skip("unsafe");
        self.expect("impl")?;
        let mut generics = self.generics()?;
        let first = self.ty(Sum::May)?;
        let (trait_, self_ty) = match (self.skip("for"), first) {
            (true, Type::Path(path)) if path.self_ty.is_none() => (Some(path), self.ty(Sum::May)?),
            (true, _) => return None,
            (false, ty) => (None, ty),
        };
        self.conditions(&mut generics)?;
        self.expect("{")?;
        Some(ItemKind::Impl(Box::new(Impl { generics: generics.into(), trait_, self_ty, items: Vec::new() })))
    }

    fn trait_head(&mut self) -> Option<(Named, ItemKind)> {
        self.skip("unsafe");
        self.expect("trait")?;
        let named = self.name()?;
        let mut generics = self.generics()?;
        let supertraits = if self.skip(":") { self.bounds(Sum::May)? } else { Vec::new() };
        self.conditions(&mut generics)?;
        self.expect("{")?;
        Some((named, ItemKind::Trait(Trait { generics: generics.into(), supertraits, items: Vec::new() })))
    }

    fn module_head(&mut self) -> Option<(Named, ItemKind)> {
        self.expect("mod")?;
        let named = self.name()?;
        matches!(self.next()?, "{" | ";").then_some((named, ItemKind::Module(Module { items: None })))
    }
}

/// Signatures.
impl Reader<'_> {
    /// Whoever asks is told of each parameter how many tokens have been read before it.
    fn signature(&mut self, mut at_param: impl FnMut(usize)) -> Option<Signature> {
        self.visibility()?;
        while self.skip("default") || self.skip("safe") {}
        self.skip("const");
        let is_async = self.skip("async");
        self.skip("unsafe");
        if self.skip("extern") && self.byte() == b'"' {
            self.at += 1;
        }
        self.expect("fn")?;
        self.name()?;
        let mut generics = self.generics()?;
        self.expect("(")?;
        let receiver = self.receiver()?;
        let mut params = Vec::new();
        while !self.skip(")") {
            self.skip_attributes()?;
            at_param(self.at);
            self.pattern()?;
            self.expect_colon()?;
            params.push(self.ty(Sum::May)?);
            if !self.skip(",") {
                self.expect(")")?;
                break;
            }
        }
        let output = self.output(Sum::May)?;
        self.conditions(&mut generics)?;
        matches!(self.next()?, "{" | ";").then_some(())?;
        Some(Signature { generics: generics.into(), is_async, receiver, params, output })
    }

    /// The receiver of a method, and the comma behind it; `Some(None)` where there is none.
    fn receiver(&mut self) -> Option<Option<Type>> {
        let start = self.at;
        self.skip_attributes()?;
        let is_ref = self.skip("&");
        if is_ref {
            self.skip_lifetime();
        }
        self.skip("mut");
        if self.peek() != "self" {
            self.at = start;
            return Some(None);
        }
        let range = self.place();
        self.next()?;
        let plain = Type::Path(Path::of_name(Name::from("Self"), range));
        let ty = match (is_ref, self.skip(":")) {
            (true, true) => return None,
            (true, false) => Type::Ref(Box::new(plain)),
            (false, true) => self.ty(Sum::May)?,
            (false, false) => plain,
        };
        if !self.skip(",") && self.peek() != ")" {
            return None;
        }
        Some(Some(ty))
    }

    /// The pattern of a parameter: a name, or what takes a struct or tuple apart by place.
    fn pattern(&mut self) -> Option<()> {
        if self.skip("_") {
            return Some(());
        }
        if self.skip("mut") {
            return self.name().map(drop);
        }
        if self.peek() != "(" {
            self.name()?;
            while self.skip_joined(b"::") {
                self.name()?;
            }
        }
        if self.skip("(") {
            while !self.skip(")") {
                self.pattern()?;
                if !self.skip(",") {
                    self.expect(")")?;
                    break;
                }
            }
        }
        Some(())
    }

    /// A colon that is not a half of `::`.
    fn expect_colon(&mut self) -> Option<()> {
        if self.is_single_colon(0) { self.mark(b':') } else { None }
    }

    /// The type behind `->`; `Some(None)` where nothing is written.
    fn output(&mut self, sum: Sum) -> Option<Option<Type>> {
        if self.skip_joined(b"->") { self.ty(sum).map(Some) } else { Some(None) }
    }
}

/// Generics.
impl Reader<'_> {
    /// The parameters between `<` and `>`, if there are any.
    fn generics(&mut self) -> Option<Generics> {
        let mut generics = Generics::default();
        if !self.skip("<") {
            return Some(generics);
        }
        while !self.skip(">") {
            if self.skip_lifetime() {
                if self.skip(":") {
                    self.skip_lifetimes("+");
                }
            } else if self.skip("const") {
                self.name()?;
                self.expect_colon()?;
                self.ty(Sum::May)?;
                if self.skip("=") {
                    self.constant()?;
                }
            } else {
                let (name, _) = self.name()?;
                let bounds = if self.skip(":") { self.bounds(Sum::May)? } else { Vec::new() };
                if self.skip("=") {
                    self.ty(Sum::May)?;
                }
                generics.params.push(TypeParam { name, bounds });
            }
            if !self.skip(",") {
                self.expect(">")?;
                break;
            }
        }
        Some(generics)
    }

    /// The `where` clause, if there is one.
    fn conditions(&mut self, generics: &mut Generics) -> Option<()> {
        if !self.skip("where") {
            return Some(());
        }
        while !matches!(self.peek(), "{" | ";" | "=" | "") {
            if self.skip_lifetime() {
                self.expect(":")?;
                self.skip_lifetimes("+");
            } else {
                self.skip_higher_lifetimes()?;
                let ty = self.ty(Sum::May)?;
                self.expect_colon()?;
                add_where(generics, ty, self.bounds(Sum::May)?);
            }
            if !self.skip(",") {
                break;
            }
        }
        Some(())
    }

    /// `for<'a>`, if there is one.
    fn skip_higher_lifetimes(&mut self) -> Option<()> {
        if self.skip("for") {
            self.expect("<")?;
            self.skip_lifetimes(",");
            self.expect(">")?;
        }
        Some(())
    }

    fn skip_lifetimes(&mut self, separator: &str) {
        while self.skip_lifetime() && self.skip(separator) {}
    }

    /// The traits among some bounds, `?Sized` and lifetimes apart.
    fn bounds(&mut self, sum: Sum) -> Option<Vec<Path>> {
        let mut bounds = Vec::with_capacity(1);
        loop {
            match self.peek() {
                _ if self.skip_lifetime() => {}
                "?" => {
                    self.next();
                    self.trait_path()?;
                }
                // Nothing, or nothing behind the last `+`.
                "," | ">" | "=" | "{" | ";" | ")" | "where" | "" => return Some(bounds),
                _ => {
                    self.skip_higher_lifetimes()?;
                    bounds.push(self.trait_path()?);
                }
            }
            if sum == Sum::MayNot || !self.skip("+") {
                return Some(bounds);
            }
        }
    }

    /// A constant among the arguments of a type: a number, a text, a truth, or a block.
    fn constant(&mut self) -> Option<()> {
        let sign = usize::from(self.byte() == b'-');
        match self.byte_behind(sign) {
            b'0'..=b'9' => {
                self.at += sign + 1;
                Some(())
            }
            b'"' if sign == 0 => self.next().map(drop),
            b'{' if sign == 0 => {
                self.next();
                self.length()?;
                self.expect("}")
            }
            _ => matches!(self.peek(), "true" | "false").then(|| self.at += 1),
        }
    }

    /// The length of an array: numbers and constants, and what is made of them.
    fn length(&mut self) -> Option<()> {
        loop {
            let token = self.peek();
            match self.byte() {
                b'(' => {
                    self.next();
                    self.length()?;
                    self.expect(")")?;
                }
                b'0'..=b'9' => {
                    let digits = token.strip_suffix("usize").unwrap_or(token);
                    digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'_').then_some(())?;
                    self.next();
                }
                _ => _ = self.path_with(Self::turbofish)?,
            }
            if !matches!(self.byte(), b'+' | b'-' | b'*' | b'/') {
                return Some(());
            }
            self.next();
        }
    }
}

/// Types.
impl Reader<'_> {
    fn ty(&mut self, sum: Sum) -> Option<Type> {
        match self.peek() {
            "&" => {
                self.next();
                self.skip_lifetime();
                self.skip("mut");
                self.ty(Sum::MayNot).map(|inner| Type::Ref(Box::new(inner)))
            }
            "*" => {
                self.next();
                matches!(self.next()?, "const" | "mut").then_some(())?;
                self.ty(Sum::MayNot).map(|inner| Type::Ref(Box::new(inner)))
            }
            "(" => self.tuple(sum),
            "[" => {
                self.next();
                let inner = self.ty(Sum::May)?;
                if self.skip(";") {
                    self.length()?;
                }
                self.expect("]")?;
                Some(Type::Slice(Box::new(inner)))
            }
            "!" => self.next().map(|_| Type::Never),
            "_" => self.next().map(|_| Type::Infer),
            "impl" => {
                self.next();
                self.some_bounds(sum).map(Type::Impl)
            }
            "dyn" => {
                self.next();
                self.some_bounds(sum).map(Type::Dyn)
            }
            "fn" => self.function_pointer(),
            "<" => self.qualified_path(Self::type_args).map(Type::Path),
            _ => {
                let path = self.path()?;
                // `Trait + Send`, as it was written before `dyn`, and macros.
                let is_macro = self.byte() == b'!' && !self.is_joined(b"!=");
                let goes_on = is_macro || sum == Sum::May && self.byte() == b'+';
                (!goes_on).then_some(Type::Path(path))
            }
        }
    }

    fn some_bounds(&mut self, sum: Sum) -> Option<Vec<Path>> {
        self.bounds(sum).filter(|bounds| !bounds.is_empty())
    }

    /// `()`, `(A, B)`, and `(A)`, which is `A`.
    fn tuple(&mut self, sum: Sum) -> Option<Type> {
        let (parts, has_comma) = self.types_in_parentheses()?;
        match <[Type; 1]>::try_from(parts) {
            Ok([only]) if !has_comma => (sum == Sum::MayNot || self.peek() != "+").then_some(only),
            Ok([only]) => Some(Type::Tuple(vec![only])),
            Err(parts) => Some(Type::Tuple(parts)),
        }
    }

    /// Types between parentheses, and whether a comma is behind the last.
    fn types_in_parentheses(&mut self) -> Option<(Vec<Type>, bool)> {
        self.expect("(")?;
        let mut types = Vec::with_capacity(1);
        let mut has_comma = false;
        while !self.skip(")") {
            types.push(self.ty(Sum::May)?);
            has_comma = self.skip(",");
            if !has_comma {
                self.expect(")")?;
                break;
            }
        }
        Some((types, has_comma))
    }

    fn function_pointer(&mut self) -> Option<Type> {
        self.expect("fn")?;
        let (params, _) = self.types_in_parentheses()?;
        let output = Box::new(self.output(Sum::MayNot)?.unwrap_or_else(Type::unit));
        Some(Type::Fn { params, output })
    }

    /// A path of a type.
    fn path(&mut self) -> Option<Path> {
        self.path_with(Self::type_args)
    }

    /// A path of a trait, which may be one of the function traits.
    fn trait_path(&mut self) -> Option<Path> {
        let mut path = self.path()?;
        if self.byte() == b'('
            && let Some(last) = path.segments.last_mut().filter(|last| last.args.is_none())
        {
            let start = path.range;
            last.args = Some(Box::new(self.function_args()?));
            path.range = self.since(start);
        }
        Some(path)
    }

    fn path_with(&mut self, args: impl Fn(&mut Self) -> Option<Option<Box<GenericArgs>>>) -> Option<Path> {
        let start = self.place();
        let global = self.skip_joined(b"::");
        // Most paths in types are a name.
        let mut segments = Vec::with_capacity(1);
        loop {
            let (name, range) = self.segment()?;
            let args = args(self)?;
            if args.is_some() && matches!(&*name, "self" | "super" | "crate") {
                return None;
            }
            segments.push(Segment { name, range, args });
            if !self.skip_joined(b"::") {
                break;
            }
        }
        Some(Path { global, self_ty: None, segments: segments.into(), range: self.since(start) })
    }

    /// `<T as Trait>::name`, `<T>::name`.
    fn qualified_path(
        &mut self,
        args: impl Fn(&mut Self) -> Option<Option<Box<GenericArgs>>>,
    ) -> Option<Path> {
        let start = self.place();
        self.expect("<")?;
        let self_ty = Some(Box::new(self.ty(Sum::May)?));
        let of_trait = if self.skip("as") { Some(self.path()?) } else { None };
        self.expect(">")?;
        self.skip_joined(b"::").then_some(())?;
        let rest = self.path_with(args).filter(|rest| !rest.global)?;
        let global = of_trait.as_ref().is_some_and(|path| path.global);
        let segments = of_trait.map_or_else(Vec::new, |path| path.segments.into_vec());
        let segments = segments.into_iter().chain(rest.segments).collect();
        Some(Path { global, self_ty, segments, range: self.since(start) })
    }

    /// The arguments of a segment in a type; `Some(None)` where there are none.
    fn type_args(&mut self) -> Option<Option<Box<GenericArgs>>> {
        match self.byte() {
            b'<' if !self.is_joined(b"<=") && !self.is_joined(b"<<=") => {
                self.generic_args().map(Box::new).map(Some)
            }
            _ => self.turbofish(),
        }
    }

    /// `::<A, B>`, if it comes next.
    fn turbofish(&mut self) -> Option<Option<Box<GenericArgs>>> {
        if !self.is_joined(b"::") || self.byte_behind(2) != b'<' {
            return Some(None);
        }
        self.at += 2;
        self.generic_args().map(Box::new).map(Some)
    }

    /// `<A, B, Item = C>`.
    fn generic_args(&mut self) -> Option<GenericArgs> {
        self.expect("<")?;
        let mut args = GenericArgs { types: Vec::with_capacity(1), ..GenericArgs::default() };
        while !self.skip(">") {
            if !self.skip_lifetime() && self.constant().is_none() {
                match self.peek_behind(1) {
                    "=" => {
                        let (name, _) = self.name()?;
                        self.next();
                        args.bindings.push((name, self.ty(Sum::May)?));
                    }
                    ":" if self.byte() != b':' && self.peek_behind(2) != ":" => {
                        let (name, _) = self.name()?;
                        self.next();
                        args.bindings.push((name, Type::Impl(self.bounds(Sum::May)?)));
                    }
                    _ => args.types.push(self.ty(Sum::May)?),
                }
            }
            if !self.skip(",") {
                self.expect(">")?;
                break;
            }
        }
        Some(args)
    }

    /// `(A, B) -> C` of the function traits.
    fn function_args(&mut self) -> Option<GenericArgs> {
        let (types, _) = self.types_in_parentheses()?;
        let output = self.output(Sum::MayNot)?.unwrap_or_else(Type::unit);
        Some(GenericArgs { types, bindings: vec![(Name::from("Output"), output)] })
    }
}

#[cfg(test)]
mod tests;
