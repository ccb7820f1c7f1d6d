//! What the committed lists must keep to, and how they are read and written.

use std::collections::BTreeMap;
use std::fs;

use taskguard_lints::LINTS;
use taskguard_lints::framework::Group;

use crate::accuracy::{Precision, documents, precisions};
use crate::endure::without_manifest;
use crate::ledger::Ledger;
use crate::root;
use crate::run::Finding;
use crate::sources::Sources;
use crate::unread::Unread;

const LEDGER: &str = "\
# source\tlint\tplace\tfingerprint\tverdict\tsecond reader\tcause\treason
a\tblind_join\tsrc/a.rs:1\t01\tbenign\t\tdone elsewhere\tit waits in `stop`
b\tblind_join\tsrc/b.rs:2\t02\tright\tworth\t\tnobody learns of it
b\tblind_join\tsrc/b.rs:3\t03
b\tblind_join\t-\t05\tbenign\t\tdone elsewhere\tas above
";

fn finding(lint: &str, place: &str, fingerprint: &str) -> Finding {
    Finding { lint: lint.to_owned(), place: place.to_owned(), fingerprint: fingerprint.to_owned() }
}

fn update(ledger: &mut Ledger, source: &str, findings: Vec<Finding>) -> [Vec<String>; 2] {
    let change = ledger.update(BTreeMap::from([(source.to_owned(), findings)]));
    [change.new, change.gone].map(|entries| entries.into_iter().map(|entry| entry.fingerprint).collect())
}

#[test]
fn a_ledger_comes_back_as_it_was_written() {
    assert_eq!(Ledger::parse(LEDGER).unwrap().to_string(), LEDGER);
}

#[test]
fn a_run_keeps_verdicts_and_leaves_other_sources_alone() {
    let mut ledger = Ledger::parse(LEDGER).unwrap();
    let findings = [("src/b.rs:9", "02"), ("src/b.rs:4", "04"), ("src/b.rs:5", "05"), ("src/a.rs:1", "01")];
    let findings = findings.map(|(place, fingerprint)| finding("blind_join", place, fingerprint));
    let [new, gone] = update(&mut ledger, "b", findings.into());
    assert_eq!(new, ["04", "05"], "one is new, one has come back, and one is known from elsewhere");
    assert_eq!(gone, ["03"]);
    let expected = "\
# source\tlint\tplace\tfingerprint\tverdict\tsecond reader\tcause\treason
a\tblind_join\tsrc/a.rs:1\t01\tbenign\t\tdone elsewhere\tit waits in `stop`
b\tblind_join\tsrc/b.rs:9\t02\tright\tworth\t\tnobody learns of it
b\tblind_join\tsrc/b.rs:4\t04
b\tblind_join\tsrc/b.rs:5\t05\tbenign\t\tdone elsewhere\tas above
";
    assert_eq!(ledger.to_string(), expected);
}

#[test]
fn what_was_read_and_is_gone_keeps_its_verdict_and_counts_no_more() {
    let mut ledger = Ledger::parse(LEDGER).unwrap();
    assert_eq!(precisions(&ledger)["blind_join"], Precision { right: 1, worth: 0, benign: 1 });
    let [new, gone] = update(&mut ledger, "b", Vec::new());
    assert_eq!((new.len(), gone), (0, vec!["02".to_owned(), "03".to_owned()]));
    assert_eq!(precisions(&ledger)["blind_join"], Precision { right: 0, worth: 0, benign: 1 });
    assert!(ledger.to_string().contains("\t-\t02\tright"), "{ledger}");
    assert!(!ledger.to_string().contains("\t03"), "{ledger}");
    let [_, gone] = update(&mut ledger, "b", Vec::new());
    assert!(gone.is_empty(), "what is gone goes once: {gone:?}");
}

#[test]
fn of_policies_only_what_was_read_is_kept() {
    let mut ledger = Ledger::parse("a\traw_spawn\tsrc/a.rs:1\t01\tworth\t\t\tthe wrapper logs").unwrap();
    let findings = vec![finding("raw_spawn", "src/a.rs:1", "01"), finding("raw_spawn", "src/a.rs:2", "02")];
    assert_eq!(update(&mut ledger, "a", findings), [[""; 0]; 2]);
    assert_eq!(ledger.entries().count(), 1);
}

#[test]
fn odd_ledgers_are_refused() {
    for (text, words) in [
        ("a\tx\ta.rs:1\t01\tfine\t\t\tit is", "no verdict"),
        ("a\tx\ta.rs:1\t01\tright\t\t\t", "has a reason"),
        ("a\tx\ta.rs:1\t01\tbenign\t\t\tit is", "has a cause"),
        ("a\tx\ta.rs:1\t01\tright\t\tcause\tit is", "has a cause"),
        ("a\tx\ta.rs:1\t01\tright", "5 columns"),
        ("a\tx\ta.rs:1\t01\na\tx\ta.rs:2\t01", "twice"),
    ] {
        let error = Ledger::parse(text).err().map(|error| format!("{error:#}")).unwrap_or_default();
        assert!(error.contains(words), "{text:?}: {error}");
    }
}

