//! Each client of the table of halves: wrong as it is met, and as its documentation has it.

use futures::{SinkExt, StreamExt};

mod http {
    async fn wrong(io: Io) -> Result<(), hyper::Error> {
        let (sender, _) = hyper::client::conn::http1::handshake(io).await?; //~ unguarded_connection
        ask(sender).await
    }

    async fn wrong_of_version_2(io: Io) -> Result<(), hyper::Error> {
        let (sender, _connection) = hyper::client::conn::http2::handshake(io).await?; //~ unguarded_connection
        ask(sender).await
    }

    async fn right(io: Io) -> Result<(), hyper::Error> {
        let (sender, connection) = hyper::client::conn::http1::handshake(io).await?;
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                eprintln!("connection error: {error}");
            }
        });
        ask(sender).await
    }

    /// The error of the connection comes out of the request too.
    async fn right_for_one_request(io: Io) -> Result<(), hyper::Error> {
        let (sender, connection) = hyper::client::conn::http1::handshake(io).await?;
        tokio::spawn(async move {
            let _ = connection.await;
        });
        ask(sender).await
    }

    async fn ask<S>(_sender: S) -> Result<(), hyper::Error> {
        Ok(())
    }

    pub struct Io;
}

mod http2 {
    async fn wrong(io: tokio::net::TcpStream) -> Result<(), h2::Error> {
        let (sender, _) = h2::client::handshake(io).await?; //~ unguarded_connection
        sender.ready().await.map(drop)
    }

    async fn right(io: tokio::net::TcpStream) -> Result<(), h2::Error> {
        let (sender, connection) = h2::client::handshake(io).await?;
        tokio::spawn(async move {
            connection.await.expect("the connection failed");
        });
        sender.ready().await.map(drop)
    }
}

mod redis_by_hand {
    use redis::aio::MultiplexedConnection;

    async fn wrong(info: Info, io: Io) -> redis::RedisResult<MultiplexedConnection> {
        let (connection, _) = MultiplexedConnection::new(&info, io).await?; //~ unguarded_connection
        Ok(connection)
    }

    async fn right(info: Info, io: Io) -> redis::RedisResult<MultiplexedConnection> {
        let (connection, driver) = MultiplexedConnection::new(&info, io).await?;
        tokio::spawn(driver);
        Ok(connection)
    }

    pub struct Info;
    pub struct Io;
}

mod mqtt {
    use rumqttc::MqttOptions;

    fn wrong_of_version_5(options: rumqttc::v5::MqttOptions) -> rumqttc::v5::AsyncClient {
        let (client, _event_loop) = rumqttc::v5::AsyncClient::new(options, 10); //~ unguarded_connection
        client
    }

    fn wrong_for_threads(options: MqttOptions) -> rumqttc::Client {
        let (client, _connection) = rumqttc::Client::new(options, 10); //~ unguarded_connection
        client
    }

    fn right_for_threads(options: MqttOptions) -> rumqttc::Client {
        let (client, mut connection) = rumqttc::Client::new(options, 10);
        std::thread::spawn(move || {
            for event in connection.iter() {
                if let Err(error) = event {
                    eprintln!("{error}");
                    std::thread::sleep(std::time::Duration::from_secs(1));
                }
            }
        });
        client
    }
}

mod websocket {
    use super::*;

    async fn wrong(message: tungstenite::Message) -> Result<(), tungstenite::Error> {
        let (socket, _) = tokio_tungstenite::connect_async("ws://feed").await?;
        let (mut writer, _) = socket.split(); //~ unguarded_connection
        writer.send(message).await
    }

    async fn right(message: tungstenite::Message) -> Result<(), tungstenite::Error> {
        let (socket, _response) = tokio_tungstenite::connect_async("ws://feed").await?;
        let (mut writer, mut reader) = socket.split();
        writer.send(message).await?;
        match reader.next().await {
            Some(answer) => answer.map(drop),
            None => Err(tungstenite::Error::ConnectionClosed),
        }
    }
}

mod lease {
    async fn wrong(mut client: etcd_client::Client) -> Result<(), etcd_client::Error> {
        let (mut keeper, _) = client.lease_keep_alive(7).await?; //~ unguarded_connection
        keeper.keep_alive().await
    }

    async fn right(mut client: etcd_client::Client) -> Result<(), etcd_client::Error> {
        let (mut keeper, mut answers) = client.lease_keep_alive(7).await?;
        keeper.keep_alive().await?;
        match answers.message().await? {
            Some(answer) if answer.ttl() > 0 => Ok(()),
            _ => Err(etcd_client::Error::LeaseKeepAliveError("the lease is lost".to_owned())),
        }
    }
}
