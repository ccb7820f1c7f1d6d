//! Clients of which values are read, given to the reader: each wrong as it is met, and as its documentation has it. Every reader
//! is started once, by `main`, and nobody waits for it.

use std::time::Duration;

use futures::{StreamExt, TryStreamExt};
use tracing::{error, info, warn};

#[tokio::main]
async fn main() {
    tokio::spawn(listen::wrong(given()));
    tokio::spawn(listen::right(given()));
    tokio::spawn(notes::wrong(given()));
    tokio::spawn(notes::right(given())); //~ unsupervised_worker
    tokio::spawn(stream_of_notes::right(given()));
    tokio::spawn(ethereum::wrong(given()));
    tokio::spawn(ethereum::right(given())); //~ unsupervised_worker
    tokio::spawn(ethereum::right_stream(given()));
    tokio::spawn(old_ethereum::wrong(given()));
    tokio::spawn(old_ethereum::right(given()));
    tokio::spawn(kafka::wrong(given()));
    tokio::spawn(kafka::right(given()));
    tokio::spawn(plain_kafka::wrong(given()));
    tokio::spawn(plain_kafka::right(given()));
    tokio::spawn(pulsar_queue::wrong(given()));
    tokio::spawn(pulsar_queue::right(given()));
    tokio::spawn(bus::wrong(given()));
    tokio::spawn(bus::right(given()));
    tokio::spawn(documents::wrong(given()));
    tokio::spawn(documents::right(given()));
    tokio::spawn(chat::wrong(given()));
    tokio::spawn(chat::right(given()));
    tokio::spawn(chat::wrong_event(given()));
    tokio::spawn(quic::right(given())); //~ unsupervised_worker
    tokio::spawn(configuration::right(given()));
    tokio::spawn(rpc::right(given()));
    tokio::spawn(jobs::wrong_push(given()));
    tokio::spawn(jobs::right(given()));
    tokio::spawn(grpc::wrong(given()));
    tokio::spawn(grpc::right(given()));
    tokio::spawn(socket::right(given()));
    std::future::pending().await
}

fn given<T>() -> T {
    panic!("whatever is needed here comes from somewhere else")
}

mod listen {
    use super::*;
    use tokio_postgres::{Connection, NoTls, Socket};

    pub async fn wrong(mut connection: Connection<Socket, NoTls>) {
        let mut notes = futures::stream::poll_fn(move |cx| connection.poll_message(cx));
        while let Some(Ok(note)) = notes.next().await { //~ unguarded_connection
            info!("{note:?}");
        }
    }

    pub async fn right(mut connection: Connection<Socket, NoTls>) {
        let mut notes = futures::stream::poll_fn(move |cx| connection.poll_message(cx));
        while let Some(Ok(note)) = notes.next().await {
            info!("{note:?}");
        }
        error!("the connection to the database is lost");
    }
}

mod notes {
    use super::*;
    use sqlx::postgres::PgListener;

    pub async fn wrong(mut listener: PgListener) -> Result<(), sqlx::Error> {
        while let Some(note) = listener.try_recv().await? { //~ unguarded_connection
            info!("{note:?}");
        }
        Ok(())
    }

    pub async fn right(mut listener: PgListener) {
        loop {
            match listener.try_recv().await {
                Ok(Some(note)) => info!("{note:?}"),
                Ok(None) => warn!("some notes are lost"),
                Err(error) => {
                    warn!("{error}");
                    tokio::time::sleep(Duration::from_secs(1)).await;
                }
            }
        }
    }
}

mod stream_of_notes {
    use super::*;

    pub async fn right(listener: sqlx::postgres::PgListener) {
        let mut notes = listener.into_stream();
        while let Some(Ok(note)) = notes.next().await { //~ zombie_connection
            info!("{note:?}");
        }
        error!("no more notes will come");
    }
}

mod ethereum {
    use super::*;
    use alloy::pubsub::{Subscription, SubscriptionStream};

    pub async fn wrong(mut heads: Subscription<u64>) {
        while let Ok(head) = heads.recv().await { //~ lagged_ends_loop
            info!(head);
        }
    }

    pub async fn right(mut heads: Subscription<u64>) {
        loop {
            match heads.recv().await {
                Ok(head) => info!(head),
                Err(tokio::sync::broadcast::error::RecvError::Lagged(missed)) => warn!(missed),
                Err(tokio::sync::broadcast::error::RecvError::Closed) => break error!("the node is lost"),
            }
        }
    }

    pub async fn right_stream(mut heads: SubscriptionStream<u64>) {
        while let Some(head) = heads.next().await {
            info!(head);
        }
        error!("the node is lost");
    }
}

mod old_ethereum {
    use super::*;
    use ethers::providers::{SubscriptionStream, Ws};

    pub async fn wrong(mut heads: SubscriptionStream<'static, Ws, u64>) {
        while let Some(head) = heads.next().await { //~ unguarded_connection
            info!(head);
        }
    }

    pub async fn right(mut heads: SubscriptionStream<'static, Ws, u64>) {
        while let Some(head) = heads.next().await {
            info!(head);
        }
        error!("the node is lost");
    }
}

mod kafka {
    use super::*;
    use rdkafka::consumer::MessageStream;

