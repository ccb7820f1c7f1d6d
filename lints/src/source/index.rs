//! The lexical index of a file: its items, found without parsing.
//!
//! A parser loses a whole file to one odd token and costs fifteen times as much as a look at the bytes. So the items of a
//! file are found by a scan that knows strings, characters, comments and brackets, and the parser is given slices:
//! a function, a signature, a `use`. What is broken in one function stays in that function.

use std::ops::Range;
use std::sync::LazyLock;

use memchr::{memchr, memmem};

use crate::source::TextRange;
use crate::source::words::{Word, WordCollector};

/// What a scan of a file found.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Index {
    pub items: Vec<IndexedItem>,
    /// Comments that hold the word `taskguard:`, delimiters included.
    pub directives: Vec<TextRange>,
    /// All comments, in order of place.
    pub comments: Vec<TextRange>,
    /// The `#![..]` attributes at the top, as one range; empty where there are none.
    pub inner_attrs: TextRange,
    /// The words of all functions, if they are known: see [`IndexedItem::words`].
    pub words: Option<Vec<Word>>,
    /// Places that could not be understood: an unclosed string or bracket, tokens that begin no item.
    pub problems: Vec<IndexProblem>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexProblem {
    pub range: TextRange,
    pub message: &'static str,
}

#[derive(Debug, PartialEq, Eq)]
pub struct IndexedItem {
    pub kind: IndexedKind,
    /// From the first outer attribute (doc comments count) to the last byte of the item.
    pub range: TextRange,
    /// Between `{` and `}`, without them. None where the item ends with `;`.
    pub body: Option<TextRange>,
    /// The items inside a module, `impl`, `trait`, `extern` block or macro, and those that the body of a function declares.
    pub children: Vec<IndexedItem>,
    /// Of a function: items may be in its body that only the parser can find. It then has no children.
    pub hides_items: bool,
    /// How deep a recursive parser would go on this item, children apart: see [`MAX_NESTING`].
    pub nesting: u32,
    /// Of a function: where in [`Index::words`] the words of its attributes, signature and body are.
    pub words: Range<u32>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IndexedKind {
    Function,
    Struct,
    Enum,
    Union,
    Impl,
    Trait,
    Module,
    Use,
    TypeAlias,
    Const,
    Static,
    ExternCrate,
    ForeignModule,
    /// `name! { .. }` between items; its children are there if the content reads as items (`cfg_if!` and its like).
    Macro,
    /// `macro_rules! name { .. }`.
    MacroRules,
}

/// Deeper items are not given to the parser, which would overflow its stack: brackets, and the operators, `else`s and calls
/// in a chain on the way into them, each count one. Code written by hand stays below 100.
pub const MAX_NESTING: u32 = 1_000;

/// Indexes a text. Always ends, never fails.
pub fn index(text: &str) -> Index {
    // Where brackets match, they alone say where an item ends. Where they do not, something is being typed or merged, and
    // the scan starts again and lets indentation have a say, so that one lost brace does not cost the items after it.
    Scan::new(text, Trust::Brackets)
        .file()
        .or_else(|_| Scan::new(text, Trust::Indentation).file())
        .unwrap_or_default()
}

/// Where the code starts at or behind a place: past space, comments and attributes.
pub fn code_start(text: &str, place: u32) -> u32 {
    let mut scan = Scan::new(text, Trust::Brackets);
    scan.at = place as usize;
    loop {
        let token = scan.token();
        if token.kind != Kind::Punct(b'#') {
            return token.start as u32;
        }
        if scan.peek().kind == Kind::Punct(b'!') {
            scan.token();
        }
        if scan.token().kind != Kind::Open(b'[') || scan.group(b'[').is_err() {
            return token.start as u32;
        }
    }
}

/// The tokens from a place on, each with its place: what remains of a text when space and comments are left out.
pub fn tokens(text: &str, from: u32) -> impl Iterator<Item = TextRange> {
    let mut scan = Scan::new(text, Trust::Brackets);
    scan.at = from as usize;
    std::iter::from_fn(move || {
        let token = scan.token();
        (token.kind != Kind::End).then(|| TextRange::new(token.start, token.end))
    })
}

/// What the head of a function tells without being parsed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FunctionHead {
    /// Where its attributes end and its code starts.
    pub code: u32,
    /// Empty where there is none.
    pub name: TextRange,
    pub visibility: Visibility,
}

/// Who may name something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Visibility {
    /// The module that it is in, and those inside of that, where nothing is written.
    Private,
    /// `pub(crate)`, `pub(super)`, `pub(in a::b)`.
    Restricted,
    Public,
}

/// Reads the head of a function, which begins at a place.
pub fn function_head(text: &str, range: TextRange) -> FunctionHead {
    let code = code_start(text, range.start);
    let mut scan = Scan::new(text, Trust::Brackets);
    scan.at = code as usize;
    let mut token = scan.token();
    let visibility = match scan.is_word(token, "pub") {
        true if scan.peek().kind == Kind::Open(b'(') => Visibility::Restricted,
        true => Visibility::Public,
        false => Visibility::Private,
    };
    while token.kind != Kind::End && token.start < range.end as usize && !scan.is_word(token, "fn") {
        token = scan.token();
    }
    let name = scan.token();
    let raw = if scan.word(name).starts_with("r#") { 2 } else { 0 };
    let name = match name.kind {
        Kind::Word if name.end <= range.end as usize => TextRange::new(name.start + raw, name.end),
        _ => TextRange { start: range.start, end: range.start },
    };
    FunctionHead { code, name, visibility }
}

/// The words that items begin with, macros apart.
pub const ITEM_WORDS: [&str; 12] =
    ["fn", "struct", "enum", "union", "trait", "impl", "mod", "use", "type", "const", "static", "extern"];

/// The same, as functions have them, and a bit for each of 64 slots that has one: most words are told apart by that.
static WORDS_OF_ITEMS: LazyLock<([Word; 12], u64)> = LazyLock::new(|| {
    let words = ITEM_WORDS.map(Word::of);
    (words, words.iter().fold(0, |slots, word| slots | 1 << word.slot(6)))
});

fn is_word_of_items(word: Word) -> bool {
    let (words, slots) = &*WORDS_OF_ITEMS;
    slots >> word.slot(6) & 1 == 1 && words.contains(&word)
}

/// What makes a comment worth looking at.
const MARK: &str = "taskguard:";

/// Modules in modules, and the like, are followed so deep; real code stays below ten.
const MAX_DEPTH: u32 = 128;

/// Macros in macros are read as items so deep. Each level may be read twice: as items, and then as mere tokens.
const MAX_MACRO_DEPTH: u32 = 4;

/// A file with more problems is no Rust.
const MAX_PROBLEMS: usize = 1_000;

/// So many open brackets are remembered by kind; of those inside only the number is kept.
const MAX_OPEN: usize = 1 << 16;

/// Items behind so many bytes on their line count as not indented: no person indented them.
const LONGEST_LINE: usize = 200;

