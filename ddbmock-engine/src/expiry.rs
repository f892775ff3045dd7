//! Items that expire: their time to live is an attribute, and when it is over they are deleted.
//!
//! A part of the table's space has an entry for each item that will: its time, then its row's key. It follows every
//! write in the batch of its row. What is due is deleted a page at a time through the one path of writes, if the item
//! still has that time; and whoever asks for something else does no more of it than a page.

use std::ops::{Bound, ControlFlow};
use std::sync::Arc;
use std::time::Duration;

use ddbmock_model::op::TimeToLiveDescription;
use ddbmock_model::{Error, Item, TimeToLiveStatus, Value};

use crate::change::{Change, Written};
use crate::clock::Timestamp;
use crate::definition::Definition;
use crate::engine::Simulation;
use crate::storage::{self, Batch, Cleared, Direction, Storage};
use crate::table::{ROWS, RowWrite, Table, write_all};
use crate::write::{Action, Write};

/// The part of a table's space that has the times at which its items expire: far above those that indexes are given.
pub(crate) const EXPIRIES: u32 = u32::MAX >> 1;
/// An item whose time is over for longer when it is written does not expire. Source: developer guide, time to live.
const TOO_OLD: Duration = Duration::from_hours(24 * (5 * 365 + 1));
/// How many items are deleted together, so that nobody waits for long.
const PAGE: usize = 50;
/// Bytes of a time in an entry's key.
const TIME_BYTES: usize = 8;

/// Whether the items of a table expire, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TimeToLive {
    /// The attribute that says when: a number of seconds since 1970.
    pub(crate) attribute: String,
    /// Whether they do.
    pub(crate) enabled: bool,
    /// The first moment at which that is so.
    pub(crate) until: Timestamp,
}

impl TimeToLive {
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
        let space = storage::Space { table: change.table, part: EXPIRIES };
        let entry = |seconds, bytes| storage::Write { space, key: entry(seconds, &change.key), bytes };
        batch.writes.extend(before.map(|seconds| entry(seconds, None)));
        let after = after.filter(|seconds| is_young(*seconds, change.at));
        batch.writes.extend(after.map(|seconds| entry(seconds, Some(Arc::new([])))));
    }
}

fn entry(seconds: u64, row: &[u8]) -> Arc<[u8]> {
    [seconds.to_be_bytes().as_slice(), row].concat().into()
}

fn is_young(seconds: u64, now: Timestamp) -> bool {
    Timestamp(seconds.saturating_mul(1000)).after(TOO_OLD) >= now
}

/// Adds the times of all items to a batch if they expire from now on, or clears them if they don't any more. The table
/// is locked, and all that was staged of it lasts.
pub(crate) fn change(
    table: &Table,
    storage: &dyn Storage,
    (before, after): (&Definition, &Definition),
    now: Timestamp,
    batch: &mut Batch,
) -> Result<(), Error> {
    let enabled = |definition: &Definition| definition.time_to_live.clone().filter(|one| one.enabled);
    let space = table.space(EXPIRIES);
    match (enabled(before), enabled(after)) {
        (Some(_), None) => batch.cleared.push(Cleared::Part(space)),
        (None, Some(time_to_live)) => {
            storage.all_staged().wait()?;
            let all = (Bound::Unbounded, Bound::Unbounded);
            storage.walk(table.space(ROWS), all, Direction::Forward, &mut |row, bytes| {
                let seconds = time_to_live.seconds(&Item::from_packed(Arc::clone(bytes)));
                let seconds = seconds.filter(|seconds| is_young(*seconds, now));
                batch.writes.extend(seconds.map(|seconds| storage::Write {
                    space,
                    key: entry(seconds, row),
                    bytes: Some(Arc::new([])),
                }));
                ControlFlow::Continue(())
            })?;
        }
        _ => {}
    }
    Ok(())
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
        let _expiring = self.due.expiring.lock();
        while self.expire()? {
            std::thread::yield_now(); // whoever waits for the table has it before the next page
        }
        Ok(())
    }

    /// Deletes a page of the items that expired, unless someone is at it.
    pub(crate) fn expire_some(&self) -> Result<(), Error> {
        match self.due.expiring.try_lock() {
            Some(_expiring) => self.expire().map(drop),
            None => Ok(()),
        }
    }

    /// Deletes a page of the items that expired; whether there may be more.
    fn expire(&self) -> Result<bool, Error> {
        let now = self.config.clock.now();
        if !self.due.begins_expiry(now) {
            return Ok(false);
        }
        let mut left = PAGE;
        for table in self.catalog.all() {
            let definition = table.definition();
            let Some(time_to_live) = definition.time_to_live.as_deref().filter(|one| one.enabled) else {
                continue;
            };
            if time_to_live.until > now {
                self.due.note_expiry(time_to_live.until);
                continue;
            }
            let expired = self.expire_of(&table, time_to_live, (now, left));
            left -= expired.inspect_err(|_| self.due.note_expiry(now))?;
            if left == 0 {
                self.due.note_expiry(now);
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The same of one table; how many were looked at.
    fn expire_of(
        &self,
        table: &Table,
        time_to_live: &TimeToLive,
        (now, most): (Timestamp, usize),
    ) -> Result<usize, Error> {
        let mut rows = Vec::new();
        let all = (Bound::Unbounded, Bound::Unbounded);
        self.storage.walk(table.space(EXPIRIES), all, Direction::Forward, &mut |key, _| {
            let Some((seconds, row)) = key.split_first_chunk::<TIME_BYTES>() else {
                return ControlFlow::Continue(());
            };
            let expires = self.expires(u64::from_be_bytes(*seconds));
            if expires > now || rows.len() == most {
                self.due.note_expiry(expires);
                return ControlFlow::Break(());
            }
            rows.push(Arc::<[u8]>::from(row));
            ControlFlow::Continue(())
        })?;
        let mut writes = Vec::with_capacity(rows.len());
        for key in &rows {
            let item = table.get(&*self.storage, key)?;
            let write = item.map(|item| Write::always(Action::Expire(item, time_to_live)));
            writes.extend(write.map(|write| (Arc::clone(key), write)));
        }
        let row_write = |(key, write)| RowWrite { table, key: Arc::clone(key), write };
        let row_writes: Vec<_> = writes.iter().map(|(key, write)| row_write((key, write))).collect();
        if row_writes.is_empty() {
            return Ok(rows.len());
        }
        match write_all(self, &row_writes, |decided, _| decided.collect()) {
            // The table went meanwhile, and its items with it.
            Err(Error::ResourceNotFound(_)) => Ok(rows.len()),
            written => written.map(|_| rows.len()),
        }
    }
}
