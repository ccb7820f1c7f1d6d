//! Names, each text kept once.

use std::cell::Cell;

pub use ustr::Ustr as Name;

use crate::source::words::Word;

const RECENT_BITS: u32 = 13;

thread_local! {
    /// The last name at each slot: most names of a file have been in it before, and those that all threads share lie behind
    /// a lock.
    static RECENT: [Cell<Option<Name>>; 1 << RECENT_BITS] = const { [const { Cell::new(None) }; 1 << RECENT_BITS] };
}

/// The name of a text.
pub(in crate::hir) fn name(text: &str) -> Name {
    RECENT.with(|recent| {
        let Some(slot) = recent.get(Word::of(text).slot(RECENT_BITS)) else { return Name::from(text) };
        match slot.get().filter(|known| known.as_str() == text) {
            Some(known) => known,
            None => {
                let name = Name::from(text);
                slot.set(Some(name));
                name
            }
        }
    })
}
