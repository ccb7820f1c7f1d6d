use rumqttc::{AsyncClient, MqttOptions};
use tokio_postgres::{Client, Error, NoTls};

/// The connection is dropped at once: the client it belongs to is closed before its first query.
async fn dropped() -> Result<Client, Error> {
    let (client, _) = tokio_postgres::connect("host=db", NoTls).await?; //~ unguarded_connection
    Ok(client)
}

/// It is kept until the end of the block, and does nothing there.
async fn kept_and_never_driven() -> Result<(), Error> {
    let (client, _connection) = tokio_postgres::connect("host=db", NoTls).await?; //~ unguarded_connection
    client.batch_execute("SELECT 1").await
}

async fn matched() -> Option<Client> {
    match tokio_postgres::connect("host=db", NoTls).await {
        Ok((client, _)) => Some(client), //~ unguarded_connection
        Err(_) => None,
    }
}

async fn with_a_time_limit(limit: std::time::Duration) -> Result<Client, Box<dyn std::error::Error>> {
    let connecting = tokio_postgres::connect("host=db", NoTls);
    drop(connecting);
    let (client, _) = tokio::time::timeout(limit, tokio_postgres::connect("host=db", NoTls)).await??;
    //~^ unguarded_connection
    Ok(client)
}

async fn spawned_and_forgotten() -> Result<Client, Error> {
    let (client, connection) = tokio_postgres::connect("host=db", NoTls).await?;
    tokio::spawn(connection); //~ unguarded_connection
    Ok(client)
}

async fn thrown_away_inside() -> Result<Client, Error> {
    let (client, connection) = tokio_postgres::connect("host=db", NoTls).await?;
    let _driver = tokio::spawn(async move {
        //~^ unguarded_connection
        let _ = connection.await;
    });
    Ok(client)
}

async fn thrown_away_as_option() -> Result<Client, Error> {
    let (client, connection) = tokio_postgres::connect("host=db", NoTls).await?;
    tokio::spawn(async move { connection.await.ok(); }); //~ unguarded_connection
    Ok(client)
}

async fn handed_to_nobody() -> Result<Client, Error> {
    let (client, connection) = tokio_postgres::connect("host=db", NoTls).await?;
    tokio::spawn(async move { connection.await }); //~ unguarded_connection
    Ok(client)
}

async fn handed_to_nobody_with_a_question_mark() -> Result<Client, Error> {
    let (client, connection) = tokio_postgres::connect("host=db", NoTls).await?;
    tokio::spawn(async move { //~ unguarded_connection
        connection.await?;
        Ok::<(), Error>(())
    });
    Ok(client)
}

fn publisher(options: MqttOptions) -> AsyncClient {
    let (client, _) = AsyncClient::new(options, 10); //~ unguarded_connection
    client
}
