use futures::{Stream, StreamExt, TryStreamExt};

type Chunk = std::io::Result<Vec<u8>>;

async fn download(mut chunks: impl Stream<Item = Chunk> + Unpin) -> Vec<u8> {
    let mut whole = Vec::new();
    while let Some(Ok(chunk)) = chunks.next().await { //~ stream_error_as_end
        whole.extend_from_slice(&chunk);
    }
    whole
}

async fn keys(mut messages: impl Stream<Item = Chunk> + Unpin) -> anyhow::Result<Vec<Vec<u8>>> {
    let mut keys = Vec::new();
    while let Ok(Some(key)) = messages.try_next().await { //~ stream_error_as_end
        keys.push(key);
    }
    Ok(keys)
}

async fn of_an_unknown_type(mut reader: somewhere::Reader) -> anyhow::Result<Vec<u8>> {
    let mut contents = Vec::new();
    while let Ok(Some(chunk)) = reader.next().await.transpose() { //~ stream_error_as_end
        contents.extend_from_slice(&chunk);
    }
    tracing::info!("read {} bytes", contents.len());
    Ok(contents)
}

async fn a_source_that_ends_with_success(mut messages: impl Stream<Item = Chunk> + Unpin) -> Result<(), ()> {
    while let Some(Ok(message)) = messages.next().await { //~ stream_error_as_end
        process(message).await?;
    }
    Ok(())
}

async fn process(_message: Vec<u8>) -> Result<(), ()> {
    Err(())
}

fn generated(mut backfill: impl Stream<Item = Chunk> + Unpin) -> impl Stream<Item = Chunk> {
    async_stream::try_stream! {
        while let Some(Ok(chunk)) = backfill.next().await { //~ stream_error_as_end
            yield chunk;
        }
    }
}

async fn block_in_an_arm(archive: Option<somewhere::Archive>) {
    let blocks = match archive {
        Some(mut archive) => {
            let mut blocks = std::collections::BTreeMap::new();
            while let Ok(Some((id, data))) = archive.next_block().await { //~ stream_error_as_end
                blocks.insert(id, data);
            }
            Some(blocks)
        }
        None => None,
    };
    println!("{blocks:?}");
}

async fn let_else(mut chunks: impl Stream<Item = Chunk> + Unpin) -> Vec<u8> {
    let mut whole = Vec::new();
    loop {
        let Some(Ok(chunk)) = chunks.next().await else { break }; //~ stream_error_as_end
        whole.extend_from_slice(&chunk);
    }
    whole
}

async fn rest_of_a_match(mut chunks: impl Stream<Item = Chunk> + Unpin) -> Vec<u8> {
    let mut whole = Vec::new();
    loop {
        match chunks.next().await { //~ stream_error_as_end
            Some(Ok(chunk)) => whole.extend_from_slice(&chunk),
            _ => break,
        }
    }
    whole
}

async fn arm_of_a_select(mut chunks: impl Stream<Item = Chunk> + Unpin) -> Vec<u8> {
    let mut whole = Vec::new();
    loop {
        tokio::select! {
            Some(Ok(chunk)) = chunks.next() => whole.extend_from_slice(&chunk), //~ stream_error_as_end
            else => break,
        }
    }
    whole
}

async fn fields(mut form: axum::extract::Multipart) -> anyhow::Result<Vec<String>> {
    let mut names = Vec::new();
    while let Ok(Some(field)) = form.next_field().await { //~ stream_error_as_end
        names.push(field.name().unwrap_or_default().to_owned());
    }
    Ok(names)
}

async fn parts(mut form: warp::multipart::FormData) -> Vec<String> {
    let mut names = Vec::new();
    while let Ok(Some(part)) = form.try_next().await { //~ stream_error_as_end
        names.push(part.name().to_owned());
    }
    names
}

// The fields may end early; what is in one may not.
async fn content(mut form: warp::multipart::FormData) -> usize {
    let mut files = Vec::new();
    while let Ok(Some(part)) = form.try_next().await {
        let mut chunks = part.stream();
        let mut whole = Vec::new();
        while let Ok(Some(chunk)) = chunks.try_next().await { //~ stream_error_as_end
            whole.extend_from_slice(&chunk);
        }
        files.push(whole);
    }
    store(&files)
}

fn store(files: &[Vec<u8>]) -> usize {
    files.len()
}

async fn other_half_unheard(file: somewhere::File, client: somewhere::Client) -> std::io::Result<()> {
    let (tx, mut rx) = somewhere::channel_pair();
    let (uploaded, _) = tokio::join!(
        async {
            let mut all = Vec::new();
            while let Ok(Some(chunk)) = rx.try_next().await { //~ stream_error_as_end
                all.extend_from_slice(&chunk);
            }
            client.upload(all).await
        },
        async { tx.read_all(file).await },
    );
    uploaded
}

async fn document_or_none(mut chunks: impl Stream<Item = Chunk> + Unpin) -> Vec<String> {
    let mut whole = Vec::new();
    while let Some(Ok(chunk)) = chunks.next().await { //~ stream_error_as_end
        whole.extend_from_slice(&chunk);
    }
    serde_json::from_slice(&whole).unwrap_or_default()
}

struct Errors(Vec<String>);

// A list of errors is no error.
async fn gathered_errors(mut reports: impl Stream<Item = std::io::Result<String>> + Unpin) -> Errors {
    let mut all = Vec::new();
    while let Some(Ok(report)) = reports.next().await { //~ stream_error_as_end
        all.push(report);
    }
    Errors(all)
}

// What may be dead is called all the same.
#[allow(dead_code)]
async fn still_called(mut chunks: impl Stream<Item = Chunk> + Unpin) -> Vec<u8> {
    let mut whole = Vec::new();
    while let Some(Ok(chunk)) = chunks.next().await { //~ stream_error_as_end
        whole.extend_from_slice(&chunk);
    }
    whole
}

async fn calls_it(chunks: impl Stream<Item = Chunk> + Unpin) -> usize {
    still_called(chunks).await.len()
}

// One of the two that call it is not dead.
#[allow(dead_code)]
async fn dead_caller(chunks: impl Stream<Item = Chunk> + Unpin) -> usize {
    called_twice(chunks).await.len()
}

async fn living_caller(chunks: impl Stream<Item = Chunk> + Unpin) -> Vec<u8> {
    called_twice(chunks).await
}

async fn called_twice(mut chunks: impl Stream<Item = Chunk> + Unpin) -> Vec<u8> {
    let mut whole = Vec::new();
    while let Some(Ok(chunk)) = chunks.next().await { //~ stream_error_as_end
        whole.extend_from_slice(&chunk);
    }
    whole
}
