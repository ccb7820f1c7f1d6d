use tokio::sync::broadcast::{self, Receiver as Events, Sender};

#[derive(Clone)]
struct Event;
fn on(_event: Event) {}

async fn subscribed(events: Sender<Event>) {
    let mut events = events.subscribe();
    while let Ok(event) = events.recv().await { //~ lagged_ends_loop
        on(event);
    }
    tracing::info!("the channel is closed");
}

async fn parameter_under_another_name(mut events: Events<Event>) {
    loop {
        match events.recv().await { //~ lagged_ends_loop
            Ok(event) => on(event),
            Err(error) => {
                tracing::error!("the channel is closed: {error}");
                break;
            }
        }
    }
}

async fn made_here() {
    let (sender, mut receiver) = broadcast::channel(16);
    tokio::task::JoinSet::new().spawn(async move {
        loop {
            let Ok(event) = receiver.recv().await else { return }; //~ lagged_ends_loop
            on(event);
        }
    });
    sender.send(Event).ok();
}

struct Bus {
    sender: Sender<Event>,
}

impl Bus {
    fn listen(&self) -> Subscriber {
        Subscriber { events: self.sender.subscribe() }
    }
}

struct Subscriber {
    events: Events<Event>,
}

impl Subscriber {
    async fn next(&mut self) -> Result<Event, broadcast::error::RecvError> {
        self.events.recv().await
    }
}

async fn through_a_wrapper(bus: &Bus) {
    let mut events = bus.listen();
    while let Ok(event) = events.next().await { //~ lagged_ends_loop
        on(event);
    }
}

async fn of_a_field(mut subscriber: Subscriber) -> Result<(), broadcast::error::RecvError> {
    loop {
        on(subscriber.events.recv().await?); //~ lagged_ends_loop
    }
}

async fn panics(mut events: Events<Event>) {
    loop {
        on(events.recv().await.expect("the sender lives as long as we do")); //~ lagged_ends_loop
    }
}

async fn as_an_option(mut events: Events<Event>) {
    while let Some(event) = events.recv().await.ok() { //~ lagged_ends_loop
        on(event);
    }
}

async fn if_let_else(mut events: Events<Event>) {
    loop {
        if let Ok(event) = events.recv().await { //~ lagged_ends_loop
            on(event);
        } else {
            break;
        }
    }
}

async fn beside_a_ticker(mut events: Events<Event>) {
    let mut ticker = tokio::time::interval(std::time::Duration::from_secs(1));
    loop {
        tokio::select! {
            _ = ticker.tick() => on(Event),
            event = events.recv() => match event { //~ lagged_ends_loop
                Ok(event) => on(event),
                Err(_) => break,
            },
        }
    }
}

async fn tidies_up(mut events: Events<Event>, helper: tokio::task::JoinHandle<()>) {
    while let Ok(event) = events.recv().await { //~ lagged_ends_loop
        on(event);
    }
    helper.abort();
}

async fn as_a_stream(events: Events<Event>) {
    use futures::StreamExt;
    let mut events = tokio_stream::wrappers::BroadcastStream::new(events);
    while let Some(Ok(event)) = events.next().await { //~ lagged_ends_loop
        on(event);
    }
}

fn blocking(mut events: Events<Event>) {
    while let Ok(event) = events.blocking_recv() { //~ lagged_ends_loop
        on(event);
    }
}

fn generated(mut events: Events<Event>) -> impl futures::Stream<Item = Event> {
    async_stream::stream! {
        while let Ok(event) = events.recv().await { //~ lagged_ends_loop
            yield event;
        }
    }
}

// It counts what it takes, and hands on what it gets.
impl Subscriber {
    async fn recv(&mut self) -> Result<Event, broadcast::error::RecvError> {
        let received = self.events.recv().await;
        tracing::trace!("one more");
        received
    }
}

async fn through_a_counter(mut events: Subscriber) {
    while let Ok(event) = events.recv().await { //~ lagged_ends_loop
        on(event);
    }
}

// The value of the loop is a success.
async fn breaks_with_a_success(mut events: Events<Event>) -> Result<(), String> {
    loop {
        match events.recv().await { //~ lagged_ends_loop
            Ok(event) => on(event),
            Err(_) => break Ok(()),
        }
    }
}

// A socket that is bound, not one peer's.
async fn for_all_peers(mut events: Events<Event>, socket: tokio::net::UdpSocket) -> anyhow::Result<()> {
    loop {
        let event = events.recv().await?; //~ lagged_ends_loop
        on(event);
        socket.send(&[1]).await?;
    }
}

// Who waits for one value takes the end of the wait for that value.
async fn wait_for(mut updates: Events<u32>, wanted: u32) {
    while let Ok(next) = updates.recv().await { //~ lagged_ends_loop
        if next == wanted {
            return;
        }
    }
}

// Events like others, one of which says to stop.
async fn in_an_arm(mut events: Events<u32>, mut work: tokio::sync::mpsc::Receiver<Event>) {
    loop {
        tokio::select! {
            said = events.recv() => match said { //~ lagged_ends_loop
                Ok(0) => break,
                Err(_) => break,
                Ok(_) => {}
            },
            event = work.recv() => match event {
                Some(event) => on(event),
                None => break,
            },
        }
    }
}

// The other arm speaks of a stop.
async fn beside_a_stop(mut events: Events<Event>, stop: tokio_util::sync::CancellationToken) {
    loop {
        let received = tokio::select! {
            received = events.recv() => received,
            () = stop.cancelled() => break,
        };
        let event = match received { //~ lagged_ends_loop
            Ok(event) => event,
            Err(_) => break,
        };
        on(event);
    }
}

// What is told is the wrong story.
async fn tells_of_the_end(mut events: Events<Event>) {
    loop {
        match events.recv().await { //~ lagged_ends_loop
            Ok(event) => on(event),
            Err(_) => {
                tracing::warn!("the subscription is closed, and its flag is cleared");
                break;
            }
        }
    }
}

// Without an answer all goes on as with one.
async fn waits_and_goes_on(mut events: Events<Event>) -> anyhow::Result<bool> {
    let answered = async {
        while let Ok(_event) = events.recv().await { //~ lagged_ends_loop
            if events.len() > 3 {
                return true;
            }
        }
        false
    };
    match tokio::time::timeout(std::time::Duration::from_secs(5), answered).await {
        Ok(true) => Ok(true),
        Ok(false) => Ok(false),
        Err(_) => Err(anyhow::anyhow!("no answer")),
    }
}

// Nobody is told, and it is a guess.
async fn might_lag(mut events: Events<Event>) {
    loop {
        match events.recv().await { //~ lagged_ends_loop
            Ok(event) => on(event),
            Err(error) => {
                tracing::debug!("no event, this node might be lagging: {error}");
                return;
            }
        }
    }
}

async fn told_to_nobody(mut events: Events<Event>) {
    loop {
        match events.recv().await { //~ lagged_ends_loop
            Ok(event) => on(event),
            Err(_) => {
                tracing::debug!("the subscription lagged");
                break;
            }
        }
    }
}
