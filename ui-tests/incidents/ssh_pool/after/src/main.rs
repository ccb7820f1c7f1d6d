//! Runs commands on machines: one line of input is a machine and a command.

mod pool;
mod session;

use anyhow::Result;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::signal::unix::{SignalKind, signal};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use tracing::{error, info};

use crate::pool::Pool;

#[tokio::main]
async fn main() -> Result<()> {
    tracing_subscriber::fmt::init();
    std::panic::set_hook(Box::new(|panic| error!("{panic}")));
    let pool = Pool::default();
    let stop = CancellationToken::new();
    let keep_alive = tokio::spawn(pool.clone().keep_alive(stop.clone())); //~ unsupervised_worker

    let mut deployments = JoinSet::new();
    let mut lines = BufReader::new(tokio::io::stdin()).lines();
    let mut terminate = signal(SignalKind::terminate())?;
    loop {
        let line = tokio::select! {
            line = lines.next_line() => line?,
            _ = terminate.recv() => None,
        };
        let Some(line) = line else { break };
        let Some((machine, command)) = line.split_once(' ') else {
            error!("a machine and a command, please");
            continue;
        };
        let (pool, machine, command) = (pool.clone(), machine.to_owned(), command.to_owned());
        deployments.spawn(async move {
            match deploy(&pool, &machine, &command).await {
                Ok(answer) => info!("{machine}: {answer}"),
                Err(error) => error!("{machine}: {error:#}"),
            }
        });
    }
    while let Some(ended) = deployments.join_next().await {
        ended?;
    }
    stop.cancel();
    keep_alive.await?;
    Ok(())
}

async fn deploy(pool: &Pool, machine: &str, command: &str) -> Result<String> {
    let session = pool.session(machine).await?;
    session.run(command).await
}
