//! An editor, as language servers see it.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::Folder;

/// An editor with a folder open in it, and its server.
pub struct Client {
    server: Child,
    to_server: Option<ChildStdin>,
    from_server: Receiver<Value>,
    options: Value,
    folder: String,
    /// What was published last, by the URI of the file.
    published: HashMap<String, Value>,
    /// The server says so, if it is one that does.
    pub is_ready: bool,
    /// What the server has shown its user.
    pub shown: Vec<String>,
    last_id: u64,
}

/// What a loaded machine may take.
const PATIENCE: Duration = Duration::from_secs(120);

impl Client {
    /// Starts a server in a folder. What it asks for as configuration it gets from the options.
    pub fn start(command: &mut Command, folder: &Folder, options: Value) -> Self {
        let command = command.current_dir(folder.path("")).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut server = command.stderr(Stdio::null()).spawn().expect("the server starts");
        let mut output = BufReader::new(server.stdout.take().unwrap());
        let (sender, from_server) = channel();
        thread::spawn(move || {
            while let Some(message) = receive(&mut output) {
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
        let to_server = server.stdin.take();
        let folder = format!("file://{}", folder.path("").display().to_string().trim_end_matches('/'));
        let (published, is_ready, shown, last_id) = (HashMap::new(), false, Vec::new(), 0);
        Self { server, to_server, from_server, options, folder, published, is_ready, shown, last_id }
    }

    /// Tells the server what the editor can do, these things among others, and gives what the server can.
    pub fn initialize(&mut self, more: Value) -> Value {
        let mut capabilities = json!({
            "workspace": { "configuration": true, "workspaceEdit": { "documentChanges": true } },
            "textDocument": {
                "publishDiagnostics": { "relatedInformation": true, "codeDescriptionSupport": true, "dataSupport": true },
                "codeAction": { "codeActionLiteralSupport": { "codeActionKind": { "valueSet": ["quickfix"] } } },
            },
        });
        for (name, value) in more.as_object().unwrap() {
            capabilities[name] = value.clone();
        }
        let server = self.ask(
            "initialize",
            json!({
                "processId": null, "rootUri": self.folder, "initializationOptions": self.options,
                "workspaceFolders": [{ "uri": self.folder, "name": "service" }],
                "capabilities": capabilities,
            }),
        );
        self.tell("initialized", json!({}));
        server
    }

    pub fn uri(&self, file: &str) -> String {
        format!("{}/{file}", self.folder)
    }

    pub fn open(&mut self, file: &str, text: &str) {
        let document = json!({ "uri": self.uri(file), "languageId": "rust", "version": 1, "text": text });
        self.tell("textDocument/didOpen", json!({ "textDocument": document }));
    }

    /// Makes the text of an open file another one.
    pub fn change(&mut self, file: &str, version: i64, text: &str) {
        self.change_parts(file, version, json!([{ "text": text }]));
    }

    pub fn change_parts(&mut self, file: &str, version: i64, changes: Value) {
        let document = json!({ "uri": self.uri(file), "version": version });
        self.tell("textDocument/didChange", json!({ "textDocument": document, "contentChanges": changes }));
    }

    pub fn close(&mut self, file: &str) {
        self.tell("textDocument/didClose", json!({ "textDocument": { "uri": self.uri(file) } }));
    }

    pub fn save(&mut self, file: &str) {
        self.tell("textDocument/didSave", json!({ "textDocument": { "uri": self.uri(file) } }));
    }

    /// The diagnostics of a file, once they are as wanted.
    #[track_caller]
    pub fn diagnostics(&mut self, file: &str, wanted: impl Fn(&[Value]) -> bool) -> Vec<Value> {
        let uri = self.uri(file);
        self.until("the diagnostics are there", |editor| wanted(&editor.of(&uri)));
        self.of(&uri)
    }

    /// The diagnostics of a version of an open file.
    #[track_caller]
    pub fn diagnostics_of_version(&mut self, file: &str, version: i64) -> Vec<Value> {
        let uri = self.uri(file);
        self.until("that version is there", |editor| {
            editor.published.get(&uri).is_some_and(|published| published["version"] == version)
        });
        self.of(&uri)
    }

    fn of(&self, uri: &str) -> Vec<Value> {
        let published = self.published.get(uri).map(|published| &published["diagnostics"]);
        published.and_then(Value::as_array).cloned().unwrap_or_default()
    }

    /// What the server offers to do about a diagnostic.
    pub fn actions(&mut self, file: &str, diagnostic: &Value) -> Vec<Value> {
        let params = json!({
            "textDocument": { "uri": self.uri(file) },
            "range": diagnostic["range"],
            "context": { "diagnostics": [diagnostic] },
        });
        let actions = self.ask("textDocument/codeAction", params);
        actions.as_array().cloned().unwrap_or_default()
    }

    #[track_caller]
    pub fn until(&mut self, what: &str, mut done: impl FnMut(&Self) -> bool) {
        let end = Instant::now() + PATIENCE;
        while !done(self) {
            let left = end.saturating_duration_since(Instant::now());
            let message = self.from_server.recv_timeout(left);
            let message =
                message.unwrap_or_else(|_| panic!("it never was that {what}: {:#?}", self.published));
            self.take(message);
        }
    }

    pub fn ask(&mut self, method: &str, params: Value) -> Value {
        self.response(method, params)["result"].clone()
    }

    /// The answer as it comes, an error too.
    pub fn response(&mut self, method: &str, params: Value) -> Value {
        self.last_id += 1;
        let id = self.last_id;
        self.send(json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        loop {
            let message = self.from_server.recv_timeout(PATIENCE).expect("the server answers");
            if message["id"] == id && message.get("method").is_none() {
                return message;
            }
            self.take(message);
        }
    }

    pub fn tell(&mut self, method: &str, params: Value) {
        self.send(json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// Says goodbye, and gives how the server ended.
    pub fn shut_down(mut self) -> ExitStatus {
        self.ask("shutdown", Value::Null);
        self.tell("exit", Value::Null);
        self.ended()
    }

    /// How the server ends.
    pub fn ended(mut self) -> ExitStatus {
        self.server.wait().unwrap()
    }

    /// Ends the connection without a word.
    pub fn hang_up(&mut self) {
        self.to_server = None;
    }

    fn send(&mut self, message: Value) {
        let text = message.to_string();
        let to_server = self.to_server.as_mut().expect("the connection is there");
        write!(to_server, "Content-Length: {}\r\n\r\n{text}", text.len()).unwrap();
        to_server.flush().unwrap();
    }

    fn take(&mut self, message: Value) {
        let params = &message["params"];
        match message["method"].as_str() {
            Some("textDocument/publishDiagnostics") => {
                let uri = params["uri"].as_str().unwrap().to_owned();
                self.published.insert(uri, params.clone());
            }
            Some("experimental/serverStatus") => self.is_ready |= params["quiescent"] == true,
            Some("window/showMessage") => self.shown.push(params["message"].to_string()),
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

impl Drop for Client {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// A text after an action with one edit, in a file of this URI.
pub fn edited(text: &str, action: &Value, uri: &str) -> Option<String> {
    let changes = &action["edit"]["documentChanges"][0]["edits"];
    let changes = if changes.is_null() { &action["edit"]["changes"][uri] } else { changes };
    let [edit] = &changes.as_array()?[..] else { return None };
    let (start, end) = (offset(text, &edit["range"]["start"]), offset(text, &edit["range"]["end"]));
    let new = edit["newText"].as_str().or_else(|| edit["snippet"]["value"].as_str())?;
    Some(format!("{}{new}{}", &text[..start], &text[end..]))
}

/// The bytes before a position of the protocol.
fn offset(text: &str, position: &Value) -> usize {
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
