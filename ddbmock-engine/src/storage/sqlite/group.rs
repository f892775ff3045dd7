//! Writes that share a commit.
//!
//! What is staged joins the open group. Whoever waits and finds nobody committing closes it and commits it for all in
//! it, while the next one fills. If each commit waits for the disk, those who were just answered are waited for a little:
//! they come again, and share it. A group that cannot be committed takes those after it with it: they may have been
//! decided from what it wrote.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use ddbmock_model::Error;
use rusqlite::Connection;

use super::checkpoint::Checkpoints;
use super::file::PAGE_BYTES;
use super::reader::{self, Readers};
use super::{Batch, Bytes, Cleared, Durability, Durable, Fault, Home, Space, Write, entry, sweep};
use crate::lock::Mutex;

/// How long those who come again are waited for at least, before a commit that waits for the disk.
const PATIENCE: Duration = Duration::from_millis(1);

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
    #[cfg(test)]
    pub(super) fn is_good(&self) -> bool {
        matches!(self.done.get(), Some(Ok(())))
    }
}

/// The groups of a database, and who writes them.
#[derive(Debug)]
pub(super) struct Groups {
    state: Mutex<State>,
    /// Whether each commit waits for the disk.
    syncs: bool,
    /// Told when all have come who are waited for.
    all_came: Condvar,
    has_failed: AtomicBool,
    writer: Arc<Mutex<Connection>>,
    readers: Arc<Readers>,
    checkpoints: Checkpoints,
    /// Dropped after the connection.
    home: Arc<Home>,
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
pub(super) struct Staged(pub(super) Option<Bytes>);

/// The last state of each key that a group of batches writes, over what they empty.
#[derive(Debug, Default)]
struct Group {
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

    /// How much longer the log is with it, at most.
    fn log_bytes(&self) -> u64 {
        let entries = self.writes.values().flat_map(BTreeMap::values);
        let bytes = |bytes: &Option<Bytes>| bytes.as_ref().map_or(0, |bytes| bytes.len() as u64);
        entries.map(|entry| u64::from(PAGE_BYTES) + bytes(entry)).sum()
    }

    /// Writes it in one transaction, which is taken back unless it is committed.
    fn commit(&self, connection: &Connection) -> Result<(), Error> {
        let run = |statement: &str| {
            let done = connection.prepare_cached(statement).and_then(|mut prepared| prepared.execute([]));
            done.map(drop).map_err(|error| Fault::from(error).storage())
        };
        run("BEGIN IMMEDIATE")?;
        let done = self.write(connection).and_then(|()| run("COMMIT"));
        // SQLite has taken it back itself after some failures.
        if done.is_err() && !connection.is_autocommit() {
            let _ = run("ROLLBACK");
        }
        done
    }

    fn write(&self, connection: &Connection) -> Result<(), Error> {
        let tables = self.tables_cleared.iter().map(|table| Cleared::Table(*table));
        let cleared = tables.chain(self.parts_cleared.iter().map(|space| Cleared::Part(*space)));
        for cleared in cleared {
            sweep::add(connection, &cleared).map_err(|error| Fault::from(error).storage())?;
        }
        for (space, writes) in &self.writes {
            for (key, bytes) in writes {
                entry::put(connection, *space, key, bytes.as_deref())
                    .map_err(|error| Fault::from(error).at(*space, key))?;
            }
        }
        sweep::piece(connection).map(drop).map_err(|error| Fault::from(error).storage())
    }
}

impl Groups {
    /// Nothing is staged yet.
    pub(super) fn new(writer: Connection, readers: Arc<Readers>, home: Arc<Home>) -> Self {
        let (state, has_failed) = (Mutex::default(), AtomicBool::new(false));
        let (syncs, all_came) = (home.durability() == Durability::Full, Condvar::new());
        let writer = Arc::new(Mutex::new(writer));
        let checkpoints = Checkpoints::new(Arc::clone(&writer), Arc::clone(&readers), Arc::clone(&home));
        Self { state, syncs, all_came, has_failed, writer, readers, checkpoints, home }
    }

    /// Adds a batch to the open group.
    pub(super) fn stage(&self, batch: Batch) -> Result<Arc<Outcome>, Error> {
        let mut state = self.state.lock();
        self.check()?;
        state.open.add(batch);
        if state.gathers && state.open.batches >= state.expected {
            self.all_came.notify_one();
        }
        Ok(Arc::clone(&state.open.outcome))
    }

