//! Tasks that are waited for, and whose error is thrown away all the same.

use std::time::Duration;

use anyhow::{Result, bail};
use futures::future::{join_all, try_join_all};
use tokio::task::{JoinHandle, JoinSet};
use tracing::{error, info};

async fn copy_table(name: &str) -> Result<u64> {
    if name.is_empty() {
        bail!("a table without a name");
    }
    tokio::time::sleep(Duration::from_secs(1)).await;
    Ok(1)
}

async fn underscore() {
    let copy = tokio::spawn(copy_table("users"));
    let _ = copy.await; //~ discarded_task_result
}

async fn underscore_at_once() {
    let _ = tokio::spawn(copy_table("users")).await; //~ discarded_task_result
}

async fn local_nobody_reads() {
    let copy = tokio::spawn(copy_table("users"));
    let _result = copy.await; //~ discarded_task_result
    info!("copied");
}

async fn turned_into_an_option() {
    let copy = tokio::spawn(copy_table("users"));
    copy.await.ok(); //~ discarded_task_result
}

/// The `?` sees panics only.
async fn question_mark_for_the_outer_error() -> Result<()> {
    let copy = tokio::spawn(copy_table("users"));
    copy.await?; //~ discarded_task_result
    Ok(())
}

async fn condition_for_the_outer_error() {
    let copy = tokio::spawn(copy_table("users"));
    if let Err(panic) = copy.await {
        //~^ discarded_task_result
        error!("copying panicked: {panic}");
    }
}

async fn match_for_the_outer_error() {
    let copy = tokio::spawn(copy_table("users"));
    match copy.await {
        //~^ discarded_task_result
        Ok(_) => info!("copied"),
        Err(panic) => error!("copying panicked: {panic}"),
    }
}

async fn select_arm() {
    let mut copy = tokio::spawn(copy_table("users"));
    tokio::select! {
        _ = &mut copy => info!("copied"), //~ discarded_task_result
        () = tokio::time::sleep(Duration::from_secs(60)) => info!("still copying"),
    }
}

async fn joined() {
    let copies: Vec<_> = ["users", "orders"].into_iter().map(|name| tokio::spawn(copy_table(name))).collect();
    join_all(copies).await; //~ discarded_task_result
}

async fn tried_together() -> Result<()> {
    let users = tokio::spawn(copy_table("users"));
    let orders = tokio::spawn(copy_table("orders"));
    tokio::try_join!(users, orders)?; //~ discarded_task_result
    Ok(())
}

async fn tried_together_as_a_list() -> Result<()> {
    let copies = ["users", "orders"].map(|name| tokio::spawn(copy_table(name)));
    try_join_all(copies).await?; //~ discarded_task_result
    Ok(())
}

async fn one_after_another(names: Vec<&'static str>) {
    let mut copies: Vec<JoinHandle<Result<u64>>> = Vec::new();
    for name in names {
        copies.push(tokio::spawn(copy_table(name)));
    }
    for copy in copies {
        let _ = copy.await; //~ discarded_task_result
    }
}

async fn drained_without_a_look(names: Vec<&'static str>) {
    let mut copies = JoinSet::new();
    for name in names {
        copies.spawn(copy_table(name));
    }
    while copies.join_next().await.is_some() {} //~ discarded_task_result
}

async fn drained_by_pattern(names: Vec<&'static str>) {
    let mut copies = JoinSet::new();
    for name in names {
        copies.spawn(copy_table(name));
    }
    while let Some(_) = copies.join_next().await {
        //~^ discarded_task_result
        info!("one more");
    }
}

/// The first panic looks like the end, and the set then aborts the others.
async fn drained_until_the_first_panic(names: Vec<&'static str>) -> u64 {
    let mut copies = JoinSet::new();
    for name in names {
        copies.spawn(copy_table(name));
    }
    let mut rows = 0;
    while let Some(Ok(copied)) = copies.join_next().await {
        //~^ discarded_task_result
        rows += copied.unwrap_or_default();
    }
    rows
}

