//! On Ctrl-C the process says good-bye and ends, as it would without being asked.

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let listener = tokio::net::TcpListener::bind("0.0.0.0:80").await?;
    tokio::select! {
        result = async { axum::serve(listener, axum::Router::new()).await } => result,
        _ = tokio::signal::ctrl_c() => {
            say_good_bye("the server");
            std::process::exit(0)
        }
    }
}

fn say_good_bye(who: &str) {
    let who = who.to_owned();
    tracing::info!("{who} says good-bye");
}
