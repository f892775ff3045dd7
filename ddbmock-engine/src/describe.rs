//! A table's description, made from what it is and what it holds now.

use ddbmock_model::{
    BillingMode, BillingModeSummary, ProvisionedThroughput, ProvisionedThroughputDescription,
    TableDescription, TableStatus, WarmThroughput, WarmThroughputDescription,
};

use crate::check::ON_DEMAND_WARM;
use crate::table::{Definition, Table};

/// A table as it is described at a stage of its life.
pub(crate) fn describe(table: &Table, table_status: TableStatus) -> TableDescription {
    let definition = &table.definition;
    let statistics = table.statistics();
    let table_arn = definition.arn();
    let label = definition.stream.map(|(_, enabled)| enabled.label());
    TableDescription {
        attribute_definitions: definition.attributes.clone(),
        table_name: definition.name.clone(),
        key_schema: definition.key.clone(),
        table_status,
        creation_date_time: definition.created.seconds(),
        provisioned_throughput: ProvisionedThroughputDescription {
            read_capacity_units: definition.throughput.read_capacity_units,
            write_capacity_units: definition.throughput.write_capacity_units,
            ..ProvisionedThroughputDescription::default()
        },
        table_size_bytes: statistics.bytes,
        item_count: statistics.items,
        table_id: definition.id.clone(),
        billing_mode_summary: billing(definition, table_status),
        stream_specification: definition.stream.map(|(specification, _)| specification),
        latest_stream_arn: label.as_ref().map(|label| format!("{table_arn}/stream/{label}")),
        latest_stream_label: label,
        sse_description: definition.sse.clone(),
        table_class: definition.class,
        deletion_protection_enabled: definition.protected,
        on_demand_throughput: definition.on_demand,
        warm_throughput: Some(warm(definition)),
        table_arn,
    }
}

/// Given for on-demand tables; the time of the switch only once the table is in use. Source: production captures.
fn billing(definition: &Definition, status: TableStatus) -> Option<BillingModeSummary> {
    (definition.billing == BillingMode::PayPerRequest).then(|| BillingModeSummary {
        billing_mode: definition.billing,
        last_update_to_pay_per_request_date_time: (status != TableStatus::Creating)
            .then(|| definition.created.seconds()),
    })
}

fn warm(definition: &Definition) -> WarmThroughputDescription {
    let ProvisionedThroughput { read_capacity_units, write_capacity_units } = match definition.billing {
        BillingMode::PayPerRequest => ON_DEMAND_WARM,
        BillingMode::Provisioned => definition.throughput,
    };
    let WarmThroughput { read_units_per_second, write_units_per_second } =
        definition.warm.unwrap_or_default();
    WarmThroughputDescription {
        read_units_per_second: read_units_per_second.unwrap_or(read_capacity_units),
        write_units_per_second: write_units_per_second.unwrap_or(write_capacity_units),
        status: TableStatus::Active,
    }
}
