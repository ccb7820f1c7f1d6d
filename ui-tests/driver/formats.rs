//! Each format against its schema, or the rules of those who read it; several at once, to files, and in CI.

use std::collections::HashSet;
use std::fs;

use serde_json::Value;

use super::{FINDING, Folder, ran};
use crate::root;

/// Findings of several shapes: with evidence in another file, odd text, a suggestion, one that is allowed, and a problem.
fn service() -> Folder {
    let allowed = FINDING.replace(
        "    tokio::spawn",
        "    // taskguard: allow(dropped_join_handle) -- only <metrics> & \"such\"\n    tokio::spawn",
    );
    let unused = "// taskguard: allow(select_ends_process) -- \u{1f980}, 100% :: odd\npub fn f() {}\n";
    let other = "pub async fn poll() -> std::io::Result<()> {\n    loop {\n        \
                 let job = tokio::fs::read(\"job\").await?;\n        drop(job);\n    }\n}\n";
    let far = "/* \u{1f980} */ pub fn start() { tokio::spawn(crate::other::poll()); tokio::spawn(crate::other::poll()); }\n";
    let folder = Folder::package(&[
        ("src/lib.rs", "mod allowed;\nmod far;\nmod gone;\nmod other;\nmod unused;\n"),
        ("src/allowed.rs", &allowed),
        ("src/far.rs", far),
        ("src/other.rs", other),
        ("src/unused.rs", unused),
        (".git/HEAD", ""),
    ]);
    folder.write(
        "clean/Cargo.toml",
        b"[package]\nname = \"clean\"\nversion = \"0.1.0\"\nedition = \"2021\"\n[workspace]\n",
    );
    folder.write("clean/src/lib.rs", b"");
    folder
}

const LEVELS: &[&str] = &["-D", "dropped_join_handle"];

fn output(folder: &Folder, format: &str) -> String {
    let run = folder.run(&[&["--output", format], LEVELS].concat());
    run.assert_code(2);
    run.stdout
}

/// The output where there is nothing to report.
fn output_of_clean(folder: &Folder, format: &str) -> String {
    let run = folder.run(&["--manifest-path", "clean/Cargo.toml", "--output", format]);
    run.assert_code(0);
    run.stdout
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

fn schema(path: &str) -> jsonschema::Validator {
    // One pattern of SARIF's schema has a bracket too many for a strict reader.
    let text = fs::read_to_string(root().join(path)).unwrap().replace("[a-zA-Z]{2}]?$", "[a-zA-Z]{2}?$");
    let schema = json(&text);
    jsonschema::validator_for(&schema).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[track_caller]
fn assert_valid(schema: &jsonschema::Validator, value: &Value) {
    let errors: Vec<_> =
        schema.iter_errors(value).map(|it| format!("{}: {it}", it.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:#?}\n{value:#}");
}

fn array<'a>(value: &'a Value, pointer: &str) -> &'a [Value] {
    let found = value.pointer(pointer).and_then(Value::as_array);
    found.unwrap_or_else(|| panic!("no array {pointer} in {value:#}"))
}

fn text<'a>(value: &'a Value, pointer: &str) -> &'a str {
    let found = value.pointer(pointer).and_then(Value::as_str);
    found.unwrap_or_else(|| panic!("no text {pointer} in {value:#}"))
}

#[test]
fn sarif_is_as_its_schema_says() {
    let folder = service();
    let schema = schema("ui-tests/driver/schemas/sarif-2.1.0.json");
    let log = json(&output(&folder, "sarif"));
    assert_valid(&schema, &log);
    assert_valid(&schema, &json(&output_of_clean(&folder, "sarif")));

    let run = &log["runs"][0];
    assert_eq!(run["invocations"][0]["executionSuccessful"], false);
    let notifications = array(run, "/invocations/0/toolExecutionNotifications");
    assert_eq!(
        text(&notifications[0], "/message/text").lines().next(),
        Some("the file of module `gone` is not there")
    );
    let results = array(run, "/results");
    assert_eq!(results.len(), 4, "{run:#}");
    for result in results {
        let rule = &run["tool"]["driver"]["rules"][result["ruleIndex"].as_u64().unwrap() as usize];
        assert_eq!(rule["id"], result["ruleId"]);
        assert!(rule["help"]["markdown"].as_str().unwrap().contains("## Example"));
        let place = &result["locations"][0]["physicalLocation"];
        assert!(!text(place, "/artifactLocation/uri").starts_with('/'));
        assert_eq!(place["artifactLocation"]["uriBaseId"], "%SRCROOT%");
    }
    let words: HashSet<&str> =
        results.iter().map(|it| text(it, "/partialFingerprints/taskguard~1v1")).collect();
    assert_eq!(words.len(), results.len(), "fingerprints are distinct");
}