#[test]
fn intervals_are_those_of_wilson() {
    let (lowest, highest) = Precision { right: 40, worth: 2, benign: 4 }.interval();
    assert!((lowest - 0.797).abs() < 0.001 && (highest - 0.966).abs() < 0.001, "{lowest} {highest}");
}

#[test]
fn groups_are_carried_by_what_was_read() {
    let carried = |worth, benign| Precision { right: 0, worth, benign }.carries(Group::Suspicious);
    assert!(carried(0, 0), "nothing was read");
    assert!(carried(10, 2), "few readings do not speak against it");
    assert!(!carried(2, 4), "few readings speak against it");
    assert!(carried(40, 2));
    assert!(!carried(23, 2), "nine of ten, and the interval reaches too low");
    assert!(Precision { right: 0, worth: 1, benign: 40 }.carries(Group::Pedantic));
}

#[test]
fn the_lists_can_be_read_and_name_known_lints_and_sources() {
    let sources = Sources::read(&root().join("lintcheck/sources.toml")).unwrap();
    assert!(sources.packages() >= 60);
    assert!(!sources.subset().is_empty());
    let ledger = Ledger::read(&root().join("lintcheck/findings.tsv")).unwrap();
    let unknown: Vec<_> = ledger
        .entries()
        .filter(|entry| !LINTS.iter().any(|lint| lint.name == entry.lint) || !sources.has(&entry.source))
        .collect();
    assert!(unknown.is_empty(), "{unknown:#?}");
}

#[test]
fn what_was_drawn_unread_is_in_no_list_of_what_is_read() {
    let sources = Sources::read(&root().join("lintcheck/sources.toml")).unwrap();
    let unread = Unread::read(&root().join("lintcheck")).unwrap();
    let drawn = || unread.batches.iter().flat_map(|batch| batch.repositories.keys());
    let known: Vec<&String> = drawn().filter(|name| sources.has(name)).collect();
    assert!(known.is_empty(), "{known:?}");
    let lints = unread.batches.iter().flat_map(|batch| &batch.readings).map(|(lint, _)| lint);
    let unknown: Vec<&String> = lints.filter(|name| !LINTS.iter().any(|it| it.name == **name)).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}

#[test]
fn scripts_are_what_is_behind_their_manifest() {
    let script = "#!/usr/bin/env cargo\n---cargo\n[dependencies]\n---\nfn main() {}";
    assert_eq!(without_manifest(script), "\nfn main() {}");
    for text in ["fn main() {}", "#!/usr/bin/env cargo\nfn main() {}", "#![allow(x)]", ""] {
        assert_eq!(without_manifest(text), text);
    }
}

#[test]
fn odd_batches_are_refused() {
    let drawn = "[[batch]]\ndate = \"d\"\nrepositories = { a = \"1\", b = \"2\" }\n";
    let twice = drawn.repeat(2);
    for (drawn, found, words) in [
        (drawn, "a\tx\ta.rs:1\tright\t\tit is\nb\tx\ta.rs:1\tbenign\tcause\tit is", ""),
        (drawn, "c\tx\ta.rs:1\tright\t\tit is", "line 1: c was not drawn"),
        (&twice, "a\tx\ta.rs:1\tright\t\tit is", "a was drawn twice"),
        (drawn, "a\tx\ta.rs:1\tbenign\t\tit is", "has a cause"),
        (drawn, "a\tx\ta.rs:1\tright", "six columns"),
    ] {
        let error = Unread::parse(drawn, found).err().map(|error| format!("{error:#}")).unwrap_or_default();
        assert!(error.contains(words) && error.is_empty() == words.is_empty(), "{found:?}: {error}");
    }
}

#[test]
fn what_was_read_carries_the_group_of_each_lint() {
    let ledger = Ledger::read(&root().join("lintcheck/findings.tsv")).unwrap();
    let precisions = precisions(&ledger);
    let weak = LINTS.iter().filter(|lint| !precisions[lint.name].carries(lint.lint.group));
    let weak: Vec<_> = weak.map(|lint| format!("{} {:?}", lint.name, precisions[lint.name])).collect();
    assert!(weak.is_empty(), "mend these lints, or move them down: {weak:#?}");
}

#[test]
fn the_documents_are_those_of_the_verdicts() {
    for (path, text) in documents(root()).unwrap() {
        let written = fs::read_to_string(root().join(path)).unwrap_or_default();
        assert!(written == text, "{path} is out of date: run `cargo lintcheck accuracy`");
    }
}
