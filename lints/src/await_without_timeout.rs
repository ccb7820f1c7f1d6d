//! A probe, the start, or a handshake waits for another machine without a limit of time.
//!
//! ## Why is this bad?
//! A machine that stops to answer without closing its connections is the most common of all failures of networks, and a wait for
//! it never ends. In a health check it takes the probe down with it, and the orchestrator kills a service that is well. At
//! start-up it keeps the service from ever being there, without a line in the log. In a handshake any peer that connects and
//! says nothing holds a task for ever, or the whole loop that accepts connections.
//!
//! ## When it is not a defect
//! When something else bounds the wait: the other side, a proxy, the kernel's own patience. This is a policy for services, which
//! is why the lint is off by default and belongs to the profile `service`.
//!
//! ## Known limits
//! What waits is known from a list of clients, and followed through a few functions of the workspace. A client that is built with a
//! timeout anywhere in the workspace is believed to be built so everywhere. Waits in the middle of a service's life are left
//! alone.
//!
//! ## Example
//! ```rust
//! async fn greet(acceptor: tokio_rustls::TlsAcceptor, peer: tokio::net::TcpStream) -> std::io::Result<()> {
//!     let _stream = acceptor.accept(peer).await?;
//!     Ok(())
//! }
//! ```
//! Use instead:
//! ```rust
//! async fn greet(acceptor: tokio_rustls::TlsAcceptor, peer: tokio::net::TcpStream) -> std::io::Result<()> {
//!     let limit = std::time::Duration::from_secs(10);
//!     let _stream = tokio::time::timeout(limit, acceptor.accept(peer)).await??;
//!     Ok(())
//! }
//! ```

use crate::framework::{Context, Group, Lint, Profile, Report, snippets};
use crate::model::Phase;

pub const LINT: Lint = Lint::new(Group::Restriction, check).in_profile(Profile::Service);

fn check(cx: &Context<'_>, report: &mut Report<'_>) {
    for wait in cx.unbounded_waits().filter(|wait| !cx.states_intent(wait.span)) {
        let (message, label) = match wait.phase {
            Phase::Probe => (
                "this probe waits for another machine without a limit of time",
                "while that machine is silent, this service looks dead",
            ),
            Phase::StartUp => (
                "the service waits for another machine without a limit of time",
                "while that machine is silent, the service does nothing else here, and says nothing",
            ),
            Phase::Handshake => (
                "this waits for a peer to say something, without a limit of time",
                "a peer that connects and is silent holds it for ever",
            ),
        };
        report
            .at(wait.span, message)
            .labelled(label)
            .labels(wait.origin.map(|span| (span, "it is waited for here".to_owned())))
            .labels(wait.others.iter().map(|&span| (span, "and here".to_owned())))
            .help(snippets::TIMEOUT);
    }
}
