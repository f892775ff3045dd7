//! The shapes that several operations share.

use ddbmock_model::{
    AttributeAction, AttributeDefinition, AttributeValueUpdate, BackupTypeFilter, BatchStatementErrorCode,
    BillingMode, BillingModeSummary, CancellationCode, Capacity, ComparisonOperator, Condition,
    ConditionalOperator, ConsumedCapacity, ContinuousBackupsStatus, ContributorInsightsStatus,
    ExpectedAttributeValue, IndexStatus, ItemCollectionMetrics, KeySchemaElement, KeyType,
    OnDemandThroughput, OperationType, PointInTimeRecoveryStatus, ProjectionType, ProvisionedThroughput,
    ProvisionedThroughputDescription, ReturnConsumedCapacity, ReturnItemCollectionMetrics, ReturnValues,
    ReturnValuesOnConditionCheckFailure, ScalarType, SearchSchemaElementType, Select, ShardFilterType,
    ShardIteratorType, SseDescription, SseSpecification, SseType, StreamSpecification, StreamStatus,
    StreamViewType, TableClass, TableClassSummary, TableDescription, TableStatus, Tag, TimeToLiveStatus,
    VectorDistanceFunction, WarmThroughput, WarmThroughputDescription,
};
use serde::de;

use crate::read::{self, Context, Kind, Wire, structure};
use crate::write::{self, Filled, Json, Listed, Written, written};

macro_rules! enumerations {
    ($($type:ty),+ $(,)?) => {$(
        impl Wire for $type {
            const KIND: Kind = Kind::Text;
            const NOTES: bool = true;

            fn absent() -> Self {
                Self::default()
            }

            fn from_text<E: de::Error>(text: &str, context: &mut Context) -> Result<Self, E> {
                Ok(read::word(text, context))
            }
        }

        impl Written for $type {
            fn write(&self, out: &mut Json) {
                write::word(*self, out);
            }
        }
    )+};
}
enumerations!(
    AttributeAction,
    BackupTypeFilter,
    BatchStatementErrorCode,
    BillingMode,
    CancellationCode,
    ComparisonOperator,
    ConditionalOperator,
    ContinuousBackupsStatus,
    ContributorInsightsStatus,
    IndexStatus,
    KeyType,
    OperationType,
    PointInTimeRecoveryStatus,
    ProjectionType,
    ReturnConsumedCapacity,
    ReturnItemCollectionMetrics,
    ReturnValues,
    ReturnValuesOnConditionCheckFailure,
    ScalarType,
    SearchSchemaElementType,
    Select,
    ShardFilterType,
    ShardIteratorType,
    SseType,
    StreamStatus,
    StreamViewType,
    TableClass,
    TableStatus,
    TimeToLiveStatus,
    VectorDistanceFunction,
);

/// Declares a shape that requests and answers share: a member is read as in a request, and written as in an answer.
macro_rules! shared {
    ($type:ident is $shape:literal; $($kind:ident $name:literal => $field:ident $(as $form:ident)?,)+) => {
        $crate::read::structure! { @reads $type is $shape; $($kind $name => $field,)+ }
        $crate::write::written! { @writes $type; $($name => $field $(as $form)?,)+ }
    };
}
pub(crate) use shared;

shared! { AttributeDefinition is "AttributeDefinition";
    required "AttributeName" => attribute_name,
    required "AttributeType" => attribute_type,
}

shared! { KeySchemaElement is "KeySchemaElement";
    required "AttributeName" => attribute_name,
    required "KeyType" => key_type,
}

shared! { StreamSpecification is "StreamSpecification";
    required "StreamEnabled" => stream_enabled,
    optional "StreamViewType" => stream_view_type,
}

shared! { OnDemandThroughput is "OnDemandThroughput";
    optional "MaxReadRequestUnits" => max_read_request_units,
    optional "MaxWriteRequestUnits" => max_write_request_units,
}

structure! { ProvisionedThroughput is "ProvisionedThroughput";
    required "ReadCapacityUnits" => read_capacity_units,
    required "WriteCapacityUnits" => write_capacity_units,
}

structure! { WarmThroughput is "WarmThroughput";
    optional "ReadUnitsPerSecond" => read_units_per_second,
    optional "WriteUnitsPerSecond" => write_units_per_second,
}

