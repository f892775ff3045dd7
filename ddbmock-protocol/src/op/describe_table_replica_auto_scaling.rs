//! DescribeTableReplicaAutoScaling.

use ddbmock_model::op::DescribeTableReplicaAutoScaling;

use crate::read::structure;

structure! { DescribeTableReplicaAutoScaling is "DescribeTableReplicaAutoScalingInput";
    required "TableName" => table_name,
}
