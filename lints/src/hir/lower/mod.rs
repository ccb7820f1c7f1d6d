//! From text to `hir`: the only user of the parser.
//!
//! The index says where the items are; the parser is given one of them at a time, of modules, traits and `impl`s only
//! the head, and of functions nothing until somebody asks. So what cannot be parsed costs one item, and the parser's own memory of a file is that of its longest function.

mod attrs;
mod body;
mod builder;
mod captures;
mod imports;
mod macros;
mod plain;
mod reader;
#[cfg(test)]
mod tests;
mod types;

use std::borrow::Cow;
use std::sync::Arc;

use proc_macro2::{Ident, Span, TokenStream};
use syn::ext::IdentExt as _;
use syn::parse::discouraged::Speculative as _;
use syn::parse::{Parse, ParseStream, Parser};
use syn::spanned::Spanned as _;
use syn::{Token, token};

use self::attrs::plain_attributes;
use self::imports::{Leaf, add_import, plain_import};
use self::plain::{plain_function, plain_item, plain_signature};
use self::reader::Reader;
use self::types::{Slice, name};
use crate::hir::function::{Code, Declares, FileCode};
use crate::hir::*;
use crate::source::index::{self, Index, IndexedItem, IndexedKind, MAX_NESTING};
use crate::source::{SourceFile, TextRange};

/// Lowers the items of a file, and of its functions what is needed before anybody asks. Nothing of the parser is kept.
pub fn lower(source: &SourceFile, index: Index) -> File {
    let file = FileCode {
        text: source.text.clone(),
        comments: index.comments.into(),
        words: index.words.map(Vec::into_boxed_slice),
    };
    let mut lowering = FileLowering { code: Arc::new(file), problems: Vec::new() };
    for problem in &index.problems {
        lowering.problem(problem.range, problem.message);
    }
    let attrs = lowering.inner_attributes(index.inner_attrs).into();
    let items = lowering.items(&index.items, Surroundings::default());
    let mut problems = lowering.problems;
    problems.sort_by_key(|problem| (problem.range.start, problem.range.end));
    let with_modules = (0u32..).zip(&items).filter(|(_, item)| item.holds_module()).map(|(place, _)| place);
    File { with_modules: with_modules.collect(), items, problems, attrs }
}

/// The signature of a function.
pub(super) fn signature(code: &Code) -> Result<Box<Signature>, Box<Problem>> {
    let head = TextRange { start: code.range.start, end: code.body.unwrap_or(code.range.end) };
    match plain_signature(&code.file.text, head) {
        Some(signature) => Ok(Box::new(signature)),
        None => parsed_signature(code, head),
    }
}

fn parsed_signature(code: &Code, head: TextRange) -> Result<Box<Signature>, Box<Problem>> {
    let suffix = if code.body.is_some() { "}" } else { "" };
    let lowered = parse(&code.file, (head, suffix), |syntax: &FunctionSyntax, slice| {
        Box::new(signature_of(slice, &syntax.sig))
    });
    lowered.map_err(Box::new)
}

/// The signature and the body of a function that has one.
pub(super) fn function(code: &Code) -> Result<(Box<Signature>, Box<Body>), Box<Problem>> {
    match plain_function(code) {
        Some(function) => Ok(function),
        None => function_by_parser(code),
    }
}

fn function_by_parser(code: &Code) -> Result<(Box<Signature>, Box<Body>), Box<Problem>> {
    let text = code.without_items();
    let lowered = parse_text(&text, (code.range, ""), |syntax: &FunctionSyntax, slice| {
        let pats = typed_params(&syntax.sig).map(|typed| &*typed.pat);
        let body = syntax.block.as_ref().map(|block| Box::new(body::function_body(slice, pats, block)));
        let mut body = body.unwrap_or_default();
        if matches!(code.declares, Declares::Items(_)) {
            // They only stand for those that have been lowered by themselves.
            body.items.clear();
        }
        (Box::new(signature_of(slice, &syntax.sig)), body)
    });
    lowered.map_err(Box::new)
}

