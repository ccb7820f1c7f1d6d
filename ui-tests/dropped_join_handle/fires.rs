//! Workers and servers whose error nobody hears, because the handle is gone.

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::{Context, Result};
use tokio::net::TcpListener;
use tokio::time::sleep;
use tracing::{error, info};

struct Client;

impl Client {
    async fn connect() -> Result<Client> {
        tokio::net::TcpStream::connect("feed:7000").await?;
        Ok(Client)
    }

    async fn fetch(&mut self) -> Result<Vec<u8>> {
        Ok(tokio::fs::read("/run/feed").await?)
    }
}

/// One failed fetch ends it for good.
async fn poll(mut client: Client) -> Result<()> {
    loop {
        let batch = client.fetch().await?;
        info!("{} bytes", batch.len());
        sleep(Duration::from_secs(5)).await;
    }
}

fn as_a_statement(client: Client) {
    tokio::spawn(poll(client)); //~ dropped_join_handle
}

fn as_underscore(client: Client) {
    let _ = tokio::spawn(poll(client)); //~ dropped_join_handle
}

async fn as_a_local_nobody_reads(client: Client) {
    let _poller = tokio::spawn(poll(client)); //~ dropped_join_handle
    sleep(Duration::from_secs(60)).await;
}

fn by_drop(client: Client) {
    let poller = tokio::spawn(poll(client)); //~ dropped_join_handle
    drop(poller);
}

fn in_a_branch(client: Client, enabled: bool) {
    if enabled {
        tokio::spawn(poll(client)); //~ dropped_join_handle
    } else {
        info!("polling is off");
    }
}

/// The first connection decides whether the worker ever starts.
fn question_mark_before_the_loop() {
    tokio::spawn(async move {
        //~^ dropped_join_handle
        let mut client = Client::connect().await.context("cannot reach the feed")?;
        loop {
            if let Err(error) = client.fetch().await {
                tracing::warn!("fetch failed: {error}");
            }
            sleep(Duration::from_secs(1)).await;
        }
        #[allow(unreachable_code)]
        anyhow::Ok(())
    });
}

fn delegating_tail(client: Client) {
    tokio::spawn(async move { poll(client).await }); //~ dropped_join_handle
}

struct Sync {
    client: Client,
}

impl Sync {
    /// A method called `run`.
    async fn run(mut self) -> Result<(), anyhow::Error> {
        loop {
            let batch = match self.client.fetch().await {
                Ok(batch) => batch,
                Err(error) => return Err(error),
            };
            if batch.is_empty() {
                sleep(Duration::from_secs(1)).await;
            }
        }
    }
}

pub fn start_sync(client: Client) {
    let sync = Sync { client };
    tokio::spawn(sync.run()); //~ dropped_join_handle
}

/// A server that cannot bind its port is as silent as one that was never started.
fn server(addr: SocketAddr) {
    tokio::spawn(async move {
        //~^ dropped_join_handle
        let listener = TcpListener::bind(addr).await?;
        let app = axum::Router::new();
        axum::serve(listener, app).await?;
        Ok::<(), std::io::Error>(())
    });
}

async fn serve_metrics(addr: SocketAddr) -> Result<()> {
    let listener = TcpListener::bind(addr).await.with_context(|| format!("cannot bind {addr}"))?;
    axum::serve(listener, axum::Router::new()).await?;
    Ok(())
}

pub async fn serve_forever(addr: SocketAddr) -> Result<()> {
    tokio::spawn(serve_metrics(addr)); //~ dropped_join_handle
    let mut client = Client::connect().await?;
    loop {
        client.fetch().await?;
    }
}

/// Its connections are tasks that end alone; the listener is not.
fn accept_loop(addr: SocketAddr) {
    tokio::spawn(async move {
        //~^ dropped_join_handle
        let listener = TcpListener::bind(addr).await?;
        loop {
            let (socket, peer) = listener.accept().await?; //~ fatal_item_error
            info!("{peer} connected");
            drop(socket);
        }
        #[allow(unreachable_code)]
        Ok::<(), std::io::Error>(())
    });
}

fn std_thread() {
    std::thread::spawn(move || -> std::io::Result<()> {
        //~^ dropped_join_handle
        loop {
            let load = std::fs::read_to_string("/proc/loadavg")?;
            info!(load);
            std::thread::sleep(Duration::from_secs(10));
        }
    });
}

/// Until somebody presses Ctrl-C, nobody asks whether the server could be started at all.
async fn waited_for_after_the_signal(addr: SocketAddr) -> Result<()> {
    let server = tokio::spawn(serve_metrics(addr)); //~ dropped_join_handle
    tokio::signal::ctrl_c().await?;
    server.await?
}

async fn waited_for_after_a_loop_of_signals(addr: SocketAddr) {
    let server = tokio::spawn(serve_metrics(addr)); //~ dropped_join_handle
    let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()).unwrap();
    loop {
        tokio::select! {
            _ = tokio::signal::ctrl_c() => break,
            _ = terminate.recv() => break,
            () = tokio::time::sleep(Duration::from_secs(60)) => info!("alive"),
        }
    }
    if let Ok(Err(error)) = server.await {
        error!("metrics: {error}");
    }
}

async fn serve_control(addr: SocketAddr, app: axum::Router) -> std::io::Result<()> {
    axum::serve(TcpListener::bind(addr).await?, app).await?;
    Ok(())
}

/// The port is taken, and the rest of the service comes up as if nothing were.
fn bound_among_the_arguments(addr: SocketAddr, app: axum::Router) {
    tokio::spawn(serve_control(addr, app)); //~ dropped_join_handle
}

struct Io;

impl Io {
    async fn stop_io(&self) {}
    async fn stop_requested(&self) {}
}

async fn waited_for_once_it_is_over(addr: SocketAddr, io: Io) -> Result<()> {
    let server = tokio::spawn(serve_metrics(addr)); //~ dropped_join_handle
    run_all().await;
    io.stop_io().await;
    server.await?
}

async fn waited_for_after_the_request(addr: SocketAddr, io: Io) -> Result<()> {
    let server = tokio::spawn(serve_metrics(addr)); //~ dropped_join_handle
    io.stop_requested().await;
    server.await?
}

async fn run_all() {
    tokio::time::sleep(Duration::from_secs(3600)).await;
}

/// What is given back waits for something else first.
fn given_back_to_wait_for_the_end(addr: SocketAddr, io: Io) -> impl Future<Output = Result<()>> {
    let server = tokio::spawn(serve_metrics(addr)); //~ dropped_join_handle
    async move {
        io.stop_requested().await;
        server.await?
    }
}

/// What the closure reads is the service's own.
fn when_it_starts(events: tokio::sync::broadcast::Sender<String>) -> somewhere::Builder {
    somewhere::Builder::new().on_start(move |app: somewhere::App| {
        let mut events = events.subscribe();
        tokio::spawn(async move { //~ dropped_join_handle
            loop {
                app.show(events.recv().await?)?; //~ lagged_ends_loop
            }
            Ok::<(), anyhow::Error>(())
        });
    })
}
