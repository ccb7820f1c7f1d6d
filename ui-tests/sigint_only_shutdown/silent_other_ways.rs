//! SIGTERM by its number, through a flag.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

fn main() -> std::io::Result<()> {
    let stopping = Arc::new(AtomicBool::new(false));
    signal_hook::flag::register(signal_hook::consts::SIGTERM, Arc::clone(&stopping))?;
    let on_interrupt = Arc::clone(&stopping);
    ctrlc::set_handler(move || on_interrupt.store(true, Ordering::Relaxed)).expect("Ctrl-C can be handled");
    let listener = std::net::TcpListener::bind("0.0.0.0:80")?;
    while !stopping.load(Ordering::Relaxed) {
        answer(listener.accept()?.0); //~ fatal_item_error
    }
    Ok(())
}

fn answer(_connection: std::net::TcpStream) {}
