//! What holds for any body and any item.

use ddbmock_model::op::{GetItemOutput, PutItem};
use ddbmock_model::{AttributeMap, AttributeValue, Item, OPERATIONS};
use proptest::collection::{btree_map, vec};
use proptest::prelude::{Just, Strategy, any, prop_oneof, proptest};
use proptest::sample::select;

use super::ask;
use crate::read::decode_with_care;
use crate::write::encode;
use crate::{Request, answer};

fn read(body: &[u8]) -> AttributeMap {
    let call = decode_with_care::<PutItem>(std::str::from_utf8(body).unwrap()).unwrap();
    call.request.item.to_map().into_owned()
}

fn leaves() -> impl Strategy<Value = AttributeValue> {
    prop_oneof![
        any::<String>().prop_map(AttributeValue::S),
        any::<i64>().prop_map(AttributeValue::n),
        vec(any::<u8>(), 0..5).prop_map(AttributeValue::B),
        any::<bool>().prop_map(AttributeValue::Bool),
        Just(AttributeValue::Null(true)),
        vec(any::<String>(), 1..4).prop_map(AttributeValue::Ss),
        vec(any::<i8>().prop_map(|number| number.to_string()), 1..4).prop_map(AttributeValue::Ns),
        vec(vec(any::<u8>(), 0..5), 1..4).prop_map(AttributeValue::Bs),
    ]
}

fn items() -> impl Strategy<Value = AttributeMap> {
    let values = leaves().prop_recursive(5, 30, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(AttributeValue::L),
            btree_map(".{1,5}", inner, 0..4).prop_map(AttributeValue::M),
        ]
    });
    btree_map(".{1,5}", values, 0..5)
}

/// Pieces of bodies, from which nearly right ones are put together.
pub(super) fn pieces() -> impl Strategy<Value = String> {
    let pieces = [
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "\\",
        "\\ud800",
        "{\"",
        "\":",
        "\"TableName\":",
        "\"Item\":{\"a\":",
        "\"S\":",
        "\"M\":{\"b\":",
        "\"L\":[",
        "\"NS\":[",
        "\"KeySchema\":[",
        "\"ProvisionedThroughput\":",
        "\"Limit\":",
        "\"B\":\"AAA\"",
        "null",
        "true",
        "1",
        "-0",
        "1e999",
        "99999999999999999999",
        "\"a\"",
        " ",
        "\n",
        "é",
    ];
    vec(select(pieces.to_vec()), 0..20).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn what_is_written_is_read_again(item in items()) {
        let sent = PutItem { item: item.clone().into(), ..Default::default() };
        assert_eq!(read(&encode(&sent)), item);
        if let Ok(item) = Item::strict(&item) {
            let kept = GetItemOutput { item: Some(item), ..Default::default() };
            assert_eq!(read(&encode(&kept)), kept.item.unwrap().to_map());
        }
    }

    #[test]
    fn any_pieces_are_answered(body in pieces(), operation in select(OPERATIONS.to_vec())) {
        for body in [body.clone(), format!("{{{body}}}"), format!("{{\"Item\":{{\"a\":{{{body}}}}}}}")] {
            let answer = ask(operation, &body);
            assert_eq!(answer.status == 200, answer.error.is_none());
            assert!(serde_json::from_slice::<serde::de::IgnoredAny>(&answer.body).is_ok());
        }
    }

    #[test]
    fn any_bytes_are_answered(body in vec(any::<u8>(), 0..50), target in any::<Option<String>>(), explain in any::<bool>()) {
        for target in [target.as_deref(), Some("DynamoDB_20120810.PutItem")] {
            let request = Request { target, signature: super::SIGNED, body: &body, ..Default::default() };
            assert_ne!(answer(&super::Fake::default(), &request, explain).error, None);
        }
    }

    #[test]
    fn any_signature_is_answered(header in ".*", query in ".*", date in ".*") {
        let pieces = format!("AWS4-{header}");
        let signed = format!("X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential={query}&X-Amz-Date={date}");
        for (authorization, query) in [(Some(&*header), None), (Some(&*pieces), Some(&*query)), (None, Some(&*signed))] {
            let signature = crate::Signature { authorization, query, amz_date: Some(&date), ..Default::default() };
            let request = Request { target: Some("DynamoDB_20120810.PutItem"), signature, body: b"{}", ..Default::default() };
            assert_ne!(answer(&super::Fake::default(), &request, false).error, None);
        }
    }
}
