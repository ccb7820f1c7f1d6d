//! What is found on the disk and what of it is reported.

use super::{FINDING, Folder, MANIFEST};

fn manifest(name: &str, dependencies: &str) -> String {
    MANIFEST.replace("\"service\"", &format!("{name:?}")) + dependencies
}

/// A workspace of two services, each with a finding, and a library that one of them knows by another name.
fn workspace() -> Folder {
    let folder = Folder::new(&[
        ("Cargo.toml", "[workspace]\nmembers = [\"svc-*\", \"lib\"]\nresolver = \"2\"\n"),
        ("lib/src/lib.rs", ""),
        ("svc-a/src/lib.rs", FINDING),
        ("svc-b/src/lib.rs", FINDING),
    ]);
    folder.write("lib/Cargo.toml", manifest("lib", "").as_bytes());
    folder.write(
        "svc-a/Cargo.toml",
        manifest("svc-a", "common = { path = \"../lib\", package = \"lib\" }\n").as_bytes(),
    );
    folder.write("svc-b/Cargo.toml", manifest("svc-b", "").as_bytes());
    folder
}

fn findings(folder: &Folder, args: &[&str]) -> Vec<String> {
    folder.run(&[args, &["--message-format", "json"]].concat()).findings()
}

const A: &str = "svc-a/src/lib.rs:2 dropped_join_handle";
const B: &str = "svc-b/src/lib.rs:2 dropped_join_handle";

/// In a browser all tasks share one thread: nothing is sent between two values if nothing is waited for between them.
#[test]
fn a_loop_in_a_browser_falls_behind_only_where_it_waits() {
    let library = "use tokio::sync::broadcast::Receiver;\npub async fn show(mut events: Receiver<u8>) {\n    \
                   while let Ok(event) = events.recv().await {\n        draw(event);\n    }\n}\n\
                   pub async fn fetch(mut events: Receiver<u8>) {\n    while let Ok(event) = events.recv().await {\n        \
                   load(event).await;\n    }\n}\nfn draw(_: u8) {}\nasync fn load(_: u8) {}\n";
    let folder = Folder::package(&[("src/lib.rs", library)]);
    let args = ["-A", "all", "-W", "lagged_ends_loop"];
    let in_fetch = "src/lib.rs:8 lagged_ends_loop";
    assert_eq!(findings(&folder, &args), ["src/lib.rs:3 lagged_ends_loop", in_fetch]);
    folder.write("Cargo.toml", manifest("service", "wasm-bindgen = \"0.2\"\n").as_bytes());
    assert_eq!(findings(&folder, &args), [in_fetch]);
}

#[test]
fn packages_are_chosen_by_name_pattern_and_id() {
    let folder = workspace();
    assert_eq!(findings(&folder, &[]), [A, B]);
    assert_eq!(findings(&folder, &["-p", "svc-a"]), [A]);
    assert_eq!(findings(&folder, &["-p", "svc-a@0.1.0"]), [A]);
    assert_eq!(findings(&folder, &["-p", "svc-*"]), [A, B]);
    assert_eq!(findings(&folder, &["--workspace", "--exclude", "svc-a"]), [B]);
    let id = format!("path+file://{}#0.1.0", folder.path("svc-b").display());
    assert_eq!(findings(&folder, &["-p", &id]), [B]);
}

#[test]
fn an_unknown_package_is_an_error_with_a_hint() {
    let folder = workspace();
    folder
        .run(&["-p", "svc-c"])
        .assert_code(2)
        .assert_stderr("no package fits `svc-c`")
        .assert_stderr("did you mean `svc-");
    let excluded = folder.run(&["--exclude", "svc-c", "-q"]);
    excluded.assert_code(0).assert_stdout("warning: no package fits `svc-c`");
}

#[test]
fn paths_choose_what_is_reported() {
    let folder = workspace();
    assert_eq!(findings(&folder, &["."]), [A, B]);
    assert_eq!(findings(&folder, &["svc-b"]), [B]);
    assert_eq!(findings(&folder, &["svc-b/src/../src/lib.rs", "lib"]), [B]);
    assert_eq!(findings(&folder, &["svc-a/Cargo.toml"]), [A]);
    assert_eq!(findings(&folder, &["lib"]), [""; 0]);
}

