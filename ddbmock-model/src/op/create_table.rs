//! CreateTable: defines a table.

use crate::constraint::{Violation, below, joined, longer, null, required, shorter, word};
use crate::{
    AttributeDefinition, BillingMode, Call, Enumeration, Error, GlobalSecondaryIndex, KeySchemaElement,
    KeyType, LocalSecondaryIndex, OnDemandThroughput, Operation, ProvisionedThroughput, Said, ScalarType,
    SseSpecification, SseType, StreamSpecification, StreamViewType, TableClass, TableDescription, Tag,
    WarmThroughput, Wording, table_name,
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
        for (at, definition) in request.attribute_definitions.iter().enumerate() {
            let path = |member| format!("attributeDefinitions.{}.member.{member}", at + 1);
            found.extend(name(said, &path("attributeName"), &definition.attribute_name, 255));
            found.extend(one_of::<ScalarType>(said, &path("attributeType")));
        }
        found.push(table_name::characters(&request.table_name));
        found.push(word::<BillingMode>(said, "billingMode"));
        found.extend(throughput(said, request.provisioned_throughput));
        found.extend(key_schema(said, &request.key_schema));
        found.extend(settings(said, request));
        joined(found)
    }
}

fn throughput(said: &Said, units: Option<ProvisionedThroughput>) -> Vec<Option<Violation>> {
    let Some(units) = units else {
        return Vec::new();
    };
    let least = |path: &str, value| required(said, path).or_else(|| below(path, value, 1));
    vec![
        least("provisionedThroughput.writeCapacityUnits", units.write_capacity_units),
        least("provisionedThroughput.readCapacityUnits", units.read_capacity_units),
    ]
}

fn key_schema(said: &Said, elements: &[KeySchemaElement]) -> Vec<Option<Violation>> {
    let path = "keySchema";
    if said.is_missing(path) {
        return vec![null(path)];
    }
    let shown: Vec<String> =
        (1..).zip(elements).map(|(at, element)| shown_element(said, at, element)).collect();
    let shown = format!("[{}]", shown.join(", "));
    let mut found = vec![shorter(path, &shown, elements.len(), 1), longer(path, &shown, elements.len(), 2)];
    for (at, element) in elements.iter().enumerate() {
        let path = |member| format!("keySchema.{}.member.{member}", at + 1);
        found.extend(name(said, &path("attributeName"), &element.attribute_name, 255));
        found.extend(one_of::<KeyType>(said, &path("keyType")));
    }
    found
}

/// An element as the service prints it, with what was sent. Source: captures of 2026, request members.
fn shown_element(said: &Said, at: usize, element: &KeySchemaElement) -> String {
    let shown = |member: &str, value| {
        let path = format!("keySchema.{at}.member.{member}");
        let sent = said.unknown_word(&path).unwrap_or(value);
        (if said.is_missing(&path) { "null" } else { sent }).to_owned()
    };
    let name = shown("attributeName", &element.attribute_name);
    format!("KeySchemaElement(attributeName={name}, keyType={})", shown("keyType", element.key_type.as_str()))
}

fn settings(said: &Said, request: &CreateTable) -> Vec<Option<Violation>> {
    let mut found = Vec::new();
    if request.stream_specification.is_some() {
        found.push(required(said, "streamSpecification.streamEnabled"));
        found.push(word::<StreamViewType>(said, "streamSpecification.streamViewType"));
    }
    found.push(word::<SseType>(said, "sSESpecification.sSEType"));
    for (at, tag) in request.tags.iter().enumerate() {
        let path = |member| format!("tags.{}.member.{member}", at + 1);
        found.extend(name(said, &path("key"), &tag.key, 128));
        let value = path("value");
        found.push(required(said, &value));
        found.push(longer(&value, &tag.value, tag.value.chars().count(), 256));
    }
    found.push(word::<TableClass>(said, "tableClass"));
    found
}

/// A name of 1 to `most` characters that must be there.
fn name(said: &Said, path: &str, name: &str, most: usize) -> [Option<Violation>; 2] {
    if said.is_missing(path) {
        return [null(path), None];
    }
    let characters = name.chars().count();
    [shorter(path, name, characters, 1), longer(path, name, characters, most)]
}

/// A word of an enumeration that must be there.
fn one_of<E: Enumeration>(said: &Said, path: &str) -> [Option<Violation>; 2] {
    [required(said, path), word::<E>(said, path)]
}
