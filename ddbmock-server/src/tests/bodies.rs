//! Bodies: how long they may be, and in how many pieces they may come.

use super::client::{Answered, Client, head, operation};
use super::world::Fake;
use super::{run, settings};

const BYTES_MAX: usize = 16 * 1024 * 1024;

/// An empty object with blanks in it.
fn blank(bytes: usize) -> Vec<u8> {
    let mut body = vec![b' '; bytes];
    body[0] = b'{';
    body[bytes - 1] = b'}';
    body
}

fn assert_too_long(answer: &Answered) {
    assert_eq!((answer.status, answer.text()), (413, ""));
    assert_eq!(answer.header("transfer-encoding"), Some("chunked"));
    assert_eq!(answer.header("x-amzn-requestid"), None);
}

#[tokio::test]
async fn sixteen_mebibytes_and_not_a_byte_more() {
    let server = run(Fake, settings());
    let mut client = Client::connect(server.address).await;
    for (bytes, taken) in [(BYTES_MAX, true), (BYTES_MAX + 1, false), (BYTES_MAX, true)] {
        client.send(head("ListTables") + &format!("content-length: {bytes}\r\n\r\n")).await;
        let answer = client.ask(blank(bytes)).await;
        if taken {
            assert_eq!(answer.status, 200);
        } else {
            assert_too_long(&answer);
        }
    }
}

#[tokio::test]
async fn chunks_are_counted_as_well() {
    let server = run(Fake, settings());
    let mut client = Client::connect(server.address).await;
    for (bytes, taken) in [(BYTES_MAX, true), (BYTES_MAX + 1, false)] {
        client.send(head("ListTables") + "transfer-encoding: chunked\r\n\r\n").await;
        for chunk in blank(bytes).chunks(1 << 20) {
            client.send(format!("{:x}\r\n", chunk.len())).await;
            client.send(chunk).await;
            client.send("\r\n").await;
        }
        let answer = client.ask("0\r\n\r\n").await;
        if taken {
            assert_eq!(answer.status, 200);
        } else {
            assert_too_long(&answer);
        }
    }
}

#[tokio::test]
async fn who_asks_before_sending_is_refused_before_sending() {
    let server = run(Fake, settings());
    let mut client = Client::connect(server.address).await;
    let request =
        head("ListTables") + &format!("expect: 100-continue\r\ncontent-length: {}\r\n\r\n", BYTES_MAX + 1);
    assert_too_long(&client.ask(request).await);
}

#[tokio::test]
async fn an_endless_body_is_not_read_to_its_end() {
    let server = run(Fake, settings());
    let mut client = Client::connect(server.address).await;
    client.send(head("ListTables") + "content-length: 100000000000\r\n\r\n").await;
    client.try_send_open(&vec![b' '; 3 * BYTES_MAX]).await;
    client.rest().await; // an answer or a reset: the connection ends, though more could come
    assert_eq!(Client::connect(server.address).await.ask(operation("ListTables", "{}")).await.status, 200);
}

#[tokio::test]
async fn a_body_comes_in_pieces() {
    let server = run(Fake, settings());
    let mut client = Client::connect(server.address).await;
    let chunked = head("ListTables") + "transfer-encoding: chunked\r\n\r\n1\r\n{\r\n1\r\n}\r\n0\r\n\r\n";
    for piece in chunked.as_bytes().chunks(7) {
        client.send(piece).await;
        tokio::task::yield_now().await;
    }
    assert_eq!(client.answer().await.status, 200);
    for piece in operation("ListTables", "{         }").as_bytes().chunks(3) {
        client.send(piece).await;
        tokio::task::yield_now().await;
    }
    assert_eq!(client.answer().await.status, 200);
}

#[tokio::test]
async fn broken_chunks_are_refused() {
    let server = run(Fake, settings());
    let mut client = Client::connect(server.address).await;
    let answer = client.ask(head("ListTables") + "transfer-encoding: chunked\r\n\r\nzz\r\n").await;
    assert_eq!(answer.status, 400);
    assert_eq!(client.rest().await, b"");
}
