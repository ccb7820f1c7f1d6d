//! What bounds a wait in time, and the clients whose waits have no bound unless told.

use std::sync::LazyLock;

use super::{Index, find, index};

#[derive(Debug)]
pub struct Timeout {
    pub paths: &'static [&'static str],
    pub kind: TimeoutKind,
    pub note: &'static str,
    pub source: &'static str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeoutKind {
    /// A function of a time and a future.
    Function,
    /// A method of a future.
    Method,
    /// A method of a stream: bounds each item.
    Stream,
    /// Bounds the requests of a service, not the loop around it.
    Layer,
    /// An option of a client that waits for ever without it.
    UnsetByDefault,
    /// An option of a client that has a bound anyway.
    SetByDefault,
}

/// What a function or type has to do with bounded waits.
pub fn timeout(path: &str) -> Option<&'static Timeout> {
    static INDEX: LazyLock<Index<Timeout>> = LazyLock::new(|| index(TIMEOUTS, |row| row.paths));
    find(&INDEX, path)
}

/// A function or method whose name alone says that the wait is bounded.
pub fn is_timeout_name(name: &str) -> bool {
    ["timeout", "timeout_at", "with_timeout", "timeout_repeating"].contains(&name)
}

const fn row(
    paths: &'static [&'static str],
    kind: TimeoutKind,
    note: &'static str,
    source: &'static str,
) -> Timeout {
    Timeout { paths, kind, note, source }
}

use TimeoutKind::*;

pub static TIMEOUTS: &[Timeout] = &[
    row(
        &["tokio::time::timeout", "tokio::time::timeout_at"],
        Function,
        "Result<T, Elapsed>",
        "tokio 1.54.1 S",
    ),
    row(
        &["tokio_util::future::FutureExt::timeout", "tokio_util::future::FutureExt::timeout_at"],
        Method,
        "Result<T, Elapsed>",
        "tokio-util 0.7.20 S",
    ),
    row(
        &["tokio_stream::StreamExt::timeout", "tokio_stream::StreamExt::timeout_repeating"],
        Stream,
        "Result<T, Elapsed> each",
        "tokio-stream 0.1.19 S",
    ),
    row(&["async_std::future::timeout", "async_std::io::timeout"], Function, "Result", "async-std 1.13.2 S"),
    row(&["async_std::future::FutureExt::timeout"], Method, "Result", "async-std 1.13.2 S"),
    row(&["smol_timeout::TimeoutExt::timeout"], Method, "Option<T>", "smol-timeout 0.6 U"),
    row(&["futures_time::future::FutureExt::timeout"], Method, "io::Result<T>", "futures-time 3.1.0 S"),
    row(&["futures_time::stream::StreamExt::timeout"], Stream, "io::Result<T> each", "futures-time 3.1.0 S"),
    row(
        &["monoio::time::timeout", "compio::time::timeout", "glommio::timer::timeout"],
        Function,
        "Result",
        "monoio 0.2.4, compio-runtime 0.12.6, glommio 0.9.0 S",
    ),
    row(&["embassy_time::with_timeout"], Function, "Result", "embassy-time 0.5 U"),
    row(
        &[
            "tower::timeout::Timeout",
            "tower::timeout::TimeoutLayer",
            "tower::ServiceBuilder::timeout",
            "tower_http::timeout::TimeoutLayer",
            "tower_http::timeout::RequestBodyTimeoutLayer",
        ],
        Layer,
        "covers requests, not the loop around them",
        "tower 0.5.3, tower-http 0.7.1 S",
    ),
    row(
        &[
            "reqwest::ClientBuilder::timeout",
            "reqwest::ClientBuilder::connect_timeout",
            "reqwest::ClientBuilder::read_timeout",
        ],
        UnsetByDefault,
        "",
        "reqwest 0.13.5 S",
    ),
    row(
        &["tonic::transport::Endpoint::timeout", "tonic::transport::Endpoint::connect_timeout"],
        UnsetByDefault,
        "",
        "tonic 0.14.9 S",
    ),
    row(&["tokio_postgres::Config::connect_timeout"], UnsetByDefault, "", "tokio-postgres 0.7.18 S"),
    row(
        &["deadpool::managed::Timeouts"],
        UnsetByDefault,
        "`pool.get().await` can wait for ever",
        "deadpool 0.13.1 S",
    ),
    row(
        &[
            "sqlx::pool::PoolOptions::acquire_timeout",
            "bb8::Builder::connection_timeout",
            "mobc::Builder::get_timeout",
        ],
        SetByDefault,
        "30 s",
        "sqlx-postgres 0.8.6, bb8 0.9.1, mobc 0.9.0 S",
    ),
    row(
        &[
            "redis::AsyncConnectionConfig::set_response_timeout",
            "redis::AsyncConnectionConfig::set_connection_timeout",
        ],
        SetByDefault,
        "response 500 ms, connect 1 s",
        "redis 1.8.1 S",
    ),
    row(&["ssh2::Session::set_timeout"], UnsetByDefault, "blocks for ever", "ssh2 0.9.6 S"),
    row(&["quinn::TransportConfig::max_idle_timeout"], SetByDefault, "30 s", "quinn 0.11.12 S"),
    row(&["quinn::TransportConfig::keep_alive_interval"], UnsetByDefault, "", "quinn 0.11.12 S"),
];
