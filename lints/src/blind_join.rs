//! A task is waited for, and how it ended is not looked at.
//!
//! ## Why is this bad?
//! A task that panicked and one that did its work look the same here. If the task should have gone on, nobody learns that it has
//! not.
//!
//! ## When it is not a defect
//! When the task was ended just before, by `abort` or the like, or is waited for in `drop` or once a stop was asked for: these are
//! left alone. A thread is not, in a function that stops it: a panic of its own is all that it could tell. When only the end matters, not how it came:
//! then say so in a comment or an allow.
//!
//! ## Known limits
//! Of its findings few are worth acting on: most waits that do not look are on the way down, or the end is told elsewhere. Hence its
//! group.
//! Errors that are certainly lost are the matter of `discarded_task_result`. A `try_join_next` that only reaps is left alone.
//!
//! ## Example
//! ```rust
//! async fn wait(worker: tokio::task::JoinHandle<()>) {
//!     let _ = worker.await;
//! }
//! ```
//! Use instead:
//! ```rust
//! async fn wait(worker: tokio::task::JoinHandle<()>) {
//!     if let Err(panic) = worker.await {
//!         eprintln!("the worker has died: {panic}");
//!     }
//! }
//! ```

use crate::framework::{Context, Group, Lint, Report, snippets};
use crate::model::Outcome;

pub const LINT: Lint =
    Lint::new(Group::Nursery, check).yielding_to(&["discarded_task_result", "join_masks_failure"]);

fn check(cx: &Context<'_>, report: &mut Report<'_>) {
    let workspace = cx.model.workspace;
    for wait in cx.waits() {
        let is_blind = match wait.outcome {
            Outcome::Discarded | Outcome::EndsAtFailure => true,
            Outcome::OnlyPanic | Outcome::Looked | Outcome::Unknown => false,
        };
        if !is_blind
            || wait.is_end_of_owner(workspace)
            || wait.is_after_abort(workspace)
            || wait.is_for_nothing(workspace)
            || wait.fails_anyway(workspace)
            || cx.states_intent(wait.span)
        {
            continue;
        }
        report
            .at(wait.span, "nobody will notice if this task has panicked: how it ended is not looked at")
            .labels(wait.tasks.first().map(|task| (task.span, "the task is spawned here".to_owned())))
            .help(snippets::LOOK_FOR_PANIC);
    }
}
