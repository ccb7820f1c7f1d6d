//! Spawns outside of a function that is there for it, whatever becomes of the handle.

use anyhow::Result;
use tokio::task::JoinSet;

async fn greet() {
    println!("hello");
}

async fn awaited() -> Result<()> {
    Ok(tokio::spawn(greet()).await?) //~ raw_spawn
}

fn detached() {
    tokio::spawn(greet()); //~ raw_spawn
}

fn in_a_closure(names: Vec<String>) {
    names.into_iter().for_each(|name| {
        tokio::spawn(async move { println!("hello {name}") }); //~ raw_spawn
    });
}

fn through_use() {
    use tokio::spawn;
    spawn(greet()); //~ raw_spawn
}

fn on_a_runtime(runtime: &tokio::runtime::Handle) {
    runtime.spawn(greet()); //~ raw_spawn
}

async fn into_a_set() -> Result<()> {
    let mut greetings = JoinSet::new();
    greetings.spawn(greet()); //~ raw_spawn
    while let Some(greeted) = greetings.join_next().await {
        greeted?;
    }
    Ok(())
}

fn on_a_thread() {
    std::thread::spawn(|| println!("hello")); //~ raw_spawn
}
