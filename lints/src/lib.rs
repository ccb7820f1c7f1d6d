//! The lints of taskguard, and all that they stand on: text in, diagnostics out.
//!
//! The crate reads no files, starts no threads and prints nothing; it cannot fail. What the text does not tell is not
//! known, and what is not known is not reported. The steps, each giving an immutable value to the next:
//!
//! ```text
//! read(text) -> ParsedFile      lexical index, items parsed and lowered; one file, any thread
//! link(files) -> Workspace      crates, modules, names, and what the project says of them
//! analyze(&Workspace) -> Model  tasks, workers, loops; computed where asked for
//! check(&Model, file)           the lints on one file, suppressions applied; any thread
//! ```

pub mod framework;
pub mod hir;
pub mod knowledge;
pub mod model;
pub mod semantics;
pub mod source;

mod accept_error_spin;
mod await_without_timeout;
mod blind_join;
mod blocking_sleep_in_async;
mod cancel_unsafe_in_select;
mod closed_channel_spin;
mod connection_loop_ends;
mod deaf_select_arm;
mod detached_task;
mod detached_task_panics;
mod discarded_task_result;
mod dropped_join_handle;
mod error_becomes_ok;
mod fatal_item_error;
mod join_masks_failure;
mod lagged_ends_loop;
mod lost_task_error;
mod missing_panic_hook;
mod missing_shutdown_signal;
mod raw_spawn;
mod reconnect_without_delay;
mod retry_without_backoff;
mod select_ends_process;
mod sigint_only_shutdown;
mod stream_error_as_end;
mod stream_error_ends_worker;
mod suppression_without_reason;
mod task_outlives_stop;
mod taskguard_in_lints_table;
mod uncancellable_loop;
mod unguarded_connection;
mod unknown_lint;
mod unsupervised_worker;
mod unused_suppression;
mod worker_returns_ok;
mod zombie_connection;

use rustc_hash::FxHashSet;

use crate::framework::snippets;
use crate::framework::suppress::{self, Outcome};
use crate::framework::{Check, Context, Diagnostic, Family, Level, Levels, Lint, Report};
use crate::knowledge::vocabulary::Vocabulary;
use crate::model::Model;
use crate::semantics::{CrateInput, Memory, Words, Workspace};
use crate::source::directives::{self, Directive};
use crate::source::index::{self, Index};
use crate::source::{FileId, SourceFile, Span, TextRange};

/// A lint with its name and its documentation.
pub struct NamedLint {
    /// The name of its file.
    pub name: &'static str,
    /// The text of its source file; the leading `//!` lines are the documentation.
    source: &'static str,
    pub lint: &'static Lint,
    pub family: Family,
}

impl NamedLint {
    /// The documentation, as Markdown.
    pub fn documentation(&self) -> String {
        let lines = self.source.lines().map_while(|line| line.strip_prefix("//!"));
        lines.flat_map(|line| [line.strip_prefix(' ').unwrap_or(line), "\n"]).collect()
    }

    /// What it finds, in one line.
    pub fn summary(&self) -> &'static str {
        self.source.lines().next().and_then(|line| line.strip_prefix("//! ")).unwrap_or_default()
    }
}

macro_rules! lints {
    ($($name:ident: $family:ident),* $(,)?) => {
        /// Every lint, by name.
        pub static LINTS: &[NamedLint] = &[$(NamedLint {
            name: stringify!($name),
            source: include_str!(concat!(stringify!($name), ".rs")),
            lint: &$name::LINT,
            family: Family::$family,
        }),*];
    };
}

