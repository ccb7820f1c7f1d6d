//! Handles that are watched, tasks whose errors are heard, and tasks that nobody needs to hear.

use std::time::Duration;

use anyhow::Result;
use tokio::time::sleep;

#[derive(Default)]
pub struct Client;

impl Client {
    async fn fetch(&mut self) -> Result<Vec<u8>> {
        Ok(tokio::fs::read("/run/feed").await?)
    }
}

/// The worker of most cases: its first error is its last.
async fn poll(mut client: Client) -> Result<()> {
    loop {
        client.fetch().await?;
        sleep(Duration::from_secs(5)).await;
    }
}

mod watched {
    use futures::future::{join_all, try_join_all};
    use futures::stream::{FuturesUnordered, StreamExt};
    use tokio::task::{JoinHandle, JoinSet};
    use tokio_util::task::AbortOnDropHandle;

    use super::*;

    async fn awaited(client: Client) -> Result<()> {
        tokio::spawn(poll(client)).await?
    }

    async fn awaited_later(client: Client) -> Result<()> {
        let poller = tokio::spawn(poll(client));
        tracing::info!("started");
        poller.await??;
        Ok(())
    }

    async fn awaited_in_a_condition(client: Client) {
        if let Err(error) = tokio::spawn(poll(client)).await.map_err(anyhow::Error::from).and_then(|it| it) {
            tracing::error!("polling ended: {error}");
        }
    }

    async fn selected(client: Client) -> Result<()> {
        let mut poller = tokio::spawn(poll(client));
        tokio::select! {
            result = &mut poller => result?,
            _ = tokio::signal::ctrl_c() => Ok(()),
        }
    }

    async fn selected_in_a_loop(client: Client) -> Result<()> {
        let mut poller = tokio::spawn(poll(client));
        let mut ticker = tokio::time::interval(Duration::from_secs(1));
        loop {
            tokio::select! {
                result = &mut poller => return result?,
                _ = ticker.tick() => tracing::debug!("alive"),
            }
        }
    }

    async fn drained_set(clients: Vec<Client>) -> Result<()> {
        let mut set = JoinSet::new();
        for client in clients {
            set.spawn(poll(client));
        }
        while let Some(result) = set.join_next().await {
            result??;
        }
        Ok(())
    }

    async fn pushed_then_awaited(clients: Vec<Client>) -> Result<()> {
        let mut pollers = Vec::new();
        for client in clients {
            pollers.push(tokio::spawn(poll(client)));
        }
        for result in join_all(pollers).await {
            result??;
        }
        Ok(())
    }

    async fn collected(clients: Vec<Client>) -> Result<()> {
        let pollers = clients.into_iter().map(|client| tokio::spawn(poll(client)));
        for result in try_join_all(pollers).await? {
            result?;
        }
        Ok(())
    }

    async fn unordered(clients: Vec<Client>) -> Result<()> {
        let mut pollers: FuturesUnordered<_> =
            clients.into_iter().map(|client| tokio::spawn(poll(client))).collect();
        while let Some(result) = pollers.next().await {
            result??;
        }
        Ok(())
    }

    fn returned(client: Client) -> JoinHandle<Result<()>> {
        tokio::spawn(poll(client))
    }

    fn returned_from_a_local(client: Client) -> (u16, JoinHandle<Result<()>>) {
        let poller = tokio::spawn(poll(client));
        (8080, poller)
    }

    fn sent_to_its_keeper(client: Client, keeper: &std::sync::mpsc::Sender<JoinHandle<Result<()>>>) {
        let _ = keeper.send(tokio::spawn(poll(client)));
    }

    /// Left our sight: what the guard does is another crate's business.
    async fn guarded_by_another_crate(client: Client) {
        let _guard = AbortOnDropHandle::new(tokio::spawn(poll(client)));
        sleep(Duration::from_secs(60)).await;
    }

    async fn supervise(task: JoinHandle<Result<()>>, name: &str) {
        match task.await {
            Ok(Ok(())) => tracing::warn!("{name} ended"),
            Ok(Err(error)) => tracing::error!("{name} failed: {error}"),
            Err(error) => tracing::error!("{name} panicked: {error}"),
        }
    }

