//! Bodies read without the parser against what the parser reads.

use super::super::super::{FileLowering, function_by_parser};
use super::super::tests::support;
use super::*;
use crate::hir::function::FileCode;
use crate::source::index::{self, IndexedItem, IndexedKind};
use std::sync::Arc;

/// How many bodies, and bytes of them, were read without the parser and were left to it.
#[derive(Debug, Default)]
struct Tally {
    plain: usize,
    parsed: usize,
    plain_bytes: usize,
    parsed_bytes: usize,
    faults: Vec<String>,
}

/// So many bytes of a body count at most.
const LONG_BODY: usize = 4096;

/// Reads the bodies of a text both ways.
fn compare(text: &str, tally: &mut Tally) {
    let index = index::index(text);
    let file = FileCode { text: Arc::new(text.to_owned()), comments: index.comments.into(), words: None };
    let mut lowering = FileLowering { code: Arc::new(file), problems: Vec::new() };
    compare_bodies(&index.items, &mut lowering, tally);
}

fn compare_bodies(items: &[IndexedItem], lowering: &mut FileLowering, tally: &mut Tally) {
    for indexed in items.iter().filter(|item| item.nesting <= index::MAX_NESTING) {
        compare_bodies(&indexed.children, lowering, tally);
        let (IndexedKind::Function, Some(body)) = (indexed.kind, indexed.body) else { continue };
        let code = Code {
            file: lowering.code.clone(),
            range: TextRange { start: indexed.code, end: indexed.range.end },
            body: Some(body.start),
            words: 0..0,
            declares: lowering.declared_in(indexed),
            in_macro: false,
        };
        // A crate in the cache may have tests of a megabyte in one unusual macro.
        let counted = body.len().min(LONG_BODY);
        let Some(plain) = plain_function(&code) else {
            tally.parsed += 1;
            tally.parsed_bytes += counted;
            continue;
        };
        tally.plain += 1;
        tally.plain_bytes += counted;
        let parsed = function_by_parser(&code);
        let (plain, parsed) = (format!("{:#?}", Ok::<_, ()>(plain)), format!("{parsed:#?}"));
        if plain != parsed {
            let text = &lowering.code.text[code.range.as_usize()];
            let differs = plain.lines().zip(parsed.lines()).find(|(plain, parsed)| plain != parsed);
            tally.faults.push(format!("{text}\n{differs:#?}"));
        }
    }
}

/// How the body of a function with these statements is read.
fn tally_of(statements: &str) -> Tally {
    let mut tally = Tally::default();
    compare(&format!("fn f(a: A, mut b: B) {{ {statements} }}"), &mut tally);
    assert!(tally.faults.is_empty(), "{}", tally.faults.join("\n\n"));
    tally
}

#[test]
fn reads_the_bodies_that_the_parser_reads() {
    let shares = support::on_all_sources(|paths| {
        let mut tally = Tally::default();
        for path in paths {
            let Ok(text) = std::fs::read_to_string(path) else { continue };
            compare(&text, &mut tally);
        }
        tally
    });
    let faults: Vec<String> = shares.iter().flat_map(|tally| &tally.faults).cloned().collect();
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
    let sum = |count: fn(&Tally) -> usize| shares.iter().map(count).sum::<usize>();
    let (plain, parsed) = (sum(|tally| tally.plain), sum(|tally| tally.parsed));
    let (plain_bytes, parsed_bytes) = (sum(|tally| tally.plain_bytes), sum(|tally| tally.parsed_bytes));
    assert!(
        plain > 10 * parsed && plain_bytes > 5 * parsed_bytes,
        "{plain} bodies of {plain_bytes} bytes plain, {parsed} of {parsed_bytes} parsed"
    );
}