/// Parses a range of a file, with something behind it to make it whole, and lowers the tree. The tree and its spans are
/// gone when this returns.
fn parse<S: Parse, T>(
    file: &FileCode,
    (range, suffix): (TextRange, &str),
    lower: impl FnOnce(&S, &Slice<'_>) -> T,
) -> Result<T, Problem> {
    parse_text(&file.without_comments(range), (range, suffix), lower)
}

/// As `parse`, with the text that stands at the range.
fn parse_text<S: Parse, T>(
    text: &str,
    (range, suffix): (TextRange, &str),
    lower: impl FnOnce(&S, &Slice<'_>) -> T,
) -> Result<T, Problem> {
    let slice = Slice::new(text, range);
    let parsed = if suffix.is_empty() {
        S::parse.parse_str(text)
    } else {
        S::parse.parse_str(&[text, suffix].concat())
    };
    let lowered = match parsed {
        Ok(syntax) => Ok(lower(&syntax, &slice)),
        Err(error) => Err(slice.problem(&error)),
    };
    proc_macro2::extra::invalidate_current_thread_spans();
    lowered
}

/// An item of which nothing is left but that it is one. No other is shorter.
const ANY_ITEM: &str = "use*;";

impl Code {
    /// The text without comments, and with an item that says nothing in place of each that has been lowered by itself:
    /// the parser reads it once, and the statements around it are what they are.
    fn without_items(&self) -> Cow<'_, str> {
        let mut code = self.file.without_comments(self.range);
        for item in self.items() {
            let start = (item.range.start - self.range.start) as usize;
            let space = " ".repeat(item.range.len() - ANY_ITEM.len());
            code.to_mut().replace_range(start..start + item.range.len(), &[ANY_ITEM, &space].concat());
        }
        code
    }
}

impl FileCode {
    /// A part of the text with space in place of comments, all else at its place. To the parser a line of documentation is
    /// an attribute of seven tokens; here nobody asks what it says.
    pub(in crate::hir) fn without_comments(&self, range: TextRange) -> Cow<'_, str> {
        let text = &*self.text;
        let first = self.comments.partition_point(|comment| comment.end <= range.start);
        let comments = self.comments[first..].iter().take_while(|comment| comment.start < range.end);
        let mut comments = comments.peekable();
        if comments.peek().is_none() {
            return Cow::Borrowed(&text[range.as_usize()]);
        }
        let mut code = String::with_capacity(range.len());
        let mut end = range.start as usize;
        for comment in comments {
            let comment = comment.start.max(range.start) as usize..comment.end.min(range.end) as usize;
            code.push_str(&text[end..comment.start]);
            end = comment.end;
            code.extend(text[comment].bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }));
        }
        code.push_str(&text[end..range.end as usize]);
        Cow::Owned(code)
    }
}

/// Values of more bytes are not given to the parser.
const LARGEST_VALUE: usize = 1 << 20;

/// Where the `=` before the value of a constant or static is: the first outside of all brackets.
fn assignment(item: &[u8]) -> Option<usize> {
    let mut depth = 0i32;
    for (at, &byte) in item.iter().enumerate() {
        match byte {
            b'(' | b'[' | b'{' | b'<' => depth += 1,
            b'>' if item[..at].ends_with(b"-") => {}
            b')' | b']' | b'}' | b'>' => depth -= 1,
            b'=' if depth == 0 => return Some(at),
            _ => {}
        }
    }
    None
}

/// Name and type of a value are not longer.
const LONGEST_HEAD: u32 = 1 << 16;

struct FileLowering {
    code: Arc<FileCode>,
    problems: Vec<Problem>,
}

/// What the macros and `extern` blocks around an item say of it.
#[derive(Clone, Copy, Default)]
struct Surroundings {
    cfg: bool,
    cfg_test: bool,
    /// In a macro nothing needs to be Rust, so what cannot be parsed is no problem of the file.
    in_macro: bool,
}

/// Items of the index.
impl FileLowering {
    fn problem(&mut self, range: TextRange, message: &str) {
        self.problems.push(Problem { range, message: message.to_owned() });
    }

    fn items(&mut self, items: &[IndexedItem], around: Surroundings) -> Vec<Item> {
        let mut lowered = Vec::with_capacity(items.len());
        for item in items {
            self.item(item, around, &mut lowered);
        }
        lowered
    }

    fn item(&mut self, indexed: &IndexedItem, around: Surroundings, lowered: &mut Vec<Item>) {
        if indexed.nesting > MAX_NESTING {
            self.problem(indexed.range, "nested too deeply to be checked");
            let is_function = indexed.kind == IndexedKind::Function;
            lowered.extend(is_function.then(|| self.unreadable_function(indexed)));
            return;
        }
        match indexed.kind {
            IndexedKind::Function => lowered.push(around.mark(self.function(indexed, around))),
            IndexedKind::ForeignModule => {
                let attrs =
                    self.parse(head(indexed), |syntax: &HeadSyntax, slice| slice.attributes(&syntax.attrs));
                let around = around.within(&attrs.unwrap_or_default());
                lowered.extend(self.items(&indexed.children, around));
            }
            IndexedKind::Macro if !indexed.children.is_empty() => {
                let head = self.parse(head(indexed), |syntax: &MacroSyntax, slice| {
                    (slice.attributes(&syntax.attrs), slice.path(None, &syntax.path))
                });
                let mut around = Surroundings { in_macro: true, ..around };
                if let Ok((attrs, path)) = head {
                    around = around.within(&attrs);
                    // `cfg_if!`, and the `cfg_net!` of crates that name their features.
                    around.cfg |= path.last().name.starts_with("cfg");
                }
                lowered.extend(self.items(&indexed.children, around));
            }
            _ => match self.single_item(indexed, around) {
                // To the code documentation is no part of an item, which begins with it.
                Ok(item) => {
                    lowered.extend(item.map(|item| around.mark(Item { range: indexed.range, ..item })))
                }
                Err(problem) => {
                    if !around.in_macro {
                        self.problems.push(problem);
                    }
                }
            },
        }
    }

    /// An item that stands for itself; None for one that says nothing (a negative `impl`).
    fn single_item(&mut self, indexed: &IndexedItem, around: Surroundings) -> Result<Option<Item>, Problem> {
        if indexed.kind == IndexedKind::Use
            && let Some(import) = plain_import(&self.code.text, indexed.range)
        {
            return Ok(Some(import));
        }
        if let Some(item) = self.plain(indexed) {
            return Ok(Some(self.with_children(item, indexed, around)));
        }
        self.parsed_item(indexed, around)
    }

