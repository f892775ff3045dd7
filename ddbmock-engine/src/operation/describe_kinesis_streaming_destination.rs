//! DescribeKinesisStreamingDestination: where the changes of a table are sent to: nowhere.

use ddbmock_model::op::{DescribeKinesisStreamingDestination, DescribeKinesisStreamingDestinationOutput};
use ddbmock_model::{Call, Caller, Error};

use crate::simulation::Simulation;

/// Does it.
pub(crate) fn run(
    world: &Simulation,
    caller: &Caller<'_>,
    call: &Call<DescribeKinesisStreamingDestination>,
) -> Result<DescribeKinesisStreamingDestinationOutput, Error> {
    world.check_members(call)?;
    let table_name = world.table_itself(caller, &call.request.table_name)?.identity.name.clone();
    Ok(DescribeKinesisStreamingDestinationOutput { table_name, ..Default::default() })
}
