//! Patterns for names and paths: `*` and `?`, and `**` for any number of folders.

use std::path::{Component, Path};

/// Whether a name fits a pattern with `*` and `?`.
pub fn is_like(pattern: &str, name: &str) -> bool {
    let (pattern, name): (Vec<char>, Vec<char>) = (pattern.chars().collect(), name.chars().collect());
    fits(&pattern, &name, |part| *part == '*', |part, found| *part == '?' || part == found)
}

/// Whether a pattern fits a path or a folder around it. Both are relative to the same folder.
pub fn covers(pattern: &str, path: &Path) -> bool {
    let mut parts: Vec<&str> = pattern.split('/').filter(|part| !part.is_empty() && *part != ".").collect();
    // What fits a folder fits what is in it.
    parts.push("**");
    let components = path.components().filter(|component| *component != Component::CurDir);
    let names: Vec<_> = components.map(|component| component.as_os_str().to_string_lossy()).collect();
    fits(&parts, &names, |part| *part == "**", |part, name| is_like(part, name))
}

/// Whether a sequence fits a pattern in which some parts stand for any number of items. Only the last of these is ever
/// tried again, so that the work is at most the product of the lengths.
fn fits<P, I>(
    pattern: &[P],
    items: &[I],
    is_any: impl Fn(&P) -> bool,
    is_one: impl Fn(&P, &I) -> bool,
) -> bool {
    let (mut at, mut item) = (0, 0);
    let mut retry: Option<(usize, usize)> = None;
    while item < items.len() {
        match pattern.get(at) {
            Some(part) if is_any(part) => {
                retry = Some((at, item));
                at += 1;
            }
            Some(part) if is_one(part, &items[item]) => {
                at += 1;
                item += 1;
            }
            Some(_) | None => {
                let Some((any, taken)) = retry else { return false };
                retry = Some((any, taken + 1));
                at = any + 1;
                item = taken + 1;
            }
        }
    }
    pattern[at..].iter().all(is_any)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fit_patterns_as_cargo_matches_them() {
        for (pattern, name, fits) in [
            ("svc-*", "svc-api", true),
            ("svc-*", "svc-", true),
            ("svc-*", "my-svc-api", false),
            ("*-api", "svc-api", true),
            ("*-api", "a-api-api", true),
            ("s*c-?pi", "svc-api", true),
            ("api", "api2", false),
            ("?", "", false),
            ("*", "", true),
            ("", "", true),
            ("", "a", false),
        ] {
            assert_eq!(is_like(pattern, name), fits, "{pattern} {name}");
        }
    }

    #[test]
    fn a_pattern_with_many_stars_is_answered_at_once() {
        assert!(!is_like(&"*a".repeat(5_000), &("a".repeat(4_999) + "b")));
    }

    #[test]
    fn paths_are_covered_by_patterns_for_them_and_for_folders_around_them() {
        for (pattern, path, covered) in [
            ("crates/api", "crates/api/src/main.rs", true),
            ("crates/api/", "crates/api/src/main.rs", true),
            ("./crates/*", "crates/api/src/main.rs", true),
            ("crates/*/src", "crates/api/tests/a.rs", false),
            ("crates/ap", "crates/api/src/main.rs", false),
            ("**/main.rs", "crates/api/src/main.rs", true),
            ("**/main.rs", "main.rs", true),
            ("**/src/**/gen/*.rs", "a/src/b/c/gen/d.rs", true),
            ("**/src/**/gen/*.rs", "a/src/b/c/d.rs", false),
            ("*.rs", "src/main.rs", false),
            ("src/main.rs", "src/main.rs", true),
        ] {
            assert_eq!(covers(pattern, Path::new(path)), covered, "{pattern} {path}");
        }
    }
}
