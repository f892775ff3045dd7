//! A storage that tells of what is staged, and lets something happen whenever it is waited for.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use ddbmock_engine::Error;
use ddbmock_engine::storage::{Batch, Bytes, Direction, Durable, Range, Read, Space, Storage, Visit};

type Meanwhile = Box<dyn FnMut() + Send>;

/// Another storage, that is looked at.
#[derive(Debug)]
pub(crate) struct Observed {
    storage: Box<dyn Storage>,
    observer: Observer,
}

/// What is seen of it, and what happens.
#[derive(Clone, Default)]
pub(crate) struct Observer {
    meanwhile: Arc<Mutex<Option<Meanwhile>>>,
    /// The writes of the largest batch.
    largest: Arc<AtomicUsize>,
}

impl std::fmt::Debug for Observer {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Observer")
    }
}

impl Observed {
    pub(crate) fn new(storage: Box<dyn Storage>, observer: &Observer) -> Self {
        Self { storage, observer: observer.clone() }
    }
}

impl Observer {
    /// Has something happen after each wait from now on, but for those within it.
    pub(crate) fn meanwhile(&self, happens: impl FnMut() + Send + 'static) {
        *self.meanwhile.lock().unwrap() = Some(Box::new(happens));
    }

    /// Has nothing happen any more. Returns the writes of the largest batch since the last time.
    pub(crate) fn end(&self) -> usize {
        *self.meanwhile.lock().unwrap() = None;
        self.largest.swap(0, Ordering::SeqCst)
    }

    fn happen(&self) {
        let happens = self.meanwhile.lock().unwrap().take();
        if let Some(mut happens) = happens {
            happens();
            *self.meanwhile.lock().unwrap() = Some(happens);
        }
    }
}

impl Read for Observed {
    fn get(&self, space: Space, key: &[u8]) -> Result<Option<Bytes>, Error> {
        self.storage.get(space, key)
    }

    fn walk(
        &self,
        space: Space,
        range: Range<'_>,
        direction: Direction,
        visit: &mut Visit<'_>,
    ) -> Result<(), Error> {
        self.storage.walk(space, range, direction, visit)
    }
}

impl Storage for Observed {
    fn staged(&self, space: Space, key: &[u8]) -> Result<Option<Bytes>, Error> {
        self.storage.staged(space, key)
    }

    fn stage(&self, batch: Batch) -> Result<Durable, Error> {
        self.observer.largest.fetch_max(batch.writes.len(), Ordering::SeqCst);
        let durable = self.storage.stage(batch)?;
        let observer = self.observer.clone();
        Ok(Durable::after(move || {
            durable.wait()?;
            observer.happen();
            Ok(())
        }))
    }

    fn all_staged(&self) -> Durable {
        self.storage.all_staged()
    }

    fn view(&self, tables: &[u64]) -> Result<Arc<dyn Read>, Error> {
        self.storage.view(tables)
    }

    fn spaces(&self) -> Result<Vec<Space>, Error> {
        self.storage.spaces()
    }

    fn may_block(&self) -> bool {
        self.storage.may_block()
    }

    fn lasts(&self) -> bool {
        self.storage.lasts()
    }

    fn has_failed(&self) -> bool {
        self.storage.has_failed()
    }

    fn recover(&self) {
        self.storage.recover();
    }
}
