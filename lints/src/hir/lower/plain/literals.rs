//! Literals.

use super::body::BodyReader;
use crate::hir::*;

impl BodyReader<'_> {
    pub fn literal(&mut self) -> Option<ExprId> {
        let start = self.place();
        let literal = self.literal_kind()?;
        let range = self.since(start);
        Some(self.builder.add(ExprKind::Literal(literal), range))
    }

    /// `b".."`, `c".."`, `b'.'`, of which the prefix is a word, or `r".."`, `br".."`.
    pub fn is_at_prefixed_literal(&self) -> bool {
        match self.ahead() {
            [b'b' | b'c', b'"', ..] | [b'b', b'\'', ..] => true,
            [b'r' | b'b' | b'c', ..] => self.peek().ends_with(['"', '#']),
            _ => false,
        }
    }

    /// Reads a literal. What it is worth is kept of those that somebody asks about.
    pub fn literal_kind(&mut self) -> Option<Literal> {
        let token = self.next()?;
        let literal = match token.as_bytes() {
            b"true" => return Some(Literal::Bool(true)),
            b"false" => return Some(Literal::Bool(false)),
            b"b" => {
                let inside = self.next()?;
                are_plain_bytes(between_quotes(inside)?)?;
                Literal::Other
            }
            b"c" => {
                (!self.next()?.contains(['\\', '\r', '\0'])).then_some(())?;
                Literal::Other
            }
            [b'0'..=b'9', ..] => return self.number(token),
            [b'"', ..] => Literal::Str(text(between_quotes(token)?)?),
            [b'\'', ..] => is_character(between_quotes(token)?).then_some(Literal::Other)?,
            [b'r', ..] => Literal::Str(Name::from(raw(&token[1..])?)),
            [b'b', b'r', ..] => raw(&token[2..]).filter(|text| text.is_ascii()).map(|_| Literal::Other)?,
            _ => return None,
        };
        // A suffix.
        (!is_word_byte(self.byte_after())).then_some(literal)
    }

    /// A number from behind its first token, which goes up to what is no letter or digit.
    fn number(&mut self, token: &str) -> Option<Literal> {
        if token.starts_with("0x") || token.starts_with("0o") || token.starts_with("0b") {
            return radix_value(token).map(|value| Literal::Int(Name::from(&value.to_string())));
        }
        let digits = token.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b'_').count();
        if self.byte_after() == b'.' {
            // `1.max(2)` and `1..2` are whole numbers and something behind them.
            let behind = *self.ahead().get(1).unwrap_or(&0);
            if behind != b'.' && (!is_word_byte(behind) || behind.is_ascii_digit()) {
                (digits == token.len()).then_some(())?;
                self.at += 1;
                return self.fraction();
            }
        }
        match &token[digits..] {
            "" if !token.contains('_') && (token.len() == 1 || !token.starts_with('0')) => {
                Some(Literal::Int(Name::from(token)))
            }
            "" | "u8" | "u16" | "u32" | "u64" | "u128" | "usize" | "i8" | "i16" | "i32" | "i64" | "i128"
            | "isize" | "f32" | "f64" => {
                let plain = token[..digits].replace('_', "");
                let plain = plain.trim_start_matches('0');
                Some(Literal::Int(Name::from(if plain.is_empty() { "0" } else { plain })))
            }
            exponent => self.exponent(exponent),
        }
    }

    /// What is behind the dot of a number.
    fn fraction(&mut self) -> Option<Literal> {
        if !self.byte_after().is_ascii_digit() {
            return Some(Literal::Other);
        }
        let token = self.next()?;
        match token.trim_start_matches(|digit: char| digit.is_ascii_digit() || digit == '_') {
            "" | "f32" | "f64" => Some(Literal::Other),
            exponent => self.exponent(exponent),
        }
    }

    /// `e9`, or the `e` of `e-9`.
    fn exponent(&mut self, exponent: &str) -> Option<Literal> {
        let mut digits = exponent.strip_prefix(['e', 'E'])?;
        if digits.is_empty() {
            matches!(self.byte_after(), b'+' | b'-').then_some(())?;
            self.at += 1;
            self.byte_after().is_ascii_digit().then_some(())?;
            digits = self.next()?;
        }
        let is_number = digits.bytes().all(|byte| byte.is_ascii_digit());
        (is_number && self.byte_after() != b'.').then_some(Literal::Other)
    }
}

