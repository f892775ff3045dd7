//! The functions that are fuzzed, and what they begin with.

use ddbmock_engine::op::{CreateTable, GetItem, Names, PutItem, Query, Scan, UpdateItem};
use ddbmock_engine::{
    AttributeDefinition, BillingMode, Config, Engine, Error, GlobalSecondaryIndex, KeySchemaElement, KeyType,
    Projection, ProjectionType, ScalarType, Wording, attributes,
};
use ddbmock_protocol::{Answer, Request, Signature, answer};
use serde_json::{Value, json};

use crate::recording::Exchange;

/// A whole request: a target, the end of a line, and a body. It is answered with JSON or nothing, and leaves a world in
/// which all agrees.
pub fn requests(bytes: &[u8]) {
    let Some((operation, body)) = split(bytes) else { return };
    let engine = world();
    let answered = ask(&engine, operation, body, Signature::LOCAL);
    let is_json = serde_json::from_slice::<Value>(&answered.body).is_ok();
    assert!(is_json || answered.body.is_empty(), "{}", answered.body.escape_ascii());
    answered.error.iter().for_each(check_refusal);
    let found = engine.check().expect("storage in memory does not fail");
    assert!(found.is_empty(), "{found:?}");
}

/// The text of an expression, of any kind, in both wordings. It is refused, or does something.
pub fn expressions(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else { return };
    let engine = world();
    let text = || Some(text.to_owned());
    let names = || Some(Names::from([("#a".to_owned(), "a".to_owned()), ("#b".to_owned(), "b".to_owned())]));
    let values = || Some(attributes! { ":v" => 1, ":a" => "x", ":l" => vec![1, 2] }.into());
    let update = UpdateItem {
        table_name: "songs".to_owned(),
        key: key("1"),
        update_expression: text(),
        expression_attribute_names: names(),
        expression_attribute_values: values(),
        ..Default::default()
    };
    engine.update_item(update).err().iter().for_each(check_refusal);
    let put = PutItem {
        table_name: "songs".to_owned(),
        item: attributes! { "id" => "1", "a" => 1 }.into(),
        condition_expression: text(),
        expression_attribute_values: values(),
        ..Default::default()
    };
    engine.put_item(put).err().iter().for_each(check_refusal);
    let query = Query {
        table_name: "songs".to_owned(),
        key_condition_expression: text(),
        expression_attribute_values: values(),
        ..Default::default()
    };
    engine.query(query).err().iter().for_each(check_refusal);
    for filters in [true, false] {
        let scan = Scan {
            table_name: "songs".to_owned(),
            filter_expression: text().filter(|_| filters),
            projection_expression: text().filter(|_| !filters),
            ..Default::default()
        };
        engine.scan(scan).err().iter().for_each(check_refusal);
    }
}

/// The JSON of an item. What is stored of it is answered as it can be stored again: it is then the very same.
pub fn items(bytes: &[u8]) {
    let Ok(Value::Object(mut item)) = serde_json::from_slice(bytes) else { return };
    item.insert("id".to_owned(), json!({"S": "fuzz"}));
    let engine = world();
    let stored = |item: &Value| {
        let body = json!({"TableName": "songs", "Item": item}).to_string();
        let put = ask(&engine, "PutItem", body.as_bytes(), Signature::LOCAL);
        (put.status == 200).then(|| {
            let found = engine.get_item(GetItem {
                table_name: "songs".to_owned(),
                key: key("fuzz"),
                ..Default::default()
            });
            let told = ask(
                &engine,
                "GetItem",
                br#"{"TableName": "songs", "Key": {"id": {"S": "fuzz"}}}"#,
                Signature::LOCAL,
            );
            let told: Value = serde_json::from_slice(&told.body).expect("an answer is JSON");
            (found.ok().and_then(|found| found.item).expect("it was stored"), told["Item"].clone())
        })
    };
    if let Some((first, told)) = stored(&Value::Object(item)) {
        let (second, told_again) = stored(&told).expect("what was answered can be stored");
        assert_eq!(first.packed(), second.packed());
        assert_eq!(told, told_again);
    }
}

