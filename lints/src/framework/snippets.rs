//! Code to fill in that several lints propose. Each makes a failure heard; none only silences the finding.

use crate::model::ItemShape;

/// For a task whose end nobody learns of.
pub const WATCH: &str = "\
watch the task beside the others, and let the process fail when it ends:
    let mut tasks = tokio::task::JoinSet::new();
    tasks.spawn(/* the task */);
    while let Some(ended) = tasks.join_next().await {
        error!(\"a task has ended: {ended:?}\");
        std::process::exit(1);
    }";

/// As `WATCH`, where tokio has no `JoinSet` yet.
pub const WATCH_BY_SELECT: &str = "\
watch the task beside what else runs, and let the process fail when it ends:
    tokio::select! {
        ended = tokio::spawn(/* the task */) => bail!(\"a task has ended: {ended:?}\"),
        ended = /* what else runs */ => return ended,
    }";

/// Snippets that need a version of a library, and what is proposed before it.
const NEWER: &[Newer] = &[
    Newer { snippet: WATCH, library: "tokio", since: (1, 21), before: WATCH_BY_SELECT },
    Newer { snippet: LEAVE_AT_END, library: RUST, since: (1, 65), before: LEAVE_AT_END_BY_MATCH },
];

/// What decides besides libraries: the language itself.
pub const RUST: &str = "rust";

struct Newer {
    snippet: &'static str,
    library: &'static str,
    since: Version,
    before: &'static str,
}

/// Major and minor.
pub type Version = (u64, u64);

/// The libraries whose version decides what can be proposed.
pub fn libraries() -> impl Iterator<Item = &'static str> {
    NEWER.iter().map(|newer| newer.library).filter(|library| *library != RUST)
}

/// What to propose in place of a snippet that needs a newer library than the one there is.
pub fn before(snippet: &str, version: impl Fn(&str) -> Option<Version>) -> Option<&'static str> {
    let newer = NEWER.iter().find(|newer| newer.snippet == snippet)?;
    version(newer.library).filter(|there| *there < newer.since).map(|_| newer.before)
}

