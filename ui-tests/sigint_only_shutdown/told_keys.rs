//! The keys are told by a server, which runs elsewhere as well.

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let listener = tokio::net::TcpListener::bind("0.0.0.0:80").await?;
    println!("Press Ctrl+C to stop the server");
    axum::serve(listener, axum::Router::new())
        .with_graceful_shutdown(async {
            let _ = tokio::signal::ctrl_c().await; //~ sigint_only_shutdown
        })
        .await
}
