//! Streams and their records, as they are stored. Each struct is its namesake of the engine; only what is here is the
//! format.

use std::fmt;
use std::sync::Arc;

use ddbmock_model::{OperationType, StreamViewType};
use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::table::Element;
use super::word::Word;
use crate::clock::Timestamp;
use crate::definition::Identity;
use crate::stream::{self, Kept};

/// A stream.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Stream {
    account: String,
    region: String,
    table: String,
    key: Vec<Element>,
    view: Word<StreamViewType>,
    label: u64,
    /// Since when, into how many shards, and the number of the first round.
    layouts: Vec<(u64, u32, u32)>,
    ended: Option<u64>,
    settled: u64,
    first_round: u32,
}

impl Stream {
    /// A stream as it is stored.
    pub(super) fn of(kept: &Kept) -> Self {
        let stream = &*kept.stream;
        let Identity { account, region, name } = stream.table.clone();
        Self {
            account,
            region,
            table: name,
            key: stream.key.iter().map(Element::of).collect(),
            view: Word(stream.view),
            label: stream.label.0,
            layouts: stream.layouts.iter().map(|one| (one.since.0, one.shards, one.first_round)).collect(),
            ended: kept.ended.map(|ended| ended.0),
            settled: kept.settled.0,
            first_round: kept.first_round,
        }
    }

    /// The stream itself; nothing if it was never divided.
    pub(super) fn live(self, number: u64) -> Option<Kept> {
        let layout =
            |(since, shards, first_round)| stream::Layout { since: Timestamp(since), shards, first_round };
        let stream = stream::Stream {
            number,
            table: Identity { account: self.account, region: self.region, name: self.table },
            key: self.key.into_iter().map(Element::live).collect(),
            view: self.view.0,
            label: Timestamp(self.label),
            layouts: self.layouts.into_iter().map(layout).collect(),
        };
        let is_divided = stream.layouts.iter().all(|layout| layout.shards > 0) && !stream.layouts.is_empty();
        is_divided.then(|| Kept {
            stream: Arc::new(stream),
            ended: self.ended.map(Timestamp),
            settled: Timestamp(self.settled),
            first_round: self.first_round,
        })
    }
}

/// What happened to an item, as a stream's record of it is stored.
#[derive(Debug, PartialEq)]
pub(crate) struct Event<'a> {
    /// What.
    pub(crate) name: OperationType,
    /// Whether it expired.
    pub(crate) is_expiry: bool,
    /// Its key, packed.
    pub(crate) keys: &'a [u8],
    /// The item after, packed.
    pub(crate) new: Option<&'a [u8]>,
    /// The item before, packed.
    pub(crate) old: Option<&'a [u8]>,
}

/// The fields of an event.
#[derive(Serialize, Deserialize)]
pub(super) struct Fields<'a> {
    name: Word<OperationType>,
    is_expiry: bool,
    #[serde(borrow)]
    keys: Packed<'a>,
    #[serde(borrow)]
    new: Option<Packed<'a>>,
    #[serde(borrow)]
    old: Option<Packed<'a>>,
}

impl<'a> Fields<'a> {
    pub(super) fn of(event: &Event<'a>) -> Self {
        Self {
            name: Word(event.name),
            is_expiry: event.is_expiry,
            keys: Packed(event.keys),
            new: event.new.map(Packed),
            old: event.old.map(Packed),
        }
    }

    pub(super) fn live(self) -> Event<'a> {
        let bytes = |Packed(bytes)| bytes;
        Event {
            name: self.name.0,
            is_expiry: self.is_expiry,
            keys: self.keys.0,
            new: self.new.map(bytes),
            old: self.old.map(bytes),
        }
    }
}

/// A packed item: bytes that are copied at once.
struct Packed<'a>(&'a [u8]);

impl Serialize for Packed<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(self.0)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Packed<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_bytes(Borrowed).map(Self)
    }
}

struct Borrowed;

impl<'de> Visitor<'de> for Borrowed {
    type Value = &'de [u8];

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("bytes")
    }

    fn visit_borrowed_bytes<E: Error>(self, bytes: &'de [u8]) -> Result<Self::Value, E> {
        Ok(bytes)
    }
}