lints! {
    accept_error_spin: Loops,
    await_without_timeout: Process,
    blind_join: Tasks,
    blocking_sleep_in_async: Loops,
    cancel_unsafe_in_select: Loops,
    closed_channel_spin: Loops,
    connection_loop_ends: Connections,
    deaf_select_arm: Loops,
    detached_task: Tasks,
    detached_task_panics: Tasks,
    discarded_task_result: Tasks,
    dropped_join_handle: Tasks,
    error_becomes_ok: Ends,
    fatal_item_error: Connections,
    join_masks_failure: Tasks,
    lagged_ends_loop: Ends,
    lost_task_error: Tasks,
    missing_panic_hook: Process,
    missing_shutdown_signal: Process,
    raw_spawn: Tasks,
    reconnect_without_delay: Loops,
    retry_without_backoff: Loops,
    select_ends_process: Ends,
    sigint_only_shutdown: Process,
    stream_error_as_end: Ends,
    stream_error_ends_worker: Ends,
    suppression_without_reason: Taskguard,
    task_outlives_stop: Tasks,
    taskguard_in_lints_table: Taskguard,
    uncancellable_loop: Loops,
    unguarded_connection: Connections,
    unknown_lint: Taskguard,
    unsupervised_worker: Tasks,
    unused_suppression: Taskguard,
    worker_returns_ok: Ends,
    zombie_connection: Connections,
}

/// A source file after parsing: everything that is known of it alone.
#[derive(Debug)]
pub struct ParsedFile {
    pub source: SourceFile,
    pub hir: hir::File,
    pub directives: Vec<Directive>,
    /// Suppression comments that cannot be understood.
    pub directive_errors: Vec<(TextRange, String)>,
}

/// Indexes, parses and lowers a file. What cannot be understood is in `hir.problems`; the rest is there all the same.
/// Functions are lowered when something asks for them.
pub fn read(source: SourceFile) -> ParsedFile {
    let index = index::index(&source.text);
    read_indexed(source, index)
}

/// As `read`, with all functions lowered, and with nothing to tell which of them need not be looked at: slow, and for
/// tests that `read` misses nothing.
pub fn read_without_skipping(source: SourceFile) -> ParsedFile {
    let index = Index { words: None, ..index::index(&source.text) };
    let parsed = read_indexed(source, index);
    parsed.hir.for_each_function(&mut |function| {
        function.body();
        let _: &hir::Signature = function;
    });
    parsed
}

fn read_indexed(source: SourceFile, index: Index) -> ParsedFile {
    let (directives, directive_errors) = directives::parse(&source.text, &index.directives);
    let hir = hir::lower::lower(&source, index);
    ParsedFile { source, hir, directives, directive_errors }
}

/// Runs the lints on one file, at their levels, with its suppressions applied. Findings are in order of place.
pub fn check(model: &Model<'_>, file: FileId, levels: &Levels) -> Outcome {
    let mut findings = Vec::new();
    for (index, named) in LINTS.iter().enumerate() {
        let Check::File(check) = named.lint.check else { continue };
        let level = levels.of(index);
        if level != Level::Allow {
            check(&Context { model, file }, &mut Report { lint: named.name, level, findings: &mut findings });
        }
    }
    findings.retain(|finding| !is_in_unused_code(model.workspace, finding.span));
    leave_to_the_more_precise(&mut findings);
    propose_what_there_is(&mut findings, model.workspace.words());
    let parsed = model.workspace.file(file);
    let mut outcome = suppress::apply(file, parsed, findings, levels);
    outcome.findings.sort_by(|a, b| (a.span, a.lint).cmp(&(b.span, b.lint)));
    outcome
}

/// The lints that are on, for [`ask`].
pub fn lints_on(levels: &Levels) -> Vec<&'static Lint> {
    let on = LINTS.iter().enumerate().filter(|(index, _)| levels.of(*index) != Level::Allow);
    on.map(|(_, named)| named.lint).collect()
}

/// Lets a lint find out what it asks of the whole program, and reports nothing: checking any file does that first. Lints ask
/// different things, so each may do it on a thread of its own.
pub fn ask(model: &Model<'_>, file: FileId, lint: &Lint) {
    if let Check::File(check) = lint.check {
        check(
            &Context { model, file },
            &mut Report { lint: "", level: Level::Allow, findings: &mut Vec::new() },
        );
    }
}

