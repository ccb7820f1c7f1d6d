//! The future that ends on Ctrl-C is given to what spawns a server, and drains it then.

use std::future::Future;

use tokio::task::JoinHandle;

#[tokio::main]
async fn main() -> std::io::Result<()> {
    spawn_server(interrupted()).await.expect("the server does not panic")
}

async fn interrupted() {
    tokio::signal::ctrl_c().await.expect("Ctrl-C can be handled"); //~ sigint_only_shutdown
}

fn spawn_server(stop: impl Future<Output = ()> + Send + 'static) -> JoinHandle<std::io::Result<()>> {
    tokio::spawn(async move {
        let listener = tokio::net::TcpListener::bind("0.0.0.0:81").await?;
        axum::serve(listener, axum::Router::new()).with_graceful_shutdown(stop).await
    })
}
