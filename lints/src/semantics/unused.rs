//! Which functions nothing runs, by their own account: `#[allow(dead_code)]`.

use super::{FnId, FunctionSet, Owner, Workspace};
use crate::source::index::Visibility;

impl Workspace<'_> {
    /// Whether nothing calls a function that is marked with `#[allow(dead_code)]`, or only such functions call a private
    /// one, or it is declared in one.
    pub fn is_unused(&self, id: FnId) -> bool {
        self.is_unused_beside(id, &mut FunctionSet::default())
    }

    /// As `is_unused`; what is called by itself only, over these functions, is not known to be.
    fn is_unused_beside(&self, id: FnId, asked: &mut FunctionSet) -> bool {
        if asked.contains(id) {
            return false;
        }
        asked.insert(id);
        let outer = self.function(id).inside;
        outer.is_some_and(|outer| self.is_unused_beside(outer, asked))
            || self.is_left_unused(id)
            || self.is_called_from_unused(id, asked)
    }

    fn is_left_unused(&self, id: FnId) -> bool {
        let attrs = &self.function(id).hir.attrs;
        // What another attribute makes of a function may be called by what it makes.
        let is_plain = || attrs.paths.iter().all(|path| path.rsplit("::").next() == Some("instrument"));
        attrs.allows_dead
            && is_plain()
            && self.is_named_directly(id)
            && self.others_naming(id).next().is_none()
            && !self.may_be_called_elsewhere(id)
    }

    fn is_called_from_unused(&self, id: FnId, asked: &mut FunctionSet) -> bool {
        if self.function(id).visibility != Visibility::Private || !self.is_named_directly(id) {
            return false;
        }
        let mut callers = self.others_naming(id).peekable();
        callers.peek().is_some()
            && callers.all(|caller| self.is_unused_beside(caller, asked))
            && !self.may_be_called_elsewhere(id)
    }

    /// Whether whoever calls a function names it: it is no method of a trait, nor the start of a program.
    fn is_named_directly(&self, id: FnId) -> bool {
        let function = self.function(id);
        let is_own = match function.owner {
            Owner::Module => true,
            Owner::Impl(of) => self.impl_(of).hir.trait_.is_none(),
            Owner::Trait(_) => false,
        };
        is_own && function.hir.name != "main"
    }

    /// The other functions that are known to call or name one.
    fn others_naming(&self, id: FnId) -> impl Iterator<Item = FnId> {
        let may_name: Vec<FnId> = self.functions_calling(id).iter().collect();
        let others = may_name.into_iter().filter(move |&other| other != id && !self.is_inside(other, id));
        others.filter(move |&other| self.edges(other).iter().any(|edge| edge.to == id))
    }

    fn is_inside(&self, inner: FnId, outer: FnId) -> bool {
        std::iter::successors(self.function(inner).inside, |&it| self.function(it).inside)
            .any(|it| it == outer)
    }
}
