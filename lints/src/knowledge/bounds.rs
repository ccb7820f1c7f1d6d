//! Traits that say how a value can be used: awaited, called, iterated.

/// What a bound by a library trait tells of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BoundKind {
    /// `Output` is what awaiting gives.
    Future,
    /// `Ok` and `Error` are.
    TryFuture,
    /// `Output` is what calling gives.
    Callable,
    /// Calling gives a future of `Output`.
    AsyncCallable,
    /// `Item`.
    Iterator,
    /// `Item`, asynchronously.
    Stream,
}

/// What a trait tells, by canonical path.
pub fn bound_kind(path: &str) -> Option<BoundKind> {
    BOUNDS.iter().find(|&&(known, _)| known == path).map(|&(_, kind)| kind)
}

static BOUNDS: &[(&str, BoundKind)] = &[
    ("std::future::Future", BoundKind::Future),
    ("std::future::IntoFuture", BoundKind::Future),
    ("futures::future::Future", BoundKind::Future),
    ("futures::Future", BoundKind::Future),
    ("futures::future::FusedFuture", BoundKind::Future),
    ("futures::future::TryFuture", BoundKind::TryFuture),
    ("futures::TryFuture", BoundKind::TryFuture),
    ("std::ops::Fn", BoundKind::Callable),
    ("std::ops::FnMut", BoundKind::Callable),
    ("std::ops::FnOnce", BoundKind::Callable),
    ("std::ops::AsyncFn", BoundKind::AsyncCallable),
    ("std::ops::AsyncFnMut", BoundKind::AsyncCallable),
    ("std::ops::AsyncFnOnce", BoundKind::AsyncCallable),
    ("std::iter::Iterator", BoundKind::Iterator),
    ("std::iter::IntoIterator", BoundKind::Iterator),
    ("std::iter::DoubleEndedIterator", BoundKind::Iterator),
    ("std::iter::ExactSizeIterator", BoundKind::Iterator),
    ("futures::stream::Stream", BoundKind::Stream),
    ("futures::Stream", BoundKind::Stream),
    ("futures::stream::FusedStream", BoundKind::Stream),
];
