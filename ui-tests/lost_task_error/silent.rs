//! Jobs whose error is told, is no news, or is meant to be lost.

use std::path::PathBuf;

use anyhow::Result;

async fn save(report: String) -> Result<()> {
    tokio::fs::write("/var/lib/reports/last", report).await?;
    Ok(())
}

mod told {
    use std::panic::AssertUnwindSafe;

    use futures::{FutureExt, TryFutureExt};
    use tokio::sync::{mpsc, oneshot};
    use tokio_util::sync::CancellationToken;
    use tracing::{Instrument, instrument};

    use super::*;

    fn logged(report: String) {
        tokio::spawn(async move {
            if let Err(error) = save(report).await {
                tracing::error!("not saved: {error}");
            }
        });
    }

    fn logged_before_it_returns(report: String) {
        tokio::spawn(async move {
            match save(report).await {
                Ok(()) => Ok(()),
                Err(error) => {
                    tracing::error!("not saved: {error}");
                    Err(error)
                }
            }
        });
    }

    #[instrument(err, skip_all)]
    async fn save_in_a_span(report: String) -> Result<()> {
        save(report).await?;
        save("and once more".to_owned()).await
    }

    fn logged_by_its_attribute(report: String) {
        tokio::spawn(save_in_a_span(report));
        tokio::spawn(save_in_a_span("again".to_owned()).instrument(tracing::info_span!("again")));
    }

    fn inspected(report: String) {
        tokio::spawn(save(report).inspect_err(|error| tracing::error!("not saved: {error}")));
    }

    fn unwrapped(report: String) {
        tokio::spawn(save(report).unwrap_or_else(|error| tracing::error!("not saved: {error}")));
    }

    fn sent(report: String, errors: mpsc::Sender<anyhow::Error>) {
        tokio::spawn(async move {
            if let Err(error) = save(report).await {
                let _ = errors.send(error).await;
            }
        });
    }

    fn sent_as_a_whole(report: String) -> oneshot::Receiver<Result<()>> {
        let (done, result) = oneshot::channel();
        tokio::spawn(async move {
            let _ = done.send(save(report).await);
        });
        result
    }

    fn catch_unwind(report: String) {
        tokio::spawn(async move {
            match AssertUnwindSafe(save(report)).catch_unwind().await {
                Ok(result) => tracing::info!("saved: {result:?}"),
                Err(_) => tracing::error!("saving panicked"),
            }
        });
    }

    /// What ends the task ends the process.
    fn drop_guard(report: String, shutdown: CancellationToken) {
        tokio::spawn(async move {
            let _guard = shutdown.drop_guard();
            save(report).await
        });
    }

    struct Import {
        shutdown: CancellationToken,
        files: Vec<PathBuf>,
    }

    impl Import {
        /// The guard is in what is called, the spawn does not show it.
        async fn run(self) -> Result<()> {
            let _guard = self.shutdown.clone().drop_guard();
            for file in self.files {
                save(tokio::fs::read_to_string(file).await?).await?;
            }
            Ok(())
        }
    }

    fn drop_guard_in_the_callee(import: Import) {
        tokio::spawn(import.run());
    }

    fn spawn_or_abort<F>(work: F)
    where
        F: std::future::Future<Output = Result<()>> + Send + 'static,
    {
        tokio::spawn(async move {
            if let Err(error) = work.await {
                eprintln!("a job failed: {error}");
                std::process::abort();
            }
        });
    }

    fn aborts_with_its_job(report: String) {
        spawn_or_abort(save(report));
    }
}

mod watched {
    use futures::future::join_all;
    use tokio::task::{JoinHandle, JoinSet};
    use tokio_util::task::AbortOnDropHandle;

    use super::*;

    async fn awaited(report: String) -> Result<()> {
        tokio::spawn(save(report)).await?
    }

    async fn pushed_then_awaited(reports: Vec<String>) -> Result<()> {
        let mut saving = Vec::new();
        for report in reports {
            saving.push(tokio::spawn(save(report)));
        }
        for saved in saving {
            saved.await??;
        }
        Ok(())
    }

