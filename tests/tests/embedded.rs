//! The engine in a program: laws that hold for any history, and for many threads at once.

use std::collections::BTreeMap;
use std::thread;

use ddbmock_engine::op::{DeleteItem, DeleteTable, DescribeTable, GetItem, PutItem, UpdateItem};
use ddbmock_engine::{AttributeMap, Clock, Config, Engine, Error, Item, ReturnValues, Timestamp, attributes};
use proptest::prelude::*;

use crate::storages::{ON_EACH, Restartable};
use crate::table::keyed_by_id;

const TABLE: &str = "songs";

fn config() -> Config {
    Config { clock: Clock::manual(Timestamp(1_000)), seed: Some(1), ..Config::default() }
}

/// An engine on each storage.
fn engines() -> [Engine; 2] {
    ON_EACH.map(|engine| engine(config()))
}

fn create(engine: &Engine) {
    engine.create_table(keyed_by_id(TABLE)).unwrap();
}

fn get(engine: &Engine, id: &str) -> Option<AttributeMap> {
    let request =
        GetItem { table_name: TABLE.into(), key: attributes! { "id" => id }.into(), ..Default::default() };
    engine.get_item(request).unwrap().item.map(|item| item.to_map())
}

fn count(engine: &Engine, id: &str) -> Result<Option<Item>, Error> {
    let request = UpdateItem {
        table_name: TABLE.into(),
        key: attributes! { "id" => id }.into(),
        update_expression: Some("ADD n :one".into()),
        expression_attribute_values: Some(attributes! { ":one" => 1 }.into()),
        return_values: ReturnValues::UpdatedNew,
        ..Default::default()
    };
    Ok(engine.update_item(request)?.attributes)
}

#[derive(Debug, Clone)]
enum Step {
    Put(String, String),
    PutIfAbsent(String, String),
    Count(String),
    Delete(String),
    /// Ends the engine and opens it again, where it is in a file.
    Restart,
}

fn step() -> impl Strategy<Value = Step> {
    let id = "[a-d]";
    prop_oneof![
        (id, ".{0,40}").prop_map(|(id, text)| Step::Put(id, text)),
        (id, ".{0,4}").prop_map(|(id, text)| Step::PutIfAbsent(id, text)),
        id.prop_map(Step::Count),
        id.prop_map(Step::Delete),
        Just(Step::Restart),
    ]
}

/// Does a step in a plain map; whether its condition held.
fn plainly(plain: &mut BTreeMap<String, AttributeMap>, step: &Step) -> bool {
    match step {
        Step::PutIfAbsent(id, _) if plain.contains_key(id) => return false,
        Step::Put(id, text) | Step::PutIfAbsent(id, text) => {
            plain.insert(id.clone(), attributes! { "id" => id.as_str(), "text" => text.as_str() });
        }
        Step::Count(id) => {
            let item = plain.entry(id.clone()).or_insert_with(|| attributes! { "id" => id.as_str() });
            let n = match item.get("n") {
                Some(ddbmock_engine::AttributeValue::N(n)) => n.parse().unwrap(),
                _ => 0,
            };
            item.insert("n".into(), (n + 1).into());
        }
        Step::Delete(id) => drop(plain.remove(id)),
        Step::Restart => {}
    }
    true
}

fn really(engine: &Engine, step: &Step) -> bool {
    let put = |id: &str, text: &str, condition: Option<&str>| PutItem {
        table_name: TABLE.into(),
        item: attributes! { "id" => id, "text" => text }.into(),
        condition_expression: condition.map(Into::into),
        ..Default::default()
    };
    let done = match step {
        Step::Put(id, text) => engine.put_item(put(id, text, None)).map(drop),
        Step::PutIfAbsent(id, text) => {
            engine.put_item(put(id, text, Some("attribute_not_exists(id)"))).map(drop)
        }
        Step::Count(id) => count(engine, id).map(drop),
        Step::Delete(id) => {
            let key = attributes! { "id" => id.as_str() }.into();
            engine.delete_item(DeleteItem { table_name: TABLE.into(), key, ..Default::default() }).map(drop)
        }
        Step::Restart => Ok(()),
    };
    match done {
        Ok(()) => true,
        Err(Error::ConditionalCheckFailed { .. }) => false,
        Err(error) => panic!("{step:?}: {error}"),
    }
}

