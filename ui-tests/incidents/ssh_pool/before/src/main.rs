//! Runs commands on machines: one line of input is a machine and a command.

mod pool;
mod session;

use anyhow::Result;
use tokio::io::{AsyncBufReadExt, BufReader};
use tracing::{error, info};

use crate::pool::Pool;

#[tokio::main]
async fn main() -> Result<()> { //~ missing_panic_hook missing_shutdown_signal
    tracing_subscriber::fmt::init();
    let pool = Pool::default();
    tokio::spawn(pool.clone().keep_alive()); //~ unsupervised_worker

    let mut lines = BufReader::new(tokio::io::stdin()).lines();
    while let Some(line) = lines.next_line().await? {
        let Some((machine, command)) = line.split_once(' ') else {
            error!("a machine and a command, please");
            continue;
        };
        let (pool, machine, command) = (pool.clone(), machine.to_owned(), command.to_owned());
        tokio::spawn(async move {
            match deploy(&pool, &machine, &command).await {
                Ok(answer) => info!("{machine}: {answer}"),
                Err(error) => error!("{machine}: {error:#}"),
            }
        });
    }
    Ok(())
}

async fn deploy(pool: &Pool, machine: &str, command: &str) -> Result<String> {
    let session = pool.session(machine).await?;
    session.run(command).await
}
