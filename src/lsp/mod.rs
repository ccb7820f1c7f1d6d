//! `cargo taskguard lsp`: a language server. What is checked are the texts in the editor, saved or not.
//!
//! One thread does all: it takes what the editor has sent, checks, and between two batches of files looks whether there is
//! more. An edit ends a check, since its findings are about to be old; a question is answered as soon as its file has been
//! checked.

mod answer;
mod show;
mod text;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use gen_lsp_types::{
    Diagnostic, DidChangeTextDocumentParams, DidChangeWatchedFilesParams, DidCloseTextDocumentParams,
    DidOpenTextDocumentParams, DidSaveTextDocumentParams, FileChangeType, PublishDiagnosticsParams, Uri,
};
use lsp_server::{Connection, Message as Sent, Notification, Request, RequestId, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::cli::Options;
use crate::emit::{Failure, Message};
use crate::live::{Live, View};
use crate::read::{self, Parsed};
use crate::{config, parallel, uri};

/// Serves one editor until it says goodbye, and gives the exit code.
pub fn serve(options: &Options) -> Result<u8, Failure> {
    let (connection, threads) = Connection::stdio();
    let served =
        parallel::on_threads(options.threads, || Server::start(&connection, options).map(Server::run))?;
    // The thread that writes ends when nobody can send any more.
    drop(connection);
    let ended = match served {
        Ok(ended) => ended,
        Err(text) => return Err(Message::failure(text).into()),
    };
    // What could not be written, nobody waits for any more.
    let _ = threads.join();
    Ok(if ended == Ended::AsAgreed { crate::CLEAN } else { crate::FAILURE })
}

/// How a session came to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ended {
    /// The editor has asked for it.
    AsAgreed,
    /// It is just gone.
    Abruptly,
}

struct Server<'c> {
    desk: Desk<'c>,
    options: Options,
    /// None where there is nothing to check, or the settings cannot be read.
    live: Option<Live>,
    /// Files of modules that were there and could not be had, although everything was read again for them.
    tried: BTreeSet<PathBuf>,
}

/// All that has come from the editor, and all that it was told.
struct Desk<'c> {
    connection: &'c Connection,
    client: Client,
    /// The files that are open, by path.
    buffers: HashMap<PathBuf, Buffer>,
    /// What each file shows.
    shown: HashMap<PathBuf, Shown>,
    /// Files whose text is another one than that which was checked.
    edited: BTreeSet<PathBuf>,
    /// Files whose findings are those of the texts as they are.
    fresh: HashSet<PathBuf>,
    /// Not all files are fresh.
    stale: bool,
    /// The project is to be read again: its files or its settings are others.
    reload: bool,
    questions: Vec<Question>,
    is_shut: bool,
    ended: Option<Ended>,
}

/// What the editor can do.
struct Client {
    /// It lets its user fill in parts of an edit.
    snippets: bool,
    /// It tells of changes on the disk.
    watches: bool,
}

struct Buffer {
    /// As the editor writes it.
    uri: Uri,
    version: i32,
    text: String,
}

#[derive(Default)]
struct Shown {
    messages: Vec<Message>,
    diagnostics: Vec<Diagnostic>,
}

/// A request that takes a checked file to answer.
struct Question {
    id: RequestId,
    about: PathBuf,
    asked: answer::Asked,
}

impl<'c> Server<'c> {
    /// Agrees with the editor on what each of the two can do.
    fn start(connection: &'c Connection, options: &Options) -> Result<Self, String> {
        let (id, params) = connection.initialize_start().map_err(|error| error.to_string())?;
        let result = json!({
            "capabilities": capabilities(),
            "serverInfo": { "name": "taskguard", "version": env!("CARGO_PKG_VERSION") },
        });
        connection.initialize_finish(id, result).map_err(|error| error.to_string())?;
        let can = |path: &str| params.pointer(path).and_then(Value::as_bool).unwrap_or_default();
        let client = Client {
            snippets: can("/capabilities/workspace/workspaceEdit/snippetEditSupport")
                && can("/capabilities/workspace/workspaceEdit/documentChanges"),
            watches: can("/capabilities/workspace/didChangeWatchedFiles/dynamicRegistration"),
        };
        let mut options = options.clone();
        if options.paths.is_empty() && options.manifest_path.is_none() {
            options.paths = folders(&params);
        }
        let desk = Desk {
            connection,
            client,
            buffers: HashMap::new(),
            shown: HashMap::new(),
            edited: BTreeSet::new(),
            fresh: HashSet::new(),
            stale: true,
            reload: true,
            questions: Vec::new(),
            is_shut: false,
            ended: None,
        };
        if desk.client.watches {
            desk.watch();
        }
        Ok(Self { desk, options, live: None, tried: BTreeSet::new() })
    }

