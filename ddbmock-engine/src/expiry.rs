//! Items that expire: their time to live is an attribute, and when it is over they are deleted.
//!
//! A part of the table's space has an entry for each item that will: its time, then its row's key. It follows every
//! write in the batch of its row. What is due is deleted a page at a time through the one path of writes, if the item
//! still has that time; and whoever asks for something else does no more of it than a page.
//!
//! Entries are not counted, and to add one again or remove what is not there is no matter. So writes are followed from
//! the moment at which items are to expire, while those that were there before are looked through piece by piece.

use std::ops::{Bound, ControlFlow};
use std::sync::Arc;
use std::time::Duration;

use ddbmock_model::op::TimeToLiveDescription;
use ddbmock_model::{Error, Item, TimeToLiveStatus, Value};

use crate::change::{Change, Written};
use crate::clock::Timestamp;
use crate::record;
use crate::simulation::Simulation;
use crate::storage::{self, Batch, Cleared, Direction, Space};
use crate::table::{RowWrite, Table, write_all};
use crate::write::{Action, Write};

/// An item whose time is over for longer when it is written does not expire. Source: developer guide, time to live.
const TOO_OLD: Duration = Duration::from_hours(24 * (5 * 365 + 1));
/// How much is deleted together, in items, and in their bytes with all copies in indexes: whichever comes first, so
/// that nobody waits for long.
const PAGE_ITEMS: usize = 50;
const PAGE_BYTES: usize = 1 << 20;
/// The moment that does not come.
const NEVER: Timestamp = Timestamp(u64::MAX);

/// Whether the items of a table expire, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TimeToLive {
    /// The attribute that says when: a number of seconds since 1970.
    pub(crate) attribute: String,
    /// Whether they do.
    pub(crate) enabled: bool,
    /// The first moment at which that is so; none while the items that are there are looked through.
    pub(crate) until: Timestamp,
    /// The part of the table's space that has their times, never given twice in the table's life.
    pub(crate) part: u32,
}

impl TimeToLive {
    /// The same while the items that are there are looked through.
    pub(crate) fn beginning(&self) -> Self {
        Self { until: NEVER, ..self.clone() }
    }

    /// Whether the items that are there are looked through.
    fn is_beginning(&self) -> bool {
        self.enabled && self.until == NEVER
    }

    /// How it is described at a moment.
    pub(crate) fn described(&self, now: Timestamp) -> TimeToLiveDescription {
        let time_to_live_status = match (self.enabled, self.until > now) {
            (true, true) => TimeToLiveStatus::Enabling,
            (true, false) => TimeToLiveStatus::Enabled,
            (false, true) => TimeToLiveStatus::Disabling,
            (false, false) => return TimeToLiveDescription::default(),
        };
        TimeToLiveDescription { time_to_live_status, attribute_name: Some(self.attribute.clone()) }
    }

    /// The second at which an item expires, if it does. Other types are ignored. Source: developer guide, time to live.
    pub(crate) fn seconds(&self, item: &Item) -> Option<u64> {
        let value = item.get(&self.attribute).filter(|value| matches!(value, Value::N(_)))?;
        let number = value.as_number().filter(|number| !number.is_negative())?;
        let (coefficient, exponent) = number.parts();
        let power = 10_u128.checked_pow(exponent.unsigned_abs().into());
        let whole = match power {
            Some(power) if exponent >= 0 => coefficient.checked_mul(power)?,
            Some(power) => coefficient / power,
            None if exponent < 0 || coefficient == 0 => 0,
            None => return None,
        };
        u64::try_from(whole).ok()
    }

    /// Adds what a change is to the times at which items expire.
    pub(crate) fn put_in(&self, batch: &mut Batch, change: &Change) {
        let [before, after] = [&change.before, &change.after].map(|item| self.seconds(item.as_ref()?));
        if !self.enabled || before == after {
            return;
        }
        let space = Space { table: change.table, part: self.part };
        let entry = |seconds, bytes| storage::Write { space, key: entry(seconds, &change.key), bytes };
        batch.writes.extend(before.map(|seconds| entry(seconds, None)));
        let after = after.filter(|seconds| is_young(*seconds, change.at));
        batch.writes.extend(after.map(|seconds| entry(seconds, Some(Arc::new([])))));
    }

    /// The key of the entry that an item has at a moment, if it has one.
    pub(crate) fn entry(&self, row: &[u8], item: &Item, now: Timestamp) -> Option<Arc<[u8]>> {
        let seconds = self.seconds(item).filter(|seconds| is_young(*seconds, now))?;
        Some(entry(seconds, row))
    }
}

fn entry(seconds: u64, row: &[u8]) -> Arc<[u8]> {
    [seconds.to_be_bytes().as_slice(), row].concat().into()
}

/// The time of an entry's key, and its row's key.
pub(crate) fn split(entry: &[u8]) -> Option<(u64, &[u8])> {
    let (seconds, row) = entry.split_first_chunk()?;
    Some((u64::from_be_bytes(*seconds), row))
}

fn is_young(seconds: u64, now: Timestamp) -> bool {
    Timestamp(seconds.saturating_mul(1000)).after(TOO_OLD) >= now
}

