//! Functions that read one message: their error is about that message, and the next may be fine.

use std::sync::LazyLock;

use super::{Index, find, index};

#[derive(Debug)]
pub struct Decoder {
    pub paths: &'static [&'static str],
    /// A message that was cut short is an error.
    pub needs_all: bool,
    pub source: &'static str,
}

/// The row of a function that reads one message.
pub fn decoder(path: &str) -> Option<&'static Decoder> {
    static INDEX: LazyLock<Index<Decoder>> = LazyLock::new(|| index(DECODERS, |row| row.paths));
    find(&INDEX, path)
}

/// Whether a function reads a whole document, so that one that was cut short is an error.
pub fn needs_all(path: &str) -> bool {
    matches!(path, "serde_json::from_reader" | "bincode::deserialize_from")
        || decoder(path).is_some_and(|row| row.needs_all)
}

const fn row(paths: &'static [&'static str], source: &'static str) -> Decoder {
    Decoder { paths, needs_all: true, source }
}

pub static DECODERS: &[Decoder] = &[
    row(&["serde_json::from_str", "serde_json::from_slice"], "serde_json 1.0.151 D"),
    // What is taken apart has been parsed before.
    Decoder { needs_all: false, ..row(&["serde_json::from_value"], "serde_json 1.0.151 D") },
    row(&["rmp_serde::from_slice", "rmp_serde::decode::from_slice"], "rmp-serde 1.3.1 D"),
    row(&["bincode::deserialize", "bincode::decode_from_slice"], "bincode 1.3.3, 2.0.1 D"),
    row(&["postcard::from_bytes"], "postcard 1.1.3 D"),
    row(&["ciborium::from_reader", "ciborium::de::from_reader"], "ciborium 0.2.2 D"),
    row(&["serde_ipld_dagcbor::from_slice", "serde_ipld_dagcbor::from_reader"], "serde_ipld_dagcbor 0.6.4 D"),
    Decoder {
        needs_all: false,
        ..row(&["std::str::from_utf8", "std::string::String::from_utf8"], "std 1.95.0 D")
    },
];
