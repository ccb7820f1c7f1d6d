//! A server that gives no error ends when it is told to, unless something else can go wrong in its task.

use anyhow::Result;
use axum::Router;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tracing::info;

async fn until_told(listener: TcpListener) -> Result<()> {
    let (stop, stopped) = oneshot::channel::<()>();
    let server = tokio::spawn(async move {
        axum::serve(listener, Router::new())
            .with_graceful_shutdown(async move {
                let _ = stopped.await;
            })
            .await
            .unwrap();
    });
    tokio::select! {
        _ = tokio::signal::ctrl_c() => info!("interrupted"), //~ sigint_only_shutdown
        _ = server => info!("the server has ended"),
    }
    let _ = stop.send(());
    Ok(())
}

async fn until_it_cannot_bind() -> Result<()> {
    let server = tokio::spawn(async move {
        let listener = TcpListener::bind("0.0.0.0:80").await.unwrap();
        axum::serve(listener, Router::new()).await.unwrap();
    });
    tokio::select! { //~ select_ends_process
        _ = tokio::signal::ctrl_c() => info!("interrupted"),
        _ = server => info!("the server has ended"), //~ blind_join
    }
    Ok(())
}

#[tokio::main]
async fn main() -> Result<()> {
    until_told(TcpListener::bind("0.0.0.0:81").await?).await?;
    until_it_cannot_bind().await
}
