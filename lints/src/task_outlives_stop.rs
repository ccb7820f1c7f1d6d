//! A method that stops a component leaves one of its tasks running.
//!
//! So does a loop that starts a task at each turn, or a function that starts one for each peer, of which none ever ends.
//!
//! ## Why is this bad?
//! The type has a method that ends it, and one of its tasks is an endless loop that this method cannot reach: no handle to abort, no
//! token, no channel that closes. After a stop the loop goes on, works on a component that is gone, and each new start adds one more.
//!
//! ## When it is not a defect
//! When the loop is meant to live as long as the process whatever becomes of the component.
//!
//! ## Known limits
//! Only tasks spawned in a method of the type are looked at, or in a loop or a function that a loop calls, and only loops without
//! any way out. Whether the loop ends because what it
//! calls panics is not known.
//!
//! ## Example
//! ```rust
//! struct Poller;
//!
//! impl Poller {
//!     fn start(&self) {
//!         tokio::spawn(async {
//!             loop {
//!                 tokio::time::sleep(std::time::Duration::from_secs(1)).await;
//!             }
//!         });
//!     }
//!
//!     fn shutdown(&self) {}
//! }
//! ```
//! Use instead:
//! ```rust
//! struct Poller {
//!     task: Option<tokio::task::JoinHandle<()>>,
//! }
//!
//! impl Poller {
//!     fn start(&mut self) {
//!         self.task = Some(tokio::spawn(async {
//!             loop {
//!                 tokio::time::sleep(std::time::Duration::from_secs(1)).await;
//!             }
//!         }));
//!     }
//!
//!     fn shutdown(&mut self) {
//!         if let Some(task) = self.task.take() {
//!             task.abort();
//!         }
//!     }
//! }
//! ```

use crate::framework::{Context, Group, Lint, Report, snippets};
use crate::model::Unwatched;

pub const LINT: Lint = Lint::new(Group::Nursery, check).yielding_to(&["dropped_join_handle"]);

fn check(cx: &Context<'_>, report: &mut Report<'_>) {
    let workspace = cx.model.workspace;
    for task in cx.tasks().filter(|task| task.is_lost(workspace)) {
        let Some(Unwatched::Dropped(..)) = task.unwatched(workspace) else { continue };
        let Some(endless) = task.unstoppable_loop(workspace) else { continue };
        let (what, at, why) = if let Some(stop) = task.stop_method(workspace) {
            (
                "this task goes on after its owner has been stopped",
                stop,
                "this is there to stop it, and cannot",
            )
        } else if let Some(again) = task.spawned_again(workspace) {
            (
                "one more of these tasks is started again and again, and none ends",
                again,
                "each turn starts one",
            )
        } else if workspace.takes_stream(task.function) {
            let name = workspace.function(task.function).hir.name_range;
            (
                "one more of these tasks is started for each peer, and none ends",
                workspace.span(task.function, name),
                "each peer that is served starts one",
            )
        } else {
            continue;
        };
        report
            .at(task.span, what)
            .label(endless, "this loop has no way out")
            .label(at, why)
            .help(snippets::STOP_WITH_OWNER);
    }
}
