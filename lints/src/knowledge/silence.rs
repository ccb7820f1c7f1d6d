//! Clients that do not notice when the other side is gone without a word: nothing in them pings, and no read has a limit.

/// A client that waits for ever for a peer that is silent.
#[derive(Debug)]
pub struct Silent {
    /// The row of `clients`.
    pub client: &'static str,
    /// What gives a channel that the client fills.
    pub subscriptions: &'static [&'static str],
    /// The types that both sides of a connection have, and the type argument that only the side has that dialled.
    pub sides: Option<(&'static [&'static str], &'static str)>,
    /// The names of the methods that make it notice, where it is built.
    pub unless: &'static [&'static str],
    pub source: &'static str,
}

/// The row of a client.
pub fn silent(client: &str) -> Option<&'static Silent> {
    SILENT.iter().find(|row| row.client == client)
}

/// The row of a function that subscribes.
pub fn silent_subscription(path: &str) -> Option<&'static Silent> {
    let path = super::canonical(path);
    SILENT.iter().find(|row| row.subscriptions.contains(&path.as_ref()))
}

/// A name of what is done about a peer that is silent: `ping`, `last_heartbeat`, `keep_alive`, `idle_since`.
pub fn names_liveness(name: &str) -> bool {
    // `PingInterval` and `ping_interval` are the same words.
    let mut word = String::new();
    let is_one = |word: &str| {
        matches!(
            word,
            "ping"
                | "pings"
                | "heartbeat"
                | "heartbeats"
                | "keepalive"
                | "alive"
                | "idle"
                | "stale"
                | "elapsed"
                | "deadline"
                | "watchdog"
                | "liveness"
        )
    };
    let mut was_lower = false;
    for letter in name.chars() {
        if letter == '_' || letter.is_uppercase() && was_lower {
            if is_one(&word) {
                return true;
            }
            word.clear();
        }
        was_lower = letter.is_lowercase();
        word.extend(letter.to_lowercase().filter(|letter| *letter != '_'));
    }
    is_one(&word)
}

#[rustfmt::skip]
pub static SILENT: &[Silent] = &[
    Silent {
        client: "tokio-tungstenite / async-tungstenite",
        subscriptions: &[],
        sides: Some((&["tokio_tungstenite::WebSocketStream", "async_tungstenite::WebSocketStream"], "tokio_tungstenite::MaybeTlsStream")),
        unless: &[],
        source: "tokio-tungstenite 0.30.0 S",
    },
    Silent { client: "redis PubSub / Monitor", subscriptions: &[], sides: None, unless: &[], source: "redis 1.8.1 S" },
    Silent { client: "sqlx PgListener", subscriptions: &[], sides: None, unless: &[], source: "sqlx-postgres 0.8.6 S" },
    Silent {
        client: "tonic streaming",
        subscriptions: &[],
        sides: None,
        unless: &["http2_keep_alive_interval", "keep_alive_timeout", "tcp_keepalive"],
        source: "tonic 0.14.9 S",
    },
    Silent {
        client: "reqwest-eventsource",
        subscriptions: &[],
        sides: None,
        unless: &["read_timeout", "tcp_keepalive"],
        source: "reqwest-eventsource 0.6.0, reqwest 0.13.5 S",
    },
    Silent {
        client: "jsonrpsee ws",
        subscriptions: &[],
        sides: None,
        unless: &["enable_ws_ping"],
        source: "jsonrpsee-ws-client 0.26.1 S",
    },
    // The connection is pinged, a subscription that the node has forgotten is not seen.
    Silent {
        client: "solana pubsub",
        subscriptions: &[
            "solana_client::pubsub_client::PubsubClient::slot_subscribe",
            "solana_client::pubsub_client::PubsubClient::logs_subscribe",
            "solana_client::pubsub_client::PubsubClient::account_subscribe",
            "solana_client::pubsub_client::PubsubClient::block_subscribe",
            "solana_client::pubsub_client::PubsubClient::program_subscribe",
            "solana_client::pubsub_client::PubsubClient::root_subscribe",
        ],
        sides: None,
        unless: &[],
        source: "solana-pubsub-client 2.3.13 S",
    },
];
