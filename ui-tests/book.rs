//! The book in `docs/`, and the README: what is made of something else is made anew here (`cargo bless`) and compared, and
//! every example of a command is run. What readers see of the book is tested in the package `book`.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use taskguard_lints::LINTS;
use tempfile::TempDir;

use crate::driver::{Run, run};
use crate::snapshot::taskguard;
use crate::{assert_none, entries, read, root, shown};

/// How many examples are not run, each for the reason that stands above it.
const NOT_RUN: usize = 6;

/// The page that findings link to: what `--explain` says of each lint.
#[test]
fn snapshots_of_the_page_of_lints() {
    let mut page = read(&root().join("ui-tests/lints.md"));
    for lint in LINTS {
        let output = taskguard(root(), &["--explain", lint.name]);
        let text = String::from_utf8(output.stdout).expect("documentation is UTF-8");
        page += &format!("\n#{}", text.replace("\n## ", "\n### "));
    }
    compare("docs/lints.md", &page);
}

/// That each lint has a place there is tested where the book is.
#[test]
fn findings_lead_to_the_page_of_lints() {
    let folder = root().join("ui-tests/incidents/gateway/before");
    let sarif: serde_json::Value =
        serde_json::from_str(&run(&folder, &["--output", "sarif"]).stdout).unwrap();
    let rules = sarif["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
    assert!(!rules.is_empty());
    let home = env!("CARGO_PKG_HOMEPAGE");
    for rule in rules {
        let lint = rule["name"].as_str().unwrap();
        assert_eq!(rule["helpUri"], format!("{home}/lints.html#{lint}"));
    }
    let host = home.strip_prefix("https://").unwrap();
    let path = host.split_once('/').unwrap().1;
    let book = read(&root().join("book.toml"));
    assert!(book.contains(&format!("site-url = \"/{path}/\"")), "the book is built for another place");
}

/// Compares a file with what it should be, or writes it when `BLESS` is set.
fn compare(path: &str, text: &str) {
    let kept = root().join(path);
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&kept, text).unwrap();
    }
    let is_kept = std::fs::read_to_string(&kept).unwrap_or_default() == text;
    assert!(is_kept, "{path} is out of date: `cargo bless` writes it anew");
}

/// Examples of commands stand in blocks of `console`. Above each is how it is tested:
///
/// - `<!-- run in FOLDER -->`: lines that begin with `$ ` are run there (in a copy, which the examples of a page share), and
///   what follows is their output. A line `...` stands for any lines, `[..]` for any text; times may differ.
/// - `<!-- not run: REASON -->`: commands without output. Those of taskguard are still ones that it takes.
#[test]
fn examples_are_what_users_see() {
    let (mut complaints, mut not_run) = (Vec::new(), Vec::new());
    for page in pages() {
        let mut copies = Copies::default();
        for example in examples(&read(&page)) {
            let place = format!("{}:{}", shown(&page), example.line);
            let wrong = match example.test.split_once(' ').unwrap_or_default() {
                ("run", folder) if folder.starts_with("in ") => {
                    differences(&example.text, copies.of(&folder["in ".len()..]))
                }
                ("not", reason) if reason.starts_with("run: ") => {
                    not_run.push(place.clone());
                    not_taken(&example.text)
                }
                _ => vec!["nothing above it says whether and where it is run".to_owned()],
            };
            complaints.extend(wrong.into_iter().map(|wrong| format!("{place}: {wrong}")));
        }
    }
    assert_none(complaints);
    assert_eq!(not_run.len(), NOT_RUN, "examples that are not run: {not_run:#?}");
}

/// The pages that people write.
fn pages() -> Vec<PathBuf> {
    let is_page = |path: &PathBuf| path.extension().is_some_and(|it| it == "md");
    let docs = ["docs", "docs/incidents"].map(|folder| entries(&root().join(folder)));
    let files = docs.into_iter().flatten().chain(["README.md", "CONTRIBUTING.md"].map(|it| root().join(it)));
    files.filter(is_page).collect()
}

#[derive(Debug, PartialEq, Eq)]
struct Example {
    /// Of its first line.
    line: usize,
    /// What the comment above it says.
    test: String,
    text: String,
}

/// The examples of a page. Other names for `console` are taken for it, so that none is passed over.
fn examples(page: &str) -> Vec<Example> {
    let lines: Vec<&str> = page.lines().collect();
    let is_start = |line: &str| {
        matches!(line.trim(), "```console" | "```sh" | "```bash" | "```shell" | "```shell-session")
    };
    let starts = (0..lines.len()).filter(|&at| is_start(lines[at]));
    let example = |at: usize| {
        let above = lines[..at].last().copied().unwrap_or_default();
        let test = above.strip_prefix("<!-- ").and_then(|it| it.strip_suffix(" -->")).unwrap_or_default();
        let text = lines[at + 1..].iter().take_while(|line| line.trim() != "```");
        let text = text.flat_map(|line| [line, "\n"]).collect();
        Example { line: at + 2, test: test.to_owned(), text }
    };
    starts.map(example).collect()
}

/// Copies of folders of the repository, which examples may write into.
#[derive(Default)]
struct Copies {
    copies: HashMap<String, TempDir>,
}

impl Copies {
    fn of(&mut self, folder: &str) -> &Path {
        let copy = || {
            let copy = TempDir::new().expect("there is room for temporary files");
            copy_folder(&root().join(folder), copy.path());
            copy
        };
        self.copies.entry(folder.to_owned()).or_insert_with(copy).path()
    }
}

fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in entries(from) {
        let target = to.join(entry.file_name().expect("entries have names"));
        match entry.is_dir() {
            true => copy_folder(&entry, &target),
            false => _ = std::fs::copy(&entry, &target).unwrap(),
        }
    }
}

