//! The habits of the project, as tests.

use std::path::{Path, PathBuf};

use taskguard_lints::framework::{Diagnostic, Group};
use taskguard_lints::{LINTS, NamedLint};

use crate::cases::{cases, check};
use crate::{assert_none, entries, read, root, rust_files, shown};

/// The layers of the `lints` crate; each uses those before it. The lints come last.
const LAYERS: &[&str] = &["source", "knowledge", "hir", "semantics", "model", "framework"];

#[test]
fn every_file_of_the_lints_folder_is_a_listed_lint() {
    let files: Vec<String> = entries(&root().join("lints/src"))
        .iter()
        .filter(|path| path.is_file() && !path.ends_with("lib.rs"))
        .filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned()))
        .collect();
    let listed: Vec<&str> = LINTS.iter().map(|lint| lint.name).collect();
    assert_eq!(files, listed, "files of lints/src on the left, `LINTS` on the right");
}

#[test]
fn every_lint_has_cases_that_fire_and_cases_that_do_not() {
    let wanted = lints_on_code()
        .flat_map(|lint| ["fires.rs", "silent.rs"].map(|file| Path::new(lint.name).join(file)));
    let missing = wanted.filter(|case| !root().join("ui-tests").join(case).is_file());
    assert_none(missing.map(|case| format!("ui-tests/{} is missing", case.display())).collect());
}

#[test]
fn every_lint_is_documented() {
    const SECTIONS: &[&str] = &[
        "## Why is this bad?",
        "## When it is not a defect",
        "## Known limits",
        "## Example",
        "Use instead:",
    ];
    let mut complaints = Vec::new();
    for lint in LINTS {
        let text = lint.documentation();
        let mut places = Vec::new();
        for section in SECTIONS {
            match text.lines().position(|line| line == *section) {
                Some(place) => places.push(place),
                None => complaints.push(format!("{}: no `{section}`", lint.name)),
            }
        }
        if !places.is_sorted() {
            complaints.push(format!("{}: the sections are not in the usual order", lint.name));
        }
        if lint.summary().is_empty() {
            complaints.push(format!("{}: the first line says nothing", lint.name));
        }
    }
    assert_none(complaints);
}

#[test]
fn the_first_example_of_a_lint_fires_and_the_second_is_silent() {
    let mut complaints = Vec::new();
    for lint in lints_on_code() {
        let text = lint.documentation();
        let examples = blocks(text.split_once("## Example").map_or("", |(_, after)| after), "```rust");
        let [bad, good] = &examples[..] else {
            complaints.push(format!("{}: {} examples instead of two", lint.name, examples.len()));
            continue;
        };
        let of_bad = named(lint.name, bad);
        if of_bad.is_empty() || of_bad.iter().any(|&found| found != lint.name) {
            complaints.push(format!("{}: the first example gives {of_bad:?}", lint.name));
        }
        let of_good = named(lint.name, good);
        if !of_good.is_empty() {
            complaints.push(format!("{}: the second example gives {of_good:?}", lint.name));
        }
    }
    assert_none(complaints);
}

/// The lints that cases can be written for; those on manifests are tested where they are.
fn lints_on_code() -> impl Iterator<Item = &'static NamedLint> {
    LINTS.iter().filter(|lint| lint.lint.is_on_code())
}

/// The lints that find something in a text about a lint; what cannot be read of it is named too. Policies say something of
/// nearly every task: they count in their own examples only.
fn named(lint: &str, text: &str) -> Vec<&'static str> {
    let (findings, problems) = check(&Path::new(lint).join("example.rs"), text);
    let unread = problems.iter().map(|_| "(cannot be read)");
    let is_policy = |name: &str| {
        let named = LINTS.iter().find(|it| it.name == name);
        named.is_some_and(|it| it.lint.group == Group::Restriction)
    };
    let counts = |finding: &&Diagnostic| finding.lint == lint || !is_policy(finding.lint);
    findings.iter().filter(counts).map(|finding| finding.lint).chain(unread).collect()
}

