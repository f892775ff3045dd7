//! Both API versions on the same tables: an item that is written through one and read through the other is the same.

use ddbmock_engine::{Config, Engine, Limits, Message, OPERATIONS};
use ddbmock_protocol::{Answer, Request, Signature, answer};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

const TODAY: &str = "DynamoDB_20120810";
const FIRST: &str = "DynamoDB_20111205";
// As boto 2 signs for a server on localhost.
const AUTHORIZATION: &str = "AWS4-HMAC-SHA256 Credential=any/20260101/localhost:8000/localhost:8000/aws4_request,SignedHeaders=host;x-amz-date,Signature=any";

fn ask(engine: &Engine, version: &str, operation: &str, body: &[u8]) -> Answer {
    let signature = Signature {
        authorization: Some(AUTHORIZATION),
        amz_date: Some("20260101T000000Z"),
        ..Signature::default()
    };
    let target = format!("{version}.{operation}");
    answer(engine, &Request { target: Some(&target), signature, body, ..Request::default() }, false)
}

/// What is answered to a request that must be.
fn done(engine: &Engine, version: &str, operation: &str, body: &Value) -> Value {
    let answer = ask(engine, version, operation, body.to_string().as_bytes());
    let text = String::from_utf8(answer.body).unwrap();
    assert_eq!(answer.status, 200, "{version}.{operation} {body}: {text}");
    serde_json::from_str(&text).unwrap()
}

/// An engine with a table of songs, made through the first version.
fn engine() -> Engine {
    engine_within(Limits::FIRST)
}

/// The same, with other limits than those of the first version.
fn engine_within(first_limits: Limits) -> Engine {
    let engine = Engine::new(Config { first_limits, ..Config::default() });
    let key = json!({
        "HashKeyElement": {"AttributeName": "artist", "AttributeType": "S"},
        "RangeKeyElement": {"AttributeName": "year", "AttributeType": "N"},
    });
    let units = json!({"ReadCapacityUnits": 5, "WriteCapacityUnits": 5});
    let table = json!({"TableName": "songs", "KeySchema": key, "ProvisionedThroughput": units});
    done(&engine, FIRST, "CreateTable", &table);
    engine
}

fn number() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<i64>().prop_map(|number| number.to_string()),
        "-?[1-9][0-9]{0,30}\\.[0-9]{0,6}[1-9]",
        "-?[1-9]\\.[0-9]{0,5}[1-9]e-?[1-9][0-9]",
    ]
}

fn base64() -> impl Strategy<Value = String> {
    "([A-Za-z0-9+/]{4}){1,5}"
}

fn set(members: impl Strategy<Value = String>, kind: &'static str) -> impl Strategy<Value = Value> {
    prop::collection::btree_set(members, 1..5).prop_map(move |members| json!({kind: members}))
}

/// A value of a type that the first version has.
fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        ".{1,20}".prop_map(|text| json!({"S": text})),
        number().prop_map(|text| json!({"N": text})),
        base64().prop_map(|text| json!({"B": text})),
        set(".{1,10}", "SS"),
        set("-?[1-9][0-9]{0,9}", "NS"),
        set(base64(), "BS"),
    ]
}

prop_compose! {
    fn item()(
        year in -9999..9999_i32,
        artist in ".{1,10}",
        rest in prop::collection::btree_map("[a-z]{1,3}", value(), 0..6),
    ) -> Map<String, Value> {
        let mut item: Map<String, Value> = rest.into_iter().collect();
        item.insert("artist".to_owned(), json!({"S": artist}));
        item.insert("year".to_owned(), json!({"N": year.to_string()}));
        item
    }
}

/// The key of an item as a version has it.
fn key(item: &Map<String, Value>, version: &str) -> Value {
    let (artist, year) = (&item["artist"], &item["year"]);
    match version {
        FIRST => json!({"HashKeyElement": artist, "RangeKeyElement": year}),
        _ => json!({"artist": artist, "year": year}),
    }
}

/// Writes an item, in one of the ways that both versions have.
fn write(engine: &Engine, version: &str, way: usize, item: &Map<String, Value>) {
    match way {
        0 => drop(done(engine, version, "PutItem", &json!({"TableName": "songs", "Item": item}))),
        1 => {
            let writes = json!({"songs": [{"PutRequest": {"Item": item}}]});
            done(engine, version, "BatchWriteItem", &json!({"RequestItems": writes}));
        }
        _ => {
            let others = item.iter().filter(|(name, _)| *name != "artist" && *name != "year");
            let updates: Map<String, Value> = others
                .map(|(name, value)| (name.clone(), json!({"Value": value, "Action": "PUT"})))
                .collect();
            let body = json!({"TableName": "songs", "Key": key(item, version), "AttributeUpdates": updates});
            done(engine, version, "UpdateItem", &body);
        }
    }
}

