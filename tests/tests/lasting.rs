//! A storage that is obviously right, that a later engine finds again, and that fails when it is told to.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::{ControlFlow, RangeBounds};
use std::sync::{Arc, Mutex, MutexGuard};

use ddbmock_engine::storage::{
    Batch, Bytes, Cleared, Direction, Durable, Range, Read, Space, Storage, Visit,
};
use ddbmock_engine::{Error, Message, Rule};

type Entries = BTreeMap<(Space, Vec<u8>), Bytes>;

/// Clones are handles on the same one. What is staged and not waited for is lost with a restart.
#[derive(Debug, Clone, Default)]
pub(crate) struct Lasting(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    lasting: Arc<Entries>,
    staged: Arc<Entries>,
    /// How many syncs there are until one fails; none fails if 0.
    syncs_left: usize,
    failures: usize,
    has_failed: bool,
}

impl Lasting {
    /// Has the sync fail that comes after so many others.
    pub(crate) fn fail_after(&self, syncs: usize) {
        self.lock().syncs_left = syncs + 1;
    }

    /// What is left of it when its process is killed.
    pub(crate) fn killed(&self) -> Self {
        let lasting = Arc::clone(&self.lock().lasting);
        let state = State { staged: Arc::clone(&lasting), lasting, ..State::default() };
        Self(Arc::new(Mutex::new(state)))
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap()
    }

    fn now(&self) -> Entered {
        Entered(Arc::clone(&self.lock().lasting))
    }
}

fn lost() -> Error {
    Error::Internal(Message::new(Rule("internal.test"), "it was told to fail"))
}

impl State {
    /// Makes all that is staged last, unless what was staged at that time was lost.
    fn sync(&mut self, failures: usize) -> Result<(), Error> {
        if self.failures != failures {
            return Err(lost());
        }
        let left = self.syncs_left;
        self.syncs_left = left.saturating_sub(1);
        if left == 1 {
            self.failures += 1;
            self.has_failed = true;
            return Err(lost());
        }
        self.lasting = Arc::clone(&self.staged);
        Ok(())
    }
}

impl Read for Lasting {
    fn get(&self, space: Space, key: &[u8]) -> Result<Option<Bytes>, Error> {
        self.now().get(space, key)
    }

    fn walk(
        &self,
        space: Space,
        range: Range<'_>,
        direction: Direction,
        visit: &mut Visit<'_>,
    ) -> Result<(), Error> {
        self.now().walk(space, range, direction, visit)
    }
}

impl Storage for Lasting {
    fn staged(&self, space: Space, key: &[u8]) -> Result<Option<Bytes>, Error> {
        let staged = Arc::clone(&self.lock().staged);
        Entered(staged).get(space, key)
    }

    fn stage(&self, batch: Batch) -> Result<Durable, Error> {
        let mut state = self.lock();
        if state.has_failed {
            return Err(lost());
        }
        let entries = Arc::make_mut(&mut state.staged);
        for cleared in batch.cleared {
            entries.retain(|(space, _), _| match cleared {
                Cleared::Table(table) => space.table != table,
                Cleared::Part(part) => *space != part,
            });
        }
        for write in batch.writes {
            let key = (write.space, write.key.to_vec());
            match write.bytes {
                Some(bytes) => entries.insert(key, bytes),
                None => entries.remove(&key),
            };
        }
        drop(state);
        Ok(self.all_staged())
    }

    fn all_staged(&self) -> Durable {
        let (state, failures) = (self.clone(), self.lock().failures);
        Durable::after(move || state.lock().sync(failures))
    }

    fn view(&self, _: &[u64]) -> Result<Arc<dyn Read>, Error> {
        Ok(Arc::new(self.now()))
    }

    fn spaces(&self) -> Result<Vec<Space>, Error> {
        let spaces: BTreeSet<Space> = self.lock().lasting.keys().map(|(space, _)| *space).collect();
        Ok(spaces.into_iter().collect())
    }

    fn may_block(&self) -> bool {
        true
    }

    fn lasts(&self) -> bool {
        true
    }

    fn has_failed(&self) -> bool {
        self.lock().has_failed
    }

    fn recover(&self) {
        let mut state = self.lock();
        state.staged = Arc::clone(&state.lasting);
        state.has_failed = false;
    }
}

/// Entries of one moment.
#[derive(Debug)]
struct Entered(Arc<Entries>);

impl Read for Entered {
    fn get(&self, space: Space, key: &[u8]) -> Result<Option<Bytes>, Error> {
        Ok(self.0.get(&(space, key.to_vec())).cloned())
    }

    fn walk(
        &self,
        space: Space,
        (low, high): Range<'_>,
        direction: Direction,
        visit: &mut Visit<'_>,
    ) -> Result<(), Error> {
        let within = |key: &Vec<u8>| RangeBounds::<[u8]>::contains(&(low, high), key.as_slice());
        let mut found: Vec<_> =
            self.0.iter().filter(|((other, key), _)| *other == space && within(key)).collect();
        if direction == Direction::Backward {
            found.reverse();
        }
        for ((_, key), bytes) in found {
            if visit(key, bytes) == ControlFlow::Break(()) {
                break;
            }
        }
        Ok(())
    }
}
