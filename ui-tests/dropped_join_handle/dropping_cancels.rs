//! Executors whose tasks die with their handle.

use std::io;

async fn next_frame() -> io::Result<Vec<u8>> {
    smol::fs::read("/run/frame").await
}

async fn render() -> io::Result<()> {
    loop {
        next_frame().await?;
    }
}

fn smol_task() {
    let _ = smol::spawn(render()); //~ dropped_join_handle
}

fn smol_task_kept_alive() -> smol::Task<io::Result<()>> {
    smol::spawn(render())
}

/// `detach` says aloud that nobody waits for it.
fn smol_task_detached() {
    smol::spawn(render()).detach();
}
