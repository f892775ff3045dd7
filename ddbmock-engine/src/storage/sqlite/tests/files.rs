//! Files: made, found again, and refused in one line.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{fs, process};

use rusqlite::Connection;

use super::{Home, SPACE, new_folder, rule, walked};
use crate::storage::sqlite::file;
use crate::storage::{Batch, Direction, Durability, Read, Sqlite, Storage, Write};

/// A place for a file, in a folder of its own.
pub(super) fn place() -> (Arc<Home>, PathBuf) {
    let around = new_folder();
    let path = around.database().to_owned();
    (around, path)
}

pub(super) fn open(path: &Path) -> Sqlite {
    Sqlite::open(path, Durability::Normal).unwrap()
}

pub(super) fn put(sqlite: &Sqlite, key: &[u8], bytes: &[u8]) {
    let writes = vec![Write { space: SPACE, key: key.into(), bytes: Some(bytes.into()) }];
    sqlite.stage(Batch { writes, cleared: vec![] }).unwrap().wait().unwrap();
}

/// All files beside a file, with what they hold.
fn around(path: &Path) -> BTreeMap<PathBuf, Option<Vec<u8>>> {
    let entries = fs::read_dir(path.parent().unwrap()).unwrap();
    entries.map(|entry| entry.unwrap().path()).map(|path| (path.clone(), fs::read(path).ok())).collect()
}

/// Opening is refused in these words, where FILE stands for the file, and changes nothing.
fn check_refused(path: &Path, expected: &str) {
    let before = around(path);
    let error = Sqlite::open(path, Durability::Normal).err().unwrap();
    assert_eq!(rule(&error), "internal.file");
    assert_eq!(error.to_string().replace(&path.display().to_string(), "FILE"), expected);
    assert!(around(path) == before, "{:?}", around(path).keys());
}

#[test]
fn a_file_is_made_and_found_again() {
    for durability in [Durability::Normal, Durability::Full, Durability::Off] {
        let (_around, path) = place();
        let sqlite = Sqlite::open(&path, durability).unwrap();
        assert!(sqlite.lasts());
        put(&sqlite, b"a", b"1");
        drop(sqlite);
        assert_eq!(around(&path).len(), 1, "nothing else is left");
        assert_eq!(open(&path).get(SPACE, b"a").unwrap().as_deref(), Some(&b"1"[..]));
    }
}

#[test]
fn what_a_killed_process_leaves_is_in_the_file() {
    let (_around, path) = place();
    let sqlite = open(&path);
    put(&sqlite, b"a", b"1");
    let (_copies, copy) = place();
    for (file, bytes) in around(&path) {
        let name = file.file_name().unwrap().to_str().unwrap().replace("tables.db", "");
        fs::write(file::beside(&copy, &name), bytes.unwrap()).unwrap();
    }
    let copied = open(&copy);
    assert_eq!(walked(&copied, Direction::Forward).0, [(b"a".to_vec(), b"1".to_vec())]);
}

#[test]
fn an_empty_file_is_a_new_one() {
    let (_around, path) = place();
    fs::write(&path, b"").unwrap();
    put(&open(&path), b"a", b"1");
}

#[test]
fn a_file_whose_making_was_cut_short_is_made_again() {
    let (_around, path) = place();
    fs::write(file::beside(&path, "-new"), b"half of it").unwrap();
    fs::write(file::beside(&path, "-wal"), b"another's").unwrap();
    put(&open(&path), b"a", b"1");
}

#[test]
fn a_file_that_is_open_is_refused_to_others() {
    let (_around, path) = place();
    let sqlite = open(&path);
    put(&sqlite, b"a", b"1");
    let process = process::id();
    let line = format!("FILE is in use by process {process}. End that first, or choose another file");
    check_refused(&path, &line);
    put(&sqlite, b"b", b"2");
    drop(sqlite);
    assert_eq!(walked(&open(&path), Direction::Forward).0.len(), 2);
}

