//! What is answered to each kind of request.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Instant;

use ddbmock_model::{Error, Message, Rule, World};
use ddbmock_protocol::{Answer, Request, Signature};
use hyper::body::Bytes;
use warp::http::{HeaderMap, HeaderName, StatusCode, header};
use warp::reply::Response;

use crate::reply::{PLAIN_TYPE, add_hint, echoed_type, reply, unknown};
use crate::request_id::RequestId;
use crate::routes::Kind;
use crate::{cors, log};

/// The door of one world.
pub(crate) struct Endpoint {
    pub(crate) world: Arc<dyn World>,
    pub(crate) explain: bool,
    pub(crate) region: String,
}

/// A request that has been read to its end.
pub(crate) struct Asked {
    pub(crate) headers: HeaderMap,
    pub(crate) query: Option<String>,
    pub(crate) body: Bytes,
}

const REQUEST_ID: HeaderName = HeaderName::from_static("x-amzn-requestid");

impl Endpoint {
    /// Answers a request of any kind. Every answer from here on has a request id.
    pub(crate) async fn respond(&self, kind: Kind, asked: Asked) -> Response {
        let id = RequestId::random();
        let page = cors::asks(&asked.headers);
        let mut response = match kind {
            Kind::Operation => self.operation(&id, asked).await,
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
            None if asked.body.is_empty() => PLAIN_TYPE,
            None => {
                log::answered_unread(id, "no content type of the service's", 404);
                return unknown();
            }
        };
        let started = Instant::now();
        let answer = self.answer(asked).await;
        log::answered(id, &answer, started.elapsed());
        let status = StatusCode::from_u16(answer.status).expect("an answer's status is 200, 400 or 500");
        let mut response = reply(status, Some(content_type), answer.body);
        if let Some(hint) = answer.error.as_ref().and_then(|error| error.message().hint.as_deref()) {
            add_hint(&mut response, hint);
        }
        response
    }

    /// A world that waits for a disk is asked on a thread of its own, so that other connections go on.
    async fn answer(&self, asked: Asked) -> Answer {
        if !self.world.may_block() {
            return answer_whole(&*self.world, &asked, self.explain);
        }
        let (world, explain) = (Arc::clone(&self.world), self.explain);
        let answering = tokio::task::spawn_blocking(move || answer_whole(&*world, &asked, explain));
        answering.await.unwrap_or_else(|_| defect(explain))
    }
}

/// Answers whatever happens: a defect that panics is answered as an internal error and costs no other request.
fn answer_whole(world: &dyn World, asked: &Asked, explain: bool) -> Answer {
    let header = |name: &str| asked.headers.get(name).and_then(|value| str::from_utf8(value.as_bytes()).ok());
    let request = Request {
        target: header("x-amz-target"),
        signature: Signature {
            authorization: header(header::AUTHORIZATION.as_str()),
            query: asked.query.as_deref(),
            amz_date: header("x-amz-date"),
            date: header(header::DATE.as_str()),
        },
        body: &asked.body,
    };
    // Nothing of the request is used again after a panic, and a world keeps its own invariants.
    let answering = AssertUnwindSafe(|| ddbmock_protocol::answer(world, &request, explain));
    catch_unwind(answering).unwrap_or_else(|_| defect(explain))
}

/// The answer of a request that panicked: the service's own to a failure within it.
fn defect(explain: bool) -> Answer {
    let error = Error::Internal(Message::new(Rule("internal.defect"), "Internal server error"));
    Answer::refusal(None, error.hinted("a defect of ddbmock: it panicked"), explain)
}