    async fn pushed_then_joined(reports: Vec<String>) -> Result<()> {
        let mut saving = Vec::new();
        for report in reports {
            saving.push(tokio::spawn(save(report)));
        }
        for saved in join_all(saving).await {
            saved??;
        }
        Ok(())
    }

    async fn drained_while_running(mut reports: tokio::sync::mpsc::Receiver<String>) {
        let mut saving = JoinSet::new();
        loop {
            tokio::select! {
                Some(report) = reports.recv() => {
                    saving.spawn(save(report));
                }
                Some(saved) = saving.join_next() => match saved {
                    Ok(Ok(())) => {}
                    Ok(Err(error)) => tracing::error!("not saved: {error}"),
                    Err(error) => tracing::error!("saving panicked: {error}"),
                },
                else => break,
            }
        }
    }

    async fn supervise(task: JoinHandle<Result<()>>, name: &'static str) {
        match task.await {
            Ok(Ok(())) => tracing::info!("{name} is done"),
            Ok(Err(error)) => tracing::error!("{name} failed: {error}"),
            Err(error) => tracing::error!("{name} panicked: {error}"),
        }
    }

    fn handed_to_a_supervisor(report: String) {
        tokio::spawn(supervise(tokio::spawn(save(report)), "the report"));
    }

    struct Jobs {
        set: JoinSet<Result<()>>,
    }

    impl Jobs {
        /// The set owns its tasks: they end with it.
        fn add(&mut self, report: String) {
            self.set.spawn(save(report));
        }

        fn stop(&mut self) {
            self.set.abort_all();
        }
    }

    fn handed_to_its_owner(report: String) -> AbortOnDropHandle<Result<()>> {
        AbortOnDropHandle::new(tokio::spawn(save(report)))
    }
}

mod no_news {
    use tokio::sync::mpsc;

    use super::*;

    /// `SendError` says that nobody is there to hear.
    fn only_sends(numbers: mpsc::Sender<u64>) {
        tokio::spawn(async move {
            for number in 0..10 {
                numbers.send(number).await?;
            }
            Ok::<(), mpsc::error::SendError<u64>>(())
        });
    }

    /// Whatever the type of the error is called: only the receiver can have gone.
    fn only_sends_boxed(numbers: mpsc::Sender<u64>) {
        tokio::spawn(async move {
            numbers.send(1).await?;
            anyhow::Ok(())
        });
    }

    fn cannot_fail(report: String) {
        tokio::spawn(async move {
            println!("{report}");
            Ok::<(), std::convert::Infallible>(())
        });
    }

    /// Which errors there are only the caller knows.
    fn any(work: impl std::future::Future<Output = Result<()>> + Send + 'static) {
        tokio::spawn(work);
    }
}

mod meant {
    use tokio::net::{TcpListener, TcpStream};

    use super::*;

    fn by_a_comment(report: String) {
        // Best effort: the next report overwrites it anyway.
        tokio::spawn(save(report));
    }

    fn by_a_comment_beside(report: String) {
        tokio::spawn(save(report)); // fire and forget
    }

    fn by_a_suppression(report: String) {
        // taskguard: allow(lost_task_error) -- the report of tomorrow is all that counts
        tokio::spawn(save(report));
    }

    async fn answer(mut socket: TcpStream) -> Result<()> {
        tokio::io::AsyncWriteExt::write_all(&mut socket, b"hello").await?;
        Ok(())
    }

    /// One bad peer is the business of its own connection.
    async fn accept(listener: TcpListener) -> Result<()> {
        loop {
            let (socket, _) = listener.accept().await?; //~ fatal_item_error
            tokio::spawn(answer(socket));
        }
    }

    struct Session {
        id: u64,
    }

    impl Drop for Session {
        fn drop(&mut self) {
            let id = self.id;
            tokio::spawn(save(format!("session {id} is closed")));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn saves_in_the_background() {
        tokio::spawn(save("a test".to_owned()));
    }
}
