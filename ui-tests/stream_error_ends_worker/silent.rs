use futures::{Stream, StreamExt};

type Update = std::io::Result<String>;

async fn says_why(mut updates: impl Stream<Item = Update> + Unpin) {
    while let Some(update) = updates.next().await {
        match update {
            Ok(update) => println!("{update}"),
            Err(error) => {
                tracing::error!("the updates are broken: {error}");
                break;
            }
        }
    }
}

async fn warns_afterwards(mut updates: impl Stream<Item = Update> + Unpin) {
    while let Some(Ok(update)) = updates.next().await {
        println!("{update}");
    }
    tracing::warn!("the updates have ended");
}

async fn begins_anew() {
    loop { //~ retry_without_backoff
        follow(somewhere::connect().await).await;
    }
}

async fn follow(mut updates: impl Stream<Item = Update> + Unpin) {
    while let Some(Ok(update)) = updates.next().await {
        println!("{update}");
    }
}

async fn handle_connection(mut frames: somewhere::Frames) {
    while let Some(Ok(frame)) = frames.next().await {
        println!("{frame}");
    }
}
