//! Names that no lint has. What they were meant for stands.

// taskguard: allow-file(select_ends_proces) -- one letter short
//~^ unknown_lint

async fn next_row() -> Result<u32, std::fmt::Error> {
    Err(std::fmt::Error)
}

async fn poll() -> Result<(), std::fmt::Error> {
    loop {
        next_row().await?;
    }
}

fn misspelt() {
    // taskguard: allow(droped_join_handle) -- loss is fine here
    //~^ unknown_lint
    tokio::spawn(poll()); //~ dropped_join_handle
}

fn a_lint_of_others() {
    // taskguard: allow(let_underscore_future) -- this one is clippy's
    //~^ unknown_lint
    let _ = tokio::spawn(poll()); //~ dropped_join_handle
}

fn one_of_two() {
    // taskguard: allow(dropped_join_handle, no_such_lint) -- the first is known
    //~^ unknown_lint
    tokio::spawn(poll());
}

#[cfg_attr(any(), taskguard::allow(dropped_joinhandle, reason = "loss is fine here"))] //~ unknown_lint
fn attribute() {
    tokio::spawn(poll()); //~ dropped_join_handle
}

fn expected() {
    // taskguard: expect(lost_and_found) -- there is none such
    //~^ unknown_lint
    drop(next_row());
}
