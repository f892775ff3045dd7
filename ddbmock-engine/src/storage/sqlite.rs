//! Storage in SQLite, for tables that are larger than memory or outlive their process.
//!
//! One table of SQLite's holds everything, in the order in which it is walked. What is staged waits in memory until one
//! of those who wait for it commits it for all; reads see what is committed. They have connections of their own: with a
//! write-ahead log nobody waits for another's transaction.
//!
//! Every entry is held against its checksum when it is read: what is answered is what was written, or an error. Damage
//! to a key or to the tree can also hide an entry.
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

mod checkpoint;
mod database;
mod entry;
mod fault;
mod file;
mod folder;
mod home;
mod identity;
mod lock_file;
mod reader;
mod rest;
mod sweep;
#[cfg(test)]
mod tests;

use std::path::Path;
use std::sync::Arc;

use ddbmock_model::Error;
use rusqlite::Connection;

use super::group::{Disk, Group, Groups, Staged};
use super::{Batch, Bytes, Cleared, Direction, Durable, Range, Read, Space, Storage, Visit, damaged};
use database::Database;
use fault::Fault;
use folder::Folder;
use home::Home;
use reader::{Readers, View};

/// What of a write that was answered outlives what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Durability {
    /// It outlives its process, however that ends. A power loss may take the last moments; the file stays whole.
    #[default]
    Normal,
    /// It outlives a power loss: each group of writes waits for the disk.
    Full,
    /// Nothing is promised, and no disk is waited for: a power loss may damage the file.
    Off,
}

impl Durability {
    /// SQLite's word for it.
    fn synchronous(self) -> &'static str {
        match self {
            Self::Normal => "NORMAL",
            Self::Full => "FULL",
            Self::Off => "OFF",
        }
    }
}

/// Storage in a database.
#[derive(Debug)]
pub struct Sqlite {
    groups: Arc<Groups<Database>>,
    readers: Arc<Readers>,
}

impl Sqlite {
    /// The database of a file, which is made if it is not there. No other process can open it meanwhile.
    ///
    /// # Errors
    /// [`Error::Internal`] with one line that says what is wrong with the file, which is then as it was: it is in use,
    /// no file of ddbmock's, of a newer version, damaged, or read-only.
    pub fn open(path: &Path, durability: Durability) -> Result<Self, Error> {
        let opened = || {
            let home = Home::file(path, durability)?;
            let writer = file::open(&home)?;
            Ok(Self::over(home, writer))
        };
        opened().map_err(|fault: Fault| fault.of_file(path))
    }

    /// An empty database in a new folder within that one. The new folder is removed with the last handle on the
    /// storage or a view of it; whoever ends the process before that leaves it, and nothing ever reads it again.
    ///
    /// # Errors
    /// [`Error::Internal`] if there can be no such folder or database.
    pub fn temporary(within: &Path) -> Result<Self, Error> {
        let folder = Folder::new(within).map_err(|error| Fault::Folder(error).storage())?;
        Self::in_folder(Home::temporary(folder)).map_err(Fault::storage)
    }

    /// What SQLite finds wrong with the database, a line each.
    ///
    /// # Errors
    /// [`Error::Internal`] if it cannot even look.
    pub fn check(&self) -> Result<Vec<String>, Error> {
        self.readers.take().and_then(|reader| reader.check()).map_err(Fault::storage)
    }

    /// Writes the database anew, without what was deleted.
    ///
    /// # Errors
    /// [`Error::Internal`] if that fails, for want of room for instance; the database is then as it was.
    pub fn compact(&self) -> Result<(), Error> {
        self.groups.disk().compact().map_err(Fault::storage)
    }

    fn in_folder(home: Arc<Home>) -> Result<Self, Fault> {
        if !home.database().exists() {
            file::create(home.database(), Durability::Off)?;
        }
        let writer = file::open(&home)?;
        Ok(Self::over(home, writer))
    }

    fn over(home: Arc<Home>, writer: Connection) -> Self {
        let readers = Arc::new(Readers::new(Arc::clone(&home)));
        let groups = Arc::new(Groups::new(Database::new(writer, Arc::clone(&readers), home)));
        Self { groups, readers }
    }
}

impl Read for Sqlite {
    fn get(&self, space: Space, key: &[u8]) -> Result<Option<Bytes>, Error> {
        let found = self.readers.take().and_then(|reader| reader::find(reader.connection(), space, key));
        found.map_err(|fault| fault.at(space, key))
    }

    fn walk(
        &self,
        space: Space,
        range: Range<'_>,
        direction: Direction,
        visit: &mut Visit<'_>,
    ) -> Result<(), Error> {
        reader::walk(space, range, direction, visit, |rest| self.readers.take()?.page(space, rest, direction))
    }
}

impl Storage for Sqlite {
    fn staged(&self, space: Space, key: &[u8]) -> Result<Option<Bytes>, Error> {
        match self.groups.staged(space, key)? {
            Some(Staged(bytes)) => Ok(bytes),
            None => self.groups.disk().committed(space, key).unwrap_or_else(|| self.get(space, key)),
        }
    }

    fn stage(&self, batch: Batch) -> Result<Durable, Error> {
        self.groups.stage(batch)
    }

    fn all_staged(&self) -> Durable {
        self.groups.all_staged()
    }

    /// The view is a read transaction, not a copy: it costs nothing to make, whatever the tables hold. While it is
    /// there, the log keeps all that is written since and grows.
    fn view(&self, _: &[u64]) -> Result<Arc<dyn Read>, Error> {
        let view = self.readers.take().and_then(View::of_now);
        Ok(Arc::new(view.map_err(Fault::storage)?))
    }

    fn spaces(&self) -> Result<Vec<Space>, Error> {
        self.readers.take().and_then(|reader| reader.spaces()).map_err(Fault::storage)
    }

    fn may_block(&self) -> bool {
        self.groups.disk().syncs()
    }

    fn lasts(&self) -> bool {
        self.groups.disk().lasts()
    }

    fn has_failed(&self) -> bool {
        self.groups.has_failed()
    }

    fn recover(&self) {
        self.groups.recover();
    }
}
