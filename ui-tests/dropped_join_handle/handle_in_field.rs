//! Handles that are kept and never asked, or asked only when it is too late.

use std::time::Duration;

use anyhow::Result;
use tokio::task::{AbortHandle, JoinHandle, JoinSet};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

async fn expire_sessions() -> Result<()> {
    loop {
        tokio::time::sleep(Duration::from_secs(30)).await;
        delete_expired().await?;
    }
}

async fn delete_expired() -> Result<u64> {
    anyhow::bail!("the store is gone")
}

struct NeverRead {
    _expiry: JoinHandle<Result<()>>,
}

impl NeverRead {
    fn new() -> Self {
        Self { _expiry: tokio::spawn(expire_sessions()) } //~ dropped_join_handle
    }
}

struct AbortedOnly {
    expiry: JoinHandle<Result<()>>,
}

impl AbortedOnly {
    fn new() -> Self {
        let expiry = tokio::spawn(expire_sessions()); //~ dropped_join_handle
        Self { expiry }
    }
}

impl Drop for AbortedOnly {
    fn drop(&mut self) {
        self.expiry.abort();
    }
}

/// Weeks may pass between the failure and the shutdown that tells of it.
struct AwaitedInShutdown {
    stop: CancellationToken,
    expiry: JoinHandle<Result<()>>,
}

impl AwaitedInShutdown {
    fn start() -> Self {
        let stop = CancellationToken::new();
        let expiry = tokio::spawn(expire_sessions()); //~ dropped_join_handle
        Self { stop, expiry }
    }

    async fn shutdown(self) -> Result<()> {
        self.stop.cancel();
        self.expiry.await?
    }
}

struct SetAbortedOnly {
    workers: JoinSet<Result<()>>,
}

impl SetAbortedOnly {
    fn start(&mut self) {
        self.workers.spawn(expire_sessions()); //~ dropped_join_handle
    }

    fn stop(&mut self) {
        self.workers.abort_all();
    }
}

struct PushedAndForgotten {
    workers: Vec<JoinHandle<Result<()>>>,
}

impl PushedAndForgotten {
    fn start(&mut self) {
        self.workers.push(tokio::spawn(expire_sessions())); //~ dropped_join_handle
    }
}

struct Tracked {
    tracker: TaskTracker,
}

impl Tracked {
    /// A tracker counts its tasks; it does not keep what they return.
    fn start(&self) {
        self.tracker.spawn(expire_sessions()); //~ dropped_join_handle
    }
}

fn abort_handle_alone() -> AbortHandle {
    tokio::spawn(expire_sessions()).abort_handle() //~ dropped_join_handle
}

/// The worker is asked only once the work beside it is over.
pub async fn watched_too_late(stop: CancellationToken) -> Result<()> {
    let worker = tokio::spawn(expire_sessions()); //~ dropped_join_handle
    tokio::signal::ctrl_c().await?;
    stop.cancel();
    worker.await?
}
