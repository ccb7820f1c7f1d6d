//! What makes a loop wait before it goes round again: sleeps, timers, retry drivers, backoff.

use std::sync::LazyLock;

use super::{Index, find, index};

#[derive(Debug)]
pub struct Delay {
    pub paths: &'static [&'static str],
    pub kind: DelayKind,
    /// Whether the retries end by themselves; false for plain waits.
    pub gives_up: GivesUp,
    pub note: &'static str,
    pub source: &'static str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DelayKind {
    /// Awaiting it takes time.
    Sleep,
    /// Calling it takes time, and holds the thread all the while.
    Blocks,
    /// The next beat of a timer.
    Tick,
    /// Makes a timer; waiting is done by its `tick` or `next`.
    MakesTimer,
    /// Calls an operation again and again with pauses; its future has to be awaited.
    Retries,
    /// The same, blocking the thread.
    RetriesBlocking,
    /// Says how long to wait; somebody else waits.
    Policy,
    /// Puts pauses into a stream or service.
    Adapter,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GivesUp {
    Never,
    /// After a number of tries or a time, unless told otherwise.
    ByDefault,
    AsConfigured,
}

/// What a function or type has to do with waiting.
pub fn delay(path: &str) -> Option<&'static Delay> {
    static INDEX: LazyLock<Index<Delay>> = LazyLock::new(|| index(DELAYS, |row| row.paths));
    find(&INDEX, path)
}

/// The functions that make a thread sleep.
pub fn that_block() -> impl Iterator<Item = &'static str> {
    DELAYS.iter().filter(|row| row.kind == DelayKind::Blocks).flat_map(|row| row.paths).copied()
}

/// A function or method whose name alone says that time passes: for calls that cannot be resolved.
pub fn is_delay_name(name: &str) -> bool {
    DELAY_NAMES.contains(&name)
}

/// A function that makes a stream which asks again at once after an error, unless an adaptor puts pauses into it.
pub fn needs_backoff(path: &str) -> bool {
    NEEDS_BACKOFF.contains(&super::canonical(path).as_ref())
}

/// kube-runtime 5.0.0 SD: the stream itself says so in its documentation.
pub const NEEDS_BACKOFF: &[&str] = &["kube::runtime::watcher", "kube::runtime::metadata_watcher"];

/// A type whose values are waits: awaiting one takes time.
pub fn is_delay_type(path: &str) -> bool {
    DELAY_TYPES.contains(&super::canonical(path).as_ref())
}

pub const DELAY_TYPES: &[&str] = &["tokio::time::Sleep", "futures_timer::Delay", "async_io::Timer"];

pub const DELAY_NAMES: &[&str] = &[
    "sleep",
    "sleep_until",
    "sleep_ms",
    "tick",
    "after",
    "interval",
    "delay",
    "delay_for",
    "backoff",
    "default_backoff",
    "next_backoff",
];

/// Types that make pauses between retries, by their last name alone.
pub const RETRY_TYPES: &[&str] = &[
    "Retry",
    "RetryIf",
    "Retryable",
    "BlockingRetryable",
    "ExponentialBackoff",
    "ExponentialBackoffBuilder",
    "ExponentialBuilder",
    "ConstantBuilder",
    "FibonacciBuilder",
    "FibonacciBackoff",
    "FixedInterval",
    "RetryPolicy",
    "RetryTransientMiddleware",
    "Backoff",
    "ReconnectPolicy",
];

const SLEEP: Delay =
    Delay { paths: &[], kind: DelayKind::Sleep, gives_up: GivesUp::Never, note: "", source: "" };

