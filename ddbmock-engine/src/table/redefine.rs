//! How a table becomes another one.
//!
//! A new index is filled piece by piece, and the lock is let go of between pieces: whoever writes meanwhile waits for
//! one. Writes to rows that are in the index already are followed there. Until it is filled nobody else redefines the
//! table, and nobody reads the index; what is left of it by a process that ends goes when the file is opened.

use std::ops::{Bound, ControlFlow};
use std::sync::Arc;
use std::time::Duration;

use ddbmock_model::{Error, Item, Message, Rule, TableStatus};

use super::{Locked, ROWS, Snapshot, Table, no_such_table};
use crate::clock::Timestamp;
use crate::counts::Statistics;
use crate::definition::Definition;
use crate::expiry;
use crate::index::Index;
use crate::record;
use crate::simulation::Simulation;
use crate::stage::{Current, Stage};
use crate::storage::{Batch, Cleared, Direction, Durable, Storage, Write};

/// How much of an index is filled at once, in rows and in their bytes: whichever comes first.
const PIECE_ROWS: usize = 1000;
const PIECE_BYTES: usize = 1 << 20;

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
    /// Whether the shards of its stream are split.
    pub(crate) splits: bool,
}

impl Redefinition {
    /// What the table is once it is decided, with what goes on, and what is said of it: it may have been amended while
    /// an index was filled.
    fn decided(self, before: &Definition, now: Timestamp) -> (Current, Arc<Definition>) {
        let Self { after, shown, status, lasts, .. } = self;
        let (tags, policy) = (before.tags.clone(), before.policy.clone());
        let (time_to_live, next_part) = (before.time_to_live.clone(), after.next_part.max(before.next_part));
        let after = Definition { next_part, time_to_live, tags, policy, ..after };
        let shown = Arc::new(shown);
        let stage = Stage::new(status, now, lasts)
            .filter(|_| status != TableStatus::Active || *shown != after)
            .map(|stage| Stage { shown: Some(Arc::clone(&shown)), ..stage });
        (Current { definition: Arc::new(after), stage }, shown)
    }
}

/// The indexes that one definition has and another has not.
fn only_in<'d>(one: &'d Definition, other: &'d Definition) -> impl Iterator<Item = &'d Index> {
    one.indexes.iter().filter(|index| other.indexes.iter().all(|known| known.part != index.part))
}

/// An index that is filled.
#[derive(Debug)]
pub(super) struct Filling {
    index: Index,
    /// The key of the last row that is in it; none yet.
    last: Option<Arc<[u8]>>,
}

impl Filling {
    /// The index, if a row is in it that has this key.
    pub(super) fn index_with(&self, row: &[u8]) -> Option<&Index> {
        self.last.as_deref().is_some_and(|last| row <= last).then_some(&self.index)
    }
}

impl Table {
    /// Makes it another one: decides what it becomes, fills an index that is new and lets go of those that are gone.
    /// Returns what is said of it meanwhile.
    pub(crate) fn redefine(
        &self,
        world: &Simulation,
        decide: impl FnOnce(&Definition, TableStatus) -> Result<Redefinition, Error>,
    ) -> Result<(Snapshot, TableStatus), Error> {
        let locked = self.lock().ok_or_else(|| no_such_table(&self.identity.name))?;
        let now = world.config.clock.now();
        let before = self.definition();
        let made = decide(&before, self.status(|| now))?;
        let new = only_in(&made.after, &before).next().cloned();
        let locked = match new {
            None => locked,
            Some(index) => {
                let part = index.part;
                let filled = self.fill(world, locked, index, &made);
                filled.inspect_err(|_| self.give_up_filling(&*world.storage, part))?
            }
        };
        locked.become_another(world, made, now)
    }

