//! taskguard at scale: over much code that it was not written for, it neither panics nor hangs, names every file that it
//! cannot parse, and says the same with any number of threads and in any order of its arguments.

use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use crate::run::{self, Run};
use crate::sources;

/// What came of it.
#[derive(Default)]
pub struct Report {
    folders: usize,
    files: usize,
    unparsable: usize,
    /// Where taskguard did not do what it promises.
    pub faults: Vec<String>,
    /// Of one run over each folder, with one thread.
    time: Duration,
    slowest: (Duration, String),
    largest: (u64, String),
}

/// What is taken for a hang.
const TOO_LONG: Duration = Duration::from_secs(60);

/// Runs over every package that lies in cargo's cache: those of the list, and what the builds on this machine depend on.
pub fn endure(binary: &Path) -> Result<Report> {
    let mut folders: BTreeSet<PathBuf> = BTreeSet::new();
    let registries = sources::registries()?;
    let registries =
        fs::read_dir(&registries).with_context(|| format!("cannot read {}", registries.display()))?;
    for registry in registries.flatten() {
        folders.extend(fs::read_dir(registry.path())?.flatten().map(|package| package.path()));
    }
    let mut report = Report::default();
    for folder in &folders {
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        eprintln!("{name}");
        if let Err(fault) = report.add(binary, folder, &name) {
            report.faults.push(format!("{name}: {fault:#}"));
        }
    }
    Ok(report)
}

impl Report {
    fn add(&mut self, binary: &Path, folder: &Path, name: &str) -> Result<()> {
        let start = Instant::now();
        let one = run::check(binary, folder, &["--threads", "1", "."])?;
        let time = start.elapsed();
        let two = run::check(binary, folder, &["--threads", "2", "."])?;
        self.folders += 1;
        self.files += one.files;
        self.time += one.time;
        self.slowest = std::mem::take(&mut self.slowest).max((one.time, name.to_owned()));
        self.largest = std::mem::take(&mut self.largest).max((one.memory, name.to_owned()));
        if time > TOO_LONG {
            self.faults.push(format!("{name}: {time:?}"));
        }
        if one.output != two.output {
            self.faults.push(format!("{name}: not the same with one thread and with two"));
        }
        self.add_single_files(binary, folder, name)
    }

    /// Runs over all files as arguments of their own, in two orders.
    fn add_single_files(&mut self, binary: &Path, folder: &Path, name: &str) -> Result<()> {
        let mut files = rust_files(folder);
        if files.is_empty() {
            return Ok(());
        }
        let check = |files: &[String]| -> Result<Run> {
            let args = ["--threads", "2", "--no-skip"].into_iter().chain(files.iter().map(String::as_str));
            run::check(binary, folder, &args.collect::<Vec<_>>())
        };
        let sorted = check(&files)?;
        shuffle(&mut files);
        let shuffled = check(&files)?;
        if sorted.output != shuffled.output {
            self.faults.push(format!("{name}: not the same when the arguments are shuffled"));
        }
        let named: BTreeSet<&str> =
            sorted.problems.iter().filter_map(|problem| problem.path.as_deref()).collect();
        let said = |file: &str| {
            named.contains(file) || sorted.problems.iter().any(|problem| problem.message.contains(file))
        };
        let unparsable = files.iter().filter(|file| !parses(&folder.join(file)));
        for file in unparsable {
            self.unparsable += 1;
            if !said(file) {
                self.faults.push(format!("{name}: {file} cannot be parsed, and is not named"));
            }
        }
        Ok(())
    }
}

/// The Rust files below a folder, as arguments of a run in it.
fn rust_files(folder: &Path) -> Vec<String> {
    let entries = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().flatten();
    let files = entries.filter(|entry| entry.file_type().is_file());
    let files = files.filter(|entry| entry.path().extension().is_some_and(|extension| extension == "rs"));
    let relative =
        |entry: walkdir::DirEntry| Some(entry.path().strip_prefix(folder).ok()?.to_str()?.to_owned());
    files.filter_map(relative).collect()
}

/// An order that is another one, and the same each time.
fn shuffle(files: &mut [String]) {
    let mut state = 0x9e37_79b9_u64;
    for index in (1..files.len()).rev() {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        files.swap(index, (state >> 33) as usize % (index + 1));
    }
}

/// Whether the parser takes a file, or nothing is missed in one that it does not take: documentation without an item behind it,
/// and scripts with their manifest in front, which taskguard reads. The parser recurses, and some packages ship deep test data.
fn parses(path: &Path) -> bool {
    let Ok(text) = fs::read_to_string(path) else { return false };
    let code = format!("{}\nuse end as _;", without_manifest(&text));
    let parse = move || syn::parse_file(&code).is_ok();
    let thread = std::thread::Builder::new().stack_size(1 << 30).spawn(parse);
    thread.is_ok_and(|thread| thread.join().unwrap_or(false))
}

/// The code of a script behind its manifest: `---cargo`, lines of it, `---`.
pub fn without_manifest(text: &str) -> &str {
    let script = if text.starts_with("#!/") { text.split_once('\n').map_or("", |it| it.1) } else { text };
    let manifest = script.strip_prefix("---").and_then(|manifest| manifest.split_once("\n---"));
    manifest.map_or(text, |(_, code)| code)
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { folders, files, unparsable, faults, time, slowest, largest } = self;
        faults.iter().try_for_each(|fault| writeln!(f, "{fault}"))?;
        writeln!(
            f,
            "{folders} folders, {files} files of programs, {unparsable} files that cannot be parsed"
        )?;
        writeln!(f, "{} faults", faults.len())?;
        writeln!(f, "{time:.0?} of processor time; most: {:.1?} in {}", slowest.0, slowest.1)?;
        writeln!(f, "memory at the peak: {} MB in {}", largest.0 >> 20, largest.1)
    }
}
