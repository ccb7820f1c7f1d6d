//! Waits that look, waits at the end of things, and waits for something else.

use std::time::Duration;

use anyhow::Result;
use tokio::task::{JoinHandle, JoinSet};

async fn copy_table(name: &str) -> Result<u64> {
    anyhow::ensure!(!name.is_empty(), "a table without a name");
    Ok(1)
}

mod looked_at {
    use futures::future::{join_all, try_join_all};

    use super::*;

    async fn both_errors_propagated() -> Result<()> {
        let copy = tokio::spawn(copy_table("users"));
        copy.await??;
        Ok(())
    }

    async fn returned() -> Result<u64> {
        let copy = tokio::spawn(copy_table("users"));
        copy.await?
    }

    async fn matched_on_both_levels() {
        let copy = tokio::spawn(copy_table("users"));
        match copy.await {
            Ok(Ok(rows)) => tracing::info!(rows),
            Ok(Err(error)) => tracing::error!("copying failed: {error}"),
            Err(panic) => tracing::error!("copying panicked: {panic}"),
        }
    }

    async fn inner_result_handed_on(report: impl Fn(Result<u64>)) {
        let copy = tokio::spawn(copy_table("users"));
        match copy.await {
            Ok(result) => report(result),
            Err(panic) => tracing::error!("copying panicked: {panic}"),
        }
    }

    async fn kept_and_read_later() {
        let copy = tokio::spawn(copy_table("users"));
        let result = copy.await;
        tracing::info!("copied: {result:?}");
    }

    async fn flattened() {
        let copy = tokio::spawn(copy_table("users"));
        let result = copy.await.map_err(anyhow::Error::from).and_then(|inner| inner);
        if let Err(error) = result {
            tracing::error!("copying failed: {error}");
        }
    }

    fn count_rows(name: &str) -> Result<u64> {
        anyhow::ensure!(!name.is_empty(), "a table without a name");
        Ok(1)
    }

    /// Only the panic is replaced.
    async fn panic_turned_into_the_error() {
        let counted = tokio::task::spawn_blocking(|| count_rows("users"))
            .await
            .unwrap_or_else(|panic| Err(anyhow::anyhow!(panic)));
        match counted {
            Ok(rows) => tracing::info!(rows),
            Err(error) => tracing::error!("counting failed: {error}"),
        }
    }

    async fn panic_with_a_default() -> Result<u64> {
        tokio::task::spawn_blocking(|| count_rows("users")).await.unwrap_or(Ok(0))
    }

    async fn select_arm() -> Result<()> {
        let mut copy = tokio::spawn(copy_table("users"));
        tokio::select! {
            result = &mut copy => {
                result??;
            }
            () = tokio::time::sleep(Duration::from_secs(60)) => copy.abort(),
        }
        Ok(())
    }

    async fn joined() -> Result<()> {
        for result in join_all(["users", "orders"].map(|name| tokio::spawn(copy_table(name)))).await {
            result??;
        }
        Ok(())
    }

    async fn tried_together() -> Result<u64> {
        let users = tokio::spawn(copy_table("users"));
        let orders = tokio::spawn(copy_table("orders"));
        let (users, orders) = tokio::try_join!(users, orders)?;
        Ok(users? + orders?)
    }

    async fn tried_as_a_list() -> Result<Vec<u64>> {
        let copies = ["users", "orders"].map(|name| tokio::spawn(copy_table(name)));
        try_join_all(copies).await?.into_iter().collect()
    }

    async fn flatten(copy: JoinHandle<Result<u64>>) -> Result<u64> {
        copy.await?
    }

    async fn flattened_before_the_join() -> Result<()> {
        let users = tokio::spawn(copy_table("users"));
        let orders = tokio::spawn(copy_table("orders"));
        tokio::try_join!(flatten(users), flatten(orders))?;
        Ok(())
    }

    async fn drained() {
        let mut copies = JoinSet::new();
        copies.spawn(copy_table("users"));
        while let Some(result) = copies.join_next().await {
            match result {
                Ok(Ok(rows)) => tracing::info!(rows),
                Ok(Err(error)) => tracing::error!("copying failed: {error}"),
                Err(panic) => tracing::error!("copying panicked: {panic}"),
            }
        }
    }

    async fn drained_with_a_question_mark() -> Result<u64> {
        let mut copies = JoinSet::new();
        copies.spawn(copy_table("users"));
        let mut rows = 0;
        while let Some(result) = copies.join_next().await {
            rows += result??;
        }
        Ok(rows)
    }

    fn thread() -> Result<String> {
        let reader = std::thread::spawn(|| std::fs::read_to_string("/etc/hosts"));
        match reader.join() {
            Ok(text) => Ok(text?),
            Err(_) => anyhow::bail!("the reader panicked"),
        }
    }

