//! Channels and streams: what they give, and what their end or error means.

use std::sync::LazyLock;

use super::{Index, find, index};

/// A pair of functions and types through which values go.
#[derive(Debug)]
pub struct Channel {
    /// The functions that make one; they give `(sender, receiver)`, except where `receiver` says otherwise.
    pub makers: &'static [&'static str],
    pub kind: ChannelKind,
    /// A full channel makes the sender wait (or drops values).
    pub bounded: bool,
    pub sender: &'static str,
    pub receiver: &'static str,
    pub source: &'static str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChannelKind {
    /// `recv` gives `Option`: None when all senders are gone.
    Mpsc,
    /// `recv` gives `Result`: an `Err` may only say that values were missed.
    Broadcast,
    Watch,
    Oneshot,
    /// `recv` is async and gives `Result`: an `Err` when all senders are gone.
    AsyncChannel,
    /// `recv` blocks and gives `Result`: an `Err` when all senders are gone.
    Blocking,
    /// A receiver that can wait either way: flume, kanal.
    Mixed,
}

/// The channel that a function makes.
pub fn channel(path: &str) -> Option<&'static Channel> {
    static INDEX: LazyLock<Index<Channel>> = LazyLock::new(|| index(CHANNELS, |row| row.makers));
    find(&INDEX, path)
}

/// What kind of channel a receiver or sender type belongs to.
pub fn channel_kind(path: &str) -> Option<ChannelKind> {
    let path = super::canonical(path);
    let row = CHANNELS.iter().find(|row| row.receiver == path || row.sender == path)?;
    Some(row.kind)
}

/// Whether a type is the sending end of the channel of a type of receivers.
pub fn is_sender_to(sender: &str, receiver: &str) -> bool {
    let (sender, receiver) = (super::canonical(sender), super::canonical(receiver));
    CHANNELS.iter().any(|row| row.sender == sender && row.receiver == receiver)
}

/// Whether a type is the receiving end of a channel.
pub fn is_receiver(path: &str) -> bool {
    let path = super::canonical(path);
    CHANNELS.iter().any(|row| row.receiver == path)
}

/// Whether a type is the sending end of a channel.
pub fn is_sender(path: &str) -> bool {
    let path = super::canonical(path);
    CHANNELS.iter().any(|row| row.sender == path)
}

/// Something that gives one value after the other: a method to call again and again, or a stream type.
#[derive(Debug)]
pub struct Source {
    pub paths: &'static [&'static str],
    pub gives: Gives,
    pub on_none: Meaning,
    pub on_err: Meaning,
    /// The row of `clients` that it belongs to. Empty where it is no connection to another process, or one that is served.
    pub client: &'static str,
    /// The methods that make one on values of any type, where nothing else is called so.
    pub made_by: &'static [&'static str],
    pub note: &'static str,
    pub source: &'static str,
}

/// The shape of one value, awaited where that is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gives {
    Value,
    Option,
    Result,
    OptionOfResult,
    ResultOfOption,
}

/// What a `None` or an `Err` says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// There is none.
    Impossible,
    /// The other side is gone: the normal end of a worker.
    End,
    /// The connection is lost or broken, and nothing comes after.
    Lost,
    /// More may come.
    GoesOn,
    /// Some end it, after others more may come.
    Either,
}

/// What the values of a method or stream type are like.
pub fn source(path: &str) -> Option<&'static Source> {
    static INDEX: LazyLock<Index<Source>> = LazyLock::new(|| index(SOURCES, |row| row.paths));
    find(&INDEX, path)
}

/// The values of what a method of this name makes, whatever it is called on.
pub fn source_made_by(method: &str) -> Option<&'static Source> {
    SOURCES.iter().find(|row| row.made_by.contains(&method))
}

/// A function that makes a stream of a closure that is polled.
pub fn polls_closure(path: &str) -> bool {
    super::canonical(path) == "futures::stream::poll_fn"
}

