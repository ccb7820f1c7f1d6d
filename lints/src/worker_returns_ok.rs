//! A worker that must run for the life of the process can end as if nothing had happened.
//!
//! The function is known to be such a worker: it is `main`, or what `main` waits for, or what the function that `main` runs
//! waits for; and it has an endless loop, serves, or waits for tasks that do. Something is wrong or missing, and it reaches a
//! success exit all the same: after all its tasks have ended, at a guard that finds nothing to do, or with an error that was only
//! logged, or thrown away by a pattern. All that goes wrong before it has begun is one finding. A task that is spawned to turn for
//! ever counts too, where a `return` of an inner loop ends it all.
//!
//! ## Why is this bad?
//! The caller takes it for a clean end. At the top that means exit code 0, so neither the restart policy of a container nor a
//! person learns that the service has stopped working.
//!
//! ## When it is not a defect
//! When the worker is asked to stop: exits under a token, a signal or a closed channel are left alone, as are functions
//! that do a piece of work and come back: what gives something but `()` has turned for that, unless it serves, and a loop that
//! does again and again, as one chooses, what is else done once, is one of a command. An error that is kept, sent, or looked at
//! more closely has been dealt with.
//!
//! ## Known limits
//! A worker started only by another crate is not known to be one. What a worker does in a loop of its own is followed through
//! three calls. A spawned task that logs an error and ends at its own level is taken at its word.
//!
//! ## Example
//! ```rust
//! #[tokio::main]
//! async fn main() -> Result<(), String> {
//!     follow(Vec::new()).await
//! }
//!
//! async fn follow(hosts: Vec<String>) -> Result<(), String> {
//!     if hosts.is_empty() {
//!         return Ok(());
//!     }
//!     loop {
//!         poll(&hosts).await?;
//!         tokio::time::sleep(std::time::Duration::from_secs(1)).await;
//!     }
//! }
//!
//! async fn poll(_hosts: &[String]) -> Result<(), String> {
//!     Err("unreachable".to_owned())
//! }
//! ```
//! Use instead:
//! ```rust
//! #[tokio::main]
//! async fn main() -> Result<(), String> {
//!     follow(Vec::new()).await
//! }
//!
//! async fn follow(hosts: Vec<String>) -> Result<(), String> {
//!     if hosts.is_empty() {
//!         return Err("no hosts are configured".to_owned());
//!     }
//!     loop {
//!         poll(&hosts).await?;
//!         tokio::time::sleep(std::time::Duration::from_secs(1)).await;
//!     }
//! }
//!
//! async fn poll(_hosts: &[String]) -> Result<(), String> {
//!     Err("unreachable".to_owned())
//! }
//! ```

use crate::framework::{Context, Group, Lint, Report};
use crate::model::{Because, QuietReason};

pub const LINT: Lint = Lint::new(Group::Suspicious, check);

fn check(cx: &Context<'_>, report: &mut Report<'_>) {
    for worker in cx.workers() {
        let mut exits = worker.quiet_exits(cx.model);
        // The `select!` before it says more.
        exits.retain(|exit| {
            !cx.states_intent(exit.span) && !cx.hidden_ends().any(|end| end.exit == exit.span)
        });
        for (index, exit) in exits.iter().enumerate() {
            if exits[..index].iter().any(|earlier| earlier.is_of_cause(exit)) {
                continue;
            }
            let others = exits[index + 1..].iter().filter(|later| later.is_of_cause(exit));
            let why = match exit.reason {
                QuietReason::TasksGone => {
                    "the tasks that should live are spawned here, and have all ended by then"
                }
                QuietReason::NothingToDo => "there is nothing to do in this case",
                QuietReason::AfterError => "something has gone wrong here",
                QuietReason::InnerError => "this is also an error of what was waited for: `Ok(Err(..))`",
            };
            let (message, place, role) = match worker.must_run.because {
                Because::WaitedFor => (
                    "this worker can end as if nothing had happened",
                    "the caller takes this for success",
                    "it is waited for here, for the life of the process",
                ),
                Because::Named => (
                    "this worker can end as if nothing had happened",
                    "the caller takes this for success",
                    "the project says that it must run",
                ),
                Because::IsMain => (
                    "the process can fail and end with success",
                    "the exit code is 0",
                    "the service lives as long as this function",
                ),
                Because::Spawned => (
                    "this task can end for good as if nothing had happened",
                    "this ends the task, not only what failed",
                    "it is started here to run for ever",
                ),
            };
            // A `return` in the arm says where it ends; a `break` leads to an end that may be far away.
            let error = matches!(exit.reason, QuietReason::AfterError | QuietReason::InnerError);
            let (first, second) = match error && !exit.is_in_branch {
                true => ((exit.evidence, why), (exit.span, place)),
                false => ((exit.span, place), (exit.evidence, why)),
            };
            report
                .at(first.0, message)
                .labelled(first.1)
                .label(second.0, second.1)
                .label(worker.must_run.span, role)
                .labels(others.map(|other| (other.span, "and here".to_owned())))
                .help("return an error, or go on until a stop is asked for");
        }
    }
}