const NOT_AN_ITEM: &str = "expected an item";
const UNMATCHED: &str = "the brackets or quotes in this item do not match";
const UNCLOSED: &str = "this is opened and not closed";
const STRAY_CLOSING: &str = "this bracket closes nothing";
const UNCLOSED_COMMENT: &str = "this comment is not closed";
const TOO_DEEP: &str = "modules are nested too deeply to be read";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Trust {
    Brackets,
    /// As `Brackets`, but an open bracket ends at a line that begins an item and is indented no more than the item around it.
    Indentation,
}

/// Why an item could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lost {
    /// Its brackets or strings do not match. The scan stands where reading may go on.
    Brackets,
    /// There is no item here.
    NotAnItem,
}

type Found<T> = Result<T, Lost>;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// An identifier or keyword.
    Word,
    Number,
    /// A string.
    Text,
    /// A character or a lifetime.
    Tick,
    Open(u8),
    Close(u8),
    Punct(u8),
    /// A line that the item around it cannot hold: see `Trust::Indentation`.
    Cut,
    End,
}

#[derive(Clone, Copy, Debug)]
struct Token {
    kind: Kind,
    start: usize,
    end: usize,
}

/// How deep a recursive parser would be: see `IndexedItem::nesting`.
#[derive(Clone, Copy, Debug, Default)]
struct Weight {
    now: u32,
    /// What a `,` takes `now` back to: `floor`, and one for each open `<`.
    base: u32,
    /// What a `;` takes `now` back to.
    floor: u32,
    deepest: u32,
    /// The closing bracket just passed, or 0.
    closed: u8,
}

impl Weight {
    #[inline(always)]
    fn add(&mut self) {
        self.now += 1;
        self.deepest = self.deepest.max(self.now);
    }

    fn reset(&mut self) {
        self.base = self.floor;
        self.now = self.floor;
    }

    fn open(&mut self, bracket: u8) -> Open {
        let Weight { now, base, floor, .. } = *self;
        self.add();
        self.floor = self.now;
        self.base = self.now;
        Open { bracket, now, base, floor }
    }

    fn close(&mut self, open: Open, closed: u8) {
        *self = Self { now: open.now, base: open.base, floor: open.floor, deepest: self.deepest, closed };
    }

    #[inline(always)]
    fn weigh(&mut self, bytes: &[u8], token: Token) {
        if self.closed != 0 {
            self.weigh_after_closing(bytes, token);
        }
        match token.kind {
            Kind::Word => {
                if is_heavy(&bytes[token.start..token.end]) {
                    self.add();
                }
            }
            Kind::Punct(byte) => match byte {
                b';' => self.reset(),
                b',' => self.now = self.base,
                b'=' if bytes.get(token.end) == Some(&b'>') => self.reset(),
                // The `=` of `==`, `<=`, `+=` has been counted.
                b'=' if token.start > 0 && b"=!<+-*/%^&|".contains(&bytes[token.start - 1]) => {}
                // What is inside `<` and `>` is deeper, also behind a `,`.
                b'<' => {
                    self.add();
                    self.base += 1;
                }
                b'>' if self.base > self.floor && !is_arrow(bytes, token) => self.base -= 1,
                b'-' | b'!' | b'*' | b'&' | b'|' | b'=' | b'+' | b'/' | b'%' | b'^' | b'.' | b'?' => {
                    self.add();
                }
                _ => {}
            },
            Kind::Number
            | Kind::Text
            | Kind::Tick
            | Kind::Open(_)
            | Kind::Close(_)
            | Kind::Cut
            | Kind::End => {}
        }
    }

    fn weigh_after_closing(&mut self, bytes: &[u8], token: Token) {
        let closed = std::mem::take(&mut self.closed);
        if closed == b'}' {
            if !continues_block(bytes, token) {
                self.reset();
            }
        } else if matches!(token.kind, Kind::Open(b'(' | b'[')) {
            // `f()()()`, `a[0][0][0]`.
            self.add();
        }
    }
}

/// An open bracket, and what it interrupted.
#[derive(Clone, Copy, Debug)]
struct Open {
    bracket: u8,
    now: u32,
    base: u32,
    floor: u32,
}

/// Where the head of an item ends.
enum Head {
    /// At a `{`, which has just been passed.
    Brace,
    /// At a `{`, which with its content has been passed before that could be told.
    Body(TextRange),
    /// At a `;`, which has just been passed.
    Semicolon,
}

/// The items between two braces.
struct Content {
    items: Vec<IndexedItem>,
    body: TextRange,
    closed: bool,
}

struct Scan<'t> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    trust: Trust,
    /// Whether `taskguard:` occurs at all.
    may_have_directives: bool,
    directives: Vec<TextRange>,
    comments: Vec<TextRange>,
    problems: Vec<IndexProblem>,
    /// The first doc comment since this was last cleared.
    doc: Option<usize>,
    weight: Weight,
    open: Vec<Open>,
    /// How far the item being read is indented.
    indentation: usize,
    /// Whether a line that cannot be inside this item ends what is open.
    cuts: bool,
    /// The first string or comment that goes on to the end of the text.
    unclosed: Option<(usize, &'static str)>,
    words: WordCollector,
    /// Brackets were closed that were not open, or the other way round.
    mismatched: bool,
    depth: u32,
    macro_depth: u32,
}

impl<'t> Scan<'t> {
    fn new(text: &'t str, trust: Trust) -> Self {
        Self {
            text,
            bytes: text.as_bytes(),
            at: 0,
            trust,
            may_have_directives: false,
            directives: Vec::new(),
            comments: Vec::new(),
            problems: Vec::new(),
            doc: None,
            weight: Weight::default(),
            open: Vec::new(),
            indentation: 0,
            cuts: false,
            unclosed: None,
            words: WordCollector::default(),
            mismatched: false,
            depth: 0,
            macro_depth: 0,
        }
    }

    fn file(mut self) -> Found<Index> {
        self.may_have_directives = memmem::find(self.bytes, MARK.as_bytes()).is_some();
        self.at = preamble(self.text);
        let inner_attrs = self.inner_attributes()?;
        let mut items = Vec::new();
        while !self.items(None, &mut items)? {
            // Only a `}` that closes nothing ends the items of a file before the file does.
            self.lost_brackets()?;
            self.problem(self.at - 1, self.at, STRAY_CLOSING);
        }
        if let Some((start, message)) = self.unclosed {
            self.lost_brackets()?;
            self.problem(start, self.bytes.len(), message);
        }
        let Scan { directives, comments, problems, words, .. } = self;
        Ok(Index { items, directives, comments, inner_attrs, words: Some(words.words), problems })
    }

    /// Where brackets alone are trusted, the scan ends at the first that does not match.
    fn lost_brackets(&self) -> Found<()> {
        if self.trust == Trust::Brackets { Err(Lost::Brackets) } else { Ok(()) }
    }

    /// The `#![..]` attributes of a file.
    fn inner_attributes(&mut self) -> Found<TextRange> {
        let mut range: Option<TextRange> = None;
        loop {
            let before = self.at;
            let token = self.token();
            if token.kind != Kind::Punct(b'#') || !self.inner_attribute(token)? {
                self.at = before;
                return Ok(range.unwrap_or_default());
            }
            let this = TextRange::new(token.start, self.at);
            range = Some(range.map_or(this, |range| range.cover(this)));
        }
    }

