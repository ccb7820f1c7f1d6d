//! Programs that ask for something, and have it: what turns on the way to an answer is no worker.

use std::time::Duration;

use anyhow::{Result, bail};
use tokio::sync::mpsc;

struct Client {
    limit: mpsc::Sender<()>,
}

impl Client {
    async fn ask(&self, question: &str) -> Result<String> {
        let mut events = self.connect().await?;
        let answer = self.answer(question);
        tokio::pin!(answer);
        loop {
            tokio::select! {
                event = events.recv() => {
                    if event.is_none() {
                        bail!("the connection is gone");
                    }
                }
                answer = &mut answer => break answer,
            }
        }
    }

    async fn connect(&self) -> Result<mpsc::Receiver<String>> {
        bail!("no connection")
    }

    async fn answer(&self, question: &str) -> Result<String> {
        tokio::time::sleep(Duration::from_secs(1)).await;
        Ok(question.to_uppercase())
    }
}

async fn show_more(client: &Client, name: &str) {
    match client.ask(name).await {
        Ok(answer) => println!("{answer}"),
        Err(error) => println!("{name}: {error}"),
    }
}

#[tokio::main]
async fn main() -> Result<()> {
    let client = Client { limit: mpsc::channel(8).0 };
    match client.ask("names").await {
        Ok(names) => {
            for name in names.split(' ') {
                show_more(&client, name).await;
            }
        }
        Err(error) => println!("no names: {error}"),
    }
    Ok(())
}
