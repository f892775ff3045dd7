//! A table: what it is, its rows, and the lock under which they change.
//!
//! A write holds the table's lock while it looks at the stored item, decides, and stages the new one. Reads do not
//! take it.

use std::ops::{Bound, ControlFlow};
use std::slice;
use std::sync::{Arc, MutexGuard};
use std::time::Duration;

use ddbmock_model::{Error, Item, Message, Rule, TableStatus};
use rustc_hash::FxHashMap;

use crate::change::{Cause, Change};
use crate::clock::Timestamp;
use crate::definition::{Definition, Identity};
use crate::engine::Simulation;
use crate::index::{Effect, Index};
use crate::lock::{Mutex, RwLock};
use crate::schema::KeySchema;
use crate::stage::{Current, Stage};
use crate::storage::{self, Batch, Cleared, Direction, Read, Space};
use crate::write::Write;

/// The part of a table's space that holds its rows.
pub(crate) const ROWS: u32 = 0;

/// How much a table or an index holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Statistics {
    /// Items, or entries.
    pub(crate) items: u64,
    /// The bytes they are billed for.
    pub(crate) bytes: u64,
}

impl Statistics {
    fn follow(&mut self, before: Option<&Item>, after: Option<&Item>) {
        let bytes = |item: Option<&Item>| item.map_or(0, |item| item.bytes() as u64);
        self.items = self.items + u64::from(after.is_some()) - u64::from(before.is_some());
        self.bytes = self.bytes + bytes(after) - bytes(before);
    }
}

/// A table.
#[derive(Debug)]
pub(crate) struct Table {
    /// Its number: the name of its spaces, never given twice.
    pub(crate) number: u64,
    /// Who it is.
    pub(crate) identity: Identity,
    /// Its key, the same all its life.
    pub(crate) schema: KeySchema,
    /// What it is now, and what it is going through. Its definition changes only under the lock.
    pub(crate) current: RwLock<Current>,
    state: Mutex<State>,
}

/// What a write did: the change of the item, and what that was to the indexes.
#[derive(Debug)]
pub(crate) struct Written {
    /// The change of the item.
    pub(crate) change: Change,
    /// What it was to the indexes that it touched.
    pub(crate) effects: Vec<Effect>,
    /// What the table was at that moment.
    pub(crate) definition: Arc<Definition>,
}

/// What a table is and how much it holds, at one moment.
#[derive(Debug, Clone)]
pub(crate) struct Snapshot {
    /// What it is.
    pub(crate) definition: Arc<Definition>,
    statistics: FxHashMap<u32, Statistics>,
}

impl Snapshot {
    /// How much its rows come to, or the entries of an index.
    pub(crate) fn statistics(&self, part: u32) -> Statistics {
        self.statistics.get(&part).copied().unwrap_or_default()
    }
}

/// What a table becomes, and what is said while it does.
#[derive(Debug)]
pub(crate) struct Redefinition {
    /// What it becomes.
    pub(crate) after: Definition,
    /// What it is said to be while it changes.
    pub(crate) shown: Definition,
    /// Whether it is said to be changing.
    pub(crate) status: TableStatus,
    /// How long that is said.
    pub(crate) lasts: Duration,
}

#[derive(Debug, Default)]
struct State {
    /// What the rows come to, and each index's entries, by their parts.
    statistics: FxHashMap<u32, Statistics>,
    /// The last change.
    latest: (u64, Timestamp),
    dropped: bool,
}

impl Table {
    /// A table without items.
    pub(crate) fn new(number: u64, identity: Identity, current: Current) -> Self {
        let schema = KeySchema::of(&current.definition.key, &current.definition.attributes);
        Self { number, identity, schema, current: RwLock::new(current), state: Mutex::default() }
    }

    /// What it is now.
    pub(crate) fn definition(&self) -> Arc<Definition> {
        Arc::clone(&self.current.read().definition)
    }

    /// Where its rows are, or the entries of an index.
    pub(crate) fn space(&self, part: u32) -> Space {
        Space { table: self.number, part }
    }

    /// What it is and how much it holds now.
    pub(crate) fn snapshot(&self) -> Snapshot {
        let state = self.state.lock();
        Snapshot { definition: self.definition(), statistics: state.statistics.clone() }
    }

    /// The item of a row's key.
    pub(crate) fn get(&self, storage: &dyn Read, key: &[u8]) -> Result<Option<Item>, Error> {
        Ok(storage.get(self.space(ROWS), key)?.map(Item::from_packed))
    }

