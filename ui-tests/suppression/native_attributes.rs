//! The form that the compiler will know: read from day one.
#![feature(register_tool)]
#![register_tool(taskguard)]

async fn next_row() -> Result<u32, std::fmt::Error> {
    Err(std::fmt::Error)
}

async fn poll() -> Result<(), std::fmt::Error> {
    loop {
        next_row().await?;
    }
}

#[allow(taskguard::dropped_join_handle, reason = "loss is fine here")]
fn allowed() {
    tokio::spawn(poll());
}

#[expect(taskguard::dropped_join_handle, reason = "loss is fine here")]
fn expected() {
    tokio::spawn(poll());
}

#[allow(dead_code, taskguard::dropped_join_handle, reason = "loss is fine here")]
mod inner {
    pub fn start() {
        tokio::spawn(super::poll());
    }
}

#[expect(taskguard::dropped_join_handle, reason = "there was a task once")] //~ unused_suppression
fn expected_in_vain() {}

#[allow(clippy::let_underscore_future, unused)]
fn lints_of_others() {
    let _ = tokio::spawn(poll()); //~ dropped_join_handle
}
