//! CreateTable: defines a table.

use crate::constraint::{Violation, joined, required, word};
use crate::definition::{
    KEY_ELEMENTS_MAX, attribute_definitions, global_index, key_schema, local_index, stream, throughput,
    vector_index,
};
use crate::{
    AttributeDefinition, BillingMode, Call, Error, GlobalSecondaryIndex, KeySchemaElement,
    LocalSecondaryIndex, OnDemandThroughput, Operation, ProvisionedThroughput, Said, SseSpecification,
    SseType, StreamSpecification, TableClass, TableDescription, Tag, VectorIndex, WarmThroughput, Wording,
    table_name,
};

/// What CreateTable is asked.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CreateTable {
    /// The table's name: 3 to 255 letters, digits, `_`, `-` and `.`.
    pub table_name: String,
    /// The types of the key attributes.
    pub attribute_definitions: Vec<AttributeDefinition>,
    /// The key: a partition key, and a sort key or none.
    pub key_schema: Vec<KeySchemaElement>,
    /// The local secondary indexes.
    pub local_secondary_indexes: Option<Vec<LocalSecondaryIndex>>,
    /// The global secondary indexes.
    pub global_secondary_indexes: Option<Vec<GlobalSecondaryIndex>>,
    /// How throughput is paid for; provisioned without it.
    pub billing_mode: Option<BillingMode>,
    /// The provisioned units; needed for, and only for, a provisioned table.
    pub provisioned_throughput: Option<ProvisionedThroughput>,
    /// Whether the table has a stream.
    pub stream_specification: Option<StreamSpecification>,
    /// How the table is encrypted.
    pub sse_specification: Option<SseSpecification>,
    /// Its tags.
    pub tags: Vec<Tag>,
    /// Its storage class.
    pub table_class: Option<TableClass>,
    /// Whether it is protected from being deleted.
    pub deletion_protection_enabled: bool,
    /// The most units an on-demand table serves.
    pub on_demand_throughput: Option<OnDemandThroughput>,
    /// What it can serve at once.
    pub warm_throughput: Option<WarmThroughput>,
    /// Its resource policy.
    pub resource_policy: Option<String>,
    /// The vector indexes.
    pub vector_indexes: Option<Vec<VectorIndex>>,
}

/// What CreateTable is answered with.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CreateTableOutput {
    /// The table, as it comes.
    pub table_description: TableDescription,
}

impl Operation for CreateTable {
    const NAME: &'static str = "CreateTable";
    type Output = CreateTableOutput;

    fn check_members(call: &Call<Self>, _: Wording) -> Result<(), Error> {
        let (request, said) = (&call.request, &call.said);
        table_name::check_first(said, &request.table_name)?;
        let mut found = vec![required(said, "attributeDefinitions")];
        found.extend(attribute_definitions(said, &request.attribute_definitions));
        found.push(table_name::characters(&request.table_name));
        found.push(word::<BillingMode>(said, "billingMode"));
        found.extend(throughput(said, "provisionedThroughput", request.provisioned_throughput));
        found.extend(key_schema(said, "keySchema", &request.key_schema, KEY_ELEMENTS_MAX));
        found.extend(indexes(said, request));
        found.extend(settings(said, request));
        joined(found)
    }
}

/// Global indexes are reported before local ones. Source: captures of 2026, table definitions. Vector indexes come
/// last; assumed.
fn indexes(said: &Said, request: &CreateTable) -> Vec<Option<Violation>> {
    let mut found = Vec::new();
    for (at, index) in (1..).zip(request.global_secondary_indexes.iter().flatten()) {
        found.extend(global_index(said, &format!("globalSecondaryIndexes.{at}.member"), index));
    }
    for (at, index) in (1..).zip(request.local_secondary_indexes.iter().flatten()) {
        found.extend(local_index(said, &format!("localSecondaryIndexes.{at}.member"), index));
    }
    for (at, index) in (1..).zip(request.vector_indexes.iter().flatten()) {
        found.extend(vector_index(said, &format!("vectorIndexes.{at}.member"), index));
    }
    found
}

fn settings(said: &Said, request: &CreateTable) -> Vec<Option<Violation>> {
    let mut found = stream(said, request.stream_specification);
    found.push(word::<SseType>(said, "sSESpecification.sSEType"));
    found.push(word::<TableClass>(said, "tableClass"));
    found
}
