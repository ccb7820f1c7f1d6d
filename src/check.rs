//! The pipeline of a check: read, link, analyze, check, sort. The only user of rayon.

use std::any::Any;
use std::cell::RefCell;
use std::collections::HashMap;
use std::iter::Sum;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use std::{fmt, fs};

use rayon::prelude::*;
use taskguard_lints::framework::{Diagnostic, Levels};
use taskguard_lints::hir::Item;
use taskguard_lints::model::{Counts, Model};
use taskguard_lints::semantics::{Join, WRAPPERS, Workspace};
use taskguard_lints::source::{FileId, SourceFile, Span, TextRange};
use taskguard_lints::{ParsedFile, hir};

use crate::config::{self, Config, LevelsOfFiles};
use crate::emit::{Message, Place, Severity};
use crate::fingerprint;
use crate::link::{self, Loaded, ReadFiles};
use crate::timings::Timings;
use crate::workspace::Project;

/// What a check found.
#[derive(Debug)]
pub struct Report {
    pub project: Project,
    pub files: Vec<ParsedFile>,
    /// Manifests and configuration that messages point into; their numbers follow those of the files.
    pub other_sources: Vec<SourceFile>,
    /// Findings and problems, in order of place.
    pub messages: Vec<Message>,
    /// Findings that the code allows, in order of place.
    pub suppressed: Vec<Allowed>,
    /// Findings that were there before, in order of place.
    pub known: Vec<Allowed>,
    pub summary: Summary,
}

impl Report {
    /// The texts that messages point into, in the order of their numbers.
    pub fn sources(&self) -> impl Iterator<Item = &SourceFile> {
        self.files.iter().map(|file| &file.source).chain(&self.other_sources)
    }
}

/// A finding that is not reported, and why.
#[derive(Debug)]
pub struct Allowed {
    pub message: Message,
    pub reason: Option<String>,
}

/// How much was looked at, and what came of it.
#[derive(Debug, Default)]
pub struct Summary {
    pub files: usize,
    pub functions: usize,
    pub tasks: usize,
    /// Findings at deny and forbid.
    pub errors: usize,
    /// Findings at warn.
    pub warnings: usize,
    pub suppressed: usize,
    /// Findings that were there before.
    pub known: usize,
    /// Entries of the baseline that are not found any more.
    pub stale: usize,
    /// Things that should have been checked and were not.
    pub problems: usize,
    /// Files that no target leads to.
    pub unreached: usize,
    pub lowered: Lowered,
    /// How long the run took, the search for packages included.
    pub time: Duration,
}

/// What of the functions had to be given to the parser.
#[derive(Clone, Copy, Debug, Default)]
pub struct Lowered {
    pub functions: usize,
    pub bytes: usize,
}

impl Sum for Lowered {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), |sum, one| Self {
            functions: sum.functions + one.functions,
            bytes: sum.bytes + one.bytes,
        })
    }
}

/// Deeply nested code is read by recursion.
const STACK_SIZE: usize = 64 << 20;

/// Checks a project. Fails only where nothing could be checked; all else is among the messages.
pub fn check(project: Project, config: &Config, timings: &mut Timings) -> Result<Report, Box<Message>> {
    check_with(Parsed::default(), project, config, timings)
}

/// Files that were parsed before, by their texts: those of another tree are mostly the same.
#[derive(Default)]
pub struct Parsed(Mutex<HashMap<String, ParsedFile>>);

impl Parsed {
    pub fn of(files: Vec<ParsedFile>) -> Self {
        let by_text = files.into_iter().map(|file| (file.source.text.to_string(), file));
        Self(Mutex::new(by_text.collect()))
    }

    /// Takes what parsing made out of the files of a report, which can still be printed from.
    pub fn out_of(report: &mut Report) -> Self {
        let taken = report.files.iter_mut().map(|file| {
            let text = file.source.text.to_string();
            let parsed = ParsedFile {
                source: SourceFile::new("", ""),
                hir: std::mem::take(&mut file.hir),
                directives: std::mem::take(&mut file.directives),
                directive_errors: std::mem::take(&mut file.directive_errors),
            };
            (text, parsed)
        });
        Self(Mutex::new(taken.collect()))
    }

