//! What is stored beside items: what tables there are, what each is, and how much it holds.
//!
//! All of it lies in the world's own spaces, and is written in the batch of what it is about. Here are the spaces and
//! the writes; each kind of record that is more than a number has a file, with its fields in the order in which they
//! are stored: a field that comes later stands last, and makes another version. Words of the service's stand as words.

mod catalogued;
mod counted;
mod encoding;
mod event;
mod fillings;
mod index;
mod key;
mod stream;
mod table;
#[cfg(test)]
mod tests;
mod throughput;
mod time_to_live;
mod vectors;
mod word;

use ddbmock_model::Error;

use self::counted::Counted;
use self::encoding::{Record, decoded, encoded};
use crate::counts::Counts;
use crate::definition::Identity;
use crate::expiry::TimeToLive;
use crate::stage::Current;
use crate::storage::{Batch, Bytes, Cleared, Read, Space, Write, damaged, each};
use crate::stream::Kept;
use crate::tokens;

pub(crate) use catalogued::{Catalogued, StoredTable, read};
pub(crate) use event::{Event, event, read_event};
pub(crate) use fillings::{cut_short, filled, filling};

impl Record for tokens::Stored {}

/// What each table is, by its number.
const TABLES: Space = Space { table: 0, part: 0 };
/// How much each table holds, by its number.
const COUNTS: Space = Space { table: 0, part: 1 };
/// Numbers that only grow, by their names.
const NUMBERS: Space = Space { table: 0, part: 2 };
/// Tables that are filled before anyone sees them, by their numbers.
const UNFINISHED: Space = Space { table: 0, part: 3 };
/// The requests that are known by tokens, by their numbers.
const TOKENS: Space = Space { table: 0, part: 4 };
/// The indexes, and the times at which items expire, that are being filled, by their tables' numbers and their parts.
const FILLINGS: Space = Space { table: 0, part: 5 };
/// What each stream is, by its number.
const STREAMS: Space = Space { table: 0, part: 8 };
/// Whether the items of each table expire, by its number.
const TIMES_TO_LIVE: Space = Space { table: 0, part: 9 };
/// The last number that a table or a stream was given.
const LAST_TABLE: &[u8] = b"last table";

/// The write that stores what a table is.
pub(crate) fn table(number: u64, identity: &Identity, current: &Current) -> Write {
    write(TABLES, &number.to_be_bytes(), &table::Table::of(identity, current))
}

/// The write that stores how much a table holds.
pub(crate) fn counts(number: u64, counts: &Counts) -> Write {
    write(COUNTS, &number.to_be_bytes(), &Counted::of(counts))
}

/// The write that stores whether items of a table expire.
pub(crate) fn time_to_live(number: u64, time_to_live: &TimeToLive) -> Write {
    write(TIMES_TO_LIVE, &number.to_be_bytes(), &time_to_live::TimeToLive::of(time_to_live))
}

/// The write that stores what a stream is.
pub(crate) fn stream(kept: &Kept) -> Write {
    write(STREAMS, &kept.stream.number.to_be_bytes(), &stream::Stream::of(kept))
}

/// The write after which a stream is gone.
pub(crate) fn no_stream(number: u64) -> Write {
    removal(STREAMS, number)
}

/// The write that stores which number a table or a stream was last given.
pub(crate) fn last_number(number: u64) -> Write {
    write(NUMBERS, LAST_TABLE, &number)
}

/// The write that notes that a table is filled before anyone sees it.
pub(crate) fn unfinished(number: u64) -> Write {
    write(UNFINISHED, &number.to_be_bytes(), &())
}

/// The write after which that is over.
pub(crate) fn finished(number: u64) -> Write {
    removal(UNFINISHED, number)
}

/// The write that stores a request that is known by a token.
pub(crate) fn token(number: u64, stored: &tokens::Stored) -> Write {
    write(TOKENS, &number.to_be_bytes(), stored)
}

/// The write after which it is not stored any more.
pub(crate) fn token_gone(number: u64) -> Write {
    removal(TOKENS, number)
}

/// Whether a space is the world's own.
pub(crate) fn is_world(space: Space) -> bool {
    [TABLES, COUNTS, NUMBERS, UNFINISHED, TOKENS, FILLINGS, STREAMS, TIMES_TO_LIVE].contains(&space)
}

/// Reads the requests that are known by tokens, by their numbers.
///
/// # Errors
/// As [`read`].
pub(crate) fn tokens(storage: &dyn Read) -> Result<Vec<(u64, tokens::Stored)>, Error> {
    all(storage, TOKENS, |key, bytes| Ok((number(TOKENS, key)?, decoded(TOKENS, key, bytes)?)))
}

/// The writes after which a table is gone.
pub(crate) fn gone(number: u64) -> [Write; 3] {
    [TABLES, COUNTS, TIMES_TO_LIVE].map(|space| removal(space, number))
}

/// The batch after which nothing is left of a table that was never finished.
pub(crate) fn abandoned(number: u64) -> Batch {
    let writes = gone(number).into_iter().chain([finished(number)]).collect();
    Batch { writes, cleared: vec![Cleared::Table(number)] }
}

fn removal(space: Space, number: u64) -> Write {
    Write { space, key: number.to_be_bytes().as_slice().into(), bytes: None }
}

/// What is read of each record of a space.
fn all<T>(
    storage: &dyn Read,
    space: Space,
    mut read: impl FnMut(&[u8], &Bytes) -> Result<T, Error>,
) -> Result<Vec<T>, Error> {
    let mut found = Vec::new();
    each(storage, space, |key, bytes| {
        found.push(read(key, bytes)?);
        Ok(())
    })?;
    Ok(found)
}

/// The number that a record is kept under.
fn number(space: Space, key: &[u8]) -> Result<u64, Error> {
    key.try_into().map(u64::from_be_bytes).map_err(|_| damaged(space, key))
}

fn write<T: Record>(space: Space, key: &[u8], record: &T) -> Write {
    Write { space, key: key.into(), bytes: Some(encoded(record)) }
}
