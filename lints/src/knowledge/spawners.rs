//! What starts a task or a thread, and what comes back.

use std::sync::LazyLock;

use super::{Index, find, index};

/// A function or method that starts work which runs beside its caller.
#[derive(Debug)]
pub struct Spawner {
    /// A name for messages and tests.
    pub id: &'static str,
    pub paths: &'static [&'static str],
    pub starts: Starts,
    pub returns: Returns,
    /// What dropping that which comes back does.
    pub on_drop: OnDrop,
    pub panic: PanicFate,
    /// Which argument is the future or closure, the receiver not counted. None: it is the receiver, or is in the library.
    pub argument: Option<usize>,
    pub scope: Scope,
    /// Nobody can learn how the task ended once the handle is gone, and that is not what the API is for.
    pub dropped_is_finding: bool,
    /// The outcome cannot be had from outside: the body has to report it.
    pub body_must_log: bool,
    pub source: &'static str,
}

/// What is started.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Starts {
    Task,
    /// A task of the current thread; it need not be `Send`.
    LocalTask,
    /// A closure on a pool of threads.
    BlockingTask,
    Thread,
    /// Joined by the scope around it.
    ScopedThread,
    /// A task that belongs to a collection or supervisor, which is asked for its outcome.
    Owned,
    /// Nothing, until what comes back is awaited or spawned.
    Lazy,
}

/// What the call gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Returns {
    /// A handle of this type; its rows are in `handles`.
    Handle(&'static str),
    /// A `Result` (or a future of one) with such a handle.
    ResultOfHandle(&'static str),
    Nothing,
    /// A handle that can only abort.
    AbortHandle,
    Other,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnDrop {
    /// The task runs on, unseen.
    Detach,
    /// The task is killed.
    Cancel,
    Nothing,
    /// There is none to drop.
    NoHandle,
    /// The task is waited for.
    Join,
    /// The task never starts.
    Lazy,
}

/// Where a panic of the task goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PanicFate {
    /// An `Err` of the handle, or of the collection that owns the task.
    KeptInHandle,
    /// It panics again in whoever awaits the handle; lost if nobody does.
    ResumedInAwaiter,
    /// Into the caller, the thread or the scope.
    Propagates,
    /// The process ends.
    Aborts,
    /// Nobody sees it.
    Lost,
}

/// The world a function belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    Service,
    Gui,
    Wasm,
    Embedded,
    /// Runtimes for tests: nothing there is worth a finding.
    Test,
}

/// The row of a function that starts a task. Look-alikes such as `Command::spawn` are none.
pub fn spawner(path: &str) -> Option<&'static Spawner> {
    static INDEX: LazyLock<Index<Spawner>> = LazyLock::new(|| index(SPAWNERS, |row| row.paths));
    find(&INDEX, path)
}

/// The paths of all that starts work in a service.
pub fn spawner_paths() -> impl Iterator<Item = &'static str> {
    SPAWNERS.iter().filter(|row| row.scope == Scope::Service).flat_map(|row| row.paths).copied()
}

/// A function that is named like a spawner and is none.
#[derive(Debug)]
pub struct NotSpawner {
    pub paths: &'static [&'static str],
    pub why: &'static str,
    pub source: &'static str,
}

/// Why a function named like a spawner is none.
pub fn not_spawner(path: &str) -> Option<&'static NotSpawner> {
    static INDEX: LazyLock<Index<NotSpawner>> = LazyLock::new(|| index(NOT_SPAWNERS, |row| row.paths));
    find(&INDEX, path)
}

pub(super) const TOKIO_HANDLE: &str = "tokio::task::JoinHandle";

/// What most have in common: tokio's `spawn`.
const TASK: Spawner = Spawner {
    id: "",
    paths: &[],
    starts: Starts::Task,
    returns: Returns::Handle(TOKIO_HANDLE),
    on_drop: OnDrop::Detach,
    panic: PanicFate::KeptInHandle,
    argument: Some(0),
    scope: Scope::Service,
    dropped_is_finding: true,
    body_must_log: false,
    source: "",
};

