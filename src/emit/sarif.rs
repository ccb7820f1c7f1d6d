//! SARIF 2.1.0, within the limits of GitHub's code scanning.
//!
//! Findings that the code allows are results with `suppressions`. GitHub shows such results as open alerts all the same, so
//! in its Actions they are left out. What could not be checked is a notification of the run.

use std::io::{self, Write};
use std::path::Path;

use serde_json::{Value, json};
use taskguard_lints::framework::{Group, Level};
use taskguard_lints::source::Span;
use taskguard_lints::{LINTS, NamedLint};

use super::{Emission, Message, Severity, Spot, documentation};
use crate::check::Allowed;
use crate::explain;
use crate::uri;

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
/// The key of our fingerprints; the number is raised when they are made in another way.
const FINGERPRINT: &str = "taskguard/v1";
/// What paths are relative to: the root of the repository.
const ROOT: &str = "%SRCROOT%";

/// GitHub's limits. A file that is beyond them is refused as a whole.
const MOST_RESULTS: usize = 25_000;
const MOST_LOCATIONS: usize = 1_000;
const LONGEST_DESCRIPTION: usize = 1_024;

pub fn print(out: &mut dyn Write, emission: &Emission<'_>) -> io::Result<()> {
    let mut findings: Vec<(&Message, Option<Value>)> = emission.findings().map(|it| (it, None)).collect();
    if !emission.for_github {
        findings.extend(hidden(&emission.report.suppressed, "inSource"));
        findings.extend(hidden(&emission.report.known, "external"));
    }
    let mut notifications: Vec<Value> = emission
        .messages()
        .filter(|message| message.lint.is_none())
        .map(|it| notification(emission, it))
        .collect();
    if findings.len() > MOST_RESULTS {
        // Errors first; of equals the order stays.
        findings.sort_by_key(|(message, suppressions)| (suppressions.is_some(), message.severity));
        let text = format!("{} results are left out: more are not accepted", findings.len() - MOST_RESULTS);
        notifications.push(json!({ "level": "warning", "message": { "text": text } }));
        findings.truncate(MOST_RESULTS);
    }
    let results = findings.into_iter().map(|(message, hidden)| result(emission, message, hidden));
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "taskguard",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "informationUri": env!("CARGO_PKG_REPOSITORY"),
                "rules": LINTS.iter().map(rule).collect::<Vec<_>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": { ROOT: { "uri": uri::of_folder(&emission.sources.base) } },
            "automationDetails": { "id": "taskguard/" },
            "invocations": [{
                "executionSuccessful": emission.report.summary.problems == 0,
                "toolExecutionNotifications": notifications,
            }],
            "results": results.collect::<Vec<_>>(),
        }],
    });
    serde_json::to_writer_pretty(&mut *out, &log)?;
    writeln!(out)
}

fn rule(lint: &NamedLint) -> Value {
    let documentation_text = lint.documentation();
    let why = documentation_text.split_once("## Why is this bad?\n").map(|(_, after)| after);
    let why = why.and_then(|after| after.split("\n## ").next()).unwrap_or(lint.summary());
    let (level, severity) = match lint.lint.group.default_level() {
        Level::Deny | Level::Forbid => ("error", "error"),
        Level::Warn => ("warning", "warning"),
        Level::Allow => ("note", "recommendation"),
    };
    json!({
        "id": format!("taskguard::{}", lint.name),
        "name": lint.name,
        "shortDescription": { "text": shortened(lint.summary()) },
        "fullDescription": { "text": shortened(why.trim()) },
        "help": { "text": documentation_text, "markdown": documentation_text },
        "helpUri": documentation(lint.name),
        "defaultConfiguration": { "enabled": lint.lint.group.default_level() != Level::Allow, "level": level },
        "properties": {
            "tags": ["reliability", "async", lint.lint.group.name()],
            "precision": precision(lint),
            "problem.severity": severity,
        },
    })
}

/// How far a lint can be trusted: as readers found, or where they have read too little, as its group asks for.
fn precision(lint: &NamedLint) -> &'static str {
    match explain::readings(lint.name) {
        Some((read @ 10.., worth)) => match worth * 100 / read {
            97.. => "very-high",
            90.. => "high",
            50.. => "medium",
            _ => "low",
        },
        _ => match lint.lint.group {
            Group::Correctness => "very-high",
            Group::Suspicious => "high",
            Group::Pedantic | Group::Restriction => "medium",
            Group::Nursery => "low",
        },
    }
}