#[test]
fn sarif_has_hashes_of_lines_where_they_are_asked_for() {
    let folder = Folder::package(&[("src/lib.rs", FINDING)]);
    let hash = |args: &[&str]| {
        let log = json(&folder.run(&[&["--output", "sarif"], args].concat()).stdout);
        log["runs"][0]["results"][0]["partialFingerprints"]["primaryLocationLineHash"].clone()
    };
    assert_eq!(hash(&[]), Value::Null, "GitHub's upload action makes its own, and warns of others");
    let before = hash(&["--sarif-line-hash"]);
    assert!(before.as_str().unwrap().ends_with(":1"), "{before}");
    // The line is known again wherever it has come to be.
    folder.write(
        "src/lib.rs",
        format!("// a line more\n\n{}", FINDING.replace("    tokio", "\ttokio")).as_bytes(),
    );
    assert_eq!(hash(&["--sarif-line-hash"]), before);
}

#[test]
fn sarif_shows_the_chain_of_evidence_and_what_is_allowed() {
    let folder = service();
    let log = json(&output(&folder, "sarif"));
    let results = array(&log, "/runs/0/results");
    let far = &results[0];
    assert_eq!(text(far, "/locations/0/physicalLocation/artifactLocation/uri"), "src/far.rs");
    assert_eq!(
        far["locations"][0]["physicalLocation"]["region"]["startColumn"], 26,
        "columns count characters"
    );
    assert_eq!(log["runs"][0]["columnKind"], "unicodeCodePoints");
    let steps = array(far, "/codeFlows/0/threadFlows/0/locations");
    let uri = "/location/physicalLocation/artifactLocation/uri";
    assert_eq!((text(&steps[0], uri), text(&steps[1], uri)), ("src/far.rs", "src/other.rs"));
    assert!(steps.iter().all(|step| !text(step, "/location/message/text").is_empty()));
    assert_eq!(array(far, "/relatedLocations").len(), steps.len() - 1);
    assert_eq!(array(far, "/suppressions").len(), 0);
    let allowed = results.iter().find(|result| !array(result, "/suppressions").is_empty()).unwrap();
    let suppression = &allowed["suppressions"][0];
    assert_eq!(
        (text(suppression, "/kind"), text(suppression, "/justification")),
        ("inSource", "only <metrics> & \"such\"")
    );
    let unused = results.iter().find(|result| result["ruleId"] == "taskguard::unused_suppression").unwrap();
    assert_eq!(array(unused, "/fixes/0/artifactChanges").len(), 1);

    // There it would be an open alert.
    let on_github = ran(folder.command().args(["--output", "sarif"]).env("GITHUB_ACTIONS", "true"));
    let log = json(&on_github.stdout);
    assert!(array(&log, "/runs/0/results").iter().all(|result| array(result, "/suppressions").is_empty()));
}

#[test]
fn json_lines_are_as_their_schema_says() {
    let folder = service();
    let schema = schema("docs/schemas/jsonl.schema.json");
    let lines: Vec<Value> = output(&folder, "jsonl").lines().map(json).collect();
    lines.iter().for_each(|line| assert_valid(&schema, line));
    let kinds: Vec<&str> = lines.iter().map(|line| text(line, "/type")).collect();
    assert_eq!(kinds, ["finding", "finding", "problem", "finding", "suppressed", "summary"]);
    assert_eq!(lines[4]["reason"], "only <metrics> & \"such\"");
    let last = lines.last().unwrap();
    assert_eq!((&last["errors"], &last["warnings"], &last["problems"]), (&2.into(), &1.into(), &1.into()));
    let broken = serde_json::json!({ "type": "summary", "version": 1 });
    assert!(!schema.is_valid(&broken), "the schema refuses what is wrong");
    let place = &lines[0]["place"];
    let start = place["start"]["offset"].as_u64().unwrap() as usize;
    assert!(folder.read("src/far.rs")[start..].starts_with("tokio::spawn"), "{place}");
}

