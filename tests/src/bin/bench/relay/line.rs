//! One connection to a relay that stays open, and on it just enough of HTTP/1.1: what asks shares two cores
//! with what answers, so that a client for everything would be measured along with the relay.

use std::io;
use std::net::SocketAddr;

use data_encoding::BASE64URL_NOPAD;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// A connection to a relay.
pub struct Line {
    stream: TcpStream,
    relay: SocketAddr,
    /// What is sent and what has come, kept so that no call has to ask for memory.
    buffer: Vec<u8>,
}

impl Line {
    /// Connects.
    pub async fn to(relay: SocketAddr) -> io::Result<Self> {
        let stream = TcpStream::connect(relay).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, relay, buffer: Vec::new() })
    }

    /// Posts a body; the body of the answer, which has to be 200.
    pub async fn post(&mut self, path: &str, token: Option<&[u8; 32]>, body: &[u8]) -> io::Result<&[u8]> {
        self.buffer.clear();
        self.buffer.extend(format!("POST {path} HTTP/1.1\r\nhost: {}\r\n", self.relay).as_bytes());
        if let Some(token) = token {
            let token = BASE64URL_NOPAD.encode(token);
            self.buffer.extend(format!("authorization: Bearer {token}\r\n").as_bytes());
        }
        self.buffer.extend(format!("content-length: {}\r\n\r\n", body.len()).as_bytes());
        self.buffer.extend(body);
        self.stream.write_all(&self.buffer).await?;
        self.answer().await
    }

    async fn answer(&mut self) -> io::Result<&[u8]> {
        self.buffer.clear();
        let (begins, length) = loop {
            self.more().await?;
            if let Some(head) = head(&self.buffer)? {
                break head;
            }
        };
        while self.buffer.len() < begins + length {
            self.more().await?;
        }
        Ok(&self.buffer[begins..begins + length])
    }

    async fn more(&mut self) -> io::Result<()> {
        self.buffer.reserve(32 * 1024);
        match self.stream.read_buf(&mut self.buffer).await? {
            0 => Err(io::ErrorKind::UnexpectedEof.into()),
            _ => Ok(()),
        }
    }
}

/// Where the body begins and how long it is, once the head has come.
fn head(bytes: &[u8]) -> io::Result<Option<(usize, usize)>> {
    let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") else { return Ok(None) };
    let head = String::from_utf8_lossy(&bytes[..end]);
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    match length.and_then(|length| length.parse().ok()) {
        Some(length) if head.starts_with("HTTP/1.1 200 ") => Ok(Some((end + 4, length))),
        _ => Err(io::Error::other(head.into_owned())),
    }
}
