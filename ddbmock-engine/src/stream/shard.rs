//! The shards of a stream: a function of the clock.
//!
//! A layout says into how many shards a stream is divided from a moment on, until the next. Within it a round of shards
//! is open for hours; then each goes on in a child. An item's shard is told by the hash that its row's key begins with,
//! and layouts only ever divide: so the records of an item stay in order along parents and children.

use std::time::Duration;

use ddbmock_model::ProvisionedThroughput;

use super::{Position, Stream};
use crate::clock::Timestamp;

/// How long a shard is open. Source: observed by users of production, about four hours.
const ROUND: Duration = Duration::from_hours(4);
/// What a partition serves in a second, read and write units; a shard is a partition's. Source: developer guide,
/// partitions.
const PARTITION: (u64, u64) = (3000, 1000);
/// The most shards a stream is divided into.
pub(crate) const SHARDS_MAX: u32 = 1024;

/// Into how many shards a stream is divided from a moment on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Layout {
    /// The moment.
    pub(crate) since: Timestamp,
    /// How many.
    pub(crate) shards: u32,
    /// The number of its first round.
    pub(crate) first_round: u32,
}

impl Layout {
    /// The first layout of a stream.
    pub(crate) fn first(since: Timestamp, shards: u32) -> Self {
        Self { since, shards: shards.clamp(1, SHARDS_MAX), first_round: 0 }
    }

    /// The round at a moment, which may be before the layout: then it is its first.
    fn round_at(self, at: Timestamp) -> u32 {
        let rounds = at.0.saturating_sub(self.since.0) / milliseconds(ROUND);
        self.first_round.saturating_add(u32::try_from(rounds).unwrap_or(u32::MAX))
    }

    fn start(self, round: u32) -> Timestamp {
        Timestamp(self.since.0 + u64::from(round - self.first_round) * milliseconds(ROUND))
    }
}

/// A time in which the shards of a stream are the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Round {
    /// Its number, from 0.
    pub(crate) number: u32,
    /// How many shards there are in it.
    pub(crate) shards: u32,
    /// Its first moment.
    pub(crate) start: Timestamp,
    /// The first moment after it.
    pub(crate) end: Timestamp,
}

/// A shard of a stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Shard {
    /// When it is open.
    pub(crate) round: Round,
    /// Which of the shards of that time it is.
    pub(crate) slot: u32,
}

impl Shard {
    /// The lowest sequence number it can have.
    pub(crate) fn first(self) -> Position {
        Position { at: self.round.start, sequence: 0 }
    }

    /// The highest sequence number it can have.
    pub(crate) fn last(self) -> Position {
        Position { at: Timestamp(self.round.end.0.saturating_sub(1)), sequence: u64::MAX }
    }
}

impl Stream {
    /// How many shards it is divided into now.
    pub(crate) fn shards(&self) -> u32 {
        self.layouts.last().map_or(1, |layout| layout.shards)
    }

    /// When it was last divided: nothing is recorded at an earlier time any more.
    pub(crate) fn began(&self) -> Timestamp {
        self.layouts.last().map_or(self.label, |layout| layout.since)
    }

    /// The same stream, divided from a moment on into at least so many shards: each has as many children.
    pub(crate) fn split(&self, wanted: u32, moment: Timestamp) -> Self {
        let mut split = self.clone();
        let Some(last) = self.layouts.last() else {
            return split;
        };
        let mut shards = last.shards;
        while shards < wanted && shards * 2 <= SHARDS_MAX {
            shards *= 2;
        }
        let since = Timestamp(moment.0.max(last.since.0 + 1));
        let first_round = last.round_at(Timestamp(since.0 - 1)) + 1;
        split.layouts.push(Layout { since, shards, first_round });
        split
    }

    /// The round at a moment.
    pub(crate) fn round_at(&self, at: Timestamp) -> Round {
        let layout = self.layout(|layout| layout.since <= at);
        self.round(layout.round_at(at))
    }

    /// The round of a number, as if the stream never ended.
    pub(crate) fn round(&self, number: u32) -> Round {
        let layout = self.layout(|layout| layout.first_round <= number);
        let start = layout.start(number);
        let next = self.layouts.iter().map(|layout| layout.since).find(|since| *since > start);
        let end = next.map_or(start.after(ROUND), |next| next.min(start.after(ROUND)));
        Round { number, shards: layout.shards, start, end }
    }

    fn layout(&self, has_begun: impl Fn(&Layout) -> bool) -> Layout {
        let begun = self.layouts.iter().rev().find(|layout| has_begun(layout));
        *begun.or(self.layouts.first()).expect("a stream has a layout from its beginning")
    }

    /// The id of a shard: when it begins, and eight digits that no other shard of that time has.
    pub(crate) fn shard_id(&self, shard: Shard) -> String {
        let seed = crc32fast::hash(&[self.number.to_be_bytes(), self.label.0.to_be_bytes()].concat());
        let digits = seed ^ shard.slot.wrapping_mul(0x9E37_79B1); // odd, so that no two slots come to the same
        format!("shardId-{:020}-{digits:08x}", shard.round.start.0)
    }

    /// The shard that a shard went on from.
    pub(crate) fn parent(&self, shard: Shard) -> Option<Shard> {
        let round = self.round(shard.round.number.checked_sub(1)?);
        let divided = (shard.round.shards / round.shards).max(1);
        Some(Shard { round, slot: shard.slot / divided })
    }
}

/// Which of so many shards an item is in, by the hash that its row's key begins with.
pub(super) fn slot(row: &[u8], shards: u32) -> u32 {
    let hash = row.first_chunk().map_or(0, |hash| u32::from_be_bytes(*hash));
    u32::try_from((u64::from(hash) * u64::from(shards)) >> u32::BITS).expect("it is less than the shards")
}

/// How many shards the stream of a table has that serves so many units at once: one a partition.
pub(super) fn wanted(units: ProvisionedThroughput) -> u32 {
    let of = |units: i64, each: u64| {
        let partitions = u64::try_from(units).unwrap_or_default().div_ceil(each);
        u32::try_from(partitions).unwrap_or(SHARDS_MAX)
    };
    let reads = of(units.read_capacity_units, PARTITION.0);
    let writes = of(units.write_capacity_units, PARTITION.1);
    reads.max(writes).clamp(1, SHARDS_MAX).next_power_of_two()
}

fn milliseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
