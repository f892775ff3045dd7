//! DescribeTableReplicaAutoScaling: how the replicas of a table follow what they are asked for. No table has replicas.

use std::convert::Infallible;

use crate::{Call, Error, Operation, Wording, table_name};

/// What DescribeTableReplicaAutoScaling is asked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DescribeTableReplicaAutoScaling {
    /// The table's name or ARN.
    pub table_name: String,
}

impl Operation for DescribeTableReplicaAutoScaling {
    const NAME: &'static str = "DescribeTableReplicaAutoScaling";
    type Output = Infallible;

    fn check_members(call: &Call<Self>, _: Wording) -> Result<(), Error> {
        table_name::check(&call.said, &call.request.table_name)
    }
}
