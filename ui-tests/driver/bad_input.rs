//! Whatever is wrong with the input is told with its path, the rest is checked all the same, and the exit code tells.

#[cfg(unix)]
use std::os::unix::fs::symlink;

use super::{FINDING, Folder, MANIFEST, Run};

const FOUND: &str = "src/good.rs:2 dropped_join_handle";

/// A package whose library has a good module, with a finding, and this one beside it.
fn beside_good(module: &str, bytes: &[u8]) -> Folder {
    let folder = Folder::package(&[("src/lib.rs", "mod bad;\nmod good;\n"), ("src/good.rs", FINDING)]);
    folder.write(module, bytes);
    folder
}

fn check(folder: &Folder) -> Run {
    folder.run(&["--message-format", "json"])
}

/// One problem is told, its place and text begin so, and the good module is checked.
#[track_caller]
fn assert_told(folder: &Folder, problem: &str) {
    let run = check(folder);
    run.assert_code(2);
    let problems = run.problems();
    assert!(
        matches!(&*problems, [only] if only.starts_with(problem)),
        "no `{problem}` alone in {problems:#?}"
    );
    assert_eq!(run.findings(), [FOUND]);
}

/// There is nothing to tell of, and the good module is checked.
#[track_caller]
fn assert_fine(folder: &Folder) {
    let run = check(folder);
    run.assert_code(0);
    assert_eq!(run.problems(), [""; 0]);
    assert_eq!(run.findings(), [FOUND]);
}

#[test]
fn a_file_that_does_not_parse() {
    let folder = beside_good("src/bad.rs", b"fn fine() {}\n\nfn broken( -> {\n    let = ;\n}\n");
    assert_told(&folder, "src/bad.rs:");
}

#[test]
fn one_broken_function_costs_one_function() {
    let text = format!("fn broken() {{\n    let = tokio::spawn(a());\n}}\n\n{FINDING}");
    let folder = Folder::package(&[("src/lib.rs", &text)]);
    let run = check(&folder);
    run.assert_code(2);
    assert_eq!(run.problems().len(), 1, "{run:#?}");
    assert_eq!(run.findings(), ["src/lib.rs:6 dropped_join_handle"]);
}

#[test]
fn a_file_that_is_not_utf8() {
    let folder = beside_good("src/bad.rs", b"fn a() {}\nfn b() {} // caf\xe9\n");
    assert_told(&folder, "src/bad.rs:1 this file cannot be read: it is not UTF-8 at line 2 (byte 26)");
}

#[test]
fn a_byte_order_mark() {
    let folder = beside_good("src/bad.rs", format!("\u{feff}{FINDING}").as_bytes());
    let run = check(&folder);
    run.assert_code(0);
    assert_eq!(run.findings(), ["src/bad.rs:2 dropped_join_handle", FOUND]);
    let span = run.diagnostics()[0].spans[0].clone();
    assert_eq!((span.byte_start, span.column_start), (24, 5));
}

#[test]
fn line_ends_of_windows() {
    let folder = beside_good("src/bad.rs", FINDING.replace('\n', "\r\n").as_bytes());
    let run = check(&folder);
    assert_eq!(run.findings(), ["src/bad.rs:2 dropped_join_handle", FOUND]);
    let span = run.diagnostics()[0].spans[0].clone();
    assert_eq!((span.byte_start, span.column_start), (22, 5));
    assert_eq!(span.text[0].text, "    tokio::spawn(poll());");
}

#[test]
fn an_empty_file() {
    assert_fine(&beside_good("src/bad.rs", b""));
}

#[test]
fn a_module_whose_file_is_not_there() {
    let folder = beside_good("src/other.rs", b"");
    assert_told(&folder, "src/lib.rs:1 the file of module `bad` is not there");
    let under_cfg = "#[cfg(feature = \"x\")]\nmod bad;\nmod good;\n";
    folder.write("src/lib.rs", under_cfg.as_bytes());
    assert_fine(&folder);
    let one_of_two = "#[cfg_attr(unix, path = \"other.rs\")]\n#[cfg_attr(windows, path = \"gone.rs\")]\nmod bad;\nmod good;\n";
    folder.write("src/lib.rs", one_of_two.as_bytes());
    assert_fine(&folder);
}

