//! The seven ways in which a handle is lost: each is seen by one lint at least.

use std::path::PathBuf;

use anyhow::Result;
use tokio::task::{JoinHandle, JoinSet};

async fn save(path: PathBuf) -> Result<()> {
    tokio::fs::write(path, "saved").await?;
    Ok(())
}

fn statement(path: PathBuf) {
    tokio::spawn(save(path)); //~ lost_task_error
}

fn underscore(path: PathBuf) {
    let _ = tokio::spawn(save(path)); //~ lost_task_error
}

fn name_with_an_underscore(path: PathBuf) {
    let _handle = tokio::spawn(save(path)); //~ lost_task_error
}

fn dropped(path: PathBuf) {
    let handle = tokio::spawn(save(path)); //~ lost_task_error
    drop(handle);
}

async fn awaited_into_nothing(path: PathBuf) {
    let handle = tokio::spawn(save(path));
    let _ = handle.await; //~ discarded_task_result
}

struct Saver {
    handles: Vec<JoinHandle<Result<()>>>,
}

impl Saver {
    fn pushed_and_never_read(&mut self, path: PathBuf) {
        self.handles.push(tokio::spawn(save(path))); //~ lost_task_error
    }
}

fn pushed_to_a_local(paths: Vec<PathBuf>) {
    let mut handles = Vec::new();
    for path in paths {
        handles.push(tokio::spawn(save(path))); //~ lost_task_error
    }
}

async fn drained_blind(paths: Vec<PathBuf>) {
    let mut set = JoinSet::new();
    for path in paths {
        set.spawn(save(path));
    }
    while set.join_next().await.is_some() {} //~ discarded_task_result
}
