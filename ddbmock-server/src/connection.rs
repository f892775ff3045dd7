//! The life of one connection.

use std::convert::Infallible;
use std::pin::pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpStream;
use tokio::sync::watch;
use tower_service::Service;
use warp::reply::Response;

use crate::log;

/// How connections speak: HTTP/1, as the service and its clients do.
pub(crate) fn http(head_timeout: Duration) -> http1::Builder {
    let mut http = http1::Builder::new();
    // A client may close its half after the request and still read the answer.
    http.timer(TokioTimer::new()).header_read_timeout(head_timeout).half_close(true);
    http
}

/// Serves a connection until it ends, or until the server stops and the request under way is answered.
pub(crate) async fn attend<S>(
    stream: TcpStream,
    http: http1::Builder,
    service: S,
    mut stopping: watch::Receiver<()>,
) where
    S: Service<Request<Incoming>, Response = Response, Error = Infallible> + Clone,
{
    let _ = stream.set_nodelay(true); // only speed depends on it
    let begun = AtomicBool::new(false);
    let respond = service_fn(|request| {
        begun.store(true, Ordering::Relaxed);
        service.clone().call(request)
    });
    let mut connection = pin!(http.serve_connection(TokioIo::new(stream), respond));
    tokio::select! {
        ended = &mut connection => return note(ended),
        _ = stopping.changed() => {}
    }
    // Nobody waits on a connection on which no head has come yet. hyper would wait for the rest of a begun one.
    if begun.load(Ordering::Relaxed) {
        connection.as_mut().graceful_shutdown();
        note(connection.await);
    }
}

/// Clients that go away are nothing to worry about.
fn note(ended: hyper::Result<()>) {
    if let Err(error) = ended {
        log::connection_ended(error);
    }
}
