//! An arm of a `select!` is skipped for ever once its channel is closed.
//!
//! A pattern that does not match disables its arm for that turn. In a loop, `Some(x) = receiver.recv()` is disabled on every
//! turn once all senders are gone: the loop turns on for its other arms, and what it was for is not done any more. An `else`
//! does not help beside an arm that takes whatever comes: it never runs.
//!
//! ## Why is this bad?
//! The worker looks alive and does nothing, and nothing says that the other side has died.
//!
//! ## When it is not a defect
//! Where the sender lives as long as the loop: in the same struct, in a static. Loops with any other way out are left alone.
//!
//! ## Known limits
//! Who holds the senders is not looked at.
//!
//! ## Example
//! ```rust
//! async fn batch(mut jobs: tokio::sync::mpsc::Receiver<u32>, mut ticks: tokio::time::Interval) {
//!     let mut batch = Vec::new();
//!     loop {
//!         tokio::select! {
//!             Some(job) = jobs.recv() => batch.push(job),
//!             _ = ticks.tick() => batch.clear(),
//!         }
//!     }
//! }
//! ```
//! Use instead:
//! ```rust
//! async fn batch(mut jobs: tokio::sync::mpsc::Receiver<u32>, mut ticks: tokio::time::Interval) {
//!     let mut batch = Vec::new();
//!     loop {
//!         tokio::select! {
//!             job = jobs.recv() => match job {
//!                 Some(job) => batch.push(job),
//!                 None => break,
//!             },
//!             _ = ticks.tick() => batch.clear(),
//!         }
//!     }
//! }
//! ```

use crate::framework::{Context, Group, Lint, Report, snippets};

pub const LINT: Lint = Lint::new(Group::Nursery, check);

fn check(cx: &Context<'_>, report: &mut Report<'_>) {
    for arm in cx.deaf_arms() {
        let future = snippets::in_one_line(cx.text(arm.future));
        report
            .at(arm.pattern, "once its channel is closed, this arm is skipped for ever")
            .label(arm.receive, "the end does not match the pattern")
            .labels(
                arm.dead_else
                    .map(|span| (span, "this never runs: another arm takes whatever comes".to_owned())),
            )
            .label(arm.looped, "this loop turns on without it, and has no way out")
            .help(snippets::see_the_end(&future));
    }
}
