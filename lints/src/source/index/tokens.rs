//! Tokens: what remains of a text without space and comments.

use memchr::memchr;

use super::{MARK, Scan, Trust, UNCLOSED, UNCLOSED_COMMENT};
use crate::source::TextRange;

/// Items behind so many bytes on their line count as not indented: no person indented them.
const LONGEST_LINE: usize = 200;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
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
pub(super) struct Token {
    pub kind: Kind,
    pub start: usize,
    pub end: usize,
}

impl<'t> Scan<'t> {
    #[inline(always)]
    pub(super) fn token(&mut self) -> Token {
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
                    at = indentation_end(bytes, at);
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
    pub(super) fn indentation_at(&self, at: usize) -> usize {
        if self.trust == Trust::Brackets {
            return 0;
        }
        let near = &self.bytes[at.saturating_sub(LONGEST_LINE)..at];
        let line = near.iter().rposition(|&byte| byte == b'\n').map(|newline| newline + 1);
        let line = line.or((near.len() < LONGEST_LINE).then_some(0));
        line.map_or(0, |line| leading_space(&self.bytes[at - near.len() + line..]).0)
    }

    /// Whether a line starts with this token and looks like the start of an item.
    pub(super) fn begins_item_at(&self, token: Token) -> bool {
        self.is_first_on_line(token.start) && begins_item(&self.bytes[token.start..])
    }

    pub(super) fn is_first_on_line(&self, at: usize) -> bool {
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
pub(super) fn is_arrow(bytes: &[u8], token: Token) -> bool {
    token.start > 0 && matches!(bytes[token.start - 1], b'-' | b'=')
}

/// Where the spaces end that a line begins with, or so near to the end of the text that it makes no difference.
#[inline(always)]
fn indentation_end(bytes: &[u8], mut at: usize) -> usize {
    while let Some(&eight) = bytes[at..].first_chunk() {
        let others = u64::from_le_bytes(eight) ^ (u64::from(b' ') * EACH);
        at += others.trailing_zeros() as usize / 8;
        if others != 0 {
            break;
        }
    }
    at
}

/// Where the letters and digits end that go on from a place.
#[inline(always)]
fn word_end(bytes: &[u8], mut at: usize) -> usize {
    while let Some(&eight) = bytes[at..].first_chunk() {
        let others = !word_bytes(u64::from_le_bytes(eight)) & EACH_HIGH;
        if others != 0 {
            return at + others.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    while let Some(&byte) = bytes.get(at)
        && matches!(CLASSES[byte as usize], Class::Word | Class::Digit)
    {
        at += 1;
    }
    at
}

const EACH: u64 = 0x0101_0101_0101_0101;
const EACH_HIGH: u64 = 0x80 * EACH;

/// The high bit of each byte that may stand in a word. Eight at once: most words are no longer, and a loop whose end
/// cannot be foreseen costs more than all that it does.
#[inline(always)]
fn word_bytes(eight: u64) -> u64 {
    let ascii = eight & !EACH_HIGH;
    let at_least = |bytes: u64, least: u8| bytes + u64::from(0x80 - least) * EACH;
    let lower = ascii | (0x20 * EACH);
    let letters = at_least(lower, b'a') & !at_least(lower, b'z' + 1);
    let digits = at_least(ascii, b'0') & !at_least(ascii, b'9' + 1);
    let underscores = !at_least(ascii ^ (u64::from(b'_') * EACH), 1);
    letters | digits | underscores | eight
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

/// Whether a line with this content looks like the start of an item, and not like a statement.
pub(super) fn begins_item(content: &[u8]) -> bool {
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
