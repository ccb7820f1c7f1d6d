//! Configuration: where it is found, what it says, what overrules what, and what is wrong with it.

use std::fs;

use super::{FINDING, Folder, Run};
use crate::root;

const DENY: &str = "[lints]\ndropped_join_handle = \"deny\"\n";
const ALLOW: &str = "[lints]\ndropped_join_handle = \"allow\"\n";

/// A package with one finding, and these files.
fn package(files: &[(&str, &str)]) -> Folder {
    let folder = Folder::package(&[("src/lib.rs", FINDING)]);
    files.iter().for_each(|(path, text)| folder.write(path, text.as_bytes()));
    folder
}

/// `crates/api` and `crates/db`, a finding each, and these files.
fn workspace(files: &[(&str, &str)]) -> Folder {
    let manifest =
        |name: &str| format!("[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2021\"\n");
    let folder = Folder::new(&[
        ("Cargo.toml", "[workspace]\nmembers = [\"crates/*\"]\nresolver = \"3\"\n"),
        ("crates/api/Cargo.toml", &manifest("api")),
        ("crates/api/src/lib.rs", FINDING),
        ("crates/db/Cargo.toml", &manifest("db")),
        ("crates/db/src/lib.rs", FINDING),
    ]);
    files.iter().for_each(|(path, text)| append(&folder, path, text));
    folder
}

fn append(folder: &Folder, path: &str, text: &str) {
    let old = fs::read_to_string(folder.path(path)).unwrap_or_default();
    folder.write(path, (old + text).as_bytes());
}

fn json(folder: &Folder) -> Run {
    folder.run(&["--message-format", "json"])
}

#[test]
fn a_file_is_found_under_each_of_its_names() {
    for name in ["taskguard.toml", ".taskguard.toml", ".config/taskguard.toml"] {
        let folder = package(&[(name, DENY)]);
        folder.run(&[]).assert_code(1).assert_stdout("error[taskguard::dropped_join_handle]");
        folder.run(&["--no-config"]).assert_code(0);
    }
}

#[test]
fn a_file_is_found_from_below_and_in_the_repository_around() {
    let folder = workspace(&[("taskguard.toml", DENY)]);
    let below = folder.command().current_dir(folder.path("crates/api/src")).output().unwrap();
    assert_eq!(below.status.code(), Some(1));

    // The workspace is part of a repository whose root has the file; without the repository, nothing leads there.
    let folder = Folder::new(&[
        ("taskguard.toml", DENY),
        ("svc/Cargo.toml", super::MANIFEST),
        ("svc/src/lib.rs", FINDING),
    ]);
    let run = || folder.command().current_dir(folder.path("svc")).output().unwrap().status.code();
    assert_eq!(run(), Some(0));
    folder.write(".git/HEAD", b"");
    assert_eq!(run(), Some(1));
}

#[test]
fn two_files_are_one_too_many() {
    let folder = package(&[("taskguard.toml", DENY), (".config/taskguard.toml", ALLOW)]);
    let run = json(&folder);
    run.assert_code(2);
    assert_eq!(
        run.problems(),
        ["taskguard.toml:1 there is another configuration in `.config/taskguard.toml`"]
    );
}

#[test]
fn the_command_line_overrules_the_file_and_the_file_the_manifests() {
    let package_table = "[package.metadata.taskguard.lints]\ndropped-join-handle = \"deny\"\n";
    let workspace_table = "[workspace.metadata.taskguard]\nlints = { suspicious = \"allow\" }\n";
    let folder = workspace(&[("Cargo.toml", workspace_table)]);
    assert_eq!(json(&folder).assert_code(0).findings(), [""; 0]);
    append(&folder, "crates/db/Cargo.toml", package_table);
    assert_eq!(json(&folder).assert_code(1).findings(), ["crates/db/src/lib.rs:2 dropped_join_handle"]);
    folder.write("taskguard.toml", b"[lints]\nall = \"warn\"\ndetached_task_panics = \"allow\"\nraw_spawn = \"allow\"\nuncancellable_loop = \"allow\"\nnursery = \"allow\"\n");
    assert_eq!(json(&folder).assert_code(0).findings().len(), 2);
    folder.run(&["-A", "all"]).assert_code(0);
    assert_eq!(folder.run(&["-A", "all"]).stdout, "");
    folder.run(&["-D", "suspicious"]).assert_code(1);
}

