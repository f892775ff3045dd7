//! Time to live of large tables, switched while others write, and cut short.

use std::ops::{Bound, ControlFlow};
use std::time::Duration;

use ddbmock_engine::op::{DeleteTable, DescribeTable, DescribeTimeToLive, Scan};
use ddbmock_engine::storage::{Batch, Direction, Read, Space, Storage, Write};
use ddbmock_engine::{Engine, Error, TableStatus, TimeToLiveStatus, attributes};

use super::{ITEMS, TABLE, check_whole, create_index, cut_short, delete, disturbed, id};
use crate::expiry::{START, config, count, put, switch, try_switch};
use crate::lasting::Lasting;
use crate::observed::{Observed, Observer};
use crate::storages::ON_EACH;

/// Of so many items one never expires.
const LASTING: usize = 5;

fn fill(engine: &Engine) {
    super::fill(engine, |number| {
        let ends = if number.is_multiple_of(LASTING) { "never" } else { "ends" };
        attributes! { "id" => id(number), "text" => "t", ends => START + 10 }
    });
}

fn full(storage: impl Storage + 'static) -> Engine {
    let engine = Engine::with_storage(config(START, 0), storage).unwrap();
    fill(&engine);
    engine
}

fn status(engine: &Engine) -> TimeToLiveStatus {
    let described = engine.describe_time_to_live(DescribeTimeToLive { table_name: TABLE.into() }).unwrap();
    described.time_to_live_description.time_to_live_status
}

/// All that expires is gone when its time is over, and so many items are left.
fn check_expires(engine: &Engine, left: usize) {
    check_whole(engine);
    engine.advance(Duration::from_secs(20));
    assert_eq!(count(engine, None), left);
    check_whole(engine);
}

fn write_while_they_are_looked_through(engine: &Engine, time: usize) {
    for number in (time..ITEMS).step_by(10) {
        match number % 3 {
            0 => delete(engine, id(number)),
            1 => put(engine, attributes! { "id" => id(number), "ends" => START + 12 }),
            _ => put(engine, attributes! { "id" => format!("new {number}"), "ends" => START + 5 }),
        }
    }
    // It is enabled, unless that was the last time; the table is as it was.
    let described = engine.describe_table(DescribeTable { table_name: TABLE.into() }).unwrap();
    assert_eq!(described.table.table_status, TableStatus::Active);
    if status(engine) == TimeToLiveStatus::Enabling {
        check_refused(engine, true);
        check_refused(engine, false);
    }
}

#[test]
fn whoever_writes_while_items_are_looked_through_has_them_expire() {
    for engine in disturbed(full, write_while_they_are_looked_through, |engine| switch(engine, true)) {
        assert_eq!(status(&engine), TimeToLiveStatus::Enabled);
        let lasting = held_for_good(&engine);
        check_expires(&engine, lasting);
    }
}

fn check_refused(engine: &Engine, enabled: bool) {
    let refused = try_switch(engine, enabled).unwrap_err();
    assert_eq!(refused.message().rule.0, "time_to_live.changing");
}

/// How many items never expire.
fn held_for_good(engine: &Engine) -> usize {
    let scan = Scan { table_name: TABLE.into(), ..Default::default() };
    let items = engine.scan(scan).unwrap().items.unwrap();
    items.iter().filter(|item| item.get("ends").is_none()).count()
}

#[test]
fn an_index_is_made_while_items_are_looked_through() {
    let observer = Observer::default();
    let engine = full(Observed::new(Box::new(Lasting::default()), &observer));
    let (other, mut made) = (engine.clone(), false);
    observer.meanwhile(move || {
        if !std::mem::replace(&mut made, true) {
            create_index(&other).unwrap();
        }
    });
    switch(&engine, true);
    observer.end();
    assert_eq!(status(&engine), TimeToLiveStatus::Enabled);
    assert_eq!(count(&engine, Some("by_text")), ITEMS);
    check_expires(&engine, ITEMS / LASTING);
    assert_eq!(count(&engine, Some("by_text")), ITEMS / LASTING);
}

