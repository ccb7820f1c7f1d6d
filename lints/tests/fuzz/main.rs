//! Odd text through all of the lints: random bytes, real files that something was done to, and programs that have the right
//! grammar and make no sense. Nothing panics, nothing takes long, what is found lies in the text, and a function that is not
//! read because nothing is looked for in it holds no finding.
//!
//! `cargo test` tries a few. For a longer search, with the seed to begin with:
//!
//! ```console
//! FUZZ_MINUTES=30 FUZZ_SEED=7 cargo test --profile quick -p taskguard-lints --test fuzz -- --nocapture
//! ```
//!
//! What was tried last is in `target/tmp/fuzz-*.rs`, should the process not live to tell. A fault belongs into `KEPT` below,
//! as small as it can be.

mod grammar;
#[expect(dead_code, reason = "this goes on for as long as it is told, not over all sources")]
#[path = "../support/mod.rs"]
mod support;

use std::fs;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use taskguard_lints::framework::{Level, Levels};
use taskguard_lints::knowledge::vocabulary::Vocabulary;
use taskguard_lints::semantics::{Build, CrateInput, Dependency, TargetKind};
use taskguard_lints::source::{FileId, SourceFile};
use taskguard_lints::{ParsedFile, analyze, check, link, read, read_without_skipping};

use grammar::Words;
use support::{Random, mutate, sources};

/// How many programs of each kind `cargo test` tries.
const TRIED: usize = 60;
/// What is taken for a hang.
const TOO_LONG: Duration = Duration::from_secs(60);
/// As the driver gives it to its threads.
const STACK_SIZE: usize = 64 << 20;

/// Texts that once brought a fault to light.
const KEPT: &[&str] = &[
    // The answer of a task goes back into the variable that it is in.
    "async fn work() -> Result<u8, std::io::Error> { Ok(tokio::fs::read(\"a\").await?[0]) }
async fn main() { let mut answer = tokio::spawn(work()).await; answer = if true { answer } else { answer }; }",
    // The line that ends the text of a character is the end of it.
    "async fn main() { tokio::select! { '/~ x
        it = index() => {} } }",
];

#[test]
fn what_once_failed_does_no_more() {
    for text in KEPT {
        assert_eq!(fault(&[text.to_string()]), None, "{text}");
    }
}

/// Of which literals, comments, brackets and short words are made.
const SIGNS: &[u8] = b" \n!\"#&'()*+,-./0:;<=>?@[]^_`abfnruxy{|}~";

#[test]
fn random_bytes() {
    search("bytes", |random| {
        let bytes: Vec<u8> = (0..random.below(600)).map(|_| random.below(256) as u8).collect();
        let printable = |byte: &u8| SIGNS[usize::from(*byte) % SIGNS.len()];
        match random.below(2) {
            0 => vec![String::from_utf8_lossy(&bytes).into_owned()],
            _ => vec![bytes.iter().map(printable).map(char::from).collect()],
        }
    });
}

#[test]
fn real_files_that_something_was_done_to() {
    let cases = cases();
    let sources: Vec<PathBuf> = sources().into_iter().step_by(7).chain(cases.iter().cloned()).collect();
    search("mutated", |random| {
        // The cases of the lints lead to more of our code than other files.
        let from = if random.below(4) == 0 { &sources } else { &cases };
        let mut text = || fs::read_to_string(&from[random.below(from.len())]).unwrap_or_default();
        let (one, other) = (text(), text());
        let mutated = match random.below(3) {
            0 => mutate(&one, random),
            1 => with_lines_moved(&one, &other, random),
            _ => with_words_exchanged(&one, random),
        };
        if random.below(3) == 0 { vec![mutated, other] } else { vec![mutated] }
    });
}

