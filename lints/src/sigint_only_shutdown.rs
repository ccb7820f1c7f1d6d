//! A service stops in an orderly way on Ctrl-C, and nothing handles SIGTERM.
//!
//! ## Why is this bad?
//! Ctrl-C is what a person presses in a terminal. Docker, Kubernetes and systemd stop a process with SIGTERM, which kills it at
//! once unless it is handled: requests are cut off, batches are lost, and all the code that was written for shutting down
//! never runs. As the first process of a container it ignores SIGTERM even, and is killed when the patience of the
//! orchestrator is over.
//!
//! ## When it is not a defect
//! A program that is only ever run in a terminal. Commands that serve nothing are left alone, and so is code where Ctrl-C does
//! no more than to end the process, or to tell others who have no time left. What runs no server is taken for a command where it
//! lies in a folder named after tools or benchmarks, where it says `press Ctrl+C to stop` to whom it takes to sit there, and where
//! a loop does nothing but to show what comes until then. Programs for developers and samples are left alone, by the name of their file or folder, and a command
//! `dev` that a tool has for those who develop with it.
//!
//! ## Known limits
//! All that the binary may reach is searched for a handler of SIGTERM; a library that is not known and has a function such as
//! `shutdown_signal` is believed to handle it. Servers that handle signals themselves (actix-web, rocket, pingora) and the
//! feature `termination` of `ctrlc` are known. A future that ends on Ctrl-C is followed into the functions that it is given
//! to, as long as it is only waited for there; what is kept in a field is believed to be good for something. What `Drop` does is
//! not looked at.
//!
//! ## Example
//! ```rust
//! #[tokio::main]
//! async fn main() -> std::io::Result<()> {
//!     let listener = tokio::net::TcpListener::bind("0.0.0.0:80").await?;
//!     axum::serve(listener, axum::Router::new()).with_graceful_shutdown(stopped()).await
//! }
//!
//! async fn stopped() {
//!     let _ = tokio::signal::ctrl_c().await;
//! }
//! ```
//! Use instead:
//! ```rust
//! use tokio::signal::unix::{SignalKind, signal};
//!
//! #[tokio::main]
//! async fn main() -> std::io::Result<()> {
//!     let listener = tokio::net::TcpListener::bind("0.0.0.0:80").await?;
//!     axum::serve(listener, axum::Router::new()).with_graceful_shutdown(stopped()).await
//! }
//!
//! async fn stopped() {
//!     let mut terminate = signal(SignalKind::terminate()).expect("SIGTERM can be handled");
//!     tokio::select! {
//!         _ = tokio::signal::ctrl_c() => {}
//!         _ = terminate.recv() => {}
//!     }
//! }
//! ```

use crate::framework::{Context, Group, Lint, Report, snippets};

pub const LINT: Lint = Lint::new(Group::Suspicious, check);

fn check(cx: &Context<'_>, report: &mut Report<'_>) {
    for found in cx.interrupt_only() {
        let mut places = found.places.iter().copied();
        let Some(first) = places.next().filter(|&first| !cx.states_intent(first)) else { continue };
        let mains = found.mains.iter().map(|&main| {
            let name = cx.model.workspace.name_span(main);
            (name, "this service is stopped with SIGTERM, which nothing in it handles".to_owned())
        });
        report
            .at(first, "this shutdown runs on Ctrl-C only, which nobody presses where a service runs")
            .labelled("a SIGTERM ends the process without it")
            .labels(places.map(|place| (place, "and here".to_owned())))
            .labels(mains)
            .help(snippets::SHUTDOWN_SIGNAL);
    }
}
