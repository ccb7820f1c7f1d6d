//! Arguments, and the exit codes they lead to.

use super::{FINDING, Folder, ran};

#[test]
fn all_ways_of_calling_are_one() {
    let folder = Folder::package(&[("src/lib.rs", "")]);
    let direct = folder.run(&[]);
    direct.assert_code(0).assert_stderr("checked 1 file,");
    folder.run(&["taskguard"]).assert_code(0).assert_stderr("checked 1 file,");
    let help = folder.run(&["taskguard", "--help"]);
    help.assert_code(0)
        .assert_stdout("Usage: cargo taskguard [OPTIONS] [PATHS]...")
        .assert_stdout("Exit codes:");
    folder.run(&["--version"]).assert_code(0).assert_stdout(env!("CARGO_PKG_VERSION"));
}

#[test]
fn levels_decide_the_exit_code() {
    let folder = Folder::package(&[("src/lib.rs", FINDING)]);
    folder.run(&[]).assert_code(0).assert_stdout("warning[taskguard::dropped_join_handle]");
    folder
        .run(&["-D", "dropped_join_handle"])
        .assert_code(1)
        .assert_stdout("error[taskguard::dropped_join_handle]");
    folder.run(&["-Dwarnings"]).assert_code(1);
    folder.run(&["--", "-D", "warnings"]).assert_code(1);
    folder.run(&["-D", "taskguard::suspicious", "-W", "dropped-join-handle"]).assert_code(0);
    folder.run(&["-F", "suspicious", "-A", "all"]).assert_code(1);
    let allowed = folder.run(&["-D", "all", "-A", "all"]);
    allowed.assert_code(0);
    assert_eq!(allowed.stdout, "");
}

#[test]
fn a_profile_turns_on_its_lints_and_levels_come_after_it() {
    let folder = Folder::new(&[]);
    let level = |args: &[&str]| {
        let run = folder.run(&[&["--list"], args].concat());
        let line =
            run.stdout.lines().find(|line| line.starts_with("unsupervised_worker")).unwrap_or_default();
        line.split_whitespace().nth(2).unwrap_or_default().to_owned()
    };
    assert_eq!(level(&[]), "allow");
    assert_eq!(level(&["--profile", "release"]), "allow");
    assert_eq!(level(&["--profile", "service"]), "warn");
    assert_eq!(level(&["-A", "unsupervised_worker", "--profile", "service"]), "allow");
    assert_eq!(level(&["--profile", "service", "-Dwarnings"]), "deny");
    folder.run(&["--profile", "servise"]).assert_code(2).assert_stderr("did you mean `service`?");
}

#[test]
fn cargos_switch_for_warnings_is_ours_too() {
    let folder = Folder::package(&[("src/lib.rs", FINDING)]);
    let run =
        |value: &str, args: &[&str]| ran(folder.command().env("CARGO_BUILD_WARNINGS", value).args(args));
    run("deny", &[]).assert_code(1).assert_stdout("error[");
    run("warn", &[]).assert_code(0).assert_stdout("warning[");
    run("", &[]).assert_code(0).assert_stdout("warning[");
    assert_eq!(run("allow", &[]).assert_code(0).stdout, "");
    run("deny", &["-W", "warnings"]).assert_code(0);
    run("allow", &["-D", "dropped_join_handle"]).assert_code(1);
    run("maybe", &[]).assert_code(2).assert_stderr("CARGO_BUILD_WARNINGS is `maybe`");
}

#[test]
fn an_unknown_lint_is_an_error_with_a_hint() {
    let folder = Folder::package(&[("src/lib.rs", "")]);
    let run = folder.run(&["-D", "droped_join_handle"]);
    run.assert_code(2)
        .assert_stderr("unknown lint: `droped_join_handle`")
        .assert_stderr("did you mean `dropped_join_handle`?");
    folder.run(&["-D", "xyz"]).assert_code(2).assert_stderr("--list");
}

#[test]
fn an_unknown_option_is_an_error() {
    let folder = Folder::package(&[("src/lib.rs", "")]);
    folder.run(&["--explian"]).assert_code(2).assert_stderr("--explain");
    folder.run(&["--", "--cap-lints"]).assert_code(2).assert_stderr("after `--` only");
}

