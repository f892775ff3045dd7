//! What is answered, and with which headers.

use std::sync::mpsc::{Receiver, Sender};

use super::client::{Client, head, operation};
use super::world::{Fake, Slow, has_begun};
use super::{run, settings};
use crate::Settings;

#[tokio::test]
async fn health_is_the_services_own() {
    let server = run(Fake, settings());
    let mut client = Client::connect(server.address).await;
    for path in ["/", "/any/path?and=query"] {
        let answer = client.ask(format!("GET {path} HTTP/1.1\r\nhost: x\r\n\r\n")).await;
        assert_eq!(answer.status, 200);
        assert_eq!(answer.text(), "healthy: dynamodb.us-east-1.amazonaws.com ");
        assert_eq!(answer.header("x-amz-crc32"), Some("3128867991"));
        assert_eq!(answer.header("content-type"), None);
        let id = answer.header("x-amzn-requestid").unwrap();
        assert!(id.len() == 52 && id.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase()));
    }
    drop(client);
    server.end().await;
}

#[tokio::test]
async fn health_names_the_region() {
    let server = run(Fake, Settings { region: "eu-west-1".into(), ..settings() });
    let answer = Client::connect(server.address).await.ask("GET / HTTP/1.1\r\nhost: x\r\n\r\n").await;
    assert_eq!(answer.text(), "healthy: dynamodb.eu-west-1.amazonaws.com ");
}

#[tokio::test]
async fn what_is_no_operation_is_unknown() {
    let server = run(Fake, settings());
    let mut client = Client::connect(server.address).await;
    for request in [
        "PUT / HTTP/1.1\r\nhost: x\r\n\r\n",
        "DELETE /x HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\n\r\n{}",
        "OPTIONS / HTTP/1.1\r\nhost: x\r\n\r\n", // no origin: no browser asks
        "POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\n\r\n{}", // a body without a type
        "POST / HTTP/1.1\r\nhost: x\r\ncontent-type: application/x-amz-json-1.1\r\ncontent-length: 2\r\n\r\n{}",
    ] {
        let answer = client.ask(request).await;
        assert_eq!(answer.status, 404, "{request}");
        assert_eq!(answer.text(), "<UnknownOperationException/>\n");
        assert_eq!(answer.header("x-amz-crc32"), Some("3552371480"));
        assert_eq!(answer.header("content-type"), None);
        assert!(answer.header("x-amzn-requestid").is_some());
    }
}

#[tokio::test]
async fn the_content_type_is_echoed() {
    let server = run(Fake, settings());
    let mut client = Client::connect(server.address).await;
    let check = async |client: &mut Client, sent: &str, body: &str, expected: &str| {
        let length = body.len();
        let request = format!("POST / HTTP/1.1\r\nhost: x\r\n{sent}content-length: {length}\r\n\r\n{body}");
        let answer = client.ask(request).await;
        assert_eq!((answer.status, answer.header("content-type")), (400, Some(expected)), "{sent}");
        let checksum = crc32fast::hash(&answer.body).to_string();
        assert_eq!(answer.header("x-amz-crc32"), Some(checksum.as_str()));
    };
    let client = &mut client;
    check(client, "content-type: application/x-amz-json-1.0\r\n", "{}", "application/x-amz-json-1.0").await;
    check(client, "content-type: application/json ; charset=utf-8\r\n", "{}", "application/json").await;
    check(client, "", "", "application/json").await;
    check(client, "content-type: text/plain\r\n", "", "application/json").await;
}

#[tokio::test]
async fn pages_in_browsers_may_ask() {
    let server = run(Fake, settings());
    let mut client = Client::connect(server.address).await;
    let answer = client
        .ask(
            "OPTIONS / HTTP/1.1\r\nhost: x\r\norigin: http://page\r\naccess-control-request-method: POST\r\n\
             access-control-request-headers: x-amz-target,x-y\r\n\r\n",
        )
        .await;
    assert_eq!((answer.status, answer.text()), (200, ""));
    assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
    assert_eq!(answer.header("access-control-allow-methods"), Some("POST"));
    assert_eq!(answer.header("access-control-allow-headers"), Some("x-amz-target,x-y"));
    assert_eq!(answer.header("access-control-max-age"), Some("172800"));
    assert_eq!(answer.header("content-length"), Some("0"));
    assert!(answer.header("x-amzn-requestid").is_some());

    let answer = client.ask("GET / HTTP/1.1\r\nhost: x\r\norigin: http://page\r\n\r\n").await;
    assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
    let answer = client.ask("GET / HTTP/1.1\r\nhost: x\r\n\r\n").await;
    assert_eq!(answer.header("access-control-allow-origin"), None);
}

