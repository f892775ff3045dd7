//! A table so large that it is gone through in pieces: what others do meanwhile, and what is left where that is cut
//! short.

mod index;
mod time_to_live;

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use ddbmock_engine::op::{BatchWriteItem, DeleteItem, UpdateTable, WriteRequest};
use ddbmock_engine::storage::{Memory, Sqlite, Storage};
use ddbmock_engine::{
    AttributeMap, CreateGlobalSecondaryIndex, Engine, Error, GlobalSecondaryIndexUpdate, attributes,
};

use crate::lasting::Lasting;
use crate::observed::{Observed, Observer};
use crate::table::{indexed_by_text, keyed_by_id};

const TABLE: &str = "songs";
/// So many that there are several pieces.
const ITEMS: usize = 2_500;
/// The most entries of a piece, and what goes with them.
const PIECE: usize = 1_000 + 10;

fn storages() -> [Box<dyn Storage>; 3] {
    let sqlite = Sqlite::temporary(Path::new(env!("CARGO_TARGET_TMPDIR"))).unwrap();
    [Box::new(Memory::default()), Box::new(sqlite), Box::new(Lasting::default())]
}

fn id(number: usize) -> String {
    format!("song {number}")
}

/// Makes the table, with the item of each number.
fn fill(engine: &Engine, item: impl Fn(usize) -> AttributeMap) {
    engine.create_table(keyed_by_id(TABLE)).unwrap();
    let numbers: Vec<usize> = (0..ITEMS).collect();
    for some in numbers.chunks(25) {
        let puts = some.iter().map(|number| WriteRequest::put(item(*number)));
        let request_items = [(TABLE.into(), puts.collect())].into();
        engine.batch_write_item(BatchWriteItem { request_items, ..Default::default() }).unwrap();
    }
}

fn delete(engine: &Engine, id: String) {
    let key = attributes! { "id" => id }.into();
    engine.delete_item(DeleteItem { table_name: TABLE.into(), key, ..Default::default() }).unwrap();
}

fn update_index(engine: &Engine, update: GlobalSecondaryIndexUpdate) -> Result<(), Error> {
    let updated = engine.update_table(UpdateTable {
        table_name: TABLE.into(),
        attribute_definitions: indexed_by_text(TABLE).attribute_definitions,
        global_secondary_index_updates: Some(vec![update]),
        ..Default::default()
    });
    updated.map(drop)
}

fn create_index(engine: &Engine) -> Result<(), Error> {
    let index = indexed_by_text(TABLE).global_secondary_indexes.unwrap().remove(0);
    let create = Some(CreateGlobalSecondaryIndex(index));
    update_index(engine, GlobalSecondaryIndexUpdate { create, ..Default::default() })
}

fn check_whole(engine: &Engine) {
    assert_eq!(engine.check().unwrap(), Vec::<String>::new());
}

/// Has work done on each storage, and something happen after each of its waits, whose number it is told. Returns what
/// was worked on.
fn disturbed(
    full: impl Fn(Observed) -> Engine,
    happens: fn(&Engine, usize),
    work: impl Fn(&Engine),
) -> Vec<Engine> {
    let on = |storage| {
        let observer = Observer::default();
        let engine = full(Observed::new(storage, &observer));
        observer.end();
        let (times, other) = (Arc::new(AtomicUsize::new(0)), engine.clone());
        let counted = Arc::clone(&times);
        observer.meanwhile(move || happens(&other, counted.fetch_add(1, Ordering::SeqCst)));
        work(&engine);
        assert!(observer.end() <= PIECE);
        assert!(times.load(Ordering::SeqCst) >= 3, "there are several pieces");
        engine
    };
    storages().into_iter().map(on).collect()
}

/// Has work done over a storage, as if the process had ended at each of its waits. Returns what each left.
fn cut_short(storage: &Lasting, full: impl Fn(Observed) -> Engine, work: impl Fn(&Engine)) -> Vec<Lasting> {
    let observer = Observer::default();
    let engine = full(Observed::new(Box::new(storage.clone()), &observer));
    let left = Arc::new(Mutex::new(Vec::new()));
    let (kept, lasting) = (Arc::clone(&left), storage.clone());
    observer.meanwhile(move || kept.lock().unwrap().push(lasting.killed()));
    work(&engine);
    observer.end();
    std::mem::take(&mut *left.lock().unwrap())
}
