//! A manifest has a table `[lints.taskguard]`, which breaks the build.
//!
//! ## Why is this bad?
//! Cargo hands the table to rustc, which knows no tool of this name and refuses to compile the package (E0602), whatever the
//! levels in it. Nothing of it reaches taskguard. In the manifest of a workspace it breaks each package that inherits it.
//!
//! ## When it is not a defect
//! Never.
//!
//! ## Known limits
//! Only manifests of the packages that are checked and of their workspaces are read. The levels are moved by `--fix` if the
//! table has a header of its own and holds plain levels.
//!
//! ## Example
//! ```toml
//! [lints.taskguard]
//! dropped_join_handle = "deny"
//! ```
//! Use instead:
//! ```toml
//! [package.metadata.taskguard.lints]
//! dropped_join_handle = "deny"
//! ```

use crate::framework::{Group, Lint};

pub const LINT: Lint = Lint::of_manifests(Group::Correctness);
