//! Paths as URIs, and back.

use std::path::{Path, PathBuf};

/// A folder, with the slash by which what is below is found.
pub fn of_folder(folder: &Path) -> String {
    let uri = of_file(folder);
    if uri.ends_with('/') { uri } else { uri + "/" }
}

/// A file at an absolute path.
pub fn of_file(path: &Path) -> String {
    let path = path.to_string_lossy();
    let path = if cfg!(windows) { path.replace('\\', "/") } else { path.into_owned() };
    let slash = if path.starts_with('/') { "" } else { "/" };
    format!("file://{slash}{}", encoded(&path))
}

/// A path as it stands in a URI.
pub fn encoded(path: &str) -> String {
    encoded_but(path, "")
}

/// As `encoded`, with some more characters that stand for themselves.
pub fn encoded_but(path: &str, plain: &str) -> String {
    let mut uri = String::new();
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) || plain.as_bytes().contains(&byte) {
            uri.push(char::from(byte));
        } else {
            uri.push_str(&format!("%{byte:02X}"));
        }
    }
    uri
}

/// The path that a URI stands for. None for what is no file of this machine.
pub fn path(uri: &str) -> Option<PathBuf> {
    let (scheme, rest) = uri.split_once("://")?;
    if !scheme.eq_ignore_ascii_case("file") {
        return None;
    }
    let path = rest.strip_prefix("localhost").unwrap_or(rest);
    let path = decoded(path).filter(|path| path.starts_with('/'))?;
    // `/c:/work` is the path of a disk.
    let is_disk = cfg!(windows)
        && path[1..].starts_with(|c: char| c.is_ascii_alphabetic())
        && path[2..].starts_with(':');
    Some(PathBuf::from(if is_disk { &path[1..] } else { &path }))
}

fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        if *first != b'%' {
            bytes.push(*first);
            rest = after;
            continue;
        }
        let digit = |at: usize| char::from(*after.get(at)?).to_digit(16);
        bytes.push((digit(0)? * 16 + digit(1)?) as u8);
        rest = &after[2..];
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_uris_and_uris_paths() {
        assert_eq!(of_folder(Path::new("/w/my project")), "file:///w/my%20project/");
        assert_eq!(of_folder(Path::new("/")), "file:///");
        assert_eq!(encoded("src/é:%.rs"), "src/%C3%A9%3A%25.rs");
        let odd = Path::new("/w/é:%2F #?.rs");
        assert_eq!(path(&of_file(odd)).as_deref(), Some(odd));
        assert_eq!(path("FILE://localhost/w/a.rs"), Some(PathBuf::from("/w/a.rs")));
    }

    #[test]
    fn what_is_no_file_here_has_no_path() {
        for uri in [
            "untitled:Untitled-1",
            "https://a/b",
            "file://server/share",
            "file:///%ff",
            "file:///%4",
            "file:///%+1",
        ] {
            assert_eq!(path(uri), None, "{uri}");
        }
    }
}
