//! Stopping: what is under way ends, and nobody else is waited for.

use tokio::net::TcpStream;
use tokio::time::timeout;

use super::client::{Client, head, operation};
use super::world::{Fake, Slow, has_begun};
use super::{PATIENCE, SHORT, ended, run, settings};
use crate::{Server, Settings};

#[tokio::test]
async fn nobody_waits_for_clients_that_ask_nothing() {
    let server = run(Fake, settings());
    let silent = Client::connect(server.address).await;
    let mut half = Client::connect(server.address).await;
    half.send("POST / HTTP/1.1\r\nho").await;
    let mut idle = Client::connect(server.address).await;
    assert_eq!(idle.ask(operation("ListTables", "{}")).await.status, 200);
    let mut again = Client::connect(server.address).await;
    assert_eq!(again.ask(operation("ListTables", "{}")).await.status, 200);
    again.send("POST / HTTP/1.1\r\nho").await;
    server.end().await;
    drop((silent, half, idle, again));
}

#[tokio::test]
async fn a_body_that_never_comes_is_waited_for_until_the_deadline() {
    let server = run(Fake, Settings { shutdown_grace: SHORT, ..settings() });
    let mut client = Client::connect(server.address).await;
    client.send(head("ListTables") + "expect: 100-continue\r\ncontent-length: 5\r\n\r\n").await;
    assert_eq!(client.answer().await.status, 100); // the server is reading the body
    server.end().await;
    assert_eq!(client.rest().await, b"");
}

#[tokio::test]
async fn a_request_under_way_is_answered() {
    let (world, begun, go) = Slow::new();
    let server = run(world, settings());
    let mut client = Client::connect(server.address).await;
    client.send(operation("ListTables", "{}")).await;
    has_begun(begun).await;
    drop(server.stop);
    let shut = async { while TcpStream::connect(server.address).await.is_ok() {} };
    timeout(PATIENCE, shut).await.expect("it lets no one in");
    go.send(()).unwrap();
    let answer = client.answer().await;
    assert_eq!((answer.status, answer.header("connection")), (200, Some("close")));
    assert_eq!(client.rest().await, b"");
    ended(server.serving).await;
}

#[tokio::test]
async fn a_port_in_use_is_said() {
    let server = run(Fake, settings());
    let error = Server::bind(Settings { listen: server.address, ..settings() }).unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::AddrInUse);
    server.end().await;
}
