//! The language server, as an editor meets it.

use serde_json::{Value, json};

use super::client::{Client, edited};
use super::{FINDING, Folder, MANIFEST};

const LIB: &str = "src/lib.rs";

/// A finding behind a wide character, with evidence in the same file.
const ODD: &str = "pub fn start() {\n    let _crab = \"\u{1f980}\"; tokio::spawn(poll());\n}\n\n\
    async fn poll() -> std::io::Result<()> {\n    loop {\n        let job = tokio::fs::read(\"job\").await?;\n        \
    drop(job);\n    }\n}\n";

fn server(folder: &Folder, args: &[&str]) -> Client {
    let mut client = Client::start(folder.command().arg("lsp").args(args), folder, Value::Null);
    let server = client.initialize(json!({}));
    assert_eq!(server["serverInfo"]["name"], "taskguard");
    assert_eq!(server["capabilities"]["positionEncoding"], "utf-16");
    client
}

/// The lints that diagnostics are of.
fn codes(diagnostics: &[Value]) -> Vec<&str> {
    diagnostics.iter().map(|it| it["code"].as_str().unwrap_or("none")).collect()
}

#[test]
fn a_session_from_the_first_word_to_the_last() {
    let folder = Folder::package(&[(LIB, "pub fn start() {}\n")]);
    let mut editor = server(&folder, &[]);
    // What counts is the text in the editor, not that on the disk.
    editor.open(LIB, ODD);
    let shown = editor.diagnostics_of_version(LIB, 1);
    let [finding] = &*shown else { panic!("{shown:#?}") };
    assert_eq!(finding["code"], "dropped_join_handle");
    assert_eq!((&finding["source"], &finding["severity"]), (&"taskguard".into(), &2.into()));
    let line: Vec<u16> = ODD.lines().nth(1).unwrap().encode_utf16().collect();
    let at = |end: &str| finding["range"][end]["character"].as_u64().unwrap() as usize;
    assert_eq!(String::from_utf16(&line[at("start")..at("end")]).unwrap(), "tokio::spawn");
    assert_eq!(finding["range"]["start"]["line"], 1);
    let related = finding["relatedInformation"].as_array().unwrap();
    assert!(related.iter().any(|it| it["location"]["range"]["start"]["line"] == 6), "{finding:#}");
    assert!(finding["codeDescription"]["href"].as_str().unwrap().ends_with("#dropped_join_handle"));
    assert!(finding["message"].as_str().unwrap().contains("\nhelp: watch the task"), "{finding:#}");

    // Only what was typed comes over: the worker ends no more with an error.
    let position = |line: u32, character: u32| json!({ "line": line, "character": character });
    let question_mark = ODD.lines().nth(6).unwrap().find('?').unwrap() as u32;
    let range = json!({ "start": position(6, question_mark), "end": position(6, question_mark + 1) });
    editor.change_parts(LIB, 2, json!([{ "range": range, "text": "" }]));
    assert_eq!(editor.diagnostics(LIB, |shown| shown.is_empty()), [Value::Null; 0]);
    let range = json!({ "start": position(6, question_mark), "end": position(6, question_mark) });
    editor.change_parts(LIB, 3, json!([{ "range": range, "text": "?" }]));
    assert_eq!(codes(&editor.diagnostics_of_version(LIB, 3)), ["dropped_join_handle"]);

    let hover = |editor: &mut Client, line: u32, character: u32| {
        let params =
            json!({ "textDocument": { "uri": editor.uri(LIB) }, "position": position(line, character) });
        editor.ask("textDocument/hover", params)
    };
    let explained = hover(&mut editor, 1, at("start") as u32 + 2);
    let text = explained["contents"]["value"].as_str().unwrap();
    assert!(text.starts_with("# dropped_join_handle\n") && text.contains("## Why is this bad?"), "{text}");
    assert_eq!(hover(&mut editor, 0, 2), Value::Null);

    let response = editor.response("textDocument/definition", json!({}));
    assert_eq!(response["error"]["code"], -32601, "{response:#}");
    let response = editor.response("textDocument/hover", json!({ "position": 1 }));
    assert_eq!(response["error"]["code"], -32602, "{response:#}");

    // The disk counts again.
    editor.close(LIB);
    editor.diagnostics(LIB, |shown| shown.is_empty());
    assert_eq!(editor.shut_down().code(), Some(0));
}

#[test]
fn an_editor_that_is_just_gone_leaves_no_server_behind() {
    let folder = Folder::package(&[(LIB, FINDING)]);
    let mut editor = server(&folder, &[]);
    editor.diagnostics(LIB, |shown| !shown.is_empty());
    editor.tell("exit", Value::Null);
    assert_eq!(editor.ended().code(), Some(2));
    let mut editor = server(&folder, &[]);
    editor.diagnostics(LIB, |shown| !shown.is_empty());
    editor.hang_up();
    assert_eq!(editor.ended().code(), Some(2));
}