#[test]
fn reads_what_is_plain() {
    let texts = [
        "",
        ";;",
        "a; b",
        // Precedence.
        "a + b * c - d / e % f << g >> h & i ^ j | k == l && m || n",
        "a && b || c && !d == -e; a - -b; a & &b; a && &b; a == *b; !a.b()?; -a.b; &a[0].c; &mut *b",
        "a = b = c + d; a += b -= c; a <<= 1; a >>= 1; a ^= b; a |= b; a &= b; a %= b",
        "a as u8 as u16 + b as *const u8; a as u64 != b; a as usize <= b; -a as i8; &a as &dyn A<B>; (a as B).c",
        "a..b; a..=b + 1; ..b; ..; ..=c; f(..); f(a.., ..b); a[..]; a[1..]; a[..=b]; (a..b).c(); a = b..c; a == ..b;",
        "(a < b) == (c > d); a < b && c > d; a < (b as u8); a >= b; a <= b; a != b;",
        "return a..b; return; return -1; return &a; break; continue; break a; return a + b || c",
        "|x| x + 1; || a; |x, (y, z): (u8, u8), &w| { x }; move || a; async move |x| x; async || b; |a: &A<B>| -> C { d }; f(|| a, |b| b | c)",
        "a = |x| x = b; |x| |y| x + y; (|| a)()",
        // Literals.
        "1; 1.; 1.5; 1.0e10; 1e5; 1e-5; 1.5E+3; 0x_fF; 0b1010_u8; 0o17; 1_000; 007; 1f32; 1.5f64; 1u8; 0xffi64; 1_000usize",
        "1.max(2); 1..2; 1.0.max(2.0); 1. + 2.; a.0.1; a.0 .1; a.0.b.1.0; a.0.await; a.12[0]; a.0?; (a.0)(b); 0.5.floor()",
        r#""a"; "\n\t\\\"\u{1F980}\x41\0"; "a\
            b"; b"a\xff\""; b'a'; b'\''; b'\\'; c"a"; '\''; 'a'; '\u{e9}'; 'é'; '"'; "é""#,
        r##"r"a\"; r#"a"b"#; br"a"; br#"""#; true; false; "{}"; r""; """##,
        // Structs, and where they may not stand.
        "A {}; A { b, c: d, 0: e, ..f }; a::B::<C> { d }; A { .. }; Self { a }; <A as B>::C { d }; A { a, } .b(); A { #[cfg(c)] b }",
        "if a == (A { b }) { c } if f(A { b }) { c } match [A { b }] { _ => {} } for x in &[A {}] {} while !a {} if a {}",
        "if let A { b, .. } = c {} match a {} match || a {} if a..b {} for x in 0..n {} for x in .. {}",
        // Blocks.
        "if a { b } else if c { d } else { e }; if let Some(x) = y && let Ok(z) = x || w { z } else if let A = b { c }",
        "match a { b => c, d | e if f => { g } | h => (i), ref j @ 1..=2 => k, _ if let A(b) = c => b, #[cfg(x)] l => m }",
        "match a { b => {} c => if d { e } else { f } g => match h {} i => loop {}, j => {}.k(), l => m!{}, n => { o } q => {} }",
        "match a {} - 1; if a {} -1; { a } *b; unsafe { a } & b; loop {} [a]; while a {} (b); match a {}.b; { a }?.c + 1; match a {} .await",
        "let a = match b {} - 1; let a = if b { c } else { d } + 1; let a = { b }[0]; f({ a } + 1)",
        "'a: loop { break 'a 1; continue 'a } 'b: while a { break 'b } 'c: for x in y {} 'd: { break 'd } let e = 'f: { 1 };",
        "async { a }; async move { a.await }; unsafe { a }; const { a }; async { a }.await; async move {}.b()",
        "let a; let b: u8; let mut c = 1; let d: A<B = C> = e; let (f, g): (u8, u8) = h; let A { i, j: k, .. } = l; let [m, .., n] = o;",
        "let Some(x) = y else { return }; let A(b) = c.d(|e| {}) else { panic!() }; let x = y || z else { return };",
        "let a = a; let a = |a| a; { let a = 1; a } a; if let a = a { a } a; for a in a { a } a; match a { a => a }; while let a = a { a }",
        // Patterns.
        "let (a | b) = c; let (a,) = b; let (..) = a; let (a, .., b) = c; let &mut a = b; let &(ref a, mut b) = c; let ref mut a = b;",
        "match a { None => 1, A::B => 2, ::a::B(c) => 3, <A as B>::C => 4, -1 => 5, 'a'..='z' => 6, 1.. => 7, ..=9 => 8, A..=B => 9, ..C => 10, b\"x\" => 11, \"y\" => 12 }",
        "match a { A { 0: b, c: D { e }, ref f, mut g, ref mut h, .. } => b, x @ (1 | 2) => x, y @ Some(_) => y, [a, b @ .., c] => a, [1..=2, _] => b, Self::C => c, self::D => d }",
        "match a { A(x) | B(x) => x, (C(y), z) | (z, C(y)) => y + z, true | false => w, r#type => r#type }",
        // Paths.
        "::a::b(); <A>::b(); <A as ::b::C<D>>::e::<F>(); a::<B, 3>::c(); a.b::<C>(d)?; super::a(); crate::b; Self(a); self.a; self::b(); r#a.r#b",
        "a.b.c(d, e,)(f)[g].h?.await?.i::<J, { 1 }>();",
        // Macros.
        "println!(\"{a} {} {c:?} {:>b$}\", b, c = d); format!(\"{a}\", a = b); info!(x = %y, ?z, %w, \"{a}\"); info!(target: \"t\", x.y = 1, \"n\" = a; \"m\" => b)",
        "info!({ x = 1, y = ?a }, \"text {a}\"); error!(e; \"a\" => %b, \"c\" => ?d); info!(x:%; \"a\"); info!(x:? = a; \"b\")",
        "vec![a, b]; vec![a; 2]; vec![]; assert!(a == b, \"{a}\"); assert_eq!(a, b,); matches!(a, Some(x) if x > 1); matches!(a, A | B,); write!(b, r#\"{a}\"#)",
        "select! { biased; x = f() => y, Some(z) = g(), if h => { z } _ = i => j else => k }; futures::select! { x = f => y, complete => break }; select! { a() => b }",
        "join!(a, b); try_join!(a(), b()).c; tokio::join!(biased; a); pin!(a); pin! { let x = b; } x; stream! { yield a; }; try_stream! { let b = a?; yield b }.c()",
        "json!({ \"a\": 1, b: [c, { \"d\": null }], (e): f }); json!([a, b]); json!(a); json!({}); quote! { #a fn b(c: &'a str) { \"{a}\" } }",
        "vec![\"a\".b = 1, \"c\" = 2]; m!(); m!(a, b); m!(a; b); m! { let x = a; x } m!(a => b); m!(x = a); m!(x: a, y: b); m!(%a, x = ?b); a::m![b]; ::a::m!{} -1; m!{ a }.b(); m!{ a } b",
        "let x = m!{ a }; m!({ \"x\": a }); m!({ x: a, y: b }); if m!(a) {} m!('a: loop {}); m!({ 'a: loop {} }); m!(\"{a} {b}\"); dbg!(a).b",
        // Attributes and items.
        "#[cfg(x)] a; #[rustfmt::skip] let b = 1; #[allow(unused)] { c } f(#[cfg(x)] a, #[y] b); #[z] m! {} vec![#[cfg(x)] a]",
        "use a::b; struct C; fn g() { h() } a; impl C { fn d() {} } if a { const E: u8 = 1; E }",
        "/* a */ b /// c\n // d\n . e /* f */ ( ) ;",
        "a /* = */ = /* = */ b; a &/**/& b",
    ];
    let left: Vec<&str> = texts.into_iter().filter(|text| tally_of(text).parsed > 0).collect();
    assert!(left.is_empty(), "{left:#?}");
}