    fn handed_to_a_supervisor(client: Client) {
        tokio::spawn(supervise(tokio::spawn(poll(client)), "poller"));
    }

    /// A second task waits for the first.
    fn watched_by_another_task(client: Client) {
        let poller = tokio::spawn(poll(client));
        tokio::spawn(async move {
            if let Ok(Err(error)) | Err(error) = poller.await.map_err(anyhow::Error::from) {
                tracing::error!("polling ended: {error}");
                std::process::exit(1);
            }
        });
    }

    struct Service {
        poller: JoinHandle<Result<()>>,
    }

    impl Service {
        fn new(client: Client) -> Self {
            Self { poller: tokio::spawn(poll(client)) }
        }

        /// Called while all is well, not when it is over.
        async fn failed(&mut self) -> Result<()> {
            (&mut self.poller).await?
        }

        fn is_alive(&self) -> bool {
            !self.poller.is_finished()
        }
    }

    struct Pool {
        pollers: JoinSet<Result<()>>,
    }

    impl Pool {
        fn add(&mut self, client: Client) {
            self.pollers.spawn(poll(client));
        }

        async fn run(&mut self) -> Result<()> {
            while let Some(result) = self.pollers.join_next().await {
                if let Err(error) = result? {
                    tracing::error!("a poller ended: {error}");
                }
            }
            Ok(())
        }
    }

    fn thread_joined() -> std::io::Result<()> {
        let reader = std::thread::spawn(move || -> std::io::Result<()> {
            loop {
                std::fs::read_to_string("/run/queue")?;
            }
        });
        reader.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    }

    /// The scope joins them.
    fn scoped_threads(names: &[String]) {
        std::thread::scope(|scope| {
            for name in names {
                scope.spawn(move || -> std::io::Result<()> {
                    loop {
                        std::fs::read_to_string(name)?;
                    }
                });
            }
        });
    }

    #[tokio::main]
    async fn main() -> Result<()> {
        let mut service = Service::new(Client);
        tracing::info!(alive = service.is_alive());
        service.failed().await
    }
}

mod guarded {
    use std::future::Future;
    use std::panic::AssertUnwindSafe;

    use futures::FutureExt;
    use tokio_util::sync::CancellationToken;

    use super::*;

    /// Whatever ends the task ends the process with it.
    fn drop_guard(client: Client, shutdown: &CancellationToken) {
        let shutdown = shutdown.clone();
        tokio::spawn(async move {
            let _guard = shutdown.drop_guard();
            poll(client).await
        });
    }

    struct Poller {
        client: Client,
        shutdown: CancellationToken,
    }

    impl Poller {
        /// The guard is the first line of what is called, not of what is spawned.
        async fn run(mut self) -> Result<()> {
            let _guard = self.shutdown.clone().drop_guard();
            loop {
                self.client.fetch().await?;
            }
        }
    }

    fn drop_guard_in_the_callee(client: Client, shutdown: CancellationToken) {
        tokio::spawn(Poller { client, shutdown }.run());
    }

    /// Home-made guard: `Drop` says that the task is gone.
    struct ReportOnDrop(&'static str);

    impl Drop for ReportOnDrop {
        fn drop(&mut self) {
            tracing::error!("{} is gone", self.0);
        }
    }

    fn home_made_guard(client: Client) {
        tokio::spawn(async move {
            let _report = ReportOnDrop("poller");
            poll(client).await
        });
    }

    fn catch_unwind(client: Client) {
        tokio::spawn(async move {
            match AssertUnwindSafe(poll(client)).catch_unwind().await {
                Ok(result) => tracing::error!("polling ended: {result:?}"),
                Err(_) => tracing::error!("polling panicked"),
            }
        });
    }

    fn spawn_or_abort<F>(work: F)
    where
        F: Future<Output = Result<()>> + Send + 'static,
    {
        tokio::spawn(async move {
            if let Err(error) = work.await {
                eprintln!("a worker failed: {error}");
                std::process::abort();
            }
        });
    }

    fn aborts_with_its_worker(client: Client) {
        spawn_or_abort(poll(client));
    }

    async fn exit_when_done(client: Client) {
        let result = poll(client).await;
        tracing::error!("polling ended: {result:?}");
        std::process::exit(1);
    }

    fn exits_with_its_worker(client: Client) {
        tokio::spawn(exit_when_done(client));
    }

    /// Cancelling the siblings is one way to tell.
    fn cancels_its_siblings(client: Client, shutdown: CancellationToken) {
        tokio::spawn(async move {
            //~^ unsupervised_worker
            let result = poll(client).await;
            shutdown.cancel();
            result
        });
    }
}

mod told {
    use std::sync::{Arc, Mutex};

