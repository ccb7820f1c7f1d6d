//! Each client that is read in a loop: wrong as it is met, and as its documentation has it. Every reader is started once,
//! by `main`, and nobody waits for it.

use futures::StreamExt;
use std::time::Duration;
use tracing::{error, info, warn};

#[tokio::main]
async fn main() {
    mqtt::start(rumqttc::MqttOptions::new("me", "broker", 1883));
    postgres::start().await;
    redis_pubsub::start().await;
    rabbit::start();
    nats::start().await;
    kafka::start();
    websocket::start();
    events::start();
    rpc::start();
    quic::start();
    cluster::start();
    etcd::start().await;
    chain::start().await;
    old_chain::start().await;
    grpc::start(Default::default());
    std::future::pending().await
}

mod mqtt {
    use super::*;
    use rumqttc::{AsyncClient, EventLoop, MqttOptions};

    pub fn start(options: MqttOptions) {
        let (_client, mut event_loop) = AsyncClient::new(options.clone(), 10);
        tokio::spawn(async move {
            while let Ok(event) = event_loop.poll().await { //~ unguarded_connection
                info!("{event:?}");
            }
        });
        let (_client, mut event_loop) = AsyncClient::new(options.clone(), 10);
        tokio::spawn(async move {
            loop {
                let event = event_loop.poll().await?; //~ unguarded_connection
                info!("{event:?}");
            }
            Ok::<(), rumqttc::ConnectionError>(())
        });
        let (_client, event_loop) = AsyncClient::new(options.clone(), 10);
        tokio::spawn(logs_and_leaves(event_loop)); //~ unsupervised_worker
        let (_client, event_loop) = AsyncClient::new(options, 10);
        tokio::spawn(async move { //~ unsupervised_worker
            if let Err(error) = hands_up(event_loop).await {
                error!("{error}");
            }
        });
    }

    async fn logs_and_leaves(mut event_loop: EventLoop) {
        loop {
            match event_loop.poll().await {
                Ok(event) => info!("{event:?}"),
                Err(error) => { //~ unguarded_connection
                    error!("{error}");
                    break;
                }
            }
        }
    }

    async fn hands_up(mut event_loop: EventLoop) -> Result<(), rumqttc::ConnectionError> {
        loop {
            info!("{:?}", event_loop.poll().await?); //~ unguarded_connection
        }
    }
}

mod postgres {
    use super::*;
    use sqlx::postgres::PgListener;

    pub async fn start() {
        let Ok(mut listener) = PgListener::connect("postgres://db").await else { return };
        tokio::spawn(async move {
            while let Ok(note) = listener.recv().await { //~ unguarded_connection zombie_connection
                info!("{note:?}");
            }
        });
        let Ok(listener) = PgListener::connect("postgres://db").await else { return };
        tokio::spawn(async move {
            let mut notes = listener.into_stream();
            while let Some(Ok(note)) = notes.next().await { //~ unguarded_connection zombie_connection
                info!("{note:?}");
            }
        });
        let Ok(mut listener) = PgListener::connect("postgres://db").await else { return };
        tokio::spawn(async move { //~ unsupervised_worker
            loop {
                match listener.recv().await { //~ zombie_connection
                    Ok(note) => info!("{note:?}"),
                    Err(error) => {
                        warn!("{error}");
                        tokio::time::sleep(Duration::from_secs(1)).await;
                    }
                }
            }
        });
    }
}

mod redis_pubsub {
    use super::*;

    pub async fn start() {
        tokio::spawn(async {
            if let Err(error) = read().await {
                error!("{error}");
            }
        });
        tokio::spawn(async { //~ unsupervised_worker
            loop {
                if let Err(error) = read_again().await {
                    error!("{error}");
                }
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
        });
    }

    async fn read() -> redis::RedisResult<()> {
        let client = redis::Client::open("redis://cache")?;
        let mut pubsub = client.get_async_pubsub().await?;
        pubsub.subscribe("news").await?;
        let mut messages = pubsub.on_message();
        while let Some(message) = messages.next().await { //~ unguarded_connection zombie_connection
            info!("{message:?}");
        }
        Ok(())
    }

    async fn read_again() -> redis::RedisResult<()> {
        let client = redis::Client::open("redis://cache")?;
        let mut pubsub = client.get_async_pubsub().await?;
        pubsub.subscribe("news").await?;
        let mut messages = pubsub.on_message();
        while let Some(message) = messages.next().await { //~ zombie_connection
            info!("{message:?}");
        }
        Ok(())
    }
}

mod rabbit {
    use super::*;