    fn run(mut self) -> Ended {
        loop {
            self.desk.take_all();
            if let Some(ended) = self.desk.ended {
                return ended;
            }
            if self.desk.reload {
                self.read_again();
            }
            self.hand_over_edits();
            if self.desk.stale {
                self.check();
            } else {
                self.answer_the_rest();
                self.desk.wait();
            }
        }
    }

    /// Reads the project, parsing only what is new.
    fn read_again(&mut self) {
        self.desk.reload = false;
        self.desk.edited.clear();
        self.desk.make_stale();
        let parsed = self.live.take().map_or_else(Parsed::default, Live::into_parsed);
        let buffers = &self.desk.buffers;
        let buffer = |path: &Path| buffers.get(path).map(|buffer| buffer.text.clone());
        let cwd = std::env::current_dir().unwrap_or_default();
        match Live::open(cwd, &self.options, parsed, &buffer) {
            Ok(live) => self.live = Some(live),
            Err(failure) => {
                self.desk.stale = false;
                self.desk.show_failure(&failure);
            }
        }
    }

    fn hand_over_edits(&mut self) {
        for path in std::mem::take(&mut self.desk.edited) {
            let Some(live) = &mut self.live else { continue };
            let Some(file) = live.file(&path) else { continue };
            let text = match self.desk.buffers.get(&path) {
                Some(buffer) => Ok(buffer.text.clone()),
                None => read::text_on_disk(&path),
            };
            self.desk.make_stale();
            match text.map(|text| live.replace(file, &text)) {
                Ok(Ok(())) => {}
                Ok(Err(panic)) => self.desk.log(&format!("{} cannot be read: {panic}", path.display())),
                // It is gone, or is no text any more.
                Err(_) => self.desk.reload = true,
            }
        }
    }

    fn check(&mut self) {
        let Some(live) = &mut self.live else {
            self.desk.stale = false;
            return;
        };
        let desk = &mut self.desk;
        let wanted: BTreeSet<PathBuf> =
            desk.buffers.keys().chain(desk.questions.iter().map(|it| &it.about)).cloned().collect();
        let mut told = HashSet::new();
        let checked = parallel::guarded(|| {
            live.check(&|path| wanted.contains(path), &mut |view, path, messages| {
                desk.show(view, path, messages);
                told.insert(path.to_owned());
                desk.answer(view);
                desk.take_all();
                if desk.is_overtaken() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            })
        });
        match checked {
            Ok(ControlFlow::Continue(missing)) => {
                desk.stale = false;
                desk.show_nothing_but(&told);
                let new: Vec<PathBuf> =
                    missing.into_iter().filter(|path| !self.tried.contains(path)).collect();
                desk.reload |= !new.is_empty();
                self.tried.extend(new);
            }
            Ok(ControlFlow::Break(())) => {}
            Err(panic) => {
                desk.stale = false;
                desk.log(&format!("internal error, a mistake in taskguard: {panic}"));
            }
        }
    }

    /// Answers what is asked about files that are checked, or never will be.
    fn answer_the_rest(&mut self) {
        if let Some(live) = &self.live {
            self.desk.answer(live.view());
        }
        for question in std::mem::take(&mut self.desk.questions) {
            self.desk.respond(Response::new_ok(question.id, Value::Null));
        }
    }
}

fn capabilities() -> Value {
    json!({
        "positionEncoding": "utf-16",
        "textDocumentSync": { "openClose": true, "change": 2, "save": { "includeText": false } },
        "codeActionProvider": { "codeActionKinds": ["quickfix"] },
        "hoverProvider": true,
    })
}

/// The folders that are open in the editor; the current one if it tells of none.
fn folders(params: &Value) -> Vec<PathBuf> {
    let path = |folder: &Value| folder["uri"].as_str().and_then(uri::path);
    let folders = params["workspaceFolders"].as_array().into_iter().flatten().filter_map(path);
    let folders: Vec<PathBuf> = folders.collect();
    let root = || params["rootUri"].as_str().and_then(uri::path);
    match folders.is_empty() {
        false => folders,
        true => vec![root().or_else(|| std::env::current_dir().ok()).unwrap_or_default()],
    }
}

