//! What is stored beside items: what tables there are, what each is, and how much it holds.
//!
//! All of it lies in the world's own spaces, and is written in the batch of what it is about. A record is the version
//! of its format, a checksum, and its fields in the order in which they stand here: a field that comes later stands last,
//! and makes another version. Words of the service's stand as words.

mod stream;
mod table;
#[cfg(test)]
mod tests;
mod vectors;
mod word;

use std::ops::{Bound, ControlFlow};
use std::sync::Arc;

use ddbmock_model::Error;
use rustc_hash::FxHashMap;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::clock::Timestamp;
use crate::counts::{Counts, Statistics};
use crate::definition::Identity;
use crate::expiry::TimeToLive;
use crate::stage::Current;
use crate::storage::{Batch, Bytes, Cleared, Direction, Read, Space, Write, damaged};
use crate::stream::Kept;
use crate::table::ROWS;
use crate::tokens;

pub(crate) use stream::Event;

/// What is stored as a record. Each version has one field more than the last, at its end, which may be none: that is a
/// zero byte, and what an older record lacks.
trait Record: Serialize {
    /// The version that is written.
    const VERSION: u8 = 1;
}

impl Record for () {}
impl Record for u64 {}
impl Record for LivingTime {
    const VERSION: u8 = 2;
}
impl Record for stream::Fields {}
impl Record for tokens::Stored {}

/// The bytes before a record's fields: the version, and the checksum of that and the fields.
const HEAD_BYTES: usize = 5;

/// Bytes of a stream's record around what is packed, about.
const EVENT_BYTES: usize = 32;

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

/// Whether items of a table expire: by which attribute, whether they do, and since when. Since the second version: in which
/// part of the table's space their times are.
type LivingTime = (String, bool, u64, Option<u32>);
/// The part in which they are of a table of the first version.
const FIRST_EXPIRIES: u32 = u32::MAX >> 1;

/// What is stored of a table.
#[derive(Debug)]
pub(crate) struct Stored {
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
    pub(crate) tables: Vec<Stored>,
    /// The streams.
    pub(crate) streams: Vec<Kept>,
    /// The last number that was given to any.
    pub(crate) last_number: u64,
    /// The numbers of those that nobody sees, and never will if who filled them is gone.
    pub(crate) unfinished: Vec<u64>,
}

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
    let TimeToLive { attribute, enabled, until, part } = time_to_live;
    let stored: LivingTime = (attribute.clone(), *enabled, until.0, Some(*part));
    write(TIMES_TO_LIVE, &number.to_be_bytes(), &stored)
}

/// The write that stores what a stream is.
pub(crate) fn stream(kept: &Kept) -> Write {
    write(STREAMS, &kept.stream.number.to_be_bytes(), &stream::Stream::of(kept))
}

/// The write after which a stream is gone.
pub(crate) fn no_stream(number: u64) -> Write {
    removal(STREAMS, number)
}

/// The bytes of a stream's record.
pub(crate) fn event(event: &Event<'_>) -> Bytes {
    let room = EVENT_BYTES + event.items().map(<[u8]>::len).sum::<usize>();
    let mut bytes = encoded_within(room, &stream::Fields::of(event));
    event.items().for_each(|item| bytes.extend_from_slice(item));
    bytes.into()
}

/// Reads a stream's record, which is stored under a key.
///
/// # Errors
/// [`Error::Internal`] if it is damaged.
pub(crate) fn read_event<'b>(space: Space, key: &[u8], bytes: &'b [u8]) -> Result<Event<'b>, Error> {
    let read = || {
        let (fields, items) = postcard::take_from_bytes::<stream::Fields>(bytes.get(HEAD_BYTES..)?).ok()?;
        let (version, _) = whole(&bytes[..bytes.len() - items.len()])?;
        (version == stream::Fields::VERSION).then_some(fields)?.live(items)
    };
    read().ok_or_else(|| damaged(space, key))
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