fn result(emission: &Emission<'_>, message: &Message, suppression: Option<Value>) -> Value {
    let index = LINTS.iter().position(|lint| Some(lint.name) == message.lint);
    let spot = emission.spot_or_root(message);
    let mut place = location(&spot);
    if let Some(item) = message.fingerprint.as_ref().map(|it| &it.item).filter(|item| !item.is_empty()) {
        place["logicalLocations"] = json!([{ "fullyQualifiedName": item }]);
    }
    let mut fingerprints = json!({ FINGERPRINT: emission.fingerprint(message) });
    if let Some(hash) = emission.line_hash(message) {
        fingerprints["primaryLocationLineHash"] = hash.into();
    }
    let mut value = json!({
        "ruleId": message.code(),
        "ruleIndex": index,
        "level": message.severity.name(),
        "message": { "text": emission.text(message) },
        "locations": [place],
        "partialFingerprints": fingerprints,
        "suppressions": suppression.iter().collect::<Vec<_>>(),
    });
    if emission.is_compared {
        let is_known = suppression.is_some_and(|it| it["kind"] == "external");
        value["baselineState"] = if is_known { "unchanged" } else { "new" }.into();
    }
    let evidence: Vec<Value> = message
        .labels
        .iter()
        .take(MOST_LOCATIONS - 1)
        .map(|label| told(emission, label.span, &label.message))
        .collect();
    if !evidence.is_empty() {
        let related = evidence.iter().enumerate().map(|(index, place)| {
            let mut place = place.clone();
            place["id"] = (index + 1).into();
            place
        });
        value["relatedLocations"] = related.collect();
        let mut here = location(&spot);
        here["message"] = json!({ "text": message.label.as_ref().unwrap_or(&message.text) });
        let steps = std::iter::once(here).chain(evidence).map(|place| json!({ "location": place }));
        value["codeFlows"] = json!([{ "threadFlows": [{ "locations": steps.collect::<Vec<_>>() }] }]);
    }
    let fixes: Vec<Value> = message.suggestions.iter().map(|suggestion| fix(emission, suggestion)).collect();
    if !fixes.is_empty() {
        value["fixes"] = fixes.into();
    }
    value
}

fn hidden<'a>(allowed: &'a [Allowed], kind: &str) -> Vec<(&'a Message, Option<Value>)> {
    allowed.iter().map(|it| (&it.message, Some(suppression(it, kind)))).collect()
}

fn suppression(allowed: &Allowed, kind: &str) -> Value {
    let mut value = json!({ "kind": kind, "status": "accepted" });
    if let Some(reason) = &allowed.reason {
        value["justification"] = reason.as_str().into();
    }
    value
}

fn fix(emission: &Emission<'_>, suggestion: &taskguard_lints::framework::Suggestion) -> Value {
    let changes = suggestion.edits.iter().map(|edit| {
        let spot = emission.spot_of(edit.span);
        let replacement =
            json!({ "deletedRegion": region(&spot), "insertedContent": { "text": edit.replacement } });
        json!({ "artifactLocation": artifact(&spot), "replacements": [replacement] })
    });
    json!({ "description": { "text": suggestion.message }, "artifactChanges": changes.collect::<Vec<_>>() })
}

fn notification(emission: &Emission<'_>, message: &Message) -> Value {
    let level = match message.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let mut value = json!({ "level": level, "message": { "text": emission.text(message) } });
    if let Some(spot) = emission.spot(message) {
        value["locations"] = json!([location(&spot)]);
    }
    value
}

fn told(emission: &Emission<'_>, span: Span, text: &str) -> Value {
    let mut place = location(&emission.spot_of(span));
    place["message"] = json!({ "text": text });
    place
}

fn location(spot: &Spot) -> Value {
    json!({ "physicalLocation": { "artifactLocation": artifact(spot), "region": region(spot) } })
}

fn artifact(spot: &Spot) -> Value {
    if Path::new(&spot.path).is_absolute() {
        return json!({ "uri": uri::of_file(Path::new(&spot.path)) });
    }
    json!({ "uri": uri::encoded(&spot.path), "uriBaseId": ROOT })
}

fn region(spot: &Spot) -> Value {
    json!({
        "startLine": spot.start.line,
        "startColumn": spot.start.column,
        "endLine": spot.end.line,
        "endColumn": spot.end.column,
    })
}

fn shortened(text: &str) -> String {
    if text.chars().count() <= LONGEST_DESCRIPTION {
        return text.to_owned();
    }
    text.chars().take(LONGEST_DESCRIPTION - 1).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explain::{READINGS, readings};

    #[test]
    fn precision_is_what_readers_found() {
        for line in READINGS.lines().filter(|line| !line.starts_with('#')) {
            let lint = line.split('\t').next().and_then(|name| LINTS.iter().find(|lint| lint.name == name));
            let lint = lint.unwrap_or_else(|| panic!("{line}"));
            let (read, worth) = readings(lint.name).unwrap();
            assert!(worth <= read, "{line}");
            let is_trusted = ["high", "very-high"].contains(&precision(lint));
            assert!(read < 10 || is_trusted == (worth * 10 >= read * 9), "{line}: {}", precision(lint));
        }
        assert_eq!(readings("lint"), None);
    }

    #[test]
    fn every_rule_is_within_the_limits_of_github() {
        for lint in LINTS {
            let rule = rule(lint);
            for text in ["shortDescription", "fullDescription"] {
                let length = rule[text]["text"].as_str().unwrap().chars().count();
                assert!((1..=LONGEST_DESCRIPTION).contains(&length), "{}: {text}", lint.name);
            }
            assert!(!rule["help"]["markdown"].as_str().unwrap().is_empty());
            assert!(rule["properties"]["tags"].as_array().unwrap().len() <= 10);
        }
        assert_eq!(shortened(&"é".repeat(2_000)).chars().count(), LONGEST_DESCRIPTION);
    }
}
