//! Statements do what the operations do that they are another spelling of, whatever is stored.

use ddbmock_engine::op::{
    CreateTable, ExecuteStatement, ExecuteStatementOutput, PutItem, Query, Scan, UpdateItem,
};
use ddbmock_engine::{
    AttributeDefinition, AttributeMap, AttributeValue, BillingMode, Engine, Item, KeySchemaElement, KeyType,
    ReturnConsumedCapacity, ReturnValues, ScalarType, attributes,
};
use proptest::prelude::*;

const TABLE: &str = "plays";

/// An engine with a table of songs, each with the minutes at which it was played.
fn engine(items: &[AttributeMap]) -> Engine {
    let engine = Engine::default();
    let key = |name: &str, key_type| KeySchemaElement { attribute_name: name.into(), key_type };
    let of = |name: &str, attribute_type| AttributeDefinition { attribute_name: name.into(), attribute_type };
    let table = CreateTable {
        table_name: TABLE.into(),
        attribute_definitions: vec![of("song", ScalarType::S), of("minute", ScalarType::N)],
        key_schema: vec![key("song", KeyType::Hash), key("minute", KeyType::Range)],
        billing_mode: Some(BillingMode::PayPerRequest),
        ..Default::default()
    };
    engine.create_table(table).unwrap();
    for item in items {
        let item = item.clone().into();
        engine.put_item(PutItem { table_name: TABLE.into(), item, ..Default::default() }).unwrap();
    }
    engine
}

fn value() -> impl Strategy<Value = AttributeValue> {
    prop_oneof![
        prop::sample::select(vec!["a", "ab", "b"]).prop_map(AttributeValue::from),
        (-3..9i32).prop_map(AttributeValue::n),
        any::<bool>().prop_map(AttributeValue::Bool),
        prop::sample::select(vec!["1", "2.50", "3"])
            .prop_map(|one| AttributeValue::Ns(vec![one.into(), "7".into()])),
        Just(AttributeValue::Null(true)),
        prop::collection::vec(0..3i32, 0..3).prop_map(AttributeValue::from),
        (0..3i32).prop_map(|inner| attributes! { "k" => inner }.into()),
    ]
}

fn items() -> impl Strategy<Value = Vec<AttributeMap>> {
    let item = ("[a-c]", 0..6i32, prop::option::of(value()), prop::option::of(value()));
    let item = item.prop_map(|(song, minute, x, y)| {
        let mut item = attributes! { "song" => song, "minute" => minute };
        item.extend(
            [("x".to_owned(), x), ("y".to_owned(), y)].into_iter().filter_map(|(n, v)| Some((n, v?))),
        );
        item
    });
    prop::collection::vec(item, 0..20)
}

/// A condition of `x` and `y`, in words that both spellings have but for the values, which are `:0` and `:1`.
fn filter() -> impl Strategy<Value = String> {
    let test = prop::sample::select(vec![
        "x = :0",
        "y <> :0",
        "NOT x = :1",
        "attribute_exists(x)",
        "attribute_not_exists(y)",
        "contains(x, :0)",
        "size(x) = :1",
        "x IN (:0, :1)",
        "x = y",
        "y.k = :1",
        "x[0] = :1",
    ]);
    prop::collection::vec(test, 1..4).prop_map(|tests| format!("({}) OR x = :1", tests.join(") AND (")))
}

/// A statement with the values that `:0` and `:1` are, in the order in which they stand in it.
fn statement(text: &str, values: &[AttributeValue; 2]) -> ExecuteStatement {
    let places = text.match_indices(':').filter_map(|(at, _)| text[at + 1..].chars().next()?.to_digit(10));
    let parameters: Vec<_> = places.map(|place| values[place as usize].clone()).collect();
    ExecuteStatement {
        statement: text.replace(":0", "?").replace(":1", "?"),
        parameters: Some(parameters).filter(|all| !all.is_empty()),
        return_consumed_capacity: ReturnConsumedCapacity::Total,
        ..Default::default()
    }
}

/// All pages of a statement, as one, and how many there were.
fn all_pages(engine: &Engine, request: &ExecuteStatement, limit: i64) -> (Vec<Item>, usize) {
    let mut request = ExecuteStatement { limit: Some(limit), ..request.clone() };
    let (mut items, mut pages) = (Vec::new(), 0);
    loop {
        let ExecuteStatementOutput { items: page, next_token, .. } =
            engine.execute_statement(request.clone()).unwrap();
        items.extend(page);
        pages += 1;
        request.next_token = next_token;
        if request.next_token.is_none() {
            return (items, pages);
        }
    }
}

