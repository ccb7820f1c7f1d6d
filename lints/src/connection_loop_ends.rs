//! A loop reads from a connection, and ends with it without a word.
//!
//! The stream of a subscription or socket ends when the connection is lost. The loop that reads it is over then: nobody
//! connects again, nothing is logged, and no error is returned.
//!
//! ## Why is this bad?
//! The process lives on and looks well, and no data arrives any more.
//!
//! ## When it is not a defect
//! Where the end of the stream is the end of the work: a download, an answer in parts. Loops inside a loop, functions that are
//! called in one, and functions for one peer are left alone.
//!
//! ## Known limits
//! The stream must be of a type that taskguard knows to end with its connection, or be made by a function of the workspace
//! whose name says that it subscribes or connects.
//!
//! ## Example
//! ```rust
//! use futures::StreamExt;
//!
//! async fn follow(url: &str) -> Result<(), tokio_tungstenite::tungstenite::Error> {
//!     let mut prices = subscribe(url).await?;
//!     while let Some(price) = prices.next().await {
//!         println!("{price}");
//!     }
//!     Ok(())
//! }
//!
//! async fn subscribe(url: &str) -> Result<futures::stream::BoxStream<'static, u64>, tokio_tungstenite::tungstenite::Error> {
//!     connect(url).await
//! }
//! ```
//! Use instead:
//! ```rust
//! use futures::StreamExt;
//!
//! async fn follow(url: &str) -> Result<(), tokio_tungstenite::tungstenite::Error> {
//!     loop {
//!         let mut prices = subscribe(url).await?;
//!         while let Some(price) = prices.next().await {
//!             println!("{price}");
//!         }
//!         eprintln!("the prices have ended, subscribing again");
//!         tokio::time::sleep(std::time::Duration::from_secs(1)).await;
//!     }
//! }
//!
//! async fn subscribe(url: &str) -> Result<futures::stream::BoxStream<'static, u64>, tokio_tungstenite::tungstenite::Error> {
//!     connect(url).await
//! }
//! ```

use crate::framework::{Context, Group, Lint, Report, snippets};

pub const LINT: Lint = Lint::new(Group::Pedantic, check);

fn check(cx: &Context<'_>, report: &mut Report<'_>) {
    for ended in cx.ended_reads() {
        if cx.states_intent(ended.span) {
            continue;
        }
        report
            .at(ended.span, "this loop ends with its connection, and nobody learns of it")
            .labelled("nothing is connected again, logged or returned when it ends")
            .label(ended.made, "the connection is made here, once")
            .label(ended.read, "this gives nothing more when it is lost")
            .help(snippets::RECONNECT);
    }
}