    /// As `single_item`, by the parser.
    fn parsed_item(&mut self, indexed: &IndexedItem, around: Surroundings) -> Result<Option<Item>, Problem> {
        let whole = (indexed.range, "");
        match indexed.kind {
            IndexedKind::Const | IndexedKind::Static => {
                let whole = self.before_huge_value(indexed.range).unwrap_or(whole);
                self.parse(whole, |syntax: &ValueSyntax, slice| value_item(slice, syntax)).map(Some)
            }
            IndexedKind::TypeAlias => {
                self.parse(whole, |syntax: &AliasSyntax, slice| alias_item(slice, syntax)).map(Some)
            }
            IndexedKind::Module => self.module(indexed, around).map(Some),
            IndexedKind::Macro | IndexedKind::MacroRules => {
                self.parse(whole, |syntax: &MacroSyntax, slice| macro_item(slice, syntax)).map(Some)
            }
            // These are dealt with by `item`.
            IndexedKind::ForeignModule | IndexedKind::Function => Ok(None),
            IndexedKind::Impl | IndexedKind::Trait if indexed.body.is_some() => {
                let item =
                    |syntax: &ShellSyntax, slice: &Slice| item_at(slice, &syntax.item, slice.code_range());
                let shell = self.parse(head(indexed), item)?;
                Ok(shell.into_iter().next().map(|item| self.with_children(item, indexed, around)))
            }
            IndexedKind::Struct
            | IndexedKind::Enum
            | IndexedKind::Union
            | IndexedKind::Use
            | IndexedKind::ExternCrate
            | IndexedKind::Impl
            | IndexedKind::Trait => {
                let item = |item: &syn::Item, slice: &Slice| item_at(slice, item, slice.code_range());
                let items = self.parse(whole, item)?;
                Ok(items.into_iter().next())
            }
        }
    }

    /// An item that can be read without the parser, its attributes apart.
    fn plain(&self, indexed: &IndexedItem) -> Option<Item> {
        let text = &self.code.text;
        let code = indexed.code;
        let end = match indexed.kind {
            IndexedKind::Impl | IndexedKind::Trait | IndexedKind::Module => head(indexed).0.end,
            _ => indexed.range.end,
        };
        let mut item = plain_item(text, TextRange { start: code, end }, indexed.kind)?;
        item.attrs = self.outer_attributes(TextRange { start: indexed.range.start, end: code });
        if item.name.is_empty() {
            // To the parser an item begins with its attributes.
            let first = index::tokens(text, indexed.range.start).next()?.start;
            item.name_range = TextRange { start: first, end: first };
        }
        Some(item)
    }

    /// A constant or static without its value, and what closes it, where the value is so large that only a program can
    /// have written it: a table, with nothing in it that runs.
    fn before_huge_value(&self, range: TextRange) -> Option<(TextRange, &'static str)> {
        if range.len() <= LARGEST_VALUE {
            return None;
        }
        let start = index::code_start(&self.code.text, range.start);
        let longest = TextRange { start, end: range.end.min(start + LONGEST_HEAD) };
        let equals = assignment(self.code.text.get(longest.as_usize())?.as_bytes())?;
        Some((TextRange { end: start + equals as u32, ..range }, ";"))
    }

    /// An `impl`, a trait or a module of which the head was read, with what the index found inside; other items as they are.
    fn with_children(&mut self, mut item: Item, indexed: &IndexedItem, around: Surroundings) -> Item {
        let inside = match &mut item.kind {
            ItemKind::Impl(it) => &mut it.items,
            ItemKind::Trait(it) => &mut it.items,
            ItemKind::Module(it) if indexed.body.is_some() => it.items.insert(Vec::new()),
            _ => return item,
        };
        *inside = self.items(&indexed.children, around.inside());
        item.range = indexed.range;
        self.add_inner_attributes(&mut item.attrs, indexed);
        item
    }

    fn module(&mut self, indexed: &IndexedItem, around: Surroundings) -> Result<Item, Problem> {
        let item = self.parse(head(indexed), |syntax: &ModuleSyntax, slice| Item {
            name: name(&syntax.ident),
            name_range: slice.range(syntax.ident.span()),
            range: indexed.range,
            attrs: slice.attributes(&syntax.attrs).into(),
            visibility: visibility(&syntax.vis),
            kind: ItemKind::Module(Module { items: None }),
        })?;
        Ok(self.with_children(item, indexed, around))
    }

    /// A function: its name, its attributes, and the items that its body declares, which have their place in the module
    /// tree. The rest is lowered when somebody asks for it, or now if only the parser can find these items.
    fn function(&mut self, indexed: &IndexedItem, around: Surroundings) -> Item {
        let mut attrs = self.outer_attributes(TextRange { end: indexed.code, ..indexed.range });
        if let Some(body) = indexed.body
            && self.code.text[body.as_usize()].trim_start().starts_with("#!")
        {
            self.add_inner_attributes(&mut attrs, indexed);
        }
        let code = Code {
            file: self.code.clone(),
            range: TextRange { start: indexed.code, ..indexed.range },
            body: indexed.body.map(|body| body.start),
            words: indexed.words.clone(),
            declares: self.declared_in(indexed),
            in_macro: around.in_macro,
        };
        let is_to_be_parsed = matches!(code.declares, Declares::InBody);
        let (name, name_range) = (self.name_at(indexed.name), indexed.name);
        let function = Function::new(name, name_range, attrs.clone(), code);
        if is_to_be_parsed {
            function.body();
        }
        let kind = ItemKind::Function(Box::new(function));
        Item { name, name_range, range: indexed.range, attrs, visibility: indexed.visibility, kind }
    }

