//! Requests drawn from the shapes of the service and changed by chance get one of its errors or an answer of its shape.

use std::collections::BTreeSet;

use ddbmock_engine::{Config, Engine, Error, Wording};
use ddbmock_protocol::{Answer, Request, Signature, answer};
use ddbmock_tests::recording::{home, load};
use ddbmock_tests::replay::{InProcess, replay};
use ddbmock_tests::shapes::{FIRST, LATEST, Shapes};
use fastrand::Rng;
use serde_json::{Value, json};

use crate::storages::ON_EACH;
use crate::table::indexed_by_text;

const TABLE: &str = "songs";
/// How many requests of each operation are drawn.
const DRAWN: u64 = 150;
/// The most changes to one of them.
const CHANGES_MAX: usize = 3;

/// What chance never asks for in such a way that it is answered: it wants what is not there, or more than one thing to
/// fit. The answers that recordings have are of their shapes all the same.
const REFUSED: &[&str] = &[
    "CreateTable",
    "DescribeBackup",
    "DescribeBulkOperation",
    "DescribeExport",
    "DescribeGlobalTable",
    "DescribeGlobalTableSettings",
    "DescribeImport",
    "DescribeStream",
    "DescribeTableReplicaAutoScaling",
    "GetRecords",
    "GetShardIterator",
    "Query",
    "SearchVectors",
    "TransactWriteItems",
    "UpdateTable",
];

/// What stands in a changed place.
fn anything(random: &mut Rng) -> Value {
    let all = [
        json!(null),
        json!(true),
        json!(-1),
        json!(0.5),
        json!(1e300),
        json!(""),
        json!("x".repeat(300)),
        json!([]),
        json!({}),
        json!([{}, null]),
        json!({"S": "a"}),
        json!({"id": {"N": "1"}}),
        json!("arn:aws:dynamodb:us-east-1:123456789012:table/songs"),
    ];
    all[random.usize(..all.len())].clone()
}

/// Changes something somewhere in a value, or takes it out.
fn change(value: &mut Value, random: &mut Rng) {
    match value {
        Value::Object(members) if !members.is_empty() && random.u8(..4) > 0 => {
            let name = random.choice(members.keys()).cloned().unwrap();
            if random.u8(..8) == 0 {
                members.remove(&name);
            } else {
                change(&mut members[&name], random);
            }
        }
        Value::Array(elements) if !elements.is_empty() && random.u8(..4) > 0 => {
            let place = random.usize(..elements.len());
            if random.u8(..8) == 0 {
                elements.push(elements[place].clone());
            } else {
                change(&mut elements[place], random);
            }
        }
        _ => *value = anything(random),
    }
}

/// Has a request speak of what is there, mostly.
fn sense(value: &mut Value, random: &mut Rng) {
    if let Value::Array(elements) = value {
        for element in elements {
            sense(element, random);
        }
        return;
    }
    let Value::Object(members) = value else { return };
    for (name, value) in members {
        if name == "RequestItems" {
            of_table(value);
        }
        let sensible = key_by_place(name, value).or_else(|| sensible(name, random));
        match sensible.filter(|_| random.u8(..8) > 0) {
            Some(sensible) => *value = sensible,
            None => sense(value, random),
        }
    }
}

/// In the first version keys have no names.
fn key_by_place(member: &str, value: &Value) -> Option<Value> {
    let key = || json!({"HashKeyElement": {"S": "a"}});
    match member {
        "Key" => value.get("HashKeyElement").map(|_| key()),
        "Keys" => value.get(0)?.get("HashKeyElement").map(|_| json!([key()])),
        _ => None,
    }
}

/// Has all that is asked of tables asked of one that is there.
fn of_table(value: &mut Value) {
    if let Some(asked) = value.as_object_mut().and_then(|tables| tables.values_mut().next()) {
        *value = json!({TABLE: asked.take()});
    }
}

fn sensible(member: &str, random: &mut Rng) -> Option<Value> {
    let id = random.choice(["a", "b"]);
    let text = random.choice(["x", "y"]);
    Some(match member {
        "TableName" => json!(random.choice([TABLE, TABLE, TABLE, "albums"])),
        "AttributeDefinitions" => json!([{"AttributeName": "id", "AttributeType": "S"}]),
        "KeySchema" => json!([{"AttributeName": "id", "KeyType": "HASH"}]),
        "KeyConditions" => json!({"id": {"ComparisonOperator": "EQ", "AttributeValueList": [{"S": id}]}}),
        "AttributeUpdates" => json!({"n": {"Action": "ADD", "Value": {"N": "1"}}}),
        "HashKeyValue" => json!({"S": id}),
        "Keys" => json!([{"id": {"S": id}}]),
        "Tags" => json!([{"Key": id, "Value": text}]),
        "TagKeys" => json!([id]),
        "Policy" => json!("{}"),
        "IndexName" => json!("by_text"),
        "Key" => json!({"id": {"S": id}}),
        "Item" => json!({"id": {"S": id}, "text": {"S": text}}),
        "ResourceArn" => json!("arn:aws:dynamodb:us-east-1:123456789012:table/songs"),
        "Statement" => {
            json!(["SELECT * FROM songs WHERE id = 'a'", "DELETE FROM songs WHERE id = ?"][random.usize(..2)])
        }
        "ConditionExpression" | "FilterExpression" => json!("attribute_not_exists(#n) OR size(text) > :v"),
        "KeyConditionExpression" => json!("text = :t"),
        "ProjectionExpression" => json!("id, #n[1]"),
        "UpdateExpression" => json!("SET text = :t, #n = :v"),
        "ExpressionAttributeNames" => json!({"#n": "n"}),
        "ExpressionAttributeValues" => json!({":t": {"S": text}, ":v": {"N": "1"}}),
        _ => return None,
    })
}

