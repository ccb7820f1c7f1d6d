//! The tokens of a part of a file, for what is read without the parser.
//!
//! The parser costs as much for a `use` of three words as for a small function. What is frequent and has a grammar of a few
//! lines is read here, and only where it is plain: whoever reads gives None where he meets anything that he does not know,
//! and then it is for the parser to say what it is, or what is wrong with it.

use crate::hir::{Name, Visibility};
use crate::source::{TextRange, index};

/// Whether a word is no name.
#[rustfmt::skip]
pub(super) fn is_keyword(word: &str) -> bool {
    matches!(
        word.as_bytes(),
        b"Self" | b"_" | b"abstract" | b"as" | b"async" | b"await" | b"become" | b"box" | b"break" | b"const" | b"continue"
        | b"crate" | b"do" | b"dyn" | b"else" | b"enum" | b"extern" | b"false" | b"final" | b"fn" | b"for" | b"if"
        | b"impl" | b"in" | b"let" | b"loop" | b"macro" | b"match" | b"mod" | b"move" | b"mut" | b"override" | b"priv"
        | b"pub" | b"ref" | b"return" | b"self" | b"static" | b"struct" | b"super" | b"trait" | b"true" | b"try"
        | b"type" | b"typeof" | b"unsafe" | b"unsized" | b"use" | b"virtual" | b"where" | b"while" | b"yield"
    )
}

/// Whether a token is a name, or a keyword. Raw names and those that are not all ASCII are none.
pub(super) fn is_word(token: &str) -> bool {
    token.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && token.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// The text of a name, without the `r#` of a raw one. None for all else, and for what is not all ASCII.
fn name_of(token: &str) -> Option<&str> {
    match token.strip_prefix("r#") {
        Some(raw) => {
            (is_word(raw) && !matches!(raw, "_" | "self" | "Self" | "super" | "crate")).then_some(raw)
        }
        None => (is_word(token) && !is_keyword(token)).then_some(token),
    }
}

pub(super) struct Reader<'t> {
    text: &'t str,
    tokens: Vec<TextRange>,
    /// How many of the tokens have been read.
    pub at: usize,
}

impl<'t> Reader<'t> {
    /// Reads a range of a text, without its comments.
    pub fn new(text: &'t str, range: TextRange) -> Self {
        Self::with_parts(text, range, std::iter::empty())
    }

    /// As `new`; each of some parts, in order, is one token.
    pub fn with_parts(text: &'t str, range: TextRange, parts: impl Iterator<Item = TextRange>) -> Self {
        let mut tokens = Vec::with_capacity(range.len() / 4);
        let mut from = range.start;
        for part in parts {
            tokens.extend(index::tokens(&text[..part.start as usize], from));
            tokens.push(part);
            from = part.end;
        }
        tokens.extend(index::tokens(&text[..range.end as usize], from));
        Self { text, tokens, at: 0 }
    }

    pub fn is_at_end(&self) -> bool {
        self.at >= self.tokens.len()
    }

