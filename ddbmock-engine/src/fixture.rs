//! The tables that tests of this crate want.

use ddbmock_model::op::CreateTable;
use ddbmock_model::{
    AttributeDefinition, BillingMode, KeySchemaElement, StreamSpecification, StreamViewType,
};

/// A table on demand whose items have a key named `id`, a string.
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

/// Such a table with a stream of keys.
pub(crate) fn streamed(name: &str) -> CreateTable {
    let stream =
        StreamSpecification { stream_enabled: true, stream_view_type: Some(StreamViewType::KeysOnly) };
    CreateTable { stream_specification: Some(stream), ..keyed_by_id(name) }
}
