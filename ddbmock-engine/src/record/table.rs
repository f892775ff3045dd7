//! What a table is, as it is stored. Each struct is its namesake of the engine; only what is here is the format.

use std::collections::BTreeMap;
use std::sync::Arc;

use ddbmock_model::{
    AttributeDefinition, BillingMode, IndexStatus, KeySchemaElement, KeyType, OnDemandThroughput,
    ProjectionType, ProvisionedThroughput, ScalarType, SseDescription, SseType, StreamSpecification,
    StreamViewType, TableClass, TableStatus, Tag,
};
use serde::{Deserialize, Serialize};

use super::vectors::Vectors;
use super::word::Word;
use crate::clock::Timestamp;
use crate::definition::{self, Identity};
use crate::index::{self, IndexKind};
use crate::policy::Policy;
use crate::schema::{self, KeyAttribute};
use crate::stage::{self, Building, Current};
use crate::{throughput, vector, warm};

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
struct Index {
    name: String,
    is_global: bool,
    part: u32,
    /// The attributes of the partition key, and of the sort key.
    schema: (Vec<Attribute>, Vec<Attribute>),
    key: Vec<Element>,
    projection: (Option<Word<ProjectionType>>, Option<Vec<String>>),
    status: Word<IndexStatus>,
    /// When it begins to be filled, and when it can be read.
    building: Option<(u64, u64)>,
    throughput: Throughput,
    on_demand: Option<Maxima>,
    warm: Warm,
}

/// An attribute and its type.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Attribute(String, Word<ScalarType>);

/// An attribute and its role.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Element(String, Word<KeyType>);

/// Units that are read and written.
type Units = (i64, i64);
type Maxima = (Option<i64>, Option<i64>);

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Throughput {
    units: Units,
    increased: Option<u64>,
    decreased: Option<u64>,
    decreases: i64,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Warm {
    units: Units,
    rising: bool,
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

impl Index {
    fn of(live: &index::Index) -> Self {
        let attributes = |of: &[KeyAttribute]| of.iter().map(Attribute::of).collect();
        Self {
            name: live.name.clone(),
            is_global: live.kind == IndexKind::Global,
            part: live.part,
            schema: (attributes(&live.schema.partition), attributes(&live.schema.sort)),
            key: live.key.iter().map(Element::of).collect(),
            projection: (
                live.projection.projection_type.map(Word),
                live.projection.non_key_attributes.clone(),
            ),
            status: Word(live.status),
            building: live.building.map(|building| (building.filling.0, building.until.0)),
            throughput: Throughput::of(live.throughput),
            on_demand: live.on_demand.map(maxima),
            warm: Warm::of(live.warm),
        }
    }

    fn live(self) -> index::Index {
        let attributes = |of: Vec<Attribute>| of.into_iter().map(Attribute::live).collect();
        let (projection_type, non_key_attributes) = self.projection;
        let building = |(filling, until)| Building { filling: Timestamp(filling), until: Timestamp(until) };
        index::Index {
            name: self.name,
            kind: if self.is_global { IndexKind::Global } else { IndexKind::Local },
            part: self.part,
            schema: schema::KeySchema {
                partition: attributes(self.schema.0),
                sort: attributes(self.schema.1),
            },
            key: self.key.into_iter().map(Element::live).collect(),
            projection: ddbmock_model::Projection {
                projection_type: projection_type.map(|word| word.0),
                non_key_attributes,
            },
            status: self.status.0,
            building: self.building.map(building),
            throughput: self.throughput.live(),
            on_demand: self.on_demand.map(live_maxima),
            warm: self.warm.live(),
        }
    }
}

impl Attribute {
    /// An attribute as it is stored.
    pub(super) fn of(live: &KeyAttribute) -> Self {
        Self(live.name.clone(), Word(live.scalar))
    }

    /// The attribute itself.
    pub(super) fn live(self) -> KeyAttribute {
        KeyAttribute { name: self.0, scalar: self.1.0 }
    }
}

impl Element {
    /// An element as it is stored.
    pub(super) fn of(live: &KeySchemaElement) -> Self {
        Self(live.attribute_name.clone(), Word(live.key_type))
    }

    /// The element itself.
    pub(super) fn live(self) -> KeySchemaElement {
        KeySchemaElement { attribute_name: self.0, key_type: self.1.0 }
    }
}

impl Throughput {
    fn of(live: throughput::Throughput) -> Self {
        Self {
            units: units(live.units),
            increased: milliseconds(live.increased),
            decreased: milliseconds(live.decreased),
            decreases: live.decreases,
        }
    }

    fn live(self) -> throughput::Throughput {
        throughput::Throughput {
            units: live_units(self.units),
            increased: self.increased.map(Timestamp),
            decreased: self.decreased.map(Timestamp),
            decreases: self.decreases,
        }
    }
}

impl Warm {
    fn of(live: warm::Warm) -> Self {
        Self { units: units(live.units), rising: live.rising }
    }

    fn live(self) -> warm::Warm {
        warm::Warm { units: live_units(self.units), rising: self.rising }
    }
}

fn milliseconds(moment: Option<Timestamp>) -> Option<u64> {
    moment.map(|moment| moment.0)
}

fn units(live: ProvisionedThroughput) -> Units {
    (live.read_capacity_units, live.write_capacity_units)
}

fn live_units((read_capacity_units, write_capacity_units): Units) -> ProvisionedThroughput {
    ProvisionedThroughput { read_capacity_units, write_capacity_units }
}

fn maxima(live: OnDemandThroughput) -> Maxima {
    (live.max_read_request_units, live.max_write_request_units)
}

fn live_maxima((max_read_request_units, max_write_request_units): Maxima) -> OnDemandThroughput {
    OnDemandThroughput { max_read_request_units, max_write_request_units }
}
