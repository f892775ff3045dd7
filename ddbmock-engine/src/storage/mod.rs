//! What is stored, behind a small ordered contract: keys to bytes, in spaces.
//!
//! A space is named by numbers, never by a table's name: a table that is deleted and created again is another space,
//! so that no row comes back. Everything that must outlive a request lives in a space.

#[cfg(any(feature = "sqlite", feature = "schedules"))]
mod group;
mod memory;
#[cfg(feature = "sqlite")]
mod sqlite;
#[cfg(test)]
mod tests;

use std::fmt::{self, Write as _};
use std::ops::{Bound, ControlFlow};
use std::sync::Arc;

use ddbmock_model::{Error, Message, Rule};

#[cfg(any(feature = "sqlite", feature = "schedules"))]
pub use group::{Disk, Group, Groups, Staged};
pub use memory::Memory;
#[cfg(feature = "sqlite")]
pub use sqlite::{Durability, Sqlite};

/// Stored bytes, shared by whoever reads them.
pub type Bytes = Arc<[u8]>;

/// A space: an ordered map from keys to bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Space {
    /// The table's number, never given twice; 0 is the world itself. Spaces of one table are read and written together.
    pub table: u64,
    /// Which of the table's spaces: 0 holds the rows.
    pub part: u32,
}

/// A range of keys.
pub type Range<'a> = (Bound<&'a [u8]>, Bound<&'a [u8]>);

/// The direction of a walk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// From the lowest key.
    Forward,
    /// From the highest key.
    Backward,
}

/// What a walk does with an entry, and whether it goes on.
pub type Visit<'a> = dyn FnMut(&[u8], &Bytes) -> ControlFlow<()> + 'a;

/// Reads of what is stored.
pub trait Read: fmt::Debug + Send + Sync {
    /// The bytes of a key, exactly as they were staged.
    ///
    /// # Errors
    /// [`Error::Internal`] if the storage fails or is damaged.
    fn get(&self, space: Space, key: &[u8]) -> Result<Option<Bytes>, Error>;

    /// Visits the entries of a range in key order, until it ends or the visitor has enough. No lock is held while the
    /// visitor runs: it may read, and it may stage. Whether the walk of a storage sees what is staged meanwhile is left
    /// open; a view's never does.
    ///
    /// # Errors
    /// As [`Read::get`].
    fn walk(
        &self,
        space: Space,
        range: Range<'_>,
        direction: Direction,
        visit: &mut Visit<'_>,
    ) -> Result<(), Error>;
}

/// The authority on what is stored.
///
/// Reads see what lasts, and may see what is staged. Who decides about a write reads by [`Storage::staged`], under a
/// lock that keeps other writers of the same keys out until the write is staged.
pub trait Storage: Read {
    /// The bytes of a key as they were last staged, whether or not that lasts yet.
    ///
    /// # Errors
    /// As [`Read::get`], and while the storage has failed.
    fn staged(&self, space: Space, key: &[u8]) -> Result<Option<Bytes>, Error> {
        self.get(space, key)
    }

    /// Writes a batch, all of it or nothing. Later writers see it at once; it lasts, and all see it, once
    /// [`Durable::wait`] returns, for which the caller first lets go of its locks, so that writers share one sync.
    ///
    /// # Errors
    /// [`Error::Internal`] if it could not be written; nothing of it is then there. Once a batch was staged and could
    /// not be made to last, the storage has failed: see [`Storage::has_failed`].
    fn stage(&self, batch: Batch) -> Result<Durable, Error>;

    /// All that is staged by now. Whoever was refused because of something that is staged waits for it, so that a
    /// refusal never tells of what nobody can read.
    fn all_staged(&self) -> Durable {
        Durable::default()
    }

    /// The tables as they are now, at one moment, unmoved by later writes. Whoever reads two spaces that must agree
    /// reads both from one view.
    ///
    /// # Errors
    /// As [`Read::get`].
    fn view(&self, tables: &[u64]) -> Result<Arc<dyn Read>, Error>;

