//! One run of taskguard over one folder.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use wait4::Wait4;

/// What taskguard said, and what it took.
pub struct Run {
    pub findings: Vec<Finding>,
    /// What it could not check.
    pub problems: Vec<Problem>,
    /// As it was printed.
    pub output: Vec<u8>,
    pub files: usize,
    /// Of all processors.
    pub time: Duration,
    /// At its peak, in bytes.
    pub memory: u64,
}

/// A finding, as the ledger keeps it.
pub struct Finding {
    pub lint: String,
    /// `src/main.rs:12`
    pub place: String,
    pub fingerprint: String,
}

pub struct Problem {
    pub message: String,
    /// The file, where it is about one.
    pub path: Option<String>,
}

/// A line of the `jsonl` format, as far as it is of interest here.
#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "lowercase")]
enum Line {
    Finding { lint: String, place: Place, fingerprint: String },
    Suppressed {},
    Problem { message: String, place: Option<Place> },
    Summary { files: usize },
}

#[derive(Deserialize)]
struct Place {
    path: String,
    start: Position,
}

#[derive(Deserialize)]
struct Position {
    line: usize,
}

/// Builds taskguard in a profile of cargo and says where it is.
pub fn build(root: &Path, profile: &str) -> Result<PathBuf> {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    let status = Command::new("cargo")
        .args(["build", "--quiet", "--locked", "--package", "cargo-taskguard", "--profile", profile])
        .current_dir(root)
        .status()
        .context("cannot run cargo")?;
    ensure!(status.success(), "taskguard does not build");
    let folder = if profile == "dev" { "debug" } else { profile };
    Ok(root.join(target).join(folder).join("cargo-taskguard").with_extension(std::env::consts::EXE_EXTENSION))
}

/// Runs with all lints on. Fails where taskguard ends in another way than by its exit codes.
pub fn check(binary: &Path, folder: &Path, args: &[&str]) -> Result<Run> {
    let mut child = Command::new(binary)
        .args(["taskguard", "--output", "jsonl", "--exit-zero", "--no-config", "-W", "all"])
        .args(args)
        .current_dir(folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot run {}", binary.display()))?;
    let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
    // Both are read at once: a full pipe would stop it for ever.
    let stderr = std::thread::spawn(move || read(stderr));
    let output = read(stdout)?;
    let stderr = stderr.join().ok().context("a thread cannot be joined")??;
    let used = child.wait4().context("cannot wait for taskguard")?;
    // Code 2 says that something could not be checked; a panic or a signal is another matter.
    ensure!(
        matches!(used.status.code(), Some(0 | 2)),
        "taskguard in {}: {}\n{}",
        folder.display(),
        used.status,
        String::from_utf8_lossy(&stderr)
    );
    let time = used.rusage.utime + used.rusage.stime;
    let (findings, problems) = (Vec::new(), Vec::new());
    let mut run = Run { findings, problems, output, files: 0, time, memory: used.rusage.maxrss };
    let text = str::from_utf8(&run.output).context("the output is not UTF-8")?;
    for line in text.lines() {
        let line = serde_json::from_str(line).with_context(|| format!("no line of `jsonl`: {line}"))?;
        match line {
            Line::Finding { lint, place, fingerprint } => {
                let place = format!("{}:{}", place.path, place.start.line);
                run.findings.push(Finding { lint, place, fingerprint });
            }
            Line::Problem { message, place } => {
                ensure!(
                    !message.starts_with("internal error"),
                    "taskguard in {}: {message}\n{text}",
                    folder.display()
                );
                run.problems.push(Problem { message, path: place.map(|place| place.path) });
            }
            Line::Summary { files } => run.files = files,
            Line::Suppressed {} => {}
        }
    }
    Ok(run)
}

fn read(from: Option<impl std::io::Read>) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.map_or(Ok(0), |mut from| from.read_to_end(&mut bytes)).context("cannot read the output")?;
    Ok(bytes)
}
