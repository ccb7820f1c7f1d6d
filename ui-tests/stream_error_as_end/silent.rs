use axum::extract::ws::WebSocket;
use futures::{Stream, StreamExt, TryStreamExt};
use tokio::io::AsyncBufReadExt;

type Chunk = std::io::Result<Vec<u8>>;

async fn hands_it_on(mut chunks: impl Stream<Item = Chunk> + Unpin) -> std::io::Result<Vec<u8>> {
    let mut whole = Vec::new();
    while let Some(chunk) = chunks.next().await {
        whole.extend_from_slice(&chunk?);
    }
    while let Some(chunk) = chunks.try_next().await? {
        whole.extend_from_slice(&chunk);
    }
    Ok(whole)
}

async fn looks_at_each(mut chunks: impl Stream<Item = Chunk> + Unpin) -> Vec<u8> {
    let mut whole = Vec::new();
    loop {
        match chunks.next().await {
            Some(Ok(chunk)) => whole.extend_from_slice(&chunk),
            Some(Err(_)) => break,
            None => break,
        }
    }
    whole
}

async fn says_so(mut chunks: impl Stream<Item = Chunk> + Unpin) -> Vec<u8> {
    let mut whole = Vec::new();
    loop {
        let Some(Ok(chunk)) = chunks.next().await else {
            tracing::info!("no more chunks");
            break;
        };
        whole.extend_from_slice(&chunk);
    }
    while let Some(Ok(chunk)) = chunks.next().await {
        whole.extend_from_slice(&chunk);
    }
    tracing::warn!("the stream has ended");
    whole
}

async fn lines(child: tokio::process::ChildStdout) -> Vec<String> {
    let mut all = Vec::new();
    let mut reader = tokio::io::BufReader::new(child).lines();
    while let Ok(Some(line)) = reader.next_line().await {
        all.push(line);
    }
    all
}

async fn folder() -> Vec<std::path::PathBuf> {
    let mut all = Vec::new();
    let Ok(mut folder) = tokio::fs::read_dir(".").await else { return all };
    while let Ok(Some(entry)) = folder.next_entry().await {
        all.push(entry.path());
    }
    all
}

async fn bounded(mut chunks: impl Stream<Item = Chunk> + Unpin) -> Vec<u8> {
    let mut whole = Vec::new();
    let bound = std::time::Duration::from_secs(1);
    while let Ok(Some(Ok(chunk))) = tokio::time::timeout(bound, chunks.next()).await {
        whole.extend_from_slice(&chunk);
    }
    while let Ok(Some(chunk)) = tokio::time::timeout(bound, chunks.next()).await {
        whole.extend_from_slice(&chunk.unwrap_or_default());
    }
    whole
}

async fn one_peer(socket: WebSocket) -> usize {
    let (_, mut frames) = socket.split();
    let mut count = 0;
    while let Some(Ok(_frame)) = frames.next().await {
        count += 1;
    }
    count
}

async fn frames_of_a_peer(mut frames: somewhere::Frames) -> anyhow::Result<()> {
    while let Some(Ok(frame)) = frames.next().await {
        if let somewhere::Message::Close(_) = frame {
            break;
        }
    }
    Ok(())
}

async fn drains(mut chunks: impl Stream<Item = Chunk> + Unpin) -> u8 {
    while let Some(Ok(_)) = chunks.next().await {}
    1
}

async fn checked_afterwards(mut form: axum::extract::Multipart) -> Result<String, String> {
    let mut name = None;
    while let Ok(Some(field)) = form.next_field().await {
        name = field.name().map(ToOwned::to_owned);
    }
    let Some(name) = name else { return Err("the name is missing".to_owned()) };
    Ok(name)
}

async fn picked_from_form(mut form: warp::multipart::FormData) -> Result<String, String> {
    let mut name = None;
    while let Ok(Some(part)) = form.try_next().await {
        name = Some(part.name().to_owned());
    }
    if let Some(name) = name { Ok(name.to_uppercase()) } else { Ok("nameless".to_owned()) }
}

