//! CreateTable.

use ddbmock_model::op::{CreateTable, CreateTableOutput};

use super::TEXT;
use crate::read::structure;
use crate::write::written;

structure! { CreateTable is "CreateTableInput";
    required "AttributeDefinitions" => attribute_definitions,
    required "TableName" => table_name,
    required "KeySchema" => key_schema,
    optional "LocalSecondaryIndexes" => local_secondary_indexes,
    optional "GlobalSecondaryIndexes" => global_secondary_indexes,
    optional "BillingMode" => billing_mode,
    optional "ProvisionedThroughput" => provisioned_throughput,
    optional "StreamSpecification" => stream_specification,
    optional "SSESpecification" => sse_specification,
    optional "Tags" => tags,
    optional "TableClass" => table_class,
    optional "DeletionProtectionEnabled" => deletion_protection_enabled,
    optional "WarmThroughput" => warm_throughput,
    optional "ResourcePolicy" => resource_policy,
    optional "OnDemandThroughput" => on_demand_throughput,
    unsupported "GlobalTableSourceArn" => TEXT,
    unsupported "GlobalTableSettingsReplicationMode" => TEXT,
    optional "VectorIndexes" => vector_indexes,
}

written! { CreateTableOutput;
    "TableDescription" => table_description,
}
