//! The service and its background work.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use tracing::{debug, error, info, warn};

use crate::store::{Store, Transfer};

#[derive(Clone)]
pub struct App {
    store: Arc<Store>,
    bank: String,
    price_server: String,
}

impl App {
    pub fn new(bank: String, price_server: String) -> Self {
        Self { store: Arc::default(), bank, price_server }
    }

    // ANCHOR: run
    /// Runs the service until it is told to stop, or until a part of it ends that should not.
    pub async fn run(self, listener: TcpListener, stop: CancellationToken) -> Result<()> {
        let mut parts = JoinSet::new();
        parts.spawn(until_stopped(stop.clone(), "prices", self.clone().renew_prices()));
        parts.spawn(until_stopped(stop.clone(), "outbox", self.clone().relay_outbox()));
        parts.spawn(until_stopped(stop.clone(), "carts", self.clone().expire_carts()));
        parts.spawn(until_stopped(stop.clone(), "requests", self.serve(listener)));

        while let Some(ended) = parts.join_next().await {
            ended.context("a part of the service panicked")??;
        }
        Ok(())
    }
    // ANCHOR_END: run

    /// Answers requests. A connection that cannot be accepted is its peer's loss, not ours.
    async fn serve(self, listener: TcpListener) -> Result<Infallible> {
        loop {
            let (socket, peer) = match listener.accept().await {
                Ok(accepted) => accepted,
                Err(error) => {
                    warn!("cannot accept: {error}");
                    tokio::time::sleep(Duration::from_millis(100)).await;
                    continue;
                }
            };
            let app = self.clone();
            tokio::spawn(async move {
                if let Err(error) = app.answer(socket).await {
                    warn!("{peer}: {error:#}");
                }
            });
        }
    }

    async fn answer(&self, socket: TcpStream) -> Result<()> {
        let mut socket = BufReader::new(socket);
        let mut request = String::new();
        while socket.read_line(&mut request).await? > 0 {
            let answer = match request.trim().split_once(' ') {
                Some(("price", article)) => format!("{:?}\n", self.store.price(article).await),
                Some(("pay", account)) => {
                    self.store.enqueue(Transfer { account: account.to_owned(), cents: 100 }).await;
                    "accepted\n".to_owned()
                }
                Some(("cart", id)) => {
                    self.store.touch_cart(id.parse()?).await;
                    "touched\n".to_owned()
                }
                _ => "what?\n".to_owned(),
            };
            socket.write_all(answer.as_bytes()).await?;
            request.clear();
        }
        Ok(())
    }

    // ANCHOR: work
    async fn renew_prices(self) -> Result<Infallible> {
        loop {
            match self.fetch_prices().await {
                Ok(count) => info!("{count} prices"),
                Err(error) => error!("the prices are as old as they were: {error:#}"),
            }
            tokio::time::sleep(Duration::from_secs(600)).await;
        }
    }
    // ANCHOR_END: work

    async fn fetch_prices(&self) -> Result<usize> {
        let mut list = String::new();
        let mut server = self.connect(&self.price_server).await.context("no price server")?;
        server.read_to_string(&mut list).await?;
        self.store.set_prices(&list).await
    }

    async fn relay_outbox(self) -> Result<Infallible> {
        let mut bank = self.connect(&self.bank).await.context("cannot reach the bank")?;
        loop {
            match self.store.next_transfer().await? {
                Some(transfer) => {
                    let line = format!("{} {}\n", transfer.account, transfer.cents);
                    bank.write_all(line.as_bytes()).await?;
                }
                None => tokio::time::sleep(Duration::from_secs(1)).await,
            }
        }
    }

    async fn expire_carts(self) -> Result<Infallible> {
        loop {
            tokio::time::sleep(Duration::from_secs(60)).await;
            let expired = self.store.expire_carts(Duration::from_secs(3600)).await;
            debug!("{expired} carts expired");
        }
    }

    async fn connect(&self, address: &str) -> Result<TcpStream> {
        let connected = tokio::time::timeout(Duration::from_secs(10), TcpStream::connect(address)).await;
        Ok(connected.context("no answer")??)
    }
}

/// Runs a part for ever, or until the service stops. Its error is told here, at once.
async fn until_stopped(
    stop: CancellationToken,
    name: &'static str,
    part: impl Future<Output = Result<Infallible>>,
) -> Result<()> {
    let Some(result) = stop.run_until_cancelled(part).await else { return Ok(()) };
    let Err(error) = result;
    error!("{name} ended: {error:#}");
    Err(error.context(name))
}
