//! Where the file of a module may be.

use std::path::{Component, MAIN_SEPARATOR, Path, PathBuf};

use crate::hir::{Item, Name};

/// Where the files of the child modules of a module are looked for.
#[derive(Clone)]
pub struct Place {
    /// The folder of the file that holds the module.
    folder: PathBuf,
    /// What is added to the folder for children: `a/b` in `a.rs` with an inline `mod b`. Empty for `main.rs`, `mod.rs` and roots.
    below: PathBuf,
}

impl Place {
    /// For the children of a crate root, of `mod.rs`, and of a file named by `#[path]`.
    pub fn of_root(file: &Path) -> Self {
        Place { folder: folder_of(file), below: PathBuf::new() }
    }

    /// For the children of a module in a file of its own.
    pub fn of_module(file: &Path) -> Self {
        let is_mod_rs = file.file_name().is_some_and(|name| name == "mod.rs");
        let below =
            if is_mod_rs { PathBuf::new() } else { file.file_stem().map(PathBuf::from).unwrap_or_default() };
        Place { folder: folder_of(file), below }
    }

    /// For the children of an inline module.
    pub fn inline(&self, module: &Item) -> Self {
        let name = match &module.attrs.path {
            Some(path) => path.clone(),
            None => plain(module.name),
        };
        Place { folder: self.folder.clone(), below: self.below.join(name) }
    }

    /// The files of `mod name;`: one for each configuration that an attribute tells of, and the one without them.
    pub fn choices(&self, module: &Item) -> Vec<Choice> {
        let folder = self.folder.join(&self.below);
        let choice = |candidates: [PathBuf; 2], is_named| Choice {
            candidates: candidates.iter().map(|path| normalize(path)).collect(),
            is_named,
        };
        // Relative to the folder of the file at its top level, to the inline module's folder below that.
        let named = module.attrs.path.iter().chain(&module.attrs.cfg_paths);
        let named = named.map(|path| choice([self.folder.join(path), folder.join(path)], true));
        let name = plain(module.name);
        let own = || choice([folder.join(format!("{name}.rs")), folder.join(&name).join("mod.rs")], false);
        named.chain(module.attrs.path.is_none().then(own)).collect()
    }
}

/// One of the files that a module may have.
pub struct Choice {
    /// Where it may be, best first.
    pub candidates: Vec<PathBuf>,
    pub is_named: bool,
}

/// A module's name as its file has it: `r#type` lives in `type.rs`.
fn plain(name: Name) -> String {
    name.as_str().trim_start_matches("r#").to_owned()
}

fn folder_of(file: &Path) -> PathBuf {
    file.parent().map(Path::to_path_buf).unwrap_or_default()
}

/// A path without `.` and, where the text allows it, without `..`.
pub fn normalize(path: &Path) -> PathBuf {
    if is_plainly_normal(path) {
        return path.to_owned();
    }
    let mut normal = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if matches!(normal.components().next_back(), Some(Component::Normal(_))) => {
                _ = normal.pop()
            }
            _ => normal.push(part),
        }
    }
    normal
}

/// Whether the text of a path shows that it is absolute and normal: to take one apart and put it together takes long.
fn is_plainly_normal(path: &Path) -> bool {
    let text = path.as_os_str().as_encoded_bytes();
    let is_detour = |two: &[u8]| matches!(two, b"/." | b"//");
    MAIN_SEPARATOR == '/'
        && text.starts_with(b"/")
        && !text.ends_with(b"/")
        && !text.windows(2).any(is_detour)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_made_normal() {
        for (path, normal) in [
            ("/w/src/a.rs", "/w/src/a.rs"),
            ("/w/src/.hidden/a..b.rs", "/w/src/.hidden/a..b.rs"),
            ("/w/src/./a.rs", "/w/src/a.rs"),
            ("/w//src/a/", "/w/src/a"),
            ("/w/src/a/../../b.rs", "/w/b.rs"),
            ("../src/a.rs", "../src/a.rs"),
            ("./src/a.rs", "src/a.rs"),
        ] {
            assert_eq!(normalize(Path::new(path)).as_os_str(), normal, "{path}");
        }
    }
}
