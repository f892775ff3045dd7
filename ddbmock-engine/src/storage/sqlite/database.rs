//! What groups of writes are committed to: the one connection of a database that writes.

use std::sync::Arc;
use std::time::Instant;

use ddbmock_model::Error;
use rusqlite::Connection;

use super::checkpoint::Checkpoints;
use super::file::PAGE_BYTES;
use super::reader::{self, Readers};
use super::{Bytes, Disk, Durability, Fault, Group, Home, Space, entry, sweep};
use crate::lock::Mutex;

/// The writer of a database.
#[derive(Debug)]
pub(super) struct Database {
    writer: Arc<Mutex<Connection>>,
    readers: Arc<Readers>,
    checkpoints: Checkpoints,
    /// Dropped after the connection.
    home: Arc<Home>,
}

impl Database {
    pub(super) fn new(writer: Connection, readers: Arc<Readers>, home: Arc<Home>) -> Self {
        let writer = Arc::new(Mutex::new(writer));
        let checkpoints = Checkpoints::new(Arc::clone(&writer), Arc::clone(&readers), Arc::clone(&home));
        Self { writer, readers, checkpoints, home }
    }

    /// The bytes of a key that is not staged, unless somebody commits: who writes has the pages at hand.
    pub(super) fn committed(&self, space: Space, key: &[u8]) -> Option<Result<Option<Bytes>, Error>> {
        let writer = self.writer.try_lock()?;
        Some(reader::find(&writer, space, key).map_err(|fault| fault.at(space, key)))
    }

    /// Whether it outlives whoever has it open.
    pub(super) fn lasts(&self) -> bool {
        self.home.lasts()
    }

    /// Writes the database anew, without what was cleared, and empties its log.
    pub(super) fn compact(&self) -> Result<(), Fault> {
        let writer = self.writer.lock();
        self.readers.let_go();
        while sweep::piece(&writer)? {}
        writer.execute_batch("VACUUM; PRAGMA wal_checkpoint(TRUNCATE)")?;
        Ok(())
    }

    /// Does something while all who commit wait, as for a disk.
    #[cfg(test)]
    pub(super) fn hold_writer(&self, meanwhile: impl FnOnce()) {
        let _writer = self.writer.lock();
        meanwhile();
    }

    /// Runs a statement where writes are made.
    #[cfg(test)]
    pub(super) fn run(&self, statement: &str) {
        self.writer.lock().execute_batch(statement).unwrap();
    }

    /// Has SQLite take no more than so many pages, as if the disk were full.
    #[cfg(test)]
    pub(super) fn limit_pages(&self, most: u32) {
        self.writer.lock().pragma_update_and_check(None, "max_page_count", most, |_| Ok(())).unwrap();
    }
}

impl Disk for Database {
    fn commit(&self, group: &Group) -> Result<(), Error> {
        let found = self.home.check(Instant::now()).map_err(Fault::storage);
        let done = found.and_then(|()| commit(group, &self.writer.lock()));
        self.readers.note_commit();
        self.checkpoints.follow(log_bytes(group));
        done
    }

    fn syncs(&self) -> bool {
        self.home.durability() == Durability::Full
    }

    fn failed(&self) -> Error {
        Fault::Failed.storage()
    }
}

/// Writes a group in one transaction, which is taken back unless it is committed.
fn commit(group: &Group, connection: &Connection) -> Result<(), Error> {
    let run = |statement: &str| {
        let done = connection.prepare_cached(statement).and_then(|mut prepared| prepared.execute([]));
        done.map(drop).map_err(|error| Fault::from(error).storage())
    };
    run("BEGIN IMMEDIATE")?;
    let done = write(group, connection).and_then(|()| run("COMMIT"));
    // SQLite has taken it back itself after some failures.
    if done.is_err() && !connection.is_autocommit() {
        let _ = run("ROLLBACK");
    }
    done
}

fn write(group: &Group, connection: &Connection) -> Result<(), Error> {
    for cleared in group.cleared() {
        sweep::add(connection, &cleared).map_err(|error| Fault::from(error).storage())?;
    }
    for (space, key, bytes) in group.writes() {
        let bytes = bytes.map(|bytes| &**bytes);
        entry::put(connection, space, key, bytes).map_err(|error| Fault::from(error).at(space, key))?;
    }
    sweep::piece(connection).map(drop).map_err(|error| Fault::from(error).storage())
}

/// How much longer the log is with a group, at most.
fn log_bytes(group: &Group) -> u64 {
    let bytes = |bytes: Option<&Bytes>| bytes.map_or(0, |bytes| bytes.len() as u64);
    group.writes().map(|(_, _, entry)| u64::from(PAGE_BYTES) + bytes(entry)).sum()
}
