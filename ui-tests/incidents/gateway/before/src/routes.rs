//! Which service answers which path.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::RwLock;
use tracing::info;

/// The table of routes, renewed from the registry.
#[derive(Clone)]
pub struct Routes {
    registry: String,
    table: Arc<RwLock<BTreeMap<String, String>>>,
}

impl Routes {
    /// Reads the table for the first time.
    pub async fn load(registry: String) -> Result<Self> {
        let routes = Self { registry, table: Arc::default() };
        routes.renew().await.context("no routes to start with")?; //~ await_without_timeout
        Ok(routes)
    }

    /// Keeps the table fresh.
    pub async fn refresh(self) -> Result<()> {
        let mut ticker = tokio::time::interval(Duration::from_secs(30));
        loop {
            //~^ uncancellable_loop
            ticker.tick().await;
            self.renew().await?;
        }
    }

    pub async fn service(&self, path: &str) -> Option<String> {
        let table = self.table.read().await;
        table.iter().find(|(prefix, _)| path.starts_with(prefix.as_str())).map(|(_, service)| service.clone())
    }

    pub async fn first(&self) -> Option<String> {
        self.table.read().await.values().next().cloned()
    }

    async fn renew(&self) -> Result<()> {
        let mut registry = TcpStream::connect(&self.registry).await?;
        registry.write_all(b"routes\n").await?;
        let mut text = String::new();
        registry.read_to_string(&mut text).await?;
        let table: BTreeMap<_, _> = text
            .lines()
            .filter_map(|line| line.split_once(' '))
            .map(|(prefix, service)| (prefix.to_owned(), service.to_owned()))
            .collect();
        info!("{} routes", table.len());
        *self.table.write().await = table;
        Ok(())
    }
}
