//! Types, functions and traits of libraries that the meaning of code itself rests on.

pub const OPTION: &str = "std::option::Option";
pub const SOME: &str = "std::option::Option::Some";
pub const NONE: &str = "std::option::Option::None";
pub const RESULT: &str = "std::result::Result";
pub const OK: &str = "std::result::Result::Ok";
pub const ERR: &str = "std::result::Result::Err";
pub const VEC: &str = "std::vec::Vec";
pub const STRING: &str = "std::string::String";
pub const ITERATOR: &str = "std::iter::Iterator";
pub const ANY: &str = "std::any::Any";
pub const IO_ERROR: &str = "std::io::Error";
pub const DROP: &str = "std::mem::drop";
pub const REPLACE: &str = "std::mem::replace";
pub const PENDING: &str = "std::future::pending";
pub const CLONE: &str = "std::clone::Clone::clone";
pub const STREAM: &str = "futures::Stream";
pub const FUTURE_EXT: &str = "futures::future::FutureExt";
pub const STREAM_EXT: &str = "futures::stream::StreamExt";
pub const SELECT_ALL: &str = "futures::future::select_all";
pub const EXIT_CODE: &str = "std::process::ExitCode";
pub const ABORTED: &str = "futures::future::Aborted";
pub const ABORT_HANDLE: &str = "tokio::task::AbortHandle";
/// The macro that gives the next item of a `stream!`.
pub const YIELD: &str = "yield";
pub const ELAPSED: &str = "tokio::time::error::Elapsed";

/// What crates for browsers depend on, as code names it.
pub const WASM_BINDGEN: &str = "wasm_bindgen";
