//! Files that are removed, moved or replaced while they are open.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use ddbmock_model::Error;

use super::SPACE;
use super::files::{open, place, put};
use crate::storage::sqlite::file;
use crate::storage::{Batch, Durability, Durable, Read as _, Sqlite, Storage as _, Write};

type TakeAway = fn(&Path);

/// What is written to a file that nobody finds is lost: no write that is answered is one of those.
#[test]
fn a_file_that_is_taken_away_takes_no_writes() {
    let all: [(&str, TakeAway); 5] = [
        ("", |path| fs::remove_file(path).unwrap()),
        ("", |path| fs::rename(path, path.with_extension("moved")).unwrap()),
        ("", |path| {
            let (_around, other) = place();
            put(&open(&other), b"a", b"another's");
            fs::rename(other, path).unwrap();
        }),
        ("-wal", |path| fs::remove_file(file::beside(path, "-wal")).unwrap()),
        ("-lock", |path| fs::remove_file(file::beside(path, "-lock")).unwrap()),
    ];
    for (ending, take_away) in all {
        let (_around, path) = place();
        let sqlite = open(&path);
        put(&sqlite, b"a", b"1");
        drop(sqlite.readers.take());
        take_away(&path);
        let error = refused(&sqlite);
        let shown = file::beside(&path, ending).display().to_string();
        let text = format!("the storage failed: {shown} was removed, moved or replaced while it was open");
        assert_eq!(error.to_string(), text);
        assert!(error.message().hint.as_ref().is_some_and(|hint| hint.starts_with("nothing is written, ")));
        sqlite.recover();
        assert_eq!(
            sqlite.get(SPACE, b"a").unwrap().as_deref(),
            Some(&b"1"[..]),
            "what is open is still read"
        );
        let (_first, second) = (sqlite.view(&[]), sqlite.readers.take());
        assert_eq!(second.is_ok(), !ending.is_empty(), "nobody reads another file");
    }
}

/// The error of a write that is tried until it is refused: what was found of a file is taken to be so for a moment.
fn refused(sqlite: &Sqlite) -> Error {
    let began = Instant::now();
    loop {
        assert!(began.elapsed() < Duration::from_mins(1), "it is never refused");
        let writes =
            vec![Write { space: SPACE, key: b"b".as_slice().into(), bytes: Some(b"2".as_slice().into()) }];
        let done = sqlite.stage(Batch { writes, cleared: vec![] }).and_then(Durable::wait);
        if let Err(error) = done {
            return error;
        }
    }
}

#[test]
fn a_file_that_is_put_back_takes_writes_again() {
    let (_around, path) = place();
    let (sqlite, moved) = (open(&path), path.with_extension("moved"));
    fs::rename(&path, &moved).unwrap();
    refused(&sqlite);
    fs::rename(&moved, &path).unwrap();
    sqlite.recover();
    put(&sqlite, b"a", b"1");
    drop(sqlite);
    assert_eq!(open(&path).get(SPACE, b"a").unwrap().as_deref(), Some(&b"1"[..]));
}

#[test]
fn the_lock_of_another_is_left_alone() {
    let (_around, path) = place();
    let first = open(&path);
    fs::remove_file(file::beside(&path, "-lock")).unwrap();
    let second = open(&path);
    drop(first);
    assert!(Sqlite::open(&path, Durability::Normal).is_err());
    put(&second, b"a", b"1");
}
