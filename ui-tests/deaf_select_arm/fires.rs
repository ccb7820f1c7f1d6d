use tokio::sync::mpsc::{Receiver, UnboundedReceiver};
use tokio::time::Interval;

async fn batches(mut jobs: Receiver<u32>, mut ticks: Interval) {
    let mut batch = Vec::new();
    loop {
        tokio::select! {
            Some(job) = jobs.recv() => batch.push(job), //~ deaf_select_arm
            _ = ticks.tick() => batch.clear(),
        }
    }
}

async fn dead_else(mut jobs: Receiver<u32>, mut other: UnboundedReceiver<u32>) {
    loop {
        tokio::select! {
            Some(job) = jobs.recv() => println!("{job}"), //~ deaf_select_arm
            job = other.recv() => println!("{job:?}"), //~ closed_channel_spin
            else => break,
        }
    }
}
