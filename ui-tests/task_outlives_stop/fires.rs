//! Components with a method that stops them, and a loop that it does not reach.

use std::time::Duration;

async fn poll() {
    tokio::time::sleep(Duration::from_secs(1)).await;
}

struct Poller {
    is_stopped: bool,
}

impl Poller {
    fn start(&self) {
        tokio::spawn(async {
            //~^ task_outlives_stop
            loop {
                poll().await;
            }
        });
    }

    fn shutdown(&mut self) {
        self.is_stopped = true;
    }
}

async fn poll_for_ever() {
    loop {
        poll().await;
    }
}

struct Dropped;

impl Dropped {
    fn new() -> Self {
        tokio::spawn(poll_for_ever()); //~ task_outlives_stop
        Self
    }
}

impl Drop for Dropped {
    fn drop(&mut self) {
        println!("the poller is gone");
    }
}

/// One of its two tasks is forgotten.
struct Pair {
    reader: tokio::task::JoinHandle<()>,
}

impl Pair {
    fn start() -> Self {
        let reader = tokio::spawn(poll_for_ever()); //~ unsupervised_worker
        tokio::spawn(poll_for_ever()); //~ task_outlives_stop
        Self { reader }
    }

    fn close(&self) {
        self.reader.abort();
    }
}

/// Each message starts one more, and none ends.
async fn one_for_each_message(mut names: tokio::sync::mpsc::Receiver<String>) {
    while let Some(name) = names.recv().await {
        tokio::spawn(async move {
            //~^ task_outlives_stop
            loop {
                tokio::time::sleep(Duration::from_secs(1)).await;
                println!("{name}");
            }
        });
    }
}

/// Each peer starts one more, which does not end with it.
async fn handle_connection(mut socket: tokio::net::TcpStream) -> std::io::Result<()> {
    tokio::spawn(async {
        //~^ task_outlives_stop
        loop {
            tokio::time::sleep(Duration::from_secs(1)).await;
            println!("still here");
        }
    });
    let mut greeting = [0; 8];
    tokio::io::AsyncReadExt::read_exact(&mut socket, &mut greeting).await?;
    Ok(())
}
