//! What an engine that is opened finds: its tables and streams, read from their records.

use std::sync::Arc;

use ddbmock_model::Error;

use super::counted::Counted;
use super::encoding::decoded;
use super::{
    COUNTS, LAST_TABLE, NUMBERS, STREAMS, TABLES, TIMES_TO_LIVE, UNFINISHED, all, number, stream, table,
    time_to_live,
};
use crate::counts::Counts;
use crate::definition::{Definition, Identity};
use crate::stage::Current;
use crate::storage::{Read, damaged};
use crate::stream::Kept;
use crate::table::ROWS;

/// What is stored of a table.
#[derive(Debug)]
pub(crate) struct StoredTable {
    /// Its number.
    pub(crate) number: u64,
    /// Who it is.
    pub(crate) identity: Identity,
    /// What it is, and what it is going through.
    pub(crate) current: Current,
    /// How much it holds.
    pub(crate) counts: Counts,
}

/// What is stored of all tables and streams.
#[derive(Debug, Default)]
pub(crate) struct Catalogued {
    /// The tables.
    pub(crate) tables: Vec<StoredTable>,
    /// The streams.
    pub(crate) streams: Vec<Kept>,
    /// The last number that was given to any.
    pub(crate) last_number: u64,
    /// The numbers of those that nobody sees, and never will if who filled them is gone.
    pub(crate) unfinished: Vec<u64>,
}

/// Reads what is stored of all tables and streams.
///
/// # Errors
/// [`Error::Internal`] if the storage fails or is damaged.
pub(crate) fn read(storage: &dyn Read) -> Result<Catalogued, Error> {
    let mut tables = all(storage, TABLES, |key, bytes| read_table(storage, key, bytes))?;
    let streams = all(storage, STREAMS, |key, bytes| read_stream(key, bytes))?;
    for kept in streams.iter().filter(|kept| kept.ended.is_none()) {
        tables.iter_mut().filter(|one| one.identity == kept.stream.table).for_each(|one| one.record_in(kept));
    }
    let unfinished = all(storage, UNFINISHED, |key, _| number(UNFINISHED, key))?;
    let last_number = read_last_number(storage, &streams)?;
    Ok(Catalogued { tables, streams, last_number, unfinished })
}

/// A table of which this is the record, with what other records say of it.
fn read_table(storage: &dyn Read, key: &[u8], bytes: &[u8]) -> Result<StoredTable, Error> {
    let number = number(TABLES, key)?;
    let stored: table::Table = decoded(TABLES, key, bytes)?;
    let (identity, mut current) = stored.live().ok_or_else(|| damaged(TABLES, key))?;
    if let Some(bytes) = storage.get(TIMES_TO_LIVE, key)? {
        let stored: time_to_live::TimeToLive = decoded(TIMES_TO_LIVE, key, &bytes)?;
        Arc::make_mut(&mut current.definition).time_to_live = Some(Arc::new(stored.live()));
    }
    let counts = read_counts(storage, key, &current.definition)?;
    Ok(StoredTable { number, identity, current, counts })
}

fn read_counts(storage: &dyn Read, key: &[u8], definition: &Definition) -> Result<Counts, Error> {
    let counts = storage.get(COUNTS, key)?.map(|bytes| decoded::<Counted>(COUNTS, key, &bytes));
    let mut counts = counts.transpose()?.map(Counted::live).unwrap_or_default();
    // What was counted of an index that was not filled goes.
    let has = |part| part == ROWS || definition.indexes.iter().any(|index| index.part == part);
    counts.parts.retain(|part, _| has(*part));
    Ok(counts)
}

fn read_stream(key: &[u8], bytes: &[u8]) -> Result<Kept, Error> {
    let stored: stream::Stream = decoded(STREAMS, key, bytes)?;
    stored.live(number(STREAMS, key)?).ok_or_else(|| damaged(STREAMS, key))
}

fn read_last_number(storage: &dyn Read, streams: &[Kept]) -> Result<u64, Error> {
    let last: Option<u64> =
        storage.get(NUMBERS, LAST_TABLE)?.map(|bytes| decoded(NUMBERS, LAST_TABLE, &bytes)).transpose()?;
    // Streams are given numbers by several at once, and the last of these may be stored first.
    let given = streams.iter().map(|kept| kept.stream.number).chain(last).max();
    Ok(given.unwrap_or_default())
}

impl StoredTable {
    /// Has the table's changes go to a stream.
    fn record_in(&mut self, kept: &Kept) {
        Arc::make_mut(&mut self.current.definition).recorded_in = Some(Arc::clone(&kept.stream));
        self.counts.begin_at(kept.stream.began());
    }
}
