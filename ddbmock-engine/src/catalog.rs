//! The tables of an engine, by account, region and name, and who sees which.
//!
//! Tables are always kept under all three. Looking one up is shared unless the engine isolates: one's own account and
//! region first, else any, so that nobody's tables vanish because a client chose another region or key.

use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use ddbmock_model::{Error, Message, Place, Rule};

use crate::clock::Timestamp;
use crate::counts::Counts;
use crate::definition::Identity;
use crate::lock::RwLock;
use crate::record::{self, Catalogued, StoredTable};
use crate::simulation::{Simulation, whereabouts};
use crate::stage::Current;
use crate::storage::{Batch, Cleared, Durable, Storage};
use crate::stream::Streams;
use crate::table::Table;

/// The tables of an engine.
#[derive(Debug)]
pub(crate) struct Catalog {
    /// Whether everyone sees the tables of their own account and region alone.
    isolates: bool,
    /// The tables of each name, one a place.
    names: RwLock<Names>,
    /// The last number that a table or a stream was given.
    last_number: AtomicU64,
}

type Names = BTreeMap<String, Vec<Arc<Table>>>;

impl Catalog {
    /// A catalog of the tables that are stored, in which everyone sees all of them or their own alone.
    pub(crate) fn new(isolates: bool, stored: Catalogued) -> Self {
        let mut names = Names::new();
        for stored in stored.tables {
            insert(&mut names, Arc::new(Table::new(stored)));
        }
        Self { isolates, names: RwLock::new(names), last_number: AtomicU64::new(stored.last_number) }
    }

    /// A number that nothing was given before. Numbers count from 1: 0 is the world's own.
    pub(crate) fn next_number(&self) -> u64 {
        self.last_number.fetch_add(1, Ordering::Relaxed) + 1
    }

    /// Whether everyone sees what is their own alone.
    pub(crate) fn isolates(&self) -> bool {
        self.isolates
    }

    /// The table that a name means to someone of this place.
    pub(crate) fn find(&self, place: Place<'_>, name: &str) -> Option<Arc<Table>> {
        self.seen(self.names.read().get(name)?, place).map(Arc::clone)
    }

    /// The table of a name that was created in this place.
    pub(crate) fn find_in(&self, place: Place<'_>, name: &str) -> Option<Arc<Table>> {
        self.names.read().get(name)?.iter().find(|table| is_in(table, place)).map(Arc::clone)
    }

    /// All tables of a name, wherever they are.
    pub(crate) fn namesakes(&self, name: &str) -> Vec<Arc<Table>> {
        self.names.read().get(name).cloned().unwrap_or_default()
    }

    /// Of the tables of one name, the one that someone of this place sees.
    fn seen<'t>(&self, tables: &'t [Arc<Table>], place: Place<'_>) -> Option<&'t Arc<Table>> {
        let own = tables.iter().find(|table| is_in(table, place));
        own.or_else(|| tables.first().filter(|_| !self.isolates))
    }

    /// Adds a table, once it is staged, unless its name means one already: that one is then refused.
    pub(crate) fn add(
        &self,
        (identity, current): (Identity, Current),
        world: &Simulation,
    ) -> Result<(Arc<Table>, Durable), Error> {
        let mut names = self.names.write();
        self.check_free(&names, &identity)?;
        let number = self.next_number();
        let current = world.recorded(&identity, current, world.config.clock.now());
        let began = current.definition.recording_began();
        let during = (began, world.config.delays.create);
        let following = world.streams.follow(None, current.definition.recorded_in.as_ref(), during);
        let mut batch = Batch::default();
        if world.storage.lasts() {
            batch.writes = vec![record::table(number, &identity, &current), record::last_number(number)];
        }
        let durable = following.stage(&*world.storage, batch)?;
        let counts = Counts { at: began, ..Counts::default() };
        let table = Arc::new(Table::new(StoredTable { number, identity, current, counts }));
        insert(&mut names, Arc::clone(&table));
        Ok((table, durable))
    }

    /// A table that is to come, unless its name means one already. Until it is admitted nobody sees what is written to
    /// it, and a note says that it is unfinished.
    pub(crate) fn begin(
        &self,
        (identity, current): (Identity, Current),
        storage: &dyn Storage,
    ) -> Result<(Arc<Table>, Durable), Error> {
        let names = self.names.write();
        self.check_free(&names, &identity)?;
        let number = self.next_number();
        let mut batch = Batch::default();
        if storage.lasts() {
            batch.writes = vec![record::unfinished(number), record::last_number(number)];
        }
        let durable = storage.stage(batch)?;
        let begun = StoredTable { number, identity, current, counts: Counts::default() };
        Ok((Arc::new(Table::new(begun)), durable))
    }

