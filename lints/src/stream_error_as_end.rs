//! The first error of a stream passes for its end, and what was read so far for the whole.
//!
//! `while let Some(Ok(item)) = stream.next().await` and `while let Ok(Some(item)) = stream.try_next().await` end at the first
//! error as they do at the end, and nothing says which it was. The function then gives a value, or goes on with what the
//! loop has gathered.
//!
//! ## Why is this bad?
//! A download that broke off is stored as the whole file, a list that was read in part is taken for the list. Nothing
//! fails, so nobody looks, and what is missing is missed much later and elsewhere.
//!
//! ## When it is not a defect
//! Where an error is as good as the end: lines of a child process, entries of a folder, fields of a form, the frames of a
//! peer that may leave when it likes, reads with a bound in time. Loops behind which a warning is logged, an error is
//! returned or what was gathered is checked, or parsed as one document, are left alone, as are those that are come to again,
//! and those beside which another arm of a `join!` fills the channel and has the error.
//!
//! ## Known limits
//! What is made of the gathered items in another function is not seen.
//!
//! ## Example
//! ```rust
//! use futures::{Stream, StreamExt};
//!
//! async fn download(mut chunks: impl Stream<Item = std::io::Result<Vec<u8>>> + Unpin) -> Vec<u8> {
//!     let mut whole = Vec::new();
//!     while let Some(Ok(chunk)) = chunks.next().await {
//!         whole.extend_from_slice(&chunk);
//!     }
//!     whole
//! }
//! ```
//! Use instead:
//! ```rust
//! use futures::{Stream, StreamExt};
//!
//! async fn download(mut chunks: impl Stream<Item = std::io::Result<Vec<u8>>> + Unpin) -> std::io::Result<Vec<u8>> {
//!     let mut whole = Vec::new();
//!     while let Some(chunk) = chunks.next().await {
//!         whole.extend_from_slice(&chunk?);
//!     }
//!     Ok(whole)
//! }
//! ```

use crate::framework::{Context, Group, Lint, Report, snippets};
use crate::model::Aftermath;

pub const LINT: Lint =
    Lint::new(Group::Suspicious, check).yielding_to(&["discarded_task_result", "unguarded_connection"]);

fn check(cx: &Context<'_>, report: &mut Report<'_>) {
    for cut in cx.cut_streams().filter(|cut| !cx.states_intent(cut.read)) {
        let used = match cut.aftermath {
            Aftermath::PartForWhole(span) => Some(span),
            Aftermath::Success => None,
            Aftermath::WorkerEnds => continue,
        };
        let call = snippets::in_one_line(cx.text(cut.call));
        report
            .at(cut.read, "an error passes for the end of this stream")
            .labelled("this can fail half way")
            .label(cut.pattern, "an `Err` ends the loop without a word")
            .labels(used.map(|span| (span, "what was read so far is used here as if it were all".to_owned())))
            .help(snippets::hand_error_on(&call, cut.shape));
    }
}
