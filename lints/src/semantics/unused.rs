//! Which functions nothing runs, by their own account: `#[allow(dead_code)]`.

use super::{FnId, FunctionSet, Owner, Workspace};
use crate::source::index::Visibility;

impl Workspace<'_> {
    /// Whether nothing calls a function that is marked with `#[allow(dead_code)]`, or only such functions call a private one.
    pub fn is_unused(&self, id: FnId) -> bool {
        self.unused.get_or_init(|| self.compute_unused()).contains(id)
    }

    fn compute_unused(&self) -> FunctionSet {
        let mut unused = FunctionSet::default();
        let mut open: Vec<FnId> = self.function_ids().filter(|&id| self.is_left_unused(id)).collect();
        while let Some(id) = open.pop() {
            if unused.contains(id) {
                continue;
            }
            unused.insert(id);
            let called = self.edges(id).iter().map(|edge| edge.to);
            open.extend(called.filter(|&to| self.is_only_called_from(to, &unused)));
            let function = self.function(id);
            let around = self.functions_in(function.file).iter().copied();
            open.extend(around.filter(|&inner| self.function(inner).inside == Some(id)));
        }
        unused
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

    fn is_only_called_from(&self, id: FnId, unused: &FunctionSet) -> bool {
        self.function(id).visibility == Visibility::Private
            && self.is_named_directly(id)
            && self.others_naming(id).all(|caller| unused.contains(caller))
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

    /// The other functions that call or name one, certain or not.
    fn others_naming(&self, id: FnId) -> impl Iterator<Item = FnId> {
        let others = self.places_that_name(id).iter().map(|&(other, _)| other);
        others.filter(move |&other| other != id && !self.is_inside(other, id))
    }

    fn is_inside(&self, inner: FnId, outer: FnId) -> bool {
        std::iter::successors(self.function(inner).inside, |&it| self.function(it).inside)
            .any(|it| it == outer)
    }
}
