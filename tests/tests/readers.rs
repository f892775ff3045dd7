//! Readers beside writers: nobody sees half an item, or an index that is out of step with its table.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use ddbmock_engine::op::{GetItem, PutItem, Query, Scan};
use ddbmock_engine::{Config, Engine, Item, Value, attributes};

use crate::storages::ON_EACH;
use crate::table::indexed_by_text;

const IDS: [&str; 3] = ["a", "b", "c"];
const WRITERS: usize = 3;
const PUTS: usize = 150;

fn put(engine: &Engine, id: &str, number: usize) {
    let text = number.to_string();
    let item =
        attributes! { "id" => id, "text" => text.as_str(), "one" => number as u64, "two" => number as u64 };
    engine.put_item(PutItem { table_name: "items".into(), item: item.into(), ..Default::default() }).unwrap();
}

/// What is wrong with some items: their attributes are not all of one put.
fn torn(items: &[Item]) -> Option<String> {
    let number = |item: &Item, name| match item.get(name) {
        Some(Value::N(text) | Value::S(text)) => Some(text.to_owned()),
        _ => None,
    };
    let is_torn = |item: &&Item| {
        let numbers = ["text", "one", "two"].map(|name| number(item, name));
        numbers[0].is_none() || numbers.iter().any(|number| *number != numbers[0])
    };
    items.iter().find(is_torn).map(|item| format!("half of {item:?}"))
}

/// What is wrong with all that a table or an index holds: each item is there once.
fn out_of_step(items: &[Item]) -> Option<String> {
    let mut ids: Vec<_> = items.iter().map(|item| format!("{:?}", item.get("id"))).collect();
    ids.sort_unstable();
    let all = IDS.map(|id| format!("{:?}", Some(Value::<&str>::S(id))));
    (ids != all).then(|| format!("{ids:?} are there"))
}

fn scanned(engine: &Engine, index: Option<&str>) -> Vec<Item> {
    let index_name = index.map(str::to_owned);
    let scan = Scan { table_name: "items".into(), index_name, ..Default::default() };
    engine.scan(scan).unwrap().items.unwrap()
}

fn queried(engine: &Engine, text: &str) -> Vec<Item> {
    let found = engine.query(Query {
        table_name: "items".into(),
        index_name: Some("by_text".into()),
        key_condition_expression: Some("#t = :t".into()),
        expression_attribute_names: Some([("#t".to_owned(), "text".to_owned())].into()),
        expression_attribute_values: Some(attributes! { ":t" => text }.into()),
        ..Default::default()
    });
    found.unwrap().items.unwrap()
}

fn got(engine: &Engine, id: &str) -> Vec<Item> {
    let key = attributes! { "id" => id }.into();
    let get = GetItem { table_name: "items".into(), key, ..Default::default() };
    engine.get_item(get).unwrap().item.into_iter().collect()
}

/// Reads in every way, once.
fn read(engine: &Engine, number: usize) {
    let (one, text) = (got(engine, IDS[number % IDS.len()]), number.to_string());
    let (table, index) = (scanned(engine, None), scanned(engine, Some("by_text")));
    let of_text = queried(engine, &text);
    assert_eq!([&one, &table, &index, &of_text].into_iter().find_map(|items| torn(items)), None);
    assert_eq!([&table, &index].into_iter().find_map(|items| out_of_step(items)), None);
    assert!(of_text.iter().all(|item| item.get("text") == Some(Value::S(text.as_str()))));
}

/// Puts each item again and again, from some place on.
fn write(engine: &Engine, from: usize, left: &AtomicUsize) {
    for number in 0..PUTS {
        put(engine, IDS[(number + from) % IDS.len()], number);
    }
    left.fetch_sub(1, Ordering::SeqCst);
}

#[test]
fn nobody_sees_half_an_item_or_an_index_out_of_step() {
    for make in ON_EACH {
        let engine = &make(Config::default());
        engine.create_table(indexed_by_text("items")).unwrap();
        for id in IDS {
            put(engine, id, 0);
        }
        let left = &AtomicUsize::new(WRITERS);
        thread::scope(|scope| {
            (0..WRITERS).for_each(|writer| drop(scope.spawn(move || write(engine, writer, left))));
            while left.load(Ordering::SeqCst) > 0 {
                (0..PUTS).step_by(7).for_each(|number| read(engine, number));
            }
        });
    }
}

#[test]
fn what_is_torn_or_out_of_step_is_seen() {
    let item = |id: &str, text: &str, two: u64| {
        Item::strict(&attributes! { "id" => id, "text" => text, "one" => 1, "two" => two }).unwrap()
    };
    let whole = || IDS.map(|id| item(id, "1", 1)).to_vec();
    assert_eq!((torn(&whole()), out_of_step(&whole())), (None, None));
    assert!(torn(&[item("a", "1", 2)]).is_some() && torn(&[item("a", "2", 1)]).is_some());
    assert!(out_of_step(&whole()[1..]).is_some());
    assert!(out_of_step(&[whole(), vec![item("a", "2", 2)]].concat()).is_some());
}
