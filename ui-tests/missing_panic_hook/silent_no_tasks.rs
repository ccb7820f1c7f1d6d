//! A service without tasks of its own: a panic ends `main`, and with it the process.

fn main() -> std::io::Result<()> {
    let mut stop = signal_hook::iterator::Signals::new([signal_hook::consts::SIGTERM])?;
    let listener = std::net::TcpListener::bind("0.0.0.0:80")?;
    while stop.pending().next().is_none() {
        answer(listener.accept()?.0); //~ fatal_item_error
    }
    Ok(())
}

fn answer(_connection: std::net::TcpStream) {}
