mod files;
mod groups;
mod readers;
mod sweeps;
#[cfg(unix)] // elsewhere a file that is open stays where it is
mod taken_away;

use std::collections::BTreeMap;
use std::ops::{Bound, ControlFlow};
use std::sync::Arc;
use std::{env, fs, thread};

use ddbmock_model::Error;
use proptest::prelude::*;

use super::{Batch, Direction, Folder, Home, Read, Space, Sqlite, Storage, View, file};
use crate::storage::Write;

const SPACE: Space = Space { table: 7, part: 0 };

type Entries = BTreeMap<Vec<u8>, Vec<u8>>;
type Found = Vec<(Vec<u8>, Vec<u8>)>;

/// Entries of all sizes: some are in the tree's leaves, some in its inner pages, some go on elsewhere.
fn entries() -> Entries {
    (0_u16..400)
        .map(|number| (key(number), vec![b'x'; usize::from(number) * usize::from(number) / 40]))
        .collect()
}

fn key(number: u16) -> Vec<u8> {
    format!("key {number:04}").into_bytes()
}

/// A closed database with some entries.
fn written(entries: &Entries) -> Arc<Home> {
    let folder = new_folder();
    let sqlite = Sqlite::in_folder(Arc::clone(&folder)).unwrap();
    let write = |(key, bytes): (&Vec<u8>, &Vec<u8>)| Write {
        space: SPACE,
        key: key.as_slice().into(),
        bytes: Some(bytes.as_slice().into()),
    };
    let batch = Batch { writes: entries.iter().map(write).collect(), cleared: vec![] };
    sqlite.stage(batch).unwrap(); // nobody waits: it is written at the end
    folder
}

fn new_folder() -> Arc<Home> {
    Home::temporary(Folder::new(&env::temp_dir()).unwrap())
}

fn rule(error: &Error) -> &'static str {
    assert!(matches!(error, Error::Internal(_)), "{error:?}");
    error.message().rule.0
}

/// What a walk finds, up to where it ends or fails.
fn walked(read: &dyn Read, direction: Direction) -> (Found, Result<(), Error>) {
    let mut found = Found::new();
    let done = read.walk(SPACE, (Bound::Unbounded, Bound::Unbounded), direction, &mut |key, bytes| {
        found.push((key.to_vec(), bytes.to_vec()));
        ControlFlow::Continue(())
    });
    (found, done)
}

/// Whatever is read is an entry as it was written; anything else is an error.
fn check_honest(read: &dyn Read, entries: &Entries) {
    for (key, bytes) in entries {
        match read.get(SPACE, key) {
            Ok(Some(found)) => assert_eq!(*found, **bytes),
            Ok(None) => {}
            Err(error) => assert!(rule(&error).starts_with("internal.")),
        }
    }
    for direction in [Direction::Forward, Direction::Backward] {
        let (found, done) = walked(read, direction);
        if let Err(error) = done {
            assert!(rule(&error).starts_with("internal."));
        }
        assert!(found.len() <= entries.len());
        for (key, bytes) in found {
            assert_eq!(entries.get(&key), Some(&bytes));
        }
    }
}

#[test]
fn what_was_written_is_in_the_file() {
    let entries = entries();
    let sqlite = Sqlite::in_folder(written(&entries)).unwrap();
    let (found, done) = walked(&sqlite, Direction::Forward);
    done.unwrap();
    assert_eq!(found, entries.into_iter().collect::<Vec<_>>());
}

#[test]
fn a_damaged_entry_is_an_error_that_names_it() {
    let marker = b"these are the bytes of one entry";
    let mut entries = entries();
    entries.insert(b"one".to_vec(), marker.to_vec());
    let folder = written(&entries);
    let mut file = fs::read(folder.database()).unwrap();
    let at = file.windows(marker.len()).position(|bytes| bytes == marker).unwrap();
    file[at] ^= 1;
    fs::write(folder.database(), file).unwrap();
    let sqlite = Sqlite::in_folder(folder).unwrap();
    let check = |result: Result<(), Error>| {
        let error = result.unwrap_err();
        assert_eq!(rule(&error), "internal.damaged");
        assert_eq!(error.to_string(), "stored data is damaged: key 0x6f6e65 of space 7.0");
        assert_eq!(error.message().hint.as_deref(), Some("the entry does not have its checksum"));
    };
    check(sqlite.get(SPACE, b"one").map(drop));
    check(walked(&sqlite, Direction::Forward).1);
    check(walked(&sqlite, Direction::Backward).1);
    check(walked(&*sqlite.view(&[7]).unwrap(), Direction::Forward).1);
    assert_eq!(sqlite.get(SPACE, &key(20)).unwrap().unwrap().len(), 10);
}

#[test]
fn an_entry_under_another_key_or_in_another_space_is_damage() {
    let folder = written(&entries());
    let connection = file::connect(&folder).unwrap();
    let moved = "UPDATE entry SET space_part = 1 WHERE key = CAST('key 0001' AS BLOB)";
    let renamed = "UPDATE entry SET key = CAST('key 9999' AS BLOB) WHERE key = CAST('key 0002' AS BLOB)";
    assert_eq!(connection.execute(moved, []).unwrap() + connection.execute(renamed, []).unwrap(), 2);
    drop(connection);
    let sqlite = Sqlite::in_folder(folder).unwrap();
    for (space, key) in [(Space { part: 1, ..SPACE }, key(1)), (SPACE, key(9999))] {
        assert_eq!(rule(&sqlite.get(space, &key).unwrap_err()), "internal.damaged");
    }
}

