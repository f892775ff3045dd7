//! The record of a change: made for the batch of its row, and read for who consumes it.

use std::borrow::Cow;
use std::sync::Arc;

use ddbmock_model::{
    Error, Identity, Item, KeySchemaElement, OperationType, Record, StreamRecord, StreamViewType,
};
use md5::{Digest, Md5};

use super::{Position, Reading, Stream, shard};
use crate::change::{Cause, Change};
use crate::record::{self, Event};
use crate::storage::Write;

/// The version of the form of records. Assumed.
const EVENT_VERSION: &str = "1.1";
/// Where all records are from.
const EVENT_SOURCE: &str = "aws:dynamodb";
/// Who deletes items that expire. Source: developer guide, time to live.
const SERVICE: Identity = Identity {
    principal_id: Cow::Borrowed("dynamodb.amazonaws.com"),
    identity_type: Cow::Borrowed("Service"),
};

impl Stream {
    /// The write that records a change; none if the item stays as it is. Source: developer guide, streams.
    pub(crate) fn record(&self, change: &Change) -> Option<Write> {
        let name = match (&change.before, &change.after) {
            (Some(before), Some(after)) if before == after => return None,
            (None, None) => return None,
            (None, Some(_)) => OperationType::Insert,
            (Some(_), Some(_)) => OperationType::Modify,
            (Some(_), None) => OperationType::Remove,
        };
        let item = change.after.as_ref().or(change.before.as_ref())?;
        let (new, old) = match self.view {
            StreamViewType::KeysOnly => (None, None),
            StreamViewType::NewImage => (change.after.as_ref(), None),
            StreamViewType::OldImage => (None, change.before.as_ref()),
            StreamViewType::NewAndOldImages => (change.after.as_ref(), change.before.as_ref()),
        };
        let keys = (new.is_none() && old.is_none()).then(|| keys(item, &self.key));
        let event = Event {
            name,
            is_expiry: change.cause == Cause::Expired,
            keys: keys.as_ref().map(|keys| &**keys.packed()),
            new: new.map(|item| &**item.packed()),
            old: old.map(|item| &**item.packed()),
        };
        let round = self.round_at(change.at);
        let position = Position { at: change.at, sequence: change.sequence };
        let key = position.key(shard::slot(&change.key, round.shards));
        let bytes = Some(record::event(&event));
        Some(Write { space: self.space(round.number), key: Arc::new(key), bytes })
    }
}

/// The key attributes of an item.
fn keys(item: &Item, key: &[KeySchemaElement]) -> Item {
    let is_key = |name: &str| key.iter().any(|element| element.attribute_name == name);
    Item::from_values(item.attributes().iter().filter(|(name, _)| is_key(name)).take(key.len()))
}

impl Reading<'_> {
    /// The record of stored bytes.
    pub(super) fn record(&self, (key, position): (&[u8], Position), bytes: &[u8]) -> Result<Record, Error> {
        let event = record::read_event(self.space(), key, bytes)?;
        let item = |packed: &[u8]| Item::from_packed(packed.into());
        let (new_image, old_image) = (event.new.map(item), event.old.map(item));
        let image = new_image.as_ref().or(old_image.as_ref());
        let keys = event.keys.map(item).or_else(|| Some(keys(image?, &self.stream.key)));
        let bytes = keys.iter().chain(&new_image).chain(&old_image).map(Item::bytes).sum::<usize>();
        let sequence_number = position.number();
        Ok(Record {
            event_id: event_id(self.arn, &sequence_number),
            event_name: event.name,
            event_version: EVENT_VERSION.into(),
            event_source: EVENT_SOURCE.into(),
            aws_region: self.stream.table.region.clone(),
            dynamodb: StreamRecord {
                approximate_creation_date_time: position.at.0 / 1000,
                size_bytes: bytes as u64,
                keys,
                new_image,
                old_image,
                sequence_number,
                stream_view_type: self.stream.view,
            },
            user_identity: event.is_expiry.then_some(SERVICE),
        })
    }
}

/// 32 digits of which no two records have the same.
fn event_id(arn: &str, sequence_number: &str) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digest = Md5::new().chain_update(arn).chain_update(sequence_number).finalize();
    let digits = digest.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    let mut id = String::with_capacity(32);
    id.extend(digits.map(|digit| char::from(DIGITS[usize::from(digit)])));
    id
}
