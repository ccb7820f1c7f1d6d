//! Sessions that are kept open.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Result, bail};
use tokio::sync::Mutex;
use tracing::{info, warn};

use crate::session::Session;

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
        let session = self.open(machine).await?;
        sessions.insert(machine.to_owned(), session.clone());
        Ok(session)
    }

    // ANCHOR: open
    async fn open(&self, machine: &str) -> Result<Session> {
        let (session, driver, mut errors) = Session::open(machine).await?; //~ unguarded_connection
        tokio::spawn(async move { driver.run().await }); //~ unguarded_connection

        // The machine refuses us, if at all, right after the first command.
        let greeting = session.run("hello").await?;
        tokio::select! {
            complaint = errors.recv() => bail!("{machine} refused: {complaint:?}"),
            () = tokio::time::sleep(Duration::from_millis(50)) => info!("{machine}: {greeting}"),
        }
        Ok(session)
    }
    // ANCHOR_END: open

    /// Keeps the sessions from being closed for idleness.
    pub async fn keep_alive(self) {
        let mut ticker = tokio::time::interval(Duration::from_secs(30));
        loop {
            //~^ uncancellable_loop
            ticker.tick().await;
            let sessions = self.sessions.lock().await.clone();
            for (machine, session) in sessions {
                if let Err(error) = session.run("noop").await {
                    warn!("{machine}: {error:#}");
                }
            }
        }
    }
}
