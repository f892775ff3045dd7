//! Any history of a table is in its stream: replayed, it gives the table.

use std::collections::BTreeMap;
use std::thread::{self, ScopedJoinHandle};
use std::time::Duration;

use ddbmock_engine::op::{
    BatchWriteItem, DeleteItem, DeleteRequest, Put, PutItem, PutRequest, Scan, TransactWriteItems, Update,
    UpdateItem, WriteRequest,
};
use ddbmock_engine::{AttributeMap, AttributeValue, Clock, Config, Engine, Record, Timestamp, attributes};
use proptest::prelude::*;

use super::consumer::{Consumer, Items, arns, replayed};
use super::{START, TABLE, config, streamed};
use crate::lasting::Lasting;
use crate::storages::ON_EACH;

/// Twenty hours after the beginning.
const LATEST: Timestamp = Timestamp(START + 20 * 3_600_000);

/// What becomes of items.
#[derive(Debug, Clone)]
pub(super) enum Step {
    Put(u8, String),
    Count(u8),
    Delete(u8),
    Batch(u8, u8, String),
    Transaction(u8, u8),
    Split,
    Minutes(u64),
    Read,
}

/// Any step.
pub(super) fn step() -> impl Strategy<Value = Step> {
    let id = || 0..6_u8;
    prop_oneof![
        4 => (id(), "[ab]{0,2}").prop_map(|(id, text)| Step::Put(id, text)),
        3 => id().prop_map(Step::Count),
        3 => id().prop_map(Step::Delete),
        1 => (id(), id(), "[ab]{0,2}").prop_map(|(one, other, text)| Step::Batch(one, other, text)),
        1 => (id(), id()).prop_map(|(one, other)| Step::Transaction(one, other)),
        1 => Just(Step::Split),
        1 => (0..50_u64).prop_map(Step::Minutes),
        1 => Just(Step::Read),
    ]
}

fn key(id: u8) -> AttributeMap {
    attributes! { "id" => id.to_string() }
}

fn item(id: u8, text: &str) -> AttributeMap {
    attributes! { "id" => id.to_string(), "text" => text }
}

fn count(engine: &Engine, id: u8) {
    let request = UpdateItem {
        table_name: TABLE.into(),
        key: key(id).into(),
        update_expression: Some("ADD n :one".into()),
        expression_attribute_values: Some(attributes! { ":one" => 1 }.into()),
        ..Default::default()
    };
    engine.update_item(request).unwrap();
}

/// Takes a step.
pub(super) fn take(engine: &Engine, step: &Step) {
    match step {
        Step::Put(id, text) => {
            let item = item(*id, text).into();
            engine.put_item(PutItem { table_name: TABLE.into(), item, ..Default::default() }).unwrap();
        }
        Step::Count(id) => count(engine, *id),
        Step::Delete(id) => {
            let key = key(*id).into();
            engine.delete_item(DeleteItem { table_name: TABLE.into(), key, ..Default::default() }).unwrap();
        }
        Step::Batch(one, other, _) | Step::Transaction(one, other) if one == other => {}
        Step::Batch(one, other, text) => {
            let put = PutRequest { item: item(*one, text).into() };
            let delete = DeleteRequest { key: key(*other).into() };
            let writes = vec![
                WriteRequest { put_request: Some(put), ..Default::default() },
                WriteRequest { delete_request: Some(delete), ..Default::default() },
            ];
            let request_items = BTreeMap::from([(TABLE.to_owned(), writes)]);
            engine.batch_write_item(BatchWriteItem { request_items, ..Default::default() }).unwrap();
        }
        Step::Transaction(one, other) => {
            let put = Put { table_name: TABLE.into(), item: item(*one, "t").into(), ..Default::default() };
            let update = Update {
                table_name: TABLE.into(),
                key: key(*other).into(),
                update_expression: "ADD n :one".into(),
                expression_attribute_values: Some(attributes! { ":one" => 1 }.into()),
                ..Default::default()
            };
            let transact_items = vec![put.into(), update.into()];
            engine.transact_write_items(TransactWriteItems { transact_items, ..Default::default() }).unwrap();
        }
        Step::Split => engine.split_shards(&arns(engine, TABLE)[0]).unwrap(),
        Step::Minutes(minutes) => engine.advance(Duration::from_mins(*minutes)),
        Step::Read => {}
    }
}

