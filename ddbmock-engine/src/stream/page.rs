//! A page of the records of a shard.

use std::ops::{Bound, ControlFlow};

use ddbmock_model::{Error, Record};

use super::record::Source;
use super::{Position, Shard, Stream, trimmed};
use crate::clock::Timestamp;
use crate::storage::{Direction, Read, damaged};

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
        let (space, slot) = (self.stream.space(self.shard.round.number), self.shard.slot);
        let source = Source { stream: self.stream, arn: self.arn };
        let mut page = Page { records: Vec::new(), next: from, is_last: true };
        let mut failure = Ok(());
        let mut bytes = 0;
        let read = |key: &[u8], stored: &[u8]| {
            let position = Position::of_key(key).ok_or_else(|| damaged(space, key))?;
            if position.at < self.horizon {
                return Err(trimmed());
            }
            Ok((position, source.record(space, (key, position), stored)?))
        };
        let (first, last) = (from.key(slot), self.shard.last().key(slot));
        let range = (Bound::Included(first.as_slice()), Bound::Included(last.as_slice()));
        storage.walk(space, range, Direction::Forward, &mut |key, stored| match read(key, stored) {
            Ok((position, record)) => {
                bytes += record.dynamodb.size_bytes;
                let is_full = page.records.len() == limit || bytes > BYTES_MAX && !page.records.is_empty();
                page.is_last = !is_full;
                if is_full {
                    return ControlFlow::Break(());
                }
                page.records.push(record);
                page.next = position.next();
                ControlFlow::Continue(())
            }
            Err(error) => {
                failure = Err(error);
                ControlFlow::Break(())
            }
        })?;
        failure.map(|()| page)
    }

    /// Whether there is a record at a place.
    pub(crate) fn has(&self, storage: &dyn Read, position: Position) -> Result<bool, Error> {
        let space = self.stream.space(self.shard.round.number);
        Ok(storage.get(space, &position.key(self.shard.slot))?.is_some())
    }

    /// The place after the newest record; the oldest that can be read if there is none.
    pub(crate) fn latest(&self, storage: &dyn Read) -> Result<Position, Error> {
        let space = self.stream.space(self.shard.round.number);
        let oldest = self.oldest();
        let (first, last) = (oldest.key(self.shard.slot), self.shard.last().key(self.shard.slot));
        let range = (Bound::Included(first.as_slice()), Bound::Included(last.as_slice()));
        let mut newest = None;
        storage.walk(space, range, Direction::Backward, &mut |key, _| {
            newest = Position::of_key(key);
            ControlFlow::Break(())
        })?;
        Ok(newest.map_or(oldest, Position::next))
    }

    /// The oldest place that can be read.
    pub(crate) fn oldest(&self) -> Position {
        self.shard.first().max(Position { at: self.horizon, sequence: 0 })
    }
}
