//! What an index is, as it is stored.

use ddbmock_model::{IndexStatus, ProjectionType};
use serde::{Deserialize, Serialize};

use super::key::{Attribute, Element};
use super::throughput::{Maxima, Throughput, Warm, live_maxima, maxima};
use super::word::Word;
use crate::clock::Timestamp;
use crate::index::{self, IndexKind};
use crate::schema::{self, KeyAttribute};
use crate::stage::Building;

/// An index.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Index {
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

impl Index {
    /// An index as it is stored.
    pub(super) fn of(live: &index::Index) -> Self {
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

    /// The index itself; which ones are of vectors, its table's record says.
    pub(super) fn live(self) -> index::Index {
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
