//! `[lints.taskguard]` in a manifest: it looks right, and breaks the build.

use std::fs;
use std::ops::Range;
use std::path::Path;

use taskguard_lints::framework::{Applicability, Diagnostic, Edit, Level};
use taskguard_lints::source::{FileId, SourceFile, Span, TextRange};
use toml::de::{DeTable, DeValue};

use super::files::get_with_key;
use super::{Config, table};
use crate::workspace::Project;

/// The lint by which it is reported.
const LINT: &str = "taskguard_in_lints_table";

/// The findings in the manifests of a project, and the manifests that they are in, whose numbers begin with `first`.
pub fn findings(project: &Project, config: &Config, first: usize) -> (Vec<SourceFile>, Vec<Diagnostic>) {
    let mut sources = Vec::new();
    let mut findings = Vec::new();
    let mut folders: Vec<&Path> = project.workspaces.iter().map(|folder| folder.as_path()).collect();
    let packages = project.packages.iter().filter(|package| package.selected);
    folders.extend(packages.map(|package| package.folder()));
    folders.sort_unstable();
    folders.dedup();
    for folder in folders {
        let path = folder.join("Cargo.toml");
        let level = || config.levels(&config.rules(project, &path)).of_name(LINT);
        let Ok(text) = fs::read_to_string(&path) else { continue };
        let Some(level) = text.contains("taskguard").then(level).flatten() else { continue };
        let file = FileId((first + sources.len()) as u32);
        let found = in_manifest(&text, file, level);
        if level > Level::Allow && !found.is_empty() {
            findings.extend(found);
            sources.push(SourceFile::new(path, text));
        }
    }
    (sources, findings)
}

fn in_manifest(text: &str, file: FileId, level: Level) -> Vec<Diagnostic> {
    let Ok(manifest) = DeTable::parse(text) else { return Vec::new() };
    let places =
        [(&["lints", "taskguard"][..], "package"), (&["workspace", "lints", "taskguard"], "workspace")];
    let found = places.into_iter().filter_map(|(path, section)| {
        let (key, value) = get_with_key(manifest.get_ref(), path)?;
        let mut finding = Diagnostic {
            lint: LINT,
            level,
            span: Span::new(file, table::range(key.clone())),
            message: "this table is for lints of rustc, and breaks the build".to_owned(),
            label: Some("rustc is told of a tool `taskguard`, which it does not know".to_owned()),
            labels: Vec::new(),
            notes: Vec::new(),
            helps: Vec::new(),
            suggestions: Vec::new(),
        };
        let header = format!("[{section}.metadata.taskguard.lints]");
        match edit(text, key, value.get_ref(), path, &header) {
            Some(range) => {
                let edit = Edit { span: Span::new(file, range), replacement: header };
                let message = "write the levels where tools of cargo look for them";
                finding.suggest(message, vec![edit], Applicability::MachineApplicable);
            }
            None => {
                finding.help(format!("write the levels into `{header}`"));
            }
        }
        Some(finding)
    });
    found.collect()
}

/// The header to replace, where the table is one that we can read and has a header of its own.
fn edit(
    text: &str,
    key: Range<usize>,
    levels: &DeValue<'_>,
    path: &[&str],
    header: &str,
) -> Option<TextRange> {
    let start = text[..key.start].rfind('\n').map_or(0, |line_break| line_break + 1);
    let line = text[start..].lines().next()?;
    let written: String = line.chars().filter(|c| !c.is_whitespace()).collect();
    let is_header = written == format!("[{}]", path.join("."));
    // One that is there already would be there twice.
    let is_new = !text.contains(&header[..header.len() - 1]);
    let is_understood = table::are_levels(levels.as_table()?);
    (is_header && is_new && is_understood).then(|| TextRange::new(start, start + line.trim_end().len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The message, and the manifest after the fix if there is one.
    fn found(text: &str) -> Vec<(String, Option<String>)> {
        let fixed = |finding: &Diagnostic| {
            let edit = &finding.suggestions.first()?.edits[0];
            let mut text = text.to_owned();
            text.replace_range(edit.span.range.as_usize(), &edit.replacement);
            Some(text)
        };
        let findings = in_manifest(text, FileId(0), Level::Deny);
        findings.iter().map(|it| (text[it.span.range.as_usize()].to_owned(), fixed(it))).collect()
    }

    #[test]
    fn a_table_with_a_header_is_moved() {
        let text = "[package]\nname = \"a\"\n\n[lints.taskguard]\nall = \"warn\"\n\n[workspace.lints.taskguard] \r\nall = \"deny\"\n";
        let [package, workspace] = &*found(text) else { panic!("two tables") };
        assert_eq!(package.0, "taskguard");
        let moved = text.replace("[lints.taskguard]", "[package.metadata.taskguard.lints]");
        assert!(
            package
                .1
                .as_ref()
                .unwrap()
                .starts_with("[package]\nname = \"a\"\n\n[package.metadata.taskguard.lints]\nall"),
            "{moved}"
        );
        assert!(
            workspace
                .1
                .as_ref()
                .unwrap()
                .contains("\n[workspace.metadata.taskguard.lints] \r\nall = \"deny\"\n")
        );
    }

    #[test]
    fn what_cannot_be_moved_as_it_is_is_only_told() {
        for text in [
            "[lints]\ntaskguard = { all = \"warn\" }\n",
            "lints.taskguard.all = \"warn\"\n",
            "[lints.taskguard]\nall = { level = \"warn\", priority = 1 }\n",
            "[lints.taskguard]\nall = \"warn\"\n[package.metadata.taskguard.lints]\nall = \"deny\"\n",
        ] {
            let found = found(text);
            assert!(matches!(&*found, [(_, None)]), "{text}: {found:?}");
        }
    }

    #[test]
    fn other_tables_are_none() {
        assert_eq!(found("[lints.clippy]\ntaskguard = \"warn\"\n"), []);
        assert_eq!(found("[package.metadata.taskguard.lints]\nall = \"warn\"\n"), []);
        assert_eq!(found("[lints.taskguard\n"), []);
    }
}
