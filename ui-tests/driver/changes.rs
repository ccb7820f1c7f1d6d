//! What the program changes in files: fixes, suppressions; and what it leaves alone.

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use super::{FINDING, Folder, MANIFEST, Run};

const UNUSED: &str = "// taskguard: allow(dropped_join_handle) -- it was mended\nfn fine() {}\n";
const MENDED: &str = "fn fine() {}\n";
const TRAP: &str = "\n[lints.taskguard]\ndropped_join_handle = \"deny\"\n";

fn package(library: &str) -> Folder {
    Folder::package(&[("src/lib.rs", library)])
}

/// A package whose files are all committed.
fn committed(library: &str) -> Folder {
    let folder = package(library);
    folder.write(".gitignore", b"target\nCargo.lock\n");
    git(&folder, &["init", "-q"]);
    commit(&folder);
    folder
}

fn commit(folder: &Folder) {
    git(folder, &["add", "."]);
    git(folder, &["-c", "user.name=a", "-c", "user.email=a@b.c", "commit", "-q", "-m", "all"]);
}

fn git(folder: &Folder, args: &[&str]) {
    let output = Command::new("git").current_dir(folder.path("")).args(args).output().expect("git is there");
    assert!(output.status.success(), "git {args:?}: {output:?}");
}

fn read(folder: &Folder, path: &str) -> String {
    fs::read_to_string(folder.path(path)).unwrap()
}

/// The folder holds what was written there and nothing that a run left behind.
fn assert_only(folder: &Folder, below: &str, names: &[&str]) {
    let entries = fs::read_dir(folder.path(below)).unwrap();
    let mut found: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    found.sort();
    assert_eq!(found, names);
}

#[test]
fn what_can_be_mended_by_all_means_is_mended() {
    let folder = committed(&format!("{UNUSED}{FINDING}"));
    let run = folder.run(&["--fix"]);
    run.assert_code(0)
        .assert_stderr("fixed 1 finding in 1 file")
        .assert_stdout("src/lib.rs:3:5")
        .assert_stdout("dropped_join_handle");
    assert_eq!(read(&folder, "src/lib.rs"), format!("{MENDED}{FINDING}"));
    assert_only(&folder, "src", &["lib.rs"]);
    folder.run(&["--fix", "--allow-dirty"]).assert_stderr("fixed 0 findings in 0 files");
}

#[test]
fn what_may_be_wrong_is_changed_only_when_asked_for() {
    let text = "// taskguard: allow-file(droped_join_handle) -- why\n".to_owned() + FINDING;
    let folder = committed(&text);
    folder.run(&["--fix"]).assert_stderr("fixed 0 findings in 0 files");
    assert_eq!(read(&folder, "src/lib.rs"), text);
    folder.run(&["--fix", "--unsafe-fixes"]).assert_stderr("fixed 1 finding in 1 file");
    assert_eq!(read(&folder, "src/lib.rs"), text.replace("droped", "dropped"));
}

#[test]
fn a_difference_is_shown_and_nothing_written() {
    let folder = package(&format!("{UNUSED}{FINDING}"));
    let run = folder.run(&["--diff"]);
    run.assert_code(1);
    let expected = "--- a/src/lib.rs\n+++ b/src/lib.rs\n@@ -1,4 +1,3 @@\n\
                    -// taskguard: allow(dropped_join_handle) -- it was mended\n fn fine() {}\n pub fn start() {\n";
    assert!(run.stdout.starts_with(expected), "{run:#?}");
    assert_eq!(read(&folder, "src/lib.rs"), format!("{UNUSED}{FINDING}"));
    let folder = package(FINDING);
    assert_eq!(folder.run(&["--diff"]).assert_code(0).stdout, "");
}

