//! The program as its users run it: arguments, what is found on the disk, output, exit codes.

mod bad_input;
mod baseline;
mod changes;
mod ci;
mod cli;
mod client;
mod config;
mod discovery;
mod editor;
mod fingerprints;
mod formats;
mod lsp;
mod output;
mod vocabulary;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use cargo_metadata::Message;
use cargo_metadata::diagnostic::{Diagnostic, DiagnosticLevel};
use tempfile::TempDir;

/// A package with one dependency that our samples use.
const MANIFEST: &str = "[package]\nname = \"service\"\nversion = \"0.1.0\"\nedition = \"2021\"\n\n\
                        [dependencies]\ntokio = { version = \"1\", features = [\"full\"] }\n";

/// A library with one finding, `dropped_join_handle` on line 2: an error ends the worker, and nobody learns of it.
const FINDING: &str = "pub fn start() {
    tokio::spawn(poll());
}

async fn poll() -> std::io::Result<()> {
    loop {
        let job = tokio::fs::read(\"job\").await?;
        drop(job);
    }
}
";

/// A folder of files that is gone after the test.
struct Folder {
    dir: TempDir,
}

impl Folder {
    fn new(files: &[(&str, &str)]) -> Self {
        let folder = Self { dir: TempDir::new().expect("there is room for temporary files") };
        for (path, text) in files {
            folder.write(path, text.as_bytes());
        }
        folder
    }

    /// The package of `MANIFEST`, with these files in it.
    fn package(files: &[(&str, &str)]) -> Self {
        let folder = Self::new(files);
        folder.write("Cargo.toml", MANIFEST.as_bytes());
        folder
    }

    fn write(&self, path: &str, bytes: &[u8]) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("it is in the folder")).unwrap();
        fs::write(path, bytes).unwrap();
    }

    /// The true path of a file here; the folder for temporary files may itself be behind a link.
    fn path(&self, path: &str) -> PathBuf {
        self.dir.path().canonicalize().unwrap().join(path)
    }

    fn run(&self, args: &[&str]) -> Run {
        run(&self.path(""), args)
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// The names of what is in a folder.
    fn names(&self, path: &str) -> Vec<String> {
        let entries = fs::read_dir(self.path(path)).unwrap();
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    fn command(&self) -> Command {
        command(&self.path(""))
    }
}

/// What a run of the program gave.
#[derive(Debug)]
pub struct Run {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Run {
    #[track_caller]
    fn assert_code(&self, expected: i32) -> &Self {
        assert_eq!(self.code, Some(expected), "{self:#?}");
        self
    }

    #[track_caller]
    fn assert_stdout(&self, part: &str) -> &Self {
        assert!(self.stdout.contains(part), "no `{part}` in {self:#?}");
        self
    }

    #[track_caller]
    fn assert_stderr(&self, part: &str) -> &Self {
        assert!(self.stderr.contains(part), "no `{part}` in {self:#?}");
        self
    }

    /// The messages of a run with `--message-format json`.
    fn messages(&self) -> Vec<Message> {
        let messages = Message::parse_stream(self.stdout.as_bytes()).map(Result::unwrap).collect::<Vec<_>>();
        assert!(!messages.iter().any(|message| matches!(message, Message::TextLine(_))), "{self:#?}");
        messages
    }

    fn diagnostics(&self) -> Vec<Diagnostic> {
        let diagnostic = |message| match message {
            Message::CompilerMessage(message) => Some(message.message),
            _ => None,
        };
        self.messages().into_iter().filter_map(diagnostic).collect()
    }

    /// The findings of a run with `--message-format json`: `src/lib.rs:2 dropped_join_handle`.
    fn findings(&self) -> Vec<String> {
        let finding = |diagnostic: Diagnostic| {
            let code = diagnostic.code?.code;
            let span = diagnostic.spans.iter().find(|span| span.is_primary).expect("editors need one");
            Some(format!("{}:{} {}", span.file_name, span.line_start, code.strip_prefix("taskguard::")?))
        };
        self.diagnostics().into_iter().filter_map(finding).collect()
    }

    /// The problems of a run with `--message-format json`: `src/lib.rs:1 cannot be read`.
    fn problems(&self) -> Vec<String> {
        self.without_code(DiagnosticLevel::Error)
    }

    /// What is worth a warning although no lint found it, printed as `problems`.
    fn warnings(&self) -> Vec<String> {
        self.without_code(DiagnosticLevel::Warning)
    }

    fn without_code(&self, level: DiagnosticLevel) -> Vec<String> {
        let is_problem = |diagnostic: &Diagnostic| diagnostic.code.is_none() && diagnostic.level == level;
        let problem = |diagnostic: Diagnostic| {
            let span = diagnostic.spans.iter().find(|span| span.is_primary).expect("editors need one");
            format!("{}:{} {}", span.file_name, span.line_start, diagnostic.message)
        };
        self.diagnostics().into_iter().filter(is_problem).map(problem).collect()
    }
}

pub fn run(cwd: &Path, args: &[&str]) -> Run {
    ran(command(cwd).args(args))
}

fn ran(command: &mut Command) -> Run {
    let output = command.output().expect("the program starts");
    Run {
        code: output.status.code(),
        stdout: String::from_utf8(output.stdout).expect("the output is UTF-8"),
        stderr: String::from_utf8(output.stderr).expect("the output is UTF-8"),
    }
}

fn command(cwd: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-taskguard"));
    command.current_dir(cwd).stdin(Stdio::null());
    // The tests themselves may run in CI.
    for name in
        ["CARGO_TERM_COLOR", "CARGO_BUILD_WARNINGS", "GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY", "GITLAB_CI"]
    {
        command.env_remove(name);
    }
    command
}
