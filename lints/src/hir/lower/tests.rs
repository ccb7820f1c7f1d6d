//! Snippets, lowered and printed: `name#0` is a local with its number, `(.name receiver args)` a method call.

use proc_macro2::{Span, TokenTree};
use syn::spanned::Spanned as _;

use super::lower;
use crate::hir::*;
use crate::source::index::{Index, IndexProblem, IndexedItem, IndexedKind, MAX_NESTING};
use crate::source::{SourceFile, TextRange};

/// Lowers a file that parses as a whole, with an index made by the parser.
fn file(text: &str) -> (SourceFile, File) {
    let source = SourceFile::new("lib.rs", text);
    let index = index(text);
    let file = lower(&source, index);
    (source, file)
}

/// The function `f` of a file.
fn function(file: &File) -> &Function {
    file.items.iter().find_map(|item| as_function(item).filter(|it| it.name == "f")).expect("it has an `f`")
}

fn as_function(item: &Item) -> Option<&Function> {
    match &item.kind {
        ItemKind::Function(function) => Some(function),
        _ => None,
    }
}

fn body_of(text: &str) -> (SourceFile, Body) {
    let (source, file) = file(text);
    assert_eq!(file.problems, [], "{text}");
    let f = file.items.into_iter().find(|item| item.name == "f").expect("it has an `f`");
    let ItemKind::Function(function) = f.kind else { panic!("`f` is a function") };
    (source, function.into_body().expect("`f` has a body"))
}

/// Checks how the statements of `async fn f(&self, a: A, b: B) { .. }` print; `a` and `b` are locals 0 and 1.
#[track_caller]
fn check(statements: &str, expected: &str) {
    let (_, body) = body_of(&format!("async fn f(&self, a: A, b: B) {{ {statements} }}"));
    assert_eq!(Printer(&body).inside(body.root), expected);
}

/// Checks which places of a body the expressions of one kind have.
#[track_caller]
fn check_ranges(statements: &str, wanted: fn(&ExprKind) -> bool, expected: &[&str]) {
    let (source, body) = body_of(&format!("async fn f(&self, a: A, b: B) {{ {statements} }}"));
    let found = body.descendants(body.root).filter(|&id| wanted(body.kind(id)));
    assert_eq!(found.map(|id| source.slice(body.range(id))).collect::<Vec<_>>(), expected);
}

struct Printer<'a>(&'a Body);

impl Printer<'_> {
    fn inside(&self, id: ExprId) -> String {
        let ExprKind::Block(block) = self.0.kind(id) else { return self.expr(id) };
        let mut parts: Vec<String> = block.stmts.iter().map(|stmt| self.stmt(stmt) + ";").collect();
        parts.extend(block.tail.map(|tail| self.expr(tail)));
        parts.join(" ")
    }

    fn stmt(&self, stmt: &Stmt) -> String {
        match stmt {
            Stmt::Let(it) => {
                let init = it.init.map_or(String::new(), |init| format!(" = {}", self.expr(init)));
                let otherwise = it.otherwise.map_or(String::new(), |it| format!(" else {}", self.expr(it)));
                format!("let {}{init}{otherwise}", self.pat(it.pat))
            }
            Stmt::Expr(id) => self.expr(*id),
            Stmt::Item => "item".to_owned(),
        }
    }

    fn list(&self, ids: &[ExprId]) -> String {
        ids.iter().map(|&id| format!(" {}", self.expr(id))).collect()
    }

    fn optional(&self, id: Option<ExprId>) -> String {
        id.map_or(String::new(), |id| format!(" {}", self.expr(id)))
    }

    fn expr(&self, id: ExprId) -> String {
        match self.0.kind(id) {
            ExprKind::Local(local) => format!("{}#{}", self.0.local(*local).name, local.0),
            ExprKind::Receiver => "self".to_owned(),
            ExprKind::Path(path) => show_path(path),
            ExprKind::Literal(Literal::Bool(value)) => value.to_string(),
            ExprKind::Literal(Literal::Int(digits)) => digits.to_string(),
            ExprKind::Literal(Literal::Str(text)) => format!("{:?}", text.as_str()),
            ExprKind::Literal(Literal::Other) => "lit".to_owned(),
            ExprKind::Call { callee, args } => format!("({}{})", self.expr(*callee), self.list(args)),
            ExprKind::MethodCall { receiver, name, args, .. } => {
                format!("(.{name} {}{})", self.expr(*receiver), self.list(args))
            }
            ExprKind::Field { base, name } => format!("{}.{name}", self.expr(*base)),
            ExprKind::Index { base, index } => format!("{}[{}]", self.expr(*base), self.expr(*index)),
            ExprKind::Ref { mutable, inner } => {
                format!("{}{}", if *mutable { "&mut " } else { "&" }, self.expr(*inner))
            }
            ExprKind::Deref(inner) => format!("*{}", self.expr(*inner)),
            ExprKind::Unary(inner) => format!("(unary {})", self.expr(*inner)),
            ExprKind::Binary { op, left, right } => {
                format!("({op:?} {} {})", self.expr(*left), self.expr(*right))
            }
            ExprKind::Assign { place, value, compound } => {
                let op = if *compound { "op=" } else { "=" };
                format!("({op} {} {})", self.expr(*place), self.expr(*value))
            }
            ExprKind::Cast { inner, ty } => format!("({} as {})", self.expr(*inner), show_type(ty)),
            ExprKind::Range { start, end } => {
                format!("(range{} ..{})", self.optional(*start), self.optional(*end))
            }
            ExprKind::Await(inner) => format!("(await {})", self.expr(*inner)),
            ExprKind::Try(inner) => format!("(try {})", self.expr(*inner)),
            ExprKind::Block(block) => {
                let kind = match block.kind {
                    BlockKind::Plain => "",
                    BlockKind::Async => "async ",
                    BlockKind::Stream { fallible: false } => "stream ",
                    BlockKind::Stream { fallible: true } => "try_stream ",
                    BlockKind::Try => "try ",
                };
                format!("{}{kind}{{{}}}", show_label(block.label), self.inside(id))
            }
            ExprKind::If { condition, then, otherwise } => {
                format!("(if {} {}{})", self.expr(*condition), self.expr(*then), self.optional(*otherwise))
            }
            ExprKind::Let { pat, value } => format!("(let {} {})", self.pat(*pat), self.expr(*value)),
            ExprKind::Match { scrutinee, arms } => {
                let arms = arms.iter().map(|arm| {
                    let guard = arm.guard.map_or(String::new(), |guard| format!(" if {}", self.expr(guard)));
                    format!(" [{}{guard} => {}]", self.pat(arm.pat), self.expr(arm.body))
                });
                format!("(match {}{})", self.expr(*scrutinee), arms.collect::<String>())
            }
            ExprKind::Loop(it) => {
                let head = match it.kind {
                    LoopKind::Loop => "loop".to_owned(),
                    LoopKind::While(condition) => format!("while {}", self.expr(condition)),
                    LoopKind::For { pat, iterable } => {
                        format!("for {} {}", self.pat(pat), self.expr(iterable))
                    }
                };
                format!("{}({head} {})", show_label(it.label), self.expr(it.body))
            }
            ExprKind::Break { label, value } => {
                let label = label.map_or(String::new(), |label| format!(" '{label}"));
                format!("(break{label}{})", self.optional(*value))
            }
            ExprKind::Continue { label } => {
                format!("(continue{})", label.map_or(String::new(), |label| format!(" '{label}")))
            }
            ExprKind::Return(value) => format!("(return{})", self.optional(*value)),
            ExprKind::Closure(it) => {
                let params: Vec<_> = it.params.iter().map(|&(pat, _)| self.pat(pat)).collect();
                let kind = if it.is_async { "async " } else { "" };
                format!("{kind}|{}| {}", params.join(", "), self.expr(it.body))
            }
            ExprKind::Struct { path, fields, base } => {
                let fields: String =
                    fields.iter().map(|(name, value)| format!(" {name}: {}", self.expr(*value))).collect();
                let base = base.map_or(String::new(), |base| format!(" ..{}", self.expr(base)));
                format!("({} {{{fields}{base} }})", show_path(path))
            }
            ExprKind::Tuple(parts) => format!("(tuple{})", self.list(parts)),
            ExprKind::Array(parts) => format!("[array{}]", self.list(parts)),
            ExprKind::Select(it) => {
                let arms = it.arms.iter().map(|arm| {
                    let guard = arm.guard.map_or(String::new(), |guard| format!(" if {}", self.expr(guard)));
                    let (pat, future) = (self.pat(arm.pat), self.expr(arm.future));
                    format!(" [{pat} = {future}{guard} => {}]", self.expr(arm.handler))
                });
                let biased = if it.biased { " biased" } else { "" };
                let otherwise =
                    it.otherwise.map_or(String::new(), |it| format!(" [else => {}]", self.expr(it)));
                format!("(select{biased}{}{otherwise})", arms.collect::<String>())
            }
            ExprKind::Join { fallible, futures } => {
                format!("({}{})", if *fallible { "try_join" } else { "join" }, self.list(futures))
            }
            ExprKind::Macro(call) => {
                let content = match &call.content {
                    MacroContent::Args(args) => self.list(args),
                    MacroContent::Code(block) => format!(" code {}", self.expr(*block)),
                    MacroContent::Matches { value, pat, guard } => {
                        let guard = guard.map_or(String::new(), |guard| format!(" if {}", self.expr(guard)));
                        format!(" {} is {}{guard}", self.expr(*value), self.pat(*pat))
                    }
                    MacroContent::Opaque { mentions } => format!(" opaque{}", self.list(mentions)),
                };
                format!("({}!{content})", show_path(&call.path))
            }
            ExprKind::Opaque => "opaque".to_owned(),
        }
    }

    fn pats(&self, pats: &[PatId]) -> String {
        pats.iter().map(|&pat| self.pat(pat)).collect::<Vec<_>>().join(", ")
    }

    fn pat(&self, id: PatId) -> String {
        match &self.0.pat(id).kind {
            PatKind::Wild => "_".to_owned(),
            PatKind::Bind { local, by_ref, sub } => {
                let sub = sub.map_or(String::new(), |sub| format!(" @ {}", self.pat(sub)));
                let mutable = if self.0.local(*local).mutable { "mut " } else { "" };
                let by_ref = if *by_ref { "ref " } else { "" };
                format!("{by_ref}{mutable}{}#{}{sub}", self.0.local(*local).name, local.0)
            }
            PatKind::Tuple(parts) => format!("({})", self.pats(parts)),
            PatKind::TupleStruct { path, fields } => format!("{}({})", show_path(path), self.pats(fields)),
            PatKind::Struct { path, fields } => {
                let fields: Vec<_> =
                    fields.iter().map(|(name, pat)| format!("{name}: {}", self.pat(*pat))).collect();
                format!("{} {{{}}}", show_path(path), fields.join(", "))
            }
            PatKind::Path(path) => show_path(path),
            PatKind::Or(cases) => cases.iter().map(|&case| self.pat(case)).collect::<Vec<_>>().join(" | "),
            PatKind::Ref(inner) => format!("&{}", self.pat(*inner)),
            PatKind::Literal => "lit".to_owned(),
            PatKind::Slice(parts) => format!("[{}]", self.pats(parts)),
            PatKind::Rest => "..".to_owned(),
            PatKind::Opaque => "opaque".to_owned(),
        }
    }
}

