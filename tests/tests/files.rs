//! Files of every version there was, and failures of a file that is open.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use ddbmock_engine::op::{
    CreateTable, DescribeTable, GetItem, ListTables, Put, PutItem, Query, TransactWriteItem,
    TransactWriteItems,
};
use ddbmock_engine::{
    AttributeMap, Clock, Config, Delays, Engine, Error, StreamSpecification, StreamViewType, TableStatus,
    Tag, Timestamp, attributes,
};

use crate::storages::Place;
use crate::table::{indexed_by_text, keyed_by_id};

/// The versions of the file's format. One that was released has a file here for ever; a new one is written by the test
/// that is ignored.
const VERSIONS: [u32; 2] = [1, 2];
const NOW: u64 = 1_767_225_600_000;

fn sample(version: u32) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("samples/files/version_{version}.db"))
}

fn opened(file: &Path, now: u64) -> Engine {
    let delays = Delays { create: Duration::from_secs(5), ..Delays::default() };
    let clock = Clock::manual(Timestamp(now));
    Engine::open(Config { delays, clock, seed: Some(1), ..Config::sqlite(file) }).unwrap()
}

fn item(id: &str) -> AttributeMap {
    attributes! { "id" => id, "text" => "Sinnerman", "seconds" => 621 }
}

fn song(id: &str) -> PutItem {
    PutItem { table_name: "songs".into(), item: item(id).into(), ..Default::default() }
}

/// A transaction that is known by a token, of files of version 2 on.
fn transact(engine: &Engine, id: &str) -> Result<(), Error> {
    let PutItem { table_name, item, .. } = song(id);
    let put = Some(Put { table_name, item, ..Default::default() });
    let transact_items = vec![TransactWriteItem { put, ..Default::default() }];
    let client_request_token = Some("sample".into());
    let request = TransactWriteItems { transact_items, client_request_token, ..Default::default() };
    engine.transact_write_items(request).map(drop)
}

#[test]
#[ignore = "writes the sample of the newest version"]
fn write_the_sample() {
    let file = sample(VERSIONS[VERSIONS.len() - 1]);
    let _ = fs::remove_file(&file);
    let engine = opened(&file, NOW);
    engine
        .create_table(CreateTable {
            stream_specification: Some(StreamSpecification {
                stream_enabled: true,
                stream_view_type: Some(StreamViewType::KeysOnly),
            }),
            deletion_protection_enabled: true,
            tags: vec![Tag { key: "team".into(), value: "jazz".into() }],
            ..indexed_by_text("songs")
        })
        .unwrap();
    engine.finish().unwrap();
    for id in ["1", "2"] {
        engine.put_item(song(id)).unwrap();
    }
    transact(&engine, "3").unwrap();
    engine.create_table(keyed_by_id("albums")).unwrap();
}

#[test]
fn files_of_every_version_are_read() {
    for version in VERSIONS {
        let place = Place::new();
        fs::copy(sample(version), &place.file).unwrap();
        let engine = opened(&place.file, NOW + 4_999);
        assert_eq!(engine.check().unwrap(), Vec::<String>::new());
        let names = engine.list_tables(ListTables::default()).unwrap().table_names;
        assert_eq!(names, ["albums", "songs"]);
        let status = |engine: &Engine| {
            engine.describe_table(DescribeTable { table_name: "albums".into() }).unwrap().table.table_status
        };
        assert_eq!(status(&engine), TableStatus::Creating);
        let songs = engine.describe_table(DescribeTable { table_name: "songs".into() }).unwrap().table;
        assert_eq!((songs.item_count, songs.creation_date_time), (3, 1_767_225_600.0));
        assert!(songs.deletion_protection_enabled && songs.latest_stream_label.is_some());
        let key = attributes! { "id" => "2" }.into();
        let got = engine.get_item(GetItem { table_name: "songs".into(), key, ..Default::default() }).unwrap();
        assert_eq!(got.item.unwrap().to_map(), item("2"));
        let query = Query {
            table_name: "songs".into(),
            index_name: Some("by_text".into()),
            key_condition_expression: Some("#t = :t".into()),
            expression_attribute_names: Some([("#t".into(), "text".into())].into()),
            expression_attribute_values: Some(attributes! { ":t" => "Sinnerman" }.into()),
            ..Default::default()
        };
        assert_eq!(engine.query(query).unwrap().count, 3);
        if version > 1 {
            let refused = transact(&engine, "5").unwrap_err();
            assert!(matches!(refused, Error::IdempotentParameterMismatch(_)), "{refused:?}");
        }
        engine.put_item(song("4")).unwrap();
        drop(engine);
        assert_eq!(status(&opened(&place.file, NOW + 5_000)), TableStatus::Active);
    }
}

#[test]
fn many_threads_write_and_read_one_file() {
    let place = Place::new();
    let engine = Engine::open(Config::sqlite(&place.file)).unwrap();
    engine.create_table(indexed_by_text("songs")).unwrap();
    thread::scope(|scope| {
        for thread in 0..8 {
            let engine = &engine;
            scope
                .spawn(move || (0..50).for_each(|number| put_and_get(engine, &format!("{thread} {number}"))));
        }
    });
    assert_eq!(engine.check().unwrap(), Vec::<String>::new());
    drop(engine);
    let engine = Engine::open(Config::sqlite(&place.file)).unwrap();
    assert_eq!(engine.holdings()[0].items, 400);
    assert_eq!(engine.check().unwrap(), Vec::<String>::new());
}

fn put_and_get(engine: &Engine, id: &str) {
    engine.put_item(song(id)).unwrap();
    let key = attributes! { "id" => id }.into();
    let got = engine.get_item(GetItem { table_name: "songs".into(), key, ..Default::default() }).unwrap();
    assert!(got.item.is_some(), "what was answered is read");
}
