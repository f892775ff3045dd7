//! Reading a request's body: bounded in bytes while it is read and unpacked, alone and together with others, and in
//! time.

use std::convert::Infallible;
use std::future::poll_fn;
use std::io;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use hyper::body::Bytes;
use warp::http::{HeaderMap, HeaderValue, StatusCode, header};
use warp::reply::{Reply as _, Response};
use warp::{Buf, Stream};

use crate::memory::{Full, Held, Memory};
use crate::packing::Packing;

/// How much of a body is read, and how long that may take.
#[derive(Debug, Clone)]
pub(crate) struct Limits {
    /// Of one body, as it is sent and unpacked.
    pub(crate) bytes_max: usize,
    /// Of all bodies that come in more than one piece.
    pub(crate) memory: Arc<Memory>,
    pub(crate) timeout: Duration,
}

/// A body that was read to its end.
#[derive(Debug, Default)]
pub(crate) struct Body {
    /// As it was sent, which is what a signature is about.
    pub(crate) sent: Bytes,
    /// What it holds where it was sent packed, or why that cannot be told.
    pub(crate) unpacked: Option<io::Result<Bytes>>,
    /// A short body holds nothing.
    held: Option<Held>,
}

impl Body {
    /// What it says, or why that cannot be told.
    pub(crate) fn read(&self) -> Result<&Bytes, &io::Error> {
        match &self.unpacked {
            None => Ok(&self.sent),
            Some(unpacked) => unpacked.as_ref(),
        }
    }
}

/// Why there is no body to answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refused {
    /// It is longer than the limit.
    TooLong,
    /// It did not come in time.
    TooSlow,
    /// The connection broke off, or the chunks are malformed.
    Broken,
    /// Too much is held for others.
    Crowded,
}

/// Reads a body to its end.
pub(crate) async fn read<B: Buf>(
    headers: &HeaderMap,
    stream: impl Stream<Item = Result<B, warp::Error>>,
    limits: &Limits,
) -> Result<Body, Refused> {
    let declared = declared(headers);
    // A client that asks before it sends can be refused before it sends.
    if declared.is_some_and(|bytes| bytes > limits.bytes_max) && headers.contains_key(header::EXPECT) {
        return Err(Refused::TooLong);
    }
    let mut read = pin!(collect(stream, declared, limits));
    // Most bodies come with their heads: only one that has not come is timed.
    let body = match poll_fn(|context| Poll::Ready(read.as_mut().poll(context))).await {
        Poll::Ready(body) => body?,
        Poll::Pending => tokio::time::timeout(limits.timeout, read).await.unwrap_or(Err(Refused::TooSlow))?,
    };
    match Packing::of(headers) {
        Some(packing) if !body.sent.is_empty() => body.unpack(packing, limits),
        _ => Ok(body),
    }
}

fn declared(headers: &HeaderMap) -> Option<usize> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// What is beyond the limit is dropped but read on, up to the limit once more: a client that is still sending when its
/// connection closes gets a reset instead of the answer.
async fn collect<B: Buf>(
    stream: impl Stream<Item = Result<B, warp::Error>>,
    declared: Option<usize>,
    limits: &Limits,
) -> Result<Body, Refused> {
    let mut stream = pin!(stream);
    let mut seen = 0_usize;
    let mut first = Bytes::new();
    let mut joined: Option<Joined> = None;
    while let Some(piece) = poll_fn(|context| stream.as_mut().poll_next(context)).await {
        let mut piece = piece.map_err(|_| Refused::Broken)?;
        let piece = piece.copy_to_bytes(piece.remaining()); // shares, does not copy
        seen = seen.saturating_add(piece.len());
        if seen / 2 > limits.bytes_max {
            break;
        } else if seen > limits.bytes_max {
            joined = None;
        } else if first.is_empty() {
            first = piece;
        } else if let Some(joined) = &mut joined {
            joined.add(&piece)?;
        } else {
            joined = Some(Joined::new(&first, &piece, declared, limits)?);
        }
    }
    match joined {
        _ if seen > limits.bytes_max => Err(Refused::TooLong),
        None => Ok(Body { sent: first, ..Body::default() }),
        Some(joined) => Ok(Body { sent: joined.bytes.into(), held: Some(joined.held), unpacked: None }),
    }
}

/// The pieces of a body that came in several.
struct Joined {
    bytes: Vec<u8>,
    bytes_max: usize,
    held: Held,
}

impl Joined {
    fn new(first: &[u8], second: &[u8], declared: Option<usize>, limits: &Limits) -> Result<Self, Full> {
        let bytes_max = declared.unwrap_or(limits.bytes_max).min(limits.bytes_max);
        let mut joined = Self { bytes: Vec::new(), bytes_max, held: limits.memory.hold(0) };
        joined.add(first)?;
        joined.add(second)?;
        Ok(joined)
    }

    /// Adds a piece. Its memory is counted before it is taken, and never on the word of the client alone.
    fn add(&mut self, piece: &[u8]) -> Result<(), Full> {
        let bytes = self.bytes.len() + piece.len();
        if self.bytes.capacity() < bytes {
            let room = bytes.max(ROOM_BYTES).max(2 * self.bytes.capacity()).min(self.bytes_max);
            self.held.grow_to(room)?;
            self.bytes.reserve_exact(room - self.bytes.len());
        }
        self.bytes.extend_from_slice(piece);
        Ok(())
    }
}

/// What a body in pieces takes at first.
const ROOM_BYTES: usize = 64 * 1024;

impl Body {
    fn unpack(mut self, packing: Packing, limits: &Limits) -> Result<Self, Refused> {
        let unpacked = packing.unpack(&self.sent, limits.bytes_max);
        let bytes = unpacked.as_ref().map_or(0, Vec::len);
        if bytes > limits.bytes_max {
            return Err(Refused::TooLong);
        }
        self.held.get_or_insert_with(|| limits.memory.hold(0)).grow_to(self.sent.len() + bytes)?;
        self.unpacked = Some(unpacked.map(Bytes::from));
        Ok(self)
    }
}

impl From<Full> for Refused {
    fn from(_: Full) -> Self {
        Self::Crowded
    }
}

impl Refused {
    /// The answer, which has no request id. The status of a body that is too long, its lack of a length and its
    /// emptiness are the service's own (source: its answers to bodies above 16 MiB); the others it leaves unsaid.
    pub(crate) fn response(self) -> Response {
        match self {
            Self::TooLong => {
                let mut response = warp::reply::stream(Nothing).into_response();
                *response.status_mut() = StatusCode::PAYLOAD_TOO_LARGE;
                response
            }
            Self::TooSlow => closing(StatusCode::REQUEST_TIMEOUT),
            Self::Broken => closing(StatusCode::BAD_REQUEST),
            Self::Crowded => closing(StatusCode::SERVICE_UNAVAILABLE),
        }
    }
}

fn closing(status: StatusCode) -> Response {
    let mut response = status.into_response();
    response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    response
}

/// A body of unknown length that turns out to be empty.
struct Nothing;

impl Stream for Nothing {
    type Item = Result<Bytes, Infallible>;

    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(None)
    }
}
