//! Clients that tell of a lost connection through a hook only, in a service that has none.

#[tokio::main]
async fn main() -> std::io::Result<()> {
    rabbit().await;
    cache();
    mqtt();
    machine().await;
    let listener = tokio::net::TcpListener::bind("0.0.0.0:80").await?;
    axum::serve(listener, axum::Router::new()).await
}

async fn rabbit() -> Option<amqprs::connection::Connection> {
    amqprs::connection::Connection::open(&ARGUMENTS).await.ok() //~ unguarded_connection
}

fn cache() -> Option<fred::clients::Client> {
    fred::types::Builder::from_config(CONFIG).build().ok() //~ unguarded_connection
}

fn mqtt() -> Option<paho_mqtt::AsyncClient> {
    paho_mqtt::AsyncClient::new("tcp://broker:1883").ok() //~ unguarded_connection
}

async fn machine() -> Option<russh::client::Handle<Quiet>> {
    russh::client::connect(CONFIG, "machine:22", Quiet).await.ok() //~ unguarded_connection
}

pub struct Quiet;

impl russh::client::Handler for Quiet {
    type Error = russh::Error;
}