    /// Adds a table that was begun, with all that was written to it, unless its name was taken meanwhile. What was
    /// written before that is no part of its stream.
    pub(crate) fn admit(&self, table: &Arc<Table>, world: &Simulation) -> Result<Durable, Error> {
        let mut names = self.names.write();
        self.check_free(&names, &table.identity)?;
        let mut halted = table.halt();
        let moment = halted.moment(world.config.clock.now());
        let current = world.recorded(&table.identity, table.current.read().clone(), moment);
        let during = (moment, Duration::ZERO);
        let following = world.streams.follow(None, current.definition.recorded_in.as_ref(), during);
        let mut batch = Batch::default();
        if world.storage.lasts() {
            let stored = record::table(table.number, &table.identity, &current);
            batch.writes = vec![stored, record::finished(table.number)];
        }
        let durable = following.stage(&*world.storage, batch)?;
        halted.become_recorded(current);
        insert(&mut names, Arc::clone(table));
        Ok(durable)
    }

    /// A name means no table yet.
    fn check_free(&self, names: &Names, identity: &Identity) -> Result<(), Error> {
        let place = identity.place();
        let taken = names.get(&identity.name).and_then(|tables| self.seen(tables, place));
        taken.map_or(Ok(()), |table| Err(exists(table, place)))
    }

    /// Takes a table out, and what it holds; nothing if it is out. Whoever still holds it finds it gone, and its name
    /// is free only then, so that no two of one name are ever stored.
    pub(crate) fn remove(&self, table: &Table, world: &Simulation) -> Result<Option<Durable>, Error> {
        let mut names = self.names.write();
        let name = &table.identity.name;
        let tables = names.get_mut(name);
        let Some(tables) = tables.filter(|tables| tables.iter().any(|one| one.number == table.number)) else {
            return Ok(None);
        };
        let mut halted = table.halt();
        let moment = halted.moment(world.config.clock.now());
        let following =
            world.streams.follow(table.definition().recorded_in.as_ref(), None, (moment, Duration::ZERO));
        let mut batch = Batch { cleared: vec![Cleared::Table(table.number)], ..Batch::default() };
        if world.storage.lasts() {
            batch.writes.extend(record::gone(table.number));
        }
        let durable = following.stage(&*world.storage, batch)?;
        halted.go_on(None);
        tables.retain(|other| other.number != table.number);
        if tables.is_empty() {
            names.remove(name);
        }
        Ok(Some(durable))
    }

    /// Has all tables be what lasts again, after a failure of the storage, unless someone else has done so meanwhile:
    /// what was staged since does not last yet. Returns when their stages are over.
    pub(crate) fn recover(&self, storage: &dyn Storage, streams: &Streams) -> Result<Vec<Timestamp>, Error> {
        let mut names = self.names.write();
        if !storage.has_failed() {
            return Ok(Vec::new());
        }
        let mut tables: Vec<Arc<Table>> = names.values().flatten().map(Arc::clone).collect();
        tables.sort_by_key(|table| table.number);
        let mut halted: Vec<_> = tables.iter().map(|table| table.halt()).collect();
        let Catalogued { tables: stored, streams: stored_streams, .. } = record::read(storage)?;
        streams.go_on(&stored_streams);
        let untils = stored.iter().filter_map(|one| Some(one.current.stage.as_ref()?.until)).collect();
        let mut stored: BTreeMap<u64, StoredTable> =
            stored.into_iter().map(|one| (one.number, one)).collect();
        names.clear();
        for (table, halted) in tables.iter().zip(&mut halted) {
            let stored = stored.remove(&table.number);
            if stored.is_some() {
                insert(&mut names, Arc::clone(table));
            }
            halted.go_on(stored);
        }
        // Those that were taken out, and are not.
        for stored in stored.into_values() {
            insert(&mut names, Arc::new(Table::new(stored)));
        }
        storage.recover();
        Ok(untils)
    }

    /// Up to `limit` names after `start` that someone of this place sees, by their bytes, and whether there are more.
    pub(crate) fn names_after(
        &self,
        place: Place<'_>,
        start: Option<&str>,
        limit: usize,
    ) -> (Vec<String>, bool) {
        let names = self.names.read();
        let after = start.map_or(Bound::Unbounded, Bound::Excluded);
        let rest = names.range::<str, _>((after, Bound::Unbounded));
        let mut seen = rest.filter(|(_, tables)| self.seen(tables, place).is_some()).map(|(name, _)| name);
        let page = seen.by_ref().take(limit).cloned().collect();
        (page, seen.next().is_some())
    }

    /// All tables.
    pub(crate) fn all(&self) -> Vec<Arc<Table>> {
        self.names.read().values().flatten().map(Arc::clone).collect()
    }

    /// How many they are.
    pub(crate) fn count(&self) -> usize {
        self.names.read().values().map(Vec::len).sum()
    }
}

/// The refusal of a name that is taken. Where it is taken elsewhere, that is what the service would not do.
fn exists(existing: &Table, place: Place<'_>) -> Error {
    let text = format!("Table already exists: {}", existing.identity.name);
    let error = Error::ResourceInUse(Message::new(Rule("table.exists"), text));
    if existing.identity.place() == place {
        return error;
    }
    let there = whereabouts(existing, place);
    error.hinted(format!(
        "a table of that name exists in {there}; regions share names unless they are isolated"
    ))
}

fn is_in(table: &Table, place: Place<'_>) -> bool {
    table.identity.place() == place
}

fn insert(names: &mut Names, table: Arc<Table>) {
    names.entry(table.identity.name.clone()).or_default().push(table);
}