    /// The next token; empty at the end.
    pub fn peek(&self) -> &'t str {
        self.peek_behind(0)
    }

    /// The token so many behind the next; empty at the end.
    pub fn peek_behind(&self, count: usize) -> &'t str {
        self.tokens.get(self.at + count).map_or("", |token| &self.text[token.as_usize()])
    }

    /// The first byte of the next token; 0 at the end. A punctuation mark is one byte long.
    pub fn byte(&self) -> u8 {
        self.byte_behind(0)
    }

    /// The first byte of the token so many behind the next; 0 at the end.
    pub fn byte_behind(&self, count: usize) -> u8 {
        let token = self.tokens.get(self.at + count);
        token.and_then(|token| self.text.as_bytes().get(token.start as usize)).copied().unwrap_or_default()
    }

    /// The text from the next token on: what stands together with it.
    pub fn ahead(&self) -> &'t [u8] {
        self.ahead_of(0)
    }

    /// As `ahead`, from the token so many behind the next.
    pub fn ahead_of(&self, count: usize) -> &'t [u8] {
        let start = self.tokens.get(self.at + count).map_or(self.text.len(), |token| token.start as usize);
        &self.text.as_bytes()[start..]
    }

    /// Whether the next tokens are these marks, and stand together.
    pub fn is_joined(&self, marks: &[u8]) -> bool {
        self.ahead().starts_with(marks)
    }

    /// Whether the token so many behind the next is a colon that is not a half of `::`.
    pub fn is_single_colon(&self, count: usize) -> bool {
        self.byte_behind(count) == b':' && !self.ahead_of(count).starts_with(b"::")
    }

    /// The byte that stands before the next token.
    pub fn byte_before(&self) -> u8 {
        let before = (self.place().start as usize).checked_sub(1);
        before.and_then(|before| self.text.as_bytes().get(before)).copied().unwrap_or_default()
    }

    /// The byte that stands behind the token read last.
    pub fn byte_after(&self) -> u8 {
        let byte = self.read_last().and_then(|last| self.text.as_bytes().get(last.end as usize));
        byte.copied().unwrap_or_default()
    }

    /// Whether the bracket read last has a comma before it.
    pub fn has_comma_before_last(&self) -> bool {
        let before = self.at.checked_sub(2).and_then(|before| self.tokens.get(before));
        before.is_some_and(|before| self.text.as_bytes()[before.start as usize] == b',')
    }

    /// Where the token read last is.
    pub fn last_place(&self) -> TextRange {
        self.read_last().copied().unwrap_or_default()
    }

    /// The token read last.
    pub fn last(&self) -> &'t str {
        self.read_last().map_or("", |last| &self.text[last.as_usize()])
    }

    fn read_last(&self) -> Option<&TextRange> {
        self.tokens.get(self.at.checked_sub(1)?)
    }

    /// Reads a punctuation mark if it comes next.
    pub fn skip_mark(&mut self, mark: u8) -> bool {
        let is_it = self.byte() == mark;
        self.at += usize::from(is_it);
        is_it
    }

    pub fn mark(&mut self, mark: u8) -> Option<()> {
        self.skip_mark(mark).then_some(())
    }

    /// Reads marks that stand together, if they come next.
    pub fn skip_joined(&mut self, marks: &[u8]) -> bool {
        let is_it = self.is_joined(marks);
        self.at += if is_it { marks.len() } else { 0 };
        is_it
    }

    /// Where the next token is; at the end, where the last was.
    pub fn place(&self) -> TextRange {
        self.tokens.get(self.at).or(self.tokens.last()).copied().unwrap_or_default()
    }

    /// From a place to the end of the token read last.
    pub fn since(&self, start: TextRange) -> TextRange {
        self.read_last().map_or(start, |last| start.cover(*last))
    }

    pub fn text_since(&self, start: TextRange) -> &'t str {
        &self.text[self.since(start).as_usize()]
    }

    /// Reads the next token, whatever it is.
    pub fn next(&mut self) -> Option<&'t str> {
        let token = self.tokens.get(self.at)?;
        self.at += 1;
        Some(&self.text[token.as_usize()])
    }

    /// Reads a token if it is this one.
    pub fn skip(&mut self, token: &str) -> bool {
        let is_it = self.peek() == token;
        self.at += usize::from(is_it);
        is_it
    }

    pub fn expect(&mut self, token: &str) -> Option<()> {
        self.skip(token).then_some(())
    }

    /// Reads a name.
    pub fn name(&mut self) -> Option<(Name, TextRange)> {
        let (name, range) = (name_of(self.peek())?, self.place());
        self.at += 1;
        Some((Name::from(name), range))
    }

    /// Reads a name that may stand in a path.
    pub fn segment(&mut self) -> Option<(Name, TextRange)> {
        match self.peek() {
            word @ ("self" | "Self" | "super" | "crate") => {
                let range = self.place();
                self.at += 1;
                Some((Name::from(word), range))
            }
            _ => self.name(),
        }
    }

    pub fn is_lifetime(&self) -> bool {
        self.byte() == b'\'' && is_word(&self.peek()[1..])
    }

    /// Reads a lifetime if there is one.
    pub fn skip_lifetime(&mut self) -> bool {
        let is_lifetime = self.is_lifetime();
        self.at += usize::from(is_lifetime);
        is_lifetime
    }

    /// Reads a bracket and all that is in it. The index has seen that it is closed, and by its own kind.
    pub fn skip_group(&mut self) -> Option<()> {
        let mut depth = 0u32;
        loop {
            match self.byte() {
                0 => return None,
                b'(' | b'[' | b'{' => depth += 1,
                b')' | b']' | b'}' => depth = depth.checked_sub(1)?,
                _ => {}
            }
            self.at += 1;
            if depth == 0 {
                return Some(());
            }
        }
    }

    /// Reads a token, or a bracket and all that is in it. None before a closing one and at the end.
    pub fn skip_tree(&mut self) -> Option<()> {
        match self.byte() {
            b'(' | b'[' | b'{' => self.skip_group(),
            b')' | b']' | b'}' | 0 => None,
            _ => {
                self.at += 1;
                Some(())
            }
        }
    }

    pub fn visibility(&mut self) -> Option<Visibility> {
        if !self.skip("pub") {
            return Some(Visibility::Private);
        }
        if !self.skip("(") {
            return Some(Visibility::Public);
        }
        matches!(self.next()?, "crate" | "self" | "super").then_some(())?;
        self.expect(")").map(|()| Visibility::Restricted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the parser does not take for a name, and some that it does.
    #[rustfmt::skip]
    const WORDS: [&str; 61] = [
        "Self", "_", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn",
        "else", "enum", "extern", "false", "final", "fn", "for", "if", "impl", "in", "let", "loop", "macro", "match", "mod",
        "move", "mut", "override", "priv", "pub", "ref", "return", "self", "static", "struct", "super", "trait", "true",
        "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
        "union", "auto", "default", "dyn_", "macro_rules", "raw", "safe", "gen", "r",
    ];

    #[test]
    fn knows_the_keywords_of_the_parser() {
        for word in WORDS {
            assert_eq!(is_keyword(word), syn::parse_str::<syn::Ident>(word).is_err(), "{word}");
        }
    }
}