/// The contents of the fenced blocks that a line opens.
fn blocks(markdown: &str, opening: &str) -> Vec<String> {
    let mut blocks = Vec::new();
    let mut lines = markdown.lines();
    while lines.by_ref().any(|line| line == opening) {
        let block = lines.by_ref().take_while(|&line| line != "```");
        blocks.push(block.flat_map(|line| [line, "\n"]).collect());
    }
    blocks
}

#[test]
fn messages_are_lower_case_and_have_no_final_stop() {
    let mut complaints = Vec::new();
    for path in cases() {
        for finding in check(&path, &read(&path)).0 {
            let odd = said(&finding).filter(|text| !is_plain(text));
            complaints.extend(odd.map(|text| format!("{}: {}: {text:?}", shown(&path), finding.lint)));
        }
    }
    complaints.sort();
    complaints.dedup();
    assert_none(complaints);
}

/// All that a finding says.
fn said(finding: &Diagnostic) -> impl Iterator<Item = &String> {
    let labels = finding.labels.iter().map(|label| &label.message);
    let suggestions = finding.suggestions.iter().map(|suggestion| &suggestion.message);
    let texts = [&finding.message].into_iter().chain(&finding.label);
    texts.chain(labels).chain(&finding.notes).chain(&finding.helps).chain(suggestions)
}

/// Starts in lower case (code in backticks may start with anything) and ends without a stop.
fn is_plain(text: &str) -> bool {
    let starts = text.chars().next().is_some_and(|first| !first.is_uppercase() && !first.is_whitespace());
    starts && !text.ends_with(['.', '!', ' ', '\n'])
}

/// Packages that can be replaced in one place.
const HOMES: &[(&[&str], &str)] = &[
    (&["syn", "quote", "proc_macro2"], "lints/src/hir/lower"),
    (&["rayon"], "src/parallel.rs"),
    (&["walkdir"], "src/tree.rs"),
    (&["codespan_reporting"], "src/emit/human.rs"),
    (&["similar"], "src/fix.rs"),
    (&["notify"], "src/watch.rs"),
    (&["lsp_server", "gen_lsp_types"], "src/lsp"),
];

#[test]
fn each_package_has_one_home() {
    let mut complaints = Vec::new();
    for path in sources() {
        let name = shown(&path);
        let code = without_strings(&production_code(&read(&path)));
        for (packages, home) in HOMES.iter().filter(|(_, home)| !name.starts_with(home)) {
            let strangers = packages.iter().filter(|package| uses_package(&code, package));
            complaints.extend(strangers.map(|package| format!("{name}: `{package}` lives in {home}")));
        }
    }
    assert_none(complaints);
}

/// docs/architecture.md names every part, and nothing that is gone.
#[test]
fn the_map_is_true() {
    let map = read(&root().join("docs/architecture.md"));
    let mut complaints = Vec::new();
    let parts = LAYERS.iter().map(|layer| format!("lints/src/{layer}")).chain(["src".to_owned()]);
    for part in parts.flat_map(|folder| entries(&root().join(folder))) {
        let name = part.file_name().and_then(|name| name.to_str()).expect("files have plain names");
        let folder =
            part.parent().and_then(Path::file_name).and_then(|name| name.to_str()).unwrap_or_default();
        let stem = name.trim_end_matches(".rs");
        let named = [
            format!("{folder}/{stem}"),
            stem.to_owned(),
            name.to_owned(),
            format!("{name}/"),
            format!("src/{name}"),
        ];
        let is_named = named
            .iter()
            .any(|name| map.contains(&format!("`{name}`")) || map.contains(&format!(" {name}\n")));
        if !is_named && !["mod", "tests", "testing"].contains(&stem) {
            complaints.push(format!("{} is not on the map", shown(&part)));
        }
    }
    let prose = map.split("```").step_by(2).flat_map(|text| text.split('`').skip(1).step_by(2));
    for path in prose.filter(|word| word.contains('/') || word.ends_with(".rs")) {
        let is_there = ["", "src/", "lints/src/", "ui-tests/"].iter().any(|folder| {
            let path = root().join(folder).join(path);
            path.exists() || path.with_extension("rs").exists()
        });
        if !is_there && !path.starts_with('/') && !path.contains(['<', ' ']) {
            complaints.push(format!("`{path}` is on the map, and nowhere else"));
        }
    }
    for (packages, home) in HOMES {
        let packages = packages.iter().map(|package| package.replace('_', "-"));
        let missing = packages
            .chain([home.trim_start_matches("lints/src/").to_owned()])
            .filter(|word| !map.contains(word));
        complaints.extend(missing.map(|word| format!("`{word}` is not on the map")));
    }
    assert_none(complaints);
}

