//! Indexes of small texts.

use super::*;

#[test]
fn tokens_are_what_is_not_space_and_not_a_comment() {
    let text = "a /* b */ 'c' r#\"d // \"# // e\n<'f>\u{e9} \"g";
    let tokens: Vec<&str> = tokens(text, 1).map(|range| &text[range.as_usize()]).collect();
    assert_eq!(tokens, ["'c'", "r#\"d // \"#", "<", "'f", ">", "\u{e9}"]);
}

/// One line an item: its kind, its first line of text, and its body's between bars; children are indented.
fn outline(text: &str) -> String {
    fn write(text: &str, items: &[IndexedItem], depth: usize, out: &mut String) {
        for item in items {
            let line = text[item.range.as_usize()].lines().next().unwrap_or_default();
            let body = item.body.map(|body| text[body.as_usize()].trim().lines().next().unwrap_or_default());
            let body = body.map(|body| format!(" |{body}|")).unwrap_or_default();
            *out += &format!("{}{:?} {line}{body}\n", "  ".repeat(depth), item.kind);
            write(text, &item.children, depth + 1, out);
        }
    }
    let mut out = String::new();
    write(text, &index(text).items, 0, &mut out);
    out
}

#[track_caller]
fn check(text: &str, expected: &str) {
    let expected: String =
        expected.lines().filter(|line| !line.trim().is_empty()).collect::<Vec<_>>().join("\n");
    assert_eq!(outline(text).trim_end(), expected);
    assert_eq!(index(text).problems, [], "in {text}");
}

fn problems(text: &str) -> Vec<(&str, &'static str)> {
    index(text).problems.iter().map(|problem| (&text[problem.range.as_usize()], problem.message)).collect()
}

fn nesting(text: &str) -> u32 {
    index(text).items.iter().map(|item| item.nesting).max().unwrap_or_default()
}

#[test]
fn every_kind_of_item_is_known() {
    check(
        "use a::{b, c};\nextern crate d;\nstruct E;\nstruct F(u8) where u8: Copy;\nstruct G { h: u8 }\nenum I { J }\n\
         union K { l: u8 }\ntrait M {}\ntrait N = Send;\nimpl<T> M for T {}\nmod o;\nmod p {}\ntype Q = u8;\n\
         const R: u8 = { 1 };\nconst _: () = { fn hidden() {} };\nstatic mut S: u8 = 1;\nextern \"C\" { fn t(); }\n\
         macro_rules! u { () => {} }\nmacro v($a:expr) { $a }\nw! { not items }\nx::y!(a);\nfn z() {}",
        r#"
Use use a::{b, c};
ExternCrate extern crate d;
Struct struct E;
Struct struct F(u8) where u8: Copy;
Struct struct G { h: u8 } |h: u8|
Enum enum I { J } |J|
Union union K { l: u8 } |l: u8|
Trait trait M {} ||
Trait trait N = Send;
Impl impl<T> M for T {} ||
Module mod o;
Module mod p {} ||
TypeAlias type Q = u8;
Const const R: u8 = { 1 };
Const const _: () = { fn hidden() {} };
Static static mut S: u8 = 1;
ForeignModule extern "C" { fn t(); } |fn t();|
  Function fn t();
MacroRules macro_rules! u { () => {} } |() => {}|
MacroRules macro v($a:expr) { $a } |$a|
Macro w! { not items } |not items|
Macro x::y!(a);
Function fn z() {} ||"#,
    );
}

#[test]
fn qualifiers_and_visibilities_belong_to_the_item() {
    check(
        "pub(in crate::a) const unsafe extern \"C\" fn a() {}\npub async fn b() {}\npub(crate) unsafe impl A for B {}\n\
         unsafe extern \"C\" { pub safe fn c(); }\nauto trait D {}\ndefault impl E for F { default fn e() {} }\n\
         const fn f() {}\nimpl const G for H {}\nunsafe auto trait I {}\ncrate fn j() {}\nextern fn k() {}",
        r#"
Function pub(in crate::a) const unsafe extern "C" fn a() {} ||
Function pub async fn b() {} ||
Impl pub(crate) unsafe impl A for B {} ||
ForeignModule unsafe extern "C" { pub safe fn c(); } |pub safe fn c();|
  Function pub safe fn c();
Trait auto trait D {} ||
Impl default impl E for F { default fn e() {} } |default fn e() {}|
  Function default fn e() {} ||
Function const fn f() {} ||
Impl impl const G for H {} ||
Trait unsafe auto trait I {} ||
Function crate fn j() {} ||
Function extern fn k() {} ||"#,
    );
}