    /// A panic is re-raised here, and the value is read.
    fn thread_unwrapped() -> std::io::Result<String> {
        std::thread::spawn(|| std::fs::read_to_string("/etc/hosts")).join().unwrap()
    }
}

mod nothing_left_to_hear {
    use super::*;

    async fn errors_told_inside() {
        let copy = tokio::spawn(async {
            if let Err(error) = copy_table("users").await {
                tracing::error!("copying failed: {error}");
            }
        });
        let _ = copy.await;
    }

    async fn error_logged_on_its_way_out() {
        let copy = tokio::spawn(async {
            copy_table("users").await.inspect_err(|error| tracing::error!("copying failed: {error}"))
        });
        let _ = copy.await;
    }

    #[tracing::instrument(err)]
    async fn copy_loudly(name: &str) -> Result<u64> {
        anyhow::bail!("cannot copy {name}")
    }

    async fn logged_by_its_attribute() {
        let copy = tokio::spawn(copy_loudly("users"));
        let _ = copy.await;
    }

    /// Short, and without a Result.
    async fn no_result() {
        let pause = tokio::spawn(tokio::time::sleep(Duration::from_secs(1)));
        let _ = pause.await;
    }

    async fn sent_by_the_task_itself(results: tokio::sync::mpsc::Sender<Result<u64>>) {
        let copy = tokio::spawn(async move {
            let _ = results.send(copy_table("users").await).await;
        });
        let _ = copy.await;
    }

    /// These two raise the panics of their tasks.
    async fn set_joined_as_a_whole(mut pauses: JoinSet<()>) {
        pauses.spawn(tokio::time::sleep(Duration::from_secs(1)));
        pauses.join_all().await;
    }
}

mod tear_down {
    use tokio_util::sync::CancellationToken;

    use super::*;

    async fn after_abort() {
        let copy = tokio::spawn(copy_table("users"));
        tokio::time::sleep(Duration::from_secs(1)).await;
        copy.abort();
        let _ = copy.await;
    }

    async fn after_cancel(stop: CancellationToken) {
        let copy = tokio::spawn(copy_table("users"));
        tokio::time::sleep(Duration::from_secs(1)).await;
        stop.cancel();
        let _ = copy.await;
    }

    async fn after_ctrl_c() {
        let copy = tokio::spawn(copy_table("users"));
        tokio::signal::ctrl_c().await.ok();
        let _ = copy.await;
    }

    /// All that leaves the loop is the wish to stop.
    async fn after_a_loop_of_signals(stop: tokio::sync::broadcast::Sender<()>) {
        let copy = tokio::spawn(copy_table("users"));
        loop {
            tokio::select! {
                Ok(()) = tokio::signal::ctrl_c() => break,
                Some(()) = async move {
                    let terminate = tokio::signal::unix::SignalKind::terminate();
                    tokio::signal::unix::signal(terminate).unwrap().recv().await
                } => break,
                Some(()) = async move {
                    let hangup = tokio::signal::unix::SignalKind::hangup();
                    tokio::signal::unix::signal(hangup).unwrap().recv().await
                } => {}
            }
        }
        let _ = stop.send(());
        let _ = copy.await;
    }

    fn join_survivors(copies: Vec<std::thread::JoinHandle<Result<()>>>) {
        for copy in copies {
            let _ = copy.join();
        }
    }

    /// The failure that is reported says already that not all is copied.
    fn before_a_failure(names: Vec<String>) -> Result<()> {
        let mut copies = Vec::new();
        for name in names {
            let copy = std::thread::Builder::new().spawn(move || -> Result<()> {
                std::fs::copy(&name, "/var/copies")?;
                Ok(())
            });
            match copy {
                Ok(copy) => copies.push(copy),
                Err(error) => {
                    join_survivors(copies);
                    return Err(error.into());
                }
            }
        }
        for copy in copies {
            copy.join().unwrap()?;
        }
        Ok(())
    }

    struct Copier {
        stop: CancellationToken,
        copies: Vec<JoinHandle<Result<u64>>>,
        thread: Option<std::thread::JoinHandle<std::io::Result<String>>>,
    }

    impl Copier {
        fn start(&mut self) {
            self.copies.push(tokio::spawn(copy_table("users")));
            self.thread = Some(std::thread::spawn(|| std::fs::read_to_string("/etc/hosts")));
        }

        async fn failed(&mut self) -> Result<()> {
            for copy in &mut self.copies {
                copy.await??;
            }
            Ok(())
        }

        async fn shutdown(&mut self) {
            self.stop.cancel();
            for copy in self.copies.drain(..) {
                let _ = copy.await;
            }
        }