#[test]
fn a_finding_is_allowed_where_it_is() {
    // Above its line, and behind where another statement comes first.
    for (text, is_above) in [(FINDING, true), (ODD, false)] {
        let folder = Folder::package(&[(LIB, text)]);
        let mut editor = server(&folder, &[]);
        editor.open(LIB, text);
        let shown = editor.diagnostics(LIB, |shown| !shown.is_empty());
        let actions = editor.actions(LIB, &shown[0]);
        let allow =
            actions.iter().find(|it| it["title"] == "allow `dropped_join_handle` here, with a reason");
        let allow = allow.unwrap_or_else(|| panic!("{actions:#?}"));
        let allowed = edited(text, allow, &editor.uri(LIB)).unwrap();
        let comment = "// taskguard: allow(dropped_join_handle) --";
        let line = allowed.lines().position(|line| line.contains(comment)).expect("it is a comment");
        let commented = allowed.lines().nth(line).unwrap();
        assert_eq!(commented.starts_with("    // "), is_above, "{allowed}");
        editor.change(LIB, 2, &allowed);
        assert_eq!(codes(&editor.diagnostics_of_version(LIB, 2)), ["suppression_without_reason"]);
        editor.change(LIB, 3, &allowed.replace(" -- ", " -- it may be lost"));
        editor.diagnostics(LIB, |shown| shown.is_empty());
        // A hover over the name in the comment explains it too.
        let name = commented.find("dropped").unwrap();
        let character = commented[..name].encode_utf16().count() + 3;
        let params = json!({
            "textDocument": { "uri": editor.uri(LIB) },
            "position": { "line": line, "character": character },
        });
        let hover = editor.ask("textDocument/hover", params);
        assert!(
            hover["contents"]["value"].as_str().unwrap().starts_with("# dropped_join_handle"),
            "{hover:#}"
        );
    }
}

#[test]
fn the_reason_is_a_placeholder_where_the_editor_knows_them() {
    let folder = Folder::package(&[(LIB, FINDING)]);
    let mut editor = Client::start(folder.command().arg("lsp"), &folder, Value::Null);
    let edits = json!({ "documentChanges": true, "snippetEditSupport": true });
    editor.initialize(json!({ "workspace": { "workspaceEdit": edits } }));
    let shown = editor.diagnostics(LIB, |shown| !shown.is_empty());
    let actions = editor.actions(LIB, &shown[0]);
    let edit = &actions[0]["edit"]["documentChanges"][0]["edits"][0];
    assert_eq!(edit["snippet"]["kind"], "snippet", "{actions:#?}");
    let value = edit["snippet"]["value"].as_str().unwrap();
    assert_eq!(value, "    // taskguard: allow(dropped_join_handle) -- ${1:why the finding is fine}\n");
}

#[test]
fn a_suggestion_is_a_quick_fix() {
    let unused = "// taskguard: allow(select_ends_process) -- there is none\npub fn other() {}\n";
    let folder = Folder::package(&[(LIB, "")]);
    let mut editor = server(&folder, &[]);
    editor.open(LIB, unused);
    let shown = editor.diagnostics(LIB, |shown| codes(shown) == ["unused_suppression"]);
    let actions = editor.actions(LIB, &shown[0]);
    let [fix] = &*actions else { panic!("{actions:#?}") };
    assert_eq!((&fix["kind"], &fix["isPreferred"]), (&"quickfix".into(), &true.into()));
    assert_eq!(edited(unused, fix, &editor.uri(LIB)).as_deref(), Some("pub fn other() {}\n"));
}

#[test]
fn an_edit_in_one_file_is_seen_in_another() {
    let start = "pub fn start() {\n    tokio::spawn(crate::work::run());\n}\n";
    let work = "pub async fn run() -> std::io::Result<()> {\n    loop {\n        tokio::fs::read(\"a\").await?;\n    }\n}\n";
    let files = [(LIB, "mod start;\nmod work;\n"), ("src/start.rs", start), ("src/work.rs", work)];
    let folder = Folder::package(&files);
    let mut editor = server(&folder, &[]);
    editor.diagnostics("src/start.rs", |shown| codes(shown) == ["dropped_join_handle"]);
    editor.open("src/work.rs", &work.replace('?', ".ok()"));
    editor.diagnostics("src/start.rs", |shown| shown.is_empty());
    // Its signature too.
    editor.change("src/work.rs", 2, &work.replace("async ", "").replace(".await?", ""));
    editor.change("src/work.rs", 3, work);
    editor.diagnostics("src/start.rs", |shown| codes(shown) == ["dropped_join_handle"]);
    // And what is not declared any more is no part of the program.
    editor.open(LIB, "mod work;\n");
    editor.diagnostics("src/start.rs", |shown| shown.is_empty());
}

