//! DescribeTimeToLive: which items of a table expire, and when: none do.

use ddbmock_model::op::{DescribeTimeToLive, DescribeTimeToLiveOutput};
use ddbmock_model::{Call, Caller, Enumeration as _, Error, Rule, TableStatus};

use crate::engine::Simulation;

/// Does it. A table that is made or ended cannot be asked. Source: captures of October 2026, time to live.
pub(crate) fn run(
    world: &Simulation,
    caller: &Caller<'_>,
    call: &Call<DescribeTimeToLive>,
) -> Result<DescribeTimeToLiveOutput, Error> {
    world.check_members(call)?;
    let table = world.table_itself(caller, &call.request.table_name)?;
    match table.status(|| world.config.clock.now()) {
        status @ (TableStatus::Creating | TableStatus::Deleting) => {
            let status = status.as_str();
            let text = format!(
                "Cannot describe time to live while table is in {status} state: Current table state is {status}"
            );
            Err(Error::validation(Rule("time_to_live.status"), text))
        }
        _ => Ok(DescribeTimeToLiveOutput::default()),
    }
}
