//! Links of the built book.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Component, Path, PathBuf};

use book::{REPOSITORY, root};

use crate::built;
use crate::html::attributes;

/// The pages of the book, by their paths in it.
fn pages() -> BTreeMap<PathBuf, String> {
    let mut pages = BTreeMap::new();
    let mut folders = vec![built().to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("the book can be read") {
            let path = entry.expect("the book can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|it| it == "html") {
                let name = path.strip_prefix(built()).expect("it is in the book").to_owned();
                pages.insert(name, fs::read_to_string(&path).expect("pages are text"));
            }
        }
    }
    pages
}

#[test]
fn every_link_leads_somewhere() {
    let pages = pages();
    assert!(pages.len() > 50, "{:?}", pages.keys());
    let ids: BTreeMap<&Path, BTreeSet<&str>> =
        pages.iter().map(|(path, page)| (&**path, attributes(page, "id").into_iter().collect())).collect();
    let mut broken = Vec::new();
    for (path, page) in &pages {
        for link in attributes(page, "href").into_iter().chain(attributes(page, "src")) {
            if !leads_somewhere(path, link, &ids) {
                broken.push(format!("{}: {link}", path.display()));
            }
        }
    }
    assert!(broken.is_empty(), "\n\nlinks that lead nowhere:\n{}\n", broken.join("\n"));
}

fn leads_somewhere(page: &Path, link: &str, ids: &BTreeMap<&Path, BTreeSet<&str>>) -> bool {
    if let Some(file) = link.strip_prefix(REPOSITORY) {
        return root().join(file.split('#').next().unwrap_or_default()).exists();
    }
    // What is on other sites is theirs; a test needs no network.
    if link.contains("://") || link.starts_with("data:") || page == Path::new("404.html") {
        return true;
    }
    let (path, id) = link.split_once('#').unwrap_or((link, ""));
    let target = if path.is_empty() { page.to_owned() } else { normal(&page.with_file_name(path)) };
    let has_id = || id.is_empty() || ids.get(&*target).is_some_and(|ids| ids.contains(id));
    built().join(&target).is_file() && has_id()
}

#[test]
fn a_link_that_leads_nowhere_is_seen() {
    let ids = BTreeMap::from([(Path::new("lints.html"), BTreeSet::from(["blind_join"]))]);
    let leads = |link: &str| leads_somewhere(Path::new("incidents/gateway.html"), link, &ids);
    assert!(leads("../lints.html#blind_join") && leads("../quick-start.html"));
    assert!(!leads("../lints.html#blind") && !leads("lints.html") && !leads("../gone.html"));
    assert!(leads(&format!("{REPOSITORY}README.md")) && !leads(&format!("{REPOSITORY}README.txt")));
}

/// A path without `..`.
fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for component in path.components() {
        match component {
            Component::ParentDir => _ = normal.pop(),
            component => normal.push(component),
        }
    }
    normal
}

/// The book can be read without a network.
#[test]
fn nothing_is_fetched_from_elsewhere() {
    for (path, page) in pages() {
        let tags =
            page.split('<').filter(|tag| ["link ", "script ", "img "].iter().any(|it| tag.starts_with(it)));
        let fetched: Vec<&str> =
            tags.filter(|tag| tag.split('>').next().is_some_and(|it| it.contains("://"))).collect();
        assert!(fetched.is_empty(), "{}: {fetched:?}", path.display());
    }
}

/// What could not be included stays in the text, and mdBook only logs it.
#[test]
fn all_that_is_included_is_there() {
    let open = pages().into_iter().filter(|(_, page)| page.contains("{{#"));
    let open: Vec<_> = open.map(|(path, _)| path).collect();
    assert!(open.is_empty(), "{open:?}");
}

/// An excerpt whose anchors are gone is empty.
#[test]
fn no_block_of_code_is_empty() {
    for (path, page) in pages() {
        let codes =
            page.split("<code").skip(1).filter_map(|it| it.split_once('>')?.1.split("</code>").next());
        let empty = codes.filter(|code| code.trim().is_empty()).count();
        assert_eq!(empty, 0, "{}", path.display());
    }
}

#[test]
fn each_lint_has_a_page_and_a_place_on_the_page_of_all() {
    let pages = pages();
    let all = &pages[Path::new("lints.html")];
    let source = fs::read_to_string(root().join("docs/lints.md")).expect("it is there");
    let names: Vec<&str> = source.lines().filter_map(|line| line.strip_prefix("## ")).collect();
    assert!(names.len() > 30, "{names:?}");
    let ids = attributes(all, "id");
    for name in names {
        assert!(ids.contains(&name), "{name} has no place on the page of lints");
        let page = &pages[&PathBuf::from(format!("lints/{name}.html"))];
        for part in ["When it is not a defect", "by default", "Use instead", "Options"] {
            assert!(page.contains(part), "the page of {name} has no `{part}`");
        }
    }
}
