//! Tables and items that a server begins with.

use std::fs;

use crate::settings::folder;
use crate::{ask, head, run};

const SONGS: &str = r#"{"Table": {"TableName": "songs", "TableStatus": "ACTIVE", "ItemCount": 9,
  "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
  "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
  "BillingModeSummary": {"BillingMode": "PAY_PER_REQUEST"}}}"#;

fn post(port: u16, operation: &str, body: &str) -> String {
    body_of(ask(port, head(operation, body.len()) + body))
}

fn reset(port: u16, query: &str) -> String {
    body_of(ask(
        port,
        format!(
            "POST /_ddbmock/reset{query} HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"
        ),
    ))
}

fn body_of(answer: String) -> String {
    answer.split_once("\r\n\r\n").unwrap().1.to_owned()
}

#[cfg(unix)]
#[test]
fn a_server_begins_with_what_files_hold() {
    let folder = folder("seeds");
    let (table, items) = (folder.join("table.json"), folder.join("songs.jsonl"));
    fs::write(&table, SONGS).unwrap();
    fs::write(&items, "{\"id\": {\"S\": \"1\"}}\n{\"Item\": {\"id\": {\"S\": \"2\"}}}\n").unwrap();
    let serving = crate::serving(&[
        "--delay-create",
        "5m", // what is there from the start is not waited for
        "--seed",
        items.to_str().unwrap(),
        table.to_str().unwrap(),
    ]);
    let count = || post(serving.port(), "Scan", r#"{"TableName": "songs", "Select": "COUNT"}"#);
    assert_eq!(count(), r#"{"Count":2,"ScannedCount":2}"#);
    post(serving.port(), "DeleteItem", r#"{"TableName": "songs", "Key": {"id": {"S": "1"}}}"#);
    assert_eq!(count(), r#"{"Count":1,"ScannedCount":1}"#);
    assert_eq!(reset(serving.port(), "?seed=1"), r#"{"tables":1}"#);
    assert_eq!(count(), r#"{"Count":2,"ScannedCount":2}"#);
    assert_eq!(reset(serving.port(), ""), r#"{"tables":0}"#);
    assert!(count().contains("ResourceNotFoundException"));
    serving.signal("TERM");
    assert_eq!(serving.end().0, Some(0));
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_bad_line_is_told_of() {
    let folder = folder("bad-seeds");
    let file = folder.join("songs.json");
    fs::write(&file, format!("{SONGS}\n{{\"id\": {{\"N\": \"1\"}}}}\n")).unwrap();
    let output = run(&["serve", "--port", "0", "--seed", file.to_str().unwrap()]);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
    let said = String::from_utf8(output.stderr).unwrap();
    let expected = format!("ddbmock: --seed: {}, line 5: PutItem of \"songs\" is refused: ", file.display());
    assert!(said.starts_with(&expected) && said.lines().count() == 1, "{said}");
    fs::remove_dir_all(folder).unwrap();
    let output = run(&["serve", "--port", "0", "--seed", "no-such-file"]);
    assert_eq!(output.status.code(), Some(2));
}
