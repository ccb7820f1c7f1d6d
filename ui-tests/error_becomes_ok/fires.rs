//! Functions that could report a failure, and report success.

use anyhow::Result;
use tokio::sync::mpsc;
use tracing::{error, warn};

enum Command {
    Update(u32),
}

pub struct Controller {
    commands: mpsc::Receiver<Command>,
}

impl Controller {
    fn apply(&mut self, update: u32) -> Result<()> {
        anyhow::bail!("update {update} does not apply")
    }

    /// One update that does not apply ends them all.
    pub async fn run(mut self) -> Result<()> {
        loop {
            tokio::select! {
                Some(command) = self.commands.recv() => match command {
                    Command::Update(update) => {
                        if let Err(error) = self.apply(update) { //~ error_becomes_ok
                            warn!("cannot update: {error}");
                            break;
                        }
                    }
                },
                _ = tokio::signal::ctrl_c() => break,
            }
        }
        self.commands.close();
        Ok(())
    }
}

async fn compact(table: &str) -> Result<u64> {
    anyhow::bail!("{table} is locked")
}

/// Whoever asked for this waits for what never comes.
pub async fn keep_compact(table: &str) -> Result<()> {
    loop {
        match compact(table).await {
            Ok(freed) => println!("{freed} bytes freed"),
            Err(error) => {
                error!("cannot compact {table}: {error}");
                return Ok(()); //~ error_becomes_ok
            }
        }
        tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    }
}
