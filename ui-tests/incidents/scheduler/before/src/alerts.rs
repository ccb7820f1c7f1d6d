//! Alerts that wait to be delivered.

use anyhow::{Context, Result};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio::sync::{Mutex, Notify};

/// Alerts in the order in which they came, as lines.
#[derive(Debug, Default)]
pub struct Alerts {
    waiting: Mutex<Vec<Vec<u8>>>,
    arrived: Notify,
}

impl Alerts {
    pub async fn add(&self, text: &str) {
        self.waiting.lock().await.push(text.as_bytes().to_vec());
        self.arrived.notify_one();
    }

    /// The next alert, as soon as there is one.
    pub async fn next(&self) -> Result<String> {
        loop {
            let mut waiting = self.waiting.lock().await;
            if !waiting.is_empty() {
                return String::from_utf8(waiting.remove(0)).context("an alert that cannot be read");
            }
            drop(waiting);
            self.arrived.notified().await;
        }
    }
}

pub async fn send(chat: &str, alert: &str) -> Result<()> {
    let mut stream = TcpStream::connect(chat).await.context("the chat is away")?;
    stream.write_all(alert.as_bytes()).await?;
    stream.shutdown().await.context("the chat did not take it")
}
