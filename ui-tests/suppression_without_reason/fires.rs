//! Suppressions that do not say why. They hold all the same.

async fn next_row() -> Result<u32, std::fmt::Error> {
    Err(std::fmt::Error)
}

async fn poll() -> Result<(), std::fmt::Error> {
    loop {
        next_row().await?;
    }
}

fn no_reason() {
    // taskguard: allow(dropped_join_handle)
    //~^ suppression_without_reason
    tokio::spawn(poll());
}

fn empty_reason() {
    // taskguard: allow(dropped_join_handle) --
    //~^ suppression_without_reason
    tokio::spawn(poll());
}

fn at_the_end_of_the_line() {
    tokio::spawn(poll()); // taskguard: allow(dropped_join_handle)
    //~^ suppression_without_reason
}

#[cfg_attr(any(), taskguard::allow(dropped_join_handle))] //~ suppression_without_reason
fn attribute() {
    tokio::spawn(poll());
}

#[cfg_attr(any(), taskguard::allow(dropped_join_handle, reason = ""))] //~ suppression_without_reason
fn attribute_with_empty_reason() {
    tokio::spawn(poll());
}

/// Once for the comment, not once for each lint in it.
async fn several_lints() {
    // taskguard: allow(dropped_join_handle, discarded_task_result)
    //~^ suppression_without_reason
    { tokio::spawn(poll()); let _ = tokio::spawn(next_row()).await; }
}