fn show_label(label: Option<Name>) -> String {
    label.map_or(String::new(), |label| format!("'{label}: "))
}

fn show_path(path: &Path) -> String {
    let segments: Vec<String> = path
        .segments
        .iter()
        .map(|segment| match &segment.args {
            None => segment.name.to_string(),
            Some(args) => {
                let types = args.types.iter().map(show_type);
                let bindings = args.bindings.iter().map(|(name, ty)| format!("{name} = {}", show_type(ty)));
                format!("{}<{}>", segment.name, types.chain(bindings).collect::<Vec<_>>().join(", "))
            }
        })
        .collect();
    let self_ty = path.self_ty.as_ref().map_or(String::new(), |ty| format!("<{}>::", show_type(ty)));
    format!("{}{self_ty}{}", if path.global { "::" } else { "" }, segments.join("::"))
}

fn show_type(ty: &Type) -> String {
    let types = |types: &[Type]| types.iter().map(show_type).collect::<Vec<_>>().join(", ");
    let paths = |paths: &[Path]| paths.iter().map(show_path).collect::<Vec<_>>().join(" + ");
    match ty {
        Type::Path(path) => show_path(path),
        Type::Ref(inner) => format!("&{}", show_type(inner)),
        Type::Tuple(parts) => format!("({})", types(parts)),
        Type::Slice(inner) => format!("[{}]", show_type(inner)),
        Type::Never => "!".to_owned(),
        Type::Infer => "_".to_owned(),
        Type::Impl(bounds) => format!("impl {}", paths(bounds)),
        Type::Dyn(bounds) => format!("dyn {}", paths(bounds)),
        Type::Fn { params, output } => format!("fn({}) -> {}", types(params), show_type(output)),
        Type::Other => "other".to_owned(),
    }
}

/// An index made by the parser: items of the file, of its modules, traits and `impl`s, and of `cfg_if!`.
fn index(text: &str) -> Index {
    let tree: syn::File = syn::parse_str(text).expect("the snippet parses");
    let inner_attrs = match (tree.attrs.first(), tree.attrs.last()) {
        (Some(first), Some(last)) => cover(first.span(), last.span()),
        _ => TextRange::default(),
    };
    let items = tree.items.iter().map(indexed).map(|item| with_head(text, item)).collect();
    drop(tree);
    proc_macro2::extra::invalidate_current_thread_spans();
    Index { items, inner_attrs, ..Index::default() }
}

/// An item with what its first tokens tell.
fn with_head(text: &str, mut item: IndexedItem) -> IndexedItem {
    use crate::source::index::{code_start, tokens};
    item.code = code_start(text, item.range.start);
    let words: Vec<(&str, TextRange)> =
        tokens(text, item.code).map(|token| (&text[token.as_usize()], token)).collect();
    item.visibility = match words.first().zip(words.get(1)) {
        Some((("pub", _), ("(", _))) => Visibility::Restricted,
        Some((("pub", _), _)) => Visibility::Public,
        _ => Visibility::Private,
    };
    if item.kind == IndexedKind::Function {
        let keyword = words.iter().position(|(word, _)| *word == "fn").expect("a function has its keyword");
        item.name = words[keyword + 1].1;
    }
    item.children = item.children.into_iter().map(|child| with_head(text, child)).collect();
    item
}

/// An item without its head.
fn bare(
    kind: IndexedKind,
    range: TextRange,
    body: Option<TextRange>,
    children: Vec<IndexedItem>,
) -> IndexedItem {
    IndexedItem {
        kind,
        range,
        code: range.start,
        visibility: Visibility::Private,
        name: TextRange::default(),
        body,
        children,
        hides_items: false,
        nesting: 1,
        words: 0..0,
    }
}

fn cover(first: Span, last: Span) -> TextRange {
    TextRange::new(first.byte_range().start, last.byte_range().end)
}

