//! What an operation consumed.

use std::collections::BTreeMap;

use super::vector::VectorCapacity;
use crate::value::AttributeMap;

/// Capacity units. Reads and writes are told apart only where the answer tells them apart.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Capacity {
    /// The units, in halves for eventually consistent reads.
    pub capacity_units: f64,
    /// The read units, where the operation reports them apart.
    pub read_capacity_units: Option<f64>,
    /// The write units, where the operation reports them apart.
    pub write_capacity_units: Option<f64>,
}

/// The capacity an operation consumed on a table and its indexes.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ConsumedCapacity {
    /// The table, as the request named it.
    pub table_name: String,
    /// The total over the table and its indexes.
    pub total: Capacity,
    /// The table's part; given for `INDEXES`.
    pub table: Option<Capacity>,
    /// The parts of its local secondary indexes; given for `INDEXES` if there are any.
    pub local_secondary_indexes: BTreeMap<String, Capacity>,
    /// The parts of its global secondary indexes; given for `INDEXES` if there are any.
    pub global_secondary_indexes: BTreeMap<String, Capacity>,
    /// The bytes of its vector indexes; given for `INDEXES` if any were written.
    pub vector_indexes: BTreeMap<String, VectorCapacity>,
}

/// How large the item collection is that was written to.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ItemCollectionMetrics {
    /// The partition key's name and value.
    pub item_collection_key: AttributeMap,
    /// The lower and the upper bound of its size, in gigabytes.
    pub size_estimate_range_gb: [f64; 2],
}
