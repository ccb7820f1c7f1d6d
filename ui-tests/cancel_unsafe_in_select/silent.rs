use tokio::io::{AsyncBufReadExt, AsyncReadExt, BufReader};
use tokio::net::TcpStream;
use tokio::sync::mpsc::Receiver;
use tokio_util::sync::CancellationToken;

async fn the_others_leave(mut socket: TcpStream, token: CancellationToken) {
    let mut frame = [0; 4];
    loop {
        tokio::select! {
            read = socket.read_exact(&mut frame) => println!("{read:?}"),
            _ = token.cancelled() => break,
        }
    }
}

async fn safe_reads(mut socket: TcpStream, mut events: Receiver<String>) {
    let mut buffer = [0; 4];
    loop {
        tokio::select! {
            read = socket.read(&mut buffer) => println!("{read:?}"),
            event = events.recv() => println!("{event:?}"), //~ closed_channel_spin
        }
    }
}

async fn one_line_after_the_other(socket: TcpStream, mut events: Receiver<String>) {
    let mut lines = BufReader::new(socket).lines();
    loop {
        tokio::select! {
            line = lines.next_line() => println!("{line:?}"), //~ closed_channel_spin
            event = events.recv() => println!("{event:?}"),
        }
    }
}

// What is read stays in the buffer, which is emptied when the record is whole.
async fn kept_buffer(socket: TcpStream, mut ticks: tokio::time::Interval) {
    let mut reader = BufReader::new(socket);
    let mut record = Vec::new();
    loop {
        tokio::select! {
            _ = reader.read_until(b'\n', &mut record) => {
                println!("{record:?}");
                record.clear();
            }
            _ = ticks.tick() => {}
        }
    }
}

async fn pinned_outside(mut socket: TcpStream, mut ticks: tokio::time::Interval) {
    let mut frame = [0; 4];
    let read = socket.read_exact(&mut frame);
    tokio::pin!(read);
    loop {
        tokio::select! {
            result = &mut read => return println!("{result:?}"),
            _ = ticks.tick() => {}
        }
    }
}

async fn in_the_handler(mut socket: TcpStream, mut ticks: tokio::time::Interval, mut events: Receiver<String>) {
    let mut frame = [0; 4];
    loop {
        tokio::select! {
            _ = ticks.tick() => println!("{:?}", socket.read_exact(&mut frame).await),
            event = events.recv() => println!("{event:?}"), //~ closed_channel_spin
        }
    }
}

async fn once(mut socket: TcpStream, mut ticks: tokio::time::Interval) {
    let mut frame = [0; 4];
    tokio::select! {
        read = socket.read_exact(&mut frame) => println!("{read:?}"),
        _ = ticks.tick() => {}
    }
}

struct Codec;

impl Codec {
    async fn read_line(&self, line: &mut String) {
        line.clear();
    }
}

async fn of_the_workspace(codec: Codec, mut ticks: tokio::time::Interval) {
    let mut line = String::new();
    loop {
        tokio::select! {
            _ = codec.read_line(&mut line) => {}
            _ = ticks.tick() => {}
        }
    }
}
