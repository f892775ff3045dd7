//! The least that a server of the same library can do: it reads a request to its end, and answers a constant.

use std::net::{Ipv4Addr, SocketAddr, TcpListener as StdListener};

use tokio::net::TcpListener;
use warp::Filter;
use warp::http::{HeaderValue, header};
use warp::hyper::body::Bytes;
use warp::reply::Response;

/// The body that is answered, of so many bytes.
pub(crate) fn body(bytes: usize) -> Vec<u8> {
    vec![b'x'; bytes]
}

/// A socket to listen at; port 0 picks a free one.
pub(crate) fn listen(port: u16) -> std::io::Result<StdListener> {
    let listener = StdListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port)))?;
    listener.set_nonblocking(true)?;
    Ok(listener)
}

/// Answers every request with the same body, until the process ends.
pub(crate) async fn serve(listener: StdListener, bytes: usize) -> std::io::Result<()> {
    let constant = Bytes::from(body(bytes));
    let routes = warp::post().and(warp::body::bytes()).map(move |_: Bytes| {
        let mut response = Response::new(constant.clone().into());
        let content_type = HeaderValue::from_static("application/x-amz-json-1.0");
        response.headers_mut().insert(header::CONTENT_TYPE, content_type);
        response
    });
    warp::serve(routes).incoming(TcpListener::from_std(listener)?).run().await;
    Ok(())
}
