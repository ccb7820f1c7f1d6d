//! The handles of tasks, threads and processes, and the collections that own tasks.

use std::sync::LazyLock;

use super::spawners::OnDrop;
use super::{Index, find, index};

/// A type through which one learns how a task ended.
#[derive(Debug)]
pub struct Handle {
    pub path: &'static [&'static str],
    pub on_drop: OnDrop,
    /// rustc warns when it is dropped on the spot.
    pub must_use: bool,
    pub output: Output,
    /// Methods that give the outcome, besides `.await` where the output can be awaited.
    pub observing: &'static [&'static str],
    /// Methods that look at the life of the task or end it, never at its outcome.
    pub blind: &'static [&'static str],
    /// Methods that leave the task to itself.
    pub letting_go: &'static [&'static str],
    pub source: &'static str,
}

/// What the outcome is, for a task whose own output is `T`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Output {
    /// Awaiting gives `Result<T, E>`: the outer `Err` only tells of panics and aborts.
    AwaitedResult,
    /// Awaiting gives `T`, and panics if the task did.
    Awaited,
    /// A blocking method gives `Result<T, E>`.
    JoinedResult,
    /// None.
    None,
}

/// The row of a handle type.
pub fn handle(path: &str) -> Option<&'static Handle> {
    static INDEX: LazyLock<Index<Handle>> = LazyLock::new(|| index(HANDLES, |row| row.path));
    find(&INDEX, path)
}

/// The handles that tell how a task ended.
pub fn telling_handles() -> Vec<&'static str> {
    HANDLES.iter().filter(|row| row.output != Output::None).flat_map(|row| row.path).copied().collect()
}

/// A type that owns many tasks.
#[derive(Debug)]
pub struct Collection {
    pub path: &'static [&'static str],
    /// What becomes of its tasks when it is dropped. Collections of handles do to each what the handle does.
    pub on_drop: CollectionDrop,
    /// Methods that give outcomes, one or all.
    pub observing: &'static [&'static str],
    /// Methods that put a future or handle in, and which argument that is.
    pub inserting: &'static [(&'static str, usize)],
    /// Methods that wait for tasks or count them and tell no outcome.
    pub blind: &'static [&'static str],
    /// Methods that leave its tasks to themselves.
    pub letting_go: &'static [&'static str],
    pub source: &'static str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CollectionDrop {
    /// Its tasks are aborted.
    CancelsAll,
    /// Its tasks run on.
    Nothing,
    /// What is in it is dropped: futures never go on, handles do as handles do.
    DropsContent,
}

/// The row of a collection of tasks, futures or handles.
pub fn collection(path: &str) -> Option<&'static Collection> {
    static INDEX: LazyLock<Index<Collection>> = LazyLock::new(|| index(COLLECTIONS, |row| row.path));
    find(&INDEX, path)
}

const DETACHED: Handle = Handle {
    path: &[],
    on_drop: OnDrop::Detach,
    must_use: false,
    output: Output::AwaitedResult,
    observing: &[],
    blind: &[],
    letting_go: &[],
    source: "",
};

const CANCELLED: Handle =
    Handle { on_drop: OnDrop::Cancel, must_use: true, output: Output::Awaited, ..DETACHED };

