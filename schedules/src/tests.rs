mod groups;

use std::sync::Arc;

use ddbmock_engine::op::{
    CreateTable, DeleteItem, DeleteTable, Get, GetItem, PutItem, Query, TimeToLiveSpecification,
    TransactGetItem, TransactGetItems, TransactWriteItem, TransactWriteItems, Update, UpdateItem,
    UpdateTimeToLive,
};
use ddbmock_engine::{
    AttributeDefinition, BillingMode, Clock, Config, Engine, Error, GlobalSecondaryIndex, Item, Key,
    KeySchemaElement, Projection, ProjectionType, Timestamp, Value, attributes,
};
use shuttle::thread;

/// How many orders are tried by chance, and how many with few changes.
const ORDERS: usize = 300;
/// How often another thread than the first goes on, in an order with few changes.
const CHANGES: usize = 3;

/// Tries orders of what threads do with an engine.
fn try_orders(run: fn(&Arc<Engine>)) {
    try_all_orders(move || {
        let engine = Arc::new(Engine::new(config()));
        run(&engine);
        assert!(engine.check().unwrap().is_empty());
    });
}

/// Tries orders of what threads do, by chance and with few changes.
fn try_all_orders(run: impl Fn() + Copy + Send + Sync + 'static) {
    shuttle::check_random(run, ORDERS);
    shuttle::check_pct(run, ORDERS, CHANGES);
}

fn config() -> Config {
    Config { clock: Clock::manual(Timestamp(1_000)), seed: Some(1), ..Config::default() }
}

/// A table with an index of `text`.
fn table(name: &str) -> CreateTable {
    let definition = |name: &str| AttributeDefinition {
        attribute_name: name.to_owned(),
        ..AttributeDefinition::default()
    };
    let key = |name: &str| vec![KeySchemaElement { attribute_name: name.to_owned(), ..Default::default() }];
    CreateTable {
        table_name: name.to_owned(),
        attribute_definitions: vec![definition("id"), definition("text")],
        key_schema: key("id"),
        global_secondary_indexes: Some(vec![GlobalSecondaryIndex {
            index_name: "by-text".to_owned(),
            key_schema: key("text"),
            projection: Projection { projection_type: Some(ProjectionType::All), ..Default::default() },
            ..Default::default()
        }]),
        billing_mode: Some(BillingMode::PayPerRequest),
        ..Default::default()
    }
}

fn key(id: &str) -> Key {
    attributes! { "id" => id }.into()
}

fn add(table: &str, id: &str, number: i64) -> Update {
    Update {
        table_name: table.to_owned(),
        key: key(id),
        update_expression: "ADD n :n".to_owned(),
        expression_attribute_values: Some(attributes! { ":n" => number }.into()),
        ..Default::default()
    }
}

fn add_alone(engine: &Engine, id: &str) -> Result<(), Error> {
    let Update { table_name, key, update_expression, expression_attribute_values, .. } = add("songs", id, 1);
    let update_expression = Some(update_expression);
    let update =
        UpdateItem { table_name, key, update_expression, expression_attribute_values, ..Default::default() };
    engine.update_item(update).map(drop)
}

fn number(item: Option<&Item>) -> i64 {
    match item.and_then(|item| item.get("n")) {
        None => 0,
        Some(Value::N(text)) => text.parse().unwrap(),
        Some(other) => panic!("{other:?} is no number"),
    }
}

fn get(engine: &Engine, table: &str, id: &str) -> Option<Item> {
    let get = GetItem { table_name: table.to_owned(), key: key(id), ..Default::default() };
    engine.get_item(get).unwrap().item
}

/// Has threads do something at once, each with its number, and waits for them.
fn all_at_once(engine: &Arc<Engine>, threads: i64, run: fn(&Engine, i64)) {
    let threads: Vec<_> = (0..threads)
        .map(|number| {
            let engine = Arc::clone(engine);
            thread::spawn(move || run(&engine, number))
        })
        .collect();
    threads.into_iter().for_each(|thread| thread.join().unwrap());
}

#[test]
fn no_count_is_lost() {
    try_orders(|engine| {
        engine.create_table(table("songs")).unwrap();
        all_at_once(engine, 3, |engine, _| (0..2).for_each(|_| add_alone(engine, "one").unwrap()));
        assert_eq!(number(get(engine, "songs", "one").as_ref()), 6);
    });
}

