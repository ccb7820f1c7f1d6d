//! A signal belongs into the `select!` that waits for all parts of the service.

use clap::Parser;

#[derive(Parser)]
struct Options {
    port: u16,
}

fn main() -> Result<(), String> {
    let options = Options::parse();
    let runtime = tokio::runtime::Runtime::new().map_err(|error| error.to_string())?;
    runtime.block_on(options.run())
}

impl Options {
    async fn run(self) -> Result<(), String> {
        tokio::select! { //~ missing_shutdown_signal
            result = serve(self.port) => result,
            result = relay() => result,
        }
    }
}

async fn serve(port: u16) -> Result<(), String> {
    let listener = tokio::net::TcpListener::bind(("0.0.0.0", port)).await.map_err(|error| error.to_string())?;
    axum::serve(listener, axum::Router::new()).await.map_err(|error| error.to_string())
}

async fn relay() -> Result<(), String> {
    loop {
        step().await?;
    }
}

async fn step() -> Result<(), String> {
    tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    Ok(())
}
