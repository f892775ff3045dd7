//! What a server can be told.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use crate::credentials::Credentials;

/// Where a server listens, and what it allows its clients.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The address to listen at. Port 0 picks a free one.
    pub listen: SocketAddr,
    /// The region that the health text names. It has no other effect here.
    pub region: String,
    /// Whether hints are appended to the messages of errors, besides standing in the header `x-ddbmock-hint`.
    pub explain: bool,
    /// The keys whose signatures are taken. `None` takes any signature that has the right shape.
    pub credentials: Option<Credentials>,
    /// The most bytes of a request's body, as it is sent and unpacked. One byte more is answered with status 413.
    pub body_bytes_max: usize,
    /// The most bytes that the bodies of all requests hold together; those of a few kilobytes do not count. A request
    /// for which there is no room is answered with status 503, which clients try again.
    pub bodies_bytes_max: usize,
    /// The most bytes of answers that clients have not taken in yet; short ones do not count. While there are so many,
    /// operations are answered with status 503, which clients try again.
    pub answers_bytes_max: usize,
    /// How long a connection may take until the head of its next request is there. It also ends connections that are
    /// kept open without a request, so seconds are too few: clients expect to find theirs again after a pause.
    pub head_timeout: Duration,
    /// How long the body of a request may take, from its head to its last byte. Longer is answered with status 408.
    pub body_timeout: Duration,
    /// How long a client may take in nothing of its answer. Then its connection is closed.
    pub answer_timeout: Duration,
    /// The most connections at a time. One more is answered with status 503 and closed.
    pub connections_max: usize,
    /// The threads that connections are shared out among: as many requests are worked on at once. 0 is as 1.
    pub threads: usize,
    /// How long requests that are under way when the server is told to stop may take to end.
    pub shutdown_grace: Duration,
}

const MEBIBYTE: usize = 1024 * 1024;

impl Default for Settings {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 8000)),
            region: "us-east-1".to_owned(),
            explain: false,
            credentials: None,
            // DynamoDB accepts 16 MiB exactly. Source: answers of the service to bodies around that size.
            body_bytes_max: 16 * MEBIBYTE,
            bodies_bytes_max: 256 * MEBIBYTE,
            answers_bytes_max: 256 * MEBIBYTE,
            head_timeout: Duration::from_mins(5),
            body_timeout: Duration::from_mins(1),
            answer_timeout: Duration::from_mins(1),
            connections_max: 16 * 1024,
            threads: 1,
            shutdown_grace: Duration::from_secs(5),
        }
    }
}
