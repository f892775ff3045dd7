//! The table that most tests want: on demand, its key one string.

use ddbmock_engine::op::CreateTable;
use ddbmock_engine::{
    AttributeDefinition, BillingMode, GlobalSecondaryIndex, KeySchemaElement, Projection, ProjectionType,
};

/// A table whose items have a key named `id`, a string.
pub(crate) fn keyed_by_id(name: &str) -> CreateTable {
    CreateTable {
        table_name: name.into(),
        attribute_definitions: vec![AttributeDefinition {
            attribute_name: "id".into(),
            ..Default::default()
        }],
        key_schema: vec![KeySchemaElement { attribute_name: "id".into(), ..Default::default() }],
        billing_mode: Some(BillingMode::PayPerRequest),
        ..Default::default()
    }
}

/// Such a table with a global index `by_text` of the string `text`, which holds all attributes.
pub(crate) fn indexed_by_text(name: &str) -> CreateTable {
    let mut table = keyed_by_id(name);
    table
        .attribute_definitions
        .push(AttributeDefinition { attribute_name: "text".into(), ..Default::default() });
    table.global_secondary_indexes = Some(vec![GlobalSecondaryIndex {
        index_name: "by_text".into(),
        key_schema: vec![KeySchemaElement { attribute_name: "text".into(), ..Default::default() }],
        projection: Projection { projection_type: Some(ProjectionType::All), non_key_attributes: None },
        ..Default::default()
    }]);
    table
}