    /// Makes a write: looks at the stored item, decides, and stores the new one with its index entries.
    pub(crate) fn write(&self, world: &Simulation, write: &Write<'_>) -> Result<Written, Error> {
        let key = write.row(&self.schema)?;
        write.check_charge()?;
        write.check_targets(&self.schema)?;
        let one = RowWrite { table: self, key, write };
        let mut tables = LockedTables::of(slice::from_ref(&one))?;
        let decided = tables.decide(world, slice::from_ref(&one)).next();
        let written = decided.expect("one write was decided")?;
        tables.make(world, slice::from_ref(&written))?;
        Ok(written)
    }

    /// Makes it another one: decides what it becomes, fills the indexes that are new and empties those that are gone.
    /// Returns what is said of it meanwhile.
    pub(crate) fn redefine(
        &self,
        world: &Simulation,
        decide: impl FnOnce(&Definition, TableStatus) -> Result<Redefinition, Error>,
    ) -> Result<(Snapshot, TableStatus), Error> {
        let mut locked = self.lock().ok_or_else(|| no_such_table(&self.identity.name))?;
        let now = world.config.clock.now();
        let before = self.definition();
        let Redefinition { after, shown, status, lasts } = decide(&before, self.status(|| now))?;
        let mut batch = Batch::default();
        let mut statistics = locked.state.statistics.clone();
        let gone =
            before.indexes.iter().filter(|index| after.indexes.iter().all(|one| one.part != index.part));
        for Index { part, .. } in gone {
            batch.cleared.push(Cleared::Part(self.space(*part)));
            statistics.remove(part);
        }
        let new =
            after.indexes.iter().filter(|index| before.indexes.iter().all(|one| one.part != index.part));
        for index in new {
            statistics.insert(index.part, locked.fill(&*world.storage, index, &mut batch)?);
        }
        let durable = world.storage.stage(batch)?;
        let shown = Arc::new(shown);
        let stage = Stage::new(status, now, lasts)
            .filter(|_| status != TableStatus::Active || *shown != after)
            .map(|stage| Stage { shown: Some(Arc::clone(&shown)), ..stage });
        let until = stage.as_ref().map(|stage| stage.until);
        *self.current.write() = Current { definition: Arc::new(after), stage };
        let held = std::mem::replace(&mut locked.state.statistics, statistics);
        drop(locked);
        world.due.note(until);
        durable.wait()?;
        Ok((Snapshot { definition: shown, statistics: held }, status))
    }

    /// Begins a stage, once no one redefines it.
    pub(crate) fn begin_stage(&self, stage: Stage) {
        let _locked = self.state.lock();
        self.current.write().stage = Some(stage);
    }

    /// Waits until no one else writes to it; nothing if it is gone.
    fn lock(&self) -> Option<Locked<'_>> {
        let state = self.state.lock();
        let sequence = state.latest.0;
        (!state.dropped).then_some(Locked { table: self, state, sequence })
    }

    /// Ends the table: whoever still holds it finds it gone.
    pub(crate) fn end(&self) {
        self.state.lock().dropped = true;
    }
}

/// A write to a row of a table that it fits.
#[derive(Debug)]
pub(crate) struct RowWrite<'w> {
    /// The table.
    pub(crate) table: &'w Table,
    /// The row's key.
    pub(crate) key: Arc<[u8]>,
    /// What is done to the row.
    pub(crate) write: &'w Write<'w>,
}

/// The tables of some writes, to which no one else can write: the writes are decided, and what is accepted of them is
/// made, at one moment.
pub(crate) struct LockedTables<'t> {
    /// By their numbers.
    tables: Vec<Locked<'t>>,
}

impl<'t> LockedTables<'t> {
    /// Locks the tables of writes, in the order of their numbers.
    pub(crate) fn of(writes: &[RowWrite<'t>]) -> Result<Self, Error> {
        let mut tables: Vec<&Table> = writes.iter().map(|one| one.table).collect();
        tables.sort_unstable_by_key(|table| table.number);
        tables.dedup_by_key(|table| table.number);
        let locked = tables.into_iter().map(|table| table.lock().ok_or_else(not_found));
        Ok(Self { tables: locked.collect::<Result<_, _>>()? })
    }

    /// What each of the writes, which are to different rows, would do; or why it is refused.
    pub(crate) fn decide(
        &mut self,
        world: &Simulation,
        writes: &[RowWrite<'t>],
    ) -> impl Iterator<Item = Result<Written, Error>> {
        let latest = self.tables.iter().map(|locked| locked.state.latest.1).max().unwrap_or_default();
        let at = latest.max(world.config.clock.now());
        writes.iter().map(move |one| self.table(one.table.number).decide(&*world.storage, at, one))
    }

    /// Makes the writes that were decided: all of them, or none if the storage fails.
    pub(crate) fn make(mut self, world: &Simulation, all: &[Written]) -> Result<(), Error> {
        let mut batch = Batch::default();
        for written in all {
            written.put_in(&mut batch);
        }
        let durable = world.storage.stage(batch)?;
        for written in all {
            self.table(written.change.table).follow(written);
        }
        drop(self);
        durable.wait()
    }

    fn table(&mut self, number: u64) -> &mut Locked<'t> {
        let place = self.tables.binary_search_by_key(&number, |one| one.table.number);
        &mut self.tables[place.expect("the tables of all writes are locked")]
    }
}

/// A table to which no one else can write. Whoever locks several locks them by number.
struct Locked<'t> {
    table: &'t Table,
    state: MutexGuard<'t, State>,
    /// The place of the last change that was decided.
    sequence: u64,
}

