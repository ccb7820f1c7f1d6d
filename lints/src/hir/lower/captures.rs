//! The variables that a format string names.

/// Where in the text of a string literal, quotes included, a format string names a variable.
pub(super) fn captured_names(literal: &str) -> Vec<std::ops::Range<usize>> {
    let mut names = Vec::new();
    let (Some(open), Some(close)) = (literal.find('"'), literal.rfind('"')) else { return names };
    let is_raw = literal[..open].contains('r');
    let bytes = literal.as_bytes();
    let mut at = open + 1;
    while at < close {
        match bytes[at] {
            b'\\' if !is_raw && bytes[at + 1..].starts_with(b"u{") => {
                at += literal[at..].find('}').map_or(2, |end| end + 1);
            }
            b'\\' if !is_raw => at += 2,
            b'{' if bytes[at + 1] == b'{' => at += 2,
            b'{' => {
                let Some(len) = literal[at..close].find('}') else { return names };
                placeholder(literal, at + 1..at + len, &mut names);
                at += len + 1;
            }
            _ => at += 1,
        }
    }
    names
}

/// What is between the braces: `name`, `name:?`, `:>width$.precision$`.
fn placeholder(literal: &str, range: std::ops::Range<usize>, names: &mut Vec<std::ops::Range<usize>>) {
    let inside = &literal[range.clone()];
    let (argument, spec) = inside.split_once(':').unwrap_or((inside, ""));
    let trimmed = argument.trim();
    if is_name(trimmed) {
        let start = range.start + argument.len() - argument.trim_start().len();
        names.push(start..start + trimmed.len());
    }
    let spec_start = range.end - spec.len();
    for (dollar, _) in spec.match_indices('$') {
        let before = &spec[..dollar];
        let word = before.rfind(|c: char| !is_name_char(c)).map_or(before, |at| {
            let next = before[at..].chars().next().map_or(1, char::len_utf8);
            &before[at + next..]
        });
        // The `0` of `{:0width$}` is a flag.
        let word = word.trim_start_matches('0');
        if is_name(word) {
            names.push(spec_start + dollar - word.len()..spec_start + dollar);
        }
    }
}

fn is_name(word: &str) -> bool {
    word.starts_with(|c: char| c.is_alphabetic() || c == '_') && word.chars().all(is_name_char)
}

fn is_name_char(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}
