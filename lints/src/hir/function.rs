//! Functions, which are lowered when they are first asked about.
//!
//! Most functions of a program have nothing that any lint looks for, and a parser takes ten times as long as a look at
//! the bytes. So of a function no more is made at first than its name, its attributes and the words in it. The
//! signature and the body come into being, each for itself, on the thread that first asks, and then stay. Nobody can
//! tell the difference but by the time it takes; who looks for something in all functions should ask for those only
//! that have its words ([`Function::words`]).

use std::ops::{Deref, Range};
use std::sync::{Arc, OnceLock};

use crate::hir::tuples::TupleSources;
use crate::hir::{Attributes, Body, Generics, Item, Name, Problem, Rare, Type, lower};
use crate::source::words::{Word, WordSet};
use crate::source::{TextRange, index};

#[derive(Debug)]
pub struct Function {
    pub name: Name,
    pub name_range: TextRange,
    pub attrs: Rare<Attributes>,
    /// None where all has been lowered together with what is around it.
    code: Option<Code>,
    signature: OnceLock<Result<Box<Signature>, Box<Problem>>>,
    body: OnceLock<Result<Option<Box<Body>>, Box<Problem>>>,
    tuple_sources: OnceLock<TupleSources>,
}

/// What a function takes and gives. A [`Function`] stands for its signature: `function.params`.
#[derive(Debug, Default)]
pub struct Signature {
    pub generics: Rare<Generics>,
    pub is_async: bool,
    /// `self`, `&self`, `self: Arc<Self>`: its type, `Self` where none is written. None for functions without receiver.
    pub receiver: Option<Type>,
    /// The types of the parameters, without the receiver; their patterns are in the body.
    pub params: Vec<Type>,
    /// As written: without the `impl Future` that `async` adds. None is `()`.
    pub output: Option<Type>,
}

/// Where in a file a function is to be lowered from.
#[derive(Debug)]
pub(in crate::hir) struct Code {
    pub file: Arc<FileCode>,
    /// Without attributes and documentation.
    pub range: TextRange,
    /// Where the body begins, behind its brace; None for functions without body.
    pub body: Option<u32>,
    pub words: Range<u32>,
    pub declares: Declares,
    /// In a macro nothing needs to be Rust, so what cannot be parsed is no problem of the file.
    pub in_macro: bool,
}

/// The items that are declared in a body. They are lowered with the file, for them to have their place.
#[derive(Debug)]
pub(in crate::hir) enum Declares {
    Nothing,
    /// Lowered by themselves; the body knows only where they stand.
    Items(Box<[Item]>),
    /// What only the parser can find, lowered with the body.
    InBody,
}

/// What the functions of a file are lowered from.
#[derive(Debug)]
pub(in crate::hir) struct FileCode {
    pub text: Arc<String>,
    pub comments: Box<[TextRange]>,
    pub words: Option<Box<[Word]>>,
}

/// A signature of which nothing could be read.
static UNREADABLE: Signature =
    Signature { generics: Rare::EMPTY, is_async: false, receiver: None, params: Vec::new(), output: None };

impl Function {
    pub(in crate::hir) fn new(
        name: Name,
        name_range: TextRange,
        attrs: Rare<Attributes>,
        code: Code,
    ) -> Self {
        let (signature, body) = (OnceLock::new(), OnceLock::new());
        Self { name, name_range, attrs, code: Some(code), signature, body, tuple_sources: OnceLock::new() }
    }

    /// A function that needs no lowering any more.
    pub(crate) fn lowered(
        name: Name,
        name_range: TextRange,
        attrs: Rare<Attributes>,
        signature: Signature,
        body: Option<Box<Body>>,
    ) -> Self {
        let (signature, body) = (OnceLock::from(Ok(Box::new(signature))), OnceLock::from(Ok(body)));
        Self { name, name_range, attrs, code: None, signature, body, tuple_sources: OnceLock::new() }
    }

    /// Whether there is a body to ask for: not in required methods of traits, nor in foreign functions.
    pub fn has_body(&self) -> bool {
        match &self.code {
            Some(code) => code.body.is_some(),
            None => self.body().is_some(),
        }
    }

    /// The body, if there is one and it could be parsed.
    pub fn body(&self) -> Option<&Body> {
        let body = self.body.get_or_init(|| match &self.code {
            Some(code) if code.body.is_some() => lower::function(code).map(|(signature, body)| {
                // Whoever asks for a body asks for the signature next, and it has just been parsed.
                self.signature.get_or_init(|| Ok(signature));
                Some(body)
            }),
            _ => Ok(None),
        });
        body.as_ref().ok()?.as_deref()
    }

    #[cfg(test)]
    pub(in crate::hir) fn into_body(self) -> Option<Body> {
        self.body();
        Some(*self.body.into_inner()?.ok()??)
    }

    /// The items that are declared in the body.
    pub fn items(&self) -> &[Item] {
        // Whether somebody has asked for the body of another function must make no difference.
        match self.code.as_ref().map(|code| &code.declares) {
            Some(Declares::Nothing) => &[],
            Some(Declares::Items(items)) => items,
            Some(Declares::InBody) | None => {
                let body = self.body.get();
                body.and_then(|body| body.as_ref().ok()?.as_deref()).map_or(&[], |body| &body.items)
            }
        }
    }

    /// What lies between the braces of a body that declares nothing: what the rest of the program can do without.
    pub fn inside(&self) -> Option<TextRange> {
        let code = self.code.as_ref().filter(|code| matches!(code.declares, Declares::Nothing))?;
        Some(TextRange { start: code.body?, end: code.range.end })
    }

