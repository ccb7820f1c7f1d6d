//! What comes is shown, and kept.

use tokio::sync::mpsc;

struct Client {
    sender: mpsc::Sender<String>,
}

impl Client {
    fn connect(&self) {
        let sender = self.sender.clone();
        tokio::spawn(async move { //~ task_outlives_stop
            loop {
                tokio::time::sleep(std::time::Duration::from_secs(1)).await;
                let _ = sender.send("a price".to_owned()).await;
            }
        });
    }

    async fn close(&self) -> std::io::Result<()> {
        std::fs::write("closed", "")
    }
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let (sender, mut prices) = mpsc::channel(8);
    let client = Client { sender };
    client.connect();
    let interrupt = tokio::signal::ctrl_c(); //~ sigint_only_shutdown
    tokio::pin!(interrupt);
    let mut seen = 0;
    loop {
        tokio::select! {
            Some(price) = prices.recv() => {
                seen += 1;
                tracing::info!("{seen}: {price}");
                std::fs::write("prices", price)?;
            }
            _ = &mut interrupt => {
                client.close().await?;
                break;
            }
            else => break,
        }
    }
    Ok(())
}
