//! Errors after which a loop goes on, and does not try the same again at once.

use std::time::Duration;

use tokio::net::TcpStream;
use tokio::time::sleep;
use tracing::{error, info};

async fn pauses(address: String) {
    loop {
        match TcpStream::connect(&address).await {
            Ok(socket) => return info!("{socket:?}"),
            Err(error) => {
                error!("cannot connect: {error}");
                sleep(Duration::from_secs(1)).await;
            }
        }
    }
}

/// The tries are counted.
async fn counts(address: String) -> Option<TcpStream> {
    let mut attempts = 0;
    loop {
        match TcpStream::connect(&address).await {
            Ok(socket) => return Some(socket),
            Err(error) => {
                error!("cannot connect: {error}");
                attempts += 1;
                if attempts > 5 {
                    return None;
                }
            }
        }
    }
}

/// The next turn is about the next address.
async fn moves_on(addresses: Vec<String>) {
    for address in addresses {
        if let Err(error) = TcpStream::connect(&address).await {
            error!("{error}");
        }
    }
}

/// Each turn begins with a message.
async fn waits_for_work(mut wishes: tokio::sync::mpsc::Receiver<String>) {
    while let Some(address) = wishes.recv().await {
        if let Err(error) = TcpStream::connect(&address).await {
            error!("{error}");
        }
    }
}

/// The backoff is slept.
async fn sleeps<F: Future<Output = Result<u8, String>>>(operation: impl Fn() -> F) -> Result<u8, String> {
    let mut backoff = backon::ExponentialBuilder::default().build();
    loop {
        match operation().await {
            Ok(value) => return Ok(value),
            Err(error) => match backoff.next() {
                Some(pause) => sleep(pause).await,
                None => return Err(error),
            },
        }
    }
}

/// The time that the attempt may take is the pause.
async fn has_a_time(address: String) {
    loop {
        match tokio::time::timeout(Duration::from_secs(5), TcpStream::connect(&address)).await {
            Ok(Ok(socket)) => return info!("{socket:?}"),
            Ok(Err(error)) => {
                error!("{error}");
                sleep(Duration::from_secs(1)).await;
            }
            Err(_) => error!("no answer"),
        }
    }
}

/// A helper of the workspace pauses.
async fn helped(address: String) {
    loop {
        match TcpStream::connect(&address).await {
            Ok(socket) => return info!("{socket:?}"),
            Err(error) => complain(&error).await,
        }
    }
}

async fn complain(error: &std::io::Error) {
    error!("{error}");
    sleep(Duration::from_secs(1)).await;
}

/// The error leaves, with a word added by the project's own trait.
async fn says_where(mut reader: Reader) -> Result<(), String> {
    loop {
        let chunk = reader.recv().await.tip("while reading")?;
        if chunk.is_empty() {
            return Ok(());
        }
    }
}

struct Reader;

impl Reader {
    async fn recv(&mut self) -> Result<Vec<u8>, std::io::Error> {
        Err(std::io::ErrorKind::Other.into())
    }
}

trait Tip<T> {
    fn tip(self, text: &str) -> Result<T, String>;
}

impl<T> Tip<T> for Result<T, std::io::Error> {
    fn tip(self, text: &str) -> Result<T, String> {
        self.map_err(|error| format!("{text}: {error}"))
    }
}

/// An adaptor pauses, here or in the function that takes the stream.
fn watches(pods: kube::Api<Pod>) {
    run(kube::runtime::watcher(pods.clone(), Default::default()).default_backoff());
    run_slowly(kube::runtime::watcher(pods, Default::default()));
}

fn run(stream: impl futures::Stream) {
    drop(stream);
}

fn run_slowly(stream: impl futures::Stream) {
    drop(stream.default_backoff());
}

#[tokio::main]
async fn main() {
    tokio::join!(pauses(address()), moves_on(addresses()), waits_for_work(wishes()), has_a_time(address()), helped(address()));
    _ = counts(address()).await;
    watches(pods());
    _ = says_where(Reader).await;
    _ = sleeps(|| async { Ok(1) }).await;
}

/// The error is that of one datagram, and the next call waits for another.
async fn datagrams(socket: tokio::net::UdpSocket) {
    let mut buffer = [0; 1500];
    loop {
        match socket.recv_from(&mut buffer).await {
            Ok((size, peer)) => tracing::info!("{size} bytes of {peer}"),
            Err(error) => tracing::warn!("{error}"),
        }
    }
}

/// There are only so many.
async fn walks(mut addresses: Vec<String>) {
    while !addresses.is_empty() {
        let address = addresses.pop().unwrap_or_default();
        if let Err(error) = tokio::net::TcpStream::connect(address).await {
            tracing::warn!("{error}");
        }
    }
}

/// The first error ends what reads, and whoever called may pause.
async fn fails_at_once(pods: kube::Api<Pod>) -> Result<(), kube::runtime::watcher::Error> {
    use futures::TryStreamExt;
    let mut events = std::pin::pin!(kube::runtime::watcher(pods, Default::default()));
    while let Some(event) = events.try_next().await? { //~ fatal_item_error
        tracing::info!("{event:?}");
    }
    Ok(())
}

/// What becomes of it is for the caller to say.
fn given_away(pods: kube::Api<Pod>) -> impl futures::Stream {
    kube::runtime::watcher(pods, Default::default())
}
