//! A client that sends bytes as told and takes answers apart.

use std::net::SocketAddr;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::PATIENCE;

pub(super) struct Client {
    stream: TcpStream,
    unread: Vec<u8>,
}

/// An answer, taken apart.
#[derive(Debug)]
pub(super) struct Answered {
    pub(super) status: u16,
    head: String,
    pub(super) body: Vec<u8>,
}

impl Answered {
    /// The value of a header, by its name in lower case.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let lines = self.head.lines().skip(1);
        lines.filter_map(|line| line.split_once(": ")).find(|(key, _)| *key == name).map(|(_, value)| value)
    }

    pub(super) fn text(&self) -> &str {
        str::from_utf8(&self.body).unwrap()
    }
}

impl Client {
    pub(super) async fn connect(address: SocketAddr) -> Self {
        let connecting = tokio::time::timeout(PATIENCE, TcpStream::connect(address));
        Self { stream: connecting.await.unwrap().unwrap(), unread: Vec::new() }
    }

    pub(super) async fn send(&mut self, bytes: impl AsRef<[u8]>) {
        self.stream.write_all(bytes.as_ref()).await.unwrap();
    }

    /// Sends as much as the server takes; it may have hung up.
    pub(super) async fn try_send(&mut self, bytes: &[u8]) {
        let _ = self.stream.write_all(bytes).await;
        let _ = self.stream.shutdown().await;
    }

    /// Sends as much as the server takes, and may send more.
    pub(super) async fn try_send_open(&mut self, bytes: &[u8]) {
        let _ = self.stream.write_all(bytes).await;
    }

    /// Waits until an answer begins to come, and takes in no more of it.
    pub(super) async fn begin_answer(&mut self) {
        assert!(self.more().await > 0);
    }

    pub(super) async fn ask(&mut self, request: impl AsRef<[u8]>) -> Answered {
        self.send(request).await;
        self.answer().await
    }

    /// The next answer.
    pub(super) async fn answer(&mut self) -> Answered {
        let end = self.until(b"\r\n\r\n").await;
        let head = String::from_utf8(self.unread.drain(..end).collect()).unwrap();
        let status = head[9..12].parse().unwrap();
        let mut answered = Answered { status, head, body: Vec::new() };
        if answered.header("transfer-encoding") == Some("chunked") {
            let end = self.until(b"0\r\n\r\n").await; // only empty bodies are sent so
            assert_eq!(self.unread.drain(..end).as_slice(), b"0\r\n\r\n");
        } else if status != 100 {
            let bytes = answered.header("content-length").unwrap().parse().unwrap();
            while self.unread.len() < bytes {
                assert!(self.more().await > 0, "the body breaks off");
            }
            answered.body = self.unread.drain(..bytes).collect();
        }
        answered
    }

    /// Whatever comes until the server hangs up.
    pub(super) async fn rest(&mut self) -> Vec<u8> {
        while self.more().await > 0 {}
        std::mem::take(&mut self.unread)
    }

    async fn until(&mut self, mark: &[u8]) -> usize {
        loop {
            if let Some(start) = self.unread.windows(mark.len()).position(|window| window == mark) {
                return start + mark.len();
            }
            assert!(self.more().await > 0, "hung up after {:?}", String::from_utf8_lossy(&self.unread));
        }
    }

    /// Reads once; a reset is an end as well.
    async fn more(&mut self) -> usize {
        let reading = self.stream.read_buf(&mut self.unread);
        tokio::time::timeout(PATIENCE, reading).await.expect("something comes in time").unwrap_or(0)
    }
}

/// A signed request for an operation, as SDKs send it.
pub(super) fn operation(name: &str, body: &str) -> String {
    format!("{}content-length: {}\r\n\r\n{body}", head(name), body.len())
}

/// Its head, without the length and without the empty line.
pub(super) fn head(name: &str) -> String {
    format!(
        "POST / HTTP/1.1\r\nhost: localhost\r\nx-amz-target: DynamoDB_20120810.{name}\r\n\
         content-type: application/x-amz-json-1.0\r\nx-amz-date: 20260101T000000Z\r\n\
         authorization: AWS4-HMAC-SHA256 Credential=key/20260101/us-east-1/dynamodb/aws4_request, \
         SignedHeaders=host;x-amz-date, Signature=abc\r\n"
    )
}