    /// Passes the `![..]` of an inner attribute. Gives false, and passes nothing, if something else is there.
    fn inner_attribute(&mut self, hash: Token) -> Found<bool> {
        if self.token().kind != Kind::Punct(b'!') || self.token().kind != Kind::Open(b'[') {
            self.at = hash.end;
            return Ok(false);
        }
        if self.group(b'[').is_err() {
            self.lost_brackets()?;
            self.problem(hash.start, self.at, UNMATCHED);
        }
        Ok(true)
    }
}

/// Items.
impl<'t> Scan<'t> {
    /// Reads items up to the end of the text (true) or past a `}` (false). `around` is the indentation of the item that
    /// holds them, if one does; a line that cannot be inside it also ends them (true).
    fn items(&mut self, around: Option<usize>, items: &mut Vec<IndexedItem>) -> Found<bool> {
        // Whether the content is indented at all, so that indentation says something.
        let mut indented = None;
        loop {
            self.doc = None;
            self.mismatched = false;
            let before = self.at;
            let token = self.token();
            let start = self.doc.unwrap_or(token.start);
            match token.kind {
                Kind::End => return Ok(true),
                Kind::Punct(b';') => continue,
                Kind::Cut => {
                    self.problem(token.start, self.at, UNCLOSED);
                    continue;
                }
                Kind::Punct(b'#') if self.inner_attribute(token)? => continue,
                Kind::Close(b'}') => {
                    let closes_something_inside = self.trust == Trust::Indentation
                        && indented == Some(true)
                        && self.is_first_on_line(token.start)
                        && around.is_some_and(|around| self.indentation_at(token.start) > around);
                    if !closes_something_inside {
                        return Ok(false);
                    }
                    self.problem(token.start, self.at, STRAY_CLOSING);
                    continue;
                }
                _ => {}
            }
            if let Some(around) = around
                && self.trust == Trust::Indentation
                && self.is_first_on_line(start)
            {
                let is_indented = self.indentation_at(start) > around;
                if *indented.get_or_insert(is_indented) && !is_indented && begins_item(&self.bytes[start..]) {
                    self.at = before;
                    return Ok(true);
                }
            }
            match self.whole_item(token, start) {
                Ok(item) => items.push(item),
                Err(Lost::NotAnItem) if self.macro_depth > 0 => return Err(Lost::NotAnItem),
                Err(Lost::Brackets) => {
                    self.lost_brackets()?;
                    self.problem(start, self.at, UNMATCHED);
                }
                Err(Lost::NotAnItem) => {
                    self.resynchronise(token, around.is_some())?;
                    self.problem(start, self.at, NOT_AN_ITEM);
                }
            }
        }
    }

    /// Reads one item and weighs it.
    fn whole_item(&mut self, first: Token, start: usize) -> Found<IndexedItem> {
        let outer = (self.weight, self.indentation);
        (self.weight, self.indentation) = (Weight::default(), self.indentation_at(start));
        let first_word = self.words.start();
        let item = self.item(first, start);
        let nesting = self.weight.deepest;
        (self.weight, self.indentation) = outer;
        match item? {
            _ if self.mismatched => Err(Lost::Brackets),
            item if item.kind == IndexedKind::Function => {
                let words = first_word..self.words.words.len() as u32;
                Ok(self.with_declared(IndexedItem { nesting, words, ..item }))
            }
            item => {
                // Nobody asks for the words of other items, but those of the functions inside stay.
                if item.children.is_empty() {
                    self.words.words.truncate(first_word as usize);
                }
                Ok(IndexedItem { nesting, ..item })
            }
        }
    }

    /// Reads one item, `first` being its first token.
    fn item(&mut self, first: Token, start: usize) -> Found<IndexedItem> {
        let mut token = self.attributes(first)?;
        if self.is_word(token, "pub") {
            token = self.next();
            if token.kind == Kind::Open(b'(') {
                self.group(b'(')?;
                token = self.next();
            }
        }
        loop {
            if token.kind != Kind::Word {
                return self.item_macro(token, None, start);
            }
            let word = self.word(token);
            let before_next = self.at;
            let next = self.next();
            let next_is_word = next.kind == Kind::Word;
            token = match word {
                "fn" => return self.with_head(IndexedKind::Function, next, "<(", start),
                "struct" => return self.with_head(IndexedKind::Struct, next, "<{(;w", start),
                "enum" => return self.with_head(IndexedKind::Enum, next, "<{w", start),
                "union" if next_is_word => {
                    return self.with_head(IndexedKind::Union, next, "<{w", start);
                }
                "trait" => return self.with_head(IndexedKind::Trait, next, "<{:=w", start),
                "mod" => return self.with_head(IndexedKind::Module, next, "{;", start),
                "macro" if next_is_word => {
                    return self.with_head(IndexedKind::MacroRules, next, "{(", start);
                }
                "impl" => {
                    self.at = before_next;
                    return self.after_head(IndexedKind::Impl, start);
                }
                "use" => return self.statement(IndexedKind::Use, next, start),
                "type" if next_is_word => {
                    self.expect("<=:;w")?;
                    return self.statement(IndexedKind::TypeAlias, next, start);
                }
                "static" if next_is_word => {
                    let is_mut = self.is_word(next, "mut");
                    let name = if is_mut { self.next() } else { next };
                    return self.constant(IndexedKind::Static, name, start);
                }
                "const" if next_is_word => match self.word(next) {
                    "fn" | "async" | "unsafe" | "extern" | "gen" | "trait" | "impl" | "auto" => next,
                    _ => return self.constant(IndexedKind::Const, next, start),
                },
                "extern" => {
                    let after_abi = if next.kind == Kind::Text { self.next() } else { next };
                    if after_abi.kind == Kind::Open(b'{') {
                        return self.container(IndexedKind::ForeignModule, start);
                    }
                    if self.is_word(after_abi, "crate") {
                        return self.statement(IndexedKind::ExternCrate, after_abi, start);
                    }
                    after_abi
                }
                "async" | "unsafe" if next_is_word => next,
                // Words that are keywords only before certain others, and `crate` as an old visibility.
                "default" | "safe" | "auto" | "gen" | "crate" if next_is_word => next,
                "macro_rules" if next.kind == Kind::Punct(b'!') => {
                    let name = self.next();
                    if name.kind != Kind::Word {
                        return self.give_up_at(name.start);
                    }
                    let open = self.next();
                    return self.macro_group(IndexedKind::MacroRules, open, start);
                }
                _ => {
                    self.at = before_next;
                    return self.item_macro(token, Some(word), start);
                }
            };
        }
    }

    /// Passes outer attributes and gives the token after them.
    fn attributes(&mut self, first: Token) -> Found<Token> {
        let mut token = first;
        self.weight.weigh(self.bytes, token);
        while token.kind == Kind::Punct(b'#') {
            let open = self.next();
            if open.kind != Kind::Open(b'[') {
                return self.give_up_at(open.start);
            }
            self.group(b'[')?;
            token = self.next();
        }
        Ok(token)
    }

