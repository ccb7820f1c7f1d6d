//! As much of HTML as links need.

/// The values of an attribute of all tags of a page.
pub fn attributes<'a>(page: &'a str, name: &str) -> Vec<&'a str> {
    let head = format!(" {name}=\"");
    let tags = page.split('<').skip(1).filter_map(|text| text.split_once('>')).map(|(tag, _)| tag);
    let value = |tag: &'a str| tag.split_once(&head)?.1.split('"').next();
    tags.filter_map(value).collect()
}

#[test]
fn attributes_are_those_of_tags() {
    let page = "<p id=\"a\" class=\"b\">href=\"no\" <a class=\"x\" href=\"c.html#d\">c</a></p>";
    assert_eq!(attributes(page, "href"), ["c.html#d"]);
    assert_eq!(attributes(page, "id"), ["a"]);
}