/// A method that reads one small piece of something at hand: a line, a directory entry, a field of a form, a connection.
/// Its error is rare, or belongs to whoever sent the piece.
pub fn reads_pieces(method: &str) -> bool {
    matches!(method, "next_line" | "next_segment" | "next_entry" | "accept" | "lines" | "read_dir")
}

/// A method that reads the next field of a form. What is missing is mostly looked for afterwards.
pub fn reads_fields(method: &str) -> bool {
    method == "next_field"
}

/// As [`reads_fields`], for a type whose items are the fields of a form.
pub fn gives_fields(path: &str) -> bool {
    [
        "actix_multipart::Multipart",
        "ntex_multipart::Multipart",
        "warp::multipart::FormData",
        "warp::filters::multipart::FormData",
        "mpart_async::server::MultipartStream",
    ]
    .contains(&super::canonical(path).as_ref())
}

/// A method that reads the next item of a stream, a body, a set of tasks: known by name, whatever the type.
pub fn reads_items(method: &str) -> bool {
    super::methods::is_receive(method)
        || method.starts_with("next_")
        || matches!(
            method,
            "try_next" | "message" | "chunk" | "frame" | "data" | "read" | "read_frame" | "read_message"
        )
}

/// A method that gives `Ok(None)` at the end and `Err` for an error, whatever the type.
pub fn gives_result_of_option(method: &str) -> bool {
    matches!(method, "try_next" | "next_line" | "next_segment" | "next_entry" | "next_field")
}

/// As [`reads_pieces`], for the name of a variable.
pub fn names_pieces(variable: &str) -> bool {
    let words = ["line", "entries", "dir", "stdin", "stdout", "stderr"];
    words.iter().any(|word| variable.to_ascii_lowercase().contains(word))
}

/// As [`reads_pieces`], for a type.
pub fn gives_pieces(path: &str) -> bool {
    [
        "tokio_stream::wrappers::LinesStream",
        "tokio_stream::wrappers::SplitStream",
        "tokio_stream::wrappers::ReadDirStream",
        "tokio_stream::wrappers::TcpListenerStream",
        "tokio_stream::wrappers::UnixListenerStream",
        "tokio::io::Lines",
        "tokio::fs::ReadDir",
        "tokio_util::codec::LinesCodec",
    ]
    .contains(&super::canonical(path).as_ref())
}

/// A type of the server's side of a connection with one peer.
pub fn is_of_one_peer(path: &str) -> bool {
    [
        "axum::extract::ws::WebSocket",
        "warp::ws::WebSocket",
        "warp::filters::ws::WebSocket",
        "salvo::websocket::WebSocket",
        "poem::web::websocket::WebSocketStream",
        "actix_ws::MessageStream",
        "rocket_ws::stream::DuplexStream",
        "tide_websockets::WebSocketConnection",
        "hyper::upgrade::Upgraded",
        "tokio::net::TcpStream",
        "tokio::net::UnixStream",
        "tokio_rustls::server::TlsStream",
        // Bytes as they come: there is nothing to be cut.
        "tokio_util::codec::BytesCodec",
    ]
    .contains(&super::canonical(path).as_ref())
}

/// An attribute that makes a stream of the function it stands on: `#[try_stream]`.
pub fn makes_stream(attribute: &str) -> bool {
    matches!(attribute.rsplit("::").next(), Some("try_stream" | "stream"))
}

