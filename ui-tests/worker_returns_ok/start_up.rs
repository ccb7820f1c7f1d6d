//! All that goes wrong before a worker begins has one cause: `main` cannot learn of it.

use tokio::net::TcpListener;
use tracing::error;

struct Config {
    listen: String,
    peer: String,
}

fn read_config() -> Result<Config, String> {
    Err("no configuration".to_owned())
}

async fn connect(peer: &str) -> Result<(), String> {
    Err(format!("{peer} does not answer"))
}

async fn serve() {
    let config = match read_config() {
        Ok(config) => config,
        Err(error) => {
            error!("cannot start: {error}");
            return; //~ worker_returns_ok
        }
    };
    if let Err(error) = connect(&config.peer).await {
        error!("cannot start: {error}");
        return;
    }
    let Ok(listener) = TcpListener::bind(&config.listen).await else {
        error!("{} is taken", config.listen);
        return;
    };
    axum::serve(listener, axum::Router::new()).await.expect("it serves for ever")
}

#[tokio::main]
async fn main() {
    serve().await;
}
