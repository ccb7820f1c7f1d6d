//! The half of a client that moves its bytes: what has to be awaited, polled or kept so that anything goes on.
//!
//! The clients themselves are rows of `clients`, which say more in words.

use super::canonical;

/// A half of a client that somebody has to drive.
#[derive(Debug)]
pub struct Driver {
    /// The row of `clients`.
    pub client: &'static str,
    pub types: &'static [&'static str],
    /// Where the type is one of any stream: what it is a half of.
    pub of: Option<&'static str>,
    pub drive: Drive,
    /// What its error is to those who only use the client.
    pub error: DriverError,
    /// What comes of it when nobody drives it.
    pub undriven: &'static str,
    pub source: &'static str,
}

/// How a half is driven.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drive {
    /// It is awaited, once.
    Await,
    /// A method is called on it again and again, or its values are taken one by one.
    Poll,
}

/// Where the error comes out that ends a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DriverError {
    /// Only there: those who use the client learn that it is closed, not why.
    OnlyThere,
    /// At the calls of the client too.
    AtCallsToo,
    /// It has none, or one that passes.
    None,
}

/// The row of a type, given with the paths of its type arguments.
pub fn driver(path: &str, args: &[Option<&str>]) -> Option<&'static Driver> {
    let path = canonical(path);
    DRIVERS.iter().find(|row| {
        row.types.contains(&path.as_ref())
            && row.of.is_none_or(|of| args.first().is_some_and(|arg| arg.is_some_and(|arg| arg == of)))
    })
}

/// A value that does its work as long as it is kept, and stops without a word when it is dropped.
#[derive(Debug, PartialEq, Eq)]
pub struct Kept {
    /// The row of `clients`.
    pub client: &'static str,
    pub makers: &'static [&'static str],
    /// What comes of it when it is dropped.
    pub dropped: &'static str,
    pub source: &'static str,
}

/// The row of a function that makes such a value.
pub fn kept(path: &str) -> Option<&'static Kept> {
    let path = canonical(path);
    KEPT.iter().find(|row| row.makers.contains(&path.as_ref()))
}

pub static KEPT: &[Kept] = &[Kept {
    client: "notify",
    makers: &[
        "notify::recommended_watcher",
        "notify::RecommendedWatcher::new",
        "notify::PollWatcher::new",
        "notify_debouncer_mini::new_debouncer",
        "notify_debouncer_full::new_debouncer",
    ],
    dropped: "no change is seen any more",
    source: "notify 8.2.2 S",
}];

#[rustfmt::skip]
pub static DRIVERS: &[Driver] = &[
    Driver {
        client: "tokio-postgres",
        types: &["tokio_postgres::Connection"],
        of: None,
        drive: Drive::Await,
        error: DriverError::OnlyThere,
        undriven: "every query waits for ever, or fails as closed",
        source: "tokio-postgres 0.7.18 S",
    },
    Driver {
        client: "redis MultiplexedConnection",
        types: &["redis::aio::MultiplexedConnectionDriver"],
        of: None,
        drive: Drive::Await,
        error: DriverError::None,
        undriven: "every command waits for ever",
        source: "redis 1.8.1 S",
    },
    Driver {
        client: "rumqttc",
        types: &["rumqttc::EventLoop", "rumqttc::v5::EventLoop", "rumqttc::Connection", "rumqttc::v5::Connection"],
        of: None,
        drive: Drive::Poll,
        error: DriverError::None,
        undriven: "nothing is ever sent or received",
        source: "rumqttc 0.25.1 S",
    },
    Driver {
        client: "hyper client conn",
        types: &["hyper::client::conn::http1::Connection", "hyper::client::conn::http2::Connection", "hyper::client::conn::Connection"],
        of: None,
        drive: Drive::Await,
        error: DriverError::AtCallsToo,
        undriven: "every request waits for ever, or is cancelled",
        source: "hyper 1.12.0, hyper 0.14.32 S",
    },
    Driver {
        client: "h2 client",
        types: &["h2::client::Connection"],
        of: None,
        drive: Drive::Await,
        error: DriverError::AtCallsToo,
        undriven: "no request is ever sent",
        source: "h2 0.4.20 S",
    },
    Driver {
        client: "tokio-tungstenite / async-tungstenite",
        types: &["futures::stream::SplitStream"],
        of: Some("tokio_tungstenite::WebSocketStream"),
        drive: Drive::Poll,
        error: DriverError::None,
        undriven: "pings are not answered, and that the peer has closed is not seen",
        source: "tokio-tungstenite 0.30.0, futures 0.3.34 S",
    },
    Driver {
        client: "etcd-client lease",
        types: &["etcd_client::LeaseKeepAliveStream"],
        of: None,
        drive: Drive::Poll,
        error: DriverError::None,
        undriven: "that the lease is lost is not seen",
        source: "etcd-client 0.21.1 S",
    },
];
