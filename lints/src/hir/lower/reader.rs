//! The tokens of a part of a file, for what is read without the parser.
//!
//! The parser costs as much for a `use` of three words as for a small function. What is frequent and has a grammar of a few
//! lines is read here, and only where it is plain: whoever reads gives None where he meets anything that he does not know,
//! and then it is for the parser to say what it is, or what is wrong with it.

use crate::hir::{Name, Visibility};
use crate::source::{TextRange, index};

/// The words that are no names, the short before the long.
#[rustfmt::skip]
const KEYWORDS: [&str; 52] = [
    "_", "as", "do", "fn", "if", "in", "box", "dyn", "for", "let", "mod", "mut", "pub", "ref", "try", "use", "Self",
    "else", "enum", "impl", "loop", "move", "priv", "self", "true", "type", "async", "await", "break", "const", "crate",
    "false", "final", "macro", "match", "super", "trait", "where", "while", "yield", "become", "extern", "return",
    "static", "struct", "typeof", "unsafe", "unsized", "virtual", "abstract", "continue", "override",
];

/// They as numbers, which are compared faster than texts: every name is looked up.
const KEYWORD_NUMBERS: [u64; KEYWORDS.len()] = {
    let mut numbers = [0; KEYWORDS.len()];
    let mut at = 0;
    while at < numbers.len() {
        numbers[at] = number(KEYWORDS[at].as_bytes());
        at += 1;
    }
    numbers
};

/// A word of up to eight letters as a number.
const fn number(word: &[u8]) -> u64 {
    let mut number = 0;
    let mut at = 0;
    while at < word.len() {
        number = number << 8 | word[at] as u64;
        at += 1;
    }
    number
}

fn is_keyword(word: &str) -> bool {
    word.len() <= 8 && KEYWORD_NUMBERS.binary_search(&number(word.as_bytes())).is_ok()
}

/// Whether a token is a name, or a keyword. Raw names and those that are not all ASCII are left to the parser.
fn is_word(token: &str) -> bool {
    token.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && token.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

pub(super) struct Reader<'t> {
    text: &'t str,
    tokens: Vec<TextRange>,
    /// How many of the tokens have been read.
    at: usize,
}

impl<'t> Reader<'t> {
    /// Reads a range of a text, without its comments.
    pub fn new(text: &'t str, range: TextRange) -> Self {
        let tokens = index::tokens(&text[..range.end as usize], range.start);
        Self { text, tokens: tokens.collect(), at: 0 }
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

    /// Where the next token is; at the end, where the last was.
    pub fn place(&self) -> TextRange {
        self.tokens.get(self.at).or(self.tokens.last()).copied().unwrap_or_default()
    }

    /// From a place to the end of the token read last.
    pub fn since(&self, start: TextRange) -> TextRange {
        let last = self.at.checked_sub(1).and_then(|last| self.tokens.get(last));
        last.map_or(start, |last| start.cover(*last))
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

    /// Reads two characters that stand together, as `::` and `->`, if they come next.
    pub fn skip_pair(&mut self, first: &str, second: &str) -> bool {
        let is_pair = self.is_pair(first, second);
        self.at += if is_pair { 2 } else { 0 };
        is_pair
    }

    pub fn is_pair(&self, first: &str, second: &str) -> bool {
        self.peek() == first
            && self.peek_behind(1) == second
            && self.tokens[self.at].end == self.tokens[self.at + 1].start
    }

    /// Reads a name.
    pub fn name(&mut self) -> Option<(Name, TextRange)> {
        let (word, range) = (self.peek(), self.place());
        if !is_word(word) || is_keyword(word) {
            return None;
        }
        self.at += 1;
        Some((Name::from(word), range))
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
        let token = self.peek();
        token.starts_with('\'') && !token[1..].ends_with('\'')
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
            match self.next()? {
                "(" | "[" | "{" => depth += 1,
                ")" | "]" | "}" => depth = depth.checked_sub(1)?,
                _ => {}
            }
            if depth == 0 {
                return Some(());
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

    #[test]
    fn knows_the_keywords_of_the_parser() {
        assert!(KEYWORD_NUMBERS.is_sorted());
        for word in KEYWORDS {
            assert!(syn::parse_str::<syn::Ident>(word).is_err(), "{word}");
        }
        for word in ["union", "auto", "default", "dyn_", "macro_rules", "raw", "safe", "gen", "r"] {
            assert_eq!(is_keyword(word), syn::parse_str::<syn::Ident>(word).is_err(), "{word}");
        }
    }
}
