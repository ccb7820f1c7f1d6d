//! What most have none of.

use std::ops::Deref;
use std::sync::Arc;

/// A value that is mostly empty, and then takes no more than a pointer. Copies share it.
#[derive(Clone, Debug)]
pub struct Rare<T>(Option<Arc<T>>);

/// What may be a [`Rare`] value.
pub trait MostlyEmpty: Sized + 'static {
    const EMPTY: &'static Self;

    fn is_empty(&self) -> bool;
}

impl<T> Default for Rare<T> {
    fn default() -> Self {
        Self::EMPTY
    }
}

impl<T> Rare<T> {
    pub const EMPTY: Self = Self(None);
}

impl<T: MostlyEmpty> From<T> for Rare<T> {
    fn from(value: T) -> Self {
        Self((!value.is_empty()).then(|| Arc::new(value)))
    }
}

impl<T: MostlyEmpty> Deref for Rare<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.0.as_deref().unwrap_or(T::EMPTY)
    }
}

impl<T: MostlyEmpty + Clone> Rare<T> {
    /// Changes the value, not that of copies.
    pub fn change(&mut self, change: impl FnOnce(&mut T)) {
        let mut value = self.0.take().map_or_else(|| T::EMPTY.clone(), Arc::unwrap_or_clone);
        change(&mut value);
        *self = value.into();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hir::{Attributes, Generics, Name};

    #[test]
    fn what_is_empty_takes_a_pointer_and_no_memory_behind_it() {
        assert_eq!(size_of::<Rare<Attributes>>(), size_of::<usize>());
        assert!(Rare::from(Attributes::default()).0.is_none());
        assert!(Rare::from(Generics::default()).0.is_none());
        assert!(Rare::from(Attributes { is_test: true, ..Attributes::default() }).is_test);
    }

    #[test]
    fn a_change_is_not_seen_by_copies() {
        let mut attrs = Rare::<Attributes>::default();
        attrs.change(|attrs| attrs.paths.push(Name::from("a")));
        let copy = attrs.clone();
        attrs.change(|attrs| attrs.paths.push(Name::from("b")));
        assert_eq!(
            (attrs.paths.len(), copy.paths.len(), Rare::<Attributes>::default().paths.len()),
            (2, 1, 0)
        );
    }
}
