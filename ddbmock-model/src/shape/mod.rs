//! The shapes that several operations share.

mod capacity;
mod enumeration;
mod key;
mod legacy;
mod table;

pub use capacity::{Capacity, ConsumedCapacity, ItemCollectionMetrics};
pub use enumeration::{
    AttributeAction, BillingMode, ComparisonOperator, ConditionalOperator, Enumeration, KeyType,
    ReturnConsumedCapacity, ReturnItemCollectionMetrics, ReturnValues, ReturnValuesOnConditionCheckFailure,
    ScalarType, SseType, StreamViewType, TableClass, TableStatus,
};
pub use key::Key;
pub use legacy::{
    AttributeUpdates, AttributeValueUpdate, Expected, ExpectedAttributeValue, action_path, operator_path,
};
pub use table::{
    AttributeDefinition, BillingModeSummary, KeySchemaElement, OnDemandThroughput, ProvisionedThroughput,
    ProvisionedThroughputDescription, SseDescription, SseSpecification, StreamSpecification,
    TableDescription, Tag, WarmThroughput, WarmThroughputDescription,
};
