//! What becomes of items.

mod printed;

use std::collections::BTreeSet;

use ddbmock_model::{AttributeMap, AttributeValue, Item, Number, Rule, Wording, attributes};
use proptest::prelude::*;

use super::*;
use crate::expression::tests::Request;

fn ss(members: &[&str]) -> AttributeValue {
    AttributeValue::Ss(members.iter().map(|member| (*member).to_owned()).collect())
}

fn ns(members: &[&str]) -> AttributeValue {
    AttributeValue::Ns(members.iter().map(|member| (*member).to_owned()).collect())
}

fn values() -> AttributeMap {
    let deep = |levels: usize| (0..levels).fold(AttributeValue::from(1), |value, _| vec![value].into());
    attributes! {
        ":1" => 1, ":5" => 5, ":7" => 7, ":8" => 8, ":s" => "s", ":q" => "q", ":SS" => ss(&["SS"]), ":a" => ss(&["a"]),
        ":b" => ss(&["b"]), ":ab" => ss(&["a", "b"]), ":n" => ns(&["10", "2"]), ":bs" => AttributeValue::Bs(vec![vec![1]]),
        ":l" => vec![8, 9], ":nope" => Vec::<i32>::new(), ":m" => attributes! { "k" => 1 },
        ":big" => AttributeValue::N("9e125".into()), ":tiny" => AttributeValue::N("1.1e-130".into()),
        ":tinier" => AttributeValue::N("1e-130".into()), ":deep" => deep(31),
    }
}

fn item() -> AttributeMap {
    attributes! {
        "pk" => "k", "n" => 5, "s" => "text", "l" => vec![1, 2, 3], "tags" => ss(&["a", "c"]), "nums" => ns(&["3", "20"]),
        "m" => attributes! { "x" => 1, "tags" => ss(&["a"]), "l" => vec![1, 2], "nil" => AttributeValue::Null(true) },
        "ls" => vec![ss(&["a"]), "x".into(), "y".into()],
        "lss" => vec![ss(&["a"]), ss(&["b", "c"]), "z".into()],
        "lm" => vec![attributes! { "x" => 1 }, attributes! { "x" => 2 }],
    }
}

fn apply(text: &str, before: Option<&AttributeMap>) -> Result<AttributeMap, RunFault> {
    let request = Request::new(&[("#pk", "pk"), ("#dotted", "m.x"), ("#l", "l")], &values());
    let placeholders = request.placeholders();
    let update = Update::parse(text, &placeholders, Wording::Current, &Cache::default()).unwrap();
    let before = before.map(|before| Item::strict(before).unwrap());
    let key = Item::strict(&attributes! { "pk" => "k" }).unwrap();
    update.apply(before.as_ref(), &key).map(|item| item.to_map())
}

/// Checks an attribute after an update, and that all others are as they were; without a value it is gone.
fn check(text: &str, name: &str, expected: Option<AttributeValue>) {
    let after = apply(text, Some(&item())).unwrap();
    let mut wanted = item();
    match expected {
        Some(expected) => wanted.insert(name.to_owned(), expected),
        None => wanted.remove(name),
    };
    assert_eq!(after, wanted, "{text}");
}

fn check_list(text: &str, name: &str, expected: Vec<AttributeValue>) {
    check(text, name, Some(AttributeValue::L(expected)));
}

fn refused(text: &str, fault: RunFault) {
    assert_eq!(apply(text, Some(&item())), Err(fault), "{text}");
}