    use futures::{FutureExt, TryFutureExt};
    use tokio::sync::{mpsc, oneshot, watch};
    use tracing::instrument;

    use super::*;

    fn logged(client: Client) {
        tokio::spawn(async move {
            //~^ unsupervised_worker
            if let Err(error) = poll(client).await {
                tracing::error!("polling ended: {error}");
            }
        });
    }

    fn printed(client: Client) {
        tokio::spawn(async move {
            //~^ unsupervised_worker
            if let Err(error) = poll(client).await {
                eprintln!("polling ended: {error}");
            }
        });
    }

    fn logged_in_a_match(client: Client) {
        tokio::spawn(async move {
            //~^ unsupervised_worker
            match poll(client).await {
                Ok(()) => {}
                Err(error) => tracing::warn!(%error, "polling ended"),
            }
        });
    }

    fn inspected(client: Client) {
        tokio::spawn(poll(client).inspect_err(|error| tracing::error!("polling ended: {error}")));
        tokio::spawn(async {
            //~^ unsupervised_worker
            poll(Client).await.inspect_err(|error| tracing::error!("polling ended: {error}"))
        });
    }

    fn mapped(client: Client) {
        tokio::spawn(poll(client).map_err(|error| tracing::error!("polling ended: {error}")));
        tokio::spawn(poll(Client).unwrap_or_else(|error| panic!("polling ended: {error}")));
        tokio::spawn(poll(Client).then(|result| async move { tracing::error!("polling ended: {result:?}") }));
    }

    #[instrument(err, skip_all)]
    async fn poll_with_span(mut client: Client) -> Result<()> {
        loop {
            client.fetch().await?;
        }
    }

    fn logged_by_its_attribute(client: Client) {
        tokio::spawn(poll_with_span(client)); //~ unsupervised_worker
    }

    async fn poll_and_tell(mut client: Client) -> Result<()> {
        loop {
            match client.fetch().await {
                Ok(batch) => tracing::debug!(len = batch.len()),
                Err(error) => {
                    tracing::error!("fetch failed, polling ends: {error}");
                    return Err(error);
                }
            }
        }
    }

    fn logged_just_before(client: Client) {
        tokio::spawn(poll_and_tell(client)); //~ unsupervised_worker
    }

    macro_rules! log_failure {
        ($($arg:tt)*) => { eprintln!($($arg)*) };
    }

    fn logged_by_a_macro_of_the_project(client: Client) {
        tokio::spawn(async move {
            //~^ unsupervised_worker
            if let Err(error) = poll(client).await {
                log_failure!("polling ended: {error}");
            }
        });
    }

    /// A panic is loud; whether it is fatal is another lint's question.
    fn unwrapped(client: Client) {
        tokio::spawn(async move { poll(client).await.unwrap() }); //~ detached_task_panics
        tokio::spawn(async move { poll(Client).await.expect("polling never ends") }); //~ detached_task_panics
    }

    fn sent(client: Client, errors: mpsc::Sender<anyhow::Error>) {
        tokio::spawn(async move {
            //~^ unsupervised_worker
            if let Err(error) = poll(client).await {
                let _ = errors.send(error).await;
            }
        });
    }

    fn sent_as_a_whole(client: Client) -> oneshot::Receiver<Result<()>> {
        let (done, result) = oneshot::channel();
        tokio::spawn(async move {
            //~^ unsupervised_worker
            let _ = done.send(poll(client).await);
        });
        result
    }

    #[derive(Default)]
    struct Health {
        failure: Option<String>,
    }

    fn written_where_the_owner_reads(client: Client, health: Arc<Mutex<Health>>) {
        tokio::spawn(async move {
            //~^ unsupervised_worker
            if let Err(error) = poll(client).await {
                health.lock().unwrap().failure = Some(error.to_string());
            }
        });
    }