#[test]
fn the_lints_crate_touches_nothing_outside() {
    const WORLD: &[&str] =
        &["std::fs", "std::thread", "std::process", "std::io", "std::env", "std::net", "println!", "print!"];
    let mut complaints = Vec::new();
    for path in production_files(&root().join("lints/src")) {
        let code = without_strings(&production_code(&read(&path)));
        let touched = WORLD.iter().filter(|word| starts_words(&code, word));
        complaints.extend(touched.map(|word| format!("{}: {word}", shown(&path))));
    }
    assert_none(complaints);
}

#[test]
fn layers_use_only_what_is_below_them() {
    let mut complaints = Vec::new();
    for (height, layer) in LAYERS.iter().enumerate() {
        let folder = root().join("lints/src").join(layer);
        let file = folder.with_extension("rs");
        for path in if folder.is_dir() { production_files(&folder) } else { vec![file] } {
            let code = production_code(&read(&path));
            let above = |used: &&str| {
                let lint = LINTS.iter().any(|lint| lint.name == *used);
                lint || LAYERS.iter().position(|layer| layer == used).is_some_and(|used| used > height)
            };
            let up = crate_modules(&code).into_iter().filter(above);
            complaints.extend(up.map(|used| format!("{}: uses `crate::{used}` above it", shown(&path))));
        }
    }
    assert_none(complaints);
}

#[test]
fn lints_stand_alone_and_leave_libraries_to_the_knowledge_tables() {
    let mut complaints = Vec::new();
    for lint in LINTS {
        let path = root().join("lints/src").join(lint.name).with_extension("rs");
        let code = production_code(&read(&path));
        let others =
            crate_modules(&code).into_iter().filter(|used| LINTS.iter().any(|other| other.name == *used));
        complaints.extend(others.map(|used| format!("{}: uses the lint `{used}`", shown(&path))));
    }
    let all = production_files(&root().join("lints/src"));
    for path in all.iter().filter(|path| !shown(path).starts_with("lints/src/knowledge")) {
        let code = production_code(&read(path));
        let libraries = ["tokio", "futures", "std", "async_std", "smol", "tracing"];
        let named = libraries.iter().filter(|library| code.contains(&format!("\"{library}::")));
        complaints.extend(named.map(|library| format!("{}: names paths of `{library}`", shown(path))));
    }
    assert_none(complaints);
}

#[test]
fn the_readme_shows_what_users_see() {
    let readme = read(&root().join("README.md"));
    let shown = blocks(&readme, "```text").into_iter().next().expect("the README shows an output");
    let snapshot = read(&root().join("ui-tests/incidents/gateway/before.stderr"));
    assert!(
        snapshot.contains(shown.trim()),
        "README.md shows what is not in the snapshot of the gateway:\n{shown}"
    );
}

#[test]
fn the_readme_names_the_command_of_ci() {
    let readme = read(&root().join("README.md"));
    let commands = blocks(&readme, "```console").concat();
    let tests: Vec<&str> = commands.lines().filter(|line| line.starts_with("cargo test")).collect();
    let ci = read(&root().join(".ci/run"));
    assert!(
        !tests.is_empty() && tests.iter().all(|command| ci.contains(command)),
        "CI does not run {tests:?}"
    );
}

/// The files of the driver and of the lints.
fn sources() -> Vec<PathBuf> {
    ["src", "lints/src"].iter().flat_map(|folder| production_files(&root().join(folder))).collect()
}

/// The Rust files below a folder that are not tests as a whole.
fn production_files(folder: &Path) -> Vec<PathBuf> {
    let is_test = |path: &Path| {
        path.ends_with("tests.rs")
            || path.ends_with("testing.rs")
            || path.parent().is_some_and(|folder| folder.ends_with("tests"))
    };
    rust_files(folder).into_iter().filter(|path| !is_test(path)).collect()
}

