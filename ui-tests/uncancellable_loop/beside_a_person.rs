//! A node that peers connect to, and that a person types commands into: what runs beside goes on when the person has left.

use std::io::Write;
use std::time::Duration;

use tokio::net::TcpListener;

async fn start() {
    let listener = TcpListener::bind("0.0.0.0:9735").await.expect("the port is free");
    tokio::spawn(async move { //~ detached_task_panics
        loop { //~ uncancellable_loop
            let (socket, _) = listener.accept().await.unwrap(); //~ fatal_item_error
            tracing::info!("{socket:?}");
        }
    });
    tokio::spawn(async { //~ unsupervised_worker
        let mut beat = tokio::time::interval(Duration::from_secs(1));
        loop { //~ uncancellable_loop
            beat.tick().await;
            tracing::info!("dial those that are gone");
        }
    });
}

fn ask() {
    let mut lines = std::io::stdin().lines();
    loop {
        print!("> ");
        std::io::stdout().flush().unwrap();
        match lines.next() {
            Some(line) => println!("{} is not known", line.unwrap()),
            None => break,
        }
    }
}

#[tokio::main]
async fn main() {
    start().await;
    ask();
}
