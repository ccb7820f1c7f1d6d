//! Where to look: the functions that have the words without which there is nothing of a kind in them.
//!
//! A question that is asked of every function of the program has its words here, or those of the tables of knowledge that
//! its answer rests on.

use std::sync::OnceLock;

use super::connections;
use super::subscriptions::TAKING;
use crate::hir::ExprKind;
use crate::knowledge::delays::{self, NEEDS_BACKOFF};
use crate::knowledge::drivers::KEPT;
use crate::knowledge::errors::{self, Says};
use crate::knowledge::handles::telling_handles;
use crate::knowledge::hooks::HOOKED;
use crate::knowledge::macros::select_names;
use crate::knowledge::methods::RECEIVING;
use crate::knowledge::spawners::spawner_paths;
use crate::semantics::{FnId, FunctionSet, Workspace};
use crate::source::words::{Word, WordSet};

impl Workspace<'_> {
    /// Whether some code that is no test calls a method, sets a field, names an item or is a function with one of these names.
    pub(super) fn names_anywhere(&self, names: &[&str]) -> bool {
        let functions = self.functions_mentioning(names.iter().map(|name| Word::of(name)));
        let is_named = |id: FnId| names.contains(&self.function(id).hir.name.as_str());
        functions.into_iter().filter(|&id| !self.function(id).is_test).any(|id| {
            is_named(id)
                || self.body(id).is_some_and(|body| {
                    body.expr_ids().any(|expr| match body.kind(expr) {
                        ExprKind::MethodCall { name, .. } => names.contains(&name.as_str()),
                        ExprKind::Struct { fields, .. } => {
                            fields.iter().any(|(field, _)| names.contains(&field.as_str()))
                        }
                        ExprKind::Path(path) => {
                            path.segments.iter().any(|segment| names.contains(&segment.name.as_str()))
                        }
                        _ => false,
                    })
                })
        })
    }

    /// The functions that may start a task: those that name what libraries have for it, and those that may call one that
    /// starts a task for its callers, with so many such functions between.
    pub(super) fn starting(&self, wrappers: u32) -> &FunctionSet {
        self.starting_cell(wrappers).get_or_init(|| match wrappers.checked_sub(1) {
            None => self.functions_naming_spawners(),
            Some(fewer) => {
                let known = self.starting(fewer);
                let called = known.iter().filter(|&function| self.may_start_for_callers(function, wrappers));
                let calling = called.map(|function| self.functions_calling(function));
                calling.fold(known.clone(), |all, calling| all | calling)
            }
        })
    }

    fn functions_naming_spawners(&self) -> FunctionSet {
        let mut words = WordSet::default();
        spawner_paths().for_each(|path| self.add_library_word(path, &mut words));
        for path in self.words().spawners() {
            self.add_word(path.rsplit("::").next().unwrap_or(path), &mut words);
        }
        self.functions_with(&words)
    }

    /// Whether a function may start a task for its callers. One that tests alone call need not be read: for all that is
    /// known it does.
    pub(super) fn may_start_for_callers(&self, function: FnId, wrappers: u32) -> bool {
        let is_for_tests =
            || self.is_test(function) && self.functions_calling(function).iter().all(|id| self.is_test(id));
        self.function(function).hir.may_take_or_give()
            && (is_for_tests() || self.starts_for_caller(function, wrappers))
    }
}

/// The functions to look at, question by question, each found when it is first asked for.
#[derive(Debug, Default)]
pub(super) struct Search {
    loops: OnceLock<FunctionSet>,
    endless: OnceLock<FunctionSet>,
    turning: OnceLock<FunctionSet>,
    lag_ends: OnceLock<FunctionSet>,
    cut_streams: OnceLock<FunctionSet>,
    selects: OnceLock<FunctionSet>,
    openings: OnceLock<FunctionSet>,
    hooked: OnceLock<FunctionSet>,
    kept: OnceLock<FunctionSet>,
    subscriptions: OnceLock<FunctionSet>,
    blocking_sleeps: OnceLock<FunctionSet>,
    streams_without_backoff: OnceLock<FunctionSet>,
}

impl Search {
    /// Those with a loop.
    pub fn loops(&self, workspace: &Workspace<'_>) -> &FunctionSet {
        self.loops.get_or_init(|| workspace.functions_naming(["loop", "while", "for"]))
    }

