//! A table: what it is, its rows, and the lock under which they change.
//!
//! A write holds the table's lock while it looks at the stored item, decides, and stages the new one. Reads of items
//! do not take it.

mod expire;
mod redefine;

use std::sync::Arc;

use ddbmock_model::{Error, Item, Message, Rule};

use crate::change::{Change, Written};
use crate::clock::Timestamp;
use crate::counts::Counts;
use crate::definition::{Definition, Identity};
use crate::lock::{FairMutex, MutexGuard, RwLock};
use crate::record::{self, StoredTable};
use crate::schema::KeySchema;
use crate::simulation::Simulation;
use crate::stage::Current;
use crate::storage::{Batch, Durable, Read, Space, Storage};
use crate::vector::billed_bytes;
use crate::write::Write;

use redefine::Filling;
pub(crate) use redefine::Redefinition;

/// The part of a table's space that holds its rows.
pub(crate) const ROWS: u32 = 0;

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
    state: FairMutex<State>,
}

/// What a table is and how much it holds, at one moment.
#[derive(Debug, Clone)]
pub(crate) struct Snapshot {
    /// What it is.
    pub(crate) definition: Arc<Definition>,
    /// How much it holds.
    pub(crate) counts: Counts,
}

#[derive(Debug, Default)]
struct State {
    counts: Counts,
    dropped: bool,
    filling: Option<Filling>,
}

impl Table {
    /// A table as it was stored.
    pub(crate) fn new(stored: StoredTable) -> Self {
        let StoredTable { number, identity, current, counts } = stored;
        let schema = KeySchema::of(&current.definition.key, &current.definition.attributes);
        let state = FairMutex::new(State { counts, dropped: false, filling: None });
        Self { number, identity, schema, current: RwLock::new(current), state }
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
        Snapshot { definition: self.definition(), counts: state.counts.clone() }
    }

    /// The bytes that an item is billed for in it.
    pub(crate) fn billed_bytes(&self, item: Option<&Item>) -> usize {
        item.map_or(0, |item| billed_bytes(item, &self.definition().indexes))
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
        let writes = [RowWrite { table: self, key, write }];
        let mut written = write_all(world, &writes, |decided, _| decided.collect())?;
        Ok(written.pop().expect("one write was made"))
    }

    /// Waits until no one else writes to it; nothing if it is gone.
    fn lock(&self) -> Option<Locked<'_>> {
        let state = self.state.lock();
        let sequence = state.counts.sequence;
        (!state.dropped).then_some(Locked { table: self, state, sequence })
    }

    /// Keeps all writers out.
    pub(crate) fn halt(&self) -> Halted<'_> {
        Halted { table: self, state: self.state.lock() }
    }
}

/// A table that stands still, there or not.
pub(crate) struct Halted<'t> {
    table: &'t Table,
    state: MutexGuard<'t, State>,
}

