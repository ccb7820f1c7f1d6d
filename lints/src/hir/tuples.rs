//! What functions take tuples apart of, by a look at their text: `let (client, connection) = connect().await?`.

use crate::source::words::{Word, WordSet};

/// What the tuples come from that the patterns of a function take apart.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::hir) enum TupleSources {
    /// These words, for all patterns, are in the expressions.
    Words(Box<[Word]>),
    /// Some expression is not where it can be seen: in front of the arms of a `match`.
    Any,
}

impl TupleSources {
    /// The patterns of tuples in code without comments: after `let`, there also in `Ok` or `Some`, and of the arms of `match`.
    pub fn of(code: &str) -> Self {
        let mut words = Vec::new();
        for (at, _) in code.match_indices('(') {
            match pattern(code, at) {
                Some(Pattern::Let(from)) => {
                    let Some(source) = expression(from) else { return Self::Any };
                    words.extend(words_in(source));
                }
                Some(Pattern::Other) => return Self::Any,
                None => {}
            }
        }
        words.sort_unstable();
        words.dedup();
        Self::Words(words.into())
    }

    /// Whether there is any pattern of a tuple.
    pub fn are_there(&self) -> bool {
        *self != Self::Words(Box::default())
    }

    /// Whether a tuple may come from an expression with one of these words.
    pub fn may_have(&self, wanted: &WordSet) -> bool {
        match self {
            Self::Words(words) => words.iter().any(|word| wanted.contains(word)),
            Self::Any => true,
        }
    }
}

enum Pattern<'a> {
    /// After `let`, with the code behind the `=`.
    Let(&'a str),
    Other,
}

/// What begins with a bracket, if it may be the pattern of a tuple.
fn pattern(code: &str, at: usize) -> Option<Pattern<'_>> {
    let before = code[..at].trim_end();
    let is_let = |before: &str| before.ends_with("let");
    match before.as_bytes().last()? {
        b't' if is_let(before) => Some(let_pattern(&code[at..])),
        b'(' => {
            let outer = before[..before.len() - 1].trim_end();
            let outer = outer.strip_suffix("Ok").or_else(|| outer.strip_suffix("Some"))?.trim_end();
            if is_let(outer) {
                return Some(let_pattern(&code[before.len() - 1..]));
            }
            may_be_pattern(&code[at..]).then_some(Pattern::Other)
        }
        // A bracket between two of these holds what a closure takes. Where it is one alternative of an arm, so is the last.
        b'|' if behind(&code[at..]).is_some_and(|behind| behind.starts_with('|')) => None,
        b'{' | b'}' | b',' | b'|' | b']' => may_be_pattern(&code[at..]).then_some(Pattern::Other),
        _ => None,
    }
}

fn let_pattern(bracket: &str) -> Pattern<'_> {
    let after = close(bracket).map(|close| &bracket[close + 1..]);
    // A type may stand in between, and has no `=` but in the bounds of what is `dyn`.
    let equals = after.and_then(|after| Some(&after[after.find('=')? + 1..]));
    equals.map_or(Pattern::Other, Pattern::Let)
}

/// Whether what follows a bracket and all that it closes is what follows a pattern.
fn may_be_pattern(bracket: &str) -> bool {
    behind(bracket).is_none_or(|behind| ["=", "|", "if"].iter().any(|next| behind.starts_with(next)))
}

/// What follows a bracket and those that are closed with it; None where that is not known.
fn behind(bracket: &str) -> Option<&str> {
    let close = close(bracket)?;
    Some(bracket[close..].trim_start_matches(|c: char| c.is_whitespace() || c == ')' || c == ','))
}

/// Where a bracket is closed.
fn close(bracket: &str) -> Option<usize> {
    let mut depth = 0u32;
    position(bracket, |byte| {
        match byte {
            b'(' => depth += 1,
            b')' => depth -= 1,
            _ => {}
        }
        depth == 0
    })
}

/// The expression at the start of some code, up to the `;` of a `let` or the block of an `if let`.
fn expression(code: &str) -> Option<&str> {
    let mut depth = 0i32;
    let end = position(code, |byte| {
        match byte {
            b'(' | b'[' => depth += 1,
            b'{' if depth > 0 => depth += 1,
            b')' | b']' | b'}' => depth -= 1,
            _ => {}
        }
        depth < 0 || depth == 0 && matches!(byte, b';' | b'{')
    });
    Some(&code[..end?])
}

