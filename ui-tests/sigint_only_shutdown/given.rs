//! The future that ends on Ctrl-C is given to others, who end with it; their caller puts things in order then.

use std::future::Future;

#[tokio::main]
async fn main() -> std::io::Result<()> {
    run(interrupted()).await?;
    std::fs::write("state", "")
}

async fn interrupted() {
    tokio::signal::ctrl_c().await.expect("Ctrl-C can be handled"); //~ sigint_only_shutdown
}

async fn run(stop: impl Future<Output = ()> + Send + 'static) -> std::io::Result<()> {
    let stop = Box::pin(stop);
    inner(stop).await
}

async fn inner(stop: impl Future<Output = ()> + Send + 'static) -> std::io::Result<()> {
    let listener = tokio::net::TcpListener::bind("0.0.0.0:81").await?;
    tokio::select! {
        result = async { axum::serve(listener, axum::Router::new()).await } => result,
        _ = stop => Ok(()),
    }
}
