//! Writes that share a commit, whatever commits them.
//!
//! What is staged joins the open group. Whoever waits and finds nobody committing closes it and commits it for all in
//! it, while the next one fills. If each commit waits for the disk, those who were just answered are waited for a
//! little: they come again, and share it. A group that cannot be committed takes those after it with it: they may have
//! been decided from what it wrote.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use ddbmock_model::Error;

use super::{Batch, Bytes, Cleared, Durable, Space, Write};
use crate::lock::{Condvar, Mutex, MutexGuard};

/// How long those who come again are waited for at least, before a commit that waits for the disk.
const PATIENCE: Duration = Duration::from_millis(1);

/// What commits groups.
pub trait Disk: fmt::Debug + Send + Sync + 'static {
    /// Writes a group, all of it or nothing. Whoever reads sees it before anybody is told.
    ///
    /// # Errors
    /// Whatever kept it from that: nothing is staged then until [`Groups::recover`].
    fn commit(&self, group: &Group) -> Result<(), Error>;

    /// Whether each commit waits for something slow.
    fn syncs(&self) -> bool;

    /// The refusal of what comes after a failure.
    fn failed(&self) -> Error;
}

/// What came of a group, once it is known, and whom to tell: nobody else is woken.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    done: OnceLock<Result<(), Error>>,
    told: Condvar,
}

impl Outcome {
    fn tell(&self, done: Result<(), Error>) {
        let _ = self.done.set(done);
        self.told.notify_all();
    }

    /// Whether it is known, and good.
    #[cfg(all(test, feature = "sqlite"))]
    pub(super) fn is_good(&self) -> bool {
        matches!(self.done.get(), Some(Ok(())))
    }
}

/// The groups of a disk, and who commits them.
#[derive(Debug)]
pub struct Groups<D: Disk> {
    state: Mutex<State>,
    /// Told when all have come who are waited for.
    all_came: Condvar,
    has_failed: AtomicBool,
    disk: D,
}

#[derive(Debug, Default)]
struct State {
    open: Group,
    committing: Option<Arc<Group>>,
    /// Whether somebody is about to commit the open group, and waits for others.
    gathers: bool,
    /// How many batches there were lately at a time.
    expected: usize,
    /// How long the last commit took.
    took: Duration,
}

/// What is staged of a key: its bytes, unless it is removed.
#[derive(Debug)]
pub struct Staged(pub Option<Bytes>);

/// The last state of each key that a group of batches writes, over what they empty.
#[derive(Debug, Default)]
pub struct Group {
    tables_cleared: BTreeSet<u64>,
    parts_cleared: BTreeSet<Space>,
    writes: BTreeMap<Space, BTreeMap<Arc<[u8]>, Option<Bytes>>>,
    batches: usize,
    outcome: Arc<Outcome>,
}

impl Group {
    fn is_empty(&self) -> bool {
        self.writes.is_empty() && self.tables_cleared.is_empty() && self.parts_cleared.is_empty()
    }

    fn add(&mut self, batch: Batch) {
        self.batches += 1;
        for cleared in batch.cleared {
            match cleared {
                Cleared::Table(table) => {
                    self.writes.retain(|space, _| space.table != table);
                    self.tables_cleared.insert(table);
                }
                Cleared::Part(space) => {
                    self.writes.remove(&space);
                    self.parts_cleared.insert(space);
                }
            }
        }
        for Write { space, key, bytes } in batch.writes {
            self.writes.entry(space).or_default().insert(key, bytes);
        }
    }

    /// What it makes of a key; nothing if it leaves it as it is.
    fn get(&self, space: Space, key: &[u8]) -> Option<Staged> {
        let written = self.writes.get(&space).and_then(|writes| writes.get(key)).cloned().map(Staged);
        let is_cleared = || self.tables_cleared.contains(&space.table) || self.parts_cleared.contains(&space);
        written.or_else(|| is_cleared().then_some(Staged(None)))
    }

    /// What it empties, before it writes.
    pub fn cleared(&self) -> impl Iterator<Item = Cleared> {
        let tables = self.tables_cleared.iter().map(|table| Cleared::Table(*table));
        tables.chain(self.parts_cleared.iter().map(|space| Cleared::Part(*space)))
    }

    /// What it writes, in order: the bytes of keys, or nothing where they are removed.
    pub fn writes(&self) -> impl Iterator<Item = (Space, &Arc<[u8]>, Option<&Bytes>)> {
        self.writes
            .iter()
            .flat_map(|(space, writes)| writes.iter().map(move |(key, bytes)| (*space, key, bytes.as_ref())))
    }
}

