//! What is read without the parser against what the parser reads.

use super::super::{FileLowering, Surroundings, parsed_signature};
use super::*;
use crate::hir::function::{Code, Declares, FileCode};
use crate::source::index::{self, IndexedItem};
use std::sync::Arc;

#[expect(dead_code, reason = "nothing is made up here")]
#[path = "../../../../tests/support/mod.rs"]
pub(super) mod support;

/// How many items and signatures were read without the parser, how many were left to it, and how many it does not take.
#[derive(Debug, Default)]
struct Tally {
    plain: usize,
    parsed: usize,
    refused: usize,
    faults: Vec<String>,
}

/// Reads the items of a text, and the signatures of its functions, both ways.
fn compare(text: &str, tally: &mut Tally) {
    let index = index::index(text);
    let file = FileCode { text: Arc::new(text.to_owned()), comments: index.comments.into(), words: None };
    let mut lowering = FileLowering { code: Arc::new(file), problems: Vec::new() };
    compare_items(&index.items, &mut lowering, tally);
}

fn compare_items(items: &[IndexedItem], lowering: &mut FileLowering, tally: &mut Tally) {
    for indexed in items.iter().filter(|item| item.nesting <= index::MAX_NESTING) {
        compare_items(&indexed.children, lowering, tally);
        if !is_read_here(indexed.kind) {
            continue;
        }
        let (plain, parsed) = match indexed.kind {
            IndexedKind::Function => {
                let code = code_of(indexed, lowering);
                let end = code.body.unwrap_or(code.range.end);
                let head = TextRange { start: code.range.start, end };
                let plain = plain_signature(&code.file.text, head).map(|it| format!("{it:#?}"));
                let parsed = parsed_signature(&code, head).ok().map(|it| format!("{it:#?}"));
                (plain, parsed)
            }
            _ => {
                let alone = without_children(indexed);
                let plain = lowering.plain(&alone);
                let plain = plain.map(|item| lowering.with_children(item, &alone, Surroundings::default()));
                let plain = plain.map(shown);
                let parsed = lowering.parsed_item(&alone, Surroundings::default());
                (plain, parsed.ok().flatten().map(shown))
            }
        };
        match (plain, parsed) {
            (None, _) => tally.parsed += 1,
            (Some(plain), Some(parsed)) if plain == parsed => tally.plain += 1,
            (Some(plain), Some(parsed)) => {
                let text = &lowering.code.text[indexed.range.as_usize()];
                tally.faults.push(format!("{text}\nplain: {plain}\nparsed: {parsed}"));
            }
            (Some(_), None) => tally.refused += 1,
        }
    }
}

fn without_children(item: &IndexedItem) -> IndexedItem {
    let &IndexedItem { kind, range, code, visibility, name, body, nesting, hides_items, .. } = item;
    let (children, words) = (Vec::new(), 0..0);
    IndexedItem { kind, range, code, visibility, name, body, children, hides_items, nesting, words }
}

fn code_of(indexed: &IndexedItem, lowering: &FileLowering) -> Code {
    Code {
        file: lowering.code.clone(),
        range: TextRange { start: indexed.code, ..indexed.range },
        body: indexed.body.map(|body| body.start),
        words: 0..0,
        declares: Declares::Nothing,
        in_macro: false,
    }
}

fn is_read_here(kind: IndexedKind) -> bool {
    use IndexedKind::*;
    match kind {
        Function | Struct | Enum | Union | Impl | Trait | Module | TypeAlias | Const | Static => true,
        Macro | MacroRules => true,
        Use | ExternCrate | ForeignModule => false,
    }
}

/// All that is asked of an item, whose children are not there.
fn shown(item: Item) -> String {
    let name_range = item.name_range;
    let kind = match item.kind {
        ItemKind::Module(_) => "a module".to_owned(),
        kind => format!("{kind:#?}"),
    };
    format!("{:?} {name_range:?} {:?} {:?} {kind}", item.name, item.attrs, item.visibility)
}

