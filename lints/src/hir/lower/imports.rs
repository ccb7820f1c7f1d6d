//! `use`, read without the parser: no other item is as frequent, and its syntax is a handful of tokens.

use super::reader::Reader;
use crate::hir::{Import, ImportKind, Item, ItemKind, Name, Path, Rare, Segment};
use crate::source::TextRange;

/// A `use` that begins at the start of a range, comments apart. None where it is not a plain one: it has attributes, or something is
/// wrong with it. Then it is for the parser to say what it is.
pub(super) fn plain_import(text: &str, range: TextRange) -> Option<Item> {
    let mut reader = Reader::new(text, range);
    let start = reader.place().start;
    let visibility = reader.visibility()?;
    reader.expect("use")?;
    let global = reader.skip_joined(b"::");
    // Most bring in one thing, and a list begins with room for four.
    let mut imports = Vec::with_capacity(1);
    tree(&mut reader, global, &mut Vec::new(), &mut imports)?;
    imports.shrink_to_fit();
    reader.expect(";")?;
    reader.is_at_end().then(|| Item {
        name: Name::from(""),
        name_range: TextRange { start, end: start },
        range: TextRange { start, ..range },
        attrs: Rare::default(),
        visibility,
        kind: ItemKind::Use(imports),
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

/// Reads a tree of imports behind the segments that lead to it.
fn tree(
    reader: &mut Reader<'_>,
    global: bool,
    prefix: &mut Vec<Segment>,
    imports: &mut Vec<Import>,
) -> Option<()> {
    if reader.skip("*") {
        add_import(global, prefix, Leaf::Glob, imports);
        return Some(());
    }
    if reader.skip("{") {
        while !reader.skip("}") {
            tree(reader, global, prefix, imports)?;
            if !reader.skip(",") {
                return reader.expect("}");
            }
        }
        return Some(());
    }
    let segment = segment(reader)?;
    if reader.skip_joined(b"::") {
        prefix.push(segment);
        tree(reader, global, prefix, imports)?;
        prefix.pop();
        return Some(());
    }
    let other = match reader.skip("as") {
        true if reader.skip("_") => Some(Name::from("_")),
        true => Some(reader.name()?.0),
        false => None,
    };
    add_import(global, prefix, Leaf::Name(segment, other), imports);
    Some(())
}

/// `Self` is no module.
fn segment(reader: &mut Reader<'_>) -> Option<Segment> {
    let (name, range) = reader.segment().filter(|(name, _)| name != "Self")?;
    Some(Segment { name, range, args: None })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hir::Visibility;

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
            "use r#self::a;",
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
}