#[test]
fn gitlab_issues_have_what_it_asks_for() {
    let folder = service();
    let issues = json(&output(&folder, "gitlab"));
    let issues = issues.as_array().unwrap();
    assert_eq!(issues.len(), 4);
    for issue in issues {
        for field in ["description", "check_name", "fingerprint"] {
            assert!(!text(issue, &format!("/{field}")).is_empty());
        }
        assert!(["info", "minor", "major", "critical", "blocker"].contains(&text(issue, "/severity")));
        assert!(text(issue, "/location/path").starts_with("src/"));
        assert!(issue["location"]["positions"]["begin"]["line"].as_u64() >= Some(1));
    }
    let words: HashSet<&str> = issues.iter().map(|issue| text(issue, "/fingerprint")).collect();
    assert_eq!(words.len(), issues.len(), "equal ones would become one issue");
    assert_eq!(json(&output_of_clean(&folder, "gitlab")), Value::Array(Vec::new()));
}

#[test]
fn annotations_are_single_lines_with_errors_first() {
    let folder = service();
    let output = output(&folder, "github");
    let lines: Vec<&str> = output.lines().collect();
    let [first, second, problem, unused] = &*lines else { panic!("{lines:#?}") };
    assert!(first.starts_with(
        "::error title=taskguard%3A%3Adropped_join_handle,file=src/far.rs,line=1,endLine=1,col=26,endColumn=38::"
    ));
    assert!(second.starts_with("::error ") && first.contains("%0Asrc/other.rs:"), "{first}");
    assert!(problem.starts_with("::error title=taskguard,file=src/lib.rs,line=3,"));
    assert!(
        unused.starts_with("::warning title=taskguard%3A%3Aunused_suppression,file=src/unused.rs,line=1,")
    );
    assert_eq!(output_of_clean(&folder, "github"), "");
}

#[test]
fn junit_is_read_by_its_reader() {
    let folder = service();
    let report = quick_junit::Report::deserialize_from_str(&output(&folder, "junit")).unwrap();
    assert_eq!((report.tests, report.failures, report.errors), (4, 3, 1));
    let files: Vec<&str> = report.test_suites.iter().map(|suite| suite.name.as_str()).collect();
    assert_eq!(files, ["src/far.rs", "src/lib.rs", "src/unused.rs"]);
    let case = &report.test_suites[0].test_cases[0];
    let quick_junit::TestCaseStatus::NonSuccess { kind, message, description, .. } = &case.status else {
        panic!("{case:#?}");
    };
    assert_eq!(*kind, quick_junit::NonSuccessKind::Failure);
    assert!(message.as_ref().unwrap().contains("error"), "{message:?}");
    assert!(description.as_ref().unwrap().contains("tokio::spawn(crate::other::poll())"), "{description:?}");
    let clean = quick_junit::Report::deserialize_from_str(&output_of_clean(&folder, "junit")).unwrap();
    assert_eq!((clean.tests, clean.failures, clean.errors), (1, 0, 0));
}

