//! The attribute at the top of a file is for all of it.
#![cfg_attr(any(), taskguard::allow(dropped_join_handle, reason = "loss is fine here"))]

async fn next_row() -> Result<u32, std::fmt::Error> {
    Err(std::fmt::Error)
}

async fn poll() -> Result<(), std::fmt::Error> {
    loop {
        next_row().await?;
    }
}

fn start() {
    tokio::spawn(poll());
}