    /// What is declared in the body of a function. Where an item cannot be read, the body cannot either, and says so.
    fn declared_in(&mut self, indexed: &IndexedItem) -> Declares {
        let problems = self.problems.len();
        let items = self.items(&indexed.children, Surroundings::default());
        let is_broken = self.problems.len() > problems;
        self.problems.truncate(problems);
        match indexed.hides_items || is_broken {
            true => Declares::InBody,
            false if indexed.children.is_empty() => Declares::Nothing,
            false => Declares::Items(items.into()),
        }
    }

    /// A function of which no more than the name is known.
    fn unreadable_function(&self, indexed: &IndexedItem) -> Item {
        let (range, attrs) = (function_name(&self.code.text, indexed.range), Rare::<Attributes>::default());
        let name = self.name_at(range);
        let function = Function::lowered(name, range, attrs.clone(), Signature::default(), None);
        let kind = ItemKind::Function(Box::new(function));
        Item { name, name_range: range, range: indexed.range, attrs, visibility: Visibility::Private, kind }
    }

    fn name_at(&self, range: TextRange) -> Name {
        let name = &self.code.text[range.as_usize()];
        Name::from(name.strip_prefix("r#").unwrap_or(name))
    }

    /// The attributes before an item; most items have none.
    fn outer_attributes(&self, range: TextRange) -> Rare<Attributes> {
        if range.is_empty() {
            return Rare::default();
        }
        let mut reader = Reader::new(&self.code.text, range);
        if let Some(attrs) = plain_attributes(&mut reader).filter(|_| reader.is_at_end()) {
            return attrs.into();
        }
        let attrs = self.parse((range, ""), |syntax: &HeadSyntax, slice| slice.attributes(&syntax.attrs));
        attrs.unwrap_or_default().into()
    }

    /// The `#![..]` behind the brace of an item.
    fn add_inner_attributes(&mut self, attrs: &mut Rare<Attributes>, indexed: &IndexedItem) {
        let Some(body) = indexed.body else { return };
        let end = indexed.children.first().map_or(body.end, |child| child.range.start);
        let head = TextRange { start: body.start, end: end.max(body.start) };
        if self.code.text[head.as_usize()].contains("#!") {
            let inner = self.inner_attributes(head);
            attrs.change(|attrs| attrs.add(inner));
        }
    }

    fn inner_attributes(&mut self, range: TextRange) -> Attributes {
        if range.is_empty() {
            return Attributes::default();
        }
        let attrs = self.parse((range, ""), |syntax: &InnerSyntax, slice| slice.attributes(&syntax.attrs));
        attrs.unwrap_or_default()
    }

    fn parse<S: Parse, T>(
        &self,
        part: (TextRange, &str),
        lower: impl FnOnce(&S, &Slice<'_>) -> T,
    ) -> Result<T, Problem> {
        parse(&self.code, part, lower)
    }
}

impl Surroundings {
    /// What is said of items in a macro or `extern` block with these attributes.
    fn within(self, attrs: &Attributes) -> Self {
        Self { cfg: self.cfg | attrs.cfg, cfg_test: self.cfg_test | attrs.cfg_test, ..self }
    }

    /// What is said of the items of an item: conditions are said of that item already.
    fn inside(self) -> Self {
        Self { in_macro: self.in_macro, ..Self::default() }
    }

