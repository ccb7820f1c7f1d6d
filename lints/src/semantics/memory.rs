//! What stays known of a program when the inside of some functions changes.
//!
//! The types in a body, what it calls, and where it may live on follow from the body and from what the program declares. Everything else that
//! is found out about a function may follow from other bodies too, and is found out anew.

use std::sync::OnceLock;

use super::reach::Edges;
use super::{BodyTypes, FnId, Workspace};
use crate::hir::ExprId;
use crate::source::FileId;

/// What was found out about the functions of a program. Taken out of one workspace, it is true in the next that is linked
/// of files which declare the same.
#[derive(Default)]
pub struct Memory {
    file_functions: Vec<Vec<FnId>>,
    body_types: Vec<OnceLock<BodyTypes>>,
    edges: Vec<OnceLock<Edges>>,
    life_places: Vec<OnceLock<Vec<ExprId>>>,
}

impl Memory {
    /// The functions of a file are others now.
    pub fn forget(&mut self, file: FileId) {
        for function in self.file_functions.get(file.0 as usize).into_iter().flatten() {
            self.body_types[function.index()].take();
            self.edges[function.index()].take();
            self.life_places[function.index()].take();
        }
    }
}

impl Workspace<'_> {
    /// What is known at the end of a workspace.
    pub fn into_memory(self) -> Memory {
        let Self { file_functions, body_types, edges, life_places, .. } = self;
        Memory { file_functions, body_types, edges, life_places }
    }

    /// The workspace with what was known in one that declares the same. To be said before anything is asked.
    pub fn remembering(mut self, memory: Memory) -> Self {
        if memory.file_functions == self.file_functions {
            self.body_types = memory.body_types;
            self.edges = memory.edges;
            self.life_places = memory.life_places;
        }
        self
    }
}