#[test]
fn lints_are_listed_with_the_levels_of_the_run() {
    let folder = Folder::new(&[]);
    let run = folder.run(&["--list", "-D", "all", "-A", "worker_returns_ok"]);
    run.assert_code(0);
    let line =
        |lint: &str| run.stdout.lines().find(|line| line.starts_with(lint)).unwrap_or_default().to_owned();
    assert!(line("dropped_join_handle").contains(" suspicious   deny "), "{run:#?}");
    assert!(line("worker_returns_ok").contains(" allow "), "{run:#?}");
    let mut sorted: Vec<_> = run.stdout.lines().collect();
    sorted.sort();
    assert_eq!(run.stdout.lines().collect::<Vec<_>>(), sorted);
}

#[test]
fn the_list_says_where_each_level_comes_from() {
    let folder = Folder::package(&[("src/lib.rs", "")]);
    folder.write(
        "taskguard.toml",
        b"profile = \"service\"\n[lints]\nblind_join = \"warn\"\nraw_spawn = \"deny\"\n",
    );
    let run = folder.run(&["--list", "-A", "raw_spawn"]);
    let line = |lint: &str| {
        let line = run.stdout.lines().find(|line| line.starts_with(&format!("{lint} ")));
        line.unwrap_or_default().split_whitespace().skip(2).collect::<Vec<_>>().join(" ")
    };
    for (lint, said) in [
        ("blind_join", "warn taskguard.toml:3 A task"),
        ("raw_spawn", "allow command line A task"),
        ("missing_panic_hook", "warn profile A service"),
        ("dropped_join_handle", "warn default A task"),
    ] {
        assert!(line(lint).starts_with(said), "{lint}: {run:#?}");
    }
}

#[test]
fn a_lint_is_explained_by_any_of_its_names() {
    let folder = Folder::new(&[]);
    let plain = folder.run(&["--explain", "dropped_join_handle"]);
    plain.assert_code(0).assert_stdout("# dropped_join_handle");
    assert_eq!(folder.run(&["--explain", "taskguard::dropped-join-handle"]).stdout, plain.stdout);
    folder
        .run(&["--explain", "dropped_handle"])
        .assert_code(2)
        .assert_stderr("did you mean `dropped_join_handle`?");
}

#[test]
fn editors_pass_what_cargo_check_takes() {
    let folder = Folder::package(&[("src/main.rs", "fn main() {}")]);
    let manifest = folder.path("Cargo.toml");
    let manifest = manifest.to_str().unwrap();
    let all = [
        "taskguard",
        "--workspace",
        "--message-format=json",
        "--manifest-path",
        manifest,
        "--keep-going",
        "--all-targets",
    ];
    folder.run(&all).assert_code(0).assert_stdout("\"build-finished\"");
    let id =
        format!("path+file://{}#service@0.1.0", folder.path("").display().to_string().trim_end_matches('/'));
    folder
        .run(&["-p", &id, "--bin", "service", "--message-format=json-diagnostic-rendered-ansi"])
        .assert_code(0);
}

#[test]
fn colours_come_when_they_are_asked_for() {
    let folder = Folder::package(&[("src/lib.rs", "mod gone;\n")]);
    assert!(!folder.run(&[]).stdout.contains('\u{1b}'));
    folder.run(&["--color", "always"]).assert_stdout("\u{1b}[");
    let from_cargo = |args: &[&str]| {
        let output = folder.command().env("CARGO_TERM_COLOR", "always").args(args).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    assert!(from_cargo(&[]).contains('\u{1b}'));
    assert!(!from_cargo(&["--color=never"]).contains('\u{1b}'));
    let json = folder.run(&["--message-format", "json"]);
    assert!(!json.diagnostics()[0].rendered.clone().unwrap().contains('\u{1b}'));
    let ansi = folder.run(&["--message-format", "json-diagnostic-rendered-ansi"]);
    assert!(ansi.diagnostics()[0].rendered.clone().unwrap().contains('\u{1b}'));
}

#[test]
fn quiet_and_verbose_change_the_summary_only() {
    let folder = Folder::package(&[("src/lib.rs", "")]);
    assert_eq!(folder.run(&["-q"]).assert_code(0).stderr, "");
    folder.run(&["-v"]).assert_code(0).assert_stderr("suppressed");
}
