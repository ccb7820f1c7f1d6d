//! A worker that must run for the life of the process can end as if nothing had happened.
//!
//! The function is known to be such a worker: `main`, or the function that `main` runs, waits for it, and it has an endless
//! loop, serves, or waits for tasks that do. Something is wrong or missing, and it reaches a success exit all the same:
//! after all its tasks have ended, at a guard that finds nothing to do, or in an arm that logs an error and leaves.
//!
//! ## Why is this bad?
//! The caller takes it for a clean end. At the top that means exit code 0, so neither the restart policy of a container nor a
//! person learns that the service has stopped working.
//!
//! ## When it is not a defect
//! When the worker is asked to stop: exits under a token, a signal or a closed channel are left alone, as are functions
//! that do a piece of work and come back.
//!
//! ## Known limits
//! Only workers that are waited for in `main` or in what `main` runs are known to be such; a worker started only by another
//! crate is not known to be one. What a worker does in a loop of its own is followed through three calls.
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
use crate::model::QuietReason;

pub const LINT: Lint = Lint::new(Group::Suspicious, check);

fn check(cx: &Context<'_>, report: &mut Report<'_>) {
    for worker in cx.workers() {
        for exit in worker.quiet_exits(cx.model.workspace) {
            // The `select!` before it says more.
            if cx.states_intent(exit.span) || cx.hidden_ends().any(|end| end.exit == exit.span) {
                continue;
            }
            let why = match exit.reason {
                QuietReason::TasksGone => {
                    "the tasks that should live are spawned here, and have all ended by then"
                }
                QuietReason::NothingToDo => "there is nothing to do in this case",
                QuietReason::AfterError => "something has gone wrong here",
            };
            report
                .at(exit.span, "this worker can end as if nothing had happened")
                .labelled("the caller takes this for success")
                .label(exit.evidence, why)
                .label(worker.must_run.span, "it is waited for here, for the life of the process")
                .help("return an error, or go on until a stop is asked for");
        }
    }
}
