//! A table's description, made from what it is and what it holds now.

use ddbmock_model::{
    BillingMode, BillingModeSummary, GlobalSecondaryIndexDescription, LocalSecondaryIndexDescription,
    ProvisionedThroughput, ProvisionedThroughputDescription, TableDescription, TableStatus, WarmThroughput,
    WarmThroughputDescription,
};

use crate::check::ON_DEMAND_WARM;
use crate::index::{Index, IndexKind};
use crate::table::{Definition, ROWS, Table};

/// A table as it is described at a stage of its life.
pub(crate) fn describe(table: &Table, table_status: TableStatus) -> TableDescription {
    let definition = &*table.definition();
    let statistics = table.statistics(ROWS);
    let table_arn = table.identity.arn();
    let label = definition.stream.map(|(_, enabled)| enabled.label());
    TableDescription {
        attribute_definitions: definition.attributes.clone(),
        table_name: table.identity.name.clone(),
        key_schema: definition.key.clone(),
        table_status,
        creation_date_time: definition.created.seconds(),
        provisioned_throughput: provisioned(definition.throughput),
        table_size_bytes: statistics.bytes,
        item_count: statistics.items,
        table_id: definition.id.clone(),
        billing_mode_summary: billing(definition, table_status),
        local_secondary_indexes: local_indexes(table, definition),
        global_secondary_indexes: global_indexes(table, definition),
        stream_specification: definition.stream.map(|(specification, _)| specification),
        latest_stream_arn: label.as_ref().map(|label| format!("{table_arn}/stream/{label}")),
        latest_stream_label: label,
        sse_description: definition.sse.clone(),
        table_class: definition.class,
        deletion_protection_enabled: definition.protected,
        on_demand_throughput: definition.on_demand,
        warm_throughput: Some(warm(definition.billing, definition.throughput, definition.warm)),
        table_arn,
    }
}

fn provisioned(units: ProvisionedThroughput) -> ProvisionedThroughputDescription {
    ProvisionedThroughputDescription {
        read_capacity_units: units.read_capacity_units,
        write_capacity_units: units.write_capacity_units,
        ..ProvisionedThroughputDescription::default()
    }
}

fn local_indexes(table: &Table, definition: &Definition) -> Vec<LocalSecondaryIndexDescription> {
    let describe = |index: &Index| LocalSecondaryIndexDescription {
        index_name: index.name.clone(),
        key_schema: index.key.clone(),
        projection: index.projection.clone(),
        index_size_bytes: table.statistics(index.part).bytes,
        item_count: table.statistics(index.part).items,
        index_arn: format!("{}/index/{}", table.identity.arn(), index.name),
    };
    definition.indexes.iter().filter(|index| index.kind == IndexKind::Local).map(describe).collect()
}

fn global_indexes(table: &Table, definition: &Definition) -> Vec<GlobalSecondaryIndexDescription> {
    let describe = |index: &Index| GlobalSecondaryIndexDescription {
        index_name: index.name.clone(),
        key_schema: index.key.clone(),
        projection: index.projection.clone(),
        index_status: index.status,
        backfilling: None,
        provisioned_throughput: provisioned(index.throughput),
        index_size_bytes: table.statistics(index.part).bytes,
        item_count: table.statistics(index.part).items,
        index_arn: format!("{}/index/{}", table.identity.arn(), index.name),
        on_demand_throughput: index.on_demand,
        warm_throughput: Some(warm(definition.billing, index.throughput, index.warm)),
    };
    definition.indexes.iter().filter(|index| index.kind == IndexKind::Global).map(describe).collect()
}

/// Given for on-demand tables; the time of the switch only once the table is in use. Source: production captures.
fn billing(definition: &Definition, status: TableStatus) -> Option<BillingModeSummary> {
    (definition.billing == BillingMode::PayPerRequest).then(|| BillingModeSummary {
        billing_mode: definition.billing,
        last_update_to_pay_per_request_date_time: (status != TableStatus::Creating)
            .then(|| definition.created.seconds()),
    })
}

fn warm(
    billing: BillingMode,
    units: ProvisionedThroughput,
    asked: Option<WarmThroughput>,
) -> WarmThroughputDescription {
    let base = if billing == BillingMode::PayPerRequest { ON_DEMAND_WARM } else { units };
    let WarmThroughput { read_units_per_second, write_units_per_second } = asked.unwrap_or_default();
    WarmThroughputDescription {
        read_units_per_second: read_units_per_second.unwrap_or(base.read_capacity_units),
        write_units_per_second: write_units_per_second.unwrap_or(base.write_capacity_units),
        status: TableStatus::Active,
    }
}