/// The item of a key, as each way of reading has it.
fn read(engine: &Engine, version: &str, item: &Map<String, Value>) -> Vec<Value> {
    let key = key(item, version);
    let got = done(engine, version, "GetItem", &json!({"TableName": "songs", "Key": key}));
    let batch = json!({"RequestItems": {"songs": {"Keys": [key]}}});
    let batch = done(engine, version, "BatchGetItem", &batch);
    let equal = |value: &Value| json!({"ComparisonOperator": "EQ", "AttributeValueList": [value]});
    let (artist, year) = (&item["artist"], equal(&item["year"]));
    let (query, responses) = match version {
        FIRST => (
            json!({"HashKeyValue": artist, "RangeKeyCondition": year}),
            &batch["Responses"]["songs"]["Items"],
        ),
        _ => {
            (json!({"KeyConditions": {"artist": equal(artist), "year": year}}), &batch["Responses"]["songs"])
        }
    };
    let Value::Object(mut query) = query else { unreachable!("it was just made") };
    query.insert("TableName".to_owned(), "songs".into());
    let queried = done(engine, version, "Query", &query.into());
    vec![got["Item"].clone(), responses[0].clone(), queried["Items"][0].clone()]
}

/// The error that a request must be answered with.
fn refused(engine: &Engine, operation: &str, body: &Value) -> Message {
    let answer = ask(engine, FIRST, operation, body.to_string().as_bytes());
    answer.error.expect("it is refused").message().clone()
}

#[test]
fn keys_that_are_refused_are_told_by_places() {
    let engine = engine();
    let key = json!({"HashKeyElement": {"S": "a"}, "RangeKeyElement": {"N": "1"}});
    let names = json!({"RequestItems": {"ab": {"Keys": [key]}}});
    let text = refused(&engine, "BatchGetItem", &names).text;
    assert!(text.contains("keys=[Key(hashKeyElement=AttributeValue(s=a, "), "{text}");
    assert!(text.contains("rangeKeyElement=AttributeValue(s=null, n=1, "), "{text}");

    let schema = json!({"HashKeyElement": {"AttributeName": "id", "AttributeType": "S"}});
    let units = json!({"ReadCapacityUnits": 1, "WriteCapacityUnits": 1});
    let table = json!({"TableName": "albums", "KeySchema": schema, "ProvisionedThroughput": units});
    done(&engine, FIRST, "CreateTable", &table);
    let hint = refused(&engine, "GetItem", &json!({"TableName": "albums", "Key": key})).hint;
    assert_eq!(hint.as_deref(), Some("the key is id (S); given was RangeKeyElement (N), id (S)"));
}

#[test]
fn units_fall_as_often_as_they_may() {
    for (decreases_max, often) in [(0, "0 times"), (1, "once"), (2, "2 times")] {
        let engine = engine_within(Limits { decreases_max, ..Limits::FIRST });
        let units = |read: i64| {
            let units = json!({"ReadCapacityUnits": read, "WriteCapacityUnits": 5});
            json!({"TableName": "songs", "ProvisionedThroughput": units})
        };
        for decrease in 0..decreases_max {
            done(&engine, FIRST, "UpdateTable", &units(4 - decrease));
        }
        let text = refused(&engine, "UpdateTable", &units(1)).text;
        assert!(text.contains(&format!("decreased only {often} within the same day")), "{text}");
    }
}

#[test]
fn a_batch_answers_one_item_however_little_it_may() {
    let engine = engine_within(Limits { batch_get_bytes_max: 1, ..Limits::FIRST });
    let key = |year: &str| json!({"HashKeyElement": {"S": "a"}, "RangeKeyElement": {"N": year}});
    for year in ["1", "2"] {
        let item = json!({"artist": {"S": "a"}, "year": {"N": year}});
        done(&engine, FIRST, "PutItem", &json!({"TableName": "songs", "Item": item}));
    }
    let asked = json!({"songs": {"Keys": [key("1"), key("2")]}});
    let answer = done(&engine, FIRST, "BatchGetItem", &json!({"RequestItems": asked}));
    let items = json!([{"artist": {"S": "a"}, "year": {"N": "1"}}]);
    assert_eq!(answer["Responses"]["songs"]["Items"], items);
    assert_eq!(answer["UnprocessedKeys"], json!({"songs": {"Keys": [key("2")]}}));
}