/// Adds to a batch what goes, and what is stored where that is for later, when the time to live of a table's items
/// becomes another.
pub(crate) fn change(
    table: &Table,
    [before, after]: [Option<&TimeToLive>; 2],
    lasts: bool,
    batch: &mut Batch,
) {
    if before == after {
        return;
    }
    let enabled = |one: Option<&TimeToLive>| Some(one.filter(|one| one.enabled)?.part);
    let gone = enabled(before).filter(|part| enabled(after) != Some(*part));
    batch.cleared.extend(gone.map(|part| Cleared::Part(table.space(part))));
    if !lasts {
        return;
    }
    let begins = |one: Option<&TimeToLive>| Some(one.filter(|one| one.is_beginning())?.part);
    batch.writes.extend(begins(before).map(|part| record::filled(table.number, part)));
    batch.writes.extend(match (begins(after), after) {
        (Some(part), _) => Some(record::filling(table.number, part)),
        (None, after) => after.map(|after| record::time_to_live(table.number, after)),
    });
}

impl Simulation {
    /// Notes when the next of items that were written expires.
    pub(crate) fn note_expiries(&self, all: &[Written]) {
        for written in all {
            let time_to_live = written.definition.time_to_live.as_deref().filter(|one| one.enabled);
            let seconds =
                time_to_live.zip(written.change.after.as_ref()).map(|(one, item)| one.seconds(item));
            if let Some(seconds) = seconds.flatten() {
                self.due.note_expiry(self.expires(seconds));
            }
        }
    }

    /// The moment at which an item is deleted that expires at a second: that is over then, and it stayed a while.
    fn expires(&self, seconds: u64) -> Timestamp {
        Timestamp(seconds.saturating_add(1).saturating_mul(1000)).after(self.config.delays.expire)
    }

    /// Deletes all items that expired.
    pub(crate) fn expire_all(&self) -> Result<(), Error> {
        while self.expire_page()? {} // whoever waits for a table has it before the next page
        Ok(())
    }

    /// Deletes a page of the items that expired; whether there may be more.
    pub(crate) fn expire_page(&self) -> Result<bool, Error> {
        let _expiring = self.due.expiring.lock();
        self.expire()
    }

    /// Deletes a page of the items that expired, unless someone is at it.
    pub(crate) fn expire_some(&self) -> Result<(), Error> {
        match self.due.expiring.try_lock() {
            Some(_expiring) => self.expire().map(drop),
            None => Ok(()),
        }
    }

    /// The same by who has the lock of it.
    fn expire(&self) -> Result<bool, Error> {
        let now = self.config.clock.now();
        if !self.due.begins_expiry(now) {
            return Ok(false);
        }
        let mut room = Room { items: PAGE_ITEMS, bytes: PAGE_BYTES };
        for table in self.catalog.all() {
            let definition = table.definition();
            let Some(time_to_live) = definition.time_to_live.as_deref().filter(|one| one.enabled) else {
                continue;
            };
            if time_to_live.until > now {
                self.due.note_expiry(time_to_live.until);
                continue;
            }
            let expired = self.expire_of(&table, time_to_live, now, &mut room);
            expired.inspect_err(|_| self.due.note_expiry(now))?;
            if room.is_full() {
                self.due.note_expiry(now);
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The same of one table, as far as there is room.
    fn expire_of(
        &self,
        table: &Table,
        time_to_live: &TimeToLive,
        now: Timestamp,
        room: &mut Room,
    ) -> Result<(), Error> {
        let rows = self.due_rows(table.space(time_to_live.part), now, room.items)?;
        let writes = self.expirations(table, time_to_live, &rows, room)?;
        let row_writes: Vec<_> =
            writes.iter().map(|(key, write)| RowWrite { table, key: Arc::clone(key), write }).collect();
        if row_writes.is_empty() {
            return Ok(());
        }
        match write_all(self, &row_writes, |decided, _| decided.collect()) {
            // The table went meanwhile, and its items with it.
            Err(Error::ResourceNotFound(_)) => Ok(()),
            written => written.map(drop),
        }
    }

    /// The keys of the rows whose time is over, so many at most. When the next one's is, is noted.
    fn due_rows(&self, space: Space, now: Timestamp, rows_max: usize) -> Result<Vec<Arc<[u8]>>, Error> {
        let mut rows = Vec::new();
        let all = (Bound::Unbounded, Bound::Unbounded);
        self.storage.walk(space, all, Direction::Forward, &mut |key, _| {
            let Some((seconds, row)) = split(key) else {
                return ControlFlow::Continue(());
            };
            let expires = self.expires(seconds);
            if expires > now || rows.len() == rows_max {
                self.due.note_expiry(expires);
                return ControlFlow::Break(());
            }
            rows.push(Arc::from(row));
            ControlFlow::Continue(())
        })?;
        Ok(rows)
    }

    /// The writes that delete the items of rows, as far as there is room.
    fn expirations<'r>(
        &self,
        table: &Table,
        time_to_live: &'r TimeToLive,
        rows: &'r [Arc<[u8]>],
        room: &mut Room,
    ) -> Result<Vec<Expiration<'r>>, Error> {
        let copies = 1 + table.definition().indexes.len();
        let mut writes = Vec::with_capacity(rows.len());
        for key in rows {
            if room.is_full() {
                break;
            }
            let item = table.get(&*self.storage, key)?;
            room.take(copies * item.as_ref().map_or(0, Item::bytes));
            let write = item.map(|item| Write::always(Action::Expire(item, time_to_live)));
            writes.extend(write.map(|write| (key, write)));
        }
        Ok(writes)
    }
}

/// The key of a row, and what deletes its item.
type Expiration<'r> = (&'r Arc<[u8]>, Write<'r>);

/// How much there is room for on a page.
struct Room {
    items: usize,
    bytes: usize,
}

impl Room {
    fn is_full(&self) -> bool {
        self.items == 0 || self.bytes == 0
    }

    fn take(&mut self, bytes: usize) {
        self.items = self.items.saturating_sub(1);
        self.bytes = self.bytes.saturating_sub(bytes);
    }
}
