//! The book in a browser, on a desk and on a phone.

use std::path::PathBuf;

use crate::built;
use crate::webdriver::Browser;

fn page(name: &str) -> PathBuf {
    built().join(name)
}

#[test]
fn a_reader_at_a_desk_finds_the_way() {
    finds_the_way(1280, 900);
}

#[test]
fn a_reader_on_a_phone_finds_the_way() {
    finds_the_way(375, 740);
}

#[track_caller]
fn finds_the_way(width: u32, height: u32) {
    let Some(browser) = Browser::start(width, height) else { return };
    reads_on(&browser);
    searches(&browser);
    filters(&browser);
    comes_from_a_finding(&browser);
    assert_nothing_is_too_wide(&browser);
    assert_eq!(browser.errors(), [""; 0]);
}

/// From the first page by the list of chapters, and on with the arrow at the end.
fn reads_on(browser: &Browser) {
    browser.open(&page("index.html"), "");
    browser.find("main h1");
    let in_sidebar = "#mdbook-sidebar a[href$='quick-start.html']";
    if browser.visible(in_sidebar).is_empty() {
        browser.click(&browser.find("#mdbook-sidebar-toggle"));
    }
    browser
        .until("the list of chapters is there", || browser.run(&left_of(in_sidebar)).as_f64() >= Some(0.0));
    browser.click(&browser.find(in_sidebar));
    browser.until("the chapter is there", || browser.url().ends_with("quick-start.html"));
    assert_eq!(browser.text(&browser.find("main h1")), "Quick start");
    browser.click(&browser.find("a[rel~='next']"));
    browser.until("the next chapter is there", || browser.url().ends_with("adopting.html"));
}

/// Where an element begins: the list of chapters slides in.
fn left_of(css: &str) -> String {
    format!("return document.querySelector(\"{css}\").getBoundingClientRect().left")
}

/// By the search of the book.
fn searches(browser: &Browser) {
    browser.open(&page("index.html"), "");
    browser.click(&browser.find("#mdbook-search-toggle"));
    browser.keys(&browser.find("#mdbook-searchbar"), "lagged_ends_loop");
    let result = browser.find("#mdbook-searchresults a[href*='lints/lagged_ends_loop.html']");
    browser.click(&result);
    browser.until("the page of the lint is there", || browser.url().contains("/lints/lagged_ends_loop.html"));
    assert_eq!(browser.text(&browser.find("main h1")), "lagged_ends_loop");
}

/// By the index of lints.
fn filters(browser: &Browser) {
    browser.open(&page("lints.html"), "");
    browser.find(".lint-filter");
    let shown = || -> Vec<String> {
        let script =
            "return [...document.querySelectorAll('details.lint:not([hidden]) h2')].map(it => it.id)";
        let names = browser.run(script);
        names.as_array().unwrap().iter().map(|it| it.as_str().unwrap().to_owned()).collect()
    };
    let all = shown();
    let choose = |label: &str, value: &str| {
        let select = format!(
            "[...document.querySelectorAll('.lint-filter label')].find(it => it.firstChild.data === '{label}').lastChild"
        );
        let script = format!(
            "const it = {select}; it.value = '{value}'; it.dispatchEvent(new Event('input', {{ bubbles: true }}))"
        );
        browser.run(&script);
        shown()
    };
    let suspicious = choose("Group", "suspicious");
    assert!(
        suspicious.contains(&"dropped_join_handle".to_owned())
            && !suspicious.contains(&"raw_spawn".to_owned())
    );
    let ends = choose("Family", "ends");
    assert!(ends.contains(&"worker_returns_ok".to_owned()) && ends.len() < suspicious.len(), "{ends:?}");
    assert_eq!(choose("Profile", "service"), [""; 0]);
    choose("Family", "any");
    let service = choose("Group", "any");
    assert!(service.contains(&"missing_panic_hook".to_owned()) && service.len() < all.len(), "{service:?}");
    assert_eq!(choose("Profile", "any"), all);

    // Words come from keys; those by which mdBook turns pages do nothing else here.
    let text = browser.find(".lint-filter input");
    browser.keys(&text, "broadcast lag\u{e012}\u{e014}s");
    assert_eq!(shown(), [""; 0]);
    browser.keys(&text, "\u{e003}");
    assert!(shown().contains(&"lagged_ends_loop".to_owned()), "{:?}", shown());
    assert!(browser.url().ends_with("lints.html"));
    let count = browser.text(&browser.find(".lint-filter output"));
    assert_eq!(count, format!("{} of {} lints", shown().len(), all.len()));

    // An entry opens with a key too.
    let heads = browser.visible("details.lint > summary");
    browser.run("document.querySelector('details.lint:not([hidden]) > summary').focus()");
    browser.keys(&heads[0], "\u{e007}");
    browser.find("details.lint[open] h3");
}

/// By the address that a finding prints, and from there to another lint.
fn comes_from_a_finding(browser: &Browser) {
    browser.open(&page("index.html"), "");
    browser.open(&page("lints.html"), "#worker_returns_ok");
    assert_opened(browser, "worker_returns_ok");
    browser.keys(&browser.find(".lint-filter input"), "nothing is called that");
    browser.run("location.hash = 'select_ends_process'");
    assert_opened(browser, "select_ends_process");
}

#[track_caller]
fn assert_opened(browser: &Browser, lint: &str) {
    browser.find(&format!("details.lint[open] > summary > #{lint}"));
    let top = browser.run(&format!("return document.getElementById('{lint}').getBoundingClientRect().top"));
    let height = browser.run("return innerHeight");
    assert!(top.as_f64() >= Some(0.0) && top.as_f64() < height.as_f64(), "{lint}: {top} of {height}");
}

/// On every page: what does not fit scrolls by itself, not with the page.
fn assert_nothing_is_too_wide(browser: &Browser) {
    let mut wide = Vec::new();
    for name in [
        "index",
        "quick-start",
        "incidents",
        "incidents/gateway",
        "ci",
        "configuration",
        "lints",
        "accuracy",
        "performance",
        "architecture",
        "lints/unguarded_connection",
    ] {
        browser.open(&page(&format!("{name}.html")), "");
        browser.find("main h1");
        let more =
            browser.run("return document.documentElement.scrollWidth - document.documentElement.clientWidth");
        if more.as_f64() > Some(0.0) {
            wide.push(format!("{name}: {more} pixels"));
        }
    }
    assert!(wide.is_empty(), "pages wider than the window: {wide:?}");
}