    /// An item that has a name, then one of `expected` (`w` stands for `where`), then a head, then perhaps a body.
    fn with_head(
        &mut self,
        kind: IndexedKind,
        name: Token,
        expected: &str,
        start: usize,
    ) -> Found<IndexedItem> {
        if name.kind != Kind::Word {
            return self.give_up_at(name.start);
        }
        self.expect(expected)?;
        self.after_head(kind, start)
    }

    /// Looks whether the next token is one of `expected`; `w` stands for the word `where`.
    fn expect(&mut self, expected: &str) -> Found<()> {
        let before = self.at;
        let token = self.token();
        let is_expected = match token.kind {
            Kind::Word => expected.contains('w') && self.word(token) == "where",
            Kind::Open(byte) | Kind::Punct(byte) => expected.as_bytes().contains(&byte),
            _ => false,
        };
        self.at = before;
        if is_expected { Ok(()) } else { Err(Lost::NotAnItem) }
    }

    /// The rest of an item from somewhere in its head.
    fn after_head(&mut self, kind: IndexedKind, start: usize) -> Found<IndexedItem> {
        match self.head()? {
            Head::Semicolon => Ok(self.finished(kind, start, None)),
            Head::Body(body) => Ok(self.finished(kind, start, Some(body))),
            Head::Brace => match kind {
                IndexedKind::Module | IndexedKind::Impl | IndexedKind::Trait => self.container(kind, start),
                _ => {
                    let body = self.group(b'{')?;
                    Ok(self.finished(kind, start, Some(body)))
                }
            },
        }
    }

    /// Passes a head: generics, parameters, types, `where` clauses. A `{` inside `<` and `>` is a constant and part of it.
    fn head(&mut self) -> Found<Head> {
        let mut angles = 0u32;
        // Words that may begin the next item, when this one was left unfinished.
        let mut qualifiers = None;
        loop {
            let before = self.at;
            let token = self.next();
            match token.kind {
                Kind::Punct(b'<') => angles += 1,
                Kind::Punct(b'>') if !self.is_arrow(token) => angles = angles.saturating_sub(1),
                Kind::Punct(b';') => return Ok(Head::Semicolon),
                Kind::Open(b'{') if angles == 0 => return Ok(Head::Brace),
                Kind::Open(b'{') => {
                    let body = self.group(b'{')?;
                    if !matches!(self.peek().kind, Kind::Punct(b'>' | b',')) {
                        return Ok(Head::Body(body));
                    }
                }
                Kind::Open(bracket) => {
                    self.group(bracket)?;
                }
                Kind::Punct(b'#') if angles == 0 => return self.give_up_at(before),
                Kind::Close(_) => return self.give_up_at(before),
                Kind::Cut => return Err(Lost::Brackets),
                Kind::End => return Err(Lost::NotAnItem),
                Kind::Word => match self.word(token) {
                    "pub" | "struct" | "enum" | "mod" | "trait" | "type" | "let" => {
                        return self.give_up_at(qualifiers.unwrap_or(before));
                    }
                    "fn" if self.peek().kind == Kind::Word => {
                        return self.give_up_at(qualifiers.unwrap_or(before));
                    }
                    "async" | "unsafe" | "const" | "extern" | "default" => {
                        qualifiers = qualifiers.or(Some(before));
                        continue;
                    }
                    _ => {}
                },
                Kind::Text => continue,
                _ => {}
            }
            qualifiers = None;
        }
    }

    /// The item is not one; reading may go on at `at`.
    fn give_up_at<T>(&mut self, at: usize) -> Found<T> {
        self.at = at;
        Err(Lost::NotAnItem)
    }

    fn constant(&mut self, kind: IndexedKind, name: Token, start: usize) -> Found<IndexedItem> {
        if name.kind != Kind::Word {
            return self.give_up_at(name.start);
        }
        self.expect(":<")?;
        self.statement(kind, name, start)
    }

    /// An item that ends with `;`, from the token after its keyword.
    fn statement(&mut self, kind: IndexedKind, first: Token, start: usize) -> Found<IndexedItem> {
        let mut token = first;
        let mut before = first.start;
        loop {
            match token.kind {
                Kind::Punct(b';') => return Ok(self.finished(kind, start, None)),
                Kind::Open(bracket) => {
                    self.group(bracket)?;
                }
                Kind::Close(_) => return self.give_up_at(before),
                Kind::Cut => return Err(Lost::Brackets),
                Kind::End => return Err(Lost::NotAnItem),
                // The `;` may be missing. A type, though, may have `impl`, `unsafe` and `extern` at the start of a line.
                Kind::Word | Kind::Punct(b'#')
                    if kind != IndexedKind::TypeAlias
                        && before > first.start
                        && self.begins_item_at(token) =>
                {
                    return self.give_up_at(before);
                }
                _ => {}
            }
            before = self.at;
            token = self.next();
        }
    }

    /// `path! { .. }`, `path! name (..);`, from its first token, whose word is given if it is one.
    fn item_macro(&mut self, first: Token, word: Option<&str>, start: usize) -> Found<IndexedItem> {
        let mut name = word;
        let mut token = if word.is_some() { self.next() } else { first };
        while token.kind == Kind::Punct(b':') {
            token = self.next();
            if token.kind == Kind::Word {
                name = Some(self.word(token));
                token = self.next();
            }
        }
        let Some(name) = name.filter(|_| token.kind == Kind::Punct(b'!')) else {
            return self.give_up_at(token.start);
        };
        let mut open = self.next();
        if open.kind == Kind::Word {
            open = self.next();
        }
        if open.kind == Kind::Open(b'{')
            && let Some(content) = self.macro_items(name)?
        {
            let item = self.finished(IndexedKind::Macro, start, Some(content.body));
            return Ok(IndexedItem { children: content.items, ..item });
        }
        self.macro_group(IndexedKind::Macro, open, start)
    }

    /// The rest of an item macro from its bracket, which has just been passed.
    fn macro_group(&mut self, kind: IndexedKind, open: Token, start: usize) -> Found<IndexedItem> {
        let Kind::Open(bracket) = open.kind else { return self.give_up_at(open.start) };
        let content = self.group(bracket)?;
        if bracket == b'{' {
            return Ok(self.finished(kind, start, Some(content)));
        }
        if self.peek().kind == Kind::Punct(b';') {
            self.next();
        }
        Ok(self.finished(kind, start, None))
    }

    /// The content of an item macro, if it reads as items; the scan then stands after the `}`. Else nothing is passed.
    fn macro_items(&mut self, name: &str) -> Found<Option<Content>> {
        if self.macro_depth == MAX_MACRO_DEPTH || self.depth == MAX_DEPTH {
            return Ok(None);
        }
        let (at, problems, mismatched) = (self.at, self.problems.len(), self.mismatched);
        self.macro_depth += 1;
        self.depth += 1;
        let content = self.macro_content(name);
        self.macro_depth -= 1;
        self.depth -= 1;
        self.mismatched = mismatched;
        match content {
            Ok(content) if content.closed => Ok(Some(content)),
            Err(Lost::Brackets) if self.trust == Trust::Brackets => Err(Lost::Brackets),
            _ => {
                self.at = at;
                self.problems.truncate(problems);
                Ok(None)
            }
        }
    }

