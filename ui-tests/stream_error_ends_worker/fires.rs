use futures::{Stream, StreamExt};

type Update = std::io::Result<String>;

async fn follow(mut updates: impl Stream<Item = Update> + Unpin) {
    while let Some(Ok(update)) = updates.next().await { //~ stream_error_ends_worker
        println!("{update}");
    }
}

async fn in_a_task(mut updates: impl Stream<Item = Update> + Unpin + Send + 'static) {
    let task = tokio::spawn(async move {
        while let Some(Ok(update)) = updates.next().await { //~ stream_error_ends_worker
            println!("{update}");
        }
        tracing::debug!("the end");
    });
    task.await.expect("the task does not panic");
}
