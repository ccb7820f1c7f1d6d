//! Code to fill in that several lints propose. Each makes a failure heard; none only silences the finding.

/// For a task whose end nobody learns of.
pub const WATCH: &str = "\
watch the task beside the others, and let the process fail when it ends:
    let mut tasks = tokio::task::JoinSet::new();
    tasks.spawn(/* the task */);
    while let Some(ended) = tasks.join_next().await {
        error!(\"a task has ended: {ended:?}\");
        std::process::exit(1);
    }";

/// For an error that nobody hears of.
pub const LOG_INSIDE: &str = "\
log the error where it ends the task, or keep the handle and look at what it gives:
    tokio::spawn(async move {
        if let Err(error) = /* the work */.await {
            error!(\"the task has failed: {error:?}\");
        }
    });";

/// For an answer of which a part is not looked at.
pub const LOOK_AT_BOTH: &str = "\
look at both failures that the answer can hold:
    match task.await {
        Ok(Ok(value)) => /* done */,
        Ok(Err(error)) => error!(\"the task has failed: {error:?}\"),
        Err(panic) => error!(\"the task has panicked: {panic}\"),
    }";

/// For workers that are waited for all at once.
pub const WAIT_FOR_FIRST: &str = "\
wait for the first that ends, and let the process fail:
    tokio::select! {
        ended = first => bail!(\"the first worker has ended: {ended:?}\"),
        ended = second => bail!(\"the second worker has ended: {ended:?}\"),
    }";

/// For a task that its owner cannot stop.
pub const STOP_WITH_OWNER: &str = "\
keep the handle and end the task there, or race its loop with a token:
    loop {
        tokio::select! {
            _ = token.cancelled() => break,
            _ = /* one turn */ => {}
        }
    }";
