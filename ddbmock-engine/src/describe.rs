//! A table's description, made from what it is and what it holds.

use ddbmock_model::{
    BillingMode, BillingModeSummary, GlobalSecondaryIndexDescription, IndexStatus,
    LocalSecondaryIndexDescription, TableClassSummary, TableDescription, TableStatus,
    VectorAttributeDefinition, VectorIndex, VectorIndexDescription,
};

use crate::clock::Timestamp;
use crate::definition::{Definition, Identity};
use crate::index::{Index, IndexKind};
use crate::table::Snapshot;
use crate::vector::Vector;

/// A table as it is described at a stage of its life.
pub(crate) fn describe(
    identity: &Identity,
    snapshot: &Snapshot,
    table_status: TableStatus,
    now: Timestamp,
) -> TableDescription {
    let definition = &*snapshot.definition;
    let statistics = snapshot.counts.billed(&definition.indexes);
    let view = View { snapshot, table_arn: identity.arn(), status: table_status, now };
    let label = definition.streaming_since.map(Timestamp::label);
    TableDescription {
        attribute_definitions: definition.attributes.clone(),
        table_name: identity.name.clone(),
        key_schema: definition.key.clone(),
        table_status,
        creation_date_time: definition.created.seconds(),
        provisioned_throughput: definition.throughput.describe(now),
        table_size_bytes: statistics.bytes,
        item_count: statistics.items,
        table_id: definition.id.clone(),
        billing_mode_summary: billing(definition, table_status),
        local_secondary_indexes: view.indexes(&IndexKind::Local).map(|index| view.local(index)).collect(),
        // Those of a table that is deleted are not spoken of any more. Source: production captures, DeleteTable.
        global_secondary_indexes: view
            .indexes(&IndexKind::Global)
            .filter(|_| table_status != TableStatus::Deleting)
            .map(|index| view.global(index))
            .collect(),
        vector_indexes: definition
            .indexes
            .iter()
            .filter(|_| table_status != TableStatus::Deleting)
            .filter_map(|index| Some(view.vectors(index, index.vector()?)))
            .collect(),
        stream_specification: definition.stream,
        latest_stream_arn: label.as_ref().map(|label| format!("{}/stream/{label}", view.table_arn)),
        latest_stream_label: label,
        sse_description: definition.sse.clone(),
        table_class: definition.class.map(|(table_class, changed)| TableClassSummary {
            table_class,
            last_update_date_time: changed.map(Timestamp::seconds),
        }),
        deletion_protection_enabled: definition.protected,
        on_demand_throughput: definition.on_demand,
        warm_throughput: Some(definition.warm.describe()),
        table_arn: view.table_arn,
    }
}

/// A table, as its indexes are described.
struct View<'s> {
    snapshot: &'s Snapshot,
    table_arn: String,
    status: TableStatus,
    now: Timestamp,
}

impl View<'_> {
    fn indexes(&self, kind: &IndexKind) -> impl Iterator<Item = &Index> {
        self.snapshot.definition.indexes.iter().filter(move |index| index.kind == *kind)
    }

    fn arn(&self, index: &Index) -> String {
        format!("{}/index/{}", self.table_arn, index.name)
    }

    fn local(&self, index: &Index) -> LocalSecondaryIndexDescription {
        let statistics = self.snapshot.counts.of(index.part);
        LocalSecondaryIndexDescription {
            index_name: index.name.clone(),
            key_schema: index.key.clone(),
            projection: index.projection.clone(),
            index_size_bytes: statistics.bytes,
            item_count: statistics.items,
            index_arn: self.arn(index),
        }
    }

    /// Where an index is in its life, and whether it is being filled: one that comes with its table is never said to
    /// be. Source: API reference, backfilling.
    fn life(&self, index: &Index) -> (IndexStatus, Option<bool>) {
        let building = index.building(self.now);
        let is_created = index.status == IndexStatus::Creating || building.is_some();
        let is_new = is_created || self.status == TableStatus::Creating;
        let status = if is_new { IndexStatus::Creating } else { index.status };
        (status, is_created.then(|| building.is_some_and(|building| building.filling <= self.now)))
    }

    /// Its warm throughput is told once it is there. Source: captures of October 2026, descriptions.
    fn global(&self, index: &Index) -> GlobalSecondaryIndexDescription {
        let statistics = self.snapshot.counts.of(index.part);
        let (index_status, backfilling) = self.life(index);
        GlobalSecondaryIndexDescription {
            index_name: index.name.clone(),
            key_schema: index.key.clone(),
            projection: index.projection.clone(),
            index_status,
            backfilling,
            provisioned_throughput: index.throughput.describe(self.now),
            index_size_bytes: statistics.bytes,
            item_count: statistics.items,
            index_arn: self.arn(index),
            on_demand_throughput: index.on_demand,
            warm_throughput: (self.status != TableStatus::Creating).then(|| index.warm.describe()),
        }
    }

    fn vectors(&self, index: &Index, vector: &Vector) -> VectorIndexDescription {
        let statistics = self.snapshot.counts.of(index.part);
        let (index_status, backfilling) = self.life(index);
        VectorIndexDescription {
            definition: VectorIndex {
                index_name: index.name.clone(),
                vector_attribute: VectorAttributeDefinition { attribute_name: vector.attribute.clone() },
                search_schema: vector.search.clone(),
                projection: index.projection.clone(),
                dimensions: i64::try_from(vector.dimensions).unwrap_or_default(),
                distance_function: vector.function,
            },
            index_status,
            backfilling,
            index_size_bytes: statistics.bytes,
            item_count: statistics.items,
            index_arn: self.arn(index),
        }
    }
}

/// Given for tables that are on-demand or once were; the time of the switch only once it is done. Source: production
/// captures.
fn billing(definition: &Definition, status: TableStatus) -> Option<BillingModeSummary> {
    let since = definition.on_demand_since;
    (definition.billing == BillingMode::PayPerRequest || since.is_some()).then(|| BillingModeSummary {
        billing_mode: definition.billing,
        last_update_to_pay_per_request_date_time: since
            .filter(|_| status != TableStatus::Creating)
            .map(Timestamp::seconds),
    })
}
