//! Whether what an update writes can be stored, before any of it is copied.
//!
//! A stored value may be written many times over, so it is looked at only until the writes are too large.

use ddbmock_model::{Draft, LEVELS_MAX, List, Value};

use super::apply::Write;
use super::run_fault::RunFault;
use crate::limits::Limits;

/// The most bytes of writes that are put together. An item somewhat too large is still made, for the refusal to say
/// what is large in it.
const WRITTEN_BYTES_MAX: usize = 2 * Limits::TODAY.item_bytes_max;

/// Refuses writes, all of which will stand in the item, for being nested too deep or far too large.
pub(super) fn check(writes: &[Write<'_>]) -> Result<(), RunFault> {
    if writes.iter().any(|write| write.path.len() - 1 > LEVELS_MAX) {
        return Err(RunFault::LEVELS);
    }
    let mut bytes = 0;
    for (levels, value) in writes.iter().flat_map(stored) {
        if levels + value.levels() > LEVELS_MAX {
            return Err(RunFault::LEVELS);
        }
        bytes += value.bytes();
        if bytes > WRITTEN_BYTES_MAX {
            return Err(RunFault::SIZE);
        }
    }
    Ok(())
}

/// The values that a write refers to, and how many maps and lists stand around its target. Results of ADD and DELETE
/// are not among them: they are no larger than what is stored and what the request is charged with.
fn stored<'w, 'a>(write: &'w Write<'a>) -> impl Iterator<Item = (usize, Value<'a>)> + use<'w, 'a> {
    let (one, many): (Option<Value<'a>>, &[List<'a>]) = match &write.value {
        Some(Draft::Kept(value)) => (Some(*value), &[]),
        Some(Draft::Joined(lists)) => (None, lists),
        _ => (None, &[]),
    };
    let levels = write.path.len() - 1;
    one.into_iter().chain(many.iter().copied().map(Value::L)).map(move |value| (levels, value))
}
