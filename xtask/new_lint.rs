//! What it finds, in one line.
//!
//! ## Why is this bad?
//! What nobody will notice, and what that costs.
//!
//! ## When it is not a defect
//! What looks the same and is fine.
//!
//! ## Known limits
//! What is not seen, so that nothing is said which is not known.
//!
//! ## Example
//! ```rust
//! fn start() {
//!     tokio::spawn(async {});
//! }
//! ```
//! Use instead:
//! ```rust
//! fn start() {}
//! ```

use crate::framework::{Context, Group, Lint, Report};

pub const LINT: Lint = Lint::new(Group::Nursery, check);

fn check(cx: &Context<'_>, report: &mut Report<'_>) {
    for task in cx.tasks() {
        report
            .at(task.span, "what will not be noticed")
            .label(task.span, "what proves it")
            .help("what to do");
    }
}
