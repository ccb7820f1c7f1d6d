//! The items that functions declare in their bodies, as the index finds them, against what the parser finds when it is given
//! the whole function: on the sources of Cargo's registry, on the same with something done to them, and on odd code. And
//! what is left of such a function is the same either way.

mod support;

use std::path::PathBuf;

use taskguard_lints::hir::lower::lower;
use taskguard_lints::hir::{Body, Function, Item, ItemKind};
use taskguard_lints::source::SourceFile;
use taskguard_lints::source::index::{IndexedItem, IndexedKind, index};

use support::{Random, mutate, on_all_sources};

const FEWEST_FUNCTIONS: usize = 200;

#[test]
fn the_index_finds_the_items_of_bodies_that_the_parser_finds() {
    let compared: usize = on_all_sources(compare_all).into_iter().sum();
    assert!(compared >= FEWEST_FUNCTIONS, "only {compared} functions were compared");
}

fn compare_all(paths: &[PathBuf]) -> usize {
    let mut compared = 0;
    for (number, path) in paths.iter().enumerate() {
        let Ok(text) = std::fs::read_to_string(path) else { continue };
        let whole = compare_ways(&text);
        compared += whole;
        if whole > 0 {
            let mut random = Random::new(number as u64);
            (0..3).for_each(|_| _ = compare_ways(&mutate(&text, &mut random)));
        }
    }
    compared
}

#[test]
fn what_is_large_is_read_both_ways() {
    let text = format!("fn f() {{ const A: [u8; N] = [{}]; A }}", "1,".repeat(1 << 16));
    assert_eq!(compare_ways(&text), 1);
}

#[test]
fn odd_bodies_declare_what_the_parser_finds() {
    let bodies = [
        "/// doc\n#[a] // b\n/** doc */ #[cfg(test)] fn g() {} struct S { a: A } g()",
        "if a { fn g() {} 1 } else { 2 }\nfn h() {}",
        "if a { 1 } else { 2 } use b::c;",
        "m! { a } struct B; m! { c }",
        "match a { B => { use c::D; D } E => F, }",
        "let a = |b| { fn g() {} g(b) }; let c = async move { struct D; D };",
        "let S { a } = { struct S { a: A } S { a: 1 } };",
        "impl<T> A for B<{ 1 }> { /// doc\n#[x] pub(crate) fn g(&self) { fn h() {} } const C: u8 = { 1 }; type D = E; }",
        "trait A: B { /// doc\nfn g(&self) { fn h() {} } fn i(); const C: u8; type D: E = F; }",
        "#[allow(taskguard::a)] fn g() { #[allow(taskguard::b)] h(); }",
        "fn g() { #![allow(x)] use a::b; } #[cfg(a)] use c; pub(in d::e) use f; use {}; use*;use g;",
        "union U { a: u8 } const C: fn(u8) = { fn g(_: u8) {} g }; static S: [u8; { 1 }] = [1];",
        "type A<T> = B<T>; extern crate c as d; enum E { F = { 1 }, G(u8) }",
        "{{ fn a() {} }} loop { break { fn b() {} } } unsafe { fn c() {} } 'l: { fn d() {} }",
        "struct S; impl !Send for S {} unsafe impl Sync for S {}",
        "let ä = \"🦀\"; fn ö() { \"ü\" } ä.send()",
        "use a::b;\r\n\r\nfn g() {\r\n    b()\r\n}\r\n",
        "#[a] let x = 1; #[b] { fn g() {} } #[c] async fn h() {}",
        "a[{ fn g() {} 1 }]; [{ fn h() {} 1 }, 2]; b({ fn i() {} 3 });",
        "let a = move || { fn g() {} };",
        "const { fn h() {} } a",
        "let a = const { fn h() {} 1 };",
        "async unsafe fn g() {} const unsafe extern \"C\" fn h() {} unsafe trait T {} auto trait A {}",
    ];
    let texts = bodies.map(|body| format!("fn f() {{ {body} }}"));
    let not_compared: Vec<&String> = texts.iter().filter(|text| compare_ways(text) != 1).collect();
    assert_eq!(not_compared, Vec::<&String>::new());
}

/// Compares what the functions of a text declare, found by the index, with what the parser finds. Gives the number of
/// functions for which there was something to compare.
fn compare_ways(text: &str) -> usize {
    let by_index = lower(&SourceFile::new("lib.rs", text), index(text));
    let mut hiding = index(text);
    hiding.items.iter_mut().for_each(hide_items);
    let by_parser = lower(&SourceFile::new("lib.rs", text), hiding);
    let (mut found, mut parsed) = (Vec::new(), Vec::new());
    collect(&by_index.items, &mut found);
    collect(&by_parser.items, &mut parsed);
    assert_eq!(found.len(), parsed.len());
    let mut compared = 0;
    for (found, parsed) in found.into_iter().zip(parsed) {
        // In a function that cannot be parsed more may be found; the parser finds nothing.
        if !found.items().is_empty() && parsed.body().is_some() {
            let range = found.name_range.as_usize();
            assert_eq!(show_function(found), show_function(parsed), "`{}` in {text}", &text[range]);
            compared += 1;
        }
    }
    compared
}

/// Leaves the items in the bodies of functions to the parser.
fn hide_items(item: &mut IndexedItem) {
    if item.kind == IndexedKind::Function && !item.children.is_empty() {
        item.children.clear();
        item.hides_items = true;
    }
    item.children.iter_mut().for_each(hide_items);
}

/// The functions outside of bodies.
fn collect<'f>(items: &'f [Item], functions: &mut Vec<&'f Function>) {
    for item in items {
        if let ItemKind::Function(function) = &item.kind {
            functions.push(function);
        }
        collect(item.items(), functions);
    }
}

fn show(items: &[Item]) -> String {
    items.iter().map(show_item).collect()
}

fn show_item(item: &Item) -> String {
    let Item { name, name_range, range, attrs, visibility, kind } = item;
    let kind = match kind {
        ItemKind::Function(function) => show_function(function),
        ItemKind::Impl(it) => {
            format!("{:?} {:?} {:?} {}", it.generics, it.trait_, it.self_ty, show(&it.items))
        }
        ItemKind::Trait(it) => format!("{:?} {:?} {}", it.generics, it.supertraits, show(&it.items)),
        ItemKind::Value { ty, body } => {
            format!(
                "{ty:?} {}",
                body.as_ref().map_or(String::new(), |body| show_body(body) + &show(&body.items))
            )
        }
        other => format!("{other:?}"),
    };
    format!("{name} {name_range:?} {range:?} {attrs:?} {visibility:?} {kind}\n")
}

fn show_function(function: &Function) -> String {
    let signature: &taskguard_lints::hir::Signature = function;
    let body = function.body().map(show_body);
    let Function { name, name_range, attrs, .. } = function;
    format!("{name} {name_range:?} {attrs:?} {signature:?} {body:?} {}", show(function.items()))
}

/// All of a body but its items.
fn show_body(body: &Body) -> String {
    let Body { exprs, pats, locals, params, root, suppressions, .. } = body;
    format!("{exprs:?} {pats:?} {locals:?} {params:?} {root:?} {suppressions:?}")
}
