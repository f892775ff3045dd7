//! The parts of tables that are being filled: those of indexes, and of the times at which items expire.

use ddbmock_model::Error;

use super::{FILLINGS, number, write};
use crate::storage::{Batch, Cleared, Read, Space, Write, damaged, each};

/// The write that stores that a part of a table is being filled: that of an index, or of the times at which items
/// expire.
pub(crate) fn filling(table: u64, part: u32) -> Write {
    write(FILLINGS, &part_key(table, part), &())
}

/// The write after which it is filled, or gone.
pub(crate) fn filled(table: u64, part: u32) -> Write {
    Write { space: FILLINGS, key: part_key(table, part).into(), bytes: None }
}

fn part_key(table: u64, part: u32) -> Vec<u8> {
    [&table.to_be_bytes()[..], &part.to_be_bytes()].concat()
}

/// The batch after which nothing is left of parts whose filling was cut short.
///
/// # Errors
/// As [`super::read`].
pub(crate) fn cut_short(storage: &dyn Read) -> Result<Batch, Error> {
    let mut batch = Batch::default();
    each(storage, FILLINGS, |key, _| {
        let (table, part) = key.split_at_checked(8).ok_or_else(|| damaged(FILLINGS, key))?;
        let part = part.try_into().map(u32::from_be_bytes).map_err(|_| damaged(FILLINGS, key))?;
        let table = number(FILLINGS, table)?;
        batch.cleared.push(Cleared::Part(Space { table, part }));
        batch.writes.push(filled(table, part));
        Ok(())
    })?;
    Ok(batch)
}