#[test]
fn nothing_is_changed_that_could_not_be_taken_back() {
    let assert_refused = |folder: &Folder, why: &str| {
        let before = read(folder, "src/lib.rs");
        folder.run(&["--fix"]).assert_code(2).assert_stderr(why);
        assert_eq!(read(folder, "src/lib.rs"), before);
    };
    let folder = package(UNUSED);
    assert_refused(&folder, "--allow-no-vcs");
    folder.run(&["--fix", "--allow-no-vcs"]).assert_code(0).assert_stderr("fixed 1 finding");

    let folder = committed(UNUSED);
    folder.write("src/new.rs", b"");
    assert_refused(&folder, "not committed: `src/new.rs`");
    git(&folder, &["add", "."]);
    assert_refused(&folder, "staged changes that are not committed: `src/new.rs`");
    folder.run(&["--fix", "--allow-staged"]).assert_code(0).assert_stderr("fixed 1 finding");
}

#[test]
fn a_table_of_lints_that_breaks_the_build_is_found_and_moved() {
    let folder = committed(FINDING);
    folder.write("Cargo.toml", format!("{MANIFEST}{TRAP}").as_bytes());
    commit(&folder);
    let run = folder.run(&["--message-format", "json"]);
    run.assert_code(1);
    assert_eq!(run.findings(), ["Cargo.toml:9 taskguard_in_lints_table", "src/lib.rs:2 dropped_join_handle"]);
    let human = folder.run(&[]);
    human.assert_stdout("9 │ [lints.taskguard]\n  │        ^^^^^^^^^ ").assert_stdout(
        "help: write the levels where tools of cargo look for them: `[package.metadata.taskguard.lints]`",
    );
    assert_eq!(folder.run(&["-A", "all"]).assert_code(0).stdout, "");
    folder.run(&["--fix"]).assert_code(1).assert_stdout("error[taskguard::dropped_join_handle]");
    let moved = TRAP.replace("[lints.taskguard]", "[package.metadata.taskguard.lints]");
    assert_eq!(read(&folder, "Cargo.toml"), format!("{MANIFEST}{moved}"));
}

#[test]
fn suppressions_are_added_above_the_lines_of_findings() {
    let text = "pub fn start() {\n    let name = 1;\n\n    drop((tokio::spawn(poll()), tokio::spawn(poll()))); tokio::spawn(poll());\n\
                \x20   match name {\n        1 => drop(tokio::spawn(poll())),\r\n        _ => {}\n    }\n}\n"
        .to_owned()
        + FINDING.split_once("\n\n").unwrap().1;
    let folder = package(&text);
    let before = folder.run(&["--message-format", "json"]).findings();
    assert!(!before.is_empty());
    let run = folder.run(&["--add-suppressions=seen, and fine"]);
    run.assert_code(0).assert_stderr(&format!("suppressed {} findings in 1 file", before.len()));
    assert_eq!(run.stdout, "");
    let comment = "// taskguard: allow(dropped_join_handle) -- seen, and fine";
    let after = read(&folder, "src/lib.rs");
    assert!(after.contains(&format!("\n\n    {comment}\n    drop((")), "{after}");
    assert!(after.contains(&format!("    match name {{\n        {comment}\r\n        1 =>")), "{after}");
    assert_eq!(folder.run(&["--add-suppressions=again"]).stdout, "");
    assert_eq!(read(&folder, "src/lib.rs"), after);
    // Each is listed with its reason when what the code allows is to be seen.
    let audit = folder.run(&["--no-suppressions"]);
    audit.assert_code(0).assert_stdout("note: the code allows it: seen, and fine");
    let audited = folder.run(&["--no-suppressions", "--message-format", "json"]).findings();
    assert_eq!(audited.len(), before.len());
    folder.run(&["--no-suppressions", "-Dwarnings"]).assert_code(1);
}

