//! What ddbmock is asked that DynamoDB does not know.

use super::client::{Client, operation};
use super::world::{Fake, Long};
use super::{run, settings};

const JSON: Option<&str> = Some("application/json");

#[tokio::test]
async fn health_is_said_without_a_signature() {
    let server = run(Fake, settings());
    let mut client = Client::connect(server.address).await;
    let answer = client.ask("GET /_ddbmock/health HTTP/1.1\r\nhost: x\r\n\r\n").await;
    let version = env!("CARGO_PKG_VERSION");
    assert_eq!(answer.text(), format!(r#"{{"status":"ok","version":"{version}"}}"#));
    assert_eq!((answer.status, answer.header("content-type")), (200, JSON));
}

#[tokio::test]
async fn a_world_can_be_emptied() {
    let server = run(Fake, settings());
    let mut client = Client::connect(server.address).await;
    for body in ["", "{}", "not looked at"] {
        let length = body.len();
        let answer = client
            .ask(format!(
                "POST /_ddbmock/reset HTTP/1.1\r\nhost: x\r\ncontent-length: {length}\r\n\r\n{body}"
            ))
            .await;
        assert_eq!((answer.status, answer.text()), (200, r#"{"tables":0}"#));
        assert_eq!(answer.header("content-type"), JSON);
    }
}

#[tokio::test]
async fn a_world_that_fails_to_is_told_of() {
    let server = run(Long { answer_bytes: 1 }, settings());
    let mut client = Client::connect(server.address).await;
    let answer = client.ask("POST /_ddbmock/reset HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\n\r\n").await;
    assert_eq!(answer.status, 500);
}

#[tokio::test]
async fn nothing_else_is_known_there() {
    let server = run(Fake, settings());
    let mut client = Client::connect(server.address).await;
    for request in [
        "GET /_ddbmock/ HTTP/1.1\r\nhost: x\r\n\r\n",
        "GET /_ddbmock/reset HTTP/1.1\r\nhost: x\r\n\r\n",
        "GET /_ddbmock/health/ HTTP/1.1\r\nhost: x\r\n\r\n",
        "POST /_ddbmock/reset?seed=yes HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\n\r\n",
        "POST /_ddbmock/health HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\n\r\n",
        &operation("ListTables", "{}").replacen("POST /", "POST /_ddbmock/x", 1),
    ] {
        let answer = client.ask(request).await;
        assert_eq!((answer.status, answer.text()), (404, "<UnknownOperationException/>\n"), "{request}");
    }
    // Everywhere else the path is not looked at.
    let elsewhere = operation("ListTables", "{}").replacen("POST /", "POST /_ddbmock?x", 1);
    assert_eq!(client.ask(elsewhere).await.status, 200);
}
