//! A task that must live can end with an error that nobody will see.
//!
//! The handle of a spawned task or thread is dropped, or waited for only when the service is being stopped. The task serves
//! a listener, or has a loop that is meant to turn for ever, and an `Err` leaves it without having been logged or sent.
//!
//! ## Why is this bad?
//! The handle is the only place where the outcome of a task can be learnt. When the task ends with an error, nothing is
//! logged, nothing restarts it, and the process goes on without it: the port stays closed, the queue is no longer read, and
//! the container stays "Up".
//!
//! ## When it is not a defect
//! When the error is logged, reported or sent inside the task, or when its end makes the process end. Both are seen and
//! respected, also in functions of the workspace that the task calls. A task that an accept loop spawns for each connection
//! ends with its peer, and nobody else loses by it; so does one that reads what a closure is given by whoever calls it for
//! each session. Whoever gets a future back that first of all waits for the task has its error.
//!
//! ## Known limits
//! Only the workspace is followed: what a library does with a handle is taken to be right unless it is known. Errors are
//! followed through three calls. A method of an unknown type is never guessed. A comment at the site that says "best effort",
//! "ignore", "fire and forget" or the like is believed. Panics are not the matter of this lint.
//!
//! ## Example
//! ```rust
//! use tokio::net::UdpSocket;
//!
//! async fn start() {
//!     tokio::spawn(async move {
//!         let socket = UdpSocket::bind("0.0.0.0:9000").await?;
//!         let mut buffer = [0; 1500];
//!         loop {
//!             let (read, _) = socket.recv_from(&mut buffer).await?;
//!             note(&buffer[..read]);
//!         }
//!         Ok::<(), std::io::Error>(())
//!     });
//! }
//!
//! fn note(_packet: &[u8]) {}
//! ```
//! Use instead:
//! ```rust
//! use tokio::net::UdpSocket;
//! use tokio::task::JoinSet;
//!
//! async fn start() -> Result<(), Box<dyn std::error::Error>> {
//!     let mut tasks = JoinSet::new();
//!     tasks.spawn(async move {
//!         let socket = UdpSocket::bind("0.0.0.0:9000").await?;
//!         let mut buffer = [0; 1500];
//!         loop {
//!             let (read, _) = socket.recv_from(&mut buffer).await?;
//!             note(&buffer[..read]);
//!         }
//!         Ok::<(), std::io::Error>(())
//!     });
//!     while let Some(ended) = tasks.join_next().await {
//!         ended??;
//!     }
//!     Ok(())
//! }
//!
//! fn note(_packet: &[u8]) {}
//! ```

use crate::framework::{Context, Group, Lint, Report, snippets};
use crate::semantics::LifeKind;

pub const LINT: Lint = Lint::new(Group::Suspicious, check).yielding_to(&["unguarded_connection"]);

fn check(cx: &Context<'_>, report: &mut Report<'_>) {
    for task in cx.tasks() {
        let Some(unwatched) = task.unwatched(cx.model.workspace) else { continue };
        let Some(lethal) = task.lethal_leak(cx.model.workspace) else { continue };
        // Who accepts goes on for all other peers, and who spawns for each message for all others.
        if cx.states_intent(task.span)
            || task.is_for_one_peer(cx.model.workspace)
            || task.is_one_of_many(cx.model.workspace)
        {
            continue;
        }
        let what = match lethal.life.kind {
            LifeKind::Server(_) => "server",
            LifeKind::Loop => "worker",
        };
        let origin = lethal.leak.origin();
        report
            .at(task.span, format!("this {what} can end with an error that nobody will see"))
            .labelled(unwatched.description())
            .labels(unwatched.evidence())
            .label(origin.span, "an error that comes up here ends it, unlogged")
            .label(lethal.life.origin().span, format!("the {what} is meant to run on from here"))
            .help(snippets::WATCH);
    }
}
