//! An endless loop that nothing can stop, or that does not see the signal while it waits.
//!
//! ## Why is this bad?
//! When the service is asked to stop, the loop goes on: it takes a message, writes half of it and is killed when the time for
//! an orderly stop is over; what it holds in memory is lost. A flag that is looked at only between two waits is not seen
//! while one of them lasts, and on a quiet connection that is for ever.
//!
//! ## When it is not a defect
//! Many loops may live and die with the process. That is why the lint is off by default: it is for services that want to stop
//! in order.
//!
//! ## Known limits
//! What runs a loop that is handed to code that cannot be seen may stop it; nothing is reported there. A task whose handle is
//! aborted, or that ends with its owner, can be stopped. A wait for an answer, such as that of a request, is taken to end.
//!
//! ## Example
//! ```rust
//! fn start() {
//!     tokio::spawn(async {
//!         loop {
//!             tokio::time::sleep(std::time::Duration::from_secs(60)).await;
//!             flush();
//!         }
//!     });
//! }
//!
//! fn flush() {}
//! ```
//! Use instead:
//! ```rust
//! fn start(token: tokio_util::sync::CancellationToken) {
//!     tokio::spawn(async move {
//!         loop {
//!             tokio::select! {
//!                 _ = token.cancelled() => break,
//!                 _ = tokio::time::sleep(std::time::Duration::from_secs(60)) => flush(),
//!             }
//!         }
//!         flush();
//!     });
//! }
//!
//! fn flush() {}
//! ```

use crate::framework::{Context, Group, Lint, Profile, Report, snippets};
use crate::model::WhyUnstoppable;

pub const LINT: Lint =
    Lint::new(Group::Restriction, check).in_profile(Profile::Service).yielding_to(&["task_outlives_stop"]);

fn check(cx: &Context<'_>, report: &mut Report<'_>) {
    for it in cx.unstoppable_loops() {
        match it.why {
            WhyUnstoppable::NoSignal { spawned } => {
                report
                    .at(it.span, "nothing can stop this loop: a shutdown cuts it off wherever it is")
                    .labels(spawned.map(|spawned| (spawned, "it runs on from here".to_owned())))
                    .help(snippets::RACE_WITH_TOKEN);
            }
            WhyUnstoppable::Blind { signal } => {
                report
                    .at(it.span, "the stop signal is not seen while this waits")
                    .label(signal, "the signal is looked at here only")
                    .help(snippets::RACE_WITH_TOKEN);
            }
            WhyUnstoppable::Unchecked { signal, way } => {
                report
                    .at(it.span, "this loop does not look at its stop signal on each turn")
                    .label(signal, "the signal is looked at here")
                    .label(way, "a turn that goes this way passes it by")
                    .help("look at the signal at the head of the loop");
            }
        }
    }
}