#[test]
fn a_time_to_live_that_was_cut_short_is_off_and_can_be_switched_on() {
    let storage = Lasting::default();
    let left = cut_short(&storage, full, |engine| switch(engine, true));
    assert_eq!(left.len(), 3, "three pieces");
    for storage in left {
        let engine = Engine::with_storage(config(START, 0), storage).unwrap();
        check_whole(&engine);
        assert_eq!(status(&engine), TimeToLiveStatus::Disabled);
        switch(&engine, true);
        check_expires(&engine, ITEMS / LASTING);
    }
    let engine = Engine::with_storage(config(START, 0), storage.killed()).unwrap();
    assert_eq!(status(&engine), TimeToLiveStatus::Enabled);
    check_expires(&engine, ITEMS / LASTING);
}

#[test]
fn a_time_to_live_that_could_not_be_switched_is_as_it_was() {
    for syncs in 0..6 {
        let storage = Lasting::default();
        let engine = full(storage.clone());
        storage.fail_after(syncs);
        try_switch(&engine, true).unwrap_err();
        assert_eq!(status(&engine), TimeToLiveStatus::Disabled);
        switch(&engine, true);
        let again = Engine::with_storage(config(START, 0), storage.killed()).unwrap();
        for engine in [engine, again] {
            assert_eq!(status(&engine), TimeToLiveStatus::Enabled);
            engine.advance(Duration::from_secs(20));
            assert_eq!(count(&engine, None), ITEMS / LASTING);
        }
        let again = Engine::with_storage(config(START, 0), storage.killed()).unwrap();
        check_whole(&again);
    }
}

#[test]
fn a_table_that_goes_while_its_items_are_looked_through_is_gone() {
    let observer = Observer::default();
    let engine = full(Observed::new(Box::new(Lasting::default()), &observer));
    let other = engine.clone();
    observer.meanwhile(move || {
        let _ = other.delete_table(DeleteTable { table_name: TABLE.into() });
    });
    let gone = try_switch(&engine, true).unwrap_err();
    assert!(matches!(gone, Error::ResourceNotFound(_)), "{gone:?}");
    observer.end();
    check_whole(&engine);
}

/// What is let go of when it is switched off takes nothing along of what comes after.
#[test]
fn a_time_to_live_is_switched_off_and_on_again() {
    for engine in ON_EACH {
        let engine = engine(config(START, 0));
        fill(&engine);
        for enabled in [true, false, true] {
            switch(&engine, enabled);
        }
        check_expires(&engine, ITEMS / LASTING);
    }
}

#[test]
fn whatever_does_not_agree_with_items_is_found() {
    let storage = Lasting::default();
    let engine = full(storage.clone());
    let before = storage.spaces().unwrap();
    switch(&engine, true);
    let is_new = |space: &Space| space.table != 0 && !before.contains(space);
    let space = storage.spaces().unwrap().into_iter().find(is_new).unwrap();
    let mut keys = Vec::new();
    let all = (Bound::Unbounded, Bound::Unbounded);
    let visit = &mut |key: &[u8], _: &_| {
        keys.push(key.to_vec());
        ControlFlow::Continue(())
    };
    storage.walk(space, all, Direction::Forward, visit).unwrap();
    let write = |key: &[u8], bytes| Batch {
        writes: vec![Write { space, key: key.into(), bytes }],
        ..Batch::default()
    };
    storage.stage(write(&keys[0], None)).unwrap().wait().unwrap();
    assert_eq!(engine.check().unwrap(), ["table songs lacks the time at which an item expires"]);
    let mut other = keys[0].clone();
    other[7] ^= 1; // another second
    storage.stage(write(&other, Some([].into()))).unwrap().wait().unwrap();
    let found = engine.check().unwrap();
    assert_eq!(found[1..], ["table songs has a time at which none of its items expires"]);
}
