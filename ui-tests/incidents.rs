//! Incidents: small services as they were when they failed, and after the repair. The binary runs on them as a user would
//! run it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde_json::Value;
use taskguard_lints::LINTS;

use crate::cases::BROAD;
use crate::marks::{Found, differences, marks, without};
use crate::snapshot::{compare, taskguard};
use crate::{assert_none, entries, read, root, rust_files, shown};

/// All lints but those that speak of every spawn. Loops that nothing can stop are part of the stories.
fn all_levels() -> Vec<&'static str> {
    let broad = BROAD.iter().filter(|&&lint| lint != "uncancellable_loop");
    ["-W", "all"].into_iter().chain(broad.flat_map(|lint| ["-A", lint])).collect()
}

/// The folder of each service, before and after.
fn services() -> Vec<PathBuf> {
    let incidents = entries(&root().join("ui-tests/incidents")).into_iter().filter(|path| path.is_dir());
    incidents.flat_map(|incident| ["before", "after"].map(|state| incident.join(state))).collect()
}

#[test]
fn findings_are_where_the_marks_are() {
    let mut complaints = Vec::new();
    for service in services() {
        let marked = rust_files(&service).iter().flat_map(|path| marks(&shown(path), &read(path))).collect();
        complaints.extend(differences(marked, findings(&service, &all_levels())));
    }
    assert_none(complaints);
}

#[test]
fn what_is_found_at_default_levels_is_found_at_all_levels() {
    let mut complaints = Vec::new();
    for service in services() {
        let all = findings(&service, &all_levels());
        let by_default = findings(&service, &[]);
        let more = without(&by_default, &all);
        complaints.extend(more.map(|it| format!("{}:{}: only by default: {}", it.file, it.line, it.lint)));
    }
    assert_none(complaints);
}

#[test]
fn snapshots_of_incidents_are_what_users_see() {
    let complaints = services().into_iter().filter_map(|service| {
        let output = taskguard(&service, &["--color", "never", "--quiet"]);
        compare(&service.with_extension("stderr"), &output)
    });
    assert_none(complaints.collect());
}

/// An incident tells its story, and what was wrong is found without asking.
#[test]
fn each_incident_has_a_report_and_is_found_by_default() {
    let mut complaints = Vec::new();
    for incident in entries(&root().join("ui-tests/incidents")).iter().filter(|path| path.is_dir()) {
        if !incident.join("README.md").is_file() {
            complaints.push(format!("{}: no README.md", shown(incident)));
        }
        if findings(&incident.join("before"), &[]).is_empty() {
            complaints.push(format!("{}: nothing is found before the repair", shown(incident)));
        }
    }
    assert_none(complaints);
}

/// What a report says is found is what is found.
#[test]
fn each_report_names_the_lints_that_find_something() {
    let mut complaints = Vec::new();
    for incident in entries(&root().join("ui-tests/incidents")).iter().filter(|path| path.is_dir()) {
        let report = read(&incident.join("README.md"));
        let code = rust_files(&incident.join("before"));
        let marked: BTreeSet<String> =
            code.iter().flat_map(|path| marks(&shown(path), &read(path))).map(|mark| mark.lint).collect();
        for lint in LINTS {
            let is_named = report.contains(&format!("`{}`", lint.name));
            if is_named != marked.contains(lint.name) {
                complaints.push(format!("{}: {} is named or found, not both", shown(incident), lint.name));
            }
        }
    }
    assert_none(complaints);
}

/// What the binary reports of a service as cargo's JSON, sorted.
fn findings(service: &Path, levels: &[&str]) -> Vec<Found> {
    let output = taskguard(service, &[&["--message-format", "json"], levels].concat());
    let failed = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(0), "{}: {failed}", shown(service));
    let printed = String::from_utf8(output.stdout).expect("JSON is UTF-8");
    let mut findings: Vec<_> = printed.lines().filter_map(|line| finding(service, line)).collect();
    findings.sort();
    findings
}

/// The finding of one line of JSON; None for lines about something else.
fn finding(service: &Path, line: &str) -> Option<Found> {
    let json: Value = serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
    let message = (json["reason"] == "compiler-message").then(|| &json["message"])?;
    let lint = message["code"]["code"].as_str()?.strip_prefix("taskguard::")?;
    let primary = message["spans"].as_array()?.iter().find(|span| span["is_primary"] == true)?;
    let file = shown(&service.join(primary["file_name"].as_str()?));
    Some(Found { file, line: primary["line_start"].as_u64()? as usize, lint: lint.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_is_read_from_the_primary_span_of_a_line() {
        let line = r#"{"reason":"compiler-message","message":{"code":{"code":"taskguard::a"},"spans":[
            {"is_primary":false,"file_name":"src/b.rs","line_start":3},
            {"is_primary":true,"file_name":"src/a.rs","line_start":7}]}}"#;
        let found = finding(Path::new("before"), line).unwrap();
        assert_eq!(found, Found { file: "before/src/a.rs".into(), line: 7, lint: "a".into() });
        assert_eq!(finding(Path::new("before"), r#"{"reason":"build-finished","success":true}"#), None);
    }
}
