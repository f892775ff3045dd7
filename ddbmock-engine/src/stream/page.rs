//! A page of the records of a shard.

use std::ops::{Bound, ControlFlow};

use ddbmock_model::{Error, Record};

use super::{Position, Shard, Stream, trimmed};
use crate::clock::Timestamp;
use crate::storage::{self, Bytes, Direction, Read, Space, damaged};

/// The most bytes of the records of a page. Source: API reference, `GetRecords`.
const BYTES_MAX: u64 = 1 << 20;

/// Reads a shard.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reading<'s> {
    /// The stream.
    pub(crate) stream: &'s Stream,
    /// Its ARN.
    pub(crate) arn: &'s str,
    /// The shard.
    pub(crate) shard: Shard,
    /// The moment before which nothing is read any more.
    pub(crate) horizon: Timestamp,
}

/// A page of the records of a shard.
#[derive(Debug)]
pub(crate) struct Page {
    /// The records.
    pub(crate) records: Vec<Record>,
    /// The first place that it has not read.
    pub(crate) next: Position,
    /// Whether it has all records from where it began.
    pub(crate) is_last: bool,
}

impl Reading<'_> {
    /// Up to `limit` records from a place on; what is there and may be read no longer is refused.
    pub(crate) fn page(&self, storage: &dyn Read, from: Position, limit: usize) -> Result<Page, Error> {
        let mut page = Page { records: Vec::new(), next: from, is_last: true };
        let mut bytes = 0;
        self.walk(storage, from, Direction::Forward, |key, stored| {
            let position = Position::of_key(key).ok_or_else(|| damaged(self.space(), key))?;
            if position.at < self.horizon {
                return Err(trimmed());
            }
            let record = self.record((key, position), stored)?;
            bytes += record.dynamodb.size_bytes;
            page.is_last = page.records.len() < limit && (bytes <= BYTES_MAX || page.records.is_empty());
            if !page.is_last {
                return Ok(ControlFlow::Break(()));
            }
            page.records.push(record);
            page.next = position.next();
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(page)
    }

    /// Whether there is a record at a place.
    pub(crate) fn has(&self, storage: &dyn Read, position: Position) -> Result<bool, Error> {
        Ok(storage.get(self.space(), &position.key(self.shard.slot))?.is_some())
    }

    /// The place after the newest record; the oldest that can be read if there is none.
    pub(crate) fn latest(&self, storage: &dyn Read) -> Result<Position, Error> {
        let oldest = self.oldest();
        let mut newest = None;
        self.walk(storage, oldest, Direction::Backward, |key, _| {
            newest = Position::of_key(key);
            Ok(ControlFlow::Break(()))
        })?;
        Ok(newest.map_or(oldest, Position::next))
    }

    /// The oldest place that can be read.
    pub(crate) fn oldest(&self) -> Position {
        self.shard.first().max(Position { at: self.horizon, sequence: 0 })
    }

    /// Where the records are.
    pub(super) fn space(&self) -> Space {
        self.stream.space(self.shard.round.number)
    }

    /// Visits what is stored of the shard from a place on.
    fn walk(
        &self,
        storage: &dyn Read,
        from: Position,
        direction: Direction,
        visit: impl FnMut(&[u8], &Bytes) -> Result<ControlFlow<()>, Error>,
    ) -> Result<(), Error> {
        let [first, last] = [from, self.shard.last()].map(|position| position.key(self.shard.slot));
        let range = (Bound::Included(first.as_slice()), Bound::Included(last.as_slice()));
        storage::walk(storage, self.space(), range, direction, visit)
    }
}