#[test]
fn programs_that_make_no_sense() {
    let texts: Vec<String> = cases().iter().filter_map(|path| fs::read_to_string(path).ok()).collect();
    let words = Words::of(&texts);
    let parses = |seed: &u64| syn::parse_file(&grammar::program(&words, &mut Random::new(*seed))).is_ok();
    let parsed = thread::scope(|scope| {
        let count = || (0..40).filter(parses).count();
        let thread = thread::Builder::new().stack_size(STACK_SIZE).spawn_scoped(scope, count);
        thread.expect("a thread can be started").join().expect("the parser does not panic")
    });
    assert!(parsed > 30, "only {parsed} of 40 programs have the grammar of Rust");
    search("grammar", |random| {
        let files = 1 + random.below(3);
        (0..files).map(|_| grammar::program(&words, random)).collect()
    });
}

/// The cases of all lints.
fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui-tests");
    let entries = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().flatten();
    let rust = entries.filter(|entry| entry.path().extension().is_some_and(|extension| extension == "rs"));
    rust.map(walkdir::DirEntry::into_path).collect()
}

/// Takes lines out, doubles them, or puts in some of another text: mostly a program still.
fn with_lines_moved(one: &str, other: &str, random: &mut Random) -> String {
    let mut lines: Vec<&str> = one.lines().collect();
    let other: Vec<&str> = other.lines().collect();
    for _ in 0..1 + random.below(6) {
        let start = random.below(lines.len() + 1);
        let end = (start + random.below(8)).min(lines.len());
        let from = random.below(other.len() + 1);
        let piece: Vec<&str> = match random.below(3) {
            0 => Vec::new(),
            1 => [&lines[start..end], &lines[start..end]].concat(),
            _ => other[from..].iter().take(random.below(12)).copied().collect(),
        };
        lines.splice(start..end, piece);
    }
    lines.join("\n")
}

/// Puts some names of a text in the place of others: calls lead elsewhere, also in circles.
fn with_words_exchanged(text: &str, random: &mut Random) -> String {
    let is_name = |word: &str| word.starts_with(|first: char| first.is_alphabetic());
    let mut pieces: Vec<&str> = text.split_inclusive(|c: char| !c.is_alphanumeric() && c != '_').collect();
    // Each piece ends with what separates it: only a word that is followed by the same can take its place.
    for _ in 0..1 + random.below(10) {
        let (at, from) = (random.below(pieces.len().max(1)), random.below(pieces.len().max(1)));
        let end = |piece: &&str| piece.chars().last();
        if let (Some(there), Some(here)) = (pieces.get(at), pieces.get(from))
            && is_name(there)
            && is_name(here)
            && end(there) == end(here)
        {
            pieces[at] = pieces[from];
        }
    }
    pieces.concat()
}

/// Tries programs until it is enough; each is the texts of its files.
fn search(kind: &str, mut produce: impl FnMut(&mut Random) -> Vec<String>) {
    let number = |name: &str| std::env::var(name).ok().and_then(|value| value.parse::<u64>().ok());
    let deadline = number("FUZZ_MINUTES").map(|minutes| Instant::now() + Duration::from_secs(60 * minutes));
    let first = number("FUZZ_SEED").unwrap_or(1);
    let note = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("fuzz-{kind}.rs"));
    let (mut tried, mut slowest) = (0, Duration::ZERO);
    while deadline.map_or(tried < TRIED, |deadline| Instant::now() < deadline) {
        let seed = first + tried as u64;
        let files = produce(&mut Random::new(seed));
        fs::write(&note, files.join("\n// the next file\n"))
            .expect("cargo's temporary folder can be written");
        let start = Instant::now();
        if let Some(fault) = fault(&files) {
            let files = smallest(files);
            panic!("FUZZ_SEED={seed}: {fault}\n{}", files.join("\n// the next file\n"));
        }
        slowest = slowest.max(start.elapsed());
        tried += 1;
    }
    println!("{kind}: {tried} programs, the slowest took {slowest:.1?}");
}