/// Two lints never report the same place for the same reason: neither where both point at it, nor where one points at it
/// and the other at what comes of it.
fn leave_to_the_more_precise(findings: &mut Vec<Diagnostic>) {
    let reported: FxHashSet<(&str, Span)> =
        findings.iter().map(|finding| (finding.lint, finding.span)).collect();
    findings.retain(|finding| {
        let Some(named) = LINTS.iter().find(|named| named.name == finding.lint) else { return true };
        let places = || std::iter::once(finding.span).chain(finding.labels.iter().map(|label| label.span));
        let is_reported = |other: &&'static str| places().any(|place| reported.contains(&(*other, place)));
        !named.lint.yields_to.iter().any(is_reported)
    });
}

/// Whether a place lies in a function that nothing runs, by its own account.
fn is_in_unused_code(workspace: &Workspace<'_>, place: Span) -> bool {
    let functions = workspace.functions_in(place.file).iter().copied();
    let around = functions.filter(|&id| workspace.function(id).range.contains(place.range));
    // Those in bodies come behind what they are in.
    around.last().is_some_and(|function| workspace.is_unused(function))
}

/// Code to fill in is code that compiles with the libraries that the project has.
fn propose_what_there_is(findings: &mut [Diagnostic], words: &Words) {
    for help in findings.iter_mut().flat_map(|finding| &mut finding.helps) {
        if let Some(older) = snippets::before(help, |library| words.version(library)) {
            older.clone_into(help);
        }
    }
}

/// Links files and crates into one program, of which the project says this. See [`Workspace::link`].
pub fn link<'a>(
    files: &'a [ParsedFile],
    crates: &[semantics::CrateInput],
    vocabulary: &Vocabulary,
) -> Workspace<'a> {
    Workspace::link(files, crates).knowing(vocabulary)
}

/// As `link`, with work that may be done at the same time.
pub fn link_with<'a>(
    files: &'a [ParsedFile],
    crates: &[semantics::CrateInput],
    vocabulary: &Vocabulary,
    join: semantics::Join,
) -> Workspace<'a> {
    Workspace::link_with(files, crates, join).knowing(vocabulary)
}

/// A program that is edited: after an edit no more of it is read and typed than the edit can change.
pub struct Program {
    files: Vec<ParsedFile>,
    crates: Vec<CrateInput>,
    vocabulary: Vocabulary,
    memory: Memory,
}

impl Program {
    /// The program of these files, numbered in this order.
    pub fn new(files: Vec<ParsedFile>, crates: Vec<CrateInput>, vocabulary: Vocabulary) -> Self {
        Self { files, crates, vocabulary, memory: Memory::default() }
    }

    pub fn files(&self) -> &[ParsedFile] {
        &self.files
    }

    pub fn into_files(self) -> Vec<ParsedFile> {
        self.files
    }

    /// Gives a file another text.
    pub fn replace(&mut self, file: FileId, text: String) {
        let old = &mut self.files[file.0 as usize];
        let new = read(SourceFile::new(old.source.path(), text));
        if new.hir.declares_as(&new.source.text, &old.hir, &old.source.text) {
            self.memory.forget(file);
        } else {
            self.memory = Memory::default();
        }
        *old = new;
    }

    /// Links the files as they are now, for a look at the program.
    pub fn look<T>(&mut self, look: impl FnOnce(&Workspace<'_>) -> T) -> T {
        let memory = std::mem::take(&mut self.memory);
        let workspace =
            Workspace::link_remembering(&self.files, &self.crates, memory).knowing(&self.vocabulary);
        let seen = look(&workspace);
        self.memory = workspace.into_memory();
        seen
    }
}

/// Reads the program into tasks, workers and loops.
pub fn analyze<'a>(workspace: &'a Workspace<'a>) -> Model<'a> {
    Model::new(workspace)
}

/// What `cargo xtask new-lint` begins a lint with: whatever changes here, it can still be compiled.
#[cfg(test)]
#[path = "../../xtask/new_lint.rs"]
mod new_lint;

#[test]
fn a_new_lint_looks_at_code() {
    assert!(new_lint::LINT.is_on_code());
}
