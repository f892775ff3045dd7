//! ddbmock without sockets: the bytes of a request in, the bytes of an answer out.

use ddbmock_engine::World;
use ddbmock_protocol::{Answer, Request, Signature, answer};

/// Asks a world for an operation.
pub(crate) fn ask(world: &dyn World, target: &str, body: &[u8]) -> Answer {
    let signature = Signature {
        authorization: Some(
            "AWS4-HMAC-SHA256 Credential=key/20260101/us-east-1/dynamodb/aws4_request, \
             SignedHeaders=host, Signature=0",
        ),
        amz_date: Some("20260101T000000Z"),
        ..Default::default()
    };
    answer(world, &Request { target: Some(target), signature, body, ..Default::default() }, false)
}

/// Has a world do an operation that it must not refuse.
pub(crate) fn tell(world: &dyn World, operation: &str, body: &[u8]) {
    let answer = ask(world, &format!("DynamoDB_20120810.{operation}"), body);
    assert_eq!(answer.status, 200, "{operation}: {}", String::from_utf8_lossy(&answer.body));
}
