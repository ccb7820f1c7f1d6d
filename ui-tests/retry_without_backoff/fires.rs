//! What fails is tried again at once.

use std::time::Duration;

use tokio::net::TcpStream;
use tracing::{error, info};

async fn connects(address: String) {
    loop { //~ retry_without_backoff
        match TcpStream::connect(&address).await {
            Ok(socket) => serve(socket).await,
            Err(error) => error!("cannot connect: {error}"),
        }
    }
}

/// The error is not even named.
async fn subscribes(client: Client) {
    loop { //~ retry_without_backoff
        if let Ok(mut stream) = client.subscribe("prices").await {
            while let Some(price) = stream.next().await {
                info!("{price:?}");
            }
        }
    }
}

/// How long to pause is computed and logged, and that is all.
async fn forgets<F: Future<Output = Result<u8, String>>>(operation: impl Fn() -> F) -> Result<u8, String> {
    let mut backoff = backon::ExponentialBuilder::default().with_max_delay(Duration::from_secs(60)).build();
    loop { //~ retry_without_backoff
        match operation().await {
            Ok(value) => return Ok(value),
            Err(error) => {
                if let Some(pause) = backoff.next() {
                    error!("it has failed, trying again in {pause:?}: {error}");
                    continue;
                }
                return Err(error);
            }
        }
    }
}

/// The stream tries again by itself, as fast as it can.
fn watches(pods: kube::Api<Pod>) {
    let stream = kube::runtime::watcher(pods, Default::default()); //~ retry_without_backoff
    run(stream);
}

async fn serve(socket: TcpStream) {
    info!("{socket:?}");
}

#[tokio::main]
async fn main() {
    tokio::join!(connects(address()), subscribes(client()));
    watches(pods());
    _ = forgets(|| async { Ok(1) }).await;
}

fn run(stream: impl futures::Stream) {
    drop(stream);
}

/// It goes on until it succeeds.
async fn until_it_succeeds(address: &str) {
    while let Err(error) = tokio::net::TcpStream::connect(address).await {
        //~^ retry_without_backoff
        tracing::warn!("{error}");
    }
}
