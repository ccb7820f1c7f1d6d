//! A suppression hides nothing.
//!
//! ## Why is this bad?
//! The code has been mended, or the comment stands in the wrong place. Left behind, it hides the next finding there, which
//! nobody has looked at.
//!
//! ## When it is not a defect
//! When the finding comes and goes with a feature or a version of the tool. Then allow this lint for the file.
//!
//! ## Known limits
//! A suppression of a lint that is at `allow` in this run is not judged: it may be needed in another. This lint cannot be
//! suppressed for a statement, only for a file.
//!
//! ## Example
//! ```rust
//! async fn run() -> Result<(), Error> {
//!     // taskguard: allow(dropped_join_handle) -- it reports its own errors
//!     poll().await
//! }
//! ```
//! Use instead:
//! ```rust
//! async fn run() -> Result<(), Error> {
//!     poll().await
//! }
//! ```

use crate::framework::{Group, Lint};

pub const LINT: Lint = Lint::by_framework(Group::Suspicious);
