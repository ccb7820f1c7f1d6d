//! Workers are joined so that the death of one is seen only when all others have ended.
//!
//! ## Why is this bad?
//! `join!`, `join_all` and waiting for one handle after another wait for all. When one worker dies, nothing happens until the last
//! of the others has ended, which workers never do: the process goes on with a part missing.
//!
//! ## When it is not a defect
//! When the tasks end by themselves and all of their results are wanted; only tasks that are meant to live on count here.
//!
//! ## Known limits
//! The tasks must be traced to their spawns. A worker that stops all others when it fails is not recognised unless it holds a
//! guard that does so.
//!
//! ## Example
//! ```rust
//! async fn run() {
//!     let reader = tokio::spawn(turn());
//!     let writer = tokio::spawn(turn());
//!     let (read, written) = tokio::join!(reader, writer);
//!     println!("{read:?} {written:?}");
//! }
//!
//! async fn turn() {
//!     loop {
//!         tokio::time::sleep(std::time::Duration::from_secs(1)).await;
//!     }
//! }
//! ```
//! Use instead:
//! ```rust
//! async fn run() {
//!     let reader = tokio::spawn(turn());
//!     let writer = tokio::spawn(turn());
//!     tokio::select! {
//!         ended = reader => println!("the reader has ended: {ended:?}"),
//!         ended = writer => println!("the writer has ended: {ended:?}"),
//!     }
//! }
//!
//! async fn turn() {
//!     loop {
//!         tokio::time::sleep(std::time::Duration::from_secs(1)).await;
//!     }
//! }
//! ```

use crate::framework::{Context, Group, Lint, Report, snippets};

pub const LINT: Lint = Lint::new(Group::Nursery, check).yielding_to(&["discarded_task_result"]);

fn check(cx: &Context<'_>, report: &mut Report<'_>) {
    let workspace = cx.model.workspace;
    let mut in_line = Vec::new();
    for wait in cx.waits() {
        let mut living = wait.living_tasks(workspace);
        if !wait.waits_for_all(workspace) {
            let next = wait.next_in_line(workspace, cx.waits());
            if next.is_empty() || in_line.contains(&wait.span) {
                continue;
            }
            in_line.extend(next.iter().map(|next| next.span));
            living.extend(next.iter().flat_map(|next| next.living_tasks(workspace)));
        }
        if living.len() < 2
            || wait.is_teardown(workspace)
            || living.iter().any(|(task, _)| task.is_guarded(workspace))
        {
            continue;
        }
        let tasks = living.iter().map(|(task, _)| (task.span, "this worker should live on".to_owned()));
        report
            .at(wait.span, "when one of these workers dies, nothing is noticed until all have ended")
            .labels(tasks)
            .help(snippets::WAIT_FOR_FIRST);
    }
}
