//! Functions of the workspace that return two values, one of which runs: the other does well without it.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use tokio::sync::{Notify, broadcast, mpsc};

pub struct Client {
    base: String,
    events: broadcast::Sender<String>,
}

/// Follows the chain and tells what it sees: the client asks the node itself.
pub struct Follower {
    client: Arc<Client>,
    events: broadcast::Sender<String>,
}

impl Follower {
    async fn run(self) -> Result<(), std::io::Error> {
        loop {
            let head = self.client.head().await?;
            let _ = self.events.send(head);
        }
    }
}

impl Client {
    async fn head(&self) -> Result<String, std::io::Error> {
        Ok(self.base.clone())
    }
}

fn connect(base: &str) -> (Arc<Client>, Follower) {
    let (events, _) = broadcast::channel(16);
    let client = Arc::new(Client { base: base.to_owned(), events: events.clone() });
    (client.clone(), Follower { client, events })
}

/// One question, and nobody who wants to know of more.
fn for_one_question() -> Arc<Client> {
    let (client, _) = connect("http://node");
    client
}

fn followed() -> Arc<Client> {
    let (client, follower) = connect("http://node");
    tokio::spawn(follower.run()); //~ unsupervised_worker
    client
}

/// A device in this process, which is polled: nothing is sent to what polls it.
pub struct Reactor {
    wake: Notify,
}

fn device() -> (Arc<Reactor>, impl Future<Output = Result<(), std::io::Error>>) {
    (Arc::new(Reactor { wake: Notify::new() }), async { Err(std::io::ErrorKind::BrokenPipe.into()) })
}

fn attach() -> Arc<Reactor> {
    let (reactor, turns) = device();
    tokio::spawn(turns);
    reactor
}

pub struct Network {
    commands: mpsc::Sender<String>,
}

pub struct EventLoop {
    commands: mpsc::Receiver<String>,
}

impl EventLoop {
    async fn run(mut self) -> Result<(), std::io::Error> {
        while let Some(command) = self.commands.recv().await {
            dial(command)?;
        }
        Ok(())
    }
}

fn network() -> (Network, EventLoop) {
    let (commands, taken) = mpsc::channel(16);
    (Network { commands }, EventLoop { commands: taken })
}

/// It is kept under a name, and nothing is asked of the network in this mode.
fn without_network() -> Network {
    let (network, _event_loop) = network();
    network
}

fn dial(_command: String) -> Result<(), std::io::Error> {
    Ok(())
}

/// What keeps the answers runs until nobody asks any more, and has no error, whatever its type says.
pub struct Lookups {
    asked: mpsc::UnboundedSender<String>,
}

pub struct Keeper {
    asked: mpsc::UnboundedReceiver<String>,
    known: Vec<String>,
}

impl Keeper {
    fn poll_asked(&mut self, context: &mut Context<'_>) -> Poll<Result<(), std::io::Error>> {
        loop {
            match self.asked.poll_recv(context) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(None) => return Poll::Ready(Ok(())),
                Poll::Ready(Some(name)) => self.known.push(name),
            }
        }
    }
}

impl Future for Keeper {
    type Output = Result<(), std::io::Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        (*self).poll_asked(context)
    }
}

fn lookups() -> (Lookups, Keeper) {
    let (asked, taken) = mpsc::unbounded_channel();
    (Lookups { asked }, Keeper { asked: taken, known: Vec::new() })
}

fn kept() -> Lookups {
    let (lookups, keeper) = lookups();
    tokio::spawn(keeper);
    lookups
}