impl Halted<'_> {
    /// The first moment, from now on, at which nothing was written to it yet.
    pub(crate) fn moment(&self, now: Timestamp) -> Timestamp {
        self.state.counts.moment(now)
    }

    /// Has its changes recorded from now on.
    pub(crate) fn become_recorded(&mut self, current: Current) {
        self.state.counts.begin_at(current.definition.recording_began());
        *self.table.current.write() = current;
    }

    /// Has it go on as it is stored; whoever still holds it finds it gone if it is not.
    pub(crate) fn go_on(&mut self, stored: Option<StoredTable>) {
        self.state.dropped = stored.is_none();
        self.state.filling = None;
        if let Some(StoredTable { current, counts, .. }) = stored {
            *self.table.current.write() = current;
            self.state.counts = counts;
        }
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

/// Makes writes to different rows, of one table or of several, at one moment: all that `accept` makes of what was
/// decided of each, or nothing if it refuses. It may add to their batch.
pub(crate) fn write_all(
    world: &Simulation,
    writes: &[RowWrite<'_>],
    accept: impl FnOnce(
        &mut dyn Iterator<Item = Result<Written, Error>>,
        &mut Batch,
    ) -> Result<Vec<Written>, Error>,
) -> Result<Vec<Written>, Error> {
    let storage = &*world.storage;
    let mut locked = LockedTables::of(writes)?;
    let at = locked.latest().max(world.config.clock.now());
    let decide = |one: &RowWrite<'_>| locked.table(one.table.number).decide(storage, at, one);
    let mut batch = Batch::default();
    let all = match accept(&mut writes.iter().map(decide), &mut batch) {
        Ok(all) => all,
        Err(error) => {
            drop(locked);
            storage.all_staged().wait()?;
            return Err(error);
        }
    };
    let durable = locked.stage(storage, batch, &all)?;
    drop(locked);
    durable.wait()?;
    world.note_expiries(&all);
    Ok(all)
}

/// The tables of some writes, to which no one else can write.
struct LockedTables<'t> {
    /// By their numbers.
    tables: Vec<Locked<'t>>,
}

impl<'t> LockedTables<'t> {
    /// Locks the tables of writes, in the order of their numbers.
    fn of(writes: &[RowWrite<'t>]) -> Result<Self, Error> {
        let mut tables: Vec<&Table> = writes.iter().map(|one| one.table).collect();
        tables.sort_unstable_by_key(|table| table.number);
        tables.dedup_by_key(|table| table.number);
        let locked = tables.into_iter().map(|table| table.lock().ok_or_else(not_found));
        Ok(Self { tables: locked.collect::<Result<_, _>>()? })
    }

    /// The time of the last change of any.
    fn latest(&self) -> Timestamp {
        self.tables.iter().map(|one| one.state.counts.at).max().unwrap_or_default()
    }

    /// Adds writes that were decided to a batch, and how much the tables hold then if that is stored too, and stages
    /// it.
    fn stage(&mut self, storage: &dyn Storage, mut batch: Batch, all: &[Written]) -> Result<Durable, Error> {
        for written in all {
            written.put_in(&mut batch);
        }
        if !storage.lasts() {
            let durable = storage.stage(batch)?;
            for written in all {
                self.table(written.change.table).state.counts.follow(written);
            }
            return Ok(durable);
        }
        let counts: Vec<Counts> = self.tables.iter().map(|one| one.counts_after(all)).collect();
        let stored = self.tables.iter().zip(&counts);
        batch.writes.extend(stored.map(|(one, counts)| record::counts(one.table.number, counts)));
        let durable = storage.stage(batch)?;
        for (one, counts) in self.tables.iter_mut().zip(counts) {
            one.state.counts = counts;
        }
        Ok(durable)
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
        storage: &dyn Storage,
        at: Timestamp,
        RowWrite { key, write, .. }: &RowWrite<'_>,
    ) -> Result<Written, Error> {
        let definition = self.table.definition();
        write.check_indexes(&definition.indexes)?;
        let before = storage.staged(self.table.space(ROWS), key)?.map(Item::from_packed);
        let after = write.change(before.as_ref(), &self.table.schema, &definition.indexes)?;
        self.sequence += 1;
        let (table, sequence, key) = (self.table.number, self.sequence, Arc::clone(key));
        let change = Change { table, sequence, key, before, after, at, cause: write.cause() };
        let schema = &self.table.schema;
        let filling = self.state.filling.as_ref().and_then(|filling| filling.index_with(&change.key));
        let indexes = definition.indexes.iter().chain(filling);
        let effects = indexes.filter_map(|index| index.effect(&change, schema)).collect();
        Ok(Written { change, effects, definition })
    }

    /// How much the table holds after writes, some of which may be to others.
    fn counts_after(&self, all: &[Written]) -> Counts {
        let mut counts = self.state.counts.clone();
        for written in all.iter().filter(|written| written.change.table == self.table.number) {
            counts.follow(written);
        }
        counts
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
