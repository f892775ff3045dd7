//! A storage that commits in groups, as that of a file does, to a disk that is in memory and may fail.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use ddbmock_engine::storage::{
    Batch, Bytes, Direction, Disk, Durable, Group, Groups, Memory, Range, Read, Space, Staged, Storage,
    Visit, Write,
};
use ddbmock_engine::{Error, Message, Rule};
use shuttle::thread;

/// What lasts, and how it is written.
#[derive(Debug)]
pub(crate) struct Stored {
    pub(crate) memory: Arc<Memory>,
    /// Whether those who come again are waited for.
    pub(crate) syncs: bool,
    /// How many commits there are before one fails.
    pub(crate) fails_after: Arc<AtomicUsize>,
}

impl Disk for Stored {
    fn commit(&self, group: &Group) -> Result<(), Error> {
        thread::yield_now(); // others stage meanwhile
        if self.fails_after.fetch_sub(1, Ordering::SeqCst) == 0 {
            return Err(error());
        }
        let write = |(space, key, bytes): (_, &Arc<[u8]>, Option<&Bytes>)| Write {
            space,
            key: Arc::clone(key),
            bytes: bytes.cloned(),
        };
        let batch = Batch { writes: group.writes().map(write).collect(), cleared: group.cleared().collect() };
        self.memory.stage(batch)?.wait()
    }

    fn syncs(&self) -> bool {
        self.syncs
    }

    fn failed(&self) -> Error {
        error()
    }
}

fn error() -> Error {
    Error::Internal(Message::new(Rule("internal.storage"), "the disk is full"))
}

/// Groups over such a disk.
#[derive(Debug)]
pub(crate) struct Grouped(Arc<Groups<Stored>>);

impl Grouped {
    pub(crate) fn new(stored: Stored) -> Self {
        Self(Arc::new(Groups::new(stored)))
    }

    fn memory(&self) -> &Memory {
        &self.0.disk().memory
    }
}

impl Read for Grouped {
    fn get(&self, space: Space, key: &[u8]) -> Result<Option<Bytes>, Error> {
        self.memory().get(space, key)
    }

    fn walk(
        &self,
        space: Space,
        range: Range<'_>,
        direction: Direction,
        visit: &mut Visit<'_>,
    ) -> Result<(), Error> {
        self.memory().walk(space, range, direction, visit)
    }
}

impl Storage for Grouped {
    fn staged(&self, space: Space, key: &[u8]) -> Result<Option<Bytes>, Error> {
        match self.0.staged(space, key)? {
            Some(Staged(bytes)) => Ok(bytes),
            None => self.get(space, key),
        }
    }

    fn stage(&self, batch: Batch) -> Result<Durable, Error> {
        self.0.stage(batch)
    }

    fn all_staged(&self) -> Durable {
        self.0.all_staged()
    }

    fn view(&self, tables: &[u64]) -> Result<Arc<dyn Read>, Error> {
        self.memory().view(tables)
    }

    fn may_block(&self) -> bool {
        self.0.disk().syncs
    }

    fn lasts(&self) -> bool {
        true
    }

    fn has_failed(&self) -> bool {
        self.0.has_failed()
    }

    fn recover(&self) {
        self.0.recover();
    }
}