    pub fn start() {
        tokio::spawn(consume()); //~ lost_task_error
        tokio::spawn(consume_and_tell()); //~ unsupervised_worker
    }

    async fn consume() -> lapin::Result<()> {
        let connection = lapin::Connection::connect("amqp://broker", Default::default()).await?;
        let channel = connection.create_channel().await?;
        let mut consumer = channel.basic_consume("jobs", "me", Default::default(), Default::default()).await?;
        while let Some(Ok(job)) = consumer.next().await { //~ unguarded_connection
            info!("{job:?}");
        }
        Ok(())
    }

    async fn consume_and_tell() {
        loop {
            if let Err(error) = consume_until_error().await {
                warn!("{error}");
            }
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
    }

    async fn consume_until_error() -> lapin::Result<()> {
        let connection = lapin::Connection::connect("amqp://broker", Default::default()).await?;
        let channel = connection.create_channel().await?;
        let mut consumer = channel.basic_consume("jobs", "me", Default::default(), Default::default()).await?;
        while let Some(job) = consumer.next().await {
            info!("{:?}", job?);
        }
        Ok(())
    }
}

mod nats {
    use super::*;

    pub async fn start() {
        let Ok(client) = async_nats::connect("nats://broker").await else { return };
        let Ok(mut news) = client.subscribe("news").await else { return };
        // Subscriptions survive a reconnect, so the loop itself is right.
        tokio::spawn(async move {
            while let Some(message) = news.next().await {
                info!("{message:?}");
            }
        });
        tokio::spawn(pull(client)); //~ lost_task_error
    }

    async fn pull(client: async_nats::Client) -> Result<(), async_nats::Error> {
        let stream = async_nats::jetstream::new(client).get_stream("jobs").await?;
        let mut jobs = stream.get_consumer("me").await?.messages().await?;
        while let Some(job) = jobs.next().await {
            let Ok(job) = job else { break }; //~ unguarded_connection
            info!("{job:?}");
        }
        Ok(())
    }
}

mod kafka {
    use super::*;
    use rdkafka::consumer::StreamConsumer;

    pub fn start() {
        let Ok(consumer) = open() else { return };
        tokio::spawn(async move {
            while let Ok(message) = consumer.recv().await { //~ unguarded_connection
                info!("{message:?}");
            }
        });
        let Ok(consumer) = open() else { return };
        tokio::spawn(async move { //~ unsupervised_worker
            loop { //~ retry_without_backoff
                match consumer.recv().await {
                    Ok(message) => info!("{message:?}"),
                    Err(error) => warn!("{error}"),
                }
            }
        });
    }

    fn open() -> Result<StreamConsumer, rdkafka::error::KafkaError> {
        rdkafka::ClientConfig::new().create()
    }
}

mod websocket {
    use super::*;

    pub fn start() {
        tokio::spawn(async {
            if let Err(error) = follow().await {
                error!("{error}");
            }
        });
    }

    async fn follow() -> Result<(), tungstenite::Error> {
        let (socket, _) = tokio_tungstenite::connect_async("wss://feed").await?;
        let (_writer, mut reader) = socket.split();
        while let Some(Ok(message)) = reader.next().await { //~ unguarded_connection zombie_connection
            info!("{message:?}");
        }
        Ok(())
    }
}

mod events {
    use super::*;
    use reqwest_eventsource::EventSource;

    pub fn start() {
        let mut events = EventSource::get("https://feed");
        tokio::spawn(async move {
            while let Some(event) = events.next().await { //~ zombie_connection
                match event {
                    Ok(event) => info!("{event:?}"),
                    Err(error) => { //~ unguarded_connection
                        error!("{error}");
                        break;
                    }
                }
            }
        });
        let mut events = EventSource::get("https://feed");
        tokio::spawn(async move {
            while let Some(event) = events.next().await { //~ zombie_connection
                match event {
                    Ok(event) => info!("{event:?}"),
                    Err(error) => warn!("{error}"),
                }
            }
            error!("the feed is closed for good");
        });
    }
}

mod rpc {
    use super::*;

    pub fn start() {
        tokio::spawn(heads()); //~ lost_task_error
    }

