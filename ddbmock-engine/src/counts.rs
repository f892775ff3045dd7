//! How much a table and its indexes hold: kept from every change, never counted again.

use ddbmock_model::Item;
use rustc_hash::FxHashMap;

use crate::change::Written;
use crate::clock::Timestamp;
use crate::index::{Effect, Index};
use crate::table::ROWS;
use crate::vector::distinct;

/// How much a table or an index holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Statistics {
    /// Items, or entries.
    pub(crate) items: u64,
    /// The bytes they are billed for; of rows, with vectors as numbers.
    pub(crate) bytes: u64,
    /// Of an index of vectors: by how many bytes the rows' vectors are larger as numbers than they are there.
    pub(crate) excess: i64,
}

impl Statistics {
    /// Adds what others hold.
    pub(crate) fn add(&mut self, others: Self) {
        self.items += others.items;
        self.bytes += others.bytes;
        self.excess += others.excess;
    }

    /// Follows one item, or entry, from what it was to what it is.
    pub(crate) fn follow(&mut self, before: Option<&Item>, after: Option<&Item>) {
        let bytes = |item: Option<&Item>| item.map_or(0, |item| item.bytes() as u64);
        self.items = self.items + u64::from(after.is_some()) - u64::from(before.is_some());
        self.bytes = self.bytes + bytes(after) - bytes(before);
    }
}

/// What the rows of a table come to, and the entries of its indexes, and which change was the last.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Counts {
    /// By the parts of the table's space.
    pub(crate) parts: FxHashMap<u32, Statistics>,
    /// The last change's place in the order of the table's; 0 if there was none.
    pub(crate) sequence: u64,
    /// Its time; since when changes are recorded, if that was later.
    pub(crate) at: Timestamp,
}

impl Counts {
    /// How much the rows come to, or the entries of an index.
    pub(crate) fn of(&self, part: u32) -> Statistics {
        self.parts.get(&part).copied().unwrap_or_default()
    }

    /// How much the rows of a table with these indexes come to, vectors as they are billed.
    pub(crate) fn billed(&self, indexes: &[Index]) -> Statistics {
        let rows = self.of(ROWS);
        let excess: i64 = distinct(indexes).map(|(index, _)| self.of(index.part).excess).sum();
        Statistics { bytes: rows.bytes.saturating_add_signed(-excess), ..rows }
    }

    /// The first moment, from now on, after the last change.
    pub(crate) fn moment(&self, now: Timestamp) -> Timestamp {
        now.max(if self.sequence == 0 { self.at } else { Timestamp(self.at.0.saturating_add(1)) })
    }

    /// Has no change come before a moment.
    pub(crate) fn begin_at(&mut self, moment: Timestamp) {
        self.at = self.at.max(moment);
    }

    /// Follows a write. Nothing here can fail.
    pub(crate) fn follow(&mut self, written: &Written) {
        let change = &written.change;
        self.parts.entry(ROWS).or_default().follow(change.before.as_ref(), change.after.as_ref());
        for Effect { part, before, after, excess } in &written.effects {
            let (before, after) = (before.as_ref().map(|one| &one.item), after.as_ref().map(|one| &one.item));
            let held = self.parts.entry(*part).or_default();
            held.follow(before, after);
            held.excess += excess;
        }
        (self.sequence, self.at) = (change.sequence, change.at);
    }
}