    fn mark(self, mut item: Item) -> Item {
        if self.in_macro {
            // The macro may add what is not written.
            let widen = |visibility: &mut Visibility| {
                if *visibility == Visibility::Private {
                    *visibility = Visibility::Restricted;
                }
            };
            widen(&mut item.visibility);
            if let ItemKind::Struct(it) = &mut item.kind {
                it.fields.iter_mut().for_each(|field| widen(&mut field.visibility));
            }
        }
        if self.cfg || self.cfg_test {
            item.attrs.change(|attrs| {
                attrs.cfg |= self.cfg;
                attrs.cfg_test |= self.cfg_test;
            });
        }
        if let ItemKind::Function(function) = &mut item.kind {
            function.attrs = item.attrs.clone();
        }
        item
    }
}

/// An item up to its opening brace, and what closes it.
fn head(indexed: &IndexedItem) -> (TextRange, &'static str) {
    match indexed.body {
        Some(body) => (TextRange { start: indexed.range.start, end: body.start }, "}"),
        None => (indexed.range, ""),
    }
}

/// Where the name of a function is that cannot be parsed: behind the first `fn` outside of line comments. Empty where
/// there is none.
fn function_name(text: &str, range: TextRange) -> TextRange {
    let mut offset = range.start as usize;
    for line in text[range.as_usize()].split_inclusive('\n') {
        let code = line.find("//").map_or(line, |comment| &line[..comment]);
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        let keyword = code.match_indices("fn ").find(|&(at, _)| !code[..at].ends_with(is_word));
        if let Some((at, keyword)) = keyword {
            let behind = &code[at + keyword.len()..];
            let name = behind.trim_start();
            let start = offset + at + keyword.len() + (behind.len() - name.len());
            let len = name.find(|c| !is_word(c)).unwrap_or(name.len());
            return TextRange::new(start, start + len);
        }
        offset += line.len();
    }
    TextRange { start: range.start, end: range.start }
}

/// Any item that the parser knows: those inside of bodies, and heads of the index. Items that say nothing are left out.
fn nested_item(slice: &Slice<'_>, item: &syn::Item) -> Option<Item> {
    item_at(slice, item, slice.range(item.span()))
}

/// An item of which it is known where it is: the parser has to look at all of its tokens to tell.
fn item_at(slice: &Slice<'_>, item: &syn::Item, range: TextRange) -> Option<Item> {
    let unnamed = TextRange { start: range.start, end: range.start };
    let made = |ident: Option<&Ident>, attrs: &[syn::Attribute], visibility: Visibility, kind: ItemKind| {
        Some(Item {
            name: ident.map_or_else(|| Name::from(""), name),
            name_range: ident.map_or(unnamed, |ident| slice.range(ident.span())),
            range,
            attrs: slice.attributes(attrs).into(),
            visibility,
            kind,
        })
    };
    match item {
        syn::Item::Fn(it) => {
            let function = parsed_function(slice, &it.attrs, &it.sig, Some(&it.block));
            made(Some(&it.sig.ident), &it.attrs, visibility(&it.vis), ItemKind::Function(Box::new(function)))
        }
        syn::Item::Struct(it) => {
            let kind =
                Struct { generics: slice.generics(&it.generics).into(), fields: fields(slice, &it.fields) };
            made(Some(&it.ident), &it.attrs, visibility(&it.vis), ItemKind::Struct(kind))
        }
        syn::Item::Union(it) => {
            let fields = it.fields.named.iter().enumerate().map(|(index, it)| field(slice, index, it));
            let kind = Struct { generics: slice.generics(&it.generics).into(), fields: fields.collect() };
            made(Some(&it.ident), &it.attrs, visibility(&it.vis), ItemKind::Struct(kind))
        }
        syn::Item::Enum(it) => {
            let variants = it.variants.iter();
            let variants =
                variants.map(|it| Variant { name: name(&it.ident), fields: fields(slice, &it.fields) });
            let kind = Enum { generics: slice.generics(&it.generics).into(), variants: variants.collect() };
            made(Some(&it.ident), &it.attrs, visibility(&it.vis), ItemKind::Enum(kind))
        }
        // `impl !Send for X` gives nothing to anybody.
        syn::Item::Impl(it) if it.modifiers.polarity.is_some() => None,
        syn::Item::Impl(it) => {
            made(None, &it.attrs, Visibility::Private, ItemKind::Impl(Box::new(implementation(slice, it))))
        }
        syn::Item::Trait(it) => {
            let items = it.items.iter().filter_map(|item| trait_member(slice, item)).collect();
            let (generics, supertraits) =
                (slice.generics(&it.generics).into(), slice.bounds(&it.supertraits));
            let kind = ItemKind::Trait(Trait { generics, supertraits, items });
            made(Some(&it.ident), &it.attrs, visibility(&it.vis), kind)
        }
        syn::Item::TraitAlias(it) => {
            let (generics, supertraits) = (slice.generics(&it.generics).into(), slice.bounds(&it.bounds));
            let kind = ItemKind::Trait(Trait { generics, supertraits, items: Vec::new() });
            made(Some(&it.ident), &it.attrs, visibility(&it.vis), kind)
        }
        syn::Item::Mod(it) => {
            let items = it.content.as_ref().map(|(_, items)| {
                items.iter().filter_map(|item| nested_item(slice, item)).collect::<Vec<_>>()
            });
            made(Some(&it.ident), &it.attrs, visibility(&it.vis), ItemKind::Module(Module { items }))
        }
        syn::Item::Use(it) => made(None, &it.attrs, visibility(&it.vis), ItemKind::Use(imports(slice, it))),
        syn::Item::ExternCrate(it) => {
            let known_as = it.rename.as_ref().map_or(&it.ident, |(_, rename)| rename);
            let kind = ItemKind::ExternCrate { original: name(&it.ident) };
            made(Some(known_as), &it.attrs, visibility(&it.vis), kind)
        }
        syn::Item::Type(it) => {
            let kind = ItemKind::TypeAlias {
                generics: slice.generics(&it.generics).into(),
                ty: Some(slice.ty(&it.ty)),
            };
            made(Some(&it.ident), &it.attrs, visibility(&it.vis), kind)
        }
        syn::Item::Const(it) => {
            let kind = value(slice, &it.ty, Some(&it.expr));
            made(Some(&it.ident), &it.attrs, visibility(&it.vis), kind)
        }
        syn::Item::Static(it) => {
            let kind = value(slice, &it.ty, Some(&it.expr));
            made(Some(&it.ident), &it.attrs, visibility(&it.vis), kind)
        }
        syn::Item::Macro(it) => {
            let kind = ItemKind::Macro { path: slice.path(None, &it.mac.path) };
            made(it.ident.as_ref(), &it.attrs, Visibility::Private, kind)
        }
        _ => None,
    }
}

fn implementation(slice: &Slice<'_>, it: &syn::ItemImpl) -> Impl {
    Impl {
        generics: slice.generics(&it.generics).into(),
        trait_: it.trait_.as_ref().map(|(path, _)| slice.path(None, path)),
        self_ty: slice.ty(&it.self_ty),
        items: it.items.iter().filter_map(|item| impl_member(slice, item)).collect(),
    }
}

/// A member of an `impl` inside of a body.
fn impl_member(slice: &Slice<'_>, member: &syn::ImplItem) -> Option<Item> {
    match member {
        syn::ImplItem::Fn(it) => {
            let function = parsed_function(slice, &it.attrs, &it.sig, Some(&it.block));
            let kind = ItemKind::Function(Box::new(function));
            Some(member_item(slice, it.span(), &it.sig.ident, &it.attrs, visibility(&it.vis), kind))
        }
        syn::ImplItem::Const(it) => {
            let kind = value(slice, &it.ty, Some(&it.expr));
            Some(member_item(slice, it.span(), &it.ident, &it.attrs, visibility(&it.vis), kind))
        }
        syn::ImplItem::Type(it) => {
            let kind = ItemKind::TypeAlias {
                generics: slice.generics(&it.generics).into(),
                ty: Some(slice.ty(&it.ty)),
            };
            Some(member_item(slice, it.span(), &it.ident, &it.attrs, visibility(&it.vis), kind))
        }
        _ => None,
    }
}

/// A member of a trait inside of a body.
fn trait_member(slice: &Slice<'_>, member: &syn::TraitItem) -> Option<Item> {
    match member {
        syn::TraitItem::Fn(it) => {
            let function = parsed_function(slice, &it.attrs, &it.sig, it.default.as_ref());
            let kind = ItemKind::Function(Box::new(function));
            Some(member_item(slice, it.span(), &it.sig.ident, &it.attrs, Visibility::Private, kind))
        }
        syn::TraitItem::Const(it) => {
            let kind = value(slice, &it.ty, it.default.as_ref().map(|(_, value)| value));
            Some(member_item(slice, it.span(), &it.ident, &it.attrs, Visibility::Private, kind))
        }
        syn::TraitItem::Type(it) => {
            let ty = it.default.as_ref().map(|(_, ty)| slice.ty(ty));
            let kind = ItemKind::TypeAlias { generics: slice.generics(&it.generics).into(), ty };
            Some(member_item(slice, it.span(), &it.ident, &it.attrs, Visibility::Private, kind))
        }
        _ => None,
    }
}

fn member_item(
    slice: &Slice<'_>,
    span: Span,
    ident: &Ident,
    attrs: &[syn::Attribute],
    visibility: Visibility,
    kind: ItemKind,
) -> Item {
    Item {
        name: name(ident),
        name_range: slice.range(ident.span()),
        range: slice.range(span),
        attrs: slice.attributes(attrs).into(),
        visibility,
        kind,
    }
}

fn parsed_function(
    slice: &Slice<'_>,
    attrs: &[syn::Attribute],
    sig: &syn::Signature,
    block: Option<&syn::Block>,
) -> Function {
    let body = block
        .map(|block| Box::new(body::function_body(slice, typed_params(sig).map(|typed| &*typed.pat), block)));
    let (name, range) = slice.named(&sig.ident);
    Function::lowered(name, range, slice.attributes(attrs).into(), signature_of(slice, sig), body)
}

fn signature_of(slice: &Slice<'_>, sig: &syn::Signature) -> Signature {
    Signature {
        generics: slice.generics(&sig.generics).into(),
        is_async: sig.asyncness.is_some(),
        receiver: sig.receiver().map(|receiver| self_type(slice, receiver)),
        params: typed_params(sig).map(|typed| slice.ty(&typed.ty)).collect(),
        output: slice.output(&sig.output),
    }
}

fn typed_params(sig: &syn::Signature) -> impl Iterator<Item = &syn::PatType> {
    sig.inputs.iter().filter_map(|input| match input {
        syn::FnArg::Typed(typed) => Some(typed),
        syn::FnArg::Receiver(_) => None,
    })
}

/// The type of a receiver: `Self`, `&Self`, or what is written.
fn self_type(slice: &Slice<'_>, receiver: &syn::Receiver) -> Type {
    let plain = Type::Path(Path::of_name(Name::from("Self"), slice.range(receiver.self_token.span)));
    match &receiver.kind {
        syn::ReceiverKind::Reference(..) => Type::Ref(Box::new(plain)),
        syn::ReceiverKind::Typed(_, ty) => slice.ty(ty),
        _ => plain,
    }
}

fn fields(slice: &Slice<'_>, fields: &syn::Fields) -> Vec<Field> {
    fields.iter().enumerate().map(|(index, it)| field(slice, index, it)).collect()
}

fn field(slice: &Slice<'_>, index: usize, field: &syn::Field) -> Field {
    let ty = slice.ty(&field.ty);
    let visibility = visibility(&field.vis);
    match &field.ident {
        Some(ident) => Field { name: name(ident), name_range: slice.range(ident.span()), ty, visibility },
        None => Field {
            name: Name::from(&index.to_string()),
            name_range: slice.range(field.ty.span()),
            ty,
            visibility,
        },
    }
}

fn value(slice: &Slice<'_>, ty: &syn::Type, initializer: Option<&syn::Expr>) -> ItemKind {
    let body = initializer.map(|value| Box::new(body::value_body(slice, value)));
    let body = body.filter(|body| !body.items.is_empty() || !body.suppressions.is_empty());
    ItemKind::Value { ty: slice.ty(ty), body }
}

fn imports(slice: &Slice<'_>, item: &syn::ItemUse) -> Vec<Import> {
    let mut imports = Vec::new();
    collect_imports(slice, item.leading_colon.is_some(), &mut Vec::new(), &item.tree, &mut imports);
    imports
}

/// The names of a tree of imports, behind the segments that lead to it.
fn collect_imports(
    slice: &Slice<'_>,
    global: bool,
    prefix: &mut Vec<Segment>,
    tree: &syn::UseTree,
    imports: &mut Vec<Import>,
) {
    let segment = |ident: &Ident| {
        let (name, range) = slice.named(ident);
        Segment { name, range, args: None }
    };
    let mut add = |prefix: &[Segment], leaf| add_import(global, prefix, leaf, imports);
    match tree {
        syn::UseTree::Path(it) => {
            prefix.push(segment(&it.ident));
            collect_imports(slice, global, prefix, &it.tree, imports);
            prefix.pop();
        }
        syn::UseTree::Name(it) => add(prefix, Leaf::Name(segment(&it.ident), None)),
        syn::UseTree::Rename(it) => add(prefix, Leaf::Name(segment(&it.ident), Some(name(&it.rename)))),
        syn::UseTree::Glob(_) => add(prefix, Leaf::Glob),
        syn::UseTree::Group(it) => {
            for tree in &it.items {
                collect_imports(slice, global, prefix, tree, imports);
            }
        }
    }
}

fn visibility(vis: &syn::Visibility) -> Visibility {
    match vis {
        syn::Visibility::Public(_) => Visibility::Public,
        syn::Visibility::Restricted(_) => Visibility::Restricted,
        syn::Visibility::Inherited => Visibility::Private,
    }
}

/// The head of an `impl` or trait.
struct ShellSyntax {
    item: syn::Item,
}

impl Parse for ShellSyntax {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        // `pub impl`, for the attribute macros that make a trait of it, is an `impl` to everybody but the parser.
        let ahead = input.fork();
        let mut attrs = ahead.call(syn::Attribute::parse_outer)?;
        let is_pub = ahead.peek(Token![pub]);
        ahead.parse::<syn::Visibility>()?;
        if is_pub
            && !ahead.peek(Token![trait])
            && let Ok(mut item) = ahead.parse::<syn::ItemImpl>()
        {
            input.advance_to(&ahead);
            attrs.append(&mut item.attrs);
            return Ok(Self { item: syn::Item::Impl(syn::ItemImpl { attrs, ..item }) });
        }
        Ok(Self { item: input.parse()? })
    }
}

