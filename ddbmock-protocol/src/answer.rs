//! From a request to an answer.

use std::fmt::Display;

use ddbmock_model::{ApiVersion, Caller, Error, Message, Rule, World};

use crate::signature::Signature;
use crate::{dispatch, error, read};

/// What of an HTTP request is DynamoDB's.
#[derive(Debug, Clone, Copy, Default)]
pub struct Request<'a> {
    /// The header `X-Amz-Target`.
    pub target: Option<&'a str>,
    /// The header `Host`: the address at which the caller reached whoever answers.
    pub host: Option<&'a str>,
    /// What the request's head says of who signed it.
    pub signature: Signature<'a>,
    /// The body.
    pub body: &'a [u8],
}

/// What a request is answered with.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The HTTP status: 200, 400 or 500.
    pub status: u16,
    /// The body: JSON.
    pub body: Vec<u8>,
    /// The operation that the request names, if it is one.
    pub operation: Option<&'static str>,
    /// The error that the body tells of, with its rule and hint.
    pub error: Option<Error>,
}

/// Whether the operation that a target names can take as long as a table is large: then it must not run where it would
/// hold up others.
pub fn is_long(target: Option<&str>) -> bool {
    dispatch::find(target).is_ok_and(|found| found.long)
}

/// Answers a request. With `explain`, an error's hint stands behind its message.
///
/// What is wrong is blamed in the service's order: the syntax of the body, the target, the signature, an empty body,
/// the types of the members; then the operation has the word. Source: production captures, order of processing.
pub fn answer(world: &dyn World, request: &Request<'_>, explain: bool) -> Answer {
    let found = dispatch::find(request.target);
    let known = found.as_ref().ok().map(|found| (found.name, found.version));
    let (operation, version) = known.unzip();
    match found.map_or_else(|error| Err(blame(request, error)), |found| run(world, request, &found)) {
        Ok(body) => Answer { status: 200, body, operation, error: None },
        Err(error) => Answer::refused(operation, error, version.unwrap_or_default(), explain),
    }
}

impl Answer {
    /// The answer that tells of an error. With `explain`, its hint stands behind its message.
    pub fn refusal(operation: Option<&'static str>, error: Error, explain: bool) -> Self {
        Self::refused(operation, error, ApiVersion::default(), explain)
    }

    fn refused(operation: Option<&'static str>, error: Error, version: ApiVersion, explain: bool) -> Self {
        let body = error::encode(&error, operation, version, explain);
        Self { status: error::status(&error), body, operation, error: Some(error) }
    }

    /// The answer to a request whose body could not even be unpacked: the one to a body that is no JSON, which comes
    /// before everything else.
    pub fn unreadable(reason: &impl Display, explain: bool) -> Self {
        Self::refusal(None, read::not_json(reason), explain)
    }
}

fn run(world: &dyn World, request: &Request<'_>, found: &dispatch::Dispatch) -> Result<Vec<u8>, Error> {
    let signer = request.signature.signer().map_err(|error| blame(request, error))?;
    let body = text(request.body)?;
    if body.is_empty() {
        return Err(
            Error::Serialization(Message::new(Rule("wire.body_empty"), "")).hinted("the body is empty")
        );
    }
    let (region, access_key) = (signer.region(), signer.access_key());
    let (host, api_version) = (request.host, found.version);
    let caller = Caller { region, host, access_key, api_version, ..Caller::default() };
    (found.run)(&*world.scope(&caller), &caller, body)
}

/// What is blamed for a request whose head is wrong: before that, the syntax of a body that is there.
fn blame(request: &Request<'_>, head: Error) -> Error {
    if request.body.is_empty() {
        return head;
    }
    text(request.body).and_then(read::check_syntax).err().unwrap_or(head)
}

fn text(body: &[u8]) -> Result<&str, Error> {
    std::str::from_utf8(body).map_err(|reason| read::not_json(&reason))
}