#[test]
fn from_within_a_member_the_workspace_is_checked_and_paths_are_its_own() {
    let folder = workspace();
    let member = folder.path("svc-a");
    let run = super::run(&member, &["--message-format", "json"]);
    assert_eq!(run.findings(), [A, B]);
    super::run(&member, &["--message-format", "short"]).assert_stdout("\n../svc-b/src/lib.rs:2:5: warning");
}

#[test]
fn a_folder_of_several_workspaces_is_checked_whole() {
    let folder = Folder::new(&[
        ("one/Cargo.toml", MANIFEST),
        ("one/src/lib.rs", FINDING),
        ("deep/er/two/src/main.rs", "fn main() {}"),
    ]);
    folder.write("deep/er/two/Cargo.toml", MANIFEST.as_bytes());
    folder.write("deep/er/two/src/lib.rs", FINDING.as_bytes());
    let expected = ["deep/er/two/src/lib.rs:2 dropped_join_handle", "one/src/lib.rs:2 dropped_join_handle"];
    assert_eq!(findings(&folder, &["."]), expected);
    folder.run(&["."]).assert_stderr("checked 3 files,");
}

#[test]
fn built_and_hidden_folders_are_not_looked_into() {
    let folder = Folder::package(&[("src/lib.rs", "")]);
    for hidden in ["target/package/x", ".git/x", "node_modules/x"] {
        folder.write(&format!("{hidden}/Cargo.toml"), b"broken [");
        folder.write(&format!("{hidden}/src/lib.rs"), FINDING.as_bytes());
    }
    assert_eq!(findings(&folder, &["."]), [""; 0]);
    folder.run(&["."]).assert_code(0).assert_stderr("checked 1 file,");
}

#[test]
fn files_that_nothing_leads_to_are_checked_only_when_they_are_named() {
    let folder =
        Folder::package(&[("src/lib.rs", ""), ("src/unused.rs", FINDING), ("scripts/a.rs", FINDING)]);
    assert_eq!(findings(&folder, &[]), [""; 0]);
    folder.run(&["-v"]).assert_stderr("2 files that no target leads to");
    assert_eq!(findings(&folder, &["src/unused.rs"]), ["src/unused.rs:2 dropped_join_handle"]);
    assert_eq!(findings(&folder, &["scripts"]), ["scripts/a.rs:2 dropped_join_handle"]);
}

#[test]
fn a_folder_without_any_manifest_is_checked() {
    let folder = Folder::new(&[
        ("x/main.rs", "mod part;\nfn main() {}\n"),
        ("x/part.rs", "pub fn f() {}\n"),
        ("y.rs", ""),
    ]);
    folder.run(&["."]).assert_code(0).assert_stderr("checked 3 files,");
    folder.run(&["x/main.rs"]).assert_code(0);
}

#[test]
fn a_module_outside_of_the_package_is_found() {
    let folder = Folder::new(&[
        ("shared/mod.rs", "mod inner;\n"),
        ("shared/inner.rs", FINDING),
        ("app/Cargo.toml", MANIFEST),
    ]);
    folder.write("app/src/lib.rs", b"#[path = \"../../shared/mod.rs\"]\nmod shared;\n");
    let run = super::run(&folder.path("app"), &["--message-format", "json"]);
    run.assert_code(0);
    let finding = format!("{}:2 dropped_join_handle", folder.path("shared/inner.rs").display());
    assert!(
        run.findings() == [finding] || run.findings() == ["../shared/inner.rs:2 dropped_join_handle"],
        "{run:#?}"
    );
}

#[test]
fn a_file_of_two_targets_is_reported_once() {
    let folder = Folder::package(&[
        ("src/lib.rs", "mod part;\n"),
        ("src/main.rs", "mod part;\nfn main() {}\n"),
        ("src/part.rs", FINDING),
    ]);
    assert_eq!(findings(&folder, &[]), ["src/part.rs:2 dropped_join_handle"]);
}

