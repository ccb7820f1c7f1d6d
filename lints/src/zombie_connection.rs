//! A loop reads from a connection, and would wait for ever for a peer that is gone without a word.
//!
//! A machine that is cut off from the network, or hangs, closes nothing: no error comes and no end. The loop waits for the next
//! value without a limit of time, nothing asks the peer whether it is still there, and nothing looks how long it has been
//! silent; or there is a limit, and nothing is done when it runs out.
//!
//! ## Why is this bad?
//! The connection looks open for hours, the process looks well, and no data arrives. There is nothing to see in the log.
//!
//! ## When it is not a defect
//! Where something else notices: keepalives of the kernel or of a proxy, a person who looks at a graph. Where the other
//! side is known to send something often, a limit of time is still what tells.
//!
//! ## Known limits
//! Which clients do not notice is known from a table. Whatever is named after pings, heartbeats, idle or elapsed time in the
//! same file is believed to look after the connection.
//!
//! ## Example
//! ```rust
//! use futures::StreamExt;
//!
//! async fn follow() -> Result<(), tokio_tungstenite::tungstenite::Error> {
//!     let (mut socket, _) = tokio_tungstenite::connect_async("wss://prices.example").await?;
//!     while let Some(price) = socket.next().await {
//!         println!("{}", price?);
//!     }
//!     Err(tokio_tungstenite::tungstenite::Error::ConnectionClosed)
//! }
//! ```
//! Use instead:
//! ```rust
//! use std::time::Duration;
//!
//! use futures::StreamExt;
//!
//! async fn follow() -> Result<(), tokio_tungstenite::tungstenite::Error> {
//!     let (mut socket, _) = tokio_tungstenite::connect_async("wss://prices.example").await?;
//!     while let Ok(Some(price)) = tokio::time::timeout(Duration::from_secs(60), socket.next()).await {
//!         println!("{}", price?);
//!     }
//!     Err(tokio_tungstenite::tungstenite::Error::ConnectionClosed)
//! }
//! ```

use crate::framework::{Context, Group, Lint, Report, snippets};

pub const LINT: Lint = Lint::new(Group::Nursery, check);

fn check(cx: &Context<'_>, report: &mut Report<'_>) {
    for silent in cx.silent_reads() {
        if cx.states_intent(silent.read) || cx.states_intent(silent.looped) {
            continue;
        }
        report
            .at(silent.read, "a peer that is gone without a word is never noticed here")
            .labelled("this waits for the next value, and nothing for the peer")
            .labels(
                silent
                    .ignored
                    .map(|at| (at, "the limit of time runs out here, and nothing is done".to_owned())),
            )
            .label(silent.looped, "the loop waits on as if all were well")
            .help(snippets::LIMIT_SILENCE);
    }
}