    /// The spaces in which something is, but for those that were cleared: what is left of them goes. Only a storage
    /// that lasts need tell.
    ///
    /// # Errors
    /// As [`Read::get`].
    fn spaces(&self) -> Result<Vec<Space>, Error> {
        Ok(Vec::new())
    }

    /// Whether a call may wait until a disk has written something.
    fn may_block(&self) -> bool;

    /// Whether what is stored is there for a later engine. What only that one asks for need not be stored otherwise.
    fn lasts(&self) -> bool {
        false
    }

    /// Whether something that was staged was lost, a full disk for instance. Nothing is staged until
    /// [`Storage::recover`], for later writers have seen it.
    fn has_failed(&self) -> bool {
        false
    }

    /// Goes on with what lasts, after a failure. The caller keeps all writers out, and has them forget what they know.
    fn recover(&self) {}
}

/// Writes that belong together.
#[derive(Debug, Default)]
pub struct Batch {
    /// What to write: a key's new bytes, or nothing to remove it.
    pub writes: Vec<Write>,
    /// What goes for good. Nobody reads it or writes to it again, so that the storage may take its time.
    pub cleared: Vec<Cleared>,
}

/// What goes for good.
#[derive(Debug)]
pub enum Cleared {
    /// All spaces of a table.
    Table(u64),
    /// One space.
    Part(Space),
}

/// One key's new state.
#[derive(Debug)]
pub struct Write {
    /// Where.
    pub space: Space,
    /// The key.
    pub key: Arc<[u8]>,
    /// Its bytes; nothing to remove it.
    pub bytes: Option<Bytes>,
}

/// A batch that was staged and is about to last.
#[derive(Default)]
pub struct Durable(Option<Box<dyn FnOnce() -> Result<(), Error> + Send>>);

impl Durable {
    /// A batch that lasts once `wait` returns.
    pub fn after(wait: impl FnOnce() -> Result<(), Error> + Send + 'static) -> Self {
        Self(Some(Box::new(wait)))
    }

    /// Waits until the batch lasts as long as the storage promises.
    ///
    /// # Errors
    /// [`Error::Internal`] if it will not.
    pub fn wait(self) -> Result<(), Error> {
        self.0.map_or(Ok(()), |wait| wait())
    }
}

impl fmt::Debug for Durable {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(if self.0.is_some() { "Durable(soon)" } else { "Durable(now)" })
    }
}

/// Walks as [`Read::walk`] does, until the visitor fails as well.
pub(crate) fn walk(
    read: &dyn Read,
    space: Space,
    range: Range<'_>,
    direction: Direction,
    mut visit: impl FnMut(&[u8], &Bytes) -> Result<ControlFlow<()>, Error>,
) -> Result<(), Error> {
    let mut failure = Ok(());
    read.walk(space, range, direction, &mut |key, bytes| {
        visit(key, bytes).unwrap_or_else(|error| {
            failure = Err(error);
            ControlFlow::Break(())
        })
    })?;
    failure
}

/// Visits all entries of a space, until the visitor fails.
pub(crate) fn each(
    read: &dyn Read,
    space: Space,
    mut visit: impl FnMut(&[u8], &Bytes) -> Result<(), Error>,
) -> Result<(), Error> {
    let all = (Bound::Unbounded, Bound::Unbounded);
    walk(read, space, all, Direction::Forward, |key, bytes| {
        visit(key, bytes).map(|()| ControlFlow::Continue(()))
    })
}

/// The error of something stored that is not as it was written.
pub(crate) fn damaged(space: Space, key: &[u8]) -> Error {
    let mut text = "stored data is damaged: key 0x".to_owned();
    for byte in key {
        write!(text, "{byte:02x}").expect("a text takes whatever is written to it");
    }
    let Space { table, part } = space;
    write!(text, " of space {table}.{part}").expect("a text takes whatever is written to it");
    Error::Internal(Message::new(Rule("internal.damaged"), text))
}
