//! DescribeTable: says what a table is.

use ddbmock_model::op::{DescribeTable, DescribeTableOutput};
use ddbmock_model::{Call, Caller, Error};

use crate::describe::describe;
use crate::simulation::Simulation;

/// Does it.
pub(crate) fn run(
    world: &Simulation,
    caller: &Caller<'_>,
    call: &Call<DescribeTable>,
) -> Result<DescribeTableOutput, Error> {
    world.check_members(call)?;
    let table = world.table_itself(caller, &call.request.table_name)?;
    let now = world.config.clock.now();
    let (snapshot, status) = table.described(now);
    Ok(DescribeTableOutput { table: describe(&table.identity, &snapshot, status, now) })
}