    fn take(&self, text: &str) -> Option<ParsedFile> {
        let mut files = self.0.lock().ok()?;
        // A text is hashed even where there is nothing to find.
        if files.is_empty() { None } else { files.remove(text) }
    }
}

/// As `check`, without parsing again what was parsed.
pub fn check_with(
    parsed: Parsed,
    project: Project,
    config: &Config,
    timings: &mut Timings,
) -> Result<Report, Box<Message>> {
    on_threads(config.threads, || check_in_pool(&parsed, project, config, timings))
}

/// Does work that reads and checks files, on its own threads. A panic in it is a mistake of ours.
pub fn on_threads<T: Send>(
    threads: Option<usize>,
    work: impl FnOnce() -> T + Send,
) -> Result<T, Box<Message>> {
    let threads = threads.unwrap_or_default();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).stack_size(STACK_SIZE).build();
    let pool = pool.map_err(|error| Message::failure(format!("cannot start threads: {error}")))?;
    panic::set_hook(Box::new(|panic| LAST_PANIC.set(panic.to_string())));
    let done = pool.install(|| guarded(work));
    let _ = panic::take_hook();
    done.map_err(|panic| Box::new(internal_error(Message::failure, &panic)))
}

fn check_in_pool(parsed: &Parsed, mut project: Project, config: &Config, timings: &mut Timings) -> Report {
    let loaded = load(parsed, &read_text, &project, config, timings);
    let vocabulary = config.vocabulary();
    let join: Join = |first, second| _ = rayon::join(first, second);
    let workspace = taskguard_lints::link_with(&loaded.files, &loaded.crates, &vocabulary, join);
    timings.end("link");
    let scope = scope(&project, &workspace, config);
    let mut messages = std::mem::take(&mut project.problems);
    messages.extend(loaded.unread.problems(&project, &workspace, &|file| {
        scope.binary_search_by_key(&file, |scoped| scoped.id).is_ok()
    }));
    messages.extend(empty_paths(&project));
    messages.extend(config.ignored().iter().cloned());
    let model = model(&workspace, &scope);
    prepare(&model, timings);
    ask(&model, &scope, timings);
    let checked = check_files(&model, &scope);
    timings.end("check");
    let mut summary =
        Summary { files: scope.len(), unreached: count_unreached(&workspace), ..Summary::default() };
    let mut suppressed = Vec::new();
    for file in checked {
        summary.functions += file.counts.functions;
        summary.tasks += file.counts.tasks;
        summary.suppressed += file.suppressed_count;
        suppressed.extend(file.suppressed);
        messages.extend(file.messages);
    }
    // Only now is it known what had to be read.
    let unread: Vec<Vec<Message>> =
        scope.par_iter().map(|file| unread_parts(file.id, workspace.file(file.id))).collect();
    messages.extend(unread.into_iter().flatten());
    summary.lowered = loaded.files.par_iter().map(lowered).sum();

    let (mut other_sources, in_manifests) =
        config::findings_in_manifests(&project, config, loaded.files.len());
    messages.extend(in_manifests.into_iter().map(Message::from));

    let first = loaded.files.len() + other_sources.len();
    other_sources.extend(config.sources().iter().cloned());
    messages.extend(config.unknown_words(workspace.words().unknown(), first));

    let sources: Vec<_> = loaded.files.iter().map(|file| &file.source).chain(&other_sources).collect();
    messages.sort_by_cached_key(|message| order(&sources, message));
    messages.dedup();
    suppressed.sort_by_cached_key(|allowed| order(&sources, &allowed.message));
    let allowed = suppressed.iter_mut().map(|allowed| &mut allowed.message);
    fingerprint::mark(messages.iter_mut().chain(allowed), &loaded.files, &other_sources, &project);
    // The process is about to end, which frees all of it at once.
    std::mem::forget(model);
    std::mem::forget(workspace);
    timings.end("sort");
    let files = loaded.files;
    let known = Vec::new();
    let mut report = Report { project, files, other_sources, messages, suppressed, known, summary };
    report.count();
    report
}

