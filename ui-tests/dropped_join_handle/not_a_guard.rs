//! Things that look like a watch and are none.

use std::panic::{AssertUnwindSafe, catch_unwind};

use anyhow::Result;
use tokio_util::sync::CancellationToken;

async fn warm_up() -> Result<()> {
    Ok(tokio::fs::write("/run/warm", "").await?)
}

async fn next_order() -> Result<u32> {
    Ok(tokio::fs::read_to_string("/run/order").await?.parse()?)
}

async fn take_orders() -> Result<()> {
    loop {
        next_order().await?;
    }
}

fn making_the_future_is_guarded_but_not_its_run() {
    tokio::spawn(async move {
        //~^ dropped_join_handle
        let _made = catch_unwind(AssertUnwindSafe(|| async { warm_up().await }));
        take_orders().await
    });
}

/// It can be stopped, which tells nobody that it stopped by itself.
fn stop_signal_is_no_watch(stop: CancellationToken) {
    tokio::spawn(async move {
        //~^ dropped_join_handle
        loop {
            tokio::select! {
                () = stop.cancelled() => return anyhow::Ok(()),
                order = next_order() => {
                    let order = order?;
                    tracing::debug!(order);
                }
            }
        }
    });
}

fn log_of_the_start_is_no_log_of_the_end() {
    tokio::spawn(async move {
        //~^ dropped_join_handle
        tracing::error!("taking orders now");
        take_orders().await
    });
}

/// Only one of its two errors is told.
fn one_of_two_is_logged() {
    tokio::spawn(async move {
        //~^ dropped_join_handle
        if let Err(error) = warm_up().await {
            tracing::error!("no warm start: {error}");
            return Err(error);
        }
        loop {
            next_order().await?;
        }
        #[allow(unreachable_code)]
        Ok(())
    });
}
