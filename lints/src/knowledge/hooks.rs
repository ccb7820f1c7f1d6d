//! Clients whose connection is lost without any call that fails, or for good: only a hook tells of it, or only an option makes
//! them connect again.

use super::canonical;

/// A client that has to be told whom to tell.
#[derive(Debug, PartialEq, Eq)]
pub struct Hooked {
    /// The row of `clients`.
    pub client: &'static str,
    /// What opens a connection, or makes what will.
    pub opens: &'static [&'static str],
    /// The names of what hears of the loss, or makes it good, methods, fields and functions of a trait: one of them somewhere
    /// in the program is enough.
    pub hears: &'static [&'static str],
    /// What comes of it when there is none.
    pub unheard: &'static str,
    /// What to call.
    pub call: &'static str,
    pub source: &'static str,
}

/// The row of a function that opens such a connection.
pub fn hooked(path: &str) -> Option<&'static Hooked> {
    let path = canonical(path);
    HOOKED.iter().find(|row| row.opens.contains(&path.as_ref()))
}

pub static HOOKED: &[Hooked] = &[
    Hooked {
        client: "amqprs",
        opens: &["amqprs::connection::Connection::open"],
        hears: &["listen_network_io_failure", "register_callback"],
        unheard: "consumers stop, and nothing is told or opened again",
        call: "wait for `listen_network_io_failure` in a task that opens the connection again, or register a callback",
        source: "amqprs 2.1.5 S",
    },
    Hooked {
        client: "fred",
        opens: &[
            "fred::types::Builder::from_config",
            "fred::types::Builder::default_centralized",
            "fred::types::Builder::default_clustered",
        ],
        hears: &[
            "set_policy",
            "ReconnectPolicy",
            "on_error",
            "error_rx",
            "on_unresponsive",
            "unresponsive_rx",
            "on_reconnect",
        ],
        unheard: "without a policy it never connects again, and every command fails from then on",
        call: "call `set_policy` with a `ReconnectPolicy`, and `on_error`",
        source: "fred 10.1.0 S",
    },
    Hooked {
        client: "paho-mqtt",
        opens: &["paho_mqtt::AsyncClient::new"],
        hears: &[
            "automatic_reconnect",
            "set_connection_lost_callback",
            "set_disconnected_callback",
            "reconnect",
            "get_stream",
            "get_event_stream",
            "start_consuming",
        ],
        unheard: "it never connects again, and publishing fails from then on",
        call: "set `automatic_reconnect`, or reconnect in `set_connection_lost_callback`",
        source: "paho-mqtt 0.14.0 S",
    },
    // Neither has a default; `disconnected` of the handler only logs, at the level of debugging.
    Hooked {
        client: "russh client",
        opens: &["russh::client::connect", "russh::client::connect_stream"],
        hears: &["keepalive_interval", "inactivity_timeout", "disconnected", "is_closed"],
        unheard: "a machine that is cut off is never noticed: what is asked of the session waits for ever",
        call: "set `keepalive_interval` in the `Config`, and ask `is_closed` before a session is used again",
        source: "russh 0.65.1 S",
    },
];
