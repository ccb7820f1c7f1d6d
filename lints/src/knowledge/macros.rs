//! What is known of macros by name: how their tokens read, and what a call of one means.
//!
//! A macro is known by the last segment of its path, because that is all a file tells of it before names are resolved.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::has_any;

/// A macro that programs use often enough to be known.
#[derive(Debug, PartialEq, Eq)]
pub struct MacroRow {
    pub name: &'static str,
    pub shape: Shape,
    pub meaning: Meaning,
}

/// How the tokens of a macro are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Expressions, with separators and keys as the field's macros have them (`;`, `=>`, `name =`).
    Args,
    /// As `Args`, with a format string that captures names, and the fields of `tracing`, `log` and `slog`.
    FormatArgs,
    /// Arms of futures that race.
    Select,
    /// Futures that run side by side.
    Join,
    /// As `Join`, until the first error.
    TryJoin,
    /// A value and a pattern.
    Matches,
    /// Code that yields items.
    Stream,
    /// As `Stream`, and `?` yields an error.
    TryStream,
    /// Statements.
    Code,
    /// Items: statics, mostly.
    Items,
    /// `if #[cfg(..)] { .. } else { .. }`.
    CfgIf,
    /// A JSON value with expressions in it.
    Json,
    /// Tokens that are data, or code of another time and place.
    Tokens,
}

/// What it means that a macro is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    Log(LogLevel),
    Print,
    /// Makes a string or writes one somewhere.
    Format,
    /// Never comes back.
    Panic,
    /// Leaves the function with an `Err`.
    Return,
    /// Leaves the function with an `Err` unless its condition holds.
    Ensure,
    /// Panics unless its condition holds.
    Assert,
    /// Pins a future in place.
    Pin,
    /// Holds the values it is given.
    Collection,
    None,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LogLevel {
    Trace,
    Debug,
    Info,
    Warn,
    Error,
    /// Said by an argument.
    Dynamic,
}

/// The names of the macros whose arms are futures that race.
pub fn select_names() -> impl Iterator<Item = &'static str> {
    MACROS.iter().filter(|row| row.shape == Shape::Select).map(|row| row.name)
}

/// The row of a macro, by the last segment of its path; None for a macro that is not known.
pub fn macro_row(name: &str) -> Option<&'static MacroRow> {
    static INDEX: LazyLock<FxHashMap<&str, &MacroRow>> =
        LazyLock::new(|| MACROS.iter().rev().map(|row| (row.name, row)).collect());
    INDEX.get(name).copied()
}

/// Whether a macro tells somebody what happened: one known to log or print, or one not known whose name says so.
/// Projects wrap their logging in macros of their own (`log_error!`, `warn_once!`, `report!`), and taking one for silence
/// would be a false alarm; so any name that contains one of the words counts.
pub fn logs(name: &str) -> bool {
    match macro_row(name) {
        Some(row) => matches!(row.meaning, Meaning::Log(_) | Meaning::Print),
        None => has_any(name, LOGGING_WORDS),
    }
}

const LOGGING_WORDS: &[&str] = &["log", "warn", "error", "report", "info", "debug", "trace", "print"];

const fn row(name: &'static str, shape: Shape, meaning: Meaning) -> MacroRow {
    MacroRow { name, shape, meaning }
}

