use tokio::sync::broadcast::error::RecvError;
use tokio::sync::broadcast::{Receiver, Sender};

#[derive(Clone)]
struct Event;
fn on(_event: Event) {}

async fn three_arms(mut events: Receiver<Event>) {
    loop {
        match events.recv().await {
            Ok(event) => on(event),
            Err(RecvError::Lagged(missed)) => tracing::warn!("{missed} events were missed"),
            Err(RecvError::Closed) => break,
        }
    }
}

async fn tells_them_apart_inside(mut events: Receiver<Event>) {
    loop {
        match events.recv().await {
            Ok(event) => on(event),
            Err(error) => {
                if matches!(error, RecvError::Closed) {
                    return;
                }
                return tracing::error!("too slow");
            }
        }
    }
}

async fn goes_on_after_any(mut events: Receiver<Event>) {
    loop {
        match events.recv().await { //~ closed_channel_spin
            Ok(event) => on(event),
            Err(error) => tracing::warn!("{error}"),
        }
        let Ok(event) = events.recv().await else { continue };
        on(event);
    }
}

async fn other_channels(
    one: async_channel::Receiver<Event>,
    two: flume::Receiver<Event>,
    three: kanal::AsyncReceiver<Event>,
    four: crossbeam_channel::Receiver<Event>,
    five: std::sync::mpsc::Receiver<Event>,
) {
    while let Ok(event) = one.recv().await {
        on(event);
    }
    while let Ok(event) = two.recv_async().await {
        on(event);
    }
    while let Ok(event) = three.recv().await {
        on(event);
    }
    while let Ok(event) = four.recv() {
        on(event);
    }
    loop {
        match five.recv() {
            Ok(event) => on(event),
            Err(_) => break,
        }
    }
}

async fn other_channels_of_tokio(
    mut queue: tokio::sync::mpsc::Receiver<Event>,
    mut latest: tokio::sync::watch::Receiver<u8>,
) {
    while let Some(event) = queue.recv().await {
        on(event);
    }
    while let Ok(()) = latest.changed().await {
        latest.borrow_and_update();
    }
}

async fn unknown(mut events: somewhere::Else) {
    while let Ok(event) = events.recv().await {
        on(event);
    }
}

// Any message and any error mean the same.
async fn waits_for_the_stop(mut shutdown: Receiver<()>, mut waker: Receiver<Event>) {
    loop {
        tokio::select! {
            _ = shutdown.recv() => break,
            _ = work() => {}
            Err(_) | Ok(_) = waker.recv() => return,
        }
    }
}

async fn work() {}

// One message is waited for, without a loop.
async fn once(mut events: Receiver<Event>) -> Result<Event, RecvError> {
    events.recv().await
}

async fn drains(mut events: Receiver<Event>) {
    while let Ok(event) = events.try_recv() {
        on(event);
    }
}

// After a gap it subscribes anew.
async fn subscribes_again(events: Sender<Event>) {
    loop {
        let mut events = events.subscribe();
        while let Ok(event) = events.recv().await {
            on(event);
        }
    }
}

async fn is_called_again(events: Sender<Event>) {
    loop {
        follow(events.subscribe()).await;
    }
}

async fn follow(mut events: Receiver<Event>) {
    while let Ok(event) = events.recv().await {
        on(event);
    }
}

// Who waits is told, in words chosen for it.
async fn fails(mut events: Receiver<u8>) -> anyhow::Result<()> {
    loop {
        match events.recv().await {
            Ok(1) => return Ok(()),
            Ok(_) => {}
            Err(error) => return Err(anyhow::anyhow!("the events stopped: {error}")),
        }
    }
}

// Whoever called is told, in words chosen for it.
async fn puts_it_into_words(mut events: Receiver<u8>) -> Result<(), RecvError> {
    loop {
        tokio::select! {
            event = events.recv() => match event.map_err(changed)? {
                1 => tracing::info!("connected"),
                _ => {}
            },
            _ = tokio::time::sleep(std::time::Duration::from_secs(1)) => tracing::debug!("still waiting"),
        }
    }
}

