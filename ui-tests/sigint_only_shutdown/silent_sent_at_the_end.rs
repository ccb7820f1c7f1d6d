//! On Ctrl-C the server is sent something, and the process ends before it can act on it: SIGTERM does the same.

use tokio::net::TcpListener;
use tokio::sync::oneshot;

struct Told;

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let listener = TcpListener::bind("0.0.0.0:80").await?;
    let told = start(listener);
    tokio::signal::ctrl_c().await.expect("Ctrl-C can be handled");
    if let Some(sender) = told {
        let _ = sender.send(Told);
    }
    Ok(())
}

fn start(listener: TcpListener) -> Option<oneshot::Sender<Told>> {
    let (sender, receiver) = oneshot::channel();
    tokio::spawn(async move { //~ unsupervised_worker
        let served = axum::serve(listener, axum::Router::new())
            .with_graceful_shutdown(async move { _ = receiver.await })
            .await;
        if let Err(error) = served {
            tracing::error!("{error}");
        }
    });
    Some(sender)
}