/// The first byte outside of strings and characters that is looked for.
fn position(code: &str, mut is_it: impl FnMut(u8) -> bool) -> Option<usize> {
    let bytes = code.as_bytes();
    let mut at = 0;
    loop {
        match *bytes.get(at)? {
            b'"' => at = string_end(bytes, at)?,
            b'\'' if bytes.get(at + 1) == Some(&b'\\') => at = quote_end(bytes, at + 1, b'\'')?,
            b'\'' if bytes.get(at + 2) == Some(&b'\'') => at += 2,
            byte if is_it(byte) => return Some(at),
            _ => {}
        }
        at += 1;
    }
}

/// The last quote of a string, given its first one.
fn string_end(bytes: &[u8], start: usize) -> Option<usize> {
    let hashes = bytes[..start].iter().rev().take_while(|&&byte| byte == b'#').count();
    let is_raw = bytes[..start - hashes].last() == Some(&b'r');
    if !is_raw {
        return quote_end(bytes, start + 1, b'"');
    }
    let is_end = |&at: &usize| bytes[at] == b'"' && bytes[at + 1..].starts_with(&b"#".repeat(hashes));
    (start + 1..bytes.len()).find(is_end)
}

fn quote_end(bytes: &[u8], mut at: usize, quote: u8) -> Option<usize> {
    while *bytes.get(at)? != quote {
        at += if bytes[at] == b'\\' { 2 } else { 1 };
    }
    Some(at)
}

fn words_in(text: &str) -> impl Iterator<Item = Word> {
    let names = text.split(|c: char| !c.is_alphanumeric() && c != '_');
    names.filter(|name| !name.is_empty()).map(Word::of)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(of: &[&str]) -> WordSet {
        of.iter().map(|word| Word::of(word)).collect()
    }

    #[test]
    fn sees_what_tuples_are_taken_from() {
        for code in [
            "{ let (a, b) = f(); }",
            "{ let\n (a, (b, c)): (A, B) = x.f(|y| { y; }).await?; }",
            "{ if let Ok((a, b)) = f() {} }",
            "{ while let Some( (a, b) ) = f(\"(;\\\"\").next() {} }",
            "{ let Ok((a, b)) = r#f() else { return }; }",
            "{ let (a, \")\") = f(r\"\\\"); }",
            "{ let (a, b) = f(r#\"(\"\"#, ')', '\\'', &'static b); }",
            "{ let (a, b) = match 1 { _ => 2 }; let (c, d) = self.f::<T>(); }",
        ] {
            let sources = TupleSources::of(code);
            assert!(matches!(sources, TupleSources::Words(_)), "{code}");
            assert!(sources.may_have(&words(&["f"])), "{code}");
            assert!(!sources.may_have(&words(&["g", "a", "A"])), "{code}");
        }
    }

    #[test]
    fn what_is_not_seen_may_be_anything() {
        for code in [
            "{ match f() { (a, b) => {} } }",
            "{ match f() { x if x.0 => {} (a, b) if a => {} _ => {} } }",
            "{ match f() { Ok((a, _)) | Err((a, _)) => {} } }",
            "{ match f() { (0, _) | (_, 0) => {} } }",
            "{ match f() { (\")\", b) => {} } }",
            "{ while let Some(Ok( (a, b) )) = f() {} }",
            "{ let (a, \")",
        ] {
            assert_eq!(TupleSources::of(code), TupleSources::Any, "{code}");
        }
    }

    #[test]
    fn sees_that_other_brackets_are_none() {
        for code in [
            "{ f((a, b)); }",
            "{ g(a, (b, c)) }",
            "{ Ok((a, b)) }",
            "{ let outlet = 1; outlets(a); }",
            "{ let a = (b, c); }",
            "{ if (a) == b {} }",
            "{ vec![(\")\", 1), (\"=\", 2)] }",
            "{ all.map(|(a, b)| a).for_each(|((a, b), c)| f(a)) }",
        ] {
            assert!(!TupleSources::of(code).are_there(), "{code}");
        }
    }
}
