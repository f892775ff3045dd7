//! Engines that end and are opened again over what lasts: nothing that was answered is forgotten.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::ops::{Bound, ControlFlow};
use std::time::Duration;

use ddbmock_engine::op::{
    DeleteItem, DeleteTable, DescribeTable, GetItem, ListTables, Put, PutItem, Scan, TransactWriteItem,
    TransactWriteItems,
};
use ddbmock_engine::storage::{Direction, Read as _, Space};
use ddbmock_engine::{
    Clock, Config, Delays, Durability, Engine, Error, Item, TableStatus, Timestamp, Wording, attributes,
};
use ddbmock_tests::recording::Recording;
use ddbmock_tests::replay::{InProcess, Reply, Sent, Transport};
use proptest::prelude::*;

use crate::lasting::Lasting;
use crate::storages::Place;
use crate::table::{indexed_by_text, keyed_by_id};

/// A world that ends after each request, for a recording.
pub(crate) struct Restarting {
    recording: Recording,
    wording: Wording,
    storage: Kept,
    /// The time at which it ended.
    now: Cell<Option<Timestamp>>,
}

/// Where it is kept meanwhile.
enum Kept {
    Model(RefCell<Lasting>),
    File(Place),
}

impl Restarting {
    /// A world without tables, in what is obviously right.
    pub(crate) fn new(recording: &Recording, wording: Wording) -> Self {
        Self::over(Kept::Model(RefCell::default()), recording, wording)
    }

    /// A world without tables, in a file.
    pub(crate) fn in_file(recording: &Recording, wording: Wording) -> Self {
        Self::over(Kept::File(Place::new()), recording, wording)
    }

    fn over(storage: Kept, recording: &Recording, wording: Wording) -> Self {
        Self { recording: recording.clone(), wording, storage, now: Cell::default() }
    }

    /// Begins again, and ends.
    fn during<T>(&self, run: impl FnOnce(&InProcess) -> T) -> T {
        let mut config = self.recording.config(self.wording);
        if let Some(now) = self.now.get().filter(|_| self.recording.stands_still()) {
            config.clock = Clock::manual(now);
        }
        let engine = match &self.storage {
            Kept::Model(storage) => {
                let killed = storage.borrow().killed();
                *storage.borrow_mut() = killed.clone();
                Engine::with_storage(config, killed).unwrap()
            }
            Kept::File(Place { file }) => {
                let (file, durability) = (Some(file.clone()), Durability::Off);
                Engine::open(Config { file, durability, ..config }).unwrap()
            }
        };
        let done = run(&InProcess::with(engine.clone()));
        self.now.set(Some(engine.now()));
        assert_eq!(engine.check().unwrap(), Vec::<String>::new());
        done
    }
}

impl Transport for Restarting {
    fn send(&self, request: &Sent) -> Result<Reply, String> {
        self.during(|world| world.send(request))
    }

    fn pass_time(&self, waited: usize) -> bool {
        self.during(|world| world.pass_time(waited))
    }

    fn pass(&self, time: Duration) -> bool {
        self.during(|world| world.pass(time))
    }
}

const TABLE: &str = "songs";
const SECOND: Duration = Duration::from_secs(1);

fn config(now: u64) -> Config {
    let delays = Delays { create: 5 * SECOND, update: 10 * SECOND, delete: 2 * SECOND, ..Delays::default() };
    Config { clock: Clock::manual(Timestamp(now)), delays, ..Config::default() }
}

fn open(storage: &Lasting, now: u64) -> Engine {
    Engine::with_storage(config(now), storage.clone()).unwrap()
}

fn status(engine: &Engine) -> Option<TableStatus> {
    let described = engine.describe_table(DescribeTable { table_name: TABLE.into() });
    described.ok().map(|output| output.table.table_status)
}