#[test]
fn overrides_speak_of_their_paths_and_the_last_decides() {
    let overrides = "\n[[overrides]]\npaths = [\"crates/*\"]\nlints = { suspicious = \"allow\" }\n\
                     [[overrides]]\npaths = [\"**/db/src/*.rs\"]\nlints.dropped_join_handle = \"warn\"\n";
    let folder = workspace(&[("taskguard.toml", &(DENY.to_owned() + overrides))]);
    assert_eq!(json(&folder).assert_code(0).findings(), ["crates/db/src/lib.rs:2 dropped_join_handle"]);
    // In a manifest of a package, paths are relative to its folder.
    let folder = workspace(&[(
        "crates/api/Cargo.toml",
        "[[package.metadata.taskguard.overrides]]\npaths = [\"src\"]\nlints.all = \"allow\"\n",
    )]);
    assert_eq!(json(&folder).findings(), ["crates/db/src/lib.rs:2 dropped_join_handle"]);
}

#[test]
fn forbidden_is_forbidden_and_warnings_are_those_of_the_end() {
    let folder = package(&[("taskguard.toml", "[lints]\nsuspicious = \"forbid\"\n")]);
    folder.run(&["-A", "all"]).assert_code(1);
    let folder = package(&[("taskguard.toml", "[lints]\nwarnings = \"deny\"\n")]);
    folder.run(&[]).assert_code(1);
    folder.run(&["-W", "warnings"]).assert_code(0);
}

#[test]
fn a_profile_is_chosen_by_the_file_and_overruled_by_levels() {
    let level = |files: &[(&str, &str)], args: &[&str]| {
        let run = package(files).run(&[&["--list"], args].concat());
        let line =
            run.stdout.lines().find(|line| line.starts_with("unsupervised_worker")).unwrap_or_default();
        line.split_whitespace().nth(2).unwrap_or_default().to_owned()
    };
    assert_eq!(level(&[], &[]), "allow");
    assert_eq!(level(&[("taskguard.toml", "profile = \"service\"")], &[]), "warn");
    assert_eq!(level(&[("taskguard.toml", "profile = \"service\"")], &["--no-config"]), "allow");
    let with_level = "profile = \"service\"\nlints = { restriction = \"allow\" }";
    assert_eq!(level(&[("taskguard.toml", with_level)], &[]), "allow");
}

#[test]
fn a_named_file_is_read_in_place_of_the_one_that_is_there() {
    let folder = package(&[("taskguard.toml", DENY), ("ci/strict.toml", ALLOW)]);
    assert_eq!(folder.run(&["--config-file", "ci/strict.toml"]).assert_code(0).stdout, "");
    folder
        .run(&["--config-file", "ci/gone.toml"])
        .assert_code(2)
        .assert_stderr("cannot read this configuration")
        .assert_stderr("ci/gone.toml");
}

#[test]
fn what_is_wrong_is_drawn_on_the_file() {
    let folder =
        package(&[("taskguard.toml", "# é\n[lints]\ndroped_join_handle = \"deny\"\nall = \"on\"\n")]);
    let run = folder.run(&[]);
    run.assert_code(2)
        .assert_stderr("error: unknown lint `droped_join_handle`")
        .assert_stderr("taskguard.toml:3:1")
        .assert_stderr("3 │ droped_join_handle = \"deny\"\n  │ ^^^^^^^^^^^^^^^^^^")
        .assert_stderr("did you mean `dropped_join_handle`?")
        .assert_stderr("unknown level `on`");
    assert_eq!(run.stdout, "");
    let run = json(&folder);
    run.assert_code(2);
    assert_eq!(
        run.problems(),
        ["taskguard.toml:3 unknown lint `droped_join_handle`", "taskguard.toml:4 unknown level `on`",]
    );
}

#[test]
fn what_is_no_toml_and_what_is_no_text() {
    let folder = package(&[("taskguard.toml", "[lints\n")]);
    let problems = json(&folder).assert_code(2).problems();
    assert!(problems[0].starts_with("taskguard.toml:1 this is not TOML: "), "{problems:?}");
    folder.write("taskguard.toml", b"\xff\xfe");
    let problems = json(&folder).assert_code(2).problems();
    assert!(problems[0].starts_with("taskguard.toml:1 cannot read this configuration: "), "{problems:?}");
}

