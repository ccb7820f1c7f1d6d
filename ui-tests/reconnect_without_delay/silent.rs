//! Loops that look as if they connected again at once, and do not.

use std::time::Duration;

use futures::StreamExt;
use tokio::time::sleep;
use tokio_tungstenite::connect_async;
use tracing::{error, info, warn};

/// The accepted repair: both ends pause.
async fn both_arms(url: String) {
    loop {
        match run_connection(&url).await {
            Ok(()) => {
                warn!("the feed has ended");
                sleep(Duration::from_secs(5)).await;
            }
            Err(error) => {
                error!("the feed has failed: {error}");
                sleep(Duration::from_secs(5)).await;
            }
        }
    }
}

async fn run_connection(url: &str) -> anyhow::Result<()> {
    let (mut socket, _) = connect_async(url).await?;
    while let Some(message) = socket.next().await {
        info!("{:?}", message?);
    }
    Ok(())
}

/// The pause is at the end of each turn.
async fn at_the_end(url: String) {
    loop {
        if let Err(error) = run_connection(&url).await {
            error!("the feed has failed: {error}");
        }
        sleep(Duration::from_secs(5)).await;
    }
}

/// The pause is at the head of each turn.
async fn at_the_head(url: String) {
    let mut again = tokio::time::interval(Duration::from_secs(5));
    loop {
        again.tick().await;
        if let Err(error) = run_connection(&url).await {
            error!("the feed has failed: {error}");
        }
    }
}

/// What is called never ends well.
async fn never_ends_well(url: String) {
    loop {
        if let Err(error) = read_for_ever(&url).await {
            error!("the feed has failed: {error}");
            sleep(Duration::from_secs(5)).await;
        }
    }
}

async fn read_for_ever(url: &str) -> anyhow::Result<()> {
    let (mut socket, _) = connect_async(url).await?;
    loop {
        let Some(message) = socket.next().await else { anyhow::bail!("the feed has ended") }; //~ zombie_connection
        info!("{:?}", message?);
    }
}

/// What is called pauses itself.
async fn pauses_inside(url: String) {
    loop {
        if let Err(error) = read_and_pause(&url).await {
            error!("the feed has failed: {error}");
            sleep(Duration::from_secs(5)).await;
        }
    }
}

async fn read_and_pause(url: &str) -> anyhow::Result<()> {
    run_connection(url).await?;
    rest().await;
    Ok(())
}

async fn rest() {
    sleep(Duration::from_secs(1)).await
}

/// It ends well only when it has been asked to stop, and then the loop ends too.
async fn ends_when_asked(url: String, stop: std::sync::Arc<std::sync::atomic::AtomicBool>) {
    while !stop.load(std::sync::atomic::Ordering::Relaxed) {
        if let Err(error) = read_until_asked(&url, &stop).await {
            error!("the feed has failed: {error}");
            sleep(Duration::from_secs(5)).await;
        }
    }
}

async fn read_until_asked(url: &str, stop: &std::sync::atomic::AtomicBool) -> anyhow::Result<()> {
    let (mut socket, _) = connect_async(url).await?;
    loop {
        if stop.load(std::sync::atomic::Ordering::Relaxed) {
            return Ok(());
        }
        let Some(message) = socket.next().await else { anyhow::bail!("the feed has ended") }; //~ zombie_connection
        info!("{:?}", message?);
    }
}

/// The next connection is made when somebody asks for one.
async fn on_demand(mut wishes: tokio::sync::mpsc::Receiver<String>) {
    loop {
        let Some(url) = wishes.recv().await else { return };
        if let Err(error) = run_connection(&url).await {
            error!("{error}");
            sleep(Duration::from_secs(1)).await;
        }
    }
}

/// What happens between two connections cannot be seen.
async fn unseen(url: String, policy: Box<dyn Policy>) {
    loop {
        match run_connection(&url).await {
            Ok(()) => policy.before_next().await,
            Err(_) => sleep(Duration::from_secs(1)).await,
        }
    }
}

trait Policy {
    async fn before_next(&self);
}

/// A message that fails pauses; one that comes has no need to.
async fn worker(mut queue: Queue) {
    loop {
        match queue.receive().await {
            Ok(job) => info!("{job:?}"),
            Err(error) => {
                error!("{error}");
                sleep(Duration::from_secs(1)).await;
            }
        }
    }
}

/// Each kind of error is decided on.
async fn poll(mut events: rumqttc::EventLoop) -> Result<(), rumqttc::ConnectionError> {
    loop {
        match events.poll().await {
            Ok(event) => info!("{event:?}"),
            Err(rumqttc::ConnectionError::Io(error)) => {
                error!("{error}");
                sleep(Duration::from_secs(1)).await;
            }
            Err(rumqttc::ConnectionError::AwaitPingResp) => warn!("no answer to a ping"),
            Err(error) => return Err(error),
        }
    }
}

/// One delivery a message, which has its own way with failures.
async fn deliver(mail: Mail) {
    loop {
        match mail.next().await {
            Ok(letter) => deliver_one(&letter).await,
            Err(error) => error!("a letter is lost: {error:#}"),
        }
    }
}

async fn deliver_one(letter: &str) {
    for attempt in 0..5 {
        match run_connection(letter).await {
            Ok(()) => return,
            Err(error) => warn!("not delivered: {error:#}"),
        }
        sleep(Duration::from_secs(1 << attempt)).await;
    }
}

/// The pause is that of one item; the turn goes on to the next.
async fn items(queue: Queue) {
    loop {
        for url in queue.take_batch().await {
            if let Err(error) = run_connection(&url).await {
                error!("{error}");
                if error.is::<std::io::Error>() {
                    sleep(Duration::from_secs(1)).await;
                }
            }
        }
        queue.ready().notified().await;
    }
}

struct Mail {
    letters: std::sync::Mutex<Vec<String>>,
    ready: tokio::sync::Notify,
}

impl Mail {
    async fn next(&self) -> anyhow::Result<String> {
        if let Some(letter) = self.letters.lock().unwrap().pop() {
            return Ok(letter);
        }
        self.ready.notified().await;
        anyhow::bail!("woken for nothing")
    }
}

#[tokio::main]
async fn main() {
    tokio::join!(deliver(mail()), items(queue()), both_arms(url()), at_the_end(url()), at_the_head(url()), never_ends_well(url()), pauses_inside(url()));
    tokio::join!(ends_when_asked(url(), flag()), on_demand(wishes()), unseen(url(), policy()), worker(queue()), poll(events())); //~ select_ends_process
}