/// What the table holds, as records would make it.
pub(super) fn held(engine: &Engine) -> Items {
    let items = engine.scan(Scan { table_name: TABLE.into(), ..Default::default() }).unwrap().items.unwrap();
    let id = |item: &AttributeMap| {
        format!(
            "{{\"id\": S({:?})}}",
            match &item["id"] {
                AttributeValue::S(id) => id,
                other => panic!("{other:?}"),
            }
        )
    };
    items.iter().map(|item| (id(&item.to_map()), item.to_map())).collect()
}

/// Takes all steps, and reads what comes at some of them and at the end.
fn history(engine: &Engine, steps: &[Step], limit: i64) -> Vec<Record> {
    let arn = &arns(engine, TABLE)[0];
    let (mut consumer, mut records) = (Consumer::new(arn, limit), Vec::new());
    for step in steps {
        take(engine, step);
        if matches!(step, Step::Read) {
            records.extend(consumer.read(engine));
        }
    }
    records.extend(consumer.read(engine));
    records.extend(consumer.read(engine)); // children of what was closed meanwhile
    records
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn the_stream_of_any_history_gives_the_table(
        steps in prop::collection::vec(step(), 0..60),
        limit in 1..5_i64,
    ) {
        let both = ON_EACH.map(|engine| {
            let engine = engine(config());
            engine.create_table(streamed()).unwrap();
            let records = history(&engine, &steps, limit);
            assert_eq!(replayed(&records), held(&engine));
            records
        });
        let [in_memory, in_sqlite] = both;
        prop_assert_eq!(in_memory, in_sqlite);
    }

    /// Whatever is lost with the process, a record is lost with its write and a write with its record.
    #[test]
    fn what_lasts_of_a_table_is_what_lasts_of_its_stream(steps in prop::collection::vec(step(), 0..30)) {
        let storage = Lasting::default();
        let engine = Engine::with_storage(config(), storage.clone()).unwrap();
        engine.create_table(streamed()).unwrap();
        for step in &steps {
            take(&engine, step);
        }
        let config = Config {
            clock: Clock::manual(engine.now()),
            ..config()
        };
        let again = Engine::with_storage(config, storage.killed()).unwrap();
        let records = history(&again, &[], 1000);
        prop_assert_eq!(replayed(&records), held(&again));
        prop_assert_eq!(again.check().unwrap(), Vec::<String>::new());
        // And it goes on recording.
        for step in &steps {
            take(&again, step);
        }
        prop_assert_eq!(replayed(&history(&again, &[], 1000)), held(&again));
    }
}

const WRITERS: u8 = 4;
const TIMES: usize = 200;

/// What is read while many write, shards are split and time passes.
fn read_meanwhile(engine: &Engine, arn: &str, consumer: &mut Consumer) -> Vec<Record> {
    thread::scope(|scope| {
        let write = |id| scope.spawn(move || (0..TIMES).for_each(|_| count(engine, id)));
        let writers: Vec<_> = (0..WRITERS).map(write).collect();
        let mut records = Vec::new();
        for _ in 0..3 {
            engine.split_shards(arn).unwrap();
            records.extend(consumer.read(engine));
        }
        while !writers.iter().all(ScopedJoinHandle::is_finished) {
            // Not so far that anything is kept no longer.
            let minutes = if engine.now() < LATEST { 4 } else { 0 };
            engine.advance(Duration::from_mins(minutes));
            records.extend(consumer.read(engine));
        }
        records
    })
}

/// A consumer that reads while shards close misses nothing.
#[test]
fn no_record_is_missed_while_shards_close() {
    for engine in ON_EACH.map(|engine| engine(config())) {
        engine.create_table(streamed()).unwrap();
        let arn = &arns(&engine, TABLE)[0];
        let mut consumer = Consumer::new(arn, 50);
        let mut records = read_meanwhile(&engine, arn, &mut consumer);
        records.extend(consumer.read(&engine));
        records.extend(consumer.read(&engine)); // children of what was closed meanwhile
        assert_eq!(records.len(), usize::from(WRITERS) * TIMES);
        assert_eq!(replayed(&records), held(&engine));
    }
}