/// A function wherever it stands: free, in an `impl`, in a trait, foreign.
struct FunctionSyntax {
    sig: syn::Signature,
    block: Option<syn::Block>,
}

impl Parse for FunctionSyntax {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        input.call(syn::Attribute::parse_outer)?;
        input.parse::<syn::Visibility>()?;
        skip_words(input, &["default", "safe"])?;
        let sig = input.parse()?;
        if input.peek(Token![;]) {
            input.parse::<Token![;]>()?;
            return Ok(Self { sig, block: None });
        }
        let content;
        let brace_token = syn::braced!(content in input);
        content.call(syn::Attribute::parse_inner)?;
        let stmts = content.call(syn::Block::parse_within)?;
        Ok(Self { sig, block: Some(syn::Block { brace_token, stmts }) })
    }
}

/// A `const` or `static` wherever it stands, with and without a value; also `static ref` of `lazy_static!`.
struct ValueSyntax {
    attrs: Vec<syn::Attribute>,
    vis: syn::Visibility,
    ident: Ident,
    ty: syn::Type,
    value: Option<syn::Expr>,
    span: Span,
}

impl Parse for ValueSyntax {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        let start = input.span();
        let attrs = input.call(syn::Attribute::parse_outer)?;
        let vis = input.parse()?;
        skip_words(input, &["default", "safe", "unsafe"])?;
        if input.parse::<Option<Token![static]>>()?.is_none() {
            input.parse::<Token![const]>()?;
        }
        skip_words(input, &["mut", "ref"])?;
        let ident = input.call(Ident::parse_any)?;
        input.parse::<syn::Generics>()?;
        input.parse::<Token![:]>()?;
        let ty: syn::Type = input.parse()?;
        let mut end = ty.span();
        let value: Option<syn::Expr> = match input.parse::<Option<Token![=]>>()? {
            Some(_) => Some(input.parse()?),
            None => None,
        };
        // The last of `thread_local!` may do without.
        if let Some(semicolon) = input.parse::<Option<Token![;]>>()? {
            end = semicolon.span;
        } else if let Some(value) = &value {
            end = value.span();
        }
        Ok(Self { attrs, vis, ident, ty, value, span: start.join(end).unwrap_or(start) })
    }
}