#[tokio::test]
async fn an_operation_is_answered() {
    let server = run(Fake, settings());
    let mut client = Client::connect(server.address).await;
    let answer = client.ask(operation("ListTables", "{}")).await;
    assert_eq!(answer.status, 200);
    assert!(answer.text().contains("songs"));
    assert_eq!(answer.header("x-ddbmock-hint"), None);
}

#[tokio::test]
async fn a_hint_stands_in_a_header() {
    let server = run(Fake, settings());
    let mut client = Client::connect(server.address).await;
    let answer = client.ask(operation("DescribeTable", r#"{"TableName":"songs"}"#)).await;
    assert_eq!(answer.status, 400);
    assert_eq!(answer.header("x-ddbmock-hint"), Some("did you mean \"m%C3%B6bel\"?"));
}

#[tokio::test]
async fn a_defect_is_answered_and_the_connection_goes_on() {
    let server = run(Fake, settings());
    let mut client = Client::connect(server.address).await;
    let answer = client.ask(operation("GetItem", r#"{"TableName":"songs","Key":{}}"#)).await;
    assert_eq!(answer.status, 500);
    let body = r#"{"__type":"com.amazonaws.dynamodb.v20120810#InternalServerError","message":"Internal server error"}"#;
    assert_eq!(answer.text(), body);
    assert_eq!(answer.header("x-ddbmock-hint"), Some("a defect of ddbmock: it panicked"));
    assert_eq!(client.ask(operation("ListTables", "{}")).await.status, 200);
}

#[tokio::test]
async fn a_world_that_waits_holds_up_no_one_else() {
    let (world, begun, go) = Slow::new();
    holds_up_no_one_else((world, begun, go), "ListTables", "{}").await;
}

#[tokio::test]
async fn an_operation_on_a_large_table_holds_up_no_one_else() {
    let (mut world, begun, go) = Slow::new();
    world.may_block = false;
    holds_up_no_one_else((world, begun, go), "UpdateTable", "{}").await;
}

#[tokio::test]
async fn a_long_request_holds_up_no_one_else() {
    let (mut world, begun, go) = Slow::new();
    world.may_block = false;
    holds_up_no_one_else((world, begun, go), "ListTables", &format!("{{{}}}", " ".repeat(100_000))).await;
}

async fn holds_up_no_one_else((world, begun, go): (Slow, Receiver<()>, Sender<()>), name: &str, body: &str) {
    let server = run(world, settings());
    let mut waiting = Client::connect(server.address).await;
    waiting.send(operation(name, body)).await;
    has_begun(begun).await;
    let mut other = Client::connect(server.address).await;
    assert_eq!(other.ask("GET / HTTP/1.1\r\nhost: x\r\n\r\n").await.status, 200);
    go.send(()).unwrap();
    waiting.answer().await;
}

#[tokio::test]
async fn requests_share_a_connection() {
    let server = run(Fake, settings());
    let mut client = Client::connect(server.address).await;
    for _ in 0..3 {
        assert_eq!(client.ask(operation("ListTables", "{}")).await.status, 200); // one after the other
    }
    client.send([operation("ListTables", "{}"), operation("Nothing", "{}")].concat()).await; // at once
    assert_eq!(client.answer().await.status, 200);
    assert_eq!(client.answer().await.status, 400);
    let last = operation("ListTables", "{}").replacen("host:", "connection: close\r\nhost:", 1);
    assert_eq!(client.ask(last).await.status, 200);
    assert_eq!(client.rest().await, b"");
}

#[tokio::test]
async fn old_and_careful_clients_are_answered() {
    let server = run(Fake, settings());
    let mut client = Client::connect(server.address).await;
    client.send(head("ListTables") + "expect: 100-continue\r\ncontent-length: 2\r\n\r\n").await;
    assert_eq!(client.answer().await.status, 100);
    assert_eq!(client.ask("{}").await.status, 200);

    let mut client = Client::connect(server.address).await;
    let answer = client.ask(operation("ListTables", "{}").replacen("HTTP/1.1", "HTTP/1.0", 1)).await;
    assert_eq!(answer.status, 200);
    assert_eq!(client.rest().await, b"");
}