impl Locked<'_> {
    /// Decides what a write does to the item of its row, and so to the indexes. The change gets its place in the order
    /// of the table's, and its time.
    fn decide(
        &mut self,
        storage: &dyn Read,
        at: Timestamp,
        RowWrite { key, write, .. }: &RowWrite<'_>,
    ) -> Result<Written, Error> {
        let definition = self.table.definition();
        write.check_indexes(&definition.indexes)?;
        let before = self.table.get(storage, key)?;
        let after = write.change(before.as_ref(), &self.table.schema, &definition.indexes)?;
        self.sequence += 1;
        let (table, sequence, key) = (self.table.number, self.sequence, Arc::clone(key));
        let change = Change { table, sequence, key, before, after, at, cause: Cause::Request };
        let schema = &self.table.schema;
        let effects = definition.indexes.iter().filter_map(|index| index.effect(&change, schema)).collect();
        Ok(Written { change, effects, definition })
    }

    /// Adds the entries of a new index to a batch: of the items that have its key, as if each were written now.
    fn fill(&self, storage: &dyn Read, index: &Index, batch: &mut Batch) -> Result<Statistics, Error> {
        let mut statistics = Statistics::default();
        let space = self.table.space(index.part);
        let rows = (Bound::Unbounded, Bound::Unbounded);
        storage.walk(self.table.space(ROWS), rows, Direction::Forward, &mut |row, bytes| {
            let item = Item::from_packed(Arc::clone(bytes));
            if let Some(entry) = index.entry(&item, row, &self.table.schema) {
                statistics.follow(None, Some(&entry.item));
                let bytes = Some(Arc::clone(entry.item.packed()));
                batch.writes.push(storage::Write { space, key: entry.key, bytes });
            }
            ControlFlow::Continue(())
        })?;
        Ok(statistics)
    }

    /// Keeps the counts of a write that was staged. Nothing here can fail.
    fn follow(&mut self, written: &Written) {
        let Change { before, after, sequence, at, .. } = &written.change;
        let statistics = &mut self.state.statistics;
        statistics.entry(ROWS).or_default().follow(before.as_ref(), after.as_ref());
        for Effect { part, before, after } in &written.effects {
            let (before, after) = (before.as_ref().map(|one| &one.item), after.as_ref().map(|one| &one.item));
            statistics.entry(*part).or_default().follow(before, after);
        }
        self.state.latest = (*sequence, *at);
    }
}

impl Written {
    /// Adds what it stores to a batch: nothing, where the item stays the very same.
    fn put_in(&self, batch: &mut Batch) {
        let Change { table, key, before, after, .. } = &self.change;
        let packed = |item: &Item| Arc::clone(item.packed());
        let same = |(before, after): (&Item, &Item)| Arc::ptr_eq(before.packed(), after.packed());
        if before.as_ref().zip(after.as_ref()).is_some_and(same) {
            return;
        }
        let space = Space { table: *table, part: ROWS };
        batch.writes.push(storage::Write { space, key: Arc::clone(key), bytes: after.as_ref().map(packed) });
        for Effect { part, before, after } in &self.effects {
            let space = Space { part: *part, ..space };
            if let Some(gone) =
                before.as_ref().filter(|one| after.as_ref().is_none_or(|other| other.key != one.key))
            {
                batch.writes.push(storage::Write { space, key: Arc::clone(&gone.key), bytes: None });
            }
            if let Some(entry) = after {
                let bytes = Some(packed(&entry.item));
                batch.writes.push(storage::Write { space, key: Arc::clone(&entry.key), bytes });
            }
        }
    }
}

/// The refusal of an operation on items of a table that is not there.
pub(crate) fn not_found() -> Error {
    Error::ResourceNotFound(Message::new(Rule("table.not_found"), "Requested resource not found"))
}

/// The refusal of an operation on a table that is not there.
pub(crate) fn no_such_table(name: &str) -> Error {
    let text = format!("Requested resource not found: Table: {name} not found");
    Error::ResourceNotFound(Message::new(Rule("table.no_such_table"), text))
}
