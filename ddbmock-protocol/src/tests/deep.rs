//! Deep bodies: read as far as anyone looks, and never on the stack beyond that.

use ddbmock_model::op::PutItem;
use ddbmock_model::{AttributeValue, Call};

use super::{ask, rule_of, said};
use crate::read::decode;

/// A value inside `levels` maps, lists, or both in turn.
fn nested(levels: usize, opening: [&str; 2], closing: [&str; 2], leaf: &str) -> String {
    let open: String = (0..levels).map(|level| opening[level % 2]).collect();
    let close: String = (0..levels).rev().map(|level| closing[level % 2]).collect();
    format!(r#"{{"TableName":"tab","Item":{{"a":{open}{leaf}{close}}}}}"#)
}

fn maps(levels: usize, leaf: &str) -> String {
    nested(levels, [r#"{"M":{"a":"#; 2], ["}}"; 2], leaf)
}

fn lists(levels: usize, leaf: &str) -> String {
    nested(levels, [r#"{"L":["#; 2], ["]}"; 2], leaf)
}

fn mixture(levels: usize, leaf: &str) -> String {
    nested(levels, [r#"{"L":["#, r#"{"M":{"a":"#], ["]}", "}}"], leaf)
}

fn levels(value: &AttributeValue) -> usize {
    match value {
        AttributeValue::L(elements) => elements.iter().map(|element| 1 + levels(element)).max().unwrap_or(0),
        AttributeValue::M(map) => map.values().map(|value| 1 + levels(value)).max().unwrap_or(0),
        _ => 0,
    }
}

#[test]
fn values_are_read_to_64_levels() {
    for form in [maps, lists, mixture] {
        for depth in [0, 1, 30, 31, 32, 33, 61, 62, 63, 64, 65, 100, 1000, 1900] {
            let Call { request, said }: Call<PutItem> = decode(&form(depth, r#"{"S":"]}\\"}"#)).unwrap();
            assert_eq!(levels(&request.item.to_map()["a"]), depth.min(64));
            assert_eq!(said.older_layer, depth >= 63, "{depth}");
        }
    }
}

#[test]
fn mismatches_are_found_where_values_are_read() {
    let number = "NUMBER_VALUE cannot be converted to Boolean";
    for depth in [31, 32, 33, 63, 64] {
        assert_eq!(said("PutItem", &mixture(depth, r#"{"BOOL":-0}"#)), number);
        assert_eq!(said("PutItem", &maps(depth, r#"{"BOOL":18446744073709551616}"#)), number);
        assert_eq!(said("PutItem", &lists(depth, r#"{"L":1}"#)), "Unexpected field type");
        assert_eq!(said("PutItem", &lists(depth, r#"{"M":1e400}"#)), "Unexpected field type");
        assert_eq!(said("PutItem", &maps(depth, r#"{"M":null}"#)), "ok");
    }
    assert_eq!(rule_of(&ask("PutItem", &maps(40, r#"{"S":"\ud800"}"#))), "wire.body_syntax");
    assert_eq!(rule_of(&ask("PutItem", &maps(100, r#"{"S":"\q"}"#))), "wire.body_syntax");
}

#[test]
fn beyond_2000_levels_nothing_is_read() {
    let brackets = format!(r#"{{"S":"\"{}\\"}}"#, "[".repeat(5000));
    for form in [maps, lists, mixture] {
        assert_eq!(said("PutItem", &form(1999, r#"{"S":"a"}"#)), "ok");
        assert_eq!(said("PutItem", &form(100, &brackets)), "ok", "those of a text are no levels");
        for depth in [2001, 5000, 100_000] {
            assert_eq!(rule_of(&ask("PutItem", &form(depth, r#"{"S":"a"}"#))), "wire.too_deep");
            assert_eq!(said("PutItem", &form(depth, r#"{"S":"a"}"#)), "");
        }
    }
}

#[test]
fn any_other_depth_is_passed_over() {
    let (open, close) = ("[".repeat(100_000), "]".repeat(100_000));
    let all = |text: &str| text.replace('@', &format!("{open}{close}"));
    assert_eq!(said("PutItem", &all(r#"{"Unknown":@,"Item":{"a":{"X":@}}}"#)), "ok");
    assert_eq!(said("PutItem", &all("@")), "");
    assert_eq!(said("PutItem", &open), "");
    assert_eq!(said("PutItem", &r#"{"a":"#.repeat(100_000)), "");
    assert_eq!(
        said("PutItem", &all(r#"{"TableName":@}"#)),
        "Unrecognized collection type class java.lang.String"
    );
    assert_eq!(
        said("CreateTable", &all(r#"{"KeySchema":@}"#)).split('.').next_back(),
        Some("KeySchemaElement")
    );
    assert_eq!(rule_of(&ask("UpdateTable", &all(r#"{"ReplicaUpdates":@}"#))), "wire.unsupported_member");
    assert_eq!(rule_of(&ask("CreateTable", &all(r#"{"SSESpecification":{"X":@,"Enabled":true}}"#))), "");
}
