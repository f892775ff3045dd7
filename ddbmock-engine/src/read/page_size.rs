//! The size of an item as it counts towards the end of a page: not what it is billed for, but an internal encoding.
//!
//! Source: production captures, page sizes; approximate.

use ddbmock_model::{Item, Value};

/// Bytes after which a page ends; the item that crosses them is still on it.
pub(crate) const PAGE_BYTES: usize = 1_048_576;
/// Bytes of an item between two copies of its sort key.
const BLOCK_BYTES: usize = 3072;
/// Bytes around each copy of the sort key.
const BLOCK_HEAD_BYTES: usize = 18;

/// The size of an item that is sorted by an attribute, or by none.
pub(crate) fn page_bytes(item: &Item, sort: Option<&str>) -> usize {
    let mut core = 0;
    let mut sort_bytes = 0;
    for (name, value) in item.attributes().raw_iter() {
        if sort.is_some_and(|sort| sort.as_bytes() == name) {
            sort_bytes = stored(value);
        } else {
            core += 1 + stored(value);
        }
    }
    core + 2 + (1 + (1 + core) / BLOCK_BYTES) * (BLOCK_HEAD_BYTES + sort_bytes)
}

fn stored(value: Value<'_, &[u8]>) -> usize {
    match value {
        Value::S(text) => text.len() + length_bytes(text.len()),
        Value::B(bytes) => bytes.len() + 1,
        Value::N(_) => value.bytes() + 1,
        Value::Ss(set) | Value::Ns(set) | Value::Bs(set) => value.bytes() + set.len() + 1,
        Value::Null => 0,
        Value::Bool(_) => 1,
        Value::L(list) => 3 + list.raw_iter().map(|element| 1 + stored(element)).sum::<usize>(),
        Value::M(map) => 3 + map.raw_iter().map(|(_, value)| 2 + stored(value)).sum::<usize>(),
    }
}

fn length_bytes(length: usize) -> usize {
    match length {
        0..128 => 1,
        128..16384 => 2,
        _ => 3,
    }
}