#[test]
fn entries_in_the_wrong_place_are_damage() {
    // Few enough that one step of a walk meets them all.
    let folder = written(&entries().into_iter().skip(100).take(60).collect());
    let connection = file::connect(&folder).unwrap();
    let root = "SELECT rootpage FROM sqlite_schema WHERE name = 'entry'";
    let root: u32 = connection.query_row(root, [], |row| row.get(0)).unwrap();
    let root = root as usize;
    drop(connection);
    // The two first children of the tree's root change places: all their entries are whole. Source: SQLite's file
    // format, "B-tree Pages".
    let mut file = fs::read(folder.database()).unwrap();
    let page = &mut file[(root - 1) * 8192..root * 8192];
    assert_eq!(page[0], 2, "the root has children");
    let cell = |index: usize| usize::from(u16::from_be_bytes([page[12 + 2 * index], page[13 + 2 * index]]));
    let (first, second) = (cell(0), cell(1));
    (0..4).for_each(|byte| page.swap(first + byte, second + byte));
    fs::write(folder.database(), file).unwrap();
    let sqlite = Sqlite::in_folder(folder).unwrap();
    for direction in [Direction::Forward, Direction::Backward] {
        let error = walked(&sqlite, direction).1.unwrap_err();
        assert_eq!(rule(&error), "internal.damaged");
        assert_eq!(error.message().hint.as_deref(), Some("the entry is not where its key belongs"));
    }
}

#[test]
fn a_file_that_is_no_database_is_refused() {
    for content in [&b"SQLite format 3\0 and then nothing"[..], &[7; 5000]] {
        let folder = new_folder();
        fs::write(folder.database(), content).unwrap();
        let refused = Sqlite::in_folder(folder).err().unwrap().storage();
        assert_eq!(rule(&refused), "internal.storage");
    }
}

#[test]
fn a_folder_that_is_not_there_is_refused() {
    let folder = Folder::new(&env::temp_dir()).unwrap();
    let refused = Sqlite::temporary(folder.database()).err().unwrap();
    assert_eq!(rule(&refused), "internal.storage");
}

#[test]
fn nothing_is_left_behind() {
    let around = Folder::new(&env::temp_dir()).unwrap();
    let within = around.database();
    fs::create_dir(within).unwrap();
    let is_empty = || fs::read_dir(within).unwrap().next().is_none();
    let sqlite = Sqlite::temporary(within).unwrap();
    let view = sqlite.view(&[]).unwrap();
    drop(sqlite);
    assert!(!is_empty());
    drop(view);
    assert!(is_empty());
}

#[test]
fn a_view_whose_moment_is_lost_says_so() {
    let sqlite = Sqlite::temporary(&env::temp_dir()).unwrap();
    let view = View::of_now(sqlite.readers.take().unwrap()).unwrap();
    view.lose();
    assert_eq!(rule(&view.get(SPACE, b"a").unwrap_err()), "internal.storage");
    assert_eq!(rule(&walked(&view, Direction::Forward).1.unwrap_err()), "internal.storage");
}

#[test]
fn threads_read_while_others_write() {
    let sqlite = Sqlite::temporary(&env::temp_dir()).unwrap();
    let write = |part, number: u32| Write {
        space: Space { part, ..SPACE },
        key: b"count".as_slice().into(),
        bytes: Some(number.to_be_bytes().as_slice().into()),
    };
    let stage = |number| {
        let writes = vec![write(0, number), write(1, number)];
        sqlite.stage(Batch { writes, cleared: vec![] }).unwrap().wait().unwrap();
    };
    let check_view = || {
        let view = sqlite.view(&[7]).unwrap();
        let of = |part| view.get(Space { part, ..SPACE }, b"count").unwrap().unwrap();
        assert_eq!(of(0), of(1));
    };
    stage(0);
    thread::scope(|scope| {
        scope.spawn(|| (0..500).for_each(stage));
        for _ in 0..2 {
            scope.spawn(|| (0..100).for_each(|_| check_view()));
        }
    });
}

#[test]
fn any_damage_is_an_error_and_never_another_entry() {
    let entries = entries();
    let whole = fs::read(written(&entries).database()).unwrap();
    let flips = prop::collection::vec((0..whole.len(), 1_u8..=255), 1..4);
    let config = ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) };
    proptest!(config, |(flips in flips, headers: bool)| {
        let mut file = whole.clone();
        for (at, mask) in flips {
            // Half of the time in the heads of pages, where it does most harm.
            file[if headers { at / 8192 * 8192 + at % 128 } else { at }] ^= mask;
        }
        check_damaged(&file, &entries);
    });
}

#[test]
fn an_entry_whose_place_is_damaged_is_not_taken_for_its_neighbour() {
    let entries = entries();
    let whole = fs::read(written(&entries).database()).unwrap();
    let key = key(173);
    let head_end = whole.windows(key.len()).position(|window| window == key).unwrap();
    for at in head_end - 12..head_end {
        for bit in 0..8 {
            let mut file = whole.clone();
            file[at] ^= 1 << bit;
            check_damaged(&file, &entries);
        }
    }
}

fn check_damaged(file: &[u8], entries: &Entries) {
    let folder = new_folder();
    fs::write(folder.database(), file).unwrap();
    if let Ok(sqlite) = Sqlite::in_folder(folder) {
        check_honest(&sqlite, entries);
        match sqlite.view(&[7]) {
            Ok(view) => check_honest(&*view, entries),
            Err(error) => assert_eq!(rule(&error), "internal.storage"),
        }
    }
}
