//! Loops that one bad item ends.

use anyhow::Result;
use futures::{StreamExt, TryStreamExt};
use rumqttc::EventLoop;
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tracing::{error, info};

async fn accept_with_a_question_mark(listener: TcpListener) -> Result<()> {
    loop {
        let (socket, peer) = listener.accept().await?; //~ fatal_item_error
        info!("{peer}");
        drop(socket);
    }
}

async fn accept_in_a_select(listener: TcpListener, stop: tokio_util::sync::CancellationToken) -> Result<()> {
    loop {
        tokio::select! {
            () = stop.cancelled() => return Ok(()),
            accepted = listener.accept() => {
                let (socket, peer) = accepted?; //~ fatal_item_error
                info!("{peer}");
                drop(socket);
            }
        }
    }
}

async fn accept_by_pattern(listener: TcpListener) {
    while let Ok((socket, peer)) = listener.accept().await { //~ fatal_item_error
        info!("{peer}");
        drop(socket);
    }
}

/// Any client that hangs up early ends the server.
async fn handshake_inline(listener: TcpListener, tls: TlsAcceptor) -> Result<()> {
    loop {
        let socket = match listener.accept().await {
            Ok((socket, _)) => socket,
            Err(_) => {
                tokio::time::sleep(std::time::Duration::from_millis(100)).await;
                continue;
            }
        };
        let stream = tls.accept(socket).await?; //~ fatal_item_error
        info!("{:?}", stream.get_ref().1.alpn_protocol());
    }
}

/// The next poll would connect again.
async fn poll_with_a_question_mark(mut events: EventLoop) -> Result<()> {
    loop {
        let event = events.poll().await?; //~ fatal_item_error
        info!("{event:?}");
    }
}

async fn poll_and_leave(mut events: EventLoop) {
    loop {
        match events.poll().await {
            Ok(event) => info!("{event:?}"),
            Err(error) => { //~ fatal_item_error
                error!("connection lost: {error}");
                break;
            }
        }
    }
}

async fn watch(api: kube::Api<Pod>) -> Result<()> {
    let mut pods = kube::runtime::watcher(api, Default::default()).boxed();
    while let Some(event) = pods.try_next().await? { //~ fatal_item_error
        info!("{event:?}");
    }
    anyhow::bail!("the watch has ended")
}

/// One message that is no JSON.
async fn decode(mut messages: async_nats::Subscriber) {
    loop {
        let Some(message) = messages.next().await else { break };
        let order: Order = serde_json::from_slice(&message.payload).unwrap(); //~ fatal_item_error
        info!("{order:?}");
    }
}