/// The write that stores that a part of a table is being filled: that of an index, or of the times at which items expire.
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
/// As [`read`].
pub(crate) fn cut_short(storage: &dyn Read) -> Result<Batch, Error> {
    let mut batch = Batch::default();
    walk(storage, FILLINGS, |key, _| {
        let (table, part) = key.split_at_checked(8).ok_or_else(|| damaged(FILLINGS, key))?;
        let part = part.try_into().map(u32::from_be_bytes).map_err(|_| damaged(FILLINGS, key))?;
        let table = number(FILLINGS, table)?;
        batch.cleared.push(Cleared::Part(Space { table, part }));
        batch.writes.push(filled(table, part));
        Ok(())
    })?;
    Ok(batch)
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
    let mut tokens = Vec::new();
    walk(storage, TOKENS, |key, bytes| {
        tokens.push((number(TOKENS, key)?, decoded(TOKENS, key, bytes)?));
        Ok(())
    })?;
    Ok(tokens)
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

/// Reads what is stored of all tables and streams.
///
/// # Errors
/// [`Error::Internal`] if the storage fails or is damaged.
pub(crate) fn read(storage: &dyn Read) -> Result<Catalogued, Error> {
    let mut tables = Vec::new();
    walk(storage, TABLES, |key, bytes| {
        let number = number(TABLES, key)?;
        let stored: table::Table = decoded(TABLES, key, bytes)?;
        let (identity, mut current) = stored.live().ok_or_else(|| damaged(TABLES, key))?;
        if let Some(bytes) = storage.get(TIMES_TO_LIVE, key)? {
            let (attribute, enabled, until, part): LivingTime = decoded(TIMES_TO_LIVE, key, &bytes)?;
            let (until, part) = (Timestamp(until), part.unwrap_or(FIRST_EXPIRIES));
            let time_to_live = TimeToLive { attribute, enabled, until, part };
            Arc::make_mut(&mut current.definition).time_to_live = Some(Arc::new(time_to_live));
        }
        let counts = storage.get(COUNTS, key)?.map(|bytes| decoded::<Counted>(COUNTS, key, &bytes));
        let mut counts = counts.transpose()?.map(Counted::live).unwrap_or_default();
        // What was counted of an index that was not filled.
        let has = |part| part == ROWS || current.definition.indexes.iter().any(|index| index.part == part);
        counts.parts.retain(|part, _| has(*part));
        tables.push(Stored { number, identity, current, counts });
        Ok(())
    })?;
    let streams = read_streams(storage)?;
    for kept in streams.iter().filter(|kept| kept.ended.is_none()) {
        tables.iter_mut().filter(|one| one.identity == kept.stream.table).for_each(|one| one.record_in(kept));
    }
    let mut unfinished = Vec::new();
    walk(storage, UNFINISHED, |key, _| {
        unfinished.push(number(UNFINISHED, key)?);
        Ok(())
    })?;
    let last: Option<u64> =
        storage.get(NUMBERS, LAST_TABLE)?.map(|bytes| decoded(NUMBERS, LAST_TABLE, &bytes)).transpose()?;
    // Streams are given numbers by several at once, and the last of these may be stored first.
    let given = streams.iter().map(|kept| kept.stream.number).chain(last).max();
    Ok(Catalogued { tables, streams, last_number: given.unwrap_or_default(), unfinished })
}

fn read_streams(storage: &dyn Read) -> Result<Vec<Kept>, Error> {
    let mut streams = Vec::new();
    walk(storage, STREAMS, |key, bytes| {
        let stored: stream::Stream = decoded(STREAMS, key, bytes)?;
        let kept = stored.live(number(STREAMS, key)?);
        streams.push(kept.ok_or_else(|| damaged(STREAMS, key))?);
        Ok(())
    })?;
    Ok(streams)
}

impl Stored {
    /// Has the table's changes go to a stream.
    fn record_in(&mut self, kept: &Kept) {
        Arc::make_mut(&mut self.current.definition).recorded_in = Some(Arc::clone(&kept.stream));
        self.counts.latest.1 = self.counts.latest.1.max(kept.stream.began());
    }
}

/// The number that a record is kept under.
fn number(space: Space, key: &[u8]) -> Result<u64, Error> {
    key.try_into().map(u64::from_be_bytes).map_err(|_| damaged(space, key))
}

fn walk(
    storage: &dyn Read,
    space: Space,
    mut visit: impl FnMut(&[u8], &Bytes) -> Result<(), Error>,
) -> Result<(), Error> {
    let mut failure = Ok(());
    storage.walk(space, (Bound::Unbounded, Bound::Unbounded), Direction::Forward, &mut |key, bytes| {
        failure = visit(key, bytes);
        if failure.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    })?;
    failure
}

fn write<T: Record>(space: Space, key: &[u8], record: &T) -> Write {
    Write { space, key: key.into(), bytes: Some(encoded(record)) }
}

fn encoded<T: Record>(record: &T) -> Bytes {
    encoded_within(HEAD_BYTES, record).into()
}

/// The same, with room for so many bytes at first.
fn encoded_within<T: Record>(room: usize, record: &T) -> Vec<u8> {
    let mut head = Vec::with_capacity(room);
    head.extend([T::VERSION, 0, 0, 0, 0]);
    let mut bytes = postcard::to_extend(record, head).expect("a record is plain data");
    let sum = checksum(&bytes).to_le_bytes();
    bytes[1..HEAD_BYTES].copy_from_slice(&sum);
    bytes
}

fn decoded<T: Record + DeserializeOwned>(space: Space, key: &[u8], bytes: &[u8]) -> Result<T, Error> {
    let record = || {
        let (version, fields) = whole(bytes)?;
        let lacking = T::VERSION.checked_sub(version)?;
        let fields = [fields, &vec![0; lacking.into()]].concat();
        let (record, rest) = postcard::take_from_bytes(&fields).ok()?;
        rest.is_empty().then_some(record)
    };
    record().ok_or_else(|| damaged(space, key))
}

/// The version of a record that is as it was written, and its fields.
fn whole(bytes: &[u8]) -> Option<(u8, &[u8])> {
    let (head, fields) = bytes.split_at_checked(HEAD_BYTES)?;
    let is_whole = head[0] > 0 && head[1..] == checksum(bytes).to_le_bytes();
    is_whole.then_some((head[0], fields))
}

/// The checksum of a record's version and fields.
fn checksum(record: &[u8]) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(&record[..1]);
    hasher.update(&record[HEAD_BYTES..]);
    hasher.finalize()
}

