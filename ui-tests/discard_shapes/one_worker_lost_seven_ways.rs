//! The same with a worker that tells its errors: that it is gone nobody learns.

use std::time::Duration;

use tokio::task::{JoinHandle, JoinSet};

async fn work() {
    loop {
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}

fn statement() {
    tokio::spawn(work()); //~ unsupervised_worker
}

fn underscore() {
    let _ = tokio::spawn(work()); //~ unsupervised_worker
}

fn name_with_an_underscore() {
    let _handle = tokio::spawn(work()); //~ unsupervised_worker
}

fn dropped() {
    let handle = tokio::spawn(work()); //~ unsupervised_worker
    drop(handle);
}

async fn awaited_into_nothing() {
    let handle = tokio::spawn(work());
    let _ = handle.await; //~ blind_join
}

struct Workers {
    handles: Vec<JoinHandle<()>>,
}

impl Workers {
    fn pushed_and_never_read(&mut self) {
        self.handles.push(tokio::spawn(work())); //~ unsupervised_worker
    }
}

fn pushed_to_a_local() {
    let mut handles = Vec::new();
    handles.push(tokio::spawn(work())); //~ unsupervised_worker
}

async fn drained_blind() {
    let mut set = JoinSet::new();
    set.spawn(work());
    while set.join_next().await.is_some() {} //~ blind_join
}