impl Desk<'_> {
    /// Sleeps until something has come.
    fn wait(&mut self) {
        match self.connection.receiver.recv() {
            Ok(message) => self.take(message),
            Err(_) => self.ended = Some(Ended::Abruptly),
        }
    }

    /// Takes what has come until now.
    fn take_all(&mut self) {
        while let Ok(message) = self.connection.receiver.try_recv() {
            self.take(message);
        }
    }

    fn take(&mut self, message: Sent) {
        match message {
            Sent::Request(request) => self.take_request(request),
            Sent::Notification(notification) => self.take_notification(notification),
            // To what we ask, there is no answer that would change anything.
            Sent::Response(_) => {}
        }
    }

    fn take_request(&mut self, request: Request) {
        if request.method == "shutdown" {
            self.is_shut = true;
            return self.respond(Response::new_ok(request.id, Value::Null));
        }
        match answer::Asked::of(&request.method, request.params) {
            Some(Ok((uri, asked))) => match uri::path(&uri.0) {
                Some(about) => self.questions.push(Question { id: request.id, about, asked }),
                None => self.respond(Response::new_ok(request.id, Value::Null)),
            },
            Some(Err(error)) => {
                let code = lsp_server::ErrorCode::InvalidParams as i32;
                self.respond(Response::new_err(request.id, code, error.to_string()));
            }
            None => {
                let code = lsp_server::ErrorCode::MethodNotFound as i32;
                self.respond(Response::new_err(request.id, code, format!("no `{}` here", request.method)));
            }
        }
    }

    fn take_notification(&mut self, Notification { method, params }: Notification) {
        match &*method {
            "exit" => {
                self.ended = Some(if self.is_shut { Ended::AsAgreed } else { Ended::Abruptly });
            }
            "textDocument/didOpen" => self.with(params, Self::open),
            "textDocument/didChange" => self.with(params, Self::change),
            "textDocument/didClose" => self.with(params, Self::close),
            "textDocument/didSave" => self.with(params, Self::saved),
            "workspace/didChangeWatchedFiles" => self.with(params, Self::changed_on_disk),
            "$/cancelRequest" => {
                let id = params["id"].clone();
                let is_it = |question: &Question| serde_json::to_value(&question.id).is_ok_and(|it| it == id);
                if let Some(at) = self.questions.iter().position(is_it) {
                    let code = lsp_server::ErrorCode::RequestCanceled as i32;
                    let id = self.questions.remove(at).id;
                    self.respond(Response::new_err(id, code, "cancelled".to_owned()));
                }
            }
            _ => {}
        }
    }

    fn with<P: DeserializeOwned>(&mut self, params: Value, take: fn(&mut Self, P)) {
        match serde_json::from_value(params) {
            Ok(params) => take(self, params),
            Err(error) => self.log(&format!("a message of the editor cannot be understood: {error}")),
        }
    }

    fn open(&mut self, params: DidOpenTextDocumentParams) {
        let document = params.text_document;
        let Some(path) = uri::path(&document.uri.0) else { return };
        // Settings are read from the disk, when they are saved.
        if path.extension().is_none_or(|extension| extension != "rs") {
            return;
        }
        let buffer = Buffer { uri: document.uri, version: document.version, text: document.text };
        self.buffers.insert(path.clone(), buffer);
        self.edited.insert(path);
    }

    fn change(&mut self, params: DidChangeTextDocumentParams) {
        let document = params.text_document;
        let Some(path) = uri::path(&document.text_document_identifier.uri.0) else { return };
        let Some(buffer) = self.buffers.get_mut(&path) else { return };
        for change in params.content_changes {
            text::change(&mut buffer.text, change);
        }
        buffer.version = document.version;
        self.edited.insert(path);
    }

    /// What counts is on the disk again.
    fn close(&mut self, params: DidCloseTextDocumentParams) {
        let Some(path) = uri::path(&params.text_document.uri.0) else { return };
        if self.buffers.remove(&path).is_some() {
            self.edited.insert(path);
        }
    }

    fn saved(&mut self, params: DidSaveTextDocumentParams) {
        let path = uri::path(&params.text_document.uri.0);
        // A file that nobody knows may be a new one. Who does not tell of the disk may have changed more there.
        let is_known = path.as_ref().is_some_and(|path| self.fresh.contains(path) || self.stale);
        let is_setting = path.is_none_or(|path| config::may_be_in(&path));
        self.reload |= is_setting || !is_known || !self.client.watches;
    }

    fn changed_on_disk(&mut self, params: DidChangeWatchedFilesParams) {
        for change in params.changes {
            let Some(path) = uri::path(&change.uri.0) else { continue };
            let is_known = self.shown.contains_key(&path);
            // What is built has sources too.
            let is_built = path.components().any(|part| part.as_os_str() == "target");
            match change.kind {
                _ if self.buffers.contains_key(&path) || is_built && !is_known => {}
                FileChangeType::Changed if is_known && !config::may_be_in(&path) => {
                    self.edited.insert(path);
                }
                _ => self.reload = true,
            }
        }
    }

    /// What is being checked is not what the editor has any more.
    fn is_overtaken(&self) -> bool {
        !self.edited.is_empty() || self.reload || self.ended.is_some()
    }

    fn make_stale(&mut self) {
        self.stale = true;
        self.fresh.clear();
    }

    fn show(&mut self, view: View<'_>, path: &Path, messages: Vec<Message>) {
        let uri_of = |path: &Path| match self.buffers.get(path) {
            Some(buffer) => buffer.uri.clone(),
            None => Uri(uri::of_file(path)),
        };
        let diagnostics = show::diagnostics(&|file| view.source(file), &uri_of, &messages);
        self.fresh.insert(path.to_owned());
        self.publish(path, Shown { messages, diagnostics });
    }

    /// The settings cannot be read: there is nothing to show but this.
    fn show_failure(&mut self, failure: &Failure) {
        let mut by_path: BTreeMap<PathBuf, Vec<Message>> = BTreeMap::new();
        for message in &failure.messages {
            match show::path(&|file| &failure.sources[file.0 as usize], message) {
                Some(path) => by_path.entry(path).or_default().push(message.clone()),
                None => self.tell_user(&message.text),
            }
        }
        let told = by_path.keys().cloned().collect();
        for (path, messages) in by_path {
            let uri_of = |path: &Path| Uri(uri::of_file(path));
            let source = |file: taskguard_lints::source::FileId| &failure.sources[file.0 as usize];
            let diagnostics = show::diagnostics(&source, &uri_of, &messages);
            self.publish(&path, Shown { messages, diagnostics });
        }
        self.show_nothing_but(&told);
    }

    /// Takes back what is shown elsewhere.
    fn show_nothing_but(&mut self, paths: &HashSet<PathBuf>) {
        let others = self.shown.keys().filter(|path| !paths.contains(*path));
        let others: BTreeSet<PathBuf> = others.cloned().collect();
        for path in others {
            self.publish(&path, Shown::default());
            self.shown.remove(&path);
        }
    }

    fn publish(&mut self, path: &Path, new: Shown) {
        let buffer = self.buffers.get(path);
        let old = self.shown.insert(path.to_owned(), new).unwrap_or_default();
        let new = &self.shown[path];
        // An editor moves what it shows as its user types, so in open files it has to hear it again.
        let nothing_new =
            old.diagnostics == new.diagnostics && (buffer.is_none() || new.diagnostics.is_empty());
        if nothing_new {
            return;
        }
        self.notify(
            "textDocument/publishDiagnostics",
            PublishDiagnosticsParams {
                uri: buffer.map_or_else(|| Uri(uri::of_file(path)), |buffer| buffer.uri.clone()),
                version: buffer.map(|buffer| buffer.version),
                diagnostics: new.diagnostics.clone(),
            },
        );
    }

    /// Answers what is asked about fresh files.
    fn answer(&mut self, view: View<'_>) {
        let is_ready = |question: &Question| self.fresh.contains(&question.about);
        if self.is_overtaken() || !self.questions.iter().any(is_ready) {
            return;
        }
        let questions = std::mem::take(&mut self.questions);
        let (ready, later) = questions.into_iter().partition(|it| self.fresh.contains(&it.about));
        self.questions = later;
        let ready: Vec<Question> = ready;
        for question in ready {
            let answer =
                parallel::guarded(|| answer::answer(self, view, &question)).unwrap_or_else(|panic| {
                    self.log(&format!("internal error, a mistake in taskguard: {panic}"));
                    Value::Null
                });
            self.respond(Response::new_ok(question.id, answer));
        }
    }

    fn watch(&self) {
        let globs =
            ["**/*.rs", "**/Cargo.toml", "**/Cargo.lock", "**/clippy.toml", "**/.clippy.toml"].into_iter();
        let globs = globs.map(str::to_owned).chain(config::FILE_NAMES.map(|name| format!("**/{name}")));
        let watchers: Vec<Value> = globs.map(|glob| json!({ "globPattern": glob })).collect();
        let registration = json!({
            "id": "files",
            "method": "workspace/didChangeWatchedFiles",
            "registerOptions": { "watchers": watchers },
        });
        let params = json!({ "registrations": [registration] });
        self.send(Request::new(1.into(), "client/registerCapability".to_owned(), params).into());
    }

    fn tell_user(&self, text: &str) {
        self.notify("window/showMessage", json!({ "type": 2, "message": format!("taskguard: {text}") }));
    }

    fn log(&self, text: &str) {
        self.notify("window/logMessage", json!({ "type": 2, "message": text }));
    }

    fn notify(&self, method: &str, params: impl Serialize) {
        self.send(Notification::new(method.to_owned(), params).into());
    }

    fn respond(&self, response: Response) {
        self.send(response.into());
    }

    fn send(&self, message: Sent) {
        // An editor that is gone is noticed where it would speak.
        let _ = self.connection.sender.send(message);
    }
}
