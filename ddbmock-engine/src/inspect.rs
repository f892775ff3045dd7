//! What an engine holds, and whether all of it agrees.

use std::collections::BTreeSet;
use std::iter::once;
use std::sync::Arc;

use ddbmock_model::{Error, Item};

use crate::clock::Timestamp;
use crate::counts::Statistics;
use crate::engine::Engine;
use crate::expiry::{self, TimeToLive};
use crate::index::Index;
use crate::record;
use crate::simulation::Simulation;
use crate::storage::{Read, Space, damaged, each};
use crate::table::{ROWS, Snapshot, Table};

/// How much a table holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holding {
    /// The account it belongs to.
    pub account: String,
    /// The region it is in.
    pub region: String,
    /// Its name.
    pub name: String,
    /// Its items.
    pub items: u64,
    /// Their bytes, as DynamoDB counts them.
    pub bytes: u64,
    /// Its indexes: their names, entries, and the bytes of those.
    pub indexes: Vec<(String, u64, u64)>,
}

impl Engine {
    /// What each table holds, by name.
    pub fn holdings(&self) -> Vec<Holding> {
        self.simulation().catalog.all().iter().map(|table| holding(table, &table.snapshot())).collect()
    }

    /// Holds what is stored against what it must agree with: the keys of rows, the entries of indexes and the times of
    /// what expires against items, counts and sizes against both, and spaces against records. Returns a line for each
    /// that does not; nobody may write meanwhile.
    ///
    /// # Errors
    /// [`Error::Internal`] if the storage fails, or what is stored is damaged.
    pub fn check(&self) -> Result<Vec<String>, Error> {
        let world = self.simulation();
        let mut found = Vec::new();
        for table in world.catalog.all() {
            check_table(world, &table, &mut found)?;
        }
        let named: BTreeSet<Space> = world.catalog.all().iter().flat_map(|table| spaces(table)).collect();
        let is_streams = |space: &Space| {
            world.streams.find(space.table).is_some_and(|kept| space.part >= kept.first_round)
        };
        let is_nobodys =
            |space: &Space| !record::is_world(*space) && !named.contains(space) && !is_streams(space);
        for Space { table, part } in world.storage.spaces()?.into_iter().filter(is_nobodys) {
            found.push(format!("no record names what is in space {table}.{part}"));
        }
        Ok(found)
    }
}

/// Where the rows of a table are, the entries of its indexes, and the times at which its items expire.
fn spaces(table: &Table) -> Vec<Space> {
    let definition = table.definition();
    let parts = definition.indexes.iter().map(|index| index.part);
    let expiries = definition.time_to_live.as_ref().filter(|one| one.enabled).map(|one| one.part);
    once(ROWS).chain(parts).chain(expiries).map(|part| table.space(part)).collect()
}

fn holding(table: &Table, snapshot: &Snapshot) -> Holding {
    let Statistics { items, bytes, .. } = snapshot.counts.billed(&snapshot.definition.indexes);
    let index = |index: &Index| {
        let held = snapshot.counts.of(index.part);
        (index.name.clone(), held.items, held.bytes)
    };
    let identity = table.identity.clone();
    Holding {
        account: identity.account,
        region: identity.region,
        name: identity.name,
        items,
        bytes,
        indexes: snapshot.definition.indexes.iter().map(index).collect(),
    }
}

fn check_table(world: &Simulation, table: &Table, found: &mut Vec<String>) -> Result<(), Error> {
    let view = world.storage.view(&[table.number])?;
    let snapshot = table.snapshot();
    let name = &table.identity.name;
    let mut rows = Statistics::default();
    each_item(&*view, table, ROWS, |key, item| {
        rows.follow(None, Some(item));
        if table.schema.key_of(item).as_deref() != Some(key) {
            found.push(format!("an item of table {name} is not under its key"));
        }
        Ok(())
    })?;
    check_counts(&format!("table {name}"), rows, snapshot.counts.of(ROWS), found);
    for index in &snapshot.definition.indexes {
        let shown = format!("index {} of table {name}", index.name);
        let entries = check_entries(&*view, table, index, &shown, found)?;
        check_counts(&shown, entries, snapshot.counts.of(index.part), found);
    }
    let time_to_live = snapshot.definition.time_to_live.as_ref().filter(|one| one.enabled);
    time_to_live.map_or(Ok(()), |one| check_expiries(&*view, table, one, world.config.clock.now(), found))
}

/// Checks that the times at which items expire are those of the items. An item whose time is over for long may have
/// been written before that, or after.
fn check_expiries(
    view: &dyn Read,
    table: &Table,
    time_to_live: &TimeToLive,
    now: Timestamp,
    found: &mut Vec<String>,
) -> Result<(), Error> {
    let (space, name) = (table.space(time_to_live.part), &table.identity.name);
    each_item(view, table, ROWS, |row, item| {
        let entry = time_to_live.entry(row, item, now);
        if entry.map(|entry| view.get(space, &entry)).transpose()?.is_some_and(|found| found.is_none()) {
            found.push(format!("table {name} lacks the time at which an item expires"));
        }
        Ok(())
    })?;
    each(view, space, |entry, _| {
        let (seconds, row) = expiry::split(entry).ok_or_else(|| damaged(space, entry))?;
        let item = table.get(view, row)?;
        if item.and_then(|item| time_to_live.seconds(&item)) != Some(seconds) {
            found.push(format!("table {name} has a time at which none of its items expires"));
        }
        Ok(())
    })
}

/// Checks that an index has the entry of every item, and no other. Returns what its entries come to.
fn check_entries(
    view: &dyn Read,
    table: &Table,
    index: &Index,
    shown: &str,
    found: &mut Vec<String>,
) -> Result<Statistics, Error> {
    let mut expected = 0;
    let mut entries = Statistics::default();
    each_item(view, table, ROWS, |row, item| {
        entries.excess += index.excess(Some(item));
        let Some(entry) = index.entry(item, row, &table.schema) else {
            return Ok(());
        };
        expected += 1;
        let stored = view.get(table.space(index.part), &entry.key)?;
        if stored.as_ref() != Some(entry.item.packed()) {
            found.push(format!("{shown} lacks the entry of an item"));
        }
        Ok(())
    })?;
    each_item(view, table, index.part, |_, item| {
        entries.follow(None, Some(item));
        Ok(())
    })?;
    if entries.items != expected {
        found.push(format!("{shown} has {} entries, and there are items for {expected}", entries.items));
    }
    Ok(entries)
}

fn check_counts(shown: &str, held: Statistics, counted: Statistics, found: &mut Vec<String>) {
    if held != counted {
        found.push(format!(
            "{shown} holds {} items of {} bytes, and {} of {} were counted",
            held.items, held.bytes, counted.items, counted.bytes
        ));
    }
}

fn each_item(
    view: &dyn Read,
    table: &Table,
    part: u32,
    mut read: impl FnMut(&[u8], &Item) -> Result<(), Error>,
) -> Result<(), Error> {
    each(view, table.space(part), |key, bytes| read(key, &Item::from_packed(Arc::clone(bytes))))
}
