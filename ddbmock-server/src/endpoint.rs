//! What is answered to each kind of request.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Instant;

use ddbmock_model::{Command, Error, Message, Rule, World};
use ddbmock_protocol::{Answer, Request, Signature, Verifier, is_long};
use hyper::body::Bytes;
use warp::http::{HeaderName, HeaderValue, StatusCode, header};
use warp::path::FullPath;
use warp::reply::Response;

use crate::body::{Body, Refused};
use crate::control::Control;
use crate::credentials::Credentials;
use crate::memory::{Held, Memory};
use crate::packing::{pack, takes_gzip};
use crate::reply::{PLAIN_TYPE, add_hint, echoed_type, reply, unknown};
use crate::request_id::RequestId;
use crate::routes::{Headers, Kind};
use crate::verify::Verification;
use crate::{control, cors, log};

/// The door of one world.
pub(crate) struct Endpoint {
    pub(crate) world: Arc<dyn World>,
    pub(crate) explain: bool,
    pub(crate) region: String,
    /// The keys whose signatures are taken, if not any.
    pub(crate) credentials: Option<Arc<Credentials>>,
    /// What long answers hold until they are sent.
    pub(crate) answers: Arc<Memory>,
}

/// A request that has been read to its end.
#[derive(Debug)]
pub(crate) struct Asked {
    pub(crate) path: FullPath,
    pub(crate) query: Option<String>,
    pub(crate) headers: Headers,
    pub(crate) body: Body,
}

impl Asked {
    /// What a header says, if it is text.
    fn text(&self, name: &HeaderName) -> Option<&str> {
        self.headers.get(name).and_then(|value: &HeaderValue| str::from_utf8(value.as_bytes()).ok())
    }
}

const REQUEST_ID: HeaderName = HeaderName::from_static("x-amzn-requestid");
const TARGET: HeaderName = HeaderName::from_static("x-amz-target");
const AMZ_DATE: HeaderName = HeaderName::from_static("x-amz-date");
const SECURITY_TOKEN: HeaderName = HeaderName::from_static("x-amz-security-token");

impl Endpoint {
    /// Answers a request of any kind. Every answer from here on has a request id.
    pub(crate) async fn respond(&self, kind: Kind, asked: Asked) -> Response {
        let id = RequestId::random();
        let page = cors::asks(&asked.headers);
        let mut response = match kind {
            Kind::Operation => self.operation(&id, asked).await,
            Kind::Control(control) => self.control(control).await,
            Kind::Preflight => cors::preflight(&asked.headers),
            Kind::Health => reply(StatusCode::OK, None, self.health()),
            Kind::Other => unknown(),
        };
        if kind != Kind::Operation {
            log::answered_unread(&id, kind, response.status().as_u16());
        }
        response.headers_mut().insert(REQUEST_ID, id.header());
        if page {
            cors::allow(&mut response);
        }
        response
    }

    /// The service's own words, with the blank at their end.
    fn health(&self) -> String {
        format!("healthy: dynamodb.{}.amazonaws.com ", self.region)
    }

    async fn operation(&self, id: &RequestId, asked: Asked) -> Response {
        let content_type = match echoed_type(&asked.headers) {
            Some(content_type) => content_type,
            None if asked.body.sent.is_empty() => PLAIN_TYPE,
            None => {
                log::answered_unread(id, "no content type of the service's", 404);
                return unknown();
            }
        };
        if self.answers.is_full() {
            log::turned_down(Refused::Crowded);
            return Refused::Crowded.response();
        }
        let packs = takes_gzip(&asked.headers);
        let started = Instant::now();
        let (explain, credentials) = (self.explain, self.credentials.clone());
        let long =
            asked.body.read().is_ok_and(|body| body.len() > LONG_BYTES) || is_long(asked.text(&TARGET));
        let ask = move |world: &dyn World| answer(world, &asked, credentials.as_deref(), explain);
        let answer = self.guarded(long, ask).await;
        log::answered(id, &answer, started.elapsed());
        self.reply(content_type, packs, answer)
    }

