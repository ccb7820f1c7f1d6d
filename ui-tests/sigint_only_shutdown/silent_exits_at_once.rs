//! On Ctrl-C the process ends at once, as it would on SIGTERM: what it writes down before is gone with it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let online = Arc::new(AtomicBool::new(true));
    let seen = Arc::clone(&online);
    ctrlc::set_handler(move || {
        seen.store(false, Ordering::SeqCst);
        std::process::exit(0);
    })
    .expect("Ctrl-C can be handled");
    let listener = tokio::net::TcpListener::bind("0.0.0.0:80").await?;
    axum::serve(listener, axum::Router::new()).await
}
