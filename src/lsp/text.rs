//! Texts as editors speak of them: lines from 0, and columns in UTF-16.

use gen_lsp_types::{Position, Range, TextDocumentContentChangeEvent};
use taskguard_lints::source::TextRange;

/// Where the lines of a text begin. To an editor a `\r` alone ends a line too.
pub struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
}

impl<'t> Lines<'t> {
    pub fn new(text: &'t str) -> Self {
        let bytes = text.as_bytes();
        let ends = (0..bytes.len()).filter(|&at| match bytes[at] {
            b'\n' => true,
            b'\r' => bytes.get(at + 1) != Some(&b'\n'),
            _ => false,
        });
        Self { text, starts: std::iter::once(0).chain(ends.map(|end| end + 1)).collect() }
    }

    /// A range of bytes, wherever in a character it begins or ends.
    pub fn range(&self, range: TextRange) -> Range {
        let start = self.text.floor_char_boundary(range.start as usize);
        let end = self.text.ceil_char_boundary(range.end as usize).max(start);
        Range { start: self.position(start), end: self.position(end) }
    }

    fn position(&self, offset: usize) -> Position {
        let line = self.starts.partition_point(|&start| start <= offset) - 1;
        let character = self.text[self.starts[line]..offset].encode_utf16().count();
        Position { line: line as u32, character: character as u32 }
    }

    /// The byte at a position. One beyond the end of its line is that end, and one inside of a character its start.
    pub fn offset(&self, position: Position) -> usize {
        let line = position.line as usize;
        let Some(&start) = self.starts.get(line) else { return self.text.len() };
        let end = self.starts.get(line + 1).map_or(self.text.len(), |&next| next);
        let line = self.text[start..end].trim_end_matches(['\r', '\n']);
        let mut units = 0;
        for (at, c) in line.char_indices() {
            units += c.len_utf16();
            if units > position.character as usize {
                return start + at;
            }
        }
        start + line.len()
    }
}

/// Makes a change of an editor in a text.
pub fn change(text: &mut String, change: TextDocumentContentChangeEvent) {
    match change {
        TextDocumentContentChangeEvent::TextDocumentContentChangePartial(part) => {
            let lines = Lines::new(text);
            let (start, end) = (lines.offset(part.range.start), lines.offset(part.range.end));
            text.replace_range(start.min(end)..end.max(start), &part.text);
        }
        TextDocumentContentChangeEvent::TextDocumentContentChangeWholeDocument(whole) => *text = whole.text,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn at(line: u32, character: u32) -> Position {
        Position { line, character }
    }

    #[test]
    fn columns_count_utf16_and_any_line_break_ends_a_line() {
        let text = "a\r\n\u{1f980}é x\rlast\n";
        let lines = Lines::new(text);
        let x = text.find('x').unwrap();
        assert_eq!(lines.position(x), at(1, 4));
        assert_eq!(lines.offset(at(1, 4)), x);
        assert_eq!(lines.offset(at(1, 1)), 3, "inside of a character");
        assert_eq!(lines.offset(at(0, 99)), 1, "beyond the end of the line");
        assert_eq!(lines.position(text.find("last").unwrap()), at(2, 0));
        assert_eq!((lines.offset(at(3, 0)), lines.offset(at(9, 9))), (text.len(), text.len()));
        assert_eq!(lines.position(text.len()), at(3, 0));
    }

    #[test]
    fn ranges_that_are_off_are_ranges_all_the_same() {
        let lines = Lines::new("é");
        assert_eq!(lines.range(TextRange { start: 1, end: 9 }), Range { start: at(0, 0), end: at(0, 1) });
    }

    #[test]
    fn changes_are_made_one_after_the_other() {
        let mut text = "fn main() {\n    \u{1f980}()\n}\n".to_owned();
        let mut apply = |value: serde_json::Value| change(&mut text, serde_json::from_value(value).unwrap());
        let range = |start: (u32, u32), end: (u32, u32)| json!({ "start": { "line": start.0, "character": start.1 }, "end": { "line": end.0, "character": end.1 } });
        apply(json!({ "range": range((1, 4), (1, 6)), "text": "crab" }));
        apply(json!({ "range": range((0, 99), (0, 99)), "text": " // x" }));
        // The wrong way round, and far outside.
        apply(json!({ "range": range((99, 0), (3, 0)), "text": "// end\n" }));
        assert_eq!(text, "fn main() { // x\n    crab()\n}\n// end\n");
        change(&mut text, serde_json::from_value(json!({ "text": "" })).unwrap());
        assert_eq!(text, "");
    }
}
