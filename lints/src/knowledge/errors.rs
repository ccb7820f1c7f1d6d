//! Error types that only say something harmless or nothing at all, and the calls that give them.

use std::sync::LazyLock;

use super::{Index, find, index};

#[derive(Debug)]
pub struct ErrorType {
    pub paths: &'static [&'static str],
    pub says: Says,
    pub source: &'static str,
}

/// What an error of this type tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Says {
    /// The receivers are gone: nobody wants the value any more.
    ReceiverGone,
    /// The senders are gone: no value will come.
    SenderGone,
    /// The channel or semaphore was closed.
    Closed,
    /// Values were missed, and more will come; of some types also that the senders are gone.
    ValuesMissed,
    /// A task panicked or was aborted.
    TaskDied,
    /// The time is over.
    TimeOver,
    /// Not now: full, empty, locked.
    NotNow,
    /// A thread panicked while it held the lock.
    Poisoned,
    /// The future was stopped from outside.
    Stopped,
    /// Values of this type cannot exist.
    Impossible,
    /// This code put something together wrongly: nothing came from outside.
    Misbuilt,
}

impl Says {
    /// It only tells that the other side of a channel went away, which is how workers are normally stopped.
    pub fn other_side_gone(self) -> bool {
        matches!(self, Says::ReceiverGone | Says::SenderGone | Says::Closed)
    }
}

/// What an error type tells. `!` is [`Says::Impossible`] too, and has no path.
pub fn error_type(path: &str) -> Option<&'static ErrorType> {
    static INDEX: LazyLock<Index<ErrorType>> = LazyLock::new(|| index(ERROR_TYPES, |row| row.paths));
    find(&INDEX, path)
}

/// The types whose values say this.
pub fn that_say(what: Says) -> Vec<&'static str> {
    ERROR_TYPES.iter().filter(|row| row.says == what).flat_map(|row| row.paths).copied().collect()
}

/// A method that waits for or hands something to another task, whose `Err`, on the channel and lock types it usually
/// belongs to, only says that the other side is gone: for receivers of unknown type.
pub fn errs_when_other_side_is_gone(method: &str) -> bool {
    WAITS.contains(&method)
}

pub const WAITS: &[&str] = &[
    "send",
    "send_async",
    "blocking_send",
    "send_blocking",
    "try_send",
    "unbounded_send",
    "send_replace",
    "force_send",
    "reserve",
    "reserve_many",
    "reserve_owned",
    "try_reserve",
    "recv",
    "recv_async",
    "blocking_recv",
    "recv_blocking",
    "recv_many",
    "try_recv",
    "changed",
    "wait_for",
    "has_changed",
    "acquire",
    "acquire_many",
    "acquire_owned",
    "acquire_many_owned",
    "try_acquire",
    "lock",
    "read",
    "write",
];

/// Whether an error type that says [`Says::ValuesMissed`] says nothing else.
pub fn is_only_gaps(path: &str) -> bool {
    super::canonical(path) == "tokio_stream::wrappers::errors::BroadcastStreamRecvError"
}

/// A name that tells a gap from the end (`RecvError::Lagged`, `is_lagged`): code that has one has thought of both.
pub fn tells_gap_from_end(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.contains("lagged") || matches!(name.as_str(), "closed" | "is_closed")
}

/// Whether a text says that a receiver was too slow: `subscription lagged, closing`.
pub fn tells_of_gap(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    // Not `lagging`: `the node might be lagging` is a guess.
    let mut words = text.split(|it: char| !it.is_ascii_alphanumeric());
    words.any(|word| word == "lagged")
        || ["too slow", "fell behind", "falls behind", "fallen behind", "falling behind"]
            .iter()
            .any(|it| text.contains(it))
}

const fn row(paths: &'static [&'static str], says: Says, source: &'static str) -> ErrorType {
    ErrorType { paths, says, source }
}