/// The values that an expression uses; both are there, so that it uses both.
fn named(values: &[AttributeValue; 2]) -> AttributeMap {
    let [zero, one] = values.clone();
    AttributeMap::from([(":0".to_owned(), zero), (":1".to_owned(), one)])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn a_partition_is_a_query(
        items in items(), song in "[a-c]", low in 0..6i32, filter in filter(), x in value(), one in -3..9i32, limit in 1..4i64,
    ) {
        let engine = engine(&items);
        let values = [x, one.into()];
        let filter = format!("({filter}) AND (y <> :0 OR x <> :1)");
        let mut expression_values = named(&values);
        expression_values.extend(attributes! { ":song" => song.clone(), ":low" => low });
        let query = Query {
            table_name: TABLE.into(),
            key_condition_expression: Some("song = :song AND #minute >= :low".into()),
            filter_expression: Some(filter.clone()),
            expression_attribute_names: Some([("#minute".to_owned(), "minute".to_owned())].into()),
            expression_attribute_values: Some(expression_values.into()),
            return_consumed_capacity: ReturnConsumedCapacity::Total,
            ..Default::default()
        };
        let expected = engine.query(query).unwrap();
        let text = format!("SELECT * FROM plays WHERE song = '{song}' AND minute >= {low} AND ({filter})");
        let request = statement(&text, &values);
        let selected = engine.execute_statement(request.clone()).unwrap();
        prop_assert_eq!(&selected.items, &expected.items.unwrap());
        prop_assert_eq!(selected.consumed_capacity, expected.consumed_capacity);
        if !request.parameters.iter().flatten().any(|one| matches!(one, AttributeValue::L(_) | AttributeValue::M(_))) {
            let (paged, pages) = all_pages(&engine, &request, limit);
            prop_assert_eq!(&paged, &selected.items);
            prop_assert!(pages <= expected.scanned_count / usize::try_from(limit).unwrap() + 1);
        }
    }

    #[test]
    fn anything_else_is_a_scan(items in items(), filter in filter(), x in value(), one in -3..9i32) {
        let engine = engine(&items);
        let values = [x, one.into()];
        let filter = format!("({filter}) AND (y <> :0 OR x <> :1)");
        let scan = Scan {
            table_name: TABLE.into(),
            filter_expression: Some(filter.clone()),
            expression_attribute_values: Some(named(&values).into()),
            return_consumed_capacity: ReturnConsumedCapacity::Total,
            ..Default::default()
        };
        let expected = engine.scan(scan).unwrap();
        let selected = engine.execute_statement(statement(&format!("SELECT * FROM plays WHERE {filter}"), &values)).unwrap();
        prop_assert_eq!(selected.items, expected.items.unwrap());
        prop_assert_eq!(selected.consumed_capacity, expected.consumed_capacity);
    }

    #[test]
    fn several_partitions_are_their_queries(items in items(), minutes in prop::collection::btree_set(0..6i32, 1..4)) {
        let engine = engine(&items);
        let mut expected = Vec::new();
        for song in ["b", "a"] {
            for minute in &minutes {
                let text = format!("SELECT * FROM plays WHERE song = '{song}' AND minute = {minute}");
                let request = ExecuteStatement { statement: text, ..Default::default() };
                expected.extend(engine.execute_statement(request).unwrap().items);
            }
        }
        let minutes = minutes.iter().map(|minute| format!("minute = {minute}")).collect::<Vec<_>>().join(" OR ");
        let text = format!("SELECT * FROM plays WHERE song IN ['b', 'a'] AND ({minutes})");
        let request = ExecuteStatement { statement: text, ..Default::default() };
        prop_assert_eq!(&engine.execute_statement(request.clone()).unwrap().items, &expected);
        prop_assert_eq!(all_pages(&engine, &request, 1).0, expected);
    }

    #[test]
    fn an_update_is_an_update(
        stored in items(),
        edits in prop::sample::subsequence(vec![
            "SET x = :0", "SET y = :1", "SET z = x", "SET x = x + :1", "SET y.k = :0", "SET x[1] = :1",
            "SET z = list_append(x, y)", "REMOVE x", "REMOVE y.k", "REMOVE x[0]",
        ], 1..3),
        x in value(), one in -3..9i32,
    ) {
        let values = [x, one.into()];
        let Some(item) = stored.first() else { return Ok(()) };
        let (song, minute) = (item["song"].clone(), item["minute"].clone());
        // An expression has each clause once.
        let clause = |word: &str| {
            let parts: Vec<_> = edits.iter().filter_map(|edit| edit.strip_prefix(word)).collect();
            if parts.is_empty() { String::new() } else { format!("{word}{} ", parts.join(",")) }
        };
        let expression = format!("{}{}", clause("SET "), clause("REMOVE "));
        let mut used = named(&values);
        used.retain(|name, _| expression.contains(name.as_str()));
        let update = UpdateItem {
            table_name: TABLE.into(),
            key: AttributeMap::from([("song".to_owned(), song.clone()), ("minute".to_owned(), minute.clone())]).into(),
            update_expression: Some(expression),
            expression_attribute_values: Some(used).filter(|used| !used.is_empty()).map(Into::into),
            return_values: ReturnValues::AllNew,
            ..Default::default()
        };
        let expected = engine(&stored).update_item(update);
        let text = format!("UPDATE plays {} WHERE song = ? AND minute = ? RETURNING ALL NEW *", edits.join(" "));
        let mut request = statement(&text, &values);
        request.parameters.get_or_insert_default().extend([song, minute]);
        let updated = engine(&stored).execute_statement(request);
        prop_assert_eq!(expected.is_ok(), updated.is_ok(), "{:?} {:?}", expected, updated);
        if let (Ok(expected), Ok(updated)) = (expected, updated) {
            prop_assert_eq!(updated.items, Vec::from_iter(expected.attributes));
        }
    }
}
