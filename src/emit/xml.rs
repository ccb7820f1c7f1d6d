//! The little of XML that two formats need.

use std::fmt::Write;

/// An element being written.
pub struct Element<'x> {
    out: &'x mut String,
    name: &'static str,
    depth: usize,
}

/// Writes a document with one element, which `fill` fills.
pub fn document(
    name: &'static str,
    attributes: &[(&str, &str)],
    fill: impl FnOnce(&mut Element<'_>),
) -> String {
    let mut out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned();
    element(&mut out, 0, name, attributes, fill);
    out
}

impl Element<'_> {
    pub fn child(
        &mut self,
        name: &'static str,
        attributes: &[(&str, &str)],
        fill: impl FnOnce(&mut Element<'_>),
    ) {
        self.open();
        element(self.out, self.depth + 1, name, attributes, fill);
    }

    /// Text as its whole content.
    pub fn text(&mut self, text: &str) {
        self.out.push('>');
        escape(text, Within::Content, self.out);
        let _ = write!(self.out, "</{}", self.name);
    }

    /// Ends the start tag, before the first child.
    fn open(&mut self) {
        if !self.out.ends_with('\n') {
            self.out.push_str(">\n");
        }
    }
}

fn element(
    out: &mut String,
    depth: usize,
    name: &'static str,
    attributes: &[(&str, &str)],
    fill: impl FnOnce(&mut Element<'_>),
) {
    let _ = write!(out, "{}<{name}", "  ".repeat(depth));
    for (attribute, value) in attributes {
        let _ = write!(out, " {attribute}=\"");
        escape(value, Within::Attribute, out);
        out.push('"');
    }
    let start = out.len();
    fill(&mut Element { out, name, depth });
    if out.len() == start {
        out.push_str("/>\n");
    } else if out.ends_with('\n') {
        let _ = writeln!(out, "{}</{name}>", "  ".repeat(depth));
    } else {
        out.push_str(">\n");
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Within {
    Content,
    /// Where readers make spaces of line breaks.
    Attribute,
}

/// Text as it stands in a document. What no XML may hold is replaced.
fn escape(text: &str, within: Within, out: &mut String) {
    for c in text.chars() {
        match c {
            '\n' | '\t' if within == Within::Content => out.push(c),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("&#10;"),
            '\t' => out.push_str("&#9;"),
            '\r' => out.push_str("&#13;"),
            '\0'..' ' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_nest_and_nothing_breaks_out() {
        let text = document("a", &[("x", "<\"&'\n\u{1}>")], |a| {
            a.child("b", &[], |b| b.text("]]>\n<&"));
            a.child("c", &[], |_| {});
        });
        let expected = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
            <a x=\"&lt;&quot;&amp;'&#10;\u{fffd}&gt;\">\n  <b>]]&gt;\n&lt;&amp;</b>\n  <c/>\n</a>\n";
        assert_eq!(text, expected);
    }
}
