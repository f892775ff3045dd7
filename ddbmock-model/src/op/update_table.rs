//! UpdateTable: changes what a table is: its throughput, its global indexes, its settings.

use crate::constraint::{Violation, joined, word};
use crate::definition::{attribute_definitions, global_index, index_name, stream, throughput, vector_index};
use crate::{
    AttributeDefinition, BillingMode, Call, Error, GlobalSecondaryIndexUpdate, OnDemandThroughput, Operation,
    ProvisionedThroughput, Said, SseSpecification, SseType, StreamSpecification, TableClass,
    TableDescription, VectorIndexUpdate, WarmThroughput, Wording, table_name,
};

/// What UpdateTable is asked.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct UpdateTable {
    /// The table's name or ARN.
    pub table_name: String,
    /// The types of the key attributes of an index that is created.
    pub attribute_definitions: Vec<AttributeDefinition>,
    /// How throughput is to be paid for.
    pub billing_mode: Option<BillingMode>,
    /// The new provisioned units.
    pub provisioned_throughput: Option<ProvisionedThroughput>,
    /// The global indexes to create, to change or to delete.
    pub global_secondary_index_updates: Option<Vec<GlobalSecondaryIndexUpdate>>,
    /// Whether the table is to have a stream.
    pub stream_specification: Option<StreamSpecification>,
    /// How the table is to be encrypted.
    pub sse_specification: Option<SseSpecification>,
    /// Its new storage class.
    pub table_class: Option<TableClass>,
    /// Whether it is to be protected from being deleted.
    pub deletion_protection_enabled: Option<bool>,
    /// The most units an on-demand table is to serve; -1 takes a maximum away.
    pub on_demand_throughput: Option<OnDemandThroughput>,
    /// What it is to serve at once.
    pub warm_throughput: Option<WarmThroughput>,
    /// The vector indexes to create or to delete.
    pub vector_index_updates: Option<Vec<VectorIndexUpdate>>,
}

/// What UpdateTable is answered with.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct UpdateTableOutput {
    /// The table, while it changes.
    pub table_description: TableDescription,
}

impl Operation for UpdateTable {
    const NAME: &'static str = "UpdateTable";
    const LONG: bool = true; // it fills indexes
    type Output = UpdateTableOutput;

    fn check_members(call: &Call<Self>, _: Wording) -> Result<(), Error> {
        let (request, said) = (&call.request, &call.said);
        table_name::check_first(said, &request.table_name)?;
        let mut found = attribute_definitions(said, &request.attribute_definitions);
        found.push(table_name::characters(&request.table_name));
        found.push(word::<BillingMode>(said, "billingMode"));
        found.extend(throughput(said, "provisionedThroughput", request.provisioned_throughput));
        for (at, update) in (1..).zip(request.global_secondary_index_updates.iter().flatten()) {
            found.extend(index_update(said, &format!("globalSecondaryIndexUpdates.{at}.member"), update));
        }
        for (at, update) in (1..).zip(request.vector_index_updates.iter().flatten()) {
            found.extend(vector_update(said, &format!("vectorIndexUpdates.{at}.member"), update));
        }
        found.extend(stream(said, request.stream_specification));
        found.push(word::<SseType>(said, "sSESpecification.sSEType"));
        found.push(word::<TableClass>(said, "tableClass"));
        joined(found)
    }
}

fn index_update(said: &Said, path: &str, update: &GlobalSecondaryIndexUpdate) -> Vec<Option<Violation>> {
    let mut found = Vec::new();
    if let Some(update) = &update.update {
        let path = format!("{path}.update");
        found.extend(index_name(said, &path, &update.index_name));
        found.extend(throughput(
            said,
            &format!("{path}.provisionedThroughput"),
            update.provisioned_throughput,
        ));
    }
    if let Some(create) = &update.create {
        found.extend(global_index(said, &format!("{path}.create"), &create.0));
    }
    if let Some(delete) = &update.delete {
        found.extend(index_name(said, &format!("{path}.delete"), &delete.index_name));
    }
    found
}

fn vector_update(said: &Said, path: &str, update: &VectorIndexUpdate) -> Vec<Option<Violation>> {
    let mut found = Vec::new();
    if let Some(create) = &update.create {
        found.extend(vector_index(said, &format!("{path}.create"), &create.0));
    }
    if let Some(delete) = &update.delete {
        found.extend(index_name(said, &format!("{path}.delete"), &delete.index_name));
    }
    found
}
