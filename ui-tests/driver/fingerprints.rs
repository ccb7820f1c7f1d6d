//! A fingerprint stays what it is while lines, comments, layout and file names change, and is no other finding's.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;
use taskguard_lints::source::index;

use super::Folder;
use crate::cases::cases;
use crate::read;

/// The cases that speak, each a module of one package: `(name, text)`.
fn modules() -> Vec<(String, String)> {
    let speaks = |path: &PathBuf| path.with_extension("stderr").is_file();
    let name = |path: &PathBuf| {
        let folder = path.parent().unwrap().file_name().unwrap().to_str().unwrap();
        format!("{folder}_{}", path.file_stem().unwrap().to_str().unwrap())
    };
    let modules = cases().into_iter().filter(speaks).map(|path| (name(&path), read(&path)));
    // What suppressions cover is a matter of lines.
    modules.filter(|(_, text)| !text.contains("taskguard:") && !text.contains("cfg_attr")).collect()
}

fn package(modules: &[(String, String)]) -> Folder {
    let folder = Folder::package(&[]);
    let declarations: String = modules.iter().map(|(name, _)| format!("mod {name};\n")).collect();
    folder.write("src/lib.rs", declarations.as_bytes());
    for (name, text) in modules {
        folder.write(&format!("src/{name}.rs"), text.as_bytes());
    }
    folder
}

/// The fingerprints of all findings, with what helps to find one that differs.
fn fingerprints(folder: &Folder) -> BTreeSet<String> {
    let run = folder.run(&["-W", "all", "-A", "unused_suppression", "--output", "jsonl"]);
    run.assert_code(0);
    let lines = run.stdout.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let findings: Vec<Value> = lines.filter(|line| line["type"] == "finding").collect();
    let part = |finding: &Value, name: &str| finding[name].as_str().unwrap().to_owned();
    let all = findings.iter().map(|it| ["fingerprint", "lint", "item"].map(|name| part(it, name)).join(" "));
    let all: BTreeSet<String> = all.collect();
    assert_eq!(all.len(), findings.len(), "no two are equal");
    assert!(all.len() > 100, "{}", all.len());
    all
}

#[track_caller]
fn assert_same(modules: &[(String, String)], before: &BTreeSet<String>) {
    let after = fingerprints(&package(modules));
    let lost: Vec<_> = before.difference(&after).collect();
    let new: Vec<_> = after.difference(before).collect();
    assert!(lost.is_empty() && new.is_empty(), "lost {lost:#?}, new {new:#?}");
}

/// Numbers that look like chance and are the same in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }
}

#[test]
fn inserted_lines_and_comments_change_nothing() {
    let modules = modules();
    let before = fingerprints(&package(&modules));
    for seed in [1, 2] {
        let mut chance = Chance(seed);
        let odd: Vec<_> =
            modules.iter().map(|(name, text)| (name.clone(), padded(text, &mut chance))).collect();
        assert_same(&odd, &before);
    }
}

/// A text with lines and comments where there is space between two tokens.
fn padded(text: &str, chance: &mut Chance) -> String {
    const PADS: [&str; 6] = ["\n", "  ", "\n\n", " /* noted */ ", "\n// noted\n", "\r\n\t"];
    let mut padded = "// one line more\n".to_owned();
    let mut end = 0;
    for token in index::tokens(text, 0) {
        let (start, token_end) = (token.start as usize, token.end as usize);
        let space = &text[end..start];
        padded.push_str(space);
        if end > 0 && !space.is_empty() && chance.below(4) == 0 {
            padded.push_str(PADS[chance.below(PADS.len())]);
        }
        padded.push_str(&text[start..token_end]);
        end = token_end;
    }
    padded + &text[end..]
}

#[test]
fn another_layout_changes_nothing() {
    let modules = modules();
    let before = fingerprints(&package(&modules));
    for config in ["max_width=50", "max_width=200,use_small_heuristics=Max"] {
        let folder = package(&modules);
        let formatted = Command::new("rustfmt")
            .args(["--edition", "2021", "--config", config])
            .arg(folder.path("src/lib.rs"))
            .output()
            .expect("rustfmt is a part of what developing taskguard takes");
        assert!(formatted.status.success(), "{formatted:?}");
        let text = |name: &str| folder.read(&format!("src/{name}.rs"));
        let formatted: Vec<_> = modules.iter().map(|(name, _)| (name.clone(), text(name))).collect();
        assert!(formatted != modules, "{config} changes the layout");
        assert_same(&formatted, &before);
    }
}

/// Also in another order of the files.
#[test]
fn other_names_of_files_change_nothing() {
    let modules = modules();
    let before = fingerprints(&package(&modules));
    let count = modules.len();
    let renamed: Vec<_> = (modules.iter().enumerate())
        .map(|(index, (_, text))| (format!("renamed_{:03}", count - index), text.clone()))
        .collect();
    assert_same(&renamed, &before);
}

#[test]
fn line_ends_of_windows_change_nothing() {
    let modules = modules();
    let before = fingerprints(&package(&modules));
    let windows = |text: &String| text.replace("\r\n", "\n").replace('\n', "\r\n");
    let windows: Vec<_> = modules.iter().map(|(name, text)| (name.clone(), windows(text))).collect();
    assert_same(&windows, &before);
}
