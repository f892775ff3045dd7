//! Where a table is in its life while it is made, changed or ended: a function of the clock.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use ddbmock_model::{Error, Message, Rule, TableStatus};

use crate::clock::Timestamp;
use crate::definition::Definition;
use crate::index::Index;
use crate::lock::Mutex;
use crate::simulation::Simulation;
use crate::storage::Batch;
use crate::table::{Snapshot, Table};

/// How long it takes to make, change and end tables, and to delete items that expired. What is answered meanwhile is
/// what DynamoDB answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Delays {
    /// Until a new table is active.
    pub create: Duration,
    /// Until a change of a table is done. An index that is created takes half of it to be allocated, during which the
    /// table changes, and the other half to be filled. One of vectors cannot be searched for as long again.
    pub update: Duration,
    /// Until a deleted table is gone.
    pub delete: Duration,
    /// Until a change of the time to live of a table's items is done.
    pub time_to_live: Duration,
    /// How long items stay that have expired.
    pub expire: Duration,
}

/// What a table is said to be for a while.
#[derive(Debug, Clone)]
pub(crate) struct Stage {
    /// Its status.
    pub(crate) status: TableStatus,
    /// What is described, where that is not what it is.
    pub(crate) shown: Option<Arc<Definition>>,
    /// The first moment at which it is over.
    pub(crate) until: Timestamp,
}

impl Stage {
    /// A stage that begins now; none if it takes no time.
    pub(crate) fn new(status: TableStatus, now: Timestamp, lasts: Duration) -> Option<Self> {
        (!lasts.is_zero()).then(|| Self { status, shown: None, until: now.after(lasts) })
    }
}

/// The time in which an index is made that was added to a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Building {
    /// When it is allocated, and begins to be filled.
    pub(crate) filling: Timestamp,
    /// When it is filled, and can be read.
    pub(crate) until: Timestamp,
}

impl Building {
    /// What an index that is added now goes through; nothing if it takes no time.
    pub(crate) fn new(now: Timestamp, lasts: Duration) -> Option<Self> {
        (!lasts.is_zero()).then(|| Self { filling: now.after(lasts / 2), until: now.after(lasts) })
    }

    /// When an index of vectors can be searched: as long after it is filled as that takes.
    pub(crate) fn searchable(self) -> Timestamp {
        Timestamp(self.until.0.saturating_add(self.until.0.saturating_sub(self.filling.0)))
    }
}

/// When the next stage of any table is over, stored tokens are forgotten, or something of a stream is cleared.
#[derive(Debug)]
pub(crate) struct Due {
    /// In milliseconds; the end of time if there is none.
    next: AtomicU64,
    /// Held while what is due is worked out.
    settling: Mutex<()>,
    /// When the next item expires, in milliseconds; the end of time if none does.
    expiry: AtomicU64,
    /// Held while items are deleted that expired.
    pub(crate) expiring: Mutex<()>,
}

impl Default for Due {
    fn default() -> Self {
        Self {
            next: AtomicU64::new(u64::MAX),
            settling: Mutex::default(),
            expiry: AtomicU64::new(0), // whoever asks first looks when that is
            expiring: Mutex::default(),
        }
    }
}

impl Due {
    /// Whether something may be due.
    pub(crate) fn is_due(&self, now: impl FnOnce() -> Timestamp) -> bool {
        let next = self.next.load(Ordering::Acquire);
        next != u64::MAX && next <= now().0
    }

    /// Whether an item may have expired.
    pub(crate) fn is_expiry_due(&self, now: impl FnOnce() -> Timestamp) -> bool {
        let expiry = self.expiry.load(Ordering::Acquire);
        expiry != u64::MAX && expiry <= now().0
    }

    /// Notes when an item expires that is there for all to see.
    pub(crate) fn note_expiry(&self, at: Timestamp) {
        self.expiry.fetch_min(at.0, Ordering::AcqRel);
    }

    /// Whether an item may have expired, which is looked into now: whoever finds when the next one does notes it.
    pub(crate) fn begins_expiry(&self, now: Timestamp) -> bool {
        let is_due = self.is_expiry_due(|| now);
        if is_due {
            self.expiry.store(u64::MAX, Ordering::Release);
        }
        is_due
    }

    /// Notes when something next comes due, if something does.
    pub(crate) fn note(&self, until: Option<Timestamp>) {
        let Some(until) = until else { return };
        let _settling = self.settling.lock();
        self.next.fetch_min(until.0, Ordering::AcqRel);
    }
}