    fn macro_content(&mut self, name: &str) -> Found<Content> {
        let first = self.peek();
        if self.is_word(first, "if") {
            self.branches()
        } else if name == "cfg_select" {
            self.selected_branches()
        } else {
            self.content()
        }
    }

    /// `if #[cfg(..)] { items } else if #[cfg(..)] { items } else { items } }`.
    fn branches(&mut self) -> Found<Content> {
        let start = self.at;
        let mut items = Vec::new();
        loop {
            let mut token = self.token();
            if token.kind == Kind::Close(b'}') {
                return Ok(Content { items, body: TextRange::new(start, token.start), closed: true });
            }
            if self.is_word(token, "else") {
                token = self.token();
            }
            if self.is_word(token, "if") {
                if self.token().kind != Kind::Punct(b'#') || self.token().kind != Kind::Open(b'[') {
                    return Err(Lost::NotAnItem);
                }
                self.group(b'[')?;
                token = self.token();
            }
            self.branch(token, &mut items)?;
        }
    }

    /// `unix => { items } _ => { items } }`.
    fn selected_branches(&mut self) -> Found<Content> {
        let start = self.at;
        let mut items = Vec::new();
        loop {
            let token = self.token();
            match token.kind {
                Kind::Close(b'}') => {
                    return Ok(Content { items, body: TextRange::new(start, token.start), closed: true });
                }
                Kind::Punct(b'=') if self.peek().kind == Kind::Punct(b'>') => {
                    self.token();
                    let open = self.token();
                    self.branch(open, &mut items)?;
                }
                Kind::Word | Kind::Punct(b',') => {}
                Kind::Open(b'(') => {
                    self.group(b'(')?;
                }
                _ => return Err(Lost::NotAnItem),
            }
        }
    }

    fn branch(&mut self, open: Token, items: &mut Vec<IndexedItem>) -> Found<()> {
        if open.kind != Kind::Open(b'{') {
            return Err(Lost::NotAnItem);
        }
        let outer = self.indentation;
        self.indentation = self.indentation_at(open.start);
        let content = self.content();
        self.indentation = outer;
        let content = content?;
        items.extend(content.items);
        if content.closed { Ok(()) } else { Err(Lost::Brackets) }
    }

    /// A module, `impl`, `trait` or `extern` block from its `{`, which has just been passed.
    fn container(&mut self, kind: IndexedKind, start: usize) -> Found<IndexedItem> {
        let open = self.at - 1;
        if self.depth == MAX_DEPTH {
            let body = self.group(b'{')?;
            self.problem(start, self.at, TOO_DEEP);
            return Ok(self.finished(kind, start, Some(body)));
        }
        self.depth += 1;
        let content = self.content();
        self.depth -= 1;
        let content = content?;
        self.mismatched = false;
        if !content.closed {
            self.problem(open, open + 1, UNCLOSED);
        }
        let item = self.finished(kind, start, Some(content.body));
        Ok(IndexedItem { children: content.items, ..item })
    }

    /// The items up to the `}` of the item around them.
    fn content(&mut self) -> Found<Content> {
        let start = self.at;
        let mut items = Vec::new();
        let unclosed = self.items(Some(self.indentation), &mut items)?;
        if unclosed && self.trust == Trust::Brackets {
            return Err(Lost::Brackets);
        }
        let end = if unclosed { self.at } else { self.at - 1 };
        Ok(Content { items, body: TextRange::new(start, end), closed: !unclosed })
    }

    /// An item that ends where the scan stands.
    fn finished(&self, kind: IndexedKind, start: usize, body: Option<TextRange>) -> IndexedItem {
        let range = TextRange::new(start, self.at);
        IndexedItem { kind, range, body, children: Vec::new(), hides_items: false, nesting: 0, words: 0..0 }
    }

    /// Goes on to where an item may begin: a line that looks like one, or behind a `;` or a block.
    fn resynchronise(&mut self, first: Token, inside: bool) -> Found<()> {
        loop {
            let before = self.at;
            let token = self.token();
            match token.kind {
                Kind::End | Kind::Punct(b';') => return Ok(()),
                Kind::Open(bracket) => {
                    if self.group(bracket).is_err() {
                        return self.lost_brackets();
                    }
                    if bracket == b'{' {
                        return Ok(());
                    }
                }
                Kind::Close(b'}') if inside => {
                    self.at = before;
                    return Ok(());
                }
                Kind::Close(_) => self.lost_brackets()?,
                Kind::Word | Kind::Punct(b'#') if token.start > first.start && self.begins_item_at(token) => {
                    self.at = before;
                    return Ok(());
                }
                _ => {}
            }
        }
    }

    /// Notes a problem; one that follows another of its kind is the same.
    fn problem(&mut self, start: usize, end: usize, message: &'static str) {
        let range = TextRange::new(start, end.clamp(start, self.bytes.len()));
        if let Some(last) = self.problems.last_mut()
            && last.message == message
            && self.bytes[last.range.end as usize..start.max(last.range.end as usize)]
                .iter()
                .all(u8::is_ascii_whitespace)
        {
            last.range = last.range.cover(range);
            return;
        }
        if self.problems.len() == MAX_PROBLEMS {
            return;
        }
        self.problems.push(IndexProblem { range, message });
    }
}

