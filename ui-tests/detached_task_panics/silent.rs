//! Panics that cannot come from outside, that somebody sees, or that end the process.

use std::sync::{Arc, Mutex};

use anyhow::Result;
use tokio::net::TcpStream;
use tokio::sync::{mpsc, oneshot};

async fn announce(address: String) {
    TcpStream::connect(address).await.expect("the registry answers");
}

fn handled(address: String) {
    tokio::spawn(async move {
        match TcpStream::connect(address).await {
            Ok(stream) => drop(stream),
            Err(error) => tracing::error!("cannot connect: {error}"),
        }
    });
}

/// A poisoned lock is a consequence of another panic, not of the outside.
fn locks(count: Arc<Mutex<u64>>) {
    tokio::spawn(async move {
        *count.lock().unwrap() += 1;
    });
}

/// Channels fail when the other side has gone.
fn channels(numbers: mpsc::Sender<u64>, answer: oneshot::Receiver<u64>) {
    tokio::spawn(async move {
        let number = answer.await.unwrap();
        numbers.send(number).await.unwrap();
    });
}

/// The panic of another task is handed on.
fn handles(address: String) {
    tokio::spawn(async move {
        tokio::spawn(announce(address)).await.unwrap();
    });
}

fn constants() {
    tokio::spawn(async {
        let address: std::net::SocketAddr = "127.0.0.1:80".parse().unwrap();
        println!("{address}");
    });
}

async fn awaited(address: String) -> Result<()> {
    tokio::spawn(announce(address)).await?;
    Ok(())
}

mod guarded {
    use std::panic::AssertUnwindSafe;

    use futures::FutureExt;
    use tokio_util::sync::CancellationToken;

    use super::*;

    fn catch_unwind(address: String) {
        tokio::spawn(async move {
            if AssertUnwindSafe(announce(address)).catch_unwind().await.is_err() {
                tracing::error!("announcing panicked");
            }
        });
    }

    fn drop_guard(address: String, shutdown: CancellationToken) {
        tokio::spawn(async move {
            let _guard = shutdown.drop_guard();
            let stream = TcpStream::connect(address).await.unwrap();
            drop(stream);
        });
    }
}

fn meant(address: String) {
    // Detached on purpose: the registry asks again.
    tokio::spawn(announce(address));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn announces() {
        tokio::spawn(announce("127.0.0.1:1".to_owned()));
    }
}

/// Its output is a `Result` that is never an `Err`.
fn serves(listeners: Vec<tokio::net::TcpListener>, app: axum::Router) {
    for listener in listeners {
        let app = app.clone();
        tokio::spawn(async move {
            axum::serve(listener, app).await.expect("it never ends");
        });
    }
}

/// An `Option`, and a semaphore that nobody closes.
fn not_of_the_outside(mut events: Events, permits: std::sync::Arc<tokio::sync::Semaphore>) {
    tokio::spawn(async move {
        let first = events.first().await.unwrap();
        let permit = tokio::sync::Semaphore::acquire_owned(permits).await.unwrap();
        drop((first, permit));
    });
}

struct Events;

impl Events {
    async fn first(&mut self) -> Option<u8> {
        None
    }
}