pub static HANDLES: &[Handle] = &[
    Handle {
        path: &["tokio::task::JoinHandle"],
        blind: &["abort", "abort_handle", "is_finished", "id"],
        source: "tokio 1.54.1 SX",
        ..DETACHED
    },
    Handle {
        path: &["tokio::task::AbortHandle"],
        on_drop: OnDrop::Nothing,
        output: Output::None,
        blind: &["abort", "is_finished", "id"],
        source: "tokio 1.54.1 S",
        ..DETACHED
    },
    // `detach` gives the JoinHandle back. In a field it is a deliberate tie to the life of its owner.
    Handle {
        path: &["tokio_util::task::AbortOnDropHandle"],
        output: Output::AwaitedResult,
        blind: &["abort", "abort_handle", "is_finished"],
        source: "tokio-util 0.7.20 S",
        ..CANCELLED
    },
    Handle {
        path: &["async_task::Task"],
        observing: &["cancel", "fallible"],
        blind: &["is_finished", "metadata"],
        letting_go: &["detach"],
        source: "async-task 4.7.1 SX",
        ..CANCELLED
    },
    Handle {
        path: &["async_std::task::JoinHandle"],
        output: Output::Awaited,
        blind: &["cancel", "task"],
        source: "async-std 1.13.2 SX",
        ..DETACHED
    },
    Handle {
        path: &["futures::future::RemoteHandle"],
        letting_go: &["forget"],
        source: "futures 0.3.34 SX",
        ..CANCELLED
    },
    // `detach` gives a `glommio::task::JoinHandle`, which is free to drop.
    Handle { path: &["glommio::Task"], letting_go: &["detach"], source: "glommio 0.9.0 S", ..CANCELLED },
    Handle {
        path: &["glommio::ExecutorJoinHandle"],
        must_use: true,
        output: Output::JoinedResult,
        observing: &["join"],
        blind: &["thread"],
        source: "glommio 0.9.0 S",
        ..DETACHED
    },
    Handle {
        path: &["compio::runtime::JoinHandle"],
        output: Output::AwaitedResult,
        letting_go: &["detach"],
        source: "compio-runtime 0.12.6 S",
        ..CANCELLED
    },
    Handle {
        path: &["monoio::task::JoinHandle"],
        output: Output::Awaited,
        blind: &["is_finished"],
        source: "monoio 0.2.4 S",
        ..DETACHED
    },
    Handle {
        path: &["ntex_rt::JoinHandle"],
        blind: &["cancel", "cancel_on_drop"],
        source: "ntex-rt 4.5.1 S",
        ..DETACHED
    },
    Handle {
        path: &["ntex_rt::BlockingResult"],
        on_drop: OnDrop::Cancel,
        letting_go: &["detach"],
        source: "ntex-rt 4.5.1 S",
        ..DETACHED
    },
    Handle {
        path: &["std::thread::JoinHandle"],
        output: Output::JoinedResult,
        observing: &["join"],
        blind: &["is_finished", "thread"],
        source: "std 1.95.0 SX",
        ..DETACHED
    },
    Handle {
        path: &["std::thread::ScopedJoinHandle", "crossbeam_utils::thread::ScopedJoinHandle"],
        on_drop: OnDrop::Join,
        output: Output::JoinedResult,
        observing: &["join"],
        blind: &["is_finished", "thread"],
        source: "std 1.95.0, crossbeam-utils 0.8.23 SX",
        ..DETACHED
    },
    Handle {
        path: &["tauri::async_runtime::JoinHandle"],
        blind: &["abort"],
        source: "tauri 2.12.5 S",
        ..DETACHED
    },
    Handle { path: &["glib::JoinHandle"], blind: &["abort"], source: "glib 0.22.10 S", ..DETACHED },
    Handle {
        path: &["iroh::protocol::Router"],
        output: Output::None,
        observing: &["shutdown"],
        blind: &["endpoint", "is_shutdown"],
        source: "iroh 1.4.1 S",
        ..CANCELLED
    },
    Handle {
        path: &["sea_streamer_runtime::TaskHandle"],
        source: "sea-streamer-runtime 0.5.0 S",
        ..DETACHED
    },
    // The delivery report is lost; the message is sent all the same.
    Handle { path: &["rdkafka::producer::DeliveryFuture"], source: "rdkafka 0.39.0 S", ..DETACHED },
    // A process runs on, unless `Command::kill_on_drop` of tokio says otherwise.
    Handle {
        path: &["tokio::process::Child", "std::process::Child", "async_process::Child"],
        output: Output::JoinedResult,
        observing: &["wait", "wait_with_output", "try_wait", "status", "try_status", "output"],
        blind: &["id", "kill", "start_kill"],
        source: "std 1.95.0, tokio 1.54.1 S",
        ..DETACHED
    },
    Handle { path: &["madsim::task::JoinHandle"], source: "madsim 0.2.34 S", ..DETACHED },
    Handle {
        path: &["shuttle::future::JoinHandle"],
        blind: &["abort"],
        source: "shuttle 0.8.1 S",
        ..DETACHED
    },
    Handle {
        path: &["shuttle::thread::JoinHandle", "loom::thread::JoinHandle"],
        output: Output::JoinedResult,
        observing: &["join"],
        source: "shuttle 0.8.1, loom 0.7.3 S",
        ..DETACHED
    },
];

