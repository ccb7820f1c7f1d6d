use std::time::Duration;

use rumqttc::{AsyncClient, Event, EventLoop, MqttOptions};
use tokio::task::JoinHandle;
use tokio_postgres::{Client, Connection, Error, NoTls, Socket};
use tracing::{error, warn};

/// What the documentation of the library shows.
async fn logged() -> Result<Client, Error> {
    let (client, connection) = tokio_postgres::connect("host=db", NoTls).await?;
    tokio::spawn(async move {
        if let Err(error) = connection.await {
            eprintln!("connection error: {error}");
        }
    });
    Ok(client)
}

async fn logged_in_an_adaptor() -> Result<Client, Error> {
    let (client, connection) = tokio_postgres::connect("host=db", NoTls).await?;
    tokio::spawn(async move { connection.await.inspect_err(|error| error!("{error}")) });
    Ok(client)
}

/// That it has ended is told, if not why.
async fn told_after() -> Result<Client, Error> {
    let (client, connection) = tokio_postgres::connect("host=db", NoTls).await?;
    tokio::spawn(async move {
        let _ = connection.await;
        warn!("the connection to the database has ended");
    });
    Ok(client)
}

/// The owner is told, and opens another.
async fn sent(lost: tokio::sync::mpsc::Sender<()>) -> Result<Client, Error> {
    let (client, connection) = tokio_postgres::connect("host=db", NoTls).await?;
    tokio::spawn(async move {
        let _ = connection.await;
        lost.send(()).await.ok();
    });
    Ok(client)
}

/// Who opens it watches it.
async fn watched() -> Result<(Client, JoinHandle<Result<(), Error>>), Error> {
    let (client, connection) = tokio_postgres::connect("host=db", NoTls).await?;
    let driver = tokio::spawn(connection);
    Ok((client, driver))
}

async fn watched_beside_the_work() -> Result<(), Error> {
    let (client, connection) = tokio_postgres::connect("host=db", NoTls).await?;
    tokio::select! {
        ended = connection => ended,
        done = client.batch_execute("SELECT 1") => done,
    }
}

/// Each turn opens a connection and waits until it is lost.
async fn opened_anew() {
    loop {
        match tokio_postgres::connect("host=db", NoTls).await {
            Ok((client, connection)) => {
                publish(client);
                let _ = connection.await;
            }
            Err(error) => warn!("{error}"),
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}

/// It is somebody else's matter.
async fn handed_on() -> Result<(Client, Connection<Socket, NoTls>), Error> {
    let (client, connection) = tokio_postgres::connect("host=db", NoTls).await?;
    Ok((client, connection))
}

async fn given_to_a_supervisor(tasks: &Supervisor) -> Result<Client, Error> {
    let (client, connection) = tokio_postgres::connect("host=db", NoTls).await?;
    tasks.supervise(connection);
    Ok(client)
}

struct Supervisor;

impl Supervisor {
    fn supervise(&self, _connection: Connection<Socket, NoTls>) {}
}

struct Owner {
    connection: Option<Connection<Socket, NoTls>>,
}

impl Owner {
    async fn open(&mut self) -> Result<Client, Error> {
        let (client, connection) = tokio_postgres::connect("host=db", NoTls).await?;
        self.connection = Some(connection);
        Ok(client)
    }

    async fn run(&mut self) -> Result<(), Error> {
        if let Some(connection) = self.connection.take() {
            connection.await?;
        }
        Ok(())
    }
}

/// What the documentation of rumqttc shows.
fn publisher(options: MqttOptions) -> AsyncClient {
    let (client, mut event_loop) = AsyncClient::new(options, 10);
    tokio::spawn(async move { //~ unsupervised_worker
        loop {
            match event_loop.poll().await {
                Ok(event) => take(event),
                Err(error) => {
                    warn!("{error}");
                    tokio::time::sleep(Duration::from_secs(1)).await;
                }
            }
        }
    });
    client
}

fn in_two_steps(options: MqttOptions) -> (AsyncClient, EventLoop) {
    AsyncClient::new(options, 10)
}

/// Not a client: two values of which one is not wanted.
fn address() -> u16 {
    let (port, _) = parts();
    port
}

fn parts() -> (u16, String) {
    (80, String::new())
}

fn publish(_client: Client) {}
fn take(_event: Event) {}

/// Connect, ask, leave: each call of the client tells of its own failure.
async fn for_one_statement() -> Result<(), Error> {
    let (client, connection) = tokio_postgres::connect("host=db", NoTls).await?;
    let driver = tokio::spawn(connection);
    client.batch_execute("CREATE TABLE IF NOT EXISTS beats (at timestamptz)").await?;
    write_beat(&client).await?;
    drop(client);
    driver.abort();
    Ok(())
}

async fn write_beat(client: &tokio_postgres::Client) -> Result<(), Error> {
    client.batch_execute("INSERT INTO beats VALUES (now())").await
}

/// A future that only tells that all users are gone.
pub struct UntilUnused;

impl std::future::Future for UntilUnused {
    type Output = ();

    fn poll(self: std::pin::Pin<&mut Self>, _: &mut std::task::Context<'_>) -> std::task::Poll<()> {
        std::task::Poll::Pending
    }
}

pub struct Users;

fn counted() -> (UntilUnused, Users) {
    (UntilUnused, Users)
}

fn without_waiting() -> Users {
    let (_, users) = counted();
    users
}

/// A value, and what tells that it has changed.
fn settings() -> (u16, impl Future<Output = ()>) {
    (80, std::future::pending())
}

fn settings_of_today() -> u16 {
    let (port, _) = settings();
    port
}

/// What is left of something that is being closed.
pub struct Muxer;

impl Muxer {
    fn close(self) -> (Vec<u8>, impl Future<Output = Result<(), std::io::Error>>) {
        (Vec::new(), async { Ok(()) })
    }
}

fn closed(muxer: Muxer) -> Vec<u8> {
    let (rest, _closing) = muxer.close();
    rest
}
