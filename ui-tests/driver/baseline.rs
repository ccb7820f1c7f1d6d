//! Baselines, and what is new since a revision.

use std::process::Command;

use super::{FINDING, Folder, MANIFEST, Run};

/// A worker that is lost, in a function of this name.
fn lost(name: &str) -> String {
    FINDING.replace("start", name).replace("poll", &format!("poll_{name}"))
}

fn short(run: &Run) -> Vec<&str> {
    run.stdout.lines().map(|line| line.split(": ").next().unwrap()).collect()
}

fn since(folder: &Folder, args: &[&str]) -> Run {
    folder.run(&[&["--output", "short", "--since"], args].concat())
}

fn against(folder: &Folder, args: &[&str]) -> Run {
    folder.run(&[&["--output", "short", "--baseline", "taskguard-baseline.txt"], args].concat())
}

impl Folder {
    /// Runs git here, as nobody in particular.
    #[track_caller]
    fn git(&self, args: &[&str]) -> String {
        let who = [
            "-c",
            "user.name=n",
            "-c",
            "user.email=n@n",
            "-c",
            "commit.gpgsign=false",
            "-c",
            "init.defaultBranch=main",
        ];
        let mut git = Command::new("git");
        git.current_dir(self.path("")).args(who).args(args).env("GIT_CONFIG_GLOBAL", "/dev/null");
        let output = git.output().expect("git is a part of what developing taskguard takes");
        assert!(output.status.success(), "git {args:?}: {output:?}");
        String::from_utf8(output.stdout).unwrap()
    }

    fn commit(&self) {
        self.git(&["add", "-A"]);
        self.git(&["commit", "-qm", "x", "--allow-empty"]);
    }

    /// A repository with a package of these files, committed.
    fn repository(files: &[(&str, &str)]) -> Self {
        let folder = Folder::package(files);
        folder.git(&["init", "-q"]);
        folder.commit();
        folder
    }
}

#[test]
fn what_was_there_is_hidden_and_what_is_new_is_not() {
    let folder = Folder::package(&[("src/lib.rs", &lost("start"))]);
    let created = folder.run(&["baseline", "create"]);
    created.assert_code(0).assert_stdout("taskguard-baseline.txt: 1 entry\n");
    let file = folder.read("taskguard-baseline.txt");
    assert!(file.lines().nth(1).unwrap().starts_with("dropped_join_handle src/lib.rs start "), "{file}");
    let same = against(&folder, &["-D", "warnings"]);
    same.assert_code(0).assert_stderr("no findings; 1 known before");
    assert_eq!(same.stdout, "");
    folder.write("src/lib.rs", format!("// more\n\n{}{}", lost("other"), lost("start")).as_bytes());
    let more = against(&folder, &["-D", "warnings"]);
    more.assert_code(1).assert_stderr("1 error; 1 known before");
    assert_eq!(short(&more), ["src/lib.rs:4:5"]);
}

#[test]
fn a_second_one_of_its_kind_is_new() {
    let twice = FINDING.replace("tokio::spawn(poll());", "tokio::spawn(poll());\n    tokio::spawn(poll());");
    let folder = Folder::package(&[("src/lib.rs", FINDING)]);
    folder.run(&["baseline", "create"]).assert_code(0);
    folder.write("src/lib.rs", twice.as_bytes());
    let run = against(&folder, &[]);
    run.assert_stderr("1 warning; 1 known before");
    folder.run(&["baseline", "update"]).assert_stdout("2 entries, 1 added, 0 removed");
    assert_eq!(against(&folder, &[]).stdout, "");
}

