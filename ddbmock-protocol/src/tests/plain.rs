//! Attributes that are plainly right are read at once, and no one can tell.

use std::fmt::Debug;

use ddbmock_model::op::{BatchGetItem, BatchWriteItem, CreateTable, GetItem, PutItem, Query, UpdateItem};
use ddbmock_model::{AttributeMap, Attributes, Item, Key, Operation, Wording};
use proptest::collection::vec;
use proptest::prelude::{Strategy, any, prop_oneof, proptest};
use proptest::sample::select;

use super::laws::pieces;
use crate::read::{Structure, decode, decode_with_care};

/// Values, as many of them plainly right as not.
const LEAVES: [&str; 46] = [
    r#"{"S":"a"}"#,
    r#"{"S":""}"#,
    r#"{ "S" : "\u00e9\n\"😀" }"#,
    r#"{"S":null}"#,
    r#"{"S":1}"#,
    r#"{"S":"a","S":"b"}"#,
    r#"{"S":"a","N":"1"}"#,
    r#"{"S":"a","X":{"Y":[1]}}"#,
    r#"{"X":"a"}"#,
    r#"{"N":"0"}"#,
    r#"{"N":"-0"}"#,
    r#"{"N":"12"}"#,
    r#"{"N":"-120"}"#,
    r#"{"N":"012"}"#,
    r#"{"N":"+1"}"#,
    r#"{"N":"0.5"}"#,
    r#"{"N":".5"}"#,
    r#"{"N":"-1.50"}"#,
    r#"{"N":"1e3"}"#,
    r#"{"N":"0e99999999999"}"#,
    r#"{"N":"1.2.3"}"#,
    r#"{"N":""}"#,
    r#"{"N":"x"}"#,
    r#"{"N":12}"#,
    r#"{"N":"123456789012345678901234567890123456789"}"#,
    r#"{"B":"AAE="}"#,
    r#"{"B":"AAF="}"#,
    r#"{"B":"AA"}"#,
    r#"{"BOOL":true}"#,
    r#"{"BOOL":"true"}"#,
    r#"{"NULL":true}"#,
    r#"{"NULL":false}"#,
    r#"{"NULL":"yes"}"#,
    r#"{"SS":["a","b"]}"#,
    r#"{"SS":["b","a"]}"#,
    r#"{"SS":["b","a","b"]}"#,
    r#"{"SS":[]}"#,
    r#"{"SS":["a",null]}"#,
    r#"{"NS":["-1","9","10"]}"#,
    r#"{"NS":["10","9.0","-1"]}"#,
    r#"{"NS":["1","1.0"]}"#,
    r#"{"BS":["AAE=","AA=="]}"#,
    r#"{"L":null}"#,
    "[]",
    "null",
    "{}",
];