#[test]
fn reads_what_the_parser_reads() {
    let mut tally = Tally::default();
    for path in support::sources() {
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        compare(&text, &mut tally);
    }
    assert!(tally.faults.is_empty(), "{}", tally.faults.join("\n\n"));
    let Tally { plain, parsed, refused, .. } = tally;
    assert!(
        plain > 20 * parsed && plain > 200 * refused,
        "{plain} plain, {parsed} parsed, {refused} refused"
    );
}

/// How each item of a text is read.
fn tally_of(text: &str) -> Tally {
    let mut tally = Tally::default();
    compare(text, &mut tally);
    assert!(tally.faults.is_empty(), "{}", tally.faults.join("\n\n"));
    tally
}

#[test]
fn reads_what_is_plain() {
    for text in [
        "struct Unit;",
        "struct r#A { r#type: <B as C>::D<E>, a: <F>::G }",
        "pub struct Pair<T: ?Sized>(pub(crate) &'static T, Box<dyn Fn(u8, &str) -> T + Send + 'static>) where T: A;",
        "#[derive(Debug)] struct A<'a, const N: usize = 3> where Self: Sized { #[serde(rename = \"}\")] pub b: [u8; N], c: &'a mut C, }",
        "union U { a: u8, b: *const u8 }",
        "enum E<T = ()> { A, B(T, u8), C { d: D }, #[doc(hidden)] F = 1 << (2, 3).0, }",
        "type A<T> = std::result::Result<T, Box<dyn Error + Send>>;",
        "const A: &[B<{ 1 }>] = &[c(|d| match d { e => f = 1, })]; static mut G: fn() -> u8 = h; const _: () = ();",
        "trait A { const B: Option<u8>; const C: u8 = 1 == 2; }",
        "trait T { type A: Iterator<Item = u8> + 'static; type B<'a>: C where Self: 'a; }",
        "unsafe impl<T, U: for<'a> Fn(&'a T) -> U> ::a::b::Tr<Item = (T,), O: P> for Vec<(T)> where for<'a> &'a T: X, {}",
        "impl A::<B>::C {}",
        "pub unsafe trait T<A>: B + ?Sized where A: {}",
        "mod a { mod b; }",
        "fn f() {}",
        "fn r#fn(#[a] &self, #[b(c)] r#in: D<::E>) {}",
        "pub const async unsafe extern \"C\" fn f<'a, 'b: 'a + 'c, T>(mut a: A, _: B, (c, D(e)): F, a::B(g): G,) -> ! where T: {}",
        "impl A { fn a(self) {} fn b(&self, x: u8) {} fn c(&'a mut self) {} fn d(mut self: Arc<Self>,) -> impl F + '_ {} }",
        "fn f(a: fn(u8) -> A, b: impl Fn() -> u8 + Send) {}",
        "fn f(a: [fn(); 3 * (2 + 1)], b: A<-1, true, { 1 + 2 }>, c: &dyn A<B>) -> Box<dyn A> {}",
    ] {
        let tally = tally_of(text);
        assert_eq!((tally.parsed, tally.refused), (0, 0), "{text}");
    }
}

#[test]
fn leaves_what_is_not_plain_to_the_parser() {
    for text in [
        "struct r#self;",
        "struct A(pub(in crate::b) u8);",
        "struct A { a: b!() }",
        "struct A { a: unsafe extern \"C\" fn() }",
        "struct Größe;",
        "struct A<#[may_dangle] T>(T);",
        "type A = B + C;",
        "const A: u8 = { fn b() {} 1 };",
        "static A: B = b(|| { #[allow(taskguard::x)] c() });",
        "const A: /* = */ u8 = 1;",
        "const A<T>: u8 = 1;",
        "type A = &dyn B + C;",
        "impl !Send for A {}",
        "impl const A for B {}",
        "pub impl A {}",
        "trait A = B;",
        "fn f(A { b, .. }: A) {}",
        "fn f(&a: &A) {}",
        "extern \"C\" { fn f(a: u8, ...); }",
        "fn f() -> impl A + use<> {}",
        "fn f<T: ~const A>() {}",
        "fn f<T: (A)>() {}",
        "fn f(a: ) {}",
        "fn f(a b) {}",
        "fn f() -> {}",
    ] {
        let tally = tally_of(text);
        assert_eq!((tally.plain, tally.parsed), (0, 1), "{text}");
    }
}
