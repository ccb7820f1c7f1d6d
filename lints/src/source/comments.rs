//! What comments at a place say to people.

use crate::source::TextRange;

/// Words with which people say that a loss is meant.
const INTENT: &[&str] = &[
    "best effort",
    "best-effort",
    "ignore",
    "infinite",
    "retry indefinitely",
    "fire and forget",
    "fire-and-forget",
    "detached on purpose",
    "intentionally",
    "deliberately",
    "on purpose",
];

/// Whether the comment lines directly above the line of a place, or a comment on that line, say that what happens is meant.
pub fn state_intent(text: &str, place: TextRange) -> bool {
    let line_start = text[..place.start as usize].rfind('\n').map_or(0, |at| at + 1);
    let line_end = text[place.start as usize..].find('\n').map_or(text.len(), |at| place.start as usize + at);
    let above = text[..line_start].lines().rev().map(str::trim).take_while(|line| line.starts_with("//"));
    let here = text[line_start..line_end].split_once("//").map(|(_, comment)| comment);
    above.chain(here).any(|comment| {
        let comment = comment.to_ascii_lowercase();
        INTENT.iter().any(|words| comment.contains(words))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> bool {
        let start = text.find("spawn").unwrap();
        state_intent(text, TextRange::new(start, start + 5))
    }

    #[test]
    fn believes_comments_above_and_beside() {
        assert!(at("// Best effort: the next tick does it again.\n// (see below)\n    spawn(x);"));
        assert!(at("spawn(x); // fire and forget"));
        assert!(!at("// Best effort.\n\nspawn(x);"), "a blank line ends the comment");
        assert!(!at("// Starts the worker.\nspawn(x);\n// best effort"));
    }
}
