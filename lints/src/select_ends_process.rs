//! When one worker dies, the process ends with success.
//!
//! In `main`, or in the function that `main` runs, a `select!` waits for workers that should live as long as the process.
//! An arm notices that its worker has ended, at most logs it, and control goes on to a success exit. A `join!` of such workers
//! whose answers nobody hands on is the same; it does not even notice before all have ended.
//!
//! ## Why is this bad?
//! The first worker that ends takes the whole process with it, with exit code 0. A container that restarts "on failure"
//! stays down, and whoever looks at the exit code sees a clean stop. A line in the log does not change that.
//!
//! ## When it is not a defect
//! Arms for signals, tokens and timers are how a service is stopped, and arms that fail, panic, exit or give their value to
//! the function are right. A `select!` in a loop is another matter.
//!
//! ## Known limits
//! The future of an arm must be known to live: a call, an async block, or the handle of a task spawned in the same function.
//!
//! ## Example
//! ```rust
//! #[tokio::main]
//! async fn main() -> Result<(), String> {
//!     tokio::select! {
//!         result = follow() => eprintln!("the follower has ended: {result:?}"),
//!         _ = tokio::signal::ctrl_c() => {}
//!     }
//!     Ok(())
//! }
//!
//! async fn follow() -> Result<(), String> {
//!     loop {
//!         poll().await?;
//!     }
//! }
//!
//! async fn poll() -> Result<(), String> {
//!     Err("unreachable".to_owned())
//! }
//! ```
//! Use instead:
//! ```rust
//! #[tokio::main]
//! async fn main() -> Result<(), String> {
//!     tokio::select! {
//!         result = follow() => return Err(format!("the follower has ended: {result:?}")),
//!         _ = tokio::signal::ctrl_c() => {}
//!     }
//!     Ok(())
//! }
//!
//! async fn follow() -> Result<(), String> {
//!     loop {
//!         poll().await?;
//!     }
//! }
//!
//! async fn poll() -> Result<(), String> {
//!     Err("unreachable".to_owned())
//! }
//! ```

use crate::framework::{Context, Group, Lint, Report, snippets};
use crate::model::HiddenBy;

pub const LINT: Lint = Lint::new(Group::Suspicious, check);

fn check(cx: &Context<'_>, report: &mut Report<'_>) {
    for end in cx.hidden_ends() {
        if cx.states_intent(end.span) {
            continue;
        }
        let arms =
            end.arms.iter().map(|(span, _)| (*span, "this should live as long as the process".to_owned()));
        let (message, help) = match end.by {
            HiddenBy::Select => (
                "when a worker dies here, the process ends with success",
                "return an error from the arm, so that the process fails and is restarted",
            ),
            HiddenBy::Join => (
                "when a worker dies here, nobody learns of it, and the process ends with success",
                snippets::WAIT_FOR_FIRST,
            ),
        };
        report.at(end.span, message).labels(arms).label(end.exit, "the success that follows").help(help);
    }
}
