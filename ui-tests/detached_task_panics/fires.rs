//! Tasks that a failure of the outside world ends with a panic, and nobody learns of it.

use std::path::PathBuf;
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};

fn refused_connection(address: String) {
    tokio::spawn(async move {
        //~^ detached_task_panics
        let stream = TcpStream::connect(address).await.unwrap();
        drop(stream);
    });
}

fn full_disk(path: PathBuf, text: String) {
    tokio::spawn(async move {
        //~^ detached_task_panics
        tokio::fs::write(path, text).await.expect("the disk has room");
    });
}

/// The message on the way does not change what becomes of it.
fn with_context(path: PathBuf) {
    use anyhow::Context;
    tokio::spawn(async move {
        //~^ detached_task_panics
        let text = tokio::fs::read_to_string(&path).await.context("cannot read the rules").unwrap();
        println!("{text}");
    });
}

/// A server: its listener cannot bind, and nothing says so but a panic.
fn server(address: String) {
    tokio::spawn(async move {
        //~^ detached_task_panics
        let listener = TcpListener::bind(address).await.unwrap();
        axum::serve(listener, axum::Router::new()).await.unwrap();
    });
}

/// The first failed turn is the last.
fn worker(path: PathBuf) {
    tokio::spawn(async move {
        //~^ detached_task_panics
        loop {
            let rules = tokio::fs::read_to_string(&path).await.unwrap();
            println!("{} rules", rules.lines().count());
            tokio::time::sleep(Duration::from_secs(60)).await;
        }
    });
}

async fn announce(address: String) {
    let stream = TcpStream::connect(address).await.expect("the registry answers");
    drop(stream);
}

fn in_the_callee(address: String) {
    tokio::spawn(announce(address)); //~ detached_task_panics
}

fn with_a_local_nobody_reads(address: String) {
    let _announcing = tokio::spawn(announce(address)); //~ detached_task_panics
}
