//! Formats, and what holds for all of them.

use std::io::Read;
use std::process::Stdio;

use cargo_metadata::Message;

use super::{FINDING, Folder};

#[test]
fn json_lines_carry_the_ids_of_cargo_metadata() {
    let folder =
        Folder::package(&[("src/lib.rs", "mod gone;\n"), ("src/bin/tool.rs", "mod lost;\nfn main() {}\n")]);
    let run = folder.run(&["--message-format", "json"]);
    run.assert_code(2);
    let metadata = cargo_metadata::MetadataCommand::new()
        .manifest_path(folder.path("Cargo.toml"))
        .no_deps()
        .other_options(["--offline".to_owned()])
        .exec()
        .unwrap();
    let package = &metadata.packages[0];
    let messages = run.messages();
    let [Message::CompilerMessage(tool), Message::CompilerMessage(lib), Message::BuildFinished(end)] =
        &*messages
    else {
        panic!("{messages:#?}");
    };
    assert_eq!((&lib.package_id, &tool.package_id), (&package.id, &package.id));
    assert!(package.targets.contains(&lib.target) && lib.target.is_lib(), "{lib:#?}");
    assert!(package.targets.contains(&tool.target) && tool.target.name == "tool", "{tool:#?}");
    assert!(!end.success);
}

#[test]
fn a_usage_error_is_a_diagnostic_to_an_editor() {
    let folder = Folder::package(&[("src/lib.rs", "")]);
    let run = folder.run(&["--message-format", "json", "-D", "nonsense"]);
    run.assert_code(2);
    assert_eq!(run.problems(), ["Cargo.toml:1 unknown lint: `nonsense`"]);
}

#[test]
fn short_lines_have_place_level_and_code() {
    let folder = Folder::package(&[("src/lib.rs", FINDING), ("src/main.rs", "mod gone;\nfn main() {}\n")]);
    let run = folder.run(&["--message-format", "short"]);
    let lines: Vec<_> = run.stdout.lines().collect();
    let [finding, problem] = &*lines else { panic!("{run:#?}") };
    assert!(finding.starts_with("src/lib.rs:2:5: warning[taskguard::dropped_join_handle]: "), "{finding}");
    assert_eq!(*problem, "src/main.rs:1:5: error: the file of module `gone` is not there");
}

#[test]
fn the_same_output_on_any_number_of_threads() {
    let files: Vec<(String, String)> =
        (0..40).map(|i| (format!("src/m{i}.rs"), "\n".repeat(i % 3) + FINDING)).collect();
    let modules: String = (0..40).map(|i| format!("mod m{i};\nmod gone{i};\n")).collect();
    let folder = Folder::package(&[("src/lib.rs", &modules)]);
    for (path, text) in &files {
        folder.write(path, text.as_bytes());
    }
    let one = folder.run(&["--threads", "1", "--message-format", "json"]).stdout;
    assert!(one.lines().count() > 40);
    for threads in ["2", "8"] {
        assert_eq!(folder.run(&["--threads", threads, "--message-format", "json"]).stdout, one);
    }
}

#[test]
fn a_reader_that_leaves_early_ends_the_output_in_peace() {
    let modules: String = (0..5_000).map(|i| format!("mod gone{i};\n")).collect();
    let folder = Folder::package(&[("src/lib.rs", &modules)]);
    for format in ["human", "short", "json"] {
        let mut command = folder.command();
        command.args(["--message-format", format]).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut first = [0; 10];
        child.stdout.take().unwrap().read_exact(&mut first).unwrap();
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{output:?}");
        assert!(!String::from_utf8_lossy(&output.stderr).contains("panicked"), "{output:?}");
    }
}

/// A device that is always full is there on Linux only.
#[test]
#[cfg(target_os = "linux")]
fn an_output_that_cannot_be_printed_is_a_failure() {
    let folder = Folder::package(&[("src/lib.rs", "pub fn quiet() {}\n"), ("taskguard.toml", "")]);
    let verbs: [&[&str]; 7] = [
        &["--message-format", "sarif"],
        &["--list"],
        &["--explain", "dropped_join_handle"],
        &["--print-config"],
        &["config", "schema"],
        &["completions", "bash"],
        &["man"],
    ];
    for verb in verbs {
        let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
        let output = folder.command().args(verb).stdout(full).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{verb:?}: {output:?}");
        let told = String::from_utf8_lossy(&output.stderr).matches("cannot write the output").count();
        assert_eq!(told, 1, "{verb:?}: {output:?}");
    }
}