fn indexed(item: &syn::Item) -> IndexedItem {
    use syn::Item::*;
    let member = |kind, span: Span| plain(kind, span, None, Vec::new());
    let (kind, brace, children) = match item {
        Const(_) => (IndexedKind::Const, None, Vec::new()),
        Enum(it) => (IndexedKind::Enum, Some(it.brace_token.span), Vec::new()),
        ExternCrate(_) => (IndexedKind::ExternCrate, None, Vec::new()),
        Fn(it) => (IndexedKind::Function, Some(it.block.brace_token.span), Vec::new()),
        ForeignMod(it) => {
            let items = it.items.iter().map(|item| match item {
                syn::ForeignItem::Fn(it) => member(IndexedKind::Function, it.span()),
                item => member(IndexedKind::Static, item.span()),
            });
            (IndexedKind::ForeignModule, Some(it.brace_token.span), items.collect())
        }
        Impl(it) => {
            let items = it.items.iter().map(|item| match item {
                syn::ImplItem::Fn(it) => {
                    plain(IndexedKind::Function, it.span(), Some(it.block.brace_token.span), Vec::new())
                }
                syn::ImplItem::Const(it) => member(IndexedKind::Const, it.span()),
                item => member(IndexedKind::TypeAlias, item.span()),
            });
            (IndexedKind::Impl, Some(it.brace_token.span), items.collect())
        }
        Macro(it) => {
            let kind = if it.ident.is_some() { IndexedKind::MacroRules } else { IndexedKind::Macro };
            let children = if it.mac.path.is_ident("cfg_if") { arms(&it.mac) } else { Vec::new() };
            let brace = matches!(it.mac.delimiter, syn::MacroDelimiter::Brace(_));
            (kind, brace.then(|| *it.mac.delimiter.span()), children)
        }
        Mod(it) => {
            let content = it.content.as_ref();
            let children = content.iter().flat_map(|(_, items)| items).map(indexed).collect();
            (IndexedKind::Module, content.map(|(brace, _)| brace.span), children)
        }
        Static(_) => (IndexedKind::Static, None, Vec::new()),
        Struct(it) => match &it.fields {
            syn::Fields::Named(fields) => (IndexedKind::Struct, Some(fields.brace_token.span), Vec::new()),
            _ => (IndexedKind::Struct, None, Vec::new()),
        },
        Trait(it) => {
            let items = it.items.iter().map(|item| match item {
                syn::TraitItem::Fn(it) => {
                    let brace = it.default.as_ref().map(|block| block.brace_token.span);
                    plain(IndexedKind::Function, it.span(), brace, Vec::new())
                }
                syn::TraitItem::Const(it) => member(IndexedKind::Const, it.span()),
                item => member(IndexedKind::TypeAlias, item.span()),
            });
            (IndexedKind::Trait, Some(it.brace_token.span), items.collect())
        }
        TraitAlias(_) => (IndexedKind::Trait, None, Vec::new()),
        Type(_) => (IndexedKind::TypeAlias, None, Vec::new()),
        Union(it) => (IndexedKind::Union, Some(it.fields.brace_token.span), Vec::new()),
        Use(_) => (IndexedKind::Use, None, Vec::new()),
        _ => panic!("an item that the test's index does not know"),
    };
    plain(kind, item.span(), brace, children)
}

fn plain(
    kind: IndexedKind,
    span: Span,
    brace: Option<proc_macro2::extra::DelimSpan>,
    children: Vec<IndexedItem>,
) -> IndexedItem {
    let body =
        brace.map(|brace| TextRange::new(brace.open().byte_range().end, brace.close().byte_range().start));
    // This index looks into no body.
    let hides_items = kind == IndexedKind::Function;
    IndexedItem { hides_items, ..bare(kind, cover(span, span), body, children) }
}

/// The items in the arms of `cfg_if!`.
fn arms(mac: &syn::Macro) -> Vec<IndexedItem> {
    let groups = mac.tokens.clone().into_iter().filter_map(|token| match token {
        TokenTree::Group(group) if group.delimiter() == proc_macro2::Delimiter::Brace => Some(group),
        _ => None,
    });
    let items = groups.flat_map(|group| syn::parse2::<syn::File>(group.stream()).expect("items").items);
    items.map(|item| indexed(&item)).collect()
}

/// A file of one item that the parser need not accept.
fn one_item(text: &str, kind: IndexedKind, nesting: u32) -> File {
    let body = text.find('{').map(|open| TextRange::new(open + 1, text.rfind('}').unwrap_or(text.len())));
    let range = TextRange::new(0, text.len());
    let item = with_head(text, IndexedItem { nesting, ..bare(kind, range, body, Vec::new()) });
    lower(&SourceFile::new("lib.rs", text), Index { items: vec![item], ..Index::default() })
}