    fn written_to_a_watch(client: Client, state: watch::Sender<Option<String>>) {
        tokio::spawn(async move {
            //~^ unsupervised_worker
            if let Err(error) = poll(client).await {
                state.send_replace(Some(error.to_string()));
            }
        });
    }
}

mod no_error_leaves {
    use std::convert::Infallible;
    use std::sync::Arc;

    use tokio::sync::{Semaphore, mpsc, watch};

    use super::*;

    fn errors_stay_inside(mut client: Client) {
        tokio::spawn(async move {
            //~^ unsupervised_worker
            loop {
                if let Err(error) = client.fetch().await {
                    tracing::warn!("fetch failed, trying again: {error}");
                }
                sleep(Duration::from_secs(5)).await;
            }
        });
    }

    /// The inner block swallows on purpose: a policy, not an accident.
    fn result_turned_into_an_option(mut client: Client) {
        tokio::spawn(async move {
            //~^ unsupervised_worker
            loop {
                let batch = client.fetch().await.ok();
                tracing::debug!(got = batch.is_some());
                sleep(Duration::from_secs(5)).await;
            }
        });
    }

    /// Its errors say that nobody is there to hear.
    fn ends_with_its_receiver(updates: mpsc::Sender<u64>) {
        tokio::spawn(async move {
            //~^ unsupervised_worker
            let mut height = 0;
            loop {
                updates.send(height).await?;
                height += 1;
            }
            #[allow(unreachable_code)]
            Ok::<(), mpsc::error::SendError<u64>>(())
        });
    }

    fn only_waits(limit: Arc<Semaphore>, mut config: watch::Receiver<u64>) {
        tokio::spawn(async move {
            //~^ unsupervised_worker
            loop {
                config.changed().await?;
                let _permit = limit.acquire().await?;
                tracing::info!("configuration is now {}", *config.borrow_and_update());
            }
            #[allow(unreachable_code)]
            anyhow::Ok(())
        });
    }

    async fn tick() -> Result<(), Infallible> {
        sleep(Duration::from_secs(1)).await;
        Ok(())
    }

    fn cannot_fail() {
        tokio::spawn(async move {
            //~^ unsupervised_worker
            loop {
                tick().await?;
            }
            #[allow(unreachable_code)]
            Ok::<(), Infallible>(())
        });
    }

    async fn parse(input: &str) -> Result<u32, ()> {
        input.parse().map_err(|_| ())
    }

    /// `()` carries no news.
    fn unit_error() {
        tokio::spawn(async move {
            //~^ unsupervised_worker
            loop {
                parse("1").await?;
                sleep(Duration::from_secs(1)).await;
            }
            #[allow(unreachable_code)]
            Ok::<(), ()>(())
        });
    }

    async fn beat() -> ! {
        loop {
            sleep(Duration::from_secs(1)).await;
        }
    }

    fn never_returns() {
        tokio::spawn(beat()); //~ unsupervised_worker
    }

    /// The `?` leaves the closure, not the task.
    fn question_mark_in_a_closure(texts: mpsc::Receiver<String>) {
        tokio::spawn(async move {
            //~^ unsupervised_worker
            let mut texts = texts;
            loop {
                let Some(text) = texts.recv().await else { return };
                let sum = || -> Result<u32, std::num::ParseIntError> {
                    let mut sum = 0;
                    for word in text.split(' ') {
                        sum += word.parse::<u32>()?;
                    }
                    Ok(sum)
                };
                match sum() {
                    Ok(sum) => tracing::info!(sum),
                    Err(error) => tracing::warn!("odd text: {error}"),
                }
            }
        });
    }

    /// One turn of the loop fails, the loop goes on.
    fn question_mark_in_an_inner_block(mut client: Client) {
        tokio::spawn(async move {
            //~^ unsupervised_worker
            loop {
                let turn = async {
                    let first = client.fetch().await?;
                    let second = client.fetch().await?;
                    anyhow::Ok(first.len() + second.len())
                };
                if let Err(error) = turn.await {
                    tracing::warn!("turn failed: {error}");
                }
                sleep(Duration::from_secs(1)).await;
            }
        });
    }
}

mod not_for_life {
    use tokio::net::{TcpListener, TcpStream};

    use super::*;