    pub async fn wrong(mut messages: MessageStream<'static>) {
        while let Some(Ok(message)) = messages.next().await { //~ unguarded_connection
            info!("{message:?}");
        }
    }

    pub async fn right(mut messages: MessageStream<'static>) {
        while let Some(message) = messages.next().await {
            match message {
                Ok(message) => info!("{message:?}"),
                Err(error) => warn!("{error}"),
            }
        }
    }
}

mod plain_kafka {
    use super::*;
    use rskafka::client::consumer::StreamConsumer;

    pub async fn wrong(mut records: StreamConsumer) {
        while let Some(Ok(record)) = records.next().await { //~ unguarded_connection
            info!("{record:?}");
        }
    }

    pub async fn right(mut records: StreamConsumer) {
        while let Some(Ok(record)) = records.next().await {
            info!("{record:?}");
        }
        error!("the records have ended");
    }
}

mod pulsar_queue {
    use super::*;
    use pulsar::{Consumer, TokioExecutor};

    pub async fn wrong(mut jobs: Consumer<String, TokioExecutor>) {
        while let Ok(Some(job)) = jobs.try_next().await { //~ unguarded_connection
            info!("{job:?}");
        }
    }

    pub async fn right(mut jobs: Consumer<String, TokioExecutor>) {
        while let Some(job) = jobs.next().await {
            match job {
                Ok(job) => info!("{job:?}"),
                Err(error) => warn!("{error}"),
            }
        }
        error!("the broker is lost");
    }
}

mod bus {
    use super::*;

    pub async fn wrong(mut messages: zbus::MessageStream) {
        while let Some(Ok(message)) = messages.next().await { //~ unguarded_connection
            info!("{message:?}");
        }
    }

    pub async fn right(mut messages: zbus::MessageStream) {
        while let Some(Ok(message)) = messages.next().await {
            info!("{message:?}");
        }
        error!("the bus is lost");
    }
}

mod documents {
    use super::*;
    use mongodb::change_stream::ChangeStream;

    pub async fn wrong(mut changes: ChangeStream<String>) {
        while let Some(Ok(change)) = changes.next().await { //~ unguarded_connection
            info!("{change:?}");
        }
    }

    pub async fn right(mut changes: ChangeStream<String>) {
        while let Some(change) = changes.next().await {
            match change {
                Ok(change) => info!("{change:?}"),
                Err(error) => warn!("{error}"),
            }
        }
    }
}

mod chat {
    use super::*;
    use twilight_gateway::Shard;

    pub async fn wrong(mut shard: Shard) {
        while let Some(Ok(event)) = shard.next().await { //~ unguarded_connection
            info!("{event:?}");
        }
    }

    pub async fn wrong_event(mut shard: Shard) {
        while let Some(Ok(event)) = shard.next_event(ALL).await { //~ unguarded_connection
            info!("{event:?}");
        }
    }

    pub async fn right(mut shard: Shard) {
        while let Some(event) = shard.next_event(ALL).await {
            match event {
                Ok(event) => info!("{event:?}"),
                Err(error) => warn!("{error}"),
            }
        }
        error!("the gateway does not want us any more");
    }
}

mod quic {
    use super::*;

    pub async fn right(connection: quinn::Connection) {
        loop {
            match connection.accept_bi().await {
                Ok((_send, _receive)) => info!("a stream"),
                Err(error) => break error!("the connection is lost: {error}"),
            }
        }
    }
}

mod configuration {
    use super::*;

    pub async fn right(mut changes: etcd_client::WatchStream) {
        while let Ok(Some(change)) = changes.message().await {
            info!("{change:?}");
        }
        error!("nothing watches the configuration any more");
    }
}

mod rpc {
    use super::*;
    use jsonrpsee::core::client::Subscription;

    pub async fn right(mut heads: Subscription<u64>) {
        while let Some(head) = heads.next().await { //~ zombie_connection
            match head {
                Ok(head) => info!(head),
                Err(error) => warn!("{error}"),
            }
        }
        error!("the node is lost");
    }
}

mod jobs {
    use super::*;
    use async_nats::jetstream::consumer::{pull, push};

    pub async fn wrong_push(mut jobs: push::Messages) {
        while let Some(Ok(job)) = jobs.next().await { //~ unguarded_connection
            info!("{job:?}");
        }
    }

    pub async fn right(mut jobs: pull::Stream) {
        while let Some(job) = jobs.next().await {
            match job {
                Ok(job) => info!("{job:?}"),
                Err(error) => warn!("{error}"),
            }
        }
        error!("the consumer is gone");
    }
}

mod grpc {
    use super::*;

    pub async fn wrong(mut updates: tonic::Streaming<String>) {
        while let Some(Ok(update)) = updates.next().await { //~ unguarded_connection zombie_connection
            info!("{update}");
        }
    }

    pub async fn right(mut updates: tonic::Streaming<String>) {
        while let Some(Ok(update)) = updates.next().await { //~ zombie_connection
            info!("{update}");
        }
        error!("the updates have ended");
    }
}

mod socket {
    use super::*;
    use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

    pub async fn right(mut socket: WebSocketStream<MaybeTlsStream<tokio::net::TcpStream>>) {
        while let Some(Ok(message)) = socket.next().await {
            info!("{message:?}");
        }
        error!("the feed is lost");
    }
}
