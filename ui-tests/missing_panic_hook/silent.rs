//! The hook is installed by a function of another module, as most are.

#[tokio::main]
async fn main() -> std::io::Result<()> {
    telemetry::init();
    let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
    let server = tokio::spawn(serve());
    tokio::select! {
        ended = server => ended?,
        _ = terminate.recv() => Ok(()),
    }
}

async fn serve() -> std::io::Result<()> {
    let listener = tokio::net::TcpListener::bind("0.0.0.0:80").await?;
    axum::serve(listener, axum::Router::new()).await
}

mod telemetry {
    pub fn init() {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            tracing::error!("{panic}");
            before(panic);
        }));
    }
}