    async fn save(_report: String) -> Result<()> {
        Ok(())
    }

    /// Best effort, and over soon.
    fn one_shot(report: String) {
        tokio::spawn(async move {
            //~^ lost_task_error
            let report = report.to_uppercase();
            save(report).await?;
            anyhow::Ok(())
        });
    }

    fn bounded_loop(reports: Vec<String>) {
        tokio::spawn(async move {
            //~^ lost_task_error
            for report in reports {
                save(report).await?;
            }
            anyhow::Ok(())
        });
    }

    fn tries_three_times(report: String) {
        tokio::spawn(async move {
            //~^ lost_task_error
            let mut tries = 0;
            loop {
                match save(report.clone()).await {
                    Ok(()) => break,
                    Err(error) if tries == 3 => return Err(error),
                    Err(_) => tries += 1,
                }
            }
            Ok(())
        });
    }

    /// One bad peer is the business of its own connection.
    async fn talk(socket: TcpStream) -> Result<()> {
        loop {
            socket.readable().await?;
            let mut buffer = [0; 1024];
            match socket.try_read(&mut buffer)? {
                0 => return Ok(()),
                read => tracing::debug!("{read} bytes"),
            }
        }
    }

    pub async fn accept(listener: TcpListener) -> Result<()> {
        loop {
            let (socket, _) = listener.accept().await?; //~ fatal_item_error
            tokio::spawn(talk(socket));
        }
    }

    pub async fn accept_and_answer(listener: TcpListener) -> Result<()> {
        loop {
            let (mut socket, _) = listener.accept().await?; //~ fatal_item_error
            tokio::spawn(async move {
                loop {
                    let (mut reader, mut writer) = socket.split();
                    if tokio::io::copy(&mut reader, &mut writer).await? == 0 {
                        break;
                    }
                }
                anyhow::Ok(())
            });
        }
    }

    struct Session {
        id: u64,
    }

    impl Drop for Session {
        fn drop(&mut self) {
            let id = self.id;
            tokio::spawn(async move {
                loop {
                    if save(format!("session {id} is closed")).await.is_ok() {
                        break;
                    }
                    save("again".to_owned()).await?;
                }
                anyhow::Ok(())
            });
        }
    }

    struct Menu;

    impl Menu {
        /// A project method that is merely called so.
        async fn serve(&self, guests: u32) -> Result<u32> {
            for guest in 0..guests {
                save(format!("guest {guest}")).await?;
            }
            Ok(guests)
        }
    }

    fn serves_dinner() {
        tokio::spawn(async { Menu.serve(4).await });
    }
}

mod not_known {
    use std::sync::Arc;

    use super::*;

    #[async_trait::async_trait]
    trait Worker: Send + Sync {
        async fn run(&self) -> Result<()>;
    }

    struct Follower;

    #[async_trait::async_trait]
    impl Worker for Follower {
        async fn run(&self) -> Result<()> {
            poll(Client).await
        }
    }

    struct Once;

    #[async_trait::async_trait]
    impl Worker for Once {
        async fn run(&self) -> Result<()> {
            tracing::info!("once");
            Ok(())
        }
    }

    /// Which of the two it is only the run tells. One that can fail is enough for an error to be lost, not for a worker to die.
    fn either(worker: Arc<dyn Worker>) {
        tokio::spawn(async move { worker.run().await }); //~ lost_task_error
    }

    fn any(worker: impl std::future::Future<Output = Result<()>> + Send + 'static) {
        tokio::spawn(worker);
    }

    /// Nothing is known of what another crate returns.
    fn foreign(server: jsonrpc::Server) {
        tokio::spawn(server.run());
        tokio::spawn(jsonrpc::follow_forever());
    }
}

mod other_spawns {
    use super::*;

    struct Herd {
        size: usize,
    }

    impl Herd {
        fn spawn(&mut self, calves: usize) -> Result<usize> {
            loop {
                self.size += calves;
                if self.size > 10 {
                    anyhow::bail!("too many");
                }
            }
        }
    }

    fn spawn(names: &[&str]) -> usize {
        names.len()
    }

    fn unrelated(herd: &mut Herd) {
        let _ = herd.spawn(2);
        let _ = spawn(&["a", "b"]);
    }

