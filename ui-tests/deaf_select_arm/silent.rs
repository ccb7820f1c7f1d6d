use tokio::sync::mpsc::{Receiver, UnboundedReceiver};
use tokio::time::Interval;
use tokio_util::sync::CancellationToken;

async fn sees_the_end(mut jobs: Receiver<u32>, mut ticks: Interval) {
    loop {
        tokio::select! {
            job = jobs.recv() => match job {
                Some(job) => println!("{job}"),
                None => break,
            },
            _ = ticks.tick() => {}
        }
    }
}

async fn has_another_way_out(mut jobs: Receiver<u32>, token: CancellationToken) {
    loop {
        tokio::select! {
            Some(job) = jobs.recv() => println!("{job}"),
            _ = token.cancelled() => break,
        }
    }
}

async fn all_can_end(mut jobs: Receiver<u32>, mut other: UnboundedReceiver<u32>) {
    loop {
        tokio::select! {
            Some(job) = jobs.recv() => println!("{job}"),
            Some(job) = other.recv() => println!("{job}"),
            else => break,
        }
    }
}

async fn once(mut jobs: Receiver<u32>, mut ticks: Interval) {
    tokio::select! {
        Some(job) = jobs.recv() => println!("{job}"),
        _ = ticks.tick() => {}
    }
}

// The set of tasks is filled again by the other arm.
async fn tasks(mut set: tokio::task::JoinSet<()>, mut jobs: Receiver<u32>) {
    loop {
        tokio::select! {
            Some(ended) = set.join_next() => ended.expect("no task panics"),
            job = jobs.recv() => match job {
                Some(_) => _ = set.spawn(async {}),
                None => break,
            },
        }
    }
}

async fn unknown(mut jobs: somewhere::Jobs, mut ticks: Interval) {
    loop {
        tokio::select! {
            Some(job) = jobs.fetch() => println!("{job}"),
            _ = ticks.tick() => {}
        }
    }
}
