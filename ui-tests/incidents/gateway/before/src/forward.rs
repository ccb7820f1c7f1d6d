//! Requests and their way.

use anyhow::{Context, Result};
use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, Uri};
use axum::routing::get;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tracing::warn;

use crate::routes::Routes;

pub fn router(routes: Routes) -> Router {
    Router::new().route("/health", get(health)).fallback(forward).with_state(routes)
}

/// The gateway is well when the first service is.
async fn health(State(routes): State<Routes>) -> StatusCode {
    let Some(service) = routes.first().await else { return StatusCode::SERVICE_UNAVAILABLE };
    match ask(&service, "/health").await { //~ await_without_timeout
        Ok(_) => StatusCode::OK,
        Err(error) => {
            warn!("{service}: {error:#}");
            StatusCode::SERVICE_UNAVAILABLE
        }
    }
}

async fn forward(State(routes): State<Routes>, uri: Uri) -> (StatusCode, String) {
    let Some(service) = routes.service(uri.path()).await else {
        return (StatusCode::NOT_FOUND, String::new());
    };
    match ask(&service, uri.path()).await {
        Ok(answer) => (StatusCode::OK, answer),
        Err(error) => {
            warn!("{service}: {error:#}");
            (StatusCode::BAD_GATEWAY, String::new())
        }
    }
}

async fn ask(service: &str, path: &str) -> Result<String> {
    let mut stream = TcpStream::connect(service).await.context("cannot connect")?;
    stream.write_all(format!("GET {path}\n").as_bytes()).await?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await?;
    Ok(answer)
}
