//! Ctrl-C only asks others to stop, and the process ends before they can: SIGTERM does the same.

use std::sync::Arc;

use tokio::net::TcpListener;
use tokio::sync::Notify;

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let listener = TcpListener::bind("0.0.0.0:80").await?;
    let stop = Arc::new(Notify::new());
    let stopped = stop.clone();
    let server = tokio::spawn(async move {
        axum::serve(listener, axum::Router::new())
            .with_graceful_shutdown(async move { stopped.notified().await })
            .await
    });
    tokio::select! {
        _ = tokio::signal::ctrl_c() => println!("stopping"),
        result = server => result.expect("the server has panicked")?,
    }
    stop.notify_waiters();
    println!("stopped");
    Ok(())
}