/// A task whose handle is `Task` of async-task.
const CANCELLED_ON_DROP: Spawner = Spawner {
    returns: Returns::Handle("async_task::Task"),
    on_drop: OnDrop::Cancel,
    panic: PanicFate::ResumedInAwaiter,
    ..TASK
};

/// A task that its collection owns: only an `AbortHandle` comes back.
const OWNED: Spawner = Spawner {
    starts: Starts::Owned,
    returns: Returns::AbortHandle,
    on_drop: OnDrop::Nothing,
    dropped_is_finding: false,
    ..TASK
};

/// A task nobody has a handle of.
const NO_HANDLE: Spawner = Spawner {
    returns: Returns::Nothing,
    on_drop: OnDrop::NoHandle,
    panic: PanicFate::Lost,
    dropped_is_finding: false,
    body_must_log: true,
    ..TASK
};

/// A task of a runtime for tests.
const TEST: Spawner = Spawner { scope: Scope::Test, dropped_is_finding: false, ..TASK };

pub static SPAWNERS: &[Spawner] = &[
    Spawner { id: "tokio.spawn", paths: &["tokio::task::spawn"], source: "tokio 1.54.1 SX", ..TASK },
    Spawner {
        id: "tokio.spawn_blocking",
        paths: &["tokio::task::spawn_blocking"],
        starts: Starts::BlockingTask,
        source: "tokio 1.54.1 S",
        ..TASK
    },
    Spawner {
        id: "tokio.spawn_local",
        paths: &["tokio::task::spawn_local"],
        starts: Starts::LocalTask,
        source: "tokio 1.54.1 SX",
        ..TASK
    },
    Spawner {
        id: "tokio.Runtime.spawn",
        paths: &["tokio::runtime::Handle::spawn", "tokio::runtime::Runtime::spawn"],
        source: "tokio 1.54.1 SX",
        ..TASK
    },
    Spawner {
        id: "tokio.Runtime.spawn_blocking",
        paths: &[
            "tokio::runtime::Handle::spawn_blocking",
            "tokio::runtime::Runtime::spawn_blocking",
            "tokio::runtime::LocalRuntime::spawn_blocking",
        ],
        starts: Starts::BlockingTask,
        source: "tokio 1.54.1 S",
        ..TASK
    },
    // Dropping the set or runtime drops its tasks; not awaiting a LocalSet means that they never run.
    Spawner {
        id: "tokio.LocalSet.spawn_local",
        paths: &["tokio::task::LocalSet::spawn_local", "tokio::runtime::LocalRuntime::spawn_local"],
        starts: Starts::LocalTask,
        source: "tokio 1.54.1 SX",
        ..TASK
    },
    Spawner {
        id: "tokio.task.Builder.spawn",
        paths: &["tokio::task::Builder::spawn", "tokio::task::Builder::spawn_on"],
        returns: Returns::ResultOfHandle(TOKIO_HANDLE),
        source: "tokio 1.54.1 S",
        ..TASK
    },
    Spawner {
        id: "tokio.task.Builder.spawn_local",
        paths: &["tokio::task::Builder::spawn_local", "tokio::task::Builder::spawn_local_on"],
        starts: Starts::LocalTask,
        returns: Returns::ResultOfHandle(TOKIO_HANDLE),
        source: "tokio 1.54.1 S",
        ..TASK
    },
    Spawner {
        id: "tokio.task.Builder.spawn_blocking",
        paths: &["tokio::task::Builder::spawn_blocking", "tokio::task::Builder::spawn_blocking_on"],
        starts: Starts::BlockingTask,
        returns: Returns::ResultOfHandle(TOKIO_HANDLE),
        source: "tokio 1.54.1 S",
        ..TASK
    },
    Spawner {
        id: "tokio.JoinSet.spawn",
        paths: &[
            "tokio::task::JoinSet::spawn",
            "tokio::task::JoinSet::spawn_on",
            "tokio::task::JoinSet::spawn_local",
            "tokio::task::JoinSet::spawn_local_on",
            "tokio::task::JoinSet::spawn_blocking",
            "tokio::task::JoinSet::spawn_blocking_on",
        ],
        source: "tokio 1.54.1 SX",
        ..OWNED
    },
    // A Result with an AbortHandle comes back.
    Spawner {
        id: "tokio.JoinSet.build_task",
        paths: &[
            "tokio::task::join_set::Builder::spawn",
            "tokio::task::join_set::Builder::spawn_on",
            "tokio::task::join_set::Builder::spawn_blocking",
            "tokio::task::join_set::Builder::spawn_blocking_on",
            "tokio::task::join_set::Builder::spawn_local",
            "tokio::task::join_set::Builder::spawn_local_on",
        ],
        returns: Returns::Other,
        source: "tokio 1.54.1 S",
        ..OWNED
    },
    // The life of the task is tracked, its outcome is not: `wait` gives () even after a panic.
    Spawner {
        id: "tokio_util.TaskTracker.spawn",
        paths: &[
            "tokio_util::task::TaskTracker::spawn",
            "tokio_util::task::TaskTracker::spawn_on",
            "tokio_util::task::TaskTracker::spawn_local",
            "tokio_util::task::TaskTracker::spawn_local_on",
        ],
        dropped_is_finding: false,
        body_must_log: true,
        source: "tokio-util 0.7.20 SX",
        ..TASK
    },
    Spawner {
        id: "tokio_util.TaskTracker.spawn_blocking",
        paths: &[
            "tokio_util::task::TaskTracker::spawn_blocking",
            "tokio_util::task::TaskTracker::spawn_blocking_on",
        ],
        starts: Starts::BlockingTask,
        dropped_is_finding: false,
        body_must_log: true,
        source: "tokio-util 0.7.20 SX",
        ..TASK
    },
    // The key comes first. Spawning on a key that exists aborts the old task, and nobody is told.
    Spawner {
        id: "tokio_util.JoinMap.spawn",
        paths: &[
            "tokio_util::task::JoinMap::spawn",
            "tokio_util::task::JoinMap::spawn_on",
            "tokio_util::task::JoinMap::spawn_blocking",
            "tokio_util::task::JoinMap::spawn_blocking_on",
            "tokio_util::task::JoinMap::spawn_local",
            "tokio_util::task::JoinMap::spawn_local_on",
        ],
        returns: Returns::Nothing,
        on_drop: OnDrop::NoHandle,
        argument: Some(1),
        source: "tokio-util 0.7.20 SX",
        ..OWNED
    },
    Spawner {
        id: "tokio_util.JoinQueue.spawn",
        paths: &[
            "tokio_util::task::JoinQueue::spawn",
            "tokio_util::task::JoinQueue::spawn_on",
            "tokio_util::task::JoinQueue::spawn_blocking",
        ],
        source: "tokio-util 0.7.20 S",
        ..OWNED
    },
    // The argument is a closure that makes the future.
    Spawner {
        id: "tokio_util.spawn_pinned",
        paths: &[
            "tokio_util::task::LocalPoolHandle::spawn_pinned",
            "tokio_util::task::LocalPoolHandle::spawn_pinned_by_idx",
        ],
        starts: Starts::LocalTask,
        source: "tokio-util 0.7.20 S",
        ..TASK
    },
    // Awaiting the call starts the task and gives the handle.
    Spawner {
        id: "tokio_task_pool.spawn",
        paths: &[
            "tokio_task_pool::Pool::spawn",
            "tokio_task_pool::Pool::spawn_with_timeout",
            "tokio_task_pool::Pool::spawn_task",
        ],
        starts: Starts::Lazy,
        returns: Returns::ResultOfHandle(TOKIO_HANDLE),
        on_drop: OnDrop::Lazy,
        dropped_is_finding: false,
        source: "tokio-task-pool 0.1.8 S",
        ..TASK
    },
    // The argument is a SubsystemBuilder. What counts is what `handle_shutdown_requests` gives.
    Spawner {
        id: "tokio_graceful_shutdown.start",
        paths: &["tokio_graceful_shutdown::SubsystemHandle::start"],
        returns: Returns::Other,
        source: "tokio-graceful-shutdown 0.17.1 S",
        ..OWNED
    },
    Spawner {
        id: "actix_rt.spawn",
        paths: &["actix_rt::spawn", "actix_rt::Runtime::spawn"],
        starts: Starts::LocalTask,
        source: "actix-rt 2.15.0 S",
        ..TASK
    },
    // A bool comes back: false when the arbiter is dead and nothing was started.
    Spawner {
        id: "actix_rt.Arbiter.spawn",
        paths: &[
            "actix_rt::Arbiter::spawn",
            "actix_rt::Arbiter::spawn_fn",
            "actix_rt::ArbiterHandle::spawn",
            "actix_rt::ArbiterHandle::spawn_fn",
        ],
        returns: Returns::Other,
        source: "actix-rt 2.15.0 S",
        ..NO_HANDLE
    },
    // Bound to the life of the actor; the handle only cancels.
    Spawner {
        id: "actix.context.spawn",
        paths: &["actix::AsyncContext::spawn", "actix::AsyncContext::add_stream"],
        returns: Returns::AbortHandle,
        panic: PanicFate::Propagates,
        source: "actix 0.13.5 S",
        ..OWNED
    },
    Spawner {
        id: "actix.context.run_later",
        paths: &["actix::AsyncContext::run_interval", "actix::AsyncContext::run_later"],
        returns: Returns::AbortHandle,
        panic: PanicFate::Propagates,
        argument: Some(1),
        source: "actix 0.13.5 S",
        ..OWNED
    },
    Spawner {
        id: "async_std.spawn",
        paths: &["async_std::task::spawn"],
        returns: Returns::Handle("async_std::task::JoinHandle"),
        panic: PanicFate::ResumedInAwaiter,
        source: "async-std 1.13.2 SX",
        ..TASK
    },
    Spawner {
        id: "async_std.spawn_local",
        paths: &["async_std::task::spawn_local"],
        starts: Starts::LocalTask,
        returns: Returns::Handle("async_std::task::JoinHandle"),
        panic: PanicFate::ResumedInAwaiter,
        source: "async-std 1.13.2 SX",
        ..TASK
    },
    Spawner {
        id: "async_std.spawn_blocking",
        paths: &["async_std::task::spawn_blocking"],
        starts: Starts::BlockingTask,
        returns: Returns::Handle("async_std::task::JoinHandle"),
        panic: PanicFate::ResumedInAwaiter,
        source: "async-std 1.13.2 SX",
        ..TASK
    },
    Spawner {
        id: "async_std.Builder",
        paths: &["async_std::task::Builder::spawn", "async_std::task::Builder::local"],
        returns: Returns::ResultOfHandle("async_std::task::JoinHandle"),
        panic: PanicFate::ResumedInAwaiter,
        source: "async-std 1.13.2 S",
        ..TASK
    },
    Spawner {
        id: "smol.spawn",
        paths: &["smol::spawn", "async_global_executor::spawn"],
        source: "smol 2.0.2, async-global-executor 2.4.1 SX",
        ..CANCELLED_ON_DROP
    },
    Spawner {
        id: "async_global_executor.spawn_local",
        paths: &["async_global_executor::spawn_local"],
        starts: Starts::LocalTask,
        source: "async-global-executor 2.4.1 S",
        ..CANCELLED_ON_DROP
    },
    // Runs only while the executor is run or ticked.
    Spawner {
        id: "async_executor.spawn",
        paths: &["async_executor::Executor::spawn", "async_executor::StaticExecutor::spawn"],
        source: "async-executor 1.14.1 S",
        ..CANCELLED_ON_DROP
    },
    Spawner {
        id: "async_executor.LocalExecutor.spawn",
        paths: &["async_executor::LocalExecutor::spawn", "async_executor::StaticLocalExecutor::spawn"],
        starts: Starts::LocalTask,
        source: "async-executor 1.14.1 S",
        ..CANCELLED_ON_DROP
    },
    // A closure that has started runs on.
    Spawner {
        id: "blocking.unblock",
        paths: &["blocking::unblock", "async_global_executor::spawn_blocking"],
        starts: Starts::BlockingTask,
        source: "blocking 1.7.0 S",
        ..CANCELLED_ON_DROP
    },
    // A Result that says whether the task was started.
    Spawner {
        id: "futures.SpawnExt.spawn",
        paths: &["futures::task::SpawnExt::spawn", "futures::task::LocalSpawnExt::spawn_local"],
        returns: Returns::Other,
        source: "futures 0.3.34 S",
        ..NO_HANDLE
    },
    Spawner {
        id: "futures.ThreadPool.spawn_ok",
        paths: &["futures::executor::ThreadPool::spawn_ok"],
        source: "futures 0.3.34 S",
        ..NO_HANDLE
    },
    Spawner {
        id: "futures.spawn_with_handle",
        paths: &[
            "futures::task::SpawnExt::spawn_with_handle",
            "futures::task::LocalSpawnExt::spawn_local_with_handle",
        ],
        returns: Returns::ResultOfHandle("futures::future::RemoteHandle"),
        on_drop: OnDrop::Cancel,
        panic: PanicFate::ResumedInAwaiter,
        source: "futures 0.3.34 SX",
        ..TASK
    },
    // (Remote, RemoteHandle): the first is still to be spawned; dropping the second cancels it.
    Spawner {
        id: "futures.remote_handle",
        paths: &["futures::future::FutureExt::remote_handle"],
        starts: Starts::Lazy,
        returns: Returns::Other,
        on_drop: OnDrop::Cancel,
        panic: PanicFate::ResumedInAwaiter,
        argument: None,
        source: "futures 0.3.34 SX",
        ..TASK
    },
    Spawner {
        id: "glommio.spawn_local",
        paths: &["glommio::spawn_local"],
        starts: Starts::LocalTask,
        returns: Returns::Handle("glommio::Task"),
        on_drop: OnDrop::Cancel,
        panic: PanicFate::ResumedInAwaiter,
        source: "glommio 0.9.0 S",
        ..TASK
    },
    Spawner {
        id: "glommio.spawn_local_into",
        paths: &["glommio::spawn_local_into", "glommio::sync::Gate::spawn"],
        starts: Starts::LocalTask,
        returns: Returns::ResultOfHandle("glommio::Task"),
        on_drop: OnDrop::Cancel,
        panic: PanicFate::ResumedInAwaiter,
        source: "glommio 0.9.0 S",
        ..TASK
    },
    // The closure makes a future, which a new thread with its own executor runs.
    Spawner {
        id: "glommio.executor",
        paths: &["glommio::LocalExecutorBuilder::spawn"],
        starts: Starts::Thread,
        returns: Returns::ResultOfHandle("glommio::ExecutorJoinHandle"),
        source: "glommio 0.9.0 S",
        ..TASK
    },
    // Not caught: a panic unwinds through the thread of the runtime.
    Spawner {
        id: "monoio.spawn",
        paths: &["monoio::spawn"],
        starts: Starts::LocalTask,
        returns: Returns::Handle("monoio::task::JoinHandle"),
        panic: PanicFate::Propagates,
        source: "monoio 0.2.4 S",
        ..TASK
    },
    Spawner {
        id: "monoio.spawn_blocking",
        paths: &["monoio::spawn_blocking"],
        starts: Starts::BlockingTask,
        returns: Returns::Handle("monoio::task::JoinHandle"),
        source: "monoio 0.2.4 S",
        ..TASK
    },
    Spawner {
        id: "compio.spawn",
        paths: &["compio::runtime::spawn", "compio::runtime::Runtime::spawn"],
        starts: Starts::LocalTask,
        returns: Returns::Handle("compio::runtime::JoinHandle"),
        on_drop: OnDrop::Cancel,
        source: "compio-runtime 0.12.6 S",
        ..TASK
    },
    Spawner {
        id: "compio.spawn_blocking",
        paths: &["compio::runtime::spawn_blocking"],
        starts: Starts::BlockingTask,
        returns: Returns::Handle("compio::runtime::JoinHandle"),
        on_drop: OnDrop::Cancel,
        source: "compio-runtime 0.12.6 S",
        ..TASK
    },
    // Detaches since 4.5; `cancel_on_drop` turns that round.
    Spawner {
        id: "ntex.spawn",
        paths: &["ntex_rt::spawn", "ntex_rt::Handle::spawn"],
        starts: Starts::LocalTask,
        returns: Returns::Handle("ntex_rt::JoinHandle"),
        source: "ntex-rt 4.5.1 S",
        ..TASK
    },
    Spawner {
        id: "ntex.spawn_detached",
        paths: &["ntex_rt::spawn_detached"],
        starts: Starts::LocalTask,
        source: "ntex-rt 4.5.1 S",
        ..NO_HANDLE
    },
    // Work that is still queued is cancelled.
    Spawner {
        id: "ntex.spawn_blocking",
        paths: &["ntex_rt::spawn_blocking"],
        starts: Starts::BlockingTask,
        returns: Returns::Handle("ntex_rt::BlockingResult"),
        on_drop: OnDrop::Cancel,
        source: "ntex-rt 4.5.1 S",
        ..TASK
    },
    // () since 0.10, a Result before. Tasks of firmware are meant to run for ever.
    Spawner {
        id: "embassy.spawn",
        paths: &["embassy_executor::Spawner::spawn", "embassy_executor::SendSpawner::spawn"],
        panic: PanicFate::Aborts,
        scope: Scope::Embedded,
        source: "embassy-executor 0.10.0 S",
        ..NO_HANDLE
    },
    Spawner {
        id: "wasm.spawn_local",
        paths: &["wasm_bindgen_futures::spawn_local"],
        starts: Starts::LocalTask,
        scope: Scope::Wasm,
        source: "wasm-bindgen-futures 0.4.80 S",
        ..NO_HANDLE
    },
    // Without `ThreadPoolBuilder::panic_handler` a panic aborts the process.
    Spawner {
        id: "rayon.spawn",
        paths: &[
            "rayon::spawn",
            "rayon::spawn_fifo",
            "rayon::spawn_broadcast",
            "rayon::ThreadPool::spawn",
            "rayon::ThreadPool::spawn_fifo",
            "rayon::ThreadPool::spawn_broadcast",
        ],
        starts: Starts::BlockingTask,
        panic: PanicFate::Aborts,
        source: "rayon-core 1.13.0 SX",
        ..NO_HANDLE
    },
    Spawner {
        id: "rayon.Scope.spawn",
        paths: &["rayon::Scope::spawn", "rayon::ScopeFifo::spawn_fifo"],
        starts: Starts::ScopedThread,
        returns: Returns::Nothing,
        on_drop: OnDrop::Join,
        panic: PanicFate::Propagates,
        dropped_is_finding: false,
        source: "rayon-core 1.13.0 S",
        ..TASK
    },
    Spawner {
        id: "std.thread.spawn",
        paths: &["std::thread::spawn"],
        starts: Starts::Thread,
        returns: Returns::Handle("std::thread::JoinHandle"),
        source: "std 1.95.0 SX",
        ..TASK
    },
    Spawner {
        id: "std.thread.Builder.spawn",
        paths: &["std::thread::Builder::spawn"],
        starts: Starts::Thread,
        returns: Returns::ResultOfHandle("std::thread::JoinHandle"),
        source: "std 1.95.0 SX",
        ..TASK
    },
    // Not joined, a panic comes out of `scope`; joined and ignored, it is swallowed.
    Spawner {
        id: "std.thread.Scope.spawn",
        paths: &["std::thread::Scope::spawn"],
        starts: Starts::ScopedThread,
        returns: Returns::Handle("std::thread::ScopedJoinHandle"),
        on_drop: OnDrop::Join,
        panic: PanicFate::Propagates,
        dropped_is_finding: false,
        source: "std 1.95.0 SX",
        ..TASK
    },
    // The scope comes first.
    Spawner {
        id: "std.thread.Builder.spawn_scoped",
        paths: &["std::thread::Builder::spawn_scoped"],
        starts: Starts::ScopedThread,
        returns: Returns::ResultOfHandle("std::thread::ScopedJoinHandle"),
        on_drop: OnDrop::Join,
        panic: PanicFate::Propagates,
        argument: Some(1),
        dropped_is_finding: false,
        source: "std 1.95.0 S",
        ..TASK
    },
    // `scope` gives an Err when a thread that was not joined panicked.
    Spawner {
        id: "crossbeam.Scope.spawn",
        paths: &["crossbeam_utils::thread::Scope::spawn"],
        starts: Starts::ScopedThread,
        returns: Returns::Handle("crossbeam_utils::thread::ScopedJoinHandle"),
        on_drop: OnDrop::Join,
        panic: PanicFate::Propagates,
        dropped_is_finding: false,
        source: "crossbeam-utils 0.8.23 SX",
        ..TASK
    },
    Spawner {
        id: "tauri.spawn",
        paths: &["tauri::async_runtime::spawn"],
        returns: Returns::Handle("tauri::async_runtime::JoinHandle"),
        scope: Scope::Gui,
        dropped_is_finding: false,
        source: "tauri 2.12.5 S",
        ..TASK
    },
    Spawner {
        id: "tauri.spawn_blocking",
        paths: &["tauri::async_runtime::spawn_blocking"],
        starts: Starts::BlockingTask,
        returns: Returns::Handle("tauri::async_runtime::JoinHandle"),
        scope: Scope::Gui,
        dropped_is_finding: false,
        source: "tauri 2.12.5 S",
        ..TASK
    },
    Spawner {
        id: "glib.spawn",
        paths: &["glib::spawn_future", "glib::MainContext::spawn"],
        returns: Returns::Handle("glib::JoinHandle"),
        scope: Scope::Gui,
        dropped_is_finding: false,
        source: "glib 0.22.10 S",
        ..TASK
    },
    Spawner {
        id: "glib.spawn_local",
        paths: &["glib::spawn_future_local", "glib::MainContext::spawn_local"],
        starts: Starts::LocalTask,
        returns: Returns::Handle("glib::JoinHandle"),
        scope: Scope::Gui,
        dropped_is_finding: false,
        source: "glib 0.22.10 S",
        ..TASK
    },
    Spawner {
        id: "bevy.spawn",
        paths: &["bevy_tasks::TaskPool::spawn"],
        scope: Scope::Gui,
        dropped_is_finding: false,
        source: "bevy_tasks 0.20.1 S",
        ..CANCELLED_ON_DROP
    },
    // A task of the component; what comes back is a number.
    Spawner {
        id: "dioxus.spawn",
        paths: &["dioxus::prelude::spawn"],
        returns: Returns::Other,
        on_drop: OnDrop::Nothing,
        scope: Scope::Gui,
        source: "dioxus 0.7 U",
        ..NO_HANDLE
    },
    // The accept loop ends with the Router.
    Spawner {
        id: "iroh.Router.spawn",
        paths: &["iroh::protocol::RouterBuilder::spawn"],
        returns: Returns::Handle("iroh::protocol::Router"),
        on_drop: OnDrop::Cancel,
        argument: None,
        source: "iroh 1.4.1 S",
        ..TASK
    },
    Spawner {
        id: "hyper.TokioExecutor.execute",
        paths: &["hyper_util::rt::TokioExecutor::execute"],
        source: "hyper-util 0.1.21 S",
        ..NO_HANDLE
    },
    // The handle is that of tokio or of async-std, as features say.
    Spawner {
        id: "sea_streamer.spawn_task",
        paths: &["sea_streamer_runtime::spawn_task"],
        returns: Returns::Handle("sea_streamer_runtime::TaskHandle"),
        source: "sea-streamer-runtime 0.5.0 S",
        ..TASK
    },
    Spawner {
        id: "tokio_task_tracker.spawn",
        paths: &["tokio_task_tracker::TaskSpawner::spawn"],
        source: "tokio_task_tracker 1 U",
        ..TASK
    },
    // Dropping the handle is normal; the task ends at the first Err of the callback.
    Spawner {
        id: "fred.listeners",
        paths: &[
            "fred::interfaces::EventInterface::on_error",
            "fred::interfaces::EventInterface::on_message",
            "fred::interfaces::EventInterface::on_reconnect",
        ],
        dropped_is_finding: false,
        source: "fred 10.1.0 S",
        ..TASK
    },
    Spawner {
        id: "fred.manage_subscriptions",
        paths: &["fred::clients::SubscriberClient::manage_subscriptions"],
        argument: None,
        dropped_is_finding: false,
        source: "fred 10.1.0 S",
        ..TASK
    },
    Spawner {
        id: "fred.connect",
        paths: &["fred::interfaces::ClientLike::connect"],
        argument: None,
        dropped_is_finding: false,
        source: "fred 10.1.0 S",
        ..TASK
    },
    // Has to be awaited.
    Spawner {
        id: "fred.init",
        paths: &["fred::interfaces::ClientLike::init"],
        returns: Returns::ResultOfHandle(TOKIO_HANDLE),
        argument: None,
        dropped_is_finding: false,
        source: "fred 10.1.0 S",
        ..TASK
    },
    Spawner {
        id: "madsim.spawn",
        paths: &[
            "madsim::task::spawn",
            "madsim::task::spawn_local",
            "madsim::task::spawn_blocking",
            "madsim::task::Builder::spawn",
        ],
        returns: Returns::Handle("madsim::task::JoinHandle"),
        panic: PanicFate::Propagates,
        source: "madsim 0.2.34 S",
        ..TEST
    },
    // The name of the host comes first. A panic comes out of `Sim::run`.
    Spawner {
        id: "turmoil.host",
        paths: &["turmoil::Sim::host", "turmoil::Sim::client"],
        starts: Starts::Owned,
        returns: Returns::Nothing,
        on_drop: OnDrop::NoHandle,
        panic: PanicFate::Propagates,
        argument: Some(1),
        source: "turmoil 0.7.2 S",
        ..TEST
    },
    // Dropping calls abort, which in 0.8.1 only detaches.
    Spawner {
        id: "shuttle.spawn",
        paths: &["shuttle::future::spawn", "shuttle::future::spawn_local"],
        returns: Returns::Handle("shuttle::future::JoinHandle"),
        panic: PanicFate::Propagates,
        source: "shuttle 0.8.1 S",
        ..TEST
    },
    Spawner {
        id: "shuttle.thread.spawn",
        paths: &["shuttle::thread::spawn"],
        starts: Starts::Thread,
        returns: Returns::Handle("shuttle::thread::JoinHandle"),
        panic: PanicFate::Propagates,
        source: "shuttle 0.8.1 S",
        ..TEST
    },
    Spawner {
        id: "loom.spawn",
        paths: &["loom::thread::spawn"],
        starts: Starts::Thread,
        returns: Returns::Handle("loom::thread::JoinHandle"),
        panic: PanicFate::Propagates,
        source: "loom 0.7.3 S",
        ..TEST
    },
];