/// Items in the bodies of functions.
impl Scan<'_> {
    /// A function that has just been passed, with the items that its body declares.
    fn with_declared(&mut self, function: IndexedItem) -> IndexedItem {
        let Some(body) = function.body else { return function };
        let words = &self.words.words[function.words.start as usize..function.words.end as usize];
        if !words.iter().any(|word| is_word_of_items(*word)) {
            return function;
        }
        let (at, weight, trust, problems) = (self.at, self.weight, self.trust, self.problems.len());
        let end_of_words = self.words.words.len();
        self.at = body.start as usize;
        // The brackets of this function match, whatever those of the file do.
        self.trust = Trust::Brackets;
        self.depth += 1;
        let declared = if self.depth > MAX_DEPTH { None } else { self.declared() };
        self.depth -= 1;
        let declared = declared.filter(|_| self.problems.len() == problems);
        self.problems.truncate(problems);
        (self.at, self.weight, self.trust) = (at, weight, trust);
        match declared {
            Some(children) => IndexedItem { children, ..function },
            None => {
                self.words.words.truncate(end_of_words);
                IndexedItem { hides_items: true, ..function }
            }
        }
    }

    /// The items from here to the end of a body, those in its blocks and closures too, not those inside of other items.
    /// None where only the parser can say what is an item: where a word of items is in the argument of a macro, or where
    /// an item might begin that is none.
    fn declared(&mut self) -> Option<Vec<IndexedItem>> {
        let mut items = Vec::new();
        let mut open = Vec::new();
        // So many brackets were open when a macro was called.
        let mut in_macro = None;
        let mut before = Kind::Open(b'{');
        let mut may_begin = true;
        loop {
            let token = self.token();
            let begins_statement = in_macro.is_none()
                && matches!(before, Kind::Open(b'{') | Kind::Close(b'}') | Kind::Punct(b';'))
                && matches!(open.last(), None | Some(b'{'));
            if begins_statement && self.is_item_ahead(token)? {
                let item = self.whole_item(token, token.start).ok()?;
                items.push(self.as_in_body(item)?);
                before = Kind::Close(b'}');
                continue;
            }
            may_begin = match token.kind {
                Kind::End | Kind::Cut => return None,
                Kind::Word => {
                    let word = self.word(token);
                    // `(fn(u8), impl A)`.
                    let begins_type = in_macro.is_none() && matches!(before, Kind::Open(b'(' | b'['));
                    let may_be_item = may_begin && !begins_statement && !begins_type;
                    if matches!(word, "macro_rules" | "macro") || may_be_item && ITEM_WORDS.contains(&word) {
                        return None;
                    }
                    matches!(word, "pub" | "unsafe" | "async" | "default" | "safe" | "auto")
                }
                Kind::Open(bracket) => {
                    if before == Kind::Punct(b'!') && in_macro.is_none() {
                        in_macro = Some(open.len());
                    }
                    open.push(bracket);
                    true
                }
                Kind::Close(_) => {
                    if open.pop().is_none() {
                        return Some(items);
                    }
                    in_macro = in_macro.filter(|outer| *outer < open.len());
                    true
                }
                Kind::Punct(b';') => true,
                _ => false,
            };
            before = token.kind;
        }
    }

    /// Whether what begins with this token is an item and no statement, by its first words. The scan stays where it is.
    fn is_item_ahead(&mut self, first: Token) -> Option<bool> {
        let before = self.at;
        let mut token = first;
        while token.kind == Kind::Punct(b'#') {
            if self.token().kind != Kind::Open(b'[') {
                break;
            }
            self.group(b'[').ok()?;
            token = self.token();
        }
        while ["async", "unsafe", "auto"].iter().any(|word| self.is_word(token, word)) {
            token = self.token();
        }
        let is_item = token.kind == Kind::Word
            && match self.word(token) {
                // `const {` is a block, `static ||` a closure, `union.len()` a variable.
                "const" | "static" | "union" => self.peek().kind == Kind::Word,
                "pub" => true,
                word => ITEM_WORDS.contains(&word),
            };
        self.at = before;
        Some(is_item)
    }

    /// An item of a body, as the parser gives it: documentation is no part of it. None where a body makes something else
    /// of it than a file does: of `extern` blocks and macros, and of what is no item without a body.
    fn as_in_body(&self, mut item: IndexedItem) -> Option<IndexedItem> {
        let is_plain = match item.kind {
            IndexedKind::Use => true,
            // The macro may make anything of what is written in it.
            _ if self.macro_depth > 0 => false,
            IndexedKind::Function => item.body.is_some(),
            IndexedKind::Impl => item.children.iter().all(|it| is_member(it.kind) && !is_required_method(it)),
            IndexedKind::Trait => item.children.iter().all(|it| is_member(it.kind)),
            IndexedKind::Struct
            | IndexedKind::Enum
            | IndexedKind::Union
            | IndexedKind::TypeAlias
            | IndexedKind::Const
            | IndexedKind::Static
            | IndexedKind::ExternCrate => true,
            IndexedKind::Module
            | IndexedKind::ForeignModule
            | IndexedKind::Macro
            | IndexedKind::MacroRules => false,
        };
        for child in &mut item.children {
            let code = tokens(self.text, child.range.start).next()?;
            child.range.start = code.start;
        }
        is_plain.then_some(item)
    }
}

fn is_member(kind: IndexedKind) -> bool {
    matches!(kind, IndexedKind::Function | IndexedKind::Const | IndexedKind::TypeAlias)
}

fn is_required_method(item: &IndexedItem) -> bool {
    item.kind == IndexedKind::Function && item.body.is_none()
}

/// Brackets and weight.
impl<'t> Scan<'t> {
    /// Passes the content of a bracket that has just been passed, and the bracket that closes it. Gives the content.
    fn group(&mut self, bracket: u8) -> Found<TextRange> {
        let start = self.at;
        let already_open = self.open.len();
        self.cuts = self.trust == Trust::Indentation;
        let end = self.group_end(bracket);
        self.cuts = false;
        self.open.truncate(already_open);
        Ok(TextRange::new(start, end?))
    }

    fn group_end(&mut self, bracket: u8) -> Found<usize> {
        // Most of all time is spent here; a copy can live in registers.
        let mut weight = self.weight;
        let end = self.weigh_group(bracket, &mut weight);
        self.weight = weight;
        end
    }

    #[inline(always)]
    fn weigh_group(&mut self, bracket: u8, weight: &mut Weight) -> Found<usize> {
        let already_open = self.open.len();
        let mut uncounted = 0usize;
        self.open.push(weight.open(bracket));
        loop {
            let token = self.token();
            weight.weigh(self.bytes, token);
            self.note_word(token);
            match token.kind {
                Kind::Open(bracket) if self.open.len() < MAX_OPEN => self.open.push(weight.open(bracket)),
                Kind::Open(_) => uncounted += 1,
                Kind::Close(_) if uncounted > 0 => uncounted -= 1,
                Kind::Close(bracket) => {
                    let Some(&last) = self.open.last() else { return Err(Lost::Brackets) };
                    if last.bracket != opening(bracket) && !self.match_up(token, bracket, already_open)? {
                        continue;
                    }
                    if let Some(open) = self.open.pop() {
                        weight.close(open, bracket);
                    }
                    if self.open.len() == already_open {
                        return Ok(token.start);
                    }
                }
                Kind::Cut | Kind::End => return Err(Lost::Brackets),
                Kind::Word | Kind::Number | Kind::Text | Kind::Tick | Kind::Punct(_) => {}
            }
        }
    }

    /// Decides what a bracket that closes the wrong one means: true if it closes one that lies deeper, which then is the last.
    fn match_up(&mut self, token: Token, bracket: u8, already_open: usize) -> Found<bool> {
        if self.trust == Trust::Brackets {
            return Err(Lost::Brackets);
        }
        self.mismatched = true;
        // A brace weighs more than what is open inside it; a lost `)` or `]` closes nothing.
        if bracket != b'}' {
            return Ok(false);
        }
        match self.open[already_open..].iter().rposition(|open| open.bracket == b'{') {
            Some(index) => {
                self.open.truncate(already_open + index + 1);
                Ok(true)
            }
            None => {
                self.at = token.start;
                Err(Lost::Brackets)
            }
        }
    }

    /// The next token, weighed.
    #[inline(always)]
    fn next(&mut self) -> Token {
        let token = self.token();
        self.weight.weigh(self.bytes, token);
        // The `fn` of the function itself says nothing; those inside do.
        if !self.is_word(token, "fn") {
            self.note_word(token);
        }
        token
    }