/// Moves something from one table to the other, in either order of the two.
fn transfer(engine: &Engine, way: i64) {
    let mut actions: Vec<TransactWriteItem> =
        vec![add("songs", "one", -1).into(), add("plays", "one", 1).into()];
    if way == 1 {
        actions.reverse();
    }
    engine
        .transact_write_items(TransactWriteItems { transact_items: actions, ..Default::default() })
        .unwrap();
}

fn sum(engine: &Engine) -> i64 {
    let get = |table: &str| Get { table_name: table.to_owned(), key: key("one"), ..Default::default() };
    let items = ["songs", "plays"].map(|table| TransactGetItem { get: get(table) });
    let read = TransactGetItems { transact_items: items.into(), ..Default::default() };
    let found = engine.transact_get_items(read).unwrap().responses;
    found.iter().map(|found| number(found.item.as_ref())).sum()
}

#[test]
fn transactions_over_two_tables_are_seen_whole_and_nobody_waits_for_ever() {
    try_orders(|engine| {
        engine.create_table(table("songs")).unwrap();
        engine.create_table(table("plays")).unwrap();
        all_at_once(engine, 3, |engine, thread| match thread {
            2 => (0..2).for_each(|_| assert_eq!(sum(engine), 0)),
            way => transfer(engine, way),
        });
        assert_eq!(number(get(engine, "plays", "one").as_ref()), 2);
    });
}

/// Puts the item with a text, or looks for it by the texts.
fn put_or_look(engine: &Engine, thread: i64) {
    if thread < 2 {
        let item = attributes! { "id" => "one", "text" => thread.to_string() }.into();
        engine.put_item(PutItem { table_name: "songs".to_owned(), item, ..Default::default() }).unwrap();
        return;
    }
    for text in ["0", "1"] {
        let found = engine.query(Query {
            table_name: "songs".to_owned(),
            index_name: Some("by-text".to_owned()),
            key_condition_expression: Some("#t = :t".to_owned()),
            expression_attribute_names: Some([("#t".to_owned(), "text".to_owned())].into()),
            expression_attribute_values: Some(attributes! { ":t" => text }.into()),
            ..Default::default()
        });
        let items = found.unwrap().items.unwrap();
        assert!(items.iter().all(|item| item.get("text") == Some(Value::S(text))));
    }
}

#[test]
fn an_index_is_in_step_with_its_table() {
    try_orders(|engine| {
        engine.create_table(table("songs")).unwrap();
        all_at_once(engine, 3, put_or_look);
    });
}

/// Ends the table and makes it again, or writes to it.
fn end_or_write(engine: &Engine, thread: i64) {
    if thread == 0 {
        engine.delete_table(DeleteTable { table_name: "songs".to_owned() }).unwrap();
        engine.create_table(table("songs")).unwrap();
        return;
    }
    match add_alone(engine, "one") {
        Ok(()) | Err(Error::ResourceNotFound(_)) => {}
        Err(error) => panic!("{error}"),
    }
}

#[test]
fn what_is_written_to_a_table_that_goes_is_not_in_the_next() {
    try_orders(|engine| {
        engine.create_table(table("songs")).unwrap();
        all_at_once(engine, 3, end_or_write);
        assert!(number(get(engine, "songs", "one").as_ref()) <= 2);
    });
}

/// Has items expire, or writes some that will.
fn switch_or_write(engine: &Engine, thread: i64) {
    let table_name = "songs".to_owned();
    let item = |id: &str| attributes! { "id" => id, "ends" => 100 + thread }.into();
    let put = |id: &str| PutItem { table_name: table_name.clone(), item: item(id), ..Default::default() };
    match thread {
        0 => {
            let time_to_live_specification =
                TimeToLiveSpecification { enabled: true, attribute_name: "ends".to_owned() };
            let switch = UpdateTimeToLive { table_name, time_to_live_specification };
            engine.update_time_to_live(switch).unwrap();
        }
        1 => ["one", "two"].iter().for_each(|id| drop(engine.put_item(put(id)).unwrap())),
        _ => {
            engine.put_item(put("two")).unwrap();
            let key = key("one");
            engine.delete_item(DeleteItem { table_name, key, ..Default::default() }).unwrap();
        }
    }
}

#[test]
fn what_is_written_while_time_to_live_is_switched_on_expires() {
    try_orders(|engine| {
        engine.create_table(table("songs")).unwrap();
        all_at_once(engine, 3, switch_or_write);
        assert!(engine.check().unwrap().is_empty());
        engine.advance(std::time::Duration::from_mins(5));
        assert!(get(engine, "songs", "two").is_none());
    });
}
