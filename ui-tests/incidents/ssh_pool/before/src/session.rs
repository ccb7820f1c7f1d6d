//! A session on one machine: commands go in, answers come out, and a driver moves the bytes.

use anyhow::{Context, Result, anyhow};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::net::TcpStream;
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::sync::{mpsc, oneshot};

struct Request {
    command: String,
    answer: oneshot::Sender<String>,
}

/// Sends commands to the machine.
#[derive(Clone)]
pub struct Session {
    requests: mpsc::Sender<Request>,
}

/// Moves the bytes of a session. Nothing happens unless it runs.
pub struct Driver {
    machine: String,
    lines: Lines<BufReader<OwnedReadHalf>>,
    writer: OwnedWriteHalf,
    requests: mpsc::Receiver<Request>,
    errors: mpsc::Sender<String>,
}

/// What goes wrong after the session is open.
pub type Errors = mpsc::Receiver<String>;

impl Session {
    pub async fn open(machine: &str) -> Result<(Session, Driver, Errors)> {
        let stream = TcpStream::connect(machine).await.with_context(|| format!("cannot reach {machine}"))?;
        let (reader, writer) = stream.into_split();
        let (requests, inbox) = mpsc::channel(16);
        let (errors, told) = mpsc::channel(16);
        let lines = BufReader::new(reader).lines();
        let driver = Driver { machine: machine.to_owned(), lines, writer, requests: inbox, errors };
        Ok((Session { requests }, driver, told))
    }

    pub async fn run(&self, command: &str) -> Result<String> {
        let (answer, answered) = oneshot::channel();
        let request = Request { command: command.to_owned(), answer };
        self.requests.send(request).await.map_err(|_| anyhow!("the session is closed"))?;
        answered.await.context("the session ended before the answer")
    }
}

impl Driver {
    /// Runs the session until the connection breaks.
    pub async fn run(mut self) -> Result<()> {
        loop {
            let Some(request) = self.requests.recv().await else { return Ok(()) };
            self.writer.write_all(format!("{}\n", request.command).as_bytes()).await?;
            let line = self.lines.next_line().await?;
            let line = line.with_context(|| format!("{} closed the connection", self.machine))?;
            if let Some(complaint) = line.strip_prefix("! ") {
                let _ = self.errors.send(complaint.to_owned()).await;
            }
            let _ = request.answer.send(line);
        }
    }
}
