//! DescribeTimeToLive: whether items of a table expire, and which attribute says when.

use ddbmock_model::op::{DescribeTimeToLive, DescribeTimeToLiveOutput};
use ddbmock_model::{Call, Caller, Enumeration as _, Error, Rule, TableStatus};

use crate::simulation::Simulation;

/// Does it. A table that is made or ended cannot be asked. Source: captures of October 2026, time to live.
pub(crate) fn run(
    world: &Simulation,
    caller: &Caller<'_>,
    call: &Call<DescribeTimeToLive>,
) -> Result<DescribeTimeToLiveOutput, Error> {
    world.check_members(call)?;
    let table = world.table_itself(caller, &call.request.table_name)?;
    let now = world.config.clock.now();
    if let status @ (TableStatus::Creating | TableStatus::Deleting) = table.status(|| now) {
        let status = status.as_str();
        let text = format!(
            "Cannot describe time to live while table is in {status} state: Current table state is {status}"
        );
        return Err(Error::validation(Rule("time_to_live.status"), text));
    }
    let time_to_live = table.definition().time_to_live.clone();
    let described = time_to_live.map(|time_to_live| time_to_live.described(now));
    Ok(DescribeTimeToLiveOutput { time_to_live_description: described.unwrap_or_default() })
}
