//! A loop makes a connection again at once on one way, although it pauses on another.
//!
//! ## Why is this bad?
//! The author thought of the connection that fails, and paused there. A peer that accepts and then closes cleanly, a proxy
//! that is being restarted or a broken subscription takes the other way: the loop connects, is closed and connects again, as
//! fast as the network lets it. Each turn costs the other side a handshake, and leaves what it allocates; often nothing is
//! logged.
//!
//! ## When it is not a defect
//! Where the peer itself makes the client wait, or where what is called pauses in a way that cannot be seen.
//!
//! ## Known limits
//! A connection is known by a row of the client table, or by a name such as `connect` or `subscribe`. Functions of the
//! workspace are followed three calls deep. Where code that cannot be seen lies on the way, nothing is reported.
//!
//! ## Example
//! ```rust
//! async fn follow(address: String) {
//!     loop {
//!         if let Err(error) = read(&address).await {
//!             eprintln!("the feed has failed: {error}");
//!             tokio::time::sleep(std::time::Duration::from_secs(5)).await;
//!         }
//!     }
//! }
//!
//! async fn read(address: &str) -> std::io::Result<()> {
//!     let mut feed = tokio::net::TcpStream::connect(address).await?;
//!     tokio::io::copy(&mut feed, &mut tokio::io::stdout()).await?;
//!     Ok(())
//! }
//! ```
//! Use instead:
//! ```rust
//! async fn follow(address: String) {
//!     loop {
//!         match read(&address).await {
//!             Ok(()) => eprintln!("the feed has ended"),
//!             Err(error) => eprintln!("the feed has failed: {error}"),
//!         }
//!         tokio::time::sleep(std::time::Duration::from_secs(5)).await;
//!     }
//! }
//!
//! async fn read(address: &str) -> std::io::Result<()> {
//!     let mut feed = tokio::net::TcpStream::connect(address).await?;
//!     tokio::io::copy(&mut feed, &mut tokio::io::stdout()).await?;
//!     Ok(())
//! }
//! ```

use crate::framework::{Context, Group, Lint, Report, snippets};
use crate::model::WhyAtOnce;

pub const LINT: Lint = Lint::new(Group::Nursery, check);

fn check(cx: &Context<'_>, report: &mut Report<'_>) {
    for it in cx.loops() {
        let Some(again) = it.reconnects_at_once(cx.model.workspace) else { continue };
        if cx.states_intent(it.span) {
            continue;
        }
        let what = match again.why {
            WhyAtOnce::CleanClose => "a clean close loops at once",
            WhyAtOnce::OtherError | WhyAtOnce::Error | WhyAtOnce::ForgottenBackoff => {
                "some errors loop at once"
            }
        };
        report
            .at(it.span, format!("{what}: the connection is made again without a pause"))
            .label(again.call, "when this has ended, the next turn begins right away")
            .labels(again.pause.map(|pause| (pause, "only this way pauses".to_owned())))
            .help(snippets::WAIT_ON_BOTH);
    }
}