#[test]
fn modules_that_lead_back_to_themselves() {
    let folder =
        beside_good("src/bad.rs", b"#[path = \"bad.rs\"]\nmod again;\n#[path = \"lib.rs\"]\nmod root;\n");
    let run = check(&folder);
    run.assert_code(2);
    let problems = run.problems();
    assert!(
        !problems.is_empty() && problems.iter().all(|problem| problem.starts_with("src/bad.rs:")),
        "{run:#?}"
    );
    assert_eq!(run.findings(), [FOUND]);
}

#[test]
#[cfg(unix)]
fn links_that_lead_back() {
    let folder = beside_good("src/bad.rs", b"");
    symlink(".", folder.path("src/here")).unwrap();
    symlink("../..", folder.path("src/around")).unwrap();
    assert_fine(&folder);
    folder
        .run(&["--message-format", "short"])
        .assert_stdout("src/here:1:1: warning: this link leads back to a folder around it");
    // Followed by a module, the link leads round and round; the system refuses it after some rounds.
    folder.write("src/bad.rs", b"#[path = \"here/bad.rs\"]\nmod again;\n");
    let run = check(&folder);
    run.assert_code(2);
    assert_eq!(run.findings(), [FOUND]);
}

#[test]
#[cfg(unix)]
fn a_file_that_is_a_link_to_itself() {
    let folder = beside_good("src/other.rs", b"");
    symlink("bad.rs", folder.path("src/bad.rs")).unwrap();
    assert_told(&folder, "src/bad.rs:1 this file cannot be read: ");
}

#[test]
#[cfg(unix)]
fn a_link_that_leads_nowhere() {
    let folder = beside_good("src/other.rs", b"");
    symlink("nowhere.rs", folder.path("src/bad.rs")).unwrap();
    assert_told(&folder, "src/bad.rs:1 this file cannot be read: ");
}

#[test]
fn a_folder_named_as_a_file() {
    assert_told(
        &beside_good("src/bad.rs/x.txt", b""),
        "src/bad.rs:1 this file cannot be read: it is not a file",
    );
}

#[test]
#[cfg(unix)]
fn a_folder_that_may_not_be_read() {
    use std::fs::{Permissions, read_dir, set_permissions};
    use std::os::unix::fs::PermissionsExt;
    let folder = beside_good("src/bad.rs", b"");
    folder.write("locked/x.rs", b"");
    set_permissions(folder.path("locked"), Permissions::from_mode(0o000)).unwrap();
    // Root reads everything.
    let is_locked = read_dir(folder.path("locked")).is_err();
    let run = check(&folder);
    set_permissions(folder.path("locked"), Permissions::from_mode(0o755)).unwrap();
    run.assert_code(if is_locked { 2 } else { 0 });
    let told = run.problems().iter().any(|problem| problem.starts_with("locked:1 cannot read this folder: "));
    assert_eq!(told, is_locked, "{run:#?}");
    assert_eq!(run.findings(), [FOUND]);
}

#[test]
fn a_broken_manifest() {
    let folder = Folder::new(&[
        ("good/Cargo.toml", MANIFEST),
        ("good/src/good.rs", FINDING),
        ("good/src/lib.rs", "mod good;"),
    ]);
    folder.write("bad/Cargo.toml", b"[package\nname = 1");
    folder.write("bad/src/main.rs", b"mod gone;\nfn main() {}\n");
    let run = folder.run(&["--message-format", "json", "."]);
    run.assert_code(2);
    let [manifest, module] = &*run.problems() else { panic!("{run:#?}") };
    assert_eq!(manifest, "bad/Cargo.toml:1 cargo cannot read this manifest or one that belongs to it");
    assert!(
        module.starts_with("bad/src/main.rs:1 the file of module `gone`"),
        "its code is checked all the same"
    );
    assert_eq!(run.findings(), ["good/src/good.rs:2 dropped_join_handle"]);
}

