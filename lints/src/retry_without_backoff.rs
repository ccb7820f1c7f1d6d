//! What has failed is tried again at once, for ever.
//!
//! ## Why is this bad?
//! As long as the other side is down, the loop turns as fast as it can: it burns a core, fills the log with the same line, and
//! when the other side comes back, all its clients are upon it.
//!
//! ## When it is not a defect
//! Where the next turn is about something else, where the tries are counted, or where what is called pauses in a way that
//! cannot be seen.
//!
//! ## Known limits
//! Only operations known by their name or by a row of the client table are looked at: `connect`, `subscribe`, `poll`,
//! `receive` and the like. Functions of the workspace are followed three calls deep.
//!
//! ## Example
//! ```rust
//! async fn follow(address: String) {
//!     loop {
//!         match tokio::net::TcpStream::connect(&address).await {
//!             Ok(feed) => read(feed).await,
//!             Err(error) => eprintln!("cannot connect: {error}"),
//!         }
//!     }
//! }
//!
//! async fn read(mut feed: tokio::net::TcpStream) {
//!     tokio::io::copy(&mut feed, &mut tokio::io::stdout()).await.unwrap();
//! }
//! ```
//! Use instead:
//! ```rust
//! async fn follow(address: String) {
//!     loop {
//!         match tokio::net::TcpStream::connect(&address).await {
//!             Ok(feed) => read(feed).await,
//!             Err(error) => eprintln!("cannot connect: {error}"),
//!         }
//!         tokio::time::sleep(std::time::Duration::from_secs(5)).await;
//!     }
//! }
//!
//! async fn read(mut feed: tokio::net::TcpStream) {
//!     tokio::io::copy(&mut feed, &mut tokio::io::stdout()).await.unwrap();
//! }
//! ```

use crate::framework::{Context, Group, Lint, Report, snippets};
use crate::model::WhyAtOnce;

pub const LINT: Lint = Lint::new(Group::Nursery, check).yielding_to(&["reconnect_without_delay"]);

fn check(cx: &Context<'_>, report: &mut Report<'_>) {
    for stream in cx.model.streams_without_backoff(cx.file) {
        report
            .at(stream, "after an error this stream asks again without a pause")
            .help("put pauses into it, with `.default_backoff()`");
    }
    for it in cx.loops() {
        let Some(again) = it.retries_at_once(cx.model.workspace) else { continue };
        if cx.states_intent(it.span) {
            continue;
        }
        let label = match again.why {
            WhyAtOnce::ForgottenBackoff => "this says how long to pause, and nobody sleeps that long",
            WhyAtOnce::CleanClose | WhyAtOnce::OtherError | WhyAtOnce::Error => {
                "when this fails, the next turn begins right away"
            }
        };
        report
            .at(it.span, "what has failed is tried again here without a pause")
            .label(again.call, label)
            .help(snippets::BACK_OFF);
    }
}
