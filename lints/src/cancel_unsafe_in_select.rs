//! A read or write is dropped half done whenever another arm of the `select!` is taken.
//!
//! `read_exact`, `read_line`, `write_all` and their like keep what they have done so far in their future. A `select!` in a
//! loop drops that future when another arm is taken, and begins anew on the next turn.
//!
//! ## Why is this bad?
//! The bytes that were read are gone, or a part of a message was written and its rest never comes. From then on both sides
//! read frames at the wrong place. It happens when a message is split over two packets, which no test does.
//!
//! ## When it is not a defect
//! Where every other arm leaves the loop, nobody reads on. A future that is pinned outside of the loop is kept.
//!
//! ## Known limits
//! Functions of the workspace are looked into two calls deep; what they do with buffers of their own is not followed.
//!
//! ## Example
//! ```rust
//! use tokio::io::AsyncReadExt;
//!
//! async fn serve(mut socket: tokio::net::TcpStream, mut ticks: tokio::time::Interval) {
//!     let mut frame = [0; 64];
//!     loop {
//!         tokio::select! {
//!             read = socket.read_exact(&mut frame) => println!("{read:?}"),
//!             _ = ticks.tick() => println!("alive"),
//!         }
//!     }
//! }
//! ```
//! Use instead:
//! ```rust
//! async fn serve(mut frames: tokio::sync::mpsc::Receiver<[u8; 64]>, mut ticks: tokio::time::Interval) {
//!     loop {
//!         tokio::select! {
//!             frame = frames.recv() => match frame {
//!                 Some(frame) => println!("{frame:?}"),
//!                 None => break,
//!             },
//!             _ = ticks.tick() => println!("alive"),
//!         }
//!     }
//! }
//! ```

use crate::framework::{Context, Group, Lint, Report, snippets};

pub const LINT: Lint = Lint::new(Group::Pedantic, check);

fn check(cx: &Context<'_>, report: &mut Report<'_>) {
    for torn in cx.torn_selects().filter(|torn| !cx.states_intent(torn.span)) {
        let finding = report
            .at(torn.span, "what is half read or written is lost when another arm is taken")
            .label(torn.other, "after this arm the loop begins anew");
        for (call, inner) in torn.calls {
            finding.label(call, "this is dropped half done");
            finding.labels(inner.map(|span| (span, "what this has done so far is lost".to_owned())));
        }
        finding.help(snippets::OWN_TASK);
    }
}
