//! What stands around the future does not hear its error either.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use futures::FutureExt;
use futures::future::BoxFuture;
use tracing::{Instrument, info_span};

#[derive(Debug)]
struct Error;

type Result<T> = std::result::Result<T, Error>;

async fn read_price() -> Result<u64> {
    Err(Error)
}

async fn follow_prices() -> Result<()> {
    loop {
        let price = read_price().await?;
        tracing::info!(price);
    }
}

fn instrumented() {
    tokio::spawn(follow_prices().instrument(info_span!("prices"))); //~ dropped_join_handle
}

fn in_current_span() {
    tokio::spawn(follow_prices().in_current_span()); //~ dropped_join_handle
}

fn boxed() {
    tokio::spawn(follow_prices().boxed()); //~ dropped_join_handle
    tokio::spawn(Box::pin(follow_prices())); //~ dropped_join_handle
}

fn by_name() {
    use tokio::task;
    let _ = task::spawn(follow_prices()); //~ dropped_join_handle
    tokio::task::spawn_local(follow_prices()); //~ dropped_join_handle
}

fn on_a_handle(runtime: tokio::runtime::Handle) {
    runtime.spawn(follow_prices()); //~ dropped_join_handle
}

fn through_a_local() {
    let prices = async {
        follow_prices().await?;
        Ok::<(), Error>(())
    };
    tokio::spawn(prices); //~ dropped_join_handle
}

/// `async` written out by hand.
fn declared_with_impl(every: Duration) -> impl Future<Output = Result<()>> {
    async move {
        let mut ticker = tokio::time::interval(every);
        loop {
            ticker.tick().await;
            read_price().await?;
        }
    }
}

fn declared_as_box(every: Duration) -> BoxFuture<'static, Result<()>> {
    Box::pin(declared_with_impl(every))
}

fn declared_as_pin(every: Duration) -> Pin<Box<dyn Future<Output = Result<()>> + Send>> {
    Box::pin(async move {
        loop {
            tokio::time::sleep(every).await;
            read_price().await?;
        }
    })
}

fn spawn_declared() {
    tokio::spawn(declared_with_impl(Duration::from_secs(1))); //~ dropped_join_handle
    tokio::spawn(declared_as_box(Duration::from_secs(1))); //~ dropped_join_handle
    tokio::spawn(declared_as_pin(Duration::from_secs(1))); //~ dropped_join_handle
}

/// `map_err` that only changes the type of the error hears nothing.
fn error_changed_but_not_told() {
    tokio::spawn(async move { follow_prices().await.map_err(|_| std::fmt::Error) }); //~ dropped_join_handle
}