    /// What is staged of a key; nothing if that is what is committed.
    pub(super) fn staged(&self, space: Space, key: &[u8]) -> Result<Option<Staged>, Error> {
        let state = self.state.lock();
        self.check()?;
        let before = || state.committing.as_ref()?.get(space, key);
        Ok(state.open.get(space, key).or_else(before))
    }

    /// The bytes of a key that is not staged, unless somebody commits: who writes has the pages at hand.
    pub(super) fn committed(&self, space: Space, key: &[u8]) -> Option<Result<Option<Bytes>, Error>> {
        let writer = self.writer.try_lock()?;
        Some(reader::find(&writer, space, key).map_err(|fault| fault.at(space, key)))
    }

    /// The outcome of all that is staged by now, if anything is.
    pub(super) fn latest(&self) -> Option<Arc<Outcome>> {
        let state = self.state.lock();
        let open = Some(&state.open).filter(|open| !open.is_empty());
        open.or(state.committing.as_deref()).map(|group| Arc::clone(&group.outcome))
    }

    /// What waits for an outcome.
    pub(super) fn durable(groups: &Arc<Self>, outcome: Arc<Outcome>) -> Durable {
        let groups = Arc::clone(groups);
        Durable::after(move || groups.wait(&outcome))
    }

    /// Waits until a group is committed, or commits it.
    fn wait(&self, outcome: &Outcome) -> Result<(), Error> {
        let mut state = self.state.lock();
        loop {
            if let Some(done) = outcome.done.get() {
                return done.clone();
            }
            if state.committing.is_some() || state.gathers {
                state = outcome.told.wait(state).unwrap_or_else(PoisonError::into_inner);
                continue;
            }
            // Its group is the open one.
            state = self.gather(state);
            let group = Arc::new(std::mem::take(&mut state.open));
            state.committing = Some(Arc::clone(&group));
            drop(state);
            let started = Instant::now();
            let done = self.commit(&group, started);
            self.readers.note_commit();
            self.checkpoints.follow(group.log_bytes());
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

    /// Writes a group, if it is found again.
    fn commit(&self, group: &Group, now: Instant) -> Result<(), Error> {
        self.home.check(now).map_err(Fault::storage)?;
        group.commit(&self.writer.lock())
    }

    /// Waits until as many have come to the open group as there were lately, for as long as a commit takes at most.
    fn gather<'s>(&'s self, mut state: MutexGuard<'s, State>) -> MutexGuard<'s, State> {
        if !self.syncs {
            return state;
        }
        state.gathers = true;
        let patience = state.took.max(PATIENCE);
        let waits = |state: &mut State| state.open.batches < state.expected;
        let waited = self.all_came.wait_timeout_while(state, patience, waits);
        let (mut state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        state.gathers = false;
        state
    }

    /// Whether something that was staged was lost.
    pub(super) fn has_failed(&self) -> bool {
        self.has_failed.load(Ordering::Acquire)
    }

    /// Takes batches again.
    pub(super) fn recover(&self) {
        self.has_failed.store(false, Ordering::Release);
    }

    /// Writes the database anew, without what was cleared, and empties its log.
    pub(super) fn compact(&self) -> Result<(), Fault> {
        let writer = self.writer.lock();
        self.readers.let_go();
        while sweep::piece(&writer)? {}
        writer.execute_batch("VACUUM; PRAGMA wal_checkpoint(TRUNCATE)")?;
        Ok(())
    }

    fn check(&self) -> Result<(), Error> {
        if self.has_failed() { Err(Fault::Failed.storage()) } else { Ok(()) }
    }

    /// Has whoever commits wait for so many batches.
    #[cfg(test)]
    pub(super) fn expect(&self, batches: usize) {
        let mut state = self.state.lock();
        (state.expected, state.took) = (batches, Duration::from_mins(2));
    }

    /// Whether somebody waits for others before he commits.
    #[cfg(test)]
    pub(super) fn gathers(&self) -> bool {
        self.state.lock().gathers
    }

    /// Does something while all who commit wait, as for a disk.
    #[cfg(test)]
    pub(super) fn hold_writer(&self, meanwhile: impl FnOnce()) {
        let _writer = self.writer.lock();
        meanwhile();
    }

    /// Has SQLite take no more than so many pages, as if the disk were full.
    #[cfg(test)]
    pub(super) fn limit_pages(&self, most: u32) {
        self.writer.lock().pragma_update_and_check(None, "max_page_count", most, |_| Ok(())).unwrap();
    }
}

impl Drop for Groups {
    fn drop(&mut self) {
        // What nobody waited for.
        let open = std::mem::take(&mut self.state.lock().open);
        if !open.is_empty() {
            let _ = self.commit(&open, Instant::now());
        }
    }
}