impl<D: Disk> Groups<D> {
    /// Nothing is staged yet.
    pub fn new(disk: D) -> Self {
        let (state, all_came, has_failed) = (Mutex::default(), Condvar::default(), AtomicBool::new(false));
        Self { state, all_came, has_failed, disk }
    }

    /// What commits them.
    pub fn disk(&self) -> &D {
        &self.disk
    }

    /// Adds a batch to the open group.
    ///
    /// # Errors
    /// That of the disk, once something was lost.
    pub fn stage(self: &Arc<Self>, batch: Batch) -> Result<Durable, Error> {
        self.add(batch).map(|outcome| self.durable(outcome))
    }

    /// All that is staged by now.
    pub fn all_staged(self: &Arc<Self>) -> Durable {
        let state = self.state.lock();
        let open = Some(&state.open).filter(|open| !open.is_empty());
        let latest = open.or(state.committing.as_deref());
        latest.map_or_else(Durable::default, |group| self.durable(Arc::clone(&group.outcome)))
    }

    fn durable(self: &Arc<Self>, outcome: Arc<Outcome>) -> Durable {
        let groups = Arc::clone(self);
        Durable::after(move || groups.wait(&outcome))
    }

    /// Adds a batch to the open group, and tells which that is.
    pub(super) fn add(&self, batch: Batch) -> Result<Arc<Outcome>, Error> {
        let mut state = self.state.lock();
        self.check()?;
        state.open.add(batch);
        if state.gathers && state.open.batches >= state.expected {
            self.all_came.notify_one();
        }
        Ok(Arc::clone(&state.open.outcome))
    }

    /// What is staged of a key; nothing if that is what is committed.
    pub fn staged(&self, space: Space, key: &[u8]) -> Result<Option<Staged>, Error> {
        let state = self.state.lock();
        self.check()?;
        let before = || state.committing.as_ref()?.get(space, key);
        Ok(state.open.get(space, key).or_else(before))
    }

    /// Waits until a group is committed, or commits it.
    fn wait(&self, outcome: &Outcome) -> Result<(), Error> {
        let mut state = self.state.lock();
        loop {
            if let Some(done) = outcome.done.get() {
                return done.clone();
            }
            if state.committing.is_some() || state.gathers {
                state = outcome.told.wait(state);
                continue;
            }
            // Its group is the open one.
            state = self.gather(state);
            let group = Arc::new(std::mem::take(&mut state.open));
            state.committing = Some(Arc::clone(&group));
            drop(state);
            let started = Instant::now();
            let done = self.disk.commit(&group);
            state = self.state.lock();
            state.took = started.elapsed();
            state.expected = group.batches + state.open.batches;
            state.committing = None;
            if done.is_err() {
                self.has_failed.store(true, Ordering::Release);
                std::mem::take(&mut state.open).outcome.tell(done.clone());
            }
            group.outcome.tell(done);
            state.open.outcome.told.notify_one(); // who commits the next one
        }
    }

    /// Waits until as many have come to the open group as there were lately, for as long as a commit takes at most.
    fn gather<'s>(&'s self, mut state: MutexGuard<'s, State>) -> MutexGuard<'s, State> {
        if !self.disk.syncs() {
            return state;
        }
        state.gathers = true;
        let patience = state.took.max(PATIENCE);
        let waits = |state: &mut State| state.open.batches < state.expected;
        let mut state = self.all_came.wait_at_most(patience, &self.state, state, waits);
        state.gathers = false;
        state
    }

    /// Whether something that was staged was lost.
    pub fn has_failed(&self) -> bool {
        self.has_failed.load(Ordering::Acquire)
    }

    /// Takes batches again.
    pub fn recover(&self) {
        self.has_failed.store(false, Ordering::Release);
    }

    fn check(&self) -> Result<(), Error> {
        if self.has_failed() { Err(self.disk.failed()) } else { Ok(()) }
    }

    /// Has whoever commits wait for so many batches.
    #[cfg(all(test, feature = "sqlite"))]
    pub(super) fn expect(&self, batches: usize) {
        let mut state = self.state.lock();
        (state.expected, state.took) = (batches, Duration::from_mins(2));
    }

    /// Whether somebody waits for others before he commits.
    #[cfg(all(test, feature = "sqlite"))]
    pub(super) fn gathers(&self) -> bool {
        self.state.lock().gathers
    }
}

impl<D: Disk> Drop for Groups<D> {
    fn drop(&mut self) {
        // What nobody waited for.
        let open = std::mem::take(&mut self.state.lock().open);
        if !open.is_empty() {
            let _ = self.disk.commit(&open);
        }
    }
}