#[rustfmt::skip]
pub static CHANNELS: &[Channel] = &[
    Channel { makers: &["tokio::sync::mpsc::channel"], kind: ChannelKind::Mpsc, bounded: true, sender: "tokio::sync::mpsc::Sender", receiver: "tokio::sync::mpsc::Receiver", source: "tokio 1.54.1 S" },
    Channel { makers: &["tokio::sync::mpsc::unbounded_channel"], kind: ChannelKind::Mpsc, bounded: false, sender: "tokio::sync::mpsc::UnboundedSender", receiver: "tokio::sync::mpsc::UnboundedReceiver", source: "tokio 1.54.1 S" },
    // A sender comes back; receivers are made by `subscribe`.
    Channel { makers: &["tokio::sync::broadcast::channel", "tokio::sync::broadcast::Sender::new"], kind: ChannelKind::Broadcast, bounded: true, sender: "tokio::sync::broadcast::Sender", receiver: "tokio::sync::broadcast::Receiver", source: "tokio 1.54.1 S" },
    Channel { makers: &["tokio::sync::watch::channel", "tokio::sync::watch::Sender::new"], kind: ChannelKind::Watch, bounded: true, sender: "tokio::sync::watch::Sender", receiver: "tokio::sync::watch::Receiver", source: "tokio 1.54.1 S" },
    Channel { makers: &["tokio::sync::oneshot::channel"], kind: ChannelKind::Oneshot, bounded: true, sender: "tokio::sync::oneshot::Sender", receiver: "tokio::sync::oneshot::Receiver", source: "tokio 1.54.1 S" },
    Channel { makers: &["futures::channel::mpsc::channel"], kind: ChannelKind::Mpsc, bounded: true, sender: "futures::channel::mpsc::Sender", receiver: "futures::channel::mpsc::Receiver", source: "futures 0.3.34 S" },
    Channel { makers: &["futures::channel::mpsc::unbounded"], kind: ChannelKind::Mpsc, bounded: false, sender: "futures::channel::mpsc::UnboundedSender", receiver: "futures::channel::mpsc::UnboundedReceiver", source: "futures 0.3.34 S" },
    Channel { makers: &["futures::channel::oneshot::channel"], kind: ChannelKind::Oneshot, bounded: true, sender: "futures::channel::oneshot::Sender", receiver: "futures::channel::oneshot::Receiver", source: "futures 0.3.34 S" },
    Channel { makers: &["async_channel::bounded"], kind: ChannelKind::AsyncChannel, bounded: true, sender: "async_channel::Sender", receiver: "async_channel::Receiver", source: "async-channel 2.5.0 S" },
    Channel { makers: &["async_channel::unbounded"], kind: ChannelKind::AsyncChannel, bounded: false, sender: "async_channel::Sender", receiver: "async_channel::Receiver", source: "async-channel 2.5.0 S" },
    Channel { makers: &["flume::bounded"], kind: ChannelKind::Mixed, bounded: true, sender: "flume::Sender", receiver: "flume::Receiver", source: "flume 0.11.1 S" },
    Channel { makers: &["flume::unbounded"], kind: ChannelKind::Mixed, bounded: false, sender: "flume::Sender", receiver: "flume::Receiver", source: "flume 0.11.1 S" },
    Channel { makers: &["kanal::bounded"], kind: ChannelKind::Mixed, bounded: true, sender: "kanal::Sender", receiver: "kanal::Receiver", source: "kanal 0.1.1 S" },
    Channel { makers: &["kanal::unbounded"], kind: ChannelKind::Mixed, bounded: false, sender: "kanal::Sender", receiver: "kanal::Receiver", source: "kanal 0.1.1 S" },
    Channel { makers: &["kanal::bounded_async"], kind: ChannelKind::AsyncChannel, bounded: true, sender: "kanal::AsyncSender", receiver: "kanal::AsyncReceiver", source: "kanal 0.1.1 S" },
    Channel { makers: &["kanal::unbounded_async"], kind: ChannelKind::AsyncChannel, bounded: false, sender: "kanal::AsyncSender", receiver: "kanal::AsyncReceiver", source: "kanal 0.1.1 S" },
    Channel { makers: &["crossbeam_channel::bounded"], kind: ChannelKind::Blocking, bounded: true, sender: "crossbeam_channel::Sender", receiver: "crossbeam_channel::Receiver", source: "crossbeam-channel 0.5.17 S" },
    Channel { makers: &["crossbeam_channel::unbounded"], kind: ChannelKind::Blocking, bounded: false, sender: "crossbeam_channel::Sender", receiver: "crossbeam_channel::Receiver", source: "crossbeam-channel 0.5.17 S" },
    Channel { makers: &["std::sync::mpsc::channel"], kind: ChannelKind::Blocking, bounded: false, sender: "std::sync::mpsc::Sender", receiver: "std::sync::mpsc::Receiver", source: "std 1.95.0 S" },
    Channel { makers: &["std::sync::mpsc::sync_channel"], kind: ChannelKind::Blocking, bounded: true, sender: "std::sync::mpsc::SyncSender", receiver: "std::sync::mpsc::Receiver", source: "std 1.95.0 S" },
];