proptest! {
    #[test]
    fn an_item_is_the_same_for_both(item in item(), way in 0..2_usize) {
        let engine = engine();
        write(&engine, FIRST, way, &item);
        let seen = read(&engine, TODAY, &item);
        prop_assert!(!seen[0].is_null());
        prop_assert!(seen.iter().chain(&read(&engine, FIRST, &item)).all(|one| *one == seen[0]));

        let other = self::engine();
        write(&other, TODAY, way, &item);
        prop_assert!(read(&other, FIRST, &item).iter().all(|one| *one == seen[0]));
    }

    #[test]
    fn an_update_is_the_same_for_both(item in item()) {
        let (one, other) = (engine(), engine());
        write(&one, FIRST, 2, &item);
        write(&other, TODAY, 2, &item);
        prop_assert_eq!(read(&one, TODAY, &item), read(&other, FIRST, &item));
    }

    #[test]
    fn pages_go_on_behind_keys_by_places(items in prop::collection::vec(item(), 1..12), limit in 1..4_usize) {
        let engine = engine();
        for item in &items {
            write(&engine, FIRST, 0, item);
        }
        let whole = done(&engine, TODAY, "Scan", &json!({"TableName": "songs"}));
        let (mut found, mut page) = (Vec::new(), json!({"TableName": "songs", "Limit": limit}));
        loop {
            let answer = done(&engine, FIRST, "Scan", &page);
            found.extend(answer["Items"].as_array().unwrap().iter().map(|item| item["year"].clone()));
            match answer.get("LastEvaluatedKey") {
                Some(key) => page["ExclusiveStartKey"] = key.clone(),
                None => break,
            }
        }
        let whole: Vec<Value> =
            whole["Items"].as_array().unwrap().iter().map(|item| item["year"].clone()).collect();
        prop_assert_eq!(found, whole);
    }

    #[test]
    fn any_body_is_answered(
        operation in prop::sample::select(OPERATIONS),
        members in prop::collection::vec(member(), 0..7),
    ) {
        let body = format!("{{{}}}", members.join(", "));
        let status = ask(&engine(), FIRST, operation, body.as_bytes()).status;
        prop_assert!(status == 200 || status == 400, "{operation} {body}");
    }
}

/// A member of a request: a right name, and what may stand there or not.
fn member() -> impl Strategy<Value = String> {
    const NAMES: &[&str] = &[
        "TableName",
        "Item",
        "Key",
        "KeySchema",
        "HashKeyValue",
        "RangeKeyCondition",
        "Count",
        "Limit",
        "ScanFilter",
        "Expected",
        "AttributeUpdates",
        "AttributesToGet",
        "ReturnValues",
        "RequestItems",
        "ExclusiveStartKey",
        "ProvisionedThroughput",
        "ConsistentRead",
    ];
    const VALUES: &[&str] = &[
        "\"songs\"",
        "{\"HashKeyElement\": {\"S\": \"a\"}, \"RangeKeyElement\": {\"N\": \"1\"}}",
        "{\"S\": \"a\"}",
        "{\"HashKeyElement\": {\"AttributeName\": \"a\", \"AttributeType\": \"N\"}}",
        "{\"L\": []}",
        "null",
        "true",
        "{\"artist\": {\"S\": \"a\"}, \"year\": {\"N\": \"1\"}}",
        "1",
        "[\"artist\"]",
        "\"ALL_OLD\"",
        "{}",
        "[]",
        "{\"a\": {\"ComparisonOperator\": \"EQ\", \"AttributeValueList\": [{\"N\": \"1\"}]}}",
        "{\"ComparisonOperator\": \"GT\", \"AttributeValueList\": [{\"N\": \"1\"}]}",
        "{\"a\": {\"Value\": {\"SS\": [\"a\"]}, \"Action\": \"ADD\", \"Exists\": false}}",
        "{\"songs\": {\"Keys\": [{\"HashKeyElement\": {\"S\": \"a\"}, \"RangeKeyElement\": {\"N\": \"1\"}}]}}",
        "{\"songs\": [{\"DeleteRequest\": {\"Key\": {\"HashKeyElement\": {\"S\": \"a\"}}}}]}",
        "{\"ReadCapacityUnits\": 3, \"WriteCapacityUnits\": 30000}",
    ];
    (prop::sample::select(NAMES), prop::sample::select(VALUES))
        .prop_map(|(name, value)| format!("\"{name}\": {value}"))
}