#[test]
fn heads_tell_where_the_code_begins_who_may_name_it_and_how() {
    let text = "/// a\n#[b] // c\npub(in d) unsafe extern \"C\" fn r#e() {}\npub /* f */ const fn g<H>() {}\n\
                crate fn i() {} impl J { #[k(\"fn l\")] async fn m() { fn n() {} } }";
    let index = index(text);
    let inner = &index.items[3].children[0];
    let items = [&index.items[0], &index.items[1], &index.items[2], inner, &inner.children[0]];
    let heads = items.map(|item| {
        let code = text[item.code as usize..].split_whitespace().next().unwrap_or_default();
        (code, item.visibility, &text[item.name.as_usize()])
    });
    use Visibility::*;
    assert_eq!(
        heads,
        [
            ("pub(in", Restricted, "e"),
            ("pub", Public, "g"),
            ("crate", Private, "i"),
            ("async", Private, "m"),
            ("fn", Private, "n"),
        ]
    );
    assert_eq!(text[index.items[3].code as usize..].find("impl"), Some(0));
}

#[test]
fn words_that_are_keywords_only_sometimes_are_macros_otherwise() {
    check(
        "union! { a b }\ndefault!(x);\nauto::b! { c }\ncrate::d!(e);\nfn r#fn() { r#match }",
        r#"
Macro union! { a b } |a b|
Macro default!(x);
Macro auto::b! { c } |c|
Macro crate::d!(e);
Function fn r#fn() { r#match } |r#match|"#,
    );
}

#[test]
fn braces_between_angles_are_constants_and_no_bodies() {
    check(
        "fn a() -> Foo<{ N }> { 1 }\nfn b<const N: usize = { 3 }>() -> [u8; { N }] where A<{ N + 1 }>: B, { 2 }\n\
         impl<T: Fn() -> Vec<Vec<T>>> C<{ D }> for E<T> { fn c(self) -> <<T as F>::G as H>::I { 3 } }\n\
         struct J<const K: bool = { 1 < 2 }> { k: u8 }",
        r#"
Function fn a() -> Foo<{ N }> { 1 } |1|
Function fn b<const N: usize = { 3 }>() -> [u8; { N }] where A<{ N + 1 }>: B, { 2 } |2|
Impl impl<T: Fn() -> Vec<Vec<T>>> C<{ D }> for E<T> { fn c(self) -> <<T as F>::G as H>::I { 3 } } |fn c(self) -> <<T as F>::G as H>::I { 3 }|
  Function fn c(self) -> <<T as F>::G as H>::I { 3 } |3|
Struct struct J<const K: bool = { 1 < 2 }> { k: u8 } |k: u8|"#,
    );
}

