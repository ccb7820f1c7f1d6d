//! The book as its readers have it: every link leads somewhere, and a browser finds its way.

mod browser;
mod html;
mod links;
mod webdriver;

use std::path::Path;
use std::sync::OnceLock;

use tempfile::TempDir;

/// The book, built once for all tests.
fn built() -> &'static Path {
    static BOOK: OnceLock<TempDir> = OnceLock::new();
    let book = BOOK.get_or_init(|| {
        let folder = TempDir::new().expect("there is room for temporary files");
        book::build(folder.path()).expect("the book can be built");
        folder
    });
    book.path()
}