#[test]
fn a_half_typed_file_hides_nothing_elsewhere() {
    let folder = Folder::package(&[(LIB, "")]);
    let mut editor = server(&folder, &[]);
    let broken = format!("fn half( -> {{\n    let = ;\n\n{FINDING}");
    editor.open(LIB, &broken);
    for version in 2..40 {
        editor.change(LIB, version, &broken[..broken.len() - 5 * (version as usize % 20)]);
    }
    editor.change(LIB, 50, &format!("fn half() {{ let = tokio::spawn(x()); }}\n{FINDING}"));
    let shown = editor.diagnostics_of_version(LIB, 50);
    let finding =
        shown.iter().find(|it| it["code"] == "dropped_join_handle").expect("it is in a whole function");
    assert_eq!(finding["range"]["start"]["line"], 2);
    let unread = shown.iter().find(|it| it.get("code").is_none()).expect("what is not checked is said");
    assert_eq!(unread["severity"], 3, "{unread:#}");
}

#[test]
fn files_and_settings_may_change_on_the_disk() {
    let folder = Folder::package(&[(LIB, "")]);
    let mut editor = server(&folder, &["-W", "raw_spawn"]);
    let (declared, new) = ("mod new;\n", "src/new.rs");
    editor.open(LIB, declared);
    let shown = editor.diagnostics(LIB, |shown| !shown.is_empty());
    assert!(shown[0]["message"].as_str().unwrap().contains("module `new` is not there"), "{shown:#?}");
    folder.write(new, FINDING.as_bytes());
    folder.write(LIB, declared.as_bytes());
    editor.save(LIB);
    let all = ["dropped_join_handle", "raw_spawn"];
    let sorted = |shown: &[Value]| {
        let mut codes = codes(shown);
        codes.sort();
        codes == all
    };
    editor.diagnostics(new, sorted);
    editor.diagnostics(LIB, |shown| shown.is_empty());
    // Broken settings are shown where they are, and mended ones count.
    folder.write("taskguard.toml", b"[lints]\ndropped_join_handel = \"deny\"\n");
    editor.save("taskguard.toml");
    let shown = editor.diagnostics("taskguard.toml", |shown| !shown.is_empty());
    assert!(
        shown[0]["message"].as_str().unwrap().contains("did you mean `dropped_join_handle`?"),
        "{shown:#?}"
    );
    assert_eq!(shown[0]["range"]["start"]["line"], 1);
    folder.write("taskguard.toml", b"[lints]\ndropped_join_handle = \"deny\"\n");
    editor.save("taskguard.toml");
    editor.diagnostics("taskguard.toml", |shown| shown.is_empty());
    let shown = editor.diagnostics(new, sorted);
    assert!(shown.iter().any(|it| it["code"] == "dropped_join_handle" && it["severity"] == 1), "{shown:#?}");
    // A file that is gone shows nothing.
    std::fs::remove_file(folder.path(new)).unwrap();
    editor.save(LIB);
    editor.diagnostics(new, |shown| shown.is_empty());
}

#[test]
fn an_editor_that_watches_tells_of_the_disk() {
    let folder = Folder::package(&[(LIB, FINDING)]);
    let mut editor = Client::start(folder.command().arg("lsp"), &folder, Value::Null);
    let workspace = json!({ "didChangeWatchedFiles": { "dynamicRegistration": true } });
    editor.initialize(json!({ "workspace": workspace }));
    editor.diagnostics(LIB, |shown| !shown.is_empty());
    folder.write(LIB, b"pub fn start() {}\n");
    let change = |uri: String, kind: u32| json!({ "changes": [{ "uri": uri, "type": kind }] });
    editor.tell("workspace/didChangeWatchedFiles", change(editor.uri(LIB), 2));
    editor.diagnostics(LIB, |shown| shown.is_empty());
    folder.write(LIB, b"mod new;\n");
    folder.write("src/new.rs", FINDING.as_bytes());
    editor.tell("workspace/didChangeWatchedFiles", change(editor.uri(LIB), 2));
    editor.tell("workspace/didChangeWatchedFiles", change(editor.uri("src/new.rs"), 1));
    editor.diagnostics("src/new.rs", |shown| codes(shown) == ["dropped_join_handle"]);
}

#[test]
fn a_folder_may_hold_several_workspaces() {
    let folder = Folder::new(&[
        ("a/Cargo.toml", MANIFEST),
        ("a/src/lib.rs", FINDING),
        ("b/Cargo.toml", &MANIFEST.replace("service", "other")),
        ("b/src/lib.rs", FINDING),
    ]);
    let mut editor = server(&folder, &[]);
    for file in ["a/src/lib.rs", "b/src/lib.rs"] {
        editor.diagnostics(file, |shown| codes(shown) == ["dropped_join_handle"]);
    }
}
