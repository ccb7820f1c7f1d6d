//! A connection can be lost without anybody learning of it.
//!
//! Many clients come in halves: one to speak through, one that moves the bytes and has to be driven, perhaps one that tells
//! of errors. Here the half that has to be driven is dropped or never driven, the error that ends it is thrown away, or
//! nobody listens to the half that tells of errors. Others are read in a loop, which here ends for good at an error that
//! would pass, or when the connection is lost without a word. A watcher of files does its work as long as it is kept.
//!
//! ## Why is this bad?
//! A half that nobody drives makes every call of the client wait for ever. An error that is thrown away was the only thing
//! that could tell why the database, the broker or the machine at the other end has gone: from then on each call fails,
//! or hangs, for no reason that a log would show. A task that takes messages and has left its loop takes no more of them,
//! while all the rest of the service looks well.
//!
//! ## When it is not a defect
//! When the error is logged, sent or handed on, when the task of the driver is watched, when the connection is opened anew
//! in a loop, when its client is done with in the same function, where each call tells of its own failure. All of these are
//! left alone, and so are pools, which drive their connections themselves.
//!
//! ## Known limits
//! Which halves there are is known for the clients of the tables, and for functions of the workspace that return a client
//! together with a future, or with a value that has a method which takes it and runs on, where the client sends what it is
//! asked for through a channel of the other half. Such a half that is kept under a name and never driven is believed to be so
//! on purpose. A half that is passed on to other functions is not followed. Loops count where they run in a task that is
//! started once, by calls that lead there from `main`, and nobody waits for. Clients whose own calls give the error as well, as
//! those of HTTP do, have to be driven but not listened to. Clients that tell of a lost connection through a hook only are
//! reported where a service opens one and the program names no such hook at all.
//!
//! ## Example
//! ```rust
//! use tokio_postgres::{Client, Error, NoTls};
//!
//! async fn open() -> Result<Client, Error> {
//!     let (client, connection) = tokio_postgres::connect("host=db", NoTls).await?;
//!     tokio::spawn(async move {
//!         let _ = connection.await;
//!     });
//!     Ok(client)
//! }
//! ```
//! Use instead:
//! ```rust
//! use tokio_postgres::{Client, Error, NoTls};
//!
//! async fn open() -> Result<Client, Error> {
//!     let (client, connection) = tokio_postgres::connect("host=db", NoTls).await?;
//!     tokio::spawn(async move {
//!         if let Err(error) = connection.await {
//!             tracing::error!("the connection to the database is lost: {error}");
//!         }
//!     });
//!     Ok(client)
//! }
//! ```

use crate::framework::{Context, Group, Lint, Report, snippets};
use crate::knowledge::drivers::Drive;
use crate::model::{EndReason, Loss};

pub const LINT: Lint = Lint::new(Group::Suspicious, check);

fn check(cx: &Context<'_>, report: &mut Report<'_>) {
    for connection in cx.connection_losses() {
        if cx.states_intent(connection.span) {
            continue;
        }
        let finding = match connection.loss {
            Loss::Undriven { drive, then } => report
                .at(connection.span, "nobody drives this connection")
                .labelled(format!("the half that has to be driven ends here: {then}"))
                .help(match drive {
                    Drive::Await => snippets::DRIVE,
                    Drive::Poll => snippets::POLL_ON,
                }),
            Loss::ErrorThrownAway { waited, origin } => report
                .at(connection.span, "when this connection is lost, nobody learns why")
                .labels(origin.map(|at| (at, "an error that comes up here ends it".to_owned())))
                .labels(waited.map(|at| (at, "it comes out here, and goes nowhere".to_owned())))
                .help(snippets::DRIVE),
            Loss::Unheard(last) => report
                .at(connection.span, "nobody hears the errors of this connection")
                .labelled("what goes wrong with the connection is told here only")
                .labels(last.map(|at| (at, "this is the last time that anybody listens".to_owned())))
                .help(snippets::LISTEN_ON),
            Loss::Unhooked(row) => report
                .at(
                    connection.span,
                    "nothing in this service hears that this connection is lost, or opens it again",
                )
                .labelled(row.unheard)
                .help(row.call),
            Loss::LetGo(row) => report
                .at(connection.span, "this is dropped when the function ends, and what it does ends with it")
                .labelled(row.dropped)
                .help("return it, or keep it in what lives as long as it is needed"),
        };
        if connection.opened != connection.span {
            let opened = match connection.loss {
                Loss::LetGo(_) => "it is made here",
                _ => "the connection is opened here",
            };
            finding.label(connection.opened, opened);
        }
    }
    for end in cx.subscription_ends() {
        if cx.states_intent(end.looped) || cx.states_intent(end.task) {
            continue;
        }
        let (message, way) = match end.why {
            EndReason::ErrorThatPasses => (
                "the first error of this connection ends its reader for good",
                "an error leaves the loop here, though more would come after it",
            ),
            EndReason::Lost => (
                "when this connection is lost, its reader ends and nobody learns of it",
                "the loss of the connection leaves the loop here, in silence",
            ),
        };
        report
            .at(end.way, message)
            .labelled(way)
            .label(end.taken, format!("how it behaves: {}", end.source.note))
            .label(end.looped, "this loop ends, and nothing starts it again")
            .label(end.task, "with it ends this task, which nobody waits for")
            .help(snippets::SUBSCRIBE_AGAIN);
    }
}
