//! A client's connection: HTTP/1.1, one request after the other, with as little in between as there can be.

use std::net::SocketAddr;

use memchr::memmem;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// An answer, as it lies in the connection's buffer.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Answer<'a> {
    /// The HTTP status.
    pub(crate) status: u16,
    /// The body.
    pub(crate) body: &'a [u8],
}

/// A connection that is opened when it is first used, and again if the server closes it after an answer.
#[derive(Debug)]
pub(crate) struct Connection {
    address: SocketAddr,
    stream: Option<TcpStream>,
    received: Vec<u8>,
}

/// What a head says of the answer.
#[derive(Debug, PartialEq, Eq)]
struct Head {
    status: u16,
    /// Where the body begins.
    length: usize,
    body_length: usize,
    closes: bool,
}

impl Connection {
    /// A connection to an address of this machine.
    pub(crate) fn new(address: SocketAddr) -> Self {
        Self { address, stream: None, received: Vec::with_capacity(64 << 10) }
    }

    /// Sends a request and takes its answer in.
    pub(crate) async fn ask(&mut self, request: &[u8]) -> Result<Answer<'_>, String> {
        let head = match self.exchange(request).await {
            Ok(head) => head,
            Err(error) => {
                self.stream = None;
                return Err(error);
            }
        };
        if head.closes {
            self.stream = None;
        }
        let body = &self.received[head.length..head.length + head.body_length];
        Ok(Answer { status: head.status, body })
    }

    async fn exchange(&mut self, request: &[u8]) -> Result<Head, String> {
        let stream = match &mut self.stream {
            Some(stream) => stream,
            None => self.stream.insert(connected(self.address).await?),
        };
        stream.write_all(request).await.map_err(|error| format!("a request was not taken in: {error}"))?;
        self.received.clear();
        loop {
            let count = stream
                .read_buf(&mut self.received)
                .await
                .map_err(|error| format!("an answer did not come: {error}"))?;
            if count == 0 {
                return Err("the server closed the connection before its answer was whole".to_owned());
            }
            if let Some(head) = Head::read(&self.received)? {
                return rest(stream, &mut self.received, head).await;
            }
        }
    }
}

/// Reads what is left of a body.
async fn rest(stream: &mut TcpStream, received: &mut Vec<u8>, head: Head) -> Result<Head, String> {
    let whole = head.length + head.body_length;
    received.reserve(whole.saturating_sub(received.len()));
    while received.len() < whole {
        match stream.read_buf(received).await {
            Ok(0) => return Err("the server closed the connection within an answer".to_owned()),
            Ok(_) => {}
            Err(error) => return Err(format!("an answer did not come to its end: {error}")),
        }
    }
    if received.len() == whole { Ok(head) } else { Err("more came than the answer".to_owned()) }
}

async fn connected(address: SocketAddr) -> Result<TcpStream, String> {
    let failed = |error| format!("{address} cannot be reached: {error}");
    let stream = TcpStream::connect(address).await.map_err(failed)?;
    stream.set_nodelay(true).map_err(failed)?;
    Ok(stream)
}

impl Head {
    /// The head at the begin of some bytes; `None` if it is not whole yet.
    fn read(bytes: &[u8]) -> Result<Option<Self>, String> {
        let Some(end) = memmem::find(bytes, b"\r\n\r\n") else {
            return Ok(None);
        };
        let refused = || format!("no head of an answer: {}", String::from_utf8_lossy(&bytes[..end]));
        let text = std::str::from_utf8(&bytes[..end]).map_err(|_| refused())?;
        let mut lines = text.split("\r\n");
        let first = lines.next().unwrap_or_default();
        let status = first.get(9..12).and_then(|status| status.parse().ok()).ok_or_else(refused)?;
        let mut closes = !first.starts_with("HTTP/1.1");
        let mut body_length = None;
        for (name, value) in lines.filter_map(|line| line.split_once(':')) {
            if name.eq_ignore_ascii_case("content-length") {
                body_length = value.trim().parse().ok();
            } else if name.eq_ignore_ascii_case("connection") {
                closes = value.trim().eq_ignore_ascii_case("close");
            }
        }
        let body_length = body_length.ok_or_else(|| format!("an answer without a length: {text}"))?;
        Ok(Some(Self { status, length: end + 4, body_length, closes }))
    }
}

#[cfg(test)]
mod tests {
    use super::Head;

    #[test]
    fn heads_are_read() {
        let check = |text: &str, expected: Option<(u16, usize, bool)>| {
            let head = Head::read(text.as_bytes()).unwrap();
            assert_eq!(head.map(|head| (head.status, head.body_length, head.closes)), expected, "{text}");
        };
        check("HTTP/1.1 200 OK\r\ncontent-le", None);
        check("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}", Some((200, 2, false)));
        check("HTTP/1.1 400 Bad\r\nConnection: close\r\nContent-Length: 0\r\n\r\n", Some((400, 0, true)));
        check("HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n", Some((200, 0, true)));
        assert!(Head::read(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n").is_err());
        assert!(Head::read(b"HELLO\r\n\r\n").is_err());
    }
}