    /// Those with a loop that may go round for ever.
    pub fn endless(&self, workspace: &Workspace<'_>) -> &FunctionSet {
        self.endless.get_or_init(|| workspace.functions_naming(["loop", "while"]))
    }

    /// Those with a loop that may go round for ever, or one over some items that waits for each of something else.
    pub fn turning(&self, workspace: &Workspace<'_>) -> &FunctionSet {
        self.turning.get_or_init(|| {
            let receiving = workspace.functions_naming(RECEIVING.iter().copied()) & waiting(workspace);
            let receiving = receiving | workspace.functions_naming(["accept"]);
            self.endless(workspace).clone() | receiving & workspace.functions_naming(["for"])
        })
    }

    /// Those with a loop and something that may have missed values.
    pub fn lag_ends(&self, workspace: &Workspace<'_>) -> &FunctionSet {
        self.lag_ends.get_or_init(|| {
            let missing = workspace.functions_with_values(&errors::that_say(Says::ValuesMissed));
            missing & self.loops(workspace).clone()
        })
    }

    /// Those that wait in a loop and name `Some` in `Ok`, or `Ok` in `Some`.
    pub fn cut_streams(&self, workspace: &Workspace<'_>) -> &FunctionSet {
        self.cut_streams.get_or_init(|| {
            let pattern = workspace.functions_naming(["Some"]) & workspace.functions_naming(["Ok"]);
            let mut found = pattern & waiting(workspace) & self.loops(workspace).clone();
            found.retain(|id| {
                let function = workspace.function(id);
                let may_hold = |outer, inner| function.hir.may_have_inside(outer, inner);
                !function.is_test && (may_hold("Some", "Ok") || may_hold("Ok", "Some"))
            });
            found
        })
    }

    pub fn selects(&self, workspace: &Workspace<'_>) -> &FunctionSet {
        self.selects.get_or_init(|| workspace.functions_naming(select_names()))
    }

    /// Those that wait in a loop for the next value of something.
    pub fn subscriptions(&self, workspace: &Workspace<'_>) -> &FunctionSet {
        self.subscriptions.get_or_init(|| {
            let taking = workspace.functions_naming(TAKING.iter().copied());
            taking & workspace.functions_naming(["await"]) & self.loops(workspace).clone()
        })
    }

    /// Those that may open a connection and take its halves apart.
    pub fn openings(&self, workspace: &Workspace<'_>) -> &FunctionSet {
        self.openings.get_or_init(|| connections::openings(workspace))
    }

    /// Those that may open a connection that tells of its loss through a hook only.
    pub fn hooked(&self, workspace: &Workspace<'_>) -> &FunctionSet {
        let opens = || HOOKED.iter().flat_map(|row| row.opens).copied();
        self.hooked.get_or_init(|| workspace.functions_calling_library(opens()))
    }

    /// Those that may make a value that does its work as long as it is kept.
    pub fn kept(&self, workspace: &Workspace<'_>) -> &FunctionSet {
        let makers = || KEPT.iter().flat_map(|row| row.makers).copied();
        self.kept.get_or_init(|| workspace.functions_calling_library(makers()))
    }

    /// Those with a loop and a call that makes a thread sleep.
    pub fn blocking_sleeps(&self, workspace: &Workspace<'_>) -> &FunctionSet {
        self.blocking_sleeps.get_or_init(|| {
            workspace.functions_naming_library(delays::that_block()) & self.loops(workspace).clone()
        })
    }

    pub fn streams_without_backoff(&self, workspace: &Workspace<'_>) -> &FunctionSet {
        self.streams_without_backoff
            .get_or_init(|| workspace.functions_naming_library(NEEDS_BACKOFF.iter().copied()))
    }
}

/// Those that wait for a future.
fn waiting(workspace: &Workspace<'_>) -> FunctionSet {
    workspace.functions_naming(std::iter::once("await").chain(select_names()))
}

/// The functions that may wait for the handle of a task.
pub(super) fn waiting_for_tasks(workspace: &Workspace<'_>) -> FunctionSet {
    let handles = workspace.functions_with_values(&telling_handles());
    let started = workspace.starting(0).clone();
    (waiting(workspace) | workspace.functions_naming(["join"])) & (handles | started)
}