fn is_word_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}

fn between_quotes(literal: &str) -> Option<&str> {
    literal.get(1..literal.len() - 1)
}

/// The value of a number in another base than ten.
fn radix_value(token: &str) -> Option<u128> {
    let base = match token.as_bytes()[1] {
        b'x' => 16,
        b'o' => 8,
        _ => 2,
    };
    let (digits, suffix) = match token.find(['u', 'i']) {
        Some(at) => (&token[2..at], &token[at + 1..]),
        None => (&token[2..], "8"),
    };
    matches!(suffix, "8" | "16" | "32" | "64" | "128" | "size").then_some(())?;
    u128::from_str_radix(&digits.replace('_', ""), base).ok()
}

/// What is between the quotes of a raw string, from its first `#` or quote on.
fn raw(literal: &str) -> Option<&str> {
    let inside = literal.trim_start_matches('#');
    let hashes = literal.len() - inside.len();
    let inside = inside.strip_prefix('"')?.get(..inside.len().checked_sub(2 + hashes)?)?;
    (!inside.contains('\r')).then_some(inside)
}

/// What the text between quotes stands for.
fn text(inside: &str) -> Option<Name> {
    match inside.bytes().any(|byte| matches!(byte, b'\\' | b'\r')) {
        true => Some(Name::from(&unescaped(inside)?)),
        false => Some(Name::from(inside)),
    }
}

fn is_character(inside: &str) -> bool {
    let is_one = |text: &str| text.chars().count() == 1;
    match inside.strip_prefix('\\') {
        Some(_) => unescaped(inside).is_some_and(|text| is_one(&text)),
        None => is_one(inside) && !inside.starts_with(|c: char| c.is_control() || c == '\''),
    }
}

/// Whether these are bytes as the parser takes them between quotes.
fn are_plain_bytes(inside: &str) -> Option<()> {
    (inside.is_ascii() && !inside.contains('\r')).then_some(())?;
    let mut rest = inside;
    while let Some(at) = rest.find('\\') {
        let escape = rest.as_bytes().get(at + 1)?;
        let len = match escape {
            b'n' | b'r' | b't' | b'\\' | b'0' | b'\'' | b'"' => 2,
            b'x' => {
                let digits = rest.get(at + 2..at + 4)?;
                digits.bytes().all(|byte| byte.is_ascii_hexdigit()).then_some(4)?
            }
            _ => return None,
        };
        rest = &rest[at + len..];
    }
    Some(())
}

/// A text with what its escapes stand for.
fn unescaped(text: &str) -> Option<String> {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['\\', '\r']) {
        plain.push_str(&rest[..at]);
        let (character, len) = match rest.as_bytes()[at..] {
            [b'\\', b'n', ..] => ('\n', 2),
            [b'\\', b'r', ..] => ('\r', 2),
            [b'\\', b't', ..] => ('\t', 2),
            [b'\\', b'0', ..] => ('\0', 2),
            [b'\\', byte @ (b'\\' | b'\'' | b'"'), ..] => (char::from(byte), 2),
            [b'\\', b'x', b'0'..=b'7', _, ..] => {
                let value = u8::from_str_radix(rest.get(at + 2..at + 4)?, 16).ok()?;
                (char::from(value), 4)
            }
            [b'\\', b'u', b'{', ..] => {
                let digits = rest[at + 3..].split_once('}')?.0;
                let is_plain = digits.bytes().all(|byte| byte.is_ascii_hexdigit()) && digits.len() <= 6;
                let value = u32::from_str_radix(digits, 16).ok().filter(|_| is_plain)?;
                (char::from_u32(value)?, digits.len() + 4)
            }
            [b'\\', b'\n', ..] => {
                let behind = rest[at + 1..].trim_start_matches([' ', '\t', '\n']);
                (!behind.starts_with('\r')).then_some(())?;
                rest = behind;
                continue;
            }
            _ => return None,
        };
        plain.push(character);
        rest = &rest[at + len..];
    }
    plain.push_str(rest);
    Some(plain)
}
