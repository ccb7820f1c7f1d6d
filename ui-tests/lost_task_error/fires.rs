//! Jobs that end by themselves, and whose error goes nowhere.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use tokio::task::JoinHandle;

async fn save(report: String) -> Result<()> {
    tokio::fs::write("/var/lib/reports/last", report).await.context("cannot save the report")
}

fn as_a_statement(report: String) {
    tokio::spawn(save(report)); //~ lost_task_error
}

fn as_underscore(report: String) {
    let _ = tokio::spawn(save(report)); //~ lost_task_error
}

async fn as_a_local_nobody_reads(report: String) {
    let _saving = tokio::spawn(save(report)); //~ lost_task_error
    tokio::task::yield_now().await;
}

fn by_drop(report: String) {
    let saving = tokio::spawn(save(report)); //~ lost_task_error
    drop(saving);
}

/// `?` in the task itself; the last line would have told of nothing else.
fn question_mark(path: PathBuf) {
    tokio::spawn(async move {
        //~^ lost_task_error
        let text = tokio::fs::read_to_string(path).await?;
        tracing::info!("{} bytes", text.len());
        Ok::<(), std::io::Error>(())
    });
}

/// The row stays at "running" for ever: only this job can finish it.
fn one_shot_job(id: u64) {
    tokio::spawn(run_job(id)); //~ lost_task_error
}

async fn run_job(id: u64) -> Result<()> {
    if id == 0 {
        bail!("no such job");
    }
    save(format!("job {id} is done")).await
}

fn bounded_loop(reports: Vec<String>) {
    tokio::spawn(async move {
        //~^ lost_task_error
        for report in reports {
            save(report).await?;
        }
        anyhow::Ok(())
    });
}

fn on_a_blocking_thread(path: PathBuf) {
    tokio::task::spawn_blocking(move || std::fs::remove_file(path)); //~ lost_task_error
}

fn on_a_thread(path: PathBuf) {
    std::thread::spawn(move || -> std::io::Result<()> {
        //~^ lost_task_error
        std::fs::remove_file(&path)?;
        std::fs::write(path, "gone")
    });
}

/// Logging the start, or one error of two, tells nothing of the other.
fn one_of_two_is_logged(report: String) {
    tokio::spawn(async move {
        //~^ lost_task_error
        tracing::info!("saving");
        if let Err(error) = save(report.clone()).await {
            tracing::error!("not saved: {error}");
            return Err(error);
        }
        save(report).await
    });
}

#[derive(Default)]
struct Jobs {
    running: Vec<JoinHandle<Result<()>>>,
}

impl Jobs {
    fn push(&mut self, report: String) {
        self.running.push(tokio::spawn(save(report))); //~ lost_task_error
    }
}

/// A wrapper that drops what it spawns is as silent as what it wraps.
fn in_background<F>(work: F)
where
    F: std::future::Future<Output = Result<()>> + Send + 'static,
{
    tokio::spawn(work);
}

fn through_a_wrapper(report: String) {
    in_background(save(report)); //~ lost_task_error
}
