//! The file of a database: how it is made and known again.
//!
//! What a file is, is read from its first bytes before SQLite sees it, which would change some that are not ours.
//! Source: SQLite's file format, "The Database Header".

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use super::entry::SCHEMA;
use super::fault::Unfit;
use super::identity::has_other_names;
use super::{Durability, Fault, Home, sweep};

/// What marks a file as ours: "ddbm".
const APPLICATION_ID: u32 = 0x6464_626D;
/// The version of the format that is written.
const VERSION: u32 = 2;
/// What makes a file of each version one of the next.
const MIGRATIONS: [&str; VERSION as usize - 1] = [sweep::SCHEMA];

/// An item of 1 KB finds place in a leaf of such a page, with three others.
pub(super) const PAGE_BYTES: u32 = 8192;
/// The most bytes of the log that stay once it was emptied.
const LOG_BYTES_KEPT: u32 = 64 << 20;
/// The pages of the log after which who writes moves it into the database himself: 128 MB, if nobody else could.
const LOG_PAGES_MAX: u32 = 16 << 10;
/// How much of the database connections keep at hand, in KB: the one that writes, and each of those that read.
const WRITER_CACHE: i64 = 8 << 10;
const READER_CACHE: i64 = 8 << 10;
/// How long another program that looks into the file may hold up a write.
const PATIENCE: Duration = Duration::from_secs(5);

const HEADER_BYTES: usize = 100;
const MAGIC: &[u8] = b"SQLite format 3\0";

/// The name of a file that belongs to a database.
pub(super) fn beside(database: &Path, ending: &str) -> PathBuf {
    let mut name = OsString::from(database);
    name.push(ending);
    name.into()
}

/// Whether there is nothing yet. Nothing is changed.
pub(super) fn check(path: &Path) -> Result<bool, Fault> {
    let about = match fs::metadata(path) {
        Ok(about) => about,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(true),
        Err(error) => return Err(Fault::Open(error)),
    };
    if !about.is_file() {
        return Err(Unfit::NotOurs.into()); // a pipe would have whoever opens it wait
    }
    let mut file = File::open(path).map_err(Fault::Open)?;
    // SQLite would open a file of somebody else's to read it, and refuse the first write.
    if about.permissions().readonly() || OpenOptions::new().append(true).open(path).is_err() {
        return Err(Unfit::ReadOnly.into());
    }
    if has_other_names(&about) {
        return Err(Unfit::Linked.into());
    }
    if about.len() == 0 {
        return Ok(true);
    }
    let mut header = [0; HEADER_BYTES];
    file.read_exact(&mut header).map_err(|_| Unfit::NotOurs)?;
    let number = |at: usize| {
        let bytes = header[at..at + 4].try_into().expect("a number has four bytes");
        u32::from_be_bytes(bytes)
    };
    if !header.starts_with(MAGIC) || number(68) != APPLICATION_ID {
        return Err(Unfit::NotOurs.into());
    }
    check_version(number(60))?;
    Ok(false)
}

fn check_version(version: u32) -> Result<(), Unfit> {
    match version {
        1..=VERSION => Ok(()),
        0 => Err(Unfit::NotOurs),
        newer => Err(Unfit::Newer { version: newer, known: VERSION }),
    }
}

/// Makes an empty database. It is made under another name: whoever sees it sees all of it.
pub(super) fn create(path: &Path, durability: Durability) -> Result<(), Fault> {
    let unfinished = beside(path, "-new");
    // A log that another file left behind would be taken for one of this file's.
    for ending in ["-new", "-new-journal", "-journal", "-wal", "-shm"] {
        remove(&beside(path, ending))?;
    }
    let connection = Connection::open(&unfinished)?;
    connection.pragma_update(None, "synchronous", durability.synchronous())?;
    connection.pragma_update(None, "page_size", PAGE_BYTES)?;
    connection.pragma_update(None, "application_id", APPLICATION_ID)?;
    connection.pragma_update(None, "user_version", VERSION)?;
    connection.execute_batch(SCHEMA)?;
    connection.execute_batch(sweep::SCHEMA)?;
    let mode: String = connection.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0))?;
    if mode != "wal" {
        return Err(Fault::NoLog);
    }
    connection.close().map_err(|(_, error)| error)?;
    fs::rename(&unfinished, path).map_err(Fault::Open)?;
    if durability == Durability::Full {
        // The folder knows the file after a power loss as well. Not every system can be asked for that.
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let _ = File::open(folder.unwrap_or(Path::new("."))).and_then(|folder| folder.sync_all());
    }
    Ok(())
}

fn remove(path: &Path) -> Result<(), Fault> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(Fault::Open(error)),
        _ => Ok(()),
    }
}

/// A connection that writes a database that was found to be ours, in today's format.
pub(super) fn open(home: &Home) -> Result<Connection, Fault> {
    let mut connection = connect(home)?;
    let version: u32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    check_version(version)?; // what is in its log may be of another version than its first bytes say
    for migration in &MIGRATIONS[version as usize - 1..] {
        let transaction = connection.transaction()?;
        transaction.execute_batch(migration)?;
        let version: u32 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
        transaction.pragma_update(None, "user_version", version + 1)?;
        transaction.commit()?;
    }
    connection.pragma_update(None, "journal_size_limit", LOG_BYTES_KEPT)?;
    connection.pragma_update(None, "wal_autocheckpoint", LOG_PAGES_MAX)?;
    connection.pragma_update(None, "cache_size", -WRITER_CACHE)?;
    home.note_opened()?;
    Ok(connection)
}

/// A connection to a database.
pub(super) fn connect(home: &Home) -> Result<Connection, Fault> {
    // Without `SQLITE_OPEN_URI`: a path is a path, whatever it looks like. The locks here make its own needless.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(home.database(), flags);
    home.check_database()?; // another file may have its name
    let connection = connection?;
    connection.busy_timeout(PATIENCE)?;
    connection.pragma_update(None, "synchronous", home.durability().synchronous())?;
    connection.pragma_update(None, "cache_size", -READER_CACHE)?;
    Ok(connection)
}
