//! Names of library items: which names are the same item, what type aliases stand for, and what a value of a type
//! gives when it is awaited, iterated or dereferenced.

use std::borrow::Cow;
use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Index, find, index};

/// The one name under which tables know an item: follows re-exports, also of the type or module before a method.
///
/// A path that no row speaks of comes back as it is.
pub fn canonical(path: &str) -> Cow<'_, str> {
    let mut path = Cow::Borrowed(path);
    // An alias may lead to another (`futures_util::StreamExt`); the bound only guards against rows that lead in circles.
    for _ in 0..8 {
        match follow(&path) {
            Some(next) => path = Cow::Owned(next),
            None => break,
        }
    }
    path
}

/// The path with its longest aliased beginning replaced.
fn follow(path: &str) -> Option<String> {
    static INDEX: LazyLock<FxHashMap<&str, &str>> = LazyLock::new(|| ALIASES.iter().copied().collect());
    static CRATES: LazyLock<FxHashSet<&str>> =
        LazyLock::new(|| ALIASES.iter().map(|(alias, _)| crate_of(alias)).collect());
    if !CRATES.contains(crate_of(path)) {
        return None;
    }
    let mut end = path.len();
    loop {
        if let Some(name) = INDEX.get(&path[..end]) {
            return Some(format!("{name}{}", &path[end..]));
        }
        end = path.as_bytes()[..end].windows(2).rposition(|colons| colons == b"::")?;
    }
}

/// The last name of each item that has another one, and the other.
pub fn other_names() -> impl Iterator<Item = (&'static str, &'static str)> {
    let names = ALIASES.iter().map(|(alias, path)| (last_name(path), last_name(alias)));
    names.filter(|(name, other)| name != other)
}

/// The last name of a path.
pub fn last_name(path: &str) -> &str {
    path.rsplit("::").next().unwrap_or(path)
}

/// The other crates that have an item of a path's crate under a name of their own.
pub fn crates_with(path: &str) -> impl Iterator<Item = &'static str> {
    static INDEX: LazyLock<FxHashMap<&str, FxHashSet<&str>>> = LazyLock::new(|| {
        let mut index: FxHashMap<&str, FxHashSet<&str>> = FxHashMap::default();
        for (alias, path) in ALIASES {
            index.entry(crate_of(path)).or_default().insert(crate_of(alias));
        }
        index
    });
    INDEX.get(crate_of(path)).into_iter().flatten().copied()
}

/// The first name of a path.
pub fn crate_of(path: &str) -> &str {
    // It is a few bytes away, and asked for all the time.
    path.bytes().position(|byte| byte == b':').map_or(path, |end| &path[..end])
}

/// What a name of the prelude stands for: `Some` is `std::option::Option::Some`.
pub fn prelude(name: &str) -> Option<&'static str> {
    static INDEX: LazyLock<FxHashMap<&str, &str>> = LazyLock::new(|| PRELUDE.iter().copied().collect());
    INDEX.get(name).copied()
}

/// A type with parameters, and a type text that speaks of them. The type may have more parameters than are named.
#[derive(Debug)]
pub struct Relation {
    pub path: &'static str,
    pub params: &'static [&'static str],
    pub text: &'static str,
    pub source: &'static str,
}

/// What a type alias stands for: `std::io::Result<T>` is `Result<T, std::io::Error>`.
pub fn type_alias(path: &str) -> Option<&'static Relation> {
    static INDEX: LazyLock<Index<Relation>> = LazyLock::new(|| relations(TYPE_ALIASES));
    find(&INDEX, path)
}

/// What awaiting a value of the type gives.
pub fn output_of(path: &str) -> Option<&'static Relation> {
    static INDEX: LazyLock<Index<Relation>> = LazyLock::new(|| relations(OUTPUTS));
    find(&INDEX, path)
}

/// What one step gives on a value of the type: a stream's item, or an iterator's.
pub fn item_of(path: &str) -> Option<&'static Relation> {
    static INDEX: LazyLock<Index<Relation>> = LazyLock::new(|| relations(ITEMS));
    find(&INDEX, path)
}

