//! Workers that end loudly, or with a reason, and functions that are no workers.

use std::convert::Infallible;
use std::time::Duration;

use anyhow::{Result, bail};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use tracing::{error, info, warn};

#[derive(Clone, Default)]
struct Config {
    hosts: Vec<String>,
    metrics: bool,
}

async fn fetch(host: &str) -> Result<Vec<u8>> {
    bail!("{host} does not answer")
}

async fn guard_that_fails(config: Config) -> Result<()> {
    if config.hosts.is_empty() {
        bail!("no hosts configured");
    }
    loop {
        fetch(&config.hosts[0]).await?;
    }
}

/// The repair of the ingester: nothing to do, and nobody else is disturbed.
async fn guard_that_waits(config: Config) -> Result<()> {
    if config.hosts.is_empty() {
        warn!("no hosts configured");
        loop {
            tokio::time::sleep(Duration::from_secs(3600)).await;
        }
    }
    loop {
        fetch(&config.hosts[0]).await?;
    }
}

async fn guard_that_pends(config: Config) -> Result<()> {
    if config.hosts.is_empty() {
        std::future::pending::<()>().await;
    }
    loop {
        fetch(&config.hosts[0]).await?;
    }
}

/// An option that is not chosen, said in passing.
async fn guard_that_is_an_option(peer: Option<String>) -> Result<()> {
    let Some(peer) = peer else {
        tracing::debug!("no peer to follow");
        return Ok(());
    };
    loop {
        fetch(&peer).await?;
    }
}

async fn guard_that_exits(config: Config) -> Result<()> {
    if config.hosts.is_empty() {
        error!("no hosts configured");
        std::process::exit(2);
    }
    loop {
        fetch(&config.hosts[0]).await?;
    }
}

async fn stops_when_asked(config: Config, stop: CancellationToken) -> Result<()> {
    loop {
        tokio::select! {
            () = stop.cancelled() => return Ok(()),
            batch = fetch(&config.hosts[0]) => info!("{} bytes", batch?.len()),
        }
    }
}

async fn stops_when_asked_after_an_error(config: Config, stop: CancellationToken) -> Result<()> {
    loop {
        if let Err(error) = fetch(&config.hosts[0]).await {
            if stop.is_cancelled() {
                return Ok(());
            }
            warn!("fetch failed: {error}");
        }
    }
}

/// Its senders are gone: that is the end of its work.
async fn input_is_finished(mut jobs: mpsc::Receiver<String>) -> Result<()> {
    loop {
        match jobs.recv().await {
            Some(job) => {
                fetch(&job).await?;
            }
            None => return Ok(()),
        }
    }
}

async fn input_is_finished_by_pattern(mut jobs: mpsc::Receiver<String>) -> Result<()> {
    while let Some(job) = jobs.recv().await {
        if let Err(error) = fetch(&job).await {
            warn!("{job}: {error}");
        }
    }
    info!("no more jobs");
    Ok(())
}

async fn tasks_ended_is_an_error(config: Config) -> Result<()> {
    let mut tasks = JoinSet::new();
    for host in config.hosts {
        tasks.spawn(async move {
            loop {
                if let Err(error) = fetch(&host).await {
                    warn!("{host}: {error}");
                }
                tokio::time::sleep(Duration::from_secs(5)).await;
            }
        });
    }
    if let Some(ended) = tasks.join_next().await {
        ended?;
    }
    bail!("a task ended")
}

/// The error goes on as the value.
async fn result_is_the_value() -> Result<()> {
    let listener = TcpListener::bind("0.0.0.0:8080").await?;
    axum::serve(listener, axum::Router::new()).await.inspect_err(|error| error!("server error: {error}"))?;
    Ok(())
}

async fn error_kept_for_later(config: Config) -> Result<()> {
    let mut last = None;
    for host in &config.hosts {
        if let Err(error) = fetch(host).await {
            warn!("{host}: {error}");
            last = Some(error);
        }
    }
    match last {
        Some(error) => Err(error),
        None => std::future::pending().await,
    }
}

async fn never_succeeds(config: Config) -> Result<Infallible> {
    loop {
        fetch(&config.hosts[0]).await?;
    }
}

async fn never_returns(config: Config) -> ! {
    loop {
        if let Err(error) = fetch(&config.hosts[0]).await {
            warn!("fetch failed: {error}");
        }
        tokio::time::sleep(Duration::from_secs(5)).await;
    }
}

/// The connection is what ends, not the service.
async fn talk(socket: TcpStream) -> Result<()> {
    loop {
        let mut buffer = [0; 64];
        socket.readable().await?;
        match socket.try_read(&mut buffer) {
            Ok(0) => return Ok(()),
            Ok(read) => info!("{read} bytes"),
            Err(error) => {
                warn!("connection lost: {error}");
                return Ok(());
            }
        }
    }
}

async fn accepts(stop: CancellationToken) -> Result<()> {
    let listener = TcpListener::bind("0.0.0.0:7000").await?;
    loop {
        let accepted = tokio::select! {
            () = stop.cancelled() => break,
            accepted = listener.accept() => accepted, //~ accept_error_spin
        };
        match accepted {
            Ok((socket, _)) => {
                let _ = talk(socket).await;
            }
            Err(error) => warn!("accept failed: {error}"),
        }
    }
    info!("no longer accepting");
    Ok(())
}

/// A job: it is done when it is done.
async fn import_once(config: &Config) -> Result<()> {
    if config.hosts.is_empty() {
        return Ok(());
    }
    for host in &config.hosts {
        if let Err(error) = fetch(host).await {
            warn!("{host}: {error}");
        }
    }
    Ok(())
}

/// Switched off is not broken, and nothing ends with it: main waits for the others all the same.
async fn optional_metrics(config: Config) -> Result<()> {
    if !config.metrics {
        return Ok(());
    }
    loop {
        tokio::time::sleep(Duration::from_secs(15)).await;
        info!("still here");
    }
}

/// Not run by main: whether anybody minds that it ends is not known.
pub async fn library_worker(config: Config) -> Result<()> {
    if config.hosts.is_empty() {
        return Ok(());
    }
    loop {
        if let Err(error) = fetch(&config.hosts[0]).await {
            error!("fetch failed: {error}");
            return Ok(()); //~ error_becomes_ok
        }
    }
}

#[tokio::main]
async fn main() -> Result<()> {
    let config = Config::default();
    let stop = CancellationToken::new();
    let (_jobs, inbox) = mpsc::channel(8);
    let (_more_jobs, more_inbox) = mpsc::channel(8);
    import_once(&config).await?;
    tokio::spawn(never_returns(config.clone())); //~ unsupervised_worker
    tokio::spawn(optional_metrics(config.clone())); //~ unsupervised_worker
    tokio::select! {
        result = guard_that_fails(config.clone()) => result,
        result = guard_that_waits(config.clone()) => result,
        result = guard_that_pends(config.clone()) => result,
        result = guard_that_exits(config.clone()) => result,
        result = guard_that_is_an_option(None) => result,
        result = stops_when_asked(config.clone(), stop.clone()) => result,
        result = stops_when_asked_after_an_error(config.clone(), stop.clone()) => result,
        result = input_is_finished(inbox) => result,
        result = input_is_finished_by_pattern(more_inbox) => result,
        result = tasks_ended_is_an_error(config.clone()) => result,
        result = result_is_the_value() => result,
        result = error_kept_for_later(config.clone()) => result,
        result = never_succeeds(config) => result.map(|never| match never {}),
        result = accepts(stop) => result,
    }
}