#[test]
fn entries_that_are_not_found_any_more_are_named() {
    let folder = Folder::package(&[("src/lib.rs", &format!("{}{}", lost("one"), lost("two")))]);
    folder.run(&["baseline", "create"]).assert_code(0);
    folder.write("src/lib.rs", lost("two").as_bytes());
    let run = against(&folder, &[]);
    run.assert_code(0).assert_stderr("1 known before, 1 stale entry").assert_stdout(
        "taskguard-baseline.txt:1:1: warning: stale entry: `dropped_join_handle` is not found in `src/lib.rs`, in `one` any more",
    );
    against(&folder, &["--deny-stale"]).assert_code(1).assert_stdout("error: stale entry");
    let show = folder.run(&["baseline", "show"]);
    assert_eq!(
        show.stdout,
        "src/lib.rs (stale) dropped_join_handle one\nsrc/lib.rs:2:5 dropped_join_handle two\n"
    );
    folder.run(&["baseline", "prune"]).assert_code(0).assert_stdout("1 entry, 0 added, 1 removed");
    against(&folder, &["--deny-stale"]).assert_code(0);
}

#[test]
fn prune_only_removes_and_what_is_not_looked_at_stays() {
    let folder = Folder::package(&[
        ("src/lib.rs", "mod a;\nmod b;\n"),
        ("src/a.rs", &lost("one")),
        ("src/b.rs", &lost("two")),
    ]);
    folder.run(&["baseline", "create"]).assert_code(0);
    folder.write("src/a.rs", lost("three").as_bytes());
    folder.write("src/b.rs", b"");
    let before = folder.read("taskguard-baseline.txt");
    folder.run(&["baseline", "prune", "-A", "all"]).assert_stdout("2 entries, 0 added, 0 removed");
    assert_eq!(folder.read("taskguard-baseline.txt"), before);
    folder.run(&["baseline", "update", "src/a.rs"]).assert_stdout("2 entries, 1 added, 1 removed");
    assert!(folder.read("taskguard-baseline.txt").contains(" src/b.rs two "));
    folder.run(&["baseline", "prune"]).assert_stdout("1 entry, 0 added, 1 removed");
    // What cannot be read says nothing of its entries.
    folder.write("src/a.rs", b"fn broken( {");
    against(&folder, &[]).assert_code(2).assert_stderr("no findings; not everything");
}

#[test]
fn a_renamed_file_has_no_new_findings() {
    let folder = Folder::package(&[("src/lib.rs", "mod a;\n"), ("src/a.rs", &lost("one"))]);
    folder.run(&["baseline", "create"]).assert_code(0);
    std::fs::remove_file(folder.path("src/a.rs")).unwrap();
    folder.write("src/lib.rs", b"mod b;\n");
    folder.write("src/b.rs", lost("one").as_bytes());
    against(&folder, &["-D", "warnings", "--deny-stale"]).assert_code(0).assert_stderr("1 known before");
}

#[test]
fn the_same_findings_are_the_same_bytes() {
    let folder = Folder::package(&[("src/lib.rs", &format!("{}{}", lost("one"), lost("two")))]);
    folder.run(&["baseline", "create"]).assert_code(0);
    let bytes = folder.read("taskguard-baseline.txt");
    folder.run(&["baseline", "update", "-j1"]).assert_stdout("2 entries, 0 added, 0 removed");
    assert_eq!(folder.read("taskguard-baseline.txt"), bytes);
    let mut lines: Vec<&str> = bytes.lines().skip(1).collect();
    lines.sort_unstable();
    assert!(bytes.lines().skip(1).eq(lines), "{bytes}");
}