/// How much a table holds, as it is stored.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Counted {
    /// Each part of the table's space, with its items and their bytes.
    parts: Vec<(u32, u64, u64)>,
    /// The last change's place, and its time.
    latest: (u64, u64),
    /// Since the second version: by how many bytes vectors are larger in rows than in each index of them.
    excess: Option<Vec<(u32, i64)>>,
}

impl Record for Counted {
    const VERSION: u8 = 2;
}

impl Counted {
    fn of(counts: &Counts) -> Self {
        let mut parts: Vec<_> =
            counts.parts.iter().map(|(part, held)| (*part, held.items, held.bytes)).collect();
        parts.sort_unstable();
        let excess = counts.parts.iter().filter(|(_, held)| held.excess != 0);
        let mut excess: Vec<_> = excess.map(|(part, held)| (*part, held.excess)).collect();
        excess.sort_unstable();
        let excess = Some(excess).filter(|excess| !excess.is_empty());
        Self { parts, latest: (counts.latest.0, counts.latest.1.0), excess }
    }

    fn live(self) -> Counts {
        let held = |(part, items, bytes)| (part, Statistics { items, bytes, excess: 0 });
        let mut parts: FxHashMap<u32, Statistics> = self.parts.into_iter().map(held).collect();
        for (part, excess) in self.excess.into_iter().flatten() {
            parts.entry(part).or_default().excess = excess;
        }
        Counts { parts, latest: (self.latest.0, Timestamp(self.latest.1)) }
    }
}