fn value_items(input: ParseStream) -> syn::Result<Vec<ValueSyntax>> {
    let mut items = Vec::new();
    while !input.is_empty() {
        items.push(input.parse()?);
    }
    Ok(items)
}

fn value_item(slice: &Slice<'_>, syntax: &ValueSyntax) -> Item {
    let kind = value(slice, &syntax.ty, syntax.value.as_ref());
    member_item(slice, syntax.span, &syntax.ident, &syntax.attrs, visibility(&syntax.vis), kind)
}

/// A `type` wherever it stands: with bounds, with a type, with both.
struct AliasSyntax {
    attrs: Vec<syn::Attribute>,
    vis: syn::Visibility,
    ident: Ident,
    generics: syn::Generics,
    ty: Option<syn::Type>,
    span: Span,
}

impl Parse for AliasSyntax {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        let start = input.span();
        let attrs = input.call(syn::Attribute::parse_outer)?;
        let vis = input.parse()?;
        skip_words(input, &["default"])?;
        input.parse::<Token![type]>()?;
        let ident = input.parse()?;
        let mut generics: syn::Generics = input.parse()?;
        if input.parse::<Option<Token![:]>>()?.is_some() {
            while !(input.peek(Token![=]) || input.peek(Token![;]) || input.peek(Token![where])) {
                input.parse::<syn::TypeParamBound>()?;
                input.parse::<Option<Token![+]>>()?;
            }
        }
        generics.where_clause = input.parse()?;
        let ty = match input.parse::<Option<Token![=]>>()? {
            Some(_) => Some(input.parse()?),
            None => None,
        };
        if generics.where_clause.is_none() {
            generics.where_clause = input.parse()?;
        }
        let end = input.parse::<Token![;]>()?.span;
        Ok(Self { attrs, vis, ident, generics, ty, span: start.join(end).unwrap_or(start) })
    }
}

