//! Statements of PartiQL, alone, in a batch and in a transaction.

use ddbmock_engine::Engine;
use ddbmock_protocol::{Answer, Signature};
use serde_json::{Value, json};

use super::target::{ask, check_refusal, split};
use crate::recording::Exchange;

/// The most pages that are read of a statement.
const PAGES_MAX: usize = 16;

/// The tables of most recorded statements, with items and indexes.
const LIBRARY: &[(&str, &str)] = &[
    (
        "CreateTable",
        r#"{"TableName": "tbl", "BillingMode": "PAY_PER_REQUEST", "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
            "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}]}"#,
    ),
    (
        "CreateTable",
        r#"{"TableName": "two", "BillingMode": "PAY_PER_REQUEST",
            "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}, {"AttributeName": "sk", "AttributeType": "N"},
                {"AttributeName": "a", "AttributeType": "N"}],
            "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
            "LocalSecondaryIndexes": [{"IndexName": "lsi", "Projection": {"ProjectionType": "KEYS_ONLY"},
                "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "a", "KeyType": "RANGE"}]}],
            "GlobalSecondaryIndexes": [{"IndexName": "gsi", "Projection": {"ProjectionType": "ALL"},
                "KeySchema": [{"AttributeName": "a", "KeyType": "HASH"}]}]}"#,
    ),
    (
        "BatchWriteItem",
        r#"{"RequestItems": {
            "tbl": [{"PutRequest": {"Item": {"pk": {"S": "a"}, "n": {"N": "1"}, "l": {"L": [{"N": "1"}, {"S": "x"}]}}}},
                {"PutRequest": {"Item": {"pk": {"S": "b"}, "ns": {"NS": ["1", "2"]}, "m": {"M": {"k": {"NULL": true}}}}}}],
            "two": [{"PutRequest": {"Item": {"pk": {"S": "a"}, "sk": {"N": "1"}, "a": {"N": "1"}}}},
                {"PutRequest": {"Item": {"pk": {"S": "a"}, "sk": {"N": "2"}, "a": {"N": "1"}}}},
                {"PutRequest": {"Item": {"pk": {"S": "b"}, "sk": {"N": "1"}}}}]}}"#,
    ),
];

/// The JSON of a list of parameters, the end of a line, and the text of a statement. It is refused, or does something
/// and leaves a world in which all agrees; what it reads page by page it reads at once.
pub fn statements(bytes: &[u8]) {
    let Some((parameters, text)) = split(bytes) else { return };
    let Ok(text) = str::from_utf8(text) else { return };
    let mut statement = json!({ "Statement": text });
    if let Ok(parameters @ Value::Array(_)) = serde_json::from_str(parameters) {
        statement["Parameters"] = parameters;
    }
    let engine = Engine::default();
    for (operation, body) in LIBRARY {
        assert_eq!(ask(&engine, operation, body.as_bytes(), Signature::LOCAL).status, 200);
    }
    read_in_pages(&engine, &statement);
    let more = json!({ "Statement": "UPDATE tbl SET n = n + 1 WHERE pk = 'a'" });
    told(&engine, "ExecuteTransaction", &json!({ "TransactStatements": [more, statement] }));
    told(&engine, "BatchExecuteStatement", &json!({ "Statements": [more, statement] }));
    let found = engine.check().expect("storage in memory does not fail");
    assert!(found.is_empty(), "{found:?}");
}

/// Does what a statement says, an item at a time if it reads.
fn read_in_pages(engine: &Engine, statement: &Value) {
    let mut request = statement.clone();
    request["Limit"] = json!(1);
    let mut items = Vec::new();
    for page in 0..PAGES_MAX {
        let (answer, mut body) = told(engine, "ExecuteStatement", &request);
        if answer.status != 200 {
            assert!(page == 0 || holds_lists(statement), "a token was refused: {body}");
            return;
        }
        items.append(body["Items"].as_array_mut().expect("items are a list"));
        match body.get("NextToken") {
            Some(token) => request["NextToken"] = token.clone(),
            None if page == 0 => return,
            None => {
                let (_, whole) = told(engine, "ExecuteStatement", statement);
                assert_eq!(whole["Items"], Value::Array(items));
                return;
            }
        }
    }
}

/// Whether a parameter is a list or a map: then no token goes on.
fn holds_lists(statement: &Value) -> bool {
    let parameters = statement["Parameters"].as_array().into_iter().flatten();
    parameters.into_iter().any(|one| one.get("L").is_some() || one.get("M").is_some())
}

/// What a request is answered with, which is JSON.
fn told(engine: &Engine, operation: &str, body: &Value) -> (Answer, Value) {
    let answer = ask(engine, operation, body.to_string().as_bytes(), Signature::LOCAL);
    answer.error.iter().for_each(check_refusal);
    let body = serde_json::from_slice(&answer.body).expect("an answer is JSON");
    (answer, body)
}

/// The statements of a request, as [`statements`] takes them.
pub(super) fn sent(exchange: &Exchange) -> Vec<Vec<u8>> {
    let body: Value = serde_json::from_slice(&exchange.body).unwrap_or_default();
    let several = ["Statements", "TransactStatements"].into_iter().filter_map(|name| body[name].as_array());
    let all = several.flatten().chain([&body]);
    let seed = |one: &Value| {
        let text = one["Statement"].as_str()?;
        Some(format!("{}\n{text}", one["Parameters"]).into_bytes())
    };
    all.filter_map(seed).collect()
}
