//! The pipeline of a check: read, link, analyze, check, sort.

use std::fmt;
use std::iter::Sum;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use taskguard_lints::framework::{Diagnostic, Levels};
use taskguard_lints::hir::Item;
use taskguard_lints::model::{Counts, Model};
use taskguard_lints::semantics::{WRAPPERS, Workspace};
use taskguard_lints::source::{FileId, SourceFile, Span, TextRange};
use taskguard_lints::{ParsedFile, hir};

use crate::config::{self, Config, LevelsOfRules};
use crate::emit::{Message, Place, Severity};
use crate::fingerprint;
use crate::link;
use crate::parallel::{self, guarded, internal_error};
use crate::read::Reading;
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

/// Checks a project, of which some files may have been read already. To be done [on all threads](parallel::on_threads).
pub fn check(reading: &Reading<'_>, mut project: Project, config: &Config, timings: &mut Timings) -> Report {
    let loaded = link::load(&project, reading, timings);
    let vocabulary = config.vocabulary();
    let workspace = taskguard_lints::link_with(&loaded.files, &loaded.crates, &vocabulary, parallel::JOIN);
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
    let unread = parallel::map(&scope, |file| unread_parts(file.id, workspace.file(file.id)));
    messages.extend(unread.into_iter().flatten());
    summary.lowered = parallel::map(&loaded.files, lowered).into_iter().sum();

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
    let ids: Vec<FileId> = ids(workspace).collect();
    let in_scope = parallel::map(&ids, |&id| {
        let path = workspace.file(id).source.path();
        let is_test = workspace.is_test_file(id);
        let test_code = config.test_code || is_test && project.is_given_by_hand(path);
        let in_scope = (test_code || !is_test) && workspace.is_reached(id) && project.is_selected(path);
        in_scope.then(|| (id, test_code, config.rules(project, path)))
    });
    let mut levels = LevelsOfRules::new(config);
    let scoped =
        |(id, test_code, rules)| ScopedFile { id, test_code, levels: levels.of(rules), audit: config.audit };
    in_scope.into_iter().flatten().map(scoped).collect()
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
        parallel::map(&all, |&file| model.warm_up(file, wrappers));
    }
    timings.end("warm up");
    parallel::map(&all, |&file| model.prepare(file));
    timings.end("prepare");
}

/// Lets each lint find out what it asks of the whole program. When files are checked, all threads would come to the same
/// question at the same time, and wait for one of them.
fn ask(model: &Model<'_>, files: &[ScopedFile], timings: &mut Timings) {
    if let Some(first) = files.first() {
        let lints = taskguard_lints::lints_on(&first.levels);
        // What fails here fails again, and is reported, where its file is checked.
        parallel::map(&lints, |lint| _ = guarded(|| taskguard_lints::ask(model, first.id, lint)));
    }
    timings.end("ask");
}

/// Checks files, in the order given.
pub fn check_files(model: &Model<'_>, files: &[ScopedFile]) -> Vec<CheckedFile> {
    parallel::map(files, |file| check_file(model, file))
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
