//! One host and its events.

use std::time::Duration;

use anyhow::{Context, Result};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tracing::{error, info};

use crate::queue::Queue;

/// Reads one kind of events from one host.
pub struct Subscriber {
    host: String,
    topic: &'static str,
    queue: Queue,
    cursor: u64,
}

impl Subscriber {
    pub fn new(host: String, topic: &'static str, queue: Queue) -> Self {
        Self { host, topic, queue, cursor: 0 }
    }

    /// Stays connected for ever.
    pub async fn run(mut self) -> Result<()> {
        loop {
            //~^ uncancellable_loop
            //~^^ reconnect_without_delay
            if let Err(error) = self.run_connection().await {
                error!("{} of {}: {error:#}", self.topic, self.host);
                tokio::time::sleep(Duration::from_secs(5)).await;
            }
        }
    }

    /// Copies events until the host closes the connection.
    async fn run_connection(&mut self) -> Result<()> {
        let mut stream = TcpStream::connect(&self.host).await.context("cannot connect")?;
        let hello = format!("subscribe {} {}\n", self.topic, self.cursor);
        stream.write_all(hello.as_bytes()).await?;
        info!("subscribed to {} of {} from {}", self.topic, self.host, self.cursor);
        let mut lines = BufReader::new(stream).lines();
        while let Some(event) = lines.next_line().await? {
            let (cursor, payload) = event.split_once(' ').expect("an event starts with its cursor");
            self.queue.push(self.topic, payload).await?;
            self.cursor = cursor.parse().context("odd cursor")?;
        }
        Ok(())
    }
}
