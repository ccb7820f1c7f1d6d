//! Where tasks can be looked for: the words without which a function neither starts one nor waits for one.

use crate::knowledge::macros::select_names;
use crate::knowledge::spawners::spawner_paths;
use crate::semantics::{FnId, Workspace};
use crate::source::words::{Word, WordSet};

impl Workspace<'_> {
    /// The names of all that starts a task for its caller: those of the libraries, and of the functions that wrap them, or
    /// wrap a wrapper, so many deep. A call of any of these has the name in its text.
    pub(super) fn starting_words(&self, wrappers: u32) -> &WordSet {
        self.starting_words_cell(wrappers).get_or_init(|| {
            let Some(fewer) = wrappers.checked_sub(1) else {
                let mut words = WordSet::default();
                spawner_paths().for_each(|path| self.add_library_word(path, &mut words));
                return words;
            };
            let mut words = self.starting_words(fewer).clone();
            for function in self.functions_mentioning(words.iter().copied().collect::<Vec<_>>()) {
                let name = self.function(function).hir.name;
                if !words.contains(&Word::of(&name)) && self.starts_for_caller(function, wrappers) {
                    self.add_word(&name, &mut words);
                }
            }
            words
        })
    }
}

/// What a function needs to wait for the handle of a task.
pub(super) struct WaitingWords {
    waits: WordSet,
    handles: WordSet,
}

impl WaitingWords {
    pub fn of(workspace: &Workspace<'_>) -> Self {
        let mut waits = WordSet::default();
        for name in ["await", "join"].into_iter().chain(select_names()) {
            workspace.add_word(name, &mut waits);
        }
        let mut handles = workspace.words_leading_to_handles();
        handles.extend(workspace.starting_words(0));
        Self { waits, handles }
    }

    pub fn may_be_in(&self, workspace: &Workspace<'_>, function: FnId) -> bool {
        workspace.may_mention_any(function, &self.waits) && workspace.may_mention_any(function, &self.handles)
    }
}
