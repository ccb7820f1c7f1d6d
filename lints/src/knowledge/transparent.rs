//! Functions through which a future stays itself, and those that change what it gives.

use std::sync::LazyLock;

use super::{Index, find, index};

/// A function that takes a future, as receiver or first argument, and gives a future that runs it.
#[derive(Debug)]
pub struct Wrapper {
    pub paths: &'static [&'static str],
    /// Which argument is the future, the receiver not counted. None: the receiver.
    pub future: Option<usize>,
    pub output: WrappedOutput,
    pub source: &'static str,
}

/// What the wrapped future gives, against what the future itself gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WrappedOutput {
    Same,
    /// An `Err` goes through a closure: what that does decides whether it is handled.
    HandlesError,
    /// The output goes through a closure.
    Mapped,
    /// `Option<T>`: None when it was stopped.
    Option,
    /// `Result<T, Elapsed>` or the like: an `Err` when the time was over.
    Timeout,
    /// `Result<T, Box<dyn Any>>`: an `Err` when it panicked, which has to be looked at.
    CatchesPanic,
    /// `Result<T, Aborted>`.
    Abortable,
}

/// The row of a function that wraps a future.
pub fn wrapper(path: &str) -> Option<&'static Wrapper> {
    static INDEX: LazyLock<Index<Wrapper>> = LazyLock::new(|| index(WRAPPERS, |row| row.paths));
    find(&INDEX, path)
}

/// The row of a method that wraps its receiver, by its name alone: for receivers known to be futures of unknown type.
pub fn wrapping_method(name: &str) -> Option<&'static Wrapper> {
    static INDEX: LazyLock<Index<Wrapper>> = LazyLock::new(|| {
        let methods = WRAPPERS.iter().filter(|row| row.future.is_none()).rev();
        let names = |row: &'static Wrapper| row.paths.iter().filter_map(|path| path.rsplit("::").next());
        methods.flat_map(|row| names(row).map(move |name| (name, row))).collect()
    });
    INDEX.get(name).copied()
}

const METHOD: Wrapper = Wrapper { paths: &[], future: None, output: WrappedOutput::Same, source: "" };
const FUNCTION: Wrapper = Wrapper { future: Some(0), ..METHOD };

pub static WRAPPERS: &[Wrapper] = &[
    Wrapper {
        paths: &[
            "tracing::Instrument::instrument",
            "tracing::Instrument::in_current_span",
            "tracing::instrument::WithSubscriber::with_subscriber",
            "tracing::instrument::WithSubscriber::with_current_subscriber",
        ],
        source: "tracing 0.1.44 S",
        ..METHOD
    },
    Wrapper {
        paths: &[
            "futures::future::FutureExt::boxed",
            "futures::future::FutureExt::boxed_local",
            "futures::future::FutureExt::fuse",
            "futures::future::FutureExt::shared",
            "futures::future::FutureExt::inspect",
            "futures::future::FutureExt::left_future",
            "futures::future::FutureExt::right_future",
            "futures::future::TryFutureExt::into_future",
            "std::future::IntoFuture::into_future",
        ],
        source: "futures 0.3.34 S",
        ..METHOD
    },
    Wrapper {
        paths: &["std::boxed::Box::pin", "std::boxed::Box::new", "std::pin::Pin::new"],
        source: "std 1.95.0 S",
        ..FUNCTION
    },
    Wrapper {
        paths: &[
            "tokio::task::unconstrained",
            "tokio::task::coop::unconstrained",
            "tokio::task::coop::cooperative",
        ],
        source: "tokio 1.54.1 S",
        ..FUNCTION
    },
    Wrapper {
        paths: &[
            "std::panic::AssertUnwindSafe",
            "futures::future::maybe_done",
            "futures::future::IntoFuture",
        ],
        source: "std 1.95.0, futures 0.3.34 D",
        ..FUNCTION
    },
    Wrapper {
        paths: &["tokio_metrics::TaskMonitor::instrument"],
        source: "tokio-metrics 0.5.2 S",
        ..FUNCTION
    },
    Wrapper {
        paths: &["tokio_util::task::TaskTracker::track_future"],
        source: "tokio-util 0.7.20 S",
        ..FUNCTION
    },
    Wrapper { paths: &["async_compat::Compat::new"], source: "async-compat 0.2 U", ..FUNCTION },
    Wrapper { paths: &["async_compat::CompatExt::compat"], source: "async-compat 0.2 U", ..METHOD },
    Wrapper { paths: &["sentry::SentryFutureExt::bind_hub"], source: "sentry 0.49.5 S", ..METHOD },
    Wrapper {
        paths: &[
            "opentelemetry::context::FutureExt::with_context",
            "opentelemetry::context::FutureExt::with_current_context",
        ],
        source: "opentelemetry 0.33 U",
        ..METHOD
    },
    Wrapper {
        paths: &[
            "futures::future::TryFutureExt::map_err",
            "futures::future::TryFutureExt::inspect_err",
            "futures::future::TryFutureExt::or_else",
            "futures::future::TryFutureExt::unwrap_or_else",
        ],
        output: WrappedOutput::HandlesError,
        source: "futures 0.3.34 S",
        ..METHOD
    },
    Wrapper {
        paths: &[
            "futures::future::FutureExt::map",
            "futures::future::FutureExt::then",
            "futures::future::TryFutureExt::map_ok",
            "futures::future::TryFutureExt::map_ok_or_else",
            "futures::future::TryFutureExt::and_then",
            "futures::future::TryFutureExt::inspect_ok",
            "futures::future::FutureExt::unit_error",
            "futures::future::FutureExt::never_error",
            "futures::future::TryFutureExt::ok_into",
            "futures::future::TryFutureExt::err_into",
        ],
        output: WrappedOutput::Mapped,
        source: "futures 0.3.34 S",
        ..METHOD
    },
    Wrapper {
        paths: &[
            "tokio_util::future::FutureExt::with_cancellation_token",
            "tokio_util::future::FutureExt::with_cancellation_token_owned",
        ],
        output: WrappedOutput::Option,
        source: "tokio-util 0.7.20 S",
        ..METHOD
    },
    Wrapper {
        paths: &[
            "tokio_util::sync::CancellationToken::run_until_cancelled",
            "tokio_util::sync::CancellationToken::run_until_cancelled_owned",
        ],
        output: WrappedOutput::Option,
        source: "tokio-util 0.7.20 S",
        ..FUNCTION
    },
    Wrapper {
        paths: &[
            "tokio_util::future::FutureExt::timeout",
            "tokio_util::future::FutureExt::timeout_at",
            "async_std::future::FutureExt::timeout",
            "futures_time::future::FutureExt::timeout",
        ],
        output: WrappedOutput::Timeout,
        source: "tokio-util 0.7.20 S",
        ..METHOD
    },
    Wrapper {
        paths: &["tokio::time::timeout", "tokio::time::timeout_at", "async_std::future::timeout"],
        future: Some(1),
        output: WrappedOutput::Timeout,
        source: "tokio 1.54.1, async-std 1.13.2 S",
    },
    Wrapper {
        paths: &["futures::future::FutureExt::catch_unwind"],
        output: WrappedOutput::CatchesPanic,
        source: "futures 0.3.34 S",
        ..METHOD
    },
    Wrapper {
        paths: &["futures::future::Abortable::new"],
        output: WrappedOutput::Abortable,
        source: "futures 0.3.34 S",
        ..FUNCTION
    },
];