impl Report {
    /// Counts the messages for the summary.
    pub fn count(&mut self) {
        let count = |counts: fn(&Message) -> bool| self.messages.iter().filter(|it| counts(it)).count();
        self.summary.problems = count(Message::is_problem);
        self.summary.errors = count(|it| it.lint.is_some() && it.severity == Severity::Error);
        self.summary.warnings = count(|it| it.lint.is_some() && it.severity == Severity::Warning);
        self.summary.known = self.known.len();
    }
}

/// Reads the program of a project.
pub fn load(
    parsed: &Parsed,
    text: TextOf<'_>,
    project: &Project,
    config: &Config,
    timings: &mut Timings,
) -> Loaded {
    let read = if config.no_skip { taskguard_lints::read_without_skipping } else { taskguard_lints::read };
    let reading = Reading { parsed, text, read };
    link::load(project, &|paths| read_all(&reading, paths), timings)
}

/// The text of a file, or why there is none.
type TextOf<'a> = &'a (dyn Fn(&Path) -> Result<String, String> + Sync);

/// How a path is made into a file.
struct Reading<'a> {
    parsed: &'a Parsed,
    text: TextOf<'a>,
    read: fn(SourceFile) -> ParsedFile,
}

/// Reads and parses files, the big ones first: they would keep one thread busy when all others are done. What comes of them
/// is in the order given.
fn read_all(reading: &Reading<'_>, paths: Vec<PathBuf>) -> ReadFiles {
    let size = |path: &PathBuf| path.metadata().map_or(0, |metadata| metadata.len());
    let mut by_size: Vec<(u64, usize)> =
        paths.par_iter().enumerate().map(|(place, path)| (size(path), place)).collect();
    by_size.sort_unstable_by(|a, b| b.cmp(a));
    let read = |&(_, place): &(u64, usize)| (place, read_file(reading, &paths[place]));
    let mut results: Vec<_> = by_size.par_iter().with_max_len(1).map(read).collect();
    results.sort_unstable_by_key(|&(place, _)| place);
    let mut files = ReadFiles::default();
    for (place, result) in results {
        match result {
            Ok(parsed) => files.parsed.push(parsed),
            Err(message) => files.unread.push((paths[place].clone(), *message)),
        }
    }
    files
}

fn read_file(reading: &Reading<'_>, path: &Path) -> Result<ParsedFile, Box<Message>> {
    let text = (reading.text)(path)
        .map_err(|why| Message::problem(path, format!("this file cannot be read: {why}")))?;
    if let Some(file) = reading.parsed.take(&text) {
        return Ok(ParsedFile { source: SourceFile::new(path, text), ..file });
    }
    let source = SourceFile::new(path, text);
    guarded(|| (reading.read)(source))
        .map_err(|panic| Box::new(internal_error(|text| Message::problem(path, text), &panic)))
}

/// What is on the disk.
pub fn read_text(path: &Path) -> Result<String, String> {
    let metadata = fs::metadata(path).map_err(|error| error.to_string())?;
    if !metadata.is_file() {
        return Err("it is not a file".to_owned());
    }
    // Places in a file are 32 bits wide.
    if metadata.len() >= u64::from(u32::MAX) {
        return Err("it is larger than 4 GiB".to_owned());
    }
    let bytes = fs::read(path).map_err(|error| error.to_string())?;
    String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let line = error.as_bytes()[..valid].iter().filter(|&&byte| byte == b'\n').count() + 1;
        format!("it is not UTF-8 at line {line} (byte {valid})")
    })
}

/// A file whose findings are reported.
pub struct ScopedFile {
    pub id: FileId,
    /// Findings in `#[cfg(test)]` code count.
    test_code: bool,
    levels: Arc<Levels>,
    /// What the code allows is reported too.
    audit: bool,
}

/// The files to report on, in order.
pub fn scope(project: &Project, workspace: &Workspace<'_>, config: &Config) -> Vec<ScopedFile> {
    let mut levels = LevelsOfFiles::new(config, project);
    let scoped = |id: FileId| {
        let path = workspace.file(id).source.path();
        let is_test = workspace.is_test_file(id);
        let test_code = config.test_code || is_test && project.is_given_by_hand(path);
        let in_scope = (test_code || !is_test) && workspace.is_reached(id) && project.is_selected(path);
        in_scope.then(|| ScopedFile { id, test_code, levels: levels.of(path), audit: config.audit })
    };
    ids(workspace).filter_map(scoped).collect()
}

