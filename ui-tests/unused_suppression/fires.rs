//! Suppressions that suppress nothing: the code has changed, or it never was so.

// taskguard: allow-file(select_ends_process) -- there was a select once
//~^ unused_suppression

async fn next_row() -> Result<u32, std::fmt::Error> {
    Err(std::fmt::Error)
}

async fn poll() -> Result<(), std::fmt::Error> {
    loop {
        next_row().await?;
    }
}

async fn watched() -> Result<(), std::fmt::Error> {
    // taskguard: allow(dropped_join_handle) -- there was no watch once
    //~^ unused_suppression
    let poller = tokio::spawn(poll());
    match poller.await {
        Ok(result) => result,
        Err(_) => Err(std::fmt::Error),
    }
}

fn expected_in_vain() {
    // taskguard: expect(dropped_join_handle) -- there was a task once
    //~^ unused_suppression
    drop(next_row());
}

fn one_of_two() {
    // taskguard: allow(dropped_join_handle, worker_returns_ok) -- the first is needed
    //~^ unused_suppression
    tokio::spawn(poll());
}

fn beside_the_wrong_line() {
    tokio::spawn( //~ dropped_join_handle
        poll(), // taskguard: allow(select_ends_process) -- not about this
        //~^ unused_suppression
    );
}

#[cfg_attr(any(), taskguard::allow(dropped_join_handle, reason = "there was a task once"))] //~ unused_suppression
fn attribute_in_vain() {}

fn at_the_end_of_a_block() {
    tokio::spawn(poll()); //~ dropped_join_handle
    // taskguard: allow(dropped_join_handle) -- too late
    //~^ unused_suppression
}