#[test]
fn baselines_of_two_branches_merge() {
    let names = ["a", "b", "c", "d", "e", "f"];
    let files: Vec<(String, String)> = names.iter().map(|it| (format!("src/{it}.rs"), lost(it))).collect();
    let modules = |names: &[&str]| names.iter().map(|it| format!("mod {it};\n")).collect::<String>();
    let mut all: Vec<(&str, &str)> = files.iter().map(|(path, text)| (&**path, &**text)).collect();
    let lib = modules(&names);
    all.push(("src/lib.rs", &lib));
    let folder = Folder::repository(&all);
    let created = folder.run(&["baseline", "create"]);
    created.assert_stdout(".gitattributes: git merges the lines of two branches");
    assert_eq!(folder.read(".gitattributes"), "/taskguard-baseline.txt merge=union\n");
    folder.commit();

    // Each branch adds a finding at the same place of the order, and mends one of two neighbours.
    for (branch, name, mended) in [("left", "new_left", "src/a.rs"), ("right", "new_right", "src/b.rs")] {
        folder.git(&["checkout", "-qb", branch, "main"]);
        folder.write(mended, b"");
        folder.write(&format!("src/c_{branch}.rs"), lost(name).as_bytes());
        folder.write(
            &format!("src/bin/{branch}.rs"),
            format!("#[path = \"../c_{branch}.rs\"]\nmod part;\nfn main() {{ part::{name}() }}\n").as_bytes(),
        );
        folder.run(&["baseline", "update"]).assert_code(0).assert_stdout("6 entries, 1 added, 1 removed");
        folder.commit();
    }
    folder.git(&["merge", "-q", "left", "-m", "merge"]);
    // The union may have kept entries that one side took out: they are stale, and nothing is new.
    let merged = against(&folder, &["-D", "dropped_join_handle"]);
    merged.assert_code(0).assert_stderr("6 known before");
    folder.run(&["baseline", "prune"]).assert_code(0).assert_stdout("6 entries, 0 added");
    against(&folder, &["--deny-stale", "-D", "dropped_join_handle"]).assert_code(0);
}

#[test]
fn edits_apart_merge_without_any_attribute() {
    let names = ["a", "b", "c", "d", "e", "f"];
    let files: Vec<(String, String)> = names.iter().map(|it| (format!("src/{it}.rs"), lost(it))).collect();
    let lib: String = names.iter().map(|it| format!("mod {it};\n")).collect();
    let mut all: Vec<(&str, &str)> = files.iter().map(|(path, text)| (&**path, &**text)).collect();
    all.push(("src/lib.rs", &lib));
    let folder = Folder::repository(&all);
    folder.run(&["baseline", "create"]).assert_code(0);
    std::fs::remove_file(folder.path(".gitattributes")).unwrap();
    folder.commit();
    for (branch, mended, more) in [("left", "src/a.rs", "src/c.rs"), ("right", "src/f.rs", "src/e.rs")] {
        folder.git(&["checkout", "-qb", branch, "main"]);
        folder.write(mended, b"");
        let name = more.trim_start_matches("src/").trim_end_matches(".rs");
        folder.write(more, format!("{}{}", lost(name), lost(&format!("{name}_more"))).as_bytes());
        folder.run(&["baseline", "update"]).assert_stdout("6 entries, 1 added, 1 removed");
        folder.commit();
    }
    folder.git(&["merge", "-q", "left", "-m", "merge"]);
    against(&folder, &["--deny-stale", "-D", "warnings"]).assert_code(0).assert_stderr("6 known before");
}

#[test]
fn a_baseline_that_cannot_be_used_is_told_and_left_as_it_is() {
    let folder = Folder::package(&[("src/lib.rs", FINDING)]);
    let missing = against(&folder, &[]);
    missing
        .assert_code(2)
        .assert_stderr("cannot read the baseline `taskguard-baseline.txt`")
        .assert_stderr("baseline create");
    folder.run(&["baseline", "prune"]).assert_code(2).assert_stderr("cannot read the baseline");
    folder.run(&["baseline", "create"]).assert_code(0);
    let good = folder.read("taskguard-baseline.txt");
    folder.run(&["baseline", "create"]).assert_code(2).assert_stderr("is there already");
    for (odd, why) in [
        (String::new(), "at line 1"),
        ("{\"version\": 1}".to_owned(), "at line 1"),
        (good.replace("baseline 1", "baseline 9"), "does not know version 9"),
        (good.clone() + "<<<<<<< HEAD\n", "keep the lines of both"),
        (good[..good.len() - 9].to_owned(), "at line 2"),
    ] {
        folder.write("taskguard-baseline.txt", odd.as_bytes());
        against(&folder, &[]).assert_code(2).assert_stderr(why);
        folder.run(&["baseline", "update"]).assert_code(2).assert_stderr(why);
        assert_eq!(folder.read("taskguard-baseline.txt"), odd);
    }
    folder
        .run(&["baseline", "create", "--baseline", "no/such/file"])
        .assert_code(2)
        .assert_stderr("cannot write");
    folder.run(&["baseline", "creat"]).assert_code(2);
}