    #[inline(always)]
    fn note_word(&mut self, token: Token) {
        match token.kind {
            // `r#type` is the word `type`.
            Kind::Word if self.bytes[token.start..token.end].starts_with(b"r#") => {
                self.words.add(self.bytes, token.start + 2, token.end);
            }
            Kind::Word => self.words.add(self.bytes, token.start, token.end),
            // The field of a tuple.
            Kind::Number if token.end - token.start <= 2 => {
                self.words.add(self.bytes, token.start, token.end)
            }
            Kind::Number
            | Kind::Text
            | Kind::Tick
            | Kind::Open(_)
            | Kind::Close(_)
            | Kind::Punct(_)
            | Kind::Cut
            | Kind::End => {}
        }
    }

    /// The next token; the scan stays where it is.
    fn peek(&mut self) -> Token {
        let before = self.at;
        let token = self.token();
        self.at = before;
        token
    }

    /// Whether a `>` is that of `->` or `=>`.
    fn is_arrow(&self, token: Token) -> bool {
        is_arrow(self.bytes, token)
    }

    fn word(&self, token: Token) -> &'t str {
        self.text.get(token.start..token.end).unwrap_or_default()
    }

    fn is_word(&self, token: Token, word: &str) -> bool {
        token.kind == Kind::Word && self.word(token) == word
    }
}

/// Tokens.
impl<'t> Scan<'t> {
    #[inline(always)]
    fn token(&mut self) -> Token {
        let bytes = self.bytes;
        let mut at = self.at;
        loop {
            while bytes.get(at) == Some(&b' ') {
                at += 1;
            }
            let start = at;
            let Some(&byte) = bytes.get(at) else { return self.pass(Kind::End, start, at) };
            at += 1;
            match CLASSES[byte as usize] {
                Class::Space => {}
                Class::Newline => {
                    if self.cuts && self.cuts_line(at) {
                        return self.pass(Kind::Cut, start, at);
                    }
                }
                Class::Word => {
                    at = word_end(bytes, at);
                    if at - start <= 2 && matches!(bytes.get(at), Some(b'"' | b'#')) {
                        return self.prefixed(start, at);
                    }
                    return self.pass(Kind::Word, start, at);
                }
                Class::Digit => return self.pass(Kind::Number, start, word_end(bytes, at)),
                Class::Open => return self.pass(Kind::Open(byte), start, at),
                Class::Close => return self.pass(Kind::Close(byte), start, at),
                Class::Punct => return self.pass(Kind::Punct(byte), start, at),
                Class::Slash => match bytes.get(at) {
                    Some(b'/') => at = self.line_comment(start),
                    Some(b'*') => at = self.block_comment(start),
                    _ => return self.pass(Kind::Punct(byte), start, at),
                },
                Class::Quote => return self.string(start),
                Class::Tick => return self.pass(Kind::Tick, start, tick_end(bytes, at)),
            }
        }
    }

    #[inline(always)]
    fn pass(&mut self, kind: Kind, start: usize, end: usize) -> Token {
        self.at = end;
        Token { kind, start, end }
    }

    /// A word of one or two letters with `"` or `#` behind it: the prefix of a raw string, a raw name, or only a word.
    #[cold]
    fn prefixed(&mut self, start: usize, end: usize) -> Token {
        let word = &self.bytes[start..end];
        if !matches!(word, b"r" | b"br" | b"cr") {
            return self.pass(Kind::Word, start, end);
        }
        let hashes = self.bytes[end..].iter().take_while(|&&byte| byte == b'#').count();
        match self.bytes.get(end + hashes) {
            Some(b'"') => match raw_string_end(self.bytes, end + hashes + 1, hashes) {
                Some(end) => self.pass(Kind::Text, start, end),
                None => self.unclosed(start),
            },
            Some(&byte) if word == b"r" && hashes == 1 && CLASSES[byte as usize] == Class::Word => {
                self.pass(Kind::Word, start, word_end(self.bytes, end + 1))
            }
            _ => self.pass(Kind::Word, start, end),
        }
    }

    fn string(&mut self, start: usize) -> Token {
        let mut at = start + 1;
        loop {
            match self.bytes.get(at) {
                Some(b'"') => return self.pass(Kind::Text, start, at + 1),
                Some(b'\\') => at += 2,
                Some(b'\n') if self.trust == Trust::Indentation && self.cuts_line(at + 1) => {
                    return self.pass(Kind::Cut, start, at + 1);
                }
                Some(_) => at += 1,
                None => return self.unclosed(start),
            }
        }
    }

    /// A string without end: nothing is left of the text.
    fn unclosed(&mut self, start: usize) -> Token {
        self.unclosed.get_or_insert((start, UNCLOSED));
        self.pass(Kind::End, start, self.bytes.len())
    }

    fn line_comment(&mut self, start: usize) -> usize {
        let end = memchr(b'\n', &self.bytes[start..]).map_or(self.bytes.len(), |length| start + length);
        let is_doc = self.bytes.get(start + 2) == Some(&b'/') && self.bytes.get(start + 3) != Some(&b'/');
        self.comment(start, end, is_doc);
        end
    }

    fn block_comment(&mut self, start: usize) -> usize {
        let mut depth = 1usize;
        let mut at = start + 2;
        while depth > 0 {
            match (self.bytes.get(at), self.bytes.get(at + 1)) {
                (Some(b'*'), Some(b'/')) => (depth, at) = (depth - 1, at + 2),
                (Some(b'/'), Some(b'*')) => (depth, at) = (depth + 1, at + 2),
                (Some(_), _) => at += 1,
                (None, _) => {
                    self.unclosed.get_or_insert((start, UNCLOSED_COMMENT));
                    break;
                }
            }
        }
        let third = self.bytes.get(start + 2) == Some(&b'*');
        let is_doc = third && !matches!(self.bytes.get(start + 3), Some(b'*' | b'/'));
        self.comment(start, at, is_doc);
        at
    }

    fn comment(&mut self, start: usize, end: usize, is_doc: bool) {
        if is_doc {
            self.doc.get_or_insert(start);
        }
        // A comment may be passed twice, by a look ahead.
        if self.comments.last().is_some_and(|last| start < last.end as usize) {
            return;
        }
        let range = TextRange::new(start, end);
        self.comments.push(range);
        if self.may_have_directives && self.text[start..end].contains(MARK) {
            self.directives.push(range);
        }
    }

    /// Whether the line that starts here begins an item that the item being read cannot hold.
    fn cuts_line(&self, line: usize) -> bool {
        let (indentation, content) = leading_space(&self.bytes[line..]);
        indentation <= self.indentation && begins_item(content)
    }

    /// How far the line is indented on which an item starts.
    fn indentation_at(&self, at: usize) -> usize {
        if self.trust == Trust::Brackets {
            return 0;
        }
        let near = &self.bytes[at.saturating_sub(LONGEST_LINE)..at];
        let line = near.iter().rposition(|&byte| byte == b'\n').map(|newline| newline + 1);
        let line = line.or((near.len() < LONGEST_LINE).then_some(0));
        line.map_or(0, |line| leading_space(&self.bytes[at - near.len() + line..]).0)
    }

