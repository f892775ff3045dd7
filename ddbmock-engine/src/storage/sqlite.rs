//! Storage in SQLite, for tables that are larger than memory.
//!
//! One table of SQLite's holds everything, in the order in which it is walked. A writer has a connection of its own,
//! and so have the readers and each view: with a write-ahead log none of them waits for another's transaction.
//!
//! Every entry is held against its checksum when it is read: what is answered is what was written, or an error. Damage to
//! a key or to the tree can also hide an entry.
//!
//! Nothing comes back from a file yet: which tables there are is kept in memory, so the database is a temporary one.
//!
//! ```
//! use ddbmock_engine::storage::Sqlite;
//! use ddbmock_engine::{Config, Engine};
//!
//! let storage = Sqlite::temporary(&std::env::temp_dir())?;
//! let engine = Engine::with_storage(Config::default(), storage)?;
//! # drop(engine);
//! # Ok::<(), ddbmock_engine::Error>(())
//! ```

mod fault;
mod folder;
mod rest;
#[cfg(test)]
mod tests;

use std::path::Path;
use std::sync::{Arc, MutexGuard};

use ddbmock_model::Error;
use rusqlite::{Connection, OpenFlags, OptionalExtension as _, Row, TransactionBehavior, params};

use super::{Batch, Bytes, Cleared, Direction, Durable, Range, Read, Space, Storage, Visit, Write, damaged};
use crate::lock::Mutex;
use fault::Fault;
use folder::Folder;
use rest::Rest;

/// How much of a walk is read at once, in entries and in bytes: whichever comes first.
const PAGE_ENTRIES: usize = 100;
const PAGE_BYTES: usize = 1 << 18;

/// Without row ids the table *is* its primary key's tree: one search finds an entry, and its neighbours lie beside it.
/// Keys sort as their bytes do. The checksum is of everything else in the entry.
const SCHEMA: &str = "
    CREATE TABLE IF NOT EXISTS entry (
        space_table INTEGER NOT NULL,
        space_part INTEGER NOT NULL,
        key BLOB NOT NULL,
        bytes BLOB NOT NULL,
        checksum INTEGER NOT NULL,
        PRIMARY KEY (space_table, space_part, key)
    ) STRICT, WITHOUT ROWID";
const GET: &str =
    "SELECT key, bytes, checksum FROM entry WHERE space_table = ?1 AND space_part = ?2 AND key = ?3";
const PUT: &str = "REPLACE INTO entry VALUES (?1, ?2, ?3, ?4, ?5)";
const REMOVE: &str = "DELETE FROM entry WHERE space_table = ?1 AND space_part = ?2 AND key = ?3";
const CLEAR_TABLE: &str = "DELETE FROM entry WHERE space_table = ?1";
const CLEAR_PART: &str = "DELETE FROM entry WHERE space_table = ?1 AND space_part = ?2";

/// Storage in a temporary database.
#[derive(Debug)]
pub struct Sqlite {
    writer: Mutex<Connection>,
    reader: Reader,
}

impl Sqlite {
    /// An empty database in a new folder within that one. The new folder is removed with the last handle on the
    /// storage or a view of it; whoever ends the process before that leaves it, and nothing ever reads it again.
    ///
    /// A batch is with the operating system once it is staged, and lasts if the process ends; the disk is not waited
    /// for, since the database does not outlive its process.
    ///
    /// # Errors
    /// [`Error::Internal`] if there can be no such folder or database.
    pub fn temporary(within: &Path) -> Result<Self, Error> {
        let folder = Folder::new(within).map_err(|error| Fault::Folder(error).storage())?;
        Self::open(Arc::new(folder)).map_err(Fault::storage)
    }