fn ids(workspace: &Workspace<'_>) -> impl Iterator<Item = FileId> {
    (0u32..).map(FileId).take(workspace.files().len())
}

fn count_unreached(workspace: &Workspace<'_>) -> usize {
    ids(workspace).filter(|&id| !workspace.is_reached(id)).count()
}

/// Paths given by hand below which there is nothing to read.
fn empty_paths(project: &Project) -> Vec<Message> {
    let is_empty = |given: &&PathBuf| !project.files.iter().any(|file| file.starts_with(given));
    let empty = project.by_hand.iter().filter(is_empty);
    empty.map(|given| Message::problem(given, "there is no Rust code here")).collect()
}

/// The tasks, workers and loops that these files are checked for.
pub fn model<'w>(workspace: &'w Workspace<'w>, scope: &[ScopedFile]) -> Model<'w> {
    let model = taskguard_lints::analyze(workspace);
    if scope.iter().all(|file| !file.test_code) { model.without_tests() } else { model }
}

/// Finds out on all threads what every file will ask for.
pub fn prepare(model: &Model<'_>, timings: &mut Timings) {
    let all: Vec<FileId> = ids(model.workspace).collect();
    for wrappers in 0..=WRAPPERS {
        all.par_iter().for_each(|&file| model.warm_up(file, wrappers));
    }
    timings.end("warm up");
    all.par_iter().for_each(|&file| model.prepare(file));
    timings.end("prepare");
}

/// Lets each lint find out what it asks of the whole program. When files are checked, all threads would come to the same
/// question at the same time, and wait for one of them.
fn ask(model: &Model<'_>, files: &[ScopedFile], timings: &mut Timings) {
    if let Some(first) = files.first() {
        let lints = taskguard_lints::lints_on(&first.levels);
        // What fails here fails again, and is reported, where its file is checked.
        lints.par_iter().with_max_len(1).for_each(|lint| {
            _ = guarded(|| taskguard_lints::ask(model, first.id, lint));
        });
    }
    timings.end("ask");
}

/// Checks files, in the order given.
pub fn check_files(model: &Model<'_>, files: &[ScopedFile]) -> Vec<CheckedFile> {
    files.par_iter().map(|file| check_file(model, file)).collect()
}

#[derive(Default)]
pub struct CheckedFile {
    pub messages: Vec<Message>,
    suppressed: Vec<Allowed>,
    /// Those shown among the messages included.
    suppressed_count: usize,
    counts: Counts,
}

fn check_file(model: &Model<'_>, file: &ScopedFile) -> CheckedFile {
    let parsed = model.workspace.file(file.id);
    let checked = guarded(|| (taskguard_lints::check(model, file.id, &file.levels), model.counts(file.id)));
    let mut messages = Vec::new();
    let (outcome, counts) = match checked {
        Ok(checked) => checked,
        Err(panic) => {
            messages.push(internal_error(|text| Message::problem(parsed.source.path(), text), &panic));
            return CheckedFile { messages, ..CheckedFile::default() };
        }
    };
    let tests = if file.test_code { Vec::new() } else { test_ranges(&parsed.hir) };
    let is_test = |finding: &Diagnostic| tests.iter().any(|test| test.contains(finding.span.range));
    messages.extend(outcome.findings.into_iter().filter(|finding| !is_test(finding)).map(Message::from));
    let suppressed = outcome.suppressed.into_iter().filter(|it| !is_test(&it.diagnostic));
    let suppressed = suppressed.map(|it| Allowed { message: it.diagnostic.into(), reason: it.reason });
    let mut suppressed: Vec<Allowed> = suppressed.collect();
    let count = suppressed.len();
    if file.audit {
        messages.extend(suppressed.drain(..).map(shown));
    }
    CheckedFile { messages, suppressed, suppressed_count: count, counts }
}

/// A finding that the code allows, for those who want to see it all the same.
fn shown(allowed: Allowed) -> Message {
    match allowed.reason {
        Some(reason) => allowed.message.note(format!("the code allows it: {reason}")),
        None => allowed.message.note("the code allows it, and gives no reason"),
    }
}