pub static NOT_SPAWNERS: &[NotSpawner] = &[
    NotSpawner {
        paths: &[
            "tokio_retry::Retry::spawn",
            "tokio_retry::Retry::start",
            "tokio_retry::RetryIf::spawn",
            "tokio_retry::RetryIf::start",
            "tokio_retry2::Retry::spawn",
            "tokio_retry2::Retry::spawn_notify",
            "tokio_retry2::RetryIf::spawn",
        ],
        why: "a future that retries; it has to be awaited",
        source: "tokio-retry 0.3.2, tokio-retry2 0.6.2 S",
    },
    NotSpawner {
        paths: &[
            "std::process::Command::spawn",
            "tokio::process::Command::spawn",
            "async_process::Command::spawn",
        ],
        why: "starts a process",
        source: "std 1.95.0, tokio 1.54.1 S",
    },
    NotSpawner {
        paths: &["tokio::task::block_in_place"],
        why: "runs the closure where it is; a panic goes to the caller",
        source: "tokio 1.54.1 S",
    },
    NotSpawner {
        paths: &["std::thread::scope", "rayon::scope", "rayon::join", "crossbeam_utils::thread::scope"],
        why: "waits for what is started in it",
        source: "std 1.95.0, rayon-core 1.13.0, crossbeam-utils 0.8.23 SX",
    },
    NotSpawner {
        paths: &["bevy_ecs::system::Commands::spawn", "bevy_ecs::world::World::spawn"],
        why: "makes an entity",
        source: "bevy_ecs 0.20 U",
    },
];
