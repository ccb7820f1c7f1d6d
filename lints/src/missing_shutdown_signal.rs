//! A service handles no signal: whatever stops it cuts off what it is doing.
//!
//! ## Why is this bad?
//! Each deployment stops the process with SIGTERM. A service that does not handle it dies in the middle of requests, uploads and
//! batches; buffers are not flushed, locks and leases are left behind for others to wait for.
//!
//! ## When it is not a defect
//! When the service can be killed at any time: it has no state, or its writes are transactions, and whoever asks it asks again.
//! This is a policy for services, which is why the lint is off by default and belongs to the profile `service`.
//!
//! ## Known limits
//! A service is known by a server, or by an endless loop that `main` lives in. A service that handles Ctrl-C only is a matter of
//! `sigint_only_shutdown`.
//!
//! ## Example
//! ```rust
//! #[tokio::main]
//! async fn main() -> std::io::Result<()> {
//!     let listener = tokio::net::TcpListener::bind("0.0.0.0:80").await?;
//!     axum::serve(listener, axum::Router::new()).await
//! }
//! ```
//! Use instead:
//! ```rust
//! use tokio::signal::unix::{SignalKind, signal};
//!
//! #[tokio::main]
//! async fn main() -> std::io::Result<()> {
//!     let mut terminate = signal(SignalKind::terminate())?;
//!     let listener = tokio::net::TcpListener::bind("0.0.0.0:80").await?;
//!     let stopped = async move { _ = terminate.recv().await };
//!     axum::serve(listener, axum::Router::new()).with_graceful_shutdown(stopped).await
//! }
//! ```

use crate::framework::{Context, Group, Lint, Profile, Report, snippets};

pub const LINT: Lint = Lint::new(Group::Restriction, check).in_profile(Profile::Service);

fn check(cx: &Context<'_>, report: &mut Report<'_>) {
    let workspace = cx.model.workspace;
    for services in cx.unstopped() {
        const END: &str = "a deployment kills this process in the middle of its work";
        let mut mains = services.mains.iter().map(|&main| workspace.name_span(main)).peekable();
        let Some(&first) = mains.peek() else { continue };
        let finding = report
            .at(services.select.unwrap_or(first), "nothing in this service handles SIGTERM")
            .help(snippets::SHUTDOWN_SIGNAL);
        match services.select {
            Some(_) => finding
                .labelled("it waits for each of its parts, and for no signal")
                .labels(mains.map(|main| (main, END.to_owned()))),
            None => finding.labelled(END),
        };
    }
}
