//! A loop ends for good when it falls behind the broadcast channel it reads.
//!
//! `recv()` of a `tokio::sync::broadcast::Receiver` gives an `Err` in two cases: `Closed` is the end, `Lagged` says that
//! the receiver was too slow and some values are lost, and the next call goes on. The loop takes both for the end.
//!
//! ## Why is this bad?
//! Under load, and only then, the receiver falls behind once, and what the loop does is not done any more. The process
//! lives on, and a line in the log that says "channel closed" tells the wrong story.
//!
//! ## When it is not a defect
//! Where any message and any error mean the same, as with a channel that only says "stop". Loops that name `Lagged` or
//! `Closed` are left alone, as are loops that are come to again, those whose end is an error for the caller, those that ask
//! the rest to stop as well, those that log that they fell behind, those in a block that waits for an answer whose every other
//! outcome is an error, and those that end with a panic where every panic ends the process. Commands are left alone, by the
//! name of the program. A function of the project
//! around `recv()` that names `Lagged` itself gives only the end.
//! Receivers of async-channel, flume, kanal, crossbeam and std have one error, which is the end: there it is right.
//!
//! ## Known limits
//! In a crate for browsers, where all tasks share one thread, a loop that waits for nothing else is left alone.
//!
//! The receiver must be known to be one of broadcast: made or subscribed in the function, or declared so in a signature
//! or a field. Where a function is given the socket of one peer, an error that it hands on with `?` ends a connection, which
//! is left alone. Who waits for one value, and is asked again by those who look for themselves what there is, is not told from
//! those whose callers take the end of the wait for that value.
//!
//! ## Example
//! ```rust
//! async fn forward(events: tokio::sync::broadcast::Sender<String>) {
//!     let mut events = events.subscribe();
//!     while let Ok(event) = events.recv().await {
//!         println!("{event}");
//!     }
//! }
//! ```
//! Use instead:
//! ```rust
//! use tokio::sync::broadcast::error::RecvError;
//!
//! async fn forward(events: tokio::sync::broadcast::Sender<String>) {
//!     let mut events = events.subscribe();
//!     loop {
//!         match events.recv().await {
//!             Ok(event) => println!("{event}"),
//!             Err(RecvError::Lagged(missed)) => eprintln!("{missed} events were missed"),
//!             Err(RecvError::Closed) => break,
//!         }
//!     }
//! }
//! ```

use crate::framework::{Context, Group, Lint, Report, snippets};
use crate::model::LagKind;

pub const LINT: Lint = Lint::new(Group::Suspicious, check);

fn check(cx: &Context<'_>, report: &mut Report<'_>) {
    for end in cx.lag_ends().filter(|end| !cx.states_intent(end.received)) {
        let call = |or: &str| end.call.map_or(or.to_owned(), |span| snippets::in_one_line(cx.text(span)));
        let (way, help) = match end.kind {
            LagKind::Receiver => (
                "an `Err` is also `Lagged`: values were missed, and more will come",
                snippets::three_arms(&call("receiver.recv().await")),
            ),
            LagKind::Stream => (
                "an `Err` only says that values were missed, and more will come",
                snippets::stream_arms(&call("stream.next().await")),
            ),
        };
        report
            .at(end.received, "falling behind this channel once ends the loop for good")
            .label(end.way, way)
            .label(end.looped, "this loop ends, and nobody starts it again")
            .help(help);
    }
}