#[test]
fn what_a_table_goes_through_goes_on_after_a_restart() {
    let storage = Lasting::default();
    open(&storage, 1_000).create_table(keyed_by_id(TABLE)).unwrap();
    assert_eq!(status(&open(&storage.killed(), 5_999)), Some(TableStatus::Creating));
    let storage = storage.killed();
    let engine = open(&storage, 6_000);
    assert_eq!(status(&engine), Some(TableStatus::Active));
    engine.delete_table(DeleteTable { table_name: TABLE.into() }).unwrap();
    assert_eq!(status(&open(&storage.killed(), 7_999)), Some(TableStatus::Deleting));
    assert_eq!(status(&open(&storage.killed(), 8_000)), None);
}

#[test]
fn what_was_finished_at_once_is_so_after_a_restart() {
    let storage = Lasting::default();
    let engine = open(&storage, 1_000);
    engine.create_table(keyed_by_id(TABLE)).unwrap();
    engine.finish().unwrap();
    assert_eq!(status(&open(&storage.killed(), 1_001)), Some(TableStatus::Active));
}

#[test]
fn a_table_that_could_not_be_stored_is_not_there() {
    let storage = Lasting::default();
    let engine = open(&storage, 1_000);
    storage.fail_after(0);
    engine.create_table(keyed_by_id(TABLE)).unwrap_err();
    assert_eq!(status(&engine), None);
    engine.create_table(keyed_by_id(TABLE)).unwrap();
    engine.advance(5 * SECOND);
    storage.fail_after(0);
    engine.delete_table(DeleteTable { table_name: TABLE.into() }).unwrap_err();
    assert_eq!(status(&engine), Some(TableStatus::Active));
    storage.fail_after(0);
    engine.reset().unwrap_err();
    assert_eq!(engine.list_tables(ListTables::default()).unwrap().table_names, [TABLE]);
    put(&engine, "a", "there is room again").unwrap();
    engine.reset().unwrap();
    assert_eq!(status(&open(&storage.killed(), 1_000)), None);
}

/// A refusal tells of what lasts: what it is based on is waited for, and if that is lost, so is the refusal.
#[test]
fn nobody_is_refused_for_what_is_lost() {
    let storage = Lasting::default();
    let engine = open_with_table(&storage);
    let once =
        |text| PutItem { condition_expression: Some("attribute_not_exists(id)".into()), ..item("a", text) };
    engine.put_item(once("first")).unwrap();
    storage.fail_after(0);
    let refused = engine.put_item(once("second")).unwrap_err();
    assert!(matches!(refused, Error::Internal(_)), "{refused:?}");
    let refused = engine.put_item(once("third")).unwrap_err();
    assert!(matches!(refused, Error::ConditionalCheckFailed { .. }), "{refused:?}");
}

/// A transaction and its token are one commit: both are there after a kill, or neither; the token for ten minutes.
#[test]
fn a_token_outlives_a_kill_with_what_it_stands_for() {
    let mut storage = Lasting::default();
    let engine = open_with_table(&storage);
    storage.fail_after(0);
    transact(&engine, "a").unwrap_err();
    storage = storage.killed();
    let engine = open(&storage, 1_000);
    assert_eq!(engine.holdings()[0].items, 0);
    transact(&engine, "b").unwrap();
    storage = storage.killed();
    let engine = open(&storage, 1_000);
    assert_eq!(engine.holdings()[0].items, 1);
    let refused = transact(&engine, "c").unwrap_err();
    assert!(matches!(refused, Error::IdempotentParameterMismatch(_)), "{refused:?}");
    transact(&engine, "b").unwrap();
    assert_eq!(tokens(&storage), 1);
    engine.advance(Duration::from_mins(11));
    assert_eq!(tokens(&storage), 0);
    transact(&engine, "c").unwrap();
    assert_eq!(tokens(&storage), 1);
    engine.reset().unwrap();
    assert_eq!(tokens(&storage.killed()), 0);
}

fn transact(engine: &Engine, id: &str) -> Result<(), Error> {
    let PutItem { table_name, item, .. } = item(id, "text");
    let put = Some(Put { table_name, item, ..Default::default() });
    let transact_items = vec![TransactWriteItem { put, ..Default::default() }];
    let client_request_token = Some("token".into());
    let request = TransactWriteItems { transact_items, client_request_token, ..Default::default() };
    engine.transact_write_items(request).map(drop)
}