fn entries(values: impl Strategy<Value = String>) -> impl Strategy<Value = String> {
    let names = select(vec!["b", "a", "c", "d", r"\u0061", "é", "zz", ":v", "#", ""]);
    let entry = (names, values).prop_map(|(name, value)| format!(r#""{name}":{value}"#));
    vec(entry, 0..5).prop_map(|entries| format!("{{{}}}", entries.join(",")))
}

fn maps() -> impl Strategy<Value = String> {
    let leaves = prop_oneof![
        5 => select(LEAVES.to_vec()).prop_map(str::to_owned),
        20 => select(LEAVES.into_iter().filter(|leaf| is_plain(leaf)).collect::<Vec<_>>()).prop_map(str::to_owned),
    ];
    let values = leaves.prop_recursive(4, 20, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(|elements| format!(r#"{{"L":[{}]}}"#, elements.join(","))),
            entries(inner).prop_map(|map| format!(r#"{{"M":{map}}}"#)),
        ]
    });
    entries(values)
}

/// Whether a value is one that every item can hold.
fn is_plain(value: &str) -> bool {
    packed(&format!(r#"{{"a":{value}}}"#)).is_some()
}

/// The item of some attributes of PutItem, if they are read as plainly right.
fn packed(map: &str) -> Option<Item> {
    match decode::<PutItem>(&format!(r#"{{"TableName":"tab","Item":{map}}}"#)).ok()?.request.item {
        Attributes::Packed(item) => Some(item),
        Attributes::Sent(_) => None,
    }
}

/// Reads a body in both ways, and returns both requests if it can be read.
#[track_caller]
fn agree<T: Structure + Operation + Debug + PartialEq>(body: &str) -> Option<[T; 2]> {
    let (read, with_care) = (decode::<T>(body), decode_with_care::<T>(body));
    assert_eq!(read, with_care, "{body}");
    Some([read.ok()?.request, with_care.ok()?.request])
}

fn exact(attributes: &Attributes) -> AttributeMap {
    attributes.to_map().into_owned()
}

fn keys(request: &BatchGetItem) -> Vec<AttributeMap> {
    let named = |key: &Key| match key {
        Key::Named(attributes) => exact(attributes),
        Key::Positional(..) => AttributeMap::new(),
    };
    request.request_items.values().flat_map(|wanted| &wanted.keys).map(named).collect()
}

fn items(request: &BatchWriteItem) -> Vec<AttributeMap> {
    let writes = request.request_items.values().flatten();
    writes.filter_map(|write| Some(exact(&write.put_request.as_ref()?.item))).collect()
}

proptest! {
    #[test]
    fn both_readings_agree(item in maps(), values in maps(), repeated in any::<bool>()) {
        let again = if repeated { format!(r#","Item":{values},"Key":{values}"#) } else { String::new() };
        let body = format!(
            r#"{{"TableName":"tab","Item":{item},"Key":{item},"ExclusiveStartKey":{item},
                "ExpressionAttributeValues":{values}{again}}}"#
        );
        agree::<PutItem>(&body);
        agree::<UpdateItem>(&body);
        agree::<GetItem>(&body);
        agree::<Query>(&body);
        agree::<PutItem>(&body[..body.len() - 1]);
        agree::<PutItem>(&format!("{body}x"));
    }

    #[test]
    fn what_a_refusal_may_print_is_as_it_was_sent(one in maps(), other in maps()) {
        let puts = format!(r#"{{"PutRequest":{{"Item":{one}}}}},{{"PutRequest":{{"Item":{other}}}}}"#);
        if let Some([read, with_care]) = agree(&format!(r#"{{"RequestItems":{{"tab":[{puts}]}}}}"#)) {
            assert_eq!(items(&read), items(&with_care));
        }
        if let Some([read, with_care]) = agree(&format!(r#"{{"RequestItems":{{"tab":{{"Keys":[{one},{other}]}}}}}}"#)) {
            assert_eq!(keys(&read), keys(&with_care));
        }
    }

    #[test]
    fn both_readings_agree_on_any_pieces(pieces in pieces()) {
        let item = format!(r#"{{"Item":{{"a":{{{pieces}}}}}}}"#);
        for body in [&pieces, &format!("{{{pieces}}}"), &item] {
            agree::<PutItem>(body);
            agree::<Query>(body);
            agree::<CreateTable>(body);
        }
    }

    /// And nothing that is refused.
    #[test]
    fn what_is_packed_is_strict(item in maps()) {
        if let (Some(packed), Ok(call)) =
            (packed(&item), decode_with_care::<PutItem>(&format!(r#"{{"TableName":"tab","Item":{item}}}"#)))
        {
            for wording in Wording::ALL {
                let strict = call.request.item.strict_by(|sent| Item::strict_as(sent, *wording));
                assert_eq!(strict.as_ref(), Ok(&packed));
                assert_eq!(strict.map(|item| item.bytes()), Ok(packed.bytes()));
            }
        }
    }
}

#[test]
fn right_items_are_packed() {
    for map in [
        "{}",
        r#"{"b":{"S":"x"},"a":{"N":"1.50"},"c":{"NS":["2","1","3.0"]},"aa":{"BS":["AQ==","AA=="]}}"#,
        r#"{"m":{"M":{"z":{"L":[{"L":[]},{"NULL":true}]},"y":{"M":{}},"x":{"BOOL":false}}}}"#,
        &format!(r#"{{"l":{}{{"S":"x"}}{}}}"#, r#"{"L":["#.repeat(31), "]}".repeat(31)),
        &format!(r#"{{"l":{}{}}}"#, r#"{"L":["#.repeat(32), "]}".repeat(32)),
        &format!(
            "{{{}}}",
            (0..300).rev().map(|at| format!(r#""{at:03}":{{"S":"x"}}"#)).collect::<Vec<_>>().join(",")
        ),
    ] {
        assert!(packed(map).is_some(), "{map}");
    }
}

#[test]
fn what_is_unusual_is_read_with_care() {
    let deep = format!(r#"{{"l":{}{{"S":"x"}}{}}}"#, r#"{"L":["#.repeat(32), "]}".repeat(32));
    for map in [
        r#"{"":{"S":"x"}}"#,
        r#"{"a":{"S":"x"},"b":{"S":"x"},"a":{"S":"x"}}"#,
        r#"{"a":{"M":{"b":{"N":"1"},"b":{"N":"1"}}}}"#,
        r#"{"a":{"N":"1e1"}}"#,
        &deep,
    ] {
        assert_eq!(packed(map), None, "{map}");
    }
    let of_batch = |map: &str| {
        let body = format!(r#"{{"RequestItems":{{"tab":[{{"PutRequest":{{"Item":{map}}}}}]}}}}"#);
        let request = decode::<BatchWriteItem>(&body).unwrap().request;
        matches!(request.request_items["tab"][0].put_request.as_ref().unwrap().item, Attributes::Packed(_))
    };
    assert!(of_batch(r#"{"b":{"NS":["-1","2","10"]},"a":{"N":"0.5"}}"#));
    assert!(!of_batch(r#"{"a":{"N":"1.0"}}"#));
    assert!(!of_batch(r#"{"a":{"SS":["b","a"]}}"#));
    assert!(!of_batch(r#"{"a":{"NS":["9","10.0"]}}"#));
}