#[test]
fn a_broken_member_of_a_workspace() {
    let folder = Folder::new(&[
        ("Cargo.toml", "[workspace]\nmembers = [\"crates/*\"]\n"),
        ("crates/bad/Cargo.toml", "[package]\nname = \"bad\"\nversion.workspace = true\n"),
        ("crates/bad/src/lib.rs", ""),
        ("crates/good/Cargo.toml", MANIFEST),
        ("crates/good/src/lib.rs", FINDING),
    ]);
    for args in [
        &["--message-format=json"][..],
        &["--message-format=json", "."],
        &["--message-format=json", "crates"],
    ] {
        let run = folder.run(args);
        run.assert_code(0);
        assert_eq!(run.problems(), [""; 0]);
        assert_eq!(run.warnings(), ["crates/bad/Cargo.toml:1 cargo cannot read this manifest"]);
        assert_eq!(run.findings(), ["crates/good/src/lib.rs:2 dropped_join_handle"]);
    }
    folder.write("crates/bad/Cargo.toml", b"[package]\nname = \"bad\"\nversion = ");
    let run = check(&folder);
    run.assert_code(2);
    assert!(run.problems()[0].contains("cargo cannot read"), "{run:#?}");
    assert_eq!(run.findings(), ["crates/good/src/lib.rs:2 dropped_join_handle"]);
}

#[test]
fn a_refused_workspace_that_is_entered_by_packages_it_does_not_list() {
    let folder = Folder::new(&[
        ("Cargo.toml", "cargo-features = [\"not-there\"]\n[workspace]\nmembers = [\"crates/*\"]\n"),
        ("crates/good/Cargo.toml", MANIFEST),
        ("crates/good/src/lib.rs", FINDING),
        ("one/Cargo.toml", "[package]\nname = \"one\"\nversion = \"0.1.0\"\n"),
        ("one/src/lib.rs", FINDING),
        ("two/Cargo.toml", "[package]\nname = \"two\"\nversion.workspace = true\n"),
        ("two/src/lib.rs", FINDING),
    ]);
    let run = folder.run(&["--message-format=json", "."]);
    run.assert_code(0);
    assert_eq!(run.warnings(), ["Cargo.toml:1 cargo cannot read this manifest or one that belongs to it"; 2]);
    assert_eq!(run.findings(), ["crates/good/src/lib.rs:2 dropped_join_handle"]);
}

#[test]
fn a_package_that_believes_it_is_in_a_workspace() {
    let folder = Folder::new(&[
        ("Cargo.toml", "[workspace]\nmembers = [\"crates/*\"]\n"),
        ("crates/good/Cargo.toml", MANIFEST),
        ("crates/good/src/lib.rs", FINDING),
        ("tool/Cargo.toml", "[package]\nname = \"tool\"\n[[bin]]\nname = \"a\"\npath = \"targets/a.rs\"\n"),
        ("tool/targets/a.rs", &format!("fn main() {{ start() }}\n{FINDING}")),
    ]);
    let run = folder.run(&["--message-format=json", "tool"]);
    run.assert_code(0);
    assert_eq!(run.problems(), [""; 0]);
    assert!(run.warnings()[0].contains("Cargo.toml:1 cargo cannot read this manifest"), "{run:#?}");
    assert_eq!(run.findings(), ["tool/targets/a.rs:3 dropped_join_handle"]);
}

#[test]
fn a_package_without_targets() {
    let folder = Folder::package(&[("README.md", "")]);
    let run = check(&folder);
    run.assert_code(0);
    assert_eq!(run.warnings(), ["Cargo.toml:1 cargo cannot read this manifest or one that belongs to it"]);
}

#[test]
fn a_target_whose_file_is_not_there() {
    let folder = beside_good("src/bad.rs", b"");
    let manifest = format!("{MANIFEST}\n[[bin]]\nname = \"tool\"\npath = \"tools/gone.rs\"\n");
    folder.write("Cargo.toml", manifest.as_bytes());
    assert_told(&folder, "tools/gone.rs:1 the root of bin `tool` is not there");
}

#[test]
fn a_library_that_is_not_utf8() {
    let folder = Folder::package(&[("src/main.rs", "mod good;\nfn main() {}\n"), ("src/good.rs", FINDING)]);
    folder.write("src/lib.rs", b"\xff\xfe");
    assert_told(&folder, "src/lib.rs:1 this file cannot be read: it is not UTF-8");
}