/// For an error that nobody hears of.
pub const LOG_INSIDE: &str = "\
log the error where it ends the task, or keep the handle and look at what it gives:
    tokio::spawn(async move {
        if let Err(error) = /* the work */.await {
            error!(\"the task has failed: {error:?}\");
        }
    });";

/// As `LOG_INSIDE`, where it is a panic that ends the task.
pub const FAIL_AND_LOG: &str = "\
give the error back with `?` rather than panic, and log it where it ends the task:
    tokio::spawn(async move {
        if let Err(error) = /* the work */.await {
            error!(\"the task has failed: {error:?}\");
        }
    });";

/// For a task of which only the end is waited for.
pub const LOOK_FOR_PANIC: &str = "\
look at how it ended:
    if let Err(panic) = task.await {
        error!(\"the task has panicked: {panic}\");
    }";

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

/// For the half of a client that has to be awaited.
pub const DRIVE: &str = "\
drive it in a task of its own, and say what ended it:
    tokio::spawn(async move {
        if let Err(error) = /* the connection */.await {
            error!(\"the connection is lost: {error}\");
        }
    });";

/// For the half of a client that has to be polled.
pub const POLL_ON: &str = "\
take what comes for as long as the client is used, and say what goes wrong:
    loop {
        match /* the next event */.await {
            Ok(event) => /* deal with it */,
            Err(error) => {
                warn!(\"the connection is in trouble: {error}\");
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
        }
    }";

/// For a half of a client that tells of errors.
pub const LISTEN_ON: &str = "\
listen for as long as the client is used:
    tokio::spawn(async move {
        while let Some(error) = errors.recv().await {
            error!(\"the connection is in trouble: {error:?}\");
        }
    });";

/// For a loop that nothing can stop.
pub const RACE_WITH_TOKEN: &str = "\
race each turn with a token, and cancel it when the service stops:
    loop {
        tokio::select! {
            _ = token.cancelled() => break,
            result = /* one turn */ => /* look at the result */,
        }
    }";

/// For a connection that is made again at once when it has ended.
pub const WAIT_ON_BOTH: &str = "\
tell of both ends, and pause after each:
    match /* the connection */.await {
        Ok(()) => info!(\"the connection has ended, connecting again\"),
        Err(error) => error!(\"the connection has failed: {error}\"),
    }
    tokio::time::sleep(RECONNECT_DELAY).await;";

/// For something that is tried again at once.
pub const BACK_OFF: &str = "\
pause before the next try, longer each time:
    error!(\"it has failed, trying again in {delay:?}: {error}\");
    tokio::time::sleep(delay).await;
    delay = (delay * 2).min(LONGEST_DELAY);";

/// For an end that a loop does not notice.
pub const LEAVE_AT_END: &str = "\
look at the answer, and leave when there will be no more:
    let Some(message) = receiver.recv().await else {
        warn!(\"the sender is gone\");
        break;
    };";

/// As `LEAVE_AT_END`, where Rust has no `let .. else` yet.
pub const LEAVE_AT_END_BY_MATCH: &str = "\
look at the answer, and leave when there will be no more:
    let message = match receiver.recv().await {
        Some(message) => message,
        None => {
            warn!(\"the sender is gone\");
            break;
        }
    };";

/// For a service that does not stop when it is told to.
pub const SHUTDOWN_SIGNAL: &str = "\
wait for SIGTERM as well as for Ctrl-C, and stop in the same way:
    async fn shutdown_signal() {
        use tokio::signal::unix::{SignalKind, signal};
        let mut terminate = signal(SignalKind::terminate()).expect(\"SIGTERM can be handled\");
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = terminate.recv() => {}
        }
    }";

/// For a process whose panics nobody hears of.
pub const PANIC_HOOK: &str = "\
install a hook first thing in `main` that logs the panic and ends the process, so that it is started again:
    let default = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        error!(\"{panic}\");
        default(panic);
        std::process::exit(1);
    }));";

/// For a wait that may take for ever.
pub const TIMEOUT: &str = "\
give the wait a limit, and treat its end as a failure:
    match tokio::time::timeout(Duration::from_secs(10), /* the call */).await {
        Ok(answer) => /* as before */,
        Err(_elapsed) => bail!(\"no answer within 10 s\"),
    }";

/// For a loop that waits for a peer that may be gone.
pub const LIMIT_SILENCE: &str = "\
give each wait a limit, and connect again when it runs out:
    match tokio::time::timeout(Duration::from_secs(60), /* the read */).await {
        Ok(value) => /* as before */,
        Err(_elapsed) => {
            warn!(\"nothing for 60 s, connecting again\");
            break;
        }
    }";

/// For an item that fails in a loop.
pub const SKIP_ITEM: &str = "\
report the item and go on with the next, after a pause where the same error may come back at once:
    match /* the item */ {
        Ok(item) => /* .. */,
        Err(error) => {
            warn!(\"skipped: {error}\");
            tokio::time::sleep(Duration::from_millis(100)).await;
            continue;
        }
    }";

/// For a loop over a subscription that ends at the first trouble.
pub const SUBSCRIBE_AGAIN: &str = "\
go on after an error, and subscribe again when the connection is lost:
    loop {
        if let Err(error) = /* subscribe and read until an error */.await {
            warn!(\"the subscription is lost, trying again: {error}\");
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
    }";

/// For a connection that ends.
pub const RECONNECT: &str = "\
connect again when it ends, or return an error to somebody who does:
    loop {
        let mut stream = /* connect */;
        while let Some(item) = stream.next().await {
            /* .. */
        }
        warn!(\"the connection is lost, connecting again\");
        tokio::time::sleep(Duration::from_secs(1)).await;
    }";

/// A chain of calls as it is written in a suggestion.
pub fn in_one_line(chain: &str) -> String {
    chain.lines().map(str::trim).collect()
}

/// For a loop over a receiver that may fall behind, with the call that receives.
pub fn three_arms(receive: &str) -> String {
    format!(
        "\
tell a gap from the end:
    loop {{
        match {receive} {{
            Ok(value) => /* the work */,
            Err(broadcast::error::RecvError::Lagged(missed)) => warn!(\"{{missed}} values were missed\"),
            Err(broadcast::error::RecvError::Closed) => break,
        }}
    }}"
    )
}

/// For a loop over a stream made of such a receiver.
pub fn stream_arms(receive: &str) -> String {
    format!(
        "\
go on after a gap:
    while let Some(value) = {receive} {{
        match value {{
            Ok(value) => /* the work */,
            Err(gap) => warn!(\"values were missed: {{gap}}\"),
        }}
    }}"
    )
}

/// For a loop that takes an error for the end, with the call that reads.
pub fn hand_error_on(read: &str, shape: ItemShape) -> String {
    match shape {
        ItemShape::OptionOfResult => format!(
            "\
hand the error on, or say that the rest is missing:
    while let Some(item) = {read} {{
        let item = item?;
        /* the work */
    }}"
        ),
        ItemShape::ResultOfOption => format!(
            "\
hand the error on, or say that the rest is missing:
    while let Some(item) = {read}? {{
        /* the work */
    }}"
        ),
    }
}

/// As `hand_error_on`, for a worker that has nobody to hand it to.
pub fn log_item_error(read: &str, shape: ItemShape) -> String {
    let (good, error, end) = match shape {
        ItemShape::OptionOfResult => ("Some(Ok(item))", "Some(Err(error))", "None"),
        ItemShape::ResultOfOption => ("Ok(Some(item))", "Err(error)", "Ok(None)"),
    };
    format!(
        "\
say why it ends, and let somebody begin anew:
    loop {{
        match {read} {{
            {good} => /* the work */,
            {error} => {{
                error!(\"the stream is broken: {{error}}\");
                break;
            }}
            {end} => break,
        }}
    }}"
    )
}

/// For an arm of a `select!` that does not see the end of its channel.
pub fn see_the_end(receive: &str) -> String {
    format!(
        "\
take every answer, and leave when there will be no more:
    received = {receive} => match received {{
        Some(value) => /* the work */,
        None => break,
    }},"
    )
}

/// For an arm of a `select!` that loses what it has half read or written.
pub const OWN_TASK: &str = "\
do it in a task of its own, and let the `select!` wait for a channel:
    let (sender, mut receiver) = tokio::sync::mpsc::channel(16);
    tasks.spawn(async move {
        loop {
            let frame = /* read one */;
            sender.send(frame).await?;
        }
    });";
