//! A command may start what lives on, and ends with its own work.

use std::time::Duration;

struct Pool;

impl Pool {
    /// The pool has a task of its own for its connections.
    fn start() -> Self {
        tokio::spawn(keep_alive()); //~ unsupervised_worker
        tokio::spawn(answer_probes()); //~ dropped_join_handle
        Self
    }

    async fn query(&self, of: &str) -> Result<u64, String> {
        Err(format!("{of} is not known"))
    }
}

async fn keep_alive() {
    loop {
        tokio::time::sleep(Duration::from_secs(30)).await;
    }
}

async fn answer_probes() -> std::io::Result<()> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    axum::serve(listener, axum::Router::new()).await
}

/// It asks a person, and ends with him.
async fn shell(pool: &Pool) -> Result<(), String> {
    let mut editor = rustyline::DefaultEditor::new().map_err(|error| error.to_string())?;
    loop {
        let line = editor.readline("> ").map_err(|error| error.to_string())?;
        println!("{}", pool.query(&line).await?);
    }
}

#[tokio::main]
async fn main() -> Result<(), String> {
    let pool = Pool::start();
    match std::env::args().nth(1) {
        Some(name) => println!("{}", pool.query(&name).await?),
        None => shell(&pool).await?,
    }
    Ok(())
}
