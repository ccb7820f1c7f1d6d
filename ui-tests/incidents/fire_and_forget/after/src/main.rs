//! Prices, carts and payments.

mod app;
mod store;

use anyhow::{Context, Result};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;
use tracing::{error, info};

use crate::app::App;

#[tokio::main]
async fn main() -> Result<()> {
    tracing_subscriber::fmt::init();
    std::panic::set_hook(Box::new(|panic| error!("{panic}")));
    let bank = std::env::var("BANK").context("BANK is not set")?;
    let price_server = std::env::var("PRICES").context("PRICES is not set")?;
    let listener = TcpListener::bind("0.0.0.0:7070").await.context("cannot bind port 7070")?;

    let stop = CancellationToken::new();
    let mut terminate = signal(SignalKind::terminate())?;
    let service = App::new(bank, price_server).run(listener, stop.clone());
    tokio::pin!(service);
    tokio::select! {
        result = &mut service => return result,
        _ = tokio::signal::ctrl_c() => info!("interrupted"),
        _ = terminate.recv() => info!("terminated"),
    }
    stop.cancel();
    service.await
}
