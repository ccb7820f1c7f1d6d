//! A server whose start, probe and handshakes hang together with others.

use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let store = Store::open("store:5432").await?;
    let registry = connect_twice("registry:80").await?; //~ await_without_timeout
    let listener = TcpListener::bind("0.0.0.0:443").await?;
    let app = axum::Router::new().route("/healthz", axum::routing::get(is_well));
    tokio::spawn(axum::serve(TcpListener::bind("0.0.0.0:80").await?, app).into_future());
    accept(listener, acceptor(store, registry)).await
}

struct Store(TcpStream);

impl Store {
    /// Called at the start and nowhere else.
    async fn open(address: &str) -> std::io::Result<Self> {
        Ok(Self(TcpStream::connect(address).await?)) //~ await_without_timeout
    }
}

async fn connect_twice(address: &str) -> std::io::Result<TcpStream> {
    match TcpStream::connect(address).await {
        Ok(stream) => Ok(stream),
        Err(_) => {
            tokio::time::sleep(Duration::from_secs(1)).await;
            TcpStream::connect(address).await
        }
    }
}

/// As well as the registry is.
async fn is_well() -> String {
    match connect_twice("registry:80").await { //~ await_without_timeout
        Ok(_) => "well".to_owned(),
        Err(error) => error.to_string(),
    }
}

async fn accept(listener: TcpListener, acceptor: TlsAcceptor) -> std::io::Result<()> {
    loop {
        let (peer, _) = listener.accept().await?; //~ fatal_item_error
        let acceptor = acceptor.clone();
        tokio::spawn(async move {
            match acceptor.accept(peer).await { //~ await_without_timeout
                Ok(stream) => answer(stream).await,
                Err(error) => tracing::warn!("{error}"),
            }
        });
    }
}

fn acceptor(_store: Store, _registry: TcpStream) -> TlsAcceptor {
    todo!()
}

async fn answer<S>(_stream: S) {}

/// Plain hyper looks at the path itself.
async fn dispatch(method: &str, path: &str) -> Result<u16, reqwest::Error> {
    match (method, path) {
        ("GET", "/healthz") => Ok(reqwest::get("http://store/health").await?.status().as_u16()), //~ await_without_timeout
        ("GET", "/orders") => Ok(reqwest::get("http://store/orders").await?.status().as_u16()),
        _ => Ok(404),
    }
}

/// Probes that ask an object store.
async fn store_is_there(axum::extract::State(store): axum::extract::State<aws_sdk_s3::Client>) -> u16 {
    match store.head_bucket().bucket("orders").send().await { //~ await_without_timeout
        Ok(_) => 200,
        Err(_) => 503,
    }
}

async fn blobs_are_there(axum::extract::State(blobs): axum::extract::State<opendal::Operator>) -> u16 {
    if blobs.check().await.is_ok() { 200 } else { 503 } //~ await_without_timeout
}

fn probes_of_stores() -> axum::Router {
    axum::Router::new()
        .route("/readyz", axum::routing::get(store_is_there))
        .route("/livez", axum::routing::get(blobs_are_there))
}
