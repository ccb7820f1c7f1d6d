//! Editors: what rust-analyzer makes of us, and `--chain`, by which rustc's errors are not lost.

use std::io::{self, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use cargo_metadata::Message;
use serde_json::{Value, json};

use super::client::{Client, edited};
use super::{FINDING, Folder, Run, ran};

/// Without dependencies, so that cargo needs no network; rustc finds no `tokio`, and says so.
const BARE: &str = "[package]\nname = \"service\"\nversion = \"0.1.0\"\nedition = \"2021\"\n";

/// A finding on a line with a wide character, evidence in the same file, and a suppression that can go.
const ODD: &str = "pub fn start() {\n    let _crab = \"\u{1f980}\"; tokio::spawn(poll());\n}\n\n\
    async fn poll() -> std::io::Result<()> {\n    loop {\n        let job = tokio::fs::read(\"job\").await?;\n        \
    drop(job);\n    }\n}\n\n\
    // taskguard: allow(select_ends_process) -- there is none\npub fn other() {}\n";

fn bare(text: &str) -> Folder {
    Folder::new(&[("Cargo.toml", BARE), ("src/lib.rs", text)])
}

#[test]
fn a_chain_passes_on_what_cargo_says_and_adds_ours() {
    let folder = bare(FINDING);
    let cargo = cargo(&folder, &["check", "--message-format=json", "--keep-going", "--all-targets"]);
    let chained = chained(&folder, &["check", "--message-format=json", "--keep-going", "--all-targets"]);
    assert_eq!(chained.code, cargo.code, "rustc's errors are worse than our warnings");
    let ours: Vec<&str> = chained.stdout.lines().filter(|line| line.contains("taskguard::")).collect();
    let theirs = |run: &Run| -> Vec<String> {
        let mut lines: Vec<_> =
            run.stdout.lines().filter(|line| !line.contains("taskguard::")).map(str::to_owned).collect();
        lines.sort();
        lines
    };
    assert_eq!(theirs(&chained), theirs(&cargo), "not a byte of cargo's lines is changed");
    assert_eq!(ours.len(), 1, "{chained:#?}");
    let messages = chained.messages();
    let of_package = |message: &Message| match message {
        Message::CompilerMessage(message) => Some(message.package_id.repr.clone()),
        _ => None,
    };
    let ids: Vec<String> = messages.iter().filter_map(of_package).collect();
    assert!(ids.len() > 1 && ids.iter().all(|id| *id == ids[0]), "{ids:?}");
    assert!(matches!(messages.last(), Some(Message::BuildFinished(_))), "{messages:#?}");
    chained.assert_stderr("could not compile");
}

#[test]
fn a_chain_gives_the_worse_of_two_answers() {
    let fine = "pub fn f() {}\n";
    let folder = bare(fine);
    chained(&folder, &["check", "--message-format=json"]).assert_code(0);
    chained(&folder, &["clippy", "--message-format=json", "--lib"]).assert_code(0);
    let unused = format!("// taskguard: allow(select_ends_process) -- none\n{fine}");
    folder.write("src/lib.rs", unused.as_bytes());
    let ours = chained(&folder, &["check", "--message-format=json", "-D", "warnings"]);
    ours.assert_code(1);
    assert_eq!(ours.findings(), ["src/lib.rs:1 unused_suppression"]);
    folder.write("src/lib.rs", b"pub fn f() -> u8 {}\n");
    chained(&folder, &["check", "--message-format=json"]).assert_code(101);
    let ours_broken = chained(&folder, &["check", "--message-format=json", "-D", "nonsense"]);
    ours_broken.assert_code(101);
    assert!(ours_broken.stdout.contains("mismatched types") && ours_broken.stdout.contains("unknown lint"));
}

#[test]
fn a_chain_without_cargo_still_checks() {
    let folder = bare(FINDING);
    let run =
        ran(folder.command().args(["--chain", "check", "--output", "short"]).env("CARGO", "/no/such/cargo"));
    run.assert_code(2).assert_stderr("cannot run `/no/such/cargo check`");
}

#[test]
fn an_editor_may_name_a_package_by_its_id() {
    let folder = bare(FINDING);
    let id =
        format!("path+file://{}#service@0.1.0", folder.path("").display().to_string().trim_end_matches('/'));
    let run = folder.run(&["-p", &id, "--message-format=json", "--lib", "--keep-going"]);
    assert_eq!(run.assert_code(0).findings(), ["src/lib.rs:2 dropped_join_handle"]);
}

/// A run with a cargo beside it. A target folder that tests share would mix up their packages.
fn chained(folder: &Folder, args: &[&str]) -> Run {
    ran(folder.command().arg("--chain").args(args).env_remove("CARGO_TARGET_DIR"))
}

fn cargo(folder: &Folder, args: &[&str]) -> Run {
    let program = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(program);
    ran(command.current_dir(folder.path("")).args(args).stdin(Stdio::null()).env_remove("CARGO_TARGET_DIR"))
}

#[test]
fn rust_analyzer_shows_our_findings_where_they_are() {
    let folder = bare(ODD);
    let Some(mut editor) = rust_analyzer(&folder, json!({ "command": "taskguard" })) else { return };
    let shown = editor.diagnostics("src/lib.rs", |shown| shown.iter().filter(|it| is_ours(it)).count() >= 2);
    let main = find(&shown, "dropped_join_handle");
    let line: Vec<u16> = ODD.lines().nth(1).unwrap().encode_utf16().collect();
    let range = &main["range"];
    let at = |end: &str| range[end]["character"].as_u64().unwrap() as usize;
    assert_eq!(String::from_utf16(&line[at("start")..at("end")]).unwrap(), "tokio::spawn", "{main:#}");
    assert_eq!(
        (&range["start"]["line"], &main["severity"], &main["source"]),
        (&1.into(), &2.into(), &"taskguard".into())
    );
    let message = main["message"].as_str().unwrap();
    assert!(message.contains("for further information visit https://"), "{message}");
    let related = main["relatedInformation"].as_array().unwrap();
    assert!(related.iter().any(|it| it["location"]["range"]["start"]["line"] == 6), "{main:#}");

    let unused = find(&shown, "unused_suppression");
    // A check that runs once more takes the fixes of the one before away, for a moment.
    let mut tries = (0..100).map(|_| {
        let fixed = fixed(&mut editor, "src/lib.rs", ODD, unused);
        thread::sleep(Duration::from_millis(if fixed.is_some() { 0 } else { 300 }));
        fixed
    });
    let fixed = tries.find_map(|fixed| fixed);
    assert_eq!(
        fixed.as_deref(),
        Some(&*ODD.replace("// taskguard: allow(select_ends_process) -- there is none\n", ""))
    );
}

#[test]
fn rust_analyzer_may_be_given_the_whole_command() {
    let folder = bare(ODD);
    let check = json!({ "overrideCommand": ["cargo", "taskguard", "--message-format=json"] });
    let Some(mut editor) = rust_analyzer(&folder, check) else { return };
    let shown = editor.diagnostics("src/lib.rs", |shown| shown.iter().filter(|it| is_ours(it)).count() >= 2);
    assert_eq!(find(&shown, "dropped_join_handle")["range"]["start"]["line"], 1);
}

#[test]
fn rust_analyzer_keeps_rustcs_errors_beside_ours() {
    let folder = bare(ODD);
    let check = json!({ "command": "taskguard", "extraArgs": ["--chain", "check"] });
    let Some(mut editor) = rust_analyzer(&folder, check) else { return };
    let is_rustcs = |it: &Value| it["source"] == "rustc" && it["code"] == "E0433";
    let both = |shown: &[Value]| shown.iter().any(is_ours) && shown.iter().any(is_rustcs);
    editor.diagnostics("src/lib.rs", both);
    // And after the next save.
    editor.save("src/lib.rs");
    thread::sleep(Duration::from_secs(2));
    editor.diagnostics("src/lib.rs", both);
}

fn is_ours(diagnostic: &Value) -> bool {
    diagnostic["source"] == "taskguard"
}

fn find<'a>(shown: &'a [Value], code: &str) -> &'a Value {
    let is_main = |it: &&Value| it["code"] == code && it["severity"] == 2;
    shown.iter().find(is_main).unwrap_or_else(|| panic!("no {code} in {shown:#?}"))
}