    async fn heads() -> Result<(), jsonrpsee::core::client::Error> {
        let client = jsonrpsee::ws_client::WsClientBuilder::default().build("wss://node").await?;
        let mut heads = client.subscribe("subscribe", (), "unsubscribe").await?;
        while let Some(Ok(head)) = heads.next().await { //~ unguarded_connection zombie_connection
            info!("{head:?}");
        }
        Ok(())
    }
}

mod quic {
    use super::*;

    pub fn start() {
        tokio::spawn(serve_the_server());
    }

    async fn serve_the_server() {
        let Ok(endpoint) = quinn::Endpoint::client(ANY) else { return };
        let Ok(connecting) = endpoint.connect(SERVER, "server") else { return };
        let Ok(connection) = connecting.await else { return };
        while let Ok((_send, _receive)) = connection.accept_bi().await { //~ unguarded_connection
            info!("a stream");
        }
    }
}

mod cluster {
    use super::*;
    use futures::TryStreamExt;
    use kube::runtime::{WatchStreamExt, watcher};

    pub fn start() {
        tokio::spawn(async {
            if let Err(error) = watch().await {
                error!("{error}");
            }
        });
        tokio::spawn(watch_on());
        tokio::spawn(watch_patiently());
    }

    async fn watch() -> Result<(), watcher::Error> {
        let mut pods = std::pin::pin!(watcher(api(), watcher::Config::default()).applied_objects());
        while let Some(pod) = pods.try_next().await? { //~ unguarded_connection
            info!("{pod:?}");
        }
        Ok(())
    }

    async fn watch_patiently() {
        let mut pods = std::pin::pin!(watcher(api(), watcher::Config::default()).applied_objects());
        while let Some(pod) = pods.next().await {
            match pod {
                Ok(pod) => info!("{pod:?}"),
                Err(error) => {
                    warn!("{error}");
                    tokio::time::sleep(Duration::from_secs(1)).await;
                }
            }
        }
    }

    async fn watch_on() {
        let mut pods = std::pin::pin!(watcher(api(), watcher::Config::default()).default_backoff());
        while let Some(pod) = pods.next().await {
            match pod {
                Ok(pod) => info!("{pod:?}"),
                Err(error) => warn!("{error}"),
            }
        }
    }
}

mod etcd {
    use super::*;

    pub async fn start() {
        let Ok(client) = etcd_client::Client::connect(["etcd:2379"], None).await else { return };
        tokio::spawn(follow(client)); //~ lost_task_error
    }

    async fn follow(mut client: etcd_client::Client) -> Result<(), etcd_client::Error> {
        let mut changes = client.watch("config", None).await?;
        while let Ok(Some(change)) = changes.message().await { //~ unguarded_connection
            info!("{change:?}");
        }
        Ok(())
    }
}

mod chain {
    use super::*;

    pub async fn start() {
        let Ok(mut blocks) = provider().subscribe_blocks().await else { return };
        tokio::spawn(async move {
            while let Some(block) = blocks.next().await { //~ unguarded_connection
                info!("{block:?}");
            }
        });
    }
}

mod grpc {
    use super::*;

    #[derive(Default)]
    pub struct Updates(Vec<tonic::Streaming<String>>);

    pub fn start(mut updates: Updates) {
        let Some(first) = updates.0.pop() else { return };
        tokio::spawn(follow(first));
        let Some(second) = updates.0.pop() else { return };
        tokio::spawn(follow_and_tell(second));
    }

    async fn follow(mut updates: tonic::Streaming<String>) {
        while let Ok(Some(update)) = updates.message().await { //~ unguarded_connection zombie_connection
            info!("{update}");
        }
    }

    async fn follow_and_tell(mut updates: tonic::Streaming<String>) {
        loop {
            match updates.message().await { //~ zombie_connection
                Ok(Some(update)) => info!("{update}"),
                Ok(None) => break warn!("the updates have ended"),
                Err(error) => break error!("the updates are lost: {error}"),
            }
        }
    }
}

mod old_chain {
    use super::*;

    pub async fn start() {
        let Ok(provider) = ethers::providers::Ws::connect("wss://node").await else { return };
        let Ok(mut blocks) = provider.subscribe_blocks().await else { return };
        tokio::spawn(async move {
            while let Some(block) = blocks.next().await { //~ unguarded_connection
                info!("{block:?}");
            }
        });
        let Ok(mut blocks) = provider.subscribe_blocks().await else { return };
        tokio::spawn(async move {
            while let Some(block) = blocks.next().await {
                info!("{block:?}");
            }
            error!("the blocks have ended");
        });
    }
}