    /// Fills a new index of what the table becomes. Returns the table locked, once all of its rows are in the index.
    fn fill<'t>(
        &'t self,
        world: &Simulation,
        mut locked: Locked<'t>,
        index: Index,
        made: &Redefinition,
    ) -> Result<Locked<'t>, Error> {
        let part = index.part;
        let durable = locked.begin_filling(&*world.storage, index, made)?;
        drop(locked);
        durable.wait()?;
        self.piece_by_piece(|locked| locked.fill_piece(&*world.storage, part))
    }

    /// Has pieces staged, one each time the table is locked, until there are none left. Returns it locked then.
    pub(super) fn piece_by_piece(
        &self,
        mut stage_piece: impl FnMut(&mut Locked<'_>) -> Result<Option<Durable>, Error>,
    ) -> Result<Locked<'_>, Error> {
        loop {
            let mut locked = self.lock().ok_or_else(|| no_such_table(&self.identity.name))?;
            let Some(durable) = stage_piece(&mut locked)? else {
                return Ok(locked);
            };
            drop(locked); // whoever waits for the table has it before the next piece
            durable.wait()?;
        }
    }

    /// Has the table go on as it was, after a failure. If the storage is what failed, recovering from that does so too.
    fn give_up_filling(&self, storage: &dyn Storage, part: u32) {
        let Some(mut locked) = self.lock() else { return };
        if locked.state.filling.take_if(|filling| filling.index.part == part).is_none() {
            return;
        }
        locked.state.counts.parts.remove(&part);
        self.current.write().stage = None;
        let gone = record::filled(self.number, part);
        let cleared = vec![Cleared::Part(self.space(part))];
        let _ = storage.stage(Batch { writes: vec![gone], cleared });
    }

    /// Makes it go through something else, and perhaps be something else, once no one redefines it. Nothing is done
    /// unless `decide` says what it is then, or if it is gone.
    pub(crate) fn restage(
        &self,
        storage: &dyn Storage,
        decide: impl FnOnce(&Current) -> Option<Current>,
    ) -> Result<Durable, Error> {
        let Some(locked) = self.lock() else {
            return Ok(Durable::default());
        };
        let Some(current) = decide(&self.current.read()) else {
            return Ok(Durable::default());
        };
        // What it is said to become while an index is filled ends with its process.
        let stage = current.stage.clone().filter(|_| locked.state.filling.is_none());
        let lasting = Current { definition: Arc::clone(&current.definition), stage };
        let stored = storage.lasts().then(|| record::table(self.number, &self.identity, &lasting));
        let mut batch = Batch { writes: Vec::from_iter(stored), ..Batch::default() };
        let before = self.definition();
        let times_to_live = [&before, &current.definition].map(|one| one.time_to_live.as_deref());
        expiry::change(self, times_to_live, storage.lasts(), &mut batch);
        let durable = storage.stage(batch)?;
        *self.current.write() = current;
        Ok(durable)
    }
}

