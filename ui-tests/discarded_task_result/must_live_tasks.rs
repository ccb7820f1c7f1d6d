//! Endless tasks drained blind, and then the function says that all went well.

use std::time::Duration;

use anyhow::Result;
use tokio::net::TcpListener;
use tokio::task::JoinSet;

struct Follower {
    host: String,
}

impl Follower {
    /// Tells its errors and goes on; what ends it is a panic.
    async fn run(self) {
        loop {
            if let Err(error) = self.follow().await {
                tracing::warn!("{}: {error}", self.host);
                tokio::time::sleep(Duration::from_secs(5)).await;
            }
        }
    }

    async fn follow(&self) -> Result<()> {
        anyhow::bail!("{} hung up", self.host)
    }
}

pub async fn follow_all(hosts: Vec<String>) -> Result<()> {
    let mut tasks = Vec::new();
    for host in hosts {
        tasks.push(tokio::spawn(async move {
            let follower = Follower { host };
            follower.run().await;
        }));
    }
    for task in tasks {
        let _ = task.await; //~ discarded_task_result
    }
    Ok(()) //~ worker_returns_ok
}

pub async fn follow_as_a_set(hosts: Vec<String>) -> Result<()> {
    let mut tasks = JoinSet::new();
    for host in hosts {
        tasks.spawn(Follower { host }.run());
    }
    while tasks.join_next().await.is_some() {} //~ discarded_task_result
    Ok(()) //~ worker_returns_ok
}

/// Nothing leaves this loop, and nothing in it panics.
pub async fn accept_all(listeners: Vec<TcpListener>) -> Result<()> {
    let mut tasks = Vec::new();
    for listener in listeners {
        tasks.push(tokio::spawn(async move {
            loop {
                if let Ok((peer, address)) = listener.accept().await { //~ accept_error_spin
                    println!("{address}");
                    tokio::spawn(async move { drop(peer) });
                }
            }
        }));
    }
    for task in tasks {
        let _ = task.await;
    }
    Ok(())
}

/// One refused connection ends it.
pub async fn accept_until_refused(listeners: Vec<TcpListener>) -> Result<()> {
    let mut tasks = Vec::new();
    for listener in listeners {
        tasks.push(tokio::spawn(async move {
            loop {
                let (peer, _) = listener.accept().await.expect("it can be accepted");
                tokio::spawn(async move { drop(peer) });
            }
        }));
    }
    for task in tasks {
        let _ = task.await; //~ discarded_task_result
    }
    Ok(()) //~ worker_returns_ok
}

/// The end of the first is the end of all, and of whoever runs this.
async fn follow_until_one_ends(hosts: Vec<String>) {
    let tasks = hosts.into_iter().map(|host| tokio::spawn(Follower { host }.run()));
    let _ = futures::future::select_all(tasks).await; //~ blind_join
}

/// That one has ended is not the end of this.
pub async fn follow_and_count(hosts: Vec<String>) -> Result<()> {
    let tasks = hosts.into_iter().map(|host| tokio::spawn(Follower { host }.run()));
    let _ = futures::future::select_all(tasks).await; //~ discarded_task_result
    Ok(()) //~ worker_returns_ok
}

#[tokio::main]
async fn main() -> Result<()> {
    let hosts = std::env::args().skip(1).collect::<Vec<_>>();
    tokio::select! {
        result = accept_all(Vec::new()) => result,
        result = accept_until_refused(Vec::new()) => result,
        result = follow_all(hosts.clone()) => result,
        result = follow_and_count(hosts.clone()) => result,
        () = follow_until_one_ends(hosts.clone()) => anyhow::bail!("nobody is followed any more"),
        result = follow_as_a_set(hosts) => result,
    }
}