/// A file without its comments on lines of their own and without the test module that ends it.
fn production_code(text: &str) -> String {
    let text = text.split_once("#[cfg(test)]\nmod ").map_or(text, |(code, _)| code);
    let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    code.flat_map(|line| [line, "\n"]).collect()
}

/// Whether code names a package at the head of a path, a `use` or a macro.
fn uses_package(code: &str, package: &str) -> bool {
    ["::", "!", ";", " as "].iter().any(|after| starts_words(code, &format!("{package}{after}")))
}

/// Whether a text occurs at the start of a path: not inside a longer word and not after `::`.
fn starts_words(code: &str, text: &str) -> bool {
    code.match_indices(text).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        !before.is_some_and(|before| before.is_alphanumeric() || matches!(before, '_' | ':' | '"' | '`'))
    })
}

/// A text with what is between double quotes taken out: good enough to tell `print!` from talk about it.
fn without_strings(code: &str) -> String {
    let mut in_string = false;
    let mut escaped = false;
    let mut outside = move |c: char| {
        let is_quote = c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        in_string ^= is_quote;
        !in_string && !is_quote
    };
    // A quote as a character would be taken for the begin of a string.
    code.replace("'\"'", "' '").chars().filter(|&c| outside(c)).collect()
}

/// The modules of its own crate that code names: `a` and `b` of `crate::a::x` and `crate::{b, ..}`.
fn crate_modules(code: &str) -> Vec<&str> {
    let mut modules = Vec::new();
    for (at, head) in code.match_indices("crate::") {
        let rest = &code[at + head.len()..];
        let group = rest.strip_prefix('{').and_then(|rest| rest.split_once("};"));
        match group {
            Some((group, _)) => {
                modules.extend(group.split([',', '{', '}']).map(|part| first_word(part.trim())))
            }
            None => modules.push(first_word(rest)),
        }
    }
    modules
}

fn first_word(text: &str) -> &str {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packages_are_told_from_longer_names_and_from_talk() {
        assert!(uses_package("let x = syn::parse_str(text);", "syn"));
        assert!(uses_package("use syn::{Expr, Stmt};", "syn"));
        assert!(uses_package("quote!(a b)", "quote"));
        assert!(!uses_package("my_syn::parse(); async_syn!();", "syn"));
        assert!(!uses_package(&production_code("// syn::File is not Send\nfn f() {}"), "syn"));
        assert!(!uses_package(
            &production_code("fn f() {}\n\n#[cfg(test)]\nmod tests {\n use syn::File;\n}"),
            "syn"
        ));
    }

    #[test]
    fn modules_of_the_crate_are_seen_in_paths_and_groups() {
        let code = "use crate::hir::{Body, Expr};\nuse crate::{ParsedFile, model::{Model, Task}};\nfn f() -> crate::source::Span";
        let modules = crate_modules(code);
        for expected in ["hir", "model", "source", "ParsedFile"] {
            assert!(modules.contains(&expected), "{modules:?}");
        }
        assert!(!modules.contains(&"semantics"));
    }

    #[test]
    fn examples_are_the_rust_blocks_only() {
        let text =
            "```text\nno\n```\n```rust\nfn a() {}\n```\nUse instead:\n```rust\nfn b() {}\nfn c() {}\n```\n";
        assert_eq!(blocks(text, "```rust"), ["fn a() {}\n", "fn b() {}\nfn c() {}\n"]);
    }

    #[test]
    fn style_of_messages() {
        assert!(is_plain("this task's handle is dropped"));
        assert!(is_plain("`Ok(())` here looks like a clean shutdown"));
        assert!(!is_plain("This is loud"));
        assert!(!is_plain("a stop at the end."));
        assert!(!is_plain(""));
    }

    #[test]
    fn printing_is_told_from_talk_about_it() {
        assert!(starts_words(&without_strings("    println!(\"x\");"), "println!"));
        assert!(!starts_words(&without_strings("row(\"println!\", Log);"), "println!"));
        assert!(!starts_words(&without_strings("eprintln!(x)"), "println!"));
    }
}
