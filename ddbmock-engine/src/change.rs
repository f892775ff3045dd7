//! What a write did to an item, and what that is to all that follows the item. Every commit yields one for each item it
//! wrote.

use std::sync::Arc;

use ddbmock_model::Item;

use crate::clock::Timestamp;
use crate::definition::Definition;
use crate::index::Effect;
use crate::storage::{self, Batch, Space};
use crate::table::ROWS;

/// What a write did to an item: counts and sizes are kept from it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Change {
    /// The number of the table.
    pub(crate) table: u64,
    /// Its place in the order of the table's changes.
    pub(crate) sequence: u64,
    /// The row's key in storage.
    pub(crate) key: Arc<[u8]>,
    /// The item before, if there was one.
    pub(crate) before: Option<Item>,
    /// The item after, if there is one.
    pub(crate) after: Option<Item>,
    /// When it was written; never before the change that came before it.
    pub(crate) at: Timestamp,
    /// Why it was written.
    pub(crate) cause: Cause,
}

/// Why an item was written.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Cause {
    /// Somebody asked for it.
    Request,
    /// Its time to live was over.
    Expired,
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

impl Written {
    /// Adds what it stores to a batch: nothing, where the item stays the very same.
    pub(crate) fn put_in(&self, batch: &mut Batch) {
        let Change { table, key, before, after, .. } = &self.change;
        let packed = |item: &Item| Arc::clone(item.packed());
        let same = |(before, after): (&Item, &Item)| Arc::ptr_eq(before.packed(), after.packed());
        if before.as_ref().zip(after.as_ref()).is_some_and(same) {
            return;
        }
        let space = Space { table: *table, part: ROWS };
        batch.writes.push(storage::Write { space, key: Arc::clone(key), bytes: after.as_ref().map(packed) });
        for Effect { part, before, after, .. } in &self.effects {
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
        if let Some(time_to_live) = &self.definition.time_to_live {
            time_to_live.put_in(batch, &self.change);
        }
        let stream = self.definition.recorded_in.as_ref();
        batch.writes.extend(stream.and_then(|stream| stream.record(&self.change)));
    }
}
