use proptest::prelude::*;

use super::{Draft, Item, Set, SetKind, ValueFault};
use crate::{AttributeMap, AttributeValue, Number, NumberFault, Value, attributes};

fn check(value: impl Into<AttributeValue>, expected: Result<usize, ValueFault>) {
    let item = Item::strict(&attributes! { "a" => value.into() });
    assert_eq!(item.map(|item| item.bytes() - 1), expected);
}

fn nested(levels: usize) -> AttributeValue {
    (0..levels).fold(AttributeValue::from("x"), |inner, level| {
        if level % 2 == 0 {
            AttributeValue::L(vec![inner])
        } else {
            AttributeValue::M(attributes! { "m" => inner })
        }
    })
}

/// Source: measured byte by byte at the 400 KB gate.
#[test]
fn sizes_are_what_the_service_bills() {
    check("abc", Ok(3));
    check("äö", Ok(4));
    check(AttributeValue::B(vec![0; 5]), Ok(5));
    check(true, Ok(1));
    check(AttributeValue::Null(true), Ok(1));
    check(AttributeValue::Ss(vec!["a".into(), "bc".into()]), Ok(3));
    check(AttributeValue::Ns(vec!["1".into(), "12.3456".into()]), Ok(2 + 4));
    check(AttributeValue::L(vec![]), Ok(3));
    check(vec!["a", "b"], Ok(3 + 2 + 2));
    check(attributes! { "k" => "v" }, Ok(3 + 1 + 2));
    for (number, bytes) in [
        ("1", 2),
        ("12", 2),
        ("123", 3),
        ("1234", 3),
        ("12345", 4),
        ("100", 2),
        ("1010", 3),
        ("0", 1),
        ("1E125", 2),
        ("1E-100", 2),
        ("1.5", 3),
        ("1.234", 4),
        ("3.14159", 5),
        ("100.5", 4),
        ("0.15", 2),
        ("15", 2),
        ("-42", 3),
        ("-12345", 5),
        ("-0", 1),
        ("1234567890123456789", 11),
        ("12345678901234567890123456789012345678", 20),
    ] {
        check(AttributeValue::n(number), Ok(bytes));
    }
}

#[test]
fn values_that_cannot_be_stored_are_refused() {
    check(AttributeValue::n("abc"), Err(ValueFault::Number(NumberFault::NotANumber, "abc".into())));
    check(AttributeValue::Null(false), Err(ValueFault::NullFalse));
    check(AttributeValue::Ns(vec!["1".into(), "1.0".into()]), Err(ValueFault::DuplicateNumbers));
    check(
        AttributeValue::Ss(vec!["b".into(), "a".into(), "b".into()]),
        Err(ValueFault::DuplicateStrings(vec!["b".into(), "a".into(), "b".into()], 2)),
    );
    check(AttributeValue::Mixed(vec![]), Err(ValueFault::Untyped));
    check(AttributeValue::Mixed(vec!["a".into(), true.into()]), Err(ValueFault::ManyTypes));
    let number = AttributeValue::n("x");
    let several = AttributeValue::Mixed(vec![number, AttributeValue::Ss(vec![])]);
    check(several, Err(ValueFault::EmptySet(SetKind::Strings)));
    check(nested(32), Err(ValueFault::TooDeep));
    check(attributes! { "" => 1 }, Err(ValueFault::EmptyName));
    assert!(Item::strict(&attributes! { "a" => nested(31) }).is_ok());
}

#[test]
fn values_are_normalised() {
    let item = Item::strict(&attributes! {
        "n" => AttributeValue::n("+001.50e1"),
        "ns" => AttributeValue::Ns(vec!["10".into(), "-2.0".into(), "9".into()]),
        "ss" => AttributeValue::Ss(vec!["b".into(), "B".into()]),
    })
    .unwrap();
    assert_eq!(item.get("n"), Some(Value::N("15")));
    let expected = attributes! {
        "n" => 15,
        "ns" => AttributeValue::Ns(vec!["-2".into(), "9".into(), "10".into()]),
        "ss" => AttributeValue::Ss(vec!["B".into(), "b".into()]),
    };
    assert_eq!(item.to_map(), expected);
}

#[test]
fn drafts_pack_as_values_do() {
    let stored = Item::strict(&attributes! { "l" => vec![1, 2], "s" => "kept" }).unwrap();
    let mut list = Draft::Kept(stored.get("l").unwrap()).opened();
    if let Draft::L(elements) = &mut list {
        elements.push(Draft::N(Number::from(3)));
    }
    let kept = Draft::Kept(stored.get("s").unwrap());
    let item = Item::from_drafts(&[("l", list), ("s", kept)]);
    assert_eq!(item, Item::strict(&attributes! { "l" => vec![1, 2, 3], "s" => "kept" }).unwrap());
}

