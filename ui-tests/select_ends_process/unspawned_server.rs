//! What is not spawned panics in the function that waits for it, which is no quiet end.

use anyhow::Result;
use axum::Router;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tracing::info;

async fn listen() {
    let listener = TcpListener::bind("0.0.0.0:80").await.unwrap();
    info!("listening on {}", listener.local_addr().unwrap());
    axum::serve(listener, Router::new()).await.unwrap()
}

async fn listen_or_fail() -> Result<()> {
    let listener = TcpListener::bind("0.0.0.0:81").await?;
    axum::serve(listener, Router::new()).await.unwrap();
    Ok(())
}

async fn accept_until_it_fails() {
    let listener = TcpListener::bind("0.0.0.0:82").await.unwrap();
    while let Ok((stream, _)) = listener.accept().await { //~ fatal_item_error
        drop(stream);
    }
}

async fn until_told() -> Result<()> {
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        _ = listen() => info!("the server has ended"),
        _ = terminate.recv() => info!("stopped"),
    }
    Ok(())
}

async fn until_it_cannot_bind() -> Result<()> {
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! { //~ select_ends_process
        _ = listen_or_fail() => info!("the server has ended"),
        _ = terminate.recv() => info!("stopped"),
    }
    Ok(())
}

async fn until_it_cannot_accept() -> Result<()> {
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! { //~ select_ends_process
        _ = accept_until_it_fails() => info!("the server has ended"),
        _ = terminate.recv() => info!("stopped"),
    }
    Ok(())
}

/// In a task, a panic is quiet.
async fn until_its_task_panics() -> Result<()> {
    let mut terminate = signal(SignalKind::terminate())?;
    let server = tokio::spawn(listen());
    tokio::select! { //~ select_ends_process
        _ = server => info!("the server has ended"), //~ blind_join
        _ = terminate.recv() => info!("stopped"),
    }
    Ok(())
}

#[tokio::main]
async fn main() -> Result<()> {
    until_told().await?;
    until_it_cannot_bind().await?;
    until_it_cannot_accept().await?;
    until_its_task_panics().await
}
