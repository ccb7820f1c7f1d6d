//! The future that ends on Ctrl-C is kept by a server, which does what it may with it.

use std::future::Future;
use std::pin::Pin;

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let server = Server { stop: Box::pin(std::future::pending()) };
    server.until(interrupted()).run().await
}

async fn interrupted() {
    tokio::signal::ctrl_c().await.expect("Ctrl-C can be handled"); //~ sigint_only_shutdown
}

struct Server {
    stop: Pin<Box<dyn Future<Output = ()>>>,
}

impl Server {
    fn until(mut self, stop: impl Future<Output = ()> + 'static) -> Self {
        self.stop = Box::pin(stop);
        self
    }

    async fn run(self) -> std::io::Result<()> {
        let listener = tokio::net::TcpListener::bind("0.0.0.0:81").await?;
        axum::serve(listener, axum::Router::new()).with_graceful_shutdown(self.stop).await
    }
}
