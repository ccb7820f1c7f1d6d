//! What is in the folders of the disk, as far as a search for manifests and sources asks. Each folder is listed once.

use std::collections::HashMap;
use std::ffi::{OsStr, OsString};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use walkdir::WalkDir;

use crate::parallel;

#[derive(Default)]
pub struct Tree {
    /// By paths as they are written: to hash a path by its parts takes longer than all else here.
    listings: HashMap<OsString, Listed>,
}

type Listed = Result<Arc<Listing>, Arc<io::Error>>;

pub struct Listing {
    /// Folders, links, and files whose names end as those of sources do, by name.
    pub entries: Vec<Entry>,
    /// There is a `Cargo.toml`, or a link from there to a file.
    pub has_manifest: bool,
}

pub struct Entry {
    pub name: OsString,
    pub kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Folder,
    /// Wherever it leads.
    Link,
    File,
}

impl Tree {
    pub fn list(&mut self, folder: &Path) -> Listed {
        if let Some(known) = self.listings.get(folder.as_os_str()) {
            return known.clone();
        }
        let listed = listed(folder);
        self.listings.insert(folder.into(), listed.clone());
        listed
    }

    /// Lists a folder on all threads, with those in it that are asked for, and those in them: a listing is time spent in the
    /// system. Gives their paths, those around others first.
    pub fn list_below(&mut self, folder: PathBuf, inner: InnerOf<'_>) -> Vec<PathBuf> {
        let mut all = Vec::new();
        let mut layer = vec![folder];
        while !layer.is_empty() {
            let known = &self.listings;
            let found = parallel::map(&layer, |folder| {
                let listed = known.get(folder.as_os_str()).cloned().unwrap_or_else(|| listed(folder));
                let inner = listed.as_ref().map_or_else(|_| Vec::new(), |listing| inner(folder, listing));
                (listed, inner)
            });
            let mut next = Vec::new();
            for (folder, (listed, inner)) in layer.iter().zip(found) {
                self.listings.entry(folder.into()).or_insert(listed);
                next.extend(inner);
            }
            all.append(&mut layer);
            layer = next;
        }
        all
    }
}

/// Which of the folders in a folder to look into.
pub type InnerOf<'a> = &'a (dyn Fn(&Path, &Listing) -> Vec<PathBuf> + Sync);

fn listed(folder: &Path) -> Listed {
    Listing::of(folder).map(Arc::new).map_err(Arc::new)
}

impl Listing {
    pub fn folders(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(|entry| entry.kind == Kind::Folder)
    }

    fn of(folder: &Path) -> io::Result<Self> {
        let mut listing = Self { entries: Vec::new(), has_manifest: false };
        for entry in WalkDir::new(folder).min_depth(1).max_depth(1) {
            let entry = entry.map_err(|error| error.into_io_error().unwrap_or_else(unknown))?;
            let (name, file_type) = (entry.file_name(), entry.file_type());
            let kind = if file_type.is_dir() {
                Kind::Folder
            } else if file_type.is_symlink() {
                Kind::Link
            } else {
                Kind::File
            };
            if name == "Cargo.toml" {
                listing.has_manifest = kind == Kind::File || kind == Kind::Link && entry.path().is_file();
            }
            if kind != Kind::File || Path::new(name).extension() == Some(OsStr::new("rs")) {
                listing.entries.push(Entry { name: name.to_owned(), kind });
            }
        }
        // Most of what lies about is neither: only what is kept is sorted.
        listing.entries.sort_unstable_by(|a, b| a.name.cmp(&b.name));
        Ok(listing)
    }
}

/// Only a walk that follows links can fail otherwise.
fn unknown() -> io::Error {
    io::Error::other("it is a circle of links")
}
