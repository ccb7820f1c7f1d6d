//! The handler of another library, told on the signal of another function, in a service that waits for the word.

use std::sync::atomic::{AtomicBool, Ordering};

static STOPPING: AtomicBool = AtomicBool::new(false);

fn main() -> std::io::Result<()> {
    ctrlc::set_handler(stop).expect("Ctrl-C can be handled"); //~ sigint_only_shutdown
    let listener = std::net::TcpListener::bind("0.0.0.0:80")?;
    while !STOPPING.load(Ordering::Relaxed) {
        let (connection, _) = listener.accept()?; //~ fatal_item_error
        answer(connection);
    }
    Ok(())
}

fn stop() {
    STOPPING.store(true, Ordering::Relaxed);
}

fn answer(_connection: std::net::TcpStream) {}