/// How many functions of a file have been parsed, and how many bytes they are.
fn lowered(file: &ParsedFile) -> Lowered {
    let mut lowered = Lowered::default();
    file.hir.for_each_function(&mut |function| {
        let bytes = function.bytes_parsed();
        lowered.functions += usize::from(bytes > 0);
        lowered.bytes += bytes;
    });
    lowered
}

/// The places of a file that could not be understood.
pub fn unread_parts(id: FileId, parsed: &ParsedFile) -> Vec<Message> {
    let problems = parsed.hir.problems();
    let syntax = problems.into_iter().map(|problem| {
        Message::problem_at(Span::new(id, problem.range), &*problem.message)
            .note("the code around it is not checked; the rest of the file is")
    });
    let comments = parsed.directive_errors.iter().map(|(range, text)| {
        // Nothing is lost: what was to be suppressed is reported.
        Message::problem_at(Span::new(id, *range), &**text).harmless()
    });
    syntax.chain(comments).collect()
}

/// The items of a file that are only there in tests.
fn test_ranges(file: &hir::File) -> Vec<TextRange> {
    fn collect(items: &[Item], ranges: &mut Vec<TextRange>) {
        for item in items {
            match item.attrs.cfg_test || item.attrs.is_test {
                true => ranges.push(item.range),
                false => collect(item.items(), ranges),
            }
        }
    }
    let mut ranges = Vec::new();
    collect(&file.items, &mut ranges);
    ranges
}

/// Messages are in the order of paths, then of places; those of no place come first.
fn order(sources: &[&SourceFile], message: &Message) -> impl Ord + use<> {
    let (path, range) = match &message.place {
        Place::Nowhere => (PathBuf::new(), TextRange::default()),
        Place::Path(path) => (path.clone(), TextRange::default()),
        Place::Span(span) => (sources[span.file.0 as usize].path.clone(), span.range),
    };
    (path, range, message.lint, message.text.clone())
}

thread_local! {
    /// What the last panic on this thread said, and where it was.
    static LAST_PANIC: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Does some work of the lints; a panic in it, which would be a mistake of ours, costs this work only.
pub fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    panic::catch_unwind(AssertUnwindSafe(work)).map_err(|_: Box<dyn Any + Send>| LAST_PANIC.take())
}

fn internal_error(message: impl FnOnce(String) -> Message, panic: &str) -> Message {
    message("internal error: this is a mistake in taskguard, not in the code".to_owned())
        .note(panic)
        .help(concat!("please report it at ", env!("CARGO_PKG_REPOSITORY"), "/issues"))
}

impl Summary {
    /// What the run did, in a line; with more of it where more was asked for.
    pub fn lines(&self, verbose: bool) -> String {
        let mut lines = self.to_string();
        if verbose {
            lines.push_str(&format!(
                "\n  {} suppressed; {} that no target leads to {} not checked",
                counted(self.suppressed, "finding"),
                counted(self.unreached, "file"),
                if self.unreached == 1 { "was" } else { "were" },
            ));
        }
        lines
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let files = counted(self.files, "file");
        let functions = counted(self.functions, "function");
        let tasks = counted(self.tasks, "task");
        let findings = match (self.errors, self.warnings) {
            (0, 0) => "no findings".to_owned(),
            (0, warnings) => counted(warnings, "warning"),
            (errors, 0) => counted(errors, "error"),
            (errors, warnings) => format!("{}, {}", counted(errors, "error"), counted(warnings, "warning")),
        };
        let seconds = self.time.as_secs_f64();
        write!(f, "checked {files}, {functions}, {tasks} in {seconds:.2} s: {findings}")?;
        if self.known + self.stale > 0 {
            write!(f, "; {} known before", self.known)?;
        }
        match self.stale {
            0 => {}
            1 => write!(f, ", 1 stale entry")?,
            stale => write!(f, ", {stale} stale entries")?,
        }
        if self.problems > 0 {
            write!(f, "; not everything could be checked: see {} above", counted(self.problems, "problem"))?;
        }
        Ok(())
    }
}

pub fn counted(count: usize, what: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {what}{plural}")
}