proptest! {
    #[test]
    fn any_history_leaves_what_a_plain_map_would(steps in prop::collection::vec(step(), 0..60)) {
        for mut engine in Restartable::on_each(config) {
            create(&engine);
            let mut plain = BTreeMap::new();
            for step in &steps {
                if matches!(step, Step::Restart) {
                    engine.restart();
                }
                prop_assert_eq!(really(&engine, step), plainly(&mut plain, step));
            }
            for id in ["a", "b", "c", "d"] {
                prop_assert_eq!(get(&engine, id), plain.get(id).cloned());
            }
            let table = engine.describe_table(DescribeTable { table_name: TABLE.into() }).unwrap().table;
            let bytes = plain.values().map(|item| Item::strict(item).unwrap().bytes() as u64).sum::<u64>();
            prop_assert_eq!((table.item_count, table.table_size_bytes), (plain.len() as u64, bytes));
        }
    }
}

#[test]
fn no_count_is_lost_between_threads() {
    for engine in engines() {
        create(&engine);
        thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| (0..500).for_each(|_| drop(count(&engine, "a").unwrap())));
            }
        });
        assert_eq!(get(&engine, "a").unwrap()["n"], 4000.into());
    }
}

#[test]
fn one_of_many_conditional_puts_wins() {
    for engine in engines() {
        create(&engine);
        let wins: usize = thread::scope(|scope| {
            let tries: Vec<_> = (0..8)
                .map(|thread| {
                    let step = Step::PutIfAbsent("a".into(), thread.to_string());
                    let engine = &engine;
                    scope.spawn(move || usize::from(really(engine, &step)))
                })
                .collect();
            tries.into_iter().map(|one| one.join().unwrap()).sum()
        });
        assert_eq!(wins, 1);
    }
}

#[test]
fn one_of_many_deletes_of_a_table_wins() {
    for engine in engines() {
        create(&engine);
        let delete = || match engine.delete_table(DeleteTable { table_name: TABLE.into() }) {
            Ok(_) => 1,
            Err(Error::ResourceNotFound(_)) => 0,
            Err(error) => panic!("{error}"),
        };
        let wins: usize = thread::scope(|scope| {
            let tries: Vec<_> = (0..8).map(|_| scope.spawn(delete)).collect();
            tries.into_iter().map(|one| one.join().unwrap()).sum()
        });
        assert_eq!(wins, 1);
    }
}

/// Writers race with a table that is deleted and created again: each write is answered or refused, and nothing of the
/// old table is in the new one.
#[test]
fn a_table_that_comes_back_comes_back_empty() {
    for engine in engines() {
        create(&engine);
        thread::scope(|scope| {
            for writer in 0..4 {
                let engine = &engine;
                scope.spawn(move || (0..2000).for_each(|_| count_if_there(engine, writer)));
            }
            for _ in 0..200 {
                engine.delete_table(DeleteTable { table_name: TABLE.into() }).unwrap();
                create(&engine);
            }
        });
        let table = engine.describe_table(DescribeTable { table_name: TABLE.into() }).unwrap().table;
        let there = (0..4).filter(|writer| get(&engine, &format!("writer {writer}")).is_some()).count();
        assert_eq!(table.item_count, there as u64);
    }
}

fn count_if_there(engine: &Engine, writer: usize) {
    match count(engine, &format!("writer {writer}")) {
        Ok(_) | Err(Error::ResourceNotFound(_)) => {}
        Err(error) => panic!("{error}"),
    }
}

#[test]
fn two_engines_never_meet() {
    for (one, other) in engines().into_iter().zip(engines()) {
        create(&one);
        let asked = other.describe_table(DescribeTable { table_name: TABLE.into() });
        assert!(matches!(asked, Err(Error::ResourceNotFound(_))));
        one.reset().unwrap();
        let asked = one.describe_table(DescribeTable { table_name: TABLE.into() });
        assert!(matches!(asked, Err(Error::ResourceNotFound(_))));
    }
}
