//! A suppression names a lint that does not exist, or cannot be understood.
//!
//! ## Why is this bad?
//! It suppresses nothing, whatever its author believed. Groups and `all` are not taken either: a suppression says what has
//! been looked at, so it names its lints.
//!
//! ## When it is not a defect
//! Never.
//!
//! ## Known limits
//! Only comments that begin with `taskguard:` are read as suppressions; one with a typing error in that word is a comment
//! like any other. This lint cannot be suppressed for a statement, only for a file.
//!
//! ## Example
//! ```rust
//! fn start() {
//!     // taskguard: allow(droped_join_handle) -- a lost sample is made up by the next
//!     tokio::spawn(poll());
//! }
//! ```
//! Use instead:
//! ```rust
//! fn start() {
//!     // taskguard: allow(dropped_join_handle) -- a lost sample is made up by the next
//!     tokio::spawn(poll());
//! }
//!
//! async fn poll() -> std::io::Result<()> {
//!     loop {
//!         tokio::fs::read("/run/sample").await?;
//!     }
//! }
//! ```

use crate::framework::{Group, Lint};

pub const LINT: Lint = Lint::by_framework(Group::Suspicious);
