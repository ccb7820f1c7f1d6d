//! Futures that hold no thread of the runtime, and one that does.

use std::thread::sleep;
use std::time::Duration;

/// `main` is blocked on, and this is a part of it.
async fn wait_for_scanner() {
    while !answers() {
        sleep(Duration::from_secs(10));
    }
}

fn answers() -> bool {
    true
}

/// Each chain has a thread, and blocks on what it asks for.
async fn wait_for_commit() {
    loop {
        sleep(Duration::from_millis(300));
        if answers() {
            break;
        }
    }
}

async fn send_and_wait() {
    wait_for_commit().await;
}

fn chain(runtime: &tokio::runtime::Runtime) {
    runtime.block_on(wait_for_commit());
    runtime.block_on(async {
        send_and_wait().await;
        while !answers() {
            sleep(Duration::from_millis(300));
        }
    });
}

/// Blocked on here, and spawned there.
async fn wait_for_peer() {
    while !answers() {
        sleep(Duration::from_secs(1)); //~ blocking_sleep_in_async
    }
}

#[tokio::main]
async fn main() {
    wait_for_scanner().await;
    let runtime = tokio::runtime::Runtime::new().expect("a runtime can be made");
    std::thread::spawn(move || chain(&runtime)).join().expect("the chain does not panic");
    wait_for_peer().await;
    let peer = tokio::spawn(wait_for_peer());
    let late = tokio::spawn(async {
        while !answers() {
            sleep(Duration::from_secs(1)); //~ blocking_sleep_in_async
        }
    });
    peer.await.expect("the peer answers");
    late.await.expect("the peer answers");
}