    fn process() -> std::io::Result<()> {
        std::process::Command::new("date").spawn()?;
        let _child = tokio::process::Command::new("date").spawn()?;
        Ok(())
    }
}

mod for_one_peer {
    use std::io;

    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::{TcpListener, TcpStream};

    async fn run(listener: TcpListener) -> io::Result<()> {
        loop {
            let (stream, _) = match listener.accept().await {
                Ok(accepted) => accepted,
                Err(error) => {
                    eprintln!("cannot accept: {error}");
                    tokio::time::sleep(std::time::Duration::from_secs(1)).await;
                    continue;
                }
            };
            tokio::spawn(answer(stream));
        }
    }

    /// Turns until the peer goes; all others are served on.
    async fn answer(mut stream: TcpStream) -> io::Result<()> {
        loop {
            let length = stream.read_u16().await?;
            stream.write_u16(length).await?;
        }
    }
}

mod allowed {
    use super::*;

    fn with_a_reason(client: Client) {
        // taskguard: allow(dropped_join_handle) -- the dashboard shows the age of the last batch
        tokio::spawn(poll(client));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn polls_in_the_background() {
        tokio::spawn(poll(Client));
        sleep(Duration::from_millis(10)).await;
    }
}

#[tokio::test]
async fn polls_at_the_top() {
    tokio::spawn(poll(Client));
}

mod one_of_many {
    use std::sync::Arc;

    use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
    use tokio::net::UdpSocket;
    use tokio::sync::mpsc;

    use super::*;

    /// One visitor loses, the loop goes on for all others.
    async fn forward(socket: Arc<UdpSocket>, mut packets: mpsc::Receiver<Vec<u8>>) -> Result<()> {
        loop {
            let Some(packet) = packets.recv().await else { return Ok(()) };
            socket.send(&packet).await?;
        }
    }

    async fn relay(socket: Arc<UdpSocket>, mut visitors: mpsc::Receiver<mpsc::Receiver<Vec<u8>>>) {
        while let Some(visitor) = visitors.recv().await {
            tokio::spawn(forward(socket.clone(), visitor)); //~ lost_task_error
        }
    }

    async fn read_keys<R: AsyncRead + Unpin>(mut viewer: R, keys: mpsc::UnboundedSender<u8>) -> Result<()> {
        loop {
            keys.send(viewer.read_u8().await?)?;
        }
    }

    /// Both halves are of one viewer.
    async fn show<S>(viewer: S) -> Result<()>
    where
        S: AsyncRead + AsyncWrite + Send + 'static,
    {
        let (reader, mut writer) = tokio::io::split(viewer);
        let (keys, mut pressed) = mpsc::unbounded_channel();
        let reader = tokio::spawn(read_keys(reader, keys)); //~ unsupervised_worker
        while let Some(key) = pressed.recv().await {
            writer.write_u8(key).await?;
        }
        reader.abort();
        Ok(())
    }
}

mod waited_for_at_the_end {
    use tokio::task::JoinHandle;

    use super::*;

    /// A command, not a service: what it did is done when it stops its helper, and the answer is handed on.
    async fn ask(client: Client) -> Result<()> {
        let helper = tokio::spawn(poll(client));
        println!("{}", tokio::fs::read_to_string("/run/answer").await?);
        stop_helper(helper).await
    }

    async fn stop_helper(helper: JoinHandle<Result<()>>) -> Result<()> {
        helper.await?
    }
}

mod returned_in_a_result {
    use tokio::net::TcpListener;
    use tokio::task::JoinHandle;

    use super::*;

    struct Failed(std::io::Error);

    type Server = JoinHandle<Result<()>>;

    async fn start(address: &str) -> std::io::Result<(Server, u16)> {
        let listener = TcpListener::bind(address).await?;
        let port = listener.local_addr()?.port();
        let server: Server = tokio::spawn(async move {
            loop {
                let (peer, _) = listener.accept().await?; //~ fatal_item_error
                drop(peer);
            }
        });
        Ok((server, port))
    }

