//! Errors that are dealt with, and functions whose caller has nothing to decide.

use anyhow::{Result, bail};
use tokio::net::TcpStream;
use tokio::sync::{Semaphore, mpsc, oneshot};
use tracing::{debug, warn};

async fn compact(table: &str) -> Result<u64> {
    bail!("{table} is locked")
}

pub async fn hands_it_on(table: &str) -> Result<()> {
    match compact(table).await {
        Ok(freed) => debug!(freed),
        Err(error) => {
            warn!("cannot compact {table}: {error}");
            return Err(error);
        }
    }
    Ok(())
}

pub async fn counts_it(tables: &[&str]) -> Result<()> {
    let mut failed = 0;
    for table in tables {
        if let Err(error) = compact(table).await {
            warn!("cannot compact {table}: {error}");
            failed += 1;
        }
    }
    anyhow::ensure!(failed == 0, "{failed} tables are left");
    Ok(())
}

pub async fn tells_whoever_waits(table: &str, done: oneshot::Sender<Result<()>>) -> Result<()> {
    if let Err(error) = compact(table).await {
        warn!("cannot compact {table}");
        let _ = done.send(Err(error));
        return Ok(());
    }
    Ok(())
}

pub async fn tries_something_else(table: &str) -> Result<()> {
    if let Err(error) = compact(table).await {
        warn!("cannot compact {table}, rebuilding it: {error}");
        rebuild(table).await?;
        return Ok(());
    }
    Ok(())
}

async fn rebuild(table: &str) -> Result<()> {
    bail!("{table} cannot be rebuilt")
}

pub fn looks_what_it_is(path: &str) -> std::io::Result<()> {
    match std::fs::remove_file(path) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            debug!("{path} is gone already");
            Ok(())
        }
        Err(error) => Err(error),
    }
}

/// The end of the channel is the end of the work.
pub async fn until_closed(permits: &Semaphore, jobs: async_channel::Receiver<String>) -> Result<()> {
    loop {
        let Ok(_permit) = permits.acquire().await else {
            warn!("the semaphore is closed");
            return Ok(());
        };
        match jobs.recv().await {
            Ok(job) => debug!(job),
            Err(error) => {
                warn!("no more jobs: {error}");
                return Ok(());
            }
        }
    }
}

/// Only this peer loses by it.
pub async fn talk(socket: TcpStream) -> Result<()> {
    loop {
        if let Err(error) = socket.readable().await {
            warn!("peer lost: {error}");
            return Ok(());
        }
    }
}

/// Its caller calls it again.
async fn session(addr: &str) -> Result<()> {
    loop {
        if let Err(error) = compact(addr).await {
            warn!("session lost: {error}");
            return Ok(());
        }
    }
}

pub async fn sessions(addr: &str) -> Result<()> {
    loop {
        session(addr).await?;
        tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    }
}

/// The next one is another matter.
pub async fn goes_on(mut tables: mpsc::Receiver<String>) -> Result<()> {
    while let Some(table) = tables.recv().await {
        if let Err(error) = compact(&table).await {
            warn!("cannot compact {table}: {error}");
        }
    }
    Ok(())
}

/// What follows is the work; without the cache it is slower.
pub async fn warms_up_first(table: &str) -> Result<()> {
    if let Err(error) = rebuild("cache").await {
        warn!("no cache: {error}");
    }
    compact(table).await?;
    Ok(())
}

/// The work is done by then.
pub async fn tidies_up_last(table: &str) -> Result<()> {
    compact(table).await?;
    if let Err(error) = rebuild("cache").await {
        warn!("no cache: {error}");
    }
    Ok(())
}

/// It is on record; the caller has nothing to decide.
pub async fn gives_up_this_one(table: &str) -> Result<()> {
    match compact(table).await {
        Ok(freed) => println!("{freed} bytes freed"),
        Err(error) => {
            warn!("cannot compact {table}: {error}");
            return Ok(());
        }
    }
    Ok(())
}

/// Said in passing: it is nothing to complain of.
pub async fn in_passing(table: &str) -> Result<()> {
    let freed = match compact(table).await {
        Ok(freed) => freed,
        Err(error) => {
            debug!("nobody there: {error}");
            return Ok(());
        }
    };
    debug!(freed);
    rebuild(table).await
}

pub async fn best_effort(table: &str) -> Result<()> {
    if let Err(error) = compact(table).await {
        warn!("cannot compact {table}: {error}");
        // Best effort: the next run will do it.
        return Ok(());
    }
    Ok(())
}

pub async fn nothing_to_report(table: &str) {
    if let Err(error) = compact(table).await {
        warn!("cannot compact {table}: {error}");
    }
}
