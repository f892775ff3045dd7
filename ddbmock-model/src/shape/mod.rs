//! The shapes that several operations share.

mod capacity;
mod enumeration;
mod key;
mod table;

pub use capacity::{Capacity, ConsumedCapacity, ItemCollectionMetrics};
pub use enumeration::{
    BillingMode, Enumeration, KeyType, ReturnConsumedCapacity, ReturnItemCollectionMetrics, ReturnValues,
    ReturnValuesOnConditionCheckFailure, ScalarType, SseType, StreamViewType, TableClass, TableStatus,
};
pub use key::Key;
pub use table::{
    AttributeDefinition, BillingModeSummary, KeySchemaElement, OnDemandThroughput, ProvisionedThroughput,
    ProvisionedThroughputDescription, SseDescription, SseSpecification, StreamSpecification,
    TableDescription, Tag, WarmThroughput, WarmThroughputDescription,
};
