//! `--chain check|clippy`: cargo and taskguard in one run, for editors that run one command only.
//!
//! Cargo builds while we check. Its lines are passed on as they are, one at a time, and ours come between two of them, under
//! the same ids of packages: an editor that gets both keeps both.

use std::ffi::OsString;
use std::io::{self, BufRead, BufReader, Write};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};

use clap::ValueEnum;

use crate::cli::Options;
use crate::emit::Message;

/// The command of cargo that runs beside us.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum With {
    Check,
    Clippy,
}

/// A cargo at work.
pub struct Chain {
    cargo: Child,
    forwarding: JoinHandle<io::Result<Vec<u8>>>,
    turn: Arc<Mutex<()>>,
}

/// The line with which cargo ends. Some stop reading there, so ours come before it.
const END: &[u8] = br#"{"reason":"build-finished""#;

impl Chain {
    /// Starts the cargo that the options ask for, if they do.
    pub fn start(options: &Options) -> Result<Option<Self>, Box<Message>> {
        let Some(with) = options.chain else { return Ok(None) };
        let program = std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
        let word = match with {
            With::Check => "check",
            With::Clippy => "clippy",
        };
        let mut command = Command::new(&program);
        command.arg(word).args(&options.cargo_args).stdin(Stdio::null()).stdout(Stdio::piped());
        let mut cargo = command.spawn().map_err(|error| {
            Message::failure(format!("cannot run `{} {word}`: {error}", program.to_string_lossy()))
        })?;
        let output = cargo.stdout.take().expect("it is piped");
        let turn = Arc::new(Mutex::new(()));
        let forwarding = thread::spawn({
            let turn = turn.clone();
            move || forward(output, &turn)
        });
        Ok(Some(Self { cargo, forwarding, turn }))
    }

    /// Keeps cargo's lines back while ours are printed.
    pub fn turn(&self) -> MutexGuard<'_, ()> {
        self.turn.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for cargo, and gives the worse of two exit codes.
    pub fn finish(mut self, ours: u8) -> Result<u8, Box<Message>> {
        let end = self.forwarding.join().unwrap_or_else(|_| Err(io::ErrorKind::Other.into()));
        let status = self.cargo.wait();
        let printed = end.and_then(|end| io::stdout().write_all(&end).and_then(|()| io::stdout().flush()));
        match printed {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                return Err(Box::new(Message::failure(format!("cannot pass on what cargo says: {error}"))));
            }
            _ => {}
        }
        let status = status.map_err(|error| Message::failure(format!("cannot wait for cargo: {error}")))?;
        // Without a code it was killed.
        let code = status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(u8::MAX);
        Ok(code.max(ours))
    }
}

/// Passes lines on. Gives the last one, which is kept back for as long as ours may come.
fn forward(output: ChildStdout, turn: &Mutex<()>) -> io::Result<Vec<u8>> {
    let mut output = BufReader::new(output);
    let mut end = Vec::new();
    let mut line = Vec::new();
    while output.read_until(b'\n', &mut line)? > 0 {
        if line.starts_with(END) {
            end.append(&mut line);
            continue;
        }
        let _turn = turn.lock().unwrap_or_else(PoisonError::into_inner);
        let mut stdout = io::stdout().lock();
        stdout.write_all(&line)?;
        stdout.flush()?;
        line.clear();
    }
    Ok(end)
}
