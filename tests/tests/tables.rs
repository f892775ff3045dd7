//! Tables that change in a program: laws of indexes, and what only the passing of time shows.

use std::thread;
use std::time::Duration;

use ddbmock_engine::op::{CreateTable, DeleteItem, DescribeTable, PutItem, UpdateTable};
use ddbmock_engine::{
    AttributeDefinition, AttributeMap, BillingMode, Clock, Config, CreateGlobalSecondaryIndex,
    DeleteGlobalSecondaryIndex, Engine, Error, GlobalSecondaryIndex, GlobalSecondaryIndexDescription,
    GlobalSecondaryIndexUpdate, KeySchemaElement, KeyType, Projection, ProjectionType, ProvisionedThroughput,
    TableDescription, Timestamp, attributes,
};
use proptest::prelude::*;

const TABLE: &str = "songs";
/// 9 October 2026, 00:21:34 UTC.
const NIGHT: Timestamp = Timestamp(1_791_505_294_000);

fn engine() -> Engine {
    Engine::new(Config { clock: Clock::manual(NIGHT), seed: Some(1), ..Config::default() })
}

fn element(name: &str, key_type: KeyType) -> KeySchemaElement {
    KeySchemaElement { attribute_name: name.into(), key_type }
}

fn definition(name: &str) -> AttributeDefinition {
    AttributeDefinition { attribute_name: name.into(), ..Default::default() }
}

fn index() -> GlobalSecondaryIndex {
    GlobalSecondaryIndex {
        index_name: "by-genre".into(),
        key_schema: vec![element("genre", KeyType::Hash), element("title", KeyType::Range)],
        projection: Projection {
            projection_type: Some(ProjectionType::Include),
            non_key_attributes: Some(vec!["label".into()]),
        },
        ..Default::default()
    }
}

fn create(engine: &Engine, with_index: bool) {
    let names: &[&str] = if with_index { &["id", "genre", "title"] } else { &["id"] };
    engine
        .create_table(CreateTable {
            table_name: TABLE.into(),
            attribute_definitions: names.iter().copied().map(definition).collect(),
            key_schema: vec![element("id", KeyType::Hash)],
            global_secondary_indexes: with_index.then(|| vec![index()]),
            billing_mode: Some(BillingMode::PayPerRequest),
            ..Default::default()
        })
        .unwrap();
}

fn update(engine: &Engine, update: GlobalSecondaryIndexUpdate) {
    let attribute_definitions = ["genre", "title"].into_iter().map(definition).collect();
    let global_secondary_index_updates = Some(vec![update]);
    engine
        .update_table(UpdateTable {
            table_name: TABLE.into(),
            attribute_definitions,
            global_secondary_index_updates,
            ..Default::default()
        })
        .unwrap();
}

fn describe(engine: &Engine) -> TableDescription {
    engine.describe_table(DescribeTable { table_name: TABLE.into() }).unwrap().table
}

fn described_index(engine: &Engine) -> GlobalSecondaryIndexDescription {
    describe(engine).global_secondary_indexes.remove(0)
}

#[derive(Debug, Clone)]
enum Step {
    Put(AttributeMap),
    Delete(String),
}

fn step() -> impl Strategy<Value = Step> {
    let attribute = || proptest::option::of("[a-c]{1,3}");
    let item = ("[a-d]", attribute(), attribute(), attribute(), attribute()).prop_map(
        |(id, genre, title, label, notes)| {
            let mut item = attributes! { "id" => id };
            let rest = [("genre", genre), ("title", title), ("label", label), ("notes", notes)];
            item.extend(rest.into_iter().filter_map(|(name, text)| Some((name.to_owned(), text?.into()))));
            Step::Put(item)
        },
    );
    prop_oneof![3 => item, 1 => "[a-d]".prop_map(Step::Delete)]
}

fn take(engine: &Engine, step: &Step) {
    match step {
        Step::Put(item) => {
            let request =
                PutItem { table_name: TABLE.into(), item: item.clone().into(), ..Default::default() };
            engine.put_item(request).unwrap();
        }
        Step::Delete(id) => {
            let key = attributes! { "id" => id.as_str() }.into();
            engine.delete_item(DeleteItem { table_name: TABLE.into(), key, ..Default::default() }).unwrap();
        }
    }
}

