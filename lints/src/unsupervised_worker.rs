//! Nothing watches a worker that should live as long as the process.
//!
//! ## Why is this bad?
//! A loop or server that is spawned once and then forgotten can end without the process noticing, by a panic if by nothing else.
//! The container stays "Up", and half of it is dead. Fail-fast means that a worker's end reaches someone: a supervisor that starts it
//! again, or `main`, which ends the process.
//!
//! ## When it is not a defect
//! When the process can do without the worker. This is a policy for services, which is why the lint is off by default
//! and belongs to the profile `service`.
//!
//! ## Known limits
//! A worker is known by an endless loop or a listener that it serves. A task spawned in a loop is not taken for one.
//!
//! ## Example
//! ```rust
//! fn start() {
//!     tokio::spawn(async {
//!         loop {
//!             tokio::time::sleep(std::time::Duration::from_secs(60)).await;
//!             refresh();
//!         }
//!     });
//! }
//!
//! fn refresh() {}
//! ```
//! Use instead:
//! ```rust
//! async fn start() -> Result<(), tokio::task::JoinError> {
//!     let worker = tokio::spawn(async {
//!         loop {
//!             tokio::time::sleep(std::time::Duration::from_secs(60)).await;
//!             refresh();
//!         }
//!     });
//!     worker.await
//! }
//!
//! fn refresh() {}
//! ```

use crate::framework::{Context, Group, Lint, Profile, Report, snippets};

pub const LINT: Lint = Lint::new(Group::Restriction, check).in_profile(Profile::Service).yielding_to(&[
    "dropped_join_handle",
    "lost_task_error",
    "detached_task_panics",
    "task_outlives_stop",
    "unguarded_connection",
]);

fn check(cx: &Context<'_>, report: &mut Report<'_>) {
    let workspace = cx.model.workspace;
    for task in cx.tasks().filter(|task| task.is_unsupervised(workspace) && task.is_spawned_once(workspace)) {
        let Some(unwatched) = task.unwatched(workspace) else { continue };
        let Some(life) = task.life(workspace) else { continue };
        report
            .at(task.span, "nothing watches this worker: when it ends, the service runs on without it")
            .labelled(unwatched.description())
            .labels(unwatched.evidence())
            .label(life.origin().span, "it is meant to run on from here")
            .help(snippets::WATCH);
    }
}
