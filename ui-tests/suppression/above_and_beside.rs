//! Comments on the line of a finding, or above the statement that holds it.

async fn next_row() -> Result<u32, std::fmt::Error> {
    Err(std::fmt::Error)
}

async fn poll() -> Result<(), std::fmt::Error> {
    loop {
        next_row().await?;
    }
}

fn above() {
    // taskguard: allow(dropped_join_handle) -- loss is fine here
    tokio::spawn(poll());
}

fn above_a_statement_of_many_lines() {
    // taskguard: allow(dropped_join_handle) -- loss is fine here
    let _the_poller_whose_handle_nobody_reads: tokio::task::JoinHandle<Result<(), std::fmt::Error>> =
        tokio::spawn(poll());
}

fn above_an_async_block() {
    // taskguard: allow(dropped_join_handle) -- loss is fine here
    tokio::spawn(async move {
        tracing::info!("starting");
        poll().await
    });
}

fn above_with_more_to_say() {
    // taskguard: allow(dropped_join_handle) -- loss is fine here,
    // and this line goes on about it
    tokio::spawn(poll());
}

fn below_another_comment() {
    // Rows come late at times.
    // taskguard: allow(dropped_join_handle) -- loss is fine here
    tokio::spawn(poll());
}

fn above_an_attribute() {
    // taskguard: allow(dropped_join_handle) -- loss is fine here
    #[cfg(unix)]
    tokio::spawn(poll());
}

fn in_block_form() {
    /* taskguard: allow(dropped_join_handle) -- loss is fine here */
    tokio::spawn(poll());
}

fn at_the_end_of_the_line() {
    tokio::spawn(poll()); // taskguard: allow(dropped_join_handle) -- loss is fine here
}

fn at_the_end_of_the_first_line() {
    tokio::spawn(async move { // taskguard: allow(dropped_join_handle) -- loss is fine here
        poll().await
    });
}

fn without_blanks() {
    //taskguard:allow(dropped_join_handle)--loss is fine here
    tokio::spawn(poll());
}

fn with_prefix_and_dashes() {
    // taskguard: allow(taskguard::dropped-join-handle) -- loss is fine here
    tokio::spawn(poll());
}

fn in_a_match_arm(answer: Option<u32>) {
    match answer {
        Some(_) => {
            // taskguard: allow(dropped_join_handle) -- loss is fine here
            tokio::spawn(poll());
        }
        // taskguard: allow(dropped_join_handle) -- loss is fine here
        None => drop(tokio::spawn(poll())),
    }
}

async fn in_a_select() {
    tokio::select! {
        _ = poll() => {
            // taskguard: allow(dropped_join_handle) -- loss is fine here
            tokio::spawn(poll());
        }
        _ = next_row() => {
            tokio::spawn(poll()); //~ dropped_join_handle
        }
    }
}

async fn several_lints() {
    // taskguard: allow(dropped_join_handle, discarded_task_result) -- loss is fine here
    { tokio::spawn(poll()); let _ = tokio::spawn(next_row()).await; }
}

fn expected() {
    // taskguard: expect(dropped_join_handle) -- loss is fine here
    tokio::spawn(poll());
}

fn only_the_next_statement() {
    // taskguard: allow(dropped_join_handle) -- loss is fine here
    tokio::spawn(poll());
    tokio::spawn(poll()); //~ dropped_join_handle
}

fn only_that_lint() {
    // taskguard: allow(discarded_task_result) -- not what is found here
    //~^ unused_suppression
    tokio::spawn(poll()); //~ dropped_join_handle
}

fn blank_lines_part_nothing() {
    // taskguard: allow(dropped_join_handle) -- loss is fine here

    tokio::spawn(poll());
}
