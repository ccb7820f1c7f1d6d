//! What bounds a wait in time, and the clients whose waits have no bound unless told.

use std::sync::LazyLock;

use super::{Index, find, has_any, in_lower_case, index};

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

/// A function or method whose name alone says that what is given to it is bounded.
pub fn names_timeout(name: &str) -> bool {
    has_any(&in_lower_case(name), &["timeout", "timed_out", "deadline", "time_limit", "within"])
}

/// A call that waits for another machine, for as long as that one likes.
#[derive(Debug)]
pub struct Unbounded {
    pub paths: &'static [&'static str],
    pub waits_for: WaitsFor,
    /// What bounds it where a client is built.
    pub unless: &'static [&'static str],
    pub source: &'static str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WaitsFor {
    /// The other side of a connection that is being made.
    Connection,
    /// A peer that connected and has to say something first.
    Handshake,
    Answer,
}

/// The row of a call that waits for another machine without a bound of its own.
pub fn unbounded(path: &str) -> Option<&'static Unbounded> {
    static INDEX: LazyLock<Index<Unbounded>> = LazyLock::new(|| index(UNBOUNDED, |row| row.paths));
    find(&INDEX, path)
}

/// Whether a name or path speaks of what an orchestrator asks a service for: `health_check`, `/readyz`.
pub fn names_probe(text: &str) -> bool {
    let mut words = text.split(|c: char| !c.is_ascii_alphanumeric());
    words.any(|word| PROBE_WORDS.iter().any(|probe| word.eq_ignore_ascii_case(probe)))
}

const PROBE_WORDS: [&str; 9] =
    ["health", "healthz", "healthcheck", "ready", "readyz", "readiness", "live", "livez", "liveness"];

/// A method or function that takes the handler of a route.
pub fn takes_handler(name: &str) -> bool {
    HANDLER_TAKERS.contains(&name)
}

pub static HANDLER_TAKERS: &[&str] = &[
    "route",
    "get",
    "head",
    "any",
    "on",
    "at",
    "to",
    "and_then",
    "then",
    "map",
    "handler",
    "service",
    "get_service",
    "method",
    "push",
    "goal",
];

/// An attribute that makes a function the handler of a route.
pub fn attribute_of_handler(path: &str) -> bool {
    matches!(
        path.rsplit("::").next(),
        Some("get" | "head" | "route" | "handler" | "endpoint" | "oai" | "debug_handler")
    )
}

const fn row(
    paths: &'static [&'static str],
    kind: TimeoutKind,
    note: &'static str,
    source: &'static str,
) -> Timeout {
    Timeout { paths, kind, note, source }
}

const fn unbounded_row(
    paths: &'static [&'static str],
    waits_for: WaitsFor,
    unless: &'static [&'static str],
    source: &'static str,
) -> Unbounded {
    Unbounded { paths, waits_for, unless, source }
}

pub static UNBOUNDED: &[Unbounded] = &[
    // The system gives up after some minutes where packets are dropped.
    unbounded_row(&["tokio::net::TcpStream::connect"], WaitsFor::Connection, &[], "tokio 1.54.1 S"),
    unbounded_row(
        &[
            "tokio_tungstenite::connect_async",
            "tokio_tungstenite::connect_async_with_config",
            "tokio_tungstenite::connect_async_tls_with_config",
            "tokio_tungstenite::client_async",
            "tokio_tungstenite::client_async_tls",
            "tokio_tungstenite::client_async_with_config",
            "tokio_tungstenite::client_async_tls_with_config",
        ],
        WaitsFor::Connection,
        &[],
        "tokio-tungstenite 0.30.0 S",
    ),
    unbounded_row(
        &[
            "tokio_rustls::TlsConnector::connect",
            "tokio_native_tls::TlsConnector::connect",
            "hyper::client::conn::http1::handshake",
            "hyper::client::conn::http2::handshake",
            "h2::client::handshake",
        ],
        WaitsFor::Connection,
        &[],
        "tokio-rustls 0.26, tokio-native-tls 0.3, hyper 1.12.0, h2 0.4.20 D",
    ),
    unbounded_row(
        &["tokio_postgres::connect", "tokio_postgres::Config::connect"],
        WaitsFor::Connection,
        &["tokio_postgres::Config::connect_timeout"],
        "tokio-postgres 0.7.18 S",
    ),
    unbounded_row(
        &["tonic::transport::Endpoint::connect"],
        WaitsFor::Connection,
        &["tonic::transport::Endpoint::connect_timeout", "tonic::transport::Endpoint::timeout"],
        "tonic 0.14.9 S",
    ),
    unbounded_row(&["lapin::Connection::connect"], WaitsFor::Connection, &[], "lapin 4.12.3 S"),
    unbounded_row(&["russh::client::connect"], WaitsFor::Connection, &[], "russh 0.65.1 S"),
    unbounded_row(
        &[
            "tokio_rustls::TlsAcceptor::accept",
            "tokio_native_tls::TlsAcceptor::accept",
            "tokio_openssl::SslStream::accept",
            "tokio_tungstenite::accept_async",
            "tokio_tungstenite::accept_async_with_config",
            "tokio_tungstenite::accept_hdr_async",
            "tokio_tungstenite::accept_hdr_async_with_config",
            "h2::server::handshake",
        ],
        WaitsFor::Handshake,
        &[],
        "tokio-rustls 0.26, tokio-native-tls 0.3, tokio-openssl 0.6, tokio-tungstenite 0.30.0, h2 0.4.20 D",
    ),
    unbounded_row(
        &["reqwest::get", "reqwest::RequestBuilder::send", "reqwest::Client::execute"],
        WaitsFor::Answer,
        &["reqwest::ClientBuilder::timeout", "reqwest::ClientBuilder::read_timeout"],
        "reqwest 0.13.5 S",
    ),
    // Making the connection has a limit, the answer has none.
    unbounded_row(
        &[
            "aws_sdk_s3::operation::head_bucket::builders::HeadBucketFluentBuilder::send",
            "aws_sdk_s3::operation::head_object::builders::HeadObjectFluentBuilder::send",
            "aws_sdk_s3::operation::list_buckets::builders::ListBucketsFluentBuilder::send",
            "aws_sdk_s3::operation::list_objects_v2::builders::ListObjectsV2FluentBuilder::send",
        ],
        WaitsFor::Answer,
        &[
            "aws_config::ConfigLoader::timeout_config",
            "aws_sdk_s3::config::Builder::timeout_config",
            "aws_config::timeout::TimeoutConfig::builder",
        ],
        "aws-config 1.8, aws-sdk-s3 1.119 D",
    ),
    unbounded_row(
        &[
            "opendal::Operator::check",
            "opendal::Operator::stat",
            "opendal::Operator::exists",
            "opendal::Operator::list",
            "opendal::Operator::read",
        ],
        WaitsFor::Answer,
        &["opendal::layers::TimeoutLayer::new", "opendal::layers::TimeoutLayer::default"],
        "opendal 0.59 D",
    ),
];

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
