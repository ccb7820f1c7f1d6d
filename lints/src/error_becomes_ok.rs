//! An error ends the loop that is a function's work, and the function reports success.
//!
//! The function returns a `Result`, so it could hand the error on. An arm or branch for the error at most logs it and leaves
//! the endless loop, and `Ok(())` follows.
//!
//! ## Why is this bad?
//! The caller takes it for a clean end: a subscriber waits for a subscription that is dead, a worker is taken to have
//! finished. `worker_returns_ok` reports the same where the function is known to run for the life of the process.
//!
//! ## When it is not a defect
//! Where the failure of one item must not disturb the others and the caller has nothing to decide; saying so in a comment
//! ("best effort") silences the lint. Errors that are kept, sent, looked at more closely, or that only say that a channel is
//! closed are left alone, as are functions for one peer, and those that are called again in a loop.
//!
//! ## Known limits
//! A function without such a loop that logs an error and gives `Ok(())` is believed to leave its caller nothing to decide. An
//! error that is replaced by a value, such as an empty list, is not looked at.
//!
//! ## Example
//! ```rust
//! pub async fn follow(topic: &str) -> Result<(), String> {
//!     loop {
//!         if let Err(error) = update(topic).await {
//!             eprintln!("{topic}: {error}");
//!             break;
//!         }
//!         tokio::time::sleep(std::time::Duration::from_secs(1)).await;
//!     }
//!     Ok(())
//! }
//!
//! async fn update(topic: &str) -> Result<(), String> {
//!     Err(format!("{topic} is gone"))
//! }
//! ```
//! Use instead:
//! ```rust
//! pub async fn follow(topic: &str) -> Result<(), String> {
//!     loop {
//!         update(topic).await?;
//!         tokio::time::sleep(std::time::Duration::from_secs(1)).await;
//!     }
//! }
//!
//! async fn update(topic: &str) -> Result<(), String> {
//!     Err(format!("{topic} is gone"))
//! }
//! ```

use crate::framework::{Context, Group, Lint, Report};

pub const LINT: Lint = Lint::new(Group::Nursery, check).yielding_to(&["worker_returns_ok"]);

fn check(cx: &Context<'_>, report: &mut Report<'_>) {
    for error in cx.masked_errors() {
        let is_told_by_select = cx.hidden_ends().any(|end| end.exit == error.exit);
        if is_told_by_select || cx.states_intent(error.at) || cx.states_intent(error.exit) {
            continue;
        }
        // As for `worker_returns_ok`: a `return` says where it ends, a `break` leads far away.
        let (first, second) = match error.is_in_branch {
            true => ((error.exit, "the caller takes this for success"), (error.at, "an error comes up here")),
            false => {
                ((error.at, "an error comes up here"), (error.exit, "the caller takes this for success"))
            }
        };
        report
            .at(first.0, "this function has failed and reports success")
            .labelled(first.1)
            .label(second.0, second.1)
            .help("hand the error on: `return Err(error.into())`, or `?` where it comes up");
    }
}
