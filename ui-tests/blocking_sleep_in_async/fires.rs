//! Threads of the runtime that sleep.

use std::thread::sleep;
use std::time::Duration;

async fn refresh() {
    loop {
        load();
        std::thread::sleep(Duration::from_secs(60)); //~ blocking_sleep_in_async
    }
}

/// The name alone tells nothing: this is that of the standard library.
async fn imported(ready: impl Fn() -> bool) {
    while !ready() {
        sleep(Duration::from_millis(10)); //~ blocking_sleep_in_async
    }
}

fn load() {}

#[tokio::main]
async fn main() {
    tokio::join!(refresh(), imported(|| true));
}
