//! Suppressions that are needed.

async fn next_row() -> Result<u32, std::fmt::Error> {
    Err(std::fmt::Error)
}

async fn poll() -> Result<(), std::fmt::Error> {
    loop {
        next_row().await?;
    }
}

fn needed() {
    // taskguard: allow(dropped_join_handle) -- loss is fine here
    tokio::spawn(poll());
    tokio::spawn(poll()); // taskguard: allow(dropped_join_handle) -- loss is fine here
}

#[cfg_attr(any(), taskguard::allow(dropped_join_handle, reason = "loss is fine here"))]
fn one_attribute_for_two() {
    tokio::spawn(poll());
    tokio::spawn(poll());
}

// A comment about taskguard that suppresses nothing, and does not try to.
fn talk() {}