    /// The closure of `map_err` is given the error, not the handle.
    async fn run(address: &str) -> Result<(), Failed> {
        let (mut server, _port) = start(address).await.map_err(|error| Failed(error))?;
        tokio::select! {
            ended = &mut server => tracing::error!("the server has ended: {ended:?}"),
            _ = tokio::signal::ctrl_c() => {}
        }
        Ok(())
    }
}

mod cannot_fail {
    use tokio::net::TcpListener;
    use tracing::instrument;

    use super::*;

    /// It goes on after every failed accept.
    async fn serve(listener: TcpListener, app: axum::Router) -> std::io::Result<()> {
        axum::serve(listener, app).with_graceful_shutdown(std::future::pending()).await?;
        Ok(())
    }

    fn start(listener: TcpListener, app: axum::Router) {
        tokio::spawn(serve(listener, app)); //~ unsupervised_worker
    }

    fn tell_of_signals() {
        tokio::spawn(async {
            tokio::signal::ctrl_c().await?;
            tracing::info!("interrupted");
            std::io::Result::Ok(())
        });
    }

    /// Only this code can make a wrong request.
    fn build_requests(mut names: tokio::sync::mpsc::Receiver<String>, sent: std::sync::mpsc::Sender<usize>) {
        tokio::spawn(async move {
            while let Some(name) = names.recv().await {
                let request = http::Request::builder().method("GET").uri("/names").body(name)?;
                sent.send(request.body().len()).ok();
            }
            Ok::<(), http::Error>(())
        });
    }

    #[instrument(ret)]
    async fn fetch_once(mut client: Client) -> Result<()> {
        client.fetch().await?;
        Ok(())
    }

    fn told_by_its_attribute(client: Client) {
        tokio::spawn(fetch_once(client));
    }
}

/// The method says by its name that it logs the error, and hands it on.
mod logged_by_a_method {
    use super::*;

    trait LogExt: Sized {
        fn log_err(self, events: &Events) -> Self;
    }

    impl<T> LogExt for Result<T> {
        fn log_err(self, events: &Events) -> Self {
            if let Err(error) = &self {
                events.pass(format!("{error:#}"));
            }
            self
        }
    }

    struct Events;

    impl Events {
        fn pass(&self, _text: String) {}
    }

    fn start(client: Client, events: Events) {
        tokio::spawn(async move { poll(client).await.log_err(&events) }); //~ unsupervised_worker
    }
}

/// Another part of the program is stopped before, and then the task is all that is waited for.
mod after_others_are_stopped {
    use super::*;

    struct Io;

    impl Io {
        async fn stop_io(&self) {}
    }

    async fn main_loop(client: Client, io: Io) -> Result<()> {
        let poller = tokio::spawn(poll(client));
        io.stop_io().await;
        poller.await??;
        Ok(())
    }
}

/// The collection is a private field without a name, and the function that ends all tasks first waits for one.
mod joined_and_aborted {
    use super::*;

    #[derive(Default)]
    struct Tasks(tokio::task::JoinSet<Result<()>>);

    impl Tasks {
        fn spawn_task(&mut self, client: Client) {
            self.0.spawn(poll(client));
        }

        async fn join_and_abort(mut self) -> Result<()> {
            let ended = self.0.join_next().await.expect("there is a task");
            self.0.abort_all();
            ended?
        }
    }

    async fn proxy(client: Client) -> Result<()> {
        let mut tasks = Tasks::default();
        tasks.spawn_task(client);
        tasks.join_and_abort().await
    }
}

/// Whoever has the future that is given back asks the task to stop with it, and gets its error.
mod given_back {
    use std::sync::Arc;

    use futures::FutureExt;
    use futures::future::BoxFuture;
    use tokio::sync::Notify;

    use super::*;

    fn start(client: Option<Client>, stop: Arc<Notify>) -> BoxFuture<'static, Result<()>> {
        if let Some(client) = client {
            let poller = tokio::spawn(poll(client));
            async move {
                stop.notify_one();
                poller.await?
            }
            .boxed()
        } else {
            futures::future::ready(Ok(())).boxed()
        }
    }
}

/// A library calls the closure for each session, with what that session sends.
fn for_each_session() -> somewhere::Protocol {
    somewhere::Protocol::new(|session: somewhere::Session, mut messages| {
        tokio::spawn(async move {
            while let Some(message) = messages.try_next().await? {
                session.answer(message).await?;
            }
            anyhow::Ok(())
        });
    })
}