#[cfg(unix)]
#[test]
fn a_file_has_one_process_by_whatever_link_it_comes() {
    let (_around, path) = place();
    let other_name = path.with_file_name("link.db");
    std::os::unix::fs::symlink(&path, &other_name).unwrap();
    check_refused(
        &other_name,
        "FILE cannot be opened: No such file or directory (os error 2). Choose another file",
    );
    let sqlite = open(&path);
    let line = format!("FILE is in use by process {}. End that first, or choose another file", process::id());
    check_refused(&other_name, &line);
    drop(sqlite);
    put(&open(&other_name), b"a", b"1");
    assert_eq!(walked(&open(&path), Direction::Forward).0.len(), 1);
}

#[cfg(unix)]
#[test]
fn a_file_has_one_name() {
    let (_around, path) = place();
    open(&path);
    let other_name = path.with_file_name("link.db");
    fs::hard_link(&path, &other_name).unwrap();
    for name in [&path, &other_name] {
        check_refused(
            name,
            "FILE has a second name, a hard link. Remove one of the two, make it a symbolic link, or choose another file",
        );
    }
    fs::remove_file(&other_name).unwrap();
    open(&path);
}

#[cfg(unix)]
#[test]
fn nobody_waits_for_a_pipe() {
    let (_around, path) = place();
    assert!(process::Command::new("mkfifo").arg(&path).status().unwrap().success());
    let error = Sqlite::open(&path, Durability::Normal).err().unwrap();
    assert!(error.to_string().contains("is no file of ddbmock's"), "{error}");
}

#[test]
fn a_view_keeps_the_file_open() {
    let (_around, path) = place();
    let view = open(&path).view(&[]).unwrap();
    assert!(Sqlite::open(&path, Durability::Normal).is_err());
    drop(view);
    open(&path);
}

#[test]
fn files_of_others_are_refused() {
    let (_around, path) = place();
    let line = "FILE is no file of ddbmock's. Choose another, or a new one";
    for content in [&b"hello"[..], &[7; 5000], b"SQLite format 3\0 and then nothing"] {
        fs::write(&path, content).unwrap();
        check_refused(&path, line);
    }
    fs::remove_file(&path).unwrap();
    fs::create_dir(&path).unwrap();
    check_refused(&path, line);
    fs::remove_dir(&path).unwrap();
    Connection::open(&path).unwrap().execute_batch("CREATE TABLE theirs (id INTEGER)").unwrap();
    check_refused(&path, line);
}

#[test]
fn files_of_newer_versions_are_refused() {
    let (_around, path) = place();
    open(&path);
    Connection::open(&path).unwrap().pragma_update(None, "user_version", 99).unwrap();
    let line = "FILE is of a newer ddbmock: its format is 99, and 2 is the last that is known here. Use that \
                ddbmock, or choose another file";
    check_refused(&path, line);
}

/// What was written last may be in the log alone, its version too.
#[test]
fn a_version_is_looked_for_in_the_log() {
    let (_around, path) = place();
    drop(open(&path));
    let newer = Connection::open(&path).unwrap();
    newer.pragma_update(None, "user_version", 99).unwrap();
    let refused = Sqlite::open(&path, Durability::Normal).unwrap_err().to_string();
    assert!(refused.contains("its format is 99"), "{refused}");
}

#[test]
fn a_file_that_was_cut_off_is_refused() {
    let (_around, path) = place();
    open(&path);
    let whole = fs::read(&path).unwrap();
    fs::write(&path, &whole[..5000]).unwrap();
    let line =
        "FILE is damaged: database disk image is malformed. Restore it from a copy, or choose another file";
    check_refused(&path, line);
}

#[test]
fn a_read_only_file_is_refused() {
    let (_around, path) = place();
    open(&path);
    let mut permissions = fs::metadata(&path).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&path, permissions).unwrap();
    check_refused(&path, "FILE is read-only. Make it writable, or choose another file");
}

#[test]
fn a_folder_that_is_not_there_has_no_files() {
    let (_around, path) = place();
    let error = Sqlite::open(&path.join("file.db"), Durability::Normal).err().unwrap();
    assert!(error.to_string().contains("file.db cannot be opened: "), "{error}");
}
