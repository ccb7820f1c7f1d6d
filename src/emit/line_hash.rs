//! The hashes of lines by which GitHub's code scanning knows an alert again: `primaryLocationLineHash`.
//!
//! Its upload action computes them from the files, and warns where a report has others. Who uploads by the API has nobody
//! who does, so they are computed here in the same way: over the hundred characters that begin with the line, without blanks.

use std::collections::HashMap;

const WINDOW: usize = 100;
const FACTOR: u64 = 37;

/// The hash of each line of a text, in order. Equal ones are numbered.
pub fn line_hashes(text: &str) -> Vec<String> {
    let mut windows = Windows::default();
    let mut is_start = true;
    let mut after_return = false;
    for unit in text.encode_utf16() {
        let is_rest_of_break = after_return && unit == u16::from(b'\n');
        after_return = false;
        if is_rest_of_break || unit == u16::from(b' ') || unit == u16::from(b'\t') {
            continue;
        }
        after_return = unit == u16::from(b'\r');
        let unit = if after_return { u16::from(b'\n') } else { unit };
        windows.push(unit.into(), is_start);
        is_start = unit == u16::from(b'\n');
    }
    // The end counts as a character too.
    windows.push(u16::MAX.into(), is_start);
    windows.finish()
}

struct Windows {
    /// The last characters, in a ring, and whether a line begins with each.
    units: [u64; WINDOW],
    begins: [bool; WINDOW],
    at: usize,
    hash: u64,
    /// What the character that leaves the window has been multiplied with.
    first: u64,
    hashes: Vec<String>,
    seen: HashMap<u64, usize>,
}

impl Default for Windows {
    fn default() -> Self {
        let first = (0..WINDOW).fold(1, |product: u64, _| product.wrapping_mul(FACTOR));
        let (units, begins) = ([0; WINDOW], [false; WINDOW]);
        Self { units, begins, at: 0, hash: 0, first, hashes: Vec::new(), seen: HashMap::new() }
    }
}

impl Windows {
    fn push(&mut self, unit: u64, is_start: bool) {
        if std::mem::replace(&mut self.begins[self.at], is_start) {
            let count = self.seen.entry(self.hash).or_default();
            *count += 1;
            self.hashes.push(format!("{:x}:{count}", self.hash));
        }
        let leaves = std::mem::replace(&mut self.units[self.at], unit);
        let without = leaves.wrapping_mul(self.first);
        self.hash = self.hash.wrapping_mul(FACTOR).wrapping_add(unit).wrapping_sub(without);
        self.at = (self.at + 1) % WINDOW;
    }

    fn finish(mut self) -> Vec<String> {
        (0..WINDOW).for_each(|_| self.push(0, false));
        self.hashes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the action itself expects of these texts in its tests.
    #[test]
    fn hashes_are_those_of_the_upload_action() {
        assert_eq!(line_hashes(""), ["c129715d7a2bc9a3:1"]);
        let short = ["271789c17abda88f:1", "54703d4cd895b18:1", "180aee12dab6264:1", "a23a3dc5e078b07b:1"];
        assert_eq!(line_hashes(" a\nb\n  \t\tc\n d"), short);
        assert_eq!(
            line_hashes(" hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End"),
            [
                "8b7cf3e952e7aeb2:1",
                "b1ae1287ec4718d9:1",
                "bff680108adb0fcc:1",
                "c6805c5e1288b612:1",
                "b86d3392aea1be30:1",
                "e6ceba753e1a442:1"
            ]
        );
    }

    #[test]
    fn line_breaks_of_all_systems_are_one() {
        let lines = line_hashes("a\nb\n\nc");
        assert_eq!(line_hashes("a\r\nb\r\n\r\nc"), lines);
        assert_eq!(line_hashes("a\rb\r\rc"), lines);
        assert_eq!(lines.len(), 4);
        assert_eq!(
            line_hashes(&"x\n".repeat(300))[..3].iter().map(|it| it.split(':').nth(1)).collect::<Vec<_>>(),
            [Some("1"), Some("2"), Some("3")]
        );
    }
}