/// Runs the commands of an example, and says where their output is not what stands there.
fn differences(example: &str, folder: &Path) -> Vec<String> {
    let mut differences = Vec::new();
    let mut code = None;
    let (before, commands) = example.split_once("$ ").unwrap_or((example, ""));
    if !before.is_empty() || commands.is_empty() {
        differences.push("it has no commands, or something before them".to_owned());
    }
    for step in format!("\n{example}").split("\n$ ").skip(1) {
        let (command, expected) = step.split_once('\n').unwrap_or((step, ""));
        let printed = match words(command).iter().map(String::as_str).collect::<Vec<_>>()[..] {
            ["echo", "$?"] => format!("{}\n", code.expect("something has been run before")),
            ["cargo", "taskguard", ref args @ ..] => {
                let Run { code: ended, stdout, stderr } = run(folder, args);
                code = ended;
                stdout + &stderr
            }
            _ => {
                differences.push(format!("`{command}` cannot be run here"));
                continue;
            }
        };
        if !fits(&lines(expected), &lines(&printed)) {
            differences.push(format!("`{command}` prints\n{printed}"));
        }
    }
    differences
}

/// The commands of an example that taskguard does not take.
fn not_taken(example: &str) -> Vec<String> {
    let commands = example.lines().filter_map(|line| line.strip_prefix("cargo taskguard"));
    let is_refused = |command: &&str| {
        let mut words = words(command);
        let end = words.iter().position(|word| word == "--").unwrap_or(words.len());
        words.insert(end, "--help".to_owned());
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        run(root(), &words).code != Some(0)
    };
    commands.filter(is_refused).map(|command| format!("`cargo taskguard{command}` is not taken")).collect()
}

/// The words of a command, as a shell takes them: a comment ends it, and double quotes hold together.
fn words(command: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut is_quoted = false;
    for c in command.split(" #").next().unwrap_or_default().chars() {
        match c {
            '"' => is_quoted = !is_quoted,
            ' ' if !is_quoted => words.push(String::new()),
            c => words.last_mut().expect("there is always one").push(c),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// The lines of an output; what differs from run to run is made the same.
fn lines(text: &str) -> Vec<String> {
    let line = |line: &str| match line.split_once(" in ") {
        Some((before, after)) if line.starts_with("checked ") => {
            let after = after.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
            format!("{before} in some{after}")
        }
        _ => line.to_owned(),
    };
    text.trim_end().lines().map(line).collect()
}

/// Whether lines are the expected ones, in which `...` stands for any lines.
fn fits(expected: &[String], printed: &[String]) -> bool {
    match expected {
        [] => printed.is_empty(),
        [any, rest @ ..] if any == "..." => (0..=printed.len()).any(|skip| fits(rest, &printed[skip..])),
        [first, rest @ ..] => {
            printed.split_first().is_some_and(|(line, lines)| line_fits(first, line) && fits(rest, lines))
        }
    }
}

/// Whether a line is the expected one, in which `[..]` stands for any text.
fn line_fits(expected: &str, line: &str) -> bool {
    match expected.split_once("[..]") {
        None => expected.trim_end() == line.trim_end(),
        Some((before, after)) => {
            let rest = line.strip_prefix(before);
            rest.is_some_and(|rest| {
                rest.char_indices()
                    .map(|(at, _)| at)
                    .chain([rest.len()])
                    .any(|at| line_fits(after, &rest[at..]))
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outputs_are_compared_line_by_line() {
        let fits = |expected: &str, printed: &str| fits(&lines(expected), &lines(printed));
        assert!(fits("a\nb\n", "a\nb\n") && !fits("a\n", "a\nb\n") && !fits("a\nb\n", "a\n"));
        assert!(fits("a\n...\nd\n", "a\nb\nc\nd\n") && fits("a\n...\n", "a\n") && !fits("...\nd\n", "a\n"));
        assert!(
            fits("it is [..] of many\n", "it is one of many\n") && !fits("[..] of many\n", "one of few\n")
        );
        assert!(fits("checked 1 file in 0.02 s: fine\n", "checked 1 file in 1.50 s: fine\n"));
        assert!(!fits("checked 1 file in 0.02 s: fine\n", "checked 2 files in 0.02 s: fine\n"));
    }

    #[test]
    fn commands_are_taken_apart_as_a_shell_does() {
        assert_eq!(words("cargo taskguard -D warnings   # fails"), ["cargo", "taskguard", "-D", "warnings"]);
        assert_eq!(words("a --b=\"c d\" e"), ["a", "--b=c d", "e"]);
    }

    #[test]
    fn no_example_is_passed_over() {
        let page = "<!-- run in a -->\n```console\n$ b\n```\ntext\n```sh\nc\n```\n";
        let found = examples(page);
        assert_eq!(found.len(), 2);
        assert_eq!((found[0].test.as_str(), found[0].text.as_str(), found[0].line), ("run in a", "$ b\n", 3));
        assert_eq!(found[1].test, "");
    }

    #[test]
    fn an_example_that_is_out_of_date_is_a_complaint() {
        let folder = root().join("ui-tests/incidents/gateway/after");
        let check = |example: &str| differences(example, &folder);
        assert_eq!(check("$ cargo taskguard -q\n$ echo $?\n0\n"), [""; 0]);
        assert_eq!(check("$ cargo taskguard -q\nsomething else\n").len(), 1);
        assert_eq!(check("$ cargo taskguard -q\n$ echo $?\n1\n").len(), 1);
        assert_eq!(check("cargo taskguard -q\n").len(), 1);
        assert_eq!(check("$ rm -r /\n").len(), 1);
        assert_eq!(not_taken("cargo taskguard --no-such\ncargo taskguard -D warnings -- -A all\n").len(), 1);
    }
}
