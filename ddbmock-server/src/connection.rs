//! The life of one connection.

use std::convert::Infallible;
use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpStream as StdStream};
use std::pin::pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Uri};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpStream;
use tokio::sync::watch;
use tower_service::Service;
use warp::reply::Response;

use crate::log;
use crate::patience::Patient;
use crate::routes::Headers;

/// What is held of a request before it is understood: its head must fit in, and what comes of its body at once.
/// Credentials of a session are a few kilobytes long.
const UNREAD_BYTES_MAX: usize = 32 * 1024;

/// How connections speak: HTTP/1, as the service and its clients do.
pub(crate) fn http(head_timeout: Duration) -> http1::Builder {
    let mut http = http1::Builder::new();
    // A client may close its half after the request and still read the answer.
    http.timer(TokioTimer::new()).header_read_timeout(head_timeout).half_close(true);
    http.max_buf_size(UNREAD_BYTES_MAX);
    http
}

/// Serves a connection, on the thread that runs this, until it ends, or until the server stops and the request under
/// way is answered.
pub(crate) async fn attend<S>(
    stream: StdStream,
    answer_timeout: Duration,
    http: http1::Builder,
    service: S,
    mut stopping: watch::Receiver<()>,
) where
    S: Service<Request<Incoming>, Response = Response, Error = Infallible> + Clone,
{
    let stream = match TcpStream::from_std(stream) {
        Ok(stream) => stream,
        Err(error) => return log::connection_ended(error),
    };
    let _ = stream.set_nodelay(true); // only speed depends on it
    let begun = AtomicBool::new(false);
    let respond = service_fn(|mut request: Request<Incoming>| {
        begun.store(true, Ordering::Relaxed);
        // A target as CONNECT has, `host:port`, has no path, and the routes rely on one.
        if request.uri().path_and_query().is_none() {
            *request.uri_mut() = Uri::from_static("/");
        }
        Headers::set_aside(&mut request);
        service.clone().call(request)
    });
    let stream = Patient::new(TokioIo::new(stream), answer_timeout);
    let mut connection = pin!(http.serve_connection(stream, respond));
    tokio::select! {
        biased; // else each poll draws a random number
        ended = &mut connection => return note(ended),
        _ = stopping.changed() => {}
    }
    // Nobody waits on a connection on which no head has come yet. hyper would wait for the rest of a begun one.
    if begun.load(Ordering::Relaxed) {
        connection.as_mut().graceful_shutdown();
        note(connection.await);
    }
}

/// Tells a client that there is no room for it, as far as it can be told at once.
pub(crate) fn turn_away(mut stream: StdStream) {
    const ANSWER: &[u8] =
        b"HTTP/1.1 503 Service Unavailable\r\nconnection: close\r\ncontent-length: 0\r\n\r\n";
    log::turned_away();
    let told = stream.write_all(ANSWER).and_then(|()| {
        stream.shutdown(Shutdown::Write)?;
        // A connection that is closed with something unread is reset, which may overtake the answer.
        stream.read(&mut [0; 4096])
    });
    drop(told); // whoever has gone need not be told, and who has not asked yet has nothing to read
}

/// Clients that go away are nothing to worry about.
fn note(ended: hyper::Result<()>) {
    if let Err(error) = ended {
        log::connection_ended(error);
    }
}
