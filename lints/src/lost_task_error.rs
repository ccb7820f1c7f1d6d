//! An error leaves a task whose handle is dropped, and nobody is told.
//!
//! ## Why is this bad?
//! The handle is the only place where the outcome of a task can be learnt. Here it is dropped, so what the task could not do
//! is neither logged nor tried again.
//!
//! ## When it is not a defect
//! When the loss is meant: best-effort work whose failure needs no answer. Say so in a comment at the site ("best effort",
//! "fire and forget"), or log the error inside the task.
//!
//! ## Known limits
//! As for `dropped_join_handle`, which reports the tasks that should live on; this lint reports the others. Of its findings about
//! six in ten are worth acting on, so it is off by default.
//!
//! ## Example
//! ```rust
//! fn save(path: String, text: String) {
//!     tokio::spawn(async move {
//!         tokio::fs::write(&path, text).await?;
//!         tokio::fs::write(format!("{path}.done"), "").await
//!     });
//! }
//! ```
//! Use instead:
//! ```rust
//! fn save(path: String, text: String) {
//!     tokio::spawn(async move {
//!         if let Err(error) = tokio::fs::write(&path, text).await {
//!             eprintln!("cannot save {path}: {error}");
//!         }
//!     });
//! }
//! ```

use crate::framework::{Context, Group, Lint, Report, snippets};
use crate::semantics::Failure;

pub const LINT: Lint =
    Lint::new(Group::Pedantic, check).yielding_to(&["dropped_join_handle", "unguarded_connection"]);

fn check(cx: &Context<'_>, report: &mut Report<'_>) {
    let workspace = cx.model.workspace;
    for task in cx.tasks().filter(|task| task.is_lost(workspace)) {
        let Some(unwatched) = task.unwatched(workspace) else { continue };
        let Failure::Leaves(leaks) = task.failure(workspace) else { continue };
        let Some(leak) = leaks.first() else { continue };
        if cx.states_intent(task.span) || task.is_for_one_peer(workspace) {
            continue;
        }
        report
            .at(task.span, "an error of this task reaches nobody")
            .labelled(unwatched.description())
            .labels(unwatched.evidence())
            .label(leak.origin().span, "an error that comes up here ends the task, unlogged")
            .help(snippets::LOG_INSIDE);
    }
}