/// A stream of plain values.
const STREAM: Source = Source {
    paths: &[],
    gives: Gives::Option,
    on_none: Meaning::End,
    on_err: Meaning::Impossible,
    client: "",
    made_by: &[],
    note: "",
    source: "",
};
/// A call that gives a `Result`.
const RESULT: Source =
    Source { gives: Gives::Result, on_none: Meaning::Impossible, on_err: Meaning::End, ..STREAM };
/// A stream of `Result`s.
const RESULTS: Source = Source { gives: Gives::OptionOfResult, on_err: Meaning::Either, ..STREAM };

pub static SOURCES: &[Source] = &[
    Source {
        paths: &[
            "tokio::sync::mpsc::Receiver::recv",
            "tokio::sync::mpsc::UnboundedReceiver::recv",
            "tokio::sync::mpsc::Receiver::blocking_recv",
            "tokio::sync::mpsc::UnboundedReceiver::blocking_recv",
            "tokio_stream::wrappers::ReceiverStream",
            "tokio_stream::wrappers::UnboundedReceiverStream",
            "futures::channel::mpsc::Receiver",
            "futures::channel::mpsc::UnboundedReceiver",
        ],
        note: "all senders are gone, or it was closed",
        source: "tokio 1.54.1, futures 0.3.34 S",
        ..STREAM
    },
    Source {
        paths: &["tokio::sync::broadcast::Receiver::recv", "tokio::sync::broadcast::Receiver::blocking_recv"],
        on_err: Meaning::Either,
        note: "Closed is the end, after Lagged it goes on",
        source: "tokio 1.54.1 SX",
        ..RESULT
    },
    Source {
        paths: &["tokio_stream::wrappers::BroadcastStream"],
        on_err: Meaning::GoesOn,
        note: "an Err says that values were missed",
        source: "tokio-stream 0.1.19 SX",
        ..RESULTS
    },
    Source {
        paths: &["tokio_stream::wrappers::WatchStream"],
        note: "the sender is gone",
        source: "tokio-stream 0.1.19 S",
        ..STREAM
    },
    Source {
        paths: &["tokio::sync::watch::Receiver::changed", "tokio::sync::watch::Receiver::wait_for"],
        note: "the sender is gone; ignored in a loop, the loop spins",
        source: "tokio 1.54.1 SX",
        ..RESULT
    },
    Source {
        paths: &["tokio::sync::oneshot::Receiver", "futures::channel::oneshot::Receiver"],
        note: "the sender is gone, often because the worker panicked",
        source: "tokio 1.54.1, futures 0.3.34 S",
        ..RESULT
    },
    Source {
        paths: &["tokio::sync::Notify::notified", "tokio::time::Interval::tick"],
        gives: Gives::Value,
        on_none: Meaning::Impossible,
        note: "never ends",
        source: "tokio 1.54.1 SX",
        ..STREAM
    },
    Source {
        paths: &[
            "tokio_stream::wrappers::IntervalStream",
            "tokio_stream::pending",
            "futures::stream::pending",
        ],
        on_none: Meaning::Impossible,
        note: "never ends",
        source: "tokio-stream 0.1.19, futures 0.3.34 S",
        ..STREAM
    },
    Source {
        paths: &[
            "tokio::net::TcpListener::accept",
            "tokio::net::UnixListener::accept",
            "std::net::TcpListener::accept",
            "std::os::unix::net::UnixListener::accept",
            "async_std::net::TcpListener::accept",
            "async_net::TcpListener::accept",
        ],
        on_err: Meaning::GoesOn,
        note: "errors pass (ECONNABORTED, EMFILE), but EMFILE comes back at once: without a delay the loop spins",
        source: "tokio 1.54.1 SD",
        ..RESULT
    },
    Source {
        paths: &["tokio_stream::wrappers::TcpListenerStream", "tokio_stream::wrappers::UnixListenerStream"],
        on_none: Meaning::Impossible,
        on_err: Meaning::GoesOn,
        note: "errors pass; it never ends",
        source: "tokio-stream 0.1.19 SD",
        ..RESULTS
    },
    Source {
        paths: &["tokio_util::codec::Framed", "tokio_util::codec::FramedRead"],
        note: "one Err, then one None; after that it may go on",
        source: "tokio-util 0.7.20 SX",
        ..RESULTS
    },
    Source {
        paths: &["tokio::io::Lines::next_line", "tokio::io::Split::next_segment"],
        gives: Gives::ResultOfOption,
        on_err: Meaning::Lost,
        note: "Ok(None) is the end of the file",
        source: "tokio 1.54.1 S",
        ..STREAM
    },
    Source {
        paths: &["tokio_stream::wrappers::LinesStream"],
        note: "None is the end of the file",
        source: "tokio-stream 0.1.19 S",
        ..RESULTS
    },
    Source {
        paths: &["tokio_stream::StreamExt::timeout"],
        on_err: Meaning::GoesOn,
        note: "an Err is a quiet time; it comes once for each",
        source: "tokio-stream 0.1.19 S",
        ..RESULTS
    },
    Source {
        paths: &[
            "tokio::signal::unix::Signal::recv",
            "tokio::signal::windows::CtrlC::recv",
            "tokio::signal::windows::CtrlBreak::recv",
            "tokio::signal::windows::CtrlClose::recv",
            "tokio::signal::windows::CtrlShutdown::recv",
        ],
        note: "cannot receive any more",
        source: "tokio 1.54.1 S",
        ..STREAM
    },
    Source {
        paths: &[
            "flume::Receiver::recv",
            "flume::Receiver::recv_async",
            "async_channel::Receiver::recv",
            "async_channel::Receiver::recv_blocking",
            "kanal::Receiver::recv",
            "kanal::AsyncReceiver::recv",
            "crossbeam_channel::Receiver::recv",
            "std::sync::mpsc::Receiver::recv",
        ],
        note: "all senders are gone",
        source: "flume 0.11.1, async-channel 2.5.0, kanal 0.1.1, crossbeam-channel 0.5.17, std 1.95.0 S",
        ..RESULT
    },
    // Clients. Whether and how they reconnect is in `clients`.
    Source {
        paths: &["tokio_postgres::Connection::poll_message"],
        on_none: Meaning::Lost,
        on_err: Meaning::Lost,
        client: "tokio-postgres LISTEN",
        note: "None and an Err are both the end of the connection",
        source: "tokio-postgres 0.7.18 S",
        ..RESULTS
    },
    Source {
        paths: &["sqlx::postgres::PgListener::recv"],
        on_err: Meaning::Either,
        client: "sqlx PgListener",
        note: "it reconnects once for some errors, others come out",
        source: "sqlx-postgres 0.8.6 SD",
        ..RESULT
    },
    Source {
        paths: &["sqlx::postgres::PgListener::try_recv"],
        gives: Gives::ResultOfOption,
        on_none: Meaning::GoesOn,
        on_err: Meaning::Either,
        client: "sqlx PgListener",
        made_by: &[],
        note: "Ok(None): the connection was lost, and will be made anew by the next call",
        source: "sqlx-postgres 0.8.6 SD",
    },
    Source {
        paths: &[
            "redis::aio::PubSubStream",
            "redis::aio::PubSub::on_message",
            "redis::aio::PubSub::into_on_message",
        ],
        on_none: Meaning::Lost,
        client: "redis PubSub / Monitor",
        note: "None is a lost connection, in silence",
        source: "redis 1.8.1 S",
        ..STREAM
    },
    Source {
        paths: &["sqlx::postgres::PgListener::into_stream"],
        on_none: Meaning::Impossible,
        on_err: Meaning::Lost,
        client: "sqlx PgListener",
        note: "the stream is over after its first Err",
        source: "sqlx-postgres 0.8.6 S",
        ..RESULTS
    },
    Source {
        paths: &["jsonrpsee::core::client::Subscription"],
        on_none: Meaning::Lost,
        on_err: Meaning::GoesOn,
        client: "jsonrpsee ws",
        note: "an Err is a value that could not be read; None: the connection is closed, or it fell behind",
        source: "jsonrpsee-core 0.26.1 S",
        ..RESULTS
    },
    Source {
        paths: &["alloy::pubsub::Subscription::recv"],
        // As of a broadcast channel, and told as that.
        on_err: Meaning::Either,
        note: "Closed after ten tries to reconnect; after Lagged it goes on",
        source: "alloy-pubsub 2.5.0 S",
        ..RESULT
    },
    Source {
        paths: &["alloy::pubsub::Subscription", "alloy::pubsub::SubscriptionStream"],
        on_none: Meaning::Lost,
        client: "alloy ws",
        made_by: &[
            "subscribe_blocks",
            "subscribe_logs",
            "subscribe_pending_transactions",
            "subscribe_full_pending_transactions",
        ],
        note: "None: all tries to reconnect have failed",
        source: "alloy-pubsub 2.5.0 S",
        ..STREAM
    },
    Source {
        paths: &["ethers::providers::SubscriptionStream"],
        on_none: Meaning::Lost,
        client: "ethers ws / web3 ws",
        note: "None: five tries to reconnect have failed",
        source: "ethers-providers 2.0.14 S",
        ..STREAM
    },
    Source {
        paths: &["rumqttc::EventLoop::poll", "rumqttc::v5::EventLoop::poll"],
        on_err: Meaning::GoesOn,
        client: "rumqttc",
        note: "the next poll reconnects, at once",
        source: "rumqttc 0.25.1 S",
        ..RESULT
    },
    Source {
        paths: &["lapin::Consumer"],
        on_none: Meaning::Lost,
        on_err: Meaning::Either,
        client: "lapin Consumer",
        note: "an Err, then None; with automatic recovery it goes on after the Err",
        source: "lapin 4.12.3 S",
        ..RESULTS
    },
    Source {
        paths: &["async_nats::Subscriber"],
        client: "async-nats core",
        note: "unsubscribed, closed, or no more reconnects",
        source: "async-nats 0.51.0 SD",
        ..STREAM
    },
    Source {
        paths: &[
            "async_nats::jetstream::consumer::pull::Stream",
            "async_nats::jetstream::consumer::push::Messages",
        ],
        on_none: Meaning::Lost,
        client: "async-nats jetstream",
        note: "goes on after MissingHeartbeat and the like; ends when the consumer is gone",
        source: "async-nats 0.51.0 S",
        ..RESULTS
    },
    Source {
        paths: &["rdkafka::consumer::StreamConsumer::recv"],
        on_err: Meaning::GoesOn,
        client: "rdkafka consumer",
        note: "most errors pass: librdkafka reconnects",
        source: "rdkafka 0.39.0 SD",
        ..RESULT
    },
    Source {
        paths: &["rdkafka::consumer::MessageStream", "rdkafka::consumer::StreamConsumer::stream"],
        on_none: Meaning::Impossible,
        on_err: Meaning::GoesOn,
        client: "rdkafka consumer",
        note: "most errors pass: librdkafka reconnects; it never ends",
        source: "rdkafka 0.39.0 SD",
        ..RESULTS
    },
    Source {
        paths: &["rskafka::client::consumer::StreamConsumer"],
        on_err: Meaning::Lost,
        client: "rskafka",
        note: "the first Err ends it",
        source: "rskafka 0.6.0 S",
        ..RESULTS
    },
    Source {
        paths: &["pulsar::Consumer"],
        on_none: Meaning::Lost,
        client: "pulsar",
        note: "None: the tries to reconnect have failed; an Err may be of one message",
        source: "pulsar 6.9.1 S",
        ..RESULTS
    },
    Source {
        paths: &["tokio_tungstenite::WebSocketStream", "async_tungstenite::WebSocketStream"],
        on_none: Meaning::Lost,
        on_err: Meaning::Lost,
        client: "tokio-tungstenite / async-tungstenite",
        note: "closed: None; else one Err, then None for ever",
        source: "tokio-tungstenite 0.30.0 SD",
        ..RESULTS
    },
    Source {
        paths: &["axum::extract::ws::WebSocket", "axum::extract::ws::WebSocket::recv"],
        on_err: Meaning::Lost,
        note: "None: the peer closed",
        source: "axum 0.8.9 S",
        ..RESULTS
    },
    Source {
        paths: &["reqwest_eventsource::EventSource"],
        on_none: Meaning::Lost,
        client: "reqwest-eventsource",
        note: "it reconnects after most errors, never after a status other than 200",
        source: "reqwest-eventsource 0.6.0 SD",
        ..RESULTS
    },
    Source {
        paths: &["tonic::Streaming::message"],
        gives: Gives::ResultOfOption,
        on_err: Meaning::Lost,
        client: "tonic streaming",
        note: "Ok(None): the server ended it; a stream never reconnects",
        source: "tonic 0.14.9 S",
        ..STREAM
    },
    Source {
        paths: &["tonic::Streaming"],
        on_err: Meaning::Lost,
        client: "tonic streaming",
        note: "a stream never reconnects",
        source: "tonic 0.14.9 S",
        ..RESULTS
    },
    Source {
        paths: &["quinn::Endpoint::accept"],
        note: "None only after `Endpoint::close`",
        source: "quinn 0.11.12 S",
        ..STREAM
    },
    Source {
        paths: &["quinn::Connection::accept_bi", "quinn::Connection::accept_uni"],
        on_err: Meaning::Lost,
        client: "quinn / iroh",
        note: "the connection is closed or lost",
        source: "quinn 0.11.12 S",
        ..RESULT
    },
    Source {
        paths: &[
            "kube::runtime::watcher",
            "kube::runtime::metadata_watcher",
            "kube::runtime::watcher::metadata_watcher",
            "kube::runtime::watch_object",
        ],
        on_err: Meaning::GoesOn,
        client: "kube watcher / reflector",
        note: "the next poll tries again, at once; it ends only through a finite backoff",
        source: "kube-runtime 5.0.0 SD",
        ..RESULTS
    },
    Source {
        paths: &["zbus::MessageStream"],
        on_none: Meaning::Lost,
        on_err: Meaning::Lost,
        client: "zbus",
        note: "one Err, then None",
        source: "zbus 5.19.0 S",
        ..RESULTS
    },
    Source {
        paths: &["mongodb::change_stream::ChangeStream"],
        client: "mongodb change stream",
        note: "it resumes once; a second error, or one that cannot be resumed, comes out",
        source: "mongodb 3.9.1 S",
        ..RESULTS
    },
    Source {
        paths: &["etcd_client::WatchStream::message"],
        gives: Gives::ResultOfOption,
        on_none: Meaning::Lost,
        on_err: Meaning::Lost,
        client: "etcd-client watch",
        made_by: &[],
        note: "a response that is `canceled` is followed by silence",
        source: "etcd-client 0.21.1 SD",
    },
    Source {
        paths: &["twilight_gateway::Shard", "twilight_gateway::Shard::next_event"],
        on_none: Meaning::Lost,
        on_err: Meaning::GoesOn,
        client: "twilight-gateway",
        note: "None: closed for good (bad token, bad intents)",
        source: "twilight-gateway 0.16.0 S",
        ..RESULTS
    },
    Source {
        paths: &["libp2p::swarm::Swarm"],
        on_none: Meaning::Impossible,
        note: "never ends; errors are events",
        source: "libp2p-swarm 0.47.1 S",
        ..STREAM
    },
];