#[test]
fn metadata_that_is_wrong_is_drawn_on_the_manifest() {
    let folder =
        workspace(&[("crates/db/Cargo.toml", "\n[package.metadata.taskguard]\nprofil = \"service\"\n")]);
    let run = json(&folder);
    run.assert_code(2);
    assert_eq!(run.problems(), ["crates/db/Cargo.toml:7 unknown key `profil`"]);
}

#[test]
fn a_configuration_that_nobody_reads_is_told() {
    let folder = workspace(&[]);
    folder.write("crates/db/.config/taskguard.toml", DENY.as_bytes());
    let run = json(&folder);
    run.assert_code(0);
    let told =
        "crates/db/.config/taskguard.toml:1 this configuration is not read: it is in the folder of a package";
    assert_eq!(run.warnings(), [told]);
    // Who says which one is read has decided.
    assert_eq!(folder.run(&["--no-config", "--message-format", "json"]).warnings(), [""; 0]);
    let run = folder.run(&["-p", "api", "--message-format", "json"]);
    assert_eq!(run.warnings(), [""; 0]);
}

#[test]
fn the_settings_of_a_file_are_printed_with_their_origins() {
    let text = "profile = \"service\"\n[lints]\nsuspicious = \"deny\"\n[[overrides]]\npaths = [\"src\"]\nlints.blind_join = \"warn\"\n";
    let folder = package(&[("taskguard.toml", text)]);
    let run = folder.run(&["-A", "detached_task", "--print-config", "src/lib.rs"]);
    run.assert_code(0).assert_stdout("# what applies to src/lib.rs\n");
    let line = |setting: &str| {
        let line = run.stdout.lines().find(|line| line.starts_with(setting)).unwrap_or_default();
        line.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    assert_eq!(line("profile"), "profile = \"service\" # taskguard.toml:1");
    assert_eq!(line("dropped_join_handle"), "dropped_join_handle = \"deny\" # taskguard.toml:3");
    assert_eq!(line("blind_join"), "blind_join = \"warn\" # taskguard.toml:6");
    assert_eq!(line("unsupervised_worker"), "unsupervised_worker = \"warn\" # profile");
    assert_eq!(line("detached_task "), "detached_task = \"allow\" # command line");
    assert_eq!(line("lost_task_error"), "lost_task_error = \"allow\" # default of pedantic");
    // What is printed is a configuration that says the same.
    folder.write("taskguard.toml", run.stdout.as_bytes());
    let again = folder.run(&["--print-config", "src/lib.rs"]);
    let settings = |run: &Run| {
        run.stdout.lines().map(|line| line.split('#').next().unwrap().trim().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(settings(&again), settings(&run));
    assert!(!folder.run(&["--print-config"]).stdout.contains("taskguard.toml:6\n[[overrides]]"));
    folder.run(&["--print-config", "src/gone.rs"]).assert_code(2).assert_stderr("there is no such file");
}

#[test]
fn a_first_configuration_is_written_and_none_is_overwritten() {
    let folder = package(&[]);
    let init = || folder.run(&["config", "init"]);
    init().assert_code(0).assert_stderr("wrote taskguard.toml");
    folder.run(&[]).assert_code(0).assert_stdout("dropped_join_handle");
    folder.write("taskguard.toml", DENY.as_bytes());
    init().assert_code(2).assert_stderr("there is a configuration already");
    assert_eq!(fs::read_to_string(folder.path("taskguard.toml")).unwrap(), DENY);
}

#[test]
fn snapshots_of_the_schema() {
    let printed = Folder::new(&[]).run(&["config", "schema"]).assert_code(0).stdout.clone();
    let kept = root().join("docs/taskguard.schema.json");
    if std::env::var_os("BLESS").is_some() {
        fs::write(&kept, &printed).unwrap();
    }
    let is_kept = fs::read_to_string(&kept).unwrap_or_default() == printed;
    assert!(is_kept, "docs/taskguard.schema.json is out of date: `cargo bless` writes it anew");
}
