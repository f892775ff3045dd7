//! Bodies and answers that are compressed on the way.

use std::io::{Read as _, Write as _};

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};

use super::client::{Answered, Client, head, operation};
use super::world::{Fake, Long};
use super::{run, settings};

const BYTES_MAX: usize = 16 * 1024 * 1024;

fn gzip(plain: &[u8]) -> Vec<u8> {
    let mut packing = GzEncoder::new(Vec::new(), Compression::best());
    packing.write_all(plain).unwrap();
    packing.finish().unwrap()
}

fn zlib(plain: &[u8]) -> Vec<u8> {
    let mut packing = ZlibEncoder::new(Vec::new(), Compression::fast());
    packing.write_all(plain).unwrap();
    packing.finish().unwrap()
}

fn deflate(plain: &[u8]) -> Vec<u8> {
    let mut packing = DeflateEncoder::new(Vec::new(), Compression::fast());
    packing.write_all(plain).unwrap();
    packing.finish().unwrap()
}

async fn ask(client: &mut Client, encoding: &str, operation: &str, body: &[u8]) -> Answered {
    let length = body.len();
    let head = head(operation) + &format!("content-encoding: {encoding}\r\ncontent-length: {length}\r\n\r\n");
    client.ask([head.as_bytes(), body].concat()).await
}

#[tokio::test]
async fn packed_bodies_are_read() {
    let server = run(Fake, settings());
    let mut client = Client::connect(server.address).await;
    let padded = format!("{{{}}}", " ".repeat(100_000));
    for plain in ["{}", &padded] {
        let plain = plain.as_bytes();
        let (start, end) = plain.split_at(plain.len() / 2);
        let members = [gzip(start), gzip(end)].concat();
        for (encoding, body) in [
            ("gzip", gzip(plain)),
            ("X-GZIP", gzip(plain)),
            ("gzip", members),
            ("deflate", zlib(plain)),
            ("deflate", deflate(plain)),
            ("identity", plain.to_vec()),
            ("amz-1.0", plain.to_vec()),
        ] {
            assert_eq!(ask(&mut client, encoding, "ListTables", &body).await.status, 200, "{encoding}");
        }
    }
    assert_eq!(ask(&mut client, "gzip", "ListTables", b"").await.text(), NO_MESSAGE); // as any empty body
}

const NO_MESSAGE: &str = r#"{"__type":"com.amazon.coral.service#SerializationException"}"#;

/// As bodies that are no JSON: before the target and the signature are looked at.
#[tokio::test]
async fn bodies_that_cannot_be_unpacked_are_refused() {
    let server = run(Fake, settings());
    let mut client = Client::connect(server.address).await;
    let half = gzip(b"{}").split_at(12).0.to_vec();
    for (encoding, body) in [
        ("gzip", b"{}".to_vec()),
        ("gzip", half),
        ("deflate", b"{}".to_vec()),
        ("br", gzip(b"{}")),
        ("gzip", gzip(b"{")),
        ("gzip", gzip(b"\xff")),
    ] {
        for operation in ["ListTables", "Nothing"] {
            let answer = ask(&mut client, encoding, operation, &body).await;
            assert_eq!((answer.status, answer.text()), (400, NO_MESSAGE), "{encoding} {body:?}");
            assert_eq!(answer.header("x-amz-crc32"), Some("3948637019"));
            assert!(answer.header("x-ddbmock-hint").unwrap().starts_with("the body is not JSON: "));
        }
    }
}

#[tokio::test]
async fn the_limit_counts_what_is_unpacked() {
    let server = run(Fake, settings());
    let mut client = Client::connect(server.address).await;
    for (bytes, status) in [(BYTES_MAX, 200), (BYTES_MAX + 1, 413), (BYTES_MAX, 200)] {
        let plain = format!("{{{}}}", " ".repeat(bytes - 2));
        for (encoding, body) in [("gzip", gzip(plain.as_bytes())), ("deflate", zlib(plain.as_bytes()))] {
            assert_eq!(ask(&mut client, encoding, "ListTables", &body).await.status, status);
        }
    }
    let bomb = gzip(&vec![b' '; 1 << 27]);
    let answer = ask(&mut client, "gzip", "ListTables", &bomb).await;
    assert_eq!((answer.status, answer.text()), (413, ""));
}

#[tokio::test]
async fn long_answers_are_packed_if_asked_for() {
    let empty = r#"{"TableNames":[""]}"#.len();
    let check = async |answer_bytes: usize, line: &str, is_packed: bool| {
        let server = run(Long { answer_bytes: answer_bytes - empty }, settings());
        let request = operation("ListTables", "{}").replacen("host:", &format!("{line}host:"), 1);
        let answer = Client::connect(server.address).await.ask(request).await;
        let checksum = crc32fast::hash(&answer.body).to_string();
        assert_eq!(answer.header("x-amz-crc32"), Some(checksum.as_str())); // of what is sent
        assert_eq!(answer.header("content-encoding"), is_packed.then_some("gzip"), "{answer_bytes} {line}");
        assert_eq!(answer.header("content-type"), Some("application/x-amz-json-1.0"));
        let mut plain = answer.body.clone();
        if is_packed {
            assert!(answer.body.len() < 1000);
            plain.clear();
            GzDecoder::new(answer.body.as_slice()).read_to_end(&mut plain).unwrap();
        }
        assert_eq!(plain.len(), answer_bytes);
        assert!(plain.starts_with(br#"{"TableNames":["aaa"#));
    };
    check(4097, "accept-encoding: gzip\r\n", true).await;
    check(4096, "accept-encoding: gzip\r\n", false).await;
    check(100_000, "accept-encoding: deflate, gzip;q=0.1, br\r\n", true).await;
    for line in ["", "accept-encoding: identity\r\n", "accept-encoding: gzip;q=0\r\n", "te: gzip\r\n"] {
        check(100_000, line, false).await;
    }
}