        async fn stop(self) {
            let mut copier = self;
            for copy in copier.copies.drain(..) {
                let _ = tokio::time::timeout(Duration::from_secs(5), copy).await;
            }
        }
    }

    impl Drop for Copier {
        fn drop(&mut self) {
            if let Some(thread) = self.thread.take() {
                let _ = thread.join();
            }
        }
    }

    /// The block that waits is made after the abort.
    async fn aborted_and_cleaned_up_in_time(child: &mut tokio::process::Child) {
        let mut copy = tokio::spawn(copy_table("users"));
        if tokio::time::timeout(Duration::from_secs(5), child.wait()).await.is_ok() {
            return;
        }
        copy.abort();
        let clean_up = async {
            let _ = (&mut copy).await;
            let _ = child.wait().await;
        };
        let _ = tokio::time::timeout(Duration::from_secs(1), clean_up).await;
    }

    async fn set_shut_down() {
        let mut copies = JoinSet::new();
        copies.spawn(copy_table("users"));
        copies.shutdown().await;
    }

    async fn set_aborted_and_drained() {
        let mut copies = JoinSet::new();
        copies.spawn(copy_table("users"));
        copies.abort_all();
        while copies.join_next().await.is_some() {}
    }

    /// Reaps what has ended, so that the set does not grow.
    async fn reaped() {
        let mut pauses = JoinSet::new();
        loop {
            pauses.spawn(tokio::time::sleep(Duration::from_secs(1)));
            while pauses.try_join_next().is_some() {}
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }
}

mod something_else {
    use super::*;

    async fn oneshot_receiver() {
        let (done, wait) = tokio::sync::oneshot::channel::<Result<()>>();
        drop(done);
        let _ = wait.await;
    }

    async fn child_process() -> std::io::Result<()> {
        let mut child = tokio::process::Command::new("date").spawn()?;
        let _ = child.wait().await;
        Ok(())
    }

    /// Where the handle comes from is not known, so neither is what its task tells.
    async fn not_traced_to_a_spawn(copy: JoinHandle<()>) {
        let _ = copy.await; //~ blind_join
    }

    /// No task at all: the caller's own policy about one call.
    async fn a_plain_future() {
        let _ = copy_table("users").await;
        copy_table("orders").await.ok();
    }

    fn join_of_strings(words: &[&str]) {
        let _ = words.join(" ");
        let _ = std::path::Path::new("/etc").join("hosts");
    }

    struct Party {
        guests: Vec<String>,
    }

    impl Party {
        fn spawn(&self) -> &Self {
            self
        }

        fn join(&self) -> Result<usize> {
            Ok(self.guests.len())
        }
    }

    fn a_join_of_the_project(party: &Party) {
        let guests = party.spawn();
        let _ = guests.join();
    }
}

/// What a closure declares to give holds for all of its exits: none of these is an error.
mod no_result {
    use std::sync::Arc;

    #[derive(Default)]
    struct Rules;

    fn parse(_text: &str) -> Option<Arc<Rules>> {
        None
    }

    async fn declared(text: String) {
        let rules = tokio::task::spawn_blocking(move || -> Arc<Rules> {
            let Some(rules) = parse(&text) else { return Default::default() };
            rules
        });
        let _ = rules.await; //~ blind_join
    }

    async fn nothing_declared(text: String) {
        let rules = tokio::task::spawn_blocking(move || {
            if text.is_empty() {
                return Default::default();
            }
            println!("{text}");
        });
        let _ = rules.await; //~ blind_join
    }

