//! The bounds that people use: the function, the method, the wrapper of the project, a race, a caller.

use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_util::future::FutureExt;

const LIMIT: Duration = Duration::from_secs(5);

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let first = tokio::time::timeout(LIMIT, TcpStream::connect("first:80")).await??;
    let second = TcpStream::connect("second:80").timeout(LIMIT).await??;
    let third = connect_with_timeout("third:80").await?;
    let fourth = tokio::select! {
        stream = TcpStream::connect("fourth:80") => stream?,
        () = tokio::time::sleep(LIMIT) => return Err(std::io::ErrorKind::TimedOut.into()),
    };
    let fifth = tokio::time::timeout(LIMIT, async { TcpStream::connect("fifth:80").await }).await??;
    tokio::spawn(relay([first, second, third, fourth, fifth]));
    let listener = TcpListener::bind("0.0.0.0:443").await?;
    loop {
        let (peer, _) = listener.accept().await?; //~ fatal_item_error
        tokio::spawn(async move {
            if tokio::time::timeout(LIMIT, greet(acceptor(), peer)).await.is_err() {
                tracing::warn!("a peer says nothing");
            }
        });
    }
}

/// Its callers give it a limit.
async fn greet(acceptor: TlsAcceptor, peer: TcpStream) {
    match acceptor.accept(peer).await {
        Ok(stream) => answer(stream).await,
        Err(error) => tracing::warn!("{error}"),
    }
}

async fn connect_with_timeout(address: &str) -> std::io::Result<TcpStream> {
    tokio::time::timeout(LIMIT, TcpStream::connect(address)).await?
}

/// In the middle of its life, one connection for one request: not the start, and no probe.
async fn relay(streams: [TcpStream; 5]) {
    for stream in streams {
        if let Err(error) = copy(stream).await {
            tracing::warn!("{error}");
        }
    }
}

async fn copy(_from: TcpStream) -> std::io::Result<()> {
    let _to = TcpStream::connect("elsewhere:80").await?;
    Ok(())
}

fn acceptor() -> TlsAcceptor {
    todo!()
}

async fn answer<S>(_stream: S) {}
