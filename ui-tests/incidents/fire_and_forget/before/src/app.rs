//! The service and its background work.

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tracing::{debug, info, warn};

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

    // ANCHOR: start
    /// Starts the background work.
    pub fn start(&self) {
        let app = self.clone();
        tokio::spawn(async move { app.renew_prices().await }); //~ dropped_join_handle

        let app = self.clone();
        tokio::spawn(app.relay_outbox()); //~ dropped_join_handle
    // ANCHOR_END: start

        let app = self.clone();
        tokio::spawn(async move {
            //~^ unsupervised_worker
            loop {
                //~^ uncancellable_loop
                tokio::time::sleep(Duration::from_secs(60)).await;
                let expired = app.store.expire_carts(Duration::from_secs(3600)).await;
                debug!("{expired} carts expired");
            }
        });

        tokio::spawn(async {
            //~^ unsupervised_worker
            let mut ticker = tokio::time::interval(Duration::from_secs(10));
            loop {
                //~^ uncancellable_loop
                ticker.tick().await;
                info!("alive");
            }
        });
    }

    /// Answers requests until the listener breaks.
    pub async fn serve(&self, listener: TcpListener) -> Result<()> {
        loop {
            //~^ uncancellable_loop
            let (socket, peer) = listener.accept().await?; //~ fatal_item_error
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
    async fn renew_prices(&self) -> Result<()> {
        loop {
            //~^ uncancellable_loop
            let mut list = String::new();
            let mut server = TcpStream::connect(&self.price_server).await.context("no price server")?;
            server.read_to_string(&mut list).await?;
            let count = self.store.set_prices(&list).await?;
            info!("{count} prices");
            tokio::time::sleep(Duration::from_secs(600)).await;
        }
    }
    // ANCHOR_END: work

    async fn relay_outbox(self) -> Result<()> {
        let mut bank = TcpStream::connect(&self.bank).await.context("cannot reach the bank")?;
        loop {
            //~^ uncancellable_loop
            match self.store.next_transfer().await? {
                Some(transfer) => {
                    let line = format!("{} {}\n", transfer.account, transfer.cents);
                    bank.write_all(line.as_bytes()).await?;
                }
                None => tokio::time::sleep(Duration::from_secs(1)).await,
            }
        }
    }
}
