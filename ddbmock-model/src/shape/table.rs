//! Tables, as requests define them and answers describe them.
//!
//! Times are seconds since 1970, with milliseconds.

use super::enumeration::{BillingMode, KeyType, ScalarType, SseType, TableClass, TableStatus};
use super::index::{GlobalSecondaryIndexDescription, LocalSecondaryIndexDescription};
use super::stream::StreamViewType;
use super::vector::VectorIndexDescription;

/// The type of an attribute that a key uses.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AttributeDefinition {
    /// The attribute.
    pub attribute_name: String,
    /// Its type.
    pub attribute_type: ScalarType,
}

/// One attribute of a key.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct KeySchemaElement {
    /// The attribute.
    pub attribute_name: String,
    /// Its role.
    pub key_type: KeyType,
}

/// Provisioned units a second.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ProvisionedThroughput {
    /// Read units.
    pub read_capacity_units: i64,
    /// Write units.
    pub write_capacity_units: i64,
}

/// The most units a second an on-demand table serves; -1 for no maximum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OnDemandThroughput {
    /// Read units.
    pub max_read_request_units: Option<i64>,
    /// Write units.
    pub max_write_request_units: Option<i64>,
}

/// The units a second a table can serve at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct WarmThroughput {
    /// Read units.
    pub read_units_per_second: Option<i64>,
    /// Write units.
    pub write_units_per_second: Option<i64>,
}

/// Whether a table has a stream, and what its records hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct StreamSpecification {
    /// Whether there is one.
    pub stream_enabled: bool,
    /// What its records hold.
    pub stream_view_type: Option<StreamViewType>,
}

/// Whether a table is encrypted with a key of the account's.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SseSpecification {
    /// Whether it is; else with a key that the service owns.
    pub enabled: Option<bool>,
    /// The kind of key.
    pub sse_type: Option<SseType>,
    /// The key: an id, an ARN or an alias.
    pub kms_master_key_id: Option<String>,
}

/// A tag.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tag {
    /// Its key.
    pub key: String,
    /// Its value.
    pub value: String,
}

/// How a table is paid for.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct BillingModeSummary {
    /// The mode.
    pub billing_mode: BillingMode,
    /// When it was last switched to on-demand.
    pub last_update_to_pay_per_request_date_time: Option<f64>,
}

/// Provisioned units, and how they changed.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct ProvisionedThroughputDescription {
    /// When they last rose.
    pub last_increase_date_time: Option<f64>,
    /// When they last fell.
    pub last_decrease_date_time: Option<f64>,
    /// How often they fell in this UTC day.
    pub number_of_decreases_today: i64,
    /// Read units.
    pub read_capacity_units: i64,
    /// Write units.
    pub write_capacity_units: i64,
}

/// The units a second a table can serve at once, and whether that is being changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct WarmThroughputDescription {
    /// Read units.
    pub read_units_per_second: i64,
    /// Write units.
    pub write_units_per_second: i64,
    /// `ACTIVE` or `UPDATING`.
    pub status: TableStatus,
}

/// How a table is encrypted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SseDescription {
    /// `ENABLED`.
    pub status: String,
    /// The kind of key.
    pub sse_type: SseType,
    /// The ARN of the key.
    pub kms_master_key_arn: String,
}

/// The storage class of a table.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct TableClassSummary {
    /// The class.
    pub table_class: TableClass,
    /// When it was last changed.
    pub last_update_date_time: Option<f64>,
}

/// A table, described.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TableDescription {
    /// The types of its key attributes.
    pub attribute_definitions: Vec<AttributeDefinition>,
    /// Its name.
    pub table_name: String,
    /// Its key.
    pub key_schema: Vec<KeySchemaElement>,
    /// Where it is in its life.
    pub table_status: TableStatus,
    /// When it was created.
    pub creation_date_time: f64,
    /// Its provisioned units; zeros when on-demand.
    pub provisioned_throughput: ProvisionedThroughputDescription,
    /// The bytes of its items.
    pub table_size_bytes: u64,
    /// The number of its items.
    pub item_count: u64,
    /// Its ARN.
    pub table_arn: String,
    /// Its id: a new one each time a table is created.
    pub table_id: String,
    /// How it is paid for, if it is or ever was on-demand.
    pub billing_mode_summary: Option<BillingModeSummary>,
    /// Its local secondary indexes.
    pub local_secondary_indexes: Vec<LocalSecondaryIndexDescription>,
    /// Its global secondary indexes.
    pub global_secondary_indexes: Vec<GlobalSecondaryIndexDescription>,
    /// Its stream.
    pub stream_specification: Option<StreamSpecification>,
    /// The label of its latest stream: when it was enabled.
    pub latest_stream_label: Option<String>,
    /// The ARN of its latest stream.
    pub latest_stream_arn: Option<String>,
    /// How it is encrypted, if not with a key that the service owns.
    pub sse_description: Option<SseDescription>,
    /// Its storage class, if one was ever chosen.
    pub table_class: Option<TableClassSummary>,
    /// Whether it is protected from being deleted.
    pub deletion_protection_enabled: bool,
    /// The maxima of an on-demand table.
    pub on_demand_throughput: Option<OnDemandThroughput>,
    /// What it can serve at once.
    pub warm_throughput: Option<WarmThroughputDescription>,
    /// Its vector indexes.
    pub vector_indexes: Vec<VectorIndexDescription>,
}