fn ask(engine: &Engine, target: &str, body: &Value) -> Answer {
    let body = body.to_string();
    let request = Request {
        target: Some(target),
        signature: Signature::LOCAL,
        body: body.as_bytes(),
        ..Default::default()
    };
    answer(engine, &request, false)
}

/// What is wrong with an answer.
fn misfit(shapes: &Shapes, shape: Option<&str>, answer: &Answer) -> Option<String> {
    match (&answer.error, shape) {
        (Some(Error::Internal(message)), _) => Some(message.text.to_string()),
        (Some(Error::InternalFailure(_)), _) => None, // DynamoDB itself fails
        (Some(_), _) => (answer.status != 400).then(|| answer.status.to_string()),
        (None, Some(shape)) => shapes.misfit(shape, &serde_json::from_slice(&answer.body).unwrap()),
        (None, None) => (!answer.body.is_empty()).then(|| "there is an answer".to_owned()),
    }
}

/// Draws requests of each operation, as they are and changed, and has them answered one after the other.
fn check(shapes: &Shapes, prefix: fn(&str) -> &'static str) {
    for (make, wording) in ON_EACH.into_iter().zip([Wording::Current, Wording::Classic]) {
        let engine = make(Config { wording, ..Config::default() });
        let mut random = Rng::with_seed(1);
        let mut answered = BTreeSet::new();
        for operation in (0..DRAWN).flat_map(|_| shapes.operations()) {
            // Requests can delete it.
            let _ = engine.create_table(indexed_by_text(TABLE));
            let messages = shapes.messages(operation).unwrap();
            let mut body = shapes.drawn(messages.request, &mut random);
            sense(&mut body, &mut random);
            (0..random.usize(..=CHANGES_MAX)).for_each(|_| change(&mut body, &mut random));
            let answer = ask(&engine, &format!("{}.{operation}", prefix(operation)), &body);
            if answer.error.is_none() {
                answered.insert(operation);
            }
            let told = String::from_utf8_lossy(&answer.body);
            assert_eq!(misfit(shapes, messages.answer, &answer), None, "{operation}\n{body}\n{told}");
        }
        let refused = shapes.operations().filter(|name| !answered.contains(name) && !REFUSED.contains(name));
        assert_eq!(refused.collect::<Vec<_>>(), Vec::<&str>::new(), "were never answered");
        assert_eq!(engine.check().unwrap(), Vec::<String>::new());
    }
}

/// What stands before an operation in a target.
fn service(operation: &str) -> &'static str {
    match operation {
        "DescribeStream" | "GetRecords" | "GetShardIterator" | "ListStreams" => "DynamoDBStreams_20120810",
        _ => "DynamoDB_20120810",
    }
}

#[test]
fn whatever_is_drawn_is_answered() {
    check(&Shapes::of(LATEST), service);
}

#[test]
fn whatever_is_drawn_of_the_first_version_is_answered() {
    check(&Shapes::of(FIRST), |_| "DynamoDB_20111205");
}

#[test]
fn every_operation_has_shapes() {
    let operations: Vec<_> = Shapes::of(LATEST).operations().collect();
    assert_eq!(operations, ddbmock_engine::OPERATIONS);
}

#[test]
fn recorded_answers_are_of_the_shapes() {
    let shapes = Shapes::of(LATEST);
    for recording in load(&home()).unwrap() {
        let outcome = replay(&recording, &InProcess::of(&recording, recording.wordings[0]));
        for replayed in outcome.replayed {
            let Some(reply) = replayed.reply.filter(|reply| reply.status == 200 && !reply.body.is_empty())
            else {
                continue;
            };
            let shape = shapes.messages(&replayed.operation).and_then(|messages| messages.answer);
            let misfit =
                shape.and_then(|shape| shapes.misfit(shape, &serde_json::from_slice(&reply.body).unwrap()));
            assert_eq!(misfit, None, "{}:{}", recording.path.display(), replayed.line);
        }
    }
}
