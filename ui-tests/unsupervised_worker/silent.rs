//! Workers that somebody watches, and tasks that are no workers.

use std::time::Duration;

use anyhow::Result;
use tokio::task::{JoinHandle, JoinSet};

async fn run() {
    loop {
        tracing::info!("alive");
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}

mod watched {
    use tokio_util::task::AbortOnDropHandle;

    use super::*;

    async fn selected() -> Result<()> {
        let mut worker = tokio::spawn(run());
        tokio::select! {
            ended = &mut worker => Ok(ended?),
            interrupted = tokio::signal::ctrl_c() => Ok(interrupted?),
        }
    }

    async fn drained_while_running() -> Result<()> {
        let mut workers = JoinSet::new();
        workers.spawn(run());
        workers.spawn(run());
        while let Some(ended) = workers.join_next().await {
            ended?;
        }
        Ok(())
    }

    async fn supervise(worker: JoinHandle<()>, name: &'static str) {
        if let Err(error) = worker.await {
            tracing::error!("{name} panicked: {error}");
        }
        std::process::exit(1);
    }

    fn handed_to_a_supervisor() {
        tokio::spawn(supervise(tokio::spawn(run()), "worker"));
    }

    fn handed_to_its_owner() -> AbortOnDropHandle<()> {
        AbortOnDropHandle::new(tokio::spawn(run()))
    }

    struct Service {
        worker: JoinHandle<()>,
    }

    impl Service {
        fn start() -> Self {
            Self { worker: tokio::spawn(run()) }
        }

        async fn ended(&mut self) -> Result<()> {
            Ok((&mut self.worker).await?)
        }
    }
}

mod guarded {
    use std::future::Future;
    use std::panic::AssertUnwindSafe;

    use futures::FutureExt;
    use tokio_util::sync::CancellationToken;

    use super::*;

    fn drop_guard(shutdown: CancellationToken) {
        tokio::spawn(async move {
            let _guard = shutdown.drop_guard();
            run().await
        });
    }

    struct Worker {
        shutdown: CancellationToken,
    }

    impl Worker {
        async fn run(self) {
            let _guard = self.shutdown.clone().drop_guard();
            run().await
        }
    }

    fn drop_guard_in_the_callee(worker: Worker) {
        tokio::spawn(worker.run());
    }

    fn catch_unwind() {
        tokio::spawn(async {
            if AssertUnwindSafe(run()).catch_unwind().await.is_err() {
                tracing::error!("the worker panicked");
            }
        });
    }

    fn spawn_or_exit<F: Future<Output = ()> + Send + 'static>(work: F) {
        tokio::spawn(async move {
            work.await;
            std::process::exit(1);
        });
    }

    fn exits_with_its_worker() {
        spawn_or_exit(run());
    }
}

mod no_workers {
    use tokio::net::{TcpListener, TcpStream};
    use tokio::sync::mpsc;

    use super::*;

    fn one_shot() {
        tokio::spawn(async { tracing::info!("started") });
    }

    /// It lives as long as its queue.
    fn ends_with_its_queue(mut queue: mpsc::Receiver<u64>) {
        tokio::spawn(async move {
            while let Some(number) = queue.recv().await {
                tracing::info!(number);
            }
        });
    }

    fn gives_up() {
        tokio::spawn(async {
            for _ in 0..3 {
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
        });
    }

    async fn talk(socket: TcpStream) {
        let mut buffer = [0; 1024];
        loop {
            if socket.readable().await.is_err() || socket.try_read(&mut buffer).is_ok_and(|read| read == 0) {
                return;
            }
        }
    }

    /// A connection is not for life, and there are many of them.
    async fn accept(listener: TcpListener) {
        loop {
            match listener.accept().await { //~ accept_error_spin
                Ok((socket, _)) => drop(tokio::spawn(talk(socket))),
                Err(error) => tracing::warn!("cannot accept: {error}"),
            }
        }
    }
}

fn suppressed() {
    // taskguard: allow(unsupervised_worker) -- the process can do without the heartbeat
    tokio::spawn(run());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn runs() {
        tokio::spawn(run());
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}