/// The table of list cases. Source: captures of 2026, updates.
#[test]
fn lists_are_addressed_as_they_were() {
    let numbers = |numbers: &[i32]| numbers.iter().map(|number| (*number).into()).collect::<Vec<_>>();
    for (text, expected) in [
        ("SET l[10] = :7", numbers(&[1, 2, 3, 7])),
        ("SET l[11] = :8, l[10] = :7", numbers(&[1, 2, 3, 7, 8])),
        ("ADD l[3] :5", numbers(&[1, 2, 3, 5])),
        ("SET l[10] = :7 ADD l[3] :5", numbers(&[1, 2, 3, 5, 7])),
        ("SET l[10] = :7 REMOVE l[3]", numbers(&[1, 2, 3, 7])),
        ("SET l[10] = :7 REMOVE l[2]", numbers(&[1, 2, 7])),
        ("REMOVE l[0], l[1]", numbers(&[3])),
        ("REMOVE l[1], l[0], l[2]", numbers(&[])),
        ("SET l[1] = l[0], l[0] = l[1]", numbers(&[2, 1, 3])),
        ("SET l = list_append(l, :l)", numbers(&[1, 2, 3, 8, 9])),
        ("SET l = list_append(:l, l)", numbers(&[8, 9, 1, 2, 3])),
        ("SET #l[0] = l[0] + l[2]", numbers(&[4, 2, 3])),
    ] {
        check_list(text, "l", expected);
    }
    check_list("SET l[10] = :SS DELETE l[3] :a", "l", vec![1.into(), 2.into(), 3.into(), ss(&["SS"])]);
    check_list("DELETE ls[0] :a", "ls", vec!["x".into(), "y".into()]);
    check_list("DELETE ls[0] :a REMOVE ls[1]", "ls", vec!["y".into()]);
    check_list("DELETE ls[0] :a SET ls[1] = :q", "ls", vec!["q".into(), "y".into()]);
    check_list("DELETE lss[0] :a, lss[1] :b", "lss", vec![ss(&["c"]), "z".into()]);
}

#[test]
fn set_writes_values_of_the_item_as_it_was() {
    check("SET n = n + :1", "n", Some(6.into()));
    check("SET n = :1 - n", "n", Some((-4).into()));
    check("SET n = if_not_exists(n, :1) + :1", "n", Some(6.into()));
    check("SET o = if_not_exists(o, :1) + :1", "o", Some(2.into()));
    check("SET o = if_not_exists(o.p[1], if_not_exists(q, s))", "o", Some("text".into()));
    check("SET o = list_append(if_not_exists(o, :nope), :l)", "o", Some(vec![8, 9].into()));
    check("SET o = l", "o", Some(vec![1, 2, 3].into()));
    check("SET #dotted = :1", "m.x", Some(1.into()));
    check("SET aa = :1", "aa", Some(1.into()));
    check("SET zz = (:1)", "zz", Some(1.into()));
}

#[test]
fn nested_targets() {
    let m = |x: Option<i32>, set: bool| {
        let mut map = attributes! { "l" => vec![1, 2], "nil" => AttributeValue::Null(true) };
        map.extend(x.map(|x| ("x".to_owned(), x.into())));
        map.extend(set.then(|| ("tags".to_owned(), ss(&["a"]))));
        Some(AttributeValue::M(map))
    };
    check("SET m.x = :5", "m", m(Some(5), true));
    check("REMOVE m.x", "m", m(None, true));
    check("REMOVE m.y", "m", m(Some(1), true));
    check("DELETE m.q :a", "m", m(Some(1), true));
}

#[test]
fn add_and_delete() {
    check("ADD n :5", "n", Some(10.into()));
    check("ADD o :5", "o", Some(5.into()));
    check("ADD o :ab", "o", Some(ss(&["a", "b"])));
    check("ADD tags :ab", "tags", Some(ss(&["a", "b", "c"])));
    check("ADD nums :n", "nums", Some(ns(&["2", "3", "10", "20"])));
    check("DELETE tags :ab", "tags", Some(ss(&["c"])));
    check("DELETE tags :b", "tags", Some(ss(&["a", "c"])));
    check("DELETE o :ab", "o", None);
    check("REMOVE o", "o", None);
    check("REMOVE s", "s", None);
}

