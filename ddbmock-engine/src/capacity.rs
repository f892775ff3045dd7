//! Capacity units: what reads and writes cost, and how answers tell.
//!
//! Source: developer guide, "Capacity consumption"; minimums and rounding as measured.

use std::collections::BTreeMap;

use ddbmock_model::{Capacity, ConsumedCapacity, Item, ReturnConsumedCapacity};

use crate::change::Change;

/// Bytes that one read unit reads.
const READ_UNIT_BYTES: usize = 4096;
/// Bytes that one write unit writes.
const WRITE_UNIT_BYTES: usize = 1024;

/// The units to read so many bytes; half of them if the read is eventually consistent. A missing item costs the least.
pub(crate) fn read_units(bytes: usize, consistent: bool) -> f64 {
    let units = units(bytes, READ_UNIT_BYTES);
    if consistent { units } else { units / 2.0 }
}

/// The units of a write: of the larger of the item before and the item after. Nothing at all costs the least.
pub(crate) fn write_units(change: &Change) -> f64 {
    let bytes = |item: &Option<Item>| item.as_ref().map_or(0, Item::bytes);
    units(bytes(&change.before).max(bytes(&change.after)), WRITE_UNIT_BYTES)
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
    })
}
