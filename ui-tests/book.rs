//! The book in `docs/`, and the README: what is made of something else is made anew here (`cargo bless`) and compared, and
//! every example of a command is run. What readers see of the book is tested in the package `book`.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use serde_json::Value;
use taskguard_lints::LINTS;
use taskguard_lints::framework::Group;
use tempfile::TempDir;

use crate::driver::{Run, run};
use crate::snapshot::taskguard;
use crate::{assert_none, entries, read, root, shown};

/// How many examples are not run, each for the reason that stands above it.
const NOT_RUN: usize = 7;

/// The page that findings link to: after a few words, what `--explain` says of each lint.
#[test]
fn snapshots_of_the_page_of_lints() {
    let kept = read(&root().join("docs/lints.md"));
    let mut page = kept.split("\n## ").next().unwrap_or_default().trim_end().to_owned() + "\n";
    for lint in LINTS {
        let output = taskguard(root(), &["--explain", lint.name]);
        let text = String::from_utf8(output.stdout).expect("documentation is UTF-8");
        page += &format!("\n#{}", text.replace("\n## ", "\n### "));
    }
    compare("docs/lints.md", &page);
}

/// The table of keys: what the schema says of each.
#[test]
fn snapshots_of_the_keys_of_a_configuration() {
    let schema: Value = serde_json::from_str(&run(root(), &["config", "schema"]).stdout).unwrap();
    let mut table = "| key | takes | |\n|---|---|---|\n".to_owned();
    for (key, value) in schema["properties"].as_object().expect("the schema has properties") {
        let about = value["description"].as_str().expect("every key says what it is for");
        table += &format!("| `{key}` | {} | {about} |\n", taken(value));
    }
    compare_section("docs/configuration.md", "the keys, of docs/taskguard.schema.json", &table);
}

/// What a key takes, in words.
fn taken(value: &Value) -> String {
    let names = |value: &Value| {
        let keys =
            value.as_object().map(|keys| keys.keys().map(|key| format!("`{key}`")).collect::<Vec<_>>());
        keys.unwrap_or_default().join(" and ")
    };
    let items = &value["items"];
    if let Some(values) = value["enum"].as_array() {
        return values.iter().map(|value| format!("`{value}`")).collect::<Vec<_>>().join(", ");
    }
    match (items["type"].as_str(), items["pattern"].as_str()) {
        (Some("object"), _) => format!("tables with {}", names(&items["properties"])),
        (Some("string"), Some("::")) => "a list of paths".to_owned(),
        (Some("string"), Some(_)) => "a list of names".to_owned(),
        (Some("string"), None) => "a list of patterns".to_owned(),
        _ => "a table of levels".to_owned(),
    }
}

/// How often findings are worth acting on, and what a run takes. One test, since both write into one file.
#[test]
fn snapshots_of_the_figures_in_the_readme() {
    let page = read(&root().join("docs/accuracy.md"));
    compare_section("README.md", "accuracy, of docs/accuracy.md", &accuracy(&page));
    let page = read(&root().join("docs/performance.md"));
    compare_section("README.md", "speed, of docs/performance.md", &speed(&page));
}

/// The verdicts on the findings of each group, summed up.
fn accuracy(page: &str) -> String {
    let measured = page.lines().find(|line| line.starts_with("Version ")).expect("it says of what and when");
    let mut table = "| findings of | read | worth acting on | |\n|---|---:|---:|---:|\n".to_owned();
    for group in Group::ALL {
        let rows = tables(page).into_iter().filter(|row| row.get("group") == Some(&group.name()));
        let count =
            |row: &Row<'_>, column: &str| row.get(column).and_then(|it| it.parse().ok()).unwrap_or(0_u32);
        let sums = rows.map(|row| (count(&row, "read"), count(&row, "right") + count(&row, "worth")));
        let (found, worth) = sums.fold((0, 0), |sum, row| (sum.0 + row.0, sum.1 + row.1));
        if found > 0 {
            let level = group.default_level();
            let share = (f64::from(worth * 100) / f64::from(found)).round();
            table += &format!("| `{group}` (`{level}` by default) | {found} | {worth} | {share} % |\n");
        }
    }
    assert!(table.contains("suspicious"), "docs/accuracy.md has no table of lints with their groups");
    format!("{measured}\n\n{table}")
}

/// The first table with the times of whole runs, without what only those need who work on them.
fn speed(page: &str) -> String {
    const COLUMNS: [&str; 5] = ["tree", "lines", "taskguard", "all lints", "peak"];
    let is_run = |row: &Row<'_>| COLUMNS.iter().all(|column| row.contains_key(column));
    let runs: Vec<_> = tables(page).into_iter().filter(is_run).collect();
    assert!(!runs.is_empty(), "docs/performance.md has no table with the columns {COLUMNS:?}");
    let mut table = format!("| {} |\n|---|---:|---:|---:|---:|\n", COLUMNS.join(" | "));
    for run in runs {
        table += &format!("| {} |\n", COLUMNS.map(|column| run[column]).join(" | "));
    }
    table
}

