//! Tables of the service, kept in memory here.

use std::collections::{BTreeMap, VecDeque};
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use tokio::sync::Mutex;

#[derive(Debug, Default)]
pub struct Store {
    prices: Mutex<BTreeMap<String, u64>>,
    outbox: Mutex<VecDeque<Transfer>>,
    carts: Mutex<BTreeMap<u64, Instant>>,
}

#[derive(Clone, Debug)]
pub struct Transfer {
    pub account: String,
    pub cents: u64,
}

impl Store {
    pub async fn set_prices(&self, list: &str) -> Result<usize> {
        let mut prices = BTreeMap::new();
        for line in list.lines() {
            let Some((article, price)) = line.split_once(' ') else {
                bail!("odd line in the price list: {line}")
            };
            let Some(cents) = price.strip_suffix("c") else { bail!("unknown currency: {price}") };
            prices.insert(article.to_owned(), cents.parse()?);
        }
        let count = prices.len();
        *self.prices.lock().await = prices;
        Ok(count)
    }

    pub async fn price(&self, article: &str) -> Option<u64> {
        self.prices.lock().await.get(article).copied()
    }

    pub async fn enqueue(&self, transfer: Transfer) {
        self.outbox.lock().await.push_back(transfer);
    }

    pub async fn next_transfer(&self) -> Result<Option<Transfer>> {
        let Ok(mut outbox) = self.outbox.try_lock() else { bail!("the outbox is locked") };
        Ok(outbox.pop_front())
    }

    pub async fn touch_cart(&self, cart: u64) {
        self.carts.lock().await.insert(cart, Instant::now());
    }

    pub async fn expire_carts(&self, age: Duration) -> usize {
        let mut carts = self.carts.lock().await;
        let before = carts.len();
        carts.retain(|_, touched| touched.elapsed() < age);
        before - carts.len()
    }
}
