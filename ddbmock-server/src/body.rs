//! Reading a request's body: bounded in bytes while it is read, and in time.

use std::convert::Infallible;
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::task::{Context, Poll};
use std::time::Duration;

use hyper::body::Bytes;
use warp::http::{HeaderMap, HeaderValue, StatusCode, header};
use warp::reply::{Reply as _, Response};
use warp::{Buf, Stream};

/// How much of a body is read, and how long that may take.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    pub(crate) bytes_max: usize,
    pub(crate) timeout: Duration,
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
}

/// Reads a body to its end.
pub(crate) async fn read<B: Buf>(
    headers: &HeaderMap,
    stream: impl Stream<Item = Result<B, warp::Error>>,
    limits: Limits,
) -> Result<Bytes, Refused> {
    let declared = declared(headers);
    // A client that asks before it sends can be refused before it sends.
    if declared.is_some_and(|bytes| bytes > limits.bytes_max) && headers.contains_key(header::EXPECT) {
        return Err(Refused::TooLong);
    }
    let room = declared.unwrap_or(0).min(ROOM_BYTES_MAX);
    let read = collect(stream, room, limits.bytes_max);
    tokio::time::timeout(limits.timeout, read).await.unwrap_or(Err(Refused::TooSlow))
}

/// The most bytes that are reserved on the word of a client alone.
const ROOM_BYTES_MAX: usize = 1024 * 1024;

fn declared(headers: &HeaderMap) -> Option<usize> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// What is beyond the limit is dropped but read on, up to the limit once more: a client that is still sending when its
/// connection closes gets a reset instead of the answer.
async fn collect<B: Buf>(
    stream: impl Stream<Item = Result<B, warp::Error>>,
    room: usize,
    bytes_max: usize,
) -> Result<Bytes, Refused> {
    let mut stream = pin!(stream);
    let mut seen = 0_usize;
    let mut first = Bytes::new();
    let mut joined = Vec::new();
    while let Some(piece) = poll_fn(|context| stream.as_mut().poll_next(context)).await {
        let mut piece = piece.map_err(|_| Refused::Broken)?;
        let piece = piece.copy_to_bytes(piece.remaining()); // shares, does not copy
        seen = seen.saturating_add(piece.len());
        if seen / 2 > bytes_max {
            break;
        } else if seen > bytes_max {
            joined = Vec::new();
        } else if first.is_empty() {
            first = piece;
        } else {
            if joined.is_empty() {
                joined.reserve(room);
                joined.extend_from_slice(&first);
            }
            joined.extend_from_slice(&piece);
        }
    }
    match seen {
        _ if seen > bytes_max => Err(Refused::TooLong),
        _ if joined.is_empty() => Ok(first),
        _ => Ok(joined.into()),
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
