//! A loop does not notice that a channel or stream has ended, and burns a core from then on.
//!
//! ## Why is this bad?
//! A closed channel answers at once, and an ended stream says `None` each time. A loop that ignores the answer turns without
//! ever waiting: one thread of the runtime is busy for ever, the tasks that share it starve, and the log may fill.
//!
//! ## When it is not a defect
//! Where the other side cannot go, because a static or this very task holds it.
//!
//! ## Known limits
//! A way that waits for anything else, or that goes through code that cannot be seen, is not reported. A sender kept in a
//! field of the same type is not known to be the channel's.
//!
//! ## Example
//! ```rust
//! async fn serve(mut jobs: tokio::sync::mpsc::Receiver<String>) {
//!     loop {
//!         if let Some(job) = jobs.recv().await {
//!             println!("{job}");
//!         }
//!     }
//! }
//! ```
//! Use instead:
//! ```rust
//! async fn serve(mut jobs: tokio::sync::mpsc::Receiver<String>) {
//!     while let Some(job) = jobs.recv().await {
//!         println!("{job}");
//!     }
//! }
//! ```

use crate::framework::{Context, Group, Lint, Report, snippets};

pub const LINT: Lint = Lint::new(Group::Nursery, check);

fn check(cx: &Context<'_>, report: &mut Report<'_>) {
    for it in cx.loops() {
        let Some(source) = it.spins_on_end(cx.model.workspace) else { continue };
        report
            .at(source, "once this has ended, the loop turns without ever waiting")
            .label(it.span, "this goes on at once, and asks it again")
            .help(snippets::LEAVE_AT_END);
    }
}
