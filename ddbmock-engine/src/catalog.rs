//! The tables of an engine, by account, region and name, and who sees which.
//!
//! Tables are always kept under all three. Looking one up is shared: one's own account and region first, else any, so
//! that nobody's tables vanish because a client chose another region or key.

use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use ddbmock_model::Place;

use crate::lock::RwLock;
use crate::table::{Definition, Identity, Table};

/// The tables of an engine.
#[derive(Debug, Default)]
pub(crate) struct Catalog {
    /// The tables of each name, one a place.
    names: RwLock<BTreeMap<String, Vec<Arc<Table>>>>,
    numbers: AtomicU64,
}

impl Catalog {
    /// The table that a name means to someone of this place.
    pub(crate) fn find(&self, place: Place<'_>, name: &str) -> Option<Arc<Table>> {
        let names = self.names.read();
        let tables = names.get(name)?;
        let own = tables.iter().find(|table| is_in(table, place));
        own.or_else(|| tables.first()).map(Arc::clone)
    }

    /// Adds a table, unless its name means one already: that one is then the error.
    pub(crate) fn add(&self, identity: Identity, definition: Definition) -> Result<Arc<Table>, Arc<Table>> {
        let mut names = self.names.write();
        let tables = names.entry(identity.name.clone()).or_default();
        if let Some(table) = tables.first() {
            return Err(Arc::clone(table));
        }
        // Tables count from 1: 0 is the world's own.
        let number = self.numbers.fetch_add(1, Ordering::Relaxed) + 1;
        let table = Arc::new(Table::new(number, identity, definition));
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

    /// Up to `limit` names after `start`, by their bytes, and whether there are more.
    pub(crate) fn names_after(&self, start: Option<&str>, limit: usize) -> (Vec<String>, bool) {
        let names = self.names.read();
        let after = start.map_or(Bound::Unbounded, Bound::Excluded);
        let mut rest = names.range::<str, _>((after, Bound::Unbounded)).map(|(name, _)| name);
        let page = rest.by_ref().take(limit).cloned().collect();
        (page, rest.next().is_some())
    }

    /// All tables.
    pub(crate) fn all(&self) -> Vec<Arc<Table>> {
        self.names.read().values().flatten().map(Arc::clone).collect()
    }
}

fn is_in(table: &Table, place: Place<'_>) -> bool {
    table.identity.account == place.account && table.identity.region == place.region
}
