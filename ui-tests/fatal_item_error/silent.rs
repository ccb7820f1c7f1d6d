//! Loops that go on with the next item, and loops that are right to end.

use std::time::Duration;

use anyhow::Result;
use futures::{StreamExt, TryStreamExt};
use rumqttc::EventLoop;
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tracing::{info, warn};

async fn goes_on(listener: TcpListener) -> Result<()> {
    loop {
        match listener.accept().await {
            Ok((socket, peer)) => {
                info!("{peer}");
                drop(socket);
            }
            Err(error) => {
                warn!("accept failed: {error}");
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
    }
}

/// The handshake has a task of its own.
async fn handshake_apart(listener: TcpListener, tls: TlsAcceptor) {
    loop {
        let socket = match listener.accept().await {
            Ok((socket, _)) => socket,
            Err(_) => {
                tokio::time::sleep(std::time::Duration::from_millis(100)).await;
                continue;
            }
        };
        let tls = tls.clone();
        tokio::spawn(async move {
            let stream = tls.accept(socket).await?;
            info!("{:?}", stream.get_ref().1.alpn_protocol());
            anyhow::Ok(())
        });
    }
}

/// The first connection is all it wants.
async fn one_connection(listener: TcpListener) -> Result<TcpStream> {
    let (socket, _) = listener.accept().await?;
    Ok(socket)
}

/// Whoever calls it calls it again.
async fn session(events: &mut EventLoop) -> Result<()> {
    loop {
        let event = events.poll().await?;
        info!("{event:?}");
    }
}

async fn sessions(mut events: EventLoop) {
    loop {
        if let Err(error) = session(&mut events).await {
            warn!("connecting again: {error}");
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}

/// It has looked at what the error is.
async fn ends_on_a_fatal_error(listener: TcpListener) -> Result<()> {
    loop {
        match listener.accept().await {
            Ok((socket, _)) => drop(socket),
            Err(error) => {
                if is_fatal(&error) {
                    return Err(error.into());
                }
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
    }
}

fn is_fatal(error: &std::io::Error) -> bool {
    error.kind() == std::io::ErrorKind::InvalidInput
}

/// An adaptor that waits and tries again.
async fn watch(api: kube::Api<Pod>) -> Result<()> {
    let mut pods = kube::runtime::watcher(api, Default::default()).default_backoff().boxed();
    while let Some(event) = pods.try_next().await? {
        info!("{event:?}");
    }
    anyhow::bail!("the watch has ended")
}

/// The message is skipped.
async fn decode(mut messages: async_nats::Subscriber) -> Result<()> {
    while let Some(message) = messages.next().await {
        match serde_json::from_slice::<Order>(&message.payload) {
            Ok(order) => info!("{order:?}"),
            Err(error) => warn!("no order: {error}"),
        }
    }
    anyhow::bail!("no more orders")
}

/// Only this peer loses by it.
async fn talk_to_peer(socket: TcpStream, mut lines: tokio::sync::mpsc::Receiver<String>) -> Result<()> {
    loop {
        let Some(line) = lines.recv().await else { return Ok(()) };
        let order: Order = serde_json::from_str(&line)?;
        socket.writable().await?;
        info!("{order:?}");
    }
}

/// A list of finite length.
fn read_all(lines: &[String]) -> Result<Vec<Order>> {
    let mut orders = Vec::new();
    for line in lines {
        orders.push(serde_json::from_str(line)?);
    }
    Ok(orders)
}

/// It waits for one answer.
async fn first_order(mut messages: async_nats::Subscriber) -> Result<Order> {
    loop {
        let Some(message) = messages.next().await else { anyhow::bail!("no order") };
        let order: Order = serde_json::from_slice(&message.payload)?;
        if order.is_first() {
            return Ok(order);
        }
    }
}

/// It waits until the service is seen to be up.
async fn until_up(mut event_loop: rumqttc::EventLoop) -> Result<()> {
    let mut failure = None;
    loop {
        match event_loop.poll().await {
            Ok(rumqttc::Event::Incoming(rumqttc::Packet::Publish(message))) => {
                if message.topic == "service/health" {
                    break;
                }
            }
            Err(error) => {
                failure = Some(error);
                break;
            }
            _ => {}
        }
    }
    failure.map_or(Ok(()), |error| Err(error.into()))
}

/// It waits until the certificate is there.
async fn until_signed(requests: kube::Api<Request>) -> Result<String> {
    let mut changes = kube::runtime::watcher(requests, Default::default()).boxed();
    let mut certificate = String::new();
    while let Some(change) = changes.try_next().await? {
        if let Some(signed) = change.certificate() {
            certificate = signed;
            break;
        }
    }
    Ok(certificate)
}

/// It waits until the pod runs.
async fn until_running(pods: kube::Api<Request>) -> Result<()> {
    let mut changes = kube::runtime::watcher(pods, Default::default()).boxed();
    loop {
        match changes.next().await {
            Some(Ok(change)) => match change.phase() {
                "Running" if change.is_ready() => break,
                _ => continue,
            },
            Some(Err(error)) => return Err(error.into()),
            None => anyhow::bail!("the watch has ended"),
        }
    }
    Ok(())
}

/// It waits until the pod is seen to run.
async fn until_seen_running(pods: kube::Api<Request>) -> Result<()> {
    let mut changes = kube::runtime::watcher(pods, Default::default()).boxed();
    while let Some(change) = changes.try_next().await? {
        if is_running(change) {
            break;
        }
    }
    Ok(())
}

/// It says itself that it ends with an error only: whoever waits for it knows.
async fn until_it_fails(listener: TcpListener) -> Result<std::convert::Infallible> {
    loop {
        let (socket, peer) = listener.accept().await?;
        info!("{peer}: {socket:?}");
    }
}

/// Who reads the stream gets the error, and its end.
fn texts(mut messages: tokio::sync::mpsc::Receiver<Vec<u8>>) -> impl futures::Stream<Item = Result<String>> {
    async_stream::stream! {
        loop {
            let Some(message) = messages.recv().await else { break };
            match serde_json::from_slice::<String>(&message) {
                Ok(text) => yield Ok(text),
                Err(error) => {
                    yield Err(error.into());
                    break;
                }
            }
        }
    }
}

fn texts_until_error(mut messages: tokio::sync::mpsc::Receiver<Vec<u8>>) -> impl futures::Stream<Item = Result<String>> {
    async_stream::try_stream! {
        while let Some(message) = messages.recv().await {
            yield serde_json::from_slice::<String>(&message)?;
        }
    }
}
