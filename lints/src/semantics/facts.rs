//! What is found out about functions, kept where the next who asks finds it. All of it follows from the program.

use std::sync::OnceLock;

use super::failure::{self, Failure};
use super::life::{self, Life};
use super::reach::Edges;
use super::ways::{self, Returns};
use super::{BodyTypes, FnId};
use crate::hir::ExprId;

/// Something for each function, made when it is first asked for: most functions are never asked about.
#[derive(Debug, Default)]
pub(super) struct PerFunction<T>(Vec<OnceLock<Box<T>>>);

impl<T: Default> PerFunction<T> {
    pub fn new(functions: usize) -> Self {
        Self(std::iter::repeat_with(OnceLock::new).take(functions).collect())
    }

    pub fn of(&self, function: FnId) -> &T {
        self.0[function.index()].get_or_init(Box::default)
    }

    pub fn forget(&mut self, function: FnId) {
        self.0[function.index()].take();
    }
}

/// What follows from the body of a function, and from what the program declares.
#[derive(Debug, Default)]
pub(super) struct BodyFacts {
    pub types: OnceLock<BodyTypes>,
    pub edges: OnceLock<Edges>,
    /// Where it may have a reason to live.
    pub life_places: OnceLock<Vec<ExprId>>,
}

/// What follows from other bodies too, by how many calls are followed.
#[derive(Debug, Default)]
pub(super) struct CallFacts {
    pub failures: [OnceLock<Failure>; failure::DEPTH + 1],
    pub lives: [OnceLock<Option<Life>>; life::DEPTH + 1],
    /// What lies on the ways through it.
    pub returns: [OnceLock<Returns>; ways::DEPTH + 1],
}
