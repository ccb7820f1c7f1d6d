//! The lints of taskguard, and all that they stand on: text in, diagnostics out.

pub mod hir;
pub mod knowledge;
pub mod source;

use crate::source::directives::{self, Directive};
use crate::source::{SourceFile, TextRange, index};

/// A source file after parsing: everything that is known of it alone.
#[derive(Debug)]
pub struct ParsedFile {
    pub source: SourceFile,
    pub hir: hir::File,
    pub directives: Vec<Directive>,
    /// Suppression comments that cannot be understood.
    pub directive_errors: Vec<(TextRange, String)>,
}

/// Indexes, parses and lowers a file. What cannot be understood is in `hir.problems`; the rest is there all the same.
pub fn read(source: SourceFile) -> ParsedFile {
    let index = index::index(&source.text);
    let hir = hir::lower::lower(&source, &index);
    let (directives, directive_errors) = directives::parse(&source.text, &index.directives);
    ParsedFile { source, hir, directives, directive_errors }
}