impl Simulation {
    /// Does what has come due by a moment, in the order in which it did.
    pub(crate) fn settle(&self, by: Timestamp) -> Result<(), Error> {
        let _settling = self.due.settling.lock();
        let tokens = self.tokens.trim(self.config.clock.now());
        self.storage.stage(Batch { writes: tokens, ..Batch::default() })?;
        let staged = |table: Arc<Table>| Some((table.stage()?, table));
        let mut staged: Vec<(Stage, Arc<Table>)> =
            self.catalog.all().into_iter().filter_map(staged).collect();
        staged.sort_by_key(|(stage, table)| (stage.until, table.number));
        let later = staged.partition_point(|(stage, _)| stage.until <= by);
        for (stage, table) in &staged[..later] {
            if stage.status == TableStatus::Deleting {
                self.remove(table)?;
            }
        }
        for table in self.catalog.all() {
            table.restage(&*self.storage, |current| current.after(by))?;
        }
        self.streams.trim(&*self.storage, self.config.clock.now())?.wait()?;
        self.storage.all_staged().wait()?;
        let next = staged.get(later).map(|(stage, _)| stage.until);
        let next = next.into_iter().chain(self.tokens.due()).chain(self.streams.due()).min();
        self.due.next.store(next.map_or(u64::MAX, |next| next.0), Ordering::Release);
        Ok(())
    }
}

impl Table {
    /// What it is going through, be it over or not.
    fn stage(&self) -> Option<Stage> {
        self.current.read().stage.clone()
    }

    /// Its status at a moment.
    pub(crate) fn status(&self, now: impl FnOnce() -> Timestamp) -> TableStatus {
        self.current.read().stage_at(now).map_or(TableStatus::Active, |stage| stage.status)
    }

    /// What it is said to be at a moment, and how much it holds.
    pub(crate) fn described(&self, now: Timestamp) -> (Snapshot, TableStatus) {
        let mut snapshot = self.snapshot();
        let current = self.current.read();
        let Some(stage) = current.stage_at(|| now) else {
            return (snapshot, TableStatus::Active);
        };
        if let Some(shown) = &stage.shown {
            snapshot.definition = Arc::clone(shown);
        }
        (snapshot, stage.status)
    }
}

/// What a table is, and what it is going through.
#[derive(Debug, Clone)]
pub(crate) struct Current {
    /// What it is.
    pub(crate) definition: Arc<Definition>,
    /// What it is going through.
    pub(crate) stage: Option<Stage>,
}

impl Current {
    fn stage_at(&self, now: impl FnOnce() -> Timestamp) -> Option<&Stage> {
        let stage = self.stage.as_ref()?;
        (stage.until > now()).then_some(stage)
    }

    /// What is left once its stage, or the making of an index, is over by a moment; nothing if neither is.
    fn after(&self, by: Timestamp) -> Option<Self> {
        let stage = self.stage.clone().filter(|stage| stage.until > by);
        let is_made = |index: &Index| index.readable_from().is_some_and(|from| from <= by);
        if !self.definition.indexes.iter().any(is_made) {
            let definition = Arc::clone(&self.definition);
            return (stage.is_some() != self.stage.is_some()).then_some(Self { definition, stage });
        }
        let mut definition = Definition::clone(&self.definition);
        for index in &mut definition.indexes {
            index.building = index.building.filter(|_| !is_made(index));
        }
        Some(Self { definition: Arc::new(definition), stage })
    }
}

/// The refusal to change a table that is made, changed or ended; none at rest. Source: production captures of tables
/// that are created; assumed for the others.
pub(crate) fn check_at_rest(status: TableStatus, name: &str) -> Result<(), Error> {
    let (rule, verb) = match status {
        TableStatus::Creating => (Rule("table.being_created"), "created"),
        TableStatus::Updating => (Rule("table.being_updated"), "updated"),
        TableStatus::Deleting => (Rule("table.being_deleted"), "deleted"),
        TableStatus::Active => return Ok(()),
    };
    Err(in_use(rule, format!("Table is being {verb}: {name}")))
}

/// The refusal to change what is still in use.
pub(crate) fn in_use(rule: Rule, what: impl AsRef<str>) -> Error {
    let text = format!("Attempt to change a resource which is still in use: {}", what.as_ref());
    Error::ResourceInUse(Message::new(rule, text))
}

#[cfg(test)]
mod tests {
    use ddbmock_model::op::ListTables;

    use super::{Due, Duration, Timestamp};
    use crate::clock::Clock;
    use crate::config::Config;
    use crate::engine::Engine;
    use crate::fixture::streamed;
    use crate::storage::Memory;

    #[test]
    fn what_comes_first_is_due_first() {
        let due = Due::default();
        for until in [5, 2, 7] {
            due.note(Some(Timestamp(until)));
        }
        due.note(None);
        assert_eq!([1, 2, 3].map(|now| due.is_due(|| Timestamp(now))), [false, true, true]);
    }

    /// Nobody has to settle for that: whoever asks for anything finds it due.
    #[test]
    fn streams_are_trimmed_in_time() {
        let config = Config { clock: Clock::manual(Timestamp(1_000)), ..Config::default() };
        let engine = Engine::with_storage(config, Memory::default()).unwrap();
        engine.create_table(streamed("songs")).unwrap();
        engine.settle().unwrap();
        let world = engine.simulation();
        for day in 1..4 {
            world.config.clock.advance(Duration::from_hours(24));
            engine.list_tables(ListTables::default()).unwrap();
            assert!(world.streams.due() > Some(world.config.clock.now()), "after {day} days");
        }
    }
}