    fn open(folder: Arc<Folder>) -> Result<Self, Fault> {
        let writer = connect(&folder)?;
        let mode: String = writer.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0))?;
        if mode != "wal" {
            return Err(Fault::NoLog);
        }
        writer.pragma_update(None, "synchronous", "OFF")?;
        writer.execute_batch(SCHEMA)?;
        let reader = Reader { connection: Mutex::new(connect(&folder)?), is_view: false, folder };
        Ok(Self { writer: Mutex::new(writer), reader })
    }

    fn reader_of_now(&self) -> Result<Reader, Fault> {
        let folder = Arc::clone(&self.reader.folder);
        let connection = connect(&folder)?;
        // A transaction begins to be of a moment when it first reads.
        connection.execute_batch("BEGIN; SELECT 1 FROM entry LIMIT 1")?;
        Ok(Reader { connection: Mutex::new(connection), is_view: true, folder })
    }
}

fn connect(folder: &Folder) -> rusqlite::Result<Connection> {
    // Without `SQLITE_OPEN_URI`: a path is a path, whatever it looks like. The locks here make its own needless.
    let flags =
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    Connection::open_with_flags(folder.database(), flags)
}

impl Read for Sqlite {
    fn get(&self, space: Space, key: &[u8]) -> Result<Option<Bytes>, Error> {
        self.reader.get(space, key)
    }

    fn walk(
        &self,
        space: Space,
        range: Range<'_>,
        direction: Direction,
        visit: &mut Visit<'_>,
    ) -> Result<(), Error> {
        self.reader.walk(space, range, direction, visit)
    }
}

impl Storage for Sqlite {
    fn stage(&self, batch: Batch) -> Result<Durable, Error> {
        write_all(&mut self.writer.lock(), &batch)?;
        Ok(Durable::default())
    }

    /// The view is a read transaction, not a copy: it costs nothing to make, whatever the tables hold. While it is
    /// there, the log keeps all that is written since and grows.
    fn view(&self, _: &[u64]) -> Result<Arc<dyn Read>, Error> {
        Ok(Arc::new(self.reader_of_now().map_err(Fault::storage)?))
    }

    fn may_block(&self) -> bool {
        true
    }
}

/// Writes a batch in one transaction, which takes itself back unless it is committed.
fn write_all(connection: &mut Connection, batch: &Batch) -> Result<(), Error> {
    let failed = |error| Fault::from(error).storage();
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
    for cleared in &batch.cleared {
        clear(&transaction, cleared).map_err(failed)?;
    }
    for write in &batch.writes {
        put(&transaction, write).map_err(|error| Fault::from(error).at(write.space, &write.key))?;
    }
    transaction.commit().map_err(failed)
}

fn clear(connection: &Connection, cleared: &Cleared) -> rusqlite::Result<usize> {
    match cleared {
        Cleared::Table(table) => connection.prepare_cached(CLEAR_TABLE)?.execute([table.cast_signed()]),
        Cleared::Part(Space { table, part }) => {
            connection.prepare_cached(CLEAR_PART)?.execute(params![table.cast_signed(), part])
        }
    }
}

fn put(connection: &Connection, write: &Write) -> rusqlite::Result<usize> {
    let Write { space, key, bytes } = write;
    let table = space.table.cast_signed();
    match bytes {
        Some(bytes) => connection.prepare_cached(PUT)?.execute(params![
            table,
            space.part,
            key,
            bytes,
            checksum(*space, key, bytes)
        ]),
        None => connection.prepare_cached(REMOVE)?.execute(params![table, space.part, key]),
    }
}

/// Reads through a connection of its own: what there is now, or in one transaction what there was.
#[derive(Debug)]
struct Reader {
    connection: Mutex<Connection>,
    is_view: bool,
    /// Dropped after the connection, which writes to it until it is closed.
    folder: Arc<Folder>,
}

type Entry = (Vec<u8>, Bytes);

struct Page {
    entries: Vec<Entry>,
    is_last: bool,
}

