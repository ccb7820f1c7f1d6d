//! A panic in a task ends the process, and so nothing goes on without it.

use tokio::sync::broadcast::{Receiver, Sender, channel};

#[tokio::main]
async fn main() {
    install();
    let (sender, receiver) = channel(16);
    tokio::spawn(count(receiver)); //~ unsupervised_worker
    tokio::spawn(announce("[::]:80".to_owned()));
    serve(sender).await;
}

fn install() {
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        before(panic);
        std::process::exit(1);
    }));
}

async fn count(mut numbers: Receiver<u64>) {
    let mut sum = 0;
    loop {
        sum += numbers.recv().await.unwrap();
        tracing::info!("{sum}");
    }
}

async fn announce(address: String) {
    tokio::net::TcpStream::connect(address).await.expect("the registry answers");
}

async fn serve(numbers: Sender<u64>) {
    let mut own = numbers.subscribe();
    // It says nothing.
    while let Ok(number) = own.recv().await { //~ lagged_ends_loop
        tracing::info!("{number}");
    }
}
