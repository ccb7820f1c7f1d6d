//! What a project says of its own functions: each word changes what is found.

use super::{Folder, MANIFEST};

const POLL: &str = "
async fn poll() -> std::io::Result<()> {
    loop {
        let job = tokio::fs::read(\"job\").await?;
        drop(job);
    }
}
";

/// What is found in a library without the settings, and with them.
#[track_caller]
fn check(library: &str, settings: &str, without: &[&str], with: &[&str]) {
    let folder = Folder::package(&[("src/lib.rs", &format!("{library}{POLL}"))]);
    let found = || folder.run(&["--message-format", "json"]).assert_code(0).findings();
    assert_eq!(found(), without, "without the settings");
    folder.write("taskguard.toml", settings.as_bytes());
    assert_eq!(found(), with, "with the settings");
}

#[test]
fn a_supervisor_sees_to_the_handles_that_it_is_given() {
    let library = "pub fn start() {\n    keep(tokio::spawn(poll()));\n}\n\
                   fn keep(_handle: tokio::task::JoinHandle<std::io::Result<()>>) {}\n";
    check(library, "supervisors = [\"service::keep\"]", &["src/lib.rs:2 dropped_join_handle"], &[]);
    // Of a type, and of a module.
    let library = "pub mod rt {\n    pub struct Keeper;\n    impl Keeper {\n        \
                   pub fn keep(&self, _handle: tokio::task::JoinHandle<std::io::Result<()>>) {}\n    }\n}\n\
                   pub fn start(keeper: &rt::Keeper) {\n    keeper.keep(tokio::spawn(poll()));\n}\n";
    let settings = "supervisors = [\"service::rt::Keeper::keep\"]";
    check(library, settings, &["src/lib.rs:8 dropped_join_handle"], &[]);
}

#[test]
fn a_spawner_sees_to_the_tasks_that_it_starts() {
    let library = "use std::future::Future;\npub fn start() {\n    begin(poll());\n}\n\
                   fn begin<F>(task: F)\nwhere\n    F: Future<Output = std::io::Result<()>> + Send + 'static,\n\
                   {\n    tokio::spawn(task);\n}\n";
    check(library, "spawners = [\"service::begin\"]", &["src/lib.rs:3 dropped_join_handle"], &[]);
}

#[test]
fn a_spawner_of_a_library_starts_what_it_is_given() {
    let library = |starts: &str| {
        format!(
            "pub fn start() {{\n    tokio::spawn(async {{\n        let name = tokio::fs::read(\"name\").await?;\n        \
             {starts}\n        std::io::Result::Ok(name)\n    }});\n}}\n{POLL}"
        )
    };
    let folder = Folder::package(&[(
        "src/lib.rs",
        &library("svc_rt::begin(\"poll\", async { poll().await.ok(); });"),
    )]);
    folder.write("Cargo.toml", format!("{MANIFEST}svc_rt = \"1\"\n").as_bytes());
    let found = || folder.run(&["--message-format", "json"]).assert_code(0).findings();
    assert_eq!(found(), [""; 0]);
    // What keeps a worker from being started is worse than what keeps a job from being done.
    folder.write("taskguard.toml", b"spawners = [\"svc_rt::begin\"]\n");
    assert_eq!(found(), ["src/lib.rs:2 dropped_join_handle"]);
    // How what it starts ends is its own concern.
    folder
        .write("src/lib.rs", format!("pub fn start() {{\n    svc_rt::begin(poll());\n}}\n{POLL}").as_bytes());
    assert_eq!(found(), [""; 0]);
}

#[test]
fn a_function_that_must_run_is_a_worker() {
    let library = "pub async fn follow(hosts: Vec<String>) -> std::io::Result<()> {\n    if hosts.is_empty() {\n        \
                   return Ok(());\n    }\n    loop {\n        tokio::fs::read(&hosts[0]).await?;\n    }\n}\n";
    check(library, "must-run = [\"service::follow\"]", &[], &["src/lib.rs:3 worker_returns_ok"]);
}

const WORKER: &str = "pub async fn follow() -> std::io::Result<()> {\n    loop {\n        let job = tokio::fs::read(\"a\").await;\n        \
                      if evening() {\n            if let Err(error) = job {\n                REPORT\n                \
                      return Ok(());\n            }\n        }\n    }\n}\nfn evening() -> bool {\n    true\n}\n";

#[test]
fn a_shutdown_signal_is_a_reason_to_end() {
    let library = WORKER.replace("REPORT", "tracing::error!(\"{error}\");");
    let must_run = "must-run = [\"service::follow\"]\n";
    let folder = Folder::package(&[("src/lib.rs", &library), ("taskguard.toml", must_run)]);
    let found = || folder.run(&["--message-format", "json"]).findings();
    assert_eq!(found(), ["src/lib.rs:7 worker_returns_ok"]);
    let settings = format!("{must_run}shutdown-signals = [\"service::evening\"]\n");
    folder.write("taskguard.toml", settings.as_bytes());
    assert_eq!(found(), [""; 0]);
}

#[test]
fn a_value_of_a_type_that_is_a_shutdown_signal_stops_a_loop() {
    // Its method, and the value itself.
    for wait in ["evening.comes()", "&mut evening"] {
        let library = format!(
            "pub struct Evening;\nimpl Evening {{\n    pub async fn comes(&self) {{\n        \
             tokio::time::sleep(LONG).await\n    }}\n}}\n\
             pub fn start(evening: Evening) {{\n    tokio::spawn(follow(evening));\n}}\n\
             pub async fn follow(mut evening: Evening) -> std::io::Result<()> {{\n    loop {{\n        \
             tokio::select! {{\n            _ = {wait} => return Err(std::io::Error::other(\"it is late\")),\n            \
             _ = tokio::time::sleep(LONG) => {{}}\n        }}\n    }}\n}}\n\
             const LONG: std::time::Duration = std::time::Duration::from_secs(60);\n"
        );
        let folder = Folder::package(&[("src/lib.rs", &library)]);
        let found =
            || folder.run(&["--message-format", "json", "-A", "all", "-W", "uncancellable_loop"]).findings();
        assert_eq!(found(), ["src/lib.rs:11 uncancellable_loop"], "{wait}");
        folder.write("taskguard.toml", b"shutdown-signals = [\"service::Evening\"]\n");
        assert_eq!(found(), [""; 0], "{wait}");
    }
}

#[test]
fn a_log_macro_tells_a_person() {
    let library = WORKER.replace("REPORT", "audit!(\"{error}\");");
    let must_run = "must-run = [\"service::follow\"]\n";
    let folder = Folder::package(&[("src/lib.rs", &library), ("taskguard.toml", must_run)]);
    let found = || folder.run(&["--message-format", "json"]).findings();
    assert_eq!(found(), [""; 0], "what the macro does with the error is not known");
    folder.write("taskguard.toml", format!("{must_run}log-macros = [\"audit\"]\n").as_bytes());
    assert_eq!(found(), ["src/lib.rs:7 worker_returns_ok"], "it is seen, and thrown away");
}

#[test]
fn a_known_safe_call_may_fail_unnoticed() {
    let library =
        "pub fn start() {\n    tokio::spawn(poll());\n    tokio::spawn(async { poll().await });\n}\n";
    let found = ["src/lib.rs:2 dropped_join_handle", "src/lib.rs:3 dropped_join_handle"];
    check(library, "known-safe-calls = [\"service::poll\"]", &found, &[]);
}

#[test]
fn direct_spawns_are_sent_to_the_spawners_and_clippys_reason_is_shown() {
    let library = "pub fn start() {\n    tokio::spawn(async {});\n}\npub mod rt {\n    pub fn begin() {\n        \
                   tokio::spawn(async {});\n    }\n}\n";
    let folder = Folder::package(&[("src/lib.rs", library)]);
    let check = || folder.run(&["-A", "all", "-W", "raw_spawn"]);
    check().assert_stdout("src/lib.rs:2:5").assert_stdout("src/lib.rs:6:9");
    folder.write("taskguard.toml", b"spawners = [\"service::rt::begin\"]\n");
    folder.write(
        "clippy.toml",
        b"disallowed-methods = [{ path = \"tokio::spawn\", reason = \"its panics are lost\" }]\n",
    );
    let run = check();
    run.assert_stdout("src/lib.rs:2:5")
        .assert_stdout("help: spawn it through `service::rt::begin`")
        .assert_stdout("note: `clippy.toml` says why: its panics are lost");
    assert!(!run.stdout.contains("src/lib.rs:6:9"), "{run:#?}");
}

const WRAPPER: &str = "pub fn start() {\n    begin(async {});\n}\n\
                       fn begin(task: impl std::future::Future<Output = ()> + Send + 'static) {\n    \
                       tokio::spawn(task);\n}\n";

#[test]
fn what_takes_a_future_is_there_to_spawn_it_unless_the_project_names_others() {
    let folder = Folder::package(&[("src/lib.rs", WRAPPER)]);
    let found = || folder.run(&["-A", "all", "-W", "raw_spawn", "--message-format", "json"]).findings();
    assert_eq!(found(), [""; 0]);
    folder.write("taskguard.toml", b"spawners = [\"svc_rt::spawn_logged\"]\n");
    assert_eq!(found(), ["src/lib.rs:5 raw_spawn"]);
    folder.write("taskguard.toml", b"spawners = [\"service::begin\"]\n");
    assert_eq!(found(), [""; 0]);
}

#[test]
fn what_clippy_disallows_is_raw_except_where_it_is_allowed() {
    let folder = Folder::package(&[("src/lib.rs", WRAPPER)]);
    let found = || folder.run(&["-A", "all", "-W", "raw_spawn", "--message-format", "json"]).findings();
    folder.write("clippy.toml", b"disallowed-methods = [\"tokio::task::spawn_blocking\"]\n");
    assert_eq!(found(), [""; 0]);
    folder.write("clippy.toml", b"disallowed-methods = [\"tokio::spawn\"]\n");
    assert_eq!(found(), ["src/lib.rs:5 raw_spawn"]);
    let allowed = WRAPPER.replace("fn begin", "#[allow(clippy::disallowed_methods)]\nfn begin");
    folder.write("src/lib.rs", allowed.as_bytes());
    assert_eq!(found(), [""; 0]);
}

#[test]
fn what_is_proposed_is_there_in_the_locked_version() {
    let library = format!("pub fn start() {{\n    tokio::spawn(poll());\n}}\n{POLL}");
    let folder = Folder::package(&[("src/lib.rs", &library)]);
    let proposal = |version: &str| {
        let lock = format!("version = 4\n\n[[package]]\nname = \"tokio\"\nversion = \"{version}\"\n");
        folder.write("Cargo.lock", lock.as_bytes());
        folder.run(&[]).assert_code(0).stdout.contains("JoinSet")
    };
    assert!(proposal("1.44.2") && proposal("1.21.0"));
    assert!(!proposal("1.20.6") && !proposal("0.2.25"));
}

#[test]
fn what_is_proposed_is_there_in_the_oldest_rust() {
    let library = "pub async fn run(mut jobs: tokio::sync::mpsc::Receiver<String>) {\n    loop {\n        \
                   if let Some(job) = jobs.recv().await {\n            println!(\"{job}\");\n        }\n    }\n}\n";
    let folder = Folder::package(&[("src/lib.rs", library)]);
    let proposal = |rust: &str| {
        let manifest = MANIFEST.replace("edition", &format!("{rust}edition"));
        folder.write("Cargo.toml", manifest.as_bytes());
        let run = folder.run(&["-W", "closed_channel_spin"]);
        run.assert_stdout("there will be no more");
        run.stdout.contains("else {")
    };
    assert!(proposal("") && proposal("rust-version = \"1.65\"\n") && proposal("rust-version = \"1.85.1\"\n"));
    assert!(!proposal("rust-version = \"1.64\"\n"));
    // Of several packages the oldest counts, whether cargo or we have read them.
    folder.write(
        "Cargo.toml",
        b"[workspace]\nmembers = [\"a\", \"b\"]\n[workspace.package]\nrust-version = \"1.60\"\n",
    );
    let member = |name: &str| {
        MANIFEST.replace("name = \"service\"", &format!("name = \"{name}\"\nrust-version.workspace = true"))
    };
    folder.write("a/Cargo.toml", member("a").as_bytes());
    folder.write("a/src/lib.rs", library.as_bytes());
    folder.write("b/Cargo.toml", member("b").as_bytes());
    folder.write("b/src/lib.rs", b"");
    let found = || folder.run(&["-W", "closed_channel_spin"]).stdout.contains("let message = match");
    assert!(found());
    folder.write("b/Cargo.toml", member("b").replace("edition = \"2021\"", "edition = \"1999\"").as_bytes());
    assert!(found());
}

#[test]
fn a_path_that_names_nothing_is_told() {
    let folder = Folder::package(&[("src/lib.rs", POLL)]);
    folder.write(
        "taskguard.toml",
        b"spawners = [\"service::gone\", \"elsewhere::spawn\"]\nmust-run = [\"service::poll\"]\n",
    );
    let run = folder.run(&["--message-format", "json"]);
    run.assert_code(0);
    assert_eq!(run.warnings(), ["taskguard.toml:1 nothing in the workspace is named `service::gone`"]);
    folder
        .run(&["--print-config"])
        .assert_stdout("# must-run: service::poll")
        .assert_stdout("# taskguard.toml:2");
}
