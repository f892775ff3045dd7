//! The shapes of secondary indexes.

use ddbmock_model::{
    CreateGlobalSecondaryIndex, DeleteGlobalSecondaryIndex, GlobalSecondaryIndex,
    GlobalSecondaryIndexDescription, GlobalSecondaryIndexUpdate, LocalSecondaryIndex,
    LocalSecondaryIndexDescription, Projection, UpdateGlobalSecondaryIndex,
};

use crate::read::structure;
use crate::shape::shared;
use crate::write::written;

shared! { Projection is "Projection";
    optional "ProjectionType" => projection_type,
    optional "NonKeyAttributes" => non_key_attributes,
}

structure! { LocalSecondaryIndex is "LocalSecondaryIndex";
    required "IndexName" => index_name,
    required "KeySchema" => key_schema,
    required "Projection" => projection,
}

structure! { GlobalSecondaryIndex is "GlobalSecondaryIndex";
    required "IndexName" => index_name,
    required "KeySchema" => key_schema,
    required "Projection" => projection,
    optional "ProvisionedThroughput" => provisioned_throughput,
    optional "OnDemandThroughput" => on_demand_throughput,
    optional "WarmThroughput" => warm_throughput,
}

structure! { GlobalSecondaryIndexUpdate is "GlobalSecondaryIndexUpdate";
    optional "Update" => update,
    optional "Create" => create,
    optional "Delete" => delete,
}

structure! { UpdateGlobalSecondaryIndex is "UpdateGlobalSecondaryIndexAction";
    required "IndexName" => index_name,
    optional "ProvisionedThroughput" => provisioned_throughput,
    optional "OnDemandThroughput" => on_demand_throughput,
    optional "WarmThroughput" => warm_throughput,
}

structure! { DeleteGlobalSecondaryIndex is "DeleteGlobalSecondaryIndexAction";
    required "IndexName" => index_name,
}

structure! { CreateGlobalSecondaryIndex as GlobalSecondaryIndex is "CreateGlobalSecondaryIndexAction" }

written! { LocalSecondaryIndexDescription;
    "IndexName" => index_name,
    "KeySchema" => key_schema,
    "Projection" => projection,
    "IndexSizeBytes" => index_size_bytes,
    "ItemCount" => item_count,
    "IndexArn" => index_arn,
}

written! { GlobalSecondaryIndexDescription;
    "IndexName" => index_name,
    "KeySchema" => key_schema,
    "Projection" => projection,
    "IndexStatus" => index_status,
    "Backfilling" => backfilling,
    "ProvisionedThroughput" => provisioned_throughput,
    "IndexSizeBytes" => index_size_bytes,
    "ItemCount" => item_count,
    "IndexArn" => index_arn,
    "OnDemandThroughput" => on_demand_throughput,
    "WarmThroughput" => warm_throughput,
}
