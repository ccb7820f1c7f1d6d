//! Another task pings, which the file shows by its words.

use std::time::Duration;

use futures::{SinkExt, StreamExt};
use tokio_tungstenite::tungstenite::{Error, Message};
use tracing::info;

pub async fn follow(url: &str) -> Result<(), Error> {
    let (socket, _) = tokio_tungstenite::connect_async(url).await?;
    let (mut writer, mut reader) = socket.split();
    let pings = async {
        loop {
            tokio::time::sleep(Duration::from_secs(10)).await;
            if let Err(error) = writer.send(Message::Ping(Vec::new())).await {
                return Err::<(), Error>(error);
            }
        }
    };
    let reads = async {
        while let Some(message) = reader.next().await {
            info!("{:?}", message?);
        }
        Err(Error::ConnectionClosed)
    };
    tokio::try_join!(pings, reads).map(drop)
}
