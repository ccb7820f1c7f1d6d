//! Ends that somebody asked for, and commands that come to their end.

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use rustyline::DefaultEditor;
use tokio::net::UdpSocket;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::broadcast;
use tracing::{error, info};

async fn sync_once() -> Result<()> {
    bail!("the directory does not answer")
}

/// A signal is waited for, in a loop that other signals do not leave; then the tasks are told, and joined.
async fn until_a_signal() {
    let (stop, mut stopped) = broadcast::channel::<bool>(4);
    let driver = tokio::spawn(async move { //~ unsupervised_worker
        loop {
            tokio::select! {
                _ = stopped.recv() => break,
                () = tokio::time::sleep(Duration::from_secs(60)) => {
                    if let Err(error) = sync_once().await {
                        error!("cannot sync: {error}");
                    }
                }
            }
        }
    });
    loop {
        tokio::select! {
            Ok(()) = tokio::signal::ctrl_c() => break,
            Some(()) = async move {
                let hangup = SignalKind::hangup();
                signal(hangup).expect("it can be handled").recv().await
            } => info!("nothing to read again"),
        }
    }
    if stop.send(true).is_err() {
        error!("nobody to stop");
        return;
    }
    if let Err(panic) = driver.await {
        error!("the driver has panicked: {panic}");
    }
}

async fn forward() -> Result<()> {
    loop {
        sync_once().await?;
    }
}

/// The errors have left by then; only units are dropped.
async fn forwards_both_ways() -> Result<()> {
    let _ = tokio::try_join!(forward(), forward())?;
    Ok(())
}

async fn tries_for_ever() {
    loop {
        if let Err(error) = sync_once().await {
            error!("cannot sync: {error}");
        }
        tokio::time::sleep(Duration::from_secs(60)).await;
    }
}

async fn handle_signals(stop: broadcast::Sender<bool>) -> Result<()> {
    tokio::signal::ctrl_c().await?;
    stop.send(true)?;
    Ok(())
}

/// All of them have ended by then, the one that waits for a signal too.
async fn joined_with_the_signals() -> Result<()> {
    let (stop, _) = broadcast::channel::<bool>(4);
    let first = tokio::spawn(tries_for_ever());
    let (signals, joined) = tokio::join!(handle_signals(stop), first);
    signals?;
    if let Err(panic) = joined {
        error!("forwarding panicked: {panic}");
    }
    Ok(())
}

/// What a connection gives up is not given up by the service.
async fn gives_up_one_connection(listener: tokio::net::TcpListener) -> Result<()> {
    loop {
        let (peer, address) = listener.accept().await?; //~ fatal_item_error
        tokio::spawn(async move {
            let Ok(()) = peer.readable().await else {
                error!("{address} is gone");
                return;
            };
            info!("{address} has something to say");
        });
    }
}

/// The socket is that of a client, which has sent what it had to send.
struct Client {
    socket: Option<UdpSocket>,
}

impl Client {
    async fn open(&mut self) -> Result<()> {
        self.socket = Some(UdpSocket::bind("0.0.0.0:0").await?);
        Ok(())
    }

    async fn send(&mut self, payload: &[u8], to: SocketAddr) -> Result<usize> {
        self.open().await?;
        let socket = self.socket.as_ref().context("no socket")?;
        Ok(socket.send_to(payload, to).await?)
    }
}

/// Whoever types sees the error.
async fn shell(mut editor: DefaultEditor) -> Result<()> {
    loop {
        match editor.readline("> ") {
            Ok(line) => println!("{line}"),
            Err(error) => {
                println!("{error}");
                break;
            }
        }
        sync_once().await?;
    }
    Ok(())
}

#[tokio::main]
async fn main() -> Result<()> {
    let mut client = Client { socket: None };
    match client.send(b"ping", "192.0.2.1:7000".parse()?).await {
        Ok(sent) => info!("{sent} bytes sent"),
        Err(error) => error!("cannot send: {error}"),
    }
    match std::env::args().nth(1).as_deref() {
        Some("shell") => shell(DefaultEditor::new()?).await,
        Some("forward") => forwards_both_ways().await,
        Some("both") => joined_with_the_signals().await,
        Some("listen") => gives_up_one_connection(tokio::net::TcpListener::bind("[::]:80").await?).await,
        _ => {
            until_a_signal().await;
            Ok(())
        }
    }
}
