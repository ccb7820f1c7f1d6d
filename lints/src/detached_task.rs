//! The handle of a task is dropped.
//!
//! ## Why is this bad?
//! Nobody can learn whether the task panicked or failed, wait for it, or stop it.
//!
//! ## When it is not a defect
//! Very often: work that tells its own errors needs no one to wait for it. The lint is a policy for teams that want every
//! task to have an owner, and is off by default.
//!
//! ## Known limits
//! Handles that go out of sight, into a library or through a function pointer, are taken to be watched.
//!
//! ## Example
//! ```rust
//! fn start() {
//!     tokio::spawn(async { println!("done") });
//! }
//! ```
//! Use instead:
//! ```rust
//! async fn start() -> Result<(), tokio::task::JoinError> {
//!     tokio::spawn(async { println!("done") }).await
//! }
//! ```

use crate::framework::{Context, Group, Lint, Report, snippets};

pub const LINT: Lint = Lint::new(Group::Restriction, check).yielding_to(&[
    "dropped_join_handle",
    "lost_task_error",
    "detached_task_panics",
    "unsupervised_worker",
    "unguarded_connection",
]);

fn check(cx: &Context<'_>, report: &mut Report<'_>) {
    let workspace = cx.model.workspace;
    for task in cx.tasks().filter(|task| task.is_unattended(workspace)) {
        let Some(unwatched) = task.unwatched(workspace) else { continue };
        report
            .at(task.span, "nobody can learn how this task ends")
            .labelled(unwatched.description())
            .labels(unwatched.evidence())
            .help(snippets::WATCH);
    }
}