structure! { SseSpecification is "SSESpecification";
    optional "Enabled" => enabled,
    optional "SSEType" => sse_type,
    optional "KMSMasterKeyId" => kms_master_key_id,
}

shared! { Tag is "Tag";
    required "Key" => key,
    required "Value" => value,
}

structure! { ExpectedAttributeValue is "ExpectedAttributeValue";
    optional "Value" => value,
    older "Exists" => exists,
    later "ComparisonOperator" => comparison_operator,
    later "AttributeValueList" => attribute_value_list,
}

structure! { Condition is "Condition";
    optional "AttributeValueList" => attribute_value_list,
    required "ComparisonOperator" => comparison_operator,
}

structure! { AttributeValueUpdate is "AttributeValueUpdate";
    optional "Value" => value,
    optional "Action" => action,
}

written! { TableDescription;
    "AttributeDefinitions" => attribute_definitions,
    "TableName" => table_name,
    "KeySchema" => key_schema,
    "TableStatus" => table_status,
    "CreationDateTime" => creation_date_time,
    "ProvisionedThroughput" => provisioned_throughput,
    "TableSizeBytes" => table_size_bytes,
    "ItemCount" => item_count,
    "TableArn" => table_arn,
    "TableId" => table_id,
    "BillingModeSummary" => billing_mode_summary,
    "LocalSecondaryIndexes" => local_secondary_indexes as Listed,
    "GlobalSecondaryIndexes" => global_secondary_indexes as Listed,
    "TableThroughputModeSummary" => billing_mode_summary as ThroughputMode,
    "StreamSpecification" => stream_specification,
    "LatestStreamLabel" => latest_stream_label,
    "LatestStreamArn" => latest_stream_arn,
    "SSEDescription" => sse_description,
    "TableClassSummary" => table_class,
    "DeletionProtectionEnabled" => deletion_protection_enabled,
    "OnDemandThroughput" => on_demand_throughput,
    "WarmThroughput" => warm_throughput,
    "VectorIndexes" => vector_indexes as Listed,
}

/// The billing mode under its undocumented second name. Source: production captures, CreateTable.
struct ThroughputMode<'a>(&'a Option<BillingModeSummary>);

impl Written for ThroughputMode<'_> {
    fn is_absent(&self) -> bool {
        self.0.is_none()
    }

    fn write(&self, out: &mut Json) {
        let mode = self.0.map(|summary| summary.billing_mode).unwrap_or_default();
        write::word(mode, out.after(r#"{"TableThroughputMode":"#));
        out.raw("}");
    }
}

written! { TableClassSummary;
    "TableClass" => table_class,
    "LastUpdateDateTime" => last_update_date_time,
}

written! { BillingModeSummary;
    "BillingMode" => billing_mode,
    "LastUpdateToPayPerRequestDateTime" => last_update_to_pay_per_request_date_time,
}

written! { ProvisionedThroughputDescription;
    "LastIncreaseDateTime" => last_increase_date_time,
    "LastDecreaseDateTime" => last_decrease_date_time,
    "NumberOfDecreasesToday" => number_of_decreases_today,
    "ReadCapacityUnits" => read_capacity_units,
    "WriteCapacityUnits" => write_capacity_units,
}

written! { WarmThroughputDescription;
    "ReadUnitsPerSecond" => read_units_per_second,
    "WriteUnitsPerSecond" => write_units_per_second,
    "Status" => status,
}

written! { SseDescription;
    "Status" => status,
    "SSEType" => sse_type,
    "KMSMasterKeyArn" => kms_master_key_arn,
}

written! { ConsumedCapacity;
    "TableName" => table_name,
    "CapacityUnits" => total.capacity_units,
    "ReadCapacityUnits" => total.read_capacity_units,
    "WriteCapacityUnits" => total.write_capacity_units,
    "Table" => table,
    "LocalSecondaryIndexes" => local_secondary_indexes as Filled,
    "GlobalSecondaryIndexes" => global_secondary_indexes as Filled,
    "VectorIndexes" => vector_indexes as Filled,
}

written! { Capacity;
    "ReadCapacityUnits" => read_capacity_units,
    "WriteCapacityUnits" => write_capacity_units,
    "CapacityUnits" => capacity_units,
}

written! { ItemCollectionMetrics;
    "ItemCollectionKey" => item_collection_key,
    "SizeEstimateRangeGB" => size_estimate_range_gb,
}
