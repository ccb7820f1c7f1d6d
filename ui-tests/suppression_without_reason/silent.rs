//! Reasons, in all the forms in which people write them.

async fn next_row() -> Result<u32, std::fmt::Error> {
    Err(std::fmt::Error)
}

async fn poll() -> Result<(), std::fmt::Error> {
    loop {
        next_row().await?;
    }
}

fn with_a_reason() {
    // taskguard: allow(dropped_join_handle) -- loss is fine here
    tokio::spawn(poll());
    // taskguard: allow(dropped_join_handle) -- see issue #12 -- and the note in README.md (second part)
    tokio::spawn(poll());
    // taskguard: allow(dropped_join_handle) -- 観測のみ
    tokio::spawn(poll());
}

#[cfg_attr(any(), taskguard::allow(dropped_join_handle, reason = "loss is fine here"))]
fn attribute() {
    tokio::spawn(poll());
}

#[cfg_attr(any(), taskguard::allow(dropped_join_handle, reason = r#"a "raw" reason"#))]
fn attribute_with_a_raw_reason() {
    tokio::spawn(poll());
}

// Other tools have other rules.
#[allow(dead_code)]
fn lints_of_others() {}
