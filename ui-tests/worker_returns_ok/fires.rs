//! Workers that main runs for life, each with a way to end as if nothing had happened.

use std::time::Duration;

use anyhow::{Result, bail};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tracing::{error, info, warn};

#[derive(Clone, Default)]
struct Config {
    hosts: Vec<String>,
    mirror: Option<String>,
}

async fn fetch(host: &str) -> Result<Vec<u8>> {
    bail!("{host} does not answer")
}

/// A missing configuration ends the process without a word.
async fn empty_guard(config: Config) -> Result<()> {
    if config.hosts.is_empty() {
        return Ok(()); //~ worker_returns_ok
    }
    loop {
        for host in &config.hosts {
            fetch(host).await?;
        }
    }
}

/// The log line does not change what the caller sees.
async fn empty_guard_with_a_warning(config: Config) -> Result<()> {
    let Some(mirror) = config.mirror else {
        warn!("no mirror configured");
        return Ok(()); //~ worker_returns_ok
    };
    loop {
        fetch(&mirror).await?;
    }
}

async fn all_tasks_ended(config: Config) -> Result<()> {
    let mut tasks: Vec<JoinHandle<()>> = Vec::new();
    for host in config.hosts {
        tasks.push(tokio::spawn(async move {
            loop {
                if let Err(error) = fetch(&host).await {
                    warn!("{host}: {error}");
                }
                tokio::time::sleep(Duration::from_secs(5)).await;
            }
        }));
    }
    for task in tasks {
        if let Err(panic) = task.await {
            error!("a task panicked: {panic}");
        }
    }
    Ok(()) //~ worker_returns_ok
}

async fn error_arm_returns(config: Config) -> Result<()> {
    loop {
        match fetch(&config.hosts[0]).await {
            Ok(batch) => info!("{} bytes", batch.len()),
            Err(error) => {
                error!("fetch failed: {error}");
                return Ok(()); //~ worker_returns_ok
            }
        }
    }
}

async fn error_arm_breaks() -> Result<()> {
    let listener = TcpListener::bind("0.0.0.0:7000").await?;
    loop {
        match listener.accept().await {
            Ok((socket, peer)) => {
                info!("{peer} connected");
                drop(socket);
            }
            Err(error) => { //~ worker_returns_ok
                error!("accept failed: {error}");
                break;
            }
        }
    }
    Ok(())
}

async fn error_logged_then_success() -> Result<()> {
    let server = tonic::transport::Server::builder().serve("0.0.0.0:8080".parse()?);
    server.await.unwrap_or_else(|error| error!("server error: {error}")); //~ worker_returns_ok
    info!("good bye");
    Ok(())
}

async fn error_dropped_unseen() -> Result<()> {
    let server = tonic::transport::Server::builder().serve("0.0.0.0:8081".parse()?);
    let _ = server.await; //~ worker_returns_ok
    Ok(())
}

/// Before anything has begun.
async fn error_in_let_else() -> Result<()> {
    let Ok(listener) = TcpListener::bind("0.0.0.0:7001").await else {
        error!("port 7001 is taken");
        return Ok(()); //~ worker_returns_ok
    };
    loop {
        let (socket, peer) = listener.accept().await?; //~ fatal_item_error
        info!("{peer} connected");
        drop(socket);
    }
}

/// `Ok(_)` is also `Ok(Err(..))`.
async fn respawns_after_panics_only(config: Config) -> Result<()> {
    loop {
        let host = config.hosts[0].clone();
        let task = tokio::spawn(async move {
            loop {
                fetch(&host).await?;
            }
            #[allow(unreachable_code)]
            anyhow::Ok(())
        });
        match task.await {
            //~^ discarded_task_result
            Ok(_) => break,
            Err(panic) => error!("the task panicked, starting it again: {panic}"),
        }
    }
    Ok(()) //~ worker_returns_ok
}

#[tokio::main]
async fn main() -> Result<()> {
    let config = Config::default();
    tokio::select! {
        result = empty_guard(config.clone()) => result,
        result = empty_guard_with_a_warning(config.clone()) => result,
        result = all_tasks_ended(config.clone()) => result,
        result = error_arm_returns(config.clone()) => result,
        result = error_arm_breaks() => result,
        result = error_logged_then_success() => result,
        result = error_dropped_unseen() => result,
        result = error_in_let_else() => result,
        result = respawns_after_panics_only(config) => result,
    }
}