fn changed(error: RecvError) -> RecvError {
    error
}

// What goes on without this loop is asked to stop.
async fn stops_the_rest(mut events: Receiver<Event>, shutdown: Controller) {
    loop {
        match events.recv().await.map_err(Report::from) {
            Ok(event) => on(event),
            Err(error) => {
                let _ = shutdown.trigger_shutdown(format!("no more events: {error}"));
                break;
            }
        }
    }
}

async fn cancels_the_rest(mut events: Receiver<Event>, token: tokio_util::sync::CancellationToken) {
    loop {
        let event = match events.recv().await {
            Ok(event) => event,
            Err(_) => {
                token.cancel();
                return;
            }
        };
        on(event);
    }
}

struct Report;
impl From<RecvError> for Report {
    fn from(_: RecvError) -> Report {
        Report
    }
}
impl std::fmt::Display for Report {
    fn fmt(&self, _: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        Ok(())
    }
}

struct Controller;
impl Controller {
    fn trigger_shutdown(&self, _reason: String) -> Result<(), Report> {
        Ok(())
    }
}

async fn fails_behind_the_loop(mut events: Receiver<Event>) -> anyhow::Result<()> {
    while let Ok(event) = events.recv().await {
        on(event);
    }
    anyhow::bail!("the events stopped")
}

async fn stream_that_goes_on(events: Receiver<Event>) {
    use futures::StreamExt;
    let mut events = tokio_stream::wrappers::BroadcastStream::new(events);
    while let Some(event) = events.next().await {
        match event {
            Ok(event) => on(event),
            Err(gap) => tracing::warn!("{gap}"),
        }
    }
}

// The message that is waited for, or any other.
async fn one_of_several(mut events: Receiver<u8>) {
    loop {
        match events.recv().await {
            Ok(1) => tracing::info!("one"),
            _ => break,
        }
    }
}

// It waits for one message, and fails loudly.
async fn waits_for_one(mut events: Receiver<u8>) -> Result<(), RecvError> {
    loop {
        if events.recv().await? == 1 {
            break;
        }
    }
    while events.recv().await.expect("still open") != 2 {}
    Ok(())
}

fn is_lagged<T>(received: &Result<T, RecvError>) -> bool {
    matches!(received, Err(RecvError::Lagged(_)))
}

async fn asks_a_helper(mut events: Receiver<Event>) -> Result<(), RecvError> {
    loop {
        let event = events.recv().await;
        if is_lagged(&event) {
            continue;
        }
        on(event?);
    }
}

// A new receiver in each turn is never behind.
async fn starts_afresh(mut events: Receiver<Event>) {
    loop {
        events = events.resubscribe();
        tokio::select! {
            event = events.recv() => match event {
                Ok(event) => on(event),
                Err(_) => break,
            },
            _ = tokio::time::sleep(std::time::Duration::from_secs(1)) => {}
        }
    }
}

// Who listens is told, and subscribes again.
async fn tells_the_client(mut events: Receiver<u8>, client: tokio::sync::mpsc::Sender<Result<u8, String>>) {
    while let Ok(event) = events.recv().await {
        if client.send(Ok(event)).await.is_err() {
            return;
        }
    }
    let _ = client.send(Err("ask again".to_owned())).await;
}

// Two calls further up it is tried again.
async fn waits(events: &mut Receiver<u8>) -> Result<(), RecvError> {
    loop {
        if events.recv().await? == 1 {
            return Ok(());
        }
        tracing::debug!("not yet");
    }
}

async fn attempt(mut events: Receiver<u8>) -> Result<(), RecvError> {
    waits(&mut events).await
}

async fn start(events: tokio::sync::broadcast::Sender<u8>) {
    _ = retry_with_pauses(|| attempt(events.subscribe())).await;
}