#[test]
fn refusals_by_what_is_stored() {
    for text in
        ["SET a = b", "SET a = :1 + b", "SET a = if_not_exists(b, c)", "SET a = l[3]", "SET a = m.x.y"]
    {
        refused(text, RunFault::MISSING);
    }
    for text in
        ["SET a = n + s", "SET a = list_append(l, n)", "ADD s :1", "ADD n :a", "ADD tags :n", "DELETE n :a"]
    {
        refused(text, RunFault::TYPE);
    }
    for text in ["DELETE tags :bs", "DELETE nums :a", "ADD l :1"] {
        refused(text, RunFault::TYPE);
    }
    for text in [
        "SET a.b = :1",
        "SET n.b = :1",
        "SET m[0] = :1",
        "SET l.a = :1",
        "SET lm[9].y = :1",
        "SET m.nil.x = :1",
        "REMOVE a.b",
        "REMOVE s[1]",
        "REMOVE lm[2].x",
        "ADD a.b :1",
        "DELETE a.b :a",
        "DELETE m[1] :a",
    ] {
        refused(text, RunFault::PATH);
    }
    refused("ADD s :1 SET a.b = c", RunFault::MISSING);
    refused("SET a.b = :1 ADD s :1", RunFault::TYPE);
    refused("SET c = :deep, l[0] = :deep", RunFault::LEVELS);
    refused("SET l[0] = :deep, a.b = :1", RunFault::PATH);
}

#[test]
fn numbers_that_cannot_be_stored() {
    let rule = |text: &str| apply(text, Some(&item())).unwrap_err().rule;
    assert_eq!(rule("SET n = :big + :big"), Rule("expression.run_overflow"));
    assert_eq!(rule("SET n = :tiny - :tinier"), Rule("expression.run_underflow"));
    assert_eq!(rule("ADD n :big"), Rule("expression.run_digits"));
}

#[test]
fn an_upsert_starts_with_the_key_but_sees_nothing() {
    let check = |text: &str, expected: AttributeMap| assert_eq!(apply(text, None), Ok(expected), "{text}");
    check("REMOVE a DELETE b :a", attributes! { "pk" => "k" });
    check("SET a = if_not_exists(#pk, :1) ADD b :5", attributes! { "pk" => "k", "a" => 1, "b" => 5 });
    assert_eq!(apply("SET a = #pk", None), Err(RunFault::MISSING));
    assert_eq!(apply("SET a.b = :1", None), Err(RunFault::PATH));
}

#[test]
fn what_was_updated() {
    let check = |text: &str, expected: Option<AttributeMap>| {
        let request = Request::new(&[], &values());
        let placeholders = request.placeholders();
        let update = Update::parse(text, &placeholders, Wording::Current, &Cache::default()).unwrap();
        let updated = update.updated(&Item::strict(&item()).unwrap()).map(|item| item.to_map());
        assert_eq!(updated, expected, "{text}");
    };
    check("SET l[2] = :1, l[0] = :1, m.x = :1, o = :1", {
        Some(attributes! { "l" => vec![1, 3], "m" => attributes! { "x" => 1 } })
    });
    check("SET o = :1 REMOVE l[7]", None);
    check("ADD n :1", Some(attributes! { "n" => 5 }));
}

#[test]
fn targets_and_charge() {
    let request = Request::new(&[("#pad", "pad")], &values());
    let placeholders = request.placeholders();
    let parse = |text: &str| Update::parse(text, &placeholders, Wording::Current, &Cache::default()).unwrap();
    let update = parse("SET a.b = c REMOVE #pad ADD d :1 DELETE e[1] :a");
    let targets: Vec<_> = update.targets().map(|path| (path.head(), path.is_nested())).collect();
    let expected = [("a", true), ("pad", false), ("d", false), ("e", true)];
    assert_eq!(targets, expected);
    assert_eq!(update.paths().count(), 5);
    for (text, charge) in [
        ("SET b = :s", 3 + 19 + 1 + 1),
        ("SET b = ((:s))", 3 + 19 + 1 + 1),
        ("SET #pad.cc[10] = :s", 3 + 19 + (3 + 4 + 2 + 4 + 2) + 1),
        ("ADD b :1", 3 + 19 + 1 + 2),
        ("REMOVE b DELETE c :a", 3 + 2 + 2),
        ("SET a = b.cc[0]", 3 + 20 + 1 + (14 + 1) + (14 + 2) + (14 + 1)),
        ("SET a = b + :1", 3 + 20 + 34 + 16 + 2),
        ("SET a = b - :1", 3 + 20 + 37 + 16 + 2),
        ("SET a = if_not_exists(b, :1)", 3 + 20 + 39 + 16 + 2),
        ("SET a = list_append(b, c)", 3 + 20 + 37 + 16 + 16),
    ] {
        assert_eq!(parse(text).charge(), charge, "{text}");
    }
}

