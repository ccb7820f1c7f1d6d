//! Builds the book. mdBook does the work; two things are ours: each lint gets a page of its own, cut from the page of all,
//! and links that leave `docs/` lead to the repository.

use std::path::{Path, PathBuf};

use mdbook_driver::MDBook;
use mdbook_driver::book::{BookItem, Chapter};
use mdbook_driver::errors::Result;

/// Where files of the repository are shown.
pub const REPOSITORY: &str = "https://github.com/taskguard/taskguard/blob/main/";

/// The page of all lints.
const LINTS: &str = "lints.md";

/// The folder of the workspace.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("this package is in the workspace")
}

/// Builds the book into a folder, which is made anew.
pub fn build(destination: &Path) -> Result<()> {
    let mut book = MDBook::load(root())?;
    book.config.build.build_dir = destination.to_owned();
    book.book.for_each_chapter_mut(|chapter| {
        if chapter.path.as_deref() == Some(Path::new(LINTS)) {
            chapter.sub_items = pages_of_lints(chapter);
        }
        chapter.content = chapter.content.replace("](../", &format!("]({REPOSITORY}"));
    });
    book.build()
}

/// A page for each lint: its section of the page of all lints, one level up.
fn pages_of_lints(all: &Chapter) -> Vec<BookItem> {
    let sections = all.content.split("\n## ").skip(1);
    let page = |(index, section): (usize, &str)| {
        let name = section.lines().next().unwrap_or_default();
        let text = format!("# {}", section.replace("\n### ", "\n## "));
        let path = PathBuf::from(format!("lints/{name}.md"));
        let mut page = Chapter::new(name, text, path, vec![all.name.clone()]);
        // By its number a chapter is known to be below another.
        page.number = all.number.as_ref().map(|all| all.iter().copied().chain([index as u32 + 1]).collect());
        BookItem::Chapter(page)
    };
    sections.enumerate().map(page).collect()
}
