//! A suppression does not say why.
//!
//! ## Why is this bad?
//! That a finding is no bug is a claim about the program. Without the reason nobody can tell later whether it still holds.
//!
//! ## When it is not a defect
//! Never: a reason that fits on the line is always there, if only that nobody misses what is lost.
//!
//! ## Known limits
//! Any text passes for a reason. This lint cannot be suppressed for a statement, only for a file.
//!
//! ## Example
//! ```rust
//! fn start() {
//!     // taskguard: allow(dropped_join_handle)
//!     tokio::spawn(poll());
//! }
//!
//! async fn poll() -> std::io::Result<()> {
//!     loop {
//!         tokio::fs::read("/run/sample").await?;
//!     }
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
