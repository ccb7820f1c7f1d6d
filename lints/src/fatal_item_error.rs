//! One bad item ends a loop that should go on.
//!
//! A loop takes one item after the other: connections of a listener, messages, polls of an event loop that reconnects by
//! itself. The error of a single item leaves the loop through `?`, `expect`, `break`, `return`, or `while let Ok(..)`.
//!
//! ## Why is this bad?
//! The error says something of one connection, one handshake, one message: the next would be fine. A client that hangs up
//! during the handshake, or a message that nobody can read, ends the service for all others.
//!
//! ## When it is not a defect
//! Where somebody starts the loop again: functions that are called in a loop, or through a function that tries again, are left
//! alone. So are loops for one peer, loops that wait until one thing has come, and errors that are looked at more closely before
//! the loop is left.
//!
//! ## Known limits
//! Which errors pass is known for the libraries in taskguard's tables only. What a message is told by is the function that
//! decodes it.
//!
//! ## Example
//! ```rust
//! async fn listen() -> std::io::Result<()> {
//!     let listener = tokio::net::TcpListener::bind("0.0.0.0:7000").await?;
//!     loop {
//!         let (socket, peer) = listener.accept().await?;
//!         println!("{peer} connected");
//!         drop(socket);
//!     }
//! }
//! ```
//! Use instead:
//! ```rust
//! async fn listen() -> std::io::Result<()> {
//!     let listener = tokio::net::TcpListener::bind("0.0.0.0:7000").await?;
//!     loop {
//!         match listener.accept().await {
//!             Ok((socket, peer)) => {
//!                 println!("{peer} connected");
//!                 drop(socket);
//!             }
//!             Err(error) => {
//!                 eprintln!("accept failed: {error}");
//!                 tokio::time::sleep(std::time::Duration::from_millis(100)).await;
//!             }
//!         }
//!     }
//! }
//! ```

use crate::framework::{Context, Group, Lint, Report, snippets};
use crate::model::{EndedBy, Item};

pub const LINT: Lint =
    Lint::new(Group::Pedantic, check).yielding_to(&["worker_returns_ok", "unguarded_connection"]);

fn check(cx: &Context<'_>, report: &mut Report<'_>) {
    for fatal in cx.fatal_items() {
        if cx.states_intent(fatal.span) {
            continue;
        }
        let item = match fatal.item {
            Item::Connection => "one connection that cannot be accepted",
            Item::Handshake => "one failed handshake",
            Item::Message => "one message that cannot be read",
            Item::Poll => "one failed poll",
        };
        let how = match fatal.by {
            EndedBy::Question => "the error leaves the function here",
            EndedBy::Panic => "the error is a panic here",
            EndedBy::Branch => "the branch for the error leaves the loop",
            EndedBy::Pattern => "an error does not match, which ends the loop",
        };
        let finding = report.at(fatal.span, format!("{item} ends this loop for good"));
        finding.labelled(how).label(fatal.turns, "the next item would be taken here");
        if let Some(inner) = fatal.inner {
            finding.label(inner, "the error comes from here");
        }
        finding.help(snippets::SKIP_ITEM);
    }
}
