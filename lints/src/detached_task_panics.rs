//! A task whose handle is dropped panics when something outside the program fails.
//!
//! ## Why is this bad?
//! `unwrap` and `expect` on the result of I/O turn a refused connection or a full disk into a panic. The panic ends the task, its
//! handle is dropped, and what the task was there for is no longer done, while the process goes on.
//!
//! ## When it is not a defect
//! When a panic of any task ends the process: with `panic = "abort"`, or a hook that exits, which is known where `main` comes to
//! it. Else say so once, by allowing the lint for the crate.
//!
//! ## Known limits
//! Only results that are waited for right there are looked at, in the task's own body or the function it calls. `unwrap` on locks,
//! channels and handles does not count.
//!
//! ## Example
//! ```rust
//! fn watch(url: String) {
//!     tokio::spawn(async move {
//!         let stream = tokio::net::TcpStream::connect(url).await.unwrap();
//!         drop(stream);
//!     });
//! }
//! ```
//! Use instead:
//! ```rust
//! fn watch(url: String) {
//!     tokio::spawn(async move {
//!         match tokio::net::TcpStream::connect(url).await {
//!             Ok(stream) => drop(stream),
//!             Err(error) => eprintln!("cannot connect: {error}"),
//!         }
//!     });
//! }
//! ```

use crate::framework::{Context, Group, Lint, Report, snippets};

pub const LINT: Lint = Lint::new(Group::Pedantic, check).yielding_to(&[
    "dropped_join_handle",
    "lost_task_error",
    "unguarded_connection",
]);

fn check(cx: &Context<'_>, report: &mut Report<'_>) {
    let workspace = cx.model.workspace;
    for task in cx.tasks().filter(|task| task.is_lost(workspace)) {
        let Some(unwatched) = task.unwatched(workspace) else { continue };
        let Some(panic) = task.panic_on_io(workspace) else { continue };
        if cx.states_intent(task.span)
            || task.is_for_one_peer(workspace)
            || cx.model.panic_ends_process(task.function)
        {
            continue;
        }
        report
            .at(task.span, "a panic of this task reaches nobody")
            .labelled(unwatched.description())
            .labels(unwatched.evidence())
            .label(panic, "it panics here when something outside the program fails")
            .help(snippets::FAIL_AND_LOG);
    }
}
