//! The first error of what a worker reads ends the worker, and nobody is told.
//!
//! As `stream_error_as_end`, in functions and tasks that give no value: `while let Some(Ok(item)) = stream.next().await` ends
//! at the first error as it does at the end, and nothing comes after.
//!
//! ## Why is this bad?
//! The worker is gone, the process lives on, and neither the log nor a caller knows why.
//!
//! ## When it is not a defect
//! Where the end of the worker is what brings it back, and where an error is as good as the end: one peer of many, a child
//! process that may end. Loops behind which a warning is logged are left alone, as are those that are come to again.
//!
//! ## Known limits
//! Whoever starts the worker may notice its end and start it anew; only callers that call it in a loop are seen.
//!
//! ## Example
//! ```rust
//! use futures::{Stream, StreamExt};
//!
//! async fn follow(mut updates: impl Stream<Item = std::io::Result<String>> + Unpin) {
//!     while let Some(Ok(update)) = updates.next().await {
//!         println!("{update}");
//!     }
//! }
//! ```
//! Use instead:
//! ```rust
//! use futures::{Stream, StreamExt};
//!
//! async fn follow(mut updates: impl Stream<Item = std::io::Result<String>> + Unpin) {
//!     while let Some(update) = updates.next().await {
//!         match update {
//!             Ok(update) => println!("{update}"),
//!             Err(error) => {
//!                 eprintln!("the updates are broken: {error}");
//!                 break;
//!             }
//!         }
//!     }
//! }
//! ```

use crate::framework::{Context, Group, Lint, Report, snippets};
use crate::model::Aftermath;

pub const LINT: Lint =
    Lint::new(Group::Nursery, check).yielding_to(&["discarded_task_result", "unguarded_connection"]);

fn check(cx: &Context<'_>, report: &mut Report<'_>) {
    for cut in cx.cut_streams().filter(|cut| !cx.states_intent(cut.read)) {
        if cut.aftermath != Aftermath::WorkerEnds {
            continue;
        }
        let call = snippets::in_one_line(cx.text(cut.call));
        report
            .at(cut.read, "the first error ends this worker, and nobody is told")
            .labelled("this can fail")
            .label(cut.pattern, "an `Err` ends the loop without a word")
            .help(snippets::log_item_error(&call, cut.shape));
    }
}