#[test]
fn no_manifest_at_all() {
    let folder = Folder::new(&[("src/lib.rs", "")]);
    folder
        .run(&[])
        .assert_code(2)
        .assert_stderr("cannot find `Cargo.toml`")
        .assert_stderr("cargo taskguard .");
    folder.run(&["."]).assert_code(0).assert_stderr("checked 1 file,");
    folder
        .run(&["--manifest-path", "x/Cargo.toml"])
        .assert_code(2)
        .assert_stderr("x/Cargo.toml` does not exist");
}

#[test]
fn a_path_that_is_not_there() {
    let folder = beside_good("src/bad.rs", b"");
    let run = folder.run(&["--message-format=json", "nowhere", "src"]);
    run.assert_code(2);
    assert!(run.problems()[0].starts_with("nowhere:1 cannot be read: "), "{run:#?}");
    assert_eq!(run.findings(), [FOUND]);
}

#[test]
fn a_path_without_code() {
    let folder = Folder::new(&[("docs/x.md", "")]);
    folder.run(&["docs"]).assert_code(2).assert_stdout("there is no Rust code here");
}

#[test]
fn a_file_of_fifty_megabytes() {
    let line = "/// A table that a program wrote, whose lines go on and on, \u{2026} and say nothing to anybody who reads.\n";
    let text = format!("{}const TABLE: u8 = 0;\n{FINDING}", line.repeat(50_000_000 / line.len()));
    let folder = beside_good("src/bad.rs", text.as_bytes());
    let run = check(&folder);
    run.assert_code(0);
    assert_eq!(run.findings().len(), 2, "{:?}", run.findings());
}

#[test]
fn a_table_of_fifty_megabytes() {
    let row = "0x00, 0x01, 0x02, -3, 0x04, 0x05, 0x06, 0x07, // \u{2026}\n";
    let rows = row.repeat(50_000_000 / row.len());
    let text = format!("#[rustfmt::skip]\npub static TABLE: [i64; N] = [\n{rows}];\n{FINDING}");
    let folder = beside_good("src/bad.rs", text.as_bytes());
    let run = check(&folder);
    run.assert_code(0);
    assert_eq!(run.problems(), [""; 0]);
    assert_eq!(run.findings().len(), 2, "{:?}", run.findings());
}

#[test]
fn nesting_that_would_overflow_the_stack() {
    const DEPTH: usize = 20_000;
    let nested = |open: &str, middle: &str, close: &str| {
        format!("pub fn deep() {{\n    {}{middle}{};\n}}\n", open.repeat(DEPTH), close.repeat(DEPTH))
    };
    for body in [
        nested("(", "1", ")"),
        nested("{", "", "}"),
        nested("[", "1", "]"),
        nested("if true {", "", "}"),
        nested("vec![", "1", "]"),
        nested("let x = |a| ", "1", ""),
        nested("&", "1", ""),
        nested("!", "true", ""),
    ] {
        let folder = beside_good("src/bad.rs", body.as_bytes());
        let run = check(&folder);
        let start = &body[..40];
        assert!(matches!(run.code, Some(0 | 2)), "{start}: {:?} {}", run.code, run.stderr);
        assert!(run.problems().iter().all(|problem| problem.starts_with("src/bad.rs:")), "{start}");
        assert_eq!(run.findings(), [FOUND], "{start}");
    }
}

#[test]
fn chains_that_would_overflow_the_stack() {
    const LENGTH: usize = 100_000;
    for chain in [
        format!("x{}", ".f()".repeat(LENGTH)),
        format!("1{}", " + 1".repeat(LENGTH)),
        format!("x{}", "?".repeat(LENGTH)),
        format!("x{}", "()".repeat(LENGTH)),
        format!("if a {{}}{}", " else if a {}".repeat(LENGTH)),
        format!("a{}", " = a".repeat(LENGTH)),
    ] {
        let folder = beside_good("src/bad.rs", format!("pub fn long() {{\n    {chain};\n}}\n").as_bytes());
        let run = check(&folder);
        let start = &chain[..12];
        assert!(matches!(run.code, Some(0 | 2)), "{start}: {:?} {}", run.code, run.stderr);
        assert_eq!(run.findings(), [FOUND], "{start}");
    }
}
