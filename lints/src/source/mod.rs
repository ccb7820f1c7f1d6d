//! Source text and places in it.
//!
//! Everything above this layer speaks of bytes: a `Span` is a file and a byte range. Lines and columns are made only when
//! something is printed, from the `LineIndex` of that one file.

pub mod comments;
pub mod directives;
pub mod index;
pub mod words;

use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A file of the program, numbered in the order of sorted paths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// A half-open range of bytes in one file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TextRange {
    pub start: u32,
    pub end: u32,
}

impl TextRange {
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end);
        // Files of 4 GiB and more are refused when they are read.
        Self { start: start as u32, end: end as u32 }
    }

    pub fn contains(self, other: TextRange) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    pub fn as_usize(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    pub fn cover(self, other: TextRange) -> TextRange {
        TextRange { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// A half-open range of bytes, with the file they are in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    pub file: FileId,
    pub range: TextRange,
}

impl Span {
    pub fn new(file: FileId, range: TextRange) -> Self {
        Self { file, range }
    }
}

/// One source file: its path as it was found, and its text without a byte order mark being stripped, so that byte
/// offsets are those of the file on disk.
#[derive(Clone, Debug)]
pub struct SourceFile {
    pub path: PathBuf,
    /// Shared with the functions that are lowered from it when they are asked for.
    pub text: Arc<String>,
}

impl SourceFile {
    pub fn new(path: impl Into<PathBuf>, text: impl Into<String>) -> Self {
        Self { path: path.into(), text: Arc::new(text.into()) }
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    pub fn slice(&self, range: TextRange) -> &str {
        &self.text[range.as_usize()]
    }
}

/// Where the lines of a text start, for turning byte offsets into lines and columns.
#[derive(Debug)]
pub struct LineIndex {
    starts: Vec<u32>,
}

/// A place for people: both numbers count from 1, the column in characters (Unicode scalar values).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineColumn {
    pub line: usize,
    pub column: usize,
}

impl LineIndex {
    pub fn new(text: &str) -> Self {
        let newlines =
            text.bytes().enumerate().filter(|&(_, byte)| byte == b'\n').map(|(at, _)| at as u32 + 1);
        Self { starts: std::iter::once(0).chain(newlines).collect() }
    }

    /// The line of a byte offset, counted from 0.
    pub fn line(&self, offset: u32) -> usize {
        self.starts.partition_point(|&start| start <= offset) - 1
    }

    /// The bytes of a line counted from 0, without its line break.
    pub fn line_range(&self, text: &str, line: usize) -> TextRange {
        let start = self.starts[line] as usize;
        let end = self.starts.get(line + 1).map_or(text.len(), |&next| next as usize);
        let content = text[start..end].trim_end_matches('\n').trim_end_matches('\r');
        TextRange::new(start, start + content.len())
    }

    pub fn line_count(&self) -> usize {
        self.starts.len()
    }

    pub fn line_column(&self, text: &str, offset: u32) -> LineColumn {
        let line = self.line(offset);
        let before = &text[self.starts[line] as usize..offset as usize];
        LineColumn { line: line + 1, column: before.chars().count() + 1 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_lines_end_before_their_break() {
        let text = "let e = \"🦀\"; x\r\n\nlast";
        let lines = LineIndex::new(text);
        let x = text.find('x').unwrap() as u32;
        assert_eq!(lines.line_column(text, x), LineColumn { line: 1, column: 14 });
        assert_eq!(&text[lines.line_range(text, 0).as_usize()], "let e = \"🦀\"; x");
        assert_eq!(&text[lines.line_range(text, 1).as_usize()], "");
        assert_eq!(&text[lines.line_range(text, 2).as_usize()], "last");
        assert_eq!(lines.line_column(text, text.len() as u32), LineColumn { line: 3, column: 5 });
    }
}
