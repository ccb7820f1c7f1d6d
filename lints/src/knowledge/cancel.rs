//! What is lost when the future of a call is dropped before it is done.

/// What is lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loss {
    /// What was read or written so far, in every case.
    Always,
    /// Nothing, as long as the next call is given the same buffer.
    UnlessBufferIsKept,
}

/// What is lost of a method of this name, of tokio's and futures' extension traits for readers and writers. Known by name:
/// which type reads does not matter.
pub fn loss(method: &str) -> Option<Loss> {
    ROWS.iter().find(|row| row.methods.contains(&method)).map(|row| row.loss)
}

#[derive(Debug)]
pub struct Row {
    pub methods: &'static [&'static str],
    pub loss: Loss,
    pub source: &'static str,
}

pub static ROWS: &[Row] = &[
    Row {
        methods: &["read_exact", "read_to_end", "read_to_string", "read_line", "write_all"],
        loss: Loss::Always,
        source: "tokio 1.54.1 D: `AsyncReadExt`, `AsyncBufReadExt`, `AsyncWriteExt`, \"not cancellation safe\"",
    },
    // Built on `read_exact` of two bytes and more.
    Row {
        methods: &[
            "read_u16",
            "read_u32",
            "read_u64",
            "read_u128",
            "read_i16",
            "read_i32",
            "read_i64",
            "read_i128",
            "read_u16_le",
            "read_u32_le",
            "read_u64_le",
            "read_i16_le",
            "read_i32_le",
            "read_i64_le",
        ],
        loss: Loss::Always,
        source: "tokio 1.54.1 S",
    },
    Row {
        methods: &["read_until"],
        loss: Loss::UnlessBufferIsKept,
        source: "tokio 1.54.1 D: \"any partially read bytes are appended to `buf`\"",
    },
];
