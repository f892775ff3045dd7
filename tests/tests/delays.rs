//! Tables that take time to change: what they are is a function of the clock.

use std::time::Duration;

use ddbmock_engine::op::{DeleteTable, DescribeTable, ListTables, PutItem};
use ddbmock_engine::{Clock, Config, Delays, Engine, Error, TableStatus, Timestamp, attributes};

use crate::storages::ON_EACH;
use crate::table::keyed_by_id;

const SECOND: Duration = Duration::from_secs(1);

fn config() -> Config {
    let delays = Delays { create: 5 * SECOND, update: 10 * SECOND, delete: 2 * SECOND, ..Delays::default() };
    Config { clock: Clock::manual(Timestamp(1_000)), delays, ..Config::default() }
}

fn create(engine: &Engine, name: &str) -> Result<(), Error> {
    engine.create_table(keyed_by_id(name)).map(drop)
}

fn status(engine: &Engine, name: &str) -> Option<TableStatus> {
    let described = engine.describe_table(DescribeTable { table_name: name.into() });
    described.ok().map(|output| output.table.table_status)
}

fn put(engine: &Engine, name: &str) -> Result<(), Error> {
    let item = attributes! { "id" => "a" }.into();
    engine.put_item(PutItem { table_name: name.into(), item, ..Default::default() }).map(drop)
}

#[test]
fn a_life_takes_its_time() {
    for engine in ON_EACH.map(|engine| engine(config())) {
        create(&engine, "songs").unwrap();
        engine.advance(4 * SECOND);
        assert_eq!(status(&engine, "songs"), Some(TableStatus::Creating));
        let early = put(&engine, "songs").unwrap_err();
        assert_eq!(early.message().hint.as_deref(), Some("table songs is CREATING, not ACTIVE"));
        engine.advance(SECOND);
        assert_eq!(status(&engine, "songs"), Some(TableStatus::Active));
        put(&engine, "songs").unwrap();

        engine.delete_table(DeleteTable { table_name: "songs".into() }).unwrap();
        assert_eq!(status(&engine, "songs"), Some(TableStatus::Deleting));
        put(&engine, "songs").unwrap_err();
        create(&engine, "songs").unwrap_err();
        engine.advance(SECOND);
        // To be deleted again takes no longer.
        engine.delete_table(DeleteTable { table_name: "songs".into() }).unwrap();
        engine.advance(SECOND);
        assert_eq!(status(&engine, "songs"), None);
        assert!(engine.list_tables(ListTables::default()).unwrap().table_names.is_empty());
        create(&engine, "songs").unwrap();
    }
}

/// Whatever the order in which tables were made: the first is the last to go.
#[test]
fn tables_go_in_the_order_in_which_their_time_is_over() {
    for engine in ON_EACH.map(|engine| engine(config())) {
        let names = ["songs", "albums", "labels"];
        for name in names {
            create(&engine, name).unwrap();
        }
        engine.finish().unwrap();
        for name in names.iter().rev() {
            engine.delete_table(DeleteTable { table_name: (*name).into() }).unwrap();
            engine.advance(SECOND / 2);
        }
        engine.advance(SECOND / 2); // since the first was told to go, two
        for left in (0..names.len()).rev() {
            assert_eq!(engine.list_tables(ListTables::default()).unwrap().table_names.len(), left);
            engine.advance(SECOND / 2);
        }
    }
}

#[test]
fn what_is_under_way_can_be_finished_at_once() {
    let engine = Engine::new(config());
    create(&engine, "songs").unwrap();
    create(&engine, "albums").unwrap();
    engine.finish().unwrap();
    put(&engine, "songs").unwrap();
    engine.delete_table(DeleteTable { table_name: "songs".into() }).unwrap();
    engine.finish().unwrap();
    assert_eq!(status(&engine, "songs"), None);
    assert_eq!(status(&engine, "albums"), Some(TableStatus::Active));
}

#[test]
fn whoever_is_reset_is_so_at_once() {
    let engine = Engine::new(config());
    create(&engine, "songs").unwrap();
    engine.reset().unwrap();
    create(&engine, "songs").unwrap();
    engine.advance(5 * SECOND);
    put(&engine, "songs").unwrap();
}
