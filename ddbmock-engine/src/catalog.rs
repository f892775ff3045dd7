//! The tables of an engine, by account, region and name, and who sees which.
//!
//! Tables are always kept under all three. Looking one up is shared unless the engine isolates: one's own account and
//! region first, else any, so that nobody's tables vanish because a client chose another region or key.

use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use ddbmock_model::Place;

use crate::definition::{Definition, Identity};
use crate::lock::RwLock;
use crate::stage::{Current, Stage};
use crate::table::Table;

/// The tables of an engine.
#[derive(Debug)]
pub(crate) struct Catalog {
    /// Whether everyone sees the tables of their own account and region alone.
    isolates: bool,
    /// The tables of each name, one a place.
    names: RwLock<BTreeMap<String, Vec<Arc<Table>>>>,
    numbers: AtomicU64,
}

impl Catalog {
    /// A catalog without tables, in which everyone sees all of them or their own alone.
    pub(crate) fn new(isolates: bool) -> Self {
        Self { isolates, names: RwLock::default(), numbers: AtomicU64::default() }
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

    /// Adds a table, unless its name means one already: that one is then the error.
    pub(crate) fn add(
        &self,
        identity: Identity,
        definition: Definition,
        stage: Option<Stage>,
    ) -> Result<Arc<Table>, Arc<Table>> {
        let mut names = self.names.write();
        let tables = names.entry(identity.name.clone()).or_default();
        if let Some(table) = self.seen(tables, identity.place()) {
            return Err(Arc::clone(table));
        }
        // Tables count from 1: 0 is the world's own.
        let number = self.numbers.fetch_add(1, Ordering::Relaxed) + 1;
        let table =
            Arc::new(Table::new(number, identity, Current { definition: Arc::new(definition), stage }));
        tables.push(Arc::clone(&table));
        Ok(table)
    }

    /// Takes a table out. Returns whether it was still in: of two who take it out one is told so.
    pub(crate) fn remove(&self, table: &Table) -> bool {
        let mut names = self.names.write();
        let name = &table.identity.name;
        let Some(tables) = names.get_mut(name) else {
            return false;
        };
        let before = tables.len();
        tables.retain(|other| other.number != table.number);
        let removed = tables.len() < before;
        if tables.is_empty() {
            names.remove(name);
        }
        removed
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
}

fn is_in(table: &Table, place: Place<'_>) -> bool {
    table.identity.place() == place
}