#[test]
fn checkstyle_is_xml_by_file() {
    let folder = service();
    let text = output(&folder, "checkstyle");
    let document = roxmltree::Document::parse(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
    let files: Vec<_> = document.root_element().children().filter(|node| node.is_element()).collect();
    assert_eq!(document.root_element().tag_name().name(), "checkstyle");
    assert_eq!(
        files.iter().map(|file| file.attribute("name").unwrap()).collect::<Vec<_>>(),
        ["src/far.rs", "src/lib.rs", "src/unused.rs"]
    );
    for error in files.iter().flat_map(|file| file.children()).filter(|node| node.is_element()) {
        assert!(error.attribute("line").unwrap().parse::<u32>().unwrap() >= 1);
        assert!(["error", "warning"].contains(&error.attribute("severity").unwrap()));
        assert!(!error.attribute("message").unwrap().is_empty() && error.attribute("source").is_some());
    }
    roxmltree::Document::parse(&output_of_clean(&folder, "checkstyle")).unwrap();
}

#[test]
fn rdjson_counts_bytes_and_carries_suggestions() {
    let folder = service();
    let result = json(&output(&folder, "rdjson"));
    let diagnostics = array(&result, "/diagnostics");
    assert_eq!(diagnostics.len(), 4);
    for diagnostic in diagnostics {
        let fields: HashSet<&str> = diagnostic.as_object().unwrap().keys().map(String::as_str).collect();
        // Those of reviewdog's `Diagnostic`.
        let known = [
            "message",
            "location",
            "severity",
            "source",
            "code",
            "suggestions",
            "original_output",
            "related_locations",
        ];
        assert!(fields.iter().all(|field| known.contains(field)), "{fields:?}");
        assert!(["ERROR", "WARNING", "INFO"].contains(&text(diagnostic, "/severity")));
        assert!(!text(diagnostic, "/location/path").is_empty());
    }
    let start = &diagnostics[0]["location"]["range"]["start"];
    assert_eq!((&start["line"], &start["column"]), (&1.into(), &29.into()), "the crab has four bytes");
    let suggestion = &diagnostics[3]["suggestions"][0];
    assert_eq!(suggestion["text"], "");
    assert_eq!(suggestion["range"]["start"]["line"], 1);
}

#[test]
fn agents_get_each_finding_with_its_evidence_and_no_help_twice() {
    let folder = service();
    let text = output(&folder, "agent");
    assert!(text.starts_with("src/far.rs:1:26 error dropped_join_handle: "), "{text}");
    assert!(text.contains("\n  src/other.rs:"), "{text}");
    assert!(text.contains("  help 1: ") && text.contains("  help 1, as above"), "{text}");
    assert!(text.contains("\n2 errors, 1 warnings, 1 problems in 5 files\n"), "{text}");
    assert!(!text.contains('┌') && !text.contains('\u{1b}'), "{text}");
}

#[test]
fn statistics_count_by_lint() {
    let folder = service();
    let run = folder.run(&["--statistics"]);
    assert_eq!(run.stdout, "2  dropped_join_handle\n1  unused_suppression\n");
    run.assert_stderr("3 warnings");
    folder.run(&["--statistics", "--output", "sarif"]).assert_code(2).assert_stderr("two outputs");
}

#[test]
fn several_outputs_in_one_run() {
    let folder = service();
    let outputs = ["sarif=a.sarif", "junit=b.xml", "gitlab=c.json", "human=d.txt", "short"];
    let args: Vec<&str> = outputs.iter().flat_map(|output| ["--output", output]).collect();
    let run = folder.run(&args);
    assert!(run.stdout.starts_with("src/far.rs:1:26: warning["), "{run:#?}");
    for (file, format) in [("a.sarif", "sarif"), ("c.json", "gitlab"), ("d.txt", "human")] {
        assert_eq!(folder.read(file), folder.run(&["--output", format]).stdout, "{file}");
    }
    assert!(folder.read("d.txt").contains('┌') && !folder.read("d.txt").contains('\u{1b}'));
    quick_junit::Report::deserialize_from_str(&folder.read("b.xml")).unwrap();
    assert_eq!(
        folder.names(""),
        [".git", "Cargo.toml", "a.sarif", "b.xml", "c.json", "clean", "d.txt", "src"]
    );
}

#[test]
fn an_output_that_cannot_be_written_is_told_and_the_others_are_there() {
    let folder = service();
    folder.write("a.sarif/in_the_way", b"");
    let run = folder.run(&[
        "src/far.rs",
        "--output",
        "sarif=a.sarif",
        "--output",
        "gitlab=no/such/b.json",
        "--output",
        "junit=c.xml",
    ]);
    run.assert_code(2).assert_stderr("cannot write `a.sarif`").assert_stderr("cannot write `no/such/b.json`");
    quick_junit::Report::deserialize_from_str(&folder.read("c.xml")).unwrap();
    assert_eq!(folder.names("a.sarif"), ["in_the_way"]);
    assert!(folder.names("").iter().all(|name| !name.ends_with(".new")), "nothing half is left");
}

#[test]
#[cfg(unix)]
fn an_output_may_be_a_device_or_a_link() {
    let folder = service();
    folder.write("there/real.json", b"old");
    std::os::unix::fs::symlink("there/real.json", folder.path("link.json")).unwrap();
    folder.run(&["src/far.rs", "--output", "gitlab=link.json", "--output", "sarif=/dev/null"]).assert_code(0);
    assert!(folder.path("link.json").is_symlink());
    assert_eq!(json(&folder.read("there/real.json")).as_array().unwrap().len(), 2);
    assert!(!fs::metadata("/dev/null").unwrap().is_file());
    let full = ran(folder
        .command()
        .stdout(fs::File::options().write(true).open("/dev/full").unwrap())
        .arg("src/far.rs"));
    full.assert_code(2).assert_stderr("cannot write the output");
}

#[test]
fn an_unknown_format_is_an_error_with_a_hint() {
    let folder = service();
    for option in ["--output", "--message-format"] {
        let run = folder.run(&[option, "sarfi"]);
        run.assert_code(2).assert_stderr("did you mean `sarif`?").assert_stderr("checkstyle");
    }
    folder.run(&["--output", "sarif="]).assert_code(2).assert_stderr("no file behind `=`");
    folder
        .run(&["--output", "sarif", "--output", "junit"])
        .assert_code(2)
        .assert_stderr("two outputs would go to stdout");
    folder.run(&["--output", "sarif=x", "--output", "junit=x"]).assert_code(2).assert_stderr("the file `x`");
}

#[test]
fn in_ci_the_format_is_chosen_and_said() {
    let folder = service();
    let run = |name: &str, args: &[&str]| ran(folder.command().env(name, "true").args(args));
    let github = run("GITHUB_ACTIONS", &[]);
    github
        .assert_stdout("::warning title=taskguard")
        .assert_stdout("┌─ src/far.rs")
        .assert_stderr("GITHUB_ACTIONS is set");
    let gitlab = run("GITLAB_CI", &[]);
    gitlab.assert_stderr("GITLAB_CI is set").assert_stderr("┌─ src/far.rs");
    assert_eq!(json(&gitlab.stdout).as_array().unwrap().len(), 4);
    for args in [&["--output", "short"], &["--message-format", "short"]] {
        let asked = run("GITHUB_ACTIONS", args);
        assert!(
            !asked.stdout.contains("::warning") && !asked.stderr.contains("GITHUB_ACTIONS"),
            "{asked:#?}"
        );
    }
    assert!(!run("GITHUB_ACTIONS", &["-q"]).stderr.contains("GITHUB_ACTIONS"));
}

#[test]
fn a_job_gets_a_table_behind_what_other_steps_said() {
    let folder = service();
    folder.write("summary.md", b"before\n");
    let run = |folder: &Folder, args: &[&str]| {
        ran(folder.command().env("GITHUB_STEP_SUMMARY", folder.path("summary.md")).args(args))
    };
    run(&folder, &["--output", "short"]);
    let summary = folder.read("summary.md");
    assert!(summary.starts_with("before\n### taskguard\n\nchecked 5 files"), "{summary}");
    let rows: Vec<&str> = summary.lines().filter(|line| line.starts_with("| `src/")).collect();
    assert_eq!(rows.len(), 4, "{summary}");
    assert!(rows[0].starts_with("| `src/far.rs:1` | [dropped_join_handle](https://"), "{summary}");
    assert!(rows.iter().all(|row| row.matches(" | ").count() == 2), "{summary}");
    run(&folder, &["--manifest-path", "clean/Cargo.toml"]);
    assert!(folder.read("summary.md").ends_with("no findings\n\n"));
    let unwritable =
        ran(folder.command().env("GITHUB_STEP_SUMMARY", folder.path("no/such")).arg("src/far.rs"));
    unwritable.assert_code(2).assert_stderr("cannot write the summary of the step");
}

#[test]
fn paths_in_ci_are_those_of_the_repository() {
    let folder = service();
    folder.write("clean/src/lib.rs", FINDING.as_bytes());
    let output = |format| folder.run(&["--manifest-path", "clean/Cargo.toml", "--output", format]).stdout;
    assert!(output("github").contains("file=clean/src/lib.rs"));
    assert_eq!(json(&output("gitlab"))[0]["location"]["path"], "clean/src/lib.rs");
    let lines = output("jsonl");
    assert_eq!(
        json(lines.lines().next().unwrap())["place"]["path"],
        "src/lib.rs",
        "relative to the workspace"
    );
}

#[test]
fn findings_may_be_told_without_failing() {
    let folder = Folder::package(&[("src/lib.rs", FINDING)]);
    folder.run(&["-D", "warnings", "--exit-zero"]).assert_code(0).assert_stdout("error[");
    folder.write("src/lib.rs", b"mod gone;");
    folder.run(&["--exit-zero"]).assert_code(2);
}
