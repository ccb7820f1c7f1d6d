//! Every way to lose a handle: here it does not matter what the task does.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use foreign::{Events, process_events};
use tokio::task::JoinHandle;

async fn greet() {
    println!("hello");
}

fn as_a_statement() {
    tokio::spawn(greet()); //~ detached_task
}

fn as_underscore() {
    let _ = tokio::spawn(greet()); //~ detached_task
}

async fn as_a_local_nobody_reads() {
    let _greeting = tokio::spawn(greet()); //~ detached_task
    tokio::time::sleep(Duration::from_secs(1)).await;
}

fn by_drop() {
    let greeting = tokio::spawn(greet()); //~ detached_task
    drop(greeting);
}

fn in_a_closure(names: Vec<String>) {
    names.into_iter().for_each(|name| {
        tokio::spawn(async move { println!("hello {name}") }); //~ detached_task
    });
}

fn on_a_thread() {
    std::thread::spawn(|| println!("hello")); //~ detached_task
}

fn on_a_blocking_thread() {
    tokio::task::spawn_blocking(|| println!("hello")); //~ detached_task
}

fn on_a_runtime(runtime: &tokio::runtime::Handle) {
    runtime.spawn(greet()); //~ detached_task
}

struct Greeter {
    _greeting: JoinHandle<()>,
}

impl Greeter {
    fn new() -> Self {
        Self { _greeting: tokio::spawn(greet()) } //~ detached_task
    }
}

struct Stoppable {
    greeting: JoinHandle<()>,
}

impl Stoppable {
    fn new() -> Self {
        Self { greeting: tokio::spawn(greet()) } //~ detached_task
    }

    fn stop(&self) {
        self.greeting.abort();
    }
}

#[derive(Default)]
struct Many {
    greetings: Vec<JoinHandle<()>>,
}

impl Many {
    fn push(&mut self) {
        self.greetings.push(tokio::spawn(greet())); //~ detached_task
    }
}

/// It goes on until it is told to stop, and only then somebody waits for it.
struct Listener {
    terminate: Arc<AtomicBool>,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl Listener {
    fn start() -> Self {
        let terminate = Arc::new(AtomicBool::new(false));
        let terminated = terminate.clone();
        let thread = std::thread::spawn(move || { //~ detached_task
            while !terminated.load(Ordering::SeqCst) {
                listen().expect("the connection holds");
            }
        });
        Self { terminate, thread: Some(thread) }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.terminate.store(true, Ordering::SeqCst);
        self.thread.take().unwrap().join().expect("the listener has not panicked");
    }
}

fn listen() -> std::io::Result<()> {
    std::thread::sleep(Duration::from_millis(500));
    Ok(())
}

/// The same of what a library runs: it would not have to be told if it ended by itself.
async fn processes_events(events: Events) {
    let (exit, told_to_exit) = tokio::sync::watch::channel(());
    let processor = tokio::spawn(process_events(events, move || { //~ detached_task
        let mut told_to_exit = told_to_exit.clone();
        Box::pin(async move { told_to_exit.changed().await })
    }));
    read_commands().await;
    exit.send(()).unwrap();
    processor.await.unwrap().unwrap();
}

async fn read_commands() {
    tokio::time::sleep(Duration::from_secs(1)).await;
}