/// What a value of the type dereferences to: methods are looked for there too.
pub fn target_of(path: &str) -> Option<&'static Relation> {
    static INDEX: LazyLock<Index<Relation>> = LazyLock::new(|| relations(TARGETS));
    find(&INDEX, path)
}

/// These types, and those that stand for one of them, or give one when they are awaited, iterated or dereferenced.
pub fn types_giving(types: &[&'static str]) -> FxHashSet<&'static str> {
    let mut giving: FxHashSet<&str> = types.iter().copied().collect();
    loop {
        let speaks = |row: &&Relation| giving.iter().any(|path| row.text.contains(path));
        let rows = [TYPE_ALIASES, OUTPUTS, ITEMS, TARGETS].into_iter().flatten().filter(speaks);
        let more: Vec<&str> = rows.map(|row| row.path).filter(|path| !giving.contains(path)).collect();
        if more.is_empty() {
            return giving;
        }
        giving.extend(more);
    }
}

fn relations(rows: &'static [Relation]) -> Index<Relation> {
    index(rows, |row| std::slice::from_ref(&row.path))
}

const fn row(
    path: &'static str,
    params: &'static [&'static str],
    text: &'static str,
    source: &'static str,
) -> Relation {
    Relation { path, params, text, source }
}

const T: &[&str] = &["T"];
const TE: &[&str] = &["T", "E"];
const NONE: &[&str] = &[];

const STD: &str = "std 1.95.0 S";
const TOKIO: &str = "tokio 1.54.1 S";
const TOKIO_UTIL: &str = "tokio-util 0.7.20 S";
const TOKIO_STREAM: &str = "tokio-stream 0.1.19 S";
const FUTURES: &str = "futures 0.3.34 S";

#[rustfmt::skip]
pub static TYPE_ALIASES: &[Relation] = &[
    row("std::io::Result", T, "Result<T, std::io::Error>", STD),
    row("std::fmt::Result", NONE, "Result<(), std::fmt::Error>", STD),
    row("std::thread::Result", T, "Result<T, Box<dyn std::any::Any>>", STD),
    row("std::sync::LockResult", T, "Result<T, std::sync::PoisonError<T>>", STD),
    row("std::sync::TryLockResult", T, "Result<T, std::sync::TryLockError<T>>", STD),
    row("anyhow::Result", TE, "Result<T, E>", "anyhow 1.0 S"),
    row("eyre::Result", TE, "Result<T, E>", "eyre 0.6 S"),
    row("miette::Result", TE, "Result<T, E>", "miette 7.6.0 D"),
    row("futures::future::BoxFuture", T, "std::pin::Pin<Box<dyn std::future::Future<Output = T>>>", FUTURES),
    row("futures::future::LocalBoxFuture", T, "std::pin::Pin<Box<dyn std::future::Future<Output = T>>>", FUTURES),
    row("futures::stream::BoxStream", T, "std::pin::Pin<Box<dyn futures::stream::Stream<Item = T>>>", FUTURES),
    row("futures::stream::LocalBoxStream", T, "std::pin::Pin<Box<dyn futures::stream::Stream<Item = T>>>", FUTURES),
    row("hyper::Result", T, "Result<T, hyper::Error>", "hyper 1.12.0 S"),
    row("reqwest::Result", T, "Result<T, reqwest::Error>", "reqwest 0.13.5 S"),
    row("redis::RedisResult", T, "Result<T, redis::RedisError>", "redis 1.8.1 S"),
    row("lapin::Result", T, "Result<T, lapin::Error>", "lapin 4.12.3 S"),
    row("notify::Result", T, "Result<T, notify::Error>", "notify 8.2.2 S"),
    row("serde_json::Result", T, "Result<T, serde_json::Error>", "serde_json 1.0 D"),
    row("fred::types::ConnectHandle", NONE, "tokio::task::JoinHandle<Result<(), fred::error::Error>>", "fred 10.1.0 S"),
];

/// The default of a second parameter that is not given: `anyhow::Result<T>`.
pub static DEFAULT_ERRORS: &[(&str, &str)] = &[
    ("anyhow::Result", "anyhow::Error"),
    ("eyre::Result", "eyre::Report"),
    ("miette::Result", "miette::Report"),
];

#[rustfmt::skip]
pub static OUTPUTS: &[Relation] = &[
    row("tokio::task::JoinHandle", T, "Result<T, tokio::task::JoinError>", TOKIO),
    row("tokio_util::task::AbortOnDropHandle", T, "Result<T, tokio::task::JoinError>", TOKIO_UTIL),
    row("tokio::sync::oneshot::Receiver", T, "Result<T, tokio::sync::oneshot::error::RecvError>", TOKIO),
    row("tokio::time::Sleep", NONE, "()", TOKIO),
    row("tokio::time::Timeout", T, "Result<T::Output, tokio::time::error::Elapsed>", TOKIO),
    row("futures::channel::oneshot::Receiver", T, "Result<T, futures::channel::oneshot::Canceled>", FUTURES),
    row("futures::future::RemoteHandle", T, "T", FUTURES),
    row("futures::future::Ready", T, "T", FUTURES),
    row("futures::future::Abortable", T, "Result<T::Output, futures::future::Aborted>", FUTURES),
    row("quinn::Connecting", NONE, "Result<quinn::Connection, quinn::ConnectionError>", "quinn 0.11.12 S"),
    row("async_task::Task", T, "T", "async-task 4.7.1 S"),
    row("async_std::task::JoinHandle", T, "T", "async-std 1.13.2 S"),
    row("hyper::client::conn::http1::Connection", NONE, "Result<(), hyper::Error>", "hyper 1.12.0 S"),
    row("hyper::client::conn::http2::Connection", NONE, "Result<(), hyper::Error>", "hyper 1.12.0 S"),
    row("hyper::server::conn::http1::Connection", NONE, "Result<(), hyper::Error>", "hyper 1.12.0 S"),
    row("hyper::server::conn::http2::Connection", NONE, "Result<(), hyper::Error>", "hyper 1.12.0 S"),
    row("axum::serve::Serve", NONE, "Result<(), std::io::Error>", "axum 0.8.9 S"),
    row("axum::serve::WithGracefulShutdown", NONE, "Result<(), std::io::Error>", "axum 0.8.9 S"),
    row("actix_web::dev::Server", NONE, "Result<(), std::io::Error>", "actix-server 2.10.0 S"),
    row("tokio_postgres::Connection", NONE, "Result<(), tokio_postgres::Error>", "tokio-postgres 0.7.18 S"),
    row("hyper::client::conn::Connection", NONE, "Result<(), hyper::Error>", "hyper 0.14.32 S"),
    row("h2::client::Connection", NONE, "Result<(), h2::Error>", "h2 0.4.20 S"),
    row("redis::aio::MultiplexedConnectionDriver", NONE, "()", "redis 1.8.1 S"),
];

#[rustfmt::skip]
pub static ITEMS: &[Relation] = &[
    row("tokio_stream::wrappers::ReceiverStream", T, "T", TOKIO_STREAM),
    row("tokio_stream::wrappers::UnboundedReceiverStream", T, "T", TOKIO_STREAM),
    row("tokio_stream::wrappers::WatchStream", T, "T", TOKIO_STREAM),
    row("tokio_stream::wrappers::BroadcastStream", T, "Result<T, tokio_stream::wrappers::errors::BroadcastStreamRecvError>", TOKIO_STREAM),
    row("tokio_stream::wrappers::IntervalStream", NONE, "tokio::time::Instant", TOKIO_STREAM),
    row("tokio_stream::wrappers::SignalStream", NONE, "()", TOKIO_STREAM),
    row("tokio_stream::wrappers::TcpListenerStream", NONE, "Result<tokio::net::TcpStream, std::io::Error>", TOKIO_STREAM),
    row("tokio_stream::wrappers::UnixListenerStream", NONE, "Result<tokio::net::UnixStream, std::io::Error>", TOKIO_STREAM),
    row("tokio_stream::wrappers::LinesStream", NONE, "Result<String, std::io::Error>", TOKIO_STREAM),
    row("tokio_stream::wrappers::ReadDirStream", NONE, "Result<tokio::fs::DirEntry, std::io::Error>", TOKIO_STREAM),
    row("futures::channel::mpsc::Receiver", T, "T", FUTURES),
    row("futures::channel::mpsc::UnboundedReceiver", T, "T", FUTURES),
    row("futures::stream::FuturesUnordered", T, "T::Output", FUTURES),
    row("futures::stream::FuturesOrdered", T, "T::Output", FUTURES),
    row("futures::stream::SelectAll", T, "T::Item", FUTURES),
    row("futures::stream::SplitStream", T, "T::Item", FUTURES),
    row("futures::stream::Fuse", T, "T::Item", FUTURES),
    row("futures::stream::Peekable", T, "T::Item", FUTURES),
    row("async_channel::Receiver", T, "T", "async-channel 2.5.0 S"),
    row("flume::Receiver", T, "T", "flume 0.11.1 S"),
    row("crossbeam_channel::Receiver", T, "T", "crossbeam-channel 0.5.17 S"),
    row("std::sync::mpsc::Receiver", T, "T", STD),
    row("tokio_tungstenite::WebSocketStream", NONE, "Result<tungstenite::Message, tungstenite::Error>", "tokio-tungstenite 0.30.0 S"),
    row("axum::extract::ws::WebSocket", NONE, "Result<axum::extract::ws::Message, axum::Error>", "axum 0.8.9 S"),
    row("tonic::Streaming", T, "Result<T, tonic::Status>", "tonic 0.14.9 S"),
    row("lapin::Consumer", NONE, "Result<lapin::message::Delivery, lapin::Error>", "lapin 4.12.3 S"),
    row("async_nats::jetstream::consumer::pull::Stream", NONE, "Result<async_nats::jetstream::Message, async_nats::jetstream::consumer::pull::MessagesError>", "async-nats 0.51.0 S"),
    row("reqwest_eventsource::EventSource", NONE, "Result<reqwest_eventsource::Event, reqwest_eventsource::Error>", "reqwest-eventsource 0.6.0 D"),
    row("jsonrpsee::core::client::Subscription", T, "Result<T, serde_json::Error>", "jsonrpsee-core 0.26.1 S"),
    row("async_nats::Subscriber", NONE, "async_nats::Message", "async-nats 0.51.0 S"),
    row("std::vec::Vec", T, "T", STD),
    row("std::collections::VecDeque", T, "T", STD),
    row("std::collections::HashSet", T, "T", STD),
    row("std::collections::BTreeSet", T, "T", STD),
    row("std::collections::BinaryHeap", T, "T", STD),
    row("std::collections::HashMap", &["K", "V"], "(K, V)", STD),
    row("std::collections::BTreeMap", &["K", "V"], "(K, V)", STD),
    row("std::option::Option", T, "T", STD),
];

#[rustfmt::skip]
pub static TARGETS: &[Relation] = &[
    row("std::boxed::Box", T, "T", STD),
    row("std::rc::Rc", T, "T", STD),
    row("std::sync::Arc", T, "T", STD),
    row("std::pin::Pin", T, "T", STD),
    row("std::mem::ManuallyDrop", T, "T", STD),
    row("std::panic::AssertUnwindSafe", T, "T", STD),
    row("std::cell::Ref", T, "T", STD),
    row("std::cell::RefMut", T, "T", STD),
    row("std::cell::LazyCell", T, "T", STD),
    row("std::sync::LazyLock", T, "T", STD),
    row("once_cell::sync::Lazy", T, "T", "once_cell 1.21 D"),
    row("once_cell::unsync::Lazy", T, "T", "once_cell 1.21 D"),
    row("std::sync::MutexGuard", T, "T", STD),
    row("std::sync::RwLockReadGuard", T, "T", STD),
    row("std::sync::RwLockWriteGuard", T, "T", STD),
    row("tokio::sync::MutexGuard", T, "T", TOKIO),
    row("tokio::sync::OwnedMutexGuard", T, "T", TOKIO),
    row("tokio::sync::RwLockReadGuard", T, "T", TOKIO),
    row("tokio::sync::RwLockWriteGuard", T, "T", TOKIO),
    row("tokio::sync::OwnedRwLockReadGuard", T, "T", TOKIO),
    row("tokio::sync::OwnedRwLockWriteGuard", T, "T", TOKIO),
    row("tokio::sync::watch::Ref", T, "T", TOKIO),
    row("parking_lot::MutexGuard", T, "T", "parking_lot 0.12 S"),
    row("parking_lot::RwLockReadGuard", T, "T", "parking_lot 0.12 S"),
    row("parking_lot::RwLockWriteGuard", T, "T", "parking_lot 0.12 S"),
    row("futures::lock::MutexGuard", T, "T", FUTURES),
    row("async_lock::MutexGuard", T, "T", "async-lock 3.4 D"),
    row("actix_web::web::Data", T, "std::sync::Arc<T>", "actix-web 4.18.1 S"),
    row("axum::extract::State", T, "T", "axum 0.8.9 S"),
    row("axum::extract::Extension", T, "T", "axum 0.8.9 S"),
];

#[rustfmt::skip]
pub static PRELUDE: &[(&str, &str)] = &[
    ("Option", "std::option::Option"), ("Some", "std::option::Option::Some"), ("None", "std::option::Option::None"),
    ("Result", "std::result::Result"), ("Ok", "std::result::Result::Ok"), ("Err", "std::result::Result::Err"),
    ("Vec", "std::vec::Vec"), ("Box", "std::boxed::Box"), ("String", "std::string::String"),
    ("ToString", "std::string::ToString"), ("ToOwned", "std::borrow::ToOwned"),
    ("drop", "std::mem::drop"), ("size_of", "std::mem::size_of"),
    ("Clone", "std::clone::Clone"), ("Copy", "std::marker::Copy"), ("Send", "std::marker::Send"),
    ("Sync", "std::marker::Sync"), ("Sized", "std::marker::Sized"), ("Unpin", "std::marker::Unpin"),
    ("Drop", "std::ops::Drop"), ("Fn", "std::ops::Fn"), ("FnMut", "std::ops::FnMut"), ("FnOnce", "std::ops::FnOnce"),
    ("AsyncFn", "std::ops::AsyncFn"), ("AsyncFnMut", "std::ops::AsyncFnMut"), ("AsyncFnOnce", "std::ops::AsyncFnOnce"),
    ("AsRef", "std::convert::AsRef"), ("AsMut", "std::convert::AsMut"), ("From", "std::convert::From"),
    ("Into", "std::convert::Into"), ("TryFrom", "std::convert::TryFrom"), ("TryInto", "std::convert::TryInto"),
    ("Default", "std::default::Default"), ("Eq", "std::cmp::Eq"), ("PartialEq", "std::cmp::PartialEq"),
    ("Ord", "std::cmp::Ord"), ("PartialOrd", "std::cmp::PartialOrd"),
    ("Iterator", "std::iter::Iterator"), ("IntoIterator", "std::iter::IntoIterator"), ("Extend", "std::iter::Extend"),
    ("DoubleEndedIterator", "std::iter::DoubleEndedIterator"), ("ExactSizeIterator", "std::iter::ExactSizeIterator"),
    ("FromIterator", "std::iter::FromIterator"), ("Future", "std::future::Future"),
    ("IntoFuture", "std::future::IntoFuture"),
];

/// Names of items, modules and crates that are another's. A name may be the beginning of a longer path.
#[rustfmt::skip]
pub static ALIASES: &[(&str, &str)] = &[
    // std
    ("core", "std"),
    ("alloc", "std"),
    ("std::collections::hash_map::HashMap", "std::collections::HashMap"),
    ("std::collections::hash_set::HashSet", "std::collections::HashSet"),
    ("std::collections::btree_map::BTreeMap", "std::collections::BTreeMap"),
    ("std::collections::btree_set::BTreeSet", "std::collections::BTreeSet"),
    ("std::collections::vec_deque::VecDeque", "std::collections::VecDeque"),
    ("std::collections::binary_heap::BinaryHeap", "std::collections::BinaryHeap"),
    // tokio and those that hand it on, or stand in for it in simulations
    ("madsim_tokio", "tokio"),
    ("madsim_tonic", "tonic"),
    ("madsim_rdkafka", "rdkafka"),
    ("madsim_etcd_client", "etcd_client"),
    ("tokio::spawn", "tokio::task::spawn"),
    ("tokio::time::Duration", "std::time::Duration"),
    ("rocket::tokio", "tokio"),
    ("actix_web::rt", "actix_rt"),
    ("actix_rt::net", "tokio::net"),
    ("actix_rt::time", "tokio::time"),
    ("actix_rt::task", "tokio::task"),
    ("actix_rt::signal", "tokio::signal"),
    ("tokio_util::task::task_tracker::TaskTracker", "tokio_util::task::TaskTracker"),
    ("tokio_stream::Stream", "futures::stream::Stream"),
    // futures
    ("futures_util", "futures"),
    ("futures_core", "futures"),
    ("futures_channel", "futures::channel"),
    ("futures_executor", "futures::executor"),
    ("futures_task", "futures::task"),
    ("futures_sink", "futures::sink"),
    ("futures_io", "futures::io"),
    ("futures::prelude", "futures"),
    ("futures::Future", "std::future::Future"),
    ("futures::future::Future", "std::future::Future"),
    ("futures::IntoFuture", "std::future::IntoFuture"),
    ("futures::TryFuture", "futures::future::TryFuture"),
    ("futures::FutureExt", "futures::future::FutureExt"),
    ("futures::TryFutureExt", "futures::future::TryFutureExt"),
    ("futures::Stream", "futures::stream::Stream"),
    ("futures::TryStream", "futures::stream::TryStream"),
    ("futures::StreamExt", "futures::stream::StreamExt"),
    ("futures::TryStreamExt", "futures::stream::TryStreamExt"),
    ("futures::Sink", "futures::sink::Sink"),
    ("futures::SinkExt", "futures::sink::SinkExt"),
    ("futures::AsyncRead", "futures::io::AsyncRead"),
    ("futures::AsyncWrite", "futures::io::AsyncWrite"),
    ("futures::AsyncBufRead", "futures::io::AsyncBufRead"),
    ("futures::AsyncReadExt", "futures::io::AsyncReadExt"),
    ("futures::AsyncWriteExt", "futures::io::AsyncWriteExt"),
    ("futures::AsyncBufReadExt", "futures::io::AsyncBufReadExt"),
    ("futures::stream::AbortHandle", "futures::future::AbortHandle"),
    ("futures::stream::Abortable", "futures::future::Abortable"),
    ("futures::stream::Aborted", "futures::future::Aborted"),
    ("futures::stream::futures_unordered::FuturesUnordered", "futures::stream::FuturesUnordered"),
    ("futures::task::Context", "std::task::Context"),
    ("futures::task::Poll", "std::task::Poll"),
    ("futures::task::Waker", "std::task::Waker"),
    // smol and async-std
    ("smol::Task", "async_task::Task"),
    ("smol::Executor", "async_executor::Executor"),
    ("smol::LocalExecutor", "async_executor::LocalExecutor"),
    ("smol::Timer", "async_io::Timer"),
    ("smol::Async", "async_io::Async"),
    ("smol::unblock", "blocking::unblock"),
    ("smol::Unblock", "blocking::Unblock"),
    ("smol::channel", "async_channel"),
    ("smol::fs", "async_fs"),
    ("smol::lock", "async_lock"),
    ("smol::net", "async_net"),
    ("smol::process", "async_process"),
    ("smol::future", "futures_lite::future"),
    ("smol::io", "futures_lite::io"),
    ("smol::stream", "futures_lite::stream"),
    ("async_executor::Task", "async_task::Task"),
    ("bevy_tasks::Task", "async_task::Task"),
    ("async_global_executor::Task", "async_task::Task"),
    ("blocking::Task", "async_task::Task"),
    ("async_std::channel", "async_channel"),
    ("async_std::process", "async_process"),
    ("ntex::rt", "ntex_rt"),
    ("compio_runtime", "compio::runtime"),
    ("glommio::task::Task", "glommio::Task"),
    // crossbeam and rayon
    ("crossbeam::channel", "crossbeam_channel"),
    ("crossbeam::thread", "crossbeam_utils::thread"),
    ("crossbeam::scope", "crossbeam_utils::thread::scope"),
    ("crossbeam_utils::scope", "crossbeam_utils::thread::scope"),
    ("rayon_core", "rayon"),
    // errors
    ("color_eyre::eyre", "eyre"),
    ("color_eyre::Result", "eyre::Result"),
    ("color_eyre::Report", "eyre::Report"),
    ("eyre::Error", "eyre::Report"),
    ("eyre::ErrReport", "eyre::Report"),
    ("miette::Error", "miette::Report"),
    // servers and clients
    ("tonic::transport::server::Server", "tonic::transport::Server"),
    ("tonic::codec::Streaming", "tonic::Streaming"),
    ("salvo", "salvo_core"),
    ("jsonrpsee_server", "jsonrpsee::server"),
    ("jsonrpsee_core", "jsonrpsee::core"),
    ("jsonrpsee_ws_client", "jsonrpsee::ws_client"),
    ("pingora::server", "pingora_core::server"),
    ("actix_server::Server", "actix_web::dev::Server"),
    ("actix_server::ServerHandle", "actix_web::dev::ServerHandle"),
    ("tokio_tungstenite::tungstenite", "tungstenite"),
    ("async_tungstenite::tungstenite", "tungstenite"),
    ("tungstenite::protocol::Message", "tungstenite::Message"),
    ("tungstenite::error::Error", "tungstenite::Error"),
    ("sqlx_postgres", "sqlx::postgres"),
    ("sqlx_core::pool", "sqlx::pool"),
    ("kube_runtime", "kube::runtime"),
    ("kube_client", "kube"),
    ("kube::runtime::watcher::watcher", "kube::runtime::watcher"),
    ("kube::runtime::controller::Controller", "kube::runtime::Controller"),
    ("libp2p_swarm", "libp2p::swarm"),
    ("libp2p::Swarm", "libp2p::swarm::Swarm"),
    ("solana_pubsub_client", "solana_client"),
    ("alloy_provider", "alloy::providers"),
    ("alloy_pubsub", "alloy::pubsub"),
    ("ethers_providers", "ethers::providers"),
    ("ethers::prelude", "ethers::providers"),
    ("alloy_transport_ws", "alloy::transports::ws"),
    ("alloy::transports::ws::WsConnect", "alloy::providers::WsConnect"),
    ("tower::builder::ServiceBuilder", "tower::ServiceBuilder"),
    ("rdkafka::consumer::stream_consumer::StreamConsumer", "rdkafka::consumer::StreamConsumer"),
    ("rdkafka::producer::future_producer::DeliveryFuture", "rdkafka::producer::DeliveryFuture"),
    ("rdkafka::producer::future_producer::FutureProducer", "rdkafka::producer::FutureProducer"),
    ("axum::Extension", "axum::extract::Extension"),
    ("axum::http", "http"),
    ("http::request::Request", "http::Request"),
    ("http::response::Response", "http::Response"),
    ("hyper::Request", "http::Request"),
    ("hyper::Response", "http::Response"),
    ("hyper::http", "http"),
    ("pulsar::consumer::Consumer", "pulsar::Consumer"),
    ("tracing::instrument::Instrument", "tracing::Instrument"),
    ("tracing_futures::Instrument", "tracing::Instrument"),
];
