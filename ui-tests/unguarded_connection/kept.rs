//! Watchers of files, which watch as long as they are kept.

use std::path::Path;

use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};
use tokio::sync::mpsc;
use tracing::{error, info};

/// It is gone when the function returns, and with it the sender.
fn follow(path: &Path) -> notify::Result<mpsc::Receiver<Event>> {
    let (events, changes) = mpsc::channel(16);
    let mut watcher = notify::recommended_watcher(move |event| { //~ unguarded_connection
        if let Ok(event) = event {
            let _ = events.blocking_send(event);
        }
    })?;
    watcher.watch(path, RecursiveMode::Recursive)?;
    Ok(changes)
}

fn start(path: &Path) -> notify::Result<()> {
    let (events, mut changes) = mpsc::unbounded_channel();
    let mut watcher = RecommendedWatcher::new(move |event| drop(events.send(event)), Default::default())?;
    //~^ unguarded_connection
    watcher.watch(path, RecursiveMode::NonRecursive)?;
    tokio::spawn(async move {
        while let Some(change) = changes.recv().await {
            info!("{change:?}");
        }
    });
    Ok(())
}

/// What the documentation shows: the watcher goes back with the receiver.
fn follow_and_keep(path: &Path) -> notify::Result<(RecommendedWatcher, mpsc::UnboundedReceiver<notify::Result<Event>>)> {
    let (events, changes) = mpsc::unbounded_channel();
    let mut watcher = notify::recommended_watcher(move |event| drop(events.send(event)))?;
    watcher.watch(path, RecursiveMode::Recursive)?;
    Ok((watcher, changes))
}

/// It lives as long as the loop.
async fn watch(path: &Path) -> notify::Result<()> {
    let (events, mut changes) = mpsc::unbounded_channel();
    let mut watcher = notify::recommended_watcher(move |event| drop(events.send(event)))?;
    watcher.watch(path, RecursiveMode::Recursive)?;
    while let Some(change) = changes.recv().await {
        match change {
            Ok(change) => info!("{change:?}"),
            Err(error) => error!("{error}"),
        }
    }
    Ok(())
}

/// Kept in a field.
struct Configuration {
    watcher: Option<RecommendedWatcher>,
}

impl Configuration {
    fn reload_on_change(&mut self, path: &Path) -> notify::Result<()> {
        let mut watcher = notify::recommended_watcher(|event| info!("{event:?}"))?;
        watcher.watch(path, RecursiveMode::NonRecursive)?;
        self.watcher = Some(watcher);
        Ok(())
    }
}

/// Kept for ever.
fn leak(path: &Path) -> notify::Result<()> {
    let mut watcher = notify::recommended_watcher(|event| info!("{event:?}"))?;
    watcher.watch(path, RecursiveMode::NonRecursive)?;
    std::mem::forget(watcher);
    Ok(())
}

/// It waits until it is told to go on.
fn until_created(path: &Path) -> notify::Result<()> {
    let (events, changes) = std::sync::mpsc::channel();
    let mut watcher = notify::recommended_watcher(move |event| drop(events.send(event)))?;
    watcher.watch(path, RecursiveMode::NonRecursive)?;
    let _ = changes.recv();
    Ok(())
}

// What the adaptors leave of it is given to the caller.
fn made_in_steps(folder: &Path) -> Result<notify::RecommendedWatcher, String> {
    let made = notify::recommended_watcher(|event| info!("{event:?}"))
        .and_then(|mut watcher| watcher.watch(folder, RecursiveMode::Recursive).map(|()| watcher));
    made.map_err(|error| format!("cannot watch: {error}"))
}
