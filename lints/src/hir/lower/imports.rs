//! `use`, read without the parser: no other item is as frequent, and its syntax is a handful of tokens.

use crate::hir::{Attributes, Import, ImportKind, Item, ItemKind, Name, Path, Segment, Visibility};
use crate::source::{TextRange, index};

/// A `use` that begins at the start of a range, comments apart. None where it is not a plain one: it has attributes, or something is
/// wrong with it. Then it is for the parser to say what it is.
pub(super) fn plain_import(text: &str, range: TextRange) -> Option<Item> {
    let tokens = index::tokens(&text[..range.end as usize], range.start);
    let mut reader = Reader { text, tokens: tokens.peekable(), imports: Vec::new() };
    let start = reader.peek_range()?.start;
    let visibility = reader.visibility()?;
    reader.expect("use")?;
    let global = reader.skip_colons()?;
    reader.tree(global, &mut Vec::new())?;
    reader.expect(";")?;
    reader.tokens.next().is_none().then(|| Item {
        name: Name::from(""),
        name_range: TextRange { start, end: start },
        range: TextRange { start, ..range },
        attrs: Attributes::default(),
        visibility,
        kind: ItemKind::Use(reader.imports),
    })
}

/// What a `use` ends with: what it brings in behind the segments that lead there.
pub(super) enum Leaf {
    /// A name, and the other one that it is given.
    Name(Segment, Option<Name>),
    Glob,
}

/// Adds what a leaf of a tree of imports brings in.
pub(super) fn add_import(global: bool, prefix: &[Segment], leaf: Leaf, imports: &mut Vec<Import>) {
    let (last, kind) = match leaf {
        Leaf::Glob => (None, ImportKind::Glob),
        // `use a::b::{self}` is `use a::b`.
        Leaf::Name(segment, other) => match prefix.last().filter(|_| segment.name == "self") {
            Some(outer) => (None, ImportKind::Name(other.unwrap_or(outer.name))),
            None => {
                let kind = ImportKind::Name(other.unwrap_or(segment.name));
                (Some(segment), kind)
            }
        },
    };
    let segments: Box<[Segment]> = prefix.iter().cloned().chain(last).collect();
    if let (Some(first), Some(last)) = (segments.first(), segments.last()) {
        let range = first.range.cover(last.range);
        imports.push(Import { path: Path { global, self_ty: None, segments, range }, kind });
    }
}

/// The words that are no names.
#[rustfmt::skip]
const KEYWORDS: [&str; 52] = [
    "Self", "_", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "if", "impl", "in", "let", "loop", "macro", "match", "mod",
    "move", "mut", "override", "priv", "pub", "ref", "return", "self", "static", "struct", "super", "trait", "true", "try",
    "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

fn is_keyword(word: &str) -> bool {
    KEYWORDS.contains(&word)
}

struct Reader<'t, T: Iterator<Item = TextRange>> {
    text: &'t str,
    tokens: std::iter::Peekable<T>,
    imports: Vec<Import>,
}

impl<'t, T: Iterator<Item = TextRange>> Reader<'t, T> {
    fn peek_range(&mut self) -> Option<TextRange> {
        self.tokens.peek().copied()
    }

