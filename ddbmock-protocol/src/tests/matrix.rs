//! Every declared type against every JSON type. Source: production captures, serialization errors.

use super::said;
use crate::read::mismatch::{Given, Kind, Place, message};

const MAP: &str = "Start of structure or map found where not expected";
const FIELD: &str = "Unexpected field type";
const VALUE: &str = "Unexpected value type in payload";
const BASE64: &str = "only base-64-encoded strings are convertible to bytes";
const CAST: &str = "class sun.reflect.generics.reflectiveObjects.ParameterizedTypeImpl cannot be cast to class java.lang.Class (sun.reflect.generics.reflectiveObjects.ParameterizedTypeImpl and java.lang.Class are in module java.base of loader 'bootstrap')";

/// A string, both booleans, whole and decimal numbers, a list, an object.
const GIVEN: [&str; 7] = [r#""é€""#, "true", "false", "12", "1.5", "[1]", r#"{"a":1}"#];

/// Puts each JSON type in the place of `@` in a body.
#[track_caller]
fn check(operation: &str, body: &str, expected: [&str; 7]) {
    for (given, expected) in GIVEN.iter().zip(expected) {
        let body = body.replace('@', given);
        assert_eq!(said(operation, &body), expected, "{body}");
    }
}

fn text() -> [&'static str; 7] {
    [
        "ok",
        "TRUE_VALUE cannot be converted to String",
        "FALSE_VALUE cannot be converted to String",
        "NUMBER_VALUE cannot be converted to String",
        "DECIMAL_VALUE cannot be converted to String",
        "Unrecognized collection type class java.lang.String",
        MAP,
    ]
}

fn list() -> [&'static str; 7] {
    [FIELD, FIELD, FIELD, FIELD, FIELD, "ok", MAP]
}

fn structure(member: &'static str, class: &'static str) -> [&'static str; 7] {
    [member, member, member, member, member, class, "ok"]
}

#[test]
fn strings() {
    for member in ["TableName", "ReturnValues", "ConditionExpression"] {
        check("PutItem", &format!(r#"{{"{member}":@}}"#), text());
    }
    check("PutItem", r#"{"Item":{"a":{"S":@}}}"#, text());
    check("PutItem", r#"{"Item":{"a":{"N":@}}}"#, text());
    check("PutItem", r#"{"Item":{"a":{"SS":[@]}}}"#, text());
    check("PutItem", r#"{"Item":{"a":{"NS":["1",@]}}}"#, text());
    check("PutItem", r##"{"ExpressionAttributeNames":{"#a":@}}"##, text());
    check("CreateTable", r#"{"KeySchema":[{"KeyType":@}]}"#, text());
}

#[test]
fn moments() {
    let expected = [
        "STRING_VALUE cannot be converted to Double",
        "TRUE_VALUE cannot be converted to Double",
        "FALSE_VALUE cannot be converted to Double",
        "ok",
        "ok",
        "Unrecognized collection type class java.lang.Double",
        MAP,
    ];
    check("ListBackups", r#"{"TimeRangeLowerBound":@}"#, expected);
}

#[test]
fn booleans() {
    let mut expected = [
        "Unexpected token received from parser",
        "ok",
        "ok",
        "NUMBER_VALUE cannot be converted to Boolean",
        "DECIMAL_VALUE cannot be converted to Boolean",
        "Unrecognized collection type class java.lang.Boolean",
        MAP,
    ];
    check("GetItem", r#"{"ConsistentRead":@}"#, expected);
    check("CreateTable", r#"{"StreamSpecification":{"StreamEnabled":@}}"#, expected);
    check("PutItem", r#"{"Expected":{"a":{"Exists":@}}}"#, expected);
    expected[5] = "";
    check("PutItem", r#"{"Item":{"a":{"BOOL":@}}}"#, expected);
    check("PutItem", r#"{"Item":{"a":{"NULL":@}}}"#, expected);
}

#[test]
fn booleans_as_strings() {
    for word in ["true", "T", "yes", "Y", "1", "false", "F", "nO", "n", "0"] {
        assert_eq!(said("GetItem", &format!(r#"{{"ConsistentRead":"{word}"}}"#)), "ok");
        assert_eq!(said("PutItem", &format!(r#"{{"Item":{{"a":{{"BOOL":"{word}"}}}}}}"#)), "ok");
    }
    for word in ["", " true", "on", "2", "null"] {
        let expected = "Unexpected token received from parser";
        assert_eq!(said("GetItem", &format!(r#"{{"ConsistentRead":"{word}"}}"#)), expected);
    }
}

#[test]
fn numbers_are_named_as_they_are_written() {
    let whole = ["0", "-0", "-1", "18446744073709551616", "-9223372036854775809"];
    let huge = "9".repeat(400);
    for number in whole.iter().copied().chain([huge.as_str()]) {
        let body = format!("{{ \"x\": [1, -0.0],\n\"Item\":{{\"é\":{{\"BOOL\": {number} }} }} }}");
        assert_eq!(said("PutItem", &body), "NUMBER_VALUE cannot be converted to Boolean", "{body}");
    }
    for number in
        ["0.0", "-0.0", "1e2", "1E+2", "12345678901234567890.5", "1e400", "-1e-400", "1e99999999999"]
    {
        let body = format!(r#"{{"Item":{{"a":{{"L":[{{"S":"12 "}},{{"S":{number}}}]}}}}}}"#);
        assert_eq!(said("PutItem", &body), "DECIMAL_VALUE cannot be converted to String", "{body}");
    }
    assert_eq!(said("PutItem", r#"{"Item":1e400}"#), FIELD);
    assert_eq!(said("PutItem", r#"{"Item":{"a":-0}}"#), VALUE);
}

#[test]
fn integers_and_longs() {
    let integer = [
        "STRING_VALUE cannot be converted to Integer",
        "TRUE_VALUE cannot be converted to Integer",
        "FALSE_VALUE cannot be converted to Integer",
        "ok",
        "ok",
        "Unrecognized collection type class java.lang.Integer",
        MAP,
    ];
    check("ListTables", r#"{"Limit":@}"#, integer);
    let long = integer.map(|text| text.replace("Integer", "Long"));
    check(
        "CreateTable",
        r#"{"ProvisionedThroughput":{"ReadCapacityUnits":@}}"#,
        long.each_ref().map(String::as_str),
    );
}

#[test]
fn blobs() {
    let length = "Base64 encoded length is expected a multiple of 4 bytes but found: 2";
    let expected = [
        length,
        BASE64,
        BASE64,
        BASE64,
        BASE64,
        "Unrecognized collection type class java.nio.ByteBuffer",
        MAP,
    ];
    check("PutItem", r#"{"Item":{"a":{"B":@}}}"#, expected);
    check("PutItem", r#"{"Item":{"a":{"BS":["AAAA",@]}}}"#, expected);
    for text in ["AB==", "=AAA", "A B=", "____", "AA==AA=="] {
        let body = format!(r#"{{"Item":{{"a":{{"B":"{text}"}}}}}}"#);
        assert_eq!(said("PutItem", &body), "Invalid last non-pad Base64 character dectected", "{text}");
    }
    assert_eq!(said("PutItem", r#"{"Item":{"a":{"B":""},"b":{"B":"AA=="}}}"#), "ok");
}

#[test]
fn lists() {
    for name in ["SS", "NS", "BS", "L"] {
        let body = format!(r#"{{"Item":{{"a":{{"{name}":@}}}}}}"#);
        for (given, expected) in GIVEN.iter().zip(list()).filter(|(given, _)| !given.starts_with('[')) {
            assert_eq!(said("PutItem", &body.replace('@', given)), expected, "{name} {given}");
        }
    }
    let mut expected = list();
    expected[5] = VALUE;
    check("CreateTable", r#"{"KeySchema":@}"#, expected);
    check("CreateTable", r#"{"Tags":@}"#, expected);
    for (given, expected) in GIVEN.iter().zip(list()).filter(|(given, _)| !given.starts_with('[')) {
        assert_eq!(said("CreateTable", &format!(r#"{{"LocalSecondaryIndexes":{given}}}"#)), expected);
        assert_eq!(said("GetItem", &format!(r#"{{"AttributesToGet":{given}}}"#)), expected);
        let body = format!(r#"{{"Expected":{{"a":{{"AttributeValueList":{given}}}}}}}"#);
        assert_eq!(said("PutItem", &body), expected);
    }
}

#[test]
fn maps() {
    let names = "Unrecognized collection type java.util.Map<java.lang.String, java.lang.String>";
    let values = "Unrecognized collection type java.util.Map<java.lang.String, com.amazonaws.dynamodb.v20120810.AttributeValue>";
    let expected = values.replace("AttributeValue", "ExpectedAttributeValue");
    let updates = values.replace("AttributeValue", "AttributeValueUpdate");
    let map = |class, content| [FIELD, FIELD, FIELD, FIELD, FIELD, class, content];
    check("PutItem", r#"{"Item":@}"#, map(values, VALUE));
    check("GetItem", r#"{"Key":@}"#, map(values, VALUE));
    check("PutItem", r#"{"Item":{"a":{"M":@}}}"#, map(values, VALUE));
    let number = "NUMBER_VALUE cannot be converted to String";
    check("PutItem", r#"{"ExpressionAttributeNames":@}"#, map(names, number));
    for given in &GIVEN[..6] {
        let class = if given.starts_with('[') { (&*expected, &*updates) } else { (FIELD, FIELD) };
        assert_eq!(said("PutItem", &format!(r#"{{"Expected":{given}}}"#)), class.0);
        assert_eq!(said("UpdateItem", &format!(r#"{{"AttributeUpdates":{given}}}"#)), class.1);
    }
}

#[test]
fn structures() {
    const CLASS: &str = "Unrecognized collection type class com.amazonaws.dynamodb.v20120810.";
    let class = |shape| format!("{CLASS}{shape}");
    for shape in [
        "ProvisionedThroughput",
        "StreamSpecification",
        "SSESpecification",
        "OnDemandThroughput",
        "WarmThroughput",
    ] {
        check("CreateTable", &format!(r#"{{"{shape}":@}}"#), structure(FIELD, class(shape).leak()));
    }
    for (list, shape) in
        [("AttributeDefinitions", "AttributeDefinition"), ("KeySchema", "KeySchemaElement"), ("Tags", "Tag")]
    {
        check("CreateTable", &format!(r#"{{"{list}":[@]}}"#), structure(VALUE, class(shape).leak()));
    }
    let value = class("AttributeValue");
    check("PutItem", r#"{"Item":{"a":@}}"#, structure(VALUE, &*value.clone().leak()));
    let listed = r#"{"Expected":{"a":{"AttributeValueList":[@]}}}"#;
    check("PutItem", r#"{"Expected":{"a":{"Value":@}}}"#, structure(FIELD, &*value.clone().leak()));
    check("PutItem", listed, structure(VALUE, &*value.clone().leak()));
    assert_eq!(said("UpdateItem", r#"{"AttributeUpdates":{"a":{"Value":1}}}"#), FIELD);
    let expected = class("ExpectedAttributeValue");
    check("PutItem", r#"{"Expected":{"a":@}}"#, structure(VALUE, expected.leak()));
    check("PutItem", r#"{"Item":{"a":{"L":[@]}}}"#, structure(VALUE, &*value.clone().leak()));
    check("PutItem", r#"{"Item":{"a":{"M":{"b":@}}}}"#, structure(VALUE, value.leak()));
}

#[test]
fn lists_and_maps_as_elements() {
    const SCALARS: [Given; 4] = [Given::Text, Given::Boolean(true), Given::Whole, Given::Decimal];
    let keys = Kind::Map(&Kind::Structure("AttributeValue"));
    let requests = Kind::List(&Kind::Structure("WriteRequest"));
    let text = |kind, given| message(kind, Place::Element, given).text.into_owned();
    for given in SCALARS {
        assert_eq!(text(keys, given), CAST);
        assert_eq!(text(requests, given), CAST);
    }
    let class = "Unrecognized collection type java.util.Map<java.lang.String, com.amazonaws.dynamodb.v20120810.AttributeValue>";
    assert_eq!(text(keys, Given::List), class);
    assert_eq!(text(requests, Given::Map), MAP);
    let batch = message(Kind::Map(&Kind::List(&Kind::Structure("WriteRequest"))), Place::Member, Given::List);
    assert_eq!(
        batch.text,
        "Unrecognized collection type java.util.Map<java.lang.String, java.util.List<com.amazonaws.dynamodb.v20120810.WriteRequest>>"
    );
}
