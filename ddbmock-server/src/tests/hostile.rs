//! Clients that are slow, silent, many, or send anything at all.

use proptest::collection::vec;
use std::net::SocketAddr;

use proptest::prelude::{Just, Strategy, any, prop_oneof};
use proptest::test_runner::{Config, TestRunner};

use super::client::{Client, head, operation};
use super::world::Fake;
use super::{PATIENCE, SHORT, run, settings};
use crate::Settings;

#[tokio::test]
async fn silent_and_half_said_heads_are_dropped() {
    let server = run(Fake, Settings { head_timeout: SHORT, ..settings() });
    for said in ["", "POST / HT", "POST / HTTP/1.1\r\nhost: x\r\nx-amz-ta"] {
        let mut client = Client::connect(server.address).await;
        client.send(said).await;
        client.rest().await;
    }
    let mut client = Client::connect(server.address).await; // one that was answered and stays
    assert_eq!(client.ask(operation("ListTables", "{}")).await.status, 200);
    assert_eq!(client.rest().await, b"");
    server.end().await;
}

#[tokio::test]
async fn half_said_bodies_are_answered_in_time() {
    let server = run(Fake, Settings { body_timeout: SHORT, ..settings() });
    let mut client = Client::connect(server.address).await;
    let answer = client.ask(head("ListTables") + "content-length: 5\r\n\r\n{").await;
    assert_eq!((answer.status, answer.text()), (408, ""));
    assert_eq!(client.rest().await, b"");
    server.end().await;
}

#[tokio::test]
async fn more_clients_than_seats_wait_for_one() {
    let server = run(Fake, Settings { connections_max: 1, ..settings() });
    let mut seated = Client::connect(server.address).await;
    assert_eq!(seated.ask(operation("ListTables", "{}")).await.status, 200);
    let mut waiting = Client::connect(server.address).await;
    waiting.send(operation("ListTables", "{}")).await;
    assert_eq!(seated.ask(operation("ListTables", "{}")).await.status, 200);
    drop(seated);
    assert_eq!(waiting.answer().await.status, 200);
}

#[tokio::test]
async fn many_clients_at_once() {
    let server = run(Fake, settings());
    let address = server.address;
    let mut clients = tokio::task::JoinSet::new();
    for _ in 0..200 {
        clients.spawn(ask_repeatedly(address));
    }
    let all = tokio::time::timeout(PATIENCE, clients.join_all()).await.expect("all are answered");
    assert_eq!(all.len(), 200);
    server.end().await;
}

async fn ask_repeatedly(address: SocketAddr) {
    let mut client = Client::connect(address).await;
    for _ in 0..10 {
        assert_eq!(client.ask(operation("ListTables", "{}")).await.status, 200);
    }
}

#[test]
fn any_bytes_get_an_answer_or_a_close() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let server = runtime
        .block_on(async { run(Fake, Settings { head_timeout: SHORT, body_timeout: SHORT, ..settings() }) });
    let words = prop_oneof![
        vec(any::<u8>(), 0..40),
        Just(operation("ListTables", "{}").into_bytes()),
        Just(head("ListTables").into_bytes()),
        Just(b"content-length: 3\r\n".to_vec()),
        Just(b"transfer-encoding: chunked\r\n".to_vec()),
        Just(b"\r\n\r\n".to_vec()),
        Just(b"0\r\n\r\n".to_vec()),
        Just(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_vec()),
    ];
    let said = vec(words, 0..6).prop_map(|words| words.concat());
    let config = Config { cases: 128, failure_persistence: None, ..Config::default() };
    let law = TestRunner::new(config).run(&said, |said| {
        let answered = runtime.block_on(async {
            let mut client = Client::connect(server.address).await;
            client.try_send(&said).await;
            client.rest().await
        });
        assert!(answered.is_empty() || answered.starts_with(b"HTTP/1."), "{answered:?}");
        Ok(())
    });
    law.unwrap();
    runtime.block_on(server.end());
}
