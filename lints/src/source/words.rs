//! Which words a function has: what can be told of it without parsing it.
//!
//! A body can call `spawn`, name a field or wait for a handle only if that word is in its text. So whoever looks for one of
//! them asks for the functions that have the word, and the others need never be parsed. A word is kept as a number;
//! two words with one number make a function be parsed in vain, never be missed.

use rustc_hash::FxHashSet;

/// An identifier, keyword, or the number of a tuple's field, without the `r#` of raw names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Word(u32);

pub type WordSet = FxHashSet<Word>;

const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;

impl Word {
    pub const fn of(text: &str) -> Self {
        Self::at(text.as_bytes(), 0, text.len())
    }

    /// The word in a part of a text.
    #[inline]
    pub(super) const fn at(bytes: &[u8], start: usize, end: usize) -> Self {
        let mut hash = (end - start) as u64;
        let mut at = start;
        while at < end {
            let rest = end - at;
            let chunk = match bytes.split_at(at).1.first_chunk() {
                Some(&chunk) => {
                    let chunk = u64::from_le_bytes(chunk);
                    if rest < 8 { chunk & ((1 << (8 * rest)) - 1) } else { chunk }
                }
                None => last_bytes(bytes, at, end),
            };
            hash = (hash ^ chunk).wrapping_mul(FACTOR);
            hash ^= hash >> 29;
            at += 8;
        }
        Self((hash.wrapping_mul(FACTOR) >> 32) as u32)
    }

    /// A number for tables of 2^`bits` places.
    pub(crate) const fn slot(self, bits: u32) -> usize {
        (self.0 as u64 >> (32 - bits)) as usize
    }

    /// What of its number is not in `slot`, above `bits` zeros.
    pub(crate) fn rest(self, bits: u32) -> u32 {
        self.0 << bits
    }
}

/// A few words that are known beforehand, each at its slot; an empty slot holds a word of another.
pub(super) struct FewWords([Word; 1 << FEW_BITS]);

const FEW_BITS: u32 = 8;

impl FewWords {
    /// Panics, where the constant is made, if two of the words have one slot.
    pub const fn of(words: &[&str]) -> Self {
        let mut table = [Word(!0); 1 << FEW_BITS];
        table[(1 << FEW_BITS) - 1] = Word(0);
        let mut at = 0;
        while at < words.len() {
            let word = Word::of(words[at]);
            let slot = word.slot(FEW_BITS);
            assert!(table[slot].slot(FEW_BITS) != slot, "two of them have one slot");
            table[slot] = word;
            at += 1;
        }
        Self(table)
    }

    #[inline(always)]
    pub fn contains(&self, word: Word) -> bool {
        self.0[word.slot(FEW_BITS)] == word
    }
}

/// The number of the last bytes of a text, which are fewer than eight.
const fn last_bytes(bytes: &[u8], start: usize, end: usize) -> u64 {
    let (mut chunk, mut at) = (0, end);
    while at > start {
        at -= 1;
        chunk = chunk << 8 | bytes[at] as u64;
    }
    chunk
}

/// Takes the words of one function after another, each word of a function about once.
#[derive(Debug, Default)]
pub(super) struct WordCollector {
    pub words: Vec<Word>,
    /// The last word at each slot, with the number of the function that had it. Empty until a function has come.
    recent: Box<[(Word, u32)]>,
    function: u32,
}

const RECENT_BITS: u32 = 9;

impl WordCollector {
    /// Where the words of the next item begin.
    pub fn start(&mut self) -> u32 {
        if self.recent.is_empty() {
            self.recent = vec![(Word(0), 0); 1 << RECENT_BITS].into();
        }
        self.function += 1;
        self.words.len() as u32
    }

    #[inline(always)]
    pub fn add(&mut self, word: Word) {
        let Some(seen) = self.recent.get_mut(word.slot(RECENT_BITS)) else { return };
        if *seen != (word, self.function) {
            *seen = (word, self.function);
            self.words.push(word);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_the_same_wherever_it_stands() {
        for word in ["a", "spawn", "JoinSet", "fourteen_bytes", "eight_by", "漢字"] {
            for (before, after) in [("", ""), ("(", " and more behind it"), ("x.", "!"), ("", "_")] {
                let text = format!("{before}{word}{after}");
                let found = Word::at(text.as_bytes(), before.len(), before.len() + word.len());
                assert_eq!(found, Word::of(word), "{text}");
            }
        }
    }

    #[test]
    fn words_differ() {
        let words = ["", "a", "b", "ab", "ba", "loop", "pool", "spawn", "spawned", "aaaaaaaa", "aaaaaaaaa"];
        let set: WordSet = words.iter().map(|word| Word::of(word)).collect();
        assert_eq!(set.len(), words.len());
    }

    #[test]
    fn few_words_hold_those_and_no_others() {
        const FEW: FewWords = FewWords::of(&["as", "loop", "fourteen_bytes"]);
        for word in ["as", "loop", "fourteen_bytes"] {
            assert!(FEW.contains(Word::of(word)), "{word}");
        }
        assert!(!["", "a", "pool", "spawn"].iter().any(|word| FEW.contains(Word::of(word))));
        assert!(!FEW.contains(Word(0)) && !FEW.contains(Word(!0)));
        assert!(!FewWords::of(&[]).contains(Word(0)) && !FewWords::of(&[]).contains(Word(!0)));
    }

    #[test]
    fn a_slot_and_the_rest_are_all_of_a_word() {
        for bits in [1, 9, 31] {
            let word = Word::of("spawn");
            assert_eq!((word.slot(bits) as u32) << (32 - bits) | word.rest(bits) >> bits, word.0);
        }
    }

    #[test]
    fn each_function_has_its_own_words() {
        let mut collector = WordCollector::default();
        let text = b"f f g";
        for _ in 0..2 {
            let start = collector.start() as usize;
            for at in [0, 2, 4] {
                collector.add(Word::at(text, at, at + 1));
            }
            assert_eq!(collector.words[start..], [Word::of("f"), Word::of("g")]);
        }
    }
}