#[test]
fn expressions() {
    check("a", "a#0");
    check("a;", "a#0;");
    check("self.a.0.1", "self.a.0.1");
    check("g(a, b::<C>)?.h::<T>(&mut b).await", "(await (.h (try (g a#0 b<C>)) &mut b#1))");
    check(
        "a[1] = *b; a += -1; a == b && !a || a + b > 2",
        concat!(
            "(= a#0[1] *b#1); (op= a#0 (unary 1)); ",
            "(Or (And (Compare a#0 b#1) (unary a#0)) (Compare (Other a#0 b#1) 2))"
        ),
    );
    check(
        "&raw const a; &raw mut b; (a as u8, [b; 2], [a, b,], ())",
        "&a#0; &mut b#1; (tuple (a#0 as u8) [array b#1 2] [array a#0 b#1] (tuple))",
    );
    check("(a.., ..=b, .., a..b)", "(tuple (range a#0 ..) (range .. b#1) (range ..) (range a#0 .. b#1))");
    check("S { a, x: b, ..Default::default() }", "(S { a: a#0 x: b#1 ..(Default::default) })");
    check(
        "<T as m::N>::f(); <T>::g; ::h::i; Self::new(self)",
        "(<T>::m::N::f); <T>::g; ::h::i; (Self::new self)",
    );
    check(r#"("t\n", 1_0u8, true, 'c', 1.5, b"x", c"y")"#, r#"(tuple "t\n" 10 true lit lit lit lit)"#);
    check("r#type(); let r#fn = a; r#fn", "(type); let fn#2 = a#0; fn#2");
    check("return; return a; ;; let _ = (((b)));", "(return); (return a#0); let _ = b#1;");
    check("(a, _) = g(); _ = b;", "(= (tuple a#0 _) (g)); (= _ b#1);");
    check("unsafe { a } const { 1 }", "{a#0}; {1}");
    check("let x = try { a? }; yield; yield x", "let x#2 = try {(try a#0)}; opaque; (yield! x#2)");
}

#[test]
fn blocks_and_loops() {
    check("'x: { break 'x a }", "'x: {(break 'x a#0)}");
    check(
        "'o: loop { continue 'o; } while a { break }",
        "'o: (loop {(continue 'o);}); (while a#0 {(break)})",
    );
    check(
        "async move { a.await }; if a { 1 } else if b { 2 } else { 3 }",
        "async {(await a#0)}; (if a#0 {1} (if b#1 {2} {3}))",
    );
    check(
        "match a { 1 => {} 2 | 3.. => b, _ if a => {} }",
        "(match a#0 [lit => {}] [lit | lit => b#1] [_ if a#0 => {}])",
    );
}

#[test]
fn names_are_seen_from_where_they_are_bound_to_the_end_of_the_block() {
    check("x; let x = x; { let x = x; x } x", "x; let x#2 = x; {let x#3 = x#2; x#3}; x#2");
    check("let a = a; a", "let a#2 = a#0; a#2");
    check("for a in a { a } a", "(for a#2 a#0 {a#2}); a#0");
    check(
        "let f = |a, (c, d): T| a + c + d + b; a",
        "let f#5 = |a#2, (c#3, d#4)| (Other (Other (Other a#2 c#3) d#4) b#1); a#0",
    );
    check("let g = async move |x| x.await; x", "let g#3 = async |x#2| (await x#2); x");
    check("let Some(x) = a else { return x }; x", "let Some(x#2) = a#0 else {(return x)}; x#2");
    check(
        "match a { Ok(a) if a > b => a, Err(b) => b } a",
        "(match a#0 [Ok(a#2) if (Compare a#2 b#1) => a#2] [Err(b#3) => b#3]); a#0",
    );
}

#[test]
fn conditions_bind_for_their_block_only() {
    check(
        "if let Some(x) = a && x.ok() && let Ok(y) = x { x + y } else { x } ",
        "(if (And (And (let Some(x#2) a#0) (.ok x#2)) (let Ok(y#3) x#2)) {(Other x#2 y#3)} {x})",
    );
    check(
        "while let Some(a) = a.next().await { a } a",
        "(while (let Some(a#2) (await (.next a#0))) {a#2}); a#0",
    );
    check(
        "match a { x if let Some(y) = x => y, _ => y }",
        "(match a#0 [x#2 if (let Some(y#3) x#2) => y#3] [_ => y])",
    );
}

#[test]
fn patterns() {
    check("let P { x, y: Q(z, ..), w: _, .. } = a;", "let P {x: x#2, y: Q(z#3, ..), w: _} = a#0;");
    check("let (ref x, mut y, &z, ref mut w) = a;", "let (ref x#2, mut y#3, &z#4, ref mut w#5) = a#0;");
    check("let [first, rest @ .., E::V] = a;", "let [first#2, rest#3 @ .., E::V] = a#0;");
    check(
        "match a { None => 1, MAX => 2, none => 3, X @ 1..=2 => X, (mut Y) => Y }",
        "(match a#0 [None => 1] [MAX => 2] [none#2 => 3] [X#3 @ lit => X#3] [mut Y#4 => Y#4])",
    );
    check("match a { m!() => {}, -1 | 'a'..='z' => {} }", "(match a#0 [opaque => {}] [lit | lit => {}])");
}

#[test]
fn cases_of_a_pattern_share_their_bindings() {
    check("let (A(x, y) | B(y, x)) = a; x + y", "let A(x#2, y#3) | B(y#3, x#2) = a#0; (Other x#2 y#3)");
    let (source, body) = body_of("fn f() { match a { A(x) | B(x) => x } }");
    assert_eq!(body.locals.len(), 1);
    let local = body.local(LocalId(0));
    assert_eq!((local.range, body.pat(local.pat).range), {
        let at = source.text.find('x').unwrap();
        (TextRange::new(at, at + 1), TextRange::new(at, at + 1))
    });
}

#[test]
fn items_in_bodies_see_no_locals() {
    let (_, body) = body_of(
        "fn f(a: A) { fn g(b: B) { a; b } impl T for X { fn h(&self) { self; a } } const C: u8 = { use b; a }; a }",
    );
    assert_eq!(Printer(&body).inside(body.root), "item; item; item; a#0");
    let g = as_function(&body.items[0]).unwrap().body().unwrap();
    assert_eq!(Printer(g).inside(g.root), "a; b#0");
    let ItemKind::Impl(it) = &body.items[1].kind else { panic!("an impl") };
    let h = as_function(&it.items[0]).unwrap().body().unwrap();
    assert_eq!(Printer(h).inside(h.root), "self; a");
    let ItemKind::Value { body: Some(value), .. } = &body.items[2].kind else { panic!("a constant") };
    assert_eq!(Printer(value).inside(value.root), "item; a");
}

#[test]
fn macros_of_arguments() {
    check(
        "vec![a; 3]; vec![a, b,]; vec![]; dbg!(&a).x()",
        "(vec! a#0 3); (vec! a#0 b#1); (vec!); (.x (dbg! &a#0))",
    );
    check("hashmap! { a => b, \"k\" => f(b) }", "(hashmap! a#0 b#1 (f b#1))");
    check("tokio::pin!(a); pin! { let x = b; } x", "(tokio::pin! a#0); (pin! code {let x#2 = b#1;}); x#2");
    check(
        r#"json!({ "k": a, b: [1, { "n": { a; b } }], "e": {}, "x": self.y })"#,
        "(json! a#0 b#1 1 {a#0; b#1} self.y)",
    );
}

#[test]
fn json_values() {
    check(r#"json!({ a.k(): { "n": [b] }, })"#, "(json! (.k a#0) b#1)");
    check(r#"doc! { "k": a, "n": { "m": true } }"#, "(doc! a#0 true)");
    check(r#"expect_json!({ "k": { "n": a } })"#, "(expect_json! a#0)");
}

#[test]
fn format_strings_capture() {
    check(
        r#"format!("{a} {x:?} {{b}} {0} {} {:>b$.a$} {:0b$}", self.c)"#,
        r#"(format! "{a} {x:?} {{b}} {0} {} {:>b$.a$} {:0b$}" a#0 x b#1 a#0 b#1 self.c)"#,
    );
    check(r#"println!("{a}{b}", a = b)"#, r#"(println! "{a}{b}" b#1 b#1)"#);
    check(r#"panic!("\u{a}{a}\"{b}")"#, "(panic! \"\\n{a}\\\"{b}\" a#0 b#1)");
    check(r##"write!(a, r#"\{b}"{self}"#)?"##, r#"(try (write! a#0 "\\{b}\"{self}" b#1 self))"#);
    check(
        r#"assert!(a.ok(), "{b:#?}"); bail!("no {a }")"#,
        r#"(assert! (.ok a#0) "{b:#?}" b#1); (bail! "no {a }" a#0)"#,
    );
    check(r#"my_log!("{a} {nobody}")"#, r#"(my_log! "{a} {nobody}" a#0)"#);
}

#[test]
fn captured_names_have_their_place() {
    check_ranges(
        r#"info!("é🦀 {a} {b:?}", "{a}")"#,
        |kind| matches!(kind, ExprKind::Local(_)),
        &["a", "b", "a"],
    );
}

#[test]
fn fields_of_log_macros() {
    check(
        r#"tracing::info!(target: "t", parent: &a, name: "n", x = %b, ?a, %b, x.y = 1, "m {a} {x} {0}", c, d = a)"#,
        r#"(tracing::info! "t" &a#0 "n" b#1 a#0 b#1 1 "m {a} {x} {0}" a#0 x c a#0)"#,
    );
    check(
        r#"error!(?a); warn!(a, "x"); debug!({ e = ?a, b }, "m"); info!("k" = %a, "m")"#,
        r#"(error! a#0); (warn! a#0 "x"); (debug! a#0 b#1 "m"); (info! a#0 "m")"#,
    );
    check(
        r#"log::log!(target: "t", Level::Info, a:? = b, c:%, k = 1; "m {b}")"#,
        r#"(log::log! "t" Level::Info b#1 c 1 "m {b}" b#1)"#,
    );
    check(
        r#"info!(a, "m"; "k" => b, "e" => %a, "f" => ?b, "g" => #%a)"#,
        r#"(info! a#0 "m" b#1 a#0 b#1 a#0)"#,
    );
    check(
        r#"event!(Level::ERROR, r#type = tracing::field::Empty, "m"); info_span!("s", a)"#,
        r#"(event! Level::ERROR tracing::field::Empty "m"); (info_span! "s" a#0)"#,
    );
    check(
        r#"error!("x {}", a.map(|e| format!("{e}")))"#,
        r#"(error! "x {}" (.map a#0 |e#2| (format! "{e}" e#2)))"#,
    );
}

#[test]
fn select_of_tokio() {
    check(
        "tokio::select! {
        biased;
        _ = a.recv() => break,
        Some(x) = b.next(), if x.ok() && a => { x }
        Ok(a) | Err(a) = g(a) => a.done(),
        (p, q) = async { 1 } => if p { q } else { a }
        else => { return }
    }",
        concat!(
            "(select biased [_ = (.recv a#0) => (break)] ",
            "[Some(x#2) = (.next b#1) if (And (.ok x) a#0) => {x#2}] ",
            "[Ok(a#3) | Err(a#3) = (g a#0) => (.done a#3)] ",
            "[(p#4, q#5) = async {1} => (if p#4 {q#5} {a#0})] [else => {(return)}])"
        ),
    );
    check(
        "select! { x = a => {} (y, _) = b => {}, }; x",
        "(select [x#2 = a#0 => {}] [(y#3, _) = b#1 => {}]); x",
    );
}

#[test]
fn select_of_futures_and_channels() {
    check(
        "futures::select! { x = a.fuse() => {}, () = b => x, complete => break, default => {} }",
        "(select [x#2 = (.fuse a#0) => {}] [() = b#1 => x] [else => {}])",
    );
    check("select_biased! { a => 1, complete => 2 }", "(select biased [_ = a#0 => 1] [else => 2])");
    check(
        "select! { recv(a) -> m => m, default(b) => a }",
        "(select [m#2 = (recv a#0) => m#2] [_ = (default b#1) => a#0])",
    );
}

#[test]
fn joins_and_streams() {
    check(
        "let (x, y) = tokio::join!(a, b.run(),); try_join!(biased; a, async { b })?",
        "let (x#2, y#3) = (join a#0 (.run b#1)); (try (try_join a#0 async {b#1}))",
    );
    check(
        "stream! { while let Some(x) = a.next().await { yield x; } }",
        "stream {(while (let Some(x#2) (await (.next a#0))) {(yield! x#2);})}",
    );
    check(
        "try_stream! { for await x in a { let y = x?; yield y } }; x",
        "try_stream {(for x#2 a#0 {let y#3 = (try x#2); (yield! y#3)})}; x",
    );
}

#[test]
fn matches_binds_for_its_guard() {
    check("matches!(a, Some(x) if x > b) && x", "(And (matches! a#0 is Some(x#2) if (Compare x#2 b#1)) x)");
    check(
        "assert!(matches!(a, A | B,)); assert_matches!(a, Ok(_), \"{a}\")",
        "(assert! (matches! a#0 is A | B)); (assert_matches! a#0 is Ok(_))",
    );
}

#[test]
fn unknown_macros_are_read_as_far_as_they_read() {
    check(
        "retry!(a, b.c()); block! { let x = a; x.go() }; x",
        "(retry! a#0 (.c b#1)); (block! code {let x#2 = a#0; (.go x#2)}); x",
    );
    check("counter!(\"n\", \"l\" => a)", "(counter! \"n\" a#0)");
    check("html!(<p>{ a } \"{b} {c}\" </p> self)", "(html! opaque a#0 b#1 self)");
    check("quote!(let x = #a;)", "(quote! opaque a#0)");
    check("let doc = a; quote!(#[x] /** {b} */ fn y() {})", "let doc#2 = a#0; (quote! opaque)");
    check("select! { some other grammar of a }", "(select! opaque a#0)");
    check("empty!()", "(empty!)");
}

#[test]
fn macros_that_hold_items_or_arms() {
    check(
        "thread_local! { static X: C = C::new(a); static Y: u8 = 1 } X",
        "(thread_local! code {item; item;}); X",
    );
    check(
        "cfg_if! { if #[cfg(unix)] { a } else if #[cfg(x)] { b } else { 1 } }",
        "(cfg_if! code {(if opaque {a#0} (if opaque {b#1} {1}))})",
    );
}

#[test]
fn a_macro_without_semicolon_is_the_value_only_at_the_end() {
    check("m! { a } m! { b }", "(m! a#0); (m! b#1)");
    check("m!(a); m!(b);", "(m! a#0); (m! b#1);");
}

#[test]
fn ranges_cover_whole_expressions() {
    let calls = |kind: &ExprKind| matches!(kind, ExprKind::MethodCall { .. } | ExprKind::Call { .. });
    check_ranges(
        "(a).b()?.c(/* x */); g::<T>(1 + 2 )",
        calls,
        &["(a).b()?.c(/* x */)", "(a).b()", "g::<T>(1 + 2 )"],
    );
    let binary = |kind: &ExprKind| matches!(kind, ExprKind::Binary { .. });
    check_ranges("(a + 1) * (b - 2)", binary, &["(a + 1) * (b - 2)", "a + 1", "b - 2"]);
    let loops = |kind: &ExprKind| matches!(kind, ExprKind::Loop(_));
    check_ranges("'x: loop { for _ in a {} }", loops, &["'x: loop { for _ in a {} }", "for _ in a {}"]);
    let others = |kind: &ExprKind| {
        matches!(
            kind,
            ExprKind::Cast { .. } | ExprKind::Return(_) | ExprKind::Break { .. } | ExprKind::Range { .. }
        )
    };
    check_ranges(
        "a as Vec<u8>; 'x: loop { break 'x } return (1)..",
        others,
        &["a as Vec<u8>", "break 'x", "return (1)..", "(1).."],
    );
    let closures =
        |kind: &ExprKind| matches!(kind, ExprKind::Closure(_) | ExprKind::Select(_) | ExprKind::Macro(_));
    check_ranges(
        "async move |x: T| { x }; tokio::select! { _ = a => m::n![1] };",
        closures,
        &["async move |x: T| { x }", "tokio::select! { _ = a => m::n![1] }", "m::n![1]"],
    );
    let blocks =
        |kind: &ExprKind| matches!(kind, ExprKind::Block(_) | ExprKind::If { .. } | ExprKind::Struct { .. });
    check_ranges(
        "async move { }; unsafe { }; if a { } else { }; m::S { a }",
        |kind| matches!(kind, ExprKind::If { .. } | ExprKind::Struct { .. }),
        &["if a { } else { }", "m::S { a }"],
    );
    check_ranges("async move { }", blocks, &["{ async move { } }", "async move { }"]);
}

#[test]
fn names_and_keywords_have_places() {
    let (source, body) = body_of("fn f(x: X) { x.send::<T>(1); 'a: while x {} let Some(ref mut y) = x; }");
    for id in body.expr_ids() {
        match body.kind(id) {
            ExprKind::MethodCall { name_range, .. } => assert_eq!(source.slice(*name_range), "send"),
            ExprKind::Loop(it) => assert_eq!(source.slice(it.keyword), "while"),
            _ => {}
        }
    }
    let pats: Vec<_> = body.pats.iter().map(|pat| source.slice(pat.range)).collect();
    assert_eq!(pats, ["x", "ref mut y", "Some(ref mut y)"]);
    let ExprKind::Block(block) = body.kind(body.root) else { panic!("a block") };
    let Some(Stmt::Let(it)) = block.stmts.last() else { panic!("a let") };
    assert_eq!(source.slice(it.range), "let Some(ref mut y) = x;");
}

#[test]
fn places_are_bytes_whatever_the_text_holds() {
    for text in [
        "/* é🦀 */ fn g() { \"ü\" }\n// ß\nfn f(ä: T) { \"🦀\"; ä.send('é') }",
        "\u{feff}fn g() {}\r\n/// 漢字\r\nfn f(ä: T) {\r\n    \"a\r\nb🦀\";\r\n    ä.send('é')\r\n}\r\n",
    ] {
        let (source, body) = body_of(text);
        let ExprKind::Block(block) = body.kind(body.root) else { panic!("a block") };
        assert_eq!(source.slice(body.range(block.tail.unwrap())), "ä.send('é')");
        assert_eq!(source.slice(body.local(LocalId(0)).range), "ä");
        let (source, file) = file(text);
        assert_eq!(source.slice(function(&file).name_range), "f");
        assert!(source.slice(file.items[1].range).ends_with('}'));
    }
}

#[test]
fn functions() {
    let (source, file) = file(
        "pub async fn f<'a, T: A + ?Sized + 'a, const N: usize>(self: Arc<Self>, mut x: &[T; N], (y, _): (U, !)) \
         -> Result<impl B<Item = T> + use<'a>, Box<dyn Fn(U) -> V + Send>> where T: C, Vec<T>: D { x; y }",
    );
    let f = function(&file);
    assert!(f.is_async && file.items[0].visibility == Visibility::Public);
    assert_eq!(source.slice(f.name_range), "f");
    assert_eq!(show_type(f.receiver.as_ref().unwrap()), "Arc<Self>");
    assert_eq!(f.params.iter().map(show_type).collect::<Vec<_>>(), ["&[T]", "(U, !)"]);
    assert_eq!(
        show_type(f.output.as_ref().unwrap()),
        "Result<impl B<Item = T>, Box<dyn Fn<U, Output = V> + Send>>"
    );
    let [t] = &*f.generics.params else { panic!("one type parameter") };
    assert_eq!(t.bounds.iter().map(show_path).collect::<Vec<_>>(), ["A", "C"]);
    let [(ty, bounds)] = &*f.generics.bounds else { panic!("one other bound") };
    assert_eq!((show_type(ty), show_path(&bounds[0])), ("Vec<T>".to_owned(), "D".to_owned()));
    let body = f.body().unwrap();
    assert_eq!(body.params.len(), 2);
    assert_eq!(Printer(body).inside(body.root), "x#0; y#1");
    assert_eq!(body.outer_pat_site(body.local(LocalId(1)).pat).1, PatSite::Param(1));
}

#[test]
fn items() {
    let (source, file) = file(
        "use a::{self, b as c, d::*, e::{self as g, h}}; pub use ::z as _; extern crate x as y;
        struct P { pub a: A, b: B } struct Q(A, pub B); struct U; union N { a: u8 }
        enum E { V, W(A), X { b: B } = 3 }
        impl<T> m::Tr<T> for P { type O = T; const K: u8 = 1; async fn f(&self) {} }
        impl !Send for P {}
        pub trait Tr<T>: Sup + 'static where T: Q { type O<'a>: B where Self: 'a; const K: u8; fn g(self); }
        mod inner { fn h() {} } pub(crate) mod outer;
        type Al<T> = Vec<T>; static mut S: u8 = 1; const _: () = ();
        unsafe extern \"C\" { fn c(x: u8); static V: u8; }
        macro_rules! mac { () => {} } other! { 1 }",
    );
    assert_eq!(file.problems, []);
    let names: Vec<_> = file.items.iter().map(|item| &*item.name).collect();
    assert_eq!(
        names,
        [
            "", "", "y", "P", "Q", "U", "N", "E", "", "Tr", "inner", "outer", "Al", "S", "_", "c", "V",
            "mac", ""
        ]
    );
    for item in file.items.iter().filter(|item| !item.name.is_empty()) {
        assert_eq!(source.slice(item.name_range), &*item.name);
    }
    let uses = |index: usize| match &file.items[index].kind {
        ItemKind::Use(imports) => imports.iter().map(|it| (show_path(&it.path), it.kind)).collect::<Vec<_>>(),
        _ => panic!("a use"),
    };
    let named = |path: &str, name: &str| (path.to_owned(), ImportKind::Name(Name::from(name)));
    assert_eq!(
        uses(0),
        [
            named("a", "a"),
            named("a::b", "c"),
            ("a::d".to_owned(), ImportKind::Glob),
            named("a::e", "g"),
            named("a::e::h", "h")
        ]
    );
    assert_eq!(uses(1), [named("::z", "_")]);
    let ItemKind::Struct(q) = &file.items[4].kind else { panic!("a struct") };
    assert_eq!(
        q.fields.iter().map(|field| (&*field.name, show_type(&field.ty))).collect::<Vec<_>>(),
        [("0", "A".to_owned()), ("1", "B".to_owned())]
    );
    let ItemKind::Enum(e) = &file.items[7].kind else { panic!("an enum") };
    assert_eq!(
        e.variants.iter().map(|it| (&*it.name, it.fields.len())).collect::<Vec<_>>(),
        [("V", 0), ("W", 1), ("X", 1)]
    );
    let ItemKind::Impl(it) = &file.items[8].kind else { panic!("an impl") };
    assert_eq!(
        (show_path(it.trait_.as_ref().unwrap()), show_type(&it.self_ty)),
        ("m::Tr<T>".to_owned(), "P".to_owned())
    );
    assert_eq!(it.items.iter().map(|item| &*item.name).collect::<Vec<_>>(), ["O", "K", "f"]);
    let receiver = as_function(&it.items[2]).unwrap().receiver.as_ref().unwrap();
    assert_eq!(show_type(receiver), "&Self");
    assert!(
        source.slice(file.items[8].range).starts_with("impl<T>")
            && source.slice(file.items[8].range).ends_with('}')
    );
    let ItemKind::Trait(it) = &file.items[9].kind else { panic!("a trait") };
    assert_eq!((show_path(&it.supertraits[0]), it.items.len()), ("Sup".to_owned(), 3));
    assert!(as_function(&it.items[2]).unwrap().body().is_none());
    assert!(matches!(&it.items[0].kind, ItemKind::TypeAlias { ty: None, .. }));
    assert!(
        matches!(&file.items[10].kind, ItemKind::Module(Module { items: Some(items) }) if items[0].name == "h")
    );
    assert!(matches!(&file.items[11].kind, ItemKind::Module(Module { items: None })));
    assert!(as_function(&file.items[15]).unwrap().body().is_none());
}

#[test]
fn items_of_cfg_if_stand_in_place_and_may_be_absent() {
    let (_, file) =
        file("fn f() {} cfg_if! { if #[cfg(unix)] { fn g() { x } } else { mod m { fn h() {} } } } fn i() {}");
    let found: Vec<_> = file.items.iter().map(|item| (&*item.name, item.attrs.cfg)).collect();
    assert_eq!(found, [("f", false), ("g", true), ("m", true), ("i", false)]);
    assert!(as_function(&file.items[1]).unwrap().attrs.cfg);
}

#[test]
fn a_macro_with_content_that_is_no_item_after_all_is_no_problem() {
    let text = "m! { fn g($x) { 1 } fn h() { } }";
    let child = |range: TextRange| {
        let brace = range.start + text[range.as_usize()].find('{').unwrap() as u32;
        bare(IndexedKind::Function, range, Some(TextRange { start: brace + 1, ..range }), Vec::new())
    };
    let range_of = |part: &str| {
        let at = text.find(part).unwrap();
        TextRange::new(at, at + part.len())
    };
    let children = vec![child(range_of("fn g($x) { 1 }")), child(range_of("fn h() { }"))];
    let content = TextRange::new(4, text.len() - 1);
    let item = bare(IndexedKind::Macro, TextRange::new(0, text.len()), Some(content), children);
    let item = with_head(text, item);
    let file = lower(&SourceFile::new("lib.rs", text), Index { items: vec![item], ..Index::default() });
    assert_eq!(file.problems, []);
    let functions: Vec<_> =
        file.items.iter().filter_map(as_function).map(|it| (&*it.name, it.body().is_some())).collect();
    assert_eq!(functions, [("g", false), ("h", true)]);
    assert_eq!(file.problems(), Vec::<&Problem>::new());
}

#[test]
fn a_broken_function_keeps_its_name() {
    let text = "/// of fn nobody\n#[test]\npub fn broken(x: u8) { let = 1; }";
    let file = one_item(text, IndexedKind::Function, 3);
    let f = as_function(&file.items[0]).unwrap();
    assert!(f.body().is_none() && f.attrs.is_test && file.items[0].visibility == Visibility::Public);
    assert_eq!((&*f.name, &text[f.name_range.as_usize()]), ("broken", "broken"));
    let [problem] = file.problems()[..] else { panic!("one problem") };
    assert_eq!(&text[problem.range.as_usize()], "=");

    let text = "// fn nobody\nfn 漢(x y) -> { 1 + }";
    let file = one_item(text, IndexedKind::Function, 3);
    assert!(as_function(&file.items[0]).unwrap().body().is_none());
    assert_eq!((&*file.items[0].name, file.problems().len()), ("漢", 1));
    assert_eq!(&text[file.items[0].name_range.as_usize()], "漢");
}

#[test]
fn text_that_ends_too_early_is_a_problem_at_its_end() {
    let text = "struct S {";
    let file = one_item(text, IndexedKind::Struct, 1);
    assert!(file.items.is_empty());
    assert_eq!(file.problems.len(), 1);
    let text = "use a::";
    let file = one_item(text, IndexedKind::Use, 1);
    assert_eq!(file.problems[0].range, TextRange::new(text.len(), text.len()));
}

#[test]
fn problems_of_the_index_are_problems_of_the_file() {
    let problem = IndexProblem { range: TextRange::new(1, 2), message: "an odd thing" };
    let file =
        lower(&SourceFile::new("lib.rs", "   "), Index { problems: vec![problem], ..Index::default() });
    assert_eq!(file.problems, [Problem { range: TextRange::new(1, 2), message: "an odd thing".to_owned() }]);
}

#[test]
fn what_is_nested_too_deeply_is_not_parsed() {
    let text = format!("fn f() {{ {}1{} }}", "(".repeat(100_000), ")".repeat(100_000));
    let file = one_item(&text, IndexedKind::Function, MAX_NESTING + 1);
    assert!(as_function(&file.items[0]).unwrap().body().is_none());
    assert_eq!(file.items[0].name, "f");
    assert_eq!(file.problems[0].message, "nested too deeply to be checked");
}

#[test]
fn what_may_be_parsed_can_be_lowered() {
    let depth = MAX_NESTING as usize;
    let texts = [
        format!("fn f() {{ {}1{} }}", "(".repeat(depth), ")".repeat(depth)),
        format!("fn f() {{ {}1{} }}", "m!(".repeat(depth / 10), ")".repeat(depth / 10)),
        format!("fn f() {{ x{} }}", ".a()".repeat(depth)),
        format!("fn f() {{ 1{} }}", " + 1".repeat(depth)),
        format!("fn f() {{ {}{{}} }}", "if a {} else ".repeat(depth)),
        format!(
            "fn f() {{ {}1{} }}",
            "{ if a { match b { _ => (|| ".repeat(depth / 4),
            ")}}}".repeat(depth / 4)
        ),
    ];
    let lowered = move || {
        texts.map(|text| {
            let file = one_item(&text, IndexedKind::Function, MAX_NESTING);
            function(&file).body();
            file
        })
    };
    let thread = std::thread::Builder::new().stack_size(64 << 20).spawn(lowered).unwrap();
    for file in thread.join().unwrap() {
        assert_eq!(file.problems, []);
        assert!(function(&file).body().is_some());
    }
}

#[test]
fn attributes() {
    let (_, file) = file(
        "#![cfg_attr(any(), taskguard::allow(whole, reason = \"r\"))]
        #[cfg(test)] fn a() {} #[cfg(all(unix, test))] fn b() {} #[cfg(any(test, feature = \"x\"))] fn c() {}
        #[cfg(not(test))] fn d() {} #[tokio::test(flavor = \"x\")] fn e() {} #[rstest] #[test_case(1)] fn g() {}
        #[bench] fn h() {} #[path = \"x/y.rs\"] #[macro_use] mod i; #[tokio::main] #[instrument(skip(x), err(Debug))] fn j() {}
        #[tracing::instrument(err)] fn k() {} #[instrument(skip(err), fields(err = 1))] fn l() {} fn m() { #![cfg(test)] }
        mod n { #![cfg(test)] fn o() {} } impl X { #![allow(taskguard::p)] }",
    );
    let of = |name: &str| &file.items.iter().find(|item| item.name == name).unwrap().attrs;
    let cfgs: Vec<_> = ["a", "b", "c", "d", "m", "n"].map(|name| (of(name).cfg, of(name).cfg_test)).into();
    assert_eq!(cfgs, [(true, true), (true, true), (true, false), (true, false), (true, true), (true, true)]);
    assert!(["e", "g", "h"].iter().all(|name| of(name).is_test) && !of("j").is_test && !of("a").is_test);
    assert_eq!((of("i").path.as_deref(), of("i").macro_use), (Some("x/y.rs"), true));
    assert_eq!(of("j").paths.iter().map(|path| &**path).collect::<Vec<_>>(), ["tokio::main", "instrument"]);
    assert_eq!(["j", "k", "l"].map(|name| of(name).logs_err), [true, true, false]);
    assert_eq!(&*file.attrs.suppressions[0].lint, "whole");
    assert_eq!(file.items.last().unwrap().attrs.suppressions[0].lint, "p");
}

#[test]
fn suppressions() {
    let (source, file) = file(
        "#[cfg_attr(false, taskguard::expect(x, y, reason = \"ré\"))] #[allow(dead_code, taskguard::z)]
        #[cfg_attr(test, taskguard::allow(w))] #[cfg_attr(any(), other::allow(v))] #[allow(x)] fn f() {}",
    );
    let f = function(&file);
    let found: Vec<_> = f
        .attrs
        .suppressions
        .iter()
        .map(|it| (&*it.lint, source.slice(it.range), it.reason.as_deref(), it.expect))
        .collect();
    assert_eq!(
        found,
        [("x", "x", Some("ré"), true), ("y", "y", Some("ré"), true), ("z", "taskguard::z", None, false)]
    );
    assert_eq!(source.slice(f.attrs.suppressions[2].attribute), "#[allow(dead_code, taskguard::z)]");
}

#[test]
fn suppressions_of_statements_stand_for_the_whole_statement() {
    let (source, body) = body_of(
        "fn f() {
            #[allow(taskguard::a)] g().h().i();
            #[allow(taskguard::b)] let x = 1;
            #[expect(taskguard::c)] m!(x);
            match x { #[allow(taskguard::d)] _ => x.go() }
            x.y(#[allow(taskguard::e)] z);
        }",
    );
    let found: Vec<_> =
        body.suppressions.iter().map(|(range, it)| (&*it.lint, source.slice(*range))).collect();
    assert_eq!(
        found,
        [
            ("a", "#[allow(taskguard::a)] g().h().i()"),
            ("b", "#[allow(taskguard::b)] let x = 1;"),
            ("c", "#[expect(taskguard::c)] m!(x)"),
            ("d", "#[allow(taskguard::d)] _ => x.go()"),
            ("e", "#[allow(taskguard::e)] z"),
        ]
    );
}

/// Lowers a file as it is read: by the real index.
fn read(text: &str) -> File {
    crate::read(SourceFile::new("lib.rs", text)).hir
}

#[test]
fn tables_of_literals_have_no_elements() {
    let elements = |value: &str| {
        let file = read(&format!("fn table() {{ [{value}] }}"));
        let ItemKind::Function(function) = &file.items[0].kind else { panic!("{:?}", file.items) };
        let body = function.body().expect("it can be parsed");
        let ExprKind::Block(Block { tail: Some(table), .. }) = body.kind(body.root) else {
            panic!("a block")
        };
        let ExprKind::Array(parts) = body.kind(*table) else { panic!("it is an array") };
        // The block is one more.
        (parts.len(), body.exprs.len() - 1)
    };
    assert_eq!(elements(&"(-1, \"a\"), &[2], ".repeat(4_000)), (0, 1));
    assert_eq!(elements(&"(1, \"a\"), ".repeat(4_000)), (4_000, 12_001), "not so large");
    assert_eq!(elements(&format!("{}f(),", "(1, \"a\"), ".repeat(6_000))).0, 6_001, "something is called");
}

#[test]
fn huge_values_are_not_parsed_and_their_types_are() {
    let values = "1,".repeat(1 << 20);
    for (head, name) in [
        ("pub static A: Map<&str, fn(u8) -> bool>", "A"),
        ("#[doc = \"= (\"] #[cfg(x = \"y\")] const B: Box<dyn Iterator<Item = [u8; { 1 + 1 }]>>", "B"),
        ("pub(in crate::a) static mut C: &[u8]", "C"),
    ] {
        let text = format!("{head} = &[{values}]; fn f() {{}}");
        let file = read(&text);
        assert_eq!(file.problems, [], "{head}");
        let [item, function] = &file.items[..] else { panic!("{head}: two items") };
        assert_eq!((&*item.name, &*function.name), (name, "f"));
        assert_eq!(item.range.as_usize(), 0..text.len() - " fn f() {}".len());
        let ItemKind::Value { ty, body: None } = &item.kind else { panic!("{head}: a value without body") };
        assert!(!matches!(ty, Type::Other), "{head}");
    }
}

#[test]
fn an_impl_may_be_public() {
    let text = "/// Documented.\n#[easy_ext::ext(Ext)] pub impl<T: Ord> Ordered<T> { fn f() { g() } } \
                #[x] pub(crate) impl !Send for B {} pub unsafe trait C { fn h(); }";
    let file = read(text);
    assert_eq!(file.problems, []);
    let [extension, negative @ .., ext_trait] = &file.items[..] else { panic!("{:?}", file.items) };
    assert_eq!(negative.len(), 0);
    let ItemKind::Impl(it) = &extension.kind else { panic!("an impl") };
    assert_eq!(it.items[0].name, "f");
    assert_eq!(extension.attrs.paths.iter().map(|path| &**path).collect::<Vec<_>>(), ["easy_ext::ext"]);
    assert_eq!(extension.range.start, 0, "an item begins with its documentation");
    assert!(matches!(ext_trait.kind, ItemKind::Trait(_)) && ext_trait.visibility == Visibility::Public);
}

#[test]
fn comments_are_space_and_move_nothing() {
    let text = "/// … of `f`\nfn f(a: A /* é\n */) { // \"\n a /* . */ . b() /// odd\n }";
    let file = read(text);
    assert_eq!(file.problems, []);
    let body = function(&file).body().expect("it has a body");
    let call = body.descendants(body.root).find(|&id| matches!(body.kind(id), ExprKind::MethodCall { .. }));
    assert_eq!(&text[body.range(call.expect("a call")).as_usize()], "a /* . */ . b()");
    assert_eq!(file.items[0].range.as_usize(), 0..text.len());
}

#[test]
fn items_of_bodies_are_lowered_by_themselves() {
    let text = "fn f(a: A) { /// doc\n#[cfg(x)] fn g(b: B) { a; b } impl T for X { fn h(&self) { self; a } } use m::n; a }";
    let file = read(text);
    let f = function(&file);
    let places: Vec<&str> = f.items().iter().map(|item| &text[item.range.as_usize()]).collect();
    let expected = ["#[cfg(x)] fn g(b: B) { a; b }", "impl T for X { fn h(&self) { self; a } }", "use m::n;"];
    assert_eq!(places, expected);
    let g = as_function(&f.items()[0]).unwrap();
    let ItemKind::Impl(it) = &f.items()[1].kind else { panic!("an impl") };
    let h = as_function(&it.items[0]).unwrap();
    assert_eq!((f.bytes_parsed(), g.bytes_parsed(), h.bytes_parsed()), (0, 0, 0));
    let body = f.body().expect("`f` has a body");
    assert_eq!((Printer(body).inside(body.root), body.items.len()), ("item; item; item; a#0".to_owned(), 0));
    assert_eq!(text.len() - f.bytes_parsed(), expected.concat().len());
    assert_eq!((g.bytes_parsed(), h.bytes_parsed()), (0, 0));
    let (g_body, h_body) = (g.body().unwrap(), h.body().unwrap());
    assert_eq!(Printer(g_body).inside(g_body.root), "a; b#0");
    assert_eq!(Printer(h_body).inside(h_body.root), "self; a");
    assert!(g.attrs.cfg && file.problems().is_empty());
}

#[test]
fn what_is_broken_in_an_inner_function_stays_in_it() {
    let text = "fn f() { fn g() { let = 1; } fn h() { 2 } g() }";
    let file = read(text);
    let f = function(&file);
    let has_body: Vec<bool> = f.items().iter().map(|it| as_function(it).unwrap().body().is_some()).collect();
    assert_eq!((f.body().is_some(), has_body), (true, vec![false, true]));
    let problems: Vec<&str> = file.problems().iter().map(|it| &text[it.range.as_usize()]).collect();
    assert_eq!(problems, ["="]);
}

#[test]
fn items_that_cannot_be_read_are_the_problem_of_the_function() {
    let file = read("fn f() { struct S { a b } fn g() {} impl T for { fn h() {} } }");
    let f = function(&file);
    assert_eq!((f.items().len(), f.body().is_some(), file.problems().len()), (0, false, 1));
    assert_eq!(file.problems, []);
}

#[test]
fn an_edit_in_an_inner_item_changes_what_is_declared() {
    let is_same = |one: &str, other: &str| read(one).declares_as(one, &read(other), other);
    assert!(is_same("fn f() { a() }", "fn f() { b() }"));
    assert!(!is_same("fn f() { fn g() { a() } }", "fn f() { fn g() { b() } }"));
    assert!(!is_same("fn f() { a(); fn g() {} }", "fn f() { b(); fn g() {} }"));
    assert!(!is_same("fn f() { impl !T for A {} }", "fn f() { impl !T for B {} }"));
}

#[test]
fn what_may_be_inside_of_what_is_seen_in_the_text() {
    let may = |body: &str| {
        let file = crate::read(SourceFile::new("a.rs", format!("fn f() {{ {body} }}")));
        let ItemKind::Function(function) = &file.hir.items[0].kind else { panic!("{body}") };
        function.may_have_inside("Some", "Ok")
    };
    for body in [
        "while let Some(Ok(item)) = next() {}",
        "Some /* why */ ( std::result::Result::Ok(a))",
        "match a { Some((b, Ok(_))) => {} }",
        "m! { Some({ [Ok(1)] }) }",
        "Some(Some(a)); Some(\")\", Ok(b))",
    ] {
        assert!(may(body), "{body}");
    }
    for body in [
        "Some(a); Ok(b)",
        "Ok(Some(a))",
        "Some { a: Ok(1) }",
        "Some(\"Ok\")",
        "Some; (Ok(a))",
        "Some(a)(Ok(b))",
    ] {
        assert!(!may(body), "{body}");
    }
}
