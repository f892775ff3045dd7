//! What holds of an item.

mod printed;

use ddbmock_model::{AttributeMap, AttributeValue, Item, Wording, attributes};
use proptest::prelude::*;

use crate::expression::tests::Request;
use crate::expression::{Cache, Condition, Kind};

fn item() -> AttributeMap {
    attributes! {
        "s" => "héllo😀", "n" => 5, "b" => AttributeValue::B(vec![1, 2, 3]), "flag" => true,
        "nil" => AttributeValue::Null(true), "l" => vec![AttributeValue::from("x"), 1.into()],
        "m" => attributes! { "x" => attributes! { "y" => 7 } }, "a.b" => "dotted",
        "ss" => AttributeValue::Ss(vec!["b".into(), "a".into()]),
        "ns" => AttributeValue::Ns(vec!["10".into(), "2".into()]),
        "bs" => AttributeValue::Bs(vec![vec![9], vec![1]]),
    }
}

fn values() -> AttributeMap {
    attributes! {
        ":he" => "hé", ":five" => AttributeValue::N("5.0".into()), ":six" => 6, ":forty" => 40, ":s" => "S", ":true" => true,
        ":false" => false, ":null" => AttributeValue::Null(true), ":x" => "x", ":a" => "a", ":b12" => AttributeValue::B(vec![1, 2]),
        ":b2" => AttributeValue::B(vec![2]), ":b9" => AttributeValue::B(vec![9]), ":two" => AttributeValue::N("2.00".into()),
        ":ss" => AttributeValue::Ss(vec!["a".into(), "b".into()]), ":ns" => AttributeValue::Ns(vec!["2".into(), "1e1".into()]),
        ":m" => attributes! { "y" => AttributeValue::N("7.0".into()) }, ":l" => vec![AttributeValue::from("x"), 1.into()],
        ":one" => 1, ":three" => 3, ":seven" => 7, ":empty" => "", ":M" => "M", ":zz" => "zz",
    }
}

fn check(text: &str, expected: bool) {
    let request = Request::new(&[("#dotted", "a.b")], &values());
    let placeholders = request.placeholders();
    let condition =
        Condition::parse(Kind::Condition, text, &placeholders, Wording::Current, &Cache::default()).unwrap();
    assert_eq!(condition.holds(Some(&Item::strict(&item()).unwrap())), expected, "{text}");
}

#[test]
fn comparisons() {
    for (text, expected) in [
        ("n = :five", true),
        ("n <> :five", false),
        ("n = :s", false),
        ("n <> :s", true),
        ("n < :six", true),
        ("n < :forty", true),
        (":forty > n", true),
        ("n >= :five", true),
        ("n > :he", false),
        ("s > :he", true),
        ("s < :zz", true),
        ("b > :b12", true),
        ("b < :b2", true),
        ("flag = :true", true),
        ("flag = :false", false),
        ("nil = :null", true),
        ("ss = :ss", true),
        ("ns = :ns", true),
        ("m.x = :m", true),
        ("l = :l", true),
        ("m = :m", false),
        ("m.x.y = :seven", true),
        ("l[1] = :one", true),
        ("l[2] = :one", false),
        ("l.x = :one", false),
        ("#dotted <> :one", true),
        ("nope = :one", false),
        ("nope <> :one", true),
        ("nope <> gone", true),
        ("nope < :one", false),
        ("NOT nope = :one", true),
        ("n BETWEEN :one AND :six", true),
        ("n BETWEEN :five AND :five", true),
        ("n BETWEEN :six AND :forty", false),
        (":three BETWEEN l[1] AND n", true),
        ("nope BETWEEN :one AND :six", false),
        ("n IN (:s, :true, :five)", true),
        ("n IN (:s, :one)", false),
        ("nope IN (gone, :one)", false),
    ] {
        check(text, expected);
    }
}