fn thread() {
    let reader = std::thread::spawn(|| std::fs::read_to_string("/etc/hosts"));
    let _ = reader.join(); //~ discarded_task_result
}

fn thread_as_an_option() {
    let reader = std::thread::spawn(|| std::fs::read_to_string("/etc/hosts"));
    reader.join().ok(); //~ discarded_task_result
}

/// The end of its input asks it to finish; whether it could is not asked.
async fn after_closing_its_channel() {
    let (names, mut inbox) = tokio::sync::mpsc::channel::<&str>(1);
    let copies = tokio::spawn(async move {
        while let Some(name) = inbox.recv().await {
            copy_table(name).await?;
        }
        anyhow::Ok(())
    });
    let _ = names.send("users").await;
    drop(names);
    let _ = copies.await; //~ discarded_task_result
}

/// Whoever is told to stop leaves the loop: what follows in it runs while all goes on.
async fn behind_an_arm_that_leaves(
    mut names: tokio::sync::mpsc::Receiver<String>,
    stop: tokio_util::sync::CancellationToken,
) {
    loop {
        let name = tokio::select! {
            () = stop.cancelled() => break,
            Some(name) = names.recv() => name,
        };
        let copy = tokio::spawn(async move { copy_table(&name).await });
        let _ = copy.await; //~ discarded_task_result
    }
}

/// Nobody is asked, so nobody sees that nothing could be read.
async fn read_from_a_pipe() -> u64 {
    let read = tokio::task::spawn_blocking(move || {
        let mut line = String::new();
        std::io::stdin().read_line(&mut line)?;
        Ok::<_, std::io::Error>(line.len() as u64)
    });
    read.await.unwrap().unwrap_or(0) //~ discarded_task_result
}

/// A declared `Result` is one, however it is made.
async fn declared_by_a_closure(path: std::path::PathBuf) {
    let read = tokio::task::spawn_blocking(move || -> std::io::Result<Vec<u8>> {
        if path.as_os_str().is_empty() {
            return Ok(Default::default());
        }
        std::fs::read(path)
    });
    let _ = read.await; //~ discarded_task_result
}