async fn picked_from_payload(mut form: actix_multipart::Multipart) -> Option<String> {
    let mut name = None;
    while let Some(Ok(field)) = form.next().await {
        name = field.name().map(ToOwned::to_owned);
    }
    if let Some(name) = name { Some(name.to_uppercase()) } else { Some("nameless".to_owned()) }
}

async fn parsed_afterwards(mut chunks: impl Stream<Item = Chunk> + Unpin) -> anyhow::Result<u8> {
    let mut whole = Vec::new();
    while let Some(Ok(chunk)) = chunks.next().await {
        whole.extend_from_slice(&chunk);
    }
    Ok(serde_json::from_slice(&whole)?)
}

async fn fails_afterwards(mut chunks: impl Stream<Item = Chunk> + Unpin) -> anyhow::Result<Vec<u8>> {
    while let Some(Ok(chunk)) = chunks.next().await {
        if chunk.len() > 10 {
            return Ok(chunk);
        }
    }
    anyhow::bail!("no chunk is long enough")
}

// It connects anew.
async fn reconnects(address: &str) -> anyhow::Result<()> {
    loop { //~ reconnect_without_delay
        let mut updates = somewhere::connect(address).await?;
        while let Some(Ok(update)) = updates.next().await {
            println!("{update}");
        }
    }
}

// Nothing is read from a stream here.
async fn parents(mut id: Option<u32>, table: somewhere::Table) -> u32 {
    let mut depth = 0;
    while let Some(child) = id {
        depth += 1;
        if let Ok(Some(parent)) = table.find(child).one().await {
            id = parent;
        } else {
            break;
        }
    }
    depth
}

fn not_waited_for(mut rows: somewhere::Rows) -> Vec<u8> {
    let mut all = Vec::new();
    while let Some(Ok(row)) = rows.next() {
        all.push(row);
    }
    all
}

/// Bytes as they come from a peer: a reset is as good as an end.
async fn pipes(socket: tokio::net::TcpStream) -> usize {
    let (read, _write) = socket.into_split();
    let mut bytes = tokio_util::codec::FramedRead::new(read, tokio_util::codec::BytesCodec::new());
    let mut count = 0;
    while let Some(Ok(chunk)) = bytes.next().await {
        count += chunk.len();
    }
    count
}

enum ConnectionErr {
    Temporary(String),
}

// Whatever ends it, what comes of it is an error.
async fn sends(mut requests: impl Stream<Item = Chunk> + Unpin, mut socket: somewhere::Socket) -> ConnectionErr {
    while let Some(Ok(request)) = requests.next().await {
        socket.write(&request).await;
    }
    ConnectionErr::Temporary("the sender is gone".to_owned())
}

// What cuts the chunks short is the error of the other half.
async fn both_halves(file: somewhere::File, client: somewhere::Client) -> std::io::Result<()> {
    let (tx, mut rx) = somewhere::channel_pair();
    let (uploaded, read) = tokio::join!(
        async {
            let mut all = Vec::new();
            while let Ok(Some(chunk)) = rx.try_next().await {
                all.extend_from_slice(&chunk);
            }
            client.upload(all).await
        },
        async { tx.read_all(file).await },
    );
    read?;
    uploaded
}

// Half a document is none, and that is handed on.
async fn document(mut chunks: impl Stream<Item = Chunk> + Unpin) -> serde_json::Result<Vec<String>> {
    let mut whole = Vec::new();
    while let Some(Ok(chunk)) = chunks.next().await {
        whole.extend_from_slice(&chunk);
    }
    serde_json::from_slice(&whole)
}

// Nothing calls it, and it says so; what only it calls is as dead.
#[allow(dead_code)]
async fn left_from_earlier(chunks: impl Stream<Item = Chunk> + Unpin) -> usize {
    left_whole(chunks).await.len()
}

async fn left_whole(mut chunks: impl Stream<Item = Chunk> + Unpin) -> Vec<u8> {
    let mut whole = Vec::new();
    while let Some(Ok(chunk)) = chunks.next().await {
        whole.extend_from_slice(&chunk);
    }
    whole
}
