//! A default in place of an error: the caller cannot tell "nothing there" from "could not look".

use std::path::PathBuf;

fn scan(folder: PathBuf) -> std::io::Result<Vec<PathBuf>> {
    std::fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect()
}

async fn default_for_both_errors(folder: PathBuf) -> Vec<PathBuf> {
    let scanned = tokio::task::spawn_blocking(move || scan(folder));
    scanned.await.unwrap_or_else(|_| Ok(Vec::new())).unwrap_or_default() //~ discarded_task_result
}

async fn default_through_options(folder: PathBuf) -> Vec<PathBuf> {
    let scanned = tokio::task::spawn_blocking(move || scan(folder));
    scanned.await.ok().and_then(Result::ok).unwrap_or_default() //~ discarded_task_result
}

/// Told before it is replaced.
async fn default_after_a_log(folder: PathBuf) -> Vec<PathBuf> {
    let scanned = tokio::task::spawn_blocking(move || scan(folder));
    match scanned.await {
        Ok(Ok(paths)) => paths,
        failed => {
            tracing::warn!("cannot scan: {failed:?}");
            Vec::new()
        }
    }
}

/// The answer tells what happened.
async fn default_for_panics_only(folder: PathBuf) -> std::io::Result<Vec<PathBuf>> {
    let scanned = tokio::task::spawn_blocking(move || scan(folder));
    scanned.await.unwrap_or_else(|panic| Err(std::io::Error::other(panic)))
}