impl Locked<'_> {
    /// Has the table be what was decided, and for a while said to become that.
    fn become_another(
        mut self,
        world: &Simulation,
        mut made: Redefinition,
        now: Timestamp,
    ) -> Result<(Snapshot, TableStatus), Error> {
        let table = self.table;
        let before = table.definition();
        let (status, lasts, moment) = (made.status, made.lasts, self.state.counts.moment(now));
        let recorded_in = before.recorded_in.as_ref();
        let split = recorded_in.zip(Some(made.splits));
        made.after.recorded_in = world.stream_of(&table.identity, split, &made.after, moment);
        let (current, shown) = made.decided(&before, now);
        let mut batch = Batch::default();
        let mut counts = self.state.counts.clone();
        counts.begin_at(current.definition.recording_began());
        for Index { part, .. } in only_in(&before, &current.definition) {
            batch.cleared.push(Cleared::Part(table.space(*part)));
            counts.parts.remove(part);
        }
        let until = current.stage.as_ref().map(|stage| stage.until);
        let filled = self.state.filling.as_ref().map(|filling| filling.index.part);
        let recording = current.definition.recorded_in.as_ref();
        let following = world.streams.follow(recorded_in, recording, (moment, lasts));
        if world.storage.lasts() {
            batch.writes.push(record::table(table.number, &table.identity, &current));
            batch.writes.push(record::counts(table.number, &counts));
            batch.writes.extend(filled.map(|part| record::filled(table.number, part)));
        }
        let durable = following.stage(&*world.storage, batch)?;
        *table.current.write() = current;
        let mut held = std::mem::replace(&mut self.state.counts, counts);
        held.parts.retain(|part, _| Some(*part) != filled); // an index that is made is said to be empty
        self.state.filling = None;
        drop(self);
        world.due.note(until.into_iter().chain(world.streams.due()).min());
        durable.wait()?;
        Ok((Snapshot { definition: shown, counts: held }, status))
    }

    /// Has the table be said to become another one for as long as that takes. The index's part is never given again,
    /// however that ends.
    fn begin_filling(
        &mut self,
        storage: &dyn Storage,
        index: Index,
        made: &Redefinition,
    ) -> Result<Durable, Error> {
        let Table { number, identity, .. } = self.table;
        let next_part = made.after.next_part;
        let definition = Arc::new(Definition { next_part, ..Definition::clone(&self.table.definition()) });
        let mut batch = Batch::default();
        if storage.lasts() {
            let current = Current { definition: Arc::clone(&definition), stage: None };
            batch.writes =
                vec![record::table(*number, identity, &current), record::filling(*number, index.part)];
        }
        let durable = storage.stage(batch)?;
        let shown = Some(Arc::new(made.shown.clone()));
        let stage = Stage { status: TableStatus::Updating, shown, until: Timestamp(u64::MAX) };
        *self.table.current.write() = Current { definition, stage: Some(stage) };
        self.state.counts.parts.insert(index.part, Statistics::default());
        self.state.filling = Some(Filling { index, last: None });
        Ok(durable)
    }

    /// Adds the entries of the next rows to the index that is filled, as if each row were written now; nothing if there
    /// are none left.
    fn fill_piece(&mut self, storage: &dyn Storage, part: u32) -> Result<Option<Durable>, Error> {
        let filling = self.state.filling.as_ref().filter(|filling| filling.index.part == part);
        let Filling { index, last } = filling.ok_or_else(interrupted)?;
        let mut piece = Piece::read(storage, self.table, last.as_deref(), |piece, row, item| {
            piece.held.excess += index.excess(Some(item));
            if let Some(entry) = index.entry(item, row, &self.table.schema) {
                piece.held.follow(None, Some(&entry.item));
                let (space, bytes) = (self.table.space(part), Some(Arc::clone(entry.item.packed())));
                piece.batch.writes.push(Write { space, key: entry.key, bytes });
            }
        })?;
        let Some(last) = piece.last else {
            return Ok(None);
        };
        let mut counts = self.state.counts.clone();
        counts.parts.entry(part).or_default().add(piece.held);
        if storage.lasts() {
            piece.batch.writes.push(record::counts(self.table.number, &counts));
        }
        let durable = storage.stage(piece.batch)?;
        self.state.counts = counts;
        self.state.filling.iter_mut().for_each(|filling| filling.last = Some(Arc::clone(&last)));
        Ok(Some(durable))
    }
}

/// The entries of some rows.
#[derive(Debug, Default)]
pub(super) struct Piece {
    pub(super) batch: Batch,
    /// What the entries come to.
    held: Statistics,
    /// The key of the last row.
    pub(super) last: Option<Arc<[u8]>>,
    rows: usize,
    bytes: usize,
}

impl Piece {
    /// Has the entries added of the rows after a key, of a table that is locked. What is staged of the rows must last
    /// before they are walked; no more comes.
    pub(super) fn read(
        storage: &dyn Storage,
        table: &Table,
        last: Option<&[u8]>,
        mut add: impl FnMut(&mut Self, &[u8], &Item),
    ) -> Result<Self, Error> {
        storage.all_staged().wait()?;
        let mut piece = Self::default();
        let rest = (last.map_or(Bound::Unbounded, Bound::Excluded), Bound::Unbounded);
        storage.walk(table.space(ROWS), rest, Direction::Forward, &mut |row, bytes| {
            add(&mut piece, row, &Item::from_packed(Arc::clone(bytes)));
            piece.last = Some(row.into());
            piece.rows += 1;
            piece.bytes += bytes.len();
            let is_full = piece.rows == PIECE_ROWS || piece.bytes >= PIECE_BYTES;
            if is_full { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })?;
        Ok(piece)
    }
}

/// What was filled was lost with the storage's failure.
pub(super) fn interrupted() -> Error {
    let text = "the storage failed while a table was changed; try again";
    Error::Internal(Message::new(Rule("internal.interrupted"), text))
}
