//! The shapes of secondary indexes.

use ddbmock_model::{
    CreateGlobalSecondaryIndex, DeleteGlobalSecondaryIndex, GlobalSecondaryIndex,
    GlobalSecondaryIndexDescription, GlobalSecondaryIndexUpdate, LocalSecondaryIndex,
    LocalSecondaryIndexDescription, Projection, UpdateGlobalSecondaryIndex,
};
use serde::de::MapAccess;

use crate::read::{Entry, Member, Structure, structure};
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

/// The members of a global index, under a name of its own in refusals.
impl Structure for CreateGlobalSecondaryIndex {
    const SHAPE: &'static str = "CreateGlobalSecondaryIndexAction";
    const MEMBERS: &'static [Member] = GlobalSecondaryIndex::MEMBERS;

    fn read_member<'de, A: MapAccess<'de>>(
        &mut self,
        name: &'static str,
        entry: Entry<'_, A>,
    ) -> Result<bool, A::Error> {
        self.0.read_member(name, entry)
    }
}

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