/// A rust-analyzer with a folder open in it. None, and a word about it that no test harness swallows, where there is none.
fn rust_analyzer(folder: &Folder, check: Value) -> Option<Client> {
    let there = Command::new("rust-analyzer").arg("--version").output();
    if !there.is_ok_and(|output| output.status.success()) {
        let _ = writeln!(
            io::stderr(),
            "\n!!! SKIPPED: there is no rust-analyzer here: `rustup component add rust-analyzer`\n"
        );
        return None;
    }
    let ours = Path::new(env!("CARGO_BIN_EXE_cargo-taskguard")).parent().unwrap();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let path =
        std::env::join_paths(std::iter::once(ours.to_owned()).chain(std::env::split_paths(&path))).unwrap();
    let mut server = Command::new("rust-analyzer");
    server.env("PATH", path).env_remove("CARGO_TARGET_DIR").env_remove("CARGO_BUILD_WARNINGS");
    let options = json!({
        "check": check, "checkOnSave": true, "cargo": { "buildScripts": { "enable": false }, "sysroot": null },
        "procMacro": { "enable": false }, "cachePriming": { "enable": false },
    });
    let mut editor = Client::start(&mut server, folder, options);
    editor.initialize(json!({ "experimental": { "serverStatusNotification": true } }));
    editor.open("src/lib.rs", &folder.read("src/lib.rs"));
    editor.until("the server is ready", |editor| editor.is_ready);
    editor.save("src/lib.rs");
    Some(editor)
}

/// The text after the quick fix for a diagnostic, if there is one.
fn fixed(editor: &mut Client, file: &str, text: &str, diagnostic: &Value) -> Option<String> {
    let actions = editor.actions(file, diagnostic);
    let fix = actions.iter().find(|action| action["kind"] == "quickfix" && action.get("edit").is_some())?;
    edited(text, fix, &editor.uri(file))
}
