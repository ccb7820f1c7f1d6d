//! What a user sees: the output of the binary, kept in `.stderr` files.

use std::path::Path;
use std::process::{Command, Output};

/// Runs the binary in a folder.
pub fn taskguard(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-taskguard"));
    command.current_dir(folder).arg("taskguard").args(args);
    command.output().unwrap_or_else(|error| panic!("taskguard does not start: {error}"))
}

/// Compares what a run printed with its snapshot, or writes the snapshot when `BLESS` is set (`cargo bless`). A run that
/// prints nothing has none. The complaint, if there is one, names the first line that differs.
pub fn compare(snapshot: &Path, output: &Output) -> Option<String> {
    let printed = [&output.stdout[..], &output.stderr[..]].concat();
    let printed = String::from_utf8_lossy(&printed).into_owned();
    if std::env::var_os("BLESS").is_some() {
        write(snapshot, &printed);
        return None;
    }
    let kept = std::fs::read_to_string(snapshot).unwrap_or_default();
    first_difference(&kept, &printed).map(|difference| {
        format!("{}: {difference}\n    (`cargo bless` writes it anew)", crate::shown(snapshot))
    })
}

fn write(snapshot: &Path, printed: &str) {
    let result = match printed {
        "" if !snapshot.exists() => Ok(()),
        "" => std::fs::remove_file(snapshot),
        _ => std::fs::write(snapshot, printed),
    };
    result.unwrap_or_else(|error| panic!("{}: {error}", snapshot.display()));
}

fn first_difference(kept: &str, printed: &str) -> Option<String> {
    if kept == printed {
        return None;
    }
    let mut kept = kept.split('\n');
    let mut printed = printed.split('\n');
    let mut line = 0;
    loop {
        line += 1;
        let (old, new) = (kept.next(), printed.next());
        if old != new {
            let text = |line: Option<&str>| line.unwrap_or("nothing").to_owned();
            return Some(format!("line {line}\n    kept:    {}\n    printed: {}", text(old), text(new)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_that_differs_is_told() {
        assert_eq!(first_difference("a\nb\n", "a\nb\n"), None);
        let changed = first_difference("a\nb\n", "a\nc\n").unwrap();
        assert!(
            changed.starts_with("line 2\n") && changed.contains("b") && changed.contains("c"),
            "{changed}"
        );
        let shorter = first_difference("a\nb", "a").unwrap();
        assert!(shorter.contains("printed: nothing"), "{shorter}");
    }
}
