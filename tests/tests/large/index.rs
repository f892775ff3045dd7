//! Indexes of large tables, filled while others write, and cut short.

use std::sync::{Arc, Mutex};

use ddbmock_engine::op::{
    DeleteTable, DescribeTable, GetItem, ListTagsOfResource, PutItem, Scan, TagResource,
};
use ddbmock_engine::storage::Storage;
use ddbmock_engine::{
    Config, DeleteGlobalSecondaryIndex, Engine, Error, GlobalSecondaryIndexUpdate, TableStatus, Tag,
    attributes,
};

use super::{ITEMS, TABLE, check_whole, create_index, cut_short, delete, disturbed, fill, id, update_index};
use crate::lasting::Lasting;
use crate::observed::{Observed, Observer};

/// Some of its items are not in the index.
fn full(storage: impl Storage + 'static) -> Engine {
    let engine = Engine::with_storage(Config::default(), storage).unwrap();
    fill(&engine, |number| {
        let key = if number.is_multiple_of(5) { "other" } else { "text" };
        attributes! { "id" => id(number), key => "before" }
    });
    engine
}

fn delete_index(engine: &Engine) -> Result<(), Error> {
    let delete = Some(DeleteGlobalSecondaryIndex { index_name: "by_text".into() });
    update_index(engine, GlobalSecondaryIndexUpdate { delete, ..Default::default() })
}

fn put(engine: &Engine, id: String, text: &str) {
    let item = attributes! { "id" => id, "text" => text }.into();
    engine.put_item(PutItem { table_name: TABLE.into(), item, ..Default::default() }).unwrap();
}

fn get(engine: &Engine, id: String) {
    let key = attributes! { "id" => id }.into();
    engine.get_item(GetItem { table_name: TABLE.into(), key, ..Default::default() }).unwrap();
}

fn status(engine: &Engine) -> TableStatus {
    engine.describe_table(DescribeTable { table_name: TABLE.into() }).unwrap().table.table_status
}

/// What the index is said to hold, and holds.
fn indexed(engine: &Engine) -> usize {
    let scan = Scan { table_name: TABLE.into(), index_name: Some("by_text".into()), ..Default::default() };
    let scanned = engine.scan(scan).unwrap();
    assert!(scanned.last_evaluated_key.is_none());
    let table = engine.describe_table(DescribeTable { table_name: TABLE.into() }).unwrap().table;
    assert_eq!(table.global_secondary_indexes[0].item_count, scanned.count as u64);
    scanned.count
}

fn refused(done: Result<(), Error>) {
    assert!(matches!(done, Err(Error::ResourceInUse(_))), "{done:?}");
}

fn write_while_it_is_filled(engine: &Engine, time: usize) {
    for number in (time..ITEMS).step_by(10) {
        match number % 4 {
            0 => delete(engine, id(number)),
            1 => put(engine, id(number), "meanwhile"),
            2 => put(engine, format!("new song {time} {number}"), "meanwhile"),
            _ => get(engine, id(number)),
        }
    }
    // It is filled, unless that was the last time.
    if status(engine) == TableStatus::Updating {
        refused(create_index(engine));
        refused(engine.delete_table(DeleteTable { table_name: TABLE.into() }).map(drop));
    }
}

#[test]
fn whoever_writes_while_an_index_is_filled_is_in_it() {
    for engine in disturbed(full, write_while_it_is_filled, |engine| create_index(engine).unwrap()) {
        assert_eq!(status(&engine), TableStatus::Active);
        check_whole(&engine);
        let before = indexed(&engine);
        put(&engine, "one more".into(), "after");
        assert_eq!(indexed(&engine), before + 1);
    }
}

#[test]
fn a_table_is_tagged_while_an_index_is_filled() {
    let (storage, observer) = (Lasting::default(), Observer::default());
    let engine = full(Observed::new(Box::new(storage.clone()), &observer));
    let described = engine.describe_table(DescribeTable { table_name: TABLE.into() }).unwrap();
    let resource_arn = described.table.table_arn;
    let (other, arn, lasting) = (engine.clone(), resource_arn.clone(), storage);
    let left = Arc::new(Mutex::new(None));
    let kept = Arc::clone(&left);
    observer.meanwhile(move || {
        if status(&other) == TableStatus::Updating {
            other.finish().unwrap();
            let tags = vec![Tag { key: "team".into(), value: "jazz".into() }];
            other.tag_resource(TagResource { resource_arn: arn.clone(), tags }).unwrap();
            assert_eq!(status(&other), TableStatus::Updating);
            *kept.lock().unwrap() = Some(lasting.killed());
        }
    });
    create_index(&engine).unwrap();
    observer.end();
    let killed = Engine::with_storage(Config::default(), left.lock().unwrap().take().unwrap()).unwrap();
    for engine in [engine, killed] {
        assert_eq!(status(&engine), TableStatus::Active);
        let resource_arn = resource_arn.clone();
        let listed = engine.list_tags_of_resource(ListTagsOfResource { resource_arn, ..Default::default() });
        assert_eq!(listed.unwrap().tags.len(), 1);
    }
}

#[test]
fn an_index_that_was_cut_short_is_not_there_and_can_be_created() {
    let left = cut_short(&Lasting::default(), full, |engine| create_index(engine).unwrap());
    assert_eq!(left.len(), 5, "begun, three pieces, and filled");
    for (time, storage) in left.into_iter().enumerate() {
        let engine = Engine::with_storage(Config::default(), storage).unwrap();
        check_whole(&engine);
        assert_eq!(status(&engine), TableStatus::Active);
        assert_eq!(engine.holdings()[0].indexes.len(), usize::from(time == 4));
        if time < 4 {
            create_index(&engine).unwrap();
        }
        assert_eq!(indexed(&engine), ITEMS - ITEMS / 5);
        check_whole(&engine);
    }
}

#[test]
fn an_index_that_could_not_be_filled_is_not_there() {
    for syncs in 0..6 {
        let storage = Lasting::default();
        let engine = full(storage.clone());
        storage.fail_after(syncs);
        create_index(&engine).unwrap_err();
        assert_eq!(status(&engine), TableStatus::Active);
        assert!(engine.holdings()[0].indexes.is_empty());
        put(&engine, id(1), "after");
        create_index(&engine).unwrap();
        assert_eq!(indexed(&engine), ITEMS - ITEMS / 5);
        delete_index(&engine).unwrap();
        let engine = Engine::with_storage(Config::default(), storage.killed()).unwrap();
        check_whole(&engine);
    }
}

#[test]
fn a_table_that_goes_while_an_index_is_filled_is_gone() {
    let observer = Observer::default();
    let engine = full(Observed::new(Box::new(Lasting::default()), &observer));
    let other = engine.clone();
    observer.meanwhile(move || other.reset().unwrap());
    let gone = create_index(&engine).unwrap_err();
    assert!(matches!(gone, Error::ResourceNotFound(_)), "{gone:?}");
    observer.end();
    check_whole(&engine);
}
