//! What is cleared goes piece by piece.

use std::sync::Arc;

use super::{SPACE, Sqlite, Write, new_folder};
use crate::storage::{Batch, Cleared, Read as _, Space, Storage as _};

const OTHER: Space = Space { table: 8, part: 0 };

fn put(space: Space, number: u32, bytes: usize) -> Write {
    let key = number.to_be_bytes().as_slice().into();
    Write { space, key, bytes: Some(vec![7; bytes].into()) }
}

fn stage(sqlite: &Sqlite, writes: impl IntoIterator<Item = Write>, cleared: Vec<Cleared>) {
    let writes = writes.into_iter().collect();
    sqlite.stage(Batch { writes, cleared }).unwrap().wait().unwrap();
}

/// How many entries the file has of a table, cleared or not.
fn left(sqlite: &Sqlite, table: u64) -> u32 {
    let reader = sqlite.readers.take().unwrap();
    let count = "SELECT count(*) FROM entry WHERE space_table = ?1";
    reader.connection().query_row(count, [table.cast_signed()], |row| row.get(0)).unwrap()
}

#[test]
fn a_large_table_goes_with_the_commits_of_others_and_after_a_restart() {
    let home = new_folder();
    let sqlite = Sqlite::in_folder(Arc::clone(&home)).unwrap();
    let index = Space { part: 3, ..SPACE };
    let entries = |space| (0..1200).map(move |number| put(space, number, 10));
    stage(&sqlite, entries(SPACE).chain(entries(index)).chain([put(OTHER, 1, 10)]), vec![]);
    assert_eq!(sqlite.spaces().unwrap(), [SPACE, index, OTHER]);

    stage(&sqlite, [], vec![Cleared::Table(7)]);
    assert_eq!(left(&sqlite, 7), 1900, "no commit takes more than a piece");
    assert_eq!(sqlite.spaces().unwrap(), [OTHER]);
    drop(sqlite);
    let sqlite = Sqlite::in_folder(home).unwrap();
    assert_eq!(left(&sqlite, 7), 1900);
    for number in 0..6 {
        stage(&sqlite, [put(OTHER, number, 10)], vec![]);
    }
    assert_eq!((left(&sqlite, 7), left(&sqlite, 8)), (0, 6));
}

#[test]
fn large_entries_go_in_smaller_pieces() {
    let sqlite = Sqlite::in_folder(new_folder()).unwrap();
    stage(&sqlite, (0..10).map(|number| put(SPACE, number, 100_000)), vec![]);
    stage(&sqlite, [], vec![Cleared::Part(SPACE)]);
    assert_eq!(left(&sqlite, 7), 7);
}

#[test]
fn to_compact_is_to_let_all_go() {
    let sqlite = Sqlite::in_folder(new_folder()).unwrap();
    stage(&sqlite, (0..2000).map(|number| put(SPACE, number, 10)), vec![]);
    stage(&sqlite, [put(OTHER, 1, 10)], vec![Cleared::Part(SPACE)]);
    sqlite.compact().unwrap();
    assert_eq!((left(&sqlite, 7), left(&sqlite, 8)), (0, 1));
    assert!(sqlite.get(OTHER, &1_u32.to_be_bytes()).unwrap().is_some());
}