#[test]
fn reads_the_parameters_of_functions() {
    for text in [
        "fn f(&self, a: A, mut b: B, _: C, D(e, mut g): D, (h, (i,)): (H, (I,)), j: ::J) { a + b + e + h + self.i }",
        "pub(crate) async unsafe fn f<'a, T: A>(#[b] a: &'a T) -> Result<T> where T: B { #![allow(c)] a }",
        "fn r#f(r#a: A) -> <A as B>::C { r#a }",
    ] {
        let mut tally = Tally::default();
        compare(text, &mut tally);
        assert!(tally.faults.is_empty() && tally.parsed == 0, "{text}\n{:#?}", tally.faults);
    }
}

#[test]
fn leaves_what_is_not_plain_to_the_parser() {
    let deep =
        ["!".repeat(500) + "a", "(".repeat(300) + "a" + &")".repeat(300), "if a {} else ".repeat(300) + "{}"];
    let texts = [
        "a < b < c",
        "a <- b",
        "a as B.c",
        "a as b?",
        "a b",
        "a +",
        "let a = b",
        "let a = B {} else { c };",
        "let a b = c;",
        "let = a;",
        "if a { b } else c",
        "match a { b => c d => e }",
        "match a { b if => c }",
        "match a { [1.., _] => b }",
        "match a { m!() => b }",
        "match a { ..= => b }",
        "for a in { }",
        "a.b::<C>",
        "a.",
        "a.0x1",
        "a.01",
        "a.b!()",
        "a::<b>!()",
        "crate",
        "crate!(a)",
        "&'a' b",
        "let a: self<B> = c;",
        "let a: [u8; 1 +] = c;",
        "let a: A<-B> = c;",
        "let a: A(B) = c;",
        "#[a b] c",
        "a...b",
        "break 'a: loop {}",
        "#[allow(taskguard::x)] a",
        "#[cfg_attr(any(), taskguard::allow(x))] { a }",
        "#[a]",
        "#![a]; b; #![c]",
        "return !{ a } b",
        "\"a\"b",
        "'ab'",
        "'\\x80'",
        "\"\\q\"",
        "b\"é\"",
        "1e",
        "1x",
        "0b2",
        "0xg",
        "a\u{e9}",
        "r#self",
        "yield a b",
        "try { a }",
        "static || a",
        "for<'a> |a: &'a u8| a",
        "box a",
        "become a()",
        "macro_rules! a { () => {} }",
        "m! a",
        "m!(let a = b)",
        "m!(a b)",
        "m!(a, b: c)",
        "println!(\"{a}\", { a })",
        "println!(\"{a}\", b::<C, D = E>(), a = c)",
        "select! { a = b == c => d, complete => e, f = g => h }",
        "json!({ a.b() })",
        "thread_local! { static A: B = c; }",
        "cfg_if! { if #[cfg(a)] { b } }",
        "mod a { fn b() {} }",
        "m!(|| { fn a() {} })",
    ];
    let texts = texts.into_iter().chain(deep.iter().map(String::as_str));
    let read: Vec<&str> = texts.filter(|text| tally_of(text).plain > 0).collect();
    assert!(read.is_empty(), "{read:#?}");
}
