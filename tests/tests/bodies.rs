//! Whatever stands in a body, it is answered: never a panic, never a hang.

use ddbmock_engine::{Config, Engine};
use ddbmock_protocol::{Answer, Request, Signature, answer};
use proptest::prelude::*;

const OPERATIONS: &[&str] = ddbmock_engine::OPERATIONS;
const AUTHORIZATION: &str = "AWS4-HMAC-SHA256 Credential=any/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=any";

fn ask(engine: &Engine, operation: &str, body: &[u8]) -> Answer {
    let target = format!("DynamoDB_20120810.{operation}");
    let signature = Signature {
        authorization: Some(AUTHORIZATION),
        amz_date: Some("20260101T000000Z"),
        ..Signature::default()
    };
    answer(engine, &Request { target: Some(&target), signature, body, ..Default::default() }, true)
}

fn engine() -> Engine {
    let engine = Engine::new(Config::default());
    let body = r#"{"TableName": "songs", "BillingMode": "PAY_PER_REQUEST",
        "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
        "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}]}"#;
    assert_eq!(ask(&engine, "CreateTable", body.as_bytes()).status, 200);
    engine
}

/// Bodies that reach deep: right members, wild content.
fn likely() -> impl Strategy<Value = String> {
    let member = prop::sample::select(vec![
        "TableName",
        "Item",
        "Key",
        "UpdateExpression",
        "ConditionExpression",
        "ProjectionExpression",
        "ExpressionAttributeNames",
        "ExpressionAttributeValues",
        "Expected",
        "ConditionalOperator",
        "AttributeUpdates",
        "AttributesToGet",
        "ReturnValues",
        "ReturnConsumedCapacity",
        "Limit",
        "AttributeDefinitions",
        "KeySchema",
        "Tags",
        "ConsistentRead",
        "ProvisionedThroughput",
    ]);
    let leaf = prop::sample::select(vec![
        "\"songs\"",
        "\"id\"",
        "{\"S\": \"a\"}",
        "{\"N\": \"1\"}",
        "{}",
        "[]",
        "null",
        "true",
        "1e2",
        "-0",
        "\"SET a = :v\"",
        "\"a = :v AND\"",
        "{\"id\": {\"S\": \"a\"}}",
        "{\":v\": {\"N\": \"1\"}}",
        "{\"#n\": \"a\"}",
        "{\"L\": [{\"M\": {\"\": {\"BOOL\": \"yes\"}}}]}",
        "{\"NS\": [\"1\", \"1.0\"]}",
        "{\"a\": {\"Value\": {\"N\": \"1\"}, \"Exists\": \"yes\", \"Action\": \"ADD\"}}",
        "{\"a\": {\"ComparisonOperator\": \"IN\", \"AttributeValueList\": [{\"S\": \"a\"}]}, \"b\": null}",
        "[\"a\", \"id\"]",
        "\"OR\"",
        "\"ALL_OLD\"",
        "\"INDEXES\"",
    ]);
    let pair = (member, leaf).prop_map(|(member, leaf)| format!("\"{member}\": {leaf}"));
    prop::collection::vec(pair, 0..8)
        .prop_map(|pairs| format!("{{\"TableName\": \"songs\", {}}}", pairs.join(", ")).replace(", }", "}"))
}

proptest! {
    #[test]
    fn any_bytes_are_answered(operation in prop::sample::select(OPERATIONS), body: Vec<u8>) {
        let answer = ask(&engine(), operation, &body);
        prop_assert!(answer.status == 200 || answer.status == 400);
    }

    #[test]
    fn any_likely_body_is_answered(operation in prop::sample::select(OPERATIONS), body in likely()) {
        let answer = ask(&engine(), operation, body.as_bytes());
        prop_assert!(answer.status == 200 || answer.status == 400, "{body}");
    }

    #[test]
    fn any_expression_is_answered(update in "[SETRMOVADLsetn ,()=:#a.v\\[\\]0-9+-]{0,60}", condition in "[aNOTANDIBETWEN ()=<>,:v.\\[\\]0-9]{0,60}") {
        let body = format!(
            r#"{{"TableName": "songs", "Key": {{"id": {{"S": "a"}}}}, "UpdateExpression": "{update}",
                "ConditionExpression": "{condition}", "ExpressionAttributeValues": {{":v": {{"N": "1"}}}}}}"#
        );
        let answer = ask(&engine(), "UpdateItem", body.as_bytes());
        prop_assert!(answer.status == 200 || answer.status == 400, "{body}");
    }
}

#[test]
fn depth_costs_an_error() {
    let engine = engine();
    let deep = 100_000;
    let bodies = [
        "[".repeat(deep),
        "{\"a\":".repeat(deep),
        format!("{{\"TableName\": {}1{}}}", "[".repeat(deep), "]".repeat(deep)),
        format!("{{\"Item\": {{\"a\": {}{{\"S\": \"x\"}}{}}}}}", "{\"L\": [".repeat(deep), "]}".repeat(deep)),
        format!(
            "{{\"Item\": {{\"a\": {}{{\"S\": \"x\"}}{}}}}}",
            "{\"M\": {\"a\": ".repeat(deep),
            "}}".repeat(deep)
        ),
    ];
    for body in bodies {
        assert_eq!(ask(&engine, "PutItem", body.as_bytes()).status, 400, "{}", &body[..40]);
    }
    // Unknown members of any depth are passed over.
    let body = format!("{{\"TableName\": \"songs\", \"Unknown\": {}{}}}", "[".repeat(deep), "]".repeat(deep));
    assert_eq!(ask(&engine, "DescribeTable", body.as_bytes()).status, 200);
}

#[test]
fn expressions_of_any_depth_cost_an_error() {
    let engine = engine();
    for condition in [
        "(".repeat(100_000),
        "NOT ".repeat(1000),
        "NOT (".repeat(800),
        "a".to_owned() + &"[0]".repeat(1300),
        "size(".repeat(800),
    ] {
        let body = format!(
            r#"{{"TableName": "songs", "Item": {{"id": {{"S": "a"}}}}, "ConditionExpression": "{condition}"}}"#
        );
        assert_eq!(ask(&engine, "PutItem", body.as_bytes()).status, 400, "{}", &condition[..8]);
    }
}
