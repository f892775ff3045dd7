//! A file that is larger than the memory that a server may take.

use std::env;
use std::fs;

use ddbmock_engine::op::{BatchWriteItem, WriteRequest};
use ddbmock_engine::{Config, Durability, Engine, attributes};

use super::Serving;
use super::files::{File, asked};

/// The megabytes of the file, unless the environment says otherwise.
const MEGABYTES: usize = 60;
const MEGABYTES_VARIABLE: &str = "DDBMOCK_TEST_FILE_MB";
/// The most megabytes of memory, and how many are read before the server is ready.
const MEMORY_MAX: u64 = 50;
const READ_MAX: u64 = 10;

const ITEM_BYTES: usize = 4 << 10;

const TABLE: &str = r#"{"TableName":"songs","BillingMode":"PAY_PER_REQUEST",
    "AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"}],
    "KeySchema":[{"AttributeName":"id","KeyType":"HASH"}]}"#;

/// Whatever is done with a large file, little of it is read before it is needed, and little is kept.
#[test]
fn memory_does_not_grow_with_the_file() {
    let megabytes = env::var(MEGABYTES_VARIABLE).ok().and_then(|megabytes| megabytes.parse().ok());
    let file = File::new("large");
    let items = megabytes.unwrap_or(MEGABYTES) * (1 << 20) / ITEM_BYTES;
    let serving = file.serving(&["--durability", "off"]);
    assert!(asked(&serving, "CreateTable", TABLE).starts_with("HTTP/1.1 200"));
    drop(serving);
    fill(&file, items);

    let serving = file.serving(&[]);
    let read = told(&serving, "io", "rchar:") >> 20;
    assert!(read < READ_MAX, "{read} MB were read before it was ready");
    check_memory(&serving, "opened");
    assert_eq!(scanned(&serving), items);
    check_memory(&serving, "read");
    let index = r#"{"TableName":"songs","AttributeDefinitions":[{"AttributeName":"n","AttributeType":"S"}],
        "GlobalSecondaryIndexUpdates":[{"Create":{"IndexName":"by_n","Projection":{"ProjectionType":"ALL"},
        "KeySchema":[{"AttributeName":"n","KeyType":"HASH"}]}}]}"#;
    assert!(asked(&serving, "UpdateTable", index).starts_with("HTTP/1.1 200"));
    check_memory(&serving, "indexed");
    assert!(asked(&serving, "DeleteTable", r#"{"TableName":"songs"}"#).starts_with("HTTP/1.1 200"));
    assert!(asked(&serving, "CreateTable", TABLE).starts_with("HTTP/1.1 200"));
    for number in 0..100 {
        let put = format!(r#"{{"TableName":"songs","Item":{{"id":{{"S":"{number}"}}}}}}"#);
        assert!(asked(&serving, "PutItem", &put).starts_with("HTTP/1.1 200"));
    }
    check_memory(&serving, "deleted");
}

fn fill(file: &File, items: usize) {
    let config = Config { durability: Durability::Off, ..Config::sqlite(&file.0) };
    let engine = Engine::open(config).unwrap();
    let text = "x".repeat(ITEM_BYTES);
    let put = |number: usize| {
        let (id, n) = (number.to_string(), format!("{}", number % 100));
        WriteRequest::put(attributes! { "id" => id, "n" => n, "text" => text.as_str() })
    };
    for first in (0..items).step_by(25) {
        let puts = (first..items.min(first + 25)).map(put).collect();
        let request_items = [("songs".to_owned(), puts)].into();
        engine.batch_write_item(BatchWriteItem { request_items, ..Default::default() }).unwrap();
    }
    drop(engine);
    assert!(fs::metadata(&file.0).unwrap().len() > (items * ITEM_BYTES) as u64);
}

/// How many items a scan of all pages finds.
fn scanned(serving: &Serving) -> usize {
    let (mut count, mut start) = (0, String::new());
    loop {
        let body = format!(r#"{{"TableName":"songs","ProjectionExpression":"id"{start}}}"#);
        let answer = asked(serving, "Scan", &body);
        count += between(&answer, r#""Count":"#, ",").map_or(0, |count| count.parse().unwrap());
        let Some(last) = between(&answer, r#""LastEvaluatedKey":{"#, "}}") else { return count };
        start = format!(r#","ExclusiveStartKey":{{{last}}}}}"#);
    }
}

fn between<'t>(text: &'t str, before: &str, after: &str) -> Option<&'t str> {
    text.split_once(before)?.1.split(after).next()
}

fn check_memory(serving: &Serving, when: &str) {
    let most = told(serving, "status", "VmHWM:") >> 10;
    assert!(most < MEMORY_MAX, "{most} MB were needed when it was {when}");
}

/// What the system tells of a process, if it is Linux.
fn told(serving: &Serving, file: &str, name: &str) -> u64 {
    let text = fs::read_to_string(format!("/proc/{}/{file}", serving.process.id())).unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix(name));
    line.map_or(0, |line| line.split_whitespace().next().unwrap().parse().unwrap())
}
