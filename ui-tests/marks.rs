//! Marks: what a file says should be found in it, and the comparison with what was.

/// A lint at a line, counted from 1: of a finding, the line where its primary span begins.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Found {
    /// As messages show it.
    pub file: String,
    pub line: usize,
    pub lint: String,
}

/// The marks of a file: `//~ lint [lint ..]` for its own line, `//~^ lint` for the line above, `//~^^` for two above.
pub fn marks(file: &str, text: &str) -> Vec<Found> {
    let mut marks = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let Some((_, mark)) = line.split_once("//~") else { continue };
        let lints = mark.trim_start_matches('^');
        let above = mark.len() - lints.len();
        let line = (index + 1).checked_sub(above).filter(|&line| line > 0);
        let line = line.unwrap_or_else(|| panic!("{file}:{}: the mark points above the file", index + 1));
        assert!(!lints.trim().is_empty(), "{file}:{}: the mark names no lint", index + 1);
        let lints = lints.split_whitespace();
        marks.extend(lints.map(|lint| Found { file: file.to_owned(), line, lint: lint.to_owned() }));
    }
    marks
}

/// One line for each finding that no mark names and each mark that no finding answers. Two findings of one lint on one
/// line need two marks.
pub fn differences(mut marked: Vec<Found>, mut found: Vec<Found>) -> Vec<String> {
    marked.sort();
    found.sort();
    let missing = without(&marked, &found).map(|it| (it, "missing"));
    let unexpected = without(&found, &marked).map(|it| (it, "unexpected"));
    let mut lines: Vec<_> = missing.chain(unexpected).collect();
    lines.sort();
    lines.into_iter().map(|(it, what)| format!("{}:{}: {what}: {}", it.file, it.line, it.lint)).collect()
}

/// What is in the first list more often than in the second; both are sorted.
pub fn without<'a>(these: &'a [Found], others: &[Found]) -> impl Iterator<Item = &'a Found> {
    let mut others = others.iter().peekable();
    these.iter().filter(move |&it| {
        while others.next_if(|&other| other < it).is_some() {}
        others.next_if(|&other| other == it).is_none()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(line: usize, lint: &str) -> Found {
        Found { file: "a.rs".into(), line, lint: lint.into() }
    }

    #[test]
    fn marks_name_their_own_line_or_one_above() {
        let text = "one(); //~ a\ntwo(\n    3,\n);\n//~^^^ b c\n// ~ d\n";
        assert_eq!(marks("a.rs", text), [at(1, "a"), at(2, "b"), at(2, "c")]);
    }

    #[test]
    #[should_panic = "a.rs:1: the mark points above the file"]
    fn a_mark_above_the_file_is_a_mistake() {
        marks("a.rs", "//~^ a");
    }

    #[test]
    #[should_panic = "a.rs:2: the mark names no lint"]
    fn a_mark_without_a_lint_is_a_mistake() {
        marks("a.rs", "\n//~^ ");
    }

    #[test]
    fn differences_count_and_come_in_order_of_lines() {
        let marked = vec![at(9, "b"), at(4, "a"), at(4, "a")];
        let found = vec![at(4, "a"), at(2, "c"), at(9, "b"), at(9, "b")];
        let expected = ["a.rs:2: unexpected: c", "a.rs:4: missing: a", "a.rs:9: unexpected: b"];
        assert_eq!(differences(marked, found), expected);
    }

    #[test]
    fn equal_lists_have_no_differences() {
        assert!(differences(vec![at(4, "b"), at(4, "a")], vec![at(4, "a"), at(4, "b")]).is_empty());
    }
}