#[test]
fn sarif_and_json_lines_tell_what_the_baseline_hides() {
    let folder = Folder::package(&[("src/lib.rs", FINDING)]);
    folder.run(&["baseline", "create"]).assert_code(0);
    let run =
        folder.run(&["--baseline", "taskguard-baseline.txt", "--output", "sarif", "--output", "jsonl=lines"]);
    let log: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let result = &log["runs"][0]["results"][0];
    assert_eq!(result["suppressions"][0]["kind"], "external");
    assert_eq!(result["baselineState"], "unchanged");
    assert!(folder.read("lines").starts_with("{\"type\":\"known\","), "{}", folder.read("lines"));
}

#[test]
fn new_since_a_revision_is_what_was_not_there() {
    let folder = Folder::repository(&[("src/lib.rs", &lost("one"))]);
    assert_eq!(since(&folder, &["HEAD"]).stdout, "");
    folder.write("src/lib.rs", format!("// more\n{}\n{}", lost("two"), lost("one")).as_bytes());
    let run = since(&folder, &["HEAD", "-D", "warnings"]);
    run.assert_code(1).assert_stderr("1 error; 1 known before");
    assert_eq!(short(&run), ["src/lib.rs:3:5"]);
    assert_eq!(folder.git(&["status", "--porcelain"]), " M src/lib.rs\n", "the checkout is as it was");
    assert_eq!(folder.git(&["worktree", "list"]).lines().count(), 1);
}

#[test]
fn a_change_in_one_file_may_do_harm_in_another() {
    let caller = "pub fn start() {\n    tokio::spawn(crate::job::poll());\n}\n";
    let careful = FINDING.split_once("\n\n").unwrap().1.replace("async fn", "pub async fn");
    let harmless = careful.replace(
        "let job = tokio::fs::read(\"job\").await?;",
        "let Ok(job) = tokio::fs::read(\"job\").await else { tracing::error!(\"no job\"); continue };",
    );
    let folder = Folder::repository(&[
        ("src/lib.rs", "mod a;\nmod job;\n"),
        ("src/a.rs", caller),
        ("src/job.rs", &harmless),
    ]);
    assert_eq!(folder.run(&["--output", "short"]).stdout, "");
    folder.write("src/job.rs", careful.as_bytes());
    let run = since(&folder, &["HEAD"]);
    assert_eq!(short(&run), ["src/a.rs:2:5"], "its lines did not change: {run:#?}");
}

#[test]
fn what_moved_is_not_new() {
    let folder = Folder::repository(&[
        ("src/lib.rs", "mod a;\nmod b;\n"),
        ("src/a.rs", &format!("{}{}", lost("one"), lost("two"))),
        ("src/b.rs", ""),
    ]);
    // To another file, then the other file renamed, then into a module.
    folder.write("src/a.rs", lost("one").as_bytes());
    folder.write("src/b.rs", lost("two").as_bytes());
    assert_eq!(since(&folder, &["HEAD"]).assert_stderr("2 known before").stdout, "");
    std::fs::rename(folder.path("src/a.rs"), folder.path("src/c.rs")).unwrap();
    folder.write("src/lib.rs", b"mod b;\nmod c;\n");
    assert_eq!(since(&folder, &["HEAD"]).assert_stderr("2 known before").stdout, "");
    folder.write("src/c.rs", format!("pub mod inner {{\n{}}}\n", lost("one")).as_bytes());
    assert_eq!(since(&folder, &["HEAD"]).assert_stderr("2 known before").stdout, "");
}