pub static COLLECTIONS: &[Collection] = &[
    // `join_all` panics when a task did, after aborting the others.
    Collection {
        path: &["tokio::task::JoinSet"],
        on_drop: CollectionDrop::CancelsAll,
        observing: &[
            "join_next",
            "join_next_with_id",
            "try_join_next",
            "try_join_next_with_id",
            "poll_join_next",
            "poll_join_next_with_id",
            "join_all",
        ],
        inserting: &[
            ("spawn", 0),
            ("spawn_on", 0),
            ("spawn_local", 0),
            ("spawn_local_on", 0),
            ("spawn_blocking", 0),
            ("spawn_blocking_on", 0),
        ],
        blind: &["shutdown", "abort_all", "len", "is_empty"],
        letting_go: &["detach_all"],
        source: "tokio 1.54.1 SX",
    },
    Collection {
        path: &["tokio_util::task::JoinMap"],
        on_drop: CollectionDrop::CancelsAll,
        observing: &["join_next"],
        inserting: &[
            ("spawn", 1),
            ("spawn_on", 1),
            ("spawn_local", 1),
            ("spawn_local_on", 1),
            ("spawn_blocking", 1),
            ("spawn_blocking_on", 1),
        ],
        blind: &[
            "shutdown",
            "abort",
            "abort_all",
            "abort_matching",
            "len",
            "is_empty",
            "contains_key",
            "keys",
        ],
        letting_go: &["detach_all"],
        source: "tokio-util 0.7.20 SX",
    },
    Collection {
        path: &["tokio_util::task::JoinQueue"],
        on_drop: CollectionDrop::CancelsAll,
        observing: &["join_next", "try_join_next", "join_all"],
        inserting: &[("spawn", 0), ("spawn_on", 0), ("spawn_blocking", 0)],
        blind: &["shutdown", "abort_all", "len", "is_empty"],
        letting_go: &["detach_all"],
        source: "tokio-util 0.7.20 S",
    },
    Collection {
        path: &["tokio_util::task::TaskTracker"],
        on_drop: CollectionDrop::Nothing,
        observing: &[],
        inserting: &[
            ("spawn", 0),
            ("spawn_on", 0),
            ("spawn_local", 0),
            ("spawn_local_on", 0),
            ("spawn_blocking", 0),
            ("spawn_blocking_on", 0),
            ("track_future", 0),
        ],
        blind: &["wait", "close", "reopen", "is_closed", "len", "is_empty"],
        letting_go: &[],
        source: "tokio-util 0.7.20 SX",
    },
    Collection {
        path: &["futures::stream::FuturesUnordered", "futures::stream::FuturesOrdered"],
        on_drop: CollectionDrop::DropsContent,
        observing: &[
            "next",
            "try_next",
            "select_next_some",
            "collect",
            "try_collect",
            "for_each",
            "try_for_each",
        ],
        inserting: &[("push", 0), ("push_back", 0), ("push_front", 0)],
        blind: &["len", "is_empty", "clear"],
        letting_go: &[],
        source: "futures 0.3.34 S",
    },
];