/// What is wrong with how a program is dealt with, if anything.
fn fault(files: &[String]) -> Option<String> {
    let (tell, told) = mpsc::channel();
    let texts = files.to_vec();
    let run = move || {
        let result = panic::catch_unwind(AssertUnwindSafe(|| examine(&texts)));
        let said = |panic: Box<dyn std::any::Any + Send>| {
            let text = panic.downcast_ref::<String>().cloned();
            text.or_else(|| panic.downcast_ref::<&str>().map(ToString::to_string)).unwrap_or_default()
        };
        let _ = tell.send(result.unwrap_or_else(|panic| Some(format!("panics: {}", said(panic)))));
    };
    let thread = thread::Builder::new().stack_size(STACK_SIZE).spawn(run).expect("a thread can be started");
    match told.recv_timeout(TOO_LONG) {
        Ok(fault) => {
            thread.join().ok();
            fault
        }
        Err(RecvTimeoutError::Timeout) => Some(format!("takes more than {TOO_LONG:?}")),
        Err(RecvTimeoutError::Disconnected) => Some("ends without a word".to_owned()),
    }
}

/// Runs all lints on a program as the driver does, with and without skipping.
fn examine(texts: &[String]) -> Option<String> {
    let (findings, complaint) = findings(texts, read);
    if complaint.is_some() {
        return complaint;
    }
    let (all, _) = self::findings(texts, read_without_skipping);
    (findings != all).then(|| format!("skipping changes what is found: {findings:#?} and {all:#?}"))
}

fn findings(texts: &[String], read: fn(SourceFile) -> ParsedFile) -> (Vec<String>, Option<String>) {
    // The later files are modules of the first.
    let modules: String = (1..texts.len()).map(|index| format!("\nmod m{index};\n")).collect();
    let files: Vec<ParsedFile> = texts
        .iter()
        .enumerate()
        .map(|(index, text)| match index {
            0 => read(SourceFile::new("src/main.rs", format!("{text}{modules}"))),
            _ => read(SourceFile::new(format!("src/m{index}.rs"), text.as_str())),
        })
        .collect();
    let external = |name: &str| (name.into(), Dependency::External(name.into()));
    let krate = CrateInput {
        name: "program".into(),
        kind: TargetKind::Bin,
        root: FileId(0),
        dependencies: ["tokio", "futures", "tokio_util", "tokio_stream", "axum", "kube", "anyhow"]
            .map(external)
            .into(),
        build: Build::default(),
    };
    let workspace = link(&files, &[krate], &Vocabulary::default());
    let model = analyze(&workspace);
    let mut levels = Levels::default();
    levels.set("all", Level::Warn).expect("`all` is a name");
    let mut said = Vec::new();
    for (index, file) in files.iter().enumerate() {
        let outcome = check(&model, FileId(index as u32), &levels);
        for finding in &outcome.findings {
            let spans = finding.labels.iter().map(|label| label.span).chain([finding.span]);
            for span in spans {
                let text = files.get(span.file.0 as usize).map(|file| &*file.source.text);
                if text.and_then(|text| text.get(span.range.as_usize())).is_none() {
                    return (said, Some(format!("{} points out of the text: {span:?}", finding.lint)));
                }
            }
            said.push(format!("{}: {} {:?}", file.source.path.display(), finding.lint, finding.span.range));
        }
    }
    (said, None)
}

/// Takes lines out of a program as long as it still fails.
fn smallest(files: Vec<String>) -> Vec<String> {
    let mut files: Vec<Vec<String>> =
        files.iter().map(|text| text.lines().map(str::to_owned).collect()).collect();
    let text = |files: &[Vec<String>]| files.iter().map(|lines| lines.join("\n")).collect::<Vec<_>>();
    for index in 0..files.len() {
        let mut size = files[index].len();
        while size > 0 {
            let mut at = 0;
            while at < files[index].len() {
                let mut fewer = files.clone();
                fewer[index].drain(at..(at + size).min(files[index].len()));
                match fault(&text(&fewer)) {
                    Some(_) => files = fewer,
                    None => at += size,
                }
            }
            size /= 2;
        }
    }
    text(&files)
}
