//! Readers that rest at a moment, and the log that goes on.

use std::fs;
use std::sync::Arc;

use super::{SPACE, Sqlite, Write, new_folder};
use crate::storage::sqlite::file;
use crate::storage::{Batch, Read as _, Storage as _};

fn put(sqlite: &Sqlite, key: u32, bytes: usize) {
    let key = key.to_be_bytes().as_slice().into();
    let write = Write { space: SPACE, key, bytes: Some(vec![7; bytes].into()) };
    sqlite.stage(Batch { writes: vec![write], cleared: vec![] }).unwrap().wait().unwrap();
}

fn length(sqlite: &Sqlite, key: u32) -> usize {
    sqlite.get(SPACE, &key.to_be_bytes()).unwrap().map_or(0, |bytes| bytes.len())
}

#[test]
fn a_reader_sees_what_was_committed_since_it_last_read() {
    let sqlite = Sqlite::in_folder(new_folder()).unwrap();
    for bytes in [1, 2, 3] {
        put(&sqlite, 1, bytes);
        assert_eq!((length(&sqlite, 1), length(&sqlite, 1)), (bytes, bytes));
        let view = sqlite.view(&[7]).unwrap();
        put(&sqlite, 1, bytes + 10);
        assert_eq!(view.get(SPACE, &1_u32.to_be_bytes()).unwrap().unwrap().len(), bytes);
        drop(view);
        assert_eq!(length(&sqlite, 1), bytes + 10);
    }
}

/// Whoever rests at a moment keeps the log from beginning anew: it is bounded all the same.
#[test]
fn the_log_is_bounded_while_others_read() {
    let home = new_folder();
    let sqlite = Sqlite::in_folder(Arc::clone(&home)).unwrap();
    for number in 0..200 {
        put(&sqlite, number % 4, 1 << 20);
        assert_eq!(length(&sqlite, number % 4), 1 << 20);
    }
    let log = fs::metadata(file::beside(home.database(), "-wal")).unwrap().len();
    assert!(log < 150 << 20, "200 MB were written, and the log has {} MB", log >> 20);
}
