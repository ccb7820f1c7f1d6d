//! Editors: what rust-analyzer makes of us, and `--chain`, by which rustc's errors are not lost.

use std::collections::HashMap;
use std::io::{self, BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use cargo_metadata::Message;
use serde_json::{Value, json};

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
    let Some(mut editor) = Editor::start(&folder, json!({ "command": "taskguard" })) else { return };
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
        let fixed = editor.fixed("src/lib.rs", ODD, unused);
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
fn rust_analyzer_keeps_rustcs_errors_beside_ours() {
    let folder = bare(ODD);
    let check = json!({ "command": "taskguard", "extraArgs": ["--chain", "check"] });
    let Some(mut editor) = Editor::start(&folder, check) else { return };
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

/// A rust-analyzer with a folder open in it.
struct Editor {
    server: Child,
    to_server: ChildStdin,
    from_server: Receiver<Value>,
    options: Value,
    uri: String,
    /// By the URI of the file.
    diagnostics: HashMap<String, Vec<Value>>,
    is_ready: bool,
    last_id: u64,
}

/// What a loaded machine may take.
const PATIENCE: Duration = Duration::from_secs(120);

impl Editor {
    /// None, and a word about it that no test harness swallows, where there is no rust-analyzer.
    fn start(folder: &Folder, check: Value) -> Option<Self> {
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
        let path = std::env::join_paths(std::iter::once(ours.to_owned()).chain(std::env::split_paths(&path)))
            .unwrap();
        let mut server = Command::new("rust-analyzer")
            .current_dir(folder.path(""))
            .env("PATH", path)
            .env_remove("CARGO_TARGET_DIR")
            .env_remove("CARGO_BUILD_WARNINGS")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut output = BufReader::new(server.stdout.take().unwrap());
        let (sender, from_server) = channel();
        thread::spawn(move || {
            while let Some(message) = receive(&mut output) {
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
        let options = json!({
            "check": check, "checkOnSave": true, "cargo": { "buildScripts": { "enable": false }, "sysroot": null },
            "procMacro": { "enable": false }, "cachePriming": { "enable": false },
        });
        let to_server = server.stdin.take().unwrap();
        let uri = format!("file://{}", folder.path("").display().to_string().trim_end_matches('/'));
        let (diagnostics, is_ready, last_id) = (HashMap::new(), false, 0);
        let mut editor =
            Self { server, to_server, from_server, options, uri, diagnostics, is_ready, last_id };
        editor.open();
        Some(editor)
    }

    fn open(&mut self) {
        self.ask("initialize", json!({
            "processId": null, "rootUri": self.uri, "initializationOptions": self.options,
            "workspaceFolders": [{ "uri": self.uri, "name": "service" }],
            "capabilities": {
                "workspace": { "configuration": true, "workspaceEdit": { "documentChanges": true } },
                "textDocument": {
                    "publishDiagnostics": { "relatedInformation": true, "codeDescriptionSupport": true, "dataSupport": true },
                    "codeAction": { "codeActionLiteralSupport": { "codeActionKind": { "valueSet": ["quickfix"] } } },
                },
                "experimental": { "serverStatusNotification": true },
            },
        }));
        self.tell("initialized", json!({}));
        let path = self.uri.strip_prefix("file://").unwrap().to_owned() + "/src/lib.rs";
        let text = std::fs::read_to_string(path).unwrap();
        let uri = format!("{}/src/lib.rs", self.uri);
        let document = json!({ "uri": uri, "languageId": "rust", "version": 1, "text": text });
        self.tell("textDocument/didOpen", json!({ "textDocument": document }));
        self.until("the server is ready", |editor| editor.is_ready);
        self.save("src/lib.rs");
    }

    fn save(&mut self, file: &str) {
        let uri = format!("{}/{file}", self.uri);
        self.tell("textDocument/didSave", json!({ "textDocument": { "uri": uri } }));
    }

    /// The diagnostics of a file, once they are as wanted.
    #[track_caller]
    fn diagnostics(&mut self, file: &str, wanted: impl Fn(&[Value]) -> bool) -> Vec<Value> {
        let uri = format!("{}/{file}", self.uri);
        self.until("the diagnostics are there", |editor| {
            editor.diagnostics.get(&uri).is_some_and(|shown| wanted(shown))
        });
        self.diagnostics[&uri].clone()
    }

    /// The text after the quick fix for a diagnostic, if there is one.
    fn fixed(&mut self, file: &str, text: &str, diagnostic: &Value) -> Option<String> {
        let uri = format!("{}/{file}", self.uri);
        let context = json!({ "diagnostics": [diagnostic] });
        let params =
            json!({ "textDocument": { "uri": uri }, "range": diagnostic["range"], "context": context });
        let actions = self.ask("textDocument/codeAction", params);
        let fix = actions
            .as_array()?
            .iter()
            .find(|action| action["kind"] == "quickfix" && action.get("edit").is_some())?;
        let changes = &fix["edit"]["documentChanges"][0]["edits"];
        let changes = if changes.is_null() { &fix["edit"]["changes"][&uri] } else { changes };
        let [edit] = &changes.as_array()?[..] else { return None };
        let offset = |position: &Value| {
            let (line, character) =
                (position["line"].as_u64().unwrap() as usize, position["character"].as_u64().unwrap());
            let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
            let units = text[start..].char_indices().scan(0, |units, (at, c)| {
                let before = *units;
                *units += c.len_utf16() as u64;
                Some((before, at))
            });
            let mut units = units.skip_while(|(before, _)| *before < character);
            units.next().map_or(text.len(), |(_, at)| start + at)
        };
        let (start, end) = (offset(&edit["range"]["start"]), offset(&edit["range"]["end"]));
        Some(format!("{}{}{}", &text[..start], edit["newText"].as_str()?, &text[end..]))
    }

    #[track_caller]
    fn until(&mut self, what: &str, mut done: impl FnMut(&Self) -> bool) {
        let end = Instant::now() + PATIENCE;
        while !done(self) {
            let left = end.saturating_duration_since(Instant::now());
            let message = self.from_server.recv_timeout(left);
            let message =
                message.unwrap_or_else(|_| panic!("it never was that {what}: {:#?}", self.diagnostics));
            self.take(message);
        }
    }

    fn ask(&mut self, method: &str, params: Value) -> Value {
        self.last_id += 1;
        let id = self.last_id;
        self.send(json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        loop {
            let message = self.from_server.recv_timeout(PATIENCE).expect("the server answers");
            if message["id"] == id && message.get("method").is_none() {
                return message["result"].clone();
            }
            self.take(message);
        }
    }

    fn tell(&mut self, method: &str, params: Value) {
        self.send(json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    fn send(&mut self, message: Value) {
        let text = message.to_string();
        write!(self.to_server, "Content-Length: {}\r\n\r\n{text}", text.len()).unwrap();
        self.to_server.flush().unwrap();
    }

    fn take(&mut self, message: Value) {
        let params = &message["params"];
        match message["method"].as_str() {
            Some("textDocument/publishDiagnostics") => {
                let uri = params["uri"].as_str().unwrap().to_owned();
                self.diagnostics.insert(uri, params["diagnostics"].as_array().unwrap().clone());
            }
            Some("experimental/serverStatus") => self.is_ready |= params["quiescent"] == true,
            Some(method) if message.get("id").is_some() => {
                let items = params["items"].as_array().map_or(0, Vec::len);
                let result = match method {
                    "workspace/configuration" => Value::Array(vec![self.options.clone(); items]),
                    _ => Value::Null,
                };
                self.send(json!({ "jsonrpc": "2.0", "id": message["id"], "result": result }));
            }
            _ => {}
        }
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

fn receive(from: &mut impl BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if from.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim_end().split_once(": ") {
            Some(("Content-Length", value)) => length = value.parse().ok()?,
            Some(_) => {}
            None => break,
        }
    }
    let mut body = vec![0; length];
    from.read_exact(&mut body).ok()?;
    serde_json::from_slice(&body).ok()
}