#[test]
fn functions() {
    for (text, expected) in [
        ("attribute_exists(nil)", true),
        ("attribute_exists(m.x.y)", true),
        ("attribute_exists(m.y)", false),
        ("attribute_not_exists(nope)", true),
        ("attribute_not_exists(l[1])", false),
        ("attribute_type(s, :s)", true),
        ("attribute_type(m.x, :M)", true),
        ("attribute_type(n, :s)", false),
        ("attribute_type(nope, :s)", false),
        ("begins_with(s, :he)", true),
        ("begins_with(s, :x)", false),
        ("begins_with(s, :empty)", true),
        ("begins_with(b, :b12)", true),
        ("begins_with(b, :he)", false),
        ("begins_with(n, :he)", false),
        ("begins_with(nope, :he)", false),
        ("contains(s, :he)", true),
        ("contains(s, :x)", false),
        ("contains(b, :b2)", true),
        ("contains(ss, :a)", true),
        ("contains(ss, :x)", false),
        ("contains(ns, :two)", true),
        ("contains(ns, :three)", false),
        ("contains(bs, :b9)", true),
        ("contains(l, :x)", true),
        ("contains(l, :one)", true),
        ("contains(l, :null)", false),
        ("contains(l, nope)", false),
        ("contains(m, :x)", false),
        ("contains(ns, size(l))", true),
        ("contains(l, size(m))", true),
        ("size(s) = :seven", true),
        ("size(b) = :three", true),
        ("size(ss) = :two", true),
        ("size(l) = :two", true),
        ("size(m) = :one", true),
        ("size(m) < size(l)", true),
        ("size(l) = size(ns)", true),
        ("size(n) = :one", false),
        ("size(n) <> :one", true),
        ("size(nope) < :six", false),
        ("size(l) BETWEEN :one AND :three", true),
        ("size(l) IN (:one, :two)", true),
        ("size(l) = :ss", false),
    ] {
        check(text, expected);
    }
}

#[test]
fn precedence_and_parentheses() {
    for (text, expected) in [
        ("n = :one AND n = :one OR n = :five", true),
        ("n = :one AND (n = :one OR n = :five)", false),
        ("NOT n = :one AND n = :five", true),
        ("NOT (n = :one AND n = :five)", true),
        ("not n between :one and :three and n = :five", true),
        ("((m).x).y = (:seven)", true),
        ("(m.x).y = :seven AND ((l)[1] = :one)", true),
        ("(attribute_exists(s))", true),
        ("(size(l)) = :two", true),
        ("attribute_exists(nope) or(n = :five)", true),
    ] {
        check(text, expected);
    }
}

#[test]
fn deep_conditions_are_evaluated() {
    check(&format!("{}n = :five{}", "NOT (".repeat(299), ")".repeat(299)), false);
    let either = format!("{}n = :five{}", "n = :one OR (".repeat(149), ")".repeat(149));
    check(&either, true);
    check(&format!("{}.x = :one", "(".repeat(30) + "m" + &").x".repeat(30)), false);
}

#[test]
fn every_attribute_of_a_missing_item_is_absent() {
    let request = Request::new(&[], &values());
    let holds = |text: &str| {
        Condition::parse(Kind::Condition, text, &request.placeholders(), Wording::Current, &Cache::default())
            .unwrap()
            .holds(None)
    };
    assert!(!holds("attribute_exists(pk)"));
    assert!(holds("attribute_not_exists(pk) AND pk <> :one"));
    assert!(!holds("size(pk) = :one OR pk = :one OR contains(pk, :s)"));
}

fn holds(text: &str, item: &AttributeMap, values: &AttributeMap) -> bool {
    let request = Request::new(&[], values);
    let condition =
        Condition::parse(Kind::Condition, text, &request.placeholders(), Wording::Current, &Cache::default());
    condition.unwrap().holds(Some(&Item::strict(item).unwrap()))
}

proptest! {
    #[test]
    fn bytes_contain_what_one_of_their_windows_is(
        bytes in prop::collection::vec(0..2u8, 0..24),
        part in prop::collection::vec(0..2u8, 0..6),
    ) {
        let expected = part.is_empty() || bytes.windows(part.len()).any(|window| window == part);
        let item = attributes! { "b" => AttributeValue::B(bytes) };
        let values = attributes! { ":part" => AttributeValue::B(part) };
        prop_assert_eq!(holds("contains(b, :part)", &item, &values), expected);
    }
}
