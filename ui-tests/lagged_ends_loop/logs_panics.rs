//! The hook writes panics to the log, and the process goes on without the task.

use tokio::sync::broadcast::{Receiver, channel};

#[tokio::main]
async fn main() {
    std::panic::set_hook(Box::new(|panic| tracing::error!("{panic}")));
    let (_sender, receiver) = channel(16);
    tokio::spawn(count(receiver)); //~ unsupervised_worker
    std::future::pending::<()>().await;
}

async fn count(mut numbers: Receiver<u64>) {
    let mut sum = 0;
    loop {
        sum += numbers.recv().await.unwrap(); //~ lagged_ends_loop
        tracing::info!("{sum}");
    }
}