#[test]
fn test_code_is_checked_when_asked_for() {
    let in_tests = format!("#[cfg(test)]\nmod tests {{\n{FINDING}}}\n");
    let folder =
        Folder::package(&[("src/lib.rs", &in_tests), ("tests/it.rs", FINDING), ("examples/e.rs", FINDING)]);
    folder.write("examples/e.rs", format!("{FINDING}fn main() {{}}\n").as_bytes());
    assert_eq!(findings(&folder, &[]), [""; 0]);
    let (example, unit, test) = (
        "examples/e.rs:2 dropped_join_handle",
        "src/lib.rs:4 dropped_join_handle",
        "tests/it.rs:2 dropped_join_handle",
    );
    assert_eq!(findings(&folder, &["--test-code"]), [example, unit, test]);
    assert_eq!(findings(&folder, &["tests/it.rs"]), [test]);
}

#[test]
fn renamed_and_inherited_dependencies_are_known_with_and_without_cargo() {
    let service = FINDING.replace("tokio", "tk");
    let folder = Folder::new(&[
        (
            "Cargo.toml",
            "[workspace]\nmembers = [\"a\"]\nresolver = \"2\"\n[workspace.dependencies]\ntk = { package = \"tokio\", version = \"1\" }\n",
        ),
        (
            "a/Cargo.toml",
            "[package]\nname = \"a\"\nversion = \"0.1.0\"\nedition = \"2021\"\n[dependencies]\ntk.workspace = true\n",
        ),
        ("a/src/lib.rs", &service),
    ]);
    let expected = ["a/src/lib.rs:2 dropped_join_handle"];
    assert_eq!(findings(&folder, &[]), expected);
    // A member that is not there makes cargo refuse the workspace.
    let manifest =
        std::fs::read_to_string(folder.path("Cargo.toml")).unwrap().replace("[\"a\"]", "[\"a\", \"gone\"]");
    folder.write("Cargo.toml", manifest.as_bytes());
    let run = folder.run(&["--message-format", "json"]);
    run.assert_code(0);
    assert_eq!(run.warnings(), ["Cargo.toml:1 cargo cannot read this manifest or one that belongs to it"]);
    assert_eq!(run.findings(), expected);
}

#[test]
fn what_is_for_developers_by_its_name_is_no_service() {
    const SERVER: &str = "\
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let listener = TcpListener::bind(\"0.0.0.0:80\").await?;
    axum::serve(listener, axum::Router::new()).with_graceful_shutdown(stopped()).await
}

async fn stopped() {
    let _ = tokio::signal::ctrl_c().await;
}
";
    const COMMANDS: &str = "mod commands;\n\nfn main() {\n    tokio::runtime::Runtime::new().map(|it| it.block_on(commands::run())).ok();\n}\n";
    let of_command = SERVER.replace("#[tokio::main]\nasync fn main", "pub async fn run");
    let folder = |name: &str| {
        let file = format!("tool/src/commands/{name}.rs");
        let module = format!("mod {name};\npub use {name}::run;\n");
        Folder::new(&[
            ("Cargo.toml", "[workspace]\nmembers = [\"tool\", \"server\", \"samples\"]\nresolver = \"2\"\n"),
            ("tool/Cargo.toml", &manifest("tool", "")),
            ("tool/src/main.rs", COMMANDS),
            ("tool/src/commands/mod.rs", &module),
            (&file, &of_command),
            ("server/Cargo.toml", &manifest("server", "")),
            ("server/src/bin/builder.rs", SERVER),
            ("server/src/bin/dummy-builder.rs", SERVER),
            ("samples/Cargo.toml", &manifest("first-steps", "")),
            ("samples/src/main.rs", SERVER),
        ])
    };
    let server = "server/src/bin/builder.rs:10 sigint_only_shutdown";
    assert_eq!(findings(&folder("dev"), &[]), [server]);
    assert_eq!(
        findings(&folder("serve"), &[]),
        [server, "tool/src/commands/serve.rs:9 sigint_only_shutdown"]
    );
}