    /// The words of the attributes, the signature and the body; None where they are not known and may be any.
    pub fn words(&self) -> Option<&[Word]> {
        self.code.as_ref()?.words()
    }

    /// The text without attributes; None where it is not known.
    pub fn text(&self) -> Option<&str> {
        let code = self.code.as_ref()?;
        code.file.text.get(code.range.as_usize())
    }

    /// Whether a word is in the function, for all that is known.
    pub fn may_mention(&self, word: Word) -> bool {
        self.words().is_none_or(|words| words.contains(&word))
    }

    /// Whether a tuple may be written in what the function gives, by a look at its text: what an alias stands for is
    /// not seen.
    pub fn may_give_tuple(&self) -> bool {
        let Some(code) = &self.code else { return true };
        let end = code.body.map_or(code.range.end, |body| body - 1);
        let header = code.file.text.get(code.range.start as usize..end as usize).unwrap_or_default();
        let output = header.find("->").map_or("", |arrow| &header[arrow..]);
        output.split('(').skip(1).any(|inside| !inside.trim_start().starts_with(')'))
    }

    /// Whether any of these words may be in the signature, by a look at the text.
    pub fn signature_may_mention(&self, words: &WordSet) -> bool {
        let Some(code) = &self.code else { return true };
        let end = code.body.map_or(code.range.end, |body| body - 1);
        let header = code.file.text.get(code.range.start as usize..end as usize).unwrap_or_default();
        let names = header.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|name| !name.is_empty());
        names.into_iter().any(|name| words.contains(&Word::of(name)))
    }

    /// Whether anything may go in or come out of a call, by a look at the text.
    pub fn may_take_or_give(&self) -> bool {
        let Some(code) = &self.code else {
            return self.receiver.is_some() || !self.params.is_empty() || self.output.is_some();
        };
        let end = code.body.map_or(code.range.end, |body| body - 1);
        let header = code.file.text.get(self.name_range.end as usize..end as usize).unwrap_or_default();
        let params = header.trim_start().strip_prefix('(').map(str::trim_start);
        params.and_then(|params| params.strip_prefix(')')).is_none_or(|behind| behind.contains("->"))
    }

    /// Whether a pattern of a tuple may be in the body, by a look at its text: after `let`, in `Ok` or `Some`, or as an
    /// arm of a `match`.
    pub fn may_take_tuple_apart(&self) -> bool {
        self.tuple_sources().are_there()
    }

    /// Whether such a pattern may take apart what an expression with one of these words gives.
    pub fn may_take_tuple_from(&self, words: &WordSet) -> bool {
        self.tuple_sources().may_have(words)
    }

    fn tuple_sources(&self) -> &TupleSources {
        self.tuple_sources.get_or_init(|| match &self.code {
            Some(code) if self.words().is_some() => TupleSources::of(&code.file.without_comments(code.range)),
            _ => TupleSources::Any,
        })
    }

    /// Whether a string of this kind may be in the function, by a look at the text.
    pub fn may_have_string(&self, is_wanted: impl Fn(&str) -> bool) -> bool {
        self.text().is_none_or(|text| {
            let mut tokens = index::tokens(text, 0).map(|token| &text[token.as_usize()]);
            tokens.any(|token| token.ends_with(['"', '#']) && is_wanted(token))
        })
    }

    /// Whether a name may be between the parentheses behind another one, as in `Some(Ok(item))`, by a look at the text.
    pub fn may_have_inside(&self, outer: &str, inner: &str) -> bool {
        let Some(text) = self.text() else { return true };
        let mut depth = 0u32;
        // So many brackets were open before those behind the outer name.
        let mut around: Option<u32> = None;
        let mut before = "";
        index::tokens(text, 0).map(|token| &text[token.as_usize()]).any(|token| {
            match token {
                "(" | "[" | "{" => {
                    if token == "(" && before == outer {
                        around.get_or_insert(depth);
                    }
                    depth += 1;
                }
                ")" | "]" | "}" => {
                    depth = depth.saturating_sub(1);
                    around = around.filter(|&around| depth > around);
                }
                _ => {}
            }
            before = token;
            token == inner && around.is_some()
        })
    }

    /// Why what has been asked for is not known.
    pub fn problem(&self) -> Option<&Problem> {
        if self.code.as_ref().is_some_and(|code| code.in_macro) {
            return None;
        }
        let body = self.body.get().and_then(|body| body.as_ref().err());
        let problem = body.or_else(|| self.signature.get()?.as_ref().err());
        problem.map(|problem| &**problem)
    }

    /// How many bytes have been read for the body.
    pub fn bytes_parsed(&self) -> usize {
        match (&self.code, self.body.get()) {
            (Some(code), Some(_)) if code.body.is_some() => {
                code.range.len() - code.items().iter().map(|item| item.range.len()).sum::<usize>()
            }
            _ => 0,
        }
    }
}

impl Code {
    /// The items of the body that have been lowered by themselves.
    pub fn items(&self) -> &[Item] {
        match &self.declares {
            Declares::Items(items) => items,
            Declares::Nothing | Declares::InBody => &[],
        }
    }

    fn words(&self) -> Option<&[Word]> {
        self.file.words.as_ref()?.get(self.words.start as usize..self.words.end as usize)
    }
}

impl Deref for Function {
    type Target = Signature;

    fn deref(&self) -> &Signature {
        let signature = self.signature.get_or_init(|| match &self.code {
            Some(code) => lower::signature(code),
            None => Ok(Box::default()),
        });
        signature.as_deref().unwrap_or(&UNREADABLE)
    }
}
