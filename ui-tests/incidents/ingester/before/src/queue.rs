//! Where events go.

use std::sync::Arc;

use anyhow::{Context, Result};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio::sync::Mutex;

/// A connection to the queue, shared by all tasks.
#[derive(Clone)]
pub struct Queue {
    stream: Arc<Mutex<TcpStream>>,
}

impl Queue {
    pub async fn connect(address: &str) -> Result<Self> {
        let stream = TcpStream::connect(address).await.with_context(|| format!("no queue at {address}"))?;
        //~^ await_without_timeout
        Ok(Self { stream: Arc::new(Mutex::new(stream)) })
    }

    pub async fn push(&self, topic: &str, event: &str) -> Result<()> {
        let line = format!("{topic} {event}\n");
        self.stream.lock().await.write_all(line.as_bytes()).await.context("the queue is gone")
    }
}