static MACROS: &[MacroRow] = &[
    // tracing, log, slog, defmt
    row("trace", Shape::FormatArgs, Meaning::Log(LogLevel::Trace)),
    row("debug", Shape::FormatArgs, Meaning::Log(LogLevel::Debug)),
    row("info", Shape::FormatArgs, Meaning::Log(LogLevel::Info)),
    row("warn", Shape::FormatArgs, Meaning::Log(LogLevel::Warn)),
    row("error", Shape::FormatArgs, Meaning::Log(LogLevel::Error)),
    row("crit", Shape::FormatArgs, Meaning::Log(LogLevel::Error)),
    row("critical", Shape::FormatArgs, Meaning::Log(LogLevel::Error)),
    row("event", Shape::FormatArgs, Meaning::Log(LogLevel::Dynamic)),
    row("log", Shape::FormatArgs, Meaning::Log(LogLevel::Dynamic)),
    row("slog_trace", Shape::FormatArgs, Meaning::Log(LogLevel::Trace)),
    row("slog_debug", Shape::FormatArgs, Meaning::Log(LogLevel::Debug)),
    row("slog_info", Shape::FormatArgs, Meaning::Log(LogLevel::Info)),
    row("slog_warn", Shape::FormatArgs, Meaning::Log(LogLevel::Warn)),
    row("slog_error", Shape::FormatArgs, Meaning::Log(LogLevel::Error)),
    row("slog_crit", Shape::FormatArgs, Meaning::Log(LogLevel::Error)),
    row("span", Shape::FormatArgs, Meaning::None),
    row("trace_span", Shape::FormatArgs, Meaning::None),
    row("debug_span", Shape::FormatArgs, Meaning::None),
    row("info_span", Shape::FormatArgs, Meaning::None),
    row("warn_span", Shape::FormatArgs, Meaning::None),
    row("error_span", Shape::FormatArgs, Meaning::None),
    row("enabled", Shape::FormatArgs, Meaning::None),
    row("event_enabled", Shape::FormatArgs, Meaning::None),
    row("span_enabled", Shape::FormatArgs, Meaning::None),
    row("log_enabled", Shape::FormatArgs, Meaning::None),
    row("o", Shape::FormatArgs, Meaning::None),
    // std: text
    row("print", Shape::FormatArgs, Meaning::Print),
    row("println", Shape::FormatArgs, Meaning::Print),
    row("eprint", Shape::FormatArgs, Meaning::Print),
    row("eprintln", Shape::FormatArgs, Meaning::Print),
    row("dbg", Shape::Args, Meaning::Print),
    row("write", Shape::FormatArgs, Meaning::Format),
    row("writeln", Shape::FormatArgs, Meaning::Format),
    row("format", Shape::FormatArgs, Meaning::Format),
    row("format_args", Shape::FormatArgs, Meaning::Format),
    row("concat", Shape::Args, Meaning::Format),
    row("stringify", Shape::Tokens, Meaning::Format),
    row("compile_error", Shape::Args, Meaning::None),
    // std: the end of the thread, or not
    row("panic", Shape::FormatArgs, Meaning::Panic),
    row("unreachable", Shape::FormatArgs, Meaning::Panic),
    row("todo", Shape::FormatArgs, Meaning::Panic),
    row("unimplemented", Shape::FormatArgs, Meaning::Panic),
    row("assert", Shape::FormatArgs, Meaning::Assert),
    row("assert_eq", Shape::FormatArgs, Meaning::Assert),
    row("assert_ne", Shape::FormatArgs, Meaning::Assert),
    row("debug_assert", Shape::FormatArgs, Meaning::Assert),
    row("debug_assert_eq", Shape::FormatArgs, Meaning::Assert),
    row("debug_assert_ne", Shape::FormatArgs, Meaning::Assert),
    row("assert_matches", Shape::Matches, Meaning::Assert),
    row("debug_assert_matches", Shape::Matches, Meaning::Assert),
    row("matches", Shape::Matches, Meaning::None),
    row("ready", Shape::Args, Meaning::None),
    row("try", Shape::Args, Meaning::Ensure),
    row("try_ready", Shape::Args, Meaning::Ensure),
    // errors
    row("anyhow", Shape::FormatArgs, Meaning::Format),
    row("eyre", Shape::FormatArgs, Meaning::Format),
    row("format_err", Shape::FormatArgs, Meaning::Format),
    row("miette", Shape::FormatArgs, Meaning::Format),
    row("whatever", Shape::FormatArgs, Meaning::Return),
    row("bail", Shape::FormatArgs, Meaning::Return),
    row("ensure", Shape::FormatArgs, Meaning::Ensure),
    row("ensure_eq", Shape::FormatArgs, Meaning::Ensure),
    // futures
    row("select", Shape::Select, Meaning::None),
    row("select_biased", Shape::Select, Meaning::None),
    row("join", Shape::Join, Meaning::None),
    row("try_join", Shape::TryJoin, Meaning::None),
    row("pin", Shape::Args, Meaning::Pin),
    row("pin_mut", Shape::Args, Meaning::Pin),
    row("pin_utils_pin_mut", Shape::Args, Meaning::Pin),
    row("stream", Shape::Stream, Meaning::None),
    row("try_stream", Shape::TryStream, Meaning::None),
    // values
    row("vec", Shape::Args, Meaning::Collection),
    row("smallvec", Shape::Args, Meaning::Collection),
    row("arrayvec", Shape::Args, Meaning::Collection),
    row("hashmap", Shape::Args, Meaning::Collection),
    row("hashset", Shape::Args, Meaning::Collection),
    row("btreemap", Shape::Args, Meaning::Collection),
    row("btreeset", Shape::Args, Meaning::Collection),
    row("indexmap", Shape::Args, Meaning::Collection),
    row("maplit", Shape::Args, Meaning::Collection),
    row("json", Shape::Json, Meaning::Collection),
    row("json_internal", Shape::Json, Meaning::Collection),
    row("doc", Shape::Json, Meaning::Collection),
    row("bson", Shape::Json, Meaning::Collection),
    // items and code
    row("cfg_if", Shape::CfgIf, Meaning::None),
    row("lazy_static", Shape::Items, Meaning::None),
    row("thread_local", Shape::Items, Meaning::None),
    row("task_local", Shape::Items, Meaning::None),
    row("quote", Shape::Tokens, Meaning::None),
    row("quote_spanned", Shape::Tokens, Meaning::None),
    row("parse_quote", Shape::Tokens, Meaning::None),
    row("parse_quote_spanned", Shape::Tokens, Meaning::None),
    row("asm", Shape::Tokens, Meaning::None),
    row("global_asm", Shape::Tokens, Meaning::None),
    row("naked_asm", Shape::Tokens, Meaning::None),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_listed_once() {
        for (index, row) in MACROS.iter().enumerate() {
            assert!(
                MACROS[..index].iter().all(|other| other.name != row.name),
                "{} is there twice",
                row.name
            );
        }
    }

    #[test]
    fn wrappers_of_logging_count_and_known_macros_are_taken_at_their_word() {
        for name in ["log_error", "warn_once", "report", "errorf", "println", "event", "dbg"] {
            assert!(logs(name), "{name}");
        }
        for name in ["info_span", "compile_error", "log_enabled", "select", "bail", "metric"] {
            assert!(!logs(name), "{name}");
        }
    }
}
