//! Streams: what happened to the items of a table, kept for a day.
//!
//! A stream is a reader of changes: the record of each goes into the batch of its row. It has a space of its own, for
//! it outlives its table and its being disabled. Its shards are a function of the clock ([`shard`]); where a record is,
//! is in its sequence number ([`position`]), so that to begin anywhere is to begin a range.

mod iterator;
mod page;
mod position;
mod record;
mod registry;
mod shard;
#[cfg(test)]
mod tests;
mod trim;

use std::sync::Arc;
use std::time::Duration;

use ddbmock_model::{Error, KeySchemaElement, Message, Rule, StreamStatus, StreamViewType, TableStatus};

pub(crate) use iterator::ShardIterator;
pub(crate) use page::Reading;
pub(crate) use position::Position;
pub(crate) use registry::{Kept, Streams};
pub(crate) use shard::{Layout, Shard};

use crate::clock::Timestamp;
use crate::definition::{Definition, Identity};
use crate::engine::Engine;
use crate::simulation::Simulation;
use crate::stage::{Current, check_at_rest};
use crate::storage::Space;
use crate::table::{Redefinition, Table};

/// How long records are kept. Source: developer guide, streams.
const KEPT: Duration = Duration::from_hours(24);

/// A stream.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Stream {
    /// Its number: the name of its spaces, never given twice, and never a table's.
    pub(crate) number: u64,
    /// Whose changes it records.
    pub(crate) table: Identity,
    /// The table's key.
    pub(crate) key: Vec<KeySchemaElement>,
    /// What its records hold.
    pub(crate) view: StreamViewType,
    /// When it was enabled, or soon after: no two streams of tables of a name have one label.
    pub(crate) label: Timestamp,
    /// Into how many shards it was divided, and since when.
    pub(crate) layouts: Vec<Layout>,
}

impl Stream {
    /// Its ARN.
    pub(crate) fn arn(&self) -> String {
        format!("{}/stream/{}", self.table.arn(), self.label.label())
    }

    /// Where the records of a round are.
    fn space(&self, round: u32) -> Space {
        Space { table: self.number, part: round }
    }
}

/// The moment before which nothing is read any more.
pub(crate) fn horizon(now: Timestamp) -> Timestamp {
    now.before(KEPT)
}

impl Simulation {
    /// The stream that the changes of a table go to once it is defined so, from a moment on at which none was made yet;
    /// `before` is the one that it has, and whether the shards of that are split.
    pub(crate) fn stream_of(
        &self,
        table: &Identity,
        before: Option<(&Arc<Stream>, bool)>,
        definition: &Definition,
        moment: Timestamp,
    ) -> Option<Arc<Stream>> {
        let view = definition.stream?.stream_view_type.unwrap_or_default();
        let label = definition.streaming_since?;
        let wanted = shard::wanted(definition.warm.units);
        let Some((before, splits)) = before.filter(|(before, _)| before.label == label) else {
            let shards = self.config.stream_shards.unwrap_or(wanted);
            return Some(Arc::new(Stream {
                number: self.catalog.next_number(),
                table: table.clone(),
                key: definition.key.clone(),
                view,
                label,
                layouts: vec![Layout::first(moment, shards)],
            }));
        };
        let wanted = if splits { before.shards() + 1 } else { wanted };
        if before.shards() >= wanted || (self.config.stream_shards.is_some() && !splits) {
            return Some(Arc::clone(before));
        }
        Some(Arc::new(before.split(wanted, moment)))
    }

    /// What a table that is to be added is, with the stream that its changes go to from a moment on.
    pub(crate) fn recorded(&self, table: &Identity, current: Current, moment: Timestamp) -> Current {
        let stream = self.stream_of(table, None, &current.definition, moment);
        let definition = Definition { recorded_in: stream, ..Definition::clone(&current.definition) };
        Current { definition: Arc::new(definition), ..current }
    }

    /// The table whose changes a stream records, or one of its name.
    fn table_of(&self, stream: &Stream) -> Option<Arc<Table>> {
        self.catalog.find_in(stream.table.place(), &stream.table.name)
    }

    /// Where a stream is in its life. That it was enabled, or ended, is done no later than what its table goes through.
    pub(crate) fn stream_status(&self, kept: &Kept) -> StreamStatus {
        let now = self.config.clock.now();
        let table = self.table_of(&kept.stream).filter(|_| kept.settled > now);
        let is_changing = table.is_some_and(|table| table.status(|| now) != TableStatus::Active);
        match (kept.ended, is_changing) {
            (None, true) => StreamStatus::Enabling,
            (None, false) => StreamStatus::Enabled,
            (Some(_), true) => StreamStatus::Disabling,
            (Some(_), false) => StreamStatus::Disabled,
        }
    }

    /// Waits until all is there that was decided before now of the changes that a stream records: a writer decides and
    /// stages under the lock of its table.
    pub(crate) fn await_records(&self, stream: &Stream) -> Result<(), Error> {
        if let Some(table) = self.table_of(stream) {
            drop(table.halt());
        }
        self.storage.all_staged().wait()
    }
}

impl Engine {
    /// Splits the shards of a stream, as the service does when a table's partitions split: each goes on in two.
    ///
    /// # Errors
    /// `ResourceNotFoundException` if there is no such stream that is on; `ResourceInUseException` while its table is
    /// made or changed; [`Error::Internal`] if the storage fails.
    pub fn split_shards(&self, stream_arn: &str) -> Result<(), Error> {
        let world = self.simulation();
        let kept = world.streams.named(stream_arn).filter(|kept| kept.ended.is_none());
        let table = kept.and_then(|kept| world.table_of(&kept.stream));
        let table = table.ok_or_else(|| no_such_stream(stream_arn))?;
        table.redefine(world, |before, status| {
            check_at_rest(status, &table.identity.name)?;
            let (after, shown) = (before.clone(), before.clone());
            Ok(Redefinition { after, shown, status, lasts: Duration::ZERO, splits: true })
        })?;
        Ok(())
    }
}

/// The refusal of a stream that is not there.
pub(crate) fn no_such_stream(arn: &str) -> Error {
    let text = format!("Requested resource not found: Stream: {arn} not found");
    Error::ResourceNotFound(Message::new(Rule("stream.not_found"), text))
}

/// The refusal of a shard that is not there, or not any more.
pub(crate) fn no_such_shard() -> Error {
    let text = "Requested resource not found: Shard does not exist";
    Error::ResourceNotFound(Message::new(Rule("stream.no_such_shard"), text))
}

/// The refusal to read what is kept no longer. Source: users of production quote the sentence.
pub(crate) fn trimmed() -> Error {
    let text = "The data you are trying to access has been trimmed";
    Error::TrimmedDataAccess(Message::new(Rule("stream.trimmed"), text))
}