/// The turns are over when the work is done: the token is only the quicker way out.
async fn after_the_last_turn(stop: tokio_util::sync::CancellationToken, mut left: u32) {
    let copy = tokio::spawn(copy_table("users"));
    while !stop.is_cancelled() {
        left -= 1;
        if left == 0 {
            break;
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
    let _ = copy.await; //~ discarded_task_result
}

/// What is said here is that all goes on.
fn told_to_go_on(quit: std::sync::Arc<std::sync::atomic::AtomicBool>) {
    let copy = std::thread::spawn(|| std::fs::copy("users", "users.old"));
    quit.store(false, std::sync::atomic::Ordering::Relaxed);
    let _ = copy.join(); //~ discarded_task_result
}

/// That the other side has closed is an error like others.
async fn closed_by_the_other_side(mut closed: tokio::sync::mpsc::Receiver<()>) {
    let copy = tokio::spawn(async move {
        tokio::select! {
            copied = copy_table("users") => copied,
            _ = closed.recv() => bail!("the connection is closed"),
        }
    });
    let _ = copy.await; //~ discarded_task_result
}

/// What is handed on in the `Ok` may hold an error, and each handle is that of its own task.
mod until_shutdown {
    use tokio::sync::broadcast;
    use tokio::task::JoinHandle;

    use super::{Result, copy_table};

    struct Executor {
        shutdown: broadcast::Sender<()>,
    }

    impl Executor {
        fn spawn<F>(&self, future: F) -> JoinHandle<Result<F::Output>>
        where
            F: Future + Send + 'static,
            F::Output: Send + 'static,
        {
            let mut shutdown = self.shutdown.subscribe();
            tokio::spawn(async move {
                tokio::select! {
                    output = future => Ok(output),
                    _ = shutdown.recv() => anyhow::bail!("cancelled"),
                }
            })
        }
    }

    struct AbortOnDrop<T>(JoinHandle<T>);

    impl<T> Drop for AbortOnDrop<T> {
        fn drop(&mut self) {
            self.0.abort();
        }
    }

    async fn refresh() {
        tokio::task::yield_now().await;
    }

    async fn run(executor: Executor) {
        let mut copy = AbortOnDrop(executor.spawn(async move { copy_table("users").await }));
        let mut refresher = AbortOnDrop(executor.spawn(async move { refresh().await }));
        tokio::select! {
            _ = &mut copy.0 => tracing::info!("copied"), //~ discarded_task_result
            _ = &mut refresher.0 => tracing::info!("refreshed"),
        }
    }
}

/// There is no other way: it is as if nothing had been asked.
mod one_way {
    use super::{Result, copy_table};

    async fn a_number_instead() -> Result<u64> {
        if let Ok(rows) = tokio::spawn(copy_table("users")).await? { //~ discarded_task_result
            return Ok(rows);
        }
        Ok(0)
    }

    async fn goes_on_with_it() -> Result<u64> {
        let mut all = 0;
        if let Ok(rows) = tokio::spawn(copy_table("users")).await? { //~ discarded_task_result
            all += rows;
        }
        let more = copy_table("groups").await?;
        Ok(all + more)
    }

    async fn read() -> Option<u64> {
        match tokio::spawn(copy_table("users")).await { //~ discarded_task_result
            Ok(Ok(rows)) => Some(rows),
            _ => None,
        }
    }

    async fn shown() {
        println!("{}", read().await.unwrap_or(0));
    }
}

/// Nothing is around the answer that could be looked at instead.
async fn bare_answer() {
    let copy = async_std::task::spawn(async { std::fs::copy("users", "users.old") });
    let _ = copy.await; //~ discarded_task_result
}

async fn ended_or_not(mut ticks: tokio::time::Interval) -> Result<()> {
    let mut copy = tokio::spawn(copy_table("users"));
    loop {
        tokio::select! {
            _ = &mut copy => break Ok(()), //~ discarded_task_result
            _ = ticks.tick() => {}
        }
    }
}

/// Nobody looks at what is gone through either.
async fn only_counted() {
    let mut count = 0;
    for _ in try_join_all(vec![tokio::spawn(copy_table("users"))]).await.unwrap_or_default() { //~ discarded_task_result
        count += 1;
    }
    info!("{count}");
}

/// An error is made of its end, and the cause is lost.
async fn ended_too_early(mut ticks: tokio::time::Interval) -> Result<()> {
    let mut copy = tokio::spawn(copy_table("users"));
    let reason = loop {
        tokio::select! {
            _ = &mut copy => break Err(anyhow::anyhow!("copying ended")), //~ discarded_task_result
            _ = ticks.tick() => {
                if ticks.period() > Duration::from_secs(60) {
                    break Ok(());
                }
            }
        }
    };
    reason
}

/// The panic is told, and both are thrown away.
async fn flattened_and_ignored() {
    use futures::FutureExt;

    let copy = tokio::spawn(copy_table("users")).map(|joined| match joined {
        Ok(result) => result,
        Err(panic) => Err(anyhow::Error::from(panic)),
    });
    let _ = copy.await; //~ discarded_task_result
}

/// Only the panic is looked at.
async fn nested() -> Result<()> {
    use futures::FutureExt;

    let mut copies = Vec::new();
    for table in ["users", "orders"] {
        copies.push(tokio::spawn(copy_table(table)).map(|joined| joined.map_err(anyhow::Error::from)));
    }
    match futures::future::select_ok(copies).await { //~ discarded_task_result
        Ok(_) => Ok(()),
        Err(_) => bail!("all copies panicked"),
    }
}