fn decimal(digits: i64, exponent: i32) -> AttributeValue {
    AttributeValue::n(Number::parse(&format!("{digits}e{exponent}")).unwrap())
}

/// A draft of a value, with nothing kept that can be put together.
fn draft(value: Value<'_>) -> Draft<'_> {
    let set =
        |kind, set: Set<'_>| Draft::Set(kind, set.iter().map(|member| member.to_vec().into()).collect());
    match value {
        Value::N(text) => Draft::N(Number::parse(text).unwrap()),
        Value::Ss(members) => set(SetKind::Strings, members),
        Value::Ns(members) => set(SetKind::Numbers, members),
        Value::Bs(members) => set(SetKind::Binaries, members),
        Value::L(list) => Draft::L(list.iter().map(draft).collect()),
        Value::M(map) => Draft::M(map.iter().map(|(name, value)| (name.into(), draft(value))).collect()),
        value => Draft::Kept(value),
    }
}

fn value() -> impl Strategy<Value = AttributeValue> {
    let leaf = prop_oneof![
        ".{0,200}".prop_map(AttributeValue::S),
        any::<i64>().prop_map(AttributeValue::n),
        (any::<i64>(), -130..100).prop_map(|(digits, exponent)| decimal(digits, exponent)),
        any::<Vec<u8>>().prop_map(AttributeValue::B),
        any::<bool>().prop_map(AttributeValue::Bool),
        Just(AttributeValue::Null(true)),
        prop::collection::btree_set(".{0,3}", 1..4)
            .prop_map(|set| AttributeValue::Ss(set.into_iter().collect())),
        prop::collection::btree_set(any::<i16>(), 1..4)
            .prop_map(|set| AttributeValue::Ns(set.iter().map(ToString::to_string).collect())),
        prop::collection::btree_set(any::<[u8; 2]>(), 1..4)
            .prop_map(|set| AttributeValue::Bs(set.iter().map(|member| member.to_vec()).collect())),
    ];
    leaf.prop_recursive(4, 32, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(AttributeValue::L),
            prop::collection::btree_map(".{1,3}", inner, 0..5).prop_map(AttributeValue::M),
        ]
    })
}

proptest! {
    #[test]
    fn an_item_holds_what_was_packed(map in prop::collection::btree_map(".{1,4}", value(), 0..6)) {
        let map: AttributeMap = map;
        let item = Item::strict(&map).unwrap();
        for (name, value) in &map {
            prop_assert_eq!(&item.get(name).unwrap().to_owned_value(), value);
        }
        prop_assert_eq!(item.to_map(), map);
        prop_assert_eq!(item.get("no such name"), None);
        prop_assert_eq!(Item::strict(&item.to_map()).unwrap(), item);
    }

    #[test]
    fn an_item_is_billed_for_what_it_holds(map in prop::collection::btree_map(".{1,4}", value(), 0..6)) {
        let item = Item::strict(&map).unwrap();
        let walked: usize = item.attributes().iter().map(|(name, value)| name.len() + value.bytes()).sum();
        prop_assert_eq!(item.bytes(), walked);
        for draft in [draft as fn(_) -> _, Draft::Kept] {
            let drafts: Vec<_> = item.attributes().iter().map(|(name, value)| (name, draft(value))).collect();
            let packed = Item::from_drafts(&drafts);
            prop_assert_eq!(packed.bytes(), walked);
            prop_assert_eq!(&packed, &item);
        }
    }
}

#[test]
fn what_ascends_is_looked_up_in_one_walk() {
    let item = Item::strict(&attributes! { "a" => 1, "c" => vec![7, 8, 9], "d" => "d" }).unwrap();
    let mut entries = item.attributes().ascent();
    assert_eq!(["", "b", "c", "cc", "d", "e"].map(|name| entries.get(name).is_some()), {
        [false, false, true, false, true, false]
    });
    let Some(Value::L(list)) = item.get("c") else { unreachable!("it is a list") };
    let mut elements = list.ascent();
    assert_eq!([0, 2, 3, 9].map(|index| elements.get(index)), {
        [Some(Value::N("7")), Some(Value::N("9")), None, None]
    });
}

#[test]
fn lists_are_joined_as_they_are_packed() {
    let item = Item::strict(&attributes! { "l" => vec![1, 2], "none" => Vec::<i32>::new() }).unwrap();
    let lists = ["l", "none", "l"].map(|name| match item.get(name) {
        Some(Value::L(list)) => list,
        _ => unreachable!("it is a list"),
    });
    let joined = Draft::Joined(lists.to_vec());
    assert_eq!(joined.levels(), 1);
    let expected = Item::strict(&attributes! { "j" => vec![1, 2, 1, 2] }).unwrap();
    assert_eq!(Item::from_drafts(&[("j", joined)]), expected);
}
