//! The table that most tests want: on demand, its key one string.

use ddbmock_engine::op::CreateTable;
use ddbmock_engine::{AttributeDefinition, BillingMode, KeySchemaElement};

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
