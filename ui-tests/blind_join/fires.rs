//! Places that wait for tasks and do not look at how they ended.

use tokio::task::{JoinHandle, JoinSet};

async fn work() {
    loop {
        tokio::task::yield_now().await;
    }
}

async fn underscore(worker: JoinHandle<()>) {
    let _ = worker.await; //~ blind_join
}

/// Started again, and why it had to be is not told.
async fn underscore_of_its_own() {
    loop {
        let worker = tokio::spawn(work());
        let _ = worker.await; //~ blind_join
    }
}

async fn ok_as_a_statement(worker: JoinHandle<()>) {
    worker.await.ok(); //~ blind_join
}

async fn one_after_another(workers: Vec<JoinHandle<()>>) {
    for worker in workers {
        let _ = worker.await; //~ blind_join
    }
}

async fn drained() {
    loop {
        let mut workers = JoinSet::new();
        workers.spawn(work());
        while workers.join_next().await.is_some() {} //~ blind_join
    }
}

async fn arm_of_a_select(mut worker: JoinHandle<()>) {
    tokio::select! {
        _ = &mut worker => {} //~ blind_join
        _ = tokio::signal::ctrl_c() => {}
    }
}

fn thread(worker: std::thread::JoinHandle<()>) {
    let _ = worker.join(); //~ blind_join
}

struct Service {
    worker: JoinHandle<()>,
}

impl Service {
    async fn ended(&mut self) {
        let _ = (&mut self.worker).await; //~ blind_join
    }
}

/// The first panic ends the loop, and the set aborts the others.
async fn while_all_is_well() {
    loop {
        let mut workers = JoinSet::new();
        workers.spawn(work());
        while let Some(Ok(())) = workers.join_next().await {} //~ blind_join
    }
}

struct Ticker {
    thread: Option<std::thread::JoinHandle<()>>,
}

impl Ticker {
    fn start(&mut self) {
        self.thread = Some(std::thread::spawn(|| println!("tick")));
    }

    /// What the thread had to tell ends here.
    fn shutdown(&mut self) {
        if let Some(thread) = self.thread.take() {
            let _ = thread.join(); //~ blind_join
        }
    }
}
