//! A program with a server and a command: the command reacts to Ctrl-C, and runs in a terminal.

#[tokio::main]
async fn main() -> std::io::Result<()> {
    match std::env::args().nth(1).as_deref() {
        Some("serve") => serve().await,
        Some("export") => export().await,
        _ => Ok(()),
    }
}

async fn serve() -> std::io::Result<()> {
    let listener = tokio::net::TcpListener::bind("0.0.0.0:80").await?;
    axum::serve(listener, axum::Router::new()).await
}

async fn export() -> std::io::Result<()> {
    tokio::select! {
        result = copy() => result,
        _ = tokio::signal::ctrl_c() => remove_copy().await,
    }
}

async fn copy() -> std::io::Result<()> {
    Ok(())
}

async fn remove_copy() -> std::io::Result<()> {
    Ok(())
}
