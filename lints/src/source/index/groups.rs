//! Brackets and what is in them, how deep that is, and which words there are.

use super::tokens::{Kind, Token, is_arrow};
use super::{Found, Lost, Scan, Trust};
use crate::source::TextRange;
use crate::source::words::{FewWords, Word};

/// So many open brackets are remembered by kind; of those inside only the number is kept.
const MAX_OPEN: usize = 1 << 16;

/// How deep a recursive parser would be: see `IndexedItem::nesting`.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Weight {
    now: u32,
    /// What a `,` takes `now` back to: `floor`, and one for each open `<`.
    base: u32,
    /// What a `;` takes `now` back to.
    floor: u32,
    pub deepest: u32,
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

    /// Weighs a token that is no word and no bracket.
    #[inline(always)]
    pub fn weigh(&mut self, bytes: &[u8], token: Token) {
        self.pass(bytes, token);
        let Kind::Punct(byte) = token.kind else { return };
        match byte {
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
        }
    }

    #[inline(always)]
    fn weigh_word(&mut self, bytes: &[u8], token: Token, word: Word) {
        self.pass(bytes, token);
        self.now += u32::from(HEAVY.contains(word));
        self.deepest = self.deepest.max(self.now);
    }

    /// What a token means that stands behind a closing bracket.
    #[inline(always)]
    fn pass(&mut self, bytes: &[u8], token: Token) {
        match std::mem::take(&mut self.closed) {
            0 => {}
            b'}' => {
                if !continues_block(bytes, token) {
                    self.reset();
                }
            }
            // `f()()()`, `a[0][0][0]`.
            _ => {
                if matches!(token.kind, Kind::Open(b'(' | b'[')) {
                    self.add();
                }
            }
        }
    }
}

/// An open bracket, and what it interrupted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Open {
    bracket: u8,
    now: u32,
    base: u32,
    floor: u32,
}

impl<'t> Scan<'t> {
    /// Passes the content of a bracket that has just been passed, and the bracket that closes it. Gives the content.
    pub(super) fn group(&mut self, bracket: u8) -> Found<TextRange> {
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
            match token.kind {
                Kind::Word | Kind::Number | Kind::Text | Kind::Tick | Kind::Punct(_) => {
                    self.weigh(token, weight);
                }
                Kind::Open(bracket) => {
                    weight.pass(self.bytes, token);
                    if self.open.len() < MAX_OPEN {
                        self.open.push(weight.open(bracket));
                    } else {
                        uncounted += 1;
                    }
                }
                Kind::Close(bracket) => {
                    weight.pass(self.bytes, token);
                    if uncounted > 0 {
                        uncounted -= 1;
                        continue;
                    }
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
    #[inline]
    pub(super) fn next(&mut self) -> Token {
        let token = self.token();
        match token.kind {
            // The `fn` of the function itself says nothing; those inside do.
            Kind::Word if self.is_word(token, "fn") => self.weight.pass(self.bytes, token),
            _ => {
                let mut weight = self.weight;
                self.weigh(token, &mut weight);
                self.weight = weight;
            }
        }
        token
    }

    /// Takes in a token that is no bracket: its word and its weight.
    #[inline(always)]
    fn weigh(&mut self, token: Token, weight: &mut Weight) {
        match token.kind {
            Kind::Word => {
                let word = self.note_word(token);
                weight.weigh_word(self.bytes, token, word);
            }
            Kind::Number => {
                weight.pass(self.bytes, token);
                self.note_number(token);
            }
            _ => weight.weigh(self.bytes, token),
        }
    }

    /// The word itself: of a raw name, which is no keyword, none.
    #[inline(always)]
    fn note_word(&mut self, token: Token) -> Word {
        let bytes = self.bytes;
        // `r#type` is the word `type`.
        if token.end - token.start > 2 && bytes[token.start + 1] == b'#' {
            self.words.add(Word::at(bytes, token.start + 2, token.end));
            return Word::default();
        }
        let word = Word::at(bytes, token.start, token.end);
        self.words.add(word);
        word
    }

    /// The field of a tuple.
    #[inline(always)]
    fn note_number(&mut self, token: Token) {
        if token.end - token.start <= 2 {
            self.words.add(Word::at(self.bytes, token.start, token.end));
        }
    }

    /// The next token; the scan stays where it is.
    pub(super) fn peek(&mut self) -> Token {
        let before = self.at;
        let token = self.token();
        self.at = before;
        token
    }

    pub(super) fn word(&self, token: Token) -> &'t str {
        self.text.get(token.start..token.end).unwrap_or_default()
    }

    pub(super) fn is_word(&self, token: Token, word: &str) -> bool {
        token.kind == Kind::Word && self.word(token) == word
    }
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

/// The keywords that have an expression, pattern or type behind them, with no bracket between.
static HEAVY: FewWords = FewWords::of(&[
    "as", "if", "in", "box", "for", "let", "dyn", "else", "move", "impl", "match", "while", "break", "yield",
    "return", "become",
]);
