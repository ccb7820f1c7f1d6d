//! The server handles SIGTERM itself; Ctrl-C is one more thing to react to.

#[actix_web::main]
async fn main() -> std::io::Result<()> {
    tokio::spawn(async {
        let _ = tokio::signal::ctrl_c().await;
        close().await;
    });
    actix_web::HttpServer::new(actix_web::App::new).bind("0.0.0.0:80")?.run().await
}

async fn close() {}
