//! What a table is, as it is stored. Each struct is its namesake of the engine; only what is here is the format.

use std::collections::BTreeMap;
use std::sync::Arc;

use ddbmock_model::{
    AttributeDefinition, BillingMode, SseDescription, SseType, StreamSpecification, StreamViewType,
    TableClass, TableStatus, Tag,
};
use serde::{Deserialize, Serialize};

use super::index::Index;
use super::key::{Attribute, Element};
use super::throughput::{Maxima, Throughput, Warm, live_maxima, maxima, milliseconds};
use super::vectors::Vectors;
use super::word::Word;
use crate::clock::Timestamp;
use crate::definition::{self, Identity};
use crate::index::IndexKind;
use crate::policy::Policy;
use crate::stage::{self, Current};
use crate::vector;

/// A table.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Table {
    account: String,
    region: String,
    name: String,
    definition: Definition,
    stage: Option<Stage>,
    /// Since the second version: its policy, if it ever had one, and when that changed.
    policy: Option<(Option<String>, u64)>,
    /// Since the third version: which of its indexes are of vectors, by their parts.
    vectors: Option<Vec<(u32, Vectors)>>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Stage {
    status: Word<TableStatus>,
    shown: Option<Definition>,
    until: u64,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Definition {
    id: String,
    created: u64,
    attributes: Vec<Attribute>,
    key: Vec<Element>,
    indexes: Vec<Index>,
    next_part: u32,
    billing: Word<BillingMode>,
    on_demand_since: Option<u64>,
    throughput: Throughput,
    on_demand: Option<Maxima>,
    warm: Warm,
    stream: Option<Stream>,
    streaming_since: Option<u64>,
    sse: Option<Encryption>,
    class: Option<(Word<TableClass>, Option<u64>)>,
    protected: bool,
    /// Keys and values.
    tags: Vec<(String, String)>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Stream {
    enabled: bool,
    view: Option<Word<StreamViewType>>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Encryption {
    status: String,
    kind: Word<SseType>,
    key: String,
}

impl super::Record for Table {
    const VERSION: u8 = 3;
}

impl Table {
    /// A table as it is stored.
    pub(super) fn of(identity: &Identity, current: &Current) -> Self {
        let Identity { account, region, name } = identity.clone();
        let stage = current.stage.as_ref().map(|stage| Stage {
            status: Word(stage.status),
            shown: stage.shown.as_deref().map(Definition::of),
            until: stage.until.0,
        });
        let policy = current.definition.policy.clone().map(|policy| (policy.document, policy.changed.0));
        let shown = current.stage.iter().filter_map(|stage| stage.shown.as_ref());
        let indexes = shown.chain([&current.definition]).flat_map(|definition| &definition.indexes);
        let vectors: BTreeMap<u32, Vectors> =
            indexes.filter_map(|index| Some((index.part, Vectors::of(index.vector()?)))).collect();
        let vectors = Some(Vec::from_iter(vectors)).filter(|vectors| !vectors.is_empty());
        let definition = Definition::of(&current.definition);
        Self { account, region, name, definition, stage, policy, vectors }
    }

    /// The table itself; nothing if the types of its key are not there.
    pub(super) fn live(self) -> Option<(Identity, Current)> {
        let Self { account, region, name, definition, stage, policy, vectors } = self;
        let vectors: BTreeMap<u32, vector::Vector> =
            vectors.into_iter().flatten().map(|(part, vectors)| (part, vectors.live())).collect();
        let policy = policy.map(|(document, changed)| Policy { document, changed: Timestamp(changed) });
        let whole = |definition: Definition| {
            let mut definition = definition::Definition { policy: policy.clone(), ..definition.live() };
            for index in &mut definition.indexes {
                let vector = vectors.get(&index.part).cloned();
                index.kind = vector.map_or(index.kind.clone(), IndexKind::Vector);
            }
            Arc::new(definition)
        };
        let stage = stage.map(|stage| stage::Stage {
            status: stage.status.0,
            shown: stage.shown.map(whole),
            until: Timestamp(stage.until),
        });
        let is_typed = |element: &Element| definition.attributes.iter().any(|one| one.0 == element.0);
        definition.key.iter().all(is_typed).then(|| {
            let definition = whole(definition);
            (Identity { account, region, name }, Current { definition, stage })
        })
    }
}

impl Definition {
    fn of(live: &definition::Definition) -> Self {
        Self {
            id: live.id.clone(),
            created: live.created.0,
            attributes: live
                .attributes
                .iter()
                .map(|one| Attribute(one.attribute_name.clone(), Word(one.attribute_type)))
                .collect(),
            key: live.key.iter().map(Element::of).collect(),
            indexes: live.indexes.iter().map(Index::of).collect(),
            next_part: live.next_part,
            billing: Word(live.billing),
            on_demand_since: milliseconds(live.on_demand_since),
            throughput: Throughput::of(live.throughput),
            on_demand: live.on_demand.map(maxima),
            warm: Warm::of(live.warm),
            stream: live.stream.map(|stream| Stream {
                enabled: stream.stream_enabled,
                view: stream.stream_view_type.map(Word),
            }),
            streaming_since: milliseconds(live.streaming_since),
            sse: live.sse.as_ref().map(|sse| Encryption {
                status: sse.status.clone(),
                kind: Word(sse.sse_type),
                key: sse.kms_master_key_arn.clone(),
            }),
            class: live.class.map(|(class, since)| (Word(class), milliseconds(since))),
            protected: live.protected,
            tags: live.tags.iter().map(|tag| (tag.key.clone(), tag.value.clone())).collect(),
        }
    }

    fn live(self) -> definition::Definition {
        definition::Definition {
            id: self.id,
            created: Timestamp(self.created),
            attributes: self
                .attributes
                .into_iter()
                .map(|one| AttributeDefinition { attribute_name: one.0, attribute_type: one.1.0 })
                .collect(),
            key: self.key.into_iter().map(Element::live).collect(),
            indexes: self.indexes.into_iter().map(Index::live).collect(),
            next_part: self.next_part,
            billing: self.billing.0,
            on_demand_since: self.on_demand_since.map(Timestamp),
            throughput: self.throughput.live(),
            on_demand: self.on_demand.map(live_maxima),
            warm: self.warm.live(),
            stream: self.stream.map(|stream| StreamSpecification {
                stream_enabled: stream.enabled,
                stream_view_type: stream.view.map(|view| view.0),
            }),
            streaming_since: self.streaming_since.map(Timestamp),
            // These have records of their own.
            recorded_in: None,
            time_to_live: None,
            sse: self.sse.map(|sse| SseDescription {
                status: sse.status,
                sse_type: sse.kind.0,
                kms_master_key_arn: sse.key,
            }),
            class: self.class.map(|(class, since)| (class.0, since.map(Timestamp))),
            protected: self.protected,
            tags: self.tags.into_iter().map(|(key, value)| Tag { key, value }).collect(),
            policy: None,
        }
    }
}
