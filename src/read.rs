//! Files, from the disk or from where else their texts are, read and parsed on all threads.

use std::collections::HashMap;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use taskguard_lints::ParsedFile;
use taskguard_lints::source::SourceFile;

use crate::emit::Message;
use crate::parallel::{self, guarded, internal_error};

/// How paths are made into files, and those that have been.
pub struct Reading<'a> {
    parsed: Parsed,
    text: TextOf<'a>,
    read: fn(SourceFile) -> ParsedFile,
    /// What was read before it was asked for. By paths as they are written: to hash a path by its parts takes long.
    ahead: Mutex<HashMap<OsString, Outcome>>,
}

/// The text of a file, or why there is none.
type TextOf<'a> = &'a (dyn Fn(&Path) -> Result<String, String> + Sync);

type Outcome = Result<ParsedFile, Box<Message>>;

/// What became of some files: those that could be parsed, and why the others could not be read.
#[derive(Default)]
pub struct ReadFiles {
    pub parsed: Vec<ParsedFile>,
    pub unread: Vec<(PathBuf, Message)>,
}

impl<'a> Reading<'a> {
    /// Reads these texts, but not those that were parsed before; with `no_skip` all functions in them.
    pub fn new(parsed: Parsed, text: TextOf<'a>, no_skip: bool) -> Self {
        let read = if no_skip { taskguard_lints::read_without_skipping } else { taskguard_lints::read };
        Self { parsed, text, read, ahead: Mutex::default() }
    }

    /// Lets some work tell of files that will most likely be asked for. They are read beside it.
    pub fn ahead_of<T>(&self, work: impl FnOnce(&dyn Fn(Vec<PathBuf>)) -> T) -> T {
        let read = |path: PathBuf| {
            let outcome = self.file(&path);
            let mut ahead = self.ahead.lock().unwrap_or_else(PoisonError::into_inner);
            ahead.insert(path.into_os_string(), outcome);
        };
        parallel::with_jobs(read, |hand_out| {
            work(&|paths| big_ones_first(paths).into_iter().for_each(hand_out))
        })
    }

    /// Reads and parses files. What comes of them is in the order given.
    pub fn files(&self, paths: &[PathBuf]) -> ReadFiles {
        let mut outcomes = {
            let mut ahead = self.ahead.lock().unwrap_or_else(PoisonError::into_inner);
            std::mem::take(&mut *ahead)
        };
        let unread = paths.iter().filter(|path| !outcomes.contains_key(path.as_os_str()));
        let unread = big_ones_first(unread.cloned().collect());
        let read = parallel::map(&unread, |path| self.file(path));
        outcomes.extend(unread.into_iter().map(PathBuf::into_os_string).zip(read));
        let mut files = ReadFiles::default();
        for path in paths {
            match outcomes.remove(path.as_os_str()) {
                Some(Ok(parsed)) => files.parsed.push(parsed),
                Some(Err(message)) => files.unread.push((path.clone(), *message)),
                None => {}
            }
        }
        files
    }

    fn file(&self, path: &Path) -> Outcome {
        let text = (self.text)(path)
            .map_err(|why| Message::problem(path, format!("this file cannot be read: {why}")))?;
        if let Some(file) = self.parsed.take(&text) {
            return Ok(ParsedFile { source: SourceFile::new(path, text), ..file });
        }
        let source = SourceFile::new(path, text);
        guarded(|| (self.read)(source))
            .map_err(|panic| Box::new(internal_error(|text| Message::problem(path, text), &panic)))
    }
}

/// A big file that is begun last would keep one thread busy when all others are done.
fn big_ones_first(paths: Vec<PathBuf>) -> Vec<PathBuf> {
    let sizes = parallel::map(&paths, |path| path.metadata().map_or(0, |metadata| metadata.len()));
    let mut by_size: Vec<_> = sizes.into_iter().zip(paths).collect();
    by_size.sort_by_key(|&(size, _)| std::cmp::Reverse(size));
    by_size.into_iter().map(|(_, path)| path).collect()
}

/// Files that were parsed before, by their texts: those of another tree are mostly the same.
#[derive(Default)]
pub struct Parsed(Mutex<HashMap<String, ParsedFile>>);

impl Parsed {
    pub fn of(files: Vec<ParsedFile>) -> Self {
        let by_text = files.into_iter().map(|file| (file.source.text.to_string(), file));
        Self(Mutex::new(by_text.collect()))
    }

    /// Takes what parsing made out of files, which messages that point into them can still be printed from.
    pub fn out_of(files: &mut [ParsedFile]) -> Self {
        let taken = files.iter_mut().map(|file| {
            let text = file.source.text.to_string();
            let parsed = ParsedFile {
                source: SourceFile::new("", ""),
                hir: std::mem::take(&mut file.hir),
                directives: std::mem::take(&mut file.directives),
                directive_errors: std::mem::take(&mut file.directive_errors),
            };
            (text, parsed)
        });
        Self(Mutex::new(taken.collect()))
    }

    fn take(&self, text: &str) -> Option<ParsedFile> {
        let mut files = self.0.lock().ok()?;
        // A text is hashed even where there is nothing to find.
        if files.is_empty() { None } else { files.remove(text) }
    }
}

/// What is on the disk.
pub fn text_on_disk(path: &Path) -> Result<String, String> {
    let metadata = fs::metadata(path).map_err(|error| error.to_string())?;
    if !metadata.is_file() {
        return Err("it is not a file".to_owned());
    }
    // Places in a file are 32 bits wide.
    if metadata.len() >= u64::from(u32::MAX) {
        return Err("it is larger than 4 GiB".to_owned());
    }
    let bytes = fs::read(path).map_err(|error| error.to_string())?;
    String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let line = error.as_bytes()[..valid].iter().filter(|&&byte| byte == b'\n').count() + 1;
        format!("it is not UTF-8 at line {line} (byte {valid})")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(path: &Path) -> Result<String, String> {
        match path.to_str() {
            Some("lost.rs") => Err("it is lost".to_owned()),
            Some(name) => Ok(format!("// {name}")),
            None => Err("it has no name".to_owned()),
        }
    }

    fn paths(names: &[&str]) -> Vec<PathBuf> {
        names.iter().map(PathBuf::from).collect()
    }

    #[test]
    fn what_was_read_ahead_is_what_would_be_read() {
        for ahead in [&[][..], &["c.rs", "unasked.rs", "lost.rs"], &["a.rs", "b.rs", "c.rs", "lost.rs"]] {
            let reading = Reading::new(Parsed::default(), &text, false);
            assert_eq!(reading.ahead_of(|tell| (tell(paths(ahead)), 7).1), 7);
            let files = reading.files(&paths(&["b.rs", "lost.rs", "c.rs", "a.rs"]));
            let texts: Vec<&str> = files.parsed.iter().map(|file| &**file.source.text).collect();
            assert_eq!(texts, ["// b.rs", "// c.rs", "// a.rs"]);
            assert_eq!(files.unread.len(), 1);
            assert_eq!(files.unread[0].0, Path::new("lost.rs"));
        }
    }

    #[test]
    fn a_text_that_was_parsed_is_taken_as_it_is() {
        let before = Reading::new(Parsed::default(), &text, false).files(&paths(&["a.rs"])).parsed;
        let reading = Reading::new(Parsed::of(before), &text, false);
        assert_eq!(reading.files(&paths(&["a.rs", "b.rs"])).parsed.len(), 2);
        assert!(reading.parsed.take("// a.rs").is_none());
    }
}