fn alias_item(slice: &Slice<'_>, syntax: &AliasSyntax) -> Item {
    let ty = syntax.ty.as_ref().map(|ty| slice.ty(ty));
    let kind = ItemKind::TypeAlias { generics: slice.generics(&syntax.generics).into(), ty };
    member_item(slice, syntax.span, &syntax.ident, &syntax.attrs, visibility(&syntax.vis), kind)
}

/// The attributes of something.
struct HeadSyntax {
    attrs: Vec<syn::Attribute>,
}

impl Parse for HeadSyntax {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        let attrs = input.call(syn::Attribute::parse_outer)?;
        input.parse::<TokenStream>()?;
        Ok(Self { attrs })
    }
}

/// The inner attributes at the start of something.
struct InnerSyntax {
    attrs: Vec<syn::Attribute>,
}

impl Parse for InnerSyntax {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        let attrs = input.call(syn::Attribute::parse_inner)?;
        input.parse::<TokenStream>()?;
        Ok(Self { attrs })
    }
}

struct ModuleSyntax {
    attrs: Vec<syn::Attribute>,
    vis: syn::Visibility,
    ident: Ident,
}

impl Parse for ModuleSyntax {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        let attrs = input.call(syn::Attribute::parse_outer)?;
        let vis = input.parse()?;
        skip_words(input, &["unsafe"])?;
        input.parse::<Token![mod]>()?;
        let ident = input.call(Ident::parse_any)?;
        input.parse::<TokenStream>()?;
        Ok(Self { attrs, vis, ident })
    }
}

/// A macro between items: `path! { .. }`, `macro_rules! name { .. }`.
struct MacroSyntax {
    attrs: Vec<syn::Attribute>,
    path: syn::Path,
    /// What `macro_rules!` defines.
    ident: Option<Ident>,
    span: Span,
}

impl Parse for MacroSyntax {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        let start = input.span();
        let attrs = input.call(syn::Attribute::parse_outer)?;
        let path = input.call(syn::Path::parse_mod_style)?;
        input.parse::<Token![!]>()?;
        let ident = if input.peek(token::Brace) || input.peek(token::Paren) || input.peek(token::Bracket) {
            None
        } else {
            Some(input.call(Ident::parse_any)?)
        };
        let rest: TokenStream = input.parse()?;
        Ok(Self { attrs, path, ident, span: start.join(rest.span()).unwrap_or(start) })
    }
}

fn macro_item(slice: &Slice<'_>, syntax: &MacroSyntax) -> Item {
    let start = slice.code_range().start;
    let unnamed = TextRange { start, end: start };
    Item {
        name: syntax.ident.as_ref().map_or_else(|| Name::from(""), name),
        name_range: syntax.ident.as_ref().map_or(unnamed, |ident| slice.range(ident.span())),
        range: slice.range(syntax.span),
        attrs: slice.attributes(&syntax.attrs).into(),
        visibility: Visibility::Private,
        kind: ItemKind::Macro { path: slice.path(None, &syntax.path) },
    }
}

/// Steps over words that change nothing here.
fn skip_words(input: ParseStream, words: &[&str]) -> syn::Result<()> {
    loop {
        let word = input.fork().call(Ident::parse_any);
        // `default` may be a name; `default fn` is the word.
        let is_word = word.is_ok_and(|word| words.iter().any(|known| word == known));
        if !is_word || input.peek2(Token![:]) || input.peek2(Token![!]) {
            return Ok(());
        }
        input.call(Ident::parse_any)?;
    }
}
