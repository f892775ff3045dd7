//! What carries a request to something that answers like DynamoDB.

use std::time::Duration;

use ddbmock_model::Rule;

use crate::recording::Exchange;

/// Carries requests, and brings answers.
pub trait Transport {
    /// Sends one request.
    ///
    /// # Errors
    /// Why there was no answer.
    fn send(&self, request: &Sent) -> Result<Reply, String>;

    /// Lets some time pass, so that what is under way goes on. `false` if nothing can come of waiting longer.
    fn pass_time(&self, waited: usize) -> bool;

    /// Lets so much time pass, if that can be done at once; whether it was.
    fn pass(&self, time: Duration) -> bool {
        let _ = time;
        false
    }
}

/// A request as it is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// Its headers, the target and the signature among them.
    pub headers: Vec<(String, String)>,
    /// Its query string.
    pub query: Option<String>,
    /// Its body.
    pub body: Vec<u8>,
    /// Whether its signature is to be verified.
    pub strict: bool,
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// Its headers, where they can be seen.
    pub headers: Option<Vec<(String, String)>>,
    /// Its body.
    pub body: Vec<u8>,
    /// The rule that refused the request, where it is known.
    pub rule: Option<Rule>,
}

const TARGET: &str = "X-Amz-Target";
const VERSION: &str = "DynamoDB_20120810.";

/// What is sent where a recording says nothing else. This signature is only well formed; see [`super::strict`].
const USUAL: [(&str, &str); 3] = [
    ("Content-Type", "application/x-amz-json-1.0"),
    ("X-Amz-Date", "20261123T120000Z"),
    (
        "Authorization",
        "AWS4-HMAC-SHA256 Credential=AKIDRECORDING/20261123/us-east-1/dynamodb/aws4_request, \
         SignedHeaders=content-type;host;x-amz-date;x-amz-target, \
         Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7",
    ),
];

impl Sent {
    /// The request of an exchange, with the usual headers where it has none of its own.
    pub fn of(exchange: &Exchange) -> Self {
        let mut sent = Self::new(&exchange.operation, exchange.body.clone());
        for (name, value) in &exchange.headers {
            sent.headers.retain(|(other, _)| !other.eq_ignore_ascii_case(name));
            if value != "none" {
                sent.headers.push((name.clone(), value.clone()));
            }
        }
        sent.query.clone_from(&exchange.query);
        sent
    }

    /// A request with the usual headers, for an operation or a whole target.
    pub fn new(operation: &str, body: Vec<u8>) -> Self {
        let version = if operation.contains('.') { "" } else { VERSION };
        let mut headers = vec![(TARGET.to_owned(), format!("{version}{operation}"))];
        headers.extend(USUAL.map(|(name, value)| (name.to_owned(), value.to_owned())));
        Self { headers, query: None, body, strict: false }
    }

    /// The header of that name.
    pub fn header(&self, name: &str) -> Option<&str> {
        find(&self.headers, name)
    }

    /// The target: API version and operation.
    pub fn target(&self) -> Option<&str> {
        self.header(TARGET)
    }
}

/// The header of that name, in any case.
pub(super) fn find<'a>(headers: &'a [(String, String)], name: &str) -> Option<&'a str> {
    headers.iter().find(|(other, _)| other.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
}