    async fn declared_as_nothing(text: String) {
        let rules = tokio::task::spawn_blocking(move || -> () {
            if parse(&text).is_none() {
                return Default::default();
            }
        });
        let _ = rules.await; //~ blind_join
    }
}

/// Who is asked sees when there is no answer.
async fn confirmed(prompt: String) -> bool {
    let answer = tokio::task::spawn_blocking(move || {
        println!("{prompt} [y/N]");
        let mut line = String::new();
        std::io::stdin().read_line(&mut line)?;
        Ok::<_, std::io::Error>(line.trim() == "y")
    });
    answer.await.unwrap().unwrap_or(false)
}

#[tokio::test]
async fn copies() {
    let copy = tokio::spawn(copy_table("users"));
    let _ = copy.await;
}

/// The token that was looked at until now says that all is to stop.
async fn after_the_last_turn(stop: tokio_util::sync::CancellationToken) {
    let copy = tokio::spawn(copy_table("users"));
    while !stop.is_cancelled() {
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
    let _ = copy.await;
}

/// The flag is set right before.
fn told_by_a_flag(quit: std::sync::Arc<std::sync::atomic::AtomicBool>) {
    let copy = std::thread::spawn(|| std::fs::copy("users", "users.old"));
    quit.store(true, std::sync::atomic::Ordering::Relaxed);
    let _ = copy.join(); //~ blind_join
}

/// The only error is that of the stop.
mod until_shutdown {
    use tokio::sync::broadcast;
    use tokio::task::JoinHandle;

    use super::Result;

    struct Executor {
        shutdown: broadcast::Sender<()>,
    }

    impl Executor {
        fn spawn<F>(&self, future: F) -> JoinHandle<Result<F::Output>>
        where
            F: Future + Send + 'static,
            F::Output: Send + 'static,
        {
            let mut shutdown = self.shutdown.subscribe();
            tokio::spawn(async move {
                tokio::select! {
                    output = future => Ok(output),
                    _ = shutdown.recv() => anyhow::bail!("cancelled"),
                }
            })
        }
    }

    async fn refresh() {
        tokio::task::yield_now().await;
    }

    async fn run(executor: Executor) {
        let task = executor.spawn(async move { refresh().await });
        tokio::select! {
            _ = task => tracing::info!("refreshed"),
            () = refresh() => {}
        }
    }
}

/// An error leads to the other way, which has its own.
mod two_ways {
    use super::*;

    fn read_index(key: &str) -> Result<u64> {
        anyhow::ensure!(!key.is_empty(), "a key without letters");
        Ok(7)
    }

    async fn ask_peers(key: &str) -> Result<u64> {
        tokio::task::yield_now().await;
        read_index(key)
    }

    async fn by_index_or_peers(key: String) -> Result<u64> {
        let of_index = key.clone();
        if let Ok(found) = tokio::task::spawn_blocking(move || read_index(&of_index)).await? {
            return Ok(found);
        }
        let found = ask_peers(&key).await?;
        Ok(found)
    }

    async fn in_a_variable(key: String) -> Result<u64> {
        let of_index = key.clone();
        let local = {
            let lookup = tokio::task::spawn_blocking(move || read_index(&of_index));
            lookup.await.map_err(|panic| anyhow::anyhow!("the lookup panicked: {panic}"))?
        };
        if let Ok(found) = local {
            return Ok(found);
        }
        ask_peers(&key).await
    }

    struct Cache;

    impl Cache {
        /// What cannot be read is not there.
        async fn read(&self, key: String) -> Option<u64> {
            match tokio::task::spawn_blocking(move || read_index(&key)).await {
                Ok(Ok(found)) => Some(found),
                _ => None,
            }
        }

        async fn peek(&self, key: String) -> Result<Option<u64>> {
            Ok(self.read(key).await)
        }

        async fn read_late(&self, key: String) -> Option<u64> {
            match tokio::task::spawn_blocking(move || read_index(&key)).await {
                Ok(Ok(found)) => Some(found),
                _ => None,
            }
        }

        async fn peek_late(&self, key: String) -> Result<Option<u64>> {
            Ok(self.read_late(key).await)
        }

        async fn get_late(&self, key: String) -> Result<u64> {
            if let Some(found) = self.peek_late(key.clone()).await? {
                return Ok(found);
            }
            ask_peers(&key).await
        }

        async fn get(&self, key: String) -> Result<u64> {
            if key.len() > 3 {
                if let Some(found) = self.read(key.clone()).await {
                    return Ok(found);
                }
                tokio::task::yield_now().await;
            }
            let found = ask_peers(&key).await?;
            Ok(found)
        }
    }
}

/// A panic goes on in whoever waits: what is waited for is the answer of the task.
mod bare_answers {
    fn unpack() -> std::io::Result<u64> {
        std::fs::copy("archive", "folder")
    }

    async fn handed_on() -> std::io::Result<()> {
        async_std::task::spawn_blocking(unpack).await?;
        Ok(())
    }

    async fn looked_at() {
        if let Err(error) = async_std::task::spawn(async { unpack() }).await {
            tracing::error!("unpacking failed: {error}");
        }
    }
}

/// Only a panic is replaced by nothing.
async fn all_but_panics() {
    let tasks = vec![tokio::spawn(copy_table("users"))];
    for result in futures::future::try_join_all(tasks).await.unwrap_or_default() {
        if let Err(error) = result {
            tracing::warn!("copying failed: {error}");
        }
    }
}

/// The panic is made into an error like those that the task returns, and then it is looked at.
async fn flattened() -> Result<()> {
    use futures::FutureExt;

    let mut copies = Vec::new();
    for table in ["users", "orders"] {
        copies.push(tokio::spawn(copy_table(table)).map(|joined| match joined {
            Ok(result) => result,
            Err(panic) => Err(anyhow::Error::from(panic)),
        }));
    }
    match futures::future::select_ok(copies).await {
        Ok(_) => Ok(()),
        Err(_) => anyhow::bail!("no table could be copied"),
    }
}
