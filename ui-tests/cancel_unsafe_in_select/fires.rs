use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::sync::mpsc::Receiver;

async fn lines(socket: TcpStream, mut events: Receiver<String>) -> std::io::Result<()> {
    let mut reader = BufReader::new(socket);
    let mut line = String::new();
    loop {
        tokio::select! { //~ cancel_unsafe_in_select
            read = reader.read_line(&mut line) => {
                if read? == 0 {
                    return Ok(());
                }
                line.clear();
            }
            event = events.recv() => println!("{event:?}"), //~ closed_channel_spin
        }
    }
}

async fn within_a_bound(mut socket: TcpStream, mut events: Receiver<String>) {
    let bound = std::time::Duration::from_secs(1);
    let mut frame = [0; 4];
    loop {
        tokio::select! { //~ cancel_unsafe_in_select
            read = tokio::time::timeout(bound, socket.read_exact(&mut frame)) => println!("{read:?}"),
            event = events.recv() => println!("{event:?}"), //~ closed_channel_spin
        }
    }
}

struct Peer {
    socket: TcpStream,
}

impl Peer {
    async fn read_frame(&mut self) -> std::io::Result<Vec<u8>> {
        let length = self.socket.read_u32().await?;
        let mut frame = vec![0; length as usize];
        self.socket.read_exact(&mut frame).await?;
        Ok(frame)
    }

    async fn serve(&mut self, mut events: Receiver<String>) {
        loop {
            tokio::select! { //~ cancel_unsafe_in_select
                frame = self.read_frame() => println!("{frame:?}"),
                event = events.recv() => println!("{event:?}"), //~ closed_channel_spin
            }
        }
    }
}

async fn writes(mut socket: TcpStream, mut ticks: tokio::time::Interval, page: Vec<u8>) {
    loop {
        tokio::select! { //~ cancel_unsafe_in_select
            _ = socket.write_all(&page) => {}
            _ = ticks.tick() => {}
        }
    }
}

async fn buffer_of_each_turn(socket: TcpStream, mut ticks: tokio::time::Interval) {
    let mut reader = BufReader::new(socket);
    loop {
        let mut record = Vec::new();
        tokio::select! { //~ cancel_unsafe_in_select
            _ = reader.read_until(b'\n', &mut record) => println!("{record:?}"),
            _ = ticks.tick() => {}
        }
    }
}
