//! Clients that are slow, silent, many, or send anything at all.

use std::net::SocketAddr;

use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, any, prop_oneof};
use proptest::test_runner::{Config, TestRunner};
use tokio::time::timeout;

use super::client::{Client, head, operation};
use super::world::{Fake, Long};
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
async fn more_clients_than_seats_are_turned_away() {
    let server = run(Fake, Settings { connections_max: 1, ..settings() });
    let mut seated = Client::connect(server.address).await;
    assert_eq!(seated.ask(operation("ListTables", "{}")).await.status, 200);
    let mut other = Client::connect(server.address).await;
    let answer = other.answer().await; // it has asked nothing yet
    assert_eq!((answer.status, answer.header("connection")), (503, Some("close")));
    assert_eq!(other.rest().await, b"");
    let mut hasty = Client::connect(server.address).await;
    hasty.try_send(operation("ListTables", "{}").as_bytes()).await;
    hasty.rest().await; // an answer or a reset: the connection ends
    assert_eq!(seated.ask(operation("ListTables", "{}")).await.status, 200);
    drop(seated);
    let seated = async { while !next_is_seated(server.address).await {} };
    timeout(PATIENCE, seated).await.expect("a seat is free again");
    server.end().await;
}

async fn next_is_seated(address: SocketAddr) -> bool {
    let mut client = Client::connect(address).await;
    client.try_send(operation("ListTables", "{}").as_bytes()).await;
    client.rest().await.starts_with(b"HTTP/1.1 200 ")
}

#[tokio::test]
async fn targets_without_a_path_are_answered() {
    let server = run(Fake, settings());
    for line in ["CONNECT x:1", "POST x:1", "OPTIONS *", "GET http://x", "GET http://x?y"] {
        let mut client = Client::connect(server.address).await;
        client.try_send(format!("{line} HTTP/1.1\r\nhost: x\r\n\r\n").as_bytes()).await;
        let said = String::from_utf8(client.rest().await).unwrap();
        assert!(said.starts_with("HTTP/1.1 "), "{line}: {said}");
    }
    server.end().await;
}

#[tokio::test]
async fn half_closed_connections_are_answered() {
    let server = run(Fake, settings());
    let mut client = Client::connect(server.address).await;
    client.try_send(operation("ListTables", "{}").as_bytes()).await; // and says that it will say no more
    assert_eq!(client.answer().await.status, 200);
    assert_eq!(client.rest().await, b"");
    for half in ["", "POST", &head("ListTables"), &(head("ListTables") + "content-length: 9\r\n\r\n{")] {
        let mut client = Client::connect(server.address).await;
        client.try_send(half.as_bytes()).await;
        client.rest().await;
    }
    server.end().await;
}

#[tokio::test]
async fn heads_are_bounded() {
    let server = run(Fake, settings());
    for line in ["x-long: ".to_owned() + &"a".repeat(100_000), "x-a: b\r\n".repeat(200) + "x-a: b"] {
        let mut client = Client::connect(server.address).await;
        client.try_send((head("ListTables") + &line + "\r\ncontent-length: 2\r\n\r\n{}").as_bytes()).await;
        let answer = client.rest().await; // cut short by a reset, perhaps
        assert!(answer.is_empty() || answer.starts_with(b"HTTP/1.1 431 "), "{answer:?}");
    }
    let token = format!("x-amz-security-token: {}\r\n", "a".repeat(16_000));
    let mut client = Client::connect(server.address).await;
    let request = head("ListTables") + &token + "content-length: 2\r\n\r\n{}";
    assert_eq!(client.ask(request).await.status, 200);
    server.end().await;
}

/// Each sends half of a long body and then nothing. One that is refused may see a reset before its answer.
#[tokio::test]
async fn bodies_of_clients_that_hang_share_a_bound() {
    const MEBIBYTE: usize = 1 << 20;
    let bounded = Settings { bodies_bytes_max: 10 * MEBIBYTE, ..settings() };
    let server = run(Fake, Settings { body_timeout: 5 * SHORT, ..bounded });
    let mut hanging = Vec::new();
    let mut refused = 0;
    for _ in 0..8 {
        let mut client = Client::connect(server.address).await;
        client.send(head("ListTables") + "content-length: 4000000\r\n\r\n").await;
        client.try_send_open(&vec![b' '; 2 * MEBIBYTE]).await;
        hanging.push(client);
    }
    // Whoever sends little is answered.
    assert_eq!(Client::connect(server.address).await.ask(operation("ListTables", "{}")).await.status, 200);
    for mut client in hanging {
        let answer = client.rest().await;
        let is_refused = answer.is_empty() || answer.starts_with(b"HTTP/1.1 503 ");
        assert!(is_refused || answer.starts_with(b"HTTP/1.1 408 "), "{answer:?}");
        refused += usize::from(is_refused);
    }
    assert!(refused > 0);
    // What they held is free again.
    let long = "{".to_owned() + &" ".repeat(8 * MEBIBYTE) + "}";
    let answer = Client::connect(server.address).await.ask(operation("ListTables", &long)).await;
    assert_eq!(answer.status, 200);
    server.end().await;
}

#[tokio::test]
async fn who_takes_in_no_answer_is_let_go() {
    let server = run(Long { answer_bytes: 32 << 20 }, Settings { answer_timeout: SHORT, ..settings() });
    let mut client = Client::connect(server.address).await;
    client.send(operation("ListTables", "{}")).await;
    client.begin_answer().await;
    server.end().await; // nothing but the timeout of the answer ends it
}

#[tokio::test]
async fn long_answers_that_nobody_takes_in_share_a_bound() {
    let bound = Settings { answers_bytes_max: 40 << 20, ..settings() };
    let server = run(Long { answer_bytes: 32 << 20 }, bound);
    let mut hanging = Vec::new();
    for _ in 0..2 {
        let mut client = Client::connect(server.address).await;
        client.send(operation("ListTables", "{}")).await;
        client.begin_answer().await;
        hanging.push(client);
    }
    let mut client = Client::connect(server.address).await;
    assert_eq!(client.ask(operation("ListTables", "{}")).await.status, 503);
    assert_eq!(client.rest().await, b"");
    for mut client in hanging {
        assert!(client.answer().await.body.len() > 32 << 20);
    }
    let mut client = Client::connect(server.address).await;
    assert_eq!(client.ask(operation("ListTables", "{}")).await.status, 200);
}

#[tokio::test]
async fn many_clients_at_once() {
    let server = run(Fake, settings());
    let address = server.address;
    let mut clients = tokio::task::JoinSet::new();
    for _ in 0..200 {
        clients.spawn(ask_repeatedly(address));
    }
    let all = timeout(PATIENCE, clients.join_all()).await.expect("all are answered");
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
