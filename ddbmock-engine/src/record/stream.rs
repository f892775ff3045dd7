//! What a stream is, as it is stored. Each struct is its namesake of the engine; only what is here is the format.

use std::sync::Arc;

use ddbmock_model::StreamViewType;
use serde::{Deserialize, Serialize};

use super::key::Element;
use super::word::Word;
use crate::clock::Timestamp;
use crate::definition::Identity;
use crate::policy::Policy;
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
    /// Since the second version: its policy, if it ever had one, and when that changed.
    policy: Option<(Option<String>, u64)>,
}

impl super::Record for Stream {
    const VERSION: u8 = 2;
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
            policy: kept.policy.as_ref().map(|policy| (policy.document.clone(), policy.changed.0)),
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
            policy: self
                .policy
                .map(|(document, changed)| Arc::new(Policy { document, changed: Timestamp(changed) })),
        })
    }
}
