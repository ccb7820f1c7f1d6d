//! The future that ends on Ctrl-C is given to what spawns it: all that follows is that the notifier is gone.

use std::future::Future;

use tokio::runtime::Handle;
use tokio::task::JoinHandle;

struct Executor {
    handle: Handle,
}

impl Executor {
    fn spawn<F>(&self, priority: u8, future: F) -> JoinHandle<F::Output>
    where
        F: Future + Send + 'static,
        F::Output: Send,
    {
        let _ = priority;
        self.handle.spawn(future)
    }
}

/// Dropped, it tells the others.
struct Notifier;

impl Notifier {
    async fn interrupted(self) {
        tokio::signal::ctrl_c().await.expect("Ctrl-C can be handled");
    }
}

#[tokio::main]
async fn main() {
    let executor = Executor { handle: Handle::current() };
    let notifier = Notifier;
    executor.spawn(0, async move {
        notifier.interrupted().await;
    });
    let listener = tokio::net::TcpListener::bind(("0.0.0.0", 80)).await.expect("the port is free");
    axum::serve(listener, axum::Router::new()).await.expect("serves");
}
