//! `std::thread::sleep` in a loop of async code.
//!
//! ## Why is this bad?
//! It does not put the task to sleep but the thread, and with it all other tasks that the runtime runs there: requests wait,
//! timers come late, heartbeats are missed. In a loop that is so for most of the time.
//!
//! ## When it is not a defect
//! In an async function that has a thread and a runtime for itself, or in a command that has nothing else to do.
//!
//! ## Known limits
//! Only loops are looked at, and only what they call themselves. What lies in a crate, folder or file of commands,
//! benchmarks or examples is left out. What is known to be blocked on is left alone, and so is what `main` itself awaits,
//! although that holds up a runtime with one thread.
//!
//! ## Example
//! ```rust
//! async fn refresh() {
//!     loop {
//!         load();
//!         std::thread::sleep(std::time::Duration::from_secs(60));
//!     }
//! }
//!
//! fn load() {}
//! ```
//! Use instead:
//! ```rust
//! async fn refresh() {
//!     loop {
//!         load();
//!         tokio::time::sleep(std::time::Duration::from_secs(60)).await;
//!     }
//! }
//!
//! fn load() {}
//! ```

use crate::framework::{Context, Group, Lint, Report};

pub const LINT: Lint = Lint::new(Group::Pedantic, check);

fn check(cx: &Context<'_>, report: &mut Report<'_>) {
    for (sleep, around) in cx.model.blocking_sleeps(cx.file) {
        report
            .at(sleep, "this makes a thread of the runtime sleep, and all tasks on it wait")
            .label(around, "in each turn of this loop")
            .help("let the task sleep rather than the thread:\n    tokio::time::sleep(duration).await;");
    }
}