// Each turn has a receiver of its own, which has missed nothing.
async fn waits_for_the_next(events: tokio::sync::broadcast::Sender<u8>) {
    while let Ok(event) = events.subscribe().recv().await {
        if event == 1 {
            break;
        }
    }
}

// What the project's own receiver gives as an error is the end: it has dealt with the gaps.
struct Patient {
    events: Receiver<Event>,
}

impl Patient {
    async fn recv(&mut self) -> Result<Event, RecvError> {
        loop {
            match self.events.recv().await {
                Err(RecvError::Lagged(missed)) => tracing::warn!("{missed} events were missed"),
                received => return received,
            }
        }
    }

    async fn next(&mut self) -> Result<Event, RecvError> {
        self.recv().await
    }
}

async fn through_a_patient_receiver(mut events: Patient) {
    while let Ok(event) = events.recv().await {
        on(event);
    }
    while let Ok(event) = events.next().await {
        on(event);
    }
    loop {
        tokio::select! {
            event = events.recv() => {
                let Ok(event) = event else { break };
                on(event);
            }
            _ = tokio::time::sleep(std::time::Duration::from_secs(1)) => {}
        }
    }
}

// Whoever waits for the block is told.
async fn hands_on_the_end_of_a_block(mut events: Receiver<u8>) -> anyhow::Result<u8> {
    let found = async move {
        loop {
            if let Ok(event) = events.recv().await {
                if event > 7 {
                    return Ok(event);
                }
            } else {
                break Err(anyhow::anyhow!("no event came"));
            }
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(1), found).await?
}

// One connection ends, with an error, and the other side opens another.
async fn for_one_socket(
    mut events: Receiver<String>,
    mut socket: axum::extract::ws::WebSocket,
) -> anyhow::Result<()> {
    loop {
        let event = events.recv().await?;
        socket.send(event.into()).await?;
    }
}

// The side that has opened the connection opens it again; the other takes what comes.
async fn talk(events: &Sender<Event>, mut socket: PeerSocket) {
    let mut events = events.subscribe();
    while let Ok(event) = events.recv().await {
        socket.pass(event).await;
    }
}

struct PeerSocket;
impl PeerSocket {
    async fn pass(&mut self, _event: Event) {}
}

async fn outbound(events: Sender<Event>) {
    loop {
        talk(&events, PeerSocket).await;
        tokio::time::sleep(std::time::Duration::from_secs(8)).await;
    }
}

async fn inbound(events: Sender<Event>, socket: PeerSocket) {
    talk(&events, socket).await;
    tracing::info!("a peer is gone");
}

// What is sent there is the wish to stop, and nothing else.
async fn told_to_stop(stop: Sender<bool>, mut work: tokio::sync::mpsc::Receiver<Event>) {
    let mut stop = stop.subscribe();
    loop {
        tokio::select! {
            said = stop.recv() => match said {
                Ok(true) => break,
                Err(_) => break,
                Ok(false) => {}
            },
            event = work.recv() => match event {
                Some(event) => on(event),
                None => break,
            },
        }
    }
}

// That it may fall behind is known, and told; the peer is let go, and comes again.
async fn lets_the_peer_go(mut events: Receiver<Event>, mut control: PeerSocket) {
    loop {
        match events.recv().await {
            Ok(event) => control.pass(event).await,
            Err(_) => {
                tracing::warn!("the subscription lagged, and is closed");
                break;
            }
        }
    }
}

// Without an answer the caller gets an error.
async fn waits_for_answer(mut events: Receiver<Event>) -> anyhow::Result<()> {
    let answered = async {
        while let Ok(event) = events.recv().await {
            if is_answer(&event) {
                return true;
            }
        }
        false
    };
    match tokio::time::timeout(std::time::Duration::from_secs(5), answered).await {
        Ok(true) => Ok(()),
        Ok(false) => Err(anyhow::anyhow!("the other side is gone")),
        Err(_) => {
            tracing::warn!("no answer came in time");
            Err(anyhow::anyhow!("no answer"))
        }
    }
}

fn is_answer(_event: &Event) -> bool {
    true
}
