//! How long each stage takes, on one thread: `cargo bench -p taskguard-lints`, or with a part of a name behind it.
//!
//! The sources are a generated service, and libraries that are in cargo's registry because we are built with them.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use divan::Bencher;
use divan::counter::BytesCount;
use taskguard_lints::framework::{Level, Levels};
use taskguard_lints::hir::File;
use taskguard_lints::knowledge::vocabulary::Vocabulary;
use taskguard_lints::semantics::{Build, CrateInput, TargetKind, Workspace};
use taskguard_lints::source::{FileId, SourceFile, index};
use taskguard_lints::{LINTS, ParsedFile};

mod generated;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    divan::main();
}

/// A program by name: its files, the first of which is a root.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Program {
    Generated,
    Libraries,
}

const PROGRAMS: [Program; 2] = [Program::Generated, Program::Libraries];

/// The libraries whose sources are read.
const LIBRARIES: [&str; 6] = ["syn", "rayon", "rayon-core", "notify", "clap_builder", "toml"];

impl Program {
    fn sources(self) -> &'static [(PathBuf, String)] {
        static GENERATED: LazyLock<Vec<(PathBuf, String)>> = LazyLock::new(|| {
            generated::service(30_000).into_iter().map(|(path, text)| (path.into(), text)).collect()
        });
        static LIBRARIES: LazyLock<Vec<(PathBuf, String)>> = LazyLock::new(libraries);
        match self {
            Program::Generated => &GENERATED,
            Program::Libraries => &LIBRARIES,
        }
    }

    fn read(self) -> Vec<ParsedFile> {
        let sources = self.sources().iter();
        sources.map(|(path, text)| taskguard_lints::read(SourceFile::new(path, text.clone()))).collect()
    }

    fn crates(self) -> Vec<CrateInput> {
        let roots = (0u32..).zip(self.sources()).filter(|(_, (path, _))| {
            path.file_name().is_some_and(|name| name == "lib.rs" || name == "main.rs")
        });
        let krate = |(id, _): (u32, &(PathBuf, String))| CrateInput {
            name: format!("root_{id}").as_str().into(),
            kind: TargetKind::Bin,
            root: FileId(id),
            dependencies: Vec::new(),
            build: Build::default(),
        };
        roots.map(krate).collect()
    }

    fn bytes(self) -> BytesCount {
        BytesCount::new(self.sources().iter().map(|(_, text)| text.len()).sum::<usize>())
    }
}

fn libraries() -> Vec<(PathBuf, String)> {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".cargo")));
    let registries = home.into_iter().flat_map(|home| entries(&home.join("registry/src")));
    let packages = registries.flat_map(|registry| entries(&registry)).filter(|package| {
        let name = package.file_name().unwrap_or_default().to_string_lossy().into_owned();
        LIBRARIES.iter().any(|library| {
            let version = name.strip_prefix(library).and_then(|rest| rest.strip_prefix('-'));
            version.is_some_and(|version| version.starts_with(|c: char| c.is_ascii_digit()))
        })
    });
    let files = packages.flat_map(|package| walkdir::WalkDir::new(package.join("src")).sort_by_file_name());
    let files = files.filter_map(|entry| {
        let path = entry.ok()?.into_path();
        let text =
            std::fs::read_to_string(&path).ok().filter(|_| path.extension().is_some_and(|it| it == "rs"))?;
        Some((path, text))
    });
    files.collect()
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut entries: Vec<_> =
        std::fs::read_dir(folder).into_iter().flatten().flatten().map(|it| it.path()).collect();
    entries.sort();
    entries
}

/// A program that is linked. It is only asked about: what is found out of its functions is found out by the first who asks,
/// so each measurement of a later stage has one of its own.
fn linked(program: Program) -> Workspace<'static> {
    let files: &'static [ParsedFile] = Vec::leak(program.read());
    taskguard_lints::link(files, &program.crates(), &Vocabulary::default())
}

fn check(workspace: &Workspace<'_>, levels: &Levels) -> usize {
    let model = taskguard_lints::analyze(workspace).without_tests();
    let files = (0..workspace.files().len() as u32).map(FileId);
    files.map(|file| taskguard_lints::check(&model, file, levels).findings.len()).sum()
}

fn only(lint: &str) -> Levels {
    let mut levels = Levels::default();
    for (name, level) in [("all", Level::Allow), (lint, Level::Warn)] {
        levels.set(name, level).expect("it is a lint");
    }
    levels
}

#[divan::bench(args = PROGRAMS)]
fn index(bencher: Bencher, program: Program) {
    bencher
        .counter(program.bytes())
        .bench(|| program.sources().iter().map(|(_, text)| index::index(text).items.len()).sum::<usize>());
}

#[divan::bench(args = PROGRAMS)]
fn read(bencher: Bencher, program: Program) {
    bencher.counter(program.bytes()).bench(|| program.read());
}

/// Parses and lowers every function, too.
#[divan::bench(args = PROGRAMS, sample_count = 10)]
fn parse_and_lower_all(bencher: Bencher, program: Program) {
    let parse = |(path, text): &(PathBuf, String)| {
        taskguard_lints::read_without_skipping(SourceFile::new(path, text.clone())).hir
    };
    bencher.counter(program.bytes()).bench(|| program.sources().iter().map(parse).collect::<Vec<File>>());
}

/// What every parser but ours would do first.
#[divan::bench(args = PROGRAMS, sample_count = 10)]
fn syn_alone(bencher: Bencher, program: Program) {
    let items = |(_, text): &(PathBuf, String)| syn::parse_file(text).map_or(0, |file| file.items.len());
    bencher.counter(program.bytes()).bench(|| program.sources().iter().map(items).sum::<usize>());
}

#[divan::bench(args = PROGRAMS)]
fn link(bencher: Bencher, program: Program) {
    let (files, crates) = (program.read(), program.crates());
    let vocabulary = Vocabulary::default();
    bencher
        .counter(program.bytes())
        .bench(|| std::mem::forget(taskguard_lints::link(&files, &crates, &vocabulary)));
}

#[divan::bench(args = PROGRAMS, sample_count = 10)]
fn analyze_and_check_by_default(bencher: Bencher, program: Program) {
    let levels = Levels::default();
    bencher
        .counter(program.bytes())
        .with_inputs(|| linked(program))
        .bench_refs(|workspace| check(workspace, &levels));
}

#[divan::bench(args = LINTS.iter().map(|lint| lint.name), sample_count = 5)]
fn lint(bencher: Bencher, name: &str) {
    let levels = only(name);
    bencher.with_inputs(|| linked(Program::Generated)).bench_refs(|workspace| check(workspace, &levels));
}