/// What is far too large is refused before it is put together: some of these would be gigabytes.
#[test]
fn lists_that_double_are_refused_before_they_are_put_together() {
    let before = attributes! { "l" => vec![AttributeValue::Null(true); 100_000], "n" => 5 };
    let refusal = |text: &str| apply(text, Some(&before)).unwrap_err();
    let doubled =
        |times: u32| (0..times).fold("l".to_owned(), |list, _| format!("list_append({list},{list})"));
    let writes = |operand: &str| (0..90).map(|at| format!("a{at}={operand}")).collect::<Vec<_>>().join(",");
    for operand in ["l".to_owned(), doubled(1), format!("if_not_exists(q,{})", doubled(1))] {
        assert_eq!(refusal(&format!("SET {}", writes(&operand))), RunFault::SIZE, "{operand}");
    }
    assert_eq!(refusal(&format!("SET a = {}", doubled(7))), RunFault::SIZE);
    assert_eq!(refusal(&format!("SET {}, b = n + l", writes("l"))), RunFault::TYPE);
    assert_eq!(refusal(&format!("SET {}, b.c = n", writes("l"))), RunFault::PATH);
}

proptest! {
    #[test]
    fn no_update_of_any_paths_panics(actions in prop::collection::vec(action(), 1..6), stored in any::<bool>()) {
        let text = actions.join(" ");
        let request = Request::new(&[], &values());
        let placeholders = request.placeholders();
        let Ok(update) = Update::parse(&text, &placeholders, Wording::Current, &Cache::default()) else {
            return Ok(());
        };
        let before = Item::strict(&item()).unwrap();
        let key = Item::strict(&attributes! { "pk" => "k" }).unwrap();
        if let Ok(after) = update.apply(stored.then_some(&before), &key) {
            // What was put together is strict: it survives being taken apart and packed again.
            prop_assert_eq!(Item::strict(&after.to_map()), Ok(after.clone()));
            update.updated(&after);
        }
    }

    #[test]
    fn sets_are_put_together_and_taken_apart(
        one in prop::collection::btree_set(-40..40i32, 1..20),
        two in prop::collection::btree_set(-40..40i32, 1..20),
        scale in 0..4u32,
    ) {
        let scale = |number: &i32| format!("{number}e-{}", number.unsigned_abs() % (scale + 1));
        let numbers = |set: &BTreeSet<i32>| -> BTreeSet<Number> {
            set.iter().map(|number| Number::parse(&scale(number)).unwrap()).collect()
        };
        let texts = |set: Vec<Number>| AttributeValue::Ns(set.iter().map(Number::to_string).collect());
        let (one, two) = (numbers(&one), numbers(&two));
        let request = Request::new(&[], &attributes! { ":n" => texts(two.iter().copied().collect()) });
        let before = Item::strict(&attributes! { "n" => texts(one.iter().copied().collect()) }).unwrap();
        let after = |text: &str| {
            let placeholders = request.placeholders();
            let update = Update::parse(text, &placeholders, Wording::Current, &Cache::default()).unwrap();
            update.apply(Some(&before), &before).unwrap().to_map().remove("n")
        };
        prop_assert_eq!(after("ADD n :n"), Some(texts(one.union(&two).copied().collect())));
        let rest: Vec<Number> = one.difference(&two).copied().collect();
        prop_assert_eq!(after("DELETE n :n"), if rest.is_empty() { None } else { Some(texts(rest)) });
    }
}

fn action() -> impl Strategy<Value = String> {
    let path = "(l|m|ls|lm|n|tags|nums|m\\.tags|o)(\\[[0-4]\\]|\\.[xl])?";
    let value = prop::sample::select(vec![":1", ":a", ":n", ":l", ":nope", ":m", ":deep"]);
    (0..7u8, path, path, value).prop_map(|(kind, target, source, value)| match kind {
        0 => format!("SET {target} = {value}"),
        1 => format!("SET {target} = {source}"),
        2 => format!("SET {target} = if_not_exists({source}, {value})"),
        3 => format!("REMOVE {target}"),
        4 => format!("ADD {target} {value}"),
        5 => format!("SET {target} = list_append({source}, list_append({value}, l))"),
        _ => format!("DELETE {target} {value}"),
    })
}