pub static DELAYS: &[Delay] = &[
    Delay { paths: &["tokio::time::sleep", "tokio::time::sleep_until"], source: "tokio 1.54.1 S", ..SLEEP },
    Delay {
        paths: &[
            "async_std::task::sleep",
            "async_io::Timer::after",
            "async_io::Timer::at",
            "futures_timer::Delay::new",
            "gloo_timers::future::sleep",
            "glommio::timer::sleep",
        ],
        source: "async-std 1.13.2, async-io 2.6.0 S",
        ..SLEEP
    },
    Delay {
        paths: &["std::thread::sleep", "std::thread::sleep_ms", "std::thread::sleep_until"],
        kind: DelayKind::Blocks,
        source: "std 1.95.0 S",
        ..SLEEP
    },
    Delay {
        paths: &["monoio::time::sleep", "compio::time::sleep", "gloo_timers::future::TimeoutFuture::new"],
        source: "monoio 0.2.4, compio 0.19, gloo-timers 0.3 D",
        ..SLEEP
    },
    Delay {
        paths: &[
            "embassy_time::Timer::after",
            "embassy_time::Timer::after_secs",
            "embassy_time::Timer::after_millis",
        ],
        source: "embassy-time 0.5 U",
        ..SLEEP
    },
    Delay {
        paths: &["tokio::time::Interval::tick"],
        kind: DelayKind::Tick,
        note: "the first tick comes at once",
        source: "tokio 1.54.1 S",
        ..SLEEP
    },
    Delay {
        paths: &[
            "tokio::time::interval",
            "tokio::time::interval_at",
            "async_std::stream::interval",
            "async_io::Timer::interval",
            "async_io::Timer::interval_at",
        ],
        kind: DelayKind::MakesTimer,
        source: "tokio 1.54.1, async-std 1.13.2, async-io 2.6.0 S",
        ..SLEEP
    },
    Delay {
        paths: &["tokio_stream::wrappers::IntervalStream"],
        kind: DelayKind::Adapter,
        source: "tokio-stream 0.1.19 S",
        ..SLEEP
    },
    Delay {
        paths: &["backoff::future::retry", "backoff::future::retry_notify"],
        kind: DelayKind::Retries,
        gives_up: GivesUp::ByDefault,
        note: "after 15 minutes (`max_elapsed_time`)",
        source: "backoff 0.4.0 S",
    },
    Delay {
        paths: &["backoff::retry", "backoff::retry_notify"],
        kind: DelayKind::RetriesBlocking,
        gives_up: GivesUp::ByDefault,
        note: "after 15 minutes (`max_elapsed_time`)",
        source: "backoff 0.4.0 S",
    },
    Delay {
        paths: &["backoff::ExponentialBackoff", "backoff::ExponentialBackoffBuilder"],
        kind: DelayKind::Policy,
        gives_up: GivesUp::ByDefault,
        note: "after 15 minutes (`max_elapsed_time`)",
        source: "backoff 0.4.0 S",
    },
    Delay {
        paths: &["backon::Retryable::retry"],
        kind: DelayKind::Retries,
        gives_up: GivesUp::ByDefault,
        note: "after 3 retries; `without_max_times` never",
        source: "backon 1.6.0 S",
    },
    Delay {
        paths: &["backon::BlockingRetryable::retry"],
        kind: DelayKind::RetriesBlocking,
        gives_up: GivesUp::ByDefault,
        note: "after 3 retries; `without_max_times` never",
        source: "backon 1.6.0 S",
    },
    Delay {
        paths: &["backon::ExponentialBuilder", "backon::ConstantBuilder", "backon::FibonacciBuilder"],
        kind: DelayKind::Policy,
        gives_up: GivesUp::ByDefault,
        note: "after 3 retries; `without_max_times` never",
        source: "backon 1.6.0 S",
    },
    Delay {
        paths: &[
            "tokio_retry::Retry::start",
            "tokio_retry::Retry::spawn",
            "tokio_retry::RetryIf::start",
            "tokio_retry::RetryIf::spawn",
            "tokio_retry2::Retry::spawn",
            "tokio_retry2::Retry::spawn_notify",
            "tokio_retry2::RetryIf::spawn",
        ],
        kind: DelayKind::Retries,
        note: "ends with the strategy, which is endless without `take`",
        source: "tokio-retry 0.3.2, tokio-retry2 0.6.2 S",
        ..SLEEP
    },
    Delay {
        paths: &[
            "tokio_retry::strategy::ExponentialBackoff",
            "tokio_retry::strategy::FibonacciBackoff",
            "tokio_retry::strategy::FixedInterval",
            "tokio_retry::strategy::jitter",
            "tokio_retry2::strategy::MaxInterval",
        ],
        kind: DelayKind::Policy,
        source: "tokio-retry 0.3.2, tokio-retry2 0.6.2 S",
        ..SLEEP
    },
    Delay {
        paths: &[
            "again::retry",
            "again::retry_if",
            "again::RetryPolicy::retry",
            "again::RetryPolicy::retry_if",
        ],
        kind: DelayKind::Retries,
        gives_up: GivesUp::ByDefault,
        note: "after 5 tries",
        source: "again 0.1.2 S",
    },
    Delay {
        paths: &["again::RetryPolicy"],
        kind: DelayKind::Policy,
        gives_up: GivesUp::ByDefault,
        note: "after 5 tries",
        source: "again 0.1.2 S",
    },
    Delay {
        paths: &["retry::retry", "retry::retry_with_index"],
        kind: DelayKind::RetriesBlocking,
        note: "ends with the delays, which are endless without `take`",
        source: "retry 2.2.0 S",
        ..SLEEP
    },
    // `NoDelay` is none, and has no row.
    Delay {
        paths: &["retry::delay::Fixed", "retry::delay::Exponential", "retry::delay::Fibonacci"],
        kind: DelayKind::Policy,
        source: "retry 2.2.0 S",
        ..SLEEP
    },
    Delay {
        paths: &["exponential_backoff::Backoff"],
        kind: DelayKind::Policy,
        gives_up: GivesUp::AsConfigured,
        note: "the caller sleeps",
        source: "exponential-backoff 2.1.1 S",
    },
    Delay {
        paths: &["reqwest_retry::RetryTransientMiddleware", "reqwest_retry::policies::ExponentialBackoff"],
        kind: DelayKind::Adapter,
        gives_up: GivesUp::AsConfigured,
        source: "reqwest-retry 0.9.1 S",
        ..SLEEP
    },
    Delay {
        paths: &["tower::retry::RetryLayer", "tower::retry::Policy", "tower::ServiceBuilder::retry"],
        kind: DelayKind::Adapter,
        gives_up: GivesUp::AsConfigured,
        note: "waits only if the Policy sleeps",
        source: "tower 0.5.3 S",
    },
    Delay {
        paths: &["failsafe::CircuitBreaker::call", "failsafe::Config"],
        kind: DelayKind::Adapter,
        gives_up: GivesUp::AsConfigured,
        note: "refuses at once while open",
        source: "failsafe 1.3.0 S",
    },
    Delay {
        paths: &["kube::runtime::WatchStreamExt::default_backoff", "kube::runtime::WatchStreamExt::backoff"],
        kind: DelayKind::Adapter,
        note: "a finite backoff ends the stream",
        source: "kube-runtime 5.0.0 S",
        ..SLEEP
    },
    Delay {
        paths: &[
            "alloy::providers::WsConnect::with_max_retries",
            "alloy::providers::WsConnect::with_retry_interval",
            "async_nats::ConnectOptions::reconnect_delay_callback",
            "fred::types::config::ReconnectPolicy",
            "lapin::ConnectionProperties::with_backoff",
            "lapin::ConnectionProperties::configure_backoff",
            "redis::aio::ConnectionManagerConfig::set_number_of_retries",
        ],
        kind: DelayKind::Policy,
        gives_up: GivesUp::AsConfigured,
        note: "options of clients",
        source: "alloy-transport-ws 2.5.0, async-nats 0.51.0, fred 10.1.0, lapin 4.12.3, redis 1.8.1 S",
    },
];
