//! A service with tasks has no panic hook, so that a panic is a line on standard error and nothing else.
//!
//! ## Why is this bad?
//! A panic in a task ends the task, not the process. The default hook prints to standard error, outside of the logs: there is no
//! level, no field, no trace, and where standard error is not collected there is nothing at all. The service runs on
//! without a part of itself.
//!
//! ## When it is not a defect
//! Where standard error is the log, and each task is watched. This is a policy for services, which is why the lint is off by
//! default and belongs to the profile `service`.
//!
//! ## Known limits
//! All that the binary may reach is searched for a hook, for the libraries that install one, and for functions named like one.
//! `panic = "abort"` is read from the profiles of the workspace's manifest, not from the flags of the compiler.
//!
//! ## Example
//! ```rust
//! #[tokio::main]
//! async fn main() {
//!     let worker = tokio::spawn(async { loop { tokio::time::sleep(std::time::Duration::from_secs(1)).await } });
//!     worker.await.expect("the worker runs on");
//! }
//! ```
//! Use instead:
//! ```rust
//! #[tokio::main]
//! async fn main() {
//!     let default = std::panic::take_hook();
//!     std::panic::set_hook(Box::new(move |panic| {
//!         default(panic);
//!         std::process::exit(1);
//!     }));
//!     let worker = tokio::spawn(async { loop { tokio::time::sleep(std::time::Duration::from_secs(1)).await } });
//!     worker.await.expect("the worker runs on");
//! }
//! ```

use crate::framework::{Context, Group, Lint, Profile, Report, snippets};

pub const LINT: Lint = Lint::new(Group::Restriction, check).in_profile(Profile::Service);

fn check(cx: &Context<'_>, report: &mut Report<'_>) {
    for service in cx.unheard_panics() {
        report
            .at(
                cx.model.workspace.name_span(service.main),
                "a panic of a task will leave no line in the log: there is no panic hook",
            )
            .labelled("this service runs on without a task that has panicked")
            .label(service.task, "a panic in here, for one")
            .help(snippets::PANIC_HOOK);
    }
}
