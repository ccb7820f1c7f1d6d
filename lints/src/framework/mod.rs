//! What a lint is, what it is given and what it gives back.

mod diagnostic;
mod levels;
mod lint;

pub mod snippets;
pub mod suppress;

pub use diagnostic::{Applicability, Diagnostic, Edit, Label, Suggestion};
pub use levels::{Levels, UnknownLint, lints_named, normalize_lint_name, unknown};
pub use lint::{Check, Context, Family, Group, Level, Lint, Profile, Report};
