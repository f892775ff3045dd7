//! Pages: whatever their size, they hold the same items in the same order, forwards and backwards; segments hold each
//! item once.

use ddbmock_engine::op::{CreateTable, PutItem, Query, Scan};
use ddbmock_engine::{
    AttributeDefinition, AttributeMap, BillingMode, Engine, Item, KeySchemaElement, KeyType, ScalarType,
    attributes,
};
use proptest::prelude::*;

const TABLE: &str = "songs";

fn filled(keys: &[(u8, i16)]) -> Engine {
    let engine = Engine::default();
    let attribute =
        |name: &str, attribute_type| AttributeDefinition { attribute_name: name.into(), attribute_type };
    let element = |name: &str, key_type| KeySchemaElement { attribute_name: name.into(), key_type };
    engine
        .create_table(CreateTable {
            table_name: TABLE.into(),
            attribute_definitions: vec![attribute("artist", ScalarType::S), attribute("year", ScalarType::N)],
            key_schema: vec![element("artist", KeyType::Hash), element("year", KeyType::Range)],
            billing_mode: Some(BillingMode::PayPerRequest),
            ..Default::default()
        })
        .unwrap();
    for (artist, year) in keys {
        let item = attributes! { "artist" => artist.to_string(), "year" => i64::from(*year), "even" => year % 2 == 0 };
        let item = item.into();
        engine.put_item(PutItem { table_name: TABLE.into(), item, ..Default::default() }).unwrap();
    }
    engine
}

fn query(artist: u8) -> Query {
    Query {
        table_name: TABLE.into(),
        key_condition_expression: Some("artist = :artist".into()),
        filter_expression: Some("even = :even".into()),
        expression_attribute_values: Some(
            attributes! { ":artist" => artist.to_string(), ":even" => true }.into(),
        ),
        ..Default::default()
    }
}

fn maps(items: Option<Vec<Item>>) -> Vec<AttributeMap> {
    items.unwrap().iter().map(Item::to_map).collect()
}

/// All pages of a query, and how many items were read for them.
fn queried(engine: &Engine, mut request: Query) -> (Vec<AttributeMap>, usize) {
    let (mut items, mut scanned) = (Vec::new(), 0);
    loop {
        let page = engine.query(request.clone()).unwrap();
        assert!(request.limit.is_none_or(|limit| page.scanned_count as i64 <= limit));
        items.extend(maps(page.items));
        scanned += page.scanned_count;
        match page.last_evaluated_key {
            Some(key) => request.exclusive_start_key = Some(key),
            None => return (items, scanned),
        }
    }
}

fn scanned(engine: &Engine, mut request: Scan) -> Vec<AttributeMap> {
    let mut items = Vec::new();
    loop {
        let page = engine.scan(request.clone()).unwrap();
        items.extend(maps(page.items));
        match page.last_evaluated_key {
            Some(key) => request.exclusive_start_key = Some(key),
            None => return items,
        }
    }
}

prop_compose! {
    fn keys()(keys in prop::collection::vec((0u8..4, -20i16..20), 0..60)) -> Vec<(u8, i16)> { keys }
}

proptest! {
    #[test]
    fn pages_of_a_query_hold_what_one_page_holds(keys in keys(), artist in 0u8..4, limit in 1i64..8) {
        let engine = filled(&keys);
        let whole = queried(&engine, query(artist));
        let mut years: Vec<i16> = keys.iter().filter(|(one, _)| *one == artist).map(|(_, year)| *year).collect();
        years.sort_unstable();
        years.dedup();
        prop_assert_eq!(whole.1, years.len());
        let even: Vec<AttributeMap> = years.iter().filter(|year| **year % 2 == 0).map(|year| {
            attributes! { "artist" => artist.to_string(), "year" => i64::from(*year), "even" => true }
        }).collect();
        prop_assert_eq!(&whole.0, &even);
        prop_assert_eq!(&queried(&engine, Query { limit: Some(limit), ..query(artist) }), &whole);
        let backward = Query { limit: Some(limit), scan_index_forward: Some(false), ..query(artist) };
        let (mut items, read) = queried(&engine, backward);
        items.reverse();
        prop_assert_eq!((items, read), whole);
    }

    #[test]
    fn a_range_holds_what_a_filter_would_let_through(keys in keys(), low in -20i64..20, high in -20i64..20) {
        let engine = filled(&keys);
        let (low, high) = (low.min(high), low.max(high));
        let values = attributes! { ":a" => "1", ":low" => low, ":high" => high };
        let of = |condition: &str| {
            let uses_high = condition.contains(":high");
            let values: AttributeMap = values.clone().into_iter().filter(|(name, _)| uses_high || name != ":high").collect();
            let request = Query {
                table_name: TABLE.into(),
                key_condition_expression: Some(format!("artist = :a AND {condition}")),
                expression_attribute_names: Some([("#y".to_owned(), "year".to_owned())].into()),
                expression_attribute_values: Some(values.into()),
                ..Default::default()
            };
            queried(&engine, request).1
        };
        let mut years: Vec<i64> = keys.iter().filter(|(one, _)| *one == 1).map(|(_, year)| i64::from(*year)).collect();
        years.sort_unstable();
        years.dedup();
        let count = |passes: &dyn Fn(i64) -> bool| years.iter().filter(|year| passes(**year)).count();
        prop_assert_eq!(of("#y = :low"), count(&|year| year == low));
        prop_assert_eq!(of("#y < :low"), count(&|year| year < low));
        prop_assert_eq!(of("#y <= :low"), count(&|year| year <= low));
        prop_assert_eq!(of("#y > :low"), count(&|year| year > low));
        prop_assert_eq!(of("#y >= :low"), count(&|year| year >= low));
        prop_assert_eq!(of("#y BETWEEN :low AND :high"), count(&|year| year >= low && year <= high));
    }

    #[test]
    fn segments_hold_every_item_once(keys in keys(), total in 1i64..7, limit in prop::option::of(1i64..5)) {
        let engine = filled(&keys);
        let scan = Scan { table_name: TABLE.into(), limit, ..Default::default() };
        let whole = scanned(&engine, scan.clone());
        let mut distinct = keys;
        distinct.sort_unstable();
        distinct.dedup();
        prop_assert_eq!(whole.len(), distinct.len());
        let segments = (0..total).flat_map(|segment| {
            scanned(&engine, Scan { segment: Some(segment), total_segments: Some(total), ..scan.clone() })
        });
        // Segments follow each other in the order of the whole.
        prop_assert_eq!(segments.collect::<Vec<_>>(), whole);
    }
}