/// How many tokens are stored: they have a space of the world's.
fn tokens(storage: &Lasting) -> usize {
    let mut count = 0;
    let space = Space { table: 0, part: 4 };
    let all = (Bound::Unbounded, Bound::Unbounded);
    storage
        .walk(space, all, Direction::Forward, &mut |_, _| {
            count += 1;
            ControlFlow::Continue(())
        })
        .unwrap();
    count
}

fn open_with_table(storage: &Lasting) -> Engine {
    let engine = open(storage, 1_000);
    engine.create_table(indexed_by_text(TABLE)).unwrap();
    engine.finish().unwrap();
    engine
}

fn item(id: &str, text: &str) -> PutItem {
    let item = attributes! { "id" => id, "text" => text }.into();
    PutItem { table_name: TABLE.into(), item, ..Default::default() }
}

fn put(engine: &Engine, id: &str, text: &str) -> Result<(), Error> {
    engine.put_item(item(id, text)).map(drop)
}

#[derive(Debug, Clone)]
enum Step {
    Put(String, String),
    Delete(String),
    Restart,
    FailAfter(usize),
}

fn step() -> impl Strategy<Value = Step> {
    let id = "[a-d]";
    prop_oneof![
        4 => (id, "[x-z]{1,9}").prop_map(|(id, text)| Step::Put(id, text)),
        2 => id.prop_map(Step::Delete),
        1 => Just(Step::Restart),
        1 => (0..3_usize).prop_map(Step::FailAfter),
    ]
}

fn do_write(engine: &Engine, step: &Step) -> Result<(), Error> {
    match step {
        Step::Put(id, text) => put(engine, id, text),
        Step::Delete(id) => {
            let key = attributes! { "id" => id.as_str() }.into();
            engine.delete_item(DeleteItem { table_name: TABLE.into(), key, ..Default::default() }).map(drop)
        }
        Step::Restart | Step::FailAfter(_) => Ok(()),
    }
}

/// Everything that can be read of the table agrees with a plain map.
fn compare(engine: &Engine, plain: &BTreeMap<String, String>) {
    for id in ["a", "b", "c", "d"] {
        let key = attributes! { "id" => id }.into();
        let got = engine.get_item(GetItem { table_name: TABLE.into(), key, ..Default::default() }).unwrap();
        let expected = plain.get(id).map(|text| attributes! { "id" => id, "text" => text.as_str() });
        assert_eq!(got.item.map(|item| item.to_map()), expected);
    }
    let table = engine.describe_table(DescribeTable { table_name: TABLE.into() }).unwrap().table;
    let map = |(id, text): (&String, &String)| attributes! { "id" => id.as_str(), "text" => text.as_str() };
    let bytes: u64 = plain.iter().map(|entry| Item::strict(&map(entry)).unwrap().bytes() as u64).sum();
    assert_eq!((table.item_count, table.table_size_bytes), (plain.len() as u64, bytes));
    let index = &table.global_secondary_indexes[0];
    assert_eq!((index.item_count, index.index_size_bytes), (plain.len() as u64, bytes));
    let scan = Scan { table_name: TABLE.into(), index_name: Some("by_text".into()), ..Default::default() };
    assert_eq!(engine.scan(scan).unwrap().count, plain.len());
}

proptest! {
    #[test]
    fn what_was_answered_is_there_and_nothing_else(steps in prop::collection::vec(step(), 0..40)) {
        let mut storage = Lasting::default();
        let mut engine = open_with_table(&storage);
        let mut plain = BTreeMap::new();
        for step in &steps {
            match step {
                Step::Restart => {
                    storage = storage.killed();
                    engine = open(&storage, 1_000);
                }
                Step::FailAfter(syncs) => storage.fail_after(*syncs),
                Step::Put(id, text) => {
                    if do_write(&engine, step).is_ok() {
                        plain.insert(id.clone(), text.clone());
                    }
                }
                Step::Delete(id) => {
                    if do_write(&engine, step).is_ok() {
                        plain.remove(id);
                    }
                }
            }
        }
        compare(&engine, &plain);
        compare(&open(&storage.killed(), 1_000), &plain);
    }
}
