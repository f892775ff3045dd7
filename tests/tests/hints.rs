//! What people are told beyond DynamoDB's own words, when they make the mistakes that people make most.

use ddbmock_engine::{Config, Engine};
use ddbmock_protocol::{Request, Signature, answer};

/// Sends a request from a region, and gives the error's text and its hint.
fn said(world: &Engine, region: &str, operation: &str, body: &str) -> Option<(String, String)> {
    let target = format!("DynamoDB_20120810.{operation}");
    let authorization = format!(
        "AWS4-HMAC-SHA256 Credential=any/20260101/{region}/dynamodb/aws4_request, \
         SignedHeaders=host;x-amz-date, Signature=0"
    );
    let signature = Signature {
        authorization: Some(&authorization),
        amz_date: Some("20260101T000000Z"),
        ..Default::default()
    };
    let request = Request { target: Some(&target), signature, body: body.as_bytes(), ..Default::default() };
    let error = answer(world, &request, false).error?;
    let message = error.message();
    Some((message.text.clone().into_owned(), message.hint.as_deref().unwrap_or("none").to_owned()))
}

const SONGS: &str = r#"{"TableName": "songs", "BillingMode": "PAY_PER_REQUEST",
    "AttributeDefinitions": [{"AttributeName": "artist", "AttributeType": "S"}, {"AttributeName": "year", "AttributeType": "N"}],
    "KeySchema": [{"AttributeName": "artist", "KeyType": "HASH"}, {"AttributeName": "year", "KeyType": "RANGE"}]}"#;

const MISTAKES: &[(&str, &str, &str)] = &[
    (
        "a reserved word",
        "UpdateItem",
        r#"{"TableName": "songs", "Key": {"artist": {"S": "a"}, "year": {"N": "1"}},
            "UpdateExpression": "SET status = :s", "ExpressionAttributeValues": {":s": {"S": "x"}}}"#,
    ),
    (
        "a placeholder with a slip in it",
        "GetItem",
        r##"{"TableName": "songs", "Key": {"artist": {"S": "a"}, "year": {"N": "1"}},
            "ProjectionExpression": "#titel", "ExpressionAttributeNames": {"#title": "title"}}"##,
    ),
    (
        "a placeholder that is not there",
        "PutItem",
        r#"{"TableName": "songs", "Item": {"artist": {"S": "a"}, "year": {"N": "1"}},
            "ConditionExpression": "version = :expected", "ExpressionAttributeValues": {":v": {"N": "1"}}}"#,
    ),
    (
        "a value where none is given",
        "PutItem",
        r#"{"TableName": "songs", "Item": {"artist": {"S": "a"}, "year": {"N": "1"}},
            "ConditionExpression": "version = :expected"}"#,
    ),
    (
        "a function that is called otherwise",
        "PutItem",
        r#"{"TableName": "songs", "Item": {"artist": {"S": "a"}, "year": {"N": "1"}},
            "ConditionExpression": "attribute_not_exist(artist)"}"#,
    ),
    ("half a key", "GetItem", r#"{"TableName": "songs", "Key": {"artist": {"S": "a"}}}"#),
    (
        "a key of another type",
        "GetItem",
        r#"{"TableName": "songs", "Key": {"artist": {"S": "a"}, "year": {"S": "1964"}}}"#,
    ),
    (
        "an item without its key",
        "PutItem",
        r#"{"TableName": "songs", "Item": {"Artist": {"S": "a"}, "year": {"N": "1"}}}"#,
    ),
    (
        "an item whose key has another type",
        "PutItem",
        r#"{"TableName": "songs", "Item": {"artist": {"S": "a"}, "year": {"S": "1964"}}}"#,
    ),
    (
        "a query that is not of the key",
        "Query",
        r#"{"TableName": "songs", "KeyConditionExpression": "title = :t",
            "ExpressionAttributeValues": {":t": {"S": "Sinnerman"}}}"#,
    ),
    (
        "a query with a value of another type",
        "Query",
        r#"{"TableName": "songs", "KeyConditionExpression": "artist = :a",
            "ExpressionAttributeValues": {":a": {"N": "1"}}}"#,
    ),
    (
        "a filter on the key",
        "Query",
        r##"{"TableName": "songs", "KeyConditionExpression": "artist = :a", "FilterExpression": "#y > :y",
            "ExpressionAttributeNames": {"#y": "year"},
            "ExpressionAttributeValues": {":a": {"S": "a"}, ":y": {"N": "1"}}}"##,
    ),
    (
        "an index that is not there",
        "Query",
        r#"{"TableName": "songs", "IndexName": "by-year", "KeyConditionExpression": "artist = :a",
            "ExpressionAttributeValues": {":a": {"S": "a"}}}"#,
    ),
    (
        "a number that is too large",
        "PutItem",
        r#"{"TableName": "songs", "Item": {"artist": {"S": "a"}, "year": {"N": "1e126"}}}"#,
    ),
    (
        "a number with too many digits",
        "PutItem",
        r#"{"TableName": "songs", "Item": {"artist": {"S": "a"}, "year": {"N": "1.23456789012345678901234567890123456789"}}}"#,
    ),
    (
        "a number that is none",
        "PutItem",
        r#"{"TableName": "songs", "Item": {"artist": {"S": "a"}, "year": {"N": "NaN"}}}"#,
    ),
    (
        "a table with a slip in its name",
        "GetItem",
        r#"{"TableName": "sogns", "Key": {"artist": {"S": "a"}}}"#,
    ),
    ("a table that is not there", "DescribeTable", r#"{"TableName": "albums"}"#),
    ("a name that is taken in another region", "CreateTable", SONGS),
    (
        "an ARN of another region",
        "DescribeTable",
        r#"{"TableName": "arn:aws:dynamodb:us-east-1:123456789012:table/songs"}"#,
    ),
    (
        "an ARN of another account",
        "DescribeTable",
        r#"{"TableName": "arn:aws:dynamodb:eu-west-1:111122223333:table/songs"}"#,
    ),
    ("an operation with a slip in its name", "Getitem", "{}"),
];

#[test]
fn mistakes_are_explained() {
    let world = Engine::default();
    assert_eq!(said(&world, "eu-west-1", "CreateTable", SONGS), None);
    let told: Vec<String> = MISTAKES
        .iter()
        .map(|(mistake, operation, body)| {
            let (text, hint) = said(&world, "us-east-2", operation, body).unwrap();
            format!("{mistake} ({operation})\n  says: {text}\n  hint: {hint}\n")
        })
        .collect();
    let shown = include_str!("../../docs/src/errors.md").split_once("```text hints\n").unwrap().1;
    assert_eq!(told.concat(), shown.split_once("```").unwrap().0, "say so in docs/src/errors.md");
}

#[test]
fn tables_of_other_regions_are_pointed_at() {
    let world = Engine::new(Config { isolate: true, ..Config::default() });
    let read = r#"{"TableName": "songs", "Key": {"artist": {"S": "a"}, "year": {"N": "1"}}}"#;
    let hint = |operation, body| said(&world, "us-east-1", operation, body).unwrap().1;
    assert_eq!(hint("GetItem", read), "no table is named songs; there are no tables");
    assert_eq!(said(&world, "eu-west-1", "CreateTable", SONGS), None);
    assert_eq!(hint("GetItem", read), "a table of that name exists in eu-west-1");
    assert_eq!(hint("DeleteTable", r#"{"TableName": "songs"}"#), "a table of that name exists in eu-west-1");
    assert_eq!(said(&world, "us-east-1", "CreateTable", SONGS), None);
}