    /// What ddbmock is asked that is no operation.
    async fn control(&self, control: Control) -> Response {
        let explain = self.explain;
        let command = match control {
            Control::Health => return self.reply(PLAIN_TYPE, false, control::health()),
            Control::Reset => Command::Reset,
            Control::Reseed => Command::Reseed,
            Control::Unknown => return unknown(),
        };
        let answer = self.guarded(false, move |world| control::command(world, command, explain)).await;
        self.reply(PLAIN_TYPE, false, answer)
    }

    /// Asks the world, whatever happens: a defect that panics is answered as an internal error and costs no other
    /// request. A world that waits for a disk is asked on a thread of its own, so that other connections go on; so is
    /// any when what is asked is long: a filter of thousands of values, or an index of a large table, can take seconds.
    async fn guarded(&self, long: bool, ask: impl FnOnce(&dyn World) -> Answer + Send + 'static) -> Answer {
        let explain = self.explain;
        if !long && !self.world.may_block() {
            // Nothing of the request is used again after a panic, and a world keeps its own invariants.
            let asking = AssertUnwindSafe(|| ask(&*self.world));
            return catch_unwind(asking).unwrap_or_else(|_| defect(explain));
        }
        let world = Arc::clone(&self.world);
        tokio::task::spawn_blocking(move || ask(&*world)).await.unwrap_or_else(|_| defect(explain))
    }

    fn reply(&self, content_type: HeaderValue, packs: bool, answer: Answer) -> Response {
        let status = StatusCode::from_u16(answer.status).expect("an answer's status is 200, 400 or 500");
        let packed = Some(&answer.body).filter(|_| packs).and_then(|body| pack(body));
        let is_packed = packed.is_some();
        let body = packed.unwrap_or_else(|| answer.body.into());
        let mut response = reply(status, Some(content_type), self.held(body));
        if is_packed {
            response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        }
        if let Some(hint) = answer.error.as_ref().and_then(|error| error.message().hint.as_deref()) {
            add_hint(&mut response, hint);
        }
        response
    }

    /// A long answer, counted until its client has taken it in. The system takes a short one at once.
    fn held(&self, body: Bytes) -> Bytes {
        if body.len() <= SHORT_BYTES {
            return body;
        }
        let held = self.answers.hold(body.len());
        Bytes::from_owner(Counted { body, _held: held })
    }
}

/// The most bytes of a body that is worked on where it was read. To read a longer one takes longer than to change
/// threads.
const LONG_BYTES: usize = 64 * 1024;

/// The most bytes of an answer that the system's buffer of a connection takes whole.
const SHORT_BYTES: usize = 16 * 1024;

/// An answer whose length is counted while it is there.
struct Counted {
    body: Bytes,
    _held: Held,
}

impl AsRef<[u8]> for Counted {
    fn as_ref(&self) -> &[u8] {
        &self.body
    }
}

fn answer(world: &dyn World, asked: &Asked, credentials: Option<&Credentials>, explain: bool) -> Answer {
    let body = match asked.body.read() {
        Ok(body) => body,
        Err(reason) => return Answer::unreadable(reason, explain),
    };
    let header = |name: &HeaderName| asked.text(name);
    let verification = credentials.map(|credentials| Verification { credentials, asked });
    let request = Request {
        target: header(&TARGET),
        host: header(&header::HOST),
        signature: Signature {
            authorization: header(&header::AUTHORIZATION),
            query: asked.query.as_deref(),
            amz_date: header(&AMZ_DATE),
            date: header(&header::DATE),
            token: verification.as_ref().and_then(|_| header(&SECURITY_TOKEN)),
            verifier: verification.as_ref().map(|verification| verification as &dyn Verifier),
        },
        body,
    };
    ddbmock_protocol::answer(world, &request, explain)
}

/// The answer of a request that panicked: the service's own to a failure within it.
fn defect(explain: bool) -> Answer {
    let error = Error::Internal(Message::new(Rule("internal.defect"), "Internal server error"));
    Answer::refusal(None, error.hinted("a defect of ddbmock: it panicked"), explain)
}
