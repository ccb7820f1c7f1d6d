//! Sessions that are kept open.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use tokio::sync::Mutex;
use tokio_util::sync::CancellationToken;
use tracing::{error, info, warn};

use crate::session::{Driver, Errors, Session};

/// No machine is waited for longer than this.
const PATIENCE: Duration = Duration::from_secs(10);

#[derive(Clone, Default)]
pub struct Pool {
    sessions: Arc<Mutex<BTreeMap<String, Session>>>,
}

impl Pool {
    /// The session of a machine, opened when there is none.
    pub async fn session(&self, machine: &str) -> Result<Session> {
        let mut sessions = self.sessions.lock().await;
        if let Some(session) = sessions.get(machine) {
            return Ok(session.clone());
        }
        let opened = tokio::time::timeout(PATIENCE, Session::open(machine)).await;
        let (session, driver, errors) = opened.with_context(|| format!("{machine} does not answer"))??;
        tokio::spawn(self.clone().watch(machine.to_owned(), driver, errors)); //~ unsupervised_worker
        sessions.insert(machine.to_owned(), session.clone());
        Ok(session)
    }

    // ANCHOR: watch
    /// Drives a session, listens to it for as long as it lives, and forgets it when it ends.
    async fn watch(self, machine: String, driver: Driver, mut errors: Errors) {
        let complaints = async {
            while let Some(complaint) = errors.recv().await {
                warn!("{machine} complains: {complaint}");
            }
        };
        let (driven, ()) = tokio::join!(driver.run(), complaints);
        match driven {
            Ok(()) => info!("{machine}: session closed"),
            Err(error) => error!("{machine}: session lost: {error:#}"),
        }
        self.sessions.lock().await.remove(&machine);
    }
    // ANCHOR_END: watch

    /// Keeps the sessions from being closed for idleness.
    pub async fn keep_alive(self, stop: CancellationToken) {
        let mut ticker = tokio::time::interval(Duration::from_secs(30));
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                _ = ticker.tick() => {}
            }
            let sessions = self.sessions.lock().await.clone();
            for (machine, session) in sessions {
                match tokio::time::timeout(PATIENCE, session.run("noop")).await {
                    Ok(Ok(_)) => {}
                    Ok(Err(error)) => warn!("{machine}: {error:#}"),
                    Err(_) => {
                        error!("{machine} does not answer");
                        self.sessions.lock().await.remove(&machine);
                    }
                }
            }
        }
    }
}
