//! Writing files so that nobody ever finds half of one.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::emit::Message;

/// Writes a file as a whole: beside it first, then in its place. A device or a pipe is written to as it is.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), Box<Message>> {
    // A link is kept, and what it leads to replaced.
    let real = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let written = match real.metadata() {
        Ok(metadata) if !metadata.is_file() => write_into(&real, bytes),
        _ => write_beside(&real, bytes),
    };
    written.map_err(|error| {
        let text = format!("cannot write `{}`: {error}", path.display());
        Box::new(Message::failure(text).help("what was there before is still there"))
    })
}

fn write_into(path: &Path, bytes: &[u8]) -> io::Result<()> {
    OpenOptions::new().write(true).open(path)?.write_all(bytes)
}

fn write_beside(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let new = beside(path)?;
    let written = File::create_new(&new).and_then(|mut file| {
        file.write_all(bytes)?;
        if let Ok(metadata) = path.metadata() {
            file.set_permissions(metadata.permissions())?;
        }
        fs::rename(&new, path)
    });
    if written.is_err() {
        // It may never have been there.
        let _ = fs::remove_file(&new);
    }
    written
}

/// A name in the same folder, so that a rename is enough. Two runs at once have two names.
fn beside(path: &Path) -> io::Result<PathBuf> {
    let name =
        path.file_name().ok_or_else(|| io::Error::new(io::ErrorKind::IsADirectory, "it is a folder"))?;
    Ok(path.with_file_name(format!(".{}.{}.new", name.to_string_lossy(), std::process::id())))
}