#[test]
fn a_branch_is_compared_with_where_it_began() {
    let folder = Folder::repository(&[("src/lib.rs", "mod a;\n"), ("src/a.rs", &lost("one"))]);
    folder.git(&["checkout", "-qb", "work"]);
    folder.write("src/a.rs", format!("{}{}", lost("one"), lost("two")).as_bytes());
    folder.commit();
    folder.git(&["checkout", "-q", "main"]);
    // Main mends what the branch still has: that is not the branch's doing.
    folder.write("src/a.rs", b"");
    folder.commit();
    folder.git(&["checkout", "-q", "work"]);
    let run = since(&folder, &["main"]);
    assert_eq!(short(&run), ["src/a.rs:12:5"], "{run:#?}");
    run.assert_stderr("1 warning; 1 known before");
}

#[test]
fn packages_paths_and_folders_are_those_of_the_earlier_tree() {
    let manifest = |name: &str| MANIFEST.replace("service", name);
    let folder = Folder::new(&[
        ("Cargo.toml", "[workspace]\nmembers = [\"api\", \"db\"]\nresolver = \"2\"\n"),
        ("api/Cargo.toml", &manifest("api")),
        ("api/src/lib.rs", &lost("one")),
        ("db/Cargo.toml", &manifest("db")),
        ("db/src/lib.rs", &lost("two")),
    ]);
    folder.git(&["init", "-q"]);
    folder.commit();
    let id = folder.path("api").display().to_string();
    for args in
        [&["-p", "api"][..], &["-p", &format!("path+file://{id}#0.1.0")], &["api/src/lib.rs"], &["db"]]
    {
        let run = since(&folder, &[&["HEAD"], args].concat());
        run.assert_code(0).assert_stderr("1 known before");
        assert_eq!(run.stdout, "", "{args:?}");
    }
    let absolute = folder.path("api/Cargo.toml").display().to_string();
    assert_eq!(since(&folder, &["HEAD", "--manifest-path", &absolute]).stdout, "");
    let within = super::run(&folder.path("api/src"), &["--output", "short", "--since", "HEAD"]);
    assert_eq!(within.assert_code(0).stdout, "");
    folder.write("new/Cargo.toml", manifest("new").as_bytes());
    folder.write("new/src/lib.rs", lost("three").as_bytes());
    folder.write("Cargo.toml", b"[workspace]\nmembers = [\"api\", \"db\", \"new\"]\nresolver = \"2\"\n");
    assert_eq!(short(&since(&folder, &["HEAD"])), ["new/src/lib.rs:2:5"]);
    assert_eq!(short(&since(&folder, &["HEAD", "new"])), ["new/src/lib.rs:2:5"]);
}

#[test]
fn a_suppression_that_is_taken_away_is_news() {
    let allowed = FINDING
        .replace("    tokio::spawn", "    // taskguard: allow(dropped_join_handle) -- why\n    tokio::spawn");
    let folder = Folder::repository(&[("src/lib.rs", &allowed)]);
    folder.write("src/lib.rs", FINDING.as_bytes());
    assert_eq!(short(&since(&folder, &["HEAD"])), ["src/lib.rs:2:5"]);
}

#[test]
fn a_revision_that_is_not_there_and_a_folder_without_git() {
    let folder = Folder::repository(&[("src/lib.rs", FINDING)]);
    for odd in ["nonsense", "HEAD~5", "--all", "", "HEAD:src/lib.rs"] {
        let run = folder.run(&[&format!("--since={odd}")]);
        run.assert_code(2).assert_stderr(&format!("git does not know the revision `{odd}`"));
    }
    let folder = Folder::package(&[("src/lib.rs", FINDING)]);
    folder.run(&["--since", "HEAD"]).assert_code(2).assert_stderr("is not in a git checkout");
}

#[test]
fn without_the_program_git_there_is_an_error() {
    let folder = Folder::repository(&[("src/lib.rs", FINDING)]);
    let cargo = std::env::var("CARGO").unwrap_or_default();
    let run =
        super::ran(folder.command().args(["--since", "HEAD"]).env("PATH", "/no/such").env("CARGO", cargo));
    run.assert_code(2).assert_stderr("cannot run git");
}
