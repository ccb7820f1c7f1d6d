//! On Ctrl-C the process says good-bye and ends, as it would without being asked.

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let listener = tokio::net::TcpListener::bind("0.0.0.0:80").await?;
    tokio::select! {
        result = async { axum::serve(listener, axum::Router::new()).await } => result,
        _ = tokio::signal::ctrl_c() => {
            tracing::info!("good-bye");
            std::process::exit(0)
        }
    }
}
