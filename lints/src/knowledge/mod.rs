//! What is known of libraries: rows, looked up by resolved path. No code elsewhere compares paths of libraries.
//!
//! A fact is a row of a table, and says where it was learned: `source` is a crate, the version that was looked at, and
//! how: `S` read in its source, `X` run, `D` taken from its documentation or an issue, `U` not checked. Older and
//! newer releases mostly agree; where they do not, the row says so.
//!
//! ## Paths
//! A path names an item from the outside: the crate by its true name (not the name it has in somebody's
//! `Cargo.toml`), then modules, then the item; a method is `Type::method` or `Trait::method`. No generics. Many items
//! are public under several names: tables use only the one that [`canonical`] gives, and every lookup here applies
//! it, so that callers may ask with any of the names.
//!
//! ## Types
//! Types in rows are texts in the syntax of Rust. Names in them are canonical paths, or names of the prelude
//! (`Option`, `Result`, `Vec`, `String`, `Box`: see [`prelude`]), or the type parameters of the row, or:
//! - `Self`: the type of the receiver; `Self::Item`, `Self::Output`: what it yields, what it gives when awaited;
//! - `Arg0`, `Arg1`: the type of an argument, the receiver not counted; `Arg0::Output`: what the argument gives when
//!   awaited; `Arg0::Item`: what it yields; `Arg0::Return`: what it returns when called;
//! - `::Ok` and `::Error` after any of these: the two sides of the `Result` that it is;
//! - `_`: not known.
//!
//! ## To add a row
//! Find the table by its question (the first line of each module), add the row where its neighbours are, write the
//! canonical path, look into the source of the crate, and name it in `source`. A new name for a known item is a row
//! of `ALIASES` in [`types`]. The tests of this module check the rest.

pub mod attended;
pub mod bounds;
pub mod cancel;
pub mod clients;
pub mod decoders;
pub mod delays;
pub mod drivers;
pub mod errors;
pub mod handles;
pub mod hooks;
pub mod macros;
pub mod methods;
pub mod names;
pub mod panic_hooks;
pub mod servers;
pub mod signatures;
pub mod silence;
pub mod sinks;
pub mod spawners;
pub mod stop;
pub mod streams;
pub mod timeouts;
pub mod transparent;
pub mod types;
pub mod vocabulary;

#[cfg(test)]
mod tests;

use std::borrow::Cow;

use rustc_hash::FxHashMap;

pub use types::{canonical, prelude};

use macros::{LogLevel, Meaning};

/// What it means that a macro is called, by the last segment of its path.
pub fn macro_meaning(name: &str) -> Meaning {
    match macros::macro_row(name) {
        Some(row) => row.meaning,
        None if macros::logs(name) => Meaning::Log(LogLevel::Dynamic),
        None => Meaning::None,
    }
}

/// Whether a type is seen through to the value it points to: `Box`, `Arc`, a lock guard.
pub fn is_pointer(path: &str) -> bool {
    types::target_of(path).is_some()
}

/// Whether a library function or type is in any table: what a glob import may bring in.
pub fn is_known(path: &str) -> bool {
    spawners::spawner(path).is_some()
        || handles::handle(path).is_some()
        || handles::collection(path).is_some()
        || signatures::signature(path).is_some()
        || servers::serve(path).is_some()
        || types::type_alias(path).is_some()
        || streams::channel_kind(path).is_some()
        || delays::delay(path).is_some()
}

/// Rows by path.
type Index<R> = FxHashMap<&'static str, &'static R>;

/// Indexes rows by each of their paths.
fn index<R>(rows: &'static [R], paths: fn(&'static R) -> &'static [&'static str]) -> Index<R> {
    rows.iter().flat_map(|row| paths(row).iter().map(move |path| (*path, row))).collect()
}

/// The row of a path, under whichever of its names.
fn find<R>(index: &Index<R>, path: &str) -> Option<&'static R> {
    index.get(path).or_else(|| index.get(canonical(path).as_ref())).copied()
}

/// Whether a name has one of these in it. Names are short: to look at each place once takes less time than to search for each.
fn has_any(name: &str, parts: &[&str]) -> bool {
    let name = name.as_bytes();
    (0..name.len()).any(|at| {
        let here = &name[at..];
        parts.iter().any(|part| part.as_bytes()[0] == here[0] && here.starts_with(part.as_bytes()))
    })
}

/// A name without capitals, as most are.
fn in_lower_case(name: &str) -> Cow<'_, str> {
    match name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        true => name.to_ascii_lowercase().into(),
        false => name.into(),
    }
}
