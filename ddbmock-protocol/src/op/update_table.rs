//! UpdateTable.

use ddbmock_model::op::{UpdateTable, UpdateTableOutput};

use super::TEXT;
use crate::read::{Kind, structure};
use crate::write::written;

const BOOLEAN: Kind = Kind::Boolean;
const REPLICA_UPDATES: Kind = Kind::List(&Kind::Structure("ReplicationGroupUpdate"));
const WITNESS_UPDATES: Kind = Kind::List(&Kind::Structure("GlobalTableWitnessGroupUpdate"));

structure! { UpdateTable is "UpdateTableInput";
    optional "AttributeDefinitions" => attribute_definitions,
    required "TableName" => table_name,
    optional "BillingMode" => billing_mode,
    optional "ProvisionedThroughput" => provisioned_throughput,
    optional "GlobalSecondaryIndexUpdates" => global_secondary_index_updates,
    optional "StreamSpecification" => stream_specification,
    optional "SSESpecification" => sse_specification,
    unsupported "ReplicaUpdates" => REPLICA_UPDATES,
    optional "TableClass" => table_class,
    optional "DeletionProtectionEnabled" => deletion_protection_enabled,
    unsupported "MultiRegionConsistency" => TEXT,
    unsupported "GlobalTableWitnessUpdates" => WITNESS_UPDATES,
    optional "OnDemandThroughput" => on_demand_throughput,
    optional "WarmThroughput" => warm_throughput,
    unsupported "GlobalTableSettingsReplicationMode" => TEXT,
    unsupported "DisassociationProtectionEnabled" => BOOLEAN,
    optional "VectorIndexUpdates" => vector_index_updates,
}

written! { UpdateTableOutput;
    "TableDescription" => table_description,
}
