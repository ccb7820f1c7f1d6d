//! Threads that may sleep.

use std::time::Duration;

use tokio::time::sleep;

/// The task sleeps.
async fn refresh() {
    loop {
        sleep(Duration::from_secs(60)).await;
    }
}

/// The thread is its own.
async fn own_thread() {
    let done = tokio::task::spawn_blocking(|| {
        for _ in 0..3 {
            std::thread::sleep(Duration::from_secs(1));
        }
    });
    done.await.unwrap();
}

fn not_async() {
    loop {
        std::thread::sleep(Duration::from_secs(1));
    }
}

/// Once, at the start.
async fn once() {
    std::thread::sleep(Duration::from_millis(1));
}

#[tokio::main]
async fn main() {
    tokio::join!(refresh(), own_thread(), once());
    not_async();
}
