//! Loops that the stop reaches, or that have a way out of their own.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::task::{JoinHandle, JoinSet};
use tokio_util::sync::CancellationToken;

async fn poll() {
    tokio::time::sleep(Duration::from_secs(1)).await;
}

async fn poll_for_ever() {
    loop {
        poll().await;
    }
}

struct Aborted {
    task: Option<JoinHandle<()>>,
}

impl Aborted {
    fn start(&mut self) {
        self.task = Some(tokio::spawn(poll_for_ever())); //~ unsupervised_worker
    }

    fn stop(&mut self) {
        if let Some(task) = self.task.take() {
            task.abort();
        }
    }
}

struct Set {
    tasks: JoinSet<()>,
}

impl Set {
    fn start(&mut self) {
        self.tasks.spawn(poll_for_ever());
    }

    fn stop(&mut self) {
        self.tasks.abort_all();
    }
}

struct Cancelled {
    stop: CancellationToken,
}

impl Cancelled {
    fn raced_in_the_loop(&self) {
        let stop = self.stop.clone();
        tokio::spawn(async move {
            //~^ unsupervised_worker
            loop {
                tokio::select! {
                    () = stop.cancelled() => break,
                    () = poll() => {}
                }
            }
        });
    }

    fn raced_around_the_loop(&self) {
        let stop = self.stop.clone();
        tokio::spawn(async move {
            //~^ unsupervised_worker
            tokio::select! {
                () = stop.cancelled() => {}
                () = poll_for_ever() => {}
            }
        });
    }

    fn run_until_cancelled(&self) {
        let stop = self.stop.clone();
        tokio::spawn(async move { stop.run_until_cancelled(poll_for_ever()).await }); //~ unsupervised_worker
    }

    fn stop(&self) {
        self.stop.cancel();
    }
}

struct Flagged {
    stopped: Arc<AtomicBool>,
}

impl Flagged {
    fn start(&self) {
        let stopped = self.stopped.clone();
        tokio::spawn(async move {
            //~^ unsupervised_worker
            loop {
                if stopped.load(Ordering::Relaxed) {
                    break;
                }
                poll().await;
            }
        });
    }

    fn stop(&self) {
        self.stopped.store(true, Ordering::Relaxed);
    }
}

/// Nothing says that it can be stopped.
struct ForLife;

impl ForLife {
    fn start(&self) {
        tokio::spawn(poll_for_ever()); //~ unsupervised_worker
    }
}

struct OneShot;

impl OneShot {
    fn start(&self) {
        tokio::spawn(poll());
    }

    fn stop(&self) {}
}

/// One for each name of a list, once.
fn one_for_each_of_a_list(names: Vec<String>) {
    for name in names {
        tokio::spawn(async move {
            loop {
                poll().await;
                println!("{name}");
            }
        });
    }
}

/// The loop is left as soon as it could start it.
async fn started_at_last() {
    loop {
        if tokio::fs::metadata("/run/ready").await.is_ok() {
            tokio::spawn(poll_for_ever());
            break;
        }
        poll().await;
    }
}

/// It ends with the peer: nothing more can be sent.
async fn handle_client(socket: tokio::net::TcpStream) {
    tokio::spawn(async move {
        loop {
            tokio::time::sleep(Duration::from_secs(1)).await;
            if socket.try_write(b"ping").is_err() {
                break;
            }
        }
    });
}