pub static ERROR_TYPES: &[ErrorType] = &[
    row(
        &[
            "tokio::sync::mpsc::error::SendError",
            "tokio::sync::broadcast::error::SendError",
            "tokio::sync::watch::error::SendError",
            "tokio_util::sync::PollSendError",
        ],
        Says::ReceiverGone,
        "tokio 1.54.1, tokio-util 0.7.20 S",
    ),
    row(
        &[
            "flume::SendError",
            "async_channel::SendError",
            "crossbeam_channel::SendError",
            "kanal::SendError",
            "std::sync::mpsc::SendError",
            "futures::channel::mpsc::SendError",
        ],
        Says::ReceiverGone,
        "flume 0.11.1, async-channel 2.5.0, crossbeam-channel 0.5.17, kanal 0.1.1, std 1.95.0, futures 0.3.34 S",
    ),
    row(
        &[
            "tokio::sync::oneshot::error::RecvError",
            "tokio::sync::watch::error::RecvError",
            "futures::channel::oneshot::Canceled",
            "flume::RecvError",
            "async_channel::RecvError",
            "crossbeam_channel::RecvError",
            "std::sync::mpsc::RecvError",
        ],
        Says::SenderGone,
        "tokio 1.54.1, futures 0.3.34, flume 0.11.1, async-channel 2.5.0, crossbeam-channel 0.5.17, std 1.95.0 S",
    ),
    row(&["tokio::sync::AcquireError", "kanal::ReceiveError"], Says::Closed, "tokio 1.54.1, kanal 0.1.1 S"),
    // The first may be `Closed` too, the second is nothing else.
    row(
        &[
            "tokio::sync::broadcast::error::RecvError",
            "tokio_stream::wrappers::errors::BroadcastStreamRecvError",
        ],
        Says::ValuesMissed,
        "tokio 1.54.1, tokio-stream 0.1.19 SX",
    ),
    row(
        &[
            "tokio::sync::mpsc::error::TrySendError",
            "tokio::sync::mpsc::error::TryRecvError",
            "tokio::sync::oneshot::error::TryRecvError",
            "tokio::sync::broadcast::error::TryRecvError",
            "tokio::sync::TryAcquireError",
            "tokio::sync::TryLockError",
            "flume::TrySendError",
            "flume::TryRecvError",
            "async_channel::TrySendError",
            "async_channel::TryRecvError",
            "crossbeam_channel::TrySendError",
            "crossbeam_channel::TryRecvError",
            "std::sync::mpsc::TrySendError",
            "std::sync::mpsc::TryRecvError",
            "futures::channel::mpsc::TrySendError",
        ],
        Says::NotNow,
        "tokio 1.54.1, flume 0.11.1, async-channel 2.5.0, crossbeam-channel 0.5.17, std 1.95.0 S",
    ),
    row(
        &[
            "tokio::time::error::Elapsed",
            "tokio_stream::Elapsed",
            "tokio::sync::mpsc::error::SendTimeoutError",
            "std::sync::mpsc::RecvTimeoutError",
            "flume::RecvTimeoutError",
            "flume::SendTimeoutError",
            "crossbeam_channel::RecvTimeoutError",
            "crossbeam_channel::SendTimeoutError",
            "async_std::future::TimeoutError",
        ],
        Says::TimeOver,
        "tokio 1.54.1, std 1.95.0, flume 0.11.1, crossbeam-channel 0.5.17, async-std 1.13.2 S",
    ),
    row(
        &["tokio::task::JoinError", "ntex_rt::JoinError", "compio::runtime::JoinError", "glib::JoinError"],
        Says::TaskDied,
        "tokio 1.54.1, ntex-rt 4.5.1, compio-runtime 0.12.6, glib 0.22.10 S",
    ),
    row(&["std::sync::PoisonError", "std::sync::TryLockError"], Says::Poisoned, "std 1.95.0 S"),
    row(&["futures::future::Aborted"], Says::Stopped, "futures 0.3.34 S"),
    row(&["std::convert::Infallible"], Says::Impossible, "std 1.95.0 S"),
    row(&["http::Error"], Says::Misbuilt, "http 1.5.0 S"),
];
