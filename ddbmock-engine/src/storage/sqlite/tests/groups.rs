//! Writes that share a commit, and writes that fail.

use std::env;
use std::ops::Range;
use std::sync::Arc;
use std::thread;

use ddbmock_model::attributes;
use ddbmock_model::op::{BatchWriteItem, WriteRequest};

use super::{SPACE, new_folder, rule, walked};
use crate::config::Config;
use crate::engine::Engine;
use crate::fixture::keyed_by_id;
use crate::storage::{Batch, Cleared, Direction, Durability, Read, Sqlite, Storage, Write};

fn batch(key: u8, bytes: &[u8]) -> Batch {
    let writes = vec![Write { space: SPACE, key: [key].as_slice().into(), bytes: Some(bytes.into()) }];
    Batch { writes, cleared: vec![] }
}

fn sqlite() -> Sqlite {
    Sqlite::temporary(&env::temp_dir()).unwrap()
}

fn keys(read: &dyn Read) -> Vec<u8> {
    let (found, done) = walked(read, Direction::Forward);
    done.unwrap();
    found.into_iter().map(|(key, _)| key[0]).collect()
}

#[test]
fn what_is_staged_together_is_committed_together() {
    let sqlite = sqlite();
    let first = sqlite.groups.add(batch(1, b"one")).unwrap();
    let second = sqlite.groups.add(batch(2, b"two")).unwrap();
    assert!(Arc::ptr_eq(&first, &second));
    sqlite.all_staged().wait().unwrap();
    assert!(first.is_good());
    let third = sqlite.groups.add(batch(3, b"three")).unwrap();
    assert!(!Arc::ptr_eq(&first, &third));
}

#[test]
fn who_syncs_waits_for_those_who_come_again() {
    let folder = new_folder();
    let sqlite = Sqlite::open(folder.database(), Durability::Full).unwrap();
    sqlite.groups.expect(2);
    thread::scope(|scope| {
        let first = sqlite.groups.add(batch(1, b"one")).unwrap();
        let durable = sqlite.all_staged();
        let waiting = scope.spawn(move || durable.wait().unwrap());
        while !sqlite.groups.gathers() {
            thread::yield_now();
        }
        let second = sqlite.groups.add(batch(2, b"two")).unwrap();
        assert!(Arc::ptr_eq(&first, &second));
        waiting.join().unwrap();
    });
    assert_eq!(keys(&sqlite), [1, 2]);
}

/// All items of a batch, of one table or of several, with what indexes hold of them.
#[test]
fn a_batch_is_one_commit() {
    let sqlite = sqlite();
    let readers = Arc::clone(&sqlite.readers);
    let engine = Engine::with_storage(Config::default(), sqlite).unwrap();
    for table_name in ["albums", "songs"] {
        engine.create_table(keyed_by_id(table_name)).unwrap();
    }
    let put = |number: u8| WriteRequest::put(attributes! { "id" => number.to_string() });
    for puts in [vec![("songs", 0..25)], vec![("albums", 0..12), ("songs", 0..13)]] {
        let of = |(name, numbers): (&str, Range<u8>)| (name.to_owned(), numbers.map(put).collect());
        let request_items = puts.into_iter().map(of).collect();
        let before = readers.commits();
        engine.batch_write_item(BatchWriteItem { request_items, ..Default::default() }).unwrap();
        assert_eq!(readers.commits() - before, 1);
    }
}

#[test]
fn writers_see_what_is_staged_and_readers_what_lasts() {
    let sqlite = sqlite();
    sqlite.stage(batch(1, b"one")).unwrap().wait().unwrap();
    let durable = sqlite.stage(batch(1, b"uno")).unwrap();
    assert_eq!(sqlite.staged(SPACE, &[1]).unwrap().as_deref(), Some(&b"uno"[..]));
    assert_eq!(sqlite.get(SPACE, &[1]).unwrap().as_deref(), Some(&b"one"[..]));
    durable.wait().unwrap();
    assert_eq!(sqlite.get(SPACE, &[1]).unwrap().as_deref(), Some(&b"uno"[..]));
}

#[test]
fn nobody_who_reads_waits_for_who_writes() {
    let sqlite = sqlite();
    sqlite.stage(batch(1, b"one")).unwrap().wait().unwrap();
    sqlite.groups.disk().hold_writer(|| {
        assert_eq!(keys(&sqlite), [1]);
        assert_eq!(keys(&*sqlite.view(&[]).unwrap()), [1]);
        sqlite.stage(batch(2, b"two")).unwrap();
    });
    sqlite.all_staged().wait().unwrap();
    assert_eq!(keys(&sqlite), [1, 2]);
}

#[test]
fn a_full_disk_costs_the_writes_that_met_it_and_no_more() {
    let sqlite = sqlite();
    sqlite.stage(batch(1, b"one")).unwrap().wait().unwrap();
    sqlite.groups.disk().limit_pages(4);
    let large = sqlite.stage(batch(2, &vec![7; 100_000])).unwrap();
    let after = sqlite.stage(batch(3, b"three")).unwrap();
    let error = large.wait().unwrap_err();
    assert_eq!(error.to_string(), "the storage failed: database or disk is full");
    assert!(sqlite.has_failed());
    assert_eq!(after.wait().unwrap_err(), error);
    assert_eq!(rule(&sqlite.stage(batch(4, b"four")).unwrap_err()), "internal.storage");
    assert_eq!(rule(&sqlite.staged(SPACE, &[1]).unwrap_err()), "internal.storage");
    assert_eq!(keys(&sqlite), [1]);
    sqlite.recover();
    sqlite.stage(batch(5, b"five")).unwrap().wait().unwrap();
    sqlite.groups.disk().limit_pages(1000);
    sqlite.stage(batch(6, &vec![7; 100_000])).unwrap().wait().unwrap();
    assert_eq!(keys(&sqlite), [1, 5, 6]);
}

/// What is emptied is empty for writers at once, be it committed or staged.
#[test]
fn writers_see_nothing_of_what_is_emptied() {
    for cleared in [Cleared::Part(SPACE), Cleared::Table(SPACE.table)] {
        let sqlite = sqlite();
        sqlite.stage(batch(1, b"one")).unwrap().wait().unwrap();
        sqlite.stage(batch(2, b"two")).unwrap();
        sqlite.stage(Batch { writes: vec![], cleared: vec![cleared] }).unwrap();
        sqlite.stage(batch(3, b"three")).unwrap();
        let is_there = |key: u8| sqlite.staged(SPACE, &[key]).unwrap().is_some();
        assert_eq!([1, 2, 3].map(is_there), [false, false, true]);
    }
}

/// SQLite takes some transactions back itself, and leaves others to who began them.
#[test]
fn a_write_that_fails_by_itself_ends_its_transaction() {
    let sqlite = sqlite();
    sqlite.stage(batch(1, b"one")).unwrap().wait().unwrap();
    let run = |statement: &str| sqlite.groups.disk().run(statement);
    run("CREATE TEMP TRIGGER refusal BEFORE INSERT ON entry BEGIN SELECT RAISE(ABORT, 'no'); END");
    assert!(sqlite.stage(batch(2, b"two")).unwrap().wait().is_err());
    run("DROP TRIGGER refusal");
    sqlite.recover();
    sqlite.stage(batch(3, b"three")).unwrap().wait().unwrap();
    assert_eq!(keys(&sqlite), [1, 3]);
}
