//! The parts of a service run on threads that `main` waits for, each with a runtime of its own.

use std::thread;
use std::time::Duration;

use anyhow::Result;

struct Follower {
    hosts: Vec<String>,
}

impl Follower {
    /// The end of the tasks is drained without a look, and outside of the block success is reported.
    fn run(self) -> Result<()> {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        runtime.block_on(async {
            let mut tasks = Vec::new();
            for host in self.hosts {
                tasks.push(tokio::spawn(async move { follow(host).await }));
            }
            for task in tasks {
                drop(task.await); //~ discarded_task_result
            }
        });
        Ok(())
    }
}

async fn follow(host: String) {
    loop {
        tracing::info!("nothing new at {host}");
        tokio::time::sleep(Duration::from_secs(5)).await;
    }
}

fn main() -> Result<()> {
    let follower = Follower { hosts: std::env::args().skip(1).collect() };
    thread::scope(move |scope| {
        let parts = vec![
            thread::Builder::new().name("follower".into()).spawn_scoped(scope, move || follower.run())?,
        ];
        for part in parts {
            if let Ok(result) = part.join() {
                result?;
            }
        }
        Ok(())
    })
}