impl Reader {
    fn lock(&self) -> Result<MutexGuard<'_, Connection>, Fault> {
        let connection = self.connection.lock();
        // SQLite ends a transaction after some failures; what is read then would be of another moment.
        if self.is_view && connection.is_autocommit() { Err(Fault::ViewLost) } else { Ok(connection) }
    }

    fn find(&self, space: Space, key: &[u8]) -> Result<Option<Bytes>, Fault> {
        let connection = self.lock()?;
        let mut get = connection.prepare_cached(GET)?;
        let row = params![space.table.cast_signed(), space.part, key];
        match get.query_row(row, |row| Ok(entry(row, space))).optional()?.transpose()? {
            // A search of a damaged tree can end at a neighbour.
            Some((other, _)) if other != key => Err(Fault::Order(other)),
            found => Ok(found.map(|(_, bytes)| bytes)),
        }
    }

    /// Reads the next entries of a walk, and moves its rest behind them.
    fn page(&self, space: Space, rest: &mut Rest, direction: Direction) -> Result<Page, Fault> {
        let mut entries = Vec::new();
        let mut bytes_read = 0;
        let connection = self.lock()?;
        let mut select = connection.prepare_cached(&select(rest, direction))?;
        let mut rows =
            select.query(params![space.table.cast_signed(), space.part, rest.low(), rest.high()])?;
        while entries.len() < PAGE_ENTRIES && bytes_read < PAGE_BYTES {
            let Some(row) = rows.next()? else {
                return Ok(Page { entries, is_last: true });
            };
            let (key, bytes) = entry(row, space)?;
            // Entries that are whole but not where they belong come from a damaged tree.
            if !rest.pass(&key, direction) {
                return Err(Fault::Order(key));
            }
            bytes_read += key.len() + bytes.len();
            entries.push((key, bytes));
        }
        Ok(Page { entries, is_last: false })
    }
}

impl Read for Reader {
    fn get(&self, space: Space, key: &[u8]) -> Result<Option<Bytes>, Error> {
        self.find(space, key).map_err(|fault| fault.at(space, key))
    }

    /// Reads pages, each of a moment of its own unless it is a view's, and visits them while nothing is held.
    fn walk(
        &self,
        space: Space,
        range: Range<'_>,
        direction: Direction,
        visit: &mut Visit<'_>,
    ) -> Result<(), Error> {
        let mut rest = Rest::of(range);
        loop {
            let page = self.page(space, &mut rest, direction);
            let page = page.map_err(|fault| fault.at(space, rest.start(direction)))?;
            let has_enough = page.entries.iter().any(|(key, bytes)| visit(key, bytes).is_break());
            if has_enough || page.is_last {
                return Ok(());
            }
        }
    }
}

/// What selects the rest of a walk. The texts are few, so that each stays prepared.
fn select(rest: &Rest, direction: Direction) -> String {
    let below = if rest.high().is_some() { "key < ?4" } else { "?4 IS NULL" };
    let order = match direction {
        Direction::Forward => "ASC",
        Direction::Backward => "DESC",
    };
    format!(
        "SELECT key, bytes, checksum FROM entry \
         WHERE space_table = ?1 AND space_part = ?2 AND key >= ?3 AND {below} ORDER BY key {order}"
    )
}

/// The key and the bytes of a row, if they are as they were written.
fn entry(row: &Row<'_>, space: Space) -> Result<Entry, Fault> {
    let key = row.get_ref(0)?.as_blob().map_err(|_| Fault::Kind)?.to_vec();
    let bytes = row.get_ref(1)?.as_blob().map_err(|_| Fault::Kind)?;
    let expected = row.get_ref(2)?.as_i64().map_err(|_| Fault::Kind)?;
    if i64::from(checksum(space, &key, bytes)) == expected {
        Ok((key, bytes.into()))
    } else {
        Err(Fault::Checksum(key))
    }
}

fn checksum(space: Space, key: &[u8], bytes: &[u8]) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(&space.table.to_le_bytes());
    hasher.update(&space.part.to_le_bytes());
    hasher.update(&(key.len() as u64).to_le_bytes());
    hasher.update(key);
    hasher.update(bytes);
    hasher.finalize()
}