#[test]
fn what_is_forbidden_is_not_suppressed_and_a_reason_is_a_line() {
    let folder = package(FINDING);
    folder.run(&["-F", "suspicious", "--add-suppressions=why"]).assert_code(1);
    assert_eq!(read(&folder, "src/lib.rs"), FINDING);
    for reason in
        ["--add-suppressions=", "--add-suppressions= ", "--add-suppressions=a\nb", "--add-suppressions"]
    {
        folder.run(&[reason]).assert_code(2);
    }
    assert_eq!(read(&folder, "src/lib.rs"), FINDING);
}

#[test]
#[cfg(unix)]
fn a_file_that_cannot_be_written_stays_as_it_is() {
    use std::os::unix::fs::PermissionsExt;
    let folder = package(UNUSED);
    let permit = |mode| fs::set_permissions(folder.path("src"), fs::Permissions::from_mode(mode)).unwrap();
    permit(0o555);
    // Root writes everywhere.
    let is_locked = fs::write(folder.path("src/x"), "").is_err();
    let run = folder.run(&["--fix", "--allow-no-vcs"]);
    permit(0o755);
    if is_locked {
        run.assert_code(2).assert_stderr("cannot write");
        assert_eq!(read(&folder, "src/lib.rs"), UNUSED);
    }
}

#[test]
#[cfg(unix)]
fn a_link_stays_a_link_and_its_file_is_changed() {
    let folder = package("");
    folder.write("shared/lib.rs", UNUSED.as_bytes());
    fs::remove_file(folder.path("src/lib.rs")).unwrap();
    std::os::unix::fs::symlink("../shared/lib.rs", folder.path("src/lib.rs")).unwrap();
    folder.run(&["--fix", "--allow-no-vcs"]).assert_code(0).assert_stderr("fixed 1 finding");
    assert_eq!(read(&folder, "shared/lib.rs"), MENDED);
    assert!(fs::symlink_metadata(folder.path("src/lib.rs")).unwrap().is_symlink());
}

#[test]
fn an_attribute_that_hides_nothing_is_removed() {
    let attribute =
        "#[cfg_attr(any(), taskguard::allow(dropped_join_handle, reason = \"why\"))]\nfn fine() {}\n";
    let folder = package(attribute);
    folder.run(&["--fix", "--allow-no-vcs"]).assert_code(0);
    assert_eq!(read(&folder, "src/lib.rs"), MENDED);
}

#[test]
fn watching_checks_again_after_a_change() {
    let folder = package(FINDING);
    let mut command = folder.command();
    let mut child = command.args(["--watch"]).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines().map(Result::unwrap);
    // Two writes may lead to one check or to two: what counts is what is found in the end.
    let mut wait_for = |end: &str| {
        let found = lines.any(|line| line.starts_with("checked ") && line.ends_with(end));
        assert!(found, "no check ends with `{end}`");
    };
    wait_for(": 1 warning");
    folder.write("src/lib.rs", MENDED.as_bytes());
    wait_for(": no findings");
    // Also of files that come.
    folder.write("src/new.rs", FINDING.as_bytes());
    folder.write("src/lib.rs", b"mod new;\n");
    wait_for(": 1 warning");
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn completions_and_the_manual_are_printed() {
    let folder = Folder::new(&[]);
    let printed = |args: &[&str], part: &str| {
        folder.run(args).assert_code(0).assert_stdout(part);
    };
    printed(&["completions", "bash"], "--add-suppressions");
    printed(&["completions", "zsh"], "#compdef cargo-taskguard");
    printed(&["completions", "fish"], "complete -c cargo-taskguard");
    printed(&["man"], ".TH cargo-taskguard 1");
    folder.run(&["completions", "tcsh"]).assert_code(2).assert_stderr("bash");
}

#[test]
fn options_that_contradict_each_other() {
    let folder = package("");
    let refused: [&[&str]; 3] =
        [&["--fix", "--add-suppressions=why"], &["--watch", "--fix"], &["--diff", "--watch"]];
    for args in refused {
        let run: Run = folder.run(args);
        run.assert_code(2).assert_stderr("cannot be used with");
    }
}
