//! The lexical index of a file: its items, found without parsing.
//!
//! A parser loses a whole file to one odd token and costs fifteen times as much as a look at the bytes. So the items of a
//! file are found by a scan that knows strings, characters, comments and brackets, and the parser is given slices:
//! a function, a signature, a `use`. What is broken in one function stays in that function.

mod declared;
mod groups;
mod items;
#[cfg(test)]
mod tests;
mod tokens;

use std::ops::Range;

use memchr::memmem;

use self::groups::{Open, Weight};
use self::tokens::{Kind, Token};
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
    /// Where its attributes end and its code starts.
    pub code: u32,
    pub visibility: Visibility,
    /// Where its name is, if it is the keyword that a name follows: of functions above all. Without the `r#` of a raw one.
    pub name: TextRange,
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

/// Who may name something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Visibility {
    /// The module that it is in, and those inside of that, where nothing is written.
    Private,
    /// `pub(crate)`, `pub(super)`, `pub(in a::b)`.
    Restricted,
    Public,
}

/// The words that items begin with, macros apart.
pub const ITEM_WORDS: [&str; 12] =
    ["fn", "struct", "enum", "union", "trait", "impl", "mod", "use", "type", "const", "static", "extern"];

/// What makes a comment worth looking at.
const MARK: &str = "taskguard:";

/// Modules in modules, and the like, are followed so deep; real code stays below ten.
const MAX_DEPTH: u32 = 128;

/// A file with more problems is no Rust.
const MAX_PROBLEMS: usize = 1_000;

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
