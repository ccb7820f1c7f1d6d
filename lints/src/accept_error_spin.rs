//! A listener that cannot accept is asked again at once.
//!
//! ## Why is this bad?
//! When the process has no file descriptor left, `accept` fails at once and goes on failing until a connection is closed. A loop
//! that only logs the error turns as fast as it can, writes the same line each time, and takes the time that the open
//! connections need to end.
//!
//! ## When it is not a defect
//! Where the error belongs to one connection only, as with QUIC.
//!
//! ## Known limits
//! Only listeners of sockets are looked at. Where code that cannot be seen lies on the way of the error, nothing is reported.
//!
//! ## Example
//! ```rust
//! async fn serve(listener: tokio::net::TcpListener) {
//!     loop {
//!         match listener.accept().await {
//!             Ok((socket, peer)) => println!("{peer}: {socket:?}"),
//!             Err(error) => eprintln!("cannot accept: {error}"),
//!         }
//!     }
//! }
//! ```
//! Use instead:
//! ```rust
//! async fn serve(listener: tokio::net::TcpListener) {
//!     loop {
//!         match listener.accept().await {
//!             Ok((socket, peer)) => println!("{peer}: {socket:?}"),
//!             Err(error) => {
//!                 eprintln!("cannot accept: {error}");
//!                 tokio::time::sleep(std::time::Duration::from_secs(1)).await;
//!             }
//!         }
//!     }
//! }
//! ```

use crate::framework::{Context, Group, Lint, Report};

pub const LINT: Lint = Lint::new(Group::Pedantic, check);

fn check(cx: &Context<'_>, report: &mut Report<'_>) {
    for it in cx.loops() {
        let Some(accept) = it.spins_on_accept(cx.model.workspace) else { continue };
        report
            .at(accept, "when the process runs out of file descriptors, this fails again and again without a pause")
            .label(it.span, "the next turn begins right away")
            .help("pause in the arm of the error:\n    tokio::time::sleep(std::time::Duration::from_millis(100)).await;");
    }
}