#[test]
fn a_program_named_as_a_command_may_fall_behind() {
    const SHOWS: &str = "\
#[tokio::main]
async fn main() {
    let (events, mut shown) = tokio::sync::broadcast::channel::<String>(16);
    std::thread::spawn(move || { let _ = events.send(String::new()); });
    while let Ok(event) = shown.recv().await {
        println!(\"{event}\");
    }
}
";
    let folder = Folder::new(&[
        ("Cargo.toml", &manifest("events", "")),
        ("src/bin/db-cli.rs", SHOWS),
        ("src/bin/viewer.rs", SHOWS),
    ]);
    assert_eq!(findings(&folder, &[]), ["src/bin/viewer.rs:5 lagged_ends_loop"]);
}

#[test]
fn ctrl_c_of_a_loop_in_a_command_is_for_who_sits_there() {
    const RELAY: &str = "\
#[tokio::main]
async fn main() -> std::io::Result<()> {
    match std::env::args().nth(1).as_deref() {
        Some(\"serve\") => serve().await,
        _ => follow().await,
    }
}

async fn serve() -> std::io::Result<()> {
    let listener = tokio::net::TcpListener::bind(\"0.0.0.0:80\").await?;
    axum::serve(listener, axum::Router::new()).await
}

async fn follow() -> std::io::Result<()> {
    tokio::select! {
        result = turn() => result,
        _ = tokio::signal::ctrl_c() => say_good_bye().await,
    }
}

async fn turn() -> std::io::Result<()> {
    loop {
        tokio::time::sleep(std::time::Duration::from_secs(1)).await;
        say_good_bye().await?;
    }
}

async fn say_good_bye() -> std::io::Result<()> {
    std::fs::write(\"state\", \"\")
}
";
    let folder = |name: &str| {
        Folder::new(&[
            ("Cargo.toml", &format!("[workspace]\nmembers = [{name:?}, \"lib\"]\nresolver = \"2\"\n")),
            (&format!("{name}/Cargo.toml"), &manifest(name, "")),
            (&format!("{name}/src/main.rs"), RELAY),
            ("lib/Cargo.toml", &manifest("lib", "")),
            ("lib/src/lib.rs", ""),
        ])
    };
    assert_eq!(findings(&folder("relay"), &[]), ["relay/src/main.rs:17 sigint_only_shutdown"]);
    assert_eq!(findings(&folder("relay-cli"), &[]), [""; 0]);
}

#[test]
fn services_that_come_to_the_same_place_are_one_finding() {
    const COMMON: &str = "\
pub async fn run() -> std::io::Result<()> {
    let first = tokio::spawn(turn());
    let second = tokio::spawn(turn());
    tokio::select! {
        _ = first => Err(std::io::ErrorKind::Other.into()),
        _ = second => Err(std::io::ErrorKind::Other.into()),
    }
}

async fn turn() {
    loop {
        tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    }
}
";
    const MAIN: &str =
        "#[tokio::main]\nasync fn main() -> std::io::Result<()> {\n    common::run().await\n}\n";
    let folder = Folder::new(&[
        ("Cargo.toml", "[workspace]\nmembers = [\"a\", \"b\", \"common\"]\nresolver = \"2\"\n"),
        ("common/Cargo.toml", &manifest("common", "")),
        ("common/src/lib.rs", COMMON),
        ("a/Cargo.toml", &manifest("a", "common = { path = \"../common\" }\n")),
        ("a/src/main.rs", MAIN),
        ("b/Cargo.toml", &manifest("b", "common = { path = \"../common\" }\n")),
        ("b/src/main.rs", MAIN),
    ]);
    let found = findings(&folder, &["-A", "all", "-W", "missing_shutdown_signal"]);
    assert_eq!(found, ["common/src/lib.rs:4 missing_shutdown_signal"]);
}