proptest! {
    /// Whenever an index is made, it holds what it would hold had it always been there; and one that is deleted and
    /// made again too.
    #[test]
    fn an_index_does_not_remember_when_it_was_made(
        before in proptest::collection::vec(step(), 0..20),
        after in proptest::collection::vec(step(), 0..20),
    ) {
        let (first, later) = (engine(), engine());
        create(&first, true);
        create(&later, false);
        for step in &before {
            take(&first, step);
            take(&later, step);
        }
        let made = || GlobalSecondaryIndexUpdate {
            create: Some(CreateGlobalSecondaryIndex(index())),
            ..Default::default()
        };
        update(&later, made());
        prop_assert_eq!(described_index(&first), described_index(&later));
        for step in &after {
            take(&first, step);
            take(&later, step);
        }
        prop_assert_eq!(described_index(&first), described_index(&later));
        let delete = Some(DeleteGlobalSecondaryIndex { index_name: "by-genre".into() });
        update(&later, GlobalSecondaryIndexUpdate { delete, ..Default::default() });
        update(&later, made());
        prop_assert_eq!(described_index(&first), described_index(&later));
    }
}

/// Writers race with an index that is created and deleted again and again: in the end it holds what it should.
#[test]
fn an_index_is_made_while_others_write() {
    let engine = engine();
    create(&engine, false);
    let made = || GlobalSecondaryIndexUpdate {
        create: Some(CreateGlobalSecondaryIndex(index())),
        ..Default::default()
    };
    thread::scope(|scope| {
        for writer in 0..4 {
            let engine = &engine;
            scope.spawn(move || (0..500).for_each(|number| take(engine, &numbered(writer, number))));
        }
        for _ in 0..20 {
            update(&engine, made());
            let delete = Some(DeleteGlobalSecondaryIndex { index_name: "by-genre".into() });
            update(&engine, GlobalSecondaryIndexUpdate { delete, ..Default::default() });
        }
        update(&engine, made());
    });
    let during = described_index(&engine);
    let delete = Some(DeleteGlobalSecondaryIndex { index_name: "by-genre".into() });
    update(&engine, GlobalSecondaryIndexUpdate { delete, ..Default::default() });
    update(&engine, made());
    assert_eq!(during, described_index(&engine));
}

/// A put of an item that has the index's key two times out of three.
fn numbered(writer: usize, number: usize) -> Step {
    let mut item = attributes! { "id" => format!("{writer} {}", number % 50), "genre" => "jazz" };
    if !number.is_multiple_of(3) {
        item.insert("title".into(), number.to_string().as_str().into());
    }
    Step::Put(item)
}

fn set_units(engine: &Engine, read: i64) -> Result<(), Error> {
    let units = ProvisionedThroughput { read_capacity_units: read, write_capacity_units: 1 };
    let request =
        UpdateTable { table_name: TABLE.into(), provisioned_throughput: Some(units), ..Default::default() };
    engine.update_table(request).map(|_| ())
}

#[test]
fn decreases_are_counted_by_the_day_and_then_allowed_by_the_hour() {
    let engine = engine();
    engine
        .create_table(CreateTable {
            table_name: TABLE.into(),
            attribute_definitions: vec![definition("id")],
            key_schema: vec![element("id", KeyType::Hash)],
            provisioned_throughput: Some(ProvisionedThroughput {
                read_capacity_units: 99,
                write_capacity_units: 1,
            }),
            ..Default::default()
        })
        .unwrap();
    let today = || describe(&engine).provisioned_throughput.number_of_decreases_today;
    (95..99).rev().for_each(|read| set_units(&engine, read).unwrap());
    let refused = set_units(&engine, 94).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "Subscriber limit exceeded: Provisioned throughput decreases are limited within a given UTC day. After the \
         first 4 decreases, each subsequent decrease in the same UTC day can be performed at most once every 3600 \
         seconds. Number of decreases today: 4. Last decrease at Friday, October 9, 2026 at 12:21:34 AM Coordinated \
         Universal Time. Next decrease can be made at Friday, October 9, 2026 at 1:21:34 AM Coordinated Universal Time"
    );
    engine.advance(Duration::from_secs(3599));
    set_units(&engine, 94).unwrap_err();
    engine.advance(Duration::from_secs(1));
    set_units(&engine, 94).unwrap();
    assert_eq!(today(), 5);
    engine.advance(Duration::from_hours(22));
    set_units(&engine, 93).unwrap();
    let refused = set_units(&engine, 92).unwrap_err().to_string();
    assert!(refused.ends_with("at Saturday, October 10, 2026 at 12:00:00 AM Coordinated Universal Time"));
    engine.advance(Duration::from_mins(40));
    assert_eq!(today(), 0);
    set_units(&engine, 92).unwrap();
    assert_eq!(today(), 1);
}
