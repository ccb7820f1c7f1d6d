//! Names, each text kept once for as long as the process lives.

use std::cell::Cell;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::sync::{LazyLock, Mutex, PoisonError};

use rustc_hash::FxHashSet;

use crate::source::words::Word;

/// A name: as small as a pointer, and the same pointer wherever it is the same text.
///
/// The crates that do this share a table of megabytes, whose pages two threads take from each other; ours grows with what is
/// in it.
#[derive(Clone, Copy)]
pub struct Name(&'static Text);

struct Text {
    /// What it is found by. It depends on nothing but the text, and so does the order in tables of names.
    word: Word,
    text: &'static str,
}

impl Name {
    pub fn as_str(self) -> &'static str {
        self.0.text
    }
}

const RECENT_BITS: u32 = 15;

thread_local! {
    /// The last name at each slot: most names of a file have been in it before, and those that all threads share lie behind
    /// a lock.
    static RECENT: [Cell<Option<Name>>; 1 << RECENT_BITS] = const { [const { Cell::new(None) }; 1 << RECENT_BITS] };
}

const SHARD_BITS: u32 = 5;

/// All names, those with the same first bits behind one lock.
static NAMES: LazyLock<[Mutex<FxHashSet<ByText>>; 1 << SHARD_BITS]> = LazyLock::new(Default::default);

/// A name as the table has it: found by its text.
struct ByText(Name);

impl Hash for ByText {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.as_str().hash(state);
    }
}

impl PartialEq for ByText {
    fn eq(&self, other: &Self) -> bool {
        self.0.as_str() == other.0.as_str()
    }
}

impl Eq for ByText {}

impl std::borrow::Borrow<str> for ByText {
    fn borrow(&self) -> &str {
        self.0.as_str()
    }
}

impl<T: AsRef<str> + ?Sized> From<&T> for Name {
    fn from(text: &T) -> Self {
        let text = text.as_ref();
        let word = Word::of(text);
        RECENT.with(|recent| {
            let Some(slot) = recent.get(word.slot(RECENT_BITS)) else { return shared(word, text) };
            match slot.get().filter(|known| known.as_str() == text) {
                Some(known) => known,
                None => {
                    let name = shared(word, text);
                    slot.set(Some(name));
                    name
                }
            }
        })
    }
}

/// The name in the table of all threads.
fn shared(word: Word, text: &str) -> Name {
    // Whoever panicked here has left a table behind that is as good as before.
    let mut names = NAMES[word.slot(SHARD_BITS)].lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(ByText(known)) = names.get(text) {
        return *known;
    }
    let text = Box::leak(Box::<str>::from(text));
    let name = Name(Box::leak(Box::new(Text { word, text })));
    names.insert(ByText(name));
    name
}

impl Deref for Name {
    type Target = str;

    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl PartialEq for Name {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.0, other.0)
    }
}

impl Eq for Name {}

impl Hash for Name {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.word.hash(state);
    }
}

impl PartialOrd for Name {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Name {
    fn cmp(&self, other: &Self) -> Ordering {
        self.as_str().cmp(other.as_str())
    }
}

impl PartialEq<str> for Name {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
    }
}

impl PartialEq<&str> for Name {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_has_one_name_on_all_threads() {
        let texts: Vec<String> = (0..20_000).map(|number| format!("name_{number}")).collect();
        let names = || texts.iter().map(|text| Name::from(text.as_str())).collect::<Vec<_>>();
        let (mine, theirs) = std::thread::scope(|scope| {
            let theirs = scope.spawn(names);
            (names(), theirs.join().expect("it does not panic"))
        });
        assert_eq!(mine, theirs);
        assert!(mine.iter().zip(&texts).all(|(name, text)| *name == **text));
        let different: FxHashSet<Name> = mine.into_iter().collect();
        assert_eq!(different.len(), texts.len());
    }

    #[test]
    fn names_are_small_and_ordered_by_their_text() {
        assert_eq!(size_of::<Option<Name>>(), size_of::<usize>());
        let mut names = ["b", "", "ab", "a"].map(Name::from);
        names.sort();
        assert_eq!(names, ["", "a", "ab", "b"].map(Name::from));
    }
}