#[test]
fn brackets_in_strings_characters_and_comments_do_not_count() {
    let text = r####"
fn a() { "}\"}"; r#"}"}"#; b"}"; br##"}"#"##; c"}"; '}'; '\''; '{'; b'}'; '\u{7d}'; '🦀'; '"' }
fn b<'a>(x: &'a str) -> &'a str { /* } /* } */ } */ 'l: loop { break 'l } // }
}
fn c(r: u8) { r#"a"#; r"\"; 'r: loop {} } /// } not ours
fn d() {}
"####;
    let bodies = index(text).items.iter().filter(|item| item.body.is_some()).count();
    assert_eq!((index(text).items.len(), bodies), (4, 4));
    assert_eq!(index(text).problems, []);
}

#[test]
fn doc_comments_and_attributes_belong_to_the_item_below() {
    let text = "//! The file.\n#![a]\n\n// why\n#![b(\n]]";
    let text = text.replace("b(\n]]", "b()]")
        + "\n// plain\n/// doc\n// plain\n#[c]\nfn a() {}\n/*** plain */ /** doc */ fn b() {}\n//// plain\nfn c() {}\n/// of nothing\n";
    let index = index(&text);
    let starts: Vec<&str> = index.items.iter().map(|item| &text[item.range.as_usize()]).collect();
    assert_eq!(starts, ["/// doc\n// plain\n#[c]\nfn a() {}", "/** doc */ fn b() {}", "fn c() {}"]);
    assert_eq!(&text[index.inner_attrs.as_usize()], "#![a]\n\n// why\n#![b()]");
    assert_eq!(index.problems, []);
}

/// What a function with this body declares, each item as it is written. None where that is for the parser to say.
fn declared(body: &str) -> Option<Vec<String>> {
    let text = format!("fn f() {{ {body} }}");
    let index = index(&text);
    assert_eq!(index.problems, [], "in {text}");
    let [function] = &index.items[..] else { panic!("in {text}: one function") };
    let children = function.children.iter().map(|item| text[item.range.as_usize()].to_owned());
    (!function.hides_items).then(|| children.collect())
}

#[test]
fn items_of_bodies_begin_where_statements_do() {
    for (body, expected) in [
        ("let a = 1; a.use_it(fn_);", &[][..]),
        ("use a::b; c(|| { use d::{e, f}; g })", &["use a::b;", "use d::{e, f};"]),
        ("if !(a) { b![c]; use d; }", &["use d;"]),
        ("use a; struct B; let c = B; fn d() {} e()", &["use a;", "struct B;", "fn d() {}"]),
        (
            "enum A { B } union C { d: u8 } type E = u8;",
            &["enum A { B }", "union C { d: u8 }", "type E = u8;"],
        ),
        (
            "const A: B = C { d: 1 }; static mut E: F = G;",
            &["const A: B = C { d: 1 };", "static mut E: F = G;"],
        ),
        ("extern crate a; pub(crate) use b;", &["extern crate a;", "pub(crate) use b;"]),
        (
            "impl A for B { fn c() {} } trait D { fn e(); }",
            &["impl A for B { fn c() {} }", "trait D { fn e(); }"],
        ),
        (
            "async unsafe fn a() {} unsafe impl B for C {}",
            &["async unsafe fn a() {}", "unsafe impl B for C {}"],
        ),
        (
            "const fn a() {} const B: u8 = 1; extern \"C\" fn c() {}",
            &["const fn a() {}", "const B: u8 = 1;", "extern \"C\" fn c() {}"],
        ),
        ("/// doc\n#[a] /// doc\n#[b(c)] fn d() {}", &["#[a] /// doc\n#[b(c)] fn d() {}"]),
        ("/** doc */ // why\nfn a() {}", &["fn a() {}"]),
        ("match a { B => { fn c() {} c() } _ => { use d; } }", &["fn c() {}", "use d;"]),
        ("'a: loop { struct B; break 'a }", &["struct B;"]),
        (
            "async move { fn a() {} }; unsafe { fn b() {} } const { fn c() {} }",
            &["fn a() {}", "fn b() {}", "fn c() {}"],
        ),
        ("fn a() { fn b() {} }", &["fn a() { fn b() {} }"]),
        ("const A: u8 = { fn b() {} 1 };", &["const A: u8 = { fn b() {} 1 };"]),
    ] {
        let expected: Vec<String> = expected.iter().map(|text| (*text).to_owned()).collect();
        assert_eq!(declared(body), Some(expected), "{body}");
    }
}

#[test]
fn no_other_word_in_a_body_is_an_item() {
    for body in [
        "let a = const { 1 }; const { 2 }",
        "static || 1;",
        "unsafe { a() } async { b } async move { c }",
        "union.push(a); union = b; let union = c; default.d(); auto + 1; S { union }; S { union: 1, default }",
        "union! { a } match a { union => 1, default if b => 2 }",
        "let a: fn(i32) -> (fn(u8), u8) = b; c::<fn()>(d as *const u8)",
        "let a = |b: impl Fn(u8), c: (impl D, u8)| -> [fn(); 2] { e };",
        "let a: [Box<dyn Fn(u8)>; 2]; let b: *const fn(); &raw const c; &raw mut d",
        "#[a] let b = 1; #[c] d(); match e { #[f] G => 1, _ => #[h] { 2 } }",
        "S { #[a] b: 1, c }; 'use_: loop { break 'use_ }",
        "\"; fn a() {}\"; '{'; r#fn(); a.r#use; // ; fn b() {}\n /* ; use c; */",
    ] {
        assert_eq!(declared(body), Some(Vec::new()), "{body}");
    }
}

#[test]
fn what_only_the_parser_can_place_is_left_to_it() {
    for body in [
        "m! { use a; }",
        "m!(|| { fn a() {} })",
        "macro_rules! m { () => { use a; } }",
        "fn a() {} macro_rules! m { () => {} }",
        "macro m() { fn a() {} }",
        "mod a { fn b() {} }",
        "extern \"C\" { fn a(); }",
        "fn a();",
        "impl A { m! {} }",
        "impl A { fn a(); }",
        "a() fn b() {}",
        "default fn a() {}",
        "#![a] use b;",
        "fn {}",
        "struct { a: u8 }",
        "const async {}",
    ] {
        assert_eq!(declared(body), None, "{body}");
    }
}

#[test]
fn functions_in_functions_have_their_own_words_and_items() {
    let text = "fn outer() { before(); fn inner() { struct Innermost; between() } after() }";
    let index = index(text);
    let words = index.words.as_deref().unwrap_or_default();
    let outer = &index.items[0];
    let inner = &outer.children[0];
    let has = |item: &IndexedItem, word: &str| {
        words[item.words.start as usize..item.words.end as usize].contains(&Word::of(word))
    };
    for word in ["before", "inner", "Innermost", "between", "after"] {
        assert!(has(outer, word), "{word}");
        assert_eq!(has(inner, word), !matches!(word, "before" | "after"), "{word}");
    }
    assert_eq!(&text[inner.children[0].range.as_usize()], "struct Innermost;");
}

#[test]
fn functions_in_functions_end_somewhere() {
    let text = "fn a() {".repeat(200) + &"}".repeat(200);
    let index = index(&text);
    let functions = std::iter::successors(index.items.first(), |item| item.children.first());
    let hides: Vec<bool> = functions.map(|item| item.hides_items).collect();
    assert!(hides.iter().any(|hides| *hides) && index.problems.is_empty(), "{hides:?}");
}

#[test]
fn items_of_bodies_are_found_where_the_brackets_of_the_file_are_not_trusted() {
    let text = "fn a() {\n    use b;\n    fn c() {}\n}\n\nfn d() {\n    e(\n}\n";
    let index = index(text);
    assert_eq!((index.items[0].children.len(), index.problems.len()), (2, 1));
}

#[test]
fn code_starts_behind_comments_and_attributes() {
    let text = "// a\n#![b]\n#[c = \"]\"]\n/* # */ fn d() {} # e";
    assert_eq!(code_start(text, 0) as usize, text.find("fn").unwrap());
    let last = text.rfind('#').unwrap();
    assert_eq!(code_start(text, last as u32 - 1) as usize, last);
    assert_eq!(code_start(text, text.len() as u32) as usize, text.len());
}

#[test]
fn offsets_are_those_of_the_file_whatever_stands_before_the_code() {
    for before in [
        "\u{feff}",
        "#!/usr/bin/env cargo\n",
        "\u{feff}#! x\n\n---cargo\n[a]\nb = \"{\"\n---\n",
        "#![no_std]\n",
    ] {
        let text = format!("{before}fn a() {{}}");
        let index = index(&text);
        let items: Vec<&str> = index.items.iter().map(|item| &text[item.range.as_usize()]).collect();
        assert_eq!((items, index.problems.len()), (vec!["fn a() {}"], 0), "after {before:?}");
    }
}

#[test]
fn macros_have_children_where_they_read_as_items() {
    check(
        "cfg_if! { if #[cfg(a)] { fn a() {} } else if #[cfg(b)] { mod b { fn c() {} } } else { use d; } }\n\
         cfg_rt! { pub fn e() {} cfg_io! { impl F { fn f() {} } } }\n\
         cfg_select! { any(unix, wasi) => { fn g() {} } _ => { fn h() {} } }\n\
         bitflags! { struct I: u8 { const J = 1; } }\nlazy_static! { static ref K: u8 = 1; }\nhtml! { <p>if</p> }",
        r#"
Macro cfg_if! { if #[cfg(a)] { fn a() {} } else if #[cfg(b)] { mod b { fn c() {} } } else { use d; } } |if #[cfg(a)] { fn a() {} } else if #[cfg(b)] { mod b { fn c() {} } } else { use d; }|
  Function fn a() {} ||
  Module mod b { fn c() {} } |fn c() {}|
    Function fn c() {} ||
  Use use d;
Macro cfg_rt! { pub fn e() {} cfg_io! { impl F { fn f() {} } } } |pub fn e() {} cfg_io! { impl F { fn f() {} } }|
  Function pub fn e() {} ||
  Macro cfg_io! { impl F { fn f() {} } } |impl F { fn f() {} }|
    Impl impl F { fn f() {} } |fn f() {}|
      Function fn f() {} ||
Macro cfg_select! { any(unix, wasi) => { fn g() {} } _ => { fn h() {} } } |any(unix, wasi) => { fn g() {} } _ => { fn h() {} }|
  Function fn g() {} ||
  Function fn h() {} ||
Macro bitflags! { struct I: u8 { const J = 1; } } |struct I: u8 { const J = 1; }|
Macro lazy_static! { static ref K: u8 = 1; } |static ref K: u8 = 1;|
Macro html! { <p>if</p> } |<p>if</p>|"#,
    );
}

/// The names of the functions found, and how many problems.
fn functions(text: &str) -> (Vec<&str>, usize) {
    fn collect<'t>(text: &'t str, items: &[IndexedItem], names: &mut Vec<&'t str>) {
        for item in items {
            if item.kind == IndexedKind::Function {
                let head = text[item.range.as_usize()].split("fn ").nth(1).unwrap_or_default();
                names.push(head.split('(').next().unwrap_or_default());
            }
            collect(text, &item.children, names);
        }
    }
    let index = index(text);
    let mut names = Vec::new();
    collect(text, &index.items, &mut names);
    (names, index.problems.len())
}

#[test]
fn a_broken_function_costs_only_itself() {
    let broken = [
        "fn b() {\n    if x {\n}\n",
        "fn b() {\n    x(\n}\n",
        "fn b() {\n    x(1];\n}\n",
        "fn b() {\n    \"\n}\n",
        "fn b( {\n    1\n}\n",
        "fn b()\n",
        "fn b",
        "fn b(\n",
        "fn (x: u8) { 1 }\n",
        "fn b { 1 }\n",
        "fn\n",
        "struct\n",
        "let b = 1;\n",
        "b c d\n",
        "#[b\n",
        "#\n",
        "pub\n",
        "<<<<<<< HEAD\n",
        "'\n",
        "b!\n",
        "const B: u8 = 1\n",
        "static B: [u8; 2] = [1, 2]\n",
        "use b::{c, d}\n",
        "use b::\n",
        "}\n",
        ")\n",
    ];
    for broken in broken {
        let text = format!("fn a() {{}}\n\n{broken}\n#[c]\npub fn c() {{ d(\"x\") }}\n\nfn d() {{}}\n");
        let (names, problems) = functions(&text);
        let names: Vec<&str> = names.into_iter().filter(|name| *name != "b").collect();
        assert_eq!((names, problems), (vec!["a", "c", "d"], 1), "in {text}");
    }
}

#[test]
fn a_broken_method_costs_only_itself() {
    for broken in [
        "fn b() {\n        if x {\n    }\n",
        "fn b() { } }\n",
        "fn b() {\n        x(\n    }\n",
        "fn b()\n",
        "x y\n",
    ] {
        let text = format!(
            "mod m {{\nimpl A {{\n    fn a() {{}}\n\n    {broken}\n    fn c() {{}}\n}}\n}}\nimpl B {{\n    fn d() {{}}\n}}\n"
        );
        let (names, problems) = functions(&text);
        let names: Vec<&str> = names.into_iter().filter(|name| *name != "b").collect();
        assert_eq!(names, ["a", "c", "d"], "in {text}");
        assert!(problems > 0, "in {text}");
    }
}

#[test]
fn a_block_that_is_never_closed_keeps_its_items() {
    let text = "impl A {\n    fn a() {}\n\nfn b() {}\n\nmod c {\n    fn d() {}\n";
    assert_eq!(functions(text).0, ["a", "b", "d"]);
    assert_eq!(problems(text), [("{", UNCLOSED), ("{", UNCLOSED)]);
}

#[test]
fn problems_are_where_they_are() {
    assert_eq!(problems("fn a() {}\nfoo bar;\nfn b() {}"), [("foo bar;", NOT_AN_ITEM)]);
    assert_eq!(problems("fn a() {}\n/* b"), [("/* b", UNCLOSED_COMMENT)]);
    assert!(problems("const A: &str = r#\"b\";").contains(&("r#\"b\";", UNCLOSED)));
    assert_eq!(problems("fn a() {}\n}\n}\nfn b() {}"), [("}\n}", STRAY_CLOSING)]);
}

#[test]
fn directives_are_comments_and_not_strings() {
    let text = "// taskguard: allow(a)\nconst A: &str = \"// taskguard: allow(b)\";\nmacro_rules! b { () => { /* taskguard: c */ } }\n\
                d! { x /* taskguard: d */ }\nfn e() // taskguard: e\n{}\n// task guard: f\n/// taskguard: g\nstruct G;";
    let found: Vec<&str> = index(text).directives.iter().map(|range| &text[range.as_usize()]).collect();
    assert_eq!(
        found,
        [
            "// taskguard: allow(a)",
            "/* taskguard: c */",
            "/* taskguard: d */",
            "// taskguard: e",
            "/// taskguard: g"
        ]
    );
}

#[test]
fn whatever_a_parser_would_recurse_on_is_weighed() {
    let deep = [
        ("(", ")"),
        ("[", "]"),
        ("{", "}"),
        ("A<", ">"),
        ("A<(), ", ">"),
        ("match ", " {}"),
        ("if x {} else ", ""),
        ("S {}.y + ", ""),
        ("- -", ""),
        ("!", ""),
        ("&", ""),
        ("a +", ""),
        ("a.b", ""),
        (".b()", ""),
        ("()", ""),
        (" [0] ", ""),
        ("?", ""),
        (" as u8", ""),
        ("return ", ""),
        ("|x| ", ""),
        ("a = ", ""),
        ("a /* ; */ +", ""),
        ("a - // ,\n", ""),
    ];
    for (before, after) in deep {
        let weight = nesting(&format!("fn a() {{ {}{} }}", before.repeat(1_100), after.repeat(1_100)));
        assert!(weight > MAX_NESTING, "{before}: {weight}");
    }
}

#[test]
fn code_that_is_long_and_not_deep_is_light() {
    let flat = [
        "a + b;",
        "if a { b } if c { d } else { e }",
        "match a { b => c + d, e => { f } g => h }",
        "x(a + b, -c),",
        "let a = b?.c()?;",
        "// }\n",
        "A::<B, C>::d();",
        "if a < b { c }",
        "loop { a = b; }",
        "m!(a, b.c);",
        "{ a }",
        "r#if r#x ",
    ];
    for piece in flat {
        let weight = nesting(&format!("fn a() {{ {} }}", piece.repeat(1_000)));
        assert!(weight < 20, "{piece}: {weight}");
    }
    let many = nesting(&format!("impl A {{ {} }}", "fn b() { c + d }".repeat(1_000)));
    assert!(many < 5, "children are weighed apart: {many}");
}

#[test]
fn deep_modules_end_somewhere() {
    let text = "mod a {".repeat(200) + &"}".repeat(200);
    let index = index(&text);
    let depth = std::iter::successors(index.items.first(), |item| item.children.first()).count();
    assert_eq!((depth as u32, index.problems.len()), (MAX_DEPTH + 1, 1));
}

#[test]
fn no_text_is_too_odd() {
    let pieces = [
        "{",
        "}",
        "\"",
        "/*",
        "*/",
        "r###",
        "r#\"",
        "'",
        "b'",
        "#[",
        "#![",
        "fn ",
        "fn\n",
        "m!{",
        "mod a {",
        "fn a() {\n",
        "<",
        "a b\n",
        "impl X {\n",
        "[}",
        "x!{ mod a {",
        "\\",
        "fn a(;",
        "::",
        "é",
        "'é",
        "\u{feff}",
        "---\n",
        "extern \"C\" ",
        "if #[a] {",
        "fn a() async\n",
        "pub(",
        "\r\n",
        "cfg_select! { a => {",
    ];
    for piece in pieces {
        for other in pieces {
            let text = format!("{piece}{other}").repeat(200);
            let index = index(&text);
            assert!(index.problems.iter().all(|problem| text.get(problem.range.as_usize()).is_some()));
        }
    }
}
