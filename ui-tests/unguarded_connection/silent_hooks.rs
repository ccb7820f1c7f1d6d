//! The same clients with a hook, or a policy.

#[tokio::main]
async fn main() -> std::io::Result<()> {
    tokio::spawn(rabbit()); //~ unsupervised_worker
    cache();
    mqtt();
    machine().await;
    let listener = tokio::net::TcpListener::bind("0.0.0.0:80").await?;
    axum::serve(listener, axum::Router::new()).await
}

async fn rabbit() {
    loop {
        if let Ok(connection) = amqprs::connection::Connection::open(&ARGUMENTS).await {
            connection.listen_network_io_failure().await;
        }
        tracing::warn!("the connection is lost, opening it again");
        tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    }
}

fn cache() -> Option<fred::clients::Client> {
    let mut builder = fred::types::Builder::from_config(CONFIG);
    builder.set_policy(fred::types::ReconnectPolicy::new_constant(0, 1000));
    builder.build().ok()
}

fn mqtt() -> Option<paho_mqtt::AsyncClient> {
    let client = paho_mqtt::AsyncClient::new("tcp://broker:1883").ok()?;
    client.set_connection_lost_callback(|client| drop(client.reconnect()));
    Some(client)
}

async fn machine() -> Option<russh::client::Handle<Loud>> {
    russh::client::connect(CONFIG, "machine:22", Loud).await.ok()
}

pub struct Loud;

impl russh::client::Handler for Loud {
    type Error = russh::Error;

    async fn disconnected(&mut self, reason: russh::client::DisconnectReason<russh::Error>) -> Result<(), russh::Error> {
        tracing::error!("the machine is lost: {reason:?}");
        Ok(())
    }
}
