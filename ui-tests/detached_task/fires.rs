//! Every way to lose a handle: here it does not matter what the task does.

use std::time::Duration;

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