type Row<'a> = HashMap<&'a str, &'a str>;

/// The rows of all tables of a page, each cell under the head of its column.
fn tables(page: &str) -> Vec<Row<'_>> {
    let mut rows = Vec::new();
    let mut heads: Option<Vec<&str>> = None;
    for line in page.lines() {
        let Some(line) = line.strip_prefix('|').and_then(|line| line.trim_end().strip_suffix('|')) else {
            heads = None;
            continue;
        };
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        match &heads {
            None => heads = Some(cells),
            Some(_) if line.starts_with("---") || line.starts_with(" ---") => {}
            Some(heads) => rows.push(heads.iter().copied().zip(cells).collect()),
        }
    }
    rows
}

/// That each lint has a place there is tested where the book is.
#[test]
fn findings_lead_to_the_page_of_lints() {
    let folder = root().join("ui-tests/incidents/gateway/before");
    let sarif: Value = serde_json::from_str(&run(&folder, &["--output", "sarif"]).stdout).unwrap();
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

/// As `compare`, for the part of a page between two comments.
fn compare_section(path: &str, name: &str, text: &str) {
    let page = read(&root().join(path));
    let (begin, end) = (format!("<!-- Made by `cargo bless`: {name} -->\n"), "<!-- So far -->\n");
    let (before, rest) = page.split_once(&begin).unwrap_or_else(|| panic!("{path} has no `{begin}`"));
    let (_, after) = rest.split_once(end).unwrap_or_else(|| panic!("{path} has no `{end}`"));
    compare(path, &format!("{before}{begin}{text}{end}{after}"));
}

/// Every table of settings that is shown is one that is taken.
#[test]
fn settings_that_are_shown_are_understood() {
    const MANIFEST: &str = "[package]\nname = \"api\"\nversion = \"0.1.0\"\nedition = \"2024\"\n";
    let mut complaints = Vec::new();
    let mut count = 0;
    // Other tools have settings too, and a lint is about some that are wrong.
    let pages =
        pages().into_iter().filter(|page| !page.ends_with("editors.md") && !page.ends_with("lints.md"));
    for page in pages {
        for block in read(&page).split("```toml\n").skip(1).filter_map(|rest| rest.split("```").next()) {
            count += 1;
            let folder = TempDir::new().expect("there is room for temporary files");
            let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
            let (manifest, settings) = if block.contains("[package.") { (block, "") } else { ("", block) };
            write("lib.rs", "");
            write("Cargo.toml", &format!("{MANIFEST}[lib]\npath = \"lib.rs\"\n{manifest}"));
            write("taskguard.toml", settings);
            let run = run(folder.path(), &["--print-config"]);
            if run.code != Some(0) {
                complaints.push(format!("{}: {block}{}", shown(&page), run.stderr + &run.stdout));
            }
        }
    }
    assert_none(complaints);
    assert!(count > 3, "{count} tables of settings");
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

/// The lines of an output; what differs from run to run, or with the widest name of a column, is made the same.
fn lines(text: &str) -> Vec<String> {
    let line = |line: &str| match line.split_once(" in ") {
        Some((before, after)) if line.starts_with("checked ") => {
            let after = after.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
            format!("{before} in some{after}")
        }
        _ => with_single_spaces(line),
    };
    text.trim_end().lines().map(line).collect()
}

/// A line with one space where there are several, its indent apart.
fn with_single_spaces(line: &str) -> String {
    let indent = &line[..line.len() - line.trim_start().len()];
    indent.to_owned() + &line.split_whitespace().collect::<Vec<_>>().join(" ")
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
    fn tables_are_read_by_the_heads_of_their_columns() {
        let rows = tables("| a | b |\n|---|---:|\n| 1 | 2 |\n\ntext\n\n| c |\n| --- |\n| 3 |\n");
        assert_eq!(rows, [HashMap::from([("a", "1"), ("b", "2")]), HashMap::from([("c", "3")])]);
    }

    #[test]
    fn outputs_are_compared_line_by_line() {
        let fits = |expected: &str, printed: &str| fits(&lines(expected), &lines(printed));
        assert!(fits("a\nb\n", "a\nb\n") && !fits("a\n", "a\nb\n") && !fits("a\nb\n", "a\n"));
        assert!(fits("a\n...\nd\n", "a\nb\nc\nd\n") && fits("a\n...\n", "a\n") && !fits("...\nd\n", "a\n"));
        assert!(
            fits("it is [..] of many\n", "it is one of many\n") && !fits("[..] of many\n", "one of few\n")
        );
        assert!(fits("  a b  c\n", "  a   b c\n") && !fits("  a\n", " a\n"));
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
