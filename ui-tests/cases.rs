//! Cases: single files of `ui-tests/<folder>/`, all lints on all of them but a few policies.

use std::path::{Path, PathBuf};

use taskguard_lints::framework::{Diagnostic, Level, Levels};
use taskguard_lints::knowledge::vocabulary::Vocabulary;
use taskguard_lints::semantics::{Build, CrateInput, TargetKind};
use taskguard_lints::source::{FileId, LineIndex, SourceFile};

use crate::marks::{Found, differences, marks};
use crate::snapshot::{compare, taskguard};
use crate::{assert_none, entries, read, root, rust_files, shown};

/// Folders of `ui-tests` that hold something else.
const NOT_CASES: &[&str] = &["driver", "incidents", "output"];

/// Policies about every spawn. On the cases of other lints nearly each line would need their mark, and the marks that tell
/// something would drown, so they run on the cases in their own folder only.
pub const BROAD: &[&str] = &["detached_task", "raw_spawn", "uncancellable_loop"];

/// Policies about a service as a whole, which the small services of cases do not follow. They run on the cases in their own
/// folder only, and on incidents.
const OF_SERVICES: &[&str] = &["await_without_timeout", "missing_panic_hook", "missing_shutdown_signal"];

/// The lints that do not run on a case.
fn left_out(case: &Path) -> impl Iterator<Item = &'static str> {
    let folder = case.parent().and_then(Path::file_name);
    let is_in = move |lint: &&str| folder.is_some_and(|folder| folder == *lint);
    BROAD.iter().chain(OF_SERVICES).copied().filter(move |lint| !is_in(lint))
}

/// The files that are cases.
pub fn cases() -> Vec<PathBuf> {
    let folders = entries(&root().join("ui-tests")).into_iter().filter(|path| {
        path.is_dir() && !NOT_CASES.iter().any(|&name| path.file_name().is_some_and(|it| it == name))
    });
    folders.flat_map(|folder| rust_files(&folder)).collect()
}

/// What the lints together find in a text that is a crate of its own, and what of the text could not be read.
pub fn check(path: &Path, text: &str) -> (Vec<Diagnostic>, Vec<String>) {
    let file = FileId(0);
    let files = [taskguard_lints::read(SourceFile::new(path, text))];
    let problems = files[0].hir.problems.iter().map(|problem| problem.message.clone()).collect();
    let krate = CrateInput {
        name: "case".into(),
        kind: TargetKind::Loose,
        root: file,
        dependencies: Vec::new(),
        build: Build::default(),
    };
    let workspace = taskguard_lints::link(&files, &[krate], &Vocabulary::default());
    let mut levels = Levels::default();
    levels.set("all", Level::Warn).expect("`all` is a name");
    for lint in left_out(path) {
        levels.set(lint, Level::Allow).expect("it is a lint");
    }
    let outcome = taskguard_lints::check(&taskguard_lints::analyze(&workspace), file, &levels);
    // As the driver does: what is there only in tests is not reported.
    let items = files[0].hir.items.iter();
    let tests: Vec<_> = items.filter(|it| it.attrs.cfg_test || it.attrs.is_test).map(|it| it.range).collect();
    let is_test = |it: &Diagnostic| tests.iter().any(|test| test.contains(it.span.range));
    (outcome.findings.into_iter().filter(|it| !is_test(it)).collect(), problems)
}

#[test]
fn findings_are_where_the_marks_are() {
    let complaints = cases().into_iter().flat_map(|path| {
        let (name, text) = (shown(&path), read(&path));
        let (findings, problems) = check(&path, &text);
        let lines = LineIndex::new(&text);
        let found = findings.iter().map(|finding| Found {
            file: name.clone(),
            line: lines.line(finding.span.range.start) + 1,
            lint: finding.lint.to_owned(),
        });
        let mut complaints = differences(marks(&name, &text), found.collect());
        complaints.extend(problems.iter().map(|problem| format!("{name}: not read: {problem}")));
        complaints
    });
    assert_none(complaints.collect());
}

/// The binary sees each case as the only file of a folder without a manifest: beside our own it would be read as a part of
/// taskguard.
#[test]
fn snapshots_of_cases_are_what_users_see() {
    let folder = std::env::temp_dir().join(format!("taskguard-cases-{}", std::process::id()));
    let mut complaints = Vec::new();
    for path in cases() {
        let file = path.file_name().and_then(|name| name.to_str()).expect("cases have plain names");
        std::fs::create_dir_all(&folder).expect("a temporary folder can be made");
        std::fs::copy(&path, folder.join(file)).expect("a case can be copied");
        let left_out = left_out(&path).flat_map(|lint| ["-A", lint]);
        let args: Vec<&str> =
            ["--color", "never", "--quiet", "-W", "all"].into_iter().chain(left_out).chain([file]).collect();
        let output = taskguard(&folder, &args);
        std::fs::remove_dir_all(&folder).expect("a temporary folder can be removed");
        if output.status.code() != Some(0) {
            complaints.push(format!("{}: warnings alone ended with {}", shown(&path), output.status));
        }
        complaints.extend(compare(&path.with_extension("stderr"), &output));
    }
    assert_none(complaints);
}

#[test]
fn no_snapshot_outlives_its_case() {
    let cases = cases();
    let mut folders: Vec<_> = cases.iter().filter_map(|path| path.parent()).collect();
    folders.dedup();
    let snapshots = folders
        .into_iter()
        .flat_map(entries)
        .filter(|path| path.extension().is_some_and(|it| it == "stderr"));
    let orphans = snapshots.filter(|path| !path.with_extension("rs").exists());
    assert_none(orphans.map(|path| format!("{}: there is no such case", shown(&path))).collect());
}
