//! The error of a task is thrown away at the place that waits for it.
//!
//! Somebody waits for a spawned task or thread, and an `Err` that the task returns is not looked at: `let _ = task.await`,
//! `task.await.ok();`, `if let Err(e) = task.await` (which sees only panics), `while set.join_next().await.is_some() {}`.
//!
//! ## Why is this bad?
//! Waiting looks like watching. But the answer of a task holds two failures, that it panicked and that it returned an error,
//! and the second is dropped here. Whatever went wrong is neither logged nor handed on, and the caller goes on as if the work
//! had been done. The same is true of a task that should live as long as the process, even if it logs its errors: when its
//! end is drained without a look and success is reported after it, nobody learns that the service has stopped working.
//!
//! ## When it is not a defect
//! When the task logs or sends its errors itself, or has none; when it is being torn down: after `abort` or `cancel`, in
//! `shutdown`, `close`, `stop`, `drain` or `drop`; when the task asks a person, who sees that there was no answer; when whoever
//! gets no answer goes another way that has an error of its own; when a function ends with the first of several tasks, which
//! is what it tells. All of these are left alone.
//!
//! ## Known limits
//! The handle must be traced to its spawn. Errors are followed through three calls; a method of an unknown type is never
//! guessed.
//!
//! ## Example
//! ```rust
//! async fn import(files: Vec<std::path::PathBuf>) {
//!     let mut tasks = Vec::new();
//!     for file in files {
//!         tasks.push(tokio::spawn(async move { tokio::fs::read(file).await }));
//!     }
//!     for task in tasks {
//!         let _ = task.await;
//!     }
//! }
//! ```
//! Use instead:
//! ```rust
//! async fn import(files: Vec<std::path::PathBuf>) -> Result<(), Box<dyn std::error::Error>> {
//!     let mut tasks = Vec::new();
//!     for file in files {
//!         tasks.push(tokio::spawn(async move { tokio::fs::read(file).await }));
//!     }
//!     for task in tasks {
//!         task.await??;
//!     }
//!     Ok(())
//! }
//! ```

use crate::framework::{Context, Group, Lint, Report, snippets};
use crate::model::Outcome;

pub const LINT: Lint = Lint::new(Group::Suspicious, check);

fn check(cx: &Context<'_>, report: &mut Report<'_>) {
    let workspace = cx.model.workspace;
    for wait in cx.waits() {
        let lost = match wait.outcome {
            Outcome::Discarded => "the error of this task is thrown away",
            Outcome::OnlyPanic => "an error of this task is thrown away: only a panic is seen here",
            Outcome::EndsAtFailure => {
                "the first task that panics ends this loop, and the others are not looked at"
            }
            Outcome::Looked | Outcome::Unknown => continue,
        };
        if wait.is_teardown(workspace) || wait.fails_anyway(workspace) || cx.states_intent(wait.span) {
            continue;
        }
        if let Some((task, leak)) = wait.lost_error(workspace) {
            report
                .at(wait.span, lost)
                .label(task.span, "the task is spawned here")
                .label(leak.origin().span, "an error leaves it here, unlogged")
                .help(snippets::LOOK_AT_BOTH);
        } else if let (Outcome::Discarded, Some(success), Some((task, life))) =
            (wait.outcome, wait.then_success, wait.living_task(workspace))
            && cx.model.must_run(wait.function)
            && !wait.is_select_arm(workspace)
            && !wait.ends_function_with_first(cx.model)
        {
            report
                .at(wait.span, "the end of a task that should live on goes unnoticed")
                .label(task.span, "the task is spawned here")
                .label(life.origin().span, "it is meant to run on from here")
                .label(success, "and then success is reported")
                .help(snippets::LOOK_AT_BOTH);
        }
    }
}
