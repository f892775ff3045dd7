//! DescribeTableReplicaAutoScaling: how the replicas of a table follow what they are asked for. No table has replicas,
//! and so none is found. Source: captures of October 2026, tables of one Region.

use std::convert::Infallible;

use ddbmock_model::op::DescribeTableReplicaAutoScaling;
use ddbmock_model::{Call, Caller, Error, Rule, TableName};

use super::no_global_table;
use crate::simulation::Simulation;

/// Refuses it.
pub(crate) fn run(
    world: &Simulation,
    _: &Caller<'_>,
    call: &Call<DescribeTableReplicaAutoScaling>,
) -> Result<Infallible, Error> {
    world.check_members(call)?;
    let name = TableName::read(&call.request.table_name).name;
    Err(Error::ResourceNotFound(no_global_table(Rule("table.no_replicas"), name)))
}