    fn peek(&mut self) -> &'t str {
        self.peek_range().map_or("", |range| &self.text[range.as_usize()])
    }

    /// Steps over a token if it is this one.
    fn skip(&mut self, token: &str) -> bool {
        let is_it = self.peek() == token;
        if is_it {
            self.tokens.next();
        }
        is_it
    }

    fn expect(&mut self, token: &str) -> Option<()> {
        self.skip(token).then_some(())
    }

    /// Steps over `::` if there is one. A colon by itself is no part of a `use`.
    fn skip_colons(&mut self) -> Option<bool> {
        let Some(first) = self.peek_range().filter(|_| self.skip(":")) else { return Some(false) };
        let second = self.peek_range()?;
        self.expect(":")?;
        (second.start == first.end).then_some(true)
    }

    fn visibility(&mut self) -> Option<Visibility> {
        if !self.skip("pub") {
            return Some(Visibility::Private);
        }
        if !self.skip("(") {
            return Some(Visibility::Public);
        }
        let is_simple = matches!(self.peek(), "crate" | "self" | "super");
        self.tokens.next();
        (is_simple && self.skip(")")).then_some(Visibility::Restricted)
    }

    /// A name that may stand in a path. Raw names are left to the parser.
    fn segment(&mut self) -> Option<Segment> {
        let range = self.peek_range()?;
        let text = &self.text[range.as_usize()];
        let is_name = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
            && !text.starts_with(|first: char| first.is_ascii_digit())
            && text != "_"
            && (!is_keyword(text) || matches!(text, "self" | "super" | "crate"));
        self.tokens.next();
        is_name.then(|| Segment { name: Name::from(text), range, args: None })
    }

    fn tree(&mut self, global: bool, prefix: &mut Vec<Segment>) -> Option<()> {
        if self.skip("*") {
            add_import(global, prefix, Leaf::Glob, &mut self.imports);
            return Some(());
        }
        if self.skip("{") {
            while !self.skip("}") {
                self.tree(global, prefix)?;
                if !self.skip(",") {
                    return self.expect("}");
                }
            }
            return Some(());
        }
        let segment = self.segment()?;
        if self.skip_colons()? {
            prefix.push(segment);
            self.tree(global, prefix)?;
            prefix.pop();
            return Some(());
        }
        let other = match self.skip("as") {
            true if self.skip("_") => Some(Name::from("_")),
            true => Some(self.segment()?.name).filter(|name| !is_keyword(name)).map(Some)?,
            false => None,
        };
        add_import(global, prefix, Leaf::Name(segment, other), &mut self.imports);
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the parser makes of it.
    fn parsed(text: &str) -> Option<Item> {
        let whole = format!("{text} use last::one;");
        let mut items = crate::read(crate::source::SourceFile::new("a.rs", whole)).hir.items;
        (items.len() == 2).then(|| items.swap_remove(0))
    }

    fn by_parser(text: &str) -> Vec<String> {
        let item: syn::ItemUse = syn::parse_str(text).expect("it is a `use`");
        let range = TextRange::new(0, text.len());
        let slice = super::super::types::Slice::new(text, range);
        super::super::imports(&slice, &item).iter().map(|import| format!("{import:?}")).collect()
    }

    #[test]
    fn reads_what_the_parser_reads() {
        for text in [
            "use a;",
            "use a as b;",
            "use a as _;",
            "use ::a::b;",
            "pub use a::b as c;",
            "pub(crate) use a::*;",
            "use a::{self, b, c::{d, e as f, g::*}, self as h,};",
            "use {a, b::c};",
            "use {};",
            "use a::{};",
            "use self::a;",
            "use super::super::a;",
            "use crate::a::B;",
            "use a::self;",
            "use *;",
            "use a /* b; */ :: // c\n {d};",
        ] {
            let read = plain_import(text, TextRange::new(0, text.len())).expect(text);
            let ItemKind::Use(imports) = &read.kind else { panic!("{text}") };
            let imports: Vec<String> = imports.iter().map(|import| format!("{import:?}")).collect();
            assert_eq!(imports, by_parser(text), "{text}");
            assert_eq!(read.visibility == Visibility::Public, text.starts_with("pub use"), "{text}");
            assert!(parsed(text).is_some(), "{text}");
        }
    }

    #[test]
    fn leaves_what_is_not_plain_to_the_parser() {
        for text in [
            "#[cfg(a)] use a::b;",
            "pub(in a::b) use c::d;",
            "use r#type::a;",
            "use a::fn;",
            "use a::_;",
            "use a as self;",
            "use a:b;",
            "use a: :b;",
            "use a::b",
            "use a::b; use c;",
            "use a::{b c};",
            "use a::;",
            "",
        ] {
            assert!(plain_import(text, TextRange::new(0, text.len())).is_none(), "{text}");
        }
    }

    #[test]
    fn knows_the_keywords_of_the_parser() {
        for word in KEYWORDS {
            assert!(syn::parse_str::<syn::Ident>(word).is_err(), "{word}");
        }
        for word in ["union", "auto", "default", "dyn_", "macro_rules", "raw", "safe", "gen", "r"] {
            assert_eq!(is_keyword(word), syn::parse_str::<syn::Ident>(word).is_err(), "{word}");
        }
    }
}
