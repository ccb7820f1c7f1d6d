//! Library functions that take a handle, and what becomes of it there.
//!
//! What expressions do to handles (`h.await`, `h.await?`, `let _ = h`) is a matter of the semantic layer; methods of
//! the handle itself are rows of `handles`.

use std::sync::LazyLock;

use super::{Index, find, index};

#[derive(Debug)]
pub struct Sink {
    pub paths: &'static [&'static str],
    pub effect: Effect,
    /// What comes back when handles go in.
    pub yields: &'static str,
    pub note: &'static str,
    pub source: &'static str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Every outcome is in what comes back.
    Observes,
    /// Some of the outcome is lost: an inner `Err`, all errors but one, the tasks that were not first.
    Partial,
    /// The handle is kept; what counts is what becomes of the place.
    Stores,
    /// The task is waited for, its outcome thrown away.
    Discards,
    /// The task runs on, unseen.
    Abandons,
    Aborts,
    /// Only whether the task still runs is told.
    LifeOnly,
}

impl Sink {
    /// Whether it waits for all of several futures.
    pub fn waits_for_all(&self) -> bool {
        self.paths.iter().any(|path| path.contains("join"))
    }
}

/// What becomes of a handle in a library function.
pub fn sink(path: &str) -> Option<&'static Sink> {
    static INDEX: LazyLock<Index<Sink>> = LazyLock::new(|| index(SINKS, |row| row.paths));
    find(&INDEX, path)
}

pub static SINKS: &[Sink] = &[
    Sink {
        paths: &["futures::future::join_all", "futures::future::join", "futures::future::join3"],
        effect: Effect::Observes,
        yields: "all outputs",
        note: "waits for all: a task that died is unseen while the others run",
        source: "futures 0.3.34 S",
    },
    Sink {
        paths: &["futures::future::try_join_all", "futures::future::try_join", "futures::future::try_join3"],
        effect: Effect::Partial,
        yields: "Ok of the inner outputs",
        note: "looks at the outer Result only: an inner Err is in the Ok",
        source: "futures 0.3.34 SX",
    },
    Sink {
        paths: &["futures::future::select_all"],
        effect: Effect::Partial,
        yields: "(output, index, rest)",
        note: "dropping the rest detaches handles and cancels futures",
        source: "futures 0.3.34 S",
    },
    Sink {
        paths: &["futures::future::select", "futures::future::try_select"],
        effect: Effect::Partial,
        yields: "Either of (output, other)",
        note: "dropping the other detaches a handle and cancels a future",
        source: "futures 0.3.34 S",
    },
    Sink {
        paths: &["futures::future::select_ok"],
        effect: Effect::Partial,
        yields: "Result<(T, rest), E>",
        note: "all errors but the last are lost",
        source: "futures 0.3.34 S",
    },
    Sink {
        paths: &[
            "futures::stream::FuturesUnordered::push",
            "futures::stream::FuturesOrdered::push_back",
            "futures::stream::FuturesOrdered::push_front",
        ],
        effect: Effect::Stores,
        yields: "a stream of outputs",
        note: "`while let Some(Ok(_))` ends at the first task that panicked",
        source: "futures 0.3.34 S",
    },
    Sink {
        paths: &[
            "tokio::task::JoinSet::join_next",
            "tokio::task::JoinSet::join_next_with_id",
            "tokio::task::JoinSet::try_join_next",
            "tokio::task::JoinSet::try_join_next_with_id",
            "tokio::task::JoinSet::poll_join_next",
            "tokio_util::task::JoinMap::join_next",
        ],
        effect: Effect::Observes,
        yields: "Option<Result<T, JoinError>>",
        note: "`while let Some(Ok(_))` ends at the first panic, and dropping the set then aborts the others",
        source: "tokio 1.54.1 SX",
    },
    Sink {
        paths: &["tokio::task::JoinSet::join_all"],
        effect: Effect::Partial,
        yields: "Vec<T>",
        note: "panics when a task did and aborts the others; inner errors are in the Vec",
        source: "tokio 1.54.1 S",
    },
    Sink {
        paths: &["tokio::task::JoinSet::shutdown", "tokio_util::task::JoinMap::shutdown"],
        effect: Effect::Discards,
        yields: "()",
        note: "ignores panics; fine as the last step of a shutdown",
        source: "tokio 1.54.1 S",
    },
    Sink {
        paths: &["tokio::task::JoinSet::detach_all", "tokio_util::task::JoinMap::detach_all"],
        effect: Effect::Abandons,
        yields: "()",
        note: "the tasks run on, unseen",
        source: "tokio 1.54.1 S",
    },
    Sink {
        paths: &["tokio::task::JoinSet::abort_all", "tokio_util::task::JoinMap::abort_all"],
        effect: Effect::Aborts,
        yields: "()",
        note: "fine after a stop signal",
        source: "tokio 1.54.1 S",
    },
    Sink {
        paths: &["tokio_util::task::TaskTracker::wait"],
        effect: Effect::LifeOnly,
        yields: "()",
        note: "never the outcome",
        source: "tokio-util 0.7.20 SX",
    },
    Sink {
        paths: &["tokio_util::task::AbortOnDropHandle::new"],
        effect: Effect::Stores,
        yields: "a guard",
        note: "bound to `_` it kills the task at once",
        source: "tokio-util 0.7.20 S",
    },
    Sink {
        paths: &["tokio::task::JoinHandle::abort"],
        effect: Effect::Aborts,
        yields: "()",
        note: "fine after a stop signal; tells nothing of the outcome",
        source: "tokio 1.54.1 S",
    },
    Sink {
        paths: &["tokio::task::JoinHandle::abort_handle", "tokio::task::JoinHandle::is_finished"],
        effect: Effect::LifeOnly,
        yields: "AbortHandle or bool",
        note: "never the outcome",
        source: "tokio 1.54.1 S",
    },
    Sink {
        paths: &[
            "async_task::Task::detach",
            "futures::future::RemoteHandle::forget",
            "glommio::Task::detach",
            "compio::runtime::JoinHandle::detach",
            "std::mem::forget",
            "std::boxed::Box::leak",
        ],
        effect: Effect::Abandons,
        yields: "()",
        note: "deliberate",
        source: "async-task 4.7.1, futures 0.3.34 S",
    },
    Sink {
        paths: &["std::mem::drop"],
        effect: Effect::Abandons,
        yields: "()",
        note: "what one writes to silence clippy::let_underscore_future",
        source: "std 1.95.0 S",
    },
    Sink {
        paths: &["tokio::time::timeout", "tokio::time::timeout_at"],
        effect: Effect::Partial,
        yields: "Result<Result<T, JoinError>, Elapsed>",
        note: "when the time is over the task runs on, detached",
        source: "tokio 1.54.1 SX",
    },
];
