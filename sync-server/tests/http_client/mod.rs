//! The smallest HTTP client that will do, so that each byte on the wire can be counted.
#![allow(dead_code, clippy::unwrap_used)]

use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpStream},
};

use data_encoding::BASE64URL_NOPAD;

/// What came back, and what it cost.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
    /// Bytes sent and received, headers included.
    pub sent: usize,
    pub received: usize,
}

impl Answer {
    /// The body of a good answer.
    #[track_caller]
    pub fn ok(&self) -> &[u8] {
        assert_eq!(self.status, 200, "{}\n{:?}", self.head, self.body);
        &self.body
    }
}

/// One call on a connection of its own.
pub fn call(to: SocketAddr, method: &str, path: &str, token: Option<&[u8; 32]>, body: &[u8]) -> Answer {
    try_call(to, method, path, token, body).unwrap()
}

/// A call without a body that says more of itself.
pub fn with_headers(to: SocketAddr, method: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
    let headers: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    exchange(to, &format!("{method} {path} HTTP/1.1\r\nhost: {to}\r\n{headers}content-length: 0\r\n\r\n"), &[]).unwrap()
}

/// [`call`], where the relay may be gone.
pub fn try_call(
    to: SocketAddr,
    method: &str,
    path: &str,
    token: Option<&[u8; 32]>,
    body: &[u8],
) -> std::io::Result<Answer> {
    let mut request = format!("{method} {path} HTTP/1.1\r\nhost: {to}\r\n");
    if let Some(token) = token {
        let token = BASE64URL_NOPAD.encode(token);
        request += &format!("authorization: Bearer {token}\r\n");
    }
    request += &format!("content-length: {}\r\n\r\n", body.len());
    exchange(to, &request, body)
}

fn exchange(to: SocketAddr, head: &str, body: &[u8]) -> std::io::Result<Answer> {
    let request = [head.as_bytes(), body].concat();
    let mut stream = TcpStream::connect(to)?;
    // A relay that refuses early may close before it has read everything.
    let _ = stream.write_all(&request);
    let mut received = Vec::new();
    let (head, length) = loop {
        let mut buffer = [0; 4096];
        let count = stream.read(&mut buffer)?;
        received.extend(&buffer[..count]);
        if let Some(end) = received.windows(4).position(|four| four == b"\r\n\r\n") {
            let head = String::from_utf8(received[..end].to_vec()).unwrap();
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
            break (head.clone(), length.unwrap().parse::<usize>().unwrap());
        }
        if count == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
    };
    let total = head.len() + 4 + length;
    let mut rest = vec![0; total.saturating_sub(received.len())];
    stream.read_exact(&mut rest)?;
    received.extend(rest);
    Ok(Answer {
        status: head[9..12].parse().unwrap(),
        body: received.split_off(total - length),
        head,
        sent: request.len(),
        received: total,
    })
}
