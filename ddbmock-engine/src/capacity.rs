//! Capacity units: what reads and writes cost, and how answers tell.
//!
//! Source: developer guide, "Capacity consumption"; minimums and rounding as measured.

use std::collections::BTreeMap;

use ddbmock_model::{Capacity, ConsumedCapacity, ReturnConsumedCapacity};

use crate::change::Written;
use crate::index::{Effect, Entry, Index, IndexKind};
use crate::limits::Limits;
use crate::read::{Page, Source};
use crate::vector::billed_bytes;

/// Bytes that one write unit writes.
const WRITE_UNIT_BYTES: usize = 1024;
/// The fewest bytes that a search or a write of vectors is charged for. Source: captures of 2026, vector indexes.
const VECTOR_BYTES_MIN: usize = 1024;

impl Limits {
    /// The units to read so many bytes; half of them if the read is eventually consistent. A missing item costs the
    /// least.
    pub(crate) fn read_units(&self, bytes: usize, consistent: bool) -> f64 {
        let units = units(bytes, self.read_unit_bytes.max(1));
        if consistent { units } else { units / 2.0 }
    }
}

/// The bytes that a write to a row is charged for: of the larger of the item before and the item after.
pub(crate) fn written_bytes(Written { change, definition, .. }: &Written) -> usize {
    let images = change.before.iter().chain(&change.after);
    images.map(|item| billed_bytes(item, &definition.indexes)).max().unwrap_or(0)
}

/// The units of what a write was to an index: of both entries where the entry moved, of the larger where it stayed.
/// Source: captures of 2026, writes and indexes.
fn effect_units(effect: &Effect) -> f64 {
    let of = |entry: &Option<Entry>| {
        entry.as_ref().map_or(0.0, |entry| units(entry.item.bytes(), WRITE_UNIT_BYTES))
    };
    let (before, after) = (of(&effect.before), of(&effect.after));
    match (&effect.before, &effect.after) {
        (Some(one), Some(other)) if one.key == other.key => before.max(after),
        _ => before + after,
    }
}

/// How often a write is charged on its table: once.
pub(crate) const SINGLE: f64 = 1.0;
/// In a transaction twice; on indexes it is once there too. Source: captures of 2026, capacity of transactions.
pub(crate) const IN_TRANSACTION: f64 = 2.0;

/// What writes to one table answer of the units they consumed there, each rounded up.
pub(crate) fn consumed_by_writes<'w>(
    asked: ReturnConsumedCapacity,
    table_name: &str,
    all: impl IntoIterator<Item = &'w Written>,
    times: f64,
) -> Option<ConsumedCapacity> {
    let mut consumed = consumed(asked, table_name, 0.0)?;
    for written in all {
        let Written { effects, definition, .. } = written;
        let units = times * write_units(written_bytes(written));
        consumed.total.capacity_units += units;
        consumed.table.iter_mut().for_each(|table| table.capacity_units += units);
        for effect in effects {
            // An index that is still being filled is not charged to who writes.
            if let Some(index) = definition.indexes.iter().find(|index| index.part == effect.part) {
                add_effect(&mut consumed, asked, index, effect);
            }
        }
    }
    Some(consumed)
}

/// The units to write so many bytes.
pub(crate) fn write_units(bytes: usize) -> f64 {
    units(bytes, WRITE_UNIT_BYTES)
}

#[expect(clippy::cast_precision_loss, reason = "an item has at most a few hundred units")]
fn units(bytes: usize, unit: usize) -> f64 {
    bytes.div_ceil(unit).max(1) as f64
}

/// What an operation on one table answers of the units it consumed there.
pub(crate) fn consumed(
    asked: ReturnConsumedCapacity,
    table_name: &str,
    units: f64,
) -> Option<ConsumedCapacity> {
    let capacity = Capacity { capacity_units: units, ..Capacity::default() };
    let table = match asked {
        ReturnConsumedCapacity::None => return None,
        ReturnConsumedCapacity::Total => None,
        ReturnConsumedCapacity::Indexes => Some(capacity),
    };
    Some(ConsumedCapacity {
        table_name: table_name.to_owned(),
        total: capacity,
        table,
        local_secondary_indexes: BTreeMap::new(),
        global_secondary_indexes: BTreeMap::new(),
        vector_indexes: BTreeMap::new(),
    })
}

/// What a read of many items answers of the units it consumed, so many where it read: what it read counts as a whole,
/// rows that were fetched for an index's entries count one by one. Source: developer guide, capacity of queries;
/// captures of 2026, reads.
pub(crate) fn consumed_by_read(
    asked: ReturnConsumedCapacity,
    table_name: &str,
    source: &Source,
    page: &Page,
    units: f64,
) -> Option<ConsumedCapacity> {
    let Some(index) = source.index() else {
        return consumed(asked, table_name, units);
    };
    let mut consumed = consumed(asked, table_name, page.fetched_units)?;
    add_index(&mut consumed, asked, index, units);
    Some(consumed)
}

/// What an answer tells of a transaction: the units that were consumed on a table are all of one kind, and it says so.
pub(crate) fn told_apart(
    mut consumed: ConsumedCapacity,
    kind: impl Fn(&mut Capacity) -> &mut Option<f64>,
) -> ConsumedCapacity {
    let indexes =
        consumed.local_secondary_indexes.values_mut().chain(consumed.global_secondary_indexes.values_mut());
    for part in [&mut consumed.total].into_iter().chain(&mut consumed.table).chain(indexes) {
        *kind(part) = Some(part.capacity_units);
    }
    consumed
}

/// Adds what a write was to an index to what it consumed. One of vectors has no units: it tells the bytes of the larger
/// entry. Source: captures of 2026, vector indexes.
fn add_effect(
    consumed: &mut ConsumedCapacity,
    asked: ReturnConsumedCapacity,
    index: &Index,
    effect: &Effect,
) {
    let bytes = [&effect.before, &effect.after].into_iter().flatten().map(|entry| entry.item.bytes()).max();
    match (index.vector(), bytes) {
        (None, _) => add_index(consumed, asked, index, effect_units(effect)),
        // An entry can stay as it is where the numbers of a row change.
        (Some(_), Some(bytes))
            if asked == ReturnConsumedCapacity::Indexes && effect.before != effect.after =>
        {
            let of_index = consumed.vector_indexes.entry(index.name.clone()).or_default();
            *of_index.vector_write_request_bytes.get_or_insert_default() += vector_bytes(bytes);
        }
        (Some(_), _) => {}
    }
}

/// What so many bytes of an index of vectors are charged for.
#[expect(clippy::cast_precision_loss, reason = "an answer has at most a few megabytes")]
pub(crate) fn vector_bytes(bytes: usize) -> f64 {
    bytes.max(VECTOR_BYTES_MIN) as f64
}

/// Adds the units of an index, which is not one of vectors, to what an operation consumed.
fn add_index(consumed: &mut ConsumedCapacity, asked: ReturnConsumedCapacity, index: &Index, units: f64) {
    consumed.total.capacity_units += units;
    if asked != ReturnConsumedCapacity::Indexes {
        return;
    }
    let indexes = if index.kind == IndexKind::Local {
        &mut consumed.local_secondary_indexes
    } else {
        &mut consumed.global_secondary_indexes
    };
    indexes.entry(index.name.clone()).or_default().capacity_units += units;
}
