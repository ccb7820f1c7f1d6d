//! Prices, carts and payments.

mod app;
mod store;

use anyhow::{Context, Result};
use tokio::net::TcpListener;

use crate::app::App;

#[tokio::main]
async fn main() -> Result<()> { //~ missing_panic_hook missing_shutdown_signal
    tracing_subscriber::fmt::init();
    let bank = std::env::var("BANK").context("BANK is not set")?;
    let price_server = std::env::var("PRICES").context("PRICES is not set")?;
    let app = App::new(bank, price_server);
    app.start();
    let listener = TcpListener::bind("0.0.0.0:7070").await.context("cannot bind port 7070")?;
    app.serve(listener).await
}
