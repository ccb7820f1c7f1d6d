//! Macros of the project that never come back, one that does, and a function that has no error to give.

use std::fmt::Arguments;
use std::time::Duration;

macro_rules! log_and_end {
    ($($arg:tt)+) => { say_and_exit(format_args!($($arg)+)) };
}

macro_rules! report_failure {
    () => {{
        eprintln!("good bye");
        std::process::exit(1)
    }};
    ($($arg:tt)+) => {
        panic!($($arg)+);
    };
}

macro_rules! output_error {
    ($($arg:tt)+) => { say(format_args!($($arg)+)) };
}

fn say(text: Arguments<'_>) {
    eprintln!("{text}");
}

fn say_and_exit(text: Arguments<'_>) -> ! {
    say(text);
    std::process::exit(1);
}

async fn follow() -> Result<(), String> {
    loop {
        tokio::time::sleep(Duration::from_secs(1)).await;
        std::fs::read("/run/feed").map_err(|error| error.to_string())?;
    }
}

async fn calls_what_exits() -> Result<(), String> {
    if let Err(error) = follow().await {
        log_and_end!("cannot follow: {error}");
    }
    Ok(())
}

async fn exits_or_panics() -> Result<(), String> {
    if let Err(error) = follow().await {
        report_failure!("cannot follow: {error}");
    }
    Ok(())
}

async fn only_says_so() -> Result<(), String> {
    if let Err(error) = follow().await { //~ worker_returns_ok
        output_error!("cannot follow: {error}");
    }
    Ok(())
}

/// It says `Ok` wherever it ends.
async fn start() -> Result<(), String> {
    let follower = tokio::spawn(follow());
    follower.await.expect("it does not panic").expect("the feed is there");
    Ok(())
}

async fn has_no_error_to_name() -> Result<(), String> {
    if let Err(error) = start().await {
        tracing::error!("cannot start: {error}");
    }
    Ok(())
}

#[tokio::main]
async fn main() -> Result<(), String> {
    tokio::try_join!(calls_what_exits(), exits_or_panics(), only_says_so(), has_no_error_to_name())?;
    Ok(())
}
