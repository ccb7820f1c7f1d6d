//! Names in all the forms in which they are known.

async fn next_row() -> Result<u32, std::fmt::Error> {
    Err(std::fmt::Error)
}

async fn poll() -> Result<(), std::fmt::Error> {
    loop {
        next_row().await?;
    }
}

fn as_it_is() {
    // taskguard: allow(dropped_join_handle) -- loss is fine here
    tokio::spawn(poll());
}

fn with_prefix() {
    // taskguard: allow(taskguard::dropped_join_handle) -- loss is fine here
    tokio::spawn(poll());
}

fn with_dashes() {
    // taskguard: allow(dropped-join-handle) -- loss is fine here
    tokio::spawn(poll());
}

#[cfg_attr(any(), taskguard::allow(dropped_join_handle, reason = "loss is fine here"))]
fn attribute() {
    tokio::spawn(poll());
}

// Unknown to us, and none of our business.
#[allow(clippy::let_underscore_future, unknown_lints, no_such_lint)]
fn lints_of_others() {}