/// The header `Authorization`. It is refused, or signs a request.
pub fn signatures(bytes: &[u8]) {
    let Ok(authorization) = str::from_utf8(bytes) else { return };
    let signature = Signature { authorization: Some(authorization), ..Signature::LOCAL };
    let answered = ask(&Engine::default(), "ListTables", b"{}", signature);
    assert!(matches!(answered.status, 200 | 400 | 403), "{}", answered.status);
}

/// A request as [`requests`] takes it.
pub(super) fn whole(exchange: &Exchange) -> Vec<Vec<u8>> {
    vec![[exchange.operation.as_bytes(), b"\n", &exchange.body].concat()]
}

/// The expressions of a request.
pub(super) fn texts(exchange: &Exchange) -> Vec<Vec<u8>> {
    let body: Value = serde_json::from_slice(&exchange.body).unwrap_or_default();
    let members = body.as_object().into_iter().flatten();
    let expressions = members.filter(|(name, _)| name.ends_with("Expression"));
    expressions.filter_map(|(_, text)| Some(text.as_str()?.as_bytes().to_vec())).collect()
}

/// The item of a request.
pub(super) fn attributes(exchange: &Exchange) -> Vec<Vec<u8>> {
    let body: Value = serde_json::from_slice(&exchange.body).unwrap_or_default();
    body.get("Item").map(|item| item.to_string().into_bytes()).into_iter().collect()
}

/// The signature of a request, or a usual one.
pub(super) fn authorizations(exchange: &Exchange) -> Vec<Vec<u8>> {
    let own = exchange.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("authorization"));
    let usual = Signature::LOCAL.authorization;
    own.map(|(_, text)| text.as_str()).or(usual).map(|text| text.as_bytes().to_vec()).into_iter().collect()
}

/// What ddbmock itself fails with is a defect.
pub(super) fn check_refusal(error: &Error) {
    assert!(!matches!(error, Error::Internal(_)), "{error}");
}

pub(super) fn split(bytes: &[u8]) -> Option<(&str, &[u8])> {
    let end = bytes.iter().position(|byte| *byte == b'\n')?;
    Some((str::from_utf8(&bytes[..end]).ok()?, &bytes[end + 1..]))
}

pub(super) fn ask(engine: &Engine, operation: &str, body: &[u8], signature: Signature<'_>) -> Answer {
    let target =
        if operation.contains('.') { operation.to_owned() } else { format!("DynamoDB_20120810.{operation}") };
    answer(engine, &Request { target: Some(&target), signature, body, ..Default::default() }, true)
}

fn key(id: &str) -> ddbmock_engine::Key {
    attributes! { "id" => id }.into()
}

/// A world with a table, an index, and an item.
fn world() -> Engine {
    let engine = Engine::new(Config { wording: Wording::Current, ..Config::default() });
    let element = |name: &str, key_type| KeySchemaElement { attribute_name: name.to_owned(), key_type };
    let definition =
        |name: &str, attribute_type| AttributeDefinition { attribute_name: name.to_owned(), attribute_type };
    let created = engine.create_table(CreateTable {
        table_name: "songs".to_owned(),
        attribute_definitions: vec![definition("id", ScalarType::S), definition("a", ScalarType::N)],
        key_schema: vec![element("id", KeyType::Hash)],
        global_secondary_indexes: Some(vec![GlobalSecondaryIndex {
            index_name: "by-a".to_owned(),
            key_schema: vec![element("a", KeyType::Hash)],
            projection: Projection { projection_type: Some(ProjectionType::All), ..Default::default() },
            ..Default::default()
        }]),
        billing_mode: Some(BillingMode::PayPerRequest),
        ..Default::default()
    });
    created.expect("it is a right definition");
    let item = attributes! { "id" => "1", "a" => 1, "b" => vec![1, 2], "c" => attributes! { "d" => "e" } };
    let put =
        engine.put_item(PutItem { table_name: "songs".to_owned(), item: item.into(), ..Default::default() });
    put.expect("it is a right item");
    engine
}