    /// Whether a line starts with this token and looks like the start of an item.
    fn begins_item_at(&self, token: Token) -> bool {
        self.is_first_on_line(token.start) && begins_item(&self.bytes[token.start..])
    }

    fn is_first_on_line(&self, at: usize) -> bool {
        let before = self.bytes[..at].iter().rposition(|byte| !matches!(byte, b' ' | b'\t' | b'\r'));
        before.is_none_or(|before| self.bytes[before] == b'\n')
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Space,
    Newline,
    Word,
    Digit,
    Open,
    Close,
    Punct,
    Slash,
    Quote,
    Tick,
}

static CLASSES: [Class; 256] = {
    let mut classes = [Class::Punct; 256];
    let mut byte = 0;
    while byte < 256 {
        classes[byte] = match byte as u8 {
            b'\n' => Class::Newline,
            0..=b' ' | 0x7f => Class::Space,
            // All beyond ASCII passes for a letter.
            b'a'..=b'z' | b'A'..=b'Z' | b'_' | 0x80.. => Class::Word,
            b'0'..=b'9' => Class::Digit,
            b'(' | b'[' | b'{' => Class::Open,
            b')' | b']' | b'}' => Class::Close,
            b'/' => Class::Slash,
            b'"' => Class::Quote,
            b'\'' => Class::Tick,
            _ => Class::Punct,
        };
        byte += 1;
    }
    classes
};

/// Whether a `>` is that of `->` or `=>`.
fn is_arrow(bytes: &[u8], token: Token) -> bool {
    token.start > 0 && matches!(bytes[token.start - 1], b'-' | b'=')
}

/// Whether the expression that a `}` has just ended may go on with this token.
fn continues_block(bytes: &[u8], token: Token) -> bool {
    match token.kind {
        Kind::Word => matches!(&bytes[token.start..token.end], b"else" | b"as"),
        Kind::Punct(byte) => b".?+-*/%^|&=<>".contains(&byte),
        _ => false,
    }
}

fn opening(closing: u8) -> u8 {
    match closing {
        b')' => b'(',
        b']' => b'[',
        _ => b'{',
    }
}

#[inline(always)]
fn word_end(bytes: &[u8], mut at: usize) -> usize {
    while let Some(&byte) = bytes.get(at)
        && matches!(CLASSES[byte as usize], Class::Word | Class::Digit)
    {
        at += 1;
    }
    at
}

/// Where a character or a lifetime ends whose `'` is just before `at`.
fn tick_end(bytes: &[u8], at: usize) -> usize {
    match bytes.get(at) {
        Some(b'\\') => {
            // `'\''`, `'\u{1F980}'`: the longest has ten characters inside.
            let escape = bytes.iter().enumerate().skip(at + 2).take(12);
            let end = escape.take_while(|(_, byte)| **byte != b'\n').find(|(_, byte)| **byte == b'\'');
            end.map_or(at, |(end, _)| end + 1)
        }
        Some(b'\'') => at + if bytes.get(at + 1) == Some(&b'\'') { 2 } else { 1 },
        Some(&byte) => {
            let character = match byte {
                0..0xc0 => 1,
                0xc0..0xe0 => 2,
                0xe0..0xf0 => 3,
                0xf0.. => 4,
            };
            if bytes.get(at + character) == Some(&b'\'') {
                return at + character + 1;
            }
            let end = word_end(bytes, at);
            // `'r#mod`.
            let is_raw = &bytes[at..end] == b"r" && bytes.get(end) == Some(&b'#');
            if is_raw { word_end(bytes, end + 1) } else { end }
        }
        None => at,
    }
}

/// Where a raw string ends whose first `"` is just before `at`.
fn raw_string_end(bytes: &[u8], mut at: usize, hashes: usize) -> Option<usize> {
    loop {
        at += bytes.get(at..)?.iter().position(|&byte| byte == b'"')? + 1;
        let found = bytes[at..].iter().take(hashes).take_while(|&&byte| byte == b'#').count();
        at += found;
        if found == hashes {
            return Some(at);
        }
    }
}

/// The keywords that have an expression, pattern or type behind them, with no bracket between.
#[inline(always)]
fn is_heavy(word: &[u8]) -> bool {
    match word.len() {
        2 => matches!(word, b"as" | b"if" | b"in"),
        3 => matches!(word, b"box" | b"for" | b"let" | b"dyn"),
        4 => matches!(word, b"else" | b"move" | b"impl"),
        5 => matches!(word, b"match" | b"while" | b"break" | b"yield"),
        6 => matches!(word, b"return" | b"become"),
        _ => false,
    }
}

/// Whether a line with this content looks like the start of an item, and not like a statement.
fn begins_item(content: &[u8]) -> bool {
    if [b"#[".as_slice(), b"///", b"/**"].iter().any(|start| content.starts_with(start)) {
        return true;
    }
    let (word, rest) = content.split_at(word_end(content, 0));
    let (_, then) = leading_space(rest);
    let then_word = &then[..word_end(then, 0)];
    match word {
        b"fn" | b"struct" | b"enum" | b"trait" | b"mod" | b"type" => !then_word.is_empty(),
        b"static" | b"const" | b"async" | b"unsafe" => {
            !then_word.is_empty() && !matches!(then_word, b"move" | b"async")
        }
        b"use" | b"extern" | b"pub" => true,
        b"impl" => !then_word.is_empty() || then.starts_with(b"<"),
        b"macro_rules" => then.starts_with(b"!"),
        _ => false,
    }
}

/// The width of the spaces and tabs at the start of a line, and what comes after them.
fn leading_space(line: &[u8]) -> (usize, &[u8]) {
    let length = line.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    let (space, content) = line.split_at(length);
    (space.iter().map(|&byte| if byte == b'\t' { 4 } else { 1 }).sum(), content)
}

/// What stands before the first token of a file: byte order mark, `#!/usr/bin/env ..` and frontmatter.
fn preamble(text: &str) -> usize {
    let mut at = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let line_end = |at: usize| text[at..].find('\n').map_or(text.len(), |length| at + length + 1);
    if text[at..].strip_prefix("#!").is_some_and(|rest| !rest.trim_start().starts_with('[')) {
        at = line_end(at);
    }
    let fence_at = text.len() - text[at..].trim_start().len();
    let dashes = text[fence_at..].bytes().take_while(|&byte| byte == b'-').count();
    if dashes < 3 {
        return at;
    }
    let fence = &text[fence_at..fence_at + dashes];
    let mut line = line_end(fence_at);
    while line < text.len() {
        let next = line_end(line);
        if text[line..].starts_with(fence) {
            return next;
        }
        line = next;
    }
    at
}

#[cfg(test)]
mod tests {
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
                let body =
                    item.body.map(|body| text[body.as_usize()].trim().lines().next().unwrap_or_default());
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
        index(text)
            .problems
            .iter()
            .map(|problem| (&text[problem.range.as_usize()], problem.message))
            .collect()
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
}
